"""Ways, plans, statistics and the wishes of `next`, through the program's own entry point."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from conftest import Clock, Result
from roadmap_cli.language.duration import spoken

Run = Callable[..., Result]


def answer(roadmap: Run, *arguments: str) -> dict[str, Any]:
    """The JSON that a command prints."""
    found: dict[str, Any] = json.loads(roadmap(*arguments, "--json").out)
    return found


def calendar_events(file: Path) -> list[Any]:
    """The events of a calendar file, as another program reads them."""
    return list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


def test_the_path_is_what_is_left_with_minutes_that_add_up(roadmap: Run) -> None:
    """In order, to the paper itself."""
    roadmap("mark-known", "mlp", "rnn")
    found = answer(roadmap, "path", "lora")

    assert [one["key"] for one in found["papers"]] == ["attention", "gpt-3", "lora"]
    assert [one["so_far"] for one in found["papers"]] == [90, 210, 270]
    assert (found["goal"]["left"], found["goal"]["minutes_left"]) == (3, 270)
    assert [row[0] for row in roadmap("path", "lora").rows] == [
        "attention", "gpt-3", "lora"
    ]  # fmt: skip


def test_the_whole_path_shows_what_is_done_too(roadmap: Run) -> None:
    """With its status; its minutes are not counted again."""
    roadmap("mark-read", "mlp", "rnn", "attention")
    found = answer(roadmap, "path", "lora", "--all")["papers"]

    assert [(one["key"], one["status"], one["so_far"]) for one in found] == [
        ("mlp", "read", 0),
        ("rnn", "read", 0),
        ("attention", "read", 0),
        ("gpt-3", "todo", 120),
        ("lora", "todo", 180),
    ]


def test_a_path_that_was_walked_says_so(roadmap: Run) -> None:
    """Nothing left is no error."""
    roadmap("mark-known", "mlp")
    done = roadmap("path", "mlp")

    assert (done.code, done.out) == (0, "")
    assert done.err == "Nothing is left on the way to MLP.\n"


def test_the_path_and_next_to_a_goal_agree(roadmap: Run) -> None:
    """Whoever follows `next --goal` walks the path."""
    path = [row[0] for row in roadmap("path", "llm/agents").rows]
    walked = []
    while rows := roadmap("next", "--goal", "llm/agents", "-n", "1").rows:
        walked.append(rows[0][0])
        roadmap("mark-read", walked[-1])

    assert walked == path
    assert "voyager" in path
    assert "bert" not in path


def test_within_a_time_only_what_fits_is_offered(roadmap: Run) -> None:
    """However the time is written."""
    for text in ("30m", "30", "0:30", "0.5h"):
        found = answer(roadmap, "next", "--within", text, "-n", "50")["suggestions"]
        assert found
        assert all(one["minutes"] <= 30 for one in found)
        assert all("fits" in {r["term"] for r in one["reasons"]} for one in found)


def test_when_nothing_fits_the_shortest_is_named(roadmap: Run) -> None:
    """In words for people, in fields for programs."""
    said = roadmap("next", "--within", "5m")
    found = answer(roadmap, "next", "--within", "5m")

    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "Nothing that can be begun now fits in 5 min; the shortest is F1, 10 min.\n"
    )
    assert (found["suggestions"], found["nearest"]["key"]) == ([], "f1")


@pytest.mark.parametrize("text", ["soon", "0", "-5", "", "1x"])
def test_a_time_that_is_none_is_wrong_usage(roadmap: Run, text: str) -> None:
    """With an example of what to write."""
    said = roadmap("next", f"--within={text}")

    assert said.code == 2
    assert said.err.endswith("is no length of time\nhint: write 45, 30m, 2h or 1h30\n")


def test_kind_and_level_choose_what_is_offered(roadmap: Run) -> None:
    """And what cannot be begun yet is told."""
    kinds = answer(roadmap, "next", "--kind", "blog", "-n", "9")["suggestions"]
    levels = answer(roadmap, "next", "--level", "intro", "-n", "9")["suggestions"]
    none = roadmap("next", "--kind", "simulator", "--level", "deep")

    assert {one["kind"] for one in kinds} == {"blog"}
    assert {one["level"] for one in levels} == {"intro"}
    assert none.err == "Nothing that is left is like that.\n"


def test_what_comes_nearest_counts_all_that_it_needs(roadmap: Run) -> None:
    """Through others too: as many as its path has before it."""
    found = answer(roadmap, "next", "--kind", "benchmark")
    nearest = found["nearest"]["key"]
    before = len(answer(roadmap, "path", nearest)["papers"]) - 1

    assert before > 1
    assert f"needs {before} other papers first" in found["remark"]


@pytest.mark.parametrize("columns", [40, 80])
def test_a_plan_says_the_minutes_of_each_paper(terminal: Run, columns: int) -> None:
    """However narrow the terminal."""
    shown = terminal("plan", "--hours", "3", "--goal", "rnn", columns=columns).out

    assert "45 min" in shown
    assert "40 min" in shown


def test_a_lot_can_be_drawn_again(roadmap: Run) -> None:
    """The seed is said, and gives the same."""
    drawn = answer(roadmap, "next", "--random")["suggestions"]
    text = drawn[0]["reasons"][0]["text"]
    seed = text.removeprefix("drawn by lot, seed ")
    again = answer(roadmap, "next", "--random", "--seed", seed)["suggestions"]

    assert text != seed
    assert [one["key"] for one in again] == [one["key"] for one in drawn]


def test_why_shows_every_term_with_its_rank(roadmap: Run, terminal: Run) -> None:
    """On a terminal only if asked for; in JSON always."""
    (one,) = answer(roadmap, "next", "-n", "1")["suggestions"]
    plain, why = terminal("next").out, terminal("next", "--why").out

    names = [term["term"] for term in one["terms"]]
    assert names == [
        "reading", "more", "topic", "area", "order", "language", "unlocks", "light", "listed", "needed"
    ]  # fmt: skip
    assert all(isinstance(term["rank"], int) and term["text"] for term in one["terms"])
    assert all(name in why for name in names)
    assert "stands for itself" not in plain
    assert plain.count("Why: ") == 1


def test_a_plan_is_dated_week_by_week(roadmap: Run) -> None:
    """The weeks' minutes are what was said; a long paper goes on in the next."""
    found = answer(roadmap, "plan", "--hours", "4", "--goal", "lora")
    weeks = {step["week"]: 0 for step in found["steps"]}
    for step in found["steps"]:
        weeks[step["week"]] += step["minutes"]

    assert weeks == {1: 240, 2: 115}
    assert found["steps"][0]["week_first"] == "2026-03-01"
    assert [step["key"] for step in found["steps"]] == [
        "mlp", "rnn", "attention", "gpt-3", "gpt-3", "lora"
    ]  # fmt: skip
    assert (found["end"], found["unfit"]) == ("2026-03-11", [])


