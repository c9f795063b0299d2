"""One SQLite file of the cache: opened, and dropped when it is of no use any more."""

import sqlite3
from pathlib import Path

from roadmap_cli.disk import probe
from roadmap_cli.errors import DataFileError

USELESS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that no waiting will mend: another's tables, damage, no database."""
_PATIENCE = 0.2
"""Seconds to wait for another process; after that the answer is found without the cache."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a database of the cache, making its folder; raises `OSError` or `sqlite3.Error`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        probe.is_file(
            path
        )  # SQLite would wait for a pipe, and make what a link leads to
    except DataFileError as damage:
        raise OSError(str(damage)) from damage
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def drop_if_useless(path: Path, error: Exception) -> None:
    """Remove a database that an error shows to be none of ours, or damaged."""
    if isinstance(error, OSError):
        return
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code & 0xFF in USELESS:
        drop(path)


def drop(path: Path) -> None:
    """Remove a database, if that can be done."""
    for one in (
        path,
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
    ):
        try:
            one.unlink(missing_ok=True)
        except OSError:
            continue
