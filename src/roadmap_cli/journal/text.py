"""A journal as text: a header and events, each a few lines of TOML."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from roadmap_cli import tomlfile
from roadmap_cli.errors import DataFileError
from roadmap_cli.progress import Event

FORMAT = "roadmap-journal"
VERSION = 1
_WAY_OUT = "nothing was changed; put back a good copy of the file, or move it away and start anew"


def header(device: str) -> str:
    """The first lines of a new journal."""
    import tomli_w

    return tomli_w.dumps({"format": FORMAT, "version": VERSION, "device": device})


def stanza(at: datetime, paper: str, fields: Mapping[str, object]) -> str:
    """One event as the lines to append, an empty one first."""
    import tomli_w

    stamp = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"\n[[event]]\nat = {stamp}\n" + tomli_w.dumps({"paper": paper, **fields})


def parse(contents: bytes, *, path: str) -> list[Event]:
    """The events of a journal.

    Raises `DataFileError`, naming the place, if it is damaged or was written by a newer
    version: then what it says is unknown, which is not the same as nothing.
    """
    data = tomlfile.parse(contents, path=path, hint=_WAY_OUT)
    device = _check_header(data, path)
    found = data.get("event", [])
    if not isinstance(found, list):
        raise DataFileError(f"{path}: `event` is no list of tables", hint=_WAY_OUT)
    return list(_events(found, device, path))


def _check_header(data: Mapping[str, Any], path: str) -> str:
    version = data.get("version")
    if data.get("format") == FORMAT and type(version) is int and version > VERSION:
        raise DataFileError(
            f"{path}: written by a newer roadmap (journal version {version}, we know {VERSION})",
            hint="upgrade roadmap: pip install --upgrade genai-roadmap",
        )
    device = data.get("device")
    if (
        data.get("format") != FORMAT
        or version != VERSION
        or not isinstance(device, str)
    ):
        raise DataFileError(
            f"{path}: damaged: the journal's header is missing", hint=_WAY_OUT
        )
    return device


def _events(tables: Iterable[Any], device: str, path: str) -> Iterable[Event]:
    for position, table in enumerate(tables):
        at = table.get("at") if isinstance(table, dict) else None
        if not isinstance(at, datetime) or at.tzinfo is None:
            raise DataFileError(
                f"{path}: damaged: event {position + 1} has no `at` in UTC",
                hint=_WAY_OUT,
            )
        paper = table.get("paper", "")
        fields = {
            name: value for name, value in table.items() if name not in ("at", "paper")
        }
        yield Event(
            at, device, position, paper if isinstance(paper, str) else "", fields
        )
