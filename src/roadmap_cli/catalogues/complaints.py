"""pydantic's findings, said in our words: what is wrong and what was expected."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from roadmap_cli.catalogues import document
from roadmap_cli.catalogues.positions import Place
from roadmap_cli.language.slips import closest


class Problem(NamedTuple):
    """Where it is and what is wrong there.

    `at` leads to its line, if that is elsewhere; `offer` finds what may have been meant, which
    is slow and so only asked for what is shown.
    """

    place: Place
    what: str
    at: Place = ()
    offer: Callable[[], str] | None = None


THE_KEY = ("[key]",)
"""How pydantic ends a place where the key of a table is wrong, and not a field of it."""
_EXPECTED = {
    "string_type": "must be a text in quotes",
    "int_type": "must be a whole number",
    "list_type": "must be a list in [brackets]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "bool_type": "must be true or false",
    "date_type": "must be a day, such as 2026-01-31",
    "missing": "is missing",
}
_PATTERNS = {
    "^[a-z0-9][a-z0-9-]{0,63}$": "must be a key: lower-case letters, digits and hyphens, at most 64",
    "^[a-z0-9][a-z0-9-]{0,63}(/[a-z0-9][a-z0-9-]{0,63})?$": (
        "must be a key: lower-case letters, digits and hyphens, at most 64;"
        " or catalogue/key of another catalogue's paper"
    ),
}
_TABLES: Mapping[str, type[BaseModel]] = {
    "news": document.News,
    "area": document.Area,
    "topic": document.Topic,
    "group": document.Group,
    "method": document.Method,
    "question": document.Question,
    "further": document.Link,
    "figure": document.Link,
}


def in_our_words(error: ErrorDetails) -> Problem:
    """Say one of pydantic's findings as we would."""
    place = tuple(error["loc"])
    table = place[:-1]
    if error["type"] == "extra_forbidden":
        return Problem(
            table, _unknown_field(str(place[-1]), _fields_at(table)), at=place
        )
    if error["type"] == "missing":
        return Problem(table, f"needs the field `{place[-1]}`")
    what = _what(error["type"], error.get("ctx", {}), error)
    if place[-1:] == THE_KEY:
        return Problem((*table[:-1], shown(table[-1])), what, at=table)
    return Problem(place, what)


def _what(kind: str, context: Mapping[str, Any], error: ErrorDetails) -> str:
    said = _SAID.get(kind)
    if said:
        return said(context, shown(error["input"]))
    return _EXPECTED.get(kind, "has a value that cannot be")


_SAID: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "literal_error": lambda context, shown: (
        f"must be {context['expected']}, not {shown}"
    ),
    "enum": lambda context, shown: f"must be {context['expected']}, not {shown}",
    "value_error": lambda context, _: str(context["error"]),
    "string_pattern_mismatch": lambda context, shown: _PATTERNS.get(
        context["pattern"], f"is no name: {shown}"
    ),
    "greater_than_equal": lambda context, _: f"must be at least {context['ge']}",
    "less_than_equal": lambda context, _: f"must be at most {context['le']}",
    "string_too_long": lambda context, _: (
        f"is too long (at most {context['max_length']})"
    ),
    "too_long": lambda context, _: f"is too long (at most {context['max_length']})",
    "string_too_short": lambda _, __: "must not be empty",
}


def _unknown_field(name: str, fields: list[str]) -> str:
    near = closest(name, fields, count=1)
    meant = (
        f"; did you mean `{near[0]}`?" if near else f"; there are {', '.join(fields)}"
    )
    return f"has an unknown field `{shown(name)}`{meant}"


def _fields_at(place: Place) -> list[str]:
    if len(place) == 2 and place[0] == "paper":  # noqa: PLR2004 - paper.KEY
        return list(document.Paper.model_fields)
    names = [part for part in place if isinstance(part, str)]
    table = _TABLES[names[-1]] if names else document.Document
    return list(table.model_fields)


def shown(value: object) -> str:
    """A value of the file, cut short: a line stays a line."""
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        return "a number of many digits"
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_LONGEST = 60
