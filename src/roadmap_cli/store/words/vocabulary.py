"""All words of the papers: how many papers have each, and which are like a misspelt one.

A misspelt word is compared with those that begin with the same letter and are about as long,
and of these only with those of nearly the same letters: a bit for each letter tells that at
once. What is wrong with the first letter itself is found by trying all others. So no scan of
all words is ever needed.
"""

import sqlite3
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.language.slips import closest, distance, edits_allowed
from roadmap_cli.language.spelling import fold, is_unspaced
from roadmap_cli.language.stems import are_forms, stem
from roadmap_cli.search import glossary
from roadmap_cli.search.recognition import (
    NEARLY,
    UNASKED,
    Word,
    cited_by,
    word_of,
)
from roadmap_cli.search.texts import COLUMNS

SCHEMA = (
    """CREATE TABLE find_word (word TEXT PRIMARY KEY, stem TEXT, initial TEXT, size INTEGER,
       letters INTEGER, papers INTEGER, place INTEGER) WITHOUT ROWID""",
    "CREATE INDEX find_word_stem ON find_word (stem, word, papers)",
    "CREATE INDEX find_word_like ON find_word (initial, size, letters, place, word)",
)
_INSERT = "INSERT INTO find_word VALUES (?, ?, ?, ?, ?, ?, ?)"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_END = "\U0010ffff"
_MOST_FORMS = 40
_NOTE_PLACE = COLUMNS.index("note")
"""The place (of the columns) of a word that only notes have: too weak for a guess."""
_SHORT = 4
_PEOPLE_AND_VENUES = (3, 4)
_MOST_ASKED = 100
"""Runs of letters that are asked for: to look for one reads through all papers with its letters."""
_SHORTEST_OFFERED, _MOST_EDITS = 5, 3
"""Letters of a word for which another spelling is offered, and in how many it differs at most."""


class Known(NamedTuple):
    """What the vocabulary says of a word: its forms, and the papers that have any of them."""

    forms: tuple[str, ...]
    papers: int


def has_fts(connection: sqlite3.Connection) -> bool:
    """Whether the texts can be searched with `MATCH`."""
    query = "SELECT sql FROM sqlite_master WHERE name = 'find_text'"
    row = connection.execute(query).fetchone()
    return row is not None and "fts5" in row[0]


