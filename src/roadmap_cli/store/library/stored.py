"""A library that lies in SQLite and is read as it is asked.

It answers as the library in memory that it was made from does (`laying`), and looks up no more
than it is asked for.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Place, Topic
from roadmap_cli.curriculum.numbers import Choice, Choices, Numbers, Waiting
from roadmap_cli.errors import DataFileError
from roadmap_cli.language.slips import MANY, may_be_near, near_lengths
from roadmap_cli.store.database import DAMAGE, DamagedError, raise_if_misused
from roadmap_cli.store.library.columns import Column, Later, NamesByNumber
from roadmap_cli.store.library.packing import (
    area_of,
    head_of,
    paper_of,
    set_in,
    set_of,
    topic_of,
    unpacked,
)

if TYPE_CHECKING:
    from roadmap_cli.curriculum.courses import Courses
    from roadmap_cli.curriculum.references import Missing
    from roadmap_cli.curriculum.works import Bridge

_V = TypeVar("_V")
_AT_ONCE = 500
"""Rows that are asked for together."""
_LAST = "\U0010ffff"
"""The last character there is: behind all that go on otherwise."""
CALL, ACRONYM, TITLE, ADDRESS = 0, 1, 2, 3
"""What an answer is: a key, id or alias, an acronym, the title, a topic's name with its area."""


