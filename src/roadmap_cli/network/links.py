"""Whether pages and DOIs are there: asked without fetching what they show."""

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote

from roadmap_cli.curriculum.liveness import Finding, Verdict
from roadmap_cli.errors import NetworkError, NoAnswerError
from roadmap_cli.network.answers import Answer, reason
from roadmap_cli.network.client import Client, Reply, Request
from roadmap_cli.network.json_records import object_in

_HANDLES = "https://doi.org/api/handles/{doi}"
"""https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation"""
_FOUND = 1
_ACCEPTED, _GOOD, _REDIRECTING = 202, 200, 300
"""202 is what a firewall of a host says that wants to see a browser work first."""
_GONE = frozenset([404, 410])
_TOO_MANY = 429
_HEAD = 4096
"""Bytes of a page that are looked at."""
_CHECK = "asks whether a person is there (a check for robots)"


class _Seen(NamedTuple):
    """The answer of a host: its head, its first bytes, and where it came from for ever."""

    answer: Answer
    moved_to: str
    is_check: bool

    @property
    def is_there(self) -> bool:
        is_good = _GOOD <= self.answer.status < _REDIRECTING
        return is_good and self.answer.status != _ACCEPTED and not self.is_check


class Pages:
    """Asks the hosts of pages for them, in one run."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._looked_at = set[str]()
        """Hosts that showed a page, and no check for robots."""

    def ask(self, url: str, work: str) -> Finding:
        """What a page's host says of it; `work` is shown meanwhile. Raises `NetworkError`.

        The head is asked for. Where that is not answered with a plain yes, so is the page, of
        which only the first bytes are read: many hosts know no `HEAD`, or refuse it. The first
        page of each host is asked for in any case: a check for robots, which a host has for all
        of them, may have the head of any other page.
        """
        seen = None
        with suppress(NoAnswerError):
            seen = self._seen(url, work, "HEAD")
        if not seen or self._is_worth_a_look(seen):
            seen = self._seen(url, work, "GET")
            if seen.is_there:
                self._looked_at.add(_host_of(seen.answer))
        return _finding(url, seen)

    def _is_worth_a_look(self, seen: _Seen) -> bool:
        if not seen.is_there:
            return seen.answer.status != _TOO_MANY
        return seen.answer.is_page and _host_of(seen.answer) not in self._looked_at

    def _seen(self, url: str, work: str, method: str) -> _Seen:
        request = Request(url, is_foreign=True, tries=1, work=work, method=method)
        return self._client.ask(lambda: request, _taken)


def ask_doi(client: Client, doi: str, work: str) -> Finding:
    """What the handle service says of a DOI; no publisher is asked. Raises `NetworkError`."""
    address = _HANDLES.format(doi=quote(doi, safe="/"))
    request = Request(address, "application/json", tries=1, work=work)
    answer = client.ask(lambda: request, Reply.whole)
    if answer.status in _GONE and not answer.is_check:
        return Finding(Verdict.MISSING, "doi.org knows no such DOI")
    if not answer.is_good or answer.is_check:
        return Finding(Verdict.UNSURE, _reason(answer, is_check=answer.is_check))
    code = object_in(answer, "").get("responseCode")
    if code == _FOUND:
        return Finding(Verdict.ALIVE)
    return Finding(Verdict.UNSURE, f"doi.org answers with code {code}")


def _taken(reply: Reply) -> _Seen:
    """A reply without more of its body than the first bytes."""
    first = b""
    with suppress(NetworkError):  # that is packed in an odd way does not matter here
        for piece in reply.body:
            first += piece
            if len(first) >= _HEAD:
                break
    answer = Answer(reply.status, reply.media_type, reply.url, first)
    is_check = answer.is_check or _is_challenge(reply.headers)
    return _Seen(answer, reply.moved_to, is_check)


def _is_challenge(headers: Mapping[str, str]) -> bool:
    """Whether the head of an answer is one of Cloudflare's, Amazon's or Anubis's checks."""
    named = (headers.get("cf-mitigated"), headers.get("x-amzn-waf-action"))
    return "challenge" in named or "anubis" in headers.get("set-cookie", "").lower()


def _finding(url: str, seen: _Seen) -> Finding:
    if not seen.is_there:
        is_gone = seen.answer.status in _GONE and not seen.is_check
        verdict = Verdict.MISSING if is_gone else Verdict.UNSURE
        why = _reason(seen.answer, is_check=seen.is_check)
        return Finding(verdict, why)
    if seen.moved_to in {"", url}:
        return Finding(Verdict.ALIVE)
    return Finding(Verdict.MOVED, "", seen.moved_to)


def _reason(answer: Answer, *, is_check: bool) -> str:
    return f"{_host_of(answer)} {_CHECK}" if is_check else reason(answer.status)


def _host_of(answer: Answer) -> str:
    return answer.url.partition("//")[2].partition("/")[0]
