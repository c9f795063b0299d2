"""What is laid down in SQLite of every paper, so that `finding` can find it.

Texts are folded as `spelling` folds them, and what FTS5 has to do is only to part them at
their gaps; hyphenated words are stored joined as well. All words stand in a table of their
own, with their stems, so that forms of a word are found without being stored twice.

Where Python's SQLite has no FTS5, the texts lie in an ordinary table that is read through:
slower, with the same answers.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from roadmap_cli.language.spelling import fold, words
from roadmap_cli.search import FactsOfPaper
from roadmap_cli.search.texts import COLUMNS, Texts, compounds
from roadmap_cli.store.words.vocabulary import SCHEMA as VOCABULARY
from roadmap_cli.store.words.vocabulary import Vocabulary

_TABLES = ("find_text", "find_fact", "find_word", "find_call", "find_total")
_SCHEMA = (
    *VOCABULARY,
    """CREATE TABLE find_fact (work INTEGER PRIMARY KEY, kind TEXT, level TEXT, catalogues TEXT,
       year INTEGER, minutes INTEGER, identities TEXT, preprint_year INTEGER)""",
    "CREATE TABLE find_call (call TEXT, work INTEGER, PRIMARY KEY (call, work)) WITHOUT ROWID",
    "CREATE TABLE find_total (papers INTEGER)",
)
_NAMES = ", ".join(COLUMNS)
_FTS = f"CREATE VIRTUAL TABLE find_text USING fts5({_NAMES}, tokenize = 'ascii', prefix = '3')"
_WITHOUT_FTS = (
    f"CREATE TABLE find_text ({', '.join(f'{column} TEXT' for column in COLUMNS)})"
)
_INSERT_TEXT = f"INSERT INTO find_text (rowid, {_NAMES}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_INSERT_FACTS = "INSERT INTO find_fact VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_CALL = "INSERT OR IGNORE INTO find_call VALUES (?, ?)"
_GAP = " | "
_LONGEST_CALL = 200
_BATCH = 1000


class Findable(NamedTuple):
    """A paper as it is laid down: its work's number, which also orders equals, and its texts."""

    work: int
    texts: Texts
    facts: FactsOfPaper


def create(connection: sqlite3.Connection, papers: Iterable[Findable]) -> None:
    """Lay down all papers, in place of what was there before."""
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        connection.execute(statement)
    try:
        connection.execute(_FTS)
    except sqlite3.OperationalError:
        connection.execute(_WITHOUT_FTS)
    counted: dict[str, tuple[int, int]] = {}
    total = 0
    for batch in _batches(papers):
        total += len(batch)
        texts = [_packed_texts(findable, counted) for findable in batch]
        connection.executemany(_INSERT_TEXT, texts)
        connection.executemany(
            _INSERT_FACTS, [_row_of_facts(findable) for findable in batch]
        )
        calls = [
            (call, findable.work) for findable in batch for call in _calls(findable)
        ]
        connection.executemany(_INSERT_CALL, calls)
    connection.execute("INSERT INTO find_total VALUES (?)", (total,))
    Vocabulary(connection).fill(counted)


def call_of(text: str) -> str:
    """A name or title without its gaps: how it is found whole."""
    return fold(text).replace(" ", "")[:_LONGEST_CALL]


def unpacked(
    packed: str, is_wanted: Callable[[str], object] = lambda _: True
) -> tuple[tuple[str, ...], ...]:
    """The texts of a column as folded words; those that are not wanted without words."""
    texts = filter(None, packed.split(_GAP))
    return tuple(
        tuple([token for token in text.split() if token[0] != "+"])
        if is_wanted(text)
        else ()
        for text in texts
    )


def _batches(papers: Iterable[Findable]) -> Iterator[list[Findable]]:
    batch: list[Findable] = []
    for paper in papers:
        batch.append(paper)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _packed_texts(
    paper: Findable, counted: dict[str, tuple[int, int]]
) -> Sequence[object]:
    columns = [_packed(tuple(paper.texts[column])) for column in COLUMNS]
    seen: set[str] = set()
    for place, (_, tokens) in enumerate(columns):
        for token in tokens - seen:
            papers, before = counted.get(token, (0, place))
            counted[token] = (papers + 1, min(place, before))
        seen |= tokens
    return (paper.work, *(text for text, _ in columns))


# The names of a topic are those of all its papers.
@lru_cache(maxsize=4096)
def _packed(texts: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """The folded words of several texts; behind `+`, hyphenated words as one. And all words."""
    packed, tokens = [], set[str]()
    for text in texts:
        joined = list(compounds(text))
        own = words(text)
        tokens.update(own, joined)
        packed.append(" ".join([*own, *(f"+{word}" for word in joined)]))
    return _GAP.join(filter(None, packed)), frozenset(tokens)


def _row_of_facts(paper: Findable) -> Sequence[object]:
    facts = paper.facts
    return (
        paper.work,
        facts.kind,
        facts.level,
        " ".join(sorted(facts.catalogues)),
        facts.year,
        facts.minutes,
        " ".join(sorted(facts.identities)),
        facts.preprint_year,
    )


def _calls(paper: Findable) -> Iterator[str]:
    texts: Mapping[str, Sequence[str]] = paper.texts
    yield from {call_of(text) for place in ("names", "title") for text in texts[place]}
    yield from paper.facts.identities
