"""The search grammar: what a reader types becomes conditions.

    lora low-rank            every word, anywhere
    "in-context learning"    these words in this order
    -survey                  not this word; also NOT survey, !survey
    lora OR prefix tuning    either: OR joins the words beside it, or two conditions
    lora AND adapters        both, as without AND
    author:vaswani  title:"all you need"  venue:iclr  note:softmax
    topic:agents  area:llm  catalogue:genai
    kind:survey  level:intro  status:todo  tag:thesis  has:pdf
    year:2021  year:2021..2023  year:2023..  minutes:..30  rating:4..

All conditions have to hold; what is wrong with one is said with the place where it stands.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.identity import named_in
from roadmap_cli.curriculum.model import Kind, Level, StatusAsked
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.slips import did_you_mean
from roadmap_cli.language.spelling import fold, words

IDENTITY = "identity"
"""The field of a term that is an arXiv id, a DOI or a link; its name is never typed."""
PRINTED = "printed"
"""The field of a term for the year that is printed, whatever the arXiv id says: `--year`."""
PDF = "pdf"
"""What a paper may have: `has:pdf`."""
_CHOICES: Mapping[str, Sequence[str]] = {
    "kind": list(Kind),
    "level": list(Level),
    "status": list(StatusAsked),
    "has": [PDF],
}
_TEXTS = ("author", "title", "venue", "topic", "area", "note", "catalogue", "tag")
_SPANS = ("year", "minutes", "rating")
FIELDS = (*_TEXTS, *_SPANS, *_CHOICES)
OR, NOT, AND = "OR", "NOT", "AND"
OPERATORS = (OR, NOT, AND)
MOST_WORDS = 250
"""Words of a query; those that hyphens join count one by one."""
MOST_CHARACTERS = 10_000
_FEWER = "search for the few words that matter"
BEST = 5
"""The best rating."""

# Compiled when a query is read: conditions that options ask for are none.
_TERM = rf"""(?x)(?P<minus>[-!]?)
         (?:(?P<field>[A-Za-z]+):(?=[^\s:])|(?P<spaced>{"|".join(FIELDS)}):(?:\s+|$))?
         (?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))?"""
# Compiled when a query has such.
_COMPARED = rf"(?i)(?P<minus>[-!]?)(?P<field>{'|'.join(FIELDS)})\s*(?P<sign>[<>]=?|==?)\s*(?P<value>[^\s<>=\"]+)"
_CURLY = "[“„«]([^“”„«»]*)[”“»]"
_SPAN = r"(?P<first>\d{1,6})?(?:(?P<dots>\.\.)(?P<last>\d{1,6})?)?"
_YEAR_DIGITS, _YEARS_END = 4, 10_000
_OPEN_END = 999_999


class Term(NamedTuple):
    """One condition; `field` is empty where the words may stand anywhere.

    `at` is the place of its first character in the query, counted from 1.
    """

    text: str
    field: str = ""
    is_phrase: bool = False
    is_negated: bool = False
    at: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether these are words to look for anywhere, and to rank by."""
        return not self.field and not self.is_negated


Clause = tuple[tuple[Term, ...], ...]
"""Alternatives of which one has to hold, each with all its terms."""


