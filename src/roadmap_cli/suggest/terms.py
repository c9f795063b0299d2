"""The terms that give a paper its place: their ranks, and what they say in words."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Level, Paper, Status, Topic
from roadmap_cli.curriculum.numbers import Numbers, WorkSet
from roadmap_cli.language.duration import spoken
from roadmap_cli.language.locales import is_readable
from roadmap_cli.language.phrases import counted
from roadmap_cli.progress.events import Marks, Progress
from roadmap_cli.progress.tally import counting, extras
from roadmap_cli.suggest.reach import MANY, Listing, Needs, Reach
from roadmap_cli.suggest.whereabouts import DECISIVE, current_topic
from roadmap_cli.suggest.wishes import Wishes

LONG_BREAK = 14
"""Days without a paper read after which a suggestion says where you were."""
_HEAVIER = 1_000_000
"""More minutes than any paper takes: a level outweighs all of them."""
_SAID_FIRST = (
    "lot", "reading", "needed", "more", "goal", "topic", "area", "order", "language", "break",
)  # fmt: skip


class Term(NamedTuple):
    """One of the things that decide a paper's place; `speaks` if it is a reason for it.

    Unless it `is_used`, it has no say in this paper's place: its rank changes nothing.
    """

    name: str
    rank: int
    text: str
    speaks: bool = True
    is_used: bool = True


class Suggestion(NamedTuple):
    """A paper to read next, and why; `waits_for` (works) is to be read before.

    `terms` are in the order in which they decide.
    """

    paper: Paper
    terms: tuple[Term, ...]
    waits_for: tuple[str, ...] = ()
    is_begun: bool = False

    @property
    def reasons(self) -> tuple[Term, ...]:
        """The terms that speak for it, the one that says most first."""
        speaking = [term for term in self.terms if term.speaks]
        order = (*_SAID_FIRST, *(term.name for term in speaking))
        return tuple(sorted(speaking, key=lambda term: order.index(term.name)))


class Place(NamedTuple):
    """The ranks of a paper that stands for itself, the deciding one first."""

    reading: int
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
    """Knows the terms of every work, for one library, progress, day and wish."""

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
        self.needs = Needs(library, progress, wishes.syllabus)
        self.listing = Listing(library, wishes.syllabus)
        self._places: dict[str, Place] = {}
        self._opened = Reach(library.needed_by.__getitem__, self.is_left)
        self._missing = Reach(self.needs.of, self.is_left)

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
    def here(self) -> "Here":
        """Where the reader is; on the way to a goal it does not matter."""
        topic = current_topic(self.library, self.progress)
        if topic is None or self.wishes.goal or self.listing.course:
            return Here()
        area = self.library.areas_by_name[topic.area_name]
        works = self.library.works_in(topic), self.library.works_in(area)
        return Here(topic, area, *works)

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

    def is_begun(self, work: str) -> bool:
        """Whether the reader is reading it."""
        return self.library.positions[work] in self.marks.reading

    def is_choice(self, work: str) -> bool:
        """Whether to offer it now: it is begun, or everything that it needs is done."""
        return self.is_begun(work) or not self.outstanding(work)

    def outstanding(self, work: str) -> list[str]:
        """What a work needs directly and is still to do."""
        return [need for need in self.needs.of(work) if self.is_left(need)]

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
        if self.is_outside(work):
            paper = self.library.shown[work]
            order = len(self.library.positions) + 1
            unlocks = -self.opened_by(work)
            light = list(Level).index(paper.level) * _HEAVIER + (paper.minutes or 0)
        return Place(
            int(not self.is_begun(work)),
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

    def terms(self, work: str, target: str, step: int) -> Iterator[Term]:
        """The terms of what is this step on the way to its target, by which it is ranked."""
        place = self.place(target)
        yield Term("reading", place.reading, *self._reading(work))
        if self.extras and not self.wishes.goal:
            yield Term("more", place.more, *self._more(work, target))
        if goal := self.wishes.goal:
            to_go = counted(len(self.way), "paper")
            yield Term("goal", 0, f"on the way to {goal.called}, {to_go} to go")
        elif not self.listing.course:
            yield Term("topic", place.topic, *self._topic(work))
            yield Term("area", place.area, *self._area(work))
        yield Term("order", place.order, *self._order(work, target))
        yield Term("language", place.language, *self._language(work))
        is_outside = self.is_outside(target)
        opened = self.opened_by(work)
        many = "at least " if opened == MANY else ""
        text = f"opens the way to {many}{counted(opened, 'other paper')}"
        yield Term("unlocks", place.unlocks, text, opened > 0, is_outside)
        yield Term("light", place.light, *self._light(work), is_outside)
        text = f"number {place.listed} of {len(self.listing)}"
        is_used = is_outside or self.is_late(target)
        yield Term("listed", place.listed, text, False, is_used)
        if self.wishes.within and self.wishes.have_time_for(self.library.shown[work]):
            yield Term("fits", 0, f"fits in {spoken(self.wishes.within)}")
        yield Term("needed", step, *self._needed(work, target))

    def break_(self) -> Term | None:
        """Where the reader was, after a long time without reading.

        Of the papers said last one may have been read long before.
        """
        latest = [*islice(self.progress.latest(), DECISIVE)][::-1]
        days = [(visit.since, visit) for visit in latest if visit.since]
        if not days:
            return None
        day, visit = max(days, key=lambda dated: dated[0])
        away = (self.today - day).days
        if away < LONG_BREAK:
            return None
        done = "read" if visit.status is Status.READ else "began"
        called = self.library.shown[visit.work].called
        return Term("break", 0, f"{away} days ago you {done} {called}")

    def opened_by(self, work: str) -> int:
        """How many works that are left build on this one, directly or not; at most `MANY`."""
        return self._opened.count(work)

    def missing_for(self, work: str) -> int:
        """How many works that are left this one needs first, directly or not; at most `MANY`."""
        return self._missing.count(work)

    def _reading(self, work: str) -> tuple[str, bool]:
        standing = self.progress.of(work)
        if standing.status is not Status.READING:
            return "not begun", False
        day = standing.since
        since = f" since {day.day} {day:%B %Y}" if day else ""
        return f"you are reading it{since}", True

    @cached_property
    def _done_here(self) -> str:
        works = counting(self.library, self.progress, self.here.topic).numbers
        return f"{len(works & self.marks.settled)} of {len(works)} done"

    def _more(self, work: str, target: str) -> tuple[str, bool]:
        if not self.is_extra(target):
            return "not more than enough of its topic", False
        topic = self.library.called(self.library.topics_of[target][0])
        way = "" if self.is_extra(work) else "leads to "
        return f"{way}more of {topic}, if you like", True

    def _topic(self, work: str) -> tuple[str, bool]:
        topic = self.here.topic
        if topic is None:
            return "you are in no topic yet", False
        if not self.is_in_topic(work):
            return f"outside {self.library.called(topic)}, where you are", False
        speaks = not self.is_extra(work)
        return f"continues {self.library.called(topic)}, {self._done_here}", speaks

    def _area(self, work: str) -> tuple[str, bool]:
        area = self.here.area
        if area is None:
            return "you are in no area yet", False
        if not self.is_in_area(work):
            return f"outside {area.title}, where you are", False
        homes = self.library.topics_of[work]
        topic = next(home for home in homes if home.area_name == area.full_name)
        speaks = not self.is_in_topic(work) and not self.is_extra(work)
        return f"stays in {area.title}: {topic.title}", speaks

    def _order(self, work: str, target: str) -> tuple[str, bool]:
        is_told = self.is_in_area(work) or self.is_extra(target)
        speaks = not self.wishes.goal and not is_told
        if topics := self.listing.homes(target):
            return (
                f"next in {self.listing.called}: {self.library.called(topics[0])}",
                speaks,
            )
        if self.listing.course and not self.is_outside(target):
            return f"in {self.listing.called}, outside its topics", speaks
        return "in your catalogue, outside all topics", speaks

    def _language(self, work: str) -> tuple[str, bool]:
        if not self.is_late(work):
            return "in a language that you read", False
        place = "" if self.is_outside(work) else " in its topic"
        return f"in {self.library.shown[work].language}, so last{place}", True

    def _light(self, work: str) -> tuple[str, bool]:
        paper = self.library.shown[work]
        if paper.level is Level.INTRO:
            return "an easy read", True
        length = f", {spoken(paper.minutes)}" if paper.minutes else ""
        return f"{paper.level}{length}", False

    def _needed(self, work: str, target: str) -> tuple[str, bool]:
        if work == target:
            return "stands for itself", False
        called = self.library.shown[target].called
        topic = self.here.topic
        if self.is_begun(target):
            return f"needed for {called}, which you are reading", True
        is_next = self.is_in_topic(target) and not self.is_extra(target)
        if topic and is_next and not self.is_in_topic(work):
            place = self.library.called(topic)
            return f"needed for {called}, which comes next in {place}", True
        return f"needed for {called}", True
