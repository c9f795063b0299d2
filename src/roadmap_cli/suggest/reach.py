"""How much is left behind a work: what builds on it, or what it needs, directly or not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from roadmap_cli.progress.events import Progress

MANY = 200
"""Works beyond which it is of no use to count on."""
_AT_ONCE = 40


class Reach:
    """Counts what is left of all that follows a work.

    What directly follows a work is gone through once, however many lead there, and never
    further than it takes to know that it is `MANY`.
    """

    def __init__(
        self,
        following: Mapping[str, Sequence[str]],
        progress: Progress,
        is_left: Callable[[str], bool],
    ) -> None:
        self._following = following
        self._progress = progress
        self._is_left = is_left
        self._left: dict[str, list[str]] = {}

    def count(self, work: str) -> int:
        """How many works that are left follow this one; at most `MANY`."""
        found: set[str] = set()
        layer = [work]
        while layer:
            self._look_behind(one for one in layer if one not in self._left)
            beyond: list[str] = []
            for before in layer:
                new = [one for one in self._left[before] if one not in found]
                found.update(new)
                beyond += new
                if len(found) >= MANY:
                    return MANY
            layer = beyond
        return len(found)

    def _look_behind(self, works: Iterable[str]) -> None:
        """Find out what directly follows these and is left: of each at most about `MANY`."""
        following = self._each(works)
        while some := list(islice(following, _AT_ONCE)):
            self._progress.look_up([one for _, one in some])
            for left, one in some:
                if self._is_left(one):
                    left.append(one)

    def _each(self, works: Iterable[str]) -> Iterator[tuple[list[str], str]]:
        """Each work that directly follows, with the list that it belongs to if it is left."""
        for work in works:
            left = self._left[work] = []
            for one in self._following[work]:
                if len(left) >= MANY:
                    break
                yield left, one
