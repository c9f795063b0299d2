"""What is known of links, kept in the cache: nobody is asked twice within a day, or a week.

A row says what one link was found to be, since when it has not been there, and the archive's
copy of it. The file may be deleted at any time: then a link that is gone counts as dead a day
later than it would have.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from roadmap_cli.curriculum.linked import Target
from roadmap_cli.curriculum.liveness import Finding, Known, Verdict
from roadmap_cli.store import database
from roadmap_cli.store.database import checksum

_LAYOUT = """CREATE TABLE IF NOT EXISTS link (
    target TEXT PRIMARY KEY, verdict TEXT NOT NULL, why TEXT NOT NULL, moved_to TEXT NOT NULL,
    at REAL NOT NULL, missing_since REAL, copy TEXT, seal INTEGER NOT NULL) WITHOUT ROWID"""
_FIND = (
    "SELECT verdict, why, moved_to, at, missing_since, copy, seal FROM link"
    " WHERE target = ?"
)
_KEEP = "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Verdicts:
    """What is known of all links, in one file of the cache."""

    def __init__(self, cache: Path) -> None:
        self.path = cache / "links-1.sqlite"

    def find(self, targets: Iterable[Target]) -> dict[Target, Known]:
        """What is known of those targets of which anything is, however old it is."""

        def read(opened: sqlite3.Connection) -> dict[Target, Known]:
            rows = (
                (target, opened.execute(_FIND, (target.name,)).fetchone())
                for target in targets
            )
            return {target: _known(target, row) for target, row in rows if row}

        return database.with_file(self.path, _LAYOUT, read) or {}

    def keep(self, target: Target, known: Known) -> None:
        """Keep what is known of a target; where that cannot be written, it is not."""
        finding = known.finding
        values = (
            *(finding.verdict.value, finding.why, finding.moved_to),
            *(known.at, known.missing_since, known.copy),
        )
        row = (target.name, *values, checksum(target.name, *values))
        database.with_file(
            self.path, _LAYOUT, lambda opened: opened.execute(_KEEP, row)
        )


def _known(target: Target, row: tuple[Any, ...]) -> Known:
    *values, seal = row
    if seal != checksum(target.name, *values):
        raise database.DamagedError
    verdict, why, moved_to, at, missing_since, copy = values
    return Known(Finding(Verdict(verdict), why, moved_to), at, missing_since, copy)
