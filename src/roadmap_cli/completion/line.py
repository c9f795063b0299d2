"""A command line as far as it is typed, and what the grammar allows at the cursor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict


class Parameter(TypedDict):
    """An option (it has names) or an argument; `takes` is what help calls its value."""

    names: list[str]
    help: str
    takes: str
    choices: list[str]
    is_flag: bool
    is_many: bool


class Command(TypedDict):
    """The program or one of its commands, as plain values that JSON can keep."""

    help: str
    options: list[Parameter]
    arguments: list[Parameter]
    commands: dict[str, "Command"]


_UNKNOWN = Command(help="", options=[], arguments=[], commands={})


@dataclass
class Line:
    """The words before the cursor, taken in one after the other."""

    command: Command
    name: str = ""
    arguments: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    awaited: Parameter | None = None
    is_past_options: bool = False

    def read(self, words: Iterable[str]) -> "Line":
        """Take in words that are complete."""
        for word in words:
            if self.awaited:
                self._say(self.awaited, word)
            elif word.startswith("-") and word != "-" and not self.is_past_options:
                self._read_option(word)
            elif self.command["commands"]:
                self.name = word
                self.command = self.command["commands"].get(word, _UNKNOWN)
            else:
                self.arguments.append(word)
        return self

    def _read_option(self, word: str) -> None:
        if word == "--":
            self.is_past_options = True
            return
        name, equals, value = word.partition("=")
        option = self.option(name)
        if option is None and not word.startswith("--"):  # `-n5`
            option, equals, value = self.option(word[:2]), "=", word[2:]
        if option is None:
            return
        if equals or option["is_flag"]:
            self._say(option, value)
        else:
            self.awaited = option

    def _say(self, option: Parameter, value: str) -> None:
        self.options.setdefault(option["names"][0], []).append(value)
        self.awaited = None

    def option(self, name: str) -> Parameter | None:
        """The option of that name, if the command has it."""
        options = self.command["options"]
        return next((option for option in options if name in option["names"]), None)

    def names_option(self, typed: str) -> bool:
        """Whether it is an option's name that is being typed."""
        return typed.startswith("-") and not self.awaited and not self.is_past_options

    def value(self, typed: str) -> tuple[Parameter | None, str, str]:
        """What is being given a value, if anything is, the word up to it, and the value so far."""
        if self.names_option(typed):
            name, equals, begun = typed.partition("=")
            return (self.option(name) if equals else None), f"{name}=", begun
        if self.command["commands"] and not self.awaited:
            return None, "", typed
        return self.awaited or self._argument, "", typed

    @property
    def _argument(self) -> Parameter | None:
        arguments = self.command["arguments"]
        place = len(self.arguments)
        if place < len(arguments):
            return arguments[place]
        return arguments[-1] if arguments and arguments[-1]["is_many"] else None

    def words(self, typed: str) -> list[tuple[str, str]]:
        """The options that can still be given, or the commands, each with its help."""
        if not self.names_option(typed):
            commands = self.command["commands"].items()
            return [(name, command["help"]) for name, command in commands]
        left = (
            option
            for option in self.command["options"]
            if option["is_many"] or option["names"][0] not in self.options
        )
        return [(name, option["help"]) for option in left for name in option["names"]]
