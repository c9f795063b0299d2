"""Whether a paper answers a query, and how well.

The score is a sum over the words of the query: how rare the word is among all papers (the idf
of BM25; Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.1)
times the best place in which it stands. A place is worth the weight of its column times how
surely the word is recognised there, and more where the words of the query are much of what it
says: `lora` is all of the acronym LoRA and little of a long title. Words that stand side by
side as they were typed count more; a whole name or title outranks everything else.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from roadmap_cli.language.spelling import is_unspaced
from roadmap_cli.search.conditions import COLUMNS_OF, has_phrase, test_of
from roadmap_cli.search.grammar import Query, Term
from roadmap_cli.search.recognition import (
    MOST_PARTS,
    NEARLY,
    THE_WORD,
    UNASKED,
    Forms,
    Word,
    follow_each_other,
    words_of,
)
from roadmap_cli.search.sightings import (
    Line,
    Sighting,
    is_one_piece,
    together,
    worth_of,
)
from roadmap_cli.search.texts import OF_TOPICS, OWN_NOTES, Candidate

_WHOLE, _KEY_BEFORE_OTHERS = 5_000.0, 500.0
"""What a whole name or title is worth, and the key of a paper beyond that."""
_NOTES = frozenset(["note", OWN_NOTES])
_PART_OF_SYNONYM = "part of a synonym"
"""Where a word says nothing if a topic is named: its papers then come in their reading order."""
_ALL_OF_IT = {"synonyms": 0.4, "topics": 2.0, "areas": 2.0}
_SIDE_BY_SIDE = 0.6
"""What is added, as a part of the words' own worth, for a whole text and for neighbours."""
ENOUGH, ENOUGH_OF_TWO = 0.5, 0.57
"""The part of a query, by the weight of its words, that a paper has to say if none says all."""
_DAMPED = 0.7
"""The power of its rarity that is a word's weight in this: one rare word is no whole query."""
_DOUBTFUL = 0.5
"""What counts in this of a number, and of a word in notes alone: either is often chance."""
_UNKNOWN, _FEW = 0.6, 2
"""What counts in this of a word that no paper has, in a query of more than so many words: more
often an everyday word than one of the field."""
_NEAR, _TWO = 0.3, 2
"""The part of a query, weighed so, and the words that a paper has to say to be shown as near."""
_STRANGE = 0.7
"""The part of a query, by its words, that no paper may have where one word is a name."""
_ASIDE = _NOTES | {"venue"}
"""Columns whose words say little of what a paper is about."""
_LONG_NAME, _LONG_BEGINNING = 7, 4
"""Letters of a word that may be a misspelt or unfinished name: `margin` is not Martin."""
_MOST_ALIKE = 3
"""How often a word counts that is typed again and again."""

_Met = tuple[int, int, int, float]
"""A word of the query, its first token, the number of tokens, and how sure that is."""
_Lines = tuple[tuple[str, ...], ...]
"""The texts of a column as folded words."""


class Scored(NamedTuple):
    """How well a paper answers, and with which of its words.

    `is_solid` unless a word stands nowhere but in notes: that may be chance. `is_near` if the
    paper says too little of the query to answer it, and more than others.
    """

    score: float
    matched: tuple[str, ...]
    is_solid: bool = True
    is_near: bool = False


