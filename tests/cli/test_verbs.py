"""Verbs that people guess, and commands that need fewer words."""

import json
from collections.abc import Callable

import pytest

from conftest import Result
from roadmap_cli.cli.framework.parsing import ALIASES

Run = Callable[..., Result]
STATUS = {
    "mark-read": "read",
    "mark-reading": "reading",
    "mark-known": "known",
    "mark-skipped": "skipped",
    "mark-unread": "todo",
}


@pytest.mark.parametrize("verb", sorted(ALIASES))
def test_a_verb_that_people_guess_marks(roadmap: Run, verb: str) -> None:
    """`roadmap done lora` is `roadmap mark-read lora`; help lists the commands alone."""
    roadmap("mark-read", "lora")
    roadmap("mark-reading", "lora")
    done = roadmap(verb, "lora", "--json")
    shown = json.loads(roadmap("show", "lora", "--json").out)["papers"][0]

    assert done.code == 0
    assert shown["status"] == STATUS[ALIASES[verb]]
    assert f"  {verb} " not in roadmap("--help").out


def test_the_help_and_the_complaints_of_a_verb_name_the_command(roadmap: Run) -> None:
    """What is to be typed next time is what help and documents say."""
    assert roadmap("done", "--help").out.startswith("Usage: roadmap mark-read ")
    assert roadmap("done", "lora", "--xyzzy").err.endswith(
        "hint: roadmap mark-read --help\n"
    )


def test_a_goal_is_set_by_its_name_alone(roadmap: Run) -> None:
    """A command that is misspelt is never taken for a name."""
    assert roadmap("goal", "lora").rows == roadmap("goal", "show").rows
    assert roadmap("goal", "cleer").code == 2
    assert roadmap("goal", "no-such-paper").code == 1
    assert roadmap("goal", "show").rows[0][0] == "lora"


def test_a_path_without_a_name_leads_to_the_goal(roadmap: Run) -> None:
    """Without a goal it says how to name one."""
    before = roadmap("path")
    roadmap("goal", "lora")

    assert (before.code, before.err) == (
        2,
        "error: no name was given, and no goal is set\nhint: roadmap path lora\n",
    )
    assert roadmap("path").out == roadmap("path", "lora").out
