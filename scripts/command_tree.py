"""The program's commands as their helps tell them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer

from roadmap_cli.cli.main import assembled


@dataclass(frozen=True)
class Entry:
    """One command as its help tells it; options and arguments with their meanings."""

    words: str
    about: list[str]
    calls: list[str]
    usage: str
    arguments: list[tuple[str, str]]
    options: list[tuple[str, str]]


def entries(
    command: Any = None, parent: Any = None, name: str = "roadmap"
) -> Iterator[Entry]:
    """Every command, the program itself first."""
    command = command or typer.main.get_command(assembled())
    context = typer.Context(command, info_name=name, parent=parent)
    said = re.split(r"\n\s*\n", (command.help or "").strip())
    records = [
        (one.param_type_name, one.get_help_record(context)) for one in command.params
    ]
    yield Entry(
        context.command_path,
        [" ".join(one.split()) for one in said if not one.startswith("Example: ")],
        [one.removeprefix("Example: ") for one in said if one.startswith("Example: ")],
        " ".join([context.command_path, *command.collect_usage_pieces(context)]),
        [_readable(*one) for kind, one in records if one and kind == "argument"],
        [_readable(*one) for kind, one in records if one and kind == "option"],
    )
    for word, one in getattr(command, "commands", {}).items():
        yield from entries(one, context, word)


def _readable(name: str, said: str) -> tuple[str, str]:
    """A long list of choices told after the meaning, where it can be wrapped."""
    name, _, choices = name.partition(" <")
    said = " ".join(said.split())
    if "|" not in choices:
        return (f"{name} <{choices}" if choices else name), said
    options = choices.rstrip(">").replace("|", ", ")
    meaning, bracket, rest = said.partition(" [")
    return name, f"{meaning.rstrip('.')}: {options}.{bracket}{rest}"
