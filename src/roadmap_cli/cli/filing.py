"""Files that the command line names: read as they are, written whole."""

import os
import sys
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
