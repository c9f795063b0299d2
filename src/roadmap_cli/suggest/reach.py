"""What a work needs, and how much is left behind it: of that, and of what builds on it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.tally import counting

MANY = 200
"""Works beyond which it is of no use to count on."""


class Reach:
    """Counts what is left of all that follows a work.

    What directly follows a work is gone through once, however many lead there, and never
    further than it takes to know that it is `MANY`.
    """

    def __init__(
        self,
        following: Callable[[str], Sequence[str]],
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
            left = filter(self._is_left, self._following(work))
            self._left[work] = list(islice(left, MANY))
        return self._left[work]


class Needs:
    """What works need to have read first, as far as the reader is now.

    Of a required topic of which some papers are enough that is what completes it.
    """

    def __init__(self, library: Library, progress: Progress) -> None:
        self._library = library
        self._progress = progress
        self._complete: dict[str, Numbers] = {}
        self._asked_by = [
            (topic, choice.asked_by)
            for topic, choice in library.choices.by_topic.items()
            if choice.asked_by
        ]

    def of(self, work: str) -> Sequence[str]:
        """The works that a work needs directly."""
        needs = self._library.needs[work]
        if not self._asked_by:
            return needs
        number = self._library.positions[work]
        asked = [topic for topic, some in self._asked_by if number in some]
        more = [
            name
            for name in self._library.names_of(self._completing(asked))
            if name != work and name not in needs
        ]
        return (*needs, *more)

    def of_any(self, works: Numbers) -> Numbers:
        """The works that any of these need directly."""
        asked = [topic for topic, some in self._asked_by if works & some]
        return self._library.needed_for(works) | self._completing(asked)

    def _completing(self, topics: Iterable[str]) -> Numbers:
        """The works that complete these topics."""
        found = Numbers()
        for topic in topics:
            if topic not in self._complete:
                place = self._library.topics[topic]
                some = counting(self._library, self._progress, place)
                self._complete[topic] = some.numbers
            found |= self._complete[topic]
        return found