def test_what_does_not_fit_is_said_with_what_would_be_enough(
    roadmap: Run, terminal: Run
) -> None:
    """And with that it fits."""
    late = ("plan", "--goal", "lora", "--until", "2026-03-14")
    short = answer(roadmap, *late, "--hours", "2")
    again = answer(roadmap, *late, "--hours", str(short["enough"] / 60))
    until = datetime.now().astimezone().date() + timedelta(days=13)
    shown = terminal(
        "plan", "--goal", "lora", "--until", str(until), "--hours", "2"
    ).out

    assert [one["key"] for one in short["unfit"]] == ["gpt-3", "lora"]
    assert again["unfit"] == []
    assert "2 papers will not fit before " in shown
    assert "With 2 h 58 a week everything would." in shown


@pytest.mark.parametrize("until", ["tomorrow", "today"])
@pytest.mark.parametrize("hours", [(), ("--hours", "2", "--per", "day")])
def test_no_plan_asks_for_more_than_anybody_reads(
    roadmap: Run, terminal: Run, until: str, hours: tuple[str, ...]
) -> None:
    """Twelve hours a day at most; it says what everything takes, and promises nothing."""
    made = answer(roadmap, "plan", "--until", until, *hours)
    shown = terminal("plan", "--until", until, *hours).out
    everything = made["minutes"] + sum(one["minutes"] for one in made["unfit"])

    assert made["weekly"] == (14 * 60 if hours else 84 * 60)
    assert {int(rate) for rate in re.findall(r"(\d+) h\S* a week", shown)} <= {14, 84}
    assert "everything would" not in shown
    assert (
        f"Everything takes {spoken(everything)}: more than anybody reads until then."
        in shown
    )


