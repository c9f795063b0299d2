"""The program's parts, and the one command that a run asks for without all the others.

To load every part and build every command costs as much as a tenth of a whole run.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import typer

from roadmap_cli.cli.framework.parsing import ALIASES, Group


def _reading() -> typer.Typer:
    from roadmap_cli.cli.commands.reading import app

    return app


def _marking() -> typer.Typer:
    from roadmap_cli.cli.commands.marking import app

    return app


def _browsing() -> typer.Typer:
    from roadmap_cli.cli.commands.browsing import app

    return app


def _planning() -> typer.Typer:
    from roadmap_cli.cli.commands.planning import app

    return app


def _keeping() -> typer.Typer:
    from roadmap_cli.cli.commands.keeping import app

    return app


def _checking() -> typer.Typer:
    from roadmap_cli.cli.commands.checking import app

    return app


def _reviewing() -> typer.Typer:
    from roadmap_cli.cli.commands.reviewing import app

    return app


def _carrying() -> typer.Typer:
    from roadmap_cli.cli.commands.carrying import app

    return app


def _collecting() -> typer.Typer:
    from roadmap_cli.cli.commands.collecting import app

    return app


def _completing() -> typer.Typer:
    from roadmap_cli.cli.commands.completing import app

    return app


def _publishing() -> typer.Typer:
    from roadmap_cli.cli.commands.publishing import app

    return app


def _looking() -> typer.Typer:
    from roadmap_cli.cli.commands.looking import app

    return app


def _helping() -> typer.Typer:
    from roadmap_cli.cli.commands.helping import app

    return app


PARTS: Mapping[Callable[[], typer.Typer], str] = MappingProxyType(
    {
        _reading: "next",
        _marking: "mark-read mark-reading mark-known mark-skipped mark-unread",
        _browsing: "list show search open use whatsnew where",
        _planning: "path plan stats goal",
        _keeping: "undo redo history note backup restore doctor",
        _collecting: "add tag get new move remove edit",
        _checking: "check-links",
        _reviewing: "review answer",
        _carrying: "merge import export cite",
        _completing: "completion",
        _publishing: "schema",
        _looking: "tui",
        _helping: "help",
    }
)
"""What loads each part, and the commands that it has, in the order in which help lists them."""
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "Read": "next mark-read mark-reading mark-known mark-skipped mark-unread open note review answer",
        "Look": "list show search path goal plan stats history whatsnew tui",
        "Collect": "add tag get import new edit move remove check-links export cite",
        "Keep": "undo redo use backup restore merge doctor where",
        "More": "completion schema help",
    }
)
"""The commands in the groups in which help lists them, what is used most first."""
_USED_MOST: Mapping[str, int] = MappingProxyType({"Read": 2, "Look": 3, "Keep": 1})
"""How many commands of a group the bare program names."""
TAKE_A_VALUE = ("--catalogue", "--color")
"""The program's own options whose value is the next word."""
_LOOK_AROUND = ("help",)
"""Commands that speak of the others, and so need all of them."""


class Program(Group):
    """The program itself: its help lists the commands in groups, before the options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the framework keeps its classes to itself
        """Write the commands, group by group, then the options."""
        for title, names in GROUPS.items():
            known = (name for name in names.split() if name in self.commands)
            rows = [(name, self.commands[name].get_short_help_str()) for name in known]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Nothing: they stand before the options."""


def parts(arguments: Sequence[str]) -> list[typer.Typer]:
    """What has the command that these words ask for, and nothing else.

    Nothing, where they ask for none, as the bare program does. All there is, where it is none
    that we have, or help is wanted: then commands are to be listed, or guessed.
    """
    word = _first_word(arguments)
    if word is None:
        return every_part() if any(map(_may_ask_for_help, arguments)) else []
    wanted = ALIASES.get(word, word)
    for load, names in PARTS.items():
        if wanted in names.split() and wanted not in _LOOK_AROUND:
            return [_alone(wanted, load())]
    return every_part()


def every_part() -> list[typer.Typer]:
    """All there is."""
    return [load() for load in PARTS]


def _may_ask_for_help(word: str) -> bool:
    """Whether a word is `--help`, or has its letter among others."""
    return word == "--help" or (word[:2] != "--" and "h" in word)


def used_most() -> Mapping[str, Sequence[str]]:
    """The commands that are used most, by the titles of the groups in which help lists them."""
    return {title: GROUPS[title].split()[:most] for title, most in _USED_MOST.items()}


def _first_word(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value, if there is any."""
    words = iter(arguments)
    for word in words:
        if word in TAKE_A_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _alone(name: str, part: typer.Typer) -> typer.Typer:
    small = typer.Typer()
    small.registered_commands = [
        command for command in part.registered_commands if _name(command) == name
    ]
    small.registered_groups = [
        group for group in part.registered_groups if group.name == name
    ]
    return small


def _name(info: typer.models.CommandInfo) -> str:
    called = getattr(info.callback, "__name__", "")
    return info.name or typer.main.get_command_name(called)
