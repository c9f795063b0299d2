"""A dated plan: what to read in which week, at so many minutes a week.

Time is a line of minutes that begins with the first day; a paper begins where the one before it
ends, so a long one may take several weeks. Nobody reads a paper for five minutes, so a week ends
with a paper rather than less than a quarter of an hour after its begin or before its end: up to
the end of every week that much less or more is read than there is time for, but the sum stays,
and nothing ends later. A day holds a seventh of a week. Nothing of a plan is stored: it is made
of what is left today, so whoever fell behind simply gets a new one.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.duration import ASSUMED, SLIVER
from roadmap_cli.progress.pace import MOST_IN_A_DAY

WEEK = 7
_WEEKS_OF = {"day": 7.0, "week": 1.0, "month": 12 / 52}
"""How often each period comes in a week."""
_MINUTES_IN_A_WEEK = WEEK * 24 * 60
MOST_IN_A_WEEK = WEEK * MOST_IN_A_DAY
"""Minutes a week beyond which nobody reads, however much would be needed."""
_LONGEST = 52 * 50
"""Weeks that a plan may take; beyond fifty years it is none."""
_LAST_YEAR = 9000


class Step(NamedTuple):
    """What of a paper falls in a week: so many of its minutes, from one day to another.

    `minutes_before` of it were read in the weeks before, `minutes_of` is all of it.
    """

    paper: Paper
    week: int
    first: date
    last: date
    minutes: int
    minutes_before: int
    minutes_of: int

    @property
    def ends(self) -> bool:
        """Whether the paper is done with this."""
        return self.minutes_before + self.minutes == self.minutes_of


class Plan(NamedTuple):
    """Steps in order; `unfit` are the papers for which no time is left before `until`.

    `weekly` are the minutes a week that it was made with, `enough` those with which all of it
    would fit, if anybody reads so much, `assumed` counts the papers whose time is not known.
    """

    start: date
    until: date | None
    weekly: int
    steps: tuple[Step, ...]
    unfit: tuple[Paper, ...] = ()
    enough: int = 0
    assumed: int = 0

    @property
    def minutes(self) -> int:
        """The reading time of all its steps."""
        return sum(step.minutes for step in self.steps)

    @property
    def minutes_unfit(self) -> int:
        """The reading time of the papers for which no time is left."""
        return sum(map(_length, self.unfit))

    @property
    def is_possible(self) -> bool:
        """Whether anybody reads so much that all of it would fit."""
        return self.enough <= MOST_IN_A_WEEK

    @property
    def end(self) -> date | None:
        """The day on which its last paper is done; nothing if there is none."""
        return self.steps[-1].last if self.steps else None

    def week(self, number: int) -> tuple[date, date]:
        """The first and the last day of a week, counted from 1."""
        first = self.start + timedelta(days=WEEK * (number - 1))
        return first, first + timedelta(days=WEEK - 1)


def weekly(hours: float, per: str) -> int:
    """The minutes a week that so many hours a `day`, `week` or `month` are.

    Raises `WrongUsageError` for none, and for more than a week has.
    """
    asked = hours * 60 * _WEEKS_OF[per]  # which need not even be finite
    minutes = round(asked) if 0 < asked <= _MINUTES_IN_A_WEEK else 0
    if not minutes:
        most = "a week has 168 hours; " if asked > _MINUTES_IN_A_WEEK else ""
        raise WrongUsageError(
            f"{hours:g} hours a {per} cannot be planned with",
            hint=f"{most}for instance: --hours 4 --per week",
        )
    return minutes


def every(weekly: int, per: str) -> int:
    """The minutes a `day`, `week` or `month` that so many minutes a week are, if not less."""
    return ceil(weekly / _WEEKS_OF[per])


def enough(papers: Iterable[Paper], start: date, until: date) -> int:
    """The minutes a week with which all of these fit between two days."""
    days = (until - start).days + 1
    total = sum(_length(paper) for paper in papers)
    return -(-total * WEEK // days)


def plan(
    papers: Sequence[Paper], weekly: int, start: date, until: date | None = None
) -> Plan:
    """Spread papers over the weeks from `start` on, in their order, up to the day `until`.

    Raises `WrongUsageError` if there is no day between the two, or it takes more than a life.
    """
    if (until and until < start) or start.year > _LAST_YEAR:
        raise WrongUsageError(
            f"no plan can be made from {start} to {until or 'the end'}"
        )
    total = sum(map(_length, papers))
    limit = weekly * ((until - start).days + 1) // WEEK if until else total
    ends = list(accumulate(map(_length, papers)))
    fitting = sum(end <= limit for end in ends)
    if ends and ends[max(fitting, 1) - 1] > weekly * _LONGEST:
        raise WrongUsageError(
            "with so little time it would take more than fifty years",
            hint="for instance: --hours 4 --per week",
        )
    steps: list[Step] = []
    for paper, end in zip(papers[:fitting], ends, strict=False):
        steps += _steps(paper, end - _length(paper), weekly, start)
    return Plan(
        start,
        until,
        weekly,
        tuple(steps),
        tuple(papers[fitting:]),
        enough(papers, start, until) if until else weekly,
        sum(paper.minutes is None for paper in papers),
    )


def _length(paper: Paper) -> int:
    return paper.minutes or ASSUMED


def _steps(paper: Paper, begin: int, weekly: int, start: date) -> Iterator[Step]:
    """The parts of a paper that begins at this minute, one for each week it falls in."""
    week, at, end = begin // weekly, begin, begin + _length(paper)
    while at < end:
        stop = _cut((week + 1) * weekly, begin, end, least_part(weekly))
        if stop > at:
            yield Step(
                paper,
                week + 1,
                start + timedelta(days=_day(at, week, weekly)),
                start + timedelta(days=_day(stop - 1, week, weekly)),
                stop - at,
                at - begin,
                end - begin,
            )
        at, week = stop, week + 1


def least_part(weekly: int) -> int:
    """The fewest minutes that a part of a paper has: with very little time half a week's."""
    return min(SLIVER, weekly // 2)


def _cut(edge: int, begin: int, end: int, least: int) -> int:
    """Where a week that ends at this minute leaves a paper: at its own end if that is nearly so."""
    before, after = edge - begin, end - edge
    if after <= 0:
        return end
    if min(before, after) >= least:
        return edge
    return begin if before < after else end


def _day(minute: int, week: int, weekly: int) -> int:
    """The day, counted from 0, on which a minute that is planned for this week is read."""
    first = week * WEEK
    return min(max(minute * WEEK // weekly, first), first + WEEK - 1)
