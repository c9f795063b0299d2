"""Days as people write them on a command line: `2026-01-15`, `today`, `tomorrow`."""

import re
from datetime import date, timedelta
from typing import Any

import typer

from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError

_SPOKEN = {
    "yesterday": timedelta(days=-1),
    "today": timedelta(0),
    "tomorrow": timedelta(days=1),
}


def past_option(name: str, about: str) -> Any:  # noqa: ANN401 - what typer makes has no type
    """An option that takes a day which has come."""
    return _option(name, about, "today or yesterday")


def future_option(name: str, about: str) -> Any:  # noqa: ANN401 - as above
    """An option that takes a day which may be still to come."""
    return _option(name, about, "today or tomorrow")


def _option(name: str, about: str, words: str) -> Any:  # noqa: ANN401 - as above
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
