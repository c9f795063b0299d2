"""Where a reader is who looks around: how far in, at which row, and what is left out."""

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

OUTSIDE = ""
"""The name of the place that holds the papers outside all topics."""


class Depth(IntEnum):
    """How far the reader went in: among places, among papers, into a paper."""

    PLACES = 0
    PAPERS = 1
    PAPER = 2


class Sieve(StrEnum):
    """Which papers of a place are shown; each is what is said of them."""

    ALL = "all papers"
    TODO = "to do"
    READING = "reading"
    DONE = "read or known"
    SKIPPED = "skipped"
    GOAL = "on the way to your goal"


class Column:
    """Names in an order, and which of them the reader is at."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = names
        self.at = 0

    @property
    def current(self) -> str | None:
        """The name that the reader is at; nothing in an empty column."""
        return self.names[self.at] if self.names else None

    def go(self, at: int) -> None:
        """Go to a row, or to the nearest there is."""
        self.at = min(max(at, 0), max(len(self.names) - 1, 0))

    def go_to(self, name: str | None) -> bool:
        """Go to a name; tell whether it is there."""
        if name is None or name not in self.names:
            return False
        self.at = self.names.index(name)
        return True

    def renew(self, names: Sequence[str]) -> None:
        """Take other names, and stay at the same one, or else near it."""
        at, current = self.at, self.current
        self.names = names
        if not self.go_to(current):
            self.go(at)


class Listing(NamedTuple):
    """What the column of papers shows instead of a place: what was found, or a way."""

    title: str
    names: Sequence[str]


class Spot(NamedTuple):
    """Where a reader was, to come back to."""

    depth: Depth
    sieve: Sieve
    listing: Listing | None
    names: Sequence[str]
    at: int
