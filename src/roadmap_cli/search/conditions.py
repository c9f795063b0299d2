"""The conditions of a query that are met or not, whatever words are worth."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from roadmap_cli.curriculum.model import StatusAsked
from roadmap_cli.language.spelling import words
from roadmap_cli.search.grammar import IDENTITY, MOST_WORDS, Term, span
from roadmap_cli.search.texts import OWN_NOTES, Candidate

COLUMNS_OF = {
    "author": ("authors",),
    "title": ("title",),
    "venue": ("venue",),
    "note": ("note", OWN_NOTES),
    "topic": ("topics", "elsewhere", "areas"),
    "area": ("areas",),
}
"""Where the words of a field may stand."""


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


def _is_of_topic(term: Term, paper: Candidate) -> bool:
    wanted = f" {' '.join(_wanted(term.text))}"
    joined = wanted.replace(" ", "")
    return any(
        wanted in spaced or whole.startswith(joined)
        for column in COLUMNS_OF[term.field]
        for spaced, whole in map(_spelt, map(tuple, paper.lines.get(column, ())))
    )


@lru_cache(1000)
def _spelt(line: tuple[str, ...]) -> tuple[str, str]:
    """A line with blanks before its words, and without any: many papers have it."""
    return f" {' '.join(line)}", "".join(line)


def _same(text: str, term: Term) -> bool:
    return text.casefold() == term.text.casefold()


FACT_TESTS: Mapping[str, Callable[[Term, Candidate], bool]] = {
    IDENTITY: lambda term, paper: term.text in paper.facts.identities,
    "kind": lambda term, paper: _same(paper.facts.kind, term),
    "level": lambda term, paper: _same(paper.facts.level, term),
    "status": lambda term, paper: (
        paper.facts.status in StatusAsked(term.text.lower()).statuses
    ),
    "catalogue": lambda term, paper: term.text.lower() in paper.facts.catalogues,
    "year": lambda term, paper: (
        paper.facts.year in span(term) or paper.facts.preprint_year in span(term)
    ),
    "minutes": lambda term, paper: paper.facts.minutes in span(term),
    "rating": lambda term, paper: paper.facts.rating in span(term),
    "topic": _is_of_topic,
    "area": _is_of_topic,
}
"""Each field that is not about words in texts."""
FACTS = frozenset(FACT_TESTS) - {"topic", "area"}
"""Fields that are answered without a look at any text."""
