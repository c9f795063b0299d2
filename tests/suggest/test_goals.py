"""Goals: set, shown, followed, reached, taken back, and kept in the journal."""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOON, a_library, a_paper
from conftest import Clock, Result
from roadmap_cli.progress.events import Aim, Event
from roadmap_cli.progress.replay import replay

Run = Callable[..., Result]
LIBRARY = a_library([a_paper("lora")])


def goal(roadmap: Run) -> dict[str, Any] | None:
    """The goal as `goal show` tells it."""
    goals: list[dict[str, Any]] = json.loads(roadmap("goal", "show", "--json").out)[
        "goals"
    ]
    return goals[0] if goals else None


def first(roadmap: Run, *options: str) -> str:
    """The key that `next` suggests first."""
    return roadmap("next", "-n", "1", *options).rows[0][0]


def test_a_goal_is_followed_until_it_is_reached(roadmap: Run) -> None:
    """Then the curriculum goes on where the reader is."""
    roadmap("mark-known", "mlp", "rnn")
    assert roadmap("goal", "set", "lora").rows[0][:3] == ["lora", "paper", "3"]
    walked = []
    while (found := goal(roadmap)) and not found["is_reached"]:
        walked.append(first(roadmap))
        roadmap("mark-read", walked[-1])

    assert walked == ["attention", "gpt-3", "lora"]
    assert first(roadmap) not in ("", "lora")
    assert json.loads(roadmap("next", "--json").out)["goal"]["is_reached"]


def test_a_topic_asked_for_wins_over_the_goal_and_another_goal_too(
    roadmap: Run,
) -> None:
    """What is said now is meant more than what was said once."""
    roadmap("goal", "set", "lora")

    assert first(roadmap, "--topic", "diffusion") == "mlp"
    kept = {row[0] for row in roadmap("next", "-n", "99").rows}
    asked = {row[0] for row in roadmap("next", "-n", "99", "--topic", "findings").rows}
    other = roadmap("next", "-n", "99", "--goal", "einsum").rows
    assert kept == {"mlp"}
    assert "mlp" in asked
    assert [row[0] for row in other] == ["einsum"]


def test_where_the_way_has_nothing_as_wished_the_rest_is_looked_through(
    roadmap: Run,
) -> None:
    """Ten minutes before the train leaves: what fits is offered, and that it is beside the way."""
    roadmap("goal", "set", "mamba")
    beside = roadmap("next", "--within", "10m")
    on_the_way = roadmap("next", "--within", "45m")
    named = roadmap("next", "--within", "10m", "--goal", "mamba")

    assert [row[0] for row in beside.rows] == ["f1"]
    assert (
        beside.err == "Nothing on the way to Mamba is like that; beside it there is:\n"
    )
    assert ([row[0] for row in on_the_way.rows], on_the_way.err) == (["mlp"], "")
    assert named.out == ""
    assert "fits in 10 min" in named.err


def test_a_goal_is_an_event_like_any_other(roadmap: Run, home: Path) -> None:
    """A paper by its full name, a topic by its own, and a clear word for none."""
    roadmap("goal", "set", "lora")
    roadmap("goal", "set", "agents")
    roadmap("goal", "clear")
    journal = tomllib.loads((home / "progress" / "desk.toml").read_text("utf-8"))
    said = [
        {name: value for name, value in one.items() if name != "at"}
        for one in journal["event"]
    ]

    assert said == [
        {"paper": "genai/lora", "goal": True},
        {"goal": True, "topic": "genai/llm/agents"},
        {"goal": False},
    ]


def test_undo_and_redo_bring_goals_back(roadmap: Run) -> None:
    """Exactly, and with a word about it."""
    roadmap("goal", "set", "lora")
    roadmap("goal", "set", "llm/agents")
    undone = roadmap("undo")
    after_undo = goal(roadmap)
    roadmap("redo")
    after_redo = goal(roadmap)
    roadmap("undo"), roadmap("undo")

    assert undone.err == "your goal is LoRA again\n"
    assert after_undo
    assert after_redo
    assert (after_undo["goal"], after_redo["goal"]) == ("lora", "llm/agents")
    assert goal(roadmap) is None


def test_setting_what_is_set_and_clearing_nothing_writes_nothing(
    roadmap: Run, home: Path
) -> None:
    """And says so."""
    cleared = roadmap("goal", "clear")
    assert not (home / "progress" / "desk.toml").exists()
    roadmap("goal", "set", "lora")
    before = (home / "progress" / "desk.toml").read_bytes()
    again = roadmap("goal", "set", "2106.09685")

    assert cleared.err == "no goal was set\n"
    assert again.err == "that is your goal already\n"
    assert (home / "progress" / "desk.toml").read_bytes() == before


def test_an_unclear_goal_changes_nothing(roadmap: Run, home: Path) -> None:
    """Neither an unknown nor an ambiguous name, nor a missing one."""
    for call, code in ((["lorra"], 1), (["evaluation"], 1), ([], 2)):
        assert roadmap("goal", "set", *call).code == code
    assert roadmap("next", "--goal", "lorra").code == 1
    assert not home.joinpath("progress").exists()


