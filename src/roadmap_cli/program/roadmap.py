"""The program without a face: one class that the command line drives.

Time and place are handed in; nothing here prints, asks or knows an option.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogues.reading import Shelf
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Sort, Topic
from roadmap_cli.curriculum.names import Named, Names
from roadmap_cli.curriculum.places import papers_beside, papers_outside, topics_of
from roadmap_cli.disk.places import Places
from roadmap_cli.errors import DataFileError, RefusedError, RoadmapError
from roadmap_cli.language.locales import ENGLISH
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.progress.events import Progress, Standing
from roadmap_cli.progress.settings import last_uses
from roadmap_cli.store.library.shelves import open_shelf

if TYPE_CHECKING:  # each is loaded by who asks for it: most commands do without
    from pathlib import Path

    from roadmap_cli.program import searching
    from roadmap_cli.program.findings import Finding
    from roadmap_cli.program.notes import Notes
    from roadmap_cli.program.pdfs import Pdfs
    from roadmap_cli.program.record import Record
    from roadmap_cli.program.restoring import Restoring
    from roadmap_cli.program.sorting import Section
    from roadmap_cli.rows.papers import Rows
    from roadmap_cli.search import Reader
    from roadmap_cli.suggest import Wishes
    from roadmap_cli.suggest.guide import Guide


_MENTIONED = 3
"""Papers that are named as mentioning what none is named."""


class Roadmap:
    """A reader's roadmap: the catalogues, the progress, and what can be done with them."""

    def __init__(
        self,
        places: Places,
        now: Callable[[], datetime],
        busy: Busy = silently,
        languages: Collection[str] = (ENGLISH,),
        *,
        is_rehearsal: bool = False,
    ) -> None:
        self.places = places
        self.now = now
        self.busy = busy
        self.languages = languages
        self.ledger = Ledger.of(places, now, is_rehearsal=is_rehearsal)

    @cached_property
    def shelf(self) -> Shelf:
        """The catalogues; raises `DataFileError` if none can be read."""
        paths, damages = self.places.find_catalogues(self.used)
        shelf = open_shelf(paths, self.places.cache, self.busy)
        return shelf._replace(damages=(*damages, *shelf.damages))

    @property
    def used(self) -> Sequence[str]:
        """The ids of the shipped catalogues that the reader chose; none where all are used."""
        if not self.places.is_choice_open:
            return self.places.uses
        return last_uses(self.ledger.settings)

    @property
    def library(self) -> Library:
        """All readable catalogues as one."""
        return self.shelf.library

    @cached_property
    def names(self) -> Names:
        """What papers and topics may be called."""
        return Names(self.library, self._mentioning)

    def _mentioning(self, words: str) -> Sequence[Paper]:
        from roadmap_cli.program import searching

        return searching.mentioning(self._searched, words, _MENTIONED)

    @cached_property
    def record(self) -> "Record":
        """The pen for what the reader says."""
        from roadmap_cli.program.record import Record

        own = (self.ledger, lambda: self.notes, self.places)
        return Record(self.library, self.names, *own)

    @property
    def rows(self) -> "Rows":
        """Makes rows of papers, topics and marks, for whatever shows them."""
        from roadmap_cli.rows.papers import Rows

        return Rows(self.library, self.progress, self.names.short_names)

    @property
    def restoring(self) -> "Restoring":
        """Puts copies back; the notes of a copy belong into the data folder."""
        from roadmap_cli.program.notes import Notes
        from roadmap_cli.program.restoring import Restoring

        return Restoring(self.ledger, Notes(self.places.own_notes, self.now))

    @property
    def progress(self) -> Progress:
        """Where the reader is, as far as the journals can be read."""
        return self.ledger.progress(self.library)

    def close(self) -> None:
        """Let go of what was opened; there is nothing to ask any more."""
        if "shelf" in self.__dict__:
            self.library.close()
        self.ledger.refresh()

    def renew(self) -> None:
        """Look at catalogues and notes again, after they were edited.

        Raises `DataFileError` for a catalogue that cannot be read any more; then all that was
        read stays as it was.
        """
        before = self.__dict__.pop("shelf", None)
        known = [*map(str, before.damages)] if before else []
        try:
            for damage in self.shelf.damages if before else ():
                if str(damage) not in known:
                    raise damage
        except DataFileError:
            self.__dict__.update({"shelf": before} if before else {})
            raise
        if before:
            before.library.close()
        self.ledger.refresh()
        for name in ("names", "record", "notes", "pdfs"):
            self.__dict__.pop(name, None)

    @property
    def warnings(self) -> list[RoadmapError]:
        """What could not be read and was left out, and what is odd."""
        journals = [*self.ledger.damages, *self.ledger.warnings]
        return [*self._odd_catalogues, *journals, *self._odd_notes]

    @property
    def _odd_catalogues(self) -> list[DataFileError]:
        """The catalogues that were left out, and the entries that say too much."""
        damages = list(self.shelf.damages)
        if bridges := self.library.bridges:
            from roadmap_cli.curriculum.works import warning_of  # hardly ever needed

            damages.append(warning_of(bridges))
        return damages

    @property
    def left_out(self) -> Sequence[RoadmapError]:
        """The catalogues and notes that could not be read, as far as any were asked for."""
        catalogues = self.shelf.damages if "shelf" in self.__dict__ else ()
        return [*catalogues, *self._odd_notes]

    @property
    def _odd_notes(self) -> Sequence[RoadmapError]:
        """What is not clear of the notes that were asked for."""
        return self.notes.warnings if "notes" in self.__dict__ else ()

    @property
    def read(self) -> list[str]:
        """The catalogues and journals that were looked at so far."""
        is_any = "shelf" in self.__dict__
        catalogues = self.places.find_catalogues(self.used)[0] if is_any else ()
        return [*map(str, catalogues), *self.ledger.read]

    @cached_property
    def notes(self) -> "Notes":
        """The reader's notes."""
        from roadmap_cli.program.notes import Notes

        return Notes(self.places.notes, self.now, self.places.cache)

    def notes_on(self, named: Named) -> str:
        """What the reader wrote on a paper, in whichever catalogue; nothing on topics.

        Of what cannot be read there is a warning.
        """
        if not isinstance(named, Paper) or not self.places.has_notes:
            return ""
        return self.notes.read(self.library.entries[self.library.work[named.name]])

    @property
    def today(self) -> date:
        """The reader's day."""
        return local_day(self.now())

    @property
    def guide(self) -> "Guide":
        """Says what is next, and how far goals are."""
        from roadmap_cli.suggest.guide import Guide

        return Guide(self.library, self.names, self.progress, self.today, self._wishes)

    @property
    def _wishes(self) -> "Wishes":
        """What every suggestion follows: what the reader reads, and the wish that is set."""
        from roadmap_cli.suggest import Remembered, Wishes

        query = self.progress.wish
        try:
            remembered = Remembered(query, self.filter(query or None))
        except RoadmapError as problem:  # it may name what is not loaded
            remembered = Remembered(query, problem=str(problem))
        return Wishes(languages=self.languages, remembered=remembered)

    def papers_in(
        self,
        names: Sequence[str],
        lets_through: Callable[[Paper], bool] | None = None,
        sort: Sort | None = None,
    ) -> "Sequence[Section] | None":
        """The papers of topics, areas and catalogues, or of all, in reading order or sorted.

        Those outside all topics come last. Through a filter each comes but once, in the first
        of its topics. Nothing where neither names, a filter nor an order are given: then the
        topics are wanted. Raises as `Names.topic` and as the filter.
        """
        if not names and not lets_through and not sort:
            return None
        found = self._sections(names, lets_through)
        if sort is None:
            return found
        from roadmap_cli.program.sorting import sorted_by  # most lists are not sorted

        return sorted_by(sort, found, self.library, self.progress)

    def _sections(
        self, names: Sequence[str], lets_through: Callable[[Paper], bool] | None
    ) -> list[tuple[Topic | None, list[Paper]]]:
        places = [self.names.topic(name) for name in names] or self.library.areas
        topics = [topic for place in places for topic in topics_of(self.library, place)]
        sections: list[tuple[Topic | None, Iterable[Paper]]] = [
            (topic, self.library.papers_of(topic)) for topic in dict.fromkeys(topics)
        ]
        beside = chain.from_iterable(
            papers_beside(self.library, place) for place in places
        )
        sections.append((None, beside if names else papers_outside(self.library)))
        found, told = [], set[str]()
        for topic, among in sections:
            papers = [
                paper
                for paper in among
                if self.library.work[paper.name] not in told
                and (lets_through is None or lets_through(paper))
            ]
            if lets_through:
                told.update(self.library.work[paper.name] for paper in papers)
            if papers:
                found.append((topic, papers))
        return found

    def standing(self, paper: Paper) -> Standing:
        """Where the reader is with a paper."""
        return self.progress.of(self.library.work[paper.name])

    def search(self, text: str, count: int | None = None) -> "searching.Answer":
        """The papers that answer a query, best first.

        Raises as `searching.find`, and `DataFileError` if it asks for an unknown status or
        rating.
        """
        from roadmap_cli.program import searching

        return searching.find(self._searched, text, count)

    @property
    def _searched(self) -> "searching.Searched":
        from roadmap_cli.program import searching
        from roadmap_cli.store.sealed import SealedFiles

        words = SealedFiles(self.places.cache, "words")
        return searching.Searched(self.library, words, self._reader, self.busy)

    def filter(
        self, where: str | None, **conditions: Sequence[str] | None
    ) -> Callable[[Paper], bool] | None:
        """Tells the papers that answer a query and further conditions; nothing without any.

        Of the `conditions`, values by field, each has to hold with one of its values. Raises
        as `search.asked` and `called.require_known`; what tells the papers raises
        `DataFileError` if an unknown status or rating is asked for.
        """
        values = {field: some for field, some in conditions.items() if some}
        if where is None and not values:
            return None
        from roadmap_cli.search import asked
        from roadmap_cli.search.called import require_known
        from roadmap_cli.search.matching import matcher

        require_known(wanted := asked(where, values), self.library)
        return matcher(wanted, self.library, self._reader)

    @property
    def _reader(self) -> "Reader":
        """What a query may ask of the reader; raises `DataFileError` for what is not known.

        Of works whose status, rating or tags an unread journal may tell.
        """
        from roadmap_cli.search import Reader

        return Reader(
            self._sure_status,
            self._sure_rating,
            lambda: self._noted,
            self._sure_tags,
            lambda: self.pdfs.works,
        )

    def _sure_status(self, work: str) -> str:
        status = self.progress.known_status(work)
        if status is None:
            raise self.ledger.damages[0]
        return status.value

    def _sure_rating(self, work: str) -> int | None:
        rating = self.progress.of(work).rating
        if rating is None and not self.progress.is_complete:
            raise self.ledger.damages[0]
        return rating

    def _sure_tags(self, work: str) -> Sequence[str]:
        if not self.progress.is_complete:
            raise self.ledger.damages[0]
        return self.progress.of(work).tags

    @cached_property
    def _noted(self) -> dict[str, str]:
        return self.notes.by_work(self.library) if self.places.has_notes else {}

    def insist_on_goal(self) -> None:
        """Raises `DataFileError` if no goal is known, and an unread journal may set one."""
        if self.progress.aim is None:
            self.ledger.insist_on_all()

    def examine(self, *, fix: bool) -> "list[Finding]":
        """Everything that is not as it should be, catalogues included."""
        from roadmap_cli.program.doctor import examine
        from roadmap_cli.program.findings import Finding, each_once

        try:
            odd, library = self._odd_catalogues, self.library
        except DataFileError as damage:  # there are the journals to speak of, too
            odd, library = [damage], Library(())
        wrong = [Finding(str(damage), damage.hint or "mend the file") for damage in odd]
        found = examine(self.ledger, library, self.places, self.now(), fix=fix)
        return each_once([*wrong, *found])

    @cached_property
    def pdfs(self) -> "Pdfs":
        """The reader's PDFs."""
        from roadmap_cli.program.pdfs import Pdfs

        return Pdfs(self.places.papers, self.library)

    def pdf_of(self, named: Named) -> "Path | None":
        """The reader's PDF of a paper, if there is one; topics have none."""
        if not isinstance(named, Paper) or not self.places.papers.is_dir():
            return None
        return self.pdfs.find(self.library.work[named.name])

    def link(self, paper: Paper, what: str = "url") -> str:
        """The paper's link, or that of its `pdf` or `code`; raises `RefusedError` if unknown.

        Of a PDF that the reader has it is the address of the file: `file:///…`.
        """
        if what == "pdf":
            from roadmap_cli.curriculum.pdfs import pdf_link  # hardly ever needed

            file = self.pdf_of(paper)
            found = file.absolute().as_uri() if file else pdf_link(paper)
        else:
            found = {"url": paper.url, "code": paper.code}[what]
        if not found:
            name = {"url": "link", "pdf": "link to a PDF", "code": "link to code"}[what]
            raise RefusedError(
                f"no {name} of `{self.names.short(paper)}` is known",
                hint=f"its page is {paper.url}" if paper.url else None,
            )
        return found
