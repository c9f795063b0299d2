"""The terms that give a paper its place, in words: its reasons."""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from roadmap_cli.curriculum.model import Level, Paper, Status
from roadmap_cli.language.duration import spoken
from roadmap_cli.language.phrases import counted
from roadmap_cli.progress.tally import counting
from roadmap_cli.suggest.judge import Judge
from roadmap_cli.suggest.reach import MANY
from roadmap_cli.suggest.whereabouts import DECISIVE

LONG_BREAK = 14
"""Days without a paper read after which a suggestion says where you were."""
_SAID_FIRST = (
    "lot", "reading", "part", "needed", "follows", "more", "goal", "topic", "area", "order", "language", "break",
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

    `terms` are in the order in which they decide. `part` has the minutes of it to read now where
    it takes longer than there is time, or nobody knows how long.
    """

    paper: Paper
    terms: tuple[Term, ...]
    waits_for: tuple[str, ...] = ()
    is_begun: bool = False
    part: int | None = None

    @property
    def reasons(self) -> tuple[Term, ...]:
        """The terms that speak for it, the one that says most first."""
        speaking = [term for term in self.terms if term.speaks]
        order = (*_SAID_FIRST, *(term.name for term in speaking))
        return tuple(sorted(speaking, key=lambda term: order.index(term.name)))


class Reasons:
    """Says why works have the places that a judge gives them."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.library = judge.library
        self.wishes = judge.wishes

    def terms(
        self, work: str, target: str, step: int, part: int | None = None
    ) -> Iterator[Term]:
        """The terms of what is this step on the way to its target, by which it is ranked.

        `part` has the minutes of it that are offered, if not all of it is.
        """
        place = self.judge.place(target)
        yield Term("reading", place.reading, *self._reading(work))
        if self.wishes.reached and self.judge.following:
            yield Term("follows", place.follows, *self._follows(work, target))
        if self.judge.extras and not self.wishes.goal:
            yield Term("more", place.more, *self._more(work, target))
        if goal := self.wishes.goal:
            to_go = counted(len(self.judge.way), "paper")
            yield Term("goal", 0, f"on the way to {goal.called}, {to_go} to go")
        elif not self.judge.listing.course:
            yield Term("topic", place.topic, *self._topic(work))
            yield Term("area", place.area, *self._area(work))
        yield Term("order", place.order, *self._order(work, target, part))
        yield Term("language", place.language, *self._language(work))
        is_outside = self.judge.is_outside(target)
        opened = self.judge.opened_by(work)
        many = "at least " if opened == MANY else ""
        text = f"opens the way to {many}{counted(opened, 'other paper')}"
        yield Term("unlocks", place.unlocks, text, opened > 0, is_outside)
        yield Term("light", place.light, *self._light(work), is_outside)
        text = f"number {place.listed} of {len(self.judge.listing)}"
        is_moved = self.judge.is_late(target) or self.judge.is_waiting(target)
        is_used = is_outside or is_moved
        yield Term("listed", place.listed, text, False, is_used)
        if part is not None:
            yield self._part(work, part)
        elif self.wishes.within and self.wishes.have_time_for(self.library.shown[work]):
            yield Term("fits", 0, f"fits in {spoken(self.wishes.within)}")
        yield Term("needed", step, *self._needed(work, target))

    def break_(self) -> Term | None:
        """Where the reader was, after a long time without reading.

        Of the papers said last one may have been read long before.
        """
        latest = [*islice(self.judge.progress.latest(), DECISIVE)][::-1]
        days = [(visit.since, visit) for visit in latest if visit.since]
        if not days:
            return None
        day, visit = max(days, key=lambda dated: dated[0])
        away = (self.judge.today - day).days
        if away < LONG_BREAK:
            return None
        done = "read" if visit.status is Status.READ else "began"
        called = self.library.shown[visit.work].called
        return Term("break", 0, f"{away} days ago you {done} {called}")

    def _reading(self, work: str) -> tuple[str, bool]:
        standing = self.judge.progress.of(work)
        if standing.status is not Status.READING:
            return "not begun", False
        day = standing.since
        since = f" since {day.day} {day:%B %Y}" if day else ""
        return f"you are reading it{since}", True

    @cached_property
    def _done_here(self) -> str:
        works = counting(
            self.library, self.judge.progress, self.judge.here.topic
        ).numbers
        return f"{len(works & self.judge.marks.settled)} of {len(works)} done"

    def _follows(self, work: str, target: str) -> tuple[str, bool]:
        goal = self.wishes.reached
        called = f"{goal.called}, the goal that you reached" if goal else ""
        if not self.judge.follows(target):
            return f"does not build on {called}", False
        verb = "builds" if self.judge.follows(work) else "leads to what builds"
        return f"{verb} on {called}", True

    def _more(self, work: str, target: str) -> tuple[str, bool]:
        if not self.judge.is_extra(target):
            return "not more than enough of its topic", False
        topic = self.library.called(self.library.topics_of[target][0])
        way = "" if self.judge.is_extra(work) else "leads to "
        return f"{way}more of {topic}, if you like", True

    def _topic(self, work: str) -> tuple[str, bool]:
        topic = self.judge.here.topic
        if topic is None:
            return "you are in no topic yet", False
        if not self.judge.is_in_topic(work):
            called = self.library.called(topic)
            if self.judge.is_waiting(work) and topic in self.library.topics_of[work]:
                return f"opens nothing beyond {called}, so it can wait", False
            return f"outside {called}, where you are", False
        speaks = not self.judge.is_extra(work)
        return (
            f"continues {self.library.called(topic)}, {self._done_here}",
            speaks,
        )

    def _area(self, work: str) -> tuple[str, bool]:
        area = self.judge.here.area
        if area is None:
            return "you are in no area yet", False
        if not self.judge.is_in_area(work):
            return f"outside {area.title}, where you are", False
        homes = self.library.topics_of[work]
        topic = next(home for home in homes if home.area_name == area.full_name)
        speaks = not self.judge.is_in_topic(work) and not self.judge.is_extra(work)
        return f"stays in {area.title}: {topic.title}", speaks

    def _part(self, work: str, minutes: int) -> Term:
        """So many minutes of a work that takes longer, or nobody knows how long."""
        whole = self.library.shown[work].minutes
        if self.judge.is_begun(work):
            text = f"go on for {minutes} of its {whole} minutes"
        else:
            text = f"the first {minutes} of {whole} minutes"
        if whole is None:
            begin = "go on for" if self.judge.is_begun(work) else "begin with"
            text = f"{begin} {minutes} minutes; how long it takes is not known"
        return Term("part", 0, text)

    def _among(self, part: int | None) -> str:
        """What the order is said of: the curriculum, or what of it was asked for."""
        wishes = self.wishes
        listing = self.judge.listing
        among = listing.called if listing.course else wishes.place or listing.called
        asked = [f"matches `{wishes.asked}`"] if wishes.asked else []
        if wishes.within and part is None:
            asked.append(f"fits in {spoken(wishes.within)}")
        return f"{among} of what {' and '.join(asked)}" if asked else among

    def _order(self, work: str, target: str, part: int | None) -> tuple[str, bool]:
        is_told = self.judge.is_in_area(work) or self.judge.is_extra(target)
        speaks = not self.wishes.goal and not is_told
        if topics := self.judge.listing.homes(target):
            inside = self.wishes.place_topics
            own = [topic for topic in topics if topic.full_name in inside]
            among, topic = self._among(part), self.library.called([*own, *topics][0])
            return f"next in {among}{f': {topic}' if topic != among else ''}", speaks
        if self.judge.listing.course and not self.judge.is_outside(target):
            return f"in {self.judge.listing.called}, outside its topics", speaks
        return "in your catalogue, outside all topics", speaks

    def _language(self, work: str) -> tuple[str, bool]:
        if not self.judge.is_late(work):
            return "in a language that you read", False
        place = "" if self.judge.is_outside(work) else " in its topic"
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
        topic = self.judge.here.topic
        if self.judge.is_begun(target):
            return f"needed for {called}, which you are reading", True
        is_next = self.judge.is_in_topic(target) and not self.judge.is_extra(target)
        if topic and is_next and not self.judge.is_in_topic(work):
            place = self.library.called(topic)
            return f"needed for {called}, which comes next in {place}", True
        return f"needed for {called}", True
