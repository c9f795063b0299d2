"""How far the reader is: counts over any set of works."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Place
from roadmap_cli.curriculum.numbers import Numbers, WorkSet
from roadmap_cli.curriculum.places import topics_of
from roadmap_cli.progress.events import Marks, Progress


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


def extras(library: Library, progress: Progress) -> Numbers:
    """The works that are left and more than enough: in each topic in which they stand.

    None that something else which is left names in `requires` is among them.
    """
    choices = library.choices
    if not choices.by_topic:
        return Numbers()
    left = library.current - progress.marks(library).settled
    found = _beyond(library, progress, choices.by_topic) & choices.optional
    asking = (left - found) & choices.asking
    while needed := library.needed_for(asking) & found:
        found -= needed
        asking = needed & choices.asking
    return found


def _beyond(
    library: Library,
    progress: Progress,
    topics: Collection[str],
    intended: Numbers = Numbers(),  # noqa: B008 - a value that never changes
) -> Numbers:
    """What each of these topics has beyond what completes it, and none needs to be complete.

    Works that are `intended` are read anyway: they complete a topic before others do.
    """
    marks = progress.marks(library) if topics else Marks()
    left, done = library.current - marks.settled, marks.read | marks.known
    beyond, complete = Numbers(), Numbers()
    for topic in topics:
        choice = library.choices.by_topic[topic]
        more = choice.beyond(done, marks.reading | intended, left)
        beyond |= more
        complete |= choice.works - more
    return beyond - complete


def counting(
    library: Library,
    progress: Progress,
    place: Place | None = None,
    intended: Numbers = Numbers(),  # noqa: B008 - as above
) -> WorkSet:
    """The works that count in a topic, an area, a catalogue, or everything.

    These are all but those that are left and more than enough there; what is `intended` counts
    before what is not.
    """
    if place is None:
        return WorkSet(library, library.current - extras(library, progress))
    works, choices = library.works_in(place), library.choices.by_topic
    inside = {
        topic.full_name: topic
        for topic in (topics_of(library, place) if choices else ())
    }
    beyond = _beyond(library, progress, inside.keys() & choices.keys(), intended)
    for name, topic in inside.items():
        if beyond and name not in choices:
            beyond -= library.works_in(topic)
    return WorkSet(library, works - beyond)


def works_of(library: Library, place: Place | None = None) -> WorkSet:
    """The works of a topic, an area, a catalogue, or everything."""
    return WorkSet(library, library.works_in(place) if place else library.current)
