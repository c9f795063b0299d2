"""What people paste into a search: BibTeX, the citing commands of LaTeX, links nobody has.

BibTeX is read as `import` reads it, and asks for the paper with its numbers or its title.
"""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum.identity import repository_of
from roadmap_cli.curriculum.library import Library
from roadmap_cli.language.spelling import fold, words
from roadmap_cli.search import Query, Term, parse
from roadmap_cli.search.grammar import IDENTITY
from roadmap_cli.search.recognition import UNASKED, cited_by

_ENTRY = r"\s*@\s*[A-Za-z]+\s*\{\s*(?P<key>[^,\s{}=]*)\s*,?"
_TITLE = r"(?i)(?:^|[\s,])title\s*=\s*[{\"]"
_CITE = r"\\[A-Za-z]*cite[A-Za-z]*\*?(?:\[[^\]]*\])*\{([^{}]*)\}"
_SEGMENT = r"[^/?#=&]+"
_ENDING = r"(?i)\.(?:pdf|html?|bib|php)$"
_OF_PAGES = frozenset(["abstract", "supplemental", "supp", "conference", "poster"])
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
    return _whole(read[0].title)


def _whole(title: str) -> Query:
    """The query for the paper that says all these words."""
    terms = tuple(Term(word) for word in title.split() if fold(word))
    return Query(title, ((terms,),), is_whole=True)


def other_readings(query: Query) -> Iterator[Query]:
    """What else a link may mean that no paper has: its repository, the words it spells."""
    if len(query.terms) != 1 or query.terms[0].field != IDENTITY:
        return
    identity = query.terms[0].text
    if repository := repository_of(identity):
        yield query._replace(clauses=(((Term(repository, IDENTITY),),),))
    spelled = _spelled(query.text) if identity.startswith("link:") else ()
    if spelled:
        yield _whole(" ".join(spelled))


def _spelled(link: str) -> Sequence[str]:
    """The words that the address of a page spells, or its key of citations: `radford21a`."""
    from urllib.parse import unquote

    address = unquote(link.partition("://")[2] or link)
    found: Sequence[str] = ()
    for segment in re.findall(_SEGMENT, address.partition("/")[2]):
        plain = re.sub(_ENDING, "", segment)
        if cited_by(fold(plain)):
            return (plain,)
        said = [w for w in words(plain) if not w.isdigit() or _is_year(w)]
        said = [w for w in said if w not in _OF_PAGES]
        telling = [w for w in said if w not in UNASKED]
        if len(telling) >= _FEWEST_WORDS and len(said) > len(found):
            found = said
    return found


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", word))
