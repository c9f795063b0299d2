"""Commands and groups whose command lines are checked here, so that complaints are ours.

The framework's own complaints are English sentences of classes that it keeps to itself. So what
it would complain about is looked for before it reads the words: unknown options, options without
their value, superfluous words, unknown commands. It reads values by the parsers of `values`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from roadmap_cli.cli.framework.values import number
from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.slips import closest, offered

if TYPE_CHECKING:
    from roadmap_cli.cli.framework.meanings import Meanings

WORDS = {"ignore_unknown_options": True}
"""The settings of a command whose words may begin with a hyphen: see `Worded`."""


class Command(TyperCommand):
    """A command; a command line that it does not understand raises `WrongUsageError`."""

    long_option = "--.*"
    """What a word looks like that is meant for an option with a long name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the framework keeps its classes to itself
        """Read the words of a command line into the parameters of the context."""
        ctx.allow_extra_args = True
        with _complaining(ctx):
            _check_options(_options(self), args, self.long_option)
            rest = super().parse_args(ctx, args)
            _refuse_more(rest)
        return rest


class Worded(Command):
    """A command whose words may begin with a hyphen, as `-survey`, a word not to find.

    The framework knows no short options there: in `-lin` it would see a `-n`. A letter alone is
    read here, as everywhere else; nobody leaves out a word of one letter.
    """

    long_option = r"--[^\s\"=]+(=.*)?"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Read the words, with all options in their long form."""
        end = [*args, "--"].index("--")
        with _complaining(ctx):
            words = [*self._in_full(args[:end])]
        return super().parse_args(ctx, [*words, *args[end:]])

    @staticmethod
    def _in_full(words: Sequence[str]) -> Iterator[str]:
        return _in_full(words)


class Signed(Worded):
    """A command of which words with a sign are words, `-n` too; options are written in full."""

    @staticmethod
    def _in_full(words: Sequence[str]) -> Iterator[str]:
        return (_LONG.get(word, word) for word in words)


ALIASES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("done", "finish", "finished", "read"), "mark-read"),
        **dict.fromkeys(("start", "begin", "reading"), "mark-reading"),
        **dict.fromkeys(("known", "know"), "mark-known"),
        **dict.fromkeys(("skip", "skipped"), "mark-skipped"),
        **dict.fromkeys(("unread", "todo"), "mark-unread"),
    }
)
"""Verbs that people guess, and the commands that they mean; help lists only the commands."""


class Group(TyperGroup):
    """A group of commands; raises as `Command`, and for a command that it does not have.

    A word that is neither a command, nor an alias of one, nor near to any, nor means one, goes to
    the `usual` command, if there is one.
    """

    usual = ""

    @property
    def meanings(self) -> "Meanings":
        """What words mean that are none of the commands."""
        from roadmap_cli.cli.framework.meanings import COMMANDS, Meanings

        aliases = {alias: (name,) for alias, name in ALIASES.items()}
        return Meanings(self.commands, aliases, COMMANDS)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Read the words up to the name of a command."""
        with _complaining(ctx):
            _check_options(_options(self), args, "--.*", is_mixed=False)
            rest: list[str] = super().parse_args(ctx, args)
        return rest

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """The command that the first word names, its name, and the words that follow it."""
        name, *rest = args
        if name not in self.commands and ALIASES.get(name) in self.commands:
            name = ALIASES[name]
        elif name not in self.commands and self._is_for_usual(name):
            name, rest = self.usual, args
        if name not in self.commands:
            raise _no_such_command(ctx, name, self)
        return super().resolve_command(ctx, [name, *rest])

    def _is_for_usual(self, word: str) -> bool:
        if not self.usual or closest(word, self.commands):
            return False
        return not self.meanings.of(word)


class GoalGroup(Group):
    """The commands of the goal: `goal lora` is `goal set lora`."""

    usual = "set"

    @property
    def meanings(self) -> "Meanings":
        """What words mean that are none of the commands."""
        from roadmap_cli.cli.framework.meanings import COMMANDS_OF_GOALS, Meanings

        return Meanings(self.commands, COMMANDS_OF_GOALS)


