"""Files that the command line names: read as they are, written whole."""

import os
import sys
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from roadmap_cli import tomlfile
from roadmap_cli.cli.terminal import write_bytes
from roadmap_cli.errors import CannotWriteError, DataFileError, NotFoundError
from roadmap_cli.journal import durable


def contents(path: Path) -> bytes:
    """The bytes of a file that may be a journal, or of standard input for `-`.

    Raises `NotFoundError` if it is not there, `DataFileError` if it cannot be read or is too
    large.
    """
    if str(path) != "-":
        if not os.path.exists(path):  # noqa: PTH110 - says no where it may not look
            raise NotFoundError(f"{path}: there is no such file")
        return tomlfile.read(path, what="journal")
    found = sys.stdin.buffer.read(tomlfile.MAX_BYTES + 1) if sys.stdin else b""
    if len(found) > tomlfile.MAX_BYTES:
        raise DataFileError("standard input: too large for a journal")
    return found


def journals_in(folder: Path) -> list[Path]:
    """The journals of a folder; raises `DataFileError` if there are none, or nobody may look."""
    try:
        paths = sorted(one for one in folder.iterdir() if one.suffix == ".toml")
    except OSError as error:
        why = f"{folder}: cannot be read: {error.strerror}"
        raise DataFileError(why) from error
    if found := [one for one in paths if not one.name.startswith(".")]:
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
    with suppress(OSError):
        if output.is_file() and output.stat().st_size <= most:
            return output.read_bytes()
    return b""


def save(data: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output for none and for `-`.

    Raises `CannotWriteError`.
    """
    if output is None or str(output) == "-":
        write_bytes(data)
        return
    try:
        if output.is_file() or (output.parent.is_dir() and not output.exists()):
            durable.replace(output, data)
        else:  # a pipe, a terminal, or a place that there is not
            output.write_bytes(data)
    except OSError as error:
        raise CannotWriteError(
            f"{output}: cannot be written: {error.strerror}"
        ) from error
