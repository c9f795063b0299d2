"""A plan written as a calendar again and again: what moves moves, what is read goes away."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from builders import TODAY, a_paper
from conftest import Clock, Result
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.exchange.ics import calendar
from roadmap_cli.suggest.plan import plan

Run = Callable[..., Result]
PAPERS = [
    a_paper(f"p{n}", minutes=90 + n, title=f"T, {n}; \\n", note="ü" * 90)
    for n in range(6)
]


def written(
    papers: Sequence[Paper], day: int = 0, former: bytes = b"", weekly: int = 120
) -> bytes:
    """The calendar of a plan that is made at noon, so many days after the first."""
    start = TODAY + timedelta(days=day)
    now = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    return calendar(plan(papers, weekly, start), now, former=former)


def events(data: bytes) -> dict[str, Any]:
    """What a calendar says of each paper's key; no two of its events may have one UID."""
    found: list[Any] = list(Calendar.from_ical(data).walk("VEVENT"))
    by_key = {str(one["uid"]).removeprefix("test.").partition("@")[0]: one for one in found}  # fmt: skip
    assert len(by_key) == len(found)
    for event in found:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= {*event}
        assert event["dtstart"].dt < event["dtend"].dt
        assert event["dtstamp"].dt == event["last-modified"].dt
    return by_key


def test_a_plan_that_did_not_change_is_the_same_file() -> None:
    """Also a day later: nothing was revised."""
    first = written(PAPERS)
    again = calendar(
        plan(PAPERS, 120, TODAY), datetime(2026, 3, 2, tzinfo=UTC), former=first
    )

    assert again == first
    assert {one["sequence"] for one in events(first).values()} == {0}
    assert {str(one["status"]) for one in events(first).values()} == {"CONFIRMED"}


def test_what_moves_is_a_new_revision_of_the_same_event() -> None:
    """The others keep theirs, and the time at which it was made."""
    first = events(written(PAPERS))
    moved = events(written([PAPERS[0], *PAPERS[2:], PAPERS[1]], former=written(PAPERS)))

    assert moved.keys() == first.keys()
    assert (moved["p0"]["sequence"], moved["p1"]["sequence"]) == (0, 1)
    assert moved["p0"] == first["p0"]
    assert moved["p1"]["dtstart"].dt > first["p1"]["dtstart"].dt


def test_what_is_planned_no_more_is_cancelled_until_its_days_are_over() -> None:
    """So that the calendar that imports it takes it out; the file does not grow for ever."""
    first = written(PAPERS)
    second = written(PAPERS[:1] + PAPERS[3:], 1, first)
    third = written(PAPERS[:1] + PAPERS[3:], 2, second)
    gone = [events(data)["p2"] for data in (first, second, third)]

    assert [str(one["status"]) for one in gone] == ["CONFIRMED", "CANCELLED", "CANCELLED"]  # fmt: skip
    assert [one["sequence"] for one in gone] == [0, 1, 1]
    assert gone[1]["dtstamp"].dt == gone[2]["dtstamp"].dt == datetime(2026, 3, 2, 12, tzinfo=UTC)  # fmt: skip
    assert gone[0]["dtstart"] == gone[2]["dtstart"]
    much_later = events(written(PAPERS[3:], 400, third))
    assert much_later.keys() == {"p3", "p4", "p5"}


def test_what_is_planned_again_is_no_longer_cancelled() -> None:
    """A mark that was undone."""
    cancelled = written(PAPERS[:1] + PAPERS[2:], former=written(PAPERS))
    back = events(written(PAPERS, former=cancelled))["p1"]

    assert (str(back["status"]), back["sequence"]) == ("CONFIRMED", 2)


@pytest.mark.parametrize(
    "former",
    [
        b"",
        b"\xff\xfe",
        b"BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nBEGIN:VEVENT\r\nUID:x@genai-roadmap\r\nDTSTART:20300101\r\nDTEND:20300102\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        written(PAPERS)[:700],
        written(PAPERS).replace(b"BEGIN:VEVENT", b"BEGIN:NOTHING"),
        written(PAPERS).replace(b"UID:", b"XUID:"),
        written(PAPERS).replace(b"DTEND;VALUE=DATE:2026", b"DTEND:x"),
        written(PAPERS).replace(b"SEQUENCE:0", b"SEQUENCE:many"),
        written(PAPERS).replace(
            b"END:VEVENT",
            b"BEGIN:VALARM\r\n" * 5_000 + b"END:VALARM\r\n" * 5_000 + b"END:VEVENT",
        ),
    ],
)
def test_with_a_calendar_that_is_none_of_ours_it_begins_anew(former: bytes) -> None:
    """Whatever is wrong with it."""
    assert written(PAPERS, former=former) == written(PAPERS)


def test_events_of_others_are_not_gone_on_with() -> None:
    """Somebody added a birthday to the file; the greatest revision of an event counts."""
    birthday = (
        b"BEGIN:VEVENT\r\nUID:birthday@home\r\nDTSTART:20300101\r\nEND:VEVENT\r\n"
    )
    first = written(PAPERS)
    event = first[first.index(b"BEGIN:VEVENT") : first.index(b"END:VEVENT") + 12]
    revised = event.replace(b"SEQUENCE:0", b"SEQUENCE:2147483646")
    added = first.replace(b"END:VCALENDAR", birthday + revised + b"END:VCALENDAR")

    assert events(written(PAPERS[1:], former=added)).keys() == {f"p{n}" for n in range(6)}  # fmt: skip
    assert events(written(PAPERS[1:], former=added))["p0"]["sequence"] == 2**31 - 1


@given(
    st.lists(
        st.tuples(st.permutations(range(6)), st.integers(0, 6), st.integers(60, 400)),
        min_size=2,
        max_size=5,
    )
)
def test_a_calendar_that_imports_every_file_shows_the_last_plan(
    made: list[tuple[list[int], int, int]],
) -> None:
    """And what is over: by the rules of RFC 5545, a higher SEQUENCE replaces a lower one."""
    shown: dict[str, Any] = {}
    former = b""
    for day, (order, count, weekly) in enumerate(made):
        former = written([PAPERS[n] for n in order[:count]], day, former, weekly)
        for key, event in events(former).items():
            if key not in shown or event["sequence"] > shown[key]["sequence"]:
                shown[key] = event
            assert shown[key] == event
        today = TODAY + timedelta(days=day)
        standing = {
            key
            for key, event in shown.items()
            if str(event["status"]) != "CANCELLED" and event["dtend"].dt > today
        }
        assert standing == {f"p{n}" for n in order[:count]}


def test_the_program_goes_on_with_its_own_file(
    roadmap: Run, clock: Clock, tmp_path: Path
) -> None:
    """A paper read meanwhile is taken out of the calendar; what did not change is as it was."""
    file = tmp_path / "reading.ics"
    call = ("plan", "--hours", "1", "--goal", "lora", "--ics", str(file))
    roadmap(*call)
    before = file.read_bytes()
    roadmap(*call)
    same = file.read_bytes()
    roadmap("mark-read", "mlp")
    clock.pass_days(0.1)
    roadmap(*call)
    read: list[Any] = list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    found = {str(one["uid"]): one for one in read}

    assert same == before
    assert len(found) == 5
    mlp = found["genai.mlp@genai-roadmap"]
    assert (str(mlp["status"]), mlp["sequence"]) == ("CANCELLED", 1)
    assert mlp["dtstart"].dt == date(2026, 3, 1)
    lora = found["genai.lora@genai-roadmap"]
    assert (str(lora["status"]), lora["sequence"]) == ("CONFIRMED", 1)
