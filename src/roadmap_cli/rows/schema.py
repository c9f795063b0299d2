"""From the types of rows to JSON Schema: https://json-schema.org/draft/2020-12.

Loaded by `roadmap schema`, the documents and tests alone.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from roadmap_cli.rows.types import FURTHER

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
"""Of every output; within it fields are only ever added."""

Schema = dict[str, Any]
_SCALARS: Mapping[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    NoneType: "null",
}


def document(name: str, title: str, about: str, forms: Sequence[type]) -> Schema:
    """A complete JSON Schema of what has one of these forms, each a `TypedDict`."""
    definitions: dict[str, Schema] = {}
    bodies = [_object(form, definitions) for form in forms]
    body = bodies[0] if len(bodies) == 1 else {"anyOf": bodies}
    return {
        "$schema": DIALECT,
        "$id": identifier(name),
        "title": title,
        **body,
        "description": about,
        **({"$defs": dict(sorted(definitions.items()))} if definitions else {}),
    }


def identifier(name: str) -> str:
    """The URN of a schema, which needs no network to be unique."""
    return f"urn:genai-roadmap:schema:{VERSION}:{name.replace(' ', '-')}"


def list_of(output: type) -> tuple[str, str]:
    """The name of an output's list and its meaning: those of its last field."""
    name, type_ = list(get_type_hints(output, include_extras=True).items())[-1]
    return name, _schema(type_, {})["description"]


def _object(type_: type, definitions: dict[str, Schema]) -> Schema:
    """An object with the fields of a `TypedDict`; what they refer to joins `definitions`."""
    fields = get_type_hints(type_, include_extras=True)
    return {
        "description": type_.__doc__,
        "type": "object",
        "properties": {
            name: _schema(field, definitions) for name, field in fields.items()
        },
        "required": [
            name
            for name, field in fields.items()
            if get_origin(field) is not NotRequired
        ],
        "additionalProperties": _schema(FURTHER[type_], definitions)
        if type_ in FURTHER
        else True,
    }


def _schema(type_: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - any annotation
    """The schema of a type; raises `TypeError` where JSON Schema has nothing like it."""
    parts = get_args(type_)
    origin = get_origin(type_)
    if origin in (Annotated, NotRequired):
        notes = (
            note if isinstance(note, tuple) else ("description", note)
            for note in parts[1:]
        )
        return _schema(parts[0], definitions) | dict(notes)
    if origin in (Union, UnionType):
        return _union([_schema(part, definitions) for part in parts])
    if origin is Literal:
        return {"const": parts[0]} if len(parts) == 1 else _words(parts)
    if origin is list:
        return {"type": "array", "items": _schema(parts[0], definitions)}
    if origin is dict:
        values = _schema(parts[1], definitions)
        return {"type": "object", "additionalProperties": values}
    return _named(type_, definitions)


def _named(type_: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - any annotation
    """The schema of a class: a scalar, the words of an enumeration, or a reference."""
    if type_ in _SCALARS:
        return {"type": _SCALARS[type_]}
    if is_typeddict(type_):
        name = _name(type_)
        if name not in definitions:
            definitions[name] = {}  # a type may refer to itself
            definitions[name] = _object(type_, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(type_, type) and issubclass(type_, Enum):
        return _words([member.value for member in type_])
    raise TypeError(f"no JSON Schema is known of {type_!r}")


def _words(words: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _union(options: Sequence[Schema]) -> Schema:
    """The schema of several options, as one with several types where none is an object."""
    if any("$ref" in option for option in options):
        return {"anyOf": list(options)}
    joined: Schema = {}
    for option in options:
        joined |= option
    joined["type"] = [option["type"] for option in options]
    if "enum" in joined:
        joined["enum"] = [*joined["enum"], None]
    return joined


def _name(type_: type) -> str:
    """What a type is called among the definitions: `WholePaperRow` is `whole-paper`."""
    words = re.findall("[A-Z][a-z]*", type_.__name__.removesuffix("Row"))
    return "-".join(words).lower()
