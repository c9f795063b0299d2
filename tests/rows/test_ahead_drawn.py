"""What lies ahead as a person sees it: plans, ways and reasons on a terminal."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Clock, Result

Run = Callable[..., Result]


def why(shown: str) -> str:
    """The reasons that a drawing gives for the first suggestion, on one line."""
    _, _, after = " ".join(shown.partition("\n\nOr")[0].split()).partition("Why: ")
    return after


def days_ago(days: int) -> str:
    """A day of the past, of a process with a clock of its own."""
    return str(datetime.now().astimezone().date() - timedelta(days=days))


@pytest.mark.parametrize("columns", [40, 80, 130, 200])
def test_no_reason_is_lost_to_the_width(terminal: Run, columns: int) -> None:
    """Two are shown, the deciding one first, on as many lines as they take."""
    shown = terminal("next", columns=columns).out

    assert why(shown) == (
        "next in the curriculum: Neural Networks Inference and Training; "
        "opens the way to 161 other papers"
    )


@pytest.mark.parametrize("columns", [40, 60, 80, 130])
def test_after_a_long_break_the_first_suggestion_says_where_the_reader_was(
    terminal: Run, columns: int
) -> None:
    """Before all other reasons, at any width, and nowhere else."""
    terminal("mark-read", "mlp", "--on", days_ago(53))
    shown = terminal("next", columns=columns).out

    assert why(shown).startswith(
        "53 days ago you read MLP; "
        "continues Neural Networks Inference and Training, 1 of 6 done; opens"
    )
    assert shown.count("53 days ago") == 1
    bare = " ".join(terminal(columns=columns).out.split())
    assert "Why: 53 days ago you read MLP; continues" in bare


def test_a_plan_leaves_no_few_minutes_of_a_paper_for_another_week(roadmap: Run) -> None:
    """Two hours a week: five minutes over in the first, made up for by the others."""
    found = json.loads(roadmap("plan", "--hours", "2", "--goal", "mamba", "--json").out)
    steps = [(one["week"], one["key"], one["minutes"]) for one in found["steps"]]

    assert steps[:5] == [
        (1, "mlp", 45),
        (1, "cnn", 40),
        (1, "rnn", 40),
        (2, "attention", 90),
        (2, "annotated-s4", 25),
    ]
    assert found["minutes"] == sum(minutes for *_, minutes in steps) == 395
    assert found["end"] == "2026-03-23"


@pytest.fixture
def untimed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A catalogue of four papers, of which only the first says how long it takes."""
    papers = "".join(
        paper_text(key, fields)
        for key, fields in (
            ("base", "minutes = 70"),
            ("middle", 'requires = ["base"]'),
            ("top", 'requires = ["middle"]'),
            ("aside", ""),
        )
    )
    area = '[[area]]\nid = "a"\ntitle = "A"\n[[area.topic]]\nid = "t"\ntitle = "T"\n'
    file = tmp_path / "untimed.toml"
    file.write_text(f'{HEAD}{area}papers = ["base", "middle", "top"]\n{papers}')
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(file))


@pytest.mark.usefixtures("untimed")
def test_what_has_no_estimate_is_said_wherever_a_time_is(
    roadmap: Run, terminal: Run
) -> None:
    """The known time is never passed off as all of it; a plan says what it assumed."""
    roadmap("goal", "set", "top")
    way = "3 papers, 1 h 10, 2 without an estimate"
    whole = "0 of 4 done · 1 h 10 left, 3 without an estimate"

    assert f"Way to T  {way}" in terminal("path", "top").out
    assert f"Goal  T  {way.replace(',', ' to go,', 1)}" in terminal("goal").out
    assert whole in terminal().out
    assert whole in terminal("stats").out
    assert "1 h 10 left, 2 without an estimate" in terminal("list", "t").out
    assert re.search(r"0/3 +1 h 10\+ left$", terminal("list").out, re.MULTILINE)
    plan = terminal("plan", "--hours", "4", "--goal", "top").out
    assert "3 papers, 3 h 10 at 4 h a week" in plan
    assert "2 papers without an estimate counted as 1 h each." in plan


@pytest.mark.usefixtures("untimed")
def test_a_forecast_counts_what_has_no_estimate_as_a_plan_does(
    roadmap: Run, clock: Clock
) -> None:
    """An hour for each, of what was read as of what is left."""
    roadmap("mark-read", "base", "--on", "2026-02-01")
    roadmap("mark-read", "aside", "--on", "2026-02-08")
    roadmap("mark-read", "middle", "--on", "2026-02-20")
    found = json.loads(roadmap("stats", "--json").out)
    (left,) = found["forecasts"]

    assert found["pace"]["minutes_a_week"] == round((70 + 60 + 60) / 5, 1)
    assert (left["minutes_left"], left["untimed_left"]) == (0, 1)
    assert left["likely"] == str(clock.at.date() + timedelta(weeks=60 / 38))


@pytest.mark.usefixtures("untimed")
def test_a_topic_of_which_no_time_is_known_does_not_look_done(
    roadmap: Run, terminal: Run
) -> None:
    """Neither in a table nor in words."""
    roadmap("mark-read", "base")

    assert re.search(r"1/3 +\? left$", terminal("list").out, re.MULTILINE)
    assert "1 of 3 done · 2 without an estimate" in terminal("list", "t").out


