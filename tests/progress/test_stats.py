"""Statistics: numbers that are true, drawings that say the same without colour."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Clock, Result
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.stats import segments
from roadmap_cli.rows.types import TallyRow

Run = Callable[..., Result]
STATUSES = ("read", "known", "reading", "skipped", "todo")


def stats(roadmap: Run) -> dict[str, Any]:
    """What `stats` says to programs."""
    found: dict[str, Any] = json.loads(roadmap("stats", "--json").out)
    return found


def today() -> date:
    """The day of runs on a terminal, which have a clock of their own."""
    return datetime.now().astimezone().date()


def test_counts_of_areas_and_topics_tell_the_five_statuses_apart(roadmap: Run) -> None:
    """Each paper in one of them."""
    roadmap("mark-read", "mlp")
    roadmap("mark-known", "cnn")
    roadmap("mark-reading", "rnn")
    roadmap("mark-skipped", "meprop", "resprop")
    found = {row["topic"]: row for row in stats(roadmap)["topics"]}
    counts = found["background/neural-networks"]

    assert [counts[one] for one in STATUSES] == [1, 1, 1, 2, 1]
    assert [found["background"][one] for one in STATUSES] == [1, 1, 1, 2, 19]
    assert len(found) == 33


def test_what_was_read_is_told_by_its_day(roadmap: Run) -> None:
    """Also what was read before it was marked."""
    roadmap("mark-read", "mlp", "--on", "2026-02-01")
    roadmap("mark-read", "cnn", "rnn")

    assert stats(roadmap)["days"] == [
        {"day": "2026-02-01", "papers": 1, "minutes": 45},
        {"day": "2026-03-01", "papers": 2, "minutes": 80},
    ]


def test_little_to_go_on_gives_no_pace_and_no_forecast(roadmap: Run) -> None:
    """Two papers tell nothing."""
    roadmap("mark-read", "mlp", "cnn")
    found = stats(roadmap)

    assert found["pace"] is None
    assert [one["likely"] for one in found["forecasts"]] == [None]


def test_an_even_pace_gives_a_forecast_for_the_goal_and_for_all(
    roadmap: Run, clock: Clock
) -> None:
    """The goal first; the span is there."""
    roadmap("goal", "set", "lora")
    for key in ("mlp", "cnn", "rnn", "aggarwal-nndl", "attention"):
        clock.pass_days(7)
        roadmap("mark-read", key)
    found = stats(roadmap)
    goal, everything = found["forecasts"]

    assert found["pace"]["weeks"] == 5
    assert found["pace"]["papers_a_week"] == 1.0
    assert found["pace"]["minutes_a_week"] == (45 + 40 + 40 + 90 + 90) / 5
    assert (goal["of"], goal["title"], goal["minutes_left"]) == ("goal", "LoRA", 180)
    assert goal["earliest"] <= goal["likely"] <= goal["latest"] < everything["likely"]
    weeks = timedelta(weeks=180 / found["pace"]["minutes_a_week"])
    assert date.fromisoformat(goal["likely"]) == clock.at.date() + weeks


def test_in_a_pipe_each_topic_is_a_line_of_numbers(roadmap: Run) -> None:
    """Without a bar."""
    rows = roadmap("stats", "--header").rows

    assert rows[0] == [
        "topic", "read", "known", "reading", "skipped", "todo", "minutes_left"
    ]  # fmt: skip
    assert rows[2][:6] == ["background/neural-networks", "0", "0", "0", "0", "6"]


READ_LATELY = (("mlp", 15), ("cnn", 9), ("rnn", 2), ("einsum", 0))


@pytest.fixture
def reading_for_three_weeks(terminal: Run) -> None:
    """Four papers of two topics."""
    for key, ago in READ_LATELY:
        terminal("mark-read", key, "--on", str(today() - timedelta(days=ago)))


@pytest.mark.usefixtures("reading_for_three_weeks")
@pytest.mark.parametrize("columns", [40, 80])
def test_this_month_the_pace_and_the_topic_come_first(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """Before everything that was ever done; what the month counts is what its days count."""
    lines = terminal("stats", columns=columns).out.splitlines()
    heads = [line.split()[0] for line in lines if re.match(r"[A-Z]\w+ ", line)]
    month = str(today())[:7]
    days = [day for day in stats(roadmap)["days"] if day["day"][:7] == month]
    papers = sum(day["papers"] for day in days)

    assert heads[:4] == ["Month", "Pace", "Topic", "All"]
    assert lines[0].startswith(f"Month  {papers} paper")
    assert lines[0].endswith(f"in {today():%B}")
    assert stats(roadmap)["current"]["topic"] in "".join(lines[2:6])
    assert lines.index("") < next(n for n, line in enumerate(lines) if "Mon " in line)


def test_the_topic_that_the_reader_is_in_is_told_to_programs(roadmap: Run) -> None:
    """As a row like those of the list; none before anything was read."""
    before = stats(roadmap)["current"]
    roadmap("mark-read", "mlp")
    after = stats(roadmap)

    assert before is None
    assert after["current"] in after["topics"]
    assert after["current"]["topic"] == "background/neural-networks"


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_topics_that_are_not_begun_are_folded_on_a_terminal_alone(
    roadmap: Run, terminal: Run, plain: tuple[str, ...]
) -> None:
    """One line says how many; areas are folded too, and `--all` unfolds them."""
    roadmap("mark-read", "mlp")
    roadmap("mark-skipped", "bert")
    folded = terminal(*plain, "stats").out
    whole = terminal(*plain, "stats", "--all").out

    assert "3 areas and 26 topics not begun, folded: roadmap stats --all" in folded
    for name in ("background/neural-networks", "llm/pretraining"):
        assert name in folded
    for name in ("background/models", "diffusion", "beyond/new-architectures"):
        assert name not in folded
        assert name in whole
    assert "folded" not in whole
    assert len(roadmap("stats").rows) == len(stats(roadmap)["topics"]) == 33


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((("mlp", 0), ("cnn", 0)), "Too little was read"),
        ((("mlp", 9), ("cnn", 9), ("rnn", 9)), "Too little was read"),
        ((("mlp", 8), ("cnn", 8), ("bert", 0)), "too early to say when|very roughly"),
        (READ_LATELY, "very roughly [1-9] to [0-9]+ years"),
    ],
)
def test_a_forecast_is_no_surer_than_what_is_known(
    terminal: Run, marks: tuple[tuple[str, int], ...], said: str
) -> None:
    """After a few papers nobody knows the month in which the last of 172 is read."""
    for key, ago in marks:
        terminal("mark-read", key, "--on", str(today() - timedelta(days=ago)))
    shown = " ".join(terminal("stats").out.split())

    assert re.search(said, shown)
    assert not re.search(rf"\b20(?!{today():%y})\d\d\b", shown)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_drawing_fits_its_terminal(terminal: Run, columns: int) -> None:
    """No line is longer than the screen is wide, not even the calendar's."""
    for key, ago in (("mlp", 40), ("cnn", 9), ("rnn", 2)):
        terminal("mark-read", key, "--on", str(today() - timedelta(days=ago)))
    shown = terminal("stats", columns=columns).out

    assert "Mon" in shown
    assert "Pace  " in shown
    assert max(map(len, shown.splitlines())) <= columns


