"""How far the reader is: counts over any set of works."""

from collections.abc import Iterable
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Place
from roadmap_cli.curriculum.numbers import WorkSet
from roadmap_cli.progress.events import Progress


class Tally(NamedTuple):
    """How many works there are, how many in each status, and the minutes still to read.

    `untimed_left` are those still to read whose minutes nobody knows. A skipped work is never
    counted as read: it leaves the count.
    """

    total: int = 0
    read: int = 0
    reading: int = 0
    known: int = 0
    skipped: int = 0
    minutes_left: int = 0
    untimed_left: int = 0

    @property
    def counted(self) -> int:
        """The works that count: all but the skipped ones."""
        return self.total - self.skipped

    @property
    def done(self) -> int:
        """The works read, or known before."""
        return self.read + self.known

    @property
    def todo(self) -> int:
        """The works not touched yet."""
        return self.total - self.read - self.reading - self.known - self.skipped

    @property
    def share(self) -> float:
        """The part that is done, 0 to 1; all of nothing is done."""
        return self.done / self.counted if self.counted else 1.0


def tally(works: Iterable[str], library: Library, progress: Progress) -> Tally:
    """Count these works; each is counted once, however often it is named."""
    numbers = WorkSet.of(library, works).numbers
    marks = progress.marks(library)
    minutes, untimed = library.minutes_of(numbers - marks.settled)
    return Tally(
        total=len(numbers),
        read=len(numbers & marks.read),
        reading=len(numbers & marks.reading),
        known=len(numbers & marks.known),
        skipped=len(numbers & marks.skipped),
        minutes_left=minutes,
        untimed_left=untimed,
    )


def works_of(library: Library, place: Place | None = None) -> WorkSet:
    """The works of a topic, an area, a catalogue, or everything."""
    return WorkSet(library, library.works_in(place) if place else library.current)
