"""The shape of a catalogue file as JSON Schema, for editors and other programs.

It says what single fields may hold; what only all of them together can show, such as a paper
that is named and missing, `check` alone finds.
"""

from typing import Any

from roadmap_cli.catalogues.document import Document


def catalogue() -> dict[str, Any]:
    """The JSON Schema of a catalogue file."""
    found = _plain(Document.model_json_schema())
    assert isinstance(found, dict)  # noqa: S101 - narrows the type for the checker
    return found


def _plain(value: Any, *, is_named: bool = False) -> Any:  # noqa: ANN401 - any part of a schema
    """Without what tells an author nothing: echoed titles, empty defaults, and null.

    TOML has no null. `is_named` where the keys of a table are names of fields and not words of
    JSON Schema.
    """
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if is_named:
        return {name: _plain(item) for name, item in value.items()}
    kept = {
        word: _plain(item, is_named=word in ("properties", "$defs"))
        for word, item in value.items()
        if word != "title" and not (word == "default" and item in _NOTHING)
    }
    options = [option for option in kept.pop("anyOf", []) if option != {"type": "null"}]
    if "patternProperties" in kept:  # other names are refused: pydantic does not say so
        kept["additionalProperties"] = False
    return {**(options[0] if len(options) == 1 else {}), **kept}


_NOTHING: tuple[object, ...] = (None, "", [], {})
