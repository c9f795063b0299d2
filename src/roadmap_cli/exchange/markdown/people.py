"""Names of people in running text: whether a text is a list of authors, and where it ends."""

import re
from functools import lru_cache

from roadmap_cli.exchange.markdown import vocabulary

_LONGEST_CHINESE = 4
_LONGEST_NAME_TEXT = 60
_SEVERAL = 3
_TWO = 2

_PARTICLES = (
    r"(?:de|van|von|der|den|del|la|le|da|di|do|dos|bin|ibn|al|el|ter|ten|y|e|af|zu)"
)
_WORD = r"(?:[^\W\d_a-z][\w.'’`-]*|[a-z]['’][A-Z]\w+)"
_NAME = re.compile(rf"(?:{_PARTICLES}\s+)*{_WORD}(?:\s+(?:{_WORD}|{_PARTICLES}))*\.?")
_BETWEEN = re.compile(r"\s*(?:[,，、;；]|\s&\s|\band\b|\bAND\b)\s*")
_OTHERS = re.compile(r"(?i)\b(?:et\.?\s*al\.?|and others|others|etc|等人?)[.,\s]*$")
_BEFORE_OTHERS = re.compile(r"[,.\s]+$")
_NO_NAMES = frozenset(
    [
        "for",
        "with",
        "using",
        "via",
        "learning",
        "networks",
        "network",
        "neural",
        "deep",
        "models",
        "model",
        "language",
        "towards",
        "toward",
        "data",
        "the",
        "a",
        "an",
        "on",
        "of",
        "in",
        "to",
        "from",
        "by",
        "how",
        "what",
        "why",
        "is",
        "are",
        "survey",
        "review",
        "system",
        "systems",
        "analysis",
        "introduction",
        "detection",
        "generation",
        "vision",
        "image",
        "images",
        "video",
        "graph",
        "reinforcement",
        "training",
        "representation",
        "representations",
        "attention",
        "transformer",
        "transformers",
        "methods",
        "applications",
    ]
)
_IN_TITLES = _NO_NAMES - {"by"}
"""Words that no list of names has anywhere; "by" may stand before one."""
_LONGEST_NAME = 5


_SIGNS = re.compile(r"[*†‡§∗♮#\d⁰¹²³⁴-⁹]+(?=[,\s]|$)")
_BY = re.compile(r"^(?i:by|authors?\s*[:：]|作者\s*[:：])\s+")
_INITIAL_AT_END = re.compile(r"\b[A-Z]\.$")
_LONGEST_LIST = 2_000
_GERUND = re.compile(r"\w{4,}ing$")


@lru_cache(5_000)
def names(text: str) -> tuple[str, ...]:
    """The authors that a text lists and nothing else, or none."""
    if len(text) > _LONGEST_LIST or not _IN_TITLES.isdisjoint(text.lower().split()):
        return ()
    text = _SIGNS.sub("", text).strip(" .,;:：，")
    text = _BY.sub("", text)
    others = _OTHERS.search(text)
    if others:
        text = _BEFORE_OTHERS.sub("", text[: others.start()])
    found = [
        name.strip(" .") + ("." if _INITIAL_AT_END.search(name) else "")
        for name in _BETWEEN.split(text)
        if name.strip(" .")
    ]
    if not found:
        return ()
    alone = others is not None or len(found) > _SEVERAL
    return tuple(found) if all(_is_name(name, alone=alone) for name in found) else ()


def are_names(text: str) -> bool:
    """Whether a text lists authors: several, or one "et al."."""
    found = names(text)
    return len(found) > 1 or bool(
        found and (_OTHERS.search(text) or len(found[0].split()) > 1)
    )


def _is_name(text: str, *, alone: bool) -> bool:
    words = text.split()
    if (
        not (1 if alone else 2) <= len(words) <= _LONGEST_NAME
        or len(text) > _LONGEST_NAME_TEXT
    ):
        return False
    if not _NO_NAMES.isdisjoint(map(str.lower, words)) or _GERUND.match(words[0]):
        return False
    if vocabulary.is_venue(text):
        return False
    return _NAME.fullmatch(text) is not None or (
        not text.isascii() and _TWO <= len(text) <= _LONGEST_CHINESE
    )


def _are_surely_names(text: str) -> bool:
    """Whether a text lists authors that cannot be two words of a title."""
    return are_names(text) and (
        len(names(text)) > 1 or re.search(r"\b[A-Z]\.|\bet\.? al\b", text) is not None
    )