def test_the_same_sum_is_the_same_text_on_one_screen(
    roadmap: Run, terminal: Run
) -> None:
    """Long times keep their minutes, on whichever page they stand."""
    way = terminal("path", "llm/agents").out
    (head,) = re.findall(r"15 papers, (.*)\n", way)
    assert re.findall(r"= (.*)\n", way)[-1] == head == "15 h 10"
    assert (
        f", {head} at 4 h a week"
        in terminal("plan", "--goal", "llm/agents", "--hours", "4").out
    )
    (everything,) = re.findall(r"· (\d{3} h.*) left", terminal().out)
    assert everything == "158 h 40"
    assert f"164 done · {everything} left" in terminal("stats").out

    roadmap("goal", "set", "llm/agents")
    assert f"15 papers to go, {head}" in terminal().out
    assert re.search(r"· \d{3} h \d\d left", terminal().out)


@pytest.mark.parametrize("columns", [40, 80])
def test_why_tells_which_terms_count_and_how(terminal: Run, columns: int) -> None:
    """Within topics the curriculum decides; outside all of them what opens most, then the light."""
    drawn = terminal("next", "--why", "-n", "1", columns=columns).out
    shown = " ".join(drawn.split())

    assert re.search(r"unlocks +\(?not used\)?:? +opens the way to 161", shown)
    assert re.search(r"light +\(?not used\)?:? +an easy read", shown)
    assert re.search(r"order +1:? +next in the curriculum", shown)
    assert shown.endswith(
        "The lower rank comes first, by the first term in which two papers differ."
    )
    assert "lower rank" not in terminal("next", columns=columns).out


@pytest.mark.usefixtures("untimed")
def test_outside_all_topics_the_further_terms_count(
    roadmap: Run, terminal: Run
) -> None:
    """Their ranks stand there."""
    roadmap("mark-read", "base", "middle", "top")
    shown = terminal("next", "--why").out

    assert "not used" not in shown
    assert re.search(r"unlocks +0 +opens the way to 0", shown)
    assert re.search(r"listed +4 +number 4 of 4", shown)


def test_the_mark_that_completes_a_topic_says_where_its_questions_are(
    roadmap: Run, terminal: Run
) -> None:
    """That mark alone, and only for one topic: whoever enters a whole area is not examined."""
    ask = "can you answer? roadmap review background/neural-networks\n"
    keys = [row[0] for row in roadmap("list", "background/neural-networks").rows]
    roadmap("mark-read", *keys[1:-1])
    roadmap("mark-skipped", keys[-1])
    completing = terminal("mark-read", keys[0]).out
    rated = terminal("mark-read", keys[0], "--rating", "4").out
    one_more = terminal("mark-read", keys[-1]).out

    assert f"5 of 5 done, 1 skipped\n{ask}next: " in completing
    assert "Can you answer?" in terminal("show", "background/neural-networks").out
    assert "can you answer?" not in rated + one_more
    whole = terminal("mark-known", "background", "--yes").out
    assert "done\n" in whole
    assert "can you answer?" not in whole
    assert "can you answer?" not in roadmap("mark-read", "llm/model-merging").out


@pytest.mark.parametrize("columns", [30, 40, 80, 130])
def test_the_weeks_of_a_plan_over_several_years_say_which(
    terminal: Run, columns: int
) -> None:
    """Both days where the year ends between them; a plan within a year need not say."""
    call = ("plan", "--hours", "4", "--from", "2040-12-12", "--no-pager")
    several = " ".join(terminal(*call, columns=columns).out.split())
    one_year = " ".join(
        terminal(*call, "--until", "2040-12-25", columns=columns).out.split()
    )

    assert "Week 1 12 Dec – 18 Dec 2040 ·" in several
    assert "Week 3 26 Dec 2040 – 1 Jan 2041 ·" in several
    assert "Week 4 2 Jan – 8 Jan 2041 ·" in several
    assert "Week 1 12 Dec – 18 Dec ·" in one_year


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_running_total_is_labelled_and_there_on_narrow_terminals_too(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """Each total of the way, and nothing for what adds nothing to it."""
    roadmap("mark-read", "attention")
    way = json.loads(roadmap("path", "lora", "--all", "--json").out)["papers"]
    shown = " ".join(terminal("path", "lora", "--all", columns=columns).out.split())
    totals = re.findall(r"(?:= |step \d · )(\d+ h(?: \d\d)?|\d+ min)", shown)

    assert "so far" in shown
    assert len({row["so_far"] for row in way} - {0}) == len(totals) == 2
    assert totals == ["2 h", "3 h"]
    if columns == 40:
        assert shown.count("so far") == len(totals)


def test_a_narrow_terminal_shows_of_a_hit_what_a_wide_one_does(terminal: Run) -> None:
    """Status, year, time, level, topic, and the words by which it was found."""
    narrow, wide = (
        " ".join(terminal("search", "gossip OR lora", columns=columns).out.split())
        for columns in (40, 200)
    )
    facts = re.findall(
        r'· todo (· .*? · llm/[a-z-]+(?: · (?:note|said elsewhere): "[^"]+")?)', wide
    )

    assert facts
    assert [fact for fact in facts if fact not in narrow] == []
