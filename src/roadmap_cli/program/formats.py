"""Every format of ours that is published, as JSON Schema, by its name."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from roadmap_cli.contract import DIALECT, PROMISES, identifier
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.spelling import did_you_mean

CATALOGUE = "catalogue"
_ABOUT_CATALOGUE = "A catalogue file, its TOML as JSON."


def listing() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each format's name, what its list may be called if it has one, and what it is."""
    for name, promise in PROMISES.items():
        yield name, promise.lists, promise.about
    yield CATALOGUE, (), _ABOUT_CATALOGUE


def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema of that name: a command as it is typed, or `error`, or a file.

    Raises `NotFoundError`.
    """
    if name == CATALOGUE:
        from roadmap_cli.catalogues.published import catalogue

        return {
            "$schema": DIALECT,
            "$id": identifier(CATALOGUE),
            "title": "roadmap catalogue",
            **catalogue(),
            "description": _ABOUT_CATALOGUE,
        }
    sought = _folded(name.removeprefix("roadmap ").strip() or name)
    for known, promise in PROMISES.items():
        if _folded(known) == sought:
            return promise.schema
    names = (*PROMISES, CATALOGUE)
    raise NotFoundError(
        f"there is no schema of `{name}`",
        hint=did_you_mean(name, names) or "roadmap schema lists what there is",
    )


def text(name: str) -> str:
    """The JSON Schema of that name as a file holds it, ASCII only; raises as `schema` does."""
    return json.dumps(schema(name), indent=2)


def file_name(name: str) -> str:
    """What the file of that schema is called."""
    return f"{_folded(name)}.json"


def _folded(name: str) -> str:
    """A name whose words are joined: `goal show` and `goal-show` are the same."""
    return "-".join(name.split())
