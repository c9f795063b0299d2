"""A journal as text: a header and events, each a few lines of TOML.

The time stands last in an event: an event is whole if its time is there, so a file that was
cut off anywhere shows it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roadmap_cli import tomlfile
from roadmap_cli.errors import DataFileError
from roadmap_cli.progress import Event, stamp

FORMAT = "roadmap-journal"
VERSION = 1
_EVENT = b"[[event]]"
_WAY_OUT = "nothing is written to it; `roadmap doctor` says more, `roadmap restore` brings back a copy"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a journal says: `torn` is what follows its first `length` good bytes."""

    device: str
    events: tuple[Event, ...]
    length: int
    torn: bytes = b""


def header(device: str) -> str:
    """The first lines of a new journal."""
    import tomli_w

    return tomli_w.dumps({"format": FORMAT, "version": VERSION, "device": device})


def stanza(at: datetime, paper: str, fields: Mapping[str, object]) -> str:
    """One event as the lines to append, an empty one first."""
    said = {**({"paper": paper} if paper else {}), **fields}
    lines = (f"{_key(name)} = {_literal(value)}\n" for name, value in said.items())
    return f"\n[[event]]\n{''.join(lines)}at = {stamp(at)}\n"


def _key(name: str) -> str:
    import tomli_w

    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def _literal(value: object) -> str:
    """A value on one line: tables inline, so that what follows them stays in the event."""
    import tomli_w

    if isinstance(value, Mapping):
        pairs = (f"{_key(name)} = {_literal(one)}" for name, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


def parse(contents: bytes, *, path: str) -> Parsed:
    """What a journal says; an event at its end that was not written to the end is set apart.

    Raises `DataFileError`, naming the place, if the journal is damaged or was written by a
    newer version: then what it says is unknown, which is not the same as nothing.
    """
    try:
        device, events = _whole(contents, path)
    except DataFileError as problem:
        cut = _cut(contents)
        if cut is None or _is_too_new(contents, path):
            raise
        try:
            device, events = _whole(contents[:cut], path)
        except DataFileError:
            raise problem from None
        return Parsed(device, events, cut, contents[cut:])
    return Parsed(device, events, len(contents))


def parse_tail(
    contents: bytes, device: str, last: Event, *, path: str
) -> tuple[Event, ...]:
    """The events that were appended behind `last`; raises as `parse` does."""
    data = tomlfile.parse(contents, path=path, hint=_WAY_OUT)
    return tuple(_events(_tables(data, path), device, path, last))


def _whole(contents: bytes, path: str) -> tuple[str, tuple[Event, ...]]:
    data = tomlfile.parse(contents, path=path, hint=_WAY_OUT)
    device = _check_header(data, path)
    return device, tuple(_events(_tables(data, path), device, path))


def _cut(contents: bytes) -> int | None:
    """Where the last event begins, if it looks like one that was not written to its end.

    Zeros at the end are what a power cut leaves of a write; a whole line that is no TOML is
    not: somebody or something else wrote that.
    """
    good = contents.rstrip(b"\0")
    start = good.rfind(b"\n" + _EVENT)
    line = good.rfind(b"\n") + 1
    if len(good) > line and _EVENT.startswith(good[line:]):
        start = line - 1
    if start < 0:
        return None
    whole_lines = good[start:line] if line > start else b""
    try:
        tomlfile.parse(whole_lines, path="")
    except DataFileError:
        return None
    return start


def _is_too_new(contents: bytes, path: str) -> bool:
    head = contents.partition(_EVENT)[0]
    try:
        _check_header(tomlfile.parse(head, path=path), path)
    except DataFileError as problem:
        return "newer" in str(problem)
    return False


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


def _tables(data: Mapping[str, Any], path: str) -> Sequence[Any]:
    found = data.get("event", [])
    if not isinstance(found, list):
        raise DataFileError(
            f"{path}: damaged: `event` is no list of tables", hint=_WAY_OUT
        )
    return found


def _events(
    tables: Sequence[Any], device: str, path: str, last: Event | None = None
) -> Iterator[Event]:
    at, position = (last.at, last.position) if last else (None, 0)
    for number, table in enumerate(tables, start=1):
        own = table.get("at") if isinstance(table, dict) else None
        if not isinstance(own, datetime) or own.tzinfo is None:
            where = (
                f"event {number}" if last is None else f"event {number} of the newest"
            )
            raise DataFileError(
                f"{path}: damaged: {where} has no time in UTC", hint=_WAY_OUT
            )
        position = position + 1 if own == at else 0
        at = own
        paper = table.get("paper", "")
        fields = {
            name: value for name, value in table.items() if name not in ("at", "paper")
        }
        yield Event(
            at, device, position, paper if isinstance(paper, str) else "", fields
        )
