"""Plans: every minute accounted for, every paper in order, nothing promised that does not fit."""

from datetime import date, timedelta
from itertools import accumulate, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_paper
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language import duration
from roadmap_cli.language.duration import ASSUMED
from roadmap_cli.suggest.plan import WEEK, enough, least_part, plan, weekly

lengths = st.none() | st.integers(1, 400)
papers = st.lists(lengths, max_size=12).map(
    lambda some: [a_paper(f"p{n}", minutes=one) for n, one in enumerate(some)]
)
budgets = st.integers(2, 3000)  # with less, all of it would take more than fifty years


@given(papers, budgets)
def test_every_paper_is_planned_whole_and_in_order(
    some: list[Paper], budget: int
) -> None:
    """Its parts add up to its time; without a last day everything fits."""
    made = plan(some, budget, TODAY)
    parts = [
        (key, list(steps)) for key, steps in groupby(made.steps, lambda s: s.paper.key)
    ]

    assert [key for key, _ in parts] == [one.key for one in some]
    for paper, (_, steps) in zip(some, parts, strict=True):
        assert sum(step.minutes for step in steps) == (paper.minutes or ASSUMED)
        assert [step.ends for step in steps] == [False] * (len(steps) - 1) + [True]
        assert [step.minutes_before for step in steps] == [
            sum(one.minutes for one in steps[:number]) for number in range(len(steps))
        ]
    assert made.unfit == ()
    assert made.assumed == sum(one.minutes is None for one in some)


@given(papers, budgets)
def test_up_to_every_week_a_plan_keeps_to_the_time_there_is(
    some: list[Paper], budget: int
) -> None:
    """But for less than the part of a paper that is too short; and no week is empty."""
    made = plan(some, budget, TODAY)
    weeks = {step.week: 0 for step in made.steps}
    for step in made.steps:
        weeks[step.week] += step.minutes
    planned = list(accumulate(weeks.values()))

    assert list(weeks) == list(range(1, len(weeks) + 1))
    for number, minutes in enumerate(planned[:-1], start=1):
        assert abs(minutes - number * budget) < max(least_part(budget), 1)
    assert made.minutes == sum(one.minutes or ASSUMED for one in some)
    assert made.minutes - len(weeks) * budget < max(least_part(budget), 1)


@given(papers, budgets)
def test_no_paper_is_cut_into_slivers(some: list[Paper], budget: int) -> None:
    """Each part of one that takes several weeks is a quarter of an hour, if weeks have two."""
    made = plan(some, budget, TODAY)
    least = 15 if budget >= 30 else budget // 2

    for step in made.steps:
        assert step.minutes >= least or step.minutes == step.minutes_of


@given(papers, budgets)
def test_days_run_on_within_their_weeks(some: list[Paper], budget: int) -> None:
    """Nothing begins before what comes before it, or outside its week."""
    made = plan(some, budget, TODAY)

    days = [day for step in made.steps for day in (step.first, step.last)]
    assert days == sorted(days)
    for step in made.steps:
        first, last = made.week(step.week)
        assert first <= step.first <= step.last <= last


@given(papers, budgets, st.integers(0, 60))
def test_until_a_day_as_many_fit_as_can_and_the_rest_is_said(
    some: list[Paper], budget: int, days: int
) -> None:
    """Planned and unfit together are all; nothing runs beyond the day."""
    until = TODAY + timedelta(days=days)
    made = plan(some, budget, TODAY, until)
    planned = list(dict.fromkeys(step.paper.key for step in made.steps))

    assert [*planned, *(one.key for one in made.unfit)] == [one.key for one in some]
    assert all(step.last <= until for step in made.steps)
    if made.unfit:
        more = made.minutes + (made.unfit[0].minutes or ASSUMED)
        assert more > budget * (days + 1) // WEEK


@given(papers.filter(bool), st.integers(0, 400))
def test_what_is_said_to_be_enough_is_enough_and_a_minute_less_is_not(
    some: list[Paper], days: int
) -> None:
    """The least time a week with which everything fits."""
    until = TODAY + timedelta(days=days)
    least = enough(some, TODAY, until)

    assert plan(some, least, TODAY, until).unfit == ()
    assert least == 1 or plan(some, least - 1, TODAY, until).unfit != ()


@given(papers, budgets, st.integers(0, 11))
def test_planning_anew_after_reading_some_never_ends_later(
    some: list[Paper], budget: int, done: int
) -> None:
    """Who has read ahead, or behind, has a plan of what is left."""
    before = plan(some, budget, TODAY)
    later = plan(some[done:], budget, TODAY)

    assert (later.end or TODAY) <= (before.end or TODAY)


@pytest.mark.parametrize(
    ("hours", "per", "minutes"),
    [(4, "week", 240), (1, "day", 420), (13, "month", 180), (0.5, "week", 30)],
)
def test_hours_become_minutes_a_week(hours: float, per: str, minutes: int) -> None:
    """A day comes seven times in a week, a month twelve times in fifty-two."""
    assert weekly(hours, per) == minutes


@pytest.mark.parametrize(
    ("hours", "per"),
    [
        (0, "week"),
        (-1, "day"),
        (25, "day"),
        (169, "week"),
        (float("nan"), "week"),
        (float("inf"), "month"),
    ],
)
def test_no_plan_is_made_with_impossible_hours(hours: float, per: str) -> None:
    """None, less than none, more than there are, and what is no number."""
    with pytest.raises(WrongUsageError, match="cannot be planned with"):
        weekly(hours, per)


def test_no_plan_takes_more_than_a_life_or_ends_before_it_begins() -> None:
    """A minute a week for everything is no plan."""
    long = [a_paper(f"p{n}", minutes=400) for n in range(10)]

    with pytest.raises(WrongUsageError, match="more than fifty years"):
        plan(long, 1, TODAY)
    with pytest.raises(WrongUsageError, match="no plan can be made"):
        plan(long, 60, TODAY, TODAY - timedelta(days=1))
    with pytest.raises(WrongUsageError, match="no plan can be made"):
        plan(long, 60, date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("30m", 30),
        ("30 min", 30),
        ("1h30", 90),
        ("1h30m", 90),
        ("1 h 30", 90),
        ("2h", 120),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("1:30", 90),
        ("90 minutes", 90),
        ("2 hours", 120),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(text: str, minutes: int) -> None:
    """Bare numbers are minutes."""
    assert duration.parse(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "-5", "soon", "1h75x", "h", "30s", "1:75", "9" * 9, "٣٠"]
)
def test_what_is_no_length_of_time_is_refused_with_an_example(text: str) -> None:
    """No guessing."""
    if text == "٣٠":  # digits of other scripts are digits
        assert duration.parse(text) == 30
        return
    with pytest.raises(WrongUsageError, match="is no length of time"):
        duration.parse(text)


@given(st.integers(1, 50_000))
def test_what_is_said_can_be_read_again(minutes: int) -> None:
    """Every minute is said."""
    assert duration.parse(duration.spoken(minutes)) == minutes


@pytest.mark.parametrize(
    ("text", "meant"),
    [("4", 4), ("0,5", 0.5), ("4h", 4), ("1h30", 1.5), ("45m", 0.75), ("-1", -1)],
)
def test_hours_are_written_as_lengths_of_time_are(text: str, meant: float) -> None:
    """A bare number is hours; whether they can be planned with is asked later."""
    assert duration.hours(text) == meant
