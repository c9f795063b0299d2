"""Marks: what a reader says of papers, and what that changes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from roadmap_cli.library import Library
from roadmap_cli.model import Paper, Status
from roadmap_cli.names import Named
from roadmap_cli.progress import Event, Progress, Standing
from roadmap_cli.summary import works_of


class Marking(NamedTuple):
    """What to say of papers: a status, and perhaps a rating, the day it happened, a note."""

    status: Status
    rating: int | None = None
    on: date | None = None
    note: str = ""

    def difference(self, before: Standing, *, may_settle: bool) -> dict[str, object]:
        """The fields to write so that a standing becomes what is said; none if it is so."""
        if before.status.is_settled and not may_settle:
            return {}
        fields: dict[str, object] = {}
        if before.status is not self.status or (self.on and self.on != before.since):
            fields["status"] = self.status.value
            if self.on:
                fields["on"] = self.on
        if self.rating is not None and self.rating != before.rating:
            fields["rating"] = self.rating
        return fields


class Target(NamedTuple):
    """A work to mark; only one that was named itself `may_settle` what is settled already."""

    work: str
    may_settle: bool


def targets(library: Library, named: Iterable[Named], status: Status) -> list[Target]:
    """The works that names mean, each once: of topics and areas, all their papers."""
    found: dict[str, Target] = {}
    for one in named:
        if isinstance(one, Paper):
            work = library.work[one.name]
            found[work] = Target(work, may_settle=True)
            continue
        for work in works_of(library, one):
            found.setdefault(work, Target(work, may_settle=status is Status.TODO))
    return list(found.values())


class Moved(NamedTuple):
    """A paper that a command moved from one standing to another."""

    paper: Paper
    before: Standing
    after: Standing


class Told(NamedTuple):
    """An event as history tells it; `paper` is nothing where no catalogue knows it."""

    event: Event
    is_undone: bool
    paper: Paper | None


class Marked(NamedTuple):
    """What a command did to papers, which of those it named it left as they were, and more."""

    moved: tuple[Moved, ...]
    unmoved: tuple[tuple[Paper, Status], ...] = ()
    has_new_goal: bool = False

    @property
    def is_progress(self) -> bool:
        """Whether something is settled now, so that it is worth saying what comes next."""
        return any(one.after.status.is_settled for one in self.moved)


def compare(
    library: Library, works: Sequence[str], before: Progress, after: Progress
) -> tuple[Moved, ...]:
    """What changed for these works between two states."""
    pairs = ((library.shown[work], before.of(work), after.of(work)) for work in works)
    return tuple(
        Moved(paper, one, other) for paper, one, other in pairs if one != other
    )
