"""Whether a paper answers a query, and how well.

The score is a sum over the words of the query: how rare the word is among all papers (the idf
of BM25; Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.1)
times the best place in which it stands. A place is worth the weight of its column times how
surely the word is recognised there, and more where the words of the query are much of what it
says: `lora` is all of the acronym LoRA and little of a long title. Words that stand side by
side as they were typed count more; a whole name or title outranks everything else.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from roadmap_cli.language.spelling import is_unspaced
from roadmap_cli.search.conditions import COLUMNS_OF, has_phrase, test_of
from roadmap_cli.search.grammar import Query, Term
from roadmap_cli.search.recognition import (
    MOST_PARTS,
    THE_WORD,
    UNASKED,
    Forms,
    Word,
    follow_each_other,
    word_of,
    words_of,
)
from roadmap_cli.search.texts import OWN_NOTES, Candidate

COLUMN_WEIGHTS: Mapping[str, tuple[float, float]] = {
    "names": (100.0, 0.8),
    "title": (60.0, 0.35),
    "synonyms": (45.0, 0.5),
    "authors": (45.0, 0.0),
    "venue": (10.0, 0.0),
    "topics": (20.0, 0.6),
    "areas": (20.0, 0.0),
    "note": (8.0, 0.0),
    OWN_NOTES: (8.0, 0.0),
}
"""What a word is worth in a column, and the part of that which depends on its share there."""
_WHOLE, _KEY_BEFORE_OTHERS = 5_000.0, 500.0
"""What a whole name or title is worth, and the key of a paper beyond that."""
_PLACES_OF_TOPICS = ("topics", "areas")
_NOTES = frozenset(["note", OWN_NOTES])
_PART_OF_SYNONYM = "part of a synonym"
"""Where a word says nothing if a topic is named: its papers then come in their reading order."""
_ALL_OF_IT = {"synonyms": 0.4, "topics": 2.0, "areas": 2.0}
_SIDE_BY_SIDE = 0.6
"""What is added, as a part of the words' own worth, for a whole text and for neighbours."""
_NEXT_PLACE = 0.5
"""What a word is worth in its second best column, and a half of that in the third, and so on."""
ENOUGH, ENOUGH_OF_TWO = 0.5, 0.57
"""The part of a query, by the weight of its words, that a paper has to say if none says all."""
_DAMPED = 0.7
"""The power of its rarity that is a word's weight in this: one rare word is no whole query."""
_DOUBTFUL = 0.5
"""What counts in this of a number, and of a word in notes alone: either is often chance."""
_FURTHER_DOWN: Mapping[str, tuple[float, int]] = {
    "areas": (0.02, 15),
    "authors": (0.1, 3),
}
"""What a name loses with each before it, up to so many: a home and a first author count most."""
_LONG_NAME, _LONG_BEGINNING = 7, 4
"""Letters of a word that may be a misspelt or unfinished name: `margin` is not Martin."""


_MOST_ALIKE = 3
"""How often a word counts that is typed again and again."""

_Met = tuple[int, int, int, float]
"""A word of the query, its first token, the number of tokens, and how sure that is."""


class Scored(NamedTuple):
    """How well a paper answers, and with which of its words.

    `is_solid` unless a word stands nowhere but in notes: that may be chance.
    """

    score: float
    matched: tuple[str, ...]
    is_solid: bool = True


class _Sighting:
    """What of a query stands in one paper.

    `best` is what each word is worth by column, `sure` how surely it is recognised anywhere.
    """

    def __init__(self) -> None:
        self.best: dict[int, dict[str, float]] = {}
        self.sure: dict[int, float] = {}
        self.bonus = 0.0
        self.is_named = False
        self.is_topic = False
        self.matched: dict[str, None] = {}


class _Line:
    """What of a query stands in one text: how surely each word, and at which tokens."""

    def __init__(self, column: str, number: int) -> None:
        self.column = column
        self.number = number
        self.sure: dict[int, float] = {}
        self.places: dict[int, set[int]] = {}
        self.share = 0.0
        self.total = 0.0


