"""What is remembered of each question, kept in the database of events.

`roadmap_cli.progress.reviews.recalls` says the same of all events. Only the questions that new
events tell of are worked out anew, each from its own events.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from roadmap_cli.progress.events import stamp
from roadmap_cli.progress.reviews import Answer, Memory, Recall, names_of, recall_of
from roadmap_cli.store.database import DamagedError, checksum
from roadmap_cli.store.events.rows import events_in

_COLUMNS = "question, stability, difficulty, first, last, due, answer, answers, aside"
_KEEP = "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FORMERS = "SELECT DISTINCT was FROM event WHERE question = ? AND undone = 0"
_LATERS = "SELECT DISTINCT question FROM event WHERE was = ?"


def note(database: sqlite3.Connection, questions: Iterable[str]) -> None:
    """Work out anew what is remembered of these questions, and of what they became."""

    def asked(query: str, question: str) -> list[str]:
        return [name for (name,) in database.execute(query, (question,))]

    later = (names_of(name, lambda name: asked(_LATERS, name)) for name in questions)
    for question in frozenset[str]().union(*later):
        names = names_of(question, lambda name: asked(_FORMERS, name))
        row = _row(question, told(database, [*names]))
        database.execute(_KEEP, (*row, checksum(*row)))


def told(database: sqlite3.Connection, names: Sequence[str]) -> Recall:
    """What the events that count come to that are about a question under any of these names."""
    where = f"question IN ({', '.join('?' * len(names))}) ORDER BY sort"
    events = events_in(database, where, names)
    return recall_of(event for event, is_undone, _ in events if not is_undone)


def kept(
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
    times = map(stamp, (memory.first, memory.last, memory.due))
    held = (memory.stability, memory.difficulty, *times)
    return (question, *held, memory.answer.value, memory.answers, int(recall.is_aside))


def _recall(row: Sequence[Any]) -> Recall:
    _, stability, difficulty, first, last, due, answer, answers, aside = row
    if not answers:
        return Recall(None, bool(aside))
    first, last, due = map(datetime.fromisoformat, (first, last, due))
    memory = Memory(stability, difficulty, first, last, due, Answer(answer), answers)
    return Recall(memory, bool(aside))
