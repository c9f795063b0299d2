"""Tables and JSON of all that is known of entries, under the names that `--json` has."""

import csv
import json
from collections.abc import Sequence

from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.marks import COLUMNS, HELPS, NOTES
from roadmap_cli.exchange.own.records import cell_of, record_of


def as_json(entries: Sequence[Entry]) -> str:
    """One JSON object with a record of each entry under `papers`."""
    whole = {"version": 1, "papers": [record_of(entry) for entry in entries]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(entries: Sequence[Entry]) -> str:
    """A table with commas between the cells, and the names of the columns first.

    Lists have `; ` between their parts. Columns of notes, and of what would help, are there if
    some entry has such.
    """
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\n")
    helps = [HELPS] if any(entry.helps for entry in entries) else []
    notes = [NOTES] if any(entry.note for entry in entries) else []
    columns = (*COLUMNS, *helps, *notes)
    writer.writerow(columns)
    for entry in entries:
        record = record_of(entry)
        writer.writerow([cell_of(record.get(column)) for column in columns])
    return "".join(lines)


class _Lines:
    """What a writer of tables takes for a file: it keeps the lines."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        """Keep a line."""
        self._lines.append(line)
