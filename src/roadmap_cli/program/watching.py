"""Whether the reader's files changed meanwhile: another program marks, a note is saved.

A few names are looked at, and no contents, so that it can be done every second.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import RoadmapError
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.progress.events import Marks

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap

_Stamp = tuple[str, int, int, int]
"""The path of a file, its size in bytes, when it was changed in nanoseconds, and its inode."""


class Stamps(NamedTuple):
    """How the reader's files look: equal where nothing was written to them."""

    journals: frozenset[_Stamp]
    catalogues: frozenset[_Stamp]
    notes: frozenset[_Stamp]


class Watch:
    """Tells what others changed since it was looked at last."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self._roadmap = roadmap
        self._seen = self._stamps()
        self._marks = self._known_marks()

    def accept(self) -> None:
        """Take all that is there for seen: it was the reader who wrote."""
        self._seen = self._stamps()
        self._marks = self._known_marks()

    def changes(self) -> Stamps | None:
        """What the files were before, if anything is other than it was; else nothing."""
        before, now = self._seen, self._stamps()
        return before if before != now else None

    def told(self, before: Stamps) -> str:
        """What others changed, in words, once everything was looked at anew."""
        marks = self._marks
        self.accept()
        gone = _names(before.journals) - _names(self._seen.journals)
        if gone:
            lost = listed(sorted(gone))
            return (
                f"error: {lost} is gone, and what it said; roadmap restore has copies"
            )
        said = []
        is_edited = before.catalogues != self._seen.catalogues
        if before.journals != self._seen.journals:
            count = _moved(marks, self._marks) if marks and self._marks else 0
            if count or not is_edited:  # an edit is noted in the journal, too
                said.append(
                    f"{counted(count, 'paper')} marked" if count else "progress"
                )
        if is_edited:
            said.append("your lists")
        if before.notes != self._seen.notes:
            said.append("your notes")
        return f"changed elsewhere: {listed(said)}" if said else ""

    def _known_marks(self) -> Marks | None:
        try:
            return self._roadmap.progress.marks(self._roadmap.library)
        except RoadmapError:  # it is told where it is looked at
            return None

    def _stamps(self) -> Stamps:
        places = self._roadmap.places
        catalogues = [*places.catalogues, places.own_catalogues]
        return Stamps(
            frozenset(_stamped([places.progress])),
            frozenset(_stamped(catalogues)),
            frozenset(_stamped([places.notes])),
        )


def _names(stamps: Iterable[_Stamp]) -> set[str]:
    """The paths of journals among these."""
    return {path for path, *_ in stamps if path.endswith(".toml")}


def _moved(before: Marks, after: Marks) -> int:
    """How many works have another status."""
    moved = (
        old - new | new - old for old, new in zip(before[:-1], after[:-1], strict=True)
    )
    first, *rest = moved
    for more in rest:
        first |= more
    return len(first)


def _stamped(paths: Iterable[Path]) -> Iterator[_Stamp]:
    """The stamps of these paths, and of what stands in those that are folders."""
    for path in paths:
        try:
            if path.is_dir():
                with os.scandir(path) as entries:
                    yield from ((entry.path, *_told(entry.stat())) for entry in entries)
            yield (str(path), *_told(path.stat()))
        except OSError:
            continue


def _told(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino
