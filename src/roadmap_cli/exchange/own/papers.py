"""The JSON that `roadmap export --to json` writes, and lists of papers that `--json` prints."""

from collections.abc import Iterator

from roadmap_cli.exchange.entries import Left, Record, Refused
from roadmap_cli.exchange.json_items import items
from roadmap_cli.exchange.own.records import entry_of


def read(text: str) -> Iterator[Record]:
    """The papers of a file in its order."""
    for item in items(text):
        if isinstance(item, Refused):
            yield item
        elif isinstance(item.value, dict):
            yield entry_of(_placed(item.value), item.line, item.text)
        else:
            yield Left(item.line, "it is no object with fields", item.text)


def _placed(record: dict[str, object]) -> dict[str, object]:
    """A record with its area and topic; `roadmap list --json` has only the name of the topic."""
    section = record.get("section")
    if not isinstance(section, str):
        return record
    return {**record, "section": section.split("/")[-2:] if section else []}
