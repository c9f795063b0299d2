"""How tests read schemas: strictly, and with the commands that the command line has."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import typer
from jsonschema import Draft202012Validator, FormatChecker

from conftest import Result
from roadmap_cli.cli.main import assembled

FORMATS = FormatChecker()


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """Whether a text is a day; whether it is a text is not asked here."""
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """Whether a text is a time with its zone."""
    return not isinstance(value, str) or bool(datetime.fromisoformat(value).tzinfo)


def strict(schema: Any, *, strangers: bool = False) -> Any:
    """The schema with nothing allowed that it does not name, but what `strangers` wrote."""
    if isinstance(schema, list):
        return [strict(one, strangers=strangers) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {word: strict(one, strangers=strangers) for word, one in schema.items()}
    rest = schema.get("additionalProperties", False)
    is_open = rest is True or (rest and "$ref" not in rest and not strangers)
    return {**found, "additionalProperties": False} if is_open else found


def complaints(schema: Any, found: Any) -> list[str]:
    """What a document says that its schema does not, or says otherwise."""
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    return [
        f"{one.json_path}: {one.message[:300]}" for one in validator.iter_errors(found)
    ]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command with its name as it is typed, those of groups too."""
    yield " ".join(path) or "roadmap", command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(assembled())))
WITH_JSON = sorted(
    name
    for name, command in COMMANDS.items()
    if any("--json" in getattr(one, "opts", ()) for one in command.params)
)


def keys(done: Result) -> set[str]:
    """The keys of the object and of its rows."""
    found = json.loads(done.out)
    rows = [row for one in found.values() if isinstance(one, list) for row in one]
    return {key for one in (found, *rows) for key in one}


def optional(part: Any) -> set[str]:
    """The fields that a schema says may be missing."""
    if isinstance(part, list):
        return {name for one in part for name in optional(one)}
    if not isinstance(part, dict):
        return set()
    own = set(part.get("properties", ())) - set(part.get("required", ()))
    return own | {name for one in part.values() for name in optional(one)}
