"""Searching a library: what the index finds, with what only the reader's files know.

The one place where the index of words meets the library.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import combinations
from typing import NamedTuple

from roadmap_cli import search
from roadmap_cli.busy import Busy, silently, told
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.spelling import composed
from roadmap_cli.store import version
from roadmap_cli.store.sealed import SealedFiles
from roadmap_cli.store.words import finding
from roadmap_cli.store.words.findable import Findable, create
from roadmap_cli.store.words.unmet import Unmet, unmet


class Found(NamedTuple):
    """A paper that answers, how well, and with which of its words."""

    paper: Paper
    score: float
    matched: tuple[str, ...]


class Answer(NamedTuple):
    """What was found, best first; `said` tells in words which the best one was not found by."""

    found: list[Found]
    unmet: Sequence[Unmet] = ()
    said: str = ""


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
    parsed = search.parse(text)
    name = version.name_of(place.library.made_from)
    try:
        return _asked(place, name, parsed, count)
    except sqlite3.Error:  # damaged, though its time does not show it: made anew
        place.words.drop(name)
        return _asked(place, name, parsed, count)


def _asked(
    place: Searched, name: str, parsed: search.Query, count: int | None
) -> Answer:
    library, words, person, busy = place
    works, text = library.works, parsed.text
    reader = finding.Reader(
        lambda number: person.status(works[number]),
        {library.positions[work]: said for work, said in person.notes().items()},
        lambda number: person.rating(works[number]),
    )
    with closing(_index(library, words, name, busy)) as connection:
        hits = finding.find(connection, parsed, reader, count)
        if not hits:
            search.require_called(parsed, library)
            raise NotFoundError(
                f"nothing matches `{text}`",
                hint=_better(connection, text, reader) or _other(connection, parsed),
            )
        left = unmet(connection, parsed, hits[0].matched)
    found = [
        Found(
            library.shown[works[one.work]], one.score, tuple(map(composed, one.matched))
        )
        for one in hits
    ]
    return Answer(found, left, _about_unmet(left))


def _about_unmet(left: Sequence[Unmet]) -> str:
    """What became of the words that the best hit does not say."""
    said = [
        f"nothing for `{one.word}`: shown for `{one.instead}`"
        for one in left
        if one.instead
    ]
    without = [one for one in left if not one.instead]
    named = ", ".join(f"`{one.word}`" for one in without)
    if any(one.is_known for one in without):
        said.append(f"no paper has all words: shown without {named}")
    elif without:
        it = "it" if len(without) == 1 else "them"
        said.append(f"no paper has {named}: shown without {it}")
    return "; ".join(said)


def _better(connection: sqlite3.Connection, text: str, reader: finding.Reader) -> str:
    """The hint that offers another spelling, if that finds anything."""
    better = finding.nearest(connection, text)
    if not better or not finding.find(connection, search.parse(better), reader, 1):
        return ""
    return f"did you mean `{better}`?"


def _other(connection: sqlite3.Connection, parsed: search.Query) -> str:
    """The hint that says what else to ask where nothing is misspelt."""
    words = unmet(connection, parsed, ())
    strange = [one.word for one in words if not one.is_known]
    if 0 < len(strange) < len(words):
        named = ", ".join(f"`{one}`" for one in strange)
        return (
            f"no paper has {named}: leave {'it' if len(strange) == 1 else 'them'} out"
        )
    if any(term.is_plain for term in parsed.terms):
        return "try fewer or other words; `roadmap list` shows all topics"
    if len(parsed.clauses) == 1:
        return "`roadmap help search` tells what can be asked for"
    alone = [some[0][0] for some in parsed.clauses if len(some) == 1]
    for one, other in combinations(alone, 2):
        if one.field == other.field and not one.is_negated and not other.is_negated:
            either = f"{one.field}:{one.text} OR {other.field}:{other.text}"
            return f"every condition has to hold; for either write {either}"
    return "every condition has to hold: try fewer of them"


def _index(
    library: Library, words: SealedFiles, name: str, busy: Busy
) -> sqlite3.Connection:
    with ExitStack() as work:  # begins if it has to be made, ends when it is kept

        def fill(empty: sqlite3.Connection) -> None:
            work.close()  # what could not be kept is made once more, in memory
            tell = work.enter_context(busy("indexing words"))
            count = len(library.positions)
            create(empty, told(findables(library), count, tell))

        return words.open(name, fill)


def findables(library: Library) -> Iterator[Findable]:
    """Every work of a library as the index takes it, numbered in the curriculum's order."""
    for number, work in enumerate(library.positions):
        facts = search.FactsOfPaper(library, library.shown[work])
        yield Findable(number, search.texts_of(library, facts.papers), facts)
