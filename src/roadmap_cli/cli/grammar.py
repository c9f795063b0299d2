"""The program's commands as plain values: what a TAB needs to know of them."""

from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup, TyperOption

from roadmap_cli.completion.line import Command, Parameter

_HELP = 70
"""Characters of a command's help that are worth showing beside its name."""


def grammar(app: typer.Typer) -> Command:
    """All that can be typed after the program's name."""
    return _command(typer.main.get_command(app), [])


def _command(command: Any, inherited: Sequence[str]) -> Command:  # noqa: ANN401 - the framework keeps its classes to itself
    helps = command.context_settings.get("help_option_names") or inherited
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    options = [_parameter(one) for one in shown if isinstance(one, TyperOption)]
    own = command.commands if isinstance(command, TyperGroup) else {}
    return Command(
        help=command.get_short_help_str(_HELP),
        options=[*options, _help(helps)],
        arguments=[
            _parameter(one) for one in shown if not isinstance(one, TyperOption)
        ],
        commands={
            name: _command(one, helps) for name, one in own.items() if not one.hidden
        },
    )


def _help(names: Sequence[str]) -> Parameter:
    return Parameter(
        names=list(names),
        help="Show this message and exit.",
        takes="",
        choices=[],
        is_flag=True,
        is_many=False,
    )


def _parameter(parameter: Any) -> Parameter:  # noqa: ANN401
    is_option = isinstance(parameter, TyperOption)
    is_file = parameter.type.name in ("path", "file", "directory")
    names = [*parameter.opts, *parameter.secondary_opts] if is_option else []
    return Parameter(
        names=names,
        help=parameter.help or "",
        takes="FILE" if is_file else parameter.metavar or "",
        choices=[str(one) for one in getattr(parameter.type, "choices", ())],
        is_flag=is_option and parameter.is_flag,
        is_many=parameter.nargs == -1 or getattr(parameter, "multiple", False),
    )
