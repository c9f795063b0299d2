"""A library that lies in SQLite and is read as it is asked: what a large one needs.

It answers as the library that it was made from does, and looks up no more than it is asked for.
`fill` lays a library down; everything that follows from the catalogues (which works they are,
their order, what needs what) is worked out then, and only then.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from roadmap_cli.errors import DataFileError
from roadmap_cli.library import Library
from roadmap_cli.model import (
    Area,
    Catalogue,
    Group,
    Kind,
    Level,
    Link,
    Method,
    Paper,
    Question,
    Topic,
)

_V = TypeVar("_V")
_LAST = "\U0010ffff"
"""The last character there is: behind all that go on otherwise."""
_SCHEMA = """
CREATE TABLE catalogue (number INTEGER PRIMARY KEY, fields TEXT);
CREATE TABLE area (number INTEGER PRIMARY KEY, name TEXT UNIQUE, fields TEXT);
CREATE TABLE topic (number INTEGER PRIMARY KEY, name TEXT UNIQUE, fields TEXT);
CREATE TABLE paper (number INTEGER PRIMARY KEY, name TEXT UNIQUE, work INTEGER, fields TEXT);
CREATE TABLE work (number INTEGER PRIMARY KEY, name TEXT UNIQUE, shown TEXT, topics TEXT,
                   needs TEXT, needed_by TEXT, calls TEXT, reach BLOB, retired INTEGER);
CREATE TABLE former (name TEXT PRIMARY KEY, work TEXT) WITHOUT ROWID;
CREATE INDEX paper_work ON paper (work);
CREATE INDEX work_retired ON work (name) WHERE retired = 1;
"""


def fill(connection: sqlite3.Connection, library: Library) -> None:
    """Lay a library down in an empty database."""
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    heads = (_packed(one._replace(areas=(), papers={})) for one in library.catalogues)
    _insert(connection, "catalogue", _numbered((head,) for head in heads))
    areas = ((one.full_name, _packed(one)) for one in library.areas)
    _insert(connection, "area", _numbered(areas))
    topics = ((name, _packed(one)) for name, one in library.topics.items())
    _insert(connection, "topic", _numbered(topics))
    number_of = library.positions
    papers = (
        (name, number_of[library.work[name]], _packed(paper))
        for name, paper in library.papers.items()
    )
    _insert(connection, "paper", _numbered(papers))
    topic_number = {name: number for number, name in enumerate(library.topics)}
    works = (
        (
            work,
            library.shown[work].name,
            _packed([topic_number[one.full_name] for one in library.topics_of[work]]),
            _packed([number_of[one] for one in library.needs[work]]),
            _packed([number_of[one] for one in library.needed_by[work]]),
            _packed(library.calls[work]),
            _bytes(library.reach[work]),
            int(work in library.retired),
        )
        for work in number_of
    )
    _insert(connection, "work", _numbered(works))
    connection.executemany(
        "INSERT INTO former VALUES (?, ?)", library.former_names.items()
    )


def _numbered(
    rows: Iterable[tuple[object, ...]],
) -> Iterator[tuple[object, ...]]:
    """Rows with their number in front."""
    return ((number, *row) for number, row in enumerate(rows))


def _insert(
    connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]
) -> None:
    first = next(rows, None)
    if first is not None:
        insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        connection.execute(insert, first)
        connection.executemany(insert, rows)


def _packed(value: object) -> str:
    """Named tuples as the lists of their values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class StoredLibrary(Library):
    """The library that `fill` laid down; its `catalogues` do not list their papers.

    What it gives raises `DataFileError` where the database cannot be read; `drop` then
    removes it, so that the next run lays it down anew.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        made_from: str,
        drop: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = connection
        self._drop = drop
        rows = self._ask("SELECT fields FROM catalogue ORDER BY number")
        heads = (Catalogue._make(json.loads(fields)) for (fields,) in rows)
        super().__init__(tuple(heads), made_from)

    def _ask(self, query: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except UnicodeEncodeError:  # a name that no catalogue can have
            return []
        except sqlite3.Error as error:
            self._drop()
            raise DataFileError(
                f"the index of catalogues cannot be read: {error}",
                hint="it was removed; try again: it builds itself anew",
            ) from error

    def _table(
        self, table: str, column: str, make: Callable[[Any], _V]
    ) -> "_Table[_V]":
        return _Table(self._ask, table, column, make)

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """As in `Library`."""
        return self._table("paper", "fields", _paper)

    @cached_property
    def work(self) -> Mapping[str, str]:
        """As in `Library`."""
        return self._table("paper", "work", self.works.__getitem__)

    @cached_property
    def works(self) -> Sequence[str]:
        """As in `Library`."""
        return _Names(self._ask, "work")

    @cached_property
    def entries(self) -> Mapping[str, tuple[Paper, ...]]:
        """As in `Library`."""
        query = "SELECT fields FROM paper WHERE work = ? ORDER BY number"

        def papers(number: int) -> tuple[Paper, ...]:
            return tuple(_paper(fields) for (fields,) in self._ask(query, number))

        return self._table("work", "number", papers)

    @cached_property
    def shown(self) -> Mapping[str, Paper]:
        """As in `Library`."""
        return self._table("work", "shown", self.papers.__getitem__)

    @cached_property
    def retired(self) -> Collection[str]:
        """As in `Library`."""
        return {
            name for (name,) in self._ask("SELECT name FROM work WHERE retired = 1")
        }

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """As in `Library`."""
        return tuple(self.areas_by_name.values())

    @cached_property
    def areas_by_name(self) -> Mapping[str, Area]:
        """As in `Library`."""
        return self._table("area", "fields", _area)

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """As in `Library`."""
        return self._table("topic", "fields", _topic_of_text)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """As in `Library`."""
        return self._table("work", "number", int)

    def begun_with(self, typed: str) -> list[str]:
        """As in `Library`."""
        query = "SELECT DISTINCT work FROM paper WHERE name >= ? AND name < ?"
        found: set[int] = set()
        for start in (typed, *(f"{one.id}/{typed}" for one in self.catalogues)):
            rows = self._ask(query, start, f"{start}{_LAST}")
            found |= {work for (work,) in rows}
        return [self.works[number] for number in sorted(found)]

    @cached_property
    def topics_of(self) -> Mapping[str, tuple[Topic, ...]]:
        """As in `Library`."""
        names = self.topic_names

        def topics(numbers: str) -> tuple[Topic, ...]:
            return tuple(self.topics[names[one]] for one in json.loads(numbers))

        return self._table("work", "topics", topics)

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """As in `Library`."""
        return self._table("work", "needs", self._named)

    @cached_property
    def needed_by(self) -> Mapping[str, tuple[str, ...]]:
        """As in `Library`."""
        return self._table("work", "needed_by", self._named)

    @cached_property
    def reach(self) -> Mapping[str, int]:
        """As in `Library`."""
        return self._table("work", "reach", lambda some: int.from_bytes(some, "little"))

    @cached_property
    def topic_names(self) -> Sequence[str]:
        """As in `Library`."""
        return _Names(self._ask, "topic")

    @cached_property
    def topic_numbers(self) -> Mapping[str, int]:
        """As in `Library`."""
        return self._table("topic", "number", int)

    @cached_property
    def calls(self) -> Mapping[str, tuple[str, ...]]:
        """As in `Library`."""
        return self._table("work", "calls", lambda text: tuple(json.loads(text)))

    @cached_property
    def former_names(self) -> Mapping[str, str]:
        """As in `Library`."""
        return self._table("former", "work", str)

    def _named(self, numbers: str) -> tuple[str, ...]:
        return tuple(self.works[number] for number in json.loads(numbers))


_Ask = Callable[..., list[Any]]


class _Table(Mapping[str, _V], Generic[_V]):
    """A column of a table by name, in the table's order; what was asked for is kept."""

    def __init__(
        self, ask: _Ask, table: str, column: str, make: Callable[[Any], _V]
    ) -> None:
        self._ask = ask
        self._table = table
        self._query = f"SELECT {column} FROM {table} WHERE name = ?"
        self._make = make
        self._known: dict[str, _V] = {}
        self._count: int | None = None

    def __getitem__(self, name: str) -> _V:
        """The value under a name; raises `KeyError`."""
        if name in self._known:
            return self._known[name]
        rows = self._ask(self._query, name)
        if not rows:
            raise KeyError(name)
        return self._known.setdefault(name, self._make(rows[0][0]))

    def __contains__(self, name: object) -> bool:
        """Whether there is a row of that name."""
        return name in self._known or bool(self._ask(self._query, name))

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the library."""
        order = "name" if self._table == "former" else "number"
        rows = self._ask(f"SELECT name FROM {self._table} ORDER BY {order}")
        return (name for (name,) in rows)

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            rows = self._ask(f"SELECT count(*) FROM {self._table}")
            self._count = int(rows[0][0])
        return self._count


class _Names(Sequence[str]):
    """The names of a table by number."""

    def __init__(self, ask: _Ask, table: str) -> None:
        self._ask = ask
        self._table = table
        self._known: dict[int, str] = {}
        self._count: int | None = None

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """The name of that number; raises `IndexError`."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if number not in self._known:
            query = f"SELECT name FROM {self._table} WHERE number = ?"
            rows = self._ask(query, number)
            if not rows:
                raise IndexError(number)
            self._known[number] = rows[0][0]
        return self._known[number]

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            rows = self._ask(f"SELECT count(*) FROM {self._table}")
            self._count = int(rows[0][0])
        return self._count


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def _paper(fields: str) -> Paper:
    values = json.loads(fields)
    paper = Paper._make(tuple(one) if isinstance(one, list) else one for one in values)
    return paper._replace(kind=Kind(paper.kind), level=Level(paper.level))


def _area(fields: str) -> Area:
    area = Area._make(json.loads(fields))
    return area._replace(
        aliases=tuple(area.aliases),
        topics=tuple(map(_topic, area.topics)),
        figures=_links(area.figures),
        further=_links(area.further),
    )


def _topic_of_text(fields: str) -> Topic:
    return _topic(json.loads(fields))


def _topic(values: Sequence[Any]) -> Topic:
    topic = Topic._make(values)
    return topic._replace(
        aliases=tuple(topic.aliases),
        requires=tuple(topic.requires),
        groups=tuple(map(_group, topic.groups)),
        questions=tuple(map(Question._make, topic.questions)),
        further=_links(topic.further),
    )


def _group(values: Sequence[Any]) -> Group:
    papers, title, summary, methods = values
    return Group(tuple(papers), title, summary, tuple(map(Method._make, methods)))


def _links(values: Iterable[Sequence[str]]) -> tuple[Link, ...]:
    return tuple(map(Link._make, values))
