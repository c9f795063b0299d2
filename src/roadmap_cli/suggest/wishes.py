"""What the reader wants of a suggestion."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from roadmap_cli.model import Paper


class Goal(NamedTuple):
    """Where the reader wants to get: a paper, or all works of a topic or an area.

    `kind` says which of the three; `name` is what to type, `called` what to say.
    """

    name: str
    called: str
    works: tuple[str, ...]
    kind: str = "paper"

    @property
    def nothing_left(self) -> str:
        """What is said where it is reached."""
        return f"Nothing is left on the way to {self.called}."


class Wishes(NamedTuple):
    """What to suggest; empty means anything.

    `goal` and `among` (works) choose what to get at, and what that needs comes along. `kinds`,
    `levels`, `where` and `within` (minutes) are about the paper that is offered itself. `seed` asks for
    a draw by lot among what can be begun.
    """

    goal: Goal | None = None
    among: Collection[str] | None = None
    kinds: Collection[str] = ()
    levels: Collection[str] = ()
    within: int | None = None
    seed: str | None = None
    where: Callable[[Paper], bool] | None = None

    def are_like(self, paper: Paper) -> bool:
        """Whether a paper is of the kinds and levels asked for, and answers what was asked."""
        return (
            (not self.kinds or paper.kind in self.kinds)
            and (not self.levels or paper.level in self.levels)
            and (self.where is None or self.where(paper))
        )

    def have_time_for(self, paper: Paper) -> bool:
        """Whether a paper fits in the time; one without an estimate is not claimed to."""
        return self.within is None or (
            paper.minutes is not None and paper.minutes <= self.within
        )
