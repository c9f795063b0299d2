"""The one command that a run asks for, without all the others."""

from collections.abc import Iterator, Sequence

import typer

TAKE_A_VALUE = ("--catalogue", "--color")
"""The program's own options whose value is the next word."""
_LOOK_AROUND = ("help",)
"""Commands that speak of the others, and so need all of them."""


def alone(app: typer.Typer, arguments: Sequence[str]) -> typer.Typer:
    """The program with nothing but the command that these words ask for.

    The whole program, where that is none that it has: then it is to be listed, or guessed.
    """
    wanted = _first_word(arguments)
    for place in _places(app) if wanted and wanted not in _LOOK_AROUND else ():
        commands = [one for one in place.registered_commands if _name(one) == wanted]
        groups = [one for one in place.registered_groups if one.name == wanted]
        if commands or groups:
            return _with(app, commands, groups)
    return app


def _first_word(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor an option's value."""
    words = iter(arguments)
    for word in words:
        if word in TAKE_A_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _places(app: typer.Typer) -> Iterator[typer.Typer]:
    """The program, and the parts whose commands are its own."""
    yield app
    for one in app.registered_groups:
        if not one.name and one.typer_instance is not None:
            yield one.typer_instance


def _name(info: typer.models.CommandInfo) -> str:
    called = getattr(info.callback, "__name__", "")
    return info.name or typer.main.get_command_name(called)


def _with(
    app: typer.Typer,
    commands: list[typer.models.CommandInfo],
    groups: list[typer.models.TyperInfo],
) -> typer.Typer:
    small = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    small.info = app.info
    small.registered_callback = app.registered_callback
    small.registered_commands = commands
    small.registered_groups = groups
    return small
