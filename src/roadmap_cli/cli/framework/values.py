"""Options and arguments whose values are read by our own parsers, which raise our errors.

Each function makes what `typer.Option` or `typer.Argument` would make. A value that cannot be
read raises `WrongUsageError`; where that has no hint, `parsing` adds the help of the command.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

import typer

from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.slips import did_you_mean

_Choice = TypeVar("_Choice", bound=StrEnum)
_MOST_DIGITS = 9
"""Digits of a number that are read: a larger one means as much as can be counted."""
_SPOKEN = {
    "yesterday": timedelta(days=-1),
    "today": timedelta(0),
    "tomorrow": timedelta(days=1),
}


def invalid(names: tuple[str, ...], why: str, hint: str | None = None) -> Exception:
    """The complaint about the value of an option or argument of these names."""
    called = " / ".join(f"`{name}`" for name in names)
    return WrongUsageError(f"invalid value for {called}: {why}", hint=hint)


def choice_option(  # what typer makes has no type
    choices: type[StrEnum],
    *names: str,
    about: str,
    **settings: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """An option that takes one of some words; `settings` are those of `typer.Option`."""
    read = _choice_reader(choices, names)
    return typer.Option(
        *names, parser=read, metavar=_listed(choices), help=about, **settings
    )


def choice_argument(choices: type[StrEnum], name: str, about: str) -> Any:  # noqa: ANN401 - as above
    """An argument that is one of some words."""
    read = _choice_reader(choices, (name,))
    return typer.Argument(parser=read, metavar=name, help=about)


def number_option(
    *names: str, metavar: str, most: int | None = None, about: str
) -> Any:  # noqa: ANN401 - as above
    """An option that takes a whole number from 1 on, to `most` if that is given."""

    def read(text: object) -> int:
        return number(str(text), names, most)

    return typer.Option(*names, parser=read, metavar=metavar, help=about)


def number(text: str, names: tuple[str, ...], most: int | None = None) -> int:
    """The whole number from 1 on that a text means; raises `WrongUsageError` for any other."""
    if not re.fullmatch(r"[+-]?[0-9]+", text.strip(), re.ASCII):
        raise invalid(names, f"`{text}` is no whole number")
    sign, digits = re.fullmatch(r"([+-]?)0*([0-9]*)", text.strip(), re.ASCII).groups()  # type: ignore[union-attr]  # as above
    value = int(f"{sign}{digits[:_MOST_DIGITS] or 0}")
    if value < 1 or (most is not None and value > most):
        wanted = "less than 1" if most is None else f"not between 1 and {most}"
        raise invalid(names, f"{text} is {wanted}")
    return value


def past_option(name: str, about: str) -> Any:  # noqa: ANN401 - as above
    """An option that takes a day which has come."""
    return _day_option(name, about, "today or yesterday")


def future_option(name: str, about: str) -> Any:  # noqa: ANN401 - as above
    """An option that takes a day which may be still to come."""
    return _day_option(name, about, "today or tomorrow")


def _choice_reader(
    choices: type[_Choice], names: tuple[str, ...]
) -> Callable[[str], _Choice]:
    def read(text: str) -> _Choice:
        try:
            return choices(text)
        except ValueError:
            listed = ", ".join(f"`{choice.value}`" for choice in choices)
            near = did_you_mean(text, [choice.value for choice in choices])
            raise invalid(names, f"`{text}` is not one of {listed}", near) from None

    return read


def _listed(choices: type[StrEnum]) -> str:
    return f"<{'|'.join(choice.value for choice in choices)}>"


def _day_option(name: str, about: str, words: str) -> Any:  # noqa: ANN401 - as above
    def day(context: typer.Context, text: str | None) -> date | None:
        if text is None or context.resilient_parsing:
            return None
        try:
            return _day(text, Session.of(context).today)
        except (ValueError, OverflowError):
            raise WrongUsageError(
                f"`{text}` is no day", hint=f"write 2026-01-15, {words}"
            ) from None

    return typer.Option(
        name, parser=_as_written, callback=day, metavar="DATE", help=about
    )


def _as_written(text: str) -> str:
    """What was typed, which is read once it is known what day it is."""
    return text


def _day(text: str, today: date) -> date:
    """The day that is meant; raises `ValueError` for what is none."""
    spoken = text.strip().lower()
    if spoken in _SPOKEN:
        return today + _SPOKEN[spoken]
    written = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", spoken, re.ASCII)
    if not written:
        raise ValueError
    year, month, day = map(int, written.groups())
    return date(year, month, day)
