"""How words are compared: without case, accents and punctuation; and what is close."""

import re
import unicodedata
from collections.abc import Iterable

_GAPS = re.compile(r"[\W_]+")
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """The text in lower case, accents dropped, runs of punctuation made one space."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return _GAPS.sub(" ", letters).strip()


def closest(word: str, options: Iterable[str], *, count: int = 3) -> list[str]:
    """The options spelled most like the word, best first; none if nothing is near."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    found = get_close_matches(fold(word)[:80], by_fold, n=count, cutoff=0.65)
    return [by_fold[one] for one in found]


def did_you_mean(word: str, options: Iterable[str]) -> str | None:
    """A hint that offers the nearest spellings, or nothing."""
    near = closest(word, options)
    if not near:
        return None
    return "did you mean " + " or ".join(f"`{one}`" for one in near) + "?"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