class Query(NamedTuple):
    """What a reader looks for: every clause has to hold. `text` is as it was typed.

    `is_whole` where one paper is meant: no word may be missing.
    """

    text: str
    clauses: tuple[Clause, ...]
    is_whole: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms in the order in which they were typed."""
        return tuple(
            term for clause in self.clauses for some in clause for term in some
        )

    @property
    def says_which(self) -> bool:
        """Whether an id or a link has to be met, and not only as one of several alternatives."""
        return any(
            term.field == IDENTITY and not term.is_negated
            for clause in self.clauses
            if len(clause) == 1
            for term in clause[0]
        )


def parse(text: str) -> Query:
    """Read a query.

    Raises `WrongUsageError` where there is nothing to look for, for more characters than anybody
    types, and, with the place, for a quote without its end, more words than anybody means, an
    `OR` without its sides, a `NOT` before nothing, a field that there is not, and a value that
    its field cannot have.
    """
    if len(text) > MOST_CHARACTERS:
        raise WrongUsageError(
            f"the query has more than {MOST_CHARACTERS:,} characters", hint=_FEWER
        )
    straight = text if text.isascii() else re.sub(_CURLY, r'"\1"', text)
    if straight.count('"') % 2:
        raise WrongUsageError(
            f"the quote at character {straight.rindex(chr(34)) + 1} of the query has no end",
            hint='close it: "a phrase"',
        )
    clauses = tuple(_clauses(list(_few(_read(straight)))))
    if not clauses:
        raise WrongUsageError(
            "nothing to search for", hint="write words or conditions: lora kind:survey"
        )
    return Query(text, clauses)


def asked(where: str | None, conditions: Mapping[str, Sequence[str]]) -> Query:
    """A query, and conditions that options give: values by field, of which one has to hold.

    Raises as `parse`, and as `years` for such a value.
    """
    clauses: list[Clause] = []
    for field, values in conditions.items():
        if read := _READERS.get(field):
            for value in values:
                read(value, "")
        clauses.append(tuple((Term(value, field),) for value in values))
    if where is not None:
        clauses += parse(where).clauses
    return Query(where or "", tuple(clauses))


def _few(terms: Iterable[Term]) -> Iterator[Term]:
    """The same terms; raises `WrongUsageError` for more words than anybody means."""
    count = 0
    for term in terms:
        if count == MOST_WORDS:
            raise WrongUsageError(
                f"the query goes on after {MOST_WORDS} words (character {term.at})",
                hint=_FEWER,
            )
        count += max(len(words(term.text)), 1)
        if count > MOST_WORDS:
            raise WrongUsageError(
                f"the query has more than {MOST_WORDS} words", hint=_FEWER
            )
        yield term


def _clauses(terms: Sequence[Term]) -> Iterator[Clause]:
    """Gather runs of plain words, and what `OR` joins."""
    parts: list[tuple[Term, ...]] = []
    joins = False
    previous: Term | None = None
    for term in terms:
        if term.field == OR:
            if previous is None or joins:
                raise _one_sided(term)
            joins, previous = True, term
            continue
        continues = term.is_plain and previous is not None and previous.is_plain
        if continues and not joins:
            parts[-1] = (*parts[-1], term)
        elif joins:
            parts.append((term,))
        else:
            if parts:
                yield tuple(parts)
            parts = [(term,)]
        joins, previous = False, term
    if joins and previous is not None:
        raise _one_sided(previous)
    if parts:
        yield tuple(parts)


def _one_sided(term: Term) -> WrongUsageError:
    return WrongUsageError(
        f"the `OR` at character {term.at} of the query has nothing on one side",
        hint="write it between two words or conditions: lora OR adapters",
    )


def _read(text: str) -> Iterator[Term]:
    place, denies = 0, 0
    term_at = re.compile(_TERM).match
    compares = any(sign in text for sign in "<>=")
    while place < len(text):
        if compares and (compared := re.compile(_COMPARED).match(text, place)):
            raise _no_condition(compared)
        match = term_at(text, place)
        if match is None or not match[0]:
            place += 1
            continue
        place = match.end()
        if denies and match[0] in OPERATORS:
            raise _denies_nothing(denies)
        if match[0] == NOT:
            denies = match.start() + 1
        if match[0] == OR:
            yield Term("", OR, at=match.start() + 1)
        if match[0] in OPERATORS:
            continue
        term = _term(match)
        if term.field or fold(term.text):
            yield term._replace(is_negated=term.is_negated != bool(denies))
            denies = 0
    if denies:
        raise _denies_nothing(denies)


def _denies_nothing(at: int) -> WrongUsageError:
    return WrongUsageError(
        f"the `NOT` at character {at} of the query has nothing behind it",
        hint="write it before a word or condition: diffusion NOT survey",
    )


def _no_condition(compared: re.Match[str]) -> WrongUsageError:
    """That `year>=2022` is written in another way."""
    field, sign, value = compared["field"].lower(), compared["sign"], compared["value"]
    if field in _SPANS and value.isdecimal() and len(value) <= _YEAR_DIGITS:
        number = int(value)
        value = {
            ">": f"{number + 1}..",
            ">=": f"{number}..",
            "<": f"..{number - 1}",
            "<=": f"..{number}",
        }.get(sign, value)
    return WrongUsageError(
        f"`{compared[0]}` is no condition{place_of(Term('', at=compared.start() + 1))}",
        hint=f"write {compared['minus'].replace('!', '-')}{field}:{value}",
    )


def _term(match: re.Match[str]) -> Term:
    field = (match["field"] or match["spaced"] or "").lower()
    is_phrase = match["phrase"] is not None
    text = match["phrase"] if is_phrase else match["word"] or ""
    at = match.start() + 1
    is_negated = bool(match["minus"])
    if match["minus"] == "-" and text.startswith("-") and fold(text):
        raise WrongUsageError(
            f"`-{text}` is neither a word nor a condition (character {at} of the query)",
            hint=f"to leave a word out write one hyphen: {text}",
        )
    if not is_phrase:
        whole = match[0].removeprefix(match["minus"])
        if identity := named_in(whole):
            return Term(identity, IDENTITY, is_negated=is_negated, at=at)
        if field in ("http", "https", "arxiv", "doi"):
            return Term(whole, is_negated=is_negated, at=at)
    term = Term(text, field, is_phrase, is_negated, at)
    if field:
        _check(term)
    return term


def _check(term: Term) -> None:
    if term.field not in FIELDS:
        raise WrongUsageError(
            f"no field `{term.field}` to search in{place_of(term)}",
            hint=did_you_mean(term.field, FIELDS) or f"fields are {', '.join(FIELDS)}",
        )
    choices = _CHOICES.get(term.field)
    if choices and term.text.lower() not in choices:
        raise WrongUsageError(
            f"no {term.field} `{term.text}`{place_of(term)}",
            hint=did_you_mean(term.text, choices)
            or f"it is one of {', '.join(choices)}",
        )
    if term.field in _TEXTS and not fold(term.text):
        raise WrongUsageError(
            f"nothing stands behind `{term.field}:`{place_of(term)}",
            hint=f"write {term.field}:word",
        )
    if term.field in _SPANS:
        _READERS[term.field](term.text, place_of(term))


def field_of(word: str) -> str:
    """A folded word that names a status, kind, level or `pdf`, as a condition; else nothing."""
    fields = (field for field, choices in _CHOICES.items() if word in choices)
    return next((f"{field}:{word}" for field in fields), "")


def typed(query: Query, term: Term) -> str:
    """A condition as it was typed."""
    match = re.compile(_TERM).match(query.text, term.at - 1)
    return match[0] if match else term.text


def place_of(term: Term) -> str:
    """Where a term stands, as a message says it."""
    return f" (character {term.at} of the query)"


def years(text: str, place: str = "") -> range:
    """The years that `2021`, `2021..2023`, `2021..` or `..2023` means.

    Raises `WrongUsageError` for anything else; `place` says where that stands.
    """
    found = _span(text)
    ends = [end for end in text.split("..") if end]
    if found is None or any(len(end) != _YEAR_DIGITS for end in ends):
        raise WrongUsageError(
            f"`{text}` is no year or range of years{place}",
            hint="write 2021, 2021..2023, 2021.. or ..2023",
        )
    _insist_on_order(found, text, place)
    return range(found.start, min(found.stop, _YEARS_END))


def minutes(text: str, place: str = "") -> range:
    """The minutes that `30`, `10..30`, `..30` or `60..` means; raises as `years`."""
    found = _span(text)
    if found is None:
        raise WrongUsageError(
            f"`{text}` is no number of minutes or range{place}",
            hint="write 30, 10..30 or ..30",
        )
    _insist_on_order(found, text, place)
    return found


def ratings(text: str, place: str = "") -> range:
    """The ratings that `5`, `4..`, `2..3` or `..2` means; raises as `years`."""
    found = _span(text)
    ends = [int(end) for end in text.split("..") if found and end]
    if found is None or not all(1 <= end <= BEST for end in ends):
        raise WrongUsageError(
            f"`{text}` is no rating from 1 to {BEST} or range{place}",
            hint="write 5, 4.. or ..2",
        )
    return found


_READERS: Mapping[str, Callable[[str, str], range]] = {
    "year": years,
    PRINTED: years,
    "minutes": minutes,
    "rating": ratings,
}


def span(term: Term) -> range:
    """The numbers that a term of the field `year`, `minutes` or `rating` lets through."""
    return _READERS[term.field](term.text, "")


def _insist_on_order(found: range, text: str, place: str) -> None:
    """Raises `WrongUsageError` for a range that nothing is in."""
    if not found:
        turned = "..".join(reversed(text.split("..")))
        raise WrongUsageError(
            f"`{text}` ends before it begins{place}", hint=f"write {turned}"
        )


def _span(text: str) -> range | None:
    match = re.fullmatch(_SPAN, text)
    if not match or not (match["first"] or match["last"]) or not text.isascii():
        return None
    first = int(match["first"] or 0)
    last = int(match["last"] or (_OPEN_END if match["dots"] else first))
    return range(first, last + 1)
