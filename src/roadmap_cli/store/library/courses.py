"""Courses in a database: how they are laid down, and asked for."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from roadmap_cli.curriculum.courses import Courses
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.numbers import Course
from roadmap_cli.store.library.packing import packed_set, set_of, unpacked

SCHEMA = """
CREATE TABLE course (name TEXT, first INTEGER, works BLOB, ordered TEXT, different BLOB);
CREATE TABLE course_asked (course TEXT, topic TEXT, bits BLOB);
CREATE TABLE course_need (course TEXT, work INTEGER, needs TEXT, PRIMARY KEY (course, work))
    WITHOUT ROWID;
"""
Ask = Callable[..., list[Any]]
Checked = Callable[[Callable[[Any], Any]], Callable[[Any], Any]]


def fill(connection: Connection, library: Library) -> None:
    """Lay down the courses of a library."""
    insert = connection.executemany
    insert("INSERT INTO course VALUES (?, ?, ?, ?, ?)", _courses(library))
    insert("INSERT INTO course_asked VALUES (?, ?, ?)", _asked(library))
    insert("INSERT INTO course_need VALUES (?, ?, ?)", _needs(library))


def _of(library: Library) -> Courses:
    return library.courses or Courses({}, {})


def _courses(library: Library) -> Iterator[tuple[object, ...]]:
    for name, course in _of(library).courses.items():
        works, different = packed_set(course.works), packed_set(course.different)
        yield name, int(course.is_first), works, json.dumps(course.order), different


def _asked(library: Library) -> Iterator[tuple[object, ...]]:
    for name, course in _of(library).courses.items():
        for topic, some in course.asked_by.items():
            yield name, topic, packed_set(some)


def _needs(library: Library) -> Iterator[tuple[object, ...]]:
    for name, needs in _of(library).needs.items():
        for work, some in needs.items():
            yield name, work, json.dumps(some)


class StoredCourses(Courses):
    """The courses of a database; `ask` and `checked` are those of its library."""

    def __init__(self, ask: Ask, checked: Checked) -> None:
        super().__init__({}, {})
        self._ask = ask
        self._set, self._list = checked(set_of), checked(unpacked)

    def of(self, catalogue: str) -> Course:
        query = "SELECT first, works, ordered, different FROM course WHERE name = ?"
        ((first, works, order, different),) = self._ask(query, catalogue)
        query = "SELECT topic, bits FROM course_asked WHERE course = ?"
        asked = self._ask(query, catalogue)
        return Course(
            self._set(works),
            bool(first),
            tuple(self._list(order)),
            self._set(different),
            {topic: self._set(bits) for topic, bits in asked},
        )

    def needs_of(
        self, catalogue: str, works: Collection[int]
    ) -> Mapping[int, Sequence[int]]:
        query = """SELECT work, needs FROM course_need
                   WHERE course = ? AND work IN (SELECT value FROM json_each(?))"""
        rows = self._ask(query, catalogue, json.dumps([*works]))
        return {work: self._list(needs) for work, needs in rows}
