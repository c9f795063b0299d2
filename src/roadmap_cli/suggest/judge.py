"""The ranks of works: what decides the place of each, for one library, progress, day and wish."""

from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Level, Topic
from roadmap_cli.curriculum.numbers import Numbers, Waiting, WorkSet
from roadmap_cli.language.locales import is_readable
from roadmap_cli.progress.events import Marks, Progress
from roadmap_cli.progress.tally import extras
from roadmap_cli.suggest.reach import MANY, Listing, Needs, Reach
from roadmap_cli.suggest.whereabouts import current_topic
from roadmap_cli.suggest.wishes import Wishes

_HEAVIER = 1_000_000
"""More minutes than any paper takes: a level outweighs all of them."""


class Place(NamedTuple):
    """The ranks of a paper that stands for itself, the deciding one first."""

    reading: int
    follows: int
    more: int
    topic: int
    area: int
    order: int
    language: int
    unlocks: int
    light: int
    listed: int


class Here(NamedTuple):
    """The topic and area that the reader is in, with their works; nothing at the start."""

    topic: Topic | None = None
    area: Area | None = None
    works: Numbers = Numbers()
    area_works: Numbers = Numbers()


def left(library: Library, progress: Progress) -> Numbers:
    """The works about which there is anything to do."""
    return library.current - progress.marks(library).settled


class Judge:
    """Knows the place of every work, for one library, progress, day and wish."""

    def __init__(
        self, library: Library, progress: Progress, today: date, wishes: Wishes
    ) -> None:
        self.library = library
        self.progress = progress
        self.today = today
        self.wishes = wishes
        self.marks = progress.marks(library)
        self.left = left(library, progress)
        self.extras = extras(library, progress)
        goal = WorkSet.of(library, wishes.goal.works if wishes.goal else ()).numbers
        self.needs = Needs(library, progress, wishes.syllabus, goal)
        self.listing = Listing(library, wishes.syllabus)
        self._places: dict[str, Place] = {}
        self._opened = Reach(library.needed_by.__getitem__, self.is_left)
        self._missing = Reach(self.needs.of, self.is_open)
        self._unwished: dict[str, bool] = {}

    @classmethod
    def of_all(cls, library: Library, progress: Progress, wishes: Wishes) -> "Judge":
        """One for whom nothing on the way to the goal is settled, but extras are as they are."""
        judge = cls(library, progress, date.min, wishes)
        way = judge.way
        judge.marks = Marks()
        judge.left = (library.current - judge.extras) | way
        del judge.way
        return judge

    @cached_property
    def late(self) -> Numbers:
        """The works in a language that the reader does not read."""
        found = Numbers()
        for language, works in self.library.languages.items():
            if not is_readable(language, self.wishes.languages):
                found |= works
        return found

    @cached_property
    def wanted(self) -> Numbers:
        """The works asked for that are left, and for a goal all that they need."""
        wanted = self.left if self.wishes.goal is None else self.way
        if self.wishes.among is None:
            return wanted
        wanted &= WorkSet.of(self.library, self.wishes.among).numbers
        return wanted if self.wishes.goal is None else self._with_needs(wanted)

    @cached_property
    def way(self) -> Numbers:
        """The works that are left on the way to the goal; nothing without one."""
        goal = self.wishes.goal
        works = WorkSet.of(self.library, goal.works if goal else ()).numbers
        return self._with_needs(works & self.left)

    def _with_needs(self, works: Numbers) -> Numbers:
        found = layer = works
        while layer:
            layer = (self.needs.of_any(layer) & self.left) - found
            found |= layer
        return found

    @cached_property
    def following(self) -> Numbers:
        """The works that are left and build directly on the goal that was reached.

        Of a goal of many works, the first of them are looked at.
        """
        goal = self.wishes.reached
        reached = [*islice(goal.works if goal else (), MANY)]
        building = (after for work in reached for after in self.library.needed_by[work])
        numbers = (self.library.positions[work] for work in building)
        return Numbers.of(numbers) & self.left

    def follows(self, work: str) -> bool:
        """Whether a work builds directly on the goal that was reached."""
        return self.library.positions[work] in self.following

    @cached_property
    def here(self) -> "Here":
        """Where the reader is; on the way to a goal it does not matter.

        Of the topic's works those that wait for its area to be done are left out.
        """
        topic = current_topic(self.library, self.progress)
        if topic is None or self.wishes.goal or self.listing.course:
            return Here()
        area = self.library.areas_by_name[topic.area_name]
        works = self.library.works_in(topic) - self.waiting.in_area
        return Here(topic, area, works, self.library.works_in(area))

    @cached_property
    def waiting(self) -> Waiting:
        """The works that wait; a goal, a place and a course keep the order of their catalogue."""
        if self.wishes.goal or self.wishes.place or self.listing.course:
            return Waiting()
        in_topic, in_area = self.library.waiting
        return Waiting(in_topic - self.late, in_area - self.late)

    def is_waiting(self, work: str) -> bool:
        """Whether a work that is hard and opens nothing waits for the rest of its topic or area."""
        number = self.library.positions[work]
        return any(number in works for works in self.waiting)

    def _end_of_waiting(self, work: str) -> int:
        """The rank, by `order`, of a work that waits: behind all for which it does."""
        topic = self.library.topics_of[work][0]
        area = self.library.areas_by_name[topic.area_name]
        is_of_area = self.library.positions[work] in self.waiting.in_area
        works = self.library.works_in(area if is_of_area else topic)
        return works.bits.bit_length() + 1

    def is_in_topic(self, work: str) -> bool:
        """Whether a work stands in the topic that the reader is in."""
        return self.library.positions[work] in self.here.works

    def is_in_area(self, work: str) -> bool:
        """Whether a work stands in the area that the reader is in."""
        return self.library.positions[work] in self.here.area_works

    def is_outside(self, work: str) -> bool:
        """Whether a work stands in no topic."""
        return self.library.positions[work] not in self.library.inside

    def is_late(self, work: str) -> bool:
        """Whether a work is in a language that the reader does not read."""
        return self.library.positions[work] in self.late

    def is_extra(self, work: str) -> bool:
        """Whether a work is more than enough; of what a goal takes, none is."""
        number = self.library.positions[work]
        return not self.wishes.goal and number in self.extras

    def is_left(self, work: str) -> bool:
        """Whether there is anything to do about a work."""
        return self.library.positions[work] in self.left

    def is_open(self, work: str) -> bool:
        """Whether a work is left and not left out by the wish."""
        return self.is_left(work) and not self.is_unwished(work)

    def is_unwished(self, work: str) -> bool:
        """Whether the wish leaves out a work; never what is begun, nor a paper that is the goal."""
        lets_through, goal = self.wishes.remembered.lets_through, self.wishes.goal
        if lets_through is None or self.is_begun(work):
            return False
        if goal and goal.kind == "paper" and work in goal.works:
            return False
        if work not in self._unwished:
            self._unwished[work] = not lets_through(self.library.shown[work])
        return self._unwished[work]

    def is_begun(self, work: str) -> bool:
        """Whether the reader is reading it."""
        return self.library.positions[work] in self.marks.reading

    def is_choice(self, work: str) -> bool:
        """Whether to offer it now: it is begun, or everything that it needs is done."""
        return self.is_begun(work) or not self.outstanding(work)

    def outstanding(self, work: str) -> list[str]:
        """What a work needs directly and is still to do."""
        return [need for need in self.needs.of(work) if self.is_open(need)]

    def place(self, work: str) -> Place:
        """The ranks of a work that stands for itself."""
        if work not in self._places:
            self._places[work] = self._place(work)
        return self._places[work]

    def _place(self, work: str) -> Place:
        listed = order = self.listing.rank(work) + 1
        unlocks = light = 0
        is_late = self.is_late(work)
        if is_late:
            order = self._last_beside(work)
        elif self.is_waiting(work):
            order = self._end_of_waiting(work)
        if self.is_outside(work):
            paper = self.library.shown[work]
            order = len(self.library.positions) + 1
            unlocks = -self.opened_by(work)
            light = list(Level).index(paper.level) * _HEAVIER + (paper.minutes or 0)
        return Place(
            int(not self.is_begun(work)),
            int(bool(self.following) and not self.follows(work)),
            int(self.is_extra(work)),
            int(not self.is_in_topic(work)),
            int(not self.is_in_area(work)),
            order,
            int(is_late),
            unlocks,
            light,
            listed,
        )

    def _last_beside(self, work: str) -> int:
        """The rank that the last work has of the topic, by `order`, in which this one stands.

        That is the topic that the reader is in, or else its home; of one that has its home
        outside the area where the reader is, the rank behind all of that area.
        """
        if self.is_in_topic(work):
            return self.here.works.bits.bit_length()
        homes, area = self.listing.homes(work)[:1], self.here.area
        if area and self.is_in_area(work) and homes[0].area_name != area.full_name:
            return self.here.area_works.bits.bit_length() + 1
        if not homes:
            return self.listing.rank(work) + 1 if self.listing.course else 0
        return self.listing.end(homes[0])

    def opened_by(self, work: str) -> int:
        """How many works that are left build on this one, directly or not; at most `MANY`."""
        return self._opened.count(work)

    def missing_for(self, work: str) -> int:
        """How many works that are left this one needs first, directly or not; at most `MANY`."""
        return self._missing.count(work)
