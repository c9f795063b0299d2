"""Pace and forecast: from what was read when, and silent where that tells nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_library, a_paper, an_event
from roadmap_cli.progress.pace import (
    MOST_IN_A_DAY,
    WINDOW,
    Day,
    Pace,
    days,
    forecast,
    pace,
)
from roadmap_cli.progress.replay import replay

ago = st.integers(0, 200)
readings = st.dictionaries(
    ago.map(lambda n: TODAY - timedelta(days=n)),
    st.builds(Day, st.integers(1, 5), st.integers(0, 600)),
    max_size=30,
)


def read(*when: int, minutes: int = 60) -> dict[date, Day]:
    """A paper read on each of these days ago."""
    return {TODAY - timedelta(days=one): Day(1, minutes) for one in when}


def test_only_what_was_read_counts_and_on_the_day_it_was_read() -> None:
    """Not what was known, skipped or begun; `--on` is the day."""
    library = a_library([a_paper(key, minutes=30) for key in "abcdef"])
    events = [
        an_event("test/a", status="read"),
        an_event("test/b", minute=1, status="read"),
        an_event("test/c", minute=2, status="read", on=TODAY - timedelta(days=9)),
        an_event("test/d", minute=3, status="known"),
        an_event("test/e", minute=4, status="skipped"),
        an_event("test/f", minute=5, status="reading"),
    ]

    assert days(library, replay(events, library)) == {
        TODAY - timedelta(days=9): Day(1, 30),
        TODAY: Day(2, 60),
    }


def test_the_pace_is_what_was_read_in_the_last_weeks() -> None:
    """Papers and minutes a week, over the weeks since the first, at most eight."""
    assert pace(read(0, 3, 10, 13), TODAY) == Pace(2, 2.0, 120.0, 0.0)
    found = pace(read(*range(0, 140, 7)), TODAY)
    assert found
    assert (found.weeks, found.papers) == (WINDOW, 1.0)


@pytest.mark.parametrize(
    "when",
    [(), (0, 1, 2), (0, 10), (100, 101, 102), (0,), (8, 9, 10), (21, 22, 23, 24)],
    ids=str,
)
def test_too_little_tells_no_pace(when: tuple[int, ...]) -> None:
    """Fewer than three papers, all in one week, or nothing in the last eight weeks."""
    assert pace(read(*when), TODAY) is None


def test_a_day_of_entering_old_marks_is_no_pace() -> None:
    """Nobody reads more than half a day a day."""
    entered = {TODAY - timedelta(days=20): Day(40, MOST_IN_A_DAY + 1)}

    assert pace({**entered, **read(1, 8, 15)}, TODAY) == pace(read(1, 8, 15), TODAY)
    assert pace(entered, TODAY) is None


def test_a_day_to_come_is_no_pace() -> None:
    """Marks of a clock ahead do not make anybody faster."""
    assert pace({**read(0, 7, 14), **read(-5)}, TODAY) == pace(read(0, 7, 14), TODAY)


@given(readings, st.integers(0, 20_000))
def test_a_forecast_is_no_earlier_than_today_and_in_order(
    found: dict[date, Day], left: int
) -> None:
    """Earliest, likely, latest; and only where there is a pace."""
    speed = pace(found, TODAY)
    said = forecast(left, speed, TODAY)

    if said is None:
        assert speed is None or not speed.minutes or left / speed.minutes > 52 * 20
        return
    assert TODAY <= said.earliest <= said.likely
    assert said.latest is None or said.likely <= said.latest


def test_an_even_pace_gives_one_day_an_uneven_one_a_span() -> None:
    """Honest about how much is known."""
    even = forecast(600, Pace(8, 1.0, 60.0, 0.0), TODAY)
    uneven = forecast(600, Pace(8, 1.0, 60.0, 20.0), TODAY)
    wild = forecast(600, Pace(8, 1.0, 60.0, 60.0), TODAY)

    assert even
    assert uneven
    assert wild
    assert even.earliest == even.likely == even.latest == TODAY + timedelta(weeks=10)
    assert uneven.earliest == TODAY + timedelta(weeks=7.5)
    assert uneven.latest == TODAY + timedelta(weeks=15)
    assert wild.latest is None
    assert forecast(600, None, TODAY) is None


@pytest.mark.parametrize(("weeks", "left"), [(2, 481), (3, 721), (8, 1921)])
def test_a_forecast_is_rough_where_it_reaches_far_beyond_what_is_known(
    weeks: int, left: int
) -> None:
    """At an hour a week: four times the weeks that are known, and no minute more."""
    speed = Pace(weeks, 2.0, 60.0, 0.0)
    near, far = forecast(left - 1, speed, TODAY), forecast(left, speed, TODAY)

    assert near
    assert far
    assert (near.is_rough, far.is_rough) == (False, True)
    assert near.earliest == near.likely == near.latest
    assert far.earliest < far.likely
    assert far.latest is None or far.likely < far.latest


def test_the_more_papers_are_known_the_narrower_a_rough_forecast_is() -> None:
    """Weeks that happen to be alike do not make four papers tell as much as forty."""
    few = forecast(6000, Pace(2, 2.0, 60.0, 0.0), TODAY)
    many = forecast(6000, Pace(8, 5.0, 60.0, 0.0), TODAY)

    assert few
    assert many
    assert few.latest
    assert many.latest
    assert few.earliest < many.earliest
    assert many.latest < few.latest
