"""What makes two entries the same work: arXiv id, DOI, or the link itself.

arXiv identifiers: https://info.arxiv.org/help/arxiv_identifier.html (both the scheme of
2007, `2106.09685`, and the older `hep-th/9901001`); a version, `v2`, names no other work.
"""

import re

_ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
# Compiled when they are first asked for: where a large library is looked up, nobody asks.
_ARXIV = rf"""(?ix)(?:(?:https?://)?(?:www\.|export\.)?(?:ar5iv\.(?:labs\.)?)?(?:ar[x5]iv\.org)/
         (?:abs|pdf|html|e-print|format|src)/ | arxiv:\s*)?
         (?P<id>{_ARXIV_ID})(?:v\d+)?(?:\.pdf)?/?(?:[?\#].*)?"""
_DOI = r"(?i)(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(?P<id>10\.\d{4,9}/\S+)"
_ARXIV_DOI = "10.48550/arxiv."
_LINK = r"(?i)https?://(?:www\.)?(?P<host>[^/?#]+)(?P<rest>[^#]*)(?P<part>#.*)?$"


def arxiv_id(text: str) -> str:
    """The arXiv id, without version, that an id, link or DOI names; else nothing."""
    text = text.strip()
    found = re.fullmatch(_DOI, text)
    if found and found["id"].lower().startswith(_ARXIV_DOI):
        text = found["id"][len(_ARXIV_DOI) :]
    match = re.fullmatch(_ARXIV, text)
    return match["id"].lower() if match else ""


def arxiv_year(number: str) -> int | None:
    """The year that an arXiv id, as `arxiv_id` tells it, was given in: 2021 for `2106.09685`."""
    digits = number.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    year = int(digits)
    return year + (_FIRST_CENTURY if year >= _FIRST_YEAR else _FIRST_CENTURY + 100)


_FIRST_CENTURY, _FIRST_YEAR = 1900, 91


def doi(text: str) -> str:
    """The DOI, in lower case, that a DOI or a doi.org link names; else nothing."""
    match = re.fullmatch(_DOI, text.strip())
    return match["id"].lower() if match else ""


def link(text: str) -> str:
    """A link without what does not change where it leads; else nothing."""
    match = re.match(_LINK, text.strip())
    if not match:
        return ""
    host, rest = match["host"].lower(), match["rest"].rstrip("/")
    rest = rest.lower() if host in _WITHOUT_CASE else rest
    return host + rest + (match["part"] or "")


_WITHOUT_CASE = frozenset(["github.com", "gitlab.com", "huggingface.co"])
"""Hosts that take a name in whatever case."""


def of_text(text: str) -> str:
    """The identity that a person's text names (`arxiv:…`, `doi:…`, `link:…`) or nothing."""
    if number := arxiv_id(text):
        return f"arxiv:{number}"
    if number := doi(text):
        return f"doi:{number}"
    return f"link:{place}" if (place := link(text)) else ""


def identities(*, arxiv: str, doi: str, url: str) -> frozenset[str]:
    """All identities of an entry with these three fields (any may be empty)."""
    found = (of_text(one) for one in (arxiv, doi, url) if one)
    return frozenset(filter(None, found))


_MIRROR = rf"""(?ix)(?:https?://)?(?:www\.)?
         (?:alphaxiv\.org/(?:abs|overview|pdf) | (?:huggingface\.co|hf\.co)/papers
         | scholar\.archive\.org/arxiv | arxiv-vanity\.com/papers | paperswithcode\.com/paper/arxiv)
         /(?P<id>{_ARXIV_ID}(?:v\d+)?)/?(?:[?\#].*)?"""
_BARE_LINK = r"(?i)(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+"
_AROUND = "<>()[]{},;'\"`"


def named_in(word: str) -> str:
    """The identity that one typed word names, as `of_text`, or nothing.

    Forgives what clings to a pasted link: brackets, a missing `https://`, a `.git`; and knows
    the pages that show arXiv's papers under arXiv's numbers.
    """
    word = word.strip(_AROUND)
    mirrored = re.fullmatch(_MIRROR, word)
    if mirrored:
        return of_text(mirrored["id"])
    if found := of_text(word):
        return found.removesuffix(".git")
    return (
        of_text(f"https://{word}".removesuffix(".git"))
        if re.fullmatch(_BARE_LINK, word)
        else ""
    )
