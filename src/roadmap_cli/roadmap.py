"""The program without a face: one class that the command line drives.

Time and place are handed in; nothing here prints, asks or knows an option.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogue import Shelf
from roadmap_cli.doctor import Finding, examine
from roadmap_cli.errors import (
    DataFileError,
    RefusedError,
    RoadmapError,
    WrongUsageError,
)
from roadmap_cli.guide import Guide, aim_at
from roadmap_cli.identity import arxiv_id
from roadmap_cli.index.shelves import open_shelf
from roadmap_cli.journal import Journal
from roadmap_cli.ledger import Change, Ledger
from roadmap_cli.library import Library
from roadmap_cli.marking import Marked, Marking, Moved, Told, compare, targets
from roadmap_cli.model import Area, Paper, Status, Topic
from roadmap_cli.names import Named, Names, ShortNames
from roadmap_cli.notes import Notes
from roadmap_cli.places import Places
from roadmap_cli.progress import NO_AIM, Command, Progress, Standing, local_day
from roadmap_cli.summary import topics_of

if TYPE_CHECKING:
    from roadmap_cli import searching


class Filters(NamedTuple):
    """Which papers of a list to show; empty means all."""

    statuses: Collection[str] = ()
    kinds: Collection[str] = ()
    levels: Collection[str] = ()
    years: Collection[int] | None = None
    where: Callable[[Paper], bool] | None = None

    def let_through(self, paper: Paper, standing: Standing) -> bool:
        """Whether every filter agrees."""
        return (
            (not self.statuses or standing.status in self.statuses)
            and (not self.kinds or paper.kind in self.kinds)
            and (not self.levels or paper.level in self.levels)
            and (self.years is None or paper.year in self.years)
            and (self.where is None or self.where(paper))
        )


class Roadmap:
    """A reader's roadmap: the catalogues, the progress, and what can be done with them."""

    def __init__(self, places: Places, now: Callable[[], datetime]) -> None:
        self.places = places
        self.now = now
        self.busy: Busy = silently
        journal = Journal(places.data / "progress", places.device)
        self.ledger = Ledger(journal, places.cache, now)

    @cached_property
    def shelf(self) -> Shelf:
        """The catalogues; raises `DataFileError` if none can be read."""
        places = self.places
        return open_shelf(places.catalogue_paths, places.cache, self.busy)

    @property
    def library(self) -> Library:
        """All readable catalogues as one."""
        return self.shelf.library

    @cached_property
    def names(self) -> Names:
        """What papers and topics may be called."""
        return Names(self.library)

    @cached_property
    def short_names(self) -> ShortNames:
        """What to call each paper by its full name: the key, where that is enough."""
        return ShortNames(self.library)

    @cached_property
    def progress(self) -> Progress:
        """Where the reader is, as far as the journals can be read."""
        return self.ledger.progress(self.library)

    @property
    def warnings(self) -> list[RoadmapError]:
        """What could not be read and was left out, and what is odd."""
        return [*self.shelf.damages, *self.ledger.damages, *self.ledger.warnings]

    @property
    def read(self) -> list[str]:
        """The catalogues and journals that were looked at so far."""
        catalogues = self.places.catalogue_paths if "shelf" in self.__dict__ else ()
        return [*map(str, catalogues), *self.ledger.read]

    @cached_property
    def notes(self) -> Notes:
        """The reader's notes."""
        return Notes(self.places.notes, self.now)

    def notes_on(self, named: Named) -> str:
        """What the reader wrote on a paper, in whichever catalogue; nothing on topics.

        Nothing either if it cannot be read.
        """
        if not isinstance(named, Paper):
            return ""
        try:
            return self.notes.read(self.library.entries[self.library.work[named.name]])
        except DataFileError:
            return ""

    @property
    def today(self) -> date:
        """The reader's day."""
        return self.now().astimezone().date()

    @property
    def guide(self) -> Guide:
        """Says what is next, and how far goals are."""
        return Guide(self.library, self.names, self.progress, self.today)

    def papers_in(
        self, names: Sequence[str], filters: Filters
    ) -> list[tuple[Topic, list[Paper]]] | None:
        """The papers of topics and areas, or of all, by topic and in reading order.

        Nothing where neither names nor filters are given: then the topics are wanted.
        """
        if not names and filters == Filters():
            return None
        places = [self.names.topic(name) for name in names] or self.library.areas
        topics = [one for place in places for one in topics_of(place)]
        found = []
        for topic in dict.fromkeys(topics):
            papers = [
                paper
                for paper in self.library.papers_of(topic)
                if filters.let_through(paper, self.standing(paper))
            ]
            if papers:
                found.append((topic, papers))
        return found

    def standing(self, paper: Paper) -> Standing:
        """Where the reader is with a paper."""
        return self.progress.of(self.library.work[paper.name])

    def search(self, text: str, count: int | None = None) -> list["searching.Found"]:
        """The papers that answer a query, best first; raises as `searching.search`."""
        from roadmap_cli import searching  # most commands do without
        from roadmap_cli.index.sealed import SealedFiles

        status = self.progress.status
        place = searching.Searched(
            self.library,
            SealedFiles(self.places.cache, "words"),
            lambda work: status(work).value,
            self._noted,
            self.busy,
        )
        return searching.search(place, text, count)

    def filter(self, text: str | None) -> Callable[[Paper], bool] | None:
        """Tells the papers that answer a query; nothing without one. Raises as `parse`."""
        if not text:
            return None
        from roadmap_cli import query

        answers = query.matcher(query.parse(text))
        library = self.library

        def test(paper: Paper) -> bool:
            work = library.work[paper.name]
            status, notes = self.progress.status(work), self._noted.get(work, "")
            return answers(query.entry_of(library, work, status, notes))

        return test

    @cached_property
    def _noted(self) -> dict[str, str]:
        """Each work that the reader wrote something on, and what."""
        found: dict[str, list[str]] = {}
        for name, text in self.notes.all():
            wanted = (
                [name]
                if "/" in name
                else [f"{one.id}/{name}" for one in self.library.catalogues]
            )
            works = set(map(self.library.answers_to, wanted))
            for work in filter(None, works):
                found.setdefault(work, []).append(text)
        return {work: "\n\n".join(texts) for work, texts in found.items()}

    def being_read(self) -> list[Paper]:
        """The papers that the reader has begun, in curriculum order."""
        library = self.library
        begun = sorted(self.progress.begun, key=library.positions.__getitem__)
        return [library.shown[work] for work in begun]

    def the_one_being_read(self) -> Paper:
        """The paper that is meant where none is named; raises `WrongUsageError` if unclear."""
        papers = self.being_read()
        if len(papers) == 1:
            return papers[0]
        if not papers:
            raise WrongUsageError(
                "which paper? You are not reading any",
                hint="name one: roadmap mark-read lora",
            )
        keys = ", ".join(f"`{self.short_names[paper.name]}`" for paper in papers)
        raise WrongUsageError(
            f"which paper? You are reading {len(papers)}", hint=f"name one: {keys}"
        )

    def mark(self, names: Sequence[str], marking: Marking) -> Marked:
        """Say that papers, or all papers of a topic, have a status.

        Of a whole topic, what is settled stays as it is, unless the status is `todo`. Raises
        before anything is written if a single name is not clear, or the day is to come.
        """
        if marking.on and marking.on > self.today:
            raise WrongUsageError(f"{marking.on} is still to come")
        named = [self.names.anything(name) for name in names]
        chosen = targets(self.library, named, marking.status)
        works = [one.work for one in chosen]
        to_note = self._to_note(named) if marking.note.strip() else []
        before = Progress()

        def decide() -> list[Change]:
            nonlocal before
            for paper in to_note:  # before the mark: if that fails, nothing is marked
                self.notes.add(paper, marking.note)
            before = self.ledger.progress_with(self.library, works)
            fields = (
                (
                    one.work,
                    marking.difference(before.of(one.work), may_settle=one.may_settle),
                )
                for one in chosen
            )
            return [(work, said) for work, said in fields if said]

        self.ledger.say(decide)
        moved = self._moved(works, before)
        left = {one.paper.name for one in moved}
        papers = (self.library.shown[work] for work in works)
        unmoved = (
            (one, self._status_in(before, one))
            for one in papers
            if one.name not in left
        )
        return Marked(moved, tuple(unmoved))

    def set_goal(self, name: str | None) -> bool:
        """Make a paper, a topic or an area the goal, or nothing; tell whether that is new.

        Raises as `Names.anything` for a name that is not clear, and `RefusedError` for a paper
        that is no longer in the catalogue.
        """
        aim = None
        if name is not None:
            named = self.names.anything(name)
            self.guide.goal_of(named)
            aim = aim_at(named, self.library)

        def decide() -> list[Change]:
            is_so = self.ledger.progress_with(self.library, ()).aim == aim
            return [] if is_so else [aim.said if aim else NO_AIM]

        is_new = self.ledger.say(decide) is not None
        self.__dict__.pop("progress", None)
        return is_new

    def examine(self, *, fix: bool) -> list[Finding]:
        """Everything that is not as it should be, catalogues included."""
        wrong = [
            Finding(str(one), one.hint or "mend the file") for one in self.shelf.damages
        ]
        return [*wrong, *examine(self.ledger, self.library, self.now(), fix=fix)]

    def history(self, name: str | None, since: date | None) -> list[Told]:
        """What was said when, the newest first: of one paper, or of all."""
        work = self.library.work[self.names.paper(name).name] if name else None
        told = []
        for event, is_undone in self.ledger.index.story():
            own = self.library.answers_to(event.paper)
            if (work and own != work) or event.distrusts:
                continue
            if since and local_day(event.at) < since:
                continue
            told.append(
                Told(event, is_undone, self.library.shown[own] if own else None)
            )
        return told

    def _to_note(self, named: Sequence[Named]) -> list[Paper]:
        """The papers to write a note on, each work once; raises `WrongUsageError` for a topic."""
        papers = [one for one in named if isinstance(one, Paper)]
        if len(papers) < len(named):
            raise WrongUsageError(
                "a topic has no notes", hint="name the papers that the note is on"
            )
        if self.ledger.is_rehearsal:
            return []
        first = {self.library.work[one.name]: one for one in reversed(papers)}
        return list(reversed(first.values()))

    def undo(self) -> Marked:
        """Take back the last command of this device; raises `NotFoundError` if there is none."""
        return self._take_back(self.ledger.last_command)

    def redo(self) -> Marked:
        """Take back the last undo; raises `NotFoundError` if there is none."""
        return self._take_back(self.ledger.last_undo)

    def _take_back(self, last: Callable[[], Command]) -> Marked:
        works: list[str] = []
        before = Progress()

        def choose() -> Command:
            nonlocal works, before
            command = last()
            works = self._works_of(command)
            before = self.ledger.progress_with(self.library, works)
            return command

        self.ledger.take_back(choose)
        moved = self._moved(works, before)
        return Marked(moved, has_new_goal=before.aim != self.progress.aim)

    def _works_of(self, command: Command) -> list[str]:
        """What a command is about; one that takes another back is about what that was."""
        spoken = self.ledger.index.of_command(command)
        if spoken and spoken[0].undoes:
            spoken = self.ledger.index.of_command(spoken[0].undoes)
        found = (self.library.answers_to(event.paper) for event in spoken)
        return list(dict.fromkeys(work for work in found if work))

    def _moved(self, works: Sequence[str], before: Progress) -> tuple[Moved, ...]:
        self.__dict__.pop("progress", None)
        after = self.ledger.progress_with(self.library, works)
        return compare(self.library, works, before, after)

    def _status_in(self, progress: Progress, paper: Paper) -> Status:
        return progress.status(self.library.work[paper.name])

    def topics_touched(self, papers: Iterable[Paper]) -> list[Topic]:
        """The home topics of these papers, each once."""
        homes = (
            self.library.topics_of[self.library.work[one.name]][:1] for one in papers
        )
        return list(dict.fromkeys(topic for home in homes for topic in home))

    def areas_among(self, names: Iterable[str]) -> list[Area]:
        """The whole areas among these names: so much that it is worth asking."""
        found = (self.names.anything(name) for name in names)
        return [one for one in found if isinstance(one, Area)]

    def link(self, paper: Paper, what: str = "url") -> str:
        """The paper's link, or that of its `pdf` or `code`; raises `RefusedError` if unknown."""
        number = paper.arxiv or arxiv_id(paper.url)
        pdf = f"https://arxiv.org/pdf/{number}" if number else ""
        pdf = paper.url if paper.url.lower().endswith(".pdf") else pdf
        found = {"url": paper.url, "pdf": pdf, "code": paper.code}[what]
        if not found:
            raise RefusedError(
                f"no link to {'a PDF' if what == 'pdf' else 'code'} of `{paper.key}` is known",
                hint=f"its page is {paper.url}",
            )
        return found
