"""The command that is asked for, alone, is the same as among all others."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from typer.core import TyperOption

from conftest import Result
from everything import commands as names
from roadmap_cli.cli.asked import PARTS, TAKE_A_VALUE
from roadmap_cli.cli.main import commands


def pages(program: Any, words: list[str], parent: Any = None) -> Iterator[str]:
    """The help of a command and of all below it."""
    context = typer.Context(
        program, info_name=" ".join(words) or "roadmap", parent=parent
    )
    yield program.get_help(context)
    for name, one in getattr(program, "commands", {}).items():
        yield from pages(one, [name], context)


@pytest.mark.parametrize("name", [one for one in names() if " " not in one])
def test_a_command_alone_has_the_help_that_it_has_among_all(name: str) -> None:
    """Options, arguments, examples, and what stands below it."""
    whole = commands().commands[name]
    single = commands([name, "--json"])

    assert list(single.commands) == [name] or name == "help"
    assert list(pages(single.commands[name], [name])) == list(pages(whole, [name]))


def test_every_command_is_found_in_its_part() -> None:
    """What the table does not name would be there, but all parts be loaded for it."""
    assert " ".join(PARTS.values()).split() == list(commands().commands)


def test_the_programs_options_that_take_a_value_are_known() -> None:
    """Else a value would be taken for the command."""
    taking = {
        word
        for one in commands().params
        if isinstance(one, TyperOption) and not one.is_flag
        for word in one.opts
    }

    assert taking == set(TAKE_A_VALUE)


@pytest.mark.parametrize(
    "words",
    [["nexxt"], ["help", "next"], ["--", ""], ["--help"], ["-qh"], ["--json", "-h"]],
)
def test_where_commands_are_listed_or_guessed_the_program_is_whole(
    words: list[str],
) -> None:
    """Nothing is left out."""
    assert list(commands(words).commands) == list(commands().commands)


@pytest.mark.parametrize("words", [[], ["--json"], ["--catalogue", "next"]])
def test_where_no_command_is_asked_for_none_is_loaded(words: list[str]) -> None:
    """The bare program shows where the reader stands, and names commands by a table."""
    assert list(commands(words).commands) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["next"], "next"),
        (["--color", "never", "next"], "next"),
        (["--catalogue", "next", "list", "next"], "list"),
        (["-q", "--plain", "goal", "set", "lora"], "goal"),
        (["--color=never", "where"], "where"),
        (["--json", "mark-read", "list"], "mark-read"),
    ],
)
def test_the_first_word_that_is_no_options_value_is_the_command(
    words: list[str], name: str
) -> None:
    """Whatever stands before it."""
    assert list(commands(words).commands) == [name]


def test_options_before_the_command_reach_it(roadmap: Callable[..., Result]) -> None:
    """Through the whole program, as before."""
    assert roadmap("--color", "never", "--plain", "next", "-n", "1").code == 0
    assert "did you mean `next`" in roadmap("--plain", "nexxt").err