class Vocabulary:
    """The words of an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._said: dict[str, int] = {}
        self._known: dict[tuple[str, bool], Known] = {}

    def fill(self, counted: Mapping[str, tuple[int, int]]) -> None:
        """Take in words, each with its number of papers and its best column's place."""
        rows = (
            (word, stem(word), word[0], len(word), _letters(word), *counts)
            for word, counts in sorted(counted.items())
        )
        self.connection.executemany(_INSERT, rows)

    def known(self, word: str, *, is_exact: bool = False) -> Known:
        """The forms of a word that papers have; of a beginning, only that there are some."""
        asked = (word, is_exact)
        if asked not in self._known:
            self._known[asked] = self._looked_up(word, is_exact=is_exact)
        return self._known[asked]

    def _looked_up(self, word: str, *, is_exact: bool) -> Known:
        if len(word) > 1 and is_unspaced(word):
            papers = self._papers_that_say(word)
            return Known((word,) if papers else (), papers)
        query = "SELECT word, papers FROM find_word WHERE word = ?"
        found = self.connection.execute(query, (word,)).fetchall()
        if is_exact:
            return Known((word,), sum(papers for _, papers in found))
        query = "SELECT word, papers FROM find_word WHERE stem = ? LIMIT ?"
        alike = self.connection.execute(query, (stem(word), _MOST_FORMS)).fetchall()
        forms = {
            **dict(found),
            **{form: n for form, n in alike if are_forms(form, word)},
        }
        papers = sum(forms.values())
        query = """SELECT sum(papers) FROM (SELECT papers FROM find_word
                   WHERE word > ? AND word < ? LIMIT 1000)"""
        longer = 0
        if len(word) > 1:
            longer = self.connection.execute(query, (word, word + _END)).fetchone()[0]
        return Known(tuple(forms), papers or longer or 0)

    def has(self, word: str) -> bool:
        """Whether any paper has the word, a form or a longer one."""
        return self.known(word).papers > 0

    def _papers_that_say(self, letters: str) -> int:
        """How many papers have these letters of a script without blanks, at most so many."""
        if letters not in self._said:
            spelled = fold(letters)
            if has_fts(self.connection):
                condition, value = "find_text MATCH ?", f'"{spelled}"'
            else:
                text = " || ' ' || ".join(COLUMNS)
                condition = f"instr(' ' || {text} || ' ', ?)"
                value = f" {spelled} "
            query = f"SELECT count(*) FROM (SELECT 1 FROM find_text WHERE {condition} LIMIT 1000)"
            found = self.connection.execute(query, (value,)).fetchone()
            self._said[letters] = found[0]
        return self._said[letters]

    def parted(self, word: Word) -> Sequence[Word]:
        """As which words to understand one that no paper has: the parts that hyphens join.

        Letters of a script without blanks, in which words follow each other: the longest runs
        that papers have, or that mean something. A key of citations, as `radford21`: a name
        among authors, a year, and what follows. None for what some paper has, and for what has
        no parts.
        """
        if word.is_exact or self.has(word.text):
            return ()
        if len(word.parts) > 1:
            return [word_of(part, word.columns) for part in self._parts(word)]
        cited = word.columns == () and cited_by(word.text)
        return cited if cited and self._is_author(cited[0].text) else ()

    def _parts(self, word: Word) -> Sequence[str]:
        if not is_unspaced(word.text):
            return word.parts
        return [
            run
            for part in glossary.parted(word.text)
            for run in (
                (part,) if glossary.meanings(part) else self._runs(part) or (part,)
            )
        ]

    def _is_author(self, name: str) -> bool:
        """Whether somebody among the authors has this name."""
        if has_fts(self.connection):
            condition, value = "find_text MATCH ?", f'authors : "{name}"'
        else:
            condition, value = "instr(' ' || authors || ' ', ?)", f" {name} "
        query = f"SELECT 1 FROM find_text WHERE {condition} LIMIT 1"
        return self.connection.execute(query, (value,)).fetchone() is not None

    def _runs(self, letters: str) -> Sequence[str]:
        """The longest runs that papers have, from left to right, and what is between them."""
        found, unknown, rest = list[str](), "", letters
        while rest and len(self._said) < _MOST_ASKED:
            # What papers have begins with what they have: none is longer than the first unknown.
            size = (
                bisect(range(2, len(rest) + 1), 0, key=lambda n: not self.has(rest[:n]))
                + 1
            )
            if size > 1:
                found += filter(None, (unknown, rest[:size]))
                unknown, rest = "", rest[size:]
            else:
                unknown, rest = unknown + rest[0], rest[1:]
        unknown += rest
        return (*found, *filter(None, [unknown])) if found else ()

    def split(self, word: str) -> Iterator[tuple[str, str]]:
        """The ways to read a word as two that papers have."""
        if is_unspaced(word):
            return
        pairs = [(word[:n], word[n:]) for n in range(1, len(word))]
        parts = {part for pair in pairs for part in pair}
        there = set(self._there(parts))
        for first, second in pairs:
            is_number = second.isdigit() or first.isdigit()
            if min(len(first), len(second)) < _SHORT - 1 and not is_number:
                continue
            if first in there and second in there:
                yield first, second

    def near(self, word: str) -> dict[str, float]:
        """The words that a misspelt one may be, and how surely; only the nearest."""
        most = edits_allowed(word)
        if not most:
            return {}
        found = {}
        for other in self._alike(word, most):
            # The same letters in another order are a slip of quick fingers.
            allowed = most + (len(word) > _SHORT and sorted(other) == sorted(word))
            edits = distance(word, other, allowed)
            if edits <= allowed:
                found[other] = edits
        least = min(found.values(), default=0)
        return {other: NEARLY for other, edits in found.items() if edits == least}

    def _alike(self, word: str, most: int) -> Iterator[str]:
        letters = _letters(word)
        size = len(word)
        query = """SELECT word, letters, place FROM find_word
                   WHERE initial = ? AND size BETWEEN ? AND ?"""
        rows = self.connection.execute(query, (word[0], size - most, size + most))
        others = self._there(_other_initials(word))
        for other, own, place in (*rows, *others.values()):
            if place >= _NOTE_PLACE or (letters ^ own).bit_count() > 2 * most:
                continue
            if size < _SHORT and sorted(other) != sorted(word):
                continue
            if size == _SHORT and other[0] != word[0] and sorted(other) != sorted(word):
                continue
            yield other

    def offered(self, word: str) -> str:
        """The word of names, titles, synonyms or topics that may have been meant, or nothing.

        Neither fillers nor people, and nothing for a tiny word: it is an acronym.
        """
        size = len(word)
        if size < _SHORTEST_OFFERED:
            return ""
        query = """SELECT word FROM find_word WHERE initial = ? AND size BETWEEN ? AND ?
                   AND place < ? AND place NOT IN (?, ?)"""
        most = min(size // 3, _MOST_EDITS)
        values = (word[0], size - most, size + most, _NOTE_PLACE, *_PEOPLE_AND_VENUES)
        like = (other for (other,) in self.connection.execute(query, values))
        near = [
            other
            for other in like
            if other not in UNASKED and distance(word, other, most) <= most
        ]
        return next(iter(closest(word, near, count=1)), "")

    def _there(self, some: Iterable[str]) -> dict[str, tuple[str, int, int]]:
        words = list(some)[:500]
        marks = ", ".join("?" * len(words))
        query = f"SELECT word, letters, place FROM find_word WHERE word IN ({marks})"
        return {row[0]: row for row in self.connection.execute(query, words)}


def _other_initials(word: str) -> Iterator[str]:
    """The words that an edit of the first letter makes."""
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in _ALPHABET:
        yield letter + word
        yield letter + word[1:]


def _letters(word: str) -> int:
    """A bit for each letter that a word has."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits
