"""What is known of where a link leads, and when it counts as dead."""

from enum import StrEnum
from typing import NamedTuple

DAY = 86_400.0
"""Seconds for which an answer that settles nothing counts, and that lie between the two which
make a link dead."""
_WEEK = 7 * DAY
"""Seconds for which an answer counts that settles where a link leads, or that it is dead."""


class Verdict(StrEnum):
    """What is known of a link."""

    ALIVE = "alive"
    MOVED = "moved"
    MISSING = "missing"
    DEAD = "dead"
    UNSURE = "unsure"


class Finding(NamedTuple):
    """What one request for a link came to: never `DEAD`, which takes two.

    `why` says what was answered, where that is no plain yes. `moved_to` is where permanent
    redirects lead, or empty.
    """

    verdict: Verdict
    why: str = ""
    moved_to: str = ""


class Known(NamedTuple):
    """What is known of a link: the last finding, and since when it has not been there.

    `at` and `missing_since` are seconds since 1970. `copy` is the address of an archive's copy,
    empty if none was found, and nothing if no archive was asked.
    """

    finding: Finding
    at: float
    missing_since: float | None = None
    copy: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The finding; `DEAD` if the link was not there twice, a day or more apart."""
        verdict, since = self.finding.verdict, self.missing_since
        is_old = since is not None and self.at - since >= DAY
        return Verdict.DEAD if verdict is Verdict.MISSING and is_old else verdict

    def is_fresh(self, now: float) -> bool:
        """Whether it was found so short a time ago that nobody need be asked."""
        is_settled = self.verdict not in {Verdict.MISSING, Verdict.UNSURE}
        return 0 <= now - self.at < (_WEEK if is_settled else DAY)


def known_now(finding: Finding, at: float, before: Known | None) -> Known:
    """What is known after a finding at a time, with what was known `before`.

    A finding that is not sure changes nothing about since when the link has not been there.
    """
    since = before.missing_since if before else None
    copy = before.copy if before and before.copy else None
    if finding.verdict is Verdict.MISSING:
        return Known(finding, at, at if since is None else min(since, at), copy)
    if finding.verdict is Verdict.UNSURE:
        return Known(finding, at, since, copy)
    return Known(finding, at)
