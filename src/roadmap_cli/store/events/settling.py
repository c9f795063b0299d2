"""What events say of other commands, marked in their rows: undone, or of a distrusted time."""

import sqlite3
from collections.abc import Mapping, Sequence

from roadmap_cli.progress.events import (
    Command,
    Event,
    Key,
    key_of,
    moved_keys,
    name_of,
    read_command,
    undone_commands,
)
from roadmap_cli.store.events.rows import COLUMNS, event_of, seal, sort_key, sort_start


def concerns_others(database: sqlite3.Connection, new: Sequence[Event]) -> bool:
    """Whether new events speak of other commands, or are spoken of by others."""
    if any(event.undoes or event.distrusts for event in new):
        return True
    names = {name_of(event.command) for event in new}
    query = """SELECT 1 FROM event WHERE (undoes != '' OR distrusts != '')
               AND (undoes = ? OR distrusts = ?) LIMIT 1"""
    return any(database.execute(query, (one, one)).fetchone() for one in names)


def settle(database: sqlite3.Connection) -> None:
    """Work out which commands are undone or of a distrusted time, and mark their events."""
    speaking = f"SELECT {COLUMNS} FROM event WHERE undoes != '' OR distrusts != ''"
    about = [event_of(row) for row in database.execute(speaking)]
    moved = moved_keys(about)
    undone = undone_commands(about, moved)
    marked = "SELECT DISTINCT device, at FROM event WHERE undone = 1 OR clamped = 1"
    before = {read_command(f"{device}@{at}") for device, at in database.execute(marked)}
    for command in filter(None, before | set(moved) | undone):
        _mark(database, command, moved, is_undone=command in undone)


def _mark(
    database: sqlite3.Connection,
    command: Command,
    moved: Mapping[Command, Key],
    *,
    is_undone: bool,
) -> None:
    device, at = name_of(command).rsplit("@", 1)
    key, state = key_of(command, moved), (int(is_undone), int(command in moved))
    start = sort_start(key)
    query = f"SELECT rowid, sort, undone, clamped, {COLUMNS} FROM event WHERE device = ? AND at = ?"
    for rowid, old, *rest in database.execute(query, (device, at)).fetchall():
        if tuple(rest[:2]) == state and old.startswith(start):
            continue
        row = rest[2:]
        sort = sort_key(event_of(row), key)
        values = (*state, sort)
        database.execute(
            "UPDATE event SET undone = ?, clamped = ?, sort = ?, seal = ? WHERE rowid = ?",
            (*values, seal(row, sort, undone=is_undone), rowid),
        )
