"""How fast the reader is, and when a goal may be reached; honest when little is known.

Pace is what was read in the last weeks, by the days on which papers were read. A day with more
reading than anybody does in a day is somebody who enters what was read before: it tells
nothing of the pace. A paper without an estimate counts as an hour, here as in a plan.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil, sqrt
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.language.duration import ASSUMED
from roadmap_cli.progress.events import Progress

WINDOW = 8
"""Weeks that count for the pace."""
FEWEST_PAPERS, FEWEST_WEEKS = 3, 2
"""Fewer papers, or all of them in fewer weeks, tell nothing."""
REACH = 4
"""How many times the weeks that count a forecast reaches ahead before it is a rough one."""
MOST_IN_A_DAY = 12 * 60
"""Minutes of reading in a day beyond which papers were only entered."""
_APART = timedelta(days=2)
"""By how much the days of two clocks on Earth may differ: they are up to 26 hours apart."""
_FARTHEST = 52 * 20
"""Weeks ahead beyond which a forecast says nothing."""
_WEEK = timedelta(weeks=1)


class Day(NamedTuple):
    """What was read on a day."""

    papers: int
    minutes: int


class Pace(NamedTuple):
    """Papers and minutes a week, over so many weeks; `error` is that of the minutes.

    The error is the standard error of the mean over the weeks.
    """

    weeks: int
    papers: float
    minutes: float
    error: float


class Forecast(NamedTuple):
    """When what is left may be done: the likeliest day, and how early or late it may be.

    No `latest` where so uneven a pace allows none. What `is_rough` is so much farther ahead
    than the pace reaches back that only the span means anything.
    """

    likely: date
    earliest: date
    latest: date | None
    is_rough: bool = False


def days(library: Library, progress: Progress) -> dict[date, Day]:
    """What was read on each day, in the order of the days; known and skipped do not count."""
    found: dict[date, Day] = {}
    for work, standing in progress.standings.items():
        if standing.status is Status.READ and standing.since:
            before = found.get(standing.since, Day(0, 0))
            minutes = library.shown[work].minutes or ASSUMED
            found[standing.since] = Day(before.papers + 1, before.minutes + minutes)
    return dict(sorted(found.items()))


def latest_day(read: Mapping[date, Day], today: date) -> date:
    """Today, or a later day on which something was read by a clock farther east."""
    return max([today, *(day for day in read if day - today <= _APART)])


def pace(read: Mapping[date, Day], today: date) -> Pace | None:
    """The pace of the last weeks; nothing if they tell too little."""
    real = {
        day: day_read
        for day, day_read in read.items()
        if day_read.minutes <= MOST_IN_A_DAY and day <= today
    }
    if not real:
        return None
    known = ceil(((today - min(real)).days + 1) / 7)
    weeks = min(known, WINDOW)
    by_week = [Day(0, 0)] * weeks
    for day, day_read in real.items():
        ago = (today - day).days // 7
        if ago < weeks:
            by_week[ago] = Day(
                by_week[ago].papers + day_read.papers,
                by_week[ago].minutes + day_read.minutes,
            )
    papers = sum(week.papers for week in by_week)
    if (
        papers < FEWEST_PAPERS
        or sum(week.papers > 0 for week in by_week) < FEWEST_WEEKS
    ):
        return None
    minutes = [week.minutes for week in by_week]
    mean = sum(minutes) / weeks
    variance = sum((minute - mean) ** 2 for minute in minutes) / (weeks - 1)
    return Pace(weeks, papers / weeks, mean, sqrt(variance / weeks))


def forecast(
    minutes_left: int, pace: Pace | None, today: date, untimed: int = 0
) -> Forecast | None:
    """When so much is read at this pace; nothing where that cannot be said.

    `untimed` counts the papers beside these minutes that have no estimate.
    """
    if pace is None or not pace.minutes:
        return None
    minutes_left += untimed * ASSUMED
    likely = minutes_left / pace.minutes
    if likely > _FARTHEST:
        return None
    is_rough = likely > REACH * pace.weeks
    error = max(pace.error, _error_of_counting(pace)) if is_rough else pace.error
    slowest = pace.minutes - error
    late = minutes_left / slowest if slowest > 0 else _FARTHEST + 1
    return Forecast(
        today + likely * _WEEK,
        today + minutes_left / (pace.minutes + error) * _WEEK,
        today + late * _WEEK if late <= _FARTHEST else None,
        is_rough,
    )


def _error_of_counting(pace: Pace) -> float:
    """The error of the minutes that follows from the number of papers alone.

    Weeks that happen to be alike do not make few papers tell more.
    """
    return pace.minutes / sqrt(max(pace.weeks * pace.papers, 1))
