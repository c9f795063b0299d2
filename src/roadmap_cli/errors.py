"""Every failure we expect: what to say, and what to try next.

Which exit status each of them becomes is a promise of the command line and stands in
`roadmap_cli.cli.framework.outcome`.
"""

from collections.abc import Sequence

_SHOWN = 8
"""Candidates named before the rest is only counted."""
_MANY = 1_000_000_000
"""A version from which on a file means harm."""


class RoadmapError(Exception):
    """Base of every failure we expect; `hint` says the way out, where there is one."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class NotFoundError(RoadmapError):
    """Nothing answers to that name or those words."""


class AmbiguousNameError(RoadmapError):
    """More than one thing answers to a name; `candidates` are the names to use."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        shown = ", ".join(f"`{candidate}`" for candidate in candidates[:_SHOWN])
        hidden = len(candidates) - _SHOWN
        more = f" and {hidden} more" if hidden > 0 else ""
        super().__init__(
            f"`{name}` could be {len(candidates)} things",
            hint=f"say which: {shown}{more}",
        )
        self.candidates = tuple(candidates)


class RefusedError(RoadmapError):
    """We understood, and will not do it."""


class DeclinedError(RoadmapError):
    """The person was asked, and would rather not: no failure, but nothing was done."""

    def __init__(self) -> None:
        super().__init__("nothing was changed")


class WrongUsageError(RoadmapError):
    """The command line asks for something that it cannot mean."""


class DataFileError(RoadmapError):
    """A catalogue or progress file is damaged, invalid or too new."""


class TooNewError(DataFileError):
    """A file that a newer version wrote: we cannot read it, and nothing is wrong with it."""

    def __init__(self, path: str, *, what: str, version: int, known: int) -> None:
        shown = version if version < _MANY else "of many digits"
        super().__init__(
            f"{path}: written for a newer roadmap ({what} version {shown}, we know {known})",
            hint="upgrade roadmap: git pull in its checkout, then install it again",
        )


class LockedError(RoadmapError):
    """Another process holds the lock for too long."""


class NetworkError(RoadmapError):
    """A service cannot be reached, refuses to answer, or its answer is of no use."""


class UnreachableError(NetworkError):
    """No connection can be had: most likely there is no network at all."""


class NotWelcomeError(NetworkError):
    """A host refuses, fails or wants to be left alone: for now nothing more is asked of it."""


class NoSuchHostError(UnreachableError):
    """A name has no address: there is no such host, or no network that could tell."""


class NoAnswerError(NetworkError):
    """A host was reached and gave no answer, or not all of one."""


class FailingError(NotWelcomeError):
    """A host failed at one question: it may well answer another."""


class UselessAnswerError(NetworkError):
    """What a host answered to one question is not what was asked for."""


class RestingError(NotWelcomeError):
    """A host asks to be left alone for longer than is waited: nothing was asked."""


class CannotWriteError(RoadmapError):
    """A file cannot be written: disk full, read-only, no permission."""


class IndivisibleError(Exception):
    """A file cannot be read part by part: read whole, it is right, or says what is wrong.

    No failure for people: whoever reads in parts begins again with the whole.
    """
