"""How words are compared: without case, accents, punctuation and endings; and what is close."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

_GAPS = re.compile(r"[\W_]+")
_UNDECOMPOSED = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
# What only a search needs is compiled when it is first asked for: most commands start without.
_POSSESSIVE = r"['’]s\b"
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f"
    "\u3005-\u3007\u3021-\u3029\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf"
    "\ua980-\ua9ff\uaa00-\uaadf\uf900-\ufaff\U00011700-\U0001174f\U00016fe0-\U0001b2ff"
    "\U00020000-\U0003ffff][\u3099\u309a]?"
)
"""A letter of a script without blanks between words: Thai, Lao, Myanmar, Khmer, other scripts of
South East Asia, Chinese characters, kana (with their voicing marks), Bopomofo, Yi, Tangut."""
_LETTERS_OF_MARKS = frozenset([0, 8, 9, 84, 91, 103, 118, 129, 130, 132])
"""Combining classes (Unicode, UnicodeData.txt) of the marks that spell a word as letters do:
vowel signs, viramas, the voicing marks of kana. Those of all others are accents, tones and
points (Hebrew, Arabic), which a text may have or not have."""
_UNSEEN = "\u034f\u0640\u17b4\u17b5"
"""What neither spells nor parts a word, beside marks of format and variation selectors: the
grapheme joiner, the stretched joint of Arabic, inherent vowels of Khmer."""
_BLANK = "\u200b"
"""The blank of no width, with which some texts in Thai and Khmer part their words."""


def fold(text: str) -> str:
    """The text in lower case, accents dropped, runs of punctuation made one space.

    Letters of scripts without blanks stand each by itself.
    """
    folded = _folded(text)
    return folded if folded.isascii() else " ".join(_apart(folded, _UNSPACED))


def words(text: str) -> list[str]:
    """The folded words of a text; letters of scripts without blanks each by itself."""
    return fold(re.sub(_POSSESSIVE, "", text)).split()


def runs(text: str) -> list[str]:
    """The folded words of a text; letters of scripts without blanks together, as typed."""
    folded = _folded(re.sub(_POSSESSIVE, "", text))
    return folded.split() if folded.isascii() else _apart(folded, f"(?:{_UNSPACED})+")


def is_unspaced(word: str) -> bool:
    """Whether a folded word is of a script without blanks between words."""
    return not word.isascii() and re.match(_UNSPACED, word) is not None


def composed(word: str) -> str:
    """A folded word as it is shown: folding takes letters and their marks apart."""
    return unicodedata.normalize("NFC", word)


def says(text: str, word: str) -> bool:
    """Whether a text has a folded word, or some letters of a script without blanks."""
    return f" {fold(word)} " in f" {fold(text)} "


def solid(text: str) -> str:
    """The text, its marks made letters, for patterns that know only letters: of equal length."""
    return text if text.isascii() else text.translate(_SOLID)


def _folded(text: str) -> str:
    if text.isascii():
        return _GAPS.sub(" ", text.lower()).strip()
    plain = _decomposed(text).translate(_FOLDED)
    return unicodedata.normalize("NFKD", " ".join(plain.split()))


def _apart(folded: str, pattern: str) -> list[str]:
    return re.sub(f"({pattern})", r" \1 ", folded).split()


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


class _Characters(dict[int, str]):
    """What becomes of each character, found out when it is first met by `str.translate`."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self.becomes = becomes

    def __missing__(self, code: int) -> str:
        """Find out what becomes of the character with this code point."""
        return self.setdefault(code, self.becomes(chr(code)))


def _is_unseen(character: str) -> bool:
    match unicodedata.category(character):
        case "Cf" | "Me":
            return character != _BLANK
        case "Mn":
            is_variation = "VARIATION SELECTOR" in unicodedata.name(character, "")
            return is_variation or character in _UNSEEN
    return character in _UNSEEN


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def _as_folded(character: str) -> str:
    """A decomposed character as it is compared: itself, nothing, or a gap."""
    if _is_unseen(character):
        return ""
    if _is_mark(character):
        is_letter = unicodedata.combining(character) in _LETTERS_OF_MARKS
        return character if is_letter else ""
    if not character.isalnum():
        return " "
    return _UNDECOMPOSED.get(character, character)


def _as_solid(character: str) -> str:
    return "x" if _is_mark(character) or _is_unseen(character) else character


_FOLDED = _Characters(_as_folded)
_SOLID = _Characters(_as_solid)


def unaccented(text: str) -> str:
    """The text in lower case and without any marks; letters of other scripts stay."""
    letters = (one for one in _decomposed(text) if not unicodedata.combining(one))
    return "".join(_UNDECOMPOSED.get(one, one) for one in letters)


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
    if len(word) < _ONE_EDIT or not all(one.isalpha() or _is_mark(one) for one in word):
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
        alike = (one for one in by_fold if may_be_near(folded, one))
        near = islice(alike, MANY)
    found = get_close_matches(folded, near, n=count, cutoff=0.65)
    return [by_fold[one] for one in found]


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
    return "did you mean " + " or ".join(f"`{one}`" for one in near) + "?"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a sentence, the rest of more than `most` only counted: `lora, bert and 3 more`."""
    hidden = len(names) - most
    named = [*names[:most], *([f"{hidden} more"] if hidden > 0 else [])]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