def test_a_plan_speaks_of_the_period_that_was_asked_for(terminal: Run) -> None:
    """Not of weeks, where the reader counts by days or months."""
    for hours, per, said in (
        ("4", "day", "4 h a day"),
        ("10", "month", "10 h a month"),
        ("1.5", "week", "1 h 30 a week"),
    ):
        call = ("plan", "--goal", "lora", "--hours", hours, "--per", per)

        assert f" at {said}: done by " in terminal(*call).out


def test_a_way_keeps_its_minutes_and_a_list_says_hours(terminal: Run) -> None:
    """Steps of less than an hour show in the running total, however long the way is."""
    way = terminal("path", "llm/agents", columns=100).out
    totals = re.findall(r"= (\d+) h( \d\d)?$", way, re.MULTILINE)
    long = [one for one in totals if int(one[0]) >= 10]

    assert len({*long}) == len(long) > 2
    assert any(minutes for _, minutes in long)
    assert re.search(r"\d h \d\d$", terminal("list", "llm/agents").out, re.MULTILINE)


def test_without_hours_a_last_day_says_how_much_it_takes(roadmap: Run) -> None:
    """Just enough, and everything fits."""
    found = answer(roadmap, "plan", "--goal", "lora", "--until", "2026-03-14")

    assert found["unfit"] == []
    assert found["weekly"] == found["enough"]
    assert 355 // 2 <= found["weekly"] <= 355 // 2 + 1


def test_without_hours_and_day_the_readers_pace_is_used(
    roadmap: Run, clock: Clock
) -> None:
    """If there is one; else it is asked for."""
    asked = roadmap("plan")
    for key in ("mlp", "cnn", "rnn", "einsum"):
        roadmap("mark-read", key)
        clock.pass_days(6)
    found = answer(roadmap, "plan")

    assert asked.code == 2
    assert asked.err == (
        "error: no hours were given, and your pace is not known yet\n"
        "hint: roadmap plan --hours 4 --per week\n"
    )
    assert found["remark"] == "Planned with your pace of the last 4 weeks."
    assert found["weekly"] == round((45 + 40 + 40 + 20) / 4)


def test_whoever_fell_behind_gets_a_new_plan_from_today(
    roadmap: Run, clock: Clock
) -> None:
    """Of what is left; no word about what was not done."""
    call = ("plan", "--hours", "4", "--goal", "lora")
    first = answer(roadmap, *call)
    roadmap("mark-read", "mlp")
    clock.pass_days(30)
    later = answer(roadmap, *call)

    assert (first["start"], later["start"]) == ("2026-03-01", "2026-03-31")
    assert later["remark"] == ""
    assert later["minutes"] == first["minutes"] - 45


@pytest.mark.parametrize(
    "call",
    [
        ("--hours", "0"),
        ("--hours", "nan"),
        ("--hours", "500"),
        ("--hours", "4", "--until", "2026-02-28"),
        ("--hours", "4", "--from", "2026-02-28"),
        ("--hours", "4", "--from", "0001-01-01", "--ics", "-"),
        ("--hours", "4", "--from", "2026-05-01", "--until", "2026-04-01"),
        ("--hours", "0.01"),
        ("--hours", "4", "--per", "year"),
        ("--hours", "4", "--from", "9999-12-31"),
    ],
)
def test_a_plan_that_cannot_be_is_wrong_usage(
    roadmap: Run, call: tuple[str, ...]
) -> None:
    """With one line that says why."""
    said = roadmap("plan", *call)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("error: ")


