"""What the reader said about papers and goals: told, written down, and taken back."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Status
from roadmap_cli.curriculum.names import Named, Names
from roadmap_cli.disk.places import Places
from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    LockedError,
    WrongUsageError,
)
from roadmap_cli.language.phrases import listed
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.progress.events import (
    NO_AIM,
    Command,
    Event,
    Identity,
    Progress,
    edited_catalogue,
    question_of,
    said_as_wish,
    speaks_of_goal,
)
from roadmap_cli.progress.marks import (
    Marked,
    Marking,
    Moved,
    Prepared,
    Target,
    compare,
    targets,
    told_of,
)
from roadmap_cli.progress.settings import is_about_catalogues, speaks_of_wish
from roadmap_cli.progress.tally import works_of

if TYPE_CHECKING:
    from roadmap_cli.journal.bundle import Taken
    from roadmap_cli.program.notes import Notes


class Record:
    """The pen: it writes what the reader says, and takes it back.

    `notes` opens those that come with marks; few marks have any.
    """

    def __init__(
        self,
        library: Library,
        names: Names,
        ledger: Ledger,
        notes: Callable[[], "Notes"],
        places: Places,
    ) -> None:
        self.library = library
        self.names = names
        self.ledger = ledger
        self.notes = notes
        self.places = places

    def prepare(
        self,
        named: Sequence[Named],
        marking: Marking,
        among: Callable[[Paper], bool] | None = None,
        *,
        may_settle: bool = False,
    ) -> Prepared:
        """Check what is to be marked, so that `write` can write it down.

        Of a whole topic, what is settled stays as it is, unless the status is `todo` or it
        `may_settle`. Where there is an `among`, only papers that it lets through are marked.
        Raises `WrongUsageError` if the day is to come or a topic is to get a note,
        `DataFileError` if the notes, or for an area or a query the journals, cannot be read.
        """
        if marking.on and marking.on > local_day(self.ledger.now()):
            raise WrongUsageError(f"{marking.on} is still to come")
        to_note = self._to_note(named) if marking.note.strip() else []
        chosen = targets(
            self.library, named, may_settle=may_settle or marking.status is Status.TODO
        )
        wholes = [place for place in named if isinstance(place, Area | Catalogue)]
        swept = {work for whole in wholes for work in works_of(self.library, whole)}
        if among:
            shown = self.library.shown
            chosen = [target for target in chosen if among(shown[target.work])]
            swept = {target.work for target in chosen}
        count = self._changes_in(swept, chosen, marking)
        return Prepared(marking, chosen, to_note, wholes, count)

    def _changes_in(
        self, works: Collection[str], chosen: Iterable[Target], marking: Marking
    ) -> int:
        """How many of these works a mark would change; raises for a damaged journal."""
        if not works:
            return 0
        self.ledger.insist_on_all()
        before = self.ledger.progress_with(self.library, works)
        changes = (
            target.work in works and marking.difference(before, target)
            for target in chosen
        )
        return sum(map(bool, changes))

    def write(self, prepared: Prepared) -> Marked:
        """Say that the papers have a status, and tell what that changed.

        Raises as `Ledger.say`, and `CannotWriteError` if the mark was written, but not its note.
        """
        marking, chosen = prepared.marking, prepared.targets
        works = [target.work for target in chosen]
        before = Progress()

        def decide() -> list[Change]:
            nonlocal before
            before = self.ledger.progress_with(self.library, works)
            fields = (
                (target.work, marking.difference(before, target)) for target in chosen
            )
            return [(work, said) for work, said in fields if said]

        is_marked = self.ledger.say(decide) is not None
        self._note(prepared.to_note, marking, is_marked=is_marked)
        moved = self._moved(works, before)
        left = {move.name for move in moved}
        unmoved = (
            (self.library.shown[work], before.status(work))
            for work in works
            if work not in left
        )
        return Marked(moved, tuple(unmoved))

    def set_goal(self, name: str | None) -> bool:
        """Make a paper, a topic or an area the goal, or nothing; tell whether that is new.

        Raises as `Names.anything` for a name that is not clear, and `RefusedError` for a paper
        that is no longer in the catalogue.
        """
        aim = None
        if name is not None:
            from roadmap_cli.suggest.guide import (  # marks do without
                aim_at,
                insist_on_use,
            )

            named = self.names.anything(name, to_write=True)
            insist_on_use(named, self.names)
            aim = aim_at(named, self.library)

        def decide() -> list[Change]:
            is_so = self.ledger.progress_with(self.library, ()).aim == aim
            return [] if is_so else [aim.said if aim else NO_AIM]

        return self.ledger.say(decide) is not None

    def set_wish(self, query: str) -> bool:
        """Suggest only what answers a query, or anything if it is empty; tell if that is new.

        The query is one that `Roadmap.filter` takes.
        """

        def decide() -> list[Change]:
            is_so = self.ledger.progress_with(self.library, ()).wish == query
            return [] if is_so else [said_as_wish(query)]

        return self.ledger.say(decide) is not None

    def take_in(
        self, files: Sequence[tuple[str, bytes]]
    ) -> "tuple[list[Taken], tuple[Moved, ...]]":
        """Add what other journals say; tell what each file brought, and what that moved.

        What moved comes in the order of the events that moved it. Raises as `Ledger.take_in`.
        """
        before = self.ledger.progress_with(self.library, None)
        taken = self.ledger.take_in(files)
        after = self.ledger.progress_with(self.library, None)
        new = sorted((event for file in taken for event in file.said), key=_identity)
        spoken_of = self._spoken_of(new)
        names = dict.fromkeys([*spoken_of, *before.standings, *after.standings])
        return taken, compare(self.library, names, before, after)

    def _spoken_of(self, events: Iterable[Event]) -> Iterator[str]:
        """The works that events are about, or take back marks of, in the order of the events."""
        for event in events:
            about = self._said_by(event.undoes) if event.undoes else [event]
            yield from map(self._subject, about)

    def undo(self) -> Marked:
        """Take back the last command of this device; raises `NotFoundError` if there is none."""
        return self._take_back(self.ledger.last_command)

    def redo(self) -> Marked:
        """Take back the last undo; raises `NotFoundError` if there is none."""
        return self._take_back(self.ledger.last_undo)

    def _take_back(self, last: Callable[[], Command]) -> Marked:
        said: list[Event] = []
        works: list[str] = []
        unlisted: list[str] = []
        before = Progress()

        def choose() -> Command:
            nonlocal said, works, unlisted, before
            command = last()
            said = self._said_by(command)
            works, unlisted = self._subjects(said)
            before = self.ledger.progress_with(self.library, works, unlisted)
            self._take_back_edits(command, said)
            return command

        self.ledger.take_back(choose)
        after = self.ledger.progress_with(self.library, works, unlisted)
        moved = compare(self.library, [*works, *unlisted], before, after)
        aims = None if before.aim == after.aim else (before.aim, after.aim)
        wishes = None if before.wish == after.wish else (before.wish, after.wish)
        told = [told_of(event, self.library) for event in said]
        names = {move.name for move in moved}
        idle = [
            event
            for event in told
            if self._subject(event.event) not in names
            and not is_about_catalogues(event.event)
            and not question_of(event.event)
            and not (aims and speaks_of_goal(event.event))
            and not (wishes and speaks_of_wish(event.event))
        ]
        return Marked(
            moved, said=tuple(told), idle=tuple(idle), aims=aims, wishes=wishes
        )

    def _take_back_edits(self, command: Command, said: Iterable[Event]) -> None:
        """Put back what catalogues said before a command, or after it where that is redone.

        Raises as `Editing.take_back`; then the command stands.
        """
        edits = [event for event in said if edited_catalogue(event)]
        if not edits:
            return
        from roadmap_cli.program.editing import Editing  # hardly ever needed

        editing = Editing(self.places, self.ledger)
        is_redone = any(event.undoes for event in self.ledger.index.of_command(command))
        for event in edits:
            editing.take_back(event, again=is_redone)

    def _said_by(self, command: Command) -> list[Event]:
        """What a command said; of one that takes another back, what that said."""
        spoken = self.ledger.index.of_command(command)
        if spoken and spoken[0].undoes:
            spoken = self.ledger.index.of_command(spoken[0].undoes)
        return [event for event in spoken if not event.distrusts]

    def _subjects(self, events: Iterable[Event]) -> tuple[list[str], list[str]]:
        """The works that events are about, and the names that no catalogue has."""
        works, unlisted = dict[str, None](), dict[str, None]()
        for event in events:
            work = self.library.answers_to(event.paper)
            (works if work else unlisted)[work or event.paper] = None
        unlisted.pop("", None)
        return list(works), list(unlisted)

    def _subject(self, event: Event) -> str:
        return self.library.answers_to(event.paper) or event.paper

    def _moved(self, works: Sequence[str], before: Progress) -> tuple[Moved, ...]:
        after = self.ledger.progress_with(self.library, works)
        return compare(self.library, works, before, after)

    def _note(
        self, papers: Sequence[Paper], marking: Marking, *, is_marked: bool
    ) -> None:
        """Write the note that comes with a mark, once that is written.

        So the same words said again write the note alone. Words that are there already are not
        written again: what was undone may be said once more.
        """
        for number, paper in enumerate(papers):
            try:
                self.notes().add(paper, marking.note, marking.on, is_new=False)
            except (CannotWriteError, DataFileError, LockedError) as problem:
                names = [self.names.short(paper) for paper in papers[number:]]
                left = listed([f"`{name}`" for name in names])
                what = "marked, but the note" if is_marked else "the note"
                message = f"{what} on {left} could not be written: {problem}"
                write = f"to write it: roadmap note {names[0]} TEXT"
                hint = f"{problem.hint}; then, {write}" if problem.hint else write
                raise CannotWriteError(message, hint=hint) from problem

    def _to_note(self, named: Sequence[Named]) -> list[Paper]:
        """The papers to write a note on, each work once.

        Raises `WrongUsageError` for a topic, `DataFileError` if notes cannot be reached.
        """
        papers = [paper for paper in named if isinstance(paper, Paper)]
        if len(papers) < len(named):
            raise WrongUsageError(
                "a topic has no notes", hint="name the papers that the note is on"
            )
        first = {self.library.work[paper.name]: paper for paper in reversed(papers)}
        for paper in first.values():
            self.notes().insist_on(paper)
        return [] if self.ledger.is_rehearsal else list(reversed(first.values()))


def _identity(event: Event) -> Identity:
    return event.identity
