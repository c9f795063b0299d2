"""PDFs fetched one after the other: what is there stays, and what fails stops no other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from roadmap_cli.busy import Busy, Tell
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.curriculum.pdfs import arxiv_pdf, is_pdf, pdf_link
from roadmap_cli.disk import durable, probe
from roadmap_cli.disk.lock import locked
from roadmap_cli.disk.partial import PartialFile
from roadmap_cli.errors import (
    CannotWriteError,
    DeclinedError,
    NetworkError,
    NotFoundError,
    NotWelcomeError,
    RoadmapError,
    UnreachableError,
    WrongUsageError,
)
from roadmap_cli.language.phrases import counted, listed, sized
from roadmap_cli.network import arxiv, crossref, datacite, openalex, pdfs
from roadmap_cli.network.slots import pace_of
from roadmap_cli.program.exporting import Exporting
from roadmap_cli.program.result import Result
from roadmap_cli.rows.view import PdfsView
from roadmap_cli.store.records import Records

if TYPE_CHECKING:
    from roadmap_cli.network.client import Client
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.file_types import PdfRow

MANY = 20
"""PDFs that are fetched without a question."""
MUCH = 200_000_000
"""Bytes that are fetched without a question."""
_PATIENCE = 600.0
"""Seconds to wait for another program that fetches a PDF."""
_SERVICES = (crossref.SERVICE, datacite.SERVICE, openalex.SERVICE, arxiv.SERVICE)


class _Wanted(NamedTuple):
    """A paper whose PDF is wanted, what it is called, and where the PDF is on the web."""

    paper: Paper
    name: str
    url: str


class Getting:
    """Fetches the PDFs of one reader's papers.

    `connect` gives a client that reports to the `busy` that it is given; it is not called where
    nothing is to be fetched. `say` takes what has to be told before the end.
    """

    position = ""
    """What is said behind all that is waited for: which PDF it is, and what is next."""

    def __init__(
        self,
        roadmap: "Roadmap",
        records: Records,
        connect: "Callable[[Busy], AbstractContextManager[Client]]",
        say: Callable[[str], None],
    ) -> None:
        self.roadmap = roadmap
        self._records, self._connect, self._say = records, connect, say

    @classmethod
    def of(
        cls,
        roadmap: "Roadmap",
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
        say: Callable[[str], None],
    ) -> "Getting":
        """What fetches for one reader, as the environment says."""
        from roadmap_cli.network.opening import opened_client

        cache, now = roadmap.places.cache, roadmap.now
        connect = partial(opened_client, cache, environment, now, sleep)
        return cls(roadmap, Records(cache, now), connect, say)

    def get(self, names: Sequence[str], where: str | None, person: "Person") -> Result:
        """Fetch the PDFs of papers, of whole topics, or of what answers a query.

        Asks before it fetches many or much. What could not be fetched is told in the result.
        Raises as `Names.anything`, `Roadmap.filter` and `agree`, and `CannotWriteError`,
        `LockedError` and `DataFileError` where nothing can be written; what came is kept.
        """
        if not names and where is None:
            raise WrongUsageError(
                "no paper was named",
                hint="roadmap get NAME, a topic, or --where QUERY",
            )
        probe.check_folder(self.roadmap.places.papers)
        papers = self._papers(names, where)
        if not papers:
            said = f"no paper answers {where}" if where else "no paper is there"
            return Result(PdfsView([]), (said,), is_idle=True)
        wanted = [self._wanted(paper) for paper in papers]
        missing = [each for each in wanted if not self._is_there(each) and each.url]
        if len(missing) > MANY:
            person.agree(f"fetch {counted(len(missing), 'PDF')}")
        fetched = _Run(self, missing, person)
        if not self.roadmap.ledger.is_rehearsal:
            fetched.all()
        rows = [self._row(each, fetched) for each in wanted]
        return Result(PdfsView(rows), failure=fetched.failure or _unknown(rows))

    def _papers(self, names: Sequence[str], where: str | None) -> list[Paper]:
        lets_through = self.roadmap.filter(where)
        return [
            picked.paper
            for picked in Exporting(self.roadmap).picked(names)
            if lets_through is None or lets_through(picked.paper)
        ]

    def _wanted(self, paper: Paper) -> _Wanted:
        """A paper with where its PDF is, as any catalogue tells it, or a service did."""
        library = self.roadmap.library
        papers = (paper, *library.entries[library.work[paper.name]])
        links = filter(None, map(pdf_link, papers))
        url = next(links, "") or next(self._told(papers), "")
        return _Wanted(paper, self.roadmap.names.short(paper), url)

    def _told(self, papers: Sequence[Paper]) -> Iterator[str]:
        """Where the PDF is by what services said of the paper's DOI, if that is kept."""
        for doi in dict.fromkeys(paper.doi.lower() for paper in papers if paper.doi):
            for service in _SERVICES:
                kept = self._records.find(service.name, doi)
                if kept and kept.entry and kept.entry.arxiv:
                    yield arxiv_pdf(kept.entry.arxiv)
                elif kept and kept.entry and is_pdf(kept.entry.url):
                    yield kept.entry.url

    def _is_there(self, wanted: _Wanted) -> bool:
        """Whether there is a PDF; then what a crash left of its beginning goes."""
        is_there = self._file(wanted) is not None
        if is_there and not self.roadmap.ledger.is_rehearsal:
            PartialFile(self.roadmap.pdfs.path(wanted.paper)).discard()
        return is_there

    def _file(self, wanted: _Wanted) -> Path | None:
        return self.roadmap.pdf_of(wanted.paper)

    def fetch(self, client: "Client", wanted: _Wanted) -> int:
        """Fetch one PDF, unless another program just did; returns how many bytes came.

        Raises as `pdfs.fetch` and `locked`.
        """
        partial_file = PartialFile(self.roadmap.pdfs.path(wanted.paper))
        lock = self.roadmap.places.cache / "network" / "pdfs.lock"
        try:
            durable.make_folder(lock.parent)
        except OSError as error:
            raise CannotWriteError(f"{lock}: {durable.cause(error)}") from error
        with ExitStack() as stack:
            with self._busy("waiting for another roadmap that fetches PDFs"):
                stack.enter_context(
                    locked(lock, patience=_PATIENCE, unchanged="nothing was fetched")
                )
            if self._file(wanted):
                partial_file.discard()
                return 0
            return pdfs.fetch(
                client, wanted.url, partial_file, f"fetching {wanted.name}"
            )

    def connected(self) -> "AbstractContextManager[Client]":
        """A client that says which PDF it is busy with."""
        return self._connect(self._busy)

    def _busy(self, work: str) -> AbstractContextManager[Tell]:
        return self.roadmap.busy(work + self.position)

    def say(self, text: str) -> None:
        """Tell something before the end."""
        self._say(text)

    def _row(self, wanted: _Wanted, fetched: "_Run") -> "PdfRow":
        file = self._file(wanted)
        path = file or self.roadmap.pdfs.path(wanted.paper)
        why = fetched.why.get(wanted, "")
        row: PdfRow = {
            "key": wanted.name,
            "title": wanted.paper.title,
            "action": "there",
            "path": str(path),
            "url": wanted.url,
            "bytes": path.stat().st_size if file else None,
            "why": why,
        }
        if wanted in fetched.came:
            row["action"] = "fetched"
        elif not file and not wanted.url:
            row["action"] = "unknown"
            row["why"] = f"no PDF of it is known; put one there as {path}"
        elif not file:
            is_failed = wanted in fetched.failed
            row["action"] = "failed" if is_failed else "left" if why else "wanted"
        return row


