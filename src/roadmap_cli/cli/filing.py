"""Files that the command line names: read as they are, written whole."""

import sys
from pathlib import Path

from roadmap_cli.cli.terminal import write_bytes
from roadmap_cli.errors import CannotWriteError, DataFileError, NotFoundError


def contents(path: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises `NotFoundError` if it is not there, `DataFileError` if it cannot be read.
    """
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read() if sys.stdin else b""
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: there is no such file") from error
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error


def save(data: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output for none and for `-`.

    Raises `CannotWriteError`.
    """
    if output is None or str(output) == "-":
        write_bytes(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise CannotWriteError(
            f"{output}: cannot be written: {error.strerror}"
        ) from error
