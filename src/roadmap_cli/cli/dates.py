"""Days as people write them on a command line: `2026-01-15`, `today`, `yesterday`."""

import re
from datetime import date, timedelta
from typing import Any

import typer

from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError

_SPOKEN = {"today": timedelta(0), "yesterday": timedelta(days=1)}


def option(name: str, about: str) -> Any:  # noqa: ANN401 - what typer makes has no type
    """An option that takes a day."""
    return typer.Option(
        name, parser=_as_written, callback=_day, metavar="DATE", help=about
    )


def _as_written(text: str) -> str:
    """What was typed, which `_day` reads once it knows what day it is."""
    return text


def _day(context: typer.Context, text: str | None) -> date | None:
    """The day that is meant; raises `WrongUsageError` for what is none."""
    if text is None or context.resilient_parsing:
        return None
    spoken = text.strip().lower()
    if spoken in _SPOKEN:
        return Session.of(context).today - _SPOKEN[spoken]
    written = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", spoken, re.ASCII)
    try:
        return date(*map(int, written.groups() if written else ()))
    except (TypeError, ValueError):
        raise WrongUsageError(
            f"`{text}` is no day", hint="write 2026-01-15, today or yesterday"
        ) from None
