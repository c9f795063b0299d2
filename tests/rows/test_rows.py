"""Rows are typed: makers, drawings and published schemas rest on the same types."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_args

import pytest

import roadmap_cli
from roadmap_cli import rows
from roadmap_cli.rows.any_view import AnyView
from roadmap_cli.rows.outputs import OUTPUTS
from roadmap_cli.rows.schema import document
from roadmap_cli.rows.view import View

SOURCE = Path(roadmap_cli.__file__).parent
TYPED = [
    *sorted((SOURCE / "rows").glob("*.py")),
    *sorted((SOURCE / "render").glob("*.py")),
]
UNTYPED = {"Any", "cast", "getattr", "setattr"}
MAKES_SCHEMAS = SOURCE / "rows" / "schema.py"


class Colour(StrEnum):
    """Words that a field may hold."""

    RED = "red"
    BLUE = "blue"


class Leaf(TypedDict):
    """Something small."""

    name: Annotated[str, "What it is called."]


class GreenLeafRow(Leaf):
    """Something that has others like itself."""

    colour: Annotated[Colour | None, "Its colour."]
    size: Annotated[Annotated[int, ("minimum", 1)] | None, "Its size."]
    shape: NotRequired[Annotated[Literal["round", "long"], "Its shape."]]
    leaf: Annotated[Leaf | None, "What it hangs on."]
    others: Annotated["list[GreenLeafRow]", "Those beside it."]
    by_name: Annotated[dict[str, Leaf], "The same, by name."]


class Leaves(TypedDict):
    """Many of them."""

    version: Annotated[Literal[1], "Of this format."]
    leaves: Annotated[list[GreenLeafRow], "All leaves."]


def test_a_schema_says_what_the_type_says() -> None:
    """Every form that an annotation has in a row, with its meaning and its limits."""
    found = document("leaves", "all leaves", "About leaves.", [Leaves])
    green = found["$defs"]["green-leaf"]

    assert found["properties"]["version"] == {
        "const": 1,
        "description": "Of this format.",
    }
    assert found["properties"]["leaves"] == {
        "type": "array",
        "items": {"$ref": "#/$defs/green-leaf"},
        "description": "All leaves.",
    }
    assert green["description"] == "Something that has others like itself."
    assert green["required"] == ["name", "colour", "size", "leaf", "others", "by_name"]
    assert green["properties"] == {
        "name": {"type": "string", "description": "What it is called."},
        "colour": {
            "type": ["string", "null"],
            "enum": ["red", "blue", None],
            "description": "Its colour.",
        },
        "size": {"type": ["integer", "null"], "minimum": 1, "description": "Its size."},
        "shape": {
            "type": "string",
            "enum": ["round", "long"],
            "description": "Its shape.",
        },
        "leaf": {
            "anyOf": [{"$ref": "#/$defs/leaf"}, {"type": "null"}],
            "description": "What it hangs on.",
        },
        "others": {
            "type": "array",
            "items": {"$ref": "#/$defs/green-leaf"},
            "description": "Those beside it.",
        },
        "by_name": {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/leaf"},
            "description": "The same, by name.",
        },
    }


def test_a_type_that_json_does_not_have_is_refused() -> None:
    """Better no schema than one that promises anything."""
    wrong: Any = TypedDict("wrong", {"seen": Annotated[set[str], "What was seen."]})

    with pytest.raises(TypeError, match="no JSON Schema is known"):
        document("wrong", "wrong", "Wrong.", [wrong])


def kinds(view: type[View]) -> Iterator[type[View]]:
    """Every kind of view there is."""
    for kind in view.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_kind_of_view_is_one_that_can_be_shown() -> None:
    """So the type checker asks for its drawing: `render.draw` goes through all of `AnyView`."""
    assert {*get_args(AnyView)} == {*kinds(View)}


def test_every_output_is_printed_by_a_command() -> None:
    """None is described that nothing prints, and none is printed twice under one name."""
    described = {
        type_
        for module in iter_modules(rows.__path__)
        if module.name.endswith("types")
        for home in [import_module(f"{rows.__name__}.{module.name}")]
        for name, type_ in vars(home).items()
        if name.endswith("Output") and name not in ("Output", "ErrorOutput")
    }

    assert {output for outputs in OUTPUTS.values() for output in outputs} == described


def test_rows_and_drawings_hide_nothing_from_the_type_checker() -> None:
    """No field is taken by a name that is only known at run time, and no type is claimed."""
    found = [
        f"{path.relative_to(SOURCE)}:{part.lineno}: {part.id}"
        for path in TYPED
        if path != MAKES_SCHEMAS
        for part in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(part, ast.Name) and part.id in UNTYPED
    ]

    assert found == []
