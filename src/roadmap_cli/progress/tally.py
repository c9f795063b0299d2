"""How far the reader is: counts over any set of works."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Status, Topic
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
    statuses = {work: progress.status(work) for work in works}
    counts = Counter(statuses.values())
    left = [
        library.shown[one].minutes
        for one, status in statuses.items()
        if not status.is_settled
    ]
    return Tally(
        total=len(statuses),
        read=counts[Status.READ],
        reading=counts[Status.READING],
        known=counts[Status.KNOWN],
        skipped=counts[Status.SKIPPED],
        minutes_left=sum(one or 0 for one in left),
        untimed_left=sum(not one for one in left),
    )


def topics_of(place: Topic | Area) -> tuple[Topic, ...]:
    """The topics of an area, or the topic itself."""
    return place.topics if isinstance(place, Area) else (place,)


def works_of(library: Library, place: Topic | Area | None = None) -> list[str]:
    """The works of a topic, an area, or everything, in reading order, each once."""
    if place is None:
        return [work for work in library.positions if not library.shown[work].retired]
    papers = (paper for topic in topics_of(place) for paper in library.papers_of(topic))
    return list(dict.fromkeys(library.work[paper.name] for paper in papers))
