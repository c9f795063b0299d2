"""All journals as one text, to carry progress elsewhere and back without loss."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from roadmap_cli import tomlfile
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.text import FORMAT as JOURNAL
from roadmap_cli.journal.text import header, parse, stanza
from roadmap_cli.progress import Event

FORMAT = "roadmap-progress"
VERSION = 1


def bundle(events: Iterable[Event]) -> str:
    """The events of every device as one text; each says whose it is."""
    told = (
        stanza(one.at, one.paper, {**one.fields, "device": one.device})
        for one in events
    )
    return f'format = "{FORMAT}"\nversion = {VERSION}\n' + "".join(told)


def unbundle(contents: bytes, *, path: str) -> list[Event]:
    """The events of a bundle, or of a journal; raises `DataFileError` for anything else."""
    data = tomlfile.parse(contents, path=path)
    if data.get("format") == JOURNAL:
        return list(parse(contents, path=path).events)
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise DataFileError(
            f"{path}: neither a journal nor exported progress",
            hint="such a file comes from: roadmap export --progress",
        )
    return _events(data, path)


def _events(data: Mapping[str, Any], path: str) -> list[Event]:
    found: list[Event] = []
    positions: dict[tuple[str, datetime], int] = {}
    for number, table in enumerate(data.get("event", []), start=1):
        at, device = table.get("at"), table.get("device")
        if (
            not isinstance(at, datetime)
            or at.tzinfo is None
            or not isinstance(device, str)
        ):
            raise DataFileError(
                f"{path}: event {number} has no device or no time in UTC"
            )
        position = positions.get((device, at), -1) + 1
        positions[(device, at)] = position
        own = ("at", "paper", "device")
        fields = {name: value for name, value in table.items() if name not in own}
        paper = table.get("paper", "")
        found.append(
            Event(at, device, position, paper if isinstance(paper, str) else "", fields)
        )
    return found


def journals(events: Iterable[Event]) -> dict[str, str]:
    """The events as one journal's text for each device."""
    texts: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda event: event.identity):
        texts.setdefault(event.device, [header(event.device)]).append(
            stanza(event.at, event.paper, event.fields)
        )
    return {device: "".join(some) for device, some in texts.items()}