def test_history_tells_of_goals(roadmap: Run) -> None:
    """In words."""
    roadmap("goal", "set", "lora")
    roadmap("goal", "set", "llm")
    roadmap("goal", "clear")

    assert [row[2:4] for row in roadmap("history").rows] == [
        ["", "goal cleared"],
        ["", "goal set: genai/llm"],
        ["lora", "goal set"],
    ]
    assert [row[3] for row in roadmap("history", "lora").rows] == ["goal set"]


def test_the_goal_of_a_catalogue_that_is_gone_is_told_apart_from_none(
    roadmap: Run, tmp_path: Path
) -> None:
    """It is kept, and followed again when the catalogue is back."""
    other = tmp_path / "own.toml"
    other.write_text(
        'format = "roadmap-catalogue"\nversion = 1\nid = "own"\ntitle = "Own"\n'
        '[paper.mine]\ntitle = "Mine"\nurl = "https://example.org/mine"\n'
    )
    roadmap("--catalogue", str(other), "goal", "set", "mine")
    gone = roadmap("goal", "show")

    assert gone.err == (
        "Your goal, own/mine, is in no catalogue that is loaded: roadmap goal set NAME\n"
    )
    assert first(roadmap) == "mlp"
    assert "mine" in roadmap("--catalogue", str(other), "goal").out


def test_without_a_goal_it_is_said_how_to_set_one(roadmap: Run) -> None:
    """An empty answer is no error."""
    shown = roadmap("goal")

    assert (shown.code, shown.out) == (0, "")
    assert shown.err == "No goal is set: roadmap goal set NAME\n"


def test_the_bare_program_tells_how_far_the_goal_is(
    roadmap: Run, terminal: Run
) -> None:
    """In papers and time."""
    roadmap("goal", "set", "lora")

    assert "Goal  LoRA  5 papers to go, 5 h 55" in terminal().out


def test_what_was_asked_for_is_no_goal(roadmap: Run, terminal: Run) -> None:
    """A way is headed as one, with or without a goal; a topic that was asked for has no head."""
    roadmap("mark-read", "attention", "lora")
    way = terminal("path", "lora", "--all").out.splitlines()[0]
    assert way == "Way to LoRA  nothing left"

    roadmap("goal", "set", "llm/agents")
    for call in (
        ("next", "--goal", "mamba"),
        ("path", "mamba"),
        ("plan", "--goal", "mamba", "--hours", "4"),
    ):
        assert terminal(*call).out.startswith("Way to Mamba")
    for words in (("next",), ("plan", "--hours", "4")):
        assert terminal(*words).out.startswith("Goal  LLM-powered Agents")
    assert "Agents" not in terminal("next", "--topic", "diffusion").out


