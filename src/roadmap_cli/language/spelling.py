"""Texts folded for comparison: without case, accents and punctuation; and their words."""

import re
import unicodedata
from collections.abc import Callable, Iterable

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


def sayer(words: Iterable[str]) -> Callable[[str], bool]:
    """Tells whether a text has one of these words, or letters of a script without blanks."""
    wanted = [f" {fold(word)} " for word in words]

    def says(text: str) -> bool:
        said = f" {fold(text)} "
        return any(word in said for word in wanted)

    return says


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


def is_mark(character: str) -> bool:
    """Whether a character is a mark on the letter before it."""
    return unicodedata.category(character) in ("Mn", "Mc")


def _as_folded(character: str) -> str:
    """A decomposed character as it is compared: itself, nothing, or a gap."""
    if _is_unseen(character):
        return ""
    if is_mark(character):
        is_letter = unicodedata.combining(character) in _LETTERS_OF_MARKS
        return character if is_letter else ""
    if not character.isalnum():
        return " "
    return _UNDECOMPOSED.get(character, character)


def _as_solid(character: str) -> str:
    return "x" if is_mark(character) or _is_unseen(character) else character


_FOLDED = _Characters(_as_folded)
_SOLID = _Characters(_as_solid)


def unaccented(text: str) -> str:
    """The text in lower case and without any marks; letters of other scripts stay."""
    if text.isascii():
        return text.lower()
    letters = (
        letter for letter in _decomposed(text) if not unicodedata.combining(letter)
    )
    return "".join(_UNDECOMPOSED.get(letter, letter) for letter in letters)
