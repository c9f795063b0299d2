"""Marks: what a reader says of papers, and what that changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Place, Status
from roadmap_cli.curriculum.names import Named
from roadmap_cli.curriculum.places import papers_in
from roadmap_cli.progress.events import Aim, Command, Event, Progress, Standing


class Target(NamedTuple):
    """A work to mark; only one that was named itself `may_settle` what is settled already."""

    work: str
    may_settle: bool


class Marking(NamedTuple):
    """What to say of papers: a status or nothing of it, a rating, the day it happened, a note.

    `tags` are those to put on a paper (true) and to take off (false).
    """

    status: Status | None
    rating: int | None = None
    on: date | None = None
    note: str = ""
    tags: Mapping[str, bool] = MappingProxyType({})

    def difference(self, progress: Progress, target: Target) -> dict[str, object]:
        """The fields to write so that a work's standing becomes what is said; none if it is so."""
        before = progress.of(target.work)
        fields: dict[str, object] = {}
        if self.status and (target.may_settle or not before.status.is_settled):
            if before.status is not self.status or (
                self.on and self.on != before.since
            ):
                fields["status"] = self.status.value
                if self.on:
                    fields["on"] = self.on
            if self.rating is not None and self.rating != before.rating:
                fields["rating"] = self.rating
        if changed := [
            f"{'+' if is_on else '-'}{tag}"
            for tag, is_on in self.tags.items()
            if is_on is not (tag in before.tags)
        ]:
            fields["tags"] = changed
        return fields


class Prepared(NamedTuple):
    """A mark whose names are resolved and checked, ready to be written.

    `to_note` are the papers that get its note, `wholes` the whole areas and catalogues among what
    was named. `changes` tells how many papers of these, or found by a query, it would change.
    """

    marking: Marking
    targets: Sequence[Target]
    to_note: Sequence[Paper] = ()
    wholes: Sequence[Place] = ()
    changes: int = 0


def targets(
    library: Library, named: Iterable[Named], *, may_settle: bool
) -> list[Target]:
    """The works that names mean, each once: of topics, areas and catalogues, all their papers.

    Those of a place `may_settle` what is settled already, or not.
    """
    found: dict[str, Target] = {}
    for thing in named:
        if isinstance(thing, Paper):
            work = library.work[thing.name]
            found[work] = Target(work, may_settle=True)
            continue
        for work in _in_reading_order(library, thing):
            found.setdefault(work, Target(work, may_settle=may_settle))
    return list(found.values())


def _in_reading_order(library: Library, place: Place) -> Iterator[str]:
    for paper in papers_in(library, place):
        yield library.work[paper.name]


class Moved(NamedTuple):
    """What a command moved from one standing to another: a work, or what no catalogue has.

    `name` is the full name that its progress is kept under; `paper` is nothing where no
    catalogue has it.
    """

    name: str
    paper: Paper | None
    before: Standing
    after: Standing

    @property
    def is_of_status(self) -> bool:
        """Whether the status is another, and not the rating or the day alone."""
        return self.before.status is not self.after.status

    @property
    def is_of_tags(self) -> bool:
        """Whether nothing but its tags is another."""
        return self.before._replace(tags=self.after.tags) == self.after


class Told(NamedTuple):
    """An event as history tells it; `paper` is nothing where no catalogue knows it.

    Of one that takes back a command, `target` is what that said, as far as it is known, and
    `is_redo` tells that it holds again.
    """

    event: Event
    is_undone: bool
    paper: Paper | None
    target: tuple["Told", ...] = ()
    is_redo: bool = False


class Noted(NamedTuple):
    """A dated line of the reader's notes on a paper: nothing but its day is known."""

    paper: Paper
    on: date
    text: str


class Story(NamedTuple):
    """What happened, the newest first: the events, and the dated lines of notes."""

    told: Sequence[Told]
    noted: Sequence[Noted] = ()


def told_of(event: Event, library: Library) -> Told:
    """An event with the paper that it is about."""
    work = library.answers_to(event.paper)
    return Told(event, is_undone=False, paper=library.shown[work] if work else None)


def history(story: Sequence[tuple[Event, bool]], library: Library) -> Iterator[Told]:
    """The events of a story, the newest first, as history tells them."""
    all_told = []
    commands: dict[Command, list[Told]] = {}
    for event, is_undone in story:
        told = told_of(event, library)._replace(is_undone=is_undone)
        all_told.append(told)
        if not event.distrusts:  # an aside, and not what the command is about
            commands.setdefault(event.command, []).append(told)
    said = {command: tuple(reversed(some)) for command, some in commands.items()}
    taken_back = _TakenBack(said)
    for told in all_told:
        command = told.event.undoes
        if command is None:
            yield told
            continue
        target, is_redo = taken_back.by_undoing(command)
        yield told._replace(target=said.get(target, ()), is_redo=is_redo)


class _TakenBack:
    """What it means to undo a command: to undo an undo is to redo, to undo that to undo again.

    Each command is followed once, however long the line of undos of undos is.
    """

    def __init__(self, said: Mapping[Command, Sequence[Told]]) -> None:
        self._said = said
        self._known: dict[Command, tuple[Command, bool]] = {}

    def by_undoing(self, command: Command) -> tuple[Command, bool]:
        """The command that is taken back or, which the second value tells, given again."""
        line: list[Command] = []
        following: Command | None = command
        while following and following not in self._known:
            self._known[following] = (
                following,
                False,
            )  # closes a circle, if there is one
            line.append(following)
            said = self._said.get(following)
            following = said[-1].event.undoes if said else None
        found = self._known[following] if following else None
        for command_undone in reversed(line):
            found = (found[0], not found[1]) if found else (command_undone, False)
            self._known[command_undone] = found
        return self._known[command]


class Marked(NamedTuple):
    """What a command did to papers, and which of those it named it left as they were.

    Where it took back another command, or gave one again, `said` is what that said, `idle` the
    part of it that changed nothing, `aims` the goal before and after, if that is another, and
    `wishes` the same of the wish.
    """

    moved: tuple[Moved, ...]
    unmoved: tuple[tuple[Paper, Status], ...] = ()
    said: tuple[Told, ...] = ()
    idle: tuple[Told, ...] = ()
    aims: tuple[Aim | None, Aim | None] | None = None
    wishes: tuple[str, str] | None = None

    @property
    def is_progress(self) -> bool:
        """Whether something is settled now, so that it is worth saying what comes next."""
        return any(
            move.after.status.is_settled and not move.is_of_tags for move in self.moved
        )


def as_known(marked: Marked, library: Library) -> Marked:
    """The same with the papers that a library has now, where another was known before."""

    def paper(name: str) -> Paper | None:
        work = library.answers_to(name)
        return library.shown[work] if work else None

    def told(some: tuple[Told, ...]) -> tuple[Told, ...]:
        return tuple(event._replace(paper=paper(event.event.paper)) for event in some)

    moved = tuple(move._replace(paper=paper(move.name)) for move in marked.moved)
    return marked._replace(moved=moved, said=told(marked.said), idle=told(marked.idle))


def compare(
    library: Library, names: Iterable[str], before: Progress, after: Progress
) -> tuple[Moved, ...]:
    """What changed between two states for these works, and names that no catalogue has."""
    pairs = ((name, before.of(name), after.of(name)) for name in names)
    return tuple(
        Moved(name, library.shown.get(name), earlier, other)
        for name, earlier, other in pairs
        if earlier != other
    )
