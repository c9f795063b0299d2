"""Verbs that people guess, and commands that need fewer words."""

import json
from collections.abc import Callable

import pytest

from conftest import Result
from roadmap_cli.cli.framework.meanings import COMMANDS
from roadmap_cli.cli.framework.parsing import ALIASES
from roadmap_cli.cli.main import commands

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


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("delete", "remove"),
        ("ls", "list"),
        ("LS", "list"),
        ("progress", "stats"),
        ("next-paper", "next"),
        ("list_papers", "list"),
        ("random", "next --random"),
        ("find", "search"),
        ("bookmark", "mark-reading"),
        ("citation", "cite"),
        ("statistcs", "stats"),
        ("placement", "mark-known --ask"),
    ],
)
def test_a_word_that_means_a_command_is_offered_it(
    roadmap: Run, word: str, command: str
) -> None:
    """The meaning counts, and not only the letters."""
    done = roadmap(word)

    assert done.code == 2
    assert f"hint: did you mean `{command}`" in done.err


@pytest.mark.parametrize(
    "call", sorted({c for some in COMMANDS.values() for c in some})
)
def test_what_is_offered_is_understood(roadmap: Run, call: str) -> None:
    """Of the commands that there are, every option that is offered exists."""
    command = call.split(maxsplit=1)[0]
    if command in commands().commands:
        said = roadmap(*call.split(), "lora").err
        assert "no such option" not in said
        assert "no such command" not in said


def test_a_paper_is_offered_where_the_word_means_no_command(roadmap: Run) -> None:
    """A slip in a word of the table does not hide a paper."""
    assert "`roadmap show mamba`" in roadmap("mamba").err
    assert "ends by itself" in roadmap("quit").err


def test_the_goal_knows_what_words_mean_too(roadmap: Run) -> None:
    """`goal delete` is no name of a paper."""
    roadmap("goal", "lora")

    assert roadmap("goal", "delete").err.endswith("did you mean `clear`?\n")
    assert roadmap("goal", "show").rows[0][0] == "lora"


def test_help_knows_verbs_and_meanings(roadmap: Run) -> None:
    """What is understood as a command is understood there."""
    assert roadmap("help", "done").out == roadmap("help", "mark-read").out
    assert roadmap("help", "find").err.endswith("hint: did you mean `search`?\n")
