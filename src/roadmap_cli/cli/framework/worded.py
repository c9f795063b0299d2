"""A command whose words may begin with a hyphen, as `-survey`, a word not to find.

The framework knows no short options there: in `-lin` it would see a `-n`. A letter alone is
read here, as everywhere else; nobody leaves out a word of one letter.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperCommand

from roadmap_cli.errors import WrongUsageError

SETTINGS = {"ignore_unknown_options": True}
_LONG = {"-h": "--help", "-q": "--quiet", "-v": "--verbose"}
_LETTER, _NUMBERED, _NUMBER = r"-[A-Za-z]", r"-n=?([0-9]+)", r"-?[0-9]+"
_OPTION = r"--[^\s\"]+"
_HINT = "roadmap search --help"


class Worded(TyperCommand):
    """Takes letters as options where they stand alone, `-n 5` and `-n5` among them.

    Raises `WrongUsageError` for a letter that is no option, and for a count that is none.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the framework keeps its classes to itself
        """Read the words, with all options in their long form."""
        end = [*args, "--"].index("--")
        words = [*_in_full(args[:end])]
        known = {name for one in self.params for name in one.opts}
        for name in (one.partition("=")[0] for one in words):
            if re.fullmatch(_OPTION, name) and name not in known:
                raise WrongUsageError(f"no such option: {name}", hint=_HINT)
        return super().parse_args(ctx, [*words, *args[end:]])


def _in_full(words: Sequence[str]) -> Iterator[str]:
    rest = iter(words)
    for word in rest:
        if numbered := re.fullmatch(_NUMBERED, word):
            yield _count(numbered[1])
        elif word == "-n":
            yield _count(next(rest, ""))
        elif word in _LONG:
            yield _LONG[word]
        elif re.fullmatch(_LETTER, word):
            raise WrongUsageError(f"no such option: {word}", hint=_HINT)
        else:
            yield word


def _count(number: str) -> str:
    if not re.fullmatch(_NUMBER, number):
        said = f"invalid value for `-n`: `{number}` is no whole number"
        said = said if number else "option `-n` requires an argument"
        raise WrongUsageError(said, hint=_HINT)
    if int(number[:_MOST_DIGITS]) < 1:
        raise WrongUsageError(
            f"invalid value for `-n`: {number} is not in the range x>=1", hint=_HINT
        )
    return f"--count={number[:_MOST_DIGITS]}"


_MOST_DIGITS = 9
"""More than so many papers nobody has."""