class _Run:
    """What became of PDFs that are missing."""

    def __init__(
        self, getting: Getting, missing: Sequence[_Wanted], person: "Person"
    ) -> None:
        self._getting, self._missing, self._person = getting, missing, person
        self.came: dict[_Wanted, int] = {}
        self.failed: set[_Wanted] = set()
        self.why: dict[_Wanted, str] = {}
        """Why there is none, also of those that were left."""
        self._problems: list[RoadmapError] = []
        self._closed: dict[str, RoadmapError] = {}
        """Hosts that are to be asked no more, by their slots, and why."""

    def all(self) -> None:
        """Fetch what is missing, one after the other; raises as `Getting.fetch`."""
        if not self._missing:
            return
        try:
            with self._getting.connected() as client:
                self._each(client)
        except (KeyboardInterrupt, RoadmapError):
            if self.came:
                self._getting.say(f"{self._kept()}; the next `get` goes on from there")
            raise

    def _each(self, client: "Client") -> None:
        is_agreed = False
        for place, wanted in enumerate(self._missing):
            slot = pace_of(urlsplit(wanted.url).hostname or "").slot
            if problem := self._closed.get(slot):
                self.why[wanted] = f"not asked for: {problem}"
                continue
            if not is_agreed and sum(self.came.values()) > MUCH:
                if not self._agreed(self._missing[place:]):
                    return
                is_agreed = True
            self._one(client, place, slot)

    def _one(self, client: "Client", place: int, slot: str) -> None:
        """Fetch the one at this place, and keep in mind why if that fails."""
        wanted = self._missing[place]
        self._getting.position = self._position(place)
        try:
            size = self._getting.fetch(client, wanted)
        except NetworkError as problem:
            self.failed.add(wanted)
            self.why[wanted] = str(problem)
            self._problems.append(problem)
            if isinstance(problem, UnreachableError | NotWelcomeError):
                self._closed[slot] = problem
        else:
            self.came[wanted] = size

    def _position(self, place: int) -> str:
        """Which of how many PDFs it is, and which is next; nothing of one alone."""
        count, after = len(self._missing), self._missing[place + 1 : place + 2]
        following = f", next {after[0].name}" if after else ""
        return f" ({place + 1} of {count}{following})" if count > 1 else ""

    def _agreed(self, left: Sequence[_Wanted]) -> bool:
        """Whether to go on although much came already; if not, why the rest is left."""
        pdfs_left = counted(len(left), "PDF")
        try:
            self._person.agree(
                f"fetch {pdfs_left} more ({sized(sum(self.came.values()))} came)"
            )
        except (DeclinedError, WrongUsageError) as problem:
            if isinstance(problem, WrongUsageError):
                self._problems.append(
                    WrongUsageError(
                        f"{pdfs_left} left, since more than {sized(MUCH)} came;"
                        f" {self._kept()}",
                        hint="pass --yes to fetch the rest",
                    )
                )
            self.why |= {wanted: f"more than {sized(MUCH)} came" for wanted in left}
            return False
        return True

    def _kept(self) -> str:
        are = "is" if len(self.came) == 1 else "are"
        return f"{counted(len(self.came), 'PDF')} that came {are} kept"

    @property
    def failure(self) -> RoadmapError | None:
        """What kept PDFs from coming, in one line; nothing if all came."""
        if not self._problems:
            return None
        first = self._problems[0]
        if isinstance(first, WrongUsageError):
            return first
        left = len(self._missing) - len(self.came)
        were = "was" if left == 1 else "were"
        kept = f", {self._kept()}" if self.came else ""
        return NetworkError(
            f"{first}; {counted(left, 'PDF')} {were} not fetched{kept}",
            hint=first.hint or "try again later: what came is not asked for again",
        )


def _unknown(rows: "Sequence[PdfRow]") -> RoadmapError | None:
    """That no PDF is known of any of the papers, if that is so."""
    if any(row["action"] != "unknown" for row in rows):
        return None
    names = listed([f"`{row['key']}`" for row in rows])
    return NotFoundError(
        f"no PDF of {names} is known",
        hint=f"put one there as {rows[0]['path']}",
    )
