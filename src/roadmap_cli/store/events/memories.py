"""What is remembered of each question, kept in the database of events.

`roadmap_cli.progress.reviews.recalls` says the same of all events. Only the questions that new
events tell of are worked out anew, each from its own events.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

from roadmap_cli.progress.clocks import Moment, end_of, stamp, written
from roadmap_cli.progress.events import (
    question_of,
    words_of,
)
from roadmap_cli.progress.reviews import (
    Answer,
    Memory,
    Recall,
    is_due,
    names_of,
    recall_of,
)
from roadmap_cli.store.database import DamagedError, checksum
from roadmap_cli.store.events.rows import DUE, events_in

_COLUMNS = "question, stability, difficulty, first, last, due, answer, answers, aside"
_KEEP = "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# That a name is not empty is said each time: SQLite uses a partial index only where it can see it.
_FORMERS = """SELECT DISTINCT was FROM event
    WHERE question = ? AND question != '' AND undone = 0"""
_RENAMED = """SELECT was FROM event AS renaming
    WHERE was != '' AND was != question AND undone = 0 AND NOT EXISTS (
        SELECT 1 FROM event AS later WHERE later.question = renaming.was
        AND later.question != '' AND later.undone = 0 AND later.sort > renaming.sort)"""
"""The names that questions had, and that none has got again since."""
_SOME = "question != '' AND question IN (SELECT value FROM json_each(?))"
_MOST = 100
"""Questions that are due, of which it is told that they are."""
_LATERS = "SELECT DISTINCT question FROM event WHERE was = ? AND was != ''"


def note(database: sqlite3.Connection, questions: Iterable[str]) -> None:
    """Work out anew what is remembered of these questions, and of what they became."""

    def asked(query: str, question: str) -> list[str]:
        return [name for (name,) in database.execute(query, (question,))]

    later = (names_of(name, lambda name: asked(_LATERS, name)) for name in questions)
    for question in frozenset[str]().union(*later):
        row = _row(question, told(database, former(database, [question])))
        database.execute(_KEEP, (*row, checksum(*row)))


def former(database: sqlite3.Connection, names: Iterable[str]) -> list[str]:
    """These names of a question, and all that it was called before, as events say."""

    def before(name: str) -> list[str]:
        return [was for (was,) in database.execute(_FORMERS, (name,))]

    each = (names_of(name, before) for name in names)
    return sorted(frozenset[str]().union(*each))


def told(database: sqlite3.Connection, names: Sequence[str]) -> Recall:
    """What the events that count come to that are about a question under any of these names."""
    events = events_in(database, f"{_SOME} ORDER BY sort", (json.dumps([*names]),))
    return recall_of(event for event, is_undone, _ in events if not is_undone)


def kept(
    database: sqlite3.Connection, questions: Sequence[str] | None = None
) -> dict[str, Recall]:
    """What is remembered of these questions, or of all, of which anything was said.

    Raises `DamagedError` if a row is missing, or is not as we wrote it.
    """
    some = "true" if questions is None else _SOME
    values = () if questions is None else (json.dumps([*questions]),)
    found = dict(_rows(database, some, *values))
    count = (
        f"SELECT count(DISTINCT question) FROM event WHERE question != '' AND {some}"
    )
    if len(found) < database.execute(count, values).fetchone()[0]:
        raise DamagedError
    return found


def due(database: sqlite3.Connection, today: date) -> list[str]:
    """The questions that are asked again today, a hundred at most: the longest due first."""
    where = f"{DUE} AND question NOT IN ({_RENAMED}) ORDER BY due LIMIT {_MOST}"
    rows = _rows(database, where, stamp(end_of(today)))
    told = ((name, recall.memory) for name, recall in rows)
    return [name for name, memory in told if memory and is_due(memory, today)]


def answered_on(database: sqlite3.Connection, today: date) -> int:
    """How many questions were answered last today."""
    start = stamp(end_of(today) - timedelta(days=3))
    where = f"last != '' AND last >= ? AND question NOT IN ({_RENAMED})"
    told = (recall.memory for _, recall in _rows(database, where, start))
    return sum(memory.last.day == today for memory in told if memory)


def names(database: sqlite3.Connection) -> list[str]:
    """The questions of which anything was said, without those that were renamed since."""
    query = f"""SELECT question FROM memory WHERE (answers > 0 OR aside = 1)
                AND question NOT IN ({_RENAMED})"""
    return [name for (name,) in database.execute(query)]


def renamings(database: sqlite3.Connection) -> dict[str, str]:
    """What questions were called before they were renamed first, by their later names."""
    query = "SELECT question, was FROM event WHERE was != '' AND undone = 0 ORDER BY sort DESC"
    return dict(database.execute(query).fetchall())


def words(database: sqlite3.Connection, questions: Sequence[str]) -> dict[str, str]:
    """The words of these questions when they were answered last, where events tell them."""
    events = events_in(database, f"{_SOME} ORDER BY sort", (json.dumps([*questions]),))
    told = ((event, words_of(event)) for event, is_undone, _ in events if not is_undone)
    return {question_of(event): said for event, said in told if said}


def _rows(
    database: sqlite3.Connection, where: str, *values: object
) -> Iterator[tuple[str, Recall]]:
    """What is remembered of questions, by rows that are as we wrote them.

    Raises `DamagedError` for others.
    """
    query = f"SELECT seal, {_COLUMNS} FROM memory WHERE {where}"
    with closing(database.execute(query, values)) as rows:
        for seal, *row in rows:
            if seal != checksum(*row):
                raise DamagedError
            yield row[0], _recall(row)


def _row(question: str, recall: Recall) -> tuple[object, ...]:
    memory = recall.memory
    if memory is None:
        return (question, None, None, "", "", "", "", 0, int(recall.is_aside))
    times = (written(*memory.first), written(*memory.last), stamp(memory.due))
    held = (memory.stability, memory.difficulty, *times)
    return (question, *held, memory.answer.value, memory.answers, int(recall.is_aside))


def _recall(row: Sequence[Any]) -> Recall:
    _, stability, difficulty, first, last, due, answer, answers, aside = row
    if not answers:
        return Recall(None, bool(aside))
    moments = (Moment.read(first), Moment.read(last))
    held = (stability, difficulty, *moments, datetime.fromisoformat(due))
    memory = Memory(*held, Answer(answer), answers)
    return Recall(memory, bool(aside))
