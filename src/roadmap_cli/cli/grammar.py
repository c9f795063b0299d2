"""The program's commands as plain values: what a TAB needs to know of them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from typer.core import TyperGroup, TyperOption

from roadmap_cli.cli.commands.helping import pages
from roadmap_cli.completion.line import Command, Parameter

_HELP = 70
"""Characters of a command's help that are worth showing beside its name."""


def grammar(program: Any) -> Command:  # noqa: ANN401 - the framework keeps its classes to itself
    """All that can be typed after the program's name."""
    known = _command(program, {})
    if asked := known["commands"].get("help"):
        about = {page.topic: _word(asked, page.title) for page in pages().values()}
        asked["commands"] = about | _topics(known["commands"], asked)
    if asked := known["commands"].get("schema"):
        asked["commands"] = _formats(asked)
    return known


def _formats(asked: Command) -> dict[str, Command]:
    """What has a schema: all commands that print JSON, and files."""
    from roadmap_cli.program import formats

    found: dict[str, Command] = {}
    for name, _, about in formats.listing():
        *groups, last = name.split()
        place = found
        for group in groups:  # listed before what is in it
            place = place[group]["commands"]
        place[last] = _word(asked, about)
    return found


def _topics(commands: Mapping[str, Command], asked: Command) -> dict[str, Command]:
    """The commands as topics of help: only their names can follow each other."""
    return {
        name: _word(asked, command["help"], _topics(command["commands"], asked))
        for name, command in commands.items()
    }


def _word(
    asked: Command, about: str, inner: Mapping[str, Command] = MappingProxyType({})
) -> Command:
    options = asked["options"]
    return Command(help=about, options=options, arguments=[], commands={**inner})


def _command(command: Any, shared: Mapping[str, object]) -> Command:  # noqa: ANN401 - as above
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    # What a value is says our own signature: how the framework keeps it changes.
    own_hints = get_type_hints(command.callback) if command.callback else {}
    hints = {**shared, **own_hints}
    parameters = [_parameter(parameter, hints) for parameter in shown]
    inner = command.commands if isinstance(command, TyperGroup) else {}
    return Command(
        help=command.get_short_help_str(_HELP),
        options=[parameter for parameter in parameters if parameter["names"]],
        arguments=[parameter for parameter in parameters if not parameter["names"]],
        commands={
            name: _command(inside, shared or hints)
            for name, inside in inner.items()
            if not inside.hidden
        },
    )


def _parameter(parameter: Any, hints: Mapping[str, object]) -> Parameter:  # noqa: ANN401
    is_option = isinstance(parameter, TyperOption)
    kinds = list(_kinds(hints.get(parameter.name)))
    return Parameter(
        names=[*parameter.opts, *parameter.secondary_opts] if is_option else [],
        help=parameter.help or "",
        takes="FILE" if Path in kinds else parameter.metavar or "",
        choices=[
            choice.value
            for kind in kinds
            if issubclass(kind, StrEnum)
            for choice in kind
        ],
        is_flag=is_option and parameter.is_flag,
        is_many=parameter.nargs == -1 or getattr(parameter, "multiple", False),
    )


def _kinds(hint: object) -> Iterator[type]:
    """The classes that an annotation speaks of: `Status` of `list[Status] | None`."""
    if inner := get_args(hint):
        for part in inner:
            yield from _kinds(part)
    elif isinstance(hint, type):
        yield hint
