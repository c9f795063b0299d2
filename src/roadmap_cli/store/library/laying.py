"""Lays catalogue files down in SQLite as a library that `stored` asks.

Everything that follows from the catalogues (which works they are, their order, what needs
what) is worked out here, once. Papers go to the database as they are read; in memory stays only
an outline of each, so that a large file takes little of it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogues.reading import built_from, left_out, read_in_parts
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Topic
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError, IndivisibleError
from roadmap_cli.language.spelling import fold
from roadmap_cli.progress.news import lines_of
from roadmap_cli.store.library import courses, questions
from roadmap_cli.store.library.packing import packed, packed_set, packed_topic, set_in
from roadmap_cli.store.library.stored import ACRONYM, ADDRESS, CALL, TITLE

_SCHEMA = """
CREATE TABLE catalogue (number INTEGER PRIMARY KEY, fields TEXT);
CREATE TABLE source (digest TEXT);
CREATE TABLE damage (message TEXT, hint TEXT);
CREATE TABLE area (number INTEGER PRIMARY KEY, name TEXT UNIQUE, fields TEXT, first INTEGER,
                   topics INTEGER);
CREATE TABLE topic (number INTEGER PRIMARY KEY, name TEXT UNIQUE, fields TEXT, papers TEXT,
                    title TEXT);
CREATE TABLE paper (number INTEGER PRIMARY KEY, name TEXT, work INTEGER, fields TEXT);
CREATE TABLE work (number INTEGER PRIMARY KEY, name TEXT, shown TEXT, topics TEXT,
                   needs TEXT, needed_by TEXT, calls TEXT, reach BLOB, retired INTEGER,
                   helps TEXT);
