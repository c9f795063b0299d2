"""What came back: an answer, or something else that looks like one."""

import re
from typing import NamedTuple

from roadmap_cli.errors import FailingError, NotWelcomeError

_PAGE = re.compile(
    rb"(?i)\A(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body)\b"
)
_CHECK = re.compile(
    rb"(?i)making sure you.{1,8}re not a (?:ro)?bot|<title>\s*just a moment|challenge-?required"
    rb"|checking your browser|cf-browser-verification|/cdn-cgi/challenge-platform|\banubis_"
    rb"|<title>[^<]{0,80}(?:captcha|are you a robot|access denied|bot check)"
)
"""What pages say that want to know whether a person asks."""
_REFUSALS = frozenset([401, 403, 451])
_HEAD = 64 * 1024
_GOOD = 200
_THERE_IS_NONE = frozenset([400, 404, 406, 410, 422])
"""Statuses that say something of what was asked for, and not of who asks."""


class Answer(NamedTuple):
    """A whole answer: its status, its type without parameters, where it came from, its bytes.

    `url` is the address at the end of all redirects.
    """

    status: int
    media_type: str
    url: str
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it is what was asked for, by its status."""
        return self.status == _GOOD

    @property
    def is_page(self) -> bool:
        """Whether it is a page for people, by its type or by how it begins."""
        return "html" in self.media_type or bool(_PAGE.match(self.body[:_HEAD]))

    @property
    def is_check(self) -> bool:
        """Whether it wants to know if a person asks, instead of answering."""
        is_suspect = self.is_page or not self.is_good
        return is_suspect and bool(_CHECK.search(self.body[:_HEAD]))


def insist_on_answer(answer: Answer) -> None:
    """Raise `NotWelcomeError` for a check for robots, and for a status that is a refusal."""
    host = answer.url.partition("//")[2].partition("/")[0]
    if answer.is_check:
        raise NotWelcomeError(
            f"{host} asks whether a person is there instead of answering (a check for robots)",
            hint="open the page in your browser; nothing was taken from it",
        )
    if answer.is_good or answer.status in _THERE_IS_NONE:
        return
    said = reason(answer.status)
    if answer.status in _REFUSALS:
        raise NotWelcomeError(
            f"{host} refuses to answer: {said}", hint="leave it alone for some hours"
        )
    raise FailingError(f"{host} answers {said}", hint="try again later")


def reason(status: int) -> str:
    """A status in words: `503 Service Unavailable`."""
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
