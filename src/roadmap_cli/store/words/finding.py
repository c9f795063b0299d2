"""The papers that answer a query, found and ranked in SQLite.

Two steps: FTS5 names the papers that may answer, and `query.Ranking` scores these by the words
that really stand in them. FTS5's own bm25, with the same column weights, chooses among the
papers where none says all words. Progress and the reader's notes change at other times than
catalogues, and are handed in.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from roadmap_cli.language.spelling import fold
from roadmap_cli.search import Query
from roadmap_cli.search.glossary import meanings
from roadmap_cli.search.grammar import IDENTITY, span
from roadmap_cli.search.ranking import ENOUGH, ENOUGH_OF_TWO, Ranking, rarity
from roadmap_cli.search.recognition import Word, are_about_as_long, joinings
from roadmap_cli.search.sightings import COLUMN_WEIGHTS, Sighting
from roadmap_cli.search.texts import COLUMNS, OWN_NOTES, Candidate
from roadmap_cli.store.words.candidates import Candidates, Row
from roadmap_cli.store.words.findable import call_of
from roadmap_cli.store.words.hits import Hit, Reader
from roadmap_cli.store.words.vocabulary import Known, Vocabulary, has_fts

_Looked = tuple[int, Candidate, Sighting]
"""A work, what is told of it, and what of the query stands there."""
_SELECT = f"""SELECT find_fact.work, kind, level, catalogues, year, minutes, identities,
              preprint_year, {", ".join(COLUMNS)} FROM find_fact JOIN find_text
              ON find_text.rowid = find_fact.work"""
_AMONG = "find_fact.work IN (SELECT value FROM json_each(?))"
_MANY, _POOL = 300, 120
"""Where more papers match, and only the best are wanted, those that say the words in better
columns are looked at first, until so many answer."""
_TIERS = (("names",), ("names", "title"), COLUMNS[:-1], COLUMNS)
_BETWEEN = {
    "year": "(year BETWEEN ? AND ? OR preprint_year BETWEEN ? AND ?)",
    "minutes": "minutes BETWEEN ? AND ?",
}
_LIKELY = 60
"""Papers that are looked at in a short list where none says all words: those that say the rarest
words best. Of the 2,364 queries of `tests/data/searches` one finds another paper among 120."""
_TWO = 2
_SELDOM, _MOST_PROBED = 1500, 12
"""Where no paper says all words: in how many papers a word may stand that is asked for, and
how many such words are."""
_MOST_SORTED = 5_000
"""Papers that are sorted by how well they say a word: to sort more takes too long."""
_MOST_NEAR = 5
"""Papers that are shown where nothing answers."""
_MOST_WORDS = 64
"""Words of a query that are looked for: a longer one is a text pasted by mistake."""


def find(
    connection: sqlite3.Connection,
    query: Query,
    reader: Reader | None = None,
    limit: int | None = None,
) -> list[Hit]:
    """The works that answer a query, best first; at most `limit`.

    Where none says all its words, or only in notes, those come too that say most of them.
    Where nothing answers, a few come that are near.
    """
    return _Search(connection, query, reader or Reader()).hits(limit)


class _Search:
    """One query asked of one index."""

    def __init__(
        self, connection: sqlite3.Connection, query: Query, reader: Reader
    ) -> None:
        self.connection = connection
        self.query = query
        self.reader = reader
        self.vocabulary = Vocabulary(connection)
        self.has_fts = has_fts(connection)
        self.ranking = Ranking(query, self.vocabulary.parted)
        self.of_all = connection.execute("SELECT papers FROM find_total").fetchone()[0]
        self.known: list[Known] = []
        self.groups: list[str] = []
        self._learn()
        self.candidates = Candidates(query, reader, self.ranking.forms.pattern)

    def _learn(self) -> None:
        """Find out what stands for each word, and how rare it is."""
        ranking = self.ranking
        joined: dict[int, list[str]] = {}
        for run in ranking.runs:
            for whole, indices in joinings(ranking.words, run):
                if self.vocabulary.has(whole):
                    for index in indices:
                        joined.setdefault(index, []).append(whole)
        for index, word in enumerate(ranking.words):
            known, terms = self._stand_for(index, word, joined.get(index, []))
            self.known.append(known)
            self._know(index, known)
            self.groups.append(" OR ".join(dict.fromkeys(terms)))

    def _stand_for(
        self, index: int, word: Word, joined: Sequence[str]
    ) -> tuple[Known, list[str]]:
        """What the index knows of a word, and the FTS5 terms that find it."""
        known = self.vocabulary.known(word.text, is_exact=word.is_exact)
        terms = [f'"{fold(form)}"' for form in known.forms]
        if word.text in known.forms:
            self.ranking.forms.take_as_complete(index)
        if word.is_exact:
            return known, [f'"{word.text}"']
        can_begin = len(word.text) > 1
        terms.append(f'"{fold(word.text)}"{" *" if can_begin else ""}')
        terms += [f'"{fold(run)}" *' for run in joined]
        if len(word.parts) > 1:
            terms.append(f'"{" ".join(word.parts)}"')
        if joined or any(are_about_as_long(word.text, form) for form in known.forms):
            return known, terms
        pairs = self.vocabulary.split(word.text)
        terms += [f'"{first} {second}"' for first, second in pairs]
        return self._guess(index, known, terms)

    def _translate(self) -> bool:
        """Also take words for what they are in English; tells whether there are any such."""
        ranking, is_any = self.ranking, False
        for index, word in enumerate(ranking.words):
            for meaning in () if word.is_exact else meanings(word.text):
                is_any = True
                ranking.forms.learn_meaning(meaning.replace(" ", ""), index)
                papers = self.known[index].papers
                papers += self.vocabulary.known(
                    meaning.rpartition(" ")[0] or meaning
                ).papers
                self._know(index, self.known[index]._replace(papers=papers))
                self.groups[index] += f' OR "{fold(meaning)}" *'
        ranking.forget()
        self.candidates = Candidates(self.query, self.reader, ranking.forms.pattern)
        return is_any

    def _know(self, index: int, known: Known) -> None:
        """Say how rare a word is."""
        self.ranking.rarity[index] = rarity(min(known.papers, self.of_all), self.of_all)
        (self.ranking.unknown.discard if known.papers else self.ranking.unknown.add)(
            index
        )
        self.known[index] = known

    def _guess(
        self, index: int, known: Known, terms: list[str]
    ) -> tuple[Known, list[str]]:
        """Also take a word for those that it may be a misspelling of."""
        word = self.ranking.words[index]
        papers = known.papers
        short = word.text.removesuffix("s")  # `convs`: convolutions
        if short != word.text and not papers and self.vocabulary.has(short):
            self.ranking.forms.learn_beginning(short, index)
            begun = self.vocabulary.known(short)
            return known._replace(papers=begun.papers), [*terms, f'"{short}" *']
        near = self.vocabulary.near(word.text)
        for other, quality in near.items():
            self.ranking.forms.learn(other, index, quality)
            papers += self.vocabulary.known(other, is_exact=True).papers
        more = [f'"{other}"' for other in near]
        return known._replace(papers=papers), [*terms, *more]

    def hits(self, limit: int | None) -> list[Hit]:
        found = self._all(limit)
        if not any(hit.is_solid for hit in found) and self._translate():
            found = found or self._all(limit)
        if not any(hit.is_solid for hit in found):
            own = {hit.work for hit in found}
            candidates = [*map(self._looked_at, self._candidates())]
            found += [hit for hit in self._most(candidates) if hit.work not in own]
            found = found or self._near(candidates)
        found.sort(key=lambda hit: (-hit.score, hit.work))
        return found[:limit]

    def _all(self, limit: int | None) -> list[Hit]:
        """Those that say everything, and those that are called so."""
        found: dict[int, Hit] = {}
        scored: set[int] = set()
        for rows in self._rounds(limit):
            for paper in rows:
                work = paper[0]
                if work in scored:
                    continue
                scored.add(work)
                if hit := self._scored(paper):
                    found[work] = hit
                if limit is not None and len(found) >= max(_POOL, 2 * limit):
                    return list(found.values())
        return list(found.values())

    def _rounds(self, limit: int | None) -> Iterator[Iterator[Row]]:
        """Papers that may answer, those first that are likely to answer best."""
        calls = [call_of(self.query.text)]
        calls += [term.text for term in self.query.terms if term.field == IDENTITY]
        marks = ", ".join("?" * len(calls))
        chosen = (
            f"find_fact.work IN (SELECT work FROM find_call WHERE call IN ({marks}))"
        )
        yield self._rows(chosen, calls)
        if noted := self._noted():
            yield self._rows(_AMONG, [json.dumps(noted)])
        if self.query.says_which or not self._can_be_met():
            return
        expression = self._expression()
        if not expression:
            yield self._rows("1", [])
            return
        few = self._few(expression) if limit is not None and self.has_fts else None
        if few is not None:
            yield self._rows(_AMONG, [json.dumps(few)])
            return
        for columns in _TIERS if limit is not None else _TIERS[-1:]:
            yield self._matching(f"{{{' '.join(columns)}}} : ({expression})", "")

    def _can_be_met(self) -> bool:
        """Whether each word that has to be said is said anywhere: else nothing has to be read."""
        needed = {
            n
            for clause in self.query.clauses
            if len(clause) == 1
            for term in clause[0]
            if not term.is_negated
            for n in self.ranking.of_term.get(term, ())
            if n not in self.ranking.optional
        }
        strange = [n for n in needed if not self.known[n].papers]
        return all(next(self._saying(n), None) for n in strange)

    def _saying(self, index: int) -> Iterator[Row]:
        """The first of the papers that say a word in any way."""
        return self._matching(self._group(index), "LIMIT 1")

    def _few(self, expression: str) -> list[int] | None:
        """The works that match, if they are few enough to look at them all."""
        query = "SELECT rowid FROM find_text WHERE find_text MATCH ? LIMIT ?"
        rows = self.connection.execute(query, (expression, _MANY + 1)).fetchall()
        return [work for (work,) in rows] if len(rows) <= _MANY else None

    def _noted(self) -> list[int]:
        """Works whose notes have the beginning of a word of the query."""
        begun = [word.text[:4] for word in self.ranking.words]
        return [
            work
            for work, text in self.reader.notes.items()
            if begun and any(start in fold(text).replace(" ", "") for start in begun)
        ]

    def _expression(self) -> str:
        """What FTS5 is asked: every clause that is about words, each word in all its forms."""
        clauses = []
        for clause in self.query.clauses:
            alternatives = []
            for terms in clause:
                asked = [
                    self._group(n)
                    for term in terms
                    if not term.is_negated
                    for n in self.ranking.of_term.get(term, ())
                    if n not in self.ranking.optional
                ]
                alternatives.append(" AND ".join(asked[:_MOST_WORDS]))
            if all(alternatives):
                clauses.append(
                    " OR ".join(f"({alternative})" for alternative in alternatives)
                )
        return " AND ".join(f"({clause})" for clause in clauses)

    def _group(self, index: int) -> str:
        columns = [
            column
            for column in self.ranking.words[index].columns
            if column != OWN_NOTES
        ]
        group = f"({self.groups[index]})"
        return f"{{{' '.join(columns)}}} : {group}" if columns else group

    def _candidates(self) -> list[Row]:
        """Where nothing says everything: the papers that say the rarest words best."""
        required = self.ranking.required
        if len(required) < _TWO or len(self.ranking.runs) != 1 or self.query.is_whole:
            return []
        rare = [n for n in required if self.known[n].papers]
        rare.sort(key=lambda n: self.known[n].papers)
        seldom = [n for n in rare if self.known[n].papers < _SELDOM]
        if not rare:
            return []
        if not seldom and self.known[rare[0]].papers > _MOST_SORTED:
            return self._likely(rare)
        words = (seldom or rare[:1])[:_MOST_PROBED]
        return list(self._best(" OR ".join(map(self._group, words))))

    def _likely(self, words: Sequence[int]) -> list[Row]:
        """Of words that all stand in many papers, the rarest first: papers that may say most.

        They are called by the rarest, or say it and another one in the better columns.
        """
        rarest, *others = map(self._group, words)
        asked = [f"{{{' '.join(_TIERS[0])}}} : {rarest}"]
        if others:
            together = f"({rarest} AND ({' OR '.join(others)}))"
            asked += [f"{{{' '.join(some)}}} : {together}" for some in _TIERS[1:3]]
        found: dict[int, Row] = {}
        for expression in asked:
            rows = self._matching(expression, f"LIMIT {_POOL // 2}")
            found.update((row[0], row) for row in rows)
        return list(found.values())

    def _best(self, expression: str) -> Iterator[Row]:
        """The papers that say something best, by FTS5's measure."""
        weights = ", ".join(str(COLUMN_WEIGHTS[column][0]) for column in COLUMNS)
        most = min(_POOL, _LIKELY + self.of_all // 100)  # more are alike in a long list
        order = f"ORDER BY bm25(find_text, {weights}) LIMIT {most}"
        return self._matching(expression, order)

    def _looked_at(self, row: Row) -> _Looked:
        paper = self.candidates.of(row)
        return row[0], paper, self.ranking.look(paper)

    def _most(self, candidates: Sequence[_Looked]) -> list[Hit]:
        """The papers among these that say most of the query."""
        is_short = len(self.ranking.required) == _TWO
        enough = ENOUGH_OF_TWO if is_short else ENOUGH
        return [
            Hit(work, *scored)
            for work, paper, seen in candidates
            if (scored := self.ranking.score(paper, seen, enough=enough))
        ]

    def _near(self, candidates: Sequence[_Looked]) -> list[Hit]:
        """The few papers among these that are nearest to a query that nothing answers."""
        found = [
            Hit(work, *scored)
            for work, paper, seen in candidates
            if (scored := self.ranking.score_nearest(paper, seen))
        ]
        found.sort(key=lambda hit: (-hit.score, hit.work))
        return found[:_MOST_NEAR]

    def _matching(self, expression: str, order: str) -> Iterator[Row]:
        if not self.has_fts:
            return self._rows("1", [])
        return self._rows("find_text MATCH ?", [expression], order)

    def _rows(
        self, condition: str, values: Sequence[object], order: str = ""
    ) -> Iterator[Row]:
        facts, more = self._about_facts()
        query = f"{_SELECT} WHERE {condition}{facts} {order}"
        return iter(self.connection.execute(query, (*values, *more)))

    def _about_facts(self) -> tuple[str, list[object]]:
        """The conditions on facts that SQL can tell, so that fewer papers are looked at."""
        conditions, values = "", list[object]()
        for clause in self.query.clauses:
            if len(clause) > 1 or len(clause[0]) > 1 or clause[0][0].is_negated:
                continue
            term = clause[0][0]
            if term.field in ("kind", "level"):
                conditions += f" AND {term.field} = ?"
                values.append(term.text.lower())
            if between := _BETWEEN.get(term.field):
                allowed = span(term)
                conditions += f" AND {between}"
                values += [allowed.start, allowed.stop - 1] * (between.count("?") // 2)
        return conditions, values

    def _scored(self, row: Row) -> Hit | None:
        scored = self.ranking.score(self.candidates.of(row))
        return Hit(row[0], *scored) if scored else None
