"""What lies ahead and behind as rows: suggestions, goals, ways, plans, statistics."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap_cli.progress.tally import tally, works_of
from roadmap_cli.suggest import Advice, Goal, Suggestion, nothing_left_to
from roadmap_cli.suggest.guide import Guide, Planned, Request
from roadmap_cli.views.rows import Rows
from roadmap_cli.views.view import View

if TYPE_CHECKING:
    from roadmap_cli.progress.pace import Pace

SUGGESTION_COLUMNS = (
    "key",
    "minutes",
    "level",
    "kind",
    "year",
    "title",
    "url",
    "reasons",
)
STEP_COLUMNS = ("week", "first", "last", "minutes", "key", "ends", "title", "url")
PATH_COLUMNS = ("key", "status", "minutes", "so_far", "title", "url")
GOAL_COLUMNS = ("goal", "kind", "left", "minutes_left", "title")
STATS_COLUMNS = ("topic", "read", "known", "reading", "skipped", "todo", "minutes_left")


class Ways(NamedTuple):
    """Makes rows of what a guide says."""

    rows: Rows
    guide: Guide

    def suggested(self, advice: Advice, request: Request, *, why: bool = False) -> View:
        """What to read next, as was asked for; `why` asks for every term."""
        also: dict[str, Any] = {"goal": self._set_goal()}
        if advice.remark:
            also |= {"remark": advice.remark, "nearest": self._nearest(advice.nearest)}
        if why:
            also["why"] = True
        return View(
            "suggestions",
            [self.rows.suggestion(one) for one in advice.offers],
            SUGGESTION_COLUMNS,
            also=also,
            if_empty=advice.remark,
            note=advice.remark,
            aside={"heading": self._heading(advice, request, also["goal"])},
        )

    def _heading(
        self, advice: Advice, request: Request, goal: dict[str, Any] | None
    ) -> dict[str, Any] | None:
        """The way that was asked for; else the goal that was set, unless it is passed by."""
        if advice.asked:
            return self._way(advice.asked)
        return None if request.topic or advice.remark else goal

    def stand(self, advice: Advice) -> View:
        """Where the reader stands as a whole, what is begun, the goal and the next step."""
        library, progress = self.rows.library, self.rows.progress
        begun = sorted(progress.begun, key=library.positions.__getitem__)
        goal = self._set_goal()
        also = {
            "title": " + ".join(one.title for one in library.catalogues),
            "standing": self._whole(),
            "reading": [self.rows.paper(library.shown[work]) for work in begun],
            "goal": goal,
        }
        return View(
            "suggestions",
            [self.rows.suggestion(one) for one in advice.offers],
            SUGGESTION_COLUMNS,
            layout="standing",
            also=also,
            aside={"heading": goal},
        )

    def path(self, goal: Goal, *, settled: bool = False) -> View:
        """The way to a goal, step by step; `settled` shows what is done on it too."""
        left = dict.fromkeys(self.guide.way(goal))
        works = self.guide.whole_way(goal) if settled else list(left)
        whole, rows, so_far = self.goal(goal), [], 0
        for work in works:
            paper = self.rows.library.shown[work]
            so_far += (paper.minutes or 0) if work in left else 0
            rows.append({**self.rows.paper(paper), "so_far": so_far})
        return View(
            "papers",
            rows,
            PATH_COLUMNS,
            layout="path",
            also={"goal": whole},
            if_empty=nothing_left_to(goal, self.rows.progress),
            aside={"heading": {**whole, "is_asked": True}},
        )

    def goals(self) -> View:
        """The goal that was set, if there is one."""
        goal = self.guide.set_goal
        empty = "No goal is set: roadmap goal set NAME"
        aim = self.rows.progress.aim
        if aim and not goal:
            called, remark = self.guide.told(aim)
            empty = f"Your goal, {called}, {remark}: roadmap goal set NAME"
        offers = self.guide.next_towards(goal, 1).offers if goal else ()
        return View(
            "goals",
            [self.goal(goal)] if goal else [],
            GOAL_COLUMNS,
            also={
                "next": [self.rows.suggestion(one) for one in offers],
                "set": (aim.topic or aim.paper) if aim else None,
            },
            if_empty=empty,
            note=nothing_left_to(goal, self.rows.progress)
            if goal and goal.is_skipped(self.rows.progress)
            else "",
        )

    def goal(self, goal: Goal) -> dict[str, Any]:
        """A goal, and how far it is."""
        library, progress = self.rows.library, self.rows.progress
        distance = self.guide.distance(goal)
        counts = tally(self.guide.whole_way(goal), library, progress)
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

    def _way(self, goal: Goal) -> dict[str, Any]:
        return {**self.goal(goal), "is_asked": True}

    def plan(self, planned: Planned) -> View:
        """A plan, a row for each part of a paper that falls in a week."""
        plan, rows = planned.plan, []
        goal = self.goal(planned.goal) if planned.goal else None
        for step in plan.steps:
            first, last = plan.week(step.week)
            rows.append(
                {
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
            )
        also = {
            "goal": goal,
            "start": plan.start.isoformat(),
            "until": plan.until and plan.until.isoformat(),
            "end": plan.end and plan.end.isoformat(),
            "weekly": plan.weekly,
            "enough": plan.enough,
            "minutes": plan.minutes,
            "assumed": plan.assumed,
            "unfit": [self.rows.paper(one) for one in plan.unfit],
            "remark": planned.remark,
        }
        empty = "" if plan.unfit else self._nothing_to_plan(planned.goal)
        aside = {
            "heading": {**goal, "is_asked": planned.is_named} if goal else None,
            "per": planned.asked.per,
            "rate": planned.rate,
            "enough": planned.enough,
        }
        return View("steps", rows, STEP_COLUMNS, "plan", also, empty, aside=aside)

    def _nothing_to_plan(self, goal: Goal | None) -> str:
        if goal and goal.is_skipped(self.rows.progress):
            return nothing_left_to(goal, self.rows.progress)
        return "Nothing is left to plan."

    def stats(self) -> View:
        """Progress by area and topic, what was read when, pace and forecasts."""
        from roadmap_cli.progress import pace  # most commands do without

        today = self.guide.today
        read = pace.days(self.rows.library, self.rows.progress)
        speed = pace.pace(read, today)
        whole = self._whole()
        goal = self._set_goal()
        forecasts = [("all", "everything", whole)]
        if goal and not (goal["is_reached"] or goal["is_skipped"]):
            forecasts.insert(0, ("goal", goal["title"], goal))
        also = {
            "today": today.isoformat(),
            "standing": whole,
            "goal": goal,
            "days": [
                {"day": day.isoformat(), "papers": one.papers, "minutes": one.minutes}
                for day, one in read.items()
            ],
            "pace": speed
            and {
                "weeks": speed.weeks,
                "papers_a_week": round(speed.papers, 2),
                "minutes_a_week": round(speed.minutes, 1),
            },
            "forecasts": [
                {"of": of, "title": title, **_forecast(counts, speed, today)}
                for of, title, counts in forecasts
            ],
        }
        topics = self.rows.all_topics()
        return View("topics", topics.rows, STATS_COLUMNS, "stats", also)

    def _whole(self) -> dict[str, Any]:
        library, progress = self.rows.library, self.rows.progress
        return self.rows.tally(tally(works_of(library), library, progress))

    def _set_goal(self) -> dict[str, Any] | None:
        goal = self.guide.set_goal
        return self.goal(goal) if goal else None

    def _nearest(self, nearest: Suggestion | None) -> dict[str, Any] | None:
        return self.rows.suggestion(nearest) if nearest else None


def _forecast(
    counts: dict[str, Any], speed: "Pace | None", today: date
) -> dict[str, Any]:
    from roadmap_cli.progress import pace  # most commands do without

    left = {name: counts[name] for name in ("minutes_left", "untimed_left")}
    minutes, untimed = left.values()
    is_any_left = bool(minutes or untimed)
    found = pace.forecast(minutes, speed, today, untimed) if is_any_left else None
    if not found:
        return {**left, "likely": None, "earliest": None, "latest": None}
    return {
        **left,
        "likely": found.likely.isoformat(),
        "earliest": found.earliest.isoformat(),
        "latest": found.latest.isoformat() if found.latest else None,
    }