class StoredLibrary(Library):
    """The library that `laying` laid down; its `catalogues` do not list their papers.

    What it gives raises `DataFileError` where the database cannot be read; `drop` then
    removes it, so that the next run lays it down anew.
    """

    def __init__(
        self, connection: sqlite3.Connection, drop: Callable[[], None] = lambda: None
    ) -> None:
        self._database = connection
        self._drop = drop
        rows = self._ask("SELECT fields FROM catalogue ORDER BY number")
        unpack = self._checked(head_of)
        heads = (unpack(fields) for (fields,) in rows)
        digests = self._ask("SELECT digest FROM source ORDER BY rowid")
        super().__init__(tuple(heads), " ".join(digest for (digest,) in digests))

    def _ask(self, query: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except UnicodeEncodeError:  # a name that no catalogue can have
            return []
        except DAMAGE as error:
            raise_if_misused(error)
            raise self._unreadable(error) from error

    def _checked(self, unpack: Callable[[Any], _V]) -> Callable[[Any], _V]:
        """What unpacks a value, raising `DataFileError` where that turns out to be damaged."""

        def checked(value: object) -> _V:
            try:
                return unpack(value)
            except DamagedError as error:
                raise self._unreadable(error) from error

        return checked

    def _unreadable(self, error: Exception) -> DataFileError:
        """What is raised for a damaged database, which is removed."""
        self._drop()
        return DataFileError(
            f"the index of catalogues cannot be read: {error}",
            hint="it was removed; try again: it builds itself anew",
        )

    @property
    def damages(self) -> tuple[DataFileError, ...]:
        """The files that were wrong when it was laid down, and so are left out."""
        rows = self._ask("SELECT message, hint FROM damage ORDER BY rowid")
        return tuple(DataFileError(message, hint=hint) for message, hint in rows)

    def close(self) -> None:
        self._database.close()

    def _table(self, table: str, column: str, make: Callable[[Any], _V]) -> Column[_V]:
        return Column(self._ask, table, column, self._checked(make))

    @cached_property
    def papers(self) -> Column[Paper]:
        return self._table("paper", "fields", paper_of)

    @cached_property
    def work(self) -> Column[str]:
        name = "(SELECT name FROM work WHERE number = paper.work)"
        return self._table("paper", name, str)

    @cached_property
    def bridges(self) -> Sequence["Bridge"]:
        rows = self._ask("SELECT * FROM bridge")
        if not rows:
            return ()
        from roadmap_cli.curriculum.works import Bridge  # rarely needed

        return tuple(map(Bridge._make, rows))

    @cached_property
    def missing(self) -> "Sequence[Missing]":
        from roadmap_cli.curriculum.references import Missing  # rarely needed

        rows = self._ask("SELECT * FROM missing ORDER BY rowid")
        return tuple(map(Missing._make, rows))

    @cached_property
    def works(self) -> NamesByNumber:
        return NamesByNumber(self._ask, "work", self.positions)

    def names_of(self, numbers: Iterable[int]) -> Iterator[str]:
        return self.works.each(numbers)

    @cached_property
    def entries(self) -> Mapping[str, tuple[Paper, ...]]:
        query = "SELECT fields FROM paper WHERE work = ? ORDER BY number"

        def papers(number: int) -> tuple[Paper, ...]:
            return tuple(paper_of(fields) for (fields,) in self._ask(query, number))

        return self._table("work", "number", papers)

    @cached_property
    def shown(self) -> Mapping[str, Paper]:
        return self._table("work", "shown", self.papers.__getitem__)

    @cached_property
    def retired(self) -> Collection[str]:
        rows = self._ask("SELECT name FROM work WHERE retired = 1")
        return {name for (name,) in rows}

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return tuple(self.areas_by_name.values())

    @cached_property
    def areas_by_name(self) -> Mapping[str, Area]:

        def area(row: str) -> Area:
            fields, first, count = unpacked(row)
            return area_of(fields, Later(lambda: self._topics(first, count)))

        return self._table("area", "json_array(fields, first, topics)", area)

    def _topics(self, first: int, count: int) -> Sequence[Topic]:
        names = self.topic_names.of(range(first, first + count))
        return self.topics.of(names)

    @cached_property
    def topics(self) -> Column[Topic]:
        query = "SELECT papers FROM topic WHERE name = ?"

        def papers_of(topic: Topic, group: int) -> Sequence[str]:
            name, unpack = topic.full_name, self._checked(unpacked)
            return Later(lambda: unpack(self._ask(query, name)[0][0])[group])

        unpack = partial(topic_of, papers_of=papers_of)
        return self._table("topic", "fields", unpack)

    def papers_of(self, topic: Topic) -> Iterator[Paper]:
        """What is told of each paper is asked for together."""
        names = map(topic.in_full, topic.papers)
        while some := list(islice(names, _AT_ONCE)):
            papers = self.papers.of(some)
            self.topics_of.of(self.work.of(some))
            yield from (paper for paper in papers if not paper.retired)

    def places_in_files(self, names: Sequence[str]) -> list[int]:
        return self._table("paper", "number", int).of(names)

    def works_of(self, topic: Topic) -> Sequence[str]:
        return self.work.of([paper.name for paper in self.papers_of(topic)])

    def works_in(self, place: Place) -> Numbers:
        return self._set(set_in(place))

    @cached_property
    def current(self) -> Numbers:
        return self._set("current")

    @cached_property
    def inside(self) -> Numbers:
        return self._set("inside")

    @cached_property
    def minute_bits(self) -> Sequence[Numbers]:
        query = "SELECT bits FROM works WHERE which = 'minutes' ORDER BY rowid"
        unpack = self._checked(set_of)
        return tuple(unpack(bits) for (bits,) in self._ask(query))

    @cached_property
    def languages(self) -> Mapping[str, Numbers]:
        rows = self._ask("SELECT name, bits FROM language ORDER BY rowid")
        unpack = self._checked(set_of)
        return {name: unpack(bits) for name, bits in rows}

    @cached_property
    def choices(self) -> Choices:
        rows = self._ask("SELECT * FROM choice ORDER BY rowid")
        if not rows:
            return Choices()
        numbers, ordered = self._checked(set_of), self._checked(unpacked)
        by_topic = {
            topic: Choice(count, numbers(works), tuple(ordered(some)), numbers(asked))
            for topic, count, works, some, asked in rows
        }
        return Choices(by_topic, self._set("optional"), self._set("asking"))

    @cached_property
    def waiting(self) -> Waiting:
        return Waiting(self._set("waiting in topic"), self._set("waiting in area"))

    def _set(self, which: str) -> Numbers:
        rows = self._ask("SELECT bits FROM works WHERE which = ?", which)
        return self._checked(set_of)(rows[0][0])

    def numbers_called(self, names: Iterable[str]) -> dict[str, int]:
        some = json.dumps(list(names))
        asked = "JOIN json_each(?) ON name = value"
        former = f"""SELECT former.name, number FROM former {asked.replace("name", "former.name")}
                     JOIN work ON work.name = former.work"""
        papers = f"SELECT name, work FROM paper {asked}"
        return dict([*self._ask(former, some), *self._ask(papers, some)])

    def needed_for(self, works: Numbers) -> Numbers:
        found, unpack = set[int](), self._checked(unpacked)
        numbers = iter(works & self._having_needs)
        query = "SELECT needs FROM work JOIN json_each(?) ON number = value"
        while some := list(islice(numbers, _AT_ONCE)):
            for (needs,) in self._ask(query, json.dumps(some)):
                found.update(unpack(needs))
        return Numbers.of(found)

    @cached_property
    def _having_needs(self) -> Numbers:
        return self._set("having needs")

    @cached_property
    def courses(self) -> "Courses | None":
        if len(self.catalogues) == 1:
            return None
        from roadmap_cli.store.library.courses import StoredCourses

        return StoredCourses(self._ask, self._checked)

    def topics_asking(self, questions: Collection[str] | None = None) -> list[Topic]:
        from roadmap_cli.store.library.questions import topics_asking  # few ask

        return self.topics.of(topics_asking(self._ask, questions))

    def topics_titled(self, title: str) -> int:
        return int(self._ask("SELECT count(*) FROM topic WHERE title = ?", title)[0][0])

    @cached_property
    def positions(self) -> Column[int]:
        return self._table("work", "number", int)

    def begun_with(self, typed: str) -> list[str]:
        query = "SELECT DISTINCT work FROM paper WHERE name >= ? AND name < ?"
        full = (f"{catalogue.id}/{typed}" for catalogue in self.catalogues)
        rows = (self._ask(query, start, start + _LAST) for start in (typed, *full))
        found = {work for (work,) in chain.from_iterable(rows)}
        return [self.works[number] for number in sorted(found)]

    def papers_called(self, folded: str) -> list[Paper]:
        return self._papers("answer WHERE folded = ?", folded)

    def papers_called_any(self, folded: Collection[str]) -> list[Paper]:
        some = "answer WHERE folded IN (SELECT value FROM json_each(?))"
        return self._papers(some, json.dumps(list(folded)))

    def papers_begun(self, folded: str) -> list[Paper]:
        begins = f"answer WHERE rank = {CALL} AND folded >= ? AND folded < ?"
        return self._papers(begins, folded, folded + _LAST)

    def papers_titled(self, folded: str) -> list[Paper]:
        says = f"answer WHERE rank = {TITLE} AND instr(' ' || folded, ' ' || ?) > 0"
        return self._papers(says, folded)

    def papers_identified(self, identity: str) -> list[Paper]:
        return self._papers("identity WHERE identity = ?", identity)

    def _papers(self, which: str, *values: str) -> list[Paper]:
        query = f"""SELECT fields FROM paper WHERE number IN (SELECT paper FROM {which})
                    ORDER BY number"""
        unpack = self._checked(paper_of)
        return [unpack(fields) for (fields,) in self._ask(query, *values)]

    def places_called(self, folded: str) -> list[Topic | Area]:
        return self._places(f"folded = ? AND rank != {ADDRESS}", folded)

    def places_called_any(self, folded: Collection[str]) -> list[Topic | Area]:
        some = "folded IN (SELECT value FROM json_each(?))"
        return self._places(f"{some} AND rank != {ADDRESS}", json.dumps(list(folded)))

    def places_begun(self, folded: str) -> list[Topic | Area]:
        begins = f"rank IN ({CALL}, {ADDRESS}) AND folded >= ? AND folded < ?"
        return self._places(begins, folded, folded + _LAST)

    def places_titled(self, folded: str) -> list[Topic | Area]:
        says = f"rank = {TITLE} AND instr(' ' || folded, ' ' || ?) > 0"
        return self._places(says, folded)

    def _places(self, which: str, *values: str) -> list[Topic | Area]:
        query = f"SELECT DISTINCT place FROM place_answer WHERE {which} ORDER BY place"
        numbers = [number for (number,) in self._ask(query, *values)]
        areas = NamesByNumber(self._ask, "area")
        known: list[Topic | Area] = [
            self.areas_by_name[areas[number]]
            for number in numbers
            if number < len(areas)
        ]
        topics = (number - len(areas) for number in numbers if number >= len(areas))
        return [*known, *(self.topics[self.topic_names[topic]] for topic in topics)]

    def spellings(
        self, word: str, *, papers: bool = True, places: bool = True
    ) -> Iterator[str]:
        tables = ["answer"] * papers + ["place_answer"] * places
        if not tables:
            return
        each = " UNION ".join(f"SELECT folded FROM {table}" for table in tables)
        many = self._ask(f"SELECT count(*) FROM ({each})")[0][0] > MANY
        lengths = near_lengths(word) if many else range(MANY)
        query = "SELECT folded, text FROM {} WHERE length(folded) BETWEEN ? AND ? ORDER BY rowid"
        for table in tables:
            rows = self._ask(query.format(table), lengths.start, lengths.stop - 1)
            yield from (
                text for folded, text in rows if not many or may_be_near(word, folded)
            )

    @cached_property
    def topics_of(self) -> Column[tuple[Topic, ...]]:
        names = self.topic_names

        def topics(numbers: str) -> tuple[Topic, ...]:
            return tuple(self.topics.of(names.of(unpacked(numbers))))

        return self._table("work", "topics", topics)

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        return self._table("work", "needs", self._named)

    @cached_property
    def helps(self) -> Mapping[str, tuple[str, ...]]:
        return self._table("work", "coalesce(helps, '[]')", self._named)

    @cached_property
    def needed_by(self) -> Mapping[str, tuple[str, ...]]:
        return self._table("work", "needed_by", self._named)

    @cached_property
    def reach(self) -> Mapping[str, int]:
        return self._table("work", "reach", lambda some: int.from_bytes(some, "little"))

    @cached_property
    def topic_names(self) -> NamesByNumber:
        return NamesByNumber(self._ask, "topic")

    @cached_property
    def topic_numbers(self) -> Mapping[str, int]:
        return self._table("topic", "number", int)

    @cached_property
    def full_names(self) -> Column[tuple[str, ...]]:
        calls = "coalesce(calls, json_array(name))"
        return self._table("work", calls, lambda text: tuple(unpacked(text)))

    def full_names_of(self, works: Iterable[str]) -> list[str]:
        """The names of many at once take less than one by one."""
        return [name for names in self.full_names.of(list(works)) for name in names]

    @cached_property
    def former_names(self) -> Mapping[str, str]:
        return self._table("former", "work", str)

    def _named(self, numbers: str) -> tuple[str, ...]:
        return self.works.of(unpacked(numbers))