def test_with_an_unreadable_journal_a_goal_is_unknown_not_zero(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Nothing is claimed that is not known."""
    roadmap("goal", "set", "lora")
    (home / "progress" / "lap.toml").write_bytes(b"\0" * 99)
    shown = terminal("goal")

    assert "progress unknown" in shown.out
    assert "to go" not in shown.out
    assert roadmap("goal", "clear").code == 3


@given(st.lists(st.sampled_from(["paper", "topic", "clear", "odd"]), max_size=6))
def test_the_last_word_on_the_goal_holds(words: list[str]) -> None:
    """What cannot be a goal changes nothing."""
    fields: dict[str, dict[str, object]] = {
        "paper": {"goal": True},
        "topic": {"goal": True, "topic": "test/m"},
        "clear": {"goal": False},
        "odd": {"goal": "soon"},
    }
    aims = {
        "paper": Aim(paper="test/lora"),
        "topic": Aim(topic="test/m"),
        "clear": None,
    }
    events = [
        Event(
            NOON + timedelta(minutes=minute),
            "desk",
            0,
            "test/lora" if word == "paper" else "",
            fields[word],
        )
        for minute, word in enumerate(words)
    ]
    told = [word for word in words if word != "odd"]

    assert replay(events, LIBRARY).aim == (aims[told[-1]] if told else None)


@pytest.mark.parametrize("name", ["lora", "llm/agents", "llm"])
def test_a_goal_outlives_the_index(
    roadmap: Run, home: Path, name: str, clock: Clock
) -> None:
    """The journal is the truth."""
    roadmap("goal", "set", name)
    for file in (home / "cache").iterdir():
        file.unlink()
    clock.pass_days(1)
    roadmap("mark-read", "einsum")

    assert (goal(roadmap) or {})["goal"] == name


def test_a_draw_by_lot_says_how_far_the_goal_is_too(roadmap: Run) -> None:
    """As the usual order does."""
    drawn = json.loads(roadmap("next", "--goal", "lora", "--random", "--json").out)
    reasons = {one["term"]: one["text"] for one in drawn["suggestions"][0]["reasons"]}

    assert re.fullmatch(r"on the way to LoRA, \d+ papers to go", reasons["goal"])


def test_a_goal_that_is_reached_shows_nothing_that_is_not_done(
    roadmap: Run, terminal: Run
) -> None:
    """What it needed is needed no more, so a bar that is not full would be beside the point."""
    roadmap("goal", "set", "background")
    before = terminal("goal").out
    roadmap("mark-read", "background", "--yes")
    after = terminal("goal").out

    assert " done" in before
    assert "reached" in after
    assert " done" not in after
    assert "░" not in after


def test_a_goal_that_is_skipped_is_not_reached_and_the_way_back_is_said(
    roadmap: Run, terminal: Run
) -> None:
    """To skip is to leave out, whatever asks how far it is."""
    roadmap("mark-skipped", "mamba")
    roadmap("goal", "set", "mamba")
    said = "Mamba is skipped: roadmap mark-unread mamba takes it back in\n"

    for call in (
        ("goal", "set", "mamba"),
        ("goal",),
        ("path", "mamba"),
        ("next", "--goal", "mamba"),
        ("plan", "--goal", "mamba", "--hours", "4"),
    ):
        assert roadmap(*call).err.endswith(said)
    shown = goal(roadmap) or {}
    assert (shown["is_reached"], shown["is_skipped"], shown["left"]) == (False, True, 0)
    assert terminal("goal").out == f"{said}Goal  Mamba  skipped\n"
    for words in ("", "next", "path mamba --all"):
        drawn = terminal(*words.split()).out
        assert "Mamba  skipped; roadmap mark-unread mamba" in drawn
    assert [
        one["of"] for one in json.loads(roadmap("stats", "--json").out)["forecasts"]
    ] == ["all"]

    roadmap("mark-unread", "mamba")
    assert first(roadmap) == "mlp"
    assert (goal(roadmap) or {})["left"] == 6


def test_skipped_papers_leave_the_count_of_a_topic_that_is_a_goal(roadmap: Run) -> None:
    """With the others read it is reached; with none but skipped ones it is not."""
    roadmap("goal", "set", "llm/model-merging")
    papers = [row[0] for row in roadmap("list", "llm/model-merging").rows]
    roadmap("mark-skipped", papers[0])
    open_ = goal(roadmap) or {}
    roadmap("mark-read", *papers[1:])
    reached = goal(roadmap) or {}
    roadmap("mark-skipped", *papers)
    skipped = goal(roadmap) or {}

    assert (open_["is_reached"], open_["is_skipped"]) == (False, False)
    assert (reached["is_reached"], reached["is_skipped"]) == (True, False)
    assert (skipped["is_reached"], skipped["is_skipped"]) == (False, True)


def test_of_a_way_what_belongs_to_a_topic_is_offered_or_that_nothing_does(
    roadmap: Run,
) -> None:
    """A goal and a topic together are what both take."""
    both = json.loads(
        roadmap("next", "--goal", "mamba", "--topic", "background", "--json").out
    )
    none = roadmap("next", "--goal", "mamba", "--topic", "diffusion")

    assert [one["key"] for one in both["suggestions"]] == ["mlp"]
    assert "on the way to Mamba, 6 papers to go" in {
        one["text"] for one in both["suggestions"][0]["reasons"]
    }
    assert (none.code, none.out) == (0, "")
    assert none.err == (
        "Nothing that is left on the way to Mamba belongs to Diffusion Models: "
        "leave out --goal or --topic\n"
    )


def test_a_goal_that_is_reached_leads_on_to_what_builds_on_it(roadmap: Run) -> None:
    """The mark says so; then comes what builds on it, with what that needs; then the rest."""
    roadmap("goal", "set", "mamba")
    on_the_way = roadmap("mark-read", "mlp", "cnn", "rnn", "attention", "annotated-s4")
    reached = roadmap("mark-read", "mamba")
    shown = json.loads(roadmap("goal", "show", "--json").out)
    planned = [row[4] for row in roadmap("plan", "--hours", "9").rows]
    walked = []
    for _ in range(3):
        walked += json.loads(roadmap("next", "-n", "1", "--json").out)["suggestions"]
        roadmap("mark-read", walked[-1]["key"])
    reasons = [[why["text"] for why in offer["reasons"]][:2] for offer in walked]

    assert "reached" not in on_the_way.err
    assert reached.err == (
        "you have reached your goal, Mamba; to set another: roadmap goal NAME\n"
    )
    assert [offer["key"] for offer in walked[:2]] == ["linear-attention", "mamba-2"]
    assert reasons[0][1] == "leads to what builds on Mamba, the goal that you reached"
    assert reasons[1][0] == "builds on Mamba, the goal that you reached"
    assert "goal" not in {why["term"] for why in walked[2]["reasons"]}
    assert [offer["key"] for offer in shown["next"]] == ["linear-attention"]
    assert planned[0] == "linear-attention"


def test_what_was_asked_for_comes_before_what_builds_on_a_goal(roadmap: Run) -> None:
    """A topic, another goal, and nothing where the goal was skipped."""
    roadmap("goal", "set", "mlp")
    roadmap("mark-read", "mlp")
    texts = [
        roadmap("next", *asked).out
        for asked in (("--topic", "llm"), ("--goal", "mamba"), ())
    ]
    roadmap("mark-skipped", "mlp")

    assert ["goal that you reached" in text for text in texts] == [False, False, True]
    assert "goal that you reached" not in roadmap("next").out
