"""Every format of ours that is published, as JSON Schema, by its name."""

import json
from collections.abc import Iterator
from typing import Any

from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.slips import did_you_mean
from roadmap_cli.rows.file_types import ErrorOutput, Journal
from roadmap_cli.rows.outputs import OUTPUTS
from roadmap_cli.rows.schema import DIALECT, document, identifier, list_of

_ABOUT = {
    "error": "What a command with --json prints when it fails.",
    "journal": "A journal of progress, its TOML as JSON.",
    "catalogue": "A catalogue file, its TOML as JSON.",
}
"""The formats that are no command's output, and what they are."""


def listing() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each format's name, what its list may be called if it has one, and what it is."""
    for name, outputs in OUTPUTS.items():
        lists = [list_of(output) for output in outputs]
        about = " / ".join(meaning for _, meaning in lists)
        yield name, tuple(dict.fromkeys(called for called, _ in lists)), about
    for name, about in _ABOUT.items():
        yield name, (), about


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name: a command as it is typed, or `error`, or a file.

    Raises `NotFoundError`.
    """
    names = (*OUTPUTS, *_ABOUT)
    sought = _folded(name.removeprefix("roadmap ").strip() or name)
    match next((known for known in names if _folded(known) == sought), None):
        case "error":
            return document("error", "error", _ABOUT["error"], [ErrorOutput])
        case "journal":
            about = _ABOUT["journal"]
            return document("journal", "roadmap journal", about, [Journal])
        case "catalogue":
            return _of_catalogue()
        case str() as command:
            return _of_command(command)
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


def _of_command(name: str) -> dict[str, Any]:
    call = "roadmap" if name == "roadmap" else f"roadmap {name}"
    lists = dict.fromkeys(f"`{list_of(output)[0]}`" for output in OUTPUTS[name])
    about = (
        f"What `{call} --json` prints: one object; its list is {' or '.join(lists)}. "
        "Fields may be added to any object within version 1; none is taken away."
    )
    if name == "schema":
        about += " With a name it prints that JSON Schema instead."
    return document(name, f"{call} --json", about, OUTPUTS[name])


def _of_catalogue() -> dict[str, Any]:
    from roadmap_cli.catalogues.published import catalogue

    return {
        "$schema": DIALECT,
        "$id": identifier("catalogue"),
        "title": "roadmap catalogue",
        **catalogue(),
        "description": _ABOUT["catalogue"],
    }


def _folded(name: str) -> str:
    """A name whose words are joined: `goal show` and `goal-show` are the same."""
    return "-".join(name.split())
