"""What is told of papers, topics and goals that no catalogue which is loaded has."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import HEAD, NOON, paper_text
from conftest import Clock, Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
MINE = f"""{HEAD.replace('"test"', '"mine"')}
[[area]]
id = "a"
title = "Area"
[[area.topic]]
id = "t"
title = "Topic"
papers = ["x"]
{paper_text("x")}{paper_text("old", 'retired = "read another"')}"""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """The file of a catalogue that is loaded only where it is named."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    return str(path)


@pytest.fixture
def under(roadmap: Run, mine: str, clock: Clock) -> Run:
    """Run the program with that catalogue, a minute later."""

    def run(*arguments: str) -> Result:
        clock.pass_days(1 / 1440)
        return roadmap("--catalogue", mine, *arguments)

    return run


def output(run: Run, *arguments: str) -> Any:
    """What the program prints as JSON."""
    return json.loads(run(*arguments, "--json").out)


def test_a_mark_is_taken_back_and_given_again_by_its_full_name(
    roadmap: Run, under: Run, terminal: Run
) -> None:
    """In lines, drawn, as JSON, and as a rehearsal; what is told is what then holds."""
    under("mark-read", "x", "--rating", "4")
    rehearsed = roadmap("undo", "--dry-run")
    assert rehearsed.rows == [["mine/x", "read", "todo", ""]]
    assert under("list", "a/t", "--status", "read").out

    assert roadmap("undo").rows == [["mine/x", "read", "todo", ""]]
    assert not under("list", "a/t", "--status", "read").out
    (change,) = output(roadmap, "redo")["changes"]
    assert (change["key"], change["from"], change["to"]) == ("mine/x", "todo", "read")
    assert (change["rating_from"], change["rating"]) == (None, 4)
    assert (change["catalogue"], change["title"], change["topics"]) == ("mine", "", [])
    assert "mine/x  read → todo" in terminal("undo").out


def test_of_marks_in_both_catalogues_all_are_told(roadmap: Run, under: Run) -> None:
    """Those that are known by their short names."""
    both = ("--catalogue", under("where").rows[0][1])
    roadmap(*both, "mark-read", "x")
    under("undo")
    shipped = roadmap("where").rows[0][1]
    roadmap(*both, "--catalogue", shipped, "mark-read", "x", "lora")

    assert [row[:3] for row in roadmap("undo").rows] == [
        ["lora", "read", "todo"],
        ["mine/x", "read", "todo"],
    ]


@pytest.mark.parametrize(
    ("goal", "name"), [("x", "mine/x"), ("a/t", "mine/a/t"), ("a", "mine/a")]
)
def test_a_goal_of_another_catalogue_is_told_by_its_full_name(
    roadmap: Run, under: Run, goal: str, name: str
) -> None:
    """Never as no goal; `set` and `goal` say it to programs."""
    under("goal", "set", goal)
    shown = roadmap("goal")
    undone = roadmap("undo")
    redone = output(roadmap, "redo")
    again = roadmap("undo"), roadmap("redo")

    remark = "is in no catalogue that is loaded"
    assert shown.err == f"Your goal, {name}, {remark}: roadmap goal set NAME\n"
    assert undone.err == f"no goal is set any more\nthe goal so far: {name}\n"
    assert redone["goal"] == {"from": None, "to": name}
    assert again[1].err == f"your goal is {name} again, which {remark}\n"
    assert output(roadmap, "goal")["set"] == name
    assert output(roadmap, "goal")["goals"] == []
    roadmap("goal", "clear")
    assert output(roadmap, "goal", "show")["set"] is None
    assert roadmap("undo").err == f"your goal is {name} again, which {remark}\n"


def test_a_goal_that_was_retired_meanwhile_is_told_as_such(
    under: Run, mine: str
) -> None:
    """It is still set: nothing leads there any more."""
    under("goal", "set", "x")
    text = Path(mine).read_text()
    Path(mine).write_text(
        text.replace('"https://example.org/x"', '"https://e.org"\nretired = "y"')
    )

    assert under("goal").err.startswith("Your goal, T, is no longer in the catalogue: ")
    under("undo")
    assert under("redo").err == (
        "your goal is T again, which is no longer in the catalogue\n"
    )


def test_what_changes_nothing_is_told_all_the_same(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """A later word of another device holds: the mark is taken back without effect."""
    roadmap("mark-read", "lora", "mlp")
    events = stanza(NOON.replace(hour=13), "genai/lora", {"status": "skipped"})
    (home / "progress" / "phone.toml").write_text(header("phone") + events)
    clock.pass_days(1)
    rehearsed, undone = roadmap("undo", "--dry-run"), roadmap("undo")
    redone = output(roadmap, "redo")

    assert rehearsed.err.endswith("would take back: lora read; that changes nothing\n")
    assert undone.err == "took back: lora read; that changes nothing\n"
    assert [row[0] for row in undone.rows] == ["mlp"]
    assert redone["said"] == [
        {"key": "lora", "what": "read"},
        {"key": "mlp", "what": "read"},
    ]
    assert [one["key"] for one in redone["changes"]] == ["mlp"]


def test_the_history_of_a_paper_is_told_by_its_full_name(
    roadmap: Run, under: Run
) -> None:
    """Where no catalogue has it; a name that nothing was said of is not found."""
    under("mark-read", "x")
    under("goal", "set", "x")

    assert [row[2:4] for row in roadmap("history", "mine/x").rows] == [
        ["mine/x", "goal set"],
        ["mine/x", "read"],
    ]
    assert roadmap("history", "mine/y").code == 1


@pytest.mark.parametrize("command", ["merge", "import"])
def test_what_comes_in_is_told_by_its_full_name(
    roadmap: Run, tmp_path: Path, command: str
) -> None:
    """It changes statuses though no catalogue has the papers."""
    path = tmp_path / "phone.toml"
    events = [
        stanza(NOON, f"{name}/x", {"status": "read"}) for name in ("mine", "other")
    ]
    path.write_text(header("phone") + "".join(events))

    assert roadmap(command, str(path)).err.startswith(
        "2 new events came in: mine/x is read and other/x is read\n"
    )


def test_a_mark_says_nothing_of_what_was_taken_back(roadmap: Run) -> None:
    """Its JSON has the same keys, empty."""
    marked = output(roadmap, "mark-read", "lora")

    assert (marked["goal"], marked["said"]) == (None, [])
