"""Works that are hard and open nothing, and so wait for those that open the way."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Level, Topic
from roadmap_cli.curriculum.numbers import Numbers, Waiting

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library

_HARD = frozenset(Level) - {Level.INTRO}


def waiting_in(library: "Library") -> Waiting:
    """The works of a library that wait: what is hard, while others of its topic open the way.

    A topic that needs nothing from any other is one with which a beginner starts: there whatever
    is above the level of an introduction is hard, and waits for all of its area. Elsewhere only
    what is deep is, and waits for the rest of its topic. A work opens the way if one that stands
    in none of its topics builds on it, directly or not.
    """
    in_topic, in_area = list[int](), list[int]()
    closed = {work for work in library.positions if not _opens(library, work)}
    for topic in library.topics.values():
        works = library.works_in(topic)
        is_start = not library.needed_for(works) - works
        levels = _HARD if is_start else {Level.DEEP}
        waiting = _hard_in(library, topic, levels, closed)
        (in_area if is_start else in_topic).extend(waiting)
    return Waiting(Numbers.of(in_topic), Numbers.of(in_area))


def _hard_in(
    library: "Library",
    topic: Topic,
    levels: AbstractSet[Level],
    closed: AbstractSet[str],
) -> Iterator[int]:
    """The works of a topic alone, of these levels, that open nothing while another there does.

    `closed` are all works that open nothing.
    """
    works = [*library.names_of(library.works_in(topic))]
    here = [work for work in works if work in closed]
    for work in here if len(here) < len(works) else ():
        if library.topics_of[work] == (topic,) and library.shown[work].level in levels:
            yield library.positions[work]


def _opens(library: "Library", work: str) -> bool:
    if not library.reach[work]:
        return False
    topics = (topic.full_name for topic in library.topics_of[work])
    own = sum(1 << library.topic_numbers[topic] for topic in topics)
    return bool(library.reach[work] & ~own)
