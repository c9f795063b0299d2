"""What services said of works, kept for a while: nobody is asked twice for the same.

A row says what one service said of one identity: a record in our fields, or that it has none.
It counts for thirty days, or for one if there was none. Records that a service has changed since
stay: they tell which values of a paper are a service's. The file may be deleted at any time.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.store import database
from roadmap_cli.store.database import checksum

FRESH = timedelta(days=30)
FRESH_ABSENCE = timedelta(days=1)
_FIELDS = ("title", "authors", "year", "venue", "kind", "arxiv", "doi", "url", "doubts")
_MADE = """CREATE TABLE IF NOT EXISTS record (
    identity TEXT NOT NULL, source TEXT NOT NULL, at REAL NOT NULL, entry TEXT NOT NULL,
    seal INTEGER NOT NULL, PRIMARY KEY (identity, source, at)) WITHOUT ROWID"""
_FIND = """SELECT identity, source, at, entry, seal FROM record
    WHERE identity = ? AND source = ? ORDER BY at DESC LIMIT 1"""
_ALL = """SELECT identity, source, at, entry, seal FROM record
    WHERE identity = ? AND entry != '' ORDER BY at DESC"""
_KEEP = "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)"
_FORGET = """DELETE FROM record
    WHERE identity = ? AND source = ? AND (entry = '' OR entry = ?)"""


class Kept(NamedTuple):
    """What a service said: a record, or nothing where it has none."""

    entry: Entry | None


class Said(NamedTuple):
    """A record, which service gave it, and when (seconds since 1970)."""

    source: str
    at: float
    entry: Entry


class Records:
    """The records of all services, in one file of the cache."""

    def __init__(self, cache: Path, now: Callable[[], datetime]) -> None:
        self.path = cache / "records-2.sqlite"
        self._now = now

    def find(self, source: str, identity: str) -> Kept | None:
        """What a service said of an identity; nothing if that is not known or too long ago."""

        def read(opened: sqlite3.Connection) -> Kept | None:
            row = opened.execute(_FIND, (identity, source)).fetchone()
            return self._fresh(row) if row else None

        return database.with_file(self.path, _MADE, read)

    def said_of(self, identity: str) -> list[Said]:
        """Every record that services ever gave of an identity, the newest first."""

        def read(opened: sqlite3.Connection) -> list[Said]:
            rows = opened.execute(_ALL, (identity,))
            read_rows = ((row[1], row[2], _read(row)) for row in rows)
            return [Said(source, at, entry) for source, at, entry in read_rows if entry]

        return database.with_file(self.path, _MADE, read) or []

    def keep(self, source: str, said: Mapping[str, Entry | None]) -> None:
        """Keep what a service said of identities; where that cannot be written, it is not."""
        at = self._now().timestamp()
        rows = [
            (identity, source, at, text, checksum(identity, source, at, text))
            for identity, entry in said.items()
            for text in [_packed(entry)]
        ]

        def write(opened: sqlite3.Connection) -> None:
            opened.execute("BEGIN IMMEDIATE")
            opened.executemany(_FORGET, [(row[0], source, row[3]) for row in rows])
            opened.executemany(_KEEP, rows)
            opened.execute("COMMIT")

        database.with_file(self.path, _MADE, write)

    def _fresh(self, row: tuple[Any, ...]) -> Kept | None:
        entry = _read(row)
        age = self._now().timestamp() - row[2]
        fresh = FRESH if entry else FRESH_ABSENCE
        return Kept(entry) if 0 <= age < fresh.total_seconds() else None


def _read(row: tuple[Any, ...]) -> Entry | None:
    """The record of a row; raises `DamagedError` if it is not as it was written."""
    *values, seal = row
    if seal != checksum(*values):
        raise database.DamagedError
    return _unpacked(row[3])


def _packed(entry: Entry | None) -> str:
    if entry is None:
        return ""
    values = {name: getattr(entry, name) for name in _FIELDS}
    return json.dumps({name: value for name, value in values.items() if value})


def _unpacked(text: str) -> Entry | None:
    if not text:
        return None
    values = json.loads(text)
    for name in ("authors", "doubts"):
        values[name] = tuple(values.get(name, ()))
    if "kind" in values:
        values["kind"] = Kind(values["kind"])
    return Entry(0, **values)
