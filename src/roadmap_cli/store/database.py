"""One SQLite file of the cache: opened, and dropped when it is of no use any more.

What counts as damage of a file is said here, for all files of the cache: what SQLite says of
it, and `DamagedError`, which is raised where rows are unpacked. Any other error is a bug.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from roadmap_cli.disk import probe
from roadmap_cli.errors import DataFileError

USELESS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that no waiting will mend: another's tables, damage, no database."""
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises: SQLite's message may quote bytes of it that are no text.

Who catches it hands it to `raise_if_misused` or `drop_if_useless`.
"""
_Made = TypeVar("_Made")
_PATIENCE = 0.2
"""Seconds to wait for another process; after that the answer is found without the cache."""


class DamagedError(sqlite3.DatabaseError):
    """A row that is not as it was written."""

    def __init__(self) -> None:
        super().__init__("the index does not say what was written to it")


def checksum(*values: object) -> int:
    """A check sum of the values of a row, that tells a damaged row from one that was written."""
    return crc32(repr(values).encode(errors="replace"))


def raise_if_misused(error: Exception) -> None:
    """Raise an error again that tells of a bug in how SQLite was called, and not of its file."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error


def connect(path: Path) -> sqlite3.Connection:
    """Open a database of the cache, making its folder; raises `OSError` or one of `DAMAGE`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        probe.is_file(
            path
        )  # SQLite would wait for a pipe, and make what a link leads to
    except DataFileError as damage:
        raise OSError(str(damage)) from damage
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def with_file(
    path: Path, layout: str, use: Callable[[sqlite3.Connection], _Made]
) -> _Made | None:
    """What `use` makes of a database with this layout; nothing where none can be had.

    What turns out to be no file of ours is dropped.
    """
    try:
        with closing(connect(path)) as opened:
            opened.execute(layout)
            return use(opened)
    except (OSError, *DAMAGE) as error:
        drop_if_useless(path, error)
        return None


def drop_if_useless(path: Path, error: Exception) -> None:
    """Remove a database that an error shows to be none of ours, or damaged.

    Raises the error again if it tells of a bug instead.
    """
    raise_if_misused(error)
    if isinstance(error, OSError):
        return
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code & 0xFF in USELESS:
        drop(path)


def drop(path: Path) -> None:
    """Remove a database, if that can be done."""
    for file in (
        path,
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
    ):
        try:
            file.unlink(missing_ok=True)
        except OSError:
            continue
