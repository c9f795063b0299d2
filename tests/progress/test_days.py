"""Days that stay: a mark counts on the day that its writer's clock showed, wherever it is read."""

import json
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import NOON, a_library, a_paper
from conftest import Clock, Result
from roadmap_cli.journal.bundle import bundle, unbundle
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, parse, parse_tail
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.progress.clocks import local_day, local_offset, shifted
from roadmap_cli.progress.events import Event
from roadmap_cli.progress.replay import replay

Run = Callable[..., Result]
LIBRARY = a_library([a_paper("lora"), a_paper("mamba")])
LORA = "test/lora"
FARTHEST_EAST, FARTHEST_WEST = "<+14>-14", "<-12>+12"
LATE = datetime(2026, 1, 4, 18, 0, 0, 123456, tzinfo=UTC)
"""An instant at which it is 08:00 of the next day in the farthest east."""


def zone_of(seconds: int) -> str:
    """A zone so far ahead of UTC, as `TZ` spells it: what is ahead has a minus there."""
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"<our>{'-' if seconds > 0 else ''}{hour:02}:{minute:02}:{second:02}"


@contextmanager
def clocks_of(zone: str) -> Iterator[None]:
    """Be where clocks show the time of this zone."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: minutes * 60)
zones = st.one_of(offsets, offsets.flatmap(lambda s: st.integers(s, s + 59))).map(
    zone_of
)
instants = st.integers(0, 10**11).map(
    lambda seconds: NOON + timedelta(microseconds=7 * seconds * 1000)
)


@settings(max_examples=60)
@given(writer=zones, reader=zones, at=instants)
@example(FARTHEST_EAST, FARTHEST_WEST, LATE)
@example("UTC0", FARTHEST_WEST, LATE)
@example("<our>00:53:28", FARTHEST_EAST, datetime(2026, 1, 5, 0, 53, 30, tzinfo=UTC))
def test_the_day_of_a_mark_is_that_of_its_writers_clock(
    writer: str, reader: str, at: datetime
) -> None:
    """In what is looked up, in what is told again, in history, and carried elsewhere."""
    with TemporaryDirectory() as home:
        journal = Journal(Path(home) / "progress", "desk")
        with clocks_of(writer):
            wall = local_day(at)
            Ledger(journal, Path(home) / "cache", lambda: at).say(
                lambda: [(LORA, {"status": "read"})]
            )
        with clocks_of(reader):
            ledger = Ledger(journal, Path(home) / "cache", lambda: at)
            told = [event for event, _ in ledger.index.story()]
            carried = unbundle(bundle(told).encode(), path="x").events

            assert ledger.progress(LIBRARY).of(LORA).since == wall
            assert replay(told, LIBRARY).of(LORA).since == wall
            assert [event.day for event in (*told, *carried)] == [wall, wall]
            assert [event.at for event in told] == [at]


@given(zone=zones, at=instants)
def test_an_offset_has_whole_minutes_and_keeps_the_day(zone: str, at: datetime) -> None:
    """TOML has no seconds in it."""
    with clocks_of(zone):
        offset = local_offset(at)

        assert not offset % timedelta(minutes=1)
        assert shifted(at, offset).date() == local_day(at)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (FARTHEST_EAST, "2026-01-05T08:00:00.123456+14:00"),
        (FARTHEST_WEST, "2026-01-04T06:00:00.123456-12:00"),
        ("<our>-5:45", "2026-01-04T23:45:00.123456+05:45"),
        ("UTC0", "2026-01-04T18:00:00.123456+00:00"),
    ],
)
def test_the_time_is_written_as_the_writers_clock_shows_it(
    roadmap: Run, clock: Clock, home: Path, zone: str, text: str
) -> None:
    """With its offset from UTC, also where that is none; JSON says the same."""
    clock.at = LATE
    with clocks_of(zone):
        roadmap("mark-read", "lora")
    journal = (home / "progress" / "desk.toml").read_text("utf-8")
    with clocks_of("<our>-3"):
        events = json.loads(roadmap("history", "--json").out)["events"]

    assert journal.endswith(f"at = {text}\n")
    assert tomllib.loads(journal)["event"][0]["at"] == LATE
    assert [event["at"] for event in events] == [text]


@pytest.mark.parametrize(
    ("writer", "reader", "day"),
    [
        (FARTHEST_EAST, FARTHEST_WEST, "2026-01-05"),
        (FARTHEST_WEST, FARTHEST_EAST, "2026-01-04"),
        ("UTC0", FARTHEST_EAST, "2026-01-04"),
    ],
)
def test_every_command_tells_the_day_of_the_writers_clock(
    roadmap: Run, clock: Clock, writer: str, reader: str, day: str
) -> None:
    """Statistics, lists, the history and since when, exports and what was exported once."""
    clock.at = LATE
    with clocks_of(writer):
        roadmap("mark-read", "lora")
    clock.pass_days(2)
    before, after = (str(date.fromisoformat(day) + timedelta(days)) for days in (-1, 1))
    with clocks_of(reader):
        stats = json.loads(roadmap("stats", "--json").out)
        (lora,) = json.loads(roadmap("show", "lora", "--json").out)["papers"]
        since = {
            asked: len(roadmap("history", "--since", asked).rows)
            for asked in (before, day, after)
        }
        marked_again = roadmap("mark-read", "lora", "--on", day)

    assert [read["day"] for read in stats["days"]] == [day]
    assert lora["since"] == day
    assert since == {before: 1, day: 1, after: 0}
    assert marked_again.rows == []


def test_a_drawn_history_shows_every_clock(terminal: Run, home: Path) -> None:
    """That of the writer; of an event of an older version, that of the reader."""
    journal(
        home,
        "at = 2026-01-04T18:00:00.123456Z",
        "at = 2026-01-05T08:00:01.123456+14:00",
        "at = 2026-01-04T18:00:02.123456+00:00",
    )
    shown = terminal("history", env={"TZ": "<our>-9"}).out
    times = [line[:16] for line in shown.splitlines() if line.startswith("2026")]

    assert times == ["2026-01-04 18:00", "2026-01-05 08:00", "2026-01-05 03:00"]


def journal(home: Path, *times: str, device: str = "desk") -> Path:
    """A journal whose events have these lines for their time, each with another rating."""
    path = home / "progress" / f"{device}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    events = (
        f'\n[[event]]\npaper = "genai/lora"\nstatus = "read"\nrating = {n}\n{at}\n'
        for n, at in enumerate(times, start=1)
    )
    path.write_text(header(device) + "".join(events), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("zone", "day"), [(FARTHEST_EAST, "2026-01-05"), (FARTHEST_WEST, "2026-01-04")]
)
def test_an_event_in_utc_counts_on_the_readers_day_as_it_always_did(
    roadmap: Run, home: Path, zone: str, day: str
) -> None:
    """Older versions wrote no more than that."""
    journal(home, "at = 2026-01-04T18:00:00Z")
    with clocks_of(zone):
        stats = json.loads(roadmap("stats", "--json").out)
        (event,) = json.loads(roadmap("history", "--json").out)["events"]
        is_since = bool(roadmap("history", "--since", "2026-01-05").rows)

    assert [read["day"] for read in stats["days"]] == [day]
    assert event["at"] == "2026-01-04T18:00:00.000000Z"
    assert is_since is (day == "2026-01-05")


def test_events_are_ordered_by_the_instant_and_not_by_what_clocks_showed(
    roadmap: Run, home: Path
) -> None:
    """The farthest east shows a later day at an earlier instant."""
    journal(home, "at = 2026-01-05T09:00:00+14:00", device="east")
    journal(
        home,
        "at = 2026-01-04T18:00:00Z",
        "at = 2026-01-04T20:00:00+00:00",
        device="old",
    )
    journal(home, "at = 2026-01-04T09:00:00-12:00", device="west")
    events = json.loads(roadmap("history", "--json").out)["events"]
    (lora,) = json.loads(roadmap("show", "lora", "--json").out)["papers"]

    assert [event["device"] for event in events] == ["west", "old", "east", "old"]
    assert lora["since"] == "2026-01-04"


def test_a_mark_comes_after_one_of_a_clock_farther_west(
    roadmap: Run, clock: Clock, home: Path
) -> None:
    """What was seen is earlier, whatever the day is that it shows."""
    clock.at = LATE
    journal(home, "at = 2026-01-04T06:59:59-12:00", device="west")
    with clocks_of(FARTHEST_EAST):
        roadmap("mark-unread", "lora")
        roadmap("undo")
        status = json.loads(roadmap("show", "lora", "--json").out)["papers"][0][
            "status"
        ]
    times = tomllib.loads((home / "progress" / "desk.toml").read_text("utf-8"))["event"]

    assert status == "read"
    assert times[0]["at"] > datetime(2026, 1, 4, 18, 59, 59, tzinfo=UTC)
    assert times[0]["at"].date() == date(2026, 1, 5)


AT = "2026-01-04T18:00:00"
LAYOUTS = {
    "tables": "[[event]]\nrating = 1\nat = {at}+00:00\n[[event]]\nrating = 2\nat = {at}Z\n",
    "the other way round": "[[event]]\nat = {at}Z\n[[event]]\nat = {at}+00:00\n",
    "one value": "event = [{{at = {at}+00:00, rating = 1}}, {{at = {at}Z}}]\n",
    "other spellings": '[[event]]\n"at"={at}.0+00:00\n[[event]]\nat = 2026-01-04 18:00:00z\n',
    "times in texts": '[[event]]\nundoes = "x@{at}.000000Z"\nat = 2026-01-04T19:00:00+00:00\n[[event]]\nat = {at}Z\n',
    "no date": '[[event]]\nx = "2026-99-04T18:00:00Z"\nat = {at}+00:00\n[[event]]\nat = {at}-00:00\n',
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clock_that_shows_utc_is_told_from_utc_alone(layout: str) -> None:
    """However a journal is laid out; TOML's values do not tell `+00:00` from `Z`."""
    text = header("desk") + LAYOUTS[layout].format(at=AT)
    offsets = [event.offset for event in parse(text.encode(), path="x").events]

    expected = [timedelta(), None]
    assert offsets == (expected[::-1] if layout == "the other way round" else expected)