def test_the_goal_that_was_set_is_planned_unless_everything_is_wanted(
    roadmap: Run,
) -> None:
    """`--all` looks past it."""
    roadmap("goal", "set", "lora")

    assert (
        len({one["key"] for one in answer(roadmap, "plan", "--hours", "4")["steps"]})
        == 5
    )
    everything = answer(roadmap, "plan", "--hours", "4", "--all")
    assert len({one["key"] for one in everything["steps"]}) == 172


def test_a_plan_becomes_a_calendar_that_calendars_read(
    roadmap: Run, tmp_path: Path
) -> None:
    """An all-day event for each paper, the same one in every plan."""
    file = tmp_path / "plan.ics"
    said = roadmap("plan", "--hours", "4", "--goal", "lora", "--ics", str(file))
    events = calendar_events(file)

    assert (said.code, said.out) == (0, "")
    assert said.err == f"5 papers written to {file}\n"
    assert [str(one["summary"]) for one in events][-1] == (
        "Read LoRA: Low-Rank Adaptation of Large Language Models"
    )
    assert [str(one["uid"]) for one in events][-1] == "genai.lora@genai-roadmap"
    assert events[0]["dtstart"].dt == date(2026, 3, 1)
    days = [(one["dtstart"].dt, one["dtend"].dt) for one in events]
    assert all(first < after for first, after in days)
    assert days == sorted(days)
    assert roadmap("plan", "--hours", "4", "--ics", "-").out.startswith(
        "BEGIN:VCALENDAR"
    )


def test_a_hostile_title_stays_one_property_of_the_calendar(
    roadmap: Run, tmp_path: Path
) -> None:
    """No line of its own, no control character, whatever it says."""
    evil = tmp_path / "evil.toml"
    evil.write_text(
        'format = "roadmap-catalogue"\nversion = 1\nid = "evil"\ntitle = "x"\n'
        '[paper.p]\nurl = "https://example.org/"\nminutes = 10\n'
        'title = "a\\rATTENDEE:x\\u001b[2J \\u2028 END:VEVENT; b, c\\\\n"\n'
        f'note = "{"long " * 60}"\n'
    )
    out = tmp_path / "out.ics"
    roadmap("--catalogue", str(evil), "plan", "--hours", "1", "--ics", str(out))
    raw = out.read_bytes()
    (event,) = calendar_events(out)

    assert "attendee" not in event
    assert b"\x1b" not in raw
    assert "\u2028".encode() not in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_calendar_that_cannot_be_written_is_said(
    roadmap: Run, tmp_path: Path
) -> None:
    """Exit 6, as for every file."""
    said = roadmap("plan", "--hours", "4", "--ics", str(tmp_path / "no" / "plan.ics"))

    assert said.code == 6
    assert "cannot be written" in said.err


def test_a_plan_that_would_end_before_it_begins_is_wrong_usage(roadmap: Run) -> None:
    """However near the two days are."""
    for until in ("2030-01-09", "2030-01-01"):
        said = roadmap("plan", "--from", "2030-01-10", "--until", until)

        assert said.code == 2
        assert f"{until} is before 2030-01-10" in said.err


def test_a_plan_from_a_day_that_is_over_is_refused(
    roadmap: Run, tmp_path: Path
) -> None:
    """It is not silently one from today on, neither in a pipe nor as a calendar."""
    file = tmp_path / "plan.ics"
    for day in ("2026-02-28", "yesterday", "0001-01-01"):
        said = roadmap("plan", "--hours", "4", "--from", day, "--ics", str(file))

        assert (said.code, said.out, file.exists()) == (2, "", False)
        assert " is over\nhint: leave out --from to begin today\n" in said.err
    assert roadmap("plan", "--hours", "4", "--from", "today").code == 0


def test_a_plan_may_end_tomorrow(roadmap: Run) -> None:
    """Days to come have a word, too."""
    made = answer(roadmap, "plan", "--hours", "4", "--until", "tomorrow")

    assert (made["start"], made["until"]) == ("2026-03-01", "2026-03-02")
