"""How words are compared: without case, accents and punctuation; and what is close."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

_GAPS = re.compile(r"[\W_]+")
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """The text in lower case, accents dropped, runs of punctuation made one space."""
    plain = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return _GAPS.sub(" ", letters.translate(_UNDECOMPOSED)).strip()


def closest(word: str, options: Iterable[str], *, count: int = 3) -> list[str]:
    """The options spelled most like the word, best first; none if nothing is near.

    Among very many options only those of about its length and with its first or last
    letters are compared: comparing two words is slow.
    """
    from difflib import get_close_matches

    folded = fold(word)[:_LONGEST]
    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    near: Iterable[str] = by_fold
    if len(by_fold) > _MANY:
        alike = (one for one in by_fold if _may_be_near(folded, one))
        near = islice(alike, _MANY)
    found = get_close_matches(folded, near, n=count, cutoff=0.65)
    return [by_fold[one] for one in found]


_LONGEST = 80
_MANY = 2000


def _may_be_near(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 2:  # noqa: PLR2004 - one letter more, one less, and one wrong
        return False
    return word[:2] == other[:2] or word[-3:] == other[-3:]


def did_you_mean(word: str, options: Iterable[str]) -> str | None:
    """A hint that offers the nearest spellings, or nothing."""
    near = closest(word, options)
    if not near:
        return None
    return "did you mean " + " or ".join(f"`{one}`" for one in near) + "?"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
