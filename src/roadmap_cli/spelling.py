"""How words are compared: without case, accents, punctuation and endings; and what is close."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

_GAPS = re.compile(r"[\W_]+")
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
)
# What only a search needs is compiled when it is first asked for: most commands start without.
_POSSESSIVE = r"['’]s\b"
_IDEOGRAPH = "([\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff])"
"""Scripts without spaces between words: kana and Chinese characters."""


def fold(text: str) -> str:
    """The text in lower case, accents dropped, runs of punctuation made one space."""
    if text.isascii():
        return _GAPS.sub(" ", text.lower()).strip()
    return _GAPS.sub(" ", unaccented(text)).strip()


def unaccented(text: str) -> str:
    """The text in lower case and without accents; letters of other scripts stay."""
    plain = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return letters.translate(_UNDECOMPOSED)


def words(text: str) -> list[str]:
    """The folded words of a text; characters of scripts without spaces each by itself."""
    folded = fold(re.sub(_POSSESSIVE, "", text))
    if not folded.isascii():
        folded = re.sub(_IDEOGRAPH, r" \1 ", folded)
    return folded.split()


# Endings, the longest first, with what is left at least of the word and what comes instead.
_ENDINGS = (
    ("izations", 3, "iz"), ("ization", 3, "iz"), ("abilities", 4, ""), ("ability", 4, ""),
    ("izing", 3, "iz"), ("izers", 3, "iz"), ("izer", 3, "iz"), ("ized", 3, "iz"),
    ("ments", 5, ""), ("ment", 5, ""), ("ness", 4, ""), ("ions", 4, ""), ("ives", 4, ""),
    ("ings", 3, ""), ("ors", 4, ""), ("ers", 4, ""), ("able", 4, ""), ("ity", 4, ""), ("ion", 4, ""),
    ("ungen", 4, ""), ("ung", 4, ""), ("ive", 4, ""), ("ing", 3, ""), ("or", 4, ""), ("er", 4, ""), ("ed", 4, ""), ("ly", 4, ""),
    ("ies", 3, "y"), ("es", 3, ""), ("s", 3, ""), ("e", 3, ""),
)  # fmt: skip
_LAST_LETTERS = frozenset(ending[-1] for ending, _, _ in _ENDINGS) | {"n"}
_BRITISH = r"is(ations?|ing|ers?|ed|es?)$"
_DOUBLED = r"([bdfglmnprt])\1$"
_NO_PLURAL = ("ss", "us", "is")
_SHORTEST_WITH_AT = 7


def stem(word: str) -> str:
    """What a folded English word shares with its other forms: `merg` of merges, merging, merged.

    A light stemmer in the manner of Porter's (An algorithm for suffix stripping, 1980): one
    ending is taken off, so that plurals, verbal forms and the nouns made of them meet, as do the
    commonest German ones. It need not be a word, and it is a guess: other words may share it.
    """
    root = _root(word)
    if len(root) >= _LONG and root[-2:-1] == root[-1]:  # `Modell`, as `Modellen` is
        return re.sub(_DOUBLED, r"\1", root)
    return root


def _root(word: str) -> str:
    if word[-1:] not in _LAST_LETTERS or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("en") and len(word) >= _LONG and not word.endswith("ungen"):
        word = word[:-2]
        if not word.endswith("ion"):
            return re.sub(_DOUBLED, r"\1", word)
    british = re.sub(_BRITISH, r"iz\1", word)
    word = british if len(british) > 6 else word  # noqa: PLR2004 - `rise` is no `rize`
    for ending, kept, instead in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < kept:
            continue
        if ending in ("s", "es") and word.endswith(_NO_PLURAL):
            break
        root = word[: -len(ending)] + instead
        if ending not in ("s", "e", "es", "ies"):
            root = re.sub(_DOUBLED, r"\1", root)
        if len(root) >= _SHORTEST_WITH_AT and root.endswith("at"):
            root = root[:-2]
        return root.removesuffix("e") if ending in ("s", "es") else root
    return word


def are_forms(word: str, other: str) -> bool:
    """Whether two folded words have a stem in common; tiny words have few forms."""
    short = min(len(word), len(other))
    if short < _SHORTEST_FORM and abs(len(word) - len(other)) > len("es"):
        return False
    half = short // 2
    return word[:half] == other[:half] and stem(word) == stem(other)


_SHORTEST_FORM = 4


def edits_allowed(word: str) -> int:
    """How many slips are forgiven: none in numbers and tiny words, one, in long words two."""
    if len(word) < _ONE_EDIT or not word.isalpha():
        return int(len(word) >= _LONG and any(map(str.isalpha, word)))
    return 1 if len(word) < _LONG else 2


_ONE_EDIT, _LONG = 3, 8


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
    """The options spelled most like the word, best first; none if nothing is near.

    Among very many options only those of about its length and with its first or last
    letters are compared: comparing two words is slow.
    """
    from difflib import get_close_matches

    folded = comparable(word)
    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    near: Iterable[str] = by_fold
    if len(by_fold) > MANY:
        alike = (one for one in by_fold if may_be_near(folded, one))
        near = islice(alike, MANY)
    found = get_close_matches(folded, near, n=count, cutoff=0.65)
    return [by_fold[one] for one in found]


_LONGEST = 80
MANY = 2000
"""Options among which only those are compared that may be near."""


def comparable(word: str) -> str:
    """A word folded, as far as it is compared with others."""
    return fold(word)[:_LONGEST]


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
    near = closest(word, options)
    if not near:
        return None
    return "did you mean " + " or ".join(f"`{one}`" for one in near) + "?"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a sentence, the rest of more than `most` only counted: `lora, bert and 3 more`."""
    hidden = len(names) - most
    named = [*names[:most], *([f"{hidden} more"] if hidden > 0 else [])]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