class Ranking:
    """A query made ready to be asked of many papers.

    `required` are the words of plain terms that are asked for.
    `rarity` is the weight of each of its `words`, `unknown` are those that no paper has, and
    `forms` knows what stands for them; all are to be refined by who knows all papers. `parted`
    gives the words as which one is to be understood that is none as a whole.
    """

    def __init__(
        self, query: Query, parted: Callable[[Word], Sequence[Word]] = lambda _: ()
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
        self.unknown: set[int] = set()
        self._of_places: dict[tuple[str, _Lines], Sighting] = {}
        self.optional = self._optional(has_identity=query.says_which)
        self.required = [n for run in self.runs for n in run if n not in self.optional]

    def _take_in(self, term: Term) -> list[int]:
        if term.field and term.field not in ("author", "title", "venue", "note"):
            return []
        columns = COLUMNS_OF.get(term.field, ())
        found: list[Word] = []
        for word in words_of(term, columns):
            found += self.parted(word) or [word]
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

    def score(
        self, paper: Candidate, seen: Sighting | None = None, *, enough: float = 1.0
    ) -> Scored | None:
        """How well a paper answers, in which so much was `seen`; nothing if it does not.

        With `enough` below 1, plain words may be missing, as long as those that are there
        weigh that much of all.
        """
        seen = seen or self.look(paper)
        if not self._holds(paper, seen, lenient=enough < 1):
            return None
        share = self._share(seen) if enough < 1 else 1.0
        if share < enough and not self._is_named(seen):
            return None
        if enough < 1 and all(_NOTES.issuperset(by) for by in seen.best.values()):
            return None
        is_solid = all(set(by) - _NOTES for by in seen.best.values())
        return Scored(self._total(seen, share), tuple(seen.matched), is_solid)

    def score_nearest(self, paper: Candidate, seen: Sighting) -> Scored | None:
        """How near a paper comes to a query that nothing answers; nothing if it does not.

        It has to say at least two of the plain words surely, neither in notes nor by where
        and when it appeared, and all that it says has to weigh at least `_NEAR` of the query.
        """
        if not self._holds(paper, seen, lenient=True):
            return None
        said = {
            self.words[n].text
            for n in self.required
            if seen.best.get(n, {}).keys() - _ASIDE and seen.sure[n] > NEARLY
        }
        share = self._share(seen)
        if len(said) < _TWO or share < _NEAR:
            return None
        return Scored(self._total(seen, share), tuple(seen.matched), is_near=True)

    def _is_named(self, seen: Sighting) -> bool:
        """Whether a paper is called by words of the query, and not by chance.

        One word is no name beside many that no paper has: `attention` of an attention deficit.
        """
        is_strange = len(self.unknown) > _STRANGE * len(self.required)
        return seen.longest_name > is_strange

    def _total(self, seen: Sighting, share: float) -> float:
        left_out = _PART_OF_SYNONYM if seen.is_topic else ""
        own = sum(
            self.rarity[n] * together(by, left_out) for n, by in seen.best.items()
        )
        return (1.0 + own + seen.bonus) * share**2

    def _share(self, seen: Sighting) -> float:
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
        if index in self.unknown and len(self.required) > _FEW:
            return weight * _UNKNOWN
        return weight * _DOUBTFUL if self.words[index].text.isdigit() else weight

    def _holds(self, paper: Candidate, seen: Sighting, *, lenient: bool) -> bool:
        def one(term: Term) -> bool:
            if lenient and term.is_plain and not term.is_phrase:
                return True
            return self._is_met(term, paper, seen) != term.is_negated

        return all(
            any(all(one(term) for term in terms) for terms in clause)
            for clause in self.query.clauses
        )

    def _is_met(self, term: Term, paper: Candidate, seen: Sighting) -> bool:
        if test := self._tests[term]:
            return test(paper)
        if term.is_phrase:
            return has_phrase(term, paper)
        return all(n in seen.best or n in self.optional for n in self.of_term[term])

    def look(self, paper: Candidate) -> Sighting:
        """What of the query stands in a paper."""
        seen = Sighting()
        for column, lines in paper.lines.items():
            if column in OF_TOPICS:
                seen.add(self._of_place(column, tuple(map(tuple, lines))))
            else:
                self._read_all(column, lines, seen)
        return seen

    def forget(self) -> None:
        """Read all texts anew from now on, since more is known of the words."""
        self._of_places.clear()

    def _of_place(self, column: str, lines: _Lines) -> Sighting:
        """What stands in the names of a paper's topics, read once for all of their papers."""
        key = (column, lines)
        if key not in self._of_places:
            self._of_places[key] = Sighting()
            self._read_all(column, lines, self._of_places[key])
        return self._of_places[key]

    def _read_all(
        self, column: str, lines: Sequence[Sequence[str]], seen: Sighting
    ) -> None:
        for number, line in enumerate(lines):
            if line and (here := self._read(column, number, line)):
                seen.take(here)

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

    def _read(self, column: str, number: int, line: Sequence[str]) -> Line | None:
        """What of the query stands in a line; nothing if none of its words does."""
        found = self._found_in(line)
        if not found:
            return None
        here = Line(column, number)
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
                here.matched.update(dict.fromkeys(pieces))
        if not here.sure:
            return None
        self._weigh(here, line)
        return here

    def _weigh(self, here: Line, line: Sequence[str]) -> None:
        """Say what a line is worth that has words of the query."""
        column = here.column
        here.worth = worth_of(here, line)
        # A synonym of several words is no chance: it says what the query is about.
        is_called = column == "names" or (column == "synonyms" and len(line) > 1)
        if is_called and here.share == 1 and min(here.sure.values()) == THE_WORD:
            here.length_of_name = len(line)
        if column in OF_TOPICS:
            here.kept_as = OF_TOPICS[0]
        if column == "synonyms" and here.share < 1:
            here.kept_as = _PART_OF_SYNONYM
        for word, quality in here.sure.items():
            here.total += self.rarity[word] * here.worth * quality
        here.bonus = self._bonus(here)

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

    def _bonus(self, here: Line) -> float:
        """What a line adds that is all that was typed, or has it side by side."""
        bonus = 0.0
        for run in self.runs:
            inside = [n for n in run if n in here.sure]
            if not inside:
                continue
            sure = min(here.sure[n] for n in inside)
            are_neighbours = follow_each_other(inside, here.places)
            is_all = all(n in here.sure or n in self.optional for n in run)
            once = all(is_one_piece(here.places[n]) for n in inside)
            if is_all and once and here.share == 1:
                is_key = here.column == "names" and here.number == 0
                in_order = sure == THE_WORD or len(inside) == 1 or are_neighbours
                is_called = in_order and here.column in ("names", "title")
                here.is_topic |= sure == THE_WORD and here.column in OF_TOPICS
                bonus += (_WHOLE + _KEY_BEFORE_OTHERS * is_key) * sure * is_called
                bonus += _ALL_OF_IT.get(here.column, 0.0) * here.total
            if are_neighbours:
                bonus += _SIDE_BY_SIDE * here.total * sure
        return bonus


def rarity(papers: int, of_all: int) -> float:
    """The idf of BM25 for a word in so many papers of all: always above 0."""
    return math.log(1 + (of_all - papers + 0.5) / (papers + 0.5))
