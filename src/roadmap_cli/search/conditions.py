"""The conditions of a query that are met or not, whatever words are worth."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from roadmap_cli.curriculum.model import StatusAsked
from roadmap_cli.language.spelling import words
from roadmap_cli.search.grammar import IDENTITY, MOST_WORDS, PRINTED, Term, span
from roadmap_cli.search.texts import OF_TOPICS, OWN_NOTES, Candidate

COLUMNS_OF = {
    "author": ("authors",),
    "title": ("title",),
    "venue": ("venue",),
    "note": ("note", OWN_NOTES),
    "topic": OF_TOPICS,
    "area": ("areas",),
}
"""Where the words of a field may stand."""
Test = Callable[[Candidate], bool]
"""Tells whether a paper meets a condition."""


def has_phrase(term: Term, paper: Candidate) -> bool:
    """Whether the words of a quoted term stand side by side in a text; of authors, in a name."""
    wanted = _wanted(term.text)
    columns = COLUMNS_OF.get(term.field) or paper.lines
    lines = (line for column in columns for line in paper.lines.get(column, ()))
    if term.field == "author":
        return any(set(wanted) <= set(line) for line in lines)
    whole = "".join(wanted)
    return any(_runs_in(whole, line) for line in lines)


@lru_cache(MOST_WORDS)
def _wanted(text: str) -> tuple[str, ...]:
    """The words of a term, which is held against every paper."""
    return tuple(words(text))


def _runs_in(whole: str, line: Sequence[str]) -> bool:
    """Whether some tokens side by side spell a phrase, whatever the gaps between them."""
    for place, token in enumerate(line):
        if not whole.startswith(token):
            continue
        spelt = ""
        for part in line[place:]:
            spelt += part
            if not whole.startswith(spelt):
                break
            if spelt == whole:
                return True
    return False


def _of_topic(term: Term) -> Test:
    wanted = f" {' '.join(_wanted(term.text))}"
    joined = wanted.replace(" ", "")
    columns = COLUMNS_OF[term.field]
    return lambda paper: any(
        wanted in spaced or whole.startswith(joined)
        for column in columns
        for spaced, whole in map(_spelt, map(tuple, paper.lines.get(column, ())))
    )


@lru_cache(1000)
def _spelt(line: tuple[str, ...]) -> tuple[str, str]:
    """A line with blanks before its words, and without any: many papers have it."""
    return f" {' '.join(line)}", "".join(line)


def _of_kind(term: Term) -> Test:
    kind = term.text.lower()
    return lambda paper: paper.facts.kind == kind


def _of_level(term: Term) -> Test:
    level = term.text.lower()
    return lambda paper: paper.facts.level == level


def _of_status(term: Term) -> Test:
    statuses = StatusAsked(term.text.lower()).statuses
    return lambda paper: paper.facts.status in statuses


def _of_catalogue(term: Term) -> Test:
    catalogue = term.text.lower()
    return lambda paper: catalogue in paper.facts.catalogues


def _of_identity(term: Term) -> Test:
    return lambda paper: term.text in paper.facts.identities


def _of_year(term: Term) -> Test:
    years = span(term)
    return lambda paper: paper.facts.year in years or paper.facts.preprint_year in years


def _printed_in(term: Term) -> Test:
    years = span(term)
    return lambda paper: paper.facts.year in years


def _of_minutes(term: Term) -> Test:
    minutes = span(term)
    return lambda paper: paper.facts.minutes in minutes


def _of_rating(term: Term) -> Test:
    ratings = span(term)
    return lambda paper: paper.facts.rating in ratings


def _of_tag(term: Term) -> Test:
    from roadmap_cli.language.tags import tag_of  # most queries ask for none

    tag = tag_of(term.text.removeprefix("+"))
    return lambda paper: tag in paper.facts.tags


def _of_has(_: Term) -> Test:
    return lambda paper: paper.facts.has_pdf


_TESTS: Mapping[str, Callable[[Term], Test]] = {
    IDENTITY: _of_identity,
    PRINTED: _printed_in,
    "kind": _of_kind,
    "level": _of_level,
    "status": _of_status,
    "catalogue": _of_catalogue,
    "year": _of_year,
    "minutes": _of_minutes,
    "rating": _of_rating,
    "tag": _of_tag,
    "has": _of_has,
    "topic": _of_topic,
    "area": _of_topic,
}
"""Each field that is not about words in texts."""
FACTS = frozenset(_TESTS) - {"topic", "area"}
"""Fields that are answered without a look at any text."""


def test_of(term: Term) -> Test | None:
    """Tells whether a paper is what a term says, negated or not; nothing if that is in texts."""
    make = _TESTS.get(term.field)
    return make(term) if make else None
