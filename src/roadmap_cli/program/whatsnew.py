"""What is new in the catalogues since the reader saw them last, and what follows from it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Catalogue, Paper, Status, Topic
from roadmap_cli.disk.places import SHIPPED
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    LockedError,
    RoadmapError,
)
from roadmap_cli.language.phrases import counted
from roadmap_cli.program.result import Result
from roadmap_cli.program.seen import Seen, called
from roadmap_cli.progress.events import edited_catalogue
from roadmap_cli.progress.news import Change, Kind, Line, between, state_of
from roadmap_cli.progress.settings import SEEN, seen_of
from roadmap_cli.rows.catalogue_view import NewsView
from roadmap_cli.rows.news import Concern, count_in_words, rank, row_of
from roadmap_cli.store.digests import DocumentIndex
from roadmap_cli.store.library.states import lines_in
from roadmap_cli.store.library.stored import StoredLibrary

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.catalogue_types import NewsRow

_CONCERNS: Mapping[Status, Concern] = {
    Status.READ: "read",
    Status.KNOWN: "known",
    Status.SKIPPED: "skipped",
}


class Compared(NamedTuple):
    """What is new in a catalogue, with the titles of its topics before and now."""

    catalogue: Catalogue
    changes: Sequence[Change]
    topics: Mapping[str, str]


class Whatsnew:
    """The news of one reader."""

    def __init__(self, roadmap: "Roadmap", seen: Seen) -> None:
        self.roadmap = roadmap
        self.seen = seen
        self.is_first = not seen.names

    @property
    def library(self) -> Library:
        """The catalogues that are read."""
        return self.roadmap.library

    def headline(self, unseen: Iterable[Catalogue]) -> str:
        """How much is new in states of catalogues that were not seen, in one line."""
        counts: Counter[str] = Counter()
        for catalogue in unseen:
            counts.update(self._counts(catalogue))
        if not counts:
            return ""
        return f"Your lists have changed: {count_in_words(counts)}; roadmap whatsnew"

    def tell(self, *, again: bool = False) -> Result:
        """What is new, that which concerns the reader first; from then on it is not new.

        With `again` also what was new before the states that were seen last. What cannot be
        noted as seen is told once more the next time; a warning says so.
        """
        catalogues = self.library.catalogues
        compared = [self._compared(catalogue, again=again) for catalogue in catalogues]
        rows = [row for news in compared for row in self._rows(news)]
        rows.sort(key=rank)
        unseen = [news for news in compared if not self.seen.has(news.catalogue)]
        warnings = tuple(self._note(unseen))
        empty = "Nothing is new in your lists."
        if self.is_first:
            empty = "From now on, what changes in your lists is told here."
        return Result(NewsView(rows, empty), warnings=warnings, needs_progress=True)

    def _counts(self, catalogue: Catalogue) -> Mapping[str, int]:
        """How many changes of each kind there are; they are counted once for two states."""
        last = None if self._is_known(catalogue) else self.seen.last(catalogue)
        if last is None:
            return self._counted(catalogue)
        source = Source("", what="news", contents=b"")
        source.is_known_as(f"{last.name} {catalogue.digest}")
        index = DocumentIndex(self.roadmap.places.cache)
        return index.recall(source, lambda: self._counted(catalogue))

    def _counted(self, catalogue: Catalogue) -> Mapping[str, int]:
        changes = self._compared(catalogue).changes
        if not changes and not self.roadmap.ledger.is_rehearsal:
            self.seen.keep_quietly(catalogue, self._lines(catalogue))
        return Counter(change.kind.value for change in changes)

    def _compared(self, catalogue: Catalogue, *, again: bool = False) -> Compared:
        """What is new in a catalogue; an older state than the last one has nothing new."""
        nothing = Compared(catalogue, (), {})
        is_seen = self.seen.has(catalogue) or self._is_known(catalogue)
        if is_seen and not again:
            return nothing
        last = self.seen.last(catalogue)
        if last is None:
            return nothing._replace(changes=self._whole_list(catalogue, is_seen))
        old, new = self.seen.read(last), state_of(self._lines(catalogue))
        if old is None or new.released < old.released:
            return nothing
        states = (old, new)
        topics = {
            name: topic.title
            for state in states
            for name, topic in state.topics.items()
        }
        return Compared(catalogue, between(old, new), topics)

    def _whole_list(self, catalogue: Catalogue, is_seen: bool) -> Sequence[Change]:
        """That a shipped catalogue is new; where nothing at all was seen, nothing is."""
        is_shipped = any(catalogue.id == shipped.id for shipped in SHIPPED)
        if is_seen or not is_shipped or self.is_first:
            return ()
        papers = state_of(self._lines(catalogue)).papers
        text = f"a new list of {counted(len(papers), 'paper')}"
        return [Change(Kind.NEWS, catalogue.id, catalogue.title, (), ("", text))]

    def _lines(self, catalogue: Catalogue) -> Iterator[Line]:
        library = self.library
        assert isinstance(library, StoredLibrary)  # noqa: S101 - as all that run are
        return lines_in(library, catalogue.id)

    def _is_known(self, catalogue: Catalogue) -> bool:
        """Whether another device read of a state, or an edit of the reader's made it."""
        return called(catalogue) in self._read_of or called(catalogue) in self._edited

    @cached_property
    def _read_of(self) -> frozenset[str]:
        settings = self.roadmap.ledger.settings
        return frozenset(name for event in settings for name in seen_of(event))

    @cached_property
    def _edited(self) -> frozenset[str]:
        """The states of catalogues that edits of the reader's made, or took back."""
        story = self.roadmap.ledger.index.story()
        edits = (event for event, _ in story if edited_catalogue(event))
        return frozenset(
            f"{edited_catalogue(event)}@{event.fields.get(state)}"
            for event in edits
            for state in ("was", "became")
        )

    def _note(self, unseen: Sequence[Compared]) -> Iterator[RoadmapError]:
        """Note what was told as seen, here and for the other devices; what keeps us from it."""
        ledger = self.roadmap.ledger
        told = [called(news.catalogue) for news in unseen if news.changes]
        try:
            if told:
                ledger.say(lambda: [("", {SEEN: told})])
            for news in () if ledger.is_rehearsal else unseen:
                self.seen.keep(news.catalogue, self._lines(news.catalogue))
        except (CannotWriteError, DataFileError, LockedError) as problem:
            what = "that this was read cannot be noted, so it will be told again"
            yield CannotWriteError(f"{what}: {problem}", hint=problem.hint)

    def _rows(self, news: Compared) -> "Iterator[NewsRow]":
        for change in news.changes:
            name = self._named(change, news.catalogue)
            concern = self._concern(change, f"{news.catalogue.id}/{change.name}")
            yield row_of(change, news.catalogue.id, name, news.topics, concern)

    def _named(self, change: Change, catalogue: Catalogue) -> str:
        """What a paper or topic can be called now; its full name where it is gone."""
        if change.kind is Kind.NEWS:
            return catalogue.id
        library, full = self.library, f"{catalogue.id}/{change.name}"
        named: Paper | Topic | None = None
        if change.is_topic and full in library.topics:
            named = library.topics[full]
        elif not change.is_topic and full in library.papers:
            named = library.papers[full]
        return self.roadmap.names.short(named) if named else full

    def _concern(self, change: Change, full: str) -> Concern:
        """Why a change concerns the reader: what was marked, or the way to the goal."""
        library, progress = self.library, self.roadmap.progress
        if change.kind is Kind.NEWS:
            return ""
        full = change.name if "/" in change.name and not change.is_topic else full
        works = [library.answers_to(full) or full]
        if change.is_topic:
            topic = library.topics.get(full)
            works = list(library.works_of(topic)) if topic else []
        statuses = {progress.status(work) for work in works}
        if Status.READING in statuses:
            return "reading"
        if change.kind is not Kind.RETIRED and self._on_the_way & {*works}:
            return "goal"
        settled = (Status.READ, Status.KNOWN, Status.SKIPPED)
        found = (status for status in settled if status in statuses)
        return next((_CONCERNS[status] for status in found), "")

    @cached_property
    def _on_the_way(self) -> frozenset[str]:
        guide = self.roadmap.guide
        goal = guide.set_goal
        return frozenset(guide.whole_way(goal) if goal else ())