class Ranking:
    """A query made ready to be asked of many papers.

    `rarity` is the weight of each of its `words`, and `forms` knows what stands for them; both
    are to be refined by who knows all papers. `parted` gives the words as which one is to be
    understood that is none as a whole.
    """

    def __init__(
        self, query: Query, parted: Callable[[Word], Sequence[str]] = lambda _: ()
    ) -> None:
        self.query = query
        self.parted = parted
        self.words: list[Word] = []
        self._typed: dict[Word, list[int]] = {}
        self._tests = {term: test_of(term) for term in query.terms}
        self.of_term: dict[Term, tuple[int, ...]] = {}
        self.runs: list[tuple[int, ...]] = []
        for clause in query.clauses:
            for terms in clause:
                run: list[int] = []
                for term in terms:
                    run += self._take_in(term)
                if terms[0].is_plain:
                    self.runs.append(tuple(run))
        self.forms = Forms(self.words, self._joinable())
        self.rarity = [1.0] * len(self.words)
        self.optional = self._optional(has_identity=query.says_which)

    def _take_in(self, term: Term) -> list[int]:
        if term.field and term.field not in ("author", "title", "venue", "note"):
            return []
        columns = COLUMNS_OF.get(term.field, ())
        found: list[Word] = []
        for word in words_of(term, columns):
            parts = self.parted(word)
            found += [word_of(part, columns) for part in parts] or [word]
        first = len(self.words)
        indices = [self._index_of(word) for word in found]
        self.of_term[term] = tuple(indices)
        return [index for index in indices if index >= first]

    def _index_of(self, word: Word) -> int:
        """The place of a word among all, a new one unless it was typed often already."""
        places = self._typed.setdefault(word, [])
        if len(places) == _MOST_ALIKE:
            return places[0]
        places.append(len(self.words))
        self.words.append(word)
        return places[-1]

    def _joinable(self) -> list[list[int]]:
        return [[n for n in run if not self.words[n].is_exact] for run in self.runs]

    def _optional(self, *, has_identity: bool) -> frozenset[int]:
        """The words that nothing is left out for; all, where a link says what is meant."""
        found: set[int] = set()
        plain = [n for run in self.runs for n in run]
        fillers = {
            n
            for n in plain
            if self.words[n].text in UNASKED and not self.words[n].is_exact
        }
        if has_identity:
            found |= set(plain)
        elif len(fillers) < len(plain):
            found |= fillers
        return frozenset(found)

    @property
    def required(self) -> list[int]:
        """The words of plain terms that are asked for."""
        return [n for run in self.runs for n in run if n not in self.optional]

    def score(self, paper: Candidate, *, enough: float = 1.0) -> Scored | None:
        """How well a paper answers; nothing if it does not.

        With `enough` below 1, plain words may be missing, as long as those that are there
        weigh that much of all.
        """
        seen = self._look(paper)
        if not self._holds(paper, seen, lenient=enough < 1):
            return None
        share = self._share(seen) if enough < 1 else 1.0
        if share < enough and not (enough < 1 and seen.is_named):
            return None
        if enough < 1 and all(_NOTES.issuperset(by) for by in seen.best.values()):
            return None
        left_out = _PART_OF_SYNONYM if seen.is_topic else ""
        own = sum(
            self.rarity[n] * _together(by, left_out) for n, by in seen.best.items()
        )
        is_solid = all(set(by) - _NOTES for by in seen.best.values())
        total = (1.0 + own + seen.bonus) * share**2
        return Scored(total, tuple(seen.matched), is_solid)

    def _share(self, seen: _Sighting) -> float:
        if len(self.runs) != 1:
            return 1.0
        wanted = sum(self._weight(n) for n in self.required)
        there = 0.0
        for n in self.required:
            is_noted = _NOTES.issuperset(seen.best.get(n, ()))
            sure = seen.sure.get(n, 0.0) * (_DOUBTFUL if is_noted else 1)
            there += self._weight(n) * sure
        return there / wanted if wanted else 1.0

    def _weight(self, index: int) -> float:
        """How much a word counts among those that a paper should say."""
        weight: float = self.rarity[index] ** _DAMPED
        return weight * _DOUBTFUL if self.words[index].text.isdigit() else weight

    def _holds(self, paper: Candidate, seen: _Sighting, *, lenient: bool) -> bool:
        def one(term: Term) -> bool:
            if lenient and term.is_plain and not term.is_phrase:
                return True
            return self._is_met(term, paper, seen) != term.is_negated

        return all(
            any(all(one(term) for term in terms) for terms in clause)
            for clause in self.query.clauses
        )

    def _is_met(self, term: Term, paper: Candidate, seen: _Sighting) -> bool:
        if test := self._tests[term]:
            return test(paper)
        if term.is_phrase:
            return has_phrase(term, paper)
        return all(n in seen.best or n in self.optional for n in self.of_term[term])

    def _look(self, paper: Candidate) -> _Sighting:
        seen = _Sighting()
        for column, lines in paper.lines.items():
            for number, line in enumerate(lines):
                found = self._found_in(line)
                if found:
                    self._count(found, column, number, line, seen)
        return seen

    def _found_in(self, line: Sequence[str]) -> list[_Met]:
        """Which words are met in a line."""
        forms, beginnings = self.forms, self.forms.beginnings
        found = []
        for place, token in enumerate(line):
            if token[:2] not in beginnings:
                continue
            joined = ""
            for length, part in enumerate(line[place : place + forms.reach], 1):
                joined += part
                met = forms[joined]
                found += [(word, place, length, quality) for word, quality in met]
                if met or (length >= MOST_PARTS and joined not in forms.begun):
                    break
        return found

    def _count(
        self,
        found: list[_Met],
        column: str,
        number: int,
        line: Sequence[str],
        seen: _Sighting,
    ) -> None:
        here = _Line(column, number)
        for met in found:
            if not self._is_there(met, column, line, found):
                continue
            word, place, length, quality = met
            here.sure[word] = max(quality, here.sure.get(word, 0.0))
            covered = range(place, place + length)
            here.places.setdefault(word, set()).update(covered)
            if word not in self.optional:
                tokens = [line[n] for n in covered]
                pieces = ["".join(tokens)] if is_unspaced(tokens[0]) else tokens
                seen.matched.update(dict.fromkeys(pieces))
        if not here.sure:
            return
        worth = _worth(here, line)
        # A synonym of several words is no chance: it says what the query is about.
        is_called = column == "names" or (column == "synonyms" and len(line) > 1)
        seen.is_named |= (
            is_called and here.share == 1 and min(here.sure.values()) == THE_WORD
        )
        kept = _PLACES_OF_TOPICS[0] if column in _PLACES_OF_TOPICS else column
        if column == "synonyms" and here.share < 1:
            kept = _PART_OF_SYNONYM
        for word, quality in here.sure.items():
            own = worth * quality
            here.total += self.rarity[word] * own
            seen.sure[word] = max(seen.sure.get(word, 0.0), quality)
            by_column = seen.best.setdefault(word, {})
            by_column[kept] = max(by_column.get(kept, 0.0), own)
        seen.bonus = max(seen.bonus, self._bonus(here, seen))

    def _is_there(
        self, met: _Met, column: str, line: Sequence[str], others: Sequence[_Met]
    ) -> bool:
        """Whether a word counts in a column: hardly as somebody whose name is only like it.

        So only where nothing has the word itself, and it is long or another is in the name.
        """
        word, place, _, quality = met
        allowed = self.words[word].columns
        if allowed or column != "authors" or quality == THE_WORD:
            return not allowed or column in allowed
        if word in self.forms.complete:
            return False
        typed = self.words[word].text
        is_begun = line[place].startswith(typed)
        is_long = len(typed) >= (_LONG_BEGINNING if is_begun else _LONG_NAME)
        return is_long or any(
            meeting[0] != word and meeting[3] == THE_WORD for meeting in others
        )

    def _bonus(self, here: _Line, seen: _Sighting) -> float:
        """What a line adds that is all that was typed, or has it side by side."""
        bonus = 0.0
        for run in self.runs:
            inside = [n for n in run if n in here.sure]
            if not inside:
                continue
            sure = min(here.sure[n] for n in inside)
            are_neighbours = follow_each_other(inside, here.places)
            is_all = all(n in here.sure or n in self.optional for n in run)
            once = all(_is_one_piece(here.places[n]) for n in inside)
            if is_all and once and here.share == 1:
                is_key = here.column == "names" and here.number == 0
                in_order = sure == THE_WORD or len(inside) == 1 or are_neighbours
                is_called = in_order and here.column in ("names", "title")
                seen.is_topic |= sure == THE_WORD and here.column in _PLACES_OF_TOPICS
                bonus += (_WHOLE + _KEY_BEFORE_OTHERS * is_key) * sure * is_called
                bonus += _ALL_OF_IT.get(here.column, 0.0) * here.total
            if are_neighbours:
                bonus += _SIDE_BY_SIDE * here.total * sure
        return bonus


