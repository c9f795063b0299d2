"""What programs may rely on: every object that `--json` prints, described field by field.

The views make these objects; tests hold that they make exactly what is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_cli.contract.files import ERROR, JOURNAL
from roadmap_cli.contract.outputs import OUTPUTS
from roadmap_cli.contract.shape import DIALECT, Type, document, identifier

__all__ = ["DIALECT", "PROMISES", "Promise", "identifier"]


@dataclass(frozen=True)
class Promise:
    """A JSON Schema with what it is about, and the names that the output's list may have."""

    about: str
    schema: Type
    lists: tuple[str, ...] = ()


def _of_command(name: str) -> Promise:
    outputs = OUTPUTS[name]
    call = "roadmap" if name == "roadmap" else f"roadmap {name}"
    lists = tuple(dict.fromkeys(one.what for one in outputs))
    about = (
        f"What `{call} --json` prints: one object; its list is {_spoken(lists)}. "
        "Fields may be added to any object within version 1; none is taken away."
    )
    if name == "schema":
        about += " With a name it prints that JSON Schema instead."
    schema = document(name, f"{call} --json", about, [one.shape for one in outputs])
    return Promise(" / ".join(one.meaning for one in outputs), schema, lists)


def _spoken(lists: tuple[str, ...]) -> str:
    return " or ".join(f"`{one}`" for one in lists)


def _promises() -> Mapping[str, Promise]:
    error = "What a command with --json prints when it fails."
    journal = "A journal of progress, its TOML as JSON."
    return {
        **{name: _of_command(name) for name in OUTPUTS},
        "error": Promise(error, document("error", "error", error, [ERROR])),
        "journal": Promise(
            journal, document("journal", "roadmap journal", journal, [JOURNAL])
        ),
    }


PROMISES = _promises()
"""Every command's, by what is typed; and those of an error and of a journal."""
