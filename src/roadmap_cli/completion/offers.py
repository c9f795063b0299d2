"""What can be offered for a value: choices, papers, topics, fields of a search."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from roadmap_cli.completion.line import Line, Parameter
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Kind, Level, Paper, Status, StatusAsked
from roadmap_cli.curriculum.names import Named, Names
from roadmap_cli.disk.places import SHIPPED, Places
from roadmap_cli.errors import RoadmapError
from roadmap_cli.store.events.choice import may_choose
from roadmap_cli.store.library.shelves import open_shelf

if TYPE_CHECKING:
    from roadmap_cli.program.ledger import Ledger
    from roadmap_cli.progress.events import Progress

Candidate = tuple[str, str]
"""A word, and what it is."""
_MARKS = {
    f"mark-{'unread' if status is Status.TODO else status}": status for status in Status
}
_FIELDS = (
    "area", "author", "catalogue", "has", "kind", "level", "minutes", "note", "rating", "status", "tag", "title", "topic",
    "venue", "year",
)  # fmt: skip
_CHOICES: Mapping[str, Iterable[str]] = {
    "has": ["pdf"],
    "kind": Kind,
    "level": Level,
    "status": StatusAsked,
}
_MOST = 1000
"""Papers up to which candidates are ordered by what was read; more stand in reading order."""
_LEAST = 2
"""Letters from which on it is worth asking what they may mean."""


@dataclass
class Offers:
    """Everything to choose from, read no sooner than it is asked for."""

    places: Places
    now: Callable[[], datetime]

    def at(self, line: Line, typed: str) -> list[Candidate]:
        """What may stand at the cursor and begins as typed, the likeliest first."""
        parameter, before, begun = line.value(typed)
        if parameter is None:
            return _begun(typed, line.words(typed))
        values = self.values(parameter, line, begun)
        return [(before + value, about) for value, about in values]

    def values(self, parameter: Parameter, line: Line, typed: str) -> list[Candidate]:
        """The values of a parameter that begin as typed."""
        if parameter["choices"]:
            return _begun(typed, ((choice, "") for choice in parameter["choices"]))
        takes = parameter["takes"].strip("[].")
        found: list[Candidate] = []
        if takes == "CATALOGUE":
            found += ((catalogue.id, catalogue.title) for catalogue in SHIPPED)
        if "TAG" in takes and typed.startswith("+"):
            return _begun(typed, self._tags("+"))
        if "NAME" in takes:
            found += self._papers(line, typed)
        if "TOPIC" in takes:
            found += self._topics(typed)
        if takes == "QUESTION":
            found += self._questions(typed)
        if "WORDS" in takes:
            found += self._fields(typed)
        if (
            takes == "QUERY"
        ):  # several words in one argument, of which the last is typed
            before, blank, last = typed.rpartition(" ")
            offered = _begun(last, self._fields(last))
            return [(before + blank + field, about) for field, about in offered]
        found = _begun(typed, found) or self._meant(line, typed, takes)
        return [candidate for candidate in found if candidate[0] not in line.arguments]

    def _papers(self, line: Line, typed: str) -> Iterator[Candidate]:
        """The papers, by full name once a catalogue is named."""
        shown = map(self.library.shown.__getitem__, self._works(line.name, typed))
        for paper in shown:
            if not paper.retired:
                is_full = typed.startswith(f"{paper.catalogue}/")
                name = paper.name if is_full else self._names.short(paper)
                yield name, paper.title

    def _works(self, command: str, typed: str) -> list[str]:
        """The works in reading order; for a mark those it would change, what is left first.

        Once something is typed the settled ones are there too: they may be marked otherwise.
        """
        mark, works = _MARKS.get(command), self.library.begun_with(typed.lower())
        if len(works) > _MOST:
            return works[:_MOST]
        if mark is None:
            return works
        status = self._statuses(works)
        if mark is Status.TODO:
            return [work for work in works if status[work] is not Status.TODO]
        if not typed:
            works = [
                work
                for work in works
                if status[work] is not mark and not status[work].is_settled
            ]
        return sorted(
            works,
            key=lambda work: (
                status[work].is_settled,
                status[work] is not Status.READING,
            ),
        )

    def _statuses(self, works: Sequence[str]) -> dict[str, Status]:
        progress = self._progress
        return {work: progress.status(work) for work in works}

    @property
    def _progress(self) -> "Progress":
        return self._ledger.progress(self.library)

    @cached_property
    def _ledger(self) -> "Ledger":
        from roadmap_cli.program.ledger import Ledger
        from roadmap_cli.progress.clocks import believable

        return Ledger.of(self.places, lambda: believable(self.now()))

    def _tags(self, before: str) -> Iterator[Candidate]:
        """The reader's tags, each with how many papers have it."""
        from roadmap_cli.language.phrases import counted

        for tag, count in sorted(self._progress.tag_counts.items()):
            yield f"{before}{tag}", counted(count, "paper")

    def _topics(self, typed: str) -> Iterator[Candidate]:
        library, lower = self.library, typed.lower()
        for known in (library.areas_by_name, library.topics):
            for name in known:
                brief = name.partition("/")[2]
                if brief.startswith(lower) or name.startswith(lower):
                    yield self._names.short(known[name]), known[name].title
        is_one_of_several = len(library.catalogues) > 1
        for catalogue in library.catalogues:
            if is_one_of_several and catalogue.id.startswith(lower):
                yield self._names.short(catalogue), catalogue.title

    def _questions(self, typed: str) -> Iterator[Candidate]:
        """The questions of catalogues, by full name once a catalogue is named."""
        for topic in self.library.topics_asking():
            is_full = typed.lower().startswith(f"{topic.catalogue}/")
            for question in topic.questions:
                name = topic.names_of(question)[0] if is_full else question.id
                yield name, question.ask

    def _fields(self, typed: str) -> Iterator[Candidate]:
        """The fields of a search; once one is typed its values, if they can be told."""
        field, colon, _ = typed.partition(":")
        if not colon:
            yield from ((f"{name}:", "") for name in _FIELDS)
        elif field == "topic":
            topics = self._topics(typed.removeprefix("topic:"))
            yield from ((f"topic:{name}", about) for name, about in topics)
        elif field == "tag":
            yield from self._tags("tag:")
        else:
            yield from ((f"{field}:{choice}", "") for choice in _CHOICES.get(field, ()))

    def _meant(self, line: Line, typed: str, takes: str) -> list[Candidate]:
        """The one candidate that an alias, a link or a piece of a title means."""
        names = self._names
        ways: dict[str, Callable[[str], Named]] = {
            "NAME": names.paper,
            "TOPIC": names.topic,
            "NAME|TOPIC": names.anything,
            "NAME|TOPIC|+TAG|-TAG": names.anything,
        }
        if len(typed) < _LEAST or takes not in ways:
            return []
        try:
            named = ways[takes](typed)
        except RoadmapError:
            return []
        if not isinstance(named, Paper):
            return [(self._names.short(named), named.title)]
        papers = dict(self._papers(line, named.key))
        name = self._names.short(named)
        return [(name, papers[name])] if name in papers else []

    @cached_property
    def library(self) -> Library:
        """The catalogues; raises `DataFileError` if none can be read."""
        places = self.places
        chosen: Sequence[str] = ()
        if places.is_choice_open and may_choose(places.cache):
            from roadmap_cli.progress.settings import last_uses

            chosen = last_uses(self._ledger.settings)
        return open_shelf(places.find_catalogues(chosen)[0], places.cache).library

    @cached_property
    def _names(self) -> Names:
        return Names(self.library)


def _begun(typed: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    lower = typed.lower()
    return [candidate for candidate in candidates if candidate[0].startswith(lower)]
