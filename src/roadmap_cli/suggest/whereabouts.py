"""The topic that the reader is in, by what was read, in that order.

To read something that the topic needs is a detour, and so is what its area needs from outside:
neither leaves the place. Else the reader is where the paper leads: in the earliest topic among
its own and those of the papers that build on it. That it may be one of the latter is what
keeps the promise that finishing a paper never lowers what depended on it: whoever reads about
state spaces because Mamba needs them is on the way to Mamba's topic, wherever the curriculum
keeps state spaces.
"""

from roadmap_cli.model import Library, Status, Topic
from roadmap_cli.progress import Progress


def current_topic(library: Library, progress: Progress) -> Topic | None:
    """The topic that the reader is in; nothing before anything was read."""
    chart = _Chart(library)
    here: Topic | None = None
    for work in progress.trail:
        if progress.status(work) is Status.READ:
            here = chart.after(here, work)
    return here


class _Chart:
    """Topics as bits, in the order of the curriculum: the lowest bit is the earliest topic."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.topics = tuple(library.topics.values())
        self.bit = {one.full_name: 1 << n for n, one in enumerate(self.topics)}
        self._reach: dict[str, int] = {}

    def after(self, here: Topic | None, work: str) -> Topic | None:
        """Where somebody is who was `here` and then read this."""
        homes = self.library.topics_of[work]
        reach = self.reach(work)
        if not homes or (here and reach & self.bit[here.full_name]):
            return here
        if here:
            in_area = reach & self._area(here)
            if in_area and not self._own(homes[:1]) & in_area:
                return here
            reach = in_area or reach
        return self.topics[(reach & -reach).bit_length() - 1]

    def reach(self, work: str) -> int:
        """The topics of a paper, and of all that build on it."""
        waiting = [work]
        while waiting:
            one = waiting[-1]
            builders = self.library.needed_by[one]
            missing = [other for other in builders if other not in self._reach]
            if missing and one not in self._reach:
                waiting += missing
                continue
            waiting.pop()
            reach = self._own(self.library.topics_of[one])
            for other in builders:
                reach |= self._reach[other]
            self._reach[one] = reach
        return self._reach[work]

    def _area(self, topic: Topic) -> int:
        prefix = f"{topic.catalogue}/{topic.area}/"
        return sum(bit for name, bit in self.bit.items() if name.startswith(prefix))

    def _own(self, topics: tuple[Topic, ...]) -> int:
        return sum(self.bit[topic.full_name] for topic in topics)
