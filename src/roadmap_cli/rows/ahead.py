"""What lies ahead and behind as rows: suggestions, goals, ways, plans, statistics."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from roadmap_cli.language.duration import spoken
from roadmap_cli.progress.tally import counting, tally
from roadmap_cli.rows.papers import Rows
from roadmap_cli.rows.view import (
    GoalsView,
    PlanView,
    StandingView,
    StatsView,
    SuggestionsView,
    WayView,
)
from roadmap_cli.suggest import Advice, Goal, nothing_left_to
from roadmap_cli.suggest.guide import Guide, Planned, Request

if TYPE_CHECKING:
    from roadmap_cli.progress.pace import Pace
    from roadmap_cli.progress.reviews import Held
    from roadmap_cli.rows.ahead_types import (
        BesideSuggestions,
        ForecastRow,
        GoalRow,
        HeldRow,
        PaceRow,
        StepOnTheWayRow,
        StepRow,
    )
    from roadmap_cli.rows.types import SuggestionRow, TallyRow
    from roadmap_cli.suggest.plan import Plan, Step


FORGET = "roadmap next --forget"
"""What ends a wish."""


class Ahead(NamedTuple):
    """Makes rows of what a guide says."""

    rows: Rows
    guide: Guide

    def suggested(
        self, advice: Advice, request: Request, due: int | None, *, why: bool = False
    ) -> SuggestionsView:
        """What to read next, as was asked for; `why` asks for every term.

        `due` is how many questions are asked again today, if that is known.
        """
        beside: BesideSuggestions = {
            "version": 1,
            "goal": (goal := self._set_goal()),
            "wish": self._wish,
            "due": due,
        }
        if advice.remark:
            nearest = advice.nearest
            beside["remark"] = advice.remark
            beside["nearest"] = self.rows.suggestion(nearest) if nearest else None
        if why:
            beside["why"] = True
        if advice.asked:
            heading: GoalRow | None = self.goal(advice.asked)
        else:
            heading = None if request.topic or advice.remark else goal
        view = SuggestionsView(
            {**beside, "suggestions": self._suggestions(advice)},
            advice.remark,
            heading,
            is_asked=bool(advice.asked),
        )
        view.comment = self._wish_in_words
        return view

    def stand(
        self,
        advice: Advice,
        due: int | None,
        commands: Mapping[str, Sequence[str]],
        news: str = "",
    ) -> StandingView:
        """Where the reader stands as a whole, what is begun, the goal and the next step.

        `due` is how many questions are asked again today, if that is known; `commands` are the
        names of the commands to tell of, by the titles of their groups; `news` is a line about
        what is new, for a person alone.
        """
        library, progress = self.rows.library, self.rows.progress
        begun = sorted(progress.begun, key=library.positions.__getitem__)
        view = StandingView(
            {
                "version": 1,
                "title": " + ".join(
                    catalogue.title for catalogue in library.catalogues
                ),
                "standing": self._whole(),
                "reading": [self.rows.paper(library.shown[work]) for work in begun],
                "goal": self._set_goal(),
                "due": due,
                "wish": self._wish,
                "suggestions": self._suggestions(advice),
            },
            commands,
            news,
        )
        view.comment = self._wish_in_words
        return view

    def path(self, goal: Goal, *, settled: bool = False, wide: bool = False) -> WayView:
        """The way to a goal, step by step; `settled` shows what is done on it too.

        With `wide` each step has what would also help and is not on the way itself.
        """
        left = dict.fromkeys(self.guide.way(goal))
        works = self.guide.whole_way(goal) if settled else list(left)
        on_the_way = set(self.guide.whole_way(goal)) if wide else set()
        library = self.rows.library
        steps: list[StepOnTheWayRow] = []
        so_far = 0
        for work in works:
            paper = library.shown[work]
            so_far += (paper.minutes or 0) if work in left else 0
            beside = library.helps[work] if wide else ()
            steps.append(
                {
                    **self.rows.paper(paper),
                    "so_far": so_far,
                    "helped_by": [
                        self.rows.brief(helping)
                        for helping in beside
                        if helping not in on_the_way
                    ],
                }
            )
        empty = nothing_left_to(goal, self.rows.progress)
        return WayView(self.goal(goal), steps, empty)

    def goals(self) -> GoalsView:
        """The goal that was set, if there is one."""
        goal, aim = self.guide.set_goal, self.rows.progress.aim
        empty, note = "No goal is set: roadmap goal set NAME", ""
        if aim and not goal:
            called, remark = self.guide.told(aim)
            empty = f"Your goal, {called}, {remark}: roadmap goal set NAME"
        if goal and goal.is_skipped(self.rows.progress):
            note = nothing_left_to(goal, self.rows.progress)
        view = GoalsView(
            {
                "version": 1,
                "next": self._suggestions(self.guide.next_towards(goal, 1))
                if goal
                else [],
                "wish": self._wish,
                "set": (aim.topic or aim.paper) if aim else None,
                "goals": [self.goal(goal)] if goal else [],
            },
            empty,
            note,
        )
        view.comment = self._wish_in_words
        return view

    def goal(self, goal: Goal) -> "GoalRow":
        """A goal, and how far it is."""
        library, progress = self.rows.library, self.rows.progress
        distance = self.guide.distance(goal)
        counts = tally(self.guide.takes(goal), library, progress)
        is_known, is_skipped = progress.is_complete, goal.is_skipped(progress)
        return {
            "goal": goal.name,
            "title": goal.called,
            "kind": goal.kind,
            **self.rows.tally(counts),
            "left": distance.left if is_known else None,
            "minutes_left": distance.minutes if is_known else None,
            "untimed_left": distance.untimed if is_known else None,
            "is_reached": is_known and distance.left == 0 and not is_skipped,
            "is_skipped": is_skipped,
        }

    def plan(self, planned: Planned) -> PlanView:
        """A plan, a row for each part of a paper that falls in a week."""
        plan, goal = planned.plan, planned.goal
        empty = "" if plan.unfit else "Nothing is left to plan."
        if empty and goal and goal.is_skipped(self.rows.progress):
            empty = nothing_left_to(goal, self.rows.progress)
        view = PlanView(
            {
                "version": 1,
                "goal": self.goal(goal) if goal else None,
                "wish": self._wish if planned.follows_wish else None,
                "start": plan.start.isoformat(),
                "until": _text_of(plan.until),
                "end": _text_of(plan.end),
                "weekly": plan.weekly,
                "enough": plan.enough,
                "minutes": plan.minutes,
                "assumed": plan.assumed,
                "unfit": [self.rows.paper(paper) for paper in plan.unfit],
                "remark": planned.remark,
                "steps": [self._step(plan, step) for step in plan.steps],
            },
            empty,
            per=planned.asked.per,
            rate=planned.rate,
            room=_room(planned),
            is_asked=planned.is_named,
        )
        view.comment = self._wish_in_words if planned.follows_wish else ""
        return view

    def _step(self, plan: "Plan", step: "Step") -> "StepRow":
        first, last = plan.week(step.week)
        return {
            **self.rows.paper(step.paper),
            "week": step.week,
            "week_first": first.isoformat(),
            "week_last": last.isoformat(),
            "first": step.first.isoformat(),
            "last": step.last.isoformat(),
            "minutes": step.minutes,
            "minutes_of": step.minutes_of,
            "minutes_before": step.minutes_before,
            "ends": step.ends,
        }

    def stats(self, held: "Held | None", *, whole: bool = False) -> StatsView:
        """Progress by area and topic, what was read when, pace and forecasts.

        `held` is how much is remembered of all questions, if that is known.
        A drawing folds what is not begun unless the `whole` is asked for.
        """
        from roadmap_cli.progress import pace  # most commands do without

        read = pace.days(self.rows.library, self.rows.progress)
        today = pace.latest_day(read, self.guide.today)
        speed = pace.pace(read, today)
        standing, goal = self._whole(), self._set_goal()
        here = self.guide.whereabouts
        forecasts = [_forecast("all", "everything", standing, speed, today)]
        if goal and not (goal["is_reached"] or goal["is_skipped"]):
            forecasts.insert(0, _forecast("goal", goal["title"], goal, speed, today))
        return StatsView(
            {
                "version": 1,
                "today": today.isoformat(),
                "standing": standing,
                "goal": goal,
                "current": self.rows.place(here) if here else None,
                "days": [
                    {
                        "day": day.isoformat(),
                        "papers": done.papers,
                        "minutes": done.minutes,
                    }
                    for day, done in read.items()
                ],
                "questions": _held(held) if held else None,
                "pace": _pace(speed) if speed else None,
                "forecasts": forecasts,
                "topics": self.rows.all_places(),
            },
            is_folded=not whole,
        )

    @property
    def _wish(self) -> str | None:
        return self.guide.suggesting.remembered.query or None

    @property
    def _wish_in_words(self) -> str:
        """That suggestions follow a wish, or why not, and the way out; empty without one."""
        query, _, problem = self.guide.suggesting.remembered
        if not query:
            return ""
        if problem:
            return (
                f"your wish `{query}` is not followed: {problem}; to end it: {FORGET}"
            )
        return f"by your wish only what matches `{query}` is suggested; to end it: {FORGET}"

    def _suggestions(self, advice: Advice) -> "list[SuggestionRow]":
        return [self.rows.suggestion(suggestion) for suggestion in advice.offers]

    def _whole(self) -> "TallyRow":
        library, progress = self.rows.library, self.rows.progress
        return self.rows.tally(tally(counting(library, progress), library, progress))

    def _set_goal(self) -> "GoalRow | None":
        goal = self.guide.set_goal
        return self.goal(goal) if goal else None


def _held(held: "Held") -> "HeldRow":
    return {
        "total": held.total,
        "answered": held.answered,
        "aside": held.aside,
        "due": held.due,
        "held": held.held,
    }


def _room(planned: Planned) -> str:
    """What would make room for everything, or that nobody has the time for it."""
    plan = planned.plan
    if plan.is_possible:
        return f"With {spoken(planned.enough)} a {planned.asked.per} everything would."
    everything = spoken(plan.minutes + plan.minutes_unfit)
    return f"Everything takes {everything}: more than anybody reads until then."


def _pace(speed: "Pace") -> "PaceRow":
    return {
        "weeks": speed.weeks,
        "papers_a_week": round(speed.papers, 2),
        "minutes_a_week": round(speed.minutes, 1),
    }


def _forecast(
    of: Literal["goal", "all"],
    title: str,
    counts: "TallyRow",
    speed: "Pace | None",
    today: date,
) -> "ForecastRow":
    """When what is left of these counts may be done."""
    from roadmap_cli.progress import pace  # most commands do without

    minutes, untimed = counts["minutes_left"], counts["untimed_left"]
    is_any_left = bool(minutes or untimed)
    found = (
        pace.forecast(minutes or 0, speed, today, untimed or 0) if is_any_left else None
    )
    return {
        "of": of,
        "title": title,
        "minutes_left": minutes,
        "untimed_left": untimed,
        "likely": found.likely.isoformat() if found else None,
        "earliest": found.earliest.isoformat() if found else None,
        "latest": _text_of(found.latest) if found else None,
        "is_rough": bool(found and found.is_rough),
    }


def _text_of(day: date | None) -> str | None:
    return day.isoformat() if day else None
