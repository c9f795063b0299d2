"""What people paste into a search: BibTeX, the citing commands of LaTeX, links nobody has.

BibTeX is read as `import` reads it, and asks for the paper with its numbers or its title.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from roadmap_cli.curriculum.identity import repository_of
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.language.spelling import fold, words
from roadmap_cli.search import Query, Term, parse
from roadmap_cli.search.grammar import IDENTITY
from roadmap_cli.search.recognition import cited_by

_ENTRY = r"\s*@\s*[A-Za-z]+\s*\{\s*(?P<key>[^,\s{}=]*)\s*,?"
_TITLE = r"(?i)(?:^|[\s,])title\s*=\s*[{\"]"
_CITE = r"\\[A-Za-z]*cite[A-Za-z]*\*?(?:\[[^\]]*\])*\{([^{}]*)\}"
_SEGMENT = r"[^/?#=&]+"
_ENDING = r"(?i)\.(?:pdf|html?|bib|php)$"
_NUMBER = r"\d{3,}"
_FEWEST_WORDS = 3


def query_of(text: str, library: Library) -> Query:
    """The query that a typed or pasted text means; raises as `search.parse`."""
    if "{" not in text:
        return parse(text)
    if re.search(_TITLE, text) and (query := _of_record(text, library)):
        return query
    if begun := re.match(_ENTRY, text):
        return parse(begun["key"] or text)
    return parse(re.sub(_CITE, lambda cite: cite[1].replace(",", " OR "), text))


def _of_record(text: str, library: Library) -> Query | None:
    """What BibTeX asks for, a whole entry or lines of one; nothing if it cannot be read."""
    from roadmap_cli.errors import DataFileError
    from roadmap_cli.exchange import bibtex
    from roadmap_cli.exchange.entries import Entry
    from roadmap_cli.exchange.match import identities_of

    whole = text if re.match(_ENTRY, text) else f"@misc{{pasted, {text}\n}}"
    whole += "}" * (whole.count("{") - whole.count("}"))
    try:
        read = [entry for entry in bibtex.read(whole) if isinstance(entry, Entry)]
    except DataFileError:
        return None
    if not read or not fold(read[0].title):
        return None
    known = [each for each in identities_of(read[0]) if library.papers_identified(each)]
    if known:
        named = tuple((Term(each, IDENTITY),) for each in known)
        return Query(read[0].title, (named,), is_whole=True)
    return _of_words(read[0].title, is_whole=True)


def _of_words(text: str, *, is_whole: bool = False) -> Query:
    """The query for these words, in which nothing is an operator or a condition."""
    terms = tuple(Term(word) for word in text.split() if fold(word))
    return Query(text, ((terms,),), is_whole)


class Reading(NamedTuple):
    """What else may be meant, and which of the papers that it finds are."""

    query: Query
    takes: Callable[[Paper], bool] = lambda _: True


def other_readings(query: Query) -> Iterator[Reading]:
    """What else a link may mean that no paper has: its repository, what its address spells.

    That is a title, the beginning of one, or a key of citations, as `radford21a`.
    """
    if len(query.terms) != 1 or query.terms[0].field != IDENTITY:
        return
    identity = query.terms[0].text
    if repository := repository_of(identity):
        yield Reading(query._replace(clauses=(((Term(repository, IDENTITY),),),)))
    for segment in _segments(query.text) if identity.startswith("link:") else ():
        if cited := cited_by(segment):
            yield Reading(_of_words(segment), partial(_is_by, cited[0].text))
        elif len(words(segment)) >= _FEWEST_WORDS:
            yield Reading(_of_words(segment), partial(_is_spelled, segment))


def _segments(link: str) -> Iterator[str]:
    """The parts of the address of a page, as they are read."""
    from urllib.parse import unquote

    address = unquote(link.partition("://")[2] or link)
    for segment in re.findall(_SEGMENT, address.partition("/")[2]):
        plain = re.sub(_ENDING, "", segment)
        yield " ".join(word for word in words(plain) if not re.fullmatch(_NUMBER, word))


def _is_by(name: str, paper: Paper) -> bool:
    """Whether somebody of this folded name wrote a paper."""
    return any(name in words(author) for author in paper.authors)


def _is_spelled(segment: str, paper: Paper) -> bool:
    """Whether a part of an address has the whole title of a paper, or is its beginning."""
    said, title = (fold(text).replace(" ", "") for text in (segment, paper.title))
    is_long = len(words(paper.title)) >= _FEWEST_WORDS
    return is_long and (title in said or title.startswith(said))
