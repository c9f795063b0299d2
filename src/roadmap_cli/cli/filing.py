"""Files that the command line names: read as they are, written whole."""

import os
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal.streams import write_bytes
from roadmap_cli.disk import probe, toml
from roadmap_cli.errors import DataFileError, NotFoundError


def contents(path: Path) -> bytes:
    """The bytes of a file that may be a journal, or of standard input for `-`.

    Raises `NotFoundError` if it is not there, `DataFileError` if it cannot be read or is too
    large.
    """
    if str(path) != "-":
        found = probe.read(path, what="journal", most=toml.MAX_BYTES)
        if found is None:
            raise NotFoundError(f"{path}: there is no such file")
        return found
    found = sys.stdin.buffer.read(toml.MAX_BYTES + 1) if sys.stdin else b""
    if len(found) > toml.MAX_BYTES:
        raise DataFileError("standard input: too large for a journal")
    return found


def journals_in(folder: Path) -> list[Path]:
    """The journals of a folder; raises `DataFileError` if there are none, or nobody may look."""
    if found := probe.files_in(folder, ".toml"):
        return found
    raise DataFileError(
        f"{folder}: not a regular file, and as a folder without journals",
        hint="journals are in `progress`, in the data folder that `roadmap where` names",
    )


def is_beside_journals(path: Path) -> bool:
    """Whether this is what we leave beside journals: a lock, or an end that was set aside."""
    return fnmatch(path.name, "*.lock") or fnmatch(path.name, "*.torn-????????.txt")


def written_before(output: Path, most: int) -> bytes:
    """What stands in a file that is about to be replaced; nothing if that cannot be read.

    Nothing either for what is larger than so many bytes, or no regular file.
    """
    try:
        return probe.read(output, what="calendar", most=most) or b""
    except DataFileError:
        return b""


def save(
    session: Session,
    data: bytes,
    output: Path | None,
    is_ours: Callable[[bytes], bool],
    *,
    force: bool,
) -> None:
    """Write to a file, or to standard output where that is meant.

    `is_ours` tells from the first bytes of a file whether the command wrote it. Raises as
    `elsewhere.write`.
    """
    if output is None or is_standard_output(output):
        write_bytes(data)
        return
    from roadmap_cli.program import elsewhere

    places = session.roadmap.places
    elsewhere.write(output, data, places, is_ours, force=force)


def is_standard_output(output: Path) -> bool:
    """Whether a name stands for what standard output goes to: `-`, or `/dev/stdout`."""
    if str(output) == "-":
        return True
    try:
        return os.path.samestat(output.stat(), os.fstat(1))
    except OSError:
        return False
