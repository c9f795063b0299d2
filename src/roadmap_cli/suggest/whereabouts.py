"""The topic that the reader is in, by what was read, in that order.

To read something that the topic needs is a detour, and so is what its area needs from outside:
neither leaves the place. Else the reader is where the paper leads: in the earliest topic among
its own and those of the papers that build on it. That it may be one of the latter is what
keeps the promise that finishing a paper never lowers what depended on it: whoever reads about
state spaces because Mamba needs them is on the way to Mamba's topic, wherever the curriculum
keeps state spaces.

The last thirty papers read decide: nobody is where papers of years ago would have led.
"""

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status, Topic
from roadmap_cli.progress.events import Progress

DECISIVE = 30
"""How many of the papers read last say where the reader is."""


def current_topic(library: Library, progress: Progress) -> Topic | None:
    """The topic that the reader is in; nothing before anything was read."""
    chart = _Chart(library)
    read: list[str] = []
    for visit in progress.latest():
        if len(read) == DECISIVE:
            break
        if visit.status is Status.READ:
            read.append(visit.work)
    here: int | None = None
    for work in reversed(read):
        here = chart.after(here, work)
    return None if here is None else library.topics[library.topic_names[here]]


class _Chart:
    """Topics by number, in the order of the curriculum; sets of them as bits."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def after(self, here: int | None, work: str) -> int | None:
        """The topic, by number, of a reader who was in topic `here` and then read this."""
        reach = self.library.reach[work]
        homes = self.library.topics_of[work]
        if not homes or (here is not None and reach >> here & 1):
            return here
        if here is not None:
            in_area = reach & self._area(here)
            if in_area and not self._own(homes[0]) & in_area:
                return here
            reach = in_area or reach
        return (reach & -reach).bit_length() - 1

    def _area(self, number: int) -> int:
        topic = self.library.topics[self.library.topic_names[number]]
        topics = self.library.areas_by_name[topic.area_name].topics
        first, last = self._number(topics[0]), self._number(topics[-1])
        return (2 << last) - (1 << first)  # those of an area follow each other

    def _own(self, topic: Topic) -> int:
        return 1 << self._number(topic)

    def _number(self, topic: Topic) -> int:
        return self.library.topic_numbers[topic.full_name]
