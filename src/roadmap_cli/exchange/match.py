"""Entries meet papers: what is new, what is known, what is likely there twice.

Two entries are one work by identity alone (arXiv id, DOI, link). What only has title, first
author and year in common is told and kept apart. An entry without any identity is known again,
in the catalogue that it is taken into, by the name that it has in its file, or by these three.
"""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.contradictions import contradictions
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.curriculum.places import called_just, catalogue_of
from roadmap_cli.exchange.entries import Entry, Left, Record, Refused
from roadmap_cli.exchange.keys import new_key
from roadmap_cli.exchange.own.records import parted
from roadmap_cli.language.spelling import fold

_LONGEST_TITLE, _LONGEST_VENUE, _MOST_AUTHORS = 500, 200, 2_000


class Action(StrEnum):
    """What becomes of what was found in a file."""

    NEW = "new"
    KNOWN = "known"
    TWICE = "twice"
    REFUSED = "refused"
    LEFT = "left"


class Match(NamedTuple):
    """What was found, and what becomes of it.

    `name` is the key that a new paper gets, or the name of the paper that it is: its key in the
    catalogue that is written, else its full name. `paper` is that paper where it is loaded.
    `fields` are what is written of a new one.
    """

    record: Record
    action: Action
    name: str = ""
    why: str = ""
    paper: Paper | None = None
    fields: Mapping[str, Any] = {}

    @property
    def is_written(self) -> bool:
        """Whether a new paper is made of it."""
        return self.action in (Action.NEW, Action.TWICE)


