"""What makes two entries the same work: arXiv id, DOI, or the link itself.

arXiv identifiers: https://info.arxiv.org/help/arxiv_identifier.html (both the scheme of
2007, `2106.09685`, and the older `hep-th/9901001`); a version, `v2`, names no other work.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

# The archives that there were before 2007: no other word makes seven digits an old id.
_ARCHIVES = """acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|
    cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|
    mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"""
# Compiled when they are first asked for: where a large library is looked up, nobody asks.
_NUMBER = rf"(?:\d{{4}}\.\d{{4,5}}|(?:{_ARCHIVES})(?:\.[a-z-]{{2,}})?/\d{{7}})(?:v\d+)?"
_OWN_SITES = r"""(?:(?:www|export|browse|lanl|[a-z]{2})\.)?arxiv\.org | xxx\.lanl\.gov
    | ar5iv\.(?:labs\.arxiv\.)?org"""
_OTHER_PAGES = r"""(?:alphaxiv\.org/(?:abs|pdf|overview) | (?:huggingface\.co|hf\.co)/papers
    | arxiv-vanity\.com/papers | scirate\.com/arxiv)/
    | api\.semanticscholar\.org/(?:(?:graph/)?v1/paper/)?arxiv:"""
_STAMP = r"(?:\s+\[[a-z.-]+\])?(?:\s+\d{1,2}\s+[a-z]{3}\s+\d{4})?"
_ARXIV = rf"""(?aix)(?:https?://)?(?:
      (?:{_OWN_SITES})/(?:(?:abs|pdf|html|e-print|format|src|ps)/(?:arxiv:)?
                         | ftp/(?:arxiv|[a-z-]+)/papers/\d{{4}}/)
    | (?:www\.)?(?:{_OTHER_PAGES}) )
    (?P<linked>{_NUMBER})(?:\.pdf|\.ps\.gz)?/?(?:[?\#].*)?
    | (?:arxiv:\s*)?(?P<bare>{_NUMBER})(?:\.pdf)?/?(?:[?\#].*)?{_STAMP}"""
_PLAIN = (
    r"(?:https?://arxiv\.org/(?:abs|pdf)/)?([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?(?:\.pdf)?"
)
_DIGIT, _FEWEST_DIGITS = "[0-9]", 7
"""What every number of arXiv has. Catalogues write them plainly, and most names have fewer digits:
neither pays for the long pattern, whose compilation takes as long as a twentieth of a run."""
_DOI_LINK = r"(?ai)(?:https?://)?(?:(?:dx|www)\.)?doi\.org/(?P<id>[^?#]*)(?:[?#].*)?"
_DOI = r"(?ai)(?:doi:\s*)?(?P<id>10\.\d{4,9}/\S+)"
_ARXIV_DOI = "10.48550/arxiv."
_LINK = r"(?i)https?://(?:www\.)?(?P<host>[^/?#]+)(?P<rest>[^#]*)(?P<part>#.*)?$"

_ASKED_AGAIN = 2_000
"""Texts of which it is kept what they name: whoever reads an entry, checks and lays it down asks
for the same ones."""


def arxiv_id(text: str) -> str:
    """The arXiv id that an id, link or DOI names; else nothing.

    Understood are arXiv's own addresses, pages of others that show its papers under its
    numbers, and the stamp on the margin of its PDFs. What names no other work is left out: the
    version, and the subject class of an old id (`math.GT/0309136` is `math/0309136`).
    """
    return _arxiv_id(text, doi(text))


@lru_cache(_ASKED_AGAIN)
def _arxiv_id(text: str, number: str) -> str:
    """The arXiv id that a text names whose DOI is this number, if it has one."""
    text = number[len(_ARXIV_DOI) :] if number.startswith(_ARXIV_DOI) else text
    if len(_pattern(_DIGIT).findall(text)) < _FEWEST_DIGITS:
        return ""
    if plain := _pattern(_PLAIN).fullmatch(text):
        return plain[1]
    match = _pattern(_ARXIV).fullmatch(_decoded(text.strip()))
    if not match:
        return ""
    number = re.sub(r"v\d+$", "", (match["linked"] or match["bare"]).lower())
    archive, slash, rest = number.rpartition("/")
    return archive.partition(".")[0] + slash + rest


def arxiv_year(number: str) -> int | None:
    """The year that an arXiv id, as `arxiv_id` tells it, was given in: 2021 for `2106.09685`."""
    digits = number.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    year = int(digits)
    return year + (_FIRST_CENTURY if year >= _FIRST_YEAR else _FIRST_CENTURY + 100)


_FIRST_CENTURY, _FIRST_YEAR = 1900, 91


@lru_cache(_ASKED_AGAIN)
def doi(text: str) -> str:
    """The DOI, in lower case, that a DOI or a doi.org link names; else nothing.

    A link may spell characters of the DOI as `%2F`; what stands behind a `?` or `#` of it is
    no part of the DOI.
    """
    if "10." not in text and "nature.com/articles/" not in text:
        return ""  # most links: none of the patterns need be tried
    text = text.strip()
    if link := _pattern(_DOI_LINK).fullmatch(text):
        text = link["id"]
    elif "://" in text:
        text = _by_publisher(text) or text
    match = _pattern(_DOI).fullmatch(_decoded(text))
    return _without_stop(match["id"].lower()) if match else ""


def _by_publisher(text: str) -> str:
    """The DOI in a link of a publisher, as it stands there, or nothing."""
    match = _pattern(_LINK).match(text)
    if not match:
        return ""
    from roadmap_cli.curriculum.pages import (
        doi_in,
    )  # a run that reads no links does without

    host = match["host"].lower()
    return doi_in(host, host + match["rest"])


def _without_stop(number: str) -> str:
    """A DOI without the full stop, comma or bracket that ends the sentence around it."""
    while number:
        last = number[-1]
        opening = _BRACKETS.get(last)
        is_open = opening and number.count(opening) < number.count(last)
        if last not in _STOPS and not is_open:
            return number
        number = number[:-1]
    return number


_STOPS = ".,;:'\""
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def _decoded(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # rarely needed, and slow to load

    return unquote(text)


_pattern = cache(re.compile)


def link(text: str) -> str:
    """A link without what does not change where it leads; else nothing."""
    match = _pattern(_LINK).match(text.strip()) if "://" in text else None
    if not match:
        return ""
    host, rest = match["host"].lower(), match["rest"].rstrip("/")
    rest = rest.lower() if host in _WITHOUT_CASE else rest
    from roadmap_cli.curriculum.pages import canonical  # as above

    whole = canonical(host, host + rest)
    return whole + (match["part"] or "" if whole == host + rest else "")


_WITHOUT_CASE = frozenset(["github.com", "gitlab.com", "huggingface.co"])
"""Hosts that take a name in whatever case."""


def of_text(text: str) -> str:
    """The identity that a person's text names (`arxiv:…`, `doi:…`, `link:…`) or nothing."""
    number = doi(text)
    if arxiv := _arxiv_id(text, number):
        return f"arxiv:{arxiv}"
    if number:
        return f"doi:{number}"
    return f"link:{place}" if (place := link(text)) else ""


def page(*, arxiv: str, doi: str) -> str:
    """The web page of an arXiv id, else of a DOI; nothing where there is neither."""
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    return f"https://doi.org/{doi}" if doi else ""


def stand_in(*, arxiv: str, doi: str, url: str) -> str:
    """What stands for the title of a work of which only its number or link is known."""
    if arxiv:
        return f"arXiv:{arxiv}"
    return f"doi:{doi}" if doi else url


def is_stand_in(title: str) -> bool:
    """Whether a title is but a number or a link: `arXiv:2106.09685`, `https://…`."""
    return " " not in title and title.startswith(
        ("arXiv:", "doi:", "https://", "http://")
    )


def identities(*, arxiv: str, doi: str, url: str) -> frozenset[str]:
    """All identities of an entry with these three fields (any may be empty)."""
    return with_pages(by_field(arxiv=arxiv, doi=doi, url=url).values())


def with_pages(identities: Iterable[str]) -> frozenset[str]:
    """These identities, and the page in the ACL Anthology that a DOI of the ACL names.

    Its id is the end of the DOI: `10.18653/v1/n19-1423` is `aclanthology.org/N19-1423`.
    """
    found = frozenset(identities)
    ids = [each[len(_ACL) :] for each in found if each.startswith(_ACL)]
    if not ids:
        return found
    return found.union(
        f"link:aclanthology.org/{number if number[0].isdigit() else number.upper()}"
        for number in ids
    )


_ACL = "doi:10.18653/v1/"


def repository_of(identity: str) -> str:
    """The identity of the repository that a link leads into at GitHub or GitLab, or nothing."""
    match = _pattern(_INSIDE).match(identity)
    return match[1] if match else ""


_INSIDE = r"(link:git(?:hub|lab)\.com/[^/?#]+/[^/?#]+)[/?#]."


@lru_cache(_ASKED_AGAIN)
def by_field(*, arxiv: str, doi: str, url: str) -> Mapping[str, str]:
    """The identity that each of these fields of an entry names, where it names one."""
    fields = {"arxiv": arxiv, "doi": doi, "url": url}
    found = {field: of_text(text) for field, text in fields.items() if text}
    return {field: identity for field, identity in found.items() if identity}


def by_weight(identities: Iterable[str]) -> list[str]:
    """Identities, the one that says most first: arXiv id, DOI, link; each kind by its text."""
    return sorted(identities)  # their kinds are in the order of the alphabet


_BARE_LINK = r"(?i)(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+"
AROUND = "<>()[]{},;'\"`"
"""What clings to a link that was copied out of a text."""


def named_in(word: str) -> str:
    """The identity that one typed word names, as `of_text`, or nothing.

    Forgives what clings to a pasted link: brackets, a missing `https://`, a `.git`.
    """
    if word.endswith("]") and (found := of_text(word)):  # the stamp of a PDF
        return found
    word = word.strip(AROUND)
    if found := of_text(word):
        return found.removesuffix(".git")
    return (
        of_text(f"https://{word}".removesuffix(".git"))
        if "/" in word and re.fullmatch(_BARE_LINK, word)
        else ""
    )
