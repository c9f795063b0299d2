"""Goals, ways and what is next, for one reader: names become wishes, wishes become advice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Place, Topic
from roadmap_cli.curriculum.names import Named, Names
from roadmap_cli.curriculum.numbers import WorkSet
from roadmap_cli.curriculum.places import catalogue_of, topics_of
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.language.duration import spoken
from roadmap_cli.progress.events import Aim, Progress
from roadmap_cli.progress.tally import counting, works_of
from roadmap_cli.suggest import (
    Advice,
    Goal,
    Syllabus,
    Wishes,
    advise,
    left,
    left_on_the_way,
    way_to,
    whole_way_to,
)
from roadmap_cli.suggest.order import NOTHING_SPECIAL
from roadmap_cli.suggest.whereabouts import current_topic
from roadmap_cli.suggest.wishes import NO_WISH

if TYPE_CHECKING:
    from roadmap_cli.suggest.plan import Plan


_KINDS: Mapping[type[Place], Literal["topic", "area", "catalogue"]] = MappingProxyType(
    {Topic: "topic", Area: "area", Catalogue: "catalogue"}
)


class Request(NamedTuple):
    """What the reader asked for: names as they were typed, minutes, and a filter for papers.

    `asked` has the words of the filter.
    """

    topic: str | None = None
    goal: str | None = None
    within: int | None = None
    seed: str | None = None
    filter: Callable[[Paper], bool] | None = None
    prerequisites: bool = False
    asked: str = ""


class Distance(NamedTuple):
    """How far a goal is: what is left on the way to it, and how long that takes.

    `untimed` counts the papers whose minutes nobody knows.
    """

    left: int
    minutes: int
    untimed: int


class Timetable(NamedTuple):
    """What a plan is to be made with: `hours` every `per`, from a day, until a day."""

    hours: float | None = None
    per: str = "week"
    start: date | None = None
    until: date | None = None


class Planned(NamedTuple):
    """A plan for a goal, or for everything, and what is to be said of how it was made.

    `is_named` tells a goal that was named from the one that was set, and `follows_wish` that
    what the wish leaves out is not planned.
    """

    plan: "Plan"
    goal: Goal | None
    asked: Timetable
    remark: str = ""
    is_named: bool = False
    follows_wish: bool = True

    @property
    def rate(self) -> int:
        """The minutes that it was made with, in the period that was asked for."""
        if self.asked.hours is not None:
            return round(self.asked.hours * 60)
        return self._every(self.plan.weekly)

    @property
    def enough(self) -> int:
        """The minutes with which everything would fit, in the same period."""
        return self._every(self.plan.enough)

    def _every(self, weekly: int) -> int:
        from roadmap_cli.suggest import plan  # most commands do without

        return plan.every(weekly, self.asked.per)


class Guide:
    """Says what is next and how far things are.

    `today` is the reader's day; every suggestion follows the `wishes`.
    """

    def __init__(
        self,
        library: Library,
        names: Names,
        progress: Progress,
        today: date,
        wishes: Wishes = NOTHING_SPECIAL,
    ) -> None:
        self.library = library
        self.names = names
        self.progress = progress
        self.today = today
        self.wishes = wishes._replace(remembered=NO_WISH)
        self.suggesting = wishes

    def next(self, request: Request, count: int) -> Advice:
        """What can be begun now; raises as `Names.anything` for a name that is not clear.

        The goal that was set holds unless another, or a topic, is asked for, or it is reached;
        and where nothing on the way to it is as wished, the rest is looked through.
        """
        goal = self.goal(request.goal) if request.goal else None
        if not goal and not request.topic:
            goal = self.pending_goal
        goal = goal and goal.with_needs(prerequisites=request.prerequisites)
        wishes = self.suggesting._replace(
            goal=goal,
            reached=None if goal or request.topic else self.reached_goal,
            within=request.within,
            seed=request.seed,
            filter=request.filter,
            asked=request.asked,
        )
        if request.topic:
            place = self.names.topic(request.topic, "roadmap next --goal")
            among = works_of(self.library, place)
            wishes = wishes._replace(
                among=among,
                place=self.library.called(place),
                place_syllabus=Syllabus(place.catalogue, request.prerequisites),
                place_topics={
                    topic.full_name for topic in topics_of(self.library, place)
                },
            )
        advice = self._advise(wishes, count)
        if request.goal:
            return advice._replace(asked=goal)
        if not advice.offers and goal:
            wishes = wishes._replace(goal=None)
            beside = self._advise(wishes, count)
            way = f"Nothing on the way to {goal.called} is like that"
            remark = f"{way}; beside it there is:" if beside.offers else beside.remark
            advice = beside._replace(remark=remark)
        return advice if advice.offers else self._beside_wish(advice, wishes, count)

    def _beside_wish(self, advice: Advice, wishes: Wishes, count: int) -> Advice:
        """What to say where nothing is offered: it may be the remembered wish that leaves it out.

        What was asked for in so many words is offered then.
        """
        if wishes.remembered.lets_through is None:
            return advice
        beside = self._advise(wishes._replace(remembered=NO_WISH), count)
        query = wishes.remembered.query
        if not beside.offers:
            return beside if beside.nearest else advice
        if wishes.filter:
            remark = (
                f"Nothing like that matches your wish `{query}`; beside it there is:"
            )
            return beside._replace(remark=remark)
        remark = f"Nothing that matches your wish `{query}` can be begun here."
        return Advice((), remark)

    @property
    def whereabouts(self) -> Topic | None:
        """The topic that the reader is in; nothing before anything was read."""
        return current_topic(self.library, self.progress)

    def first(self, count: int) -> Advice:
        """What can be begun now, where nothing else was asked for."""
        return self.next(Request(), count)

    def next_towards(self, goal: Goal, count: int) -> Advice:
        """What can be begun now on the way to a goal; where that is reached, what builds on it."""
        if goal == self.reached_goal:
            return self.first(count)
        return self._advise(self.suggesting._replace(goal=goal), count)

    def _advise(self, wishes: Wishes, count: int) -> Advice:
        return advise(self.library, self.progress, self.today, wishes, count)

    def way(
        self, goal: Goal | None, *, extras: bool = False, suggested: bool = False
    ) -> list[str]:
        """The works left to read for a goal, or at all, in the order in which to read them.

        Without a goal it has what is more than enough only if these `extras` are asked for. What is
        `suggested` has nothing that the remembered wish leaves out.
        """
        reached = None if goal else self.reached_goal
        wishes = self.suggesting if suggested else self.wishes
        wishes = wishes._replace(goal=goal, reached=reached)
        if not goal and not extras:
            among = counting(self.library, self.progress)
            wishes = wishes._replace(among=among)
        return list(left_on_the_way(self.library, self.progress, self.today, wishes))

    def whole_way(self, goal: Goal) -> list[str]:
        """The works that a goal takes, what is settled included, in the same order."""
        wishes = self.wishes._replace(goal=goal)
        return list(whole_way_to(self.library, self.progress, wishes)[1])

    def distance(self, goal: Goal) -> Distance:
        """How far a goal is."""
        works = way_to(goal, self.library, self.progress)
        return Distance(len(works), *self.library.minutes_of(works.numbers))

    def takes(self, goal: Goal) -> WorkSet:
        """The works that a goal takes, what is settled included."""
        wishes = self.wishes._replace(goal=goal)
        return whole_way_to(self.library, self.progress, wishes)[0]

    def plan(
        self,
        asked: Timetable,
        goal: str | None = None,
        *,
        everything: bool = False,
        prerequisites: bool = False,
    ) -> Planned:
        """A plan from today on for a goal (the one that was set if none is named), or for all.

        Without hours it takes what is enough until the day given, as far as anybody reads so
        much, else the reader's pace.
        Raises `WrongUsageError` if there is neither, and for days that are over.
        """
        aim = self.goal(goal) if goal else None if everything else self.pending_goal
        aim = aim and aim.with_needs(prerequisites=prerequisites)
        works = self.way(aim, extras=everything, suggested=not everything)
        papers = [self.library.shown[work] for work in works]
        start = asked.start or self.today
        if start < self.today:
            hint = "leave out --from to begin today"
            raise WrongUsageError(f"{start} is over", hint=hint)
        if asked.until and asked.until < self.today:
            raise WrongUsageError(f"{asked.until} is over")
        if asked.until and asked.until < start:
            raise WrongUsageError(f"{asked.until} is before {start}")
        minutes, source = self._weekly(asked, papers, start)
        from roadmap_cli.suggest import plan  # most commands do without

        made = plan.plan(papers, minutes, start, asked.until)
        return Planned(made, aim, asked, source, bool(goal), not everything)

    def _weekly(
        self, asked: Timetable, papers: Sequence[Paper], start: date
    ) -> tuple[int, str]:
        """The minutes a week to plan with, and where they come from if none were given."""
        from roadmap_cli.progress import pace
        from roadmap_cli.suggest import plan  # most commands do without

        if asked.hours is not None:
            return plan.weekly(asked.hours, asked.per), ""
        if asked.until:
            enough = max(plan.enough(papers, start, asked.until), 1)
            if enough <= plan.MOST_IN_A_WEEK:
                return enough, ""
            day = spoken(plan.MOST_IN_A_WEEK // plan.WEEK)
            return plan.MOST_IN_A_WEEK, f"Planned with {day} a day: nobody reads more."
        read = pace.days(self.library, self.progress)
        measured = pace.pace(read, pace.latest_day(read, self.today))
        if measured is None or measured.minutes < 1:
            raise WrongUsageError(
                "no hours were given, and your pace is not known yet",
                hint="roadmap plan --hours 4 --per week",
            )
        source = f"Planned with your pace of the last {measured.weeks} weeks."
        return round(measured.minutes), source

    def goal(self, name: str) -> Goal:
        """The goal of that name; raises as `Names.anything`."""
        return self.goal_of(self.names.anything(name))

    def goal_or_set(self, name: str | None) -> Goal:
        """The goal of that name, or without one the goal that is set.

        Raises as `goal`, and `WrongUsageError` if none is set that can be reached.
        """
        goal = self.set_goal if name is None else self.goal(name)
        if goal is None:
            raise WrongUsageError(
                "no name was given, and no goal is set", hint="roadmap path lora"
            )
        return goal

    def goal_of(self, named: Named) -> Goal:
        """To have read a paper, or all of a place; raises `RefusedError` if it is retired."""
        if not isinstance(named, Paper):
            works = counting(self.library, self.progress, named)
            called = self.library.called(named)
            kind, syllabus = _KINDS[type(named)], Syllabus(named.catalogue)
            return Goal(self.names.short(named), called, works, kind, syllabus)
        insist_on_use(named, self.names)
        work = self.library.work[named.name]
        return Goal(self.names.short(named), named.called, (work,))

    @property
    def set_goal(self) -> Goal | None:
        """The goal that was set last, if the catalogues know it."""
        named = self._aimed_at(self.progress.aim)
        is_gone = isinstance(named, Paper) and bool(named.retired)
        return self.goal_of(named) if named and not is_gone else None

    def told(self, aim: Aim) -> tuple[str, str]:
        """What to call a goal, and what is to be said of it if nothing can lead there.

        One that no catalogue has is called by its full name.
        """
        named = self._aimed_at(aim)
        if named is None:
            return aim.topic or aim.paper, "is in no catalogue that is loaded"
        if isinstance(named, Paper):
            return (
                named.called,
                "is no longer in the catalogue" if named.retired else "",
            )
        return self.library.called(named), ""

    @property
    def pending_goal(self) -> Goal | None:
        """The goal that was set, while anything is left on the way to it."""
        goal = self.set_goal
        works = WorkSet.of(self.library, goal.works if goal else ())
        is_any_left = works.numbers & left(self.library, self.progress)
        return goal if is_any_left else None

    @property
    def reached_goal(self) -> Goal | None:
        """The goal that was set, where nothing is left on the way to it, and it is not skipped."""
        goal = self.set_goal
        if goal is None or self.pending_goal or not self.progress.is_complete:
            return None
        return None if goal.is_skipped(self.progress) else goal

    def _aimed_at(self, aim: Aim | None) -> Named | None:
        if aim is None:
            return None
        if aim.topic:
            library = self.library
            place = library.areas_by_name.get(aim.topic) or library.topics.get(
                aim.topic
            )
            return place or catalogue_of(library, aim.topic)
        work = self.library.answers_to(aim.paper)
        return self.library.shown[work] if work else None


def insist_on_use(named: Named, names: Names) -> None:
    """Raises `RefusedError` for a paper that is no longer in the catalogue."""
    if isinstance(named, Paper) and named.retired:
        raise RefusedError(
            f"`{names.short(named)}` is no longer in the catalogue: {named.retired}"
        )


def aim_at(named: Named, library: Library) -> Aim:
    """What to write down so that this is the goal."""
    if isinstance(named, Paper):
        return Aim(paper=library.work[named.name])
    return Aim(topic=named.full_name)
