"""Searching a library: the index of words is asked, and hits are filtered by what was marked.

The one place where the index of words meets the library.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli import search
from roadmap_cli.busy import Busy, silently
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import NotFoundError, RoadmapError
from roadmap_cli.language.spelling import composed, fold, runs
from roadmap_cli.language.stems import are_forms
from roadmap_cli.program.pasted import other_readings, query_of
from roadmap_cli.search.grammar import Clause, typed
from roadmap_cli.search.recognition import UNASKED
from roadmap_cli.store.sealed import SealedFiles
from roadmap_cli.store.words import finding
from roadmap_cli.store.words.findable import Findable
from roadmap_cli.store.words.hits import Hit, Reader
from roadmap_cli.store.words.index import WordIndex
from roadmap_cli.store.words.unmet import Unmet, nearest, unmet

if TYPE_CHECKING:
    import sqlite3


class Found(NamedTuple):
    """A paper that answers, how well, and with which of its words."""

    paper: Paper
    score: float
    matched: tuple[str, ...]


class Answer(NamedTuple):
    """What was found, best first; `said` tells in words which the best one was not found by.

    `is_near` if nothing answers, and this comes nearest.
    """

    found: list[Found]
    unmet: Sequence[Unmet] = ()
    said: str = ""
    is_near: bool = False


class Searched(NamedTuple):
    """What is searched: a library, its index of words, and what the reader knows of works."""

    library: Library
    words: SealedFiles
    reader: search.Reader
    busy: Busy = silently


def find(place: Searched, text: str, count: int | None = None) -> Answer:
    """The papers that answer a query, best first.

    Raises as `search.parse` for a query that cannot be read, `NotFoundError` for one that nothing
    answers.
    """
    library = place.library
    parsed = query_of(text, library)
    index = WordIndex(
        place.words,
        library.made_from,
        partial(findables, library),
        len(library.positions),
        place.busy,
    )
    return index.ask(partial(_answered, place, parsed, count))


def _answered(
    place: Searched,
    parsed: search.Query,
    count: int | None,
    connection: "sqlite3.Connection",
) -> Answer:
    library, person = place.library, place.reader
    works, text = library.works, parsed.text
    reader = Reader(
        lambda number: person.status(works[number]),
        {library.positions[work]: said for work, said in person.notes().items()},
        lambda number: person.rating(works[number]),
        lambda number: person.tags(works[number]),
        lambda number: works[number] in person.pdfs(),
    )
    hits = finding.find(connection, parsed, reader, count)
    for other in other_readings(parsed) if not hits else ():
        found = _found(library, finding.find(connection, other.query, reader, count))
        if found := [hit for hit in found if other.takes(hit.paper)]:
            return Answer(found, said=_NO_SUCH_LINK)
    if not hits:
        from roadmap_cli.search.called import (  # whatever is found is called so
            require_called,
            require_identified,
        )

        require_called(parsed, library)
        require_identified(parsed, library)
        raise NotFoundError(
            f"nothing matches `{text}`",
            hint=_better(connection, text, reader)
            or _without(connection, parsed, reader)
            or _other(parsed),
        )
    left = unmet(connection, parsed, hits[0].matched)
    found = _found(library, hits)
    if hits[0].is_near:
        return Answer(found, left, _NEAREST, is_near=True)
    return Answer(found, left, _about_unmet(left) or _about_names(parsed, found))


_NEAREST = "no paper says all of this; nearest:"
_NO_SUCH_LINK = "no paper here has this link; by its address it may lead to:"


def _found(library: Library, hits: Sequence[Hit]) -> list[Found]:
    return [
        Found(
            library.shown[library.works[hit.work]],
            hit.score,
            tuple(map(composed, hit.matched)),
        )
        for hit in hits
    ]


def _about_unmet(left: Sequence[Unmet]) -> str:
    """What became of the words that the best hit does not say."""
    said = [
        f"nothing for `{word.word}`: shown for `{word.instead}`"
        for word in left
        if word.instead
    ]
    without = [word for word in left if not word.instead]
    named = ", ".join(f"`{word.word}`" for word in without)
    if any(word.is_known for word in without):
        said.append(f"no paper has all words: shown without {named}")
    elif without:
        said.append(f"no paper has {named}: shown without {_it(without)}")
    return "; ".join(said)


def _about_names(query: search.Query, found: Sequence[Found]) -> str:
    """That nothing is named by the one word that was asked for, where it looks like a name."""
    if len(query.terms) != 1 or query.terms[0].field or not _may_be_name(query.text):
        return ""
    if any(_is_named(hit.paper, query.text) for hit in found):
        return ""
    it = "these mention it" if len(found) > 1 else "this one mentions it"
    return f"no paper is named `{query.text}`; {it}"


def _may_be_name(text: str) -> bool:
    """Whether a text looks like what papers are called: `ddpm`, `gpt-2`."""
    is_word = text.replace("-", "").replace("_", "").isalnum()
    return is_word and 1 < len(text) <= _LONGEST_NAME


_LONGEST_NAME = 12


def _is_named(paper: Paper, word: str) -> bool:
    """Whether a word is a name of the paper, or says what it is by title, author or venue.

    A part of a compound is none: `ddpm` is not what ES-DDPM is called.
    """
    if fold(word) in map(fold, paper.answers):
        return True
    facts = f"{paper.title} {' '.join(paper.authors)} {paper.venue} {paper.year}"
    said = runs(fold(facts))
    return any(are_forms(part, other) for part in runs(fold(word)) for other in said)


def mentioning(place: Searched, word: str, count: int) -> list[Paper]:
    """Papers that say this word just so, best first; none where it would take long to know."""
    if len(place.library.positions) > _QUICKLY:
        return []
    try:
        found = find(place, f'"{word}"', count).found
    except RoadmapError:
        return []
    return [hit.paper for hit in found]


_QUICKLY = 5_000
"""Works of a library whose index of words is made within about a second."""


def _better(connection: "sqlite3.Connection", text: str, reader: Reader) -> str:
    """The hint that offers another spelling, if that finds anything."""
    better = nearest(connection, text)
    if not better or not finding.find(connection, search.parse(better), reader, 1):
        return ""
    return f"did you mean `{better}`?"


def _without(
    connection: "sqlite3.Connection", parsed: search.Query, reader: Reader
) -> str:
    """The hint that tells what to leave out so that something answers: conditions, or words."""

    def answers(clauses: Iterable[Clause]) -> bool:
        left = parsed._replace(clauses=tuple(clauses))
        is_asked = any(fold(term.text) not in UNASKED for term in left.terms)
        hits = finding.find(connection, left, reader, 1) if is_asked else []
        return bool(hits) and not hits[0].is_near

    conditions = [
        clause for clause in parsed.clauses if not any(t.is_plain for t in clause[0])
    ]
    if len(conditions) < len(parsed.clauses):
        for some in ([clause] for clause in conditions), [conditions]:
            for left_out in some:
                if answers(each for each in parsed.clauses if each not in left_out):
                    named = " and ".join(
                        f"`{typed(parsed, clause[0][0])}`" for clause in left_out
                    )
                    return f"nothing that matches the rest has {named}: leave {_it(left_out)} out"
    words = unmet(connection, parsed, ())
    strange = [word.word for word in words if not word.is_known]
    folded = {fold(word) for word in strange}
    kept = [
        tuple(tuple(t for t in terms if fold(t.text) not in folded) for terms in clause)
        for clause in parsed.clauses
    ]
    if strange and answers(clause for clause in kept if all(clause)):
        named = ", ".join(f"`{word}`" for word in strange)
        return f"no paper has {named}: leave {_it(strange)} out"
    return ""


def _it(things: Sequence[object]) -> str:
    return "it" if len(things) == 1 else "them"


def _other(parsed: search.Query) -> str:
    """The hint that says what else to ask where leaving something out does not help."""
    if any(term.is_plain for term in parsed.terms):
        return "try fewer or other words; `roadmap list` shows all topics"
    if len(parsed.clauses) == 1:
        return "`roadmap help search` tells what can be asked for"
    alone = [some[0][0] for some in parsed.clauses if len(some) == 1]
    for condition, other in combinations(alone, 2):
        if (
            condition.field == other.field
            and not condition.is_negated
            and not other.is_negated
        ):
            either = f"{condition.field}:{condition.text} OR {other.field}:{other.text}"
            return f"every condition has to hold; for either write {either}"
    return "every condition has to hold: try fewer of them"


def findables(library: Library) -> Iterator[Findable]:
    """Every work of a library as the index takes it, numbered in the curriculum's order."""
    for number, work in enumerate(library.positions):
        facts = search.FactsOfPaper(library, library.shown[work])
        yield Findable(number, search.texts_of(library, facts.papers), facts)