def test_what_is_appended_is_told_apart_too() -> None:
    """Only the new part of a journal is read."""
    start = (header("desk") + "\n[[event]]\nat = 2026-01-04T18:00:00Z\n").encode()
    tail = b"\n[[event]]\nat = 2026-01-04T19:00:00+00:00\n[[event]]\nat = 2026-01-04T20:00:00Z\n"
    new = parse_tail(start + tail, len(start), "desk", lambda _: 0, path="x")

    assert new is not None
    assert [event.offset for event in new] == [timedelta(), None]


def test_of_copies_of_an_event_that_which_tells_its_clock_counts(home: Path) -> None:
    """An older version that carries it on writes UTC: whichever file is read first."""
    times = ("Z", "+00:00")
    found: set[date | None] = set()
    for order in permutations(("a", "b")):
        for name, zone in zip(order, times, strict=True):
            text = f'\n[[event]]\npaper = "{LORA}"\nstatus = "read"\nat = {AT}{zone}\n'
            path = home / "progress" / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(header("phone") + text, encoding="utf-8")
        with clocks_of(FARTHEST_EAST):
            ledger = Ledger(
                Journal(home / "progress", "desk"), home / order[0], lambda: NOON
            )
            told = [event for event, _ in ledger.index.story()]
            both = [told[0], told[0]._replace(offset=None)]
            found |= {event.day for event in told}
            found |= {
                progress.of(LORA).since
                for progress in (
                    ledger.progress(LIBRARY),
                    replay(both, LIBRARY),
                    replay(both[::-1], LIBRARY),
                )
            }

    assert found == {date(2026, 1, 4)}