CREATE TABLE works (which TEXT, bits BLOB);
CREATE TABLE language (name TEXT, bits BLOB);
CREATE TABLE choice (topic TEXT, enough INTEGER, works BLOB, ordered TEXT, asked_by BLOB);
CREATE TABLE missing (by TEXT, name TEXT);
CREATE TABLE said (catalogue TEXT, line TEXT);
CREATE TABLE bridge (entry TEXT, kept TEXT, other TEXT, identity TEXT);
CREATE TABLE former (name TEXT PRIMARY KEY, work TEXT) WITHOUT ROWID;
CREATE TABLE answer (folded TEXT, text TEXT, rank INTEGER, paper INTEGER);
CREATE TABLE place_answer (folded TEXT, text TEXT, rank INTEGER, place INTEGER);
CREATE TABLE identity (identity TEXT, paper INTEGER);
"""
_INDEXES = """
CREATE INDEX works_which ON works (which);
CREATE INDEX topic_title ON topic (title);
CREATE INDEX answer_folded ON answer (folded, rank, paper);
CREATE INDEX answer_title ON answer (folded, paper) WHERE rank = 2;
CREATE INDEX place_folded ON place_answer (folded, rank, place);
CREATE INDEX place_title ON place_answer (folded, place) WHERE rank = 2;
CREATE UNIQUE INDEX paper_name ON paper (name);
CREATE UNIQUE INDEX work_name ON work (name);
CREATE INDEX identity_paper ON identity (identity, paper);
CREATE INDEX paper_work ON paper (work);
CREATE INDEX work_retired ON work (name) WHERE retired = 1;
"""
"""Made when the tables are full: faster, and denser."""
_AT_ONCE = 1_000
"""Papers laid down together."""


def lay_down(
    connection: sqlite3.Connection, sources: Iterable[Source], busy: Busy = silently
) -> None:
    """Lay the library of catalogue files down in an empty database.

    Files that are wrong, or copies of others, are left out, and why is kept beside the rest.
    Raises `DataFileError` if there is no other.
    """
    _create(connection)
    files: Files = []
    damages: list[DataFileError] = []
    for source in sources:
        others = [catalogue for catalogue, _ in files if catalogue]
        try:
            with busy(f"reading {Path(source.path).name}"):
                files.append((_laid(connection, source, others), source))
        except DataFileError as damage:
            damages.append(damage)
            files.append((None, source))
    if len({catalogue.id for catalogue, _ in files if catalogue}) < len(files):
        files, doubles = _counting(connection, files)
        damages += doubles
    if damages and not files:
        raise damages[0]
    rows = ((str(damage), damage.hint) for damage in map(left_out, damages))
    connection.executemany("INSERT INTO damage VALUES (?, ?)", rows)
    catalogues = tuple(catalogue for catalogue, _ in files if catalogue)
    digests = " ".join(source.digest for _, source in files)
    for _, source in files:
        source.release()
    with busy("indexing catalogues"):
        _fill_works(connection, Library(catalogues, digests))


Files = list[tuple[Catalogue | None, Source]]


def _counting(
    connection: sqlite3.Connection, files: Files
) -> tuple[Files, list[DataFileError]]:
    """The files that count, and why others with the same ids do not.

    Should any not count, those that do are laid down once more, alone.
    """
    from roadmap_cli.catalogues.originals import (
        originals,  # most folders have no copies
    )

    counting, doubles = originals(files)
    if doubles:
        _forget_from(connection, 0)
        outlines: list[Catalogue] = []
        for source in counting:
            outlines.append(_laid(connection, source, outlines))
        return list(zip(outlines, counting, strict=True)), doubles
    return [file for file in files if file[0]], []


def _laid(
    connection: sqlite3.Connection, source: Source, others: Sequence[Catalogue]
) -> Catalogue:
    """Lay down one file, whole or not at all; its outline is what the works follow from.

    One with the id of another is only read. Raises `DataFileError`.
    """
    ids = [catalogue.id for catalogue in others]
    first = sum(len(catalogue.papers) for catalogue in others)
    try:
        head, papers = read_in_parts(source)
        if head.id in ids:
            return _without_papers(head, papers)
        return _fill(connection, head, papers, first)
    except IndivisibleError:
        _forget_from(connection, first)
        whole = built_from(source)
        if whole.id in ids:
            return whole._replace(papers={})
        return _fill(connection, whole, whole.papers.values(), first)


def _without_papers(head: Catalogue, papers: Iterable[Paper]) -> Catalogue:
    """The head of a catalogue of which all papers turned out to be right."""
    for _ in papers:
        continue
    return head


def _forget_from(connection: sqlite3.Connection, first: int) -> None:
    """Take back what was laid down of papers from this number on; with the first, of all."""
    connection.execute("DELETE FROM paper WHERE number >= ?", (first,))
    for table in ("answer", "identity"):
        connection.execute(f"DELETE FROM {table} WHERE paper >= ?", (first,))
    if first == 0:
        connection.execute("DELETE FROM catalogue")
        connection.execute("DELETE FROM said")


def fill(connection: sqlite3.Connection, library: Library) -> None:
    """Lay a library that is in memory down in an empty database."""
    _create(connection)
    first = 0
    for catalogue in library.catalogues:
        _fill(connection, catalogue, catalogue.papers.values(), first)
        first += len(catalogue.papers)
    _fill_works(connection, library)


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_SCHEMA + courses.SCHEMA + questions.SCHEMA).split(";"):
        connection.execute(statement)


def _fill(
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    papers: Iterable[Paper],
    first: int,
) -> Catalogue:
    """Lay down a catalogue whose first paper has this number, and give its outline.

    Its areas and topics are laid down with the works: what they list of other catalogues is
    known by then.
    """
    outlines: dict[str, Paper] = {}

    def each() -> Iterator[tuple[int, Paper]]:
        for number, paper in enumerate(papers, start=first):
            outlines[paper.key] = _outline(paper)
            yield number, paper

    for some in _batches(each()):
        stored = [(number, paper.name, None, packed(paper)) for number, paper in some]
        _insert(connection, "paper", stored)
        _insert(
            connection,
            "answer",
            (row for numbered in some for row in _answers(*numbered)),
        )
        known = ((each, number) for number, paper in some for each in paper.identities)
        _insert(connection, "identity", known)
    _number(
        connection, "catalogue", [(packed(catalogue._replace(areas=(), papers={})),)]
    )
    lines = ((catalogue.id, packed(line)) for line in lines_of(catalogue))
    _insert(connection, "said", lines)
    return catalogue._replace(papers=outlines)


def _fill_places(connection: sqlite3.Connection, areas: Iterable[Area]) -> None:
    first = 0
    for area in areas:
        fields = packed(area._replace(topics=()))
        row = (area.full_name, fields, first, len(area.topics))
        _number(connection, "area", [row])
        topics = (
            (topic.full_name, *packed_topic(topic), topic.title)
            for topic in area.topics
        )
        _number(connection, "topic", topics)
        first += len(area.topics)


def _outline(paper: Paper) -> Paper:
    """What of a paper the works, their order and their needs follow from."""
    return paper._replace(
        title="", authors=(), venue="", acronym="", synonyms=(), code="", note=""
    )


def _batches(
    papers: Iterator[tuple[int, Paper]],
) -> Iterator[list[tuple[int, Paper]]]:
    while some := list(islice(papers, _AT_ONCE)):
        yield some


def _fill_works(connection: sqlite3.Connection, library: Library) -> None:
    _fill_places(connection, library.areas)
    number_of, topic_number = library.positions, library.topic_numbers
    rows = (
        (
            number,
            work,
            library.shown[work].name,
            _list(topic_number[topic.full_name] for topic in library.topics_of[work]),
            _list(map(number_of.__getitem__, library.needs[work])),
            _list(map(number_of.__getitem__, library.needed_by[work])),
            packed(calls) if len(calls := library.full_names[work]) > 1 else None,
            _bytes(library.reach[work]),
            int(work in library.retired),
            _list(map(number_of.__getitem__, helps)) if helps else None,
        )
        for work, number in number_of.items()
        for helps in (library.helps[work],)
    )
    _insert(connection, "work", rows)
    sets = ((which, packed_set(some)) for which, some in _sets(library))
    _insert(connection, "works", sets)
    spoken = ((name, packed_set(some)) for name, some in library.languages.items())
    _insert(connection, "language", spoken)
    _insert(connection, "choice", _choices(library))
    courses.fill(connection, library)
    _insert(connection, "question", questions.rows(library))
    _insert(connection, "bridge", library.bridges)
    _insert(connection, "missing", library.missing)
    _insert(connection, "source", ((digest,) for digest in library.made_from.split()))
    places = enumerate(library.places)
    answers = (row for number, place in places for row in _place_answers(number, place))
    _insert(connection, "place_answer", answers)
    of_papers = (number_of[library.work[name]] for name in library.papers)
    works = ((work, number) for number, work in enumerate(of_papers))
    connection.executemany("UPDATE paper SET work = ? WHERE number = ?", works)
    for index in (_INDEXES + questions.INDEXES).split(";"):
        connection.execute(index)
    former = library.former_names.items()
    connection.executemany("INSERT INTO former VALUES (?, ?)", former)


def _choices(library: Library) -> Iterator[tuple[object, ...]]:
    """The topics of which some papers are enough."""
    for topic, choice in library.choices.by_topic.items():
        works, asked_by = packed_set(choice.works), packed_set(choice.asked_by)
        yield topic, choice.enough, works, _list(choice.order), asked_by


def _sets(library: Library) -> Iterator[tuple[str, Numbers]]:
    """The sets of works that are kept, by what they are called."""
    yield "current", library.current
    yield "inside", library.inside
    yield "optional", library.choices.optional
    yield "asking", library.choices.asking
    yield "waiting in topic", library.waiting.in_topic
    yield "waiting in area", library.waiting.in_area
    having_needs = (
        library.positions[work] for work, some in library.needs.items() if some
    )
    yield "having needs", Numbers.of(having_needs)
    for some in library.minute_bits:
        yield "minutes", some
    for catalogue in library.catalogues:
        yield set_in(catalogue), library.works_in(catalogue)
    for area in library.areas:
        of_topics = [(set_in(topic), library.works_in(topic)) for topic in area.topics]
        yield from of_topics
        bits = 0
        for _, some in of_topics:
            bits |= some.bits
        yield set_in(area), Numbers(bits)


def _answers(number: int, paper: Paper) -> Iterator[tuple[object, ...]]:
    answers = [(CALL, alias) for alias in (paper.key, *paper.aliases)]
    answers += [(TITLE, paper.title), (ACRONYM, paper.acronym)]
    return ((fold(text), text, rank, number) for rank, text in answers if text)


def _place_answers(number: int, place: Area | Topic) -> Iterator[tuple[object, ...]]:
    calls = [(CALL, place.id), (TITLE, place.title)]
    calls += [(CALL, alias) for alias in place.aliases]
    return (
        (fold(text), text, rank, number)
        for rank, text in [(ADDRESS, place.name), *calls]
    )


def _insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        connection.execute(insert, first)
        connection.executemany(insert, rows)


def _number(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows with the numbers that follow on those in the table, from 0."""
    first = _next_number(connection, table)
    numbered = ((number, *row) for number, row in enumerate(rows, start=first))
    _insert(connection, table, numbered)


def _next_number(connection: sqlite3.Connection, table: str) -> int:
    query = f"SELECT coalesce(max(number) + 1, 0) FROM {table}"
    return int(connection.execute(query).fetchone()[0])


def _list(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
