"""The program's parts, and the one command that a run asks for without all the others.

To load every part and build every command costs as much as a tenth of a whole run.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

import typer

PARTS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "reading": (
            "next",
            *(
                f"mark-{one}"
                for one in ["read", "reading", "known", "skipped", "unread"]
            ),
        ),
        "browsing": ("list", "show", "search", "open", "where"),
        "planning": ("path", "plan", "stats", "goal"),
        "keeping": (
            *("undo", "redo", "history", "note", "backup"),
            *("restore", "doctor", "merge", "import", "export"),
        ),
        "completing": ("completion",),
        "publishing": ("schema",),
        "helping": ("help",),
    }
)
"""The modules that have commands, in the order in which help lists them."""
TAKE_A_VALUE = ("--catalogue", "--color")
"""The program's own options whose value is the next word."""
_LOOK_AROUND = ("help",)
"""Commands that speak of the others, and so need all of them."""


def parts(arguments: Sequence[str]) -> list[typer.Typer]:
    """What has the command that these words ask for, and nothing else.

    All there is, where that is no command that we have: then it is to be listed, or guessed.
    """
    wanted = _first_word(arguments)
    for part, names in PARTS.items():
        if wanted in names and wanted not in _LOOK_AROUND:
            return [_alone(wanted, _commands_of(part))]
    return [_commands_of(part) for part in PARTS]


def _commands_of(part: str) -> typer.Typer:
    found = import_module(f"roadmap_cli.cli.{part}").app
    assert isinstance(found, typer.Typer)  # noqa: S101 - narrows the type
    return found


def _first_word(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor an option's value."""
    words = iter(arguments)
    for word in words:
        if word in TAKE_A_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _alone(name: str, part: typer.Typer) -> typer.Typer:
    small = typer.Typer()
    small.registered_commands = [
        one for one in part.registered_commands if _name(one) == name
    ]
    small.registered_groups = [
        one for one in part.registered_groups if one.name == name
    ]
    return small


def _name(info: typer.models.CommandInfo) -> str:
    called = getattr(info.callback, "__name__", "")
    return info.name or typer.main.get_command_name(called)
