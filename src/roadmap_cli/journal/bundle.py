"""All journals as one text, to carry progress elsewhere and back without loss."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from roadmap_cli.disk import toml
from roadmap_cli.errors import DataFileError, TooNewError
from roadmap_cli.journal.text import FORMAT as JOURNAL
from roadmap_cli.journal.text import (
    Parsed,
    Positions,
    head,
    header,
    offsets,
    parse,
    stanza,
)
from roadmap_cli.progress.clocks import utc
from roadmap_cli.progress.events import Event, Identity
from roadmap_cli.progress.replay import each_once

FORMAT = "roadmap-progress"
VERSION = 1
_WAY_OUT = (
    "name journals alone, their folder, or what `roadmap export --progress` wrote"
)


class Taken(NamedTuple):
    """What a file brought: how many events, and the journals in which they are kept.

    `is_torn` tells that its last event was not whole, `has_own` that commands of this device
    are among them; `said` are the events themselves, with those of their commands.
    """

    events: int
    kept: tuple[Path, ...]
    is_torn: bool = False
    has_own: bool = False
    said: Sequence[Event] = ()


def bundle(events: Iterable[Event]) -> str:
    """The events of every device as one text; each says whose it is, and `said` what."""
    told = (
        stanza(
            event.at,
            event.paper,
            {"device": event.device, "said": dict(event.fields)},
            event.offset,
        )
        for event in events
    )
    return f'format = "{FORMAT}"\nversion = {VERSION}\n' + "".join(told)


def unbundle(contents: bytes, *, path: str) -> Parsed:
    """What a bundle says, or a journal, whose end may not be whole.

    Raises `DataFileError` for anything else.
    """
    if head(contents).get("format") == JOURNAL:
        return parse(contents, path=path)
    data = toml.parse(contents, path=path, hint=_WAY_OUT)
    if data.get("format") == JOURNAL:  # with a `[` at the start of a line of its header
        return parse(contents, path=path)
    version = data.get("version")
    is_ours = data.get("format") == FORMAT
    if is_ours and type(version) is int and version > VERSION:
        raise TooNewError(path, what="export", version=version, known=VERSION)
    if not is_ours or version != VERSION:
        raise DataFileError(
            f"{path}: neither a journal nor exported progress",
            hint=_WAY_OUT,
        )
    return Parsed("", tuple(_events(data, contents, path)), len(contents))


def is_ours(beginning: bytes) -> bool:
    """Whether the first bytes of a file are those of a bundle."""
    return head(beginning).get("format") == FORMAT


def _events(data: Mapping[str, Any], contents: bytes, path: str) -> list[Event]:
    tables = data.get("event", [])
    if not isinstance(tables, list):
        raise DataFileError(f"{path}: `event` is no list of tables")
    found: list[Event] = []
    positions = Positions()
    each = zip(tables, offsets(tables, contents), strict=True)
    for number, (table, offset) in enumerate(each, start=1):
        if not _is_event(table):
            raise DataFileError(
                f"{path}: event {number} has no device, time in UTC or content"
            )
        device, at = table["device"], utc(table["at"])
        position = positions.of((device, at))
        paper = table.get("paper", "")
        found.append(Event(at, device, position, paper, table["said"], offset))
    return found


def _is_event(table: object) -> bool:
    """Whether a table of a bundle has all that an event needs."""
    if not isinstance(table, dict):
        return False
    at = table.get("at")
    return (
        isinstance(at, datetime)
        and at.tzinfo is not None
        and isinstance(table.get("device"), str)
        and isinstance(table.get("paper", ""), str)
        and isinstance(table.get("said"), dict)
    )


def unknown_commands(
    events: Sequence[Event], known: Container[Identity]
) -> tuple[int, Sequence[Event]]:
    """How many of the events are not known, and all events of the commands that have any.

    Commands come whole, so that the events of each keep their positions.
    """
    new = each_once(event for event in events if event.identity not in known)
    commands = {event.command for event in new.values()}
    return len(new), [event for event in events if event.command in commands]


def journals(events: Iterable[Event]) -> dict[str, str]:
    """The events as one journal's text for each device."""
    texts: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda event: event.identity):
        text = stanza(event.at, event.paper, event.fields, event.offset)
        texts.setdefault(event.device, []).append(text)
    return {
        device: "".join([header(device), *stanzas]) for device, stanzas in texts.items()
    }
