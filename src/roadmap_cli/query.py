"""The search grammar, parsed; what a query matches, and how well.

    lora low-rank            every word, anywhere
    "in-context learning"    these words in this order
    -survey                  not this word
    author:vaswani  venue:iclr  topic:agents  kind:survey  level:intro  status:todo
    year:2021  year:2021..2023  year:2023..

Words are compared without case, accents and punctuation; a word also finds longer words that
begin with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from roadmap_cli.errors import WrongUsageError
from roadmap_cli.identity import identities, of_text
from roadmap_cli.model import Kind, Level, Paper, Status, Topic
from roadmap_cli.spelling import did_you_mean, fold

FIELDS = ("author", "year", "venue", "topic", "kind", "level", "status", "title")
_CHOICES: Mapping[str, Sequence[str]] = {
    "kind": list(Kind),
    "level": list(Level),
    "status": list(Status),
}
_TERM = re.compile(
    r'(?P<minus>-?)(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
)
_YEARS = re.compile(r"(?P<first>\d{4})?(?:(?P<dots>\.\.)(?P<last>\d{4})?)?")

_WHOLE_NAME, _WHOLE_TITLE = 10_000.0, 5_000.0
_WEIGHTS = {
    "name": 100.0,
    "title": 40.0,
    "synonyms": 30.0,
    "authors": 20.0,
    "venue": 12.0,
    "topics": 8.0,
    "note": 4.0,
    "own_notes": 4.0,
}
"""What a word is worth by the place where it stands; the beginning of a word, half."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `field` is empty where the words may stand anywhere."""

    text: str
    field: str = ""
    is_phrase: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader looks for: every term has to hold. `text` is as it was typed."""

    text: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a query can be asked about: a paper, where it stands, its status, the reader's notes."""

    paper: Paper
    topics: Sequence[Topic]
    status: Status
    own_notes: str = ""


def parse(text: str) -> Query:
    """Read a query.

    Raises `WrongUsageError` for a quote without its end, a field that there is not, and a
    value that its field cannot have.
    """
    if text.count('"') % 2:
        raise WrongUsageError(
            f"the quote at character {text.rindex(chr(34)) + 1} of the query has no end",
            hint='close it: "a phrase"',
        )
    terms = (_term(match) for match in _TERM.finditer(text))
    return Query(text, tuple(one for one in terms if one.field or fold(one.text)))


def score(query: Query, entry: Entry) -> float:
    """How well an entry answers a query: 0 if it does not, more for better places.

    The sum over the query's words of the best place in which each stands, so that a whole
    key, acronym, alias or title outranks everything else.
    """
    paper = entry.paper
    words = [term for term in query.terms if not term.field and not term.is_negated]
    whole = fold(" ".join(term.text for term in words))
    identity = of_text(query.text)
    if identity:
        known = identities(arxiv=paper.arxiv, doi=paper.doi, url=paper.url)
        return _WHOLE_NAME if identity in known else 0.0
    places = _places(entry)
    total = 1.0
    for term in query.terms:
        worth = _worth(term, entry, places)
        if (worth > 0) == term.is_negated:
            return 0.0
        total += 0 if term.is_negated else worth
    if whole:
        total += _WHOLE_NAME if whole in _names(paper) else 0
        total += _WHOLE_TITLE if whole == fold(paper.title) else 0
        total += _WEIGHTS["title"] if f" {whole} " in f" {fold(paper.title)} " else 0
    return total


def _term(match: re.Match[str]) -> Term:
    field = (match["field"] or "").lower()
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    if match["minus"] and text.startswith("-"):
        raise WrongUsageError(f"no such option: -{text}", hint="roadmap search --help")
    if field in ("http", "https", "arxiv", "doi"):
        return Term(f"{field}:{text}", is_negated=bool(match["minus"]))
    if field and field not in FIELDS:
        raise WrongUsageError(
            f"no field `{field}` to search in",
            hint=did_you_mean(field, FIELDS) or f"fields are {', '.join(FIELDS)}",
        )
    term = Term(text, field, match["phrase"] is not None, bool(match["minus"]))
    _check_value(term)
    return term


def _check_value(term: Term) -> None:
    choices = _CHOICES.get(term.field)
    if choices and term.text.lower() not in choices:
        raise WrongUsageError(
            f"no {term.field} `{term.text}`",
            hint=did_you_mean(term.text, choices)
            or f"it is one of {', '.join(choices)}",
        )
    if term.field == "year":
        years(term.text)


def years(text: str) -> range:
    """The years that `2021`, `2021..2023`, `2021..` or `..2023` means.

    Raises `WrongUsageError` for anything else.
    """
    match = _YEARS.fullmatch(text)
    if not text or not match or text == "..":
        raise WrongUsageError(
            f"`{text}` is no year or range of years",
            hint="write 2021, 2021..2023 or 2021..",
        )
    first = int(match["first"] or 0)
    last = int(match["last"] or (9999 if match["dots"] else first))
    return range(first, last + 1)


def _names(paper: Paper) -> set[str]:
    return {fold(name) for name in (paper.key, paper.acronym, *paper.aliases) if name}


def _places(entry: Entry) -> Mapping[str, str]:
    paper, topics = entry.paper, entry.topics
    calls = [
        call for topic in topics for call in (topic.title, topic.id, *topic.aliases)
    ]
    texts = {
        "name": (paper.key, paper.acronym, *paper.aliases),
        "title": (paper.title,),
        "synonyms": paper.synonyms,
        "authors": paper.authors,
        "venue": (paper.venue, str(paper.year or ""), paper.kind),
        "topics": calls,
        "note": (paper.note,),
        "own_notes": (entry.own_notes,),
    }
    return {
        place: " | ".join(fold(text) for text in some) for place, some in texts.items()
    }


def _worth(term: Term, entry: Entry, places: Mapping[str, str]) -> float:
    if term.field:
        return float(_FIELD_TESTS[term.field](term, entry, places))
    folded = fold(term.text)
    return max(
        weight * _fit(folded, places[place], term) for place, weight in _WEIGHTS.items()
    )


def _fit(folded: str, text: str, term: Term) -> float:
    """1 for whole words, half for the beginning of one (not within quotes), else 0."""
    if f" {folded} " in f" {text} ":
        return 1.0
    joined = folded.replace(" ", "")
    if not term.is_phrase and (f" {folded}" in f" {text}" or joined in text.split()):
        return 0.5
    return 0.0


def _stands_in(place: str) -> Callable[[Term, Entry, Mapping[str, str]], bool]:
    def test(term: Term, _: Entry, places: Mapping[str, str]) -> bool:
        return _fit(fold(term.text), places[place], term) > 0

    return test


def _has_topic(term: Term, entry: Entry, _: Mapping[str, str]) -> bool:
    wanted = fold(term.text)
    calls: Iterable[str] = (
        call
        for topic in entry.topics
        for call in (topic.name, topic.area, topic.id, topic.title, *topic.aliases)
    )
    return any(f" {wanted}" in f" {fold(call)}" for call in calls)


_FIELD_TESTS: Mapping[str, Callable[[Term, Entry, Mapping[str, str]], bool]] = {
    "author": _stands_in("authors"),
    "venue": _stands_in("venue"),
    "title": _stands_in("title"),
    "topic": _has_topic,
    "kind": lambda term, entry, _: entry.paper.kind == term.text.lower(),
    "level": lambda term, entry, _: entry.paper.level == term.text.lower(),
    "status": lambda term, entry, _: entry.status == term.text.lower(),
    "year": lambda term, entry, _: entry.paper.year in years(term.text),
}