def _worth(here: _Line, line: Sequence[str]) -> float:
    """What a word is worth in a text, by its column and how much of the text is typed."""
    covered = set().union(*here.places.values())
    counting = len(line)
    if (
        here.column == "title"
    ):  # `What are Diffusion Models?`: all about diffusion models
        fillers = {n for n, token in enumerate(line) if token in UNASKED}
        counting -= len(fillers - covered)
    here.share = len(covered) / counting
    weight, part = COLUMN_WEIGHTS[here.column]
    worth = weight * (1 - part + part * here.share)
    step, furthest = _FURTHER_DOWN.get(here.column, (0.0, 0))
    return worth * (1 - step * min(here.number, furthest))


def _together(worth: Mapping[str, float], left_out: str) -> float:
    """What a word is worth by all columns that have it but one, the best column first."""
    counting = (value for column, value in worth.items() if column != left_out)
    ordered = sorted(counting, reverse=True)
    return sum(value * _NEXT_PLACE**n for n, value in enumerate(ordered))


def rarity(papers: int, of_all: int) -> float:
    """The idf of BM25 for a word in so many papers of all: always above 0."""
    return math.log(1 + (of_all - papers + 0.5) / (papers + 0.5))


def _is_one_piece(places: AbstractSet[int]) -> bool:
    """Whether a word stands in a text just once."""
    return max(places) - min(places) < len(places)
