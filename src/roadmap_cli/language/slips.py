"""Slips of the finger: how far words are from each other, and which of some are near."""

from collections.abc import Iterable, Sequence
from itertools import islice

from roadmap_cli.language.spelling import fold, is_mark


def edits_allowed(word: str) -> int:
    """How many slips are forgiven: none in numbers and tiny words, one, in long words two."""
    if len(word) < _ONE_EDIT or not all(
        letter.isalpha() or is_mark(letter) for letter in word
    ):
        return int(len(word) >= _LONG and any(map(str.isalpha, word)))
    return 1 if len(word) < _LONG else 2


_ONE_EDIT, _LONG = 3, 8
"""Letters from which on one slip is forgiven, and two."""


def distance(word: str, other: str, most: int) -> int:
    """The edits that lead from one word to the other: letters more, less, other, or swapped.

    Optimal string alignment (Damerau 1964; a swapped pair is one edit); `most` + 1 if more.
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        previous, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def one_slip_away(word: str) -> frozenset[str]:
    """All that a folded word may be a slip for: a letter less, other, more, or two swapped.

    Digits are never slips: `gpt3` is not meant where `gpt2` is typed.
    """
    found = set[str]()
    for place in range(len(word) + 1):
        before, rest = word[:place], word[place:]
        found.update(before + letter + rest for letter in _LETTERS)
        if not rest[:1].isalpha():
            continue
        found.update(before + letter + rest[1:] for letter in ("", *_LETTERS))
        if rest[1:2].isalpha():
            found.add(before + rest[1] + rest[0] + rest[2:])
    return frozenset(found - {word})


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def closest(word: str, options: Iterable[str], *, count: int = 3) -> list[str]:
    """The options spelled most like the word, best first; none if nothing is near."""
    return nearest(comparable(fold(word)), options, count=count)


def nearest(folded: str, options: Iterable[str], *, count: int = 3) -> list[str]:
    """The options spelled most like a comparable word, as `closest`.

    Among very many options only those of about its length and with its first or last
    letters are compared: comparing two words is slow.
    """
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    near: Iterable[str] = by_fold
    if len(by_fold) > MANY:
        alike = (option for option in by_fold if may_be_near(folded, option))
        near = islice(alike, MANY)
    found = get_close_matches(folded, near, n=count, cutoff=0.65)
    return [by_fold[folded_option] for folded_option in found]


_LONGEST = 80
MANY = 2000
"""Options among which only those are compared that may be near."""


def comparable(folded: str) -> str:
    """A folded word as far as it is compared with others."""
    return folded[:_LONGEST]


def near_lengths(word: str) -> range:
    """How long what is near to a comparable word may be: one letter more or less, one wrong."""
    return range(len(word) - 2, len(word) + 3)


def may_be_near(word: str, other: str) -> bool:
    """Whether a folded text is about as long as a comparable word, and begins or ends so."""
    if len(other) not in near_lengths(word):
        return False
    return word[:2] == other[:2] or word[-3:] == other[-3:]


def did_you_mean(word: str, options: Iterable[str]) -> str | None:
    """A hint that offers the nearest spellings, or nothing."""
    return offered(closest(word, options))


def offered(near: Sequence[str]) -> str | None:
    """The hint that offers these spellings; nothing where there are none."""
    if not near:
        return None
    return "did you mean " + " or ".join(f"`{option}`" for option in near) + "?"
