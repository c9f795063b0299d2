"""How the contract is written down: shapes of objects, turned into JSON Schema.

https://json-schema.org/draft/2020-12
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
"""Of every output; within it fields are only ever added."""

Type = Mapping[str, Any]
"""A JSON Schema in which a `$ref` may name a `Shape`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object: its type, its meaning, and whether it may be missing."""

    type: Type
    meaning: str
    is_optional: bool = False


@dataclass(frozen=True)
class Shape:
    """An object: what it is called among the definitions, what it is, and its fields.

    `rest` is what further fields may be: with nothing said, whatever a later version adds.
    """

    name: str
    meaning: str
    fields: Mapping[str, Field]
    rest: Type | None = None

    def plus(self, name: str, meaning: str, fields: Mapping[str, Field]) -> "Shape":
        """A shape with these fields more, or with another meaning."""
        return Shape(name, meaning, {**self.fields, **fields})

    @property
    def type(self) -> Type:
        """An object of this shape."""
        return {"$ref": self}


TEXT: Type = {"type": "string"}
FLAG: Type = {"type": "boolean"}
NUMBER: Type = {"type": "number"}
COUNT: Type = {"type": "integer", "minimum": 0}
DAY: Type = {"type": "string", "format": "date"}
MOMENT: Type = {"type": "string", "format": "date-time"}


def one_of(words: Iterable[str]) -> Type:
    """One of these words."""
    return {"type": "string", "enum": [str(word) for word in words]}


def many(type_: Type) -> Type:
    """A list of such values."""
    return {"type": "array", "items": type_}


def by_name(type_: Type) -> Type:
    """Such values, each under its name."""
    return {"type": "object", "additionalProperties": type_}


def or_null(type_: Type) -> Type:
    """Such a value, or `null`."""
    if "$ref" in type_:
        return {"anyOf": [type_, {"type": "null"}]}
    also = {"enum": [*type_["enum"], None]} if "enum" in type_ else {}
    return {**type_, "type": [type_["type"], "null"], **also}


def document(name: str, title: str, about: str, shapes: Iterable[Shape]) -> Type:
    """A complete JSON Schema of something that has one of these shapes."""
    used: dict[str, Any] = {}
    bodies = [_resolved(_object(shape), used) for shape in shapes]
    body = bodies[0] if len(bodies) == 1 else {"anyOf": bodies}
    return {
        "$schema": DIALECT,
        "$id": identifier(name),
        "title": title,
        **body,
        "description": about,
        **({"$defs": dict(sorted(used.items()))} if used else {}),
    }


def identifier(name: str) -> str:
    """What names a schema everywhere: not where to fetch it, for it needs no network."""
    return f"urn:genai-roadmap:schema:{VERSION}:{name.replace(' ', '-')}"


def _object(shape: Shape) -> dict[str, Any]:
    return {
        "description": shape.meaning,
        "type": "object",
        "properties": {
            name: {**field.type, "description": field.meaning}
            for name, field in shape.fields.items()
        },
        "required": [
            name for name, field in shape.fields.items() if not field.is_optional
        ],
        "additionalProperties": True if shape.rest is None else shape.rest,
    }


def _resolved(value: Any, used: dict[str, Any]) -> Any:  # noqa: ANN401 - any part of a schema
    """A part of a schema whose shapes are references; they are added to those `used`."""
    if isinstance(value, Shape):
        if value.name not in used:
            used[value.name] = _resolved(_object(value), used)
        return f"#/$defs/{value.name}"
    if isinstance(value, Mapping):
        return {name: _resolved(one, used) for name, one in value.items()}
    if isinstance(value, list):
        return [_resolved(one, used) for one in value]
    return value
