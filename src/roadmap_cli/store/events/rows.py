"""Events as rows of a table, and back."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap_cli.progress.clocks import stamp
from roadmap_cli.progress.events import (
    Event,
    former_question,
    name_of,
    question_of,
    rating_of,
    status_of,
    tags_of,
)
from roadmap_cli.progress.settings import setting_of
from roadmap_cli.store.database import DamagedError, checksum

if TYPE_CHECKING:
    from roadmap_cli.progress.replay import Key

COLUMNS = "at, device, position, paper, fields, zone"
"""What an event is made of; the table's other columns are derived from these.

`at` is in UTC; `zone` has the minutes that the writer's clock was ahead of it, if they are known.
"""
_SCHEMA = (
    """CREATE TABLE file
       (path TEXT PRIMARY KEY, device TEXT, length INTEGER, digest TEXT, settings INTEGER,
        state TEXT)""",
    """CREATE TABLE event
       (path TEXT, at TEXT, device TEXT, position INTEGER, paper TEXT, fields TEXT, sort TEXT,
        status TEXT, rating INTEGER, setting TEXT, undoes TEXT, distrusts TEXT, undone INTEGER, clamped INTEGER,
        seal INTEGER, tags INTEGER, question TEXT, was TEXT, zone INTEGER)""",
    "CREATE INDEX event_path ON event (path)",
    "CREATE INDEX event_at ON event (at)",
    "CREATE INDEX event_paper ON event (paper)",
    "CREATE INDEX event_command ON event (device, at)",
    """CREATE INDEX event_speaking ON event (undoes, distrusts)
       WHERE undoes != '' OR distrusts != ''""",
    """CREATE INDEX event_status ON event (paper, sort)
       WHERE status IS NOT NULL""",
    """CREATE INDEX event_rating ON event (paper, sort)
       WHERE rating IS NOT NULL""",
    "CREATE INDEX event_tags ON event (paper) WHERE tags IS NOT NULL",
    "CREATE INDEX event_question ON event (question, sort) WHERE question != ''",
    "CREATE INDEX event_was ON event (was) WHERE was != ''",
    "CREATE INDEX event_setting ON event (sort) WHERE setting IS NOT NULL",
    """CREATE TABLE said
       (paper TEXT PRIMARY KEY, status TEXT, told TEXT, at TEXT, day TEXT, rating INTEGER,
        rated TEXT, tags TEXT, change INTEGER, seal INTEGER) WITHOUT ROWID""",
    "CREATE INDEX said_change ON said (change)",
    "CREATE INDEX said_tags ON said (paper) WHERE tags != ''",
    "CREATE INDEX said_told ON said (told) WHERE status IN ('reading', 'read')",
    """CREATE TABLE memory
       (question TEXT PRIMARY KEY, stability REAL, difficulty REAL, first TEXT, last TEXT,
        due TEXT, answer TEXT, answers INTEGER, aside INTEGER, seal INTEGER) WITHOUT ROWID""",
    "CREATE INDEX memory_due ON memory (due) WHERE aside = 0 AND due != ''",
    "CREATE INDEX memory_last ON memory (last) WHERE last != ''",
    """CREATE TABLE marks
       (library TEXT PRIMARY KEY, change INTEGER, sets BLOB, seal INTEGER)""",
)
SAID = "paper, status, told, at, day, rating, rated, tags"
"""What the last words on a paper are made of."""
DUE = "aside = 0 AND due != '' AND due < ?"
"""What questions are asked again before a time."""
ANY_DUE = f"SELECT 1 FROM memory WHERE {DUE} LIMIT 1"
INSERT = f"INSERT INTO event VALUES ({', '.join('?' * 19)})"
_GAP = "\x00"  # sorts before every other character, as the end of a text does
_TABLE = "table"
_MINUTE = timedelta(minutes=1)
_EASTWARDS = 24 * 60
_DATED: dict[str, type[date | time]] = {
    "date": date,
    "datetime": datetime,
    "time": time,
}


def renew(connection: sqlite3.Connection, program: int) -> None:
    """Make empty tables, in place of those that another version of the program filled."""
    for table in ("file", "event", "said", "memory", "marks"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {program}")


def row_of(file: bytes, event: Event) -> tuple[object, ...]:
    """The row of an event that is neither undone nor distrusted, as far as is known."""
    own = (
        stamp(event.at),
        event.device,
        event.position,
        event.paper,
        json.dumps(_packed(dict(event.fields))),
        _zone(event),
    )
    sort = sort_key(event, (event.at,))
    return (
        file,
        *own[:-1],
        sort,
        status_of(event),
        rating_of(event),
        setting_of(event),
        name_of(event.undoes) if event.undoes else "",
        name_of(event.distrusts) if event.distrusts else "",
        0,
        0,
        seal(own, sort, undone=False),
        1 if tags_of(event) else None,
        question_of(event),
        former_question(event),
        own[-1],
    )


def _zone(event: Event) -> int | None:
    return None if event.offset is None else event.offset // _MINUTE


def event_of(row: Sequence[Any]) -> Event:
    """The event of a row's own columns."""
    at, device, position, paper, fields, zone = row
    said = _unpacked(json.loads(fields))
    offset = None if zone is None else zone * _MINUTE
    return Event(datetime.fromisoformat(at), device, position, paper, said, offset)


