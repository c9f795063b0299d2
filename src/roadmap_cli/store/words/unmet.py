"""Words of a query that the best hit does not say, and what may have been meant by them."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roadmap_cli.language.spelling import composed, fold, is_unspaced, runs, words
from roadmap_cli.language.stems import stem
from roadmap_cli.search import Query
from roadmap_cli.search.conditions import COLUMNS_OF
from roadmap_cli.search.glossary import meanings
from roadmap_cli.search.grammar import NOT, OPERATORS, field_of
from roadmap_cli.search.recognition import (
    UNASKED,
    Forms,
    Word,
    are_about_as_long,
    chunks_of,
    words_of,
)
from roadmap_cli.store.words.vocabulary import Vocabulary

_WORDY = ("", "author", "title", "venue", "note")
_MOST_TYPED = 64
"""Words of a query for which others are looked for."""
_LONGEST_RUN = 3
"""Words side by side that may be one as it was typed."""


class Unmet(NamedTuple):
    """A word that was asked for; `instead` is what it was taken for, if for anything.

    `is_known` if some paper has it, but not with the rest.
    """

    word: str
    instead: str
    is_known: bool


def unmet(
    connection: sqlite3.Connection, query: Query, matched: Sequence[str]
) -> list[Unmet]:
    """The words asked for that are not among those matched, nor as forms or beginnings."""
    vocabulary = Vocabulary(connection)
    there = [
        "".join(matched[place : place + length])
        for length in range(1, _LONGEST_RUN + 1)
        for place in range(len(matched))
    ]
    asked = list(_asked(query, vocabulary))
    forms = Forms(asked, [range(len(asked))])
    as_typed = _as_typed(query)
    met = {index for token in there for index, _ in forms[token]}
    found = []
    for index, word in enumerate(asked):
        if index in met or _begins_one(word, there):
            continue
        instead = _taken_for(word, there, vocabulary)
        instead = instead or _meant(word, matched)
        said = as_typed.get(word.text) or composed(word.text)
        found.append(Unmet(said, composed(instead), vocabulary.has(word.text)))
    return found


def _taken_for(word: Word, there: Sequence[str], vocabulary: Vocabulary) -> str:
    """The word there of which this one is a misspelling; none if papers have it as it is."""
    forms = vocabulary.known(word.text).forms
    if any(are_about_as_long(word.text, form) for form in forms):
        return ""
    near = vocabulary.near(word.text)
    return next((said for said in there if said in near), "")


def _asked(query: Query, vocabulary: Vocabulary) -> Iterator[Word]:
    """The words that have to be there; none where a link says what is meant."""
    if query.says_which:
        return
    for clause in query.clauses:
        for term in clause[0] if len(clause) == 1 else ():
            if term.field in _WORDY and not term.is_negated and not term.is_phrase:
                for word in words_of(term, COLUMNS_OF.get(term.field, ())):
                    is_one = len(word.parts) == 1 or is_unspaced(word.text)
                    if is_one and (parts := vocabulary.parted(word)):
                        yield from parts
                    elif word.text not in UNASKED:
                        yield word


def _as_typed(query: Query) -> dict[str, str]:
    """The words of a query as they were typed, by how they are compared."""
    chunks = [chunk for term in query.terms for chunk in chunks_of(term.text)]
    pieces = [piece for chunk in chunks for piece in re.split(r"[\W_]+", chunk)]
    return {fold(text).replace(" ", ""): text for text in (*pieces, *chunks)}


def _meant(word: Word, there: Sequence[str]) -> str:
    """The English word of the field that a word was taken for, if that is among these."""
    stems = {stem(said) for said in there}
    for meaning in () if word.is_exact else meanings(word.text):
        if stems.issuperset(map(stem, words(meaning))):
            return meaning
    return ""


def _begins_one(word: Word, there: Sequence[str]) -> bool:
    """Whether what is left of a plural, or one part of a joined word, begins a word there."""
    if is_unspaced(word.text):
        return False
    begun = (word.text.removesuffix("s"), *word.parts)
    return any(said.startswith(begun) for said in there)


def nearest(connection: sqlite3.Connection, text: str) -> str:
    """What may have been meant by a text that finds nothing: the same with known words.

    The name of a kind, level or status gets its field. Fields, phrases, numbers and what is
    left out stay as they were typed.
    """
    vocabulary = Vocabulary(connection)
    typed = re.findall(_TYPED, text)[:_MOST_TYPED]
    better, before = [], ""
    for chunk in typed:
        is_left_out = chunk[0] in "-!" or before == NOT
        is_plain = not set(chunk) & set(_NOT_PLAIN) and chunk not in OPERATORS
        is_plain, before = is_plain and not is_left_out, chunk
        for word in runs(chunk) if is_plain else ():
            if vocabulary.has(word):
                better.append(composed(word))
            elif near := field_of(word) or vocabulary.offered(word):
                better.append(near)
            else:
                return ""
        if not is_plain:
            better.append(chunk)
    is_same = words(" ".join(better)) == words(" ".join(typed))
    return "" if is_same or len(better) > _MOST_TYPED else " ".join(better)


_TYPED = r'(?:"[^"]*"|[^\s"])+'
_NOT_PLAIN = '":/0123456789'
