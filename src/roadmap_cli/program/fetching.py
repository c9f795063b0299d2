"""What services know of entries: asked politely, kept for a while, put together field by field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import NetworkError, UnreachableError
from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.language.phrases import counted
from roadmap_cli.network import (
    anthology,
    arxiv,
    crossref,
    datacite,
    lists,
    openalex,
    pages,
)
from roadmap_cli.network.answers import Answer
from roadmap_cli.network.service import Service
from roadmap_cli.store.records import Records

if TYPE_CHECKING:
    from roadmap_cli.network.client import Client
    from roadmap_cli.program.roadmap import Roadmap

_ARXIV, _CROSSREF, _DATACITE = arxiv.SERVICE, crossref.SERVICE, datacite.SERVICE
_OPENALEX, _ANTHOLOGY, _PAGE = openalex.SERVICE, anthology.SERVICE, pages.SERVICE
_LESSER = (_DATACITE, _OPENALEX, _ANTHOLOGY, _PAGE)
_TEXT = (_ARXIV, _CROSSREF, *_LESSER)
"""Who is believed on title, authors and arXiv id, the first first."""
_PUBLICATION = (_CROSSREF, _DATACITE, _ARXIV, _OPENALEX, _ANTHOLOGY, _PAGE)
"""Who is believed on everything else: the publisher, before the server of preprints."""
_OF_TEXT = ("title", "authors", "arxiv")
_OF_PUBLICATION = ("year", "venue", "kind", "doi", "url")


class Enriched(NamedTuple):
    """An entry with what services say of it, and which of them said what.

    What the entry says itself stays, and has no source.
    """

    entry: Entry
    sources: Mapping[str, str]


class Fetching:
    """Asks services for what entries lack.

    `connect` gives a client; nothing is asked, and it is not called, where all is kept.
    """

    def __init__(
        self, records: Records, connect: "Callable[[], AbstractContextManager[Client]]"
    ) -> None:
        self._records, self._connect = records, connect

    @classmethod
    def of(
        cls,
        roadmap: "Roadmap",
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> "Fetching":
        """What asks for the papers of one reader, as the environment says."""
        from roadmap_cli.network.opening import opened_client

        cache, now = roadmap.places.cache, roadmap.now
        connect = partial(opened_client, cache, environment, now, sleep, roadmap.busy)
        return cls(Records(cache, now), connect)

    def enrich(self, entries: Sequence[Entry]) -> list[Enriched]:
        """The entries with what services know of them, in their order.

        Raises `NetworkError` where one of them could not be asked: what the others said is kept,
        so that the next call goes on from there.
        """
        with ExitStack() as stack:
            asking = _Asking(
                self._records, lambda: stack.enter_context(self._connect())
            )
            try:
                asking.all(entries)
            except UnreachableError as problem:
                asking.problems.append(problem)
        if asking.problems:
            left = sum(not asking.said_of(entry) for entry in entries)
            raise _told(asking.problems[0], left, asking.count)
        return [_together(entry, asking.said_of(entry)) for entry in entries]

    def fill(
        self, records: Sequence[Record], lacks: Callable[[Entry], bool]
    ) -> list[Record]:
        """The records, with those enriched that lack something; raises as `enrich`."""
        entries = [
            record for record in records if isinstance(record, Entry) and lacks(record)
        ]
        if not entries:
            return list(records)
        found = (enriched.entry for enriched in self.enrich(entries))
        filled = dict(zip(entries, found, strict=True))
        return [
            filled.get(record, record) if isinstance(record, Entry) else record
            for record in records
        ]

    def list_at(self, url: str, most: int) -> Answer:
        """The list behind a link; raises as `network.lists.fetched`, and nothing is kept of it."""
        try:
            with self._connect() as client:
                return lists.fetched(client, url, most)
        except NetworkError as problem:
            raise NetworkError(
                f"{problem}; nothing was imported",
                hint=problem.hint
                or "try again later, or save the file and import that",
            ) from problem


class _Asking:
    """What services said in one run, from what is kept or newly asked."""

    def __init__(self, records: Records, connect: "Callable[[], Client]") -> None:
        self._records, self._connect = records, connect
        self._client: Client | None = None
        self._said: dict[tuple[str, str], Entry | None] = {}
        self._open: set[str] = set()
        """Numbers of which a service that failed may know: no lesser one is asked for them."""
        self.problems: list[NetworkError] = []
        self.count = 0
        """Records that were asked for and came."""

    def all(self, entries: Sequence[Entry]) -> None:
        """Ask the services for entries, in their order; a failing one stops no other.

        Raises `UnreachableError`.
        """
        self._ask(_ARXIV, (entry.arxiv for entry in entries))
        self._ask(_CROSSREF, map(self._doi, entries))
        for service in (_DATACITE, _OPENALEX):
            self._ask(service, map(self._doi, self._untitled(entries)))
        linked = [entry for entry in entries if not (entry.arxiv or entry.doi)]
        urls = [entry.url for entry in linked]
        self._ask(_ANTHOLOGY, filter(anthology.is_there, urls))
        self._ask(_PAGE, (entry.url for entry in self._untitled(linked)))

    def _untitled(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries that nobody asked so far has a title for."""
        return (
            entry for entry in entries if not entry.title and not self.said_of(entry)
        )

    def said_of(self, entry: Entry) -> Mapping[Service, Entry]:
        """The records of an entry, by who gave them."""
        doi, url = self._doi(entry), entry.url
        numbers = {_ARXIV: entry.arxiv, _ANTHOLOGY: url, _PAGE: url}
        numbers |= dict.fromkeys((_CROSSREF, _DATACITE, _OPENALEX), doi)
        found = (
            (service, self._said.get((service.name, number)))
            for service, number in numbers.items()
        )
        return {service: record for service, record in found if record is not None}

    def _doi(self, entry: Entry) -> str:
        """The DOI of an entry, or that which arXiv gives it."""
        record = self._said.get((_ARXIV.name, entry.arxiv))
        return entry.doi or (record.doi if record else "")

    def _ask(self, service: Service, numbers: Iterable[str]) -> None:
        unknown = []
        for number in dict.fromkeys(filter(None, numbers)):
            if number in self._open:
                continue
            kept = self._records.find(service.name, number)
            if kept is None:
                unknown.append(number)
            else:
                self._said[service.name, number] = kept.entry
        if not unknown:
            return
        try:
            self._client = self._client or self._connect()
            for found in service.ask(self._client, unknown):
                said = {**found.records, **dict.fromkeys(found.missing)}
                self._records.keep(service.name, said)
                self._said |= {(service.name, number): said[number] for number in said}
                self.count += len(found.records)
        except UnreachableError:
            raise
        except NetworkError as problem:
            self.problems.append(problem)
            self._open.update(
                number for number in unknown if (service.name, number) not in self._said
            )


def _together(entry: Entry, said: Mapping[Service, Entry]) -> Enriched:
    """An entry with its gaps filled, each field by who is believed on it most."""
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for field, value, source in _fillings(said):
        if field not in values and value and not getattr(entry, field):
            values[field], sources[field] = value, source
    doubts = [doubt for record in said.values() for doubt in record.doubts]
    values["doubts"] = tuple(dict.fromkeys([*entry.doubts, *doubts]))
    return Enriched(entry._replace(**values), sources)  # type: ignore[arg-type]


def _fillings(said: Mapping[Service, Entry]) -> Iterator[tuple[str, object, str]]:
    for fields, believed in ((_OF_TEXT, _TEXT), (_OF_PUBLICATION, _PUBLICATION)):
        for service in believed:
            if service in said:
                for field in fields:
                    yield field, getattr(said[service], field), service.name


def _told(problem: NetworkError, left: int, came: int) -> NetworkError:
    """What went wrong, what could not be asked for, and what is kept."""
    kept = f", and {counted(came, 'record')} that came are kept" if came else ""
    return NetworkError(
        f"{problem}; {counted(left, 'paper')} could not be asked for, nothing was written{kept}",
        hint=problem.hint or "try again later, or add what is known with --offline",
    )