class Touched:
    """The papers and questions of which new events tell, or events that count no more."""

    def __init__(self) -> None:
        self.papers: set[str] = set()
        self.questions: set[str] = set()

    def add(self, paper: str, question: str) -> None:
        """Note what an event is about; either may be empty."""
        self.papers.add(paper)
        if question:
            self.questions.add(question)


TagWords = Mapping[str, tuple[str, bool]]
"""Of each tag the place of the last word on it among all events, and whether that puts it on."""


class Said(NamedTuple):
    """The last words on a paper: on its status, on its rating, and on each of its tags.

    `at` is when the status was given, `day` the day that it is said of, as it was
    named or, else, on the writer's clock; empty where only UTC was written. `told` and
    `rated` are the places of both words among all events; empty where there is none.
    `tags` is what `packed_tags` makes of the last words on them; empty where there are none.
    """

    paper: str
    status: str = ""
    told: str = ""
    at: str = ""
    day: str = ""
    rating: int | None = None
    rated: str = ""
    tags: str = ""

    @property
    def tag_words(self) -> TagWords:
        """The last word on each tag."""
        words: dict[str, list[Any]] = json.loads(self.tags) if self.tags else {}
        return {tag: (place, bool(is_on)) for tag, (place, is_on) in words.items()}


def packed_tags(words: TagWords) -> str:
    """The last words on tags as a text."""
    return json.dumps(words) if words else ""


def said_in(
    database: sqlite3.Connection, where: str, *values: object
) -> Iterator[Said]:
    """The last words of rows that are as we wrote them; raises `DamagedError` else."""
    query = f"SELECT {SAID}, change, seal FROM said WHERE {where}"
    with closing(database.execute(query, values)) as rows:
        for *row, change, mark in rows:
            if mark != checksum(*row, change):
                raise DamagedError
            yield Said._make(row)


def events_in(
    database: sqlite3.Connection,
    where: str,
    values: Sequence[object],
    rows_of: str = "event",
) -> Iterator[tuple[Event, bool, str]]:
    """Events of rows that are as we wrote them, whether they are undone, and their place.

    Raises `DamagedError` for others.
    """
    query = f"SELECT sort, seal, undone, {COLUMNS} FROM {rows_of} WHERE {where}"
    with closing(database.execute(query, values)) as rows:
        for sort, mark, undone, *row in rows:
            if mark != seal(row, sort, undone=bool(undone)):
                raise DamagedError
            yield event_of(row), bool(undone), sort


def sort_key(event: Event, key: "Key") -> str:
    """The place of an event whose command has this key, as a text: texts sort as places do."""
    at, device, position, paper, fields = event.identity
    own = (
        stamp(at),
        _escaped(device),
        f"{position:09}",
        _escaped(paper),
        _escaped(fields),
        "" if event.offset is None else f"{_EASTWARDS + event.offset // _MINUTE:05}",
    )
    return sort_start(key) + _GAP.join(own)


def sort_start(key: "Key") -> str:
    """How the places of all events begin whose command has this key."""
    return _GAP.join((*map(_segment, key), "1", ""))


def _segment(part: datetime | int) -> str:
    return stamp(part) if isinstance(part, datetime) else f"{part:09}"


def _escaped(text: str) -> str:
    """A text without the character of the gap that sorts among others as it did before."""
    return text.replace("\x01", "\x01\x02").replace(_GAP, "\x01\x01")


def seal(own: Sequence[object], sort: str, *, undone: bool) -> int:
    """The check sum of the row of an event."""
    return checksum(*own, sort, int(undone))


def _packed(value: object) -> object:
    """A value as JSON can hold it: what JSON does not know stands in a table with its kind."""
    if isinstance(value, dict):
        return {_TABLE: {name: _packed(item) for name, item in value.items()}}
    if isinstance(value, list | tuple):
        return [_packed(item) for item in value]
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    return value


def _unpacked(value: Any) -> Any:  # noqa: ANN401 - whatever TOML can hold
    if isinstance(value, list):
        return [_unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    if kind == _TABLE:
        return {name: _unpacked(item) for name, item in held.items()}
    return _DATED[kind].fromisoformat(held)