def _options(command: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """The options of a command by each of their names."""
    return {
        name: parameter
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def _check_options(
    options: Mapping[str, Any],
    words: Iterable[str],
    long_option: str,
    *,
    is_mixed: bool = True,
) -> None:
    """Raise `WrongUsageError` for an option that is unknown, or without the value it takes.

    Options end at `--`, and unless they may be mixed with other words, at the first of those.
    Where none has a name of one letter, what begins with one hyphen is no option.
    """
    has_letters = any(name[1] != "-" for name in options)
    rest = iter(words)
    for word in rest:
        if word == "--" or (not word.startswith("-") and not is_mixed):
            return
        if word.startswith("--") and re.fullmatch(long_option, word, re.DOTALL):
            _check_long(options, word, rest)
        elif word.startswith("-") and len(word) > 1 and has_letters:
            _check_letters(options, word, rest)


def _check_long(options: Mapping[str, Any], word: str, rest: Iterator[str]) -> None:
    name, has_value, _ = word.partition("=")
    option = options.get(name)
    if option is None:
        near = ", ".join(closest(name, [*options]))
        raise WrongUsageError(
            f"no such option: {name}", hint=f"did you mean {near}?" if near else None
        )
    if option.is_flag and has_value:
        raise WrongUsageError(f"option `{name}` does not take a value")
    if not option.is_flag and not has_value:
        _take_value(name, rest)


def _check_letters(options: Mapping[str, Any], word: str, rest: Iterator[str]) -> None:
    """Check letters behind one hyphen: flags, or at last one that takes what follows it."""
    for place, letter in enumerate(word[1:], start=2):
        option = options.get(f"-{letter}")
        if option is None:
            raise WrongUsageError(f"no such option: -{letter}")
        if not option.is_flag:
            if not word[place:]:
                _take_value(f"-{letter}", rest)
            return


def _take_value(name: str, rest: Iterator[str]) -> None:
    if next(rest, None) is None:
        raise WrongUsageError(f"option `{name}` requires an argument")


def _no_such_command(ctx: Any, word: str, group: Group) -> WrongUsageError:  # noqa: ANN401 - as above
    """The complaint about an unknown command, with what may be meant by it.

    That is what the word means, the command that is spelt nearly so, or the paper of that name.
    """
    from roadmap_cli.cli.framework.meanings import LEAVING

    def paper() -> str:
        name = "" if ctx.parent else Session.of(ctx).called(word)
        return f"did you mean `{ctx.command_path} show {name}`?" if name else ""

    meanings = group.meanings
    hint = (
        offered(meanings.of(word) or closest(word, group.commands))
        or (
            word in LEAVING and "there is nothing to leave: each command ends by itself"
        )
        or paper()
        or offered(meanings.near(word))
        or f"{ctx.command_path} --help"
    )
    return WrongUsageError(f"no such command `{word}`", hint=hint)


def _refuse_more(words: Sequence[str]) -> None:
    if words:
        raise WrongUsageError(f"one word too many: `{words[0]}`")


@contextmanager
def _complaining(ctx: Any) -> Iterator[None]:  # noqa: ANN401 - as above
    """Point to the command's help where a complaint has no hint of its own.

    The framework itself is left to find out that an argument is missing.
    """
    try:
        yield
    except typer.BadParameter as problem:
        missing = getattr(problem, "param", None)
        called = (missing and (missing.metavar or missing.name)) or "argument"
        raise WrongUsageError(
            f"missing argument `{called}`", hint=f"{ctx.command_path} --help"
        ) from None
    except WrongUsageError as problem:
        hint = problem.hint or f"{ctx.command_path} --help"
        raise WrongUsageError(str(problem), hint=hint) from None


_LONG = {"-h": "--help", "-q": "--quiet", "-v": "--verbose"}


def _in_full(words: Sequence[str]) -> Iterator[str]:
    """The words of a search, with letters that are options in their long form."""
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word.startswith("--"):
            yield word
        elif numbered := re.fullmatch("-n=?([0-9]+)", word):
            yield _count(numbered[1])
        elif word == "-n":
            yield _count(next(rest, ""))
        elif word in _LONG:
            yield _LONG[word]
        elif re.fullmatch("-[A-Za-z]", word):
            raise WrongUsageError(f"no such option: {word}")
        else:
            yield word


def _count(text: str) -> str:
    if not text:
        raise WrongUsageError("option `-n` requires an argument")
    return f"--count={number(text, ('-n',))}"
