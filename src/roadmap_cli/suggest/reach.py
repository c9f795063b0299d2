"""How much is left behind a work: what builds on it, or what it needs, directly or not."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

MANY = 200
"""Works beyond which it is of no use to count on."""


class Reach:
    """Counts what is left of all that follows a work.

    What directly follows a work is gone through once, however many lead there, and never
    further than it takes to know that it is `MANY`.
    """

    def __init__(
        self,
        following: Mapping[str, Sequence[str]],
        is_left: Callable[[str], bool],
    ) -> None:
        self._following = following
        self._is_left = is_left
        self._left: dict[str, list[str]] = {}

    def count(self, work: str) -> int:
        """How many works that are left follow this one; at most `MANY`."""
        found: set[str] = set()
        layer = [work]
        while layer:
            beyond: list[str] = []
            for before in layer:
                new = [behind for behind in self._behind(before) if behind not in found]
                found.update(new)
                beyond += new
                if len(found) >= MANY:
                    return MANY
            layer = beyond
        return len(found)

    def _behind(self, work: str) -> list[str]:
        """What directly follows a work and is left, at most `MANY`."""
        if work not in self._left:
            left = filter(self._is_left, self._following[work])
            self._left[work] = list(islice(left, MANY))
        return self._left[work]
