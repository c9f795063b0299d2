"""What services know of entries: asked politely, kept for a while, put together field by field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from roadmap_cli.curriculum import identity
from roadmap_cli.errors import (
    FailingError,
    NetworkError,
    UnreachableError,
    UselessAnswerError,
)
from roadmap_cli.exchange.entries import Entry, Record, Refused
from roadmap_cli.language.phrases import counted
from roadmap_cli.network import (
    anthology,
    arxiv,
    crossref,
    datacite,
    lists,
    openalex,
    pages,
    zotero,
)
from roadmap_cli.network.answers import Answer
from roadmap_cli.network.service import Service
from roadmap_cli.network.slots import pace_of
from roadmap_cli.store.records import Kept, Records

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
_ENOUGH_UNREACHED = 2
"""Hosts that cannot be reached before it is taken for granted that there is no network."""
_OF_TEXT = ("title", "authors", "arxiv")
_OF_PUBLICATION = ("year", "venue", "kind", "doi", "url")


class Enriched(NamedTuple):
    """An entry with what services say of it, and which of them said what.

    What the entry says itself stays, and has no source. It `is_whole` if every service that had
    to be asked gave an answer.
    """

    entry: Entry
    sources: Mapping[str, str]
    is_whole: bool


class Answers(NamedTuple):
    """Entries with what services know of them, in their order.

    `problem` is what failed first, if anything did; `came` tells how many records were asked
    for and came.
    """

    entries: list[Enriched]
    problem: NetworkError | None
    came: int

    def failure(self, *, is_left: bool, way: str = "") -> NetworkError | None:
        """What failed, what could not be asked for, and what is kept; nothing if nothing failed.

        `is_left` tells that other papers are left to be written; `way` is the reader's way out,
        besides trying again later.
        """
        if self.problem is None:
            return None
        count = sum(not entry.is_whole for entry in self.entries)
        were = "was" if count == 1 else "were"
        end = f" and {were} left out" if is_left else ", nothing was written"
        records = counted(self.came, "record")
        kept = f", and {records} that came are kept" if self.came else ""
        hint = f"try again later{way}"
        return NetworkError(
            f"{self.problem}; {counted(count, 'paper')} could not be asked for{end}{kept}",
            hint=self.problem.hint or hint,
        )


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

    def enrich(self, entries: Sequence[Entry], *, is_anew: bool = False) -> Answers:
        """What services know of entries; `is_anew` asks also for what is kept.

        What they said is kept, so that a second call asks only for the rest.
        """
        with ExitStack() as stack:
            asking = _Asking(
                self._records,
                lambda: stack.enter_context(self._connect()),
                is_anew=is_anew,
            )
            asking.all(entries)
        enriched = [
            _together(entry, asking.said_of(entry), is_whole=asking.is_whole(entry))
            for entry in entries
        ]
        problem = next(iter(asking.problems), None)
        return Answers(enriched, problem, asking.count)

    def fill(
        self, records: Sequence[Record], lacks: Callable[[Entry], bool]
    ) -> tuple[list[Record], NetworkError | None]:
        """The records, with those enriched that lack something; and why some were left out.

        Of what could not be asked for, a refusal stands in its place. Raises `NetworkError` where
        then no entry is left at all.
        """
        entries = [
            record for record in records if isinstance(record, Entry) and lacks(record)
        ]
        if not entries:
            return list(records), None
        answers = self.enrich(entries)
        filled = {
            entry: found.entry if found.is_whole else _refused(entry)
            for entry, found in zip(entries, answers.entries, strict=True)
        }
        taken = [
            filled.get(record, record) if isinstance(record, Entry) else record
            for record in records
        ]
        is_left = any(isinstance(record, Entry) for record in taken)
        way = ", or add what is known with --offline"
        failure = answers.failure(is_left=is_left, way=way)
        if failure and not is_left:
            raise failure
        return taken, failure

    def list_at(self, url: str, most: int) -> Answer:
        """The list behind a link; raises as `network.lists.fetched`, and nothing is kept of it."""
        way = "try again later, or save the file and import that"
        with _import_failing(way), self._connect() as client:
            return lists.fetched(client, url, most)

    def zotero(self, most: int) -> zotero.Found:
        """The library of the Zotero that runs; raises as `network.zotero.fetched`."""
        with _import_failing("try again later"), self._connect() as client:
            return zotero.fetched(client, most)


@contextmanager
def _import_failing(hint: str) -> Iterator[None]:
    """Say of what fails in the block that nothing was imported; `hint` is for what has none."""
    try:
        yield
    except NetworkError as problem:
        raise NetworkError(
            f"{problem}; nothing was imported", hint=problem.hint or hint
        ) from problem


class _Asking:
    """What services said in one run, from what is kept or newly asked."""

    def __init__(
        self, records: Records, connect: "Callable[[], Client]", *, is_anew: bool
    ) -> None:
        self._records, self._connect = records, connect
        self._is_anew = is_anew
        self._client: Client | None = None
        self._said: dict[tuple[str, str], Entry | None] = {}
        self._open: set[str] = set()
        """Numbers of which a service that failed may know: no lesser one is asked for them."""
        self._closed: set[str] = set()
        """Hosts that failed, and are asked no more in this run."""
        self._is_answered = False
        self.problems: list[NetworkError] = []
        self.count = 0
        """Records that were asked for and came."""

    def all(self, entries: Sequence[Entry]) -> None:
        """Ask the services for entries, in their order; a failing one stops no other."""
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

    def is_whole(self, entry: Entry) -> bool:
        """Whether no service that may know an entry failed."""
        return self._open.isdisjoint({entry.arxiv, self._doi(entry), entry.url})

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
        """Ask a service for what is not kept of it, as many numbers at once as it takes."""
        unknown = []
        for number in dict.fromkeys(filter(None, numbers)):
            if number in self._open:
                continue
            kept = self._kept(service, number)
            if kept is None:
                unknown.append(number)
            else:
                self._said[service.name, number] = kept.entry
        for start in range(0, len(unknown), service.batch):
            batch = unknown[start : start + service.batch]
            host = _host(service, batch[0])
            if host in self._closed or self._is_offline:
                self._open.update(batch)
            else:
                self._ask_now(service, batch, host)

    def _kept(self, service: Service, number: str) -> Kept | None:
        return None if self._is_anew else self._records.find(service.name, number)

    def _ask_now(self, service: Service, batch: Sequence[str], host: str) -> None:
        """Ask a service for numbers, and keep what it says, or why it says nothing."""
        try:
            self._client = self._client or self._connect()
            for found in service.ask(self._client, batch):
                said = {**found.records, **dict.fromkeys(found.missing)}
                self._records.keep(service.name, said)
                self._said |= {(service.name, number): said[number] for number in said}
                self._is_answered = True
                self.count += len(found.records)
        except NetworkError as problem:
            self.problems.append(problem)
            if not isinstance(problem, UselessAnswerError | FailingError):
                self._closed.add(host)
            self._open.update(
                number for number in batch if (service.name, number) not in self._said
            )

    @property
    def _is_offline(self) -> bool:
        """Whether there is most likely no network: nobody answered, and several were tried."""
        unreached = (isinstance(problem, UnreachableError) for problem in self.problems)
        return not self._is_answered and sum(unreached) >= _ENOUGH_UNREACHED


def _host(service: Service, number: str) -> str:
    """What fails as a whole: a service, or for pages the host of one."""
    if service is not _PAGE:
        return service.name
    return pace_of(urlsplit(number).hostname or "").slot


def _together(
    entry: Entry, said: Mapping[Service, Entry], *, is_whole: bool
) -> Enriched:
    """An entry with its gaps filled, each field by who is believed on it most."""
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for field, value, source in _fillings(said):
        if field not in values and value and not getattr(entry, field):
            values[field], sources[field] = value, source
    doubts = [doubt for record in said.values() for doubt in record.doubts]
    values["doubts"] = tuple(dict.fromkeys([*entry.doubts, *doubts]))
    return Enriched(entry._replace(**values), sources, is_whole)  # type: ignore[arg-type]


def _fillings(said: Mapping[Service, Entry]) -> Iterator[tuple[str, object, str]]:
    for fields, believed in ((_OF_TEXT, _TEXT), (_OF_PUBLICATION, _PUBLICATION)):
        for service in believed:
            if service in said:
                for field in fields:
                    yield field, getattr(said[service], field), service.name


def _refused(entry: Entry) -> Refused:
    """What stands in the place of an entry that could not be asked for."""
    why = "services could not be asked for it"
    return Refused(entry.line, why, entry.key, _called(entry), entry.section)


def _called(entry: Entry) -> str:
    """The title of an entry, or its number or link."""
    return entry.title or identity.stand_in(
        arxiv=entry.arxiv, doi=entry.doi, url=entry.url
    )