def test_an_older_version_reads_the_same_instants(home: Path) -> None:
    """It takes a time with an offset for what it is, so that nothing moves for it."""
    path = journal(
        home, "at = 2026-01-05T08:00:00.5+14:00", "at = 2026-01-04T18:00:00.75Z"
    )
    first, second = parse(path.read_bytes(), path="x").events

    assert first.at == datetime(2026, 1, 4, 18, 0, 0, 500000, tzinfo=UTC)
    assert first.at < second.at
    assert first == Event(*first[:5], timedelta(hours=14))


@pytest.mark.parametrize("reader", [FARTHEST_WEST, FARTHEST_EAST])
def test_what_was_read_tomorrow_counts_in_the_pace_already(
    roadmap: Run, clock: Clock, reader: str
) -> None:
    """Where the writer's clock was up to two days ahead of the reader's."""
    clock.at = datetime(
        2026, 1, 4, 11, 0, tzinfo=UTC
    )  # it is the 3rd in the farthest west
    with clocks_of(FARTHEST_EAST):
        roadmap("mark-read", "mlp", "--on", "2025-12-29")
        roadmap("mark-read", "cnn", "rnn")
    with clocks_of(reader):
        stats = json.loads(roadmap("stats", "--json").out)

    assert [day["day"] for day in stats["days"]] == ["2025-12-29", "2026-01-05"]
    assert stats["pace"]["papers_a_week"] == 1.5
    assert stats["today"] == "2026-01-05"
