"""Links asked one after the other: what is known already is not asked for, all else is kept."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.linked import Target
from roadmap_cli.curriculum.liveness import Finding, Known, Verdict, known_now
from roadmap_cli.errors import (
    NetworkError,
    NoSuchHostError,
    RestingError,
    UnreachableError,
)
from roadmap_cli.language.phrases import counted
from roadmap_cli.network import archive, arxiv, links
from roadmap_cli.store.verdicts import Verdicts

if TYPE_CHECKING:
    from roadmap_cli.network.client import Client


class Probing:
    """Finds out what is to be known of links.

    `connect` gives a client; it is not called where all is known.
    """

    def __init__(
        self,
        verdicts: Verdicts,
        connect: "Callable[[], AbstractContextManager[Client]]",
        now: Callable[[], datetime],
    ) -> None:
        self._verdicts, self._connect, self._now = verdicts, connect, now

    def probe(
        self, pages: "dict[Target, str]"
    ) -> "tuple[dict[Target, Known], list[NetworkError]]":
        """What is known of targets now, and what went wrong with the archive.

        `pages` gives the address of each, for the archive. Raises `NetworkError` where there
        seems to be no network at all; what was found before is kept.
        """
        known = self._verdicts.find(pages)
        now = self._now().timestamp()
        stale = [
            target
            for target in pages
            if target not in known or not known[target].is_fresh(now)
        ]
        if not stale and not any(map(_lacks_copy, known.values())):
            return known, []
        with self._connect() as client:
            run = _Run(client, self._verdicts, self._now, pages, known)
            run.ask(stale)
            return known, run.ask_archive()


class _Run:
    """The requests of one run, and what they tell of the network."""

    def __init__(
        self,
        client: "Client",
        verdicts: Verdicts,
        now: Callable[[], datetime],
        pages: "dict[Target, str]",
        known: "dict[Target, Known]",
    ) -> None:
        self._client, self._verdicts, self._now = client, verdicts, now
        self._pages, self._known = pages, known
        self._left = 0
        self._asking = links.Pages(client)
        self._is_answered = False
        """Whether the last request was answered by anybody."""
        self._is_alone = True
        """Whether nobody was reached since the archive could not be."""

    def ask(self, targets: Sequence[Target]) -> None:
        """Ask for targets: arXiv ids together, all others one by one; raises `NetworkError`."""
        self._left = len(targets)
        self._ask_arxiv([target for target in targets if target.kind == "arxiv"])
        others = [target for target in targets if target.kind != "arxiv"]
        for number, target in enumerate(in_turn(others), 1):
            work = f"link {number} of {len(others)}, at {target.host}"
            try:
                finding = self._asked(target, work)
            except UnreachableError as problem:
                self._note_unreached(target, problem)
            except NetworkError as problem:
                self._note(target, Finding(Verdict.UNSURE, str(problem)), problem)
            else:
                self._heard()
                self._note(target, finding)

    def _asked(self, target: Target, work: str) -> Finding:
        """What is answered for a DOI or a page; raises `NetworkError`."""
        if target.kind == "doi":
            return links.ask_doi(self._client, target.address, work)
        return self._asking.ask(target.address, work)

    def _ask_arxiv(self, targets: Sequence[Target]) -> None:
        by_id = {target.address: target for target in targets}
        try:
            for found in arxiv.ask(self._client, list(by_id)):
                self._heard()
                for number in found.records:
                    self._note(by_id.pop(number), Finding(Verdict.ALIVE))
                missing = Finding(Verdict.MISSING, "arXiv knows no such id")
                for number in found.missing:
                    self._note(by_id.pop(number), missing)
        except NetworkError as problem:
            if isinstance(problem, UnreachableError):
                self._insist_on_network(next(iter(by_id.values())), problem)
            for target in by_id.values():
                self._note(target, Finding(Verdict.UNSURE, str(problem)), problem)

    def _heard(self) -> None:
        self._is_answered, self._is_alone = True, False

    def _note(
        self, target: Target, finding: Finding, problem: NetworkError | None = None
    ) -> None:
        """Know a finding, and keep it unless nothing was asked."""
        self._left -= 1
        at = self._now().timestamp()
        known = known_now(finding, at, self._known.get(target))
        self._known[target] = known
        if not isinstance(problem, RestingError | UnreachableError):
            self._verdicts.keep(target, known)

    def _note_unreached(self, target: Target, problem: UnreachableError) -> None:
        """Know of a host that cannot be reached; raises as `_insist_on_network`."""
        is_unknown = isinstance(problem, NoSuchHostError) and target.kind == "page"
        if self._insist_on_network(target, problem) and is_unknown:
            self._note(target, Finding(Verdict.MISSING, str(problem)))
        else:
            self._note(target, Finding(Verdict.UNSURE, str(problem)), problem)

    def _insist_on_network(self, target: Target, problem: UnreachableError) -> bool:
        """Whether others can be reached than the host of a target; else raises `NetworkError`.

        False if that is not sure. That there is no such host is believed only once the archive
        has answered: without a network some systems say so of every host.
        """
        was_answered, self._is_answered = self._is_answered, False
        if was_answered and not isinstance(problem, NoSuchHostError):
            return True
        return self._is_archive_there(target, problem)

    def _is_archive_there(self, target: Target, problem: NetworkError) -> bool:
        """Whether the archive answers as it should.

        Raises `NetworkError` if neither it nor anybody else can be reached any more.
        """
        try:
            archive.insist_on_archive(self._client, self._pages[target])
        except UnreachableError:
            if self._is_alone:
                left = counted(self._left, "link")
                raise NetworkError(
                    f"{problem}; nor can the archive be, so {left} could not be asked for; what was answered is kept",
                    hint="run it again once there is a network: it goes on from there",
                ) from problem
            self._is_alone = True
            return False
        except RestingError:
            return False
        except NetworkError:
            self._heard()
            return False
        self._heard()
        return True

    def ask_archive(self) -> list[NetworkError]:
        """Ask for copies of what is dead; what went wrong with it, if anything did."""
        lacking = [target for target in self._known if _lacks_copy(self._known[target])]
        for target in lacking:
            try:
                copy = archive.copy_of(self._client, self._pages[target])
            except NetworkError as problem:
                return [problem]
            self._known[target] = self._known[target]._replace(copy=copy)
            self._verdicts.keep(target, self._known[target])
        return []


def in_turn(targets: Iterable[Target]) -> list[Target]:
    """The targets with those of each host as far apart as can be: none has to wait for its turn."""
    by_host: dict[str, list[Target]] = {}
    for target in targets:
        by_host.setdefault(target.host, []).append(target)
    rounds = chain.from_iterable(zip_longest(*by_host.values()))
    return [target for target in rounds if target is not None]


def _lacks_copy(known: Known) -> bool:
    return known.verdict is Verdict.DEAD and known.copy is None