class Matcher:
    """Finds out what entries are, one after the other.

    `own` is the id of the catalogue that is written; `keys` are those that it has, and
    `complaint` says what is wrong with the fields of a paper, if anything is.
    """

    def __init__(
        self,
        library: Library,
        own: str,
        keys: Collection[str],
        complaint: Callable[[Mapping[str, Any]], str],
    ) -> None:
        self._library = library
        self._own = own
        self._keys = keys
        self._complaint = complaint
        self._new: dict[str, Entry] = {}
        self._by_identity: dict[str, str] = {}
        self._by_facts: dict[_Facts, str] = {}
        self._aliases: set[str] = set()
        self._numbers = count(2)
        self._there: dict[str, str] = {}
        self._is_loaded = catalogue_of(library, own) is not None
        areas = library.areas_by_name
        self._areas = frozenset(name.rpartition("/")[2] for name in areas)

    def learn(self, papers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Know papers of the catalogue that is written which the library does not have yet."""
        for key, fields in papers:
            named = identity.by_field(
                arxiv=str(fields.get("arxiv", "")),
                doi=str(fields.get("doi", "")),
                url=str(fields.get("url", "")),
            )
            for each in named.values():
                self._there.setdefault(each, key)

    def match(self, records: Iterable[Record]) -> Iterator[Match]:
        """What becomes of each, in their order."""
        for record in records:
            if isinstance(record, Refused):
                yield Match(record, Action.REFUSED, why=record.reason)
            elif isinstance(record, Left):
                yield Match(record, Action.LEFT, why=record.reason)
            elif not record.title:
                why = "it has no title, and nothing that is loaded is it"
                yield self.known(record) or Match(record, Action.REFUSED, why=why)
            else:
                yield self.known(record) or self._written(record)

    def known(self, entry: Entry) -> Match | None:
        """What it is that is there already: in the file above it, or in what is loaded."""
        identities = identities_of(entry)
        for each in identities:
            if key := self._by_identity.get(each):
                line = self._new[key].line
                return Match(entry, Action.KNOWN, key, f"the same as in line {line}")
            if key := self._there.get(each):
                return Match(entry, Action.KNOWN, key, "is there")
        papers = [
            paper
            for each in identities
            for paper in self._library.papers_identified(each)
        ]
        papers = papers or self._without_identity(entry, identities)
        papers.sort(key=lambda paper: paper.catalogue != self._own)  # ours first
        if not papers:
            return None
        paper = papers[0]
        name = paper.key if paper.catalogue == self._own else paper.name
        return Match(entry, Action.KNOWN, name, "is there", paper)

    def _without_identity(
        self, entry: Entry, identities: Collection[str]
    ) -> list[Paper]:
        """The own papers that an entry may have made before, if neither has an identity.

        First the one that has the entry's name in its file among its own.
        """
        if identities or not entry.title or not self._is_loaded:
            return []
        alike = [
            paper
            for paper in self._library.papers_called(fold(entry.title))
            if paper.catalogue == self._own
            and not paper.identities
            and _facts(paper) == _facts(entry)
        ]
        return sorted(alike, key=lambda paper: entry.key not in paper.aliases)

    def _written(self, entry: Entry) -> Match:
        """A paper that is made of an entry, if its fields are as they must be."""
        key = new_key(entry, self._is_taken, self._numbers)
        fields = self._fields(entry)
        if wrong := self._complaint(fields):
            return Match(entry, Action.REFUSED, why=wrong)
        facts = _facts(entry)
        other = self._likely(facts) if entry.authors else ""
        self._new[key] = entry
        for each in identities_of(entry):
            self._by_identity[each] = key
        self._by_facts.setdefault(facts, key)
        if other:
            why = f"has title, first author and year of `{other}`, but not its number"
            return Match(entry, Action.TWICE, key, why, fields=fields)
        return Match(entry, Action.NEW, key, fields=fields)

    def _likely(self, facts: "_Facts") -> str:
        """What has the same title, first author and year; nothing if nothing has."""
        if key := self._by_facts.get(facts):
            return key
        papers = self._library.papers_called(facts[0])
        return next((paper.name for paper in papers if _facts(paper) == facts), "")

    def _is_taken(self, key: str) -> bool:
        if key in self._new or key in self._keys or key in self._aliases:
            return True
        if "/" in key:
            return next(called_just(self._library, key), None) is not None
        return key in self._areas or any(
            paper.key == key for paper in self._called(key)
        )

    def _fields(self, entry: Entry) -> dict[str, Any]:
        """What is written of it; see `fields_of`."""
        return fields_of(entry, self._alias(entry))

    def _alias(self, entry: Entry) -> list[str]:
        """The name that it has in its file, where that is no other paper's here."""
        catalogue, key = parted(entry.key)
        alias = " ".join(key.split())
        lower = alias.lower()
        if catalogue or not alias or lower in self._aliases or self._is_taken(lower):
            return []
        called = self._called(alias) if self._is_loaded else ()
        if any(paper.catalogue == self._own for paper in called):
            return []
        self._aliases.add(lower)
        return [alias]

    def _called(self, name: str) -> Iterable[Paper]:
        folded = fold(name)
        return self._library.papers_called(folded) if folded else ()


def fields_of(entry: Entry, aliases: Collection[str] = ()) -> dict[str, Any]:
    """What a catalogue says of an entry.

    What the entry does not say is left out, and what follows from the rest.
    """
    url = entry.url
    named = identity.by_field(arxiv=entry.arxiv, doi=entry.doi, url=url)
    if any(clash.field == "url" for clash in contradictions(named)):
        url = ""
    if url == identity.page(arxiv=entry.arxiv, doi=entry.doi):
        url = ""
    fields = {
        "title": entry.title[:_LONGEST_TITLE],
        "kind": entry.kind.value if entry.kind else "",
        "authors": list(entry.authors[:_MOST_AUTHORS]),
        "year": entry.year,
        "venue": entry.venue[:_LONGEST_VENUE],
        "url": url,
        "arxiv": entry.arxiv,
        "doi": entry.doi,
        "code": entry.code if entry.code != url else "",
        "aliases": list(aliases),
        "requires": list(entry.requires),
        "helps": list(entry.helps),
        "minutes": entry.minutes,
        "level": entry.level.value if entry.level else "",
    }
    return {name: value for name, value in fields.items() if value}


def identities_of(entry: Entry) -> Sequence[str]:
    """What tells an entry from all others, the surest first."""
    return _identities(entry.arxiv, entry.doi, entry.url)


@lru_cache(1)  # asked when an entry is looked up, and again when it is written
def _identities(arxiv: str, doi: str, url: str) -> Sequence[str]:
    named = identity.by_field(arxiv=arxiv, doi=doi, url=url)
    clashing = {clash.field for clash in contradictions(named)}
    return identity.by_weight(
        identity.with_pages(
            each for field, each in named.items() if field not in clashing
        )
    )


_Facts = tuple[str, str, int | None]


def _facts(thing: Entry | Paper) -> _Facts:
    """Title and family name of the first author, both folded, and year."""
    first = thing.authors[0].split()[-1:] if thing.authors else []
    return fold(thing.title), fold(" ".join(first)), thing.year