def test_without_shapes_it_is_told_in_words(terminal: Run) -> None:
    """Months, counts, statuses: no square, no bar."""
    for key, ago in (("mlp", 3), ("cnn", 2), ("rnn", 1)):
        terminal("mark-read", key, "--on", str(today() - timedelta(days=ago)))
    terminal("mark-skipped", "meprop")
    shown = terminal("--plain", "stats").out

    assert "3 read, 1 skipped, 2 todo" in shown
    assert not re.search(r"[─-◿✓▸·]", shown)
    assert re.search(r"[A-Z][a-z]+ \d{4}: \d papers?, ", shown)
    assert "Too little was read" in shown


def test_a_reader_who_has_read_nothing_is_told_what_will_come(terminal: Run) -> None:
    """No empty calendar, no pace of nought."""
    shown = terminal("stats").out

    assert "No paper has been read yet" in shown
    assert "Mon" not in shown


def test_an_unreadable_journal_gives_no_bars_and_no_numbers(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Progress is unknown, not 0."""
    roadmap("mark-read", "mlp")
    (home / "progress" / "lap.toml").write_bytes(b"\0" * 99)
    shown = terminal("stats").out

    assert "progress unknown" in shown
    assert not re.search(r"(?m)\b0/\d|\b0 of \d", shown.partition("hint: ")[2])


counts = st.fixed_dictionaries(dict.fromkeys(STATUSES, st.integers(0, 300)))


@given(counts, st.integers(8, 60), st.booleans())
def test_a_bar_is_exactly_as_wide_as_it_should_be_and_shows_every_status(
    some: dict[str, int], width: int, shapes: bool
) -> None:
    """What is there is seen, what is not there is not, told apart by shape."""
    total = sum(some.values())
    row: TallyRow = {
        "total": total,
        "done": some["read"] + some["known"],
        "share": None,
        "read": some["read"],
        "known": some["known"],
        "reading": some["reading"],
        "skipped": some["skipped"],
        "todo": some["todo"],
        "minutes_left": 0,
        "untimed_left": 0,
    }
    bar = segments(row, Canvas(width=200, has_unicode=shapes), width).plain

    if not total:
        assert bar == ""
        return
    assert len(bar) == width
    assert len(set(bar)) == sum(one > 0 for one in some.values())


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_the_bare_program_never_fills_more_than_a_screen(
    terminal: Run, tmp_path: Path, columns: int
) -> None:
    """24 lines, whatever the catalogue says and however much is begun."""
    evil = tmp_path / "evil.toml"
    long = ("unbreakable" * 45)[:490]
    keys = [f"{'k' * 60}{number}" for number in range(9)]
    papers = "".join(
        f'[paper.{key}]\ntitle = "{long}"\nurl = "https://example.org/{key}"\n'
        f'venue = "{"venue " * 30}"\nnote = "{"note " * 900}"\nminutes = 99999\n'
        for key in keys
    )
    evil.write_text(
        'format = "roadmap-catalogue"\nversion = 1\nid = "evil"\n'
        f'title = "{long}"\n[[area]]\nid = "a"\ntitle = "{long}"\n'
        f'[[area.topic]]\nid = "t"\ntitle = "{"two words " * 40}"\n'
        f"papers = {json.dumps(keys)}\n{papers}"
    )
    named = ("--catalogue", str(evil))
    terminal(*named, "mark-reading", *keys[1:])
    terminal(*named, "goal", "set", "a/t")
    shown = terminal(*named, columns=columns).out

    assert "https://example.org/" in shown
    assert "to go" in " ".join(shown.split())
    assert len(shown.splitlines()) <= 24


@pytest.mark.parametrize("columns", [40, 80])
def test_the_bare_program_says_what_is_begun_besides_the_next_step(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """Each once."""
    roadmap("mark-reading", "mlp", "einsum")
    shown = terminal(columns=columns).out

    assert shown.count("einsum") == 1
    assert "Reading  einsum" in shown
    assert "you are reading it since" in " ".join(shown.split())
