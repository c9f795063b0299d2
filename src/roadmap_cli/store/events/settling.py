"""What events come to: which are undone or moved, and what was said last of each paper."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from roadmap_cli.progress.clocks import stamp
from roadmap_cli.progress.events import (
    Command,
    Event,
    name_of,
    question_of,
    rating_of,
    read_command,
    status_of,
    tags_of,
)
from roadmap_cli.progress.replay import Key, key_of, moved_keys, undone_commands
from roadmap_cli.store.database import DamagedError, checksum
from roadmap_cli.store.events.rows import (
    COLUMNS,
    Said,
    TagWords,
    Touched,
    event_of,
    events_in,
    packed_tags,
    seal,
    sort_key,
    sort_start,
)

_AT_ONCE = 500
"""Papers that are looked up together."""
_KEEP = "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def concerns_others(database: sqlite3.Connection, new: Sequence[Event]) -> bool:
    """Whether new events speak of other commands, or are spoken of by others."""
    if any(event.undoes or event.distrusts for event in new):
        return True
    names = {name_of(event.command) for event in new}
    query = """SELECT 1 FROM event WHERE (undoes != '' OR distrusts != '')
               AND (undoes = ? OR distrusts = ?) LIMIT 1"""
    return any(database.execute(query, (name, name)).fetchone() for name in names)


def settle(database: sqlite3.Connection, touched: Touched) -> None:
    """Work out which commands are undone or of a distrusted time, and mark their events.

    What the events are about that were marked anew is `touched`.
    """
    speaking = events_in(database, "undoes != '' OR distrusts != ''", ())
    about = [event for event, _, _ in speaking]
    moved = moved_keys(about)
    undone = undone_commands(about, moved)
    marked = "SELECT DISTINCT device, at FROM event WHERE undone = 1 OR clamped = 1"
    before = {read_command(f"{device}@{at}") for device, at in database.execute(marked)}
    for command in filter(None, before | set(moved) | undone):
        _mark(database, command, moved, touched, is_undone=command in undone)


def _mark(
    database: sqlite3.Connection,
    command: Command,
    moved: Mapping[Command, Key],
    touched: Touched,
    *,
    is_undone: bool,
) -> None:
    device, at = name_of(command).rsplit("@", 1)
    key, state = key_of(command, moved), (int(is_undone), int(command in moved))
    start = sort_start(key)
    query = f"""SELECT rowid, seal, sort, undone, clamped, {COLUMNS} FROM event
                WHERE device = ? AND at = ?"""
    for rowid, mark, old, was_undone, was_moved, *row in database.execute(
        query, (device, at)
    ).fetchall():
        if mark != seal(row, old, undone=bool(was_undone)):
            raise DamagedError
        if (was_undone, was_moved) == state and old.startswith(start):
            continue
        event = event_of(row)
        touched.add(event.paper, question_of(event))
        sort = sort_key(event, key)
        values = (*state, sort)
        database.execute(
            "UPDATE event SET undone = ?, clamped = ?, sort = ?, seal = ? WHERE rowid = ?",
            (*values, seal(row, sort, undone=is_undone), rowid),
        )


def note(database: sqlite3.Connection, papers: Iterable[str]) -> None:
    """Note the last words on these papers, all as one change."""
    query = "SELECT coalesce(max(change), 0) + 1 FROM said"
    (change,) = database.execute(query).fetchone()
    names = iter(set(papers) - {""})
    while some := list(islice(names, _AT_ONCE)):
        said = {paper: Said(paper) for paper in some}
        for event, sort in _last_words(database, some, "status"):
            said[event.paper] = _with_status(said[event.paper], event, sort)
        for event, sort in _last_words(database, some, "rating"):
            rated = said[event.paper]._replace(rating=rating_of(event), rated=sort)
            said[event.paper] = rated
        for paper, words in _words_on_tags(database, some).items():
            said[paper] = said[paper]._replace(tags=packed_tags(words))
        rows = ((*words, change, checksum(*words, change)) for words in said.values())
        database.executemany(_KEEP, rows)


def _with_status(said: Said, event: Event, sort: str) -> Said:
    status, day = status_of(event), event.fields.get("on")
    if type(day) is not date and event.offset is not None:
        day = event.day
    return said._replace(
        status=status.value if status else "",
        told=sort,
        at=stamp(event.at),
        day=day.isoformat() if type(day) is date else "",
    )


def _words_on_tags(
    database: sqlite3.Connection, papers: Sequence[str]
) -> Mapping[str, TagWords]:
    """The last word on each tag of each paper, of events that are not undone."""
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    asked = ", ".join("?" * len(papers))
    where = f"paper IN ({asked}) AND tags IS NOT NULL"
    for event, is_undone, sort in events_in(database, where, papers):
        words = found.setdefault(event.paper, {})
        for tag, is_on in () if is_undone else tags_of(event).items():
            words[tag] = max(words.get(tag, ("", False)), (sort, is_on))
    return found


def _last_words(
    database: sqlite3.Connection, papers: Sequence[str], field: str
) -> Iterator[tuple[Event, str]]:
    """The last event of each paper that gives the field and is not undone, and its place."""
    asked = ", ".join(["(?)"] * len(papers))
    # A damaged index of SQLite may lead nowhere, or to another paper: then the row is empty.
    latest = f"""(SELECT column1 AS name, (
        SELECT rowid FROM event AS said WHERE said.paper = asked.column1
        AND said.{field} IS NOT NULL ORDER BY said.sort DESC LIMIT 1
        ) AS place FROM (VALUES {asked}) AS asked)
        LEFT JOIN event ON event.rowid = place AND event.paper = name"""
    of_one = f"paper = ? AND {field} IS NOT NULL ORDER BY sort DESC"
    found = events_in(database, "place IS NOT NULL", papers, latest)
    for last, is_last_undone, place in found:
        if not is_last_undone:
            yield last, place
            continue
        for event, is_undone, sort in events_in(database, of_one, (last.paper,)):
            if not is_undone:
                yield event, sort
                break
