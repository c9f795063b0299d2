"""The id of a catalogue is a name, wherever a topic or an area can be named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
MINE = """
format = "roadmap-catalogue"
version = 1
id = "mine"
title = "My own list"

[[area]]
id = "first"
title = "The first"

[[area.topic]]
id = "start"
title = "The start"
papers = ["aardvark", "bee"]

[paper.aardvark]
title = "On aardvarks"
url = "https://example.org/a"
minutes = 5

[paper.bee]
title = "On bees"
url = "https://example.org/b"
minutes = 5

[paper.cat]
title = "On cats, which stand in no topic"
url = "https://example.org/c"

[paper.dog]
title = "On dogs, no more"
url = "https://example.org/d"
retired = "no longer there"

[paper.lora-again]
title = "LoRA once more, which stands in a topic of the other catalogue"
url = "https://arxiv.org/abs/2106.09685"
"""
KEYS = ["aardvark", "bee", "lora", "cat"]
"""The works of the catalogue, by the names that they have where a work is shown."""
OWN = {"aardvark", "bee", "lora-again", "cat"}


@pytest.fixture(autouse=True)
def catalogue(home: Path) -> Path:
    """A catalogue of one's own, beside the shipped one."""
    path = home / "catalogues" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["mine", "MINE", "mine/", "My own list"])
def test_its_papers_are_listed_those_outside_topics_too(
    roadmap: Run, name: str
) -> None:
    """In reading order, and none that is retired."""
    rows = roadmap("list", name).rows

    assert {row[0] for row in rows} == OWN
    assert [row[0] for row in rows[:2]] == KEYS[:2]


def test_it_is_understood_wherever_a_topic_is(roadmap: Run) -> None:
    """What leads to it, what is next in it, what it holds."""
    shown = json.loads(roadmap("show", "mine", "--json").out)["topics"][0]
    path = roadmap("path", "mine").rows
    following = roadmap("next", "--topic", "mine", "-n", "9").rows

    assert (shown["title"], shown["total"]) == ("My own list", len(KEYS))
    assert [place["topic"] for place in shown["topics"]] == ["first", "first/start"]
    assert set(KEYS) <= {row[0] for row in path}
    assert {row[0] for row in following} <= {row[0] for row in path}
    assert roadmap("plan", "--goal", "mine", "--hours", "4").code == 0
    assert roadmap("next", "--goal", "mine").code == 0
    assert [row[0] for row in roadmap("list", "mine", "--where", "aardvarks").rows] == [
        "aardvark"
    ]


def test_it_can_be_the_goal(roadmap: Run) -> None:
    """And is told so in the next run; where it is not loaded, that is said."""
    roadmap("goal", "set", "mine")
    goal = json.loads(roadmap("goal", "show", "--json").out)["goals"][0]
    history = roadmap("history").out

    assert (goal["goal"], goal["kind"]) == ("mine", "catalogue")
    assert "mine" in history
    assert roadmap("undo").code == 0


def test_it_is_marked_whole_once_that_is_confirmed(roadmap: Run) -> None:
    """As an area is, and taken back whole."""
    refused = roadmap("mark-known", "mine")
    marked = roadmap("mark-known", "mine", "--yes").rows
    undone = roadmap("undo").rows

    assert refused.code == 2
    assert "marking 4 papers of My own list" in refused.err
    assert sorted(row[0] for row in marked) == sorted(row[0] for row in undone)
    assert sorted(row[0] for row in marked) == sorted(KEYS)


def test_what_stands_in_a_catalogue_comes_before_one_of_that_name(
    roadmap: Run, catalogue: Path
) -> None:
    """A catalogue does not hide a paper or an area: a slash behind its id names it."""
    catalogue.write_text(MINE.replace('id = "mine"', 'id = "lora"'), encoding="utf-8")

    assert '"papers"' in roadmap("show", "lora", "--json").out
    assert len(roadmap("list", "lora").rows) == len(KEYS)
    assert len(roadmap("list", "lora/").rows) == len(KEYS)
    assert "My own list" in roadmap("show", "lora/").out
    assert roadmap("goal", "set", "lora/").rows[0][0] == "lora/"


def test_a_slip_in_its_id_is_found_and_no_paper_is_meant_by_it(roadmap: Run) -> None:
    """Where a paper is asked for, that is said."""
    assert roadmap("list", "mien").err.endswith("did you mean `mine`?\n")
    assert roadmap("note", "mine", "x").err.startswith(
        "error: `mine` is a catalogue, not a paper\n"
    )