_REFERENCE = re.compile(
    r"^(?P<who>[^(（\n]{3,300}?)[\s.,]*[(（](?P<year>(?:19|20)\d\d)[a-z]?[)）][.,:：]?\s+(?P<title>\S.*)$"
)
_YEAR_IN_BRACKETS = re.compile(r"[(（](?:19|20)\d\d")
_SENTENCE = re.compile(r"[.。](?<=[\w)\]?!’”].)(?<!\b[A-Z].)(?<! al.)(?<!vs.)\s+(?=\S)")


def divided(text: str) -> tuple[str, str, str]:
    """A line of plain text as what stands before the title, the title, what follows it.

    Understood are "Title. Authors. Venue", "Title, Authors, Venue", "Authors (year). Title.
    Venue", "Authors. Title. Venue", and a title with where it was published.
    """
    text = text.strip()
    match = _REFERENCE.match(text) if _YEAR_IN_BRACKETS.search(text) else None
    if match and _are_surely_names(match["who"]):
        title, _, after = _sentence(match["title"])
        return f"{match['who']} ({match['year']})", title, after
    if led := _led_by_names(text):
        return led
    first, separator, rest = _sentence(text)
    if (
        separator
        and are_names(first)
        and len(names(first)) > 1
        and len(rest.split()) > _TWO
    ):
        title, _, after = _sentence(rest)
        return first, title, after
    if separator and len(first.split()) > 1 and _says_of_publication(rest):
        return "", first, rest
    return _at_comma(text)


def _led_by_names(text: str) -> tuple[str, str, str] | None:
    """Authors, a comma or colon, and what follows: "A. Smith and B. Jones, A Title, 2001"."""
    for match in re.finditer(r"[,，:：]\s+", text[:400]):
        head, tail = text[: match.start()], text[match.end() :]
        listed = names(head)
        if not listed:
            return None
        following = re.split(r"[,，.]\s", tail)[0]
        if (
            names(following)
            or len(following.split()) < _TWO
            or following.lower().startswith(("and ", "et al"))
        ):
            continue
        if not _are_surely_names(head):
            return None
        _, title, after = _at_comma(tail)
        return head, title, after
    return None


def _sentence(text: str) -> tuple[str, str, str]:
    match = _SENTENCE.search(text)
    if not match:
        return text, "", ""
    return text[: match.start()], ".", text[match.end() :]


def _says_of_publication(text: str) -> bool:
    first = re.split(r"[.。]\s", text)[0]
    return (
        are_names(first)
        or vocabulary.is_venue(text.strip(" ."))
        or bool(vocabulary.VENUE.search(text) or vocabulary.YEAR.search(text))
    )


_DIVIDER = re.compile(
    r"\s*[,，]\s+|\s+[-–—]\s+|\s+by\s+|[,.]?\s*[(（](?=(?:19|20)\d\d[)）])|\s*[(\[（【](?=[^)]*$|[^)\]）】]*[)\]）】]\W*$)"
)
_IN_DIVIDERS = re.compile(r"[,，(\[（【]|\s(?:[-–—]|by)\s")
"""What each divider has: a text without it need not be looked through for them."""


def _at_comma(text: str) -> tuple[str, str, str]:
    """The text divided where authors or a venue begin, after a comma, dash or bracket."""
    for match in _DIVIDER.finditer(text) if _IN_DIVIDERS.search(text) else ():
        head, tail = text[: match.start()], text[match.end() :].rstrip(" )]）】")
        if (len(head.split()) < _TWO and head.isascii()) or head.count(
            "("
        ) > head.count(")"):
            continue
        if re.match(r"(?:19|20)\d\d[)）]", text[match.end() :]):
            return "", head, text[match.end() :]
        if _follows_a_title(tail):
            return "", head, tail
    if at_end := vocabulary.venue_at_end(text):
        return "", text[: at_end.start()], text[at_end.end() :]
    return "", text, ""


def _follows_a_title(tail: str) -> bool:
    parts = [
        part for part in re.split(r"\s*(?:[,，;]|(?<!\b[A-Z])\.)\s+", tail) if part
    ]
    while parts and vocabulary.is_venue(parts[-1]):
        parts.pop()
    if not parts:
        return True
    listed = names(", ".join(parts))
    return len(listed) > 1 or bool(listed and _OTHERS.search(tail))
