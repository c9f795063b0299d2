"""What the forms of a word share: plurals, verbal forms, the nouns made of them."""

import re

_LONG = 8
"""Letters of a word that is long enough for its ending to be taken off in the German way."""
# Endings, the longest first, with what is left at least of the word and what comes instead.
_ENDINGS = (
    ("izations", 3, "iz"), ("ization", 3, "iz"), ("abilities", 4, ""), ("ability", 4, ""),
    ("izing", 3, "iz"), ("izers", 3, "iz"), ("izer", 3, "iz"), ("ized", 3, "iz"),
    ("ments", 5, ""), ("ment", 5, ""), ("ness", 4, ""), ("ions", 4, ""), ("ives", 4, ""),
    ("ings", 3, ""), ("ors", 4, ""), ("ers", 4, ""), ("able", 4, ""), ("ity", 4, ""), ("ion", 4, ""),
    ("ungen", 4, ""), ("ung", 4, ""), ("ive", 4, ""), ("ing", 3, ""), ("or", 4, ""), ("er", 4, ""), ("ed", 4, ""), ("ly", 4, ""),
    ("ies", 3, "y"), ("es", 3, ""), ("s", 3, ""), ("e", 3, ""),
)  # fmt: skip
_ENDINGS_IN = {
    letter: tuple(ending for ending in _ENDINGS if ending[0][-1] == letter)
    for letter in {ending[-1] for ending, _, _ in _ENDINGS}
}
"""The endings by their last letters."""
_LAST_LETTERS = frozenset(_ENDINGS_IN) | {*"ntm"}
_BRITISH = r"is(ations?|ing|ers?|ed|es?)$"
_GERMAN_VERB = r"(?<=\w{3})(is)?ier(?:t(?:e[nmrs]?)?|en|ung(?:en)?|end(?:e[nmrs]?)?)$"
_DOUBLED = frozenset("bdfglmnprt")
_NO_PLURAL = ("ss", "us", "is")
_SHORTEST_WITH_AT = 7


def stem(word: str) -> str:
    """What a folded English word shares with its other forms: `merg` of merges, merging, merged.

    A light stemmer in the manner of Porter's (An algorithm for suffix stripping, 1980): one
    ending is taken off, so that plurals, verbal forms and the nouns made of them meet, as do the
    commonest German ones. It need not be a word, and it is a guess: other words may share it.
    """
    root = _root(word)
    return (
        _undoubled(root) if len(root) >= _LONG else root
    )  # `Modell`, as `Modellen` is


def _undoubled(root: str) -> str:
    """The same without the second of two letters at its end that an ending doubled."""
    return root[:-1] if root[-2:-1] == root[-1:] and root[-1:] in _DOUBLED else root


def _root(word: str) -> str:
    if word[-1:] not in _LAST_LETTERS or not word.isascii() or not word.isalpha():
        return word
    if len(word) >= _LONG and "ier" in word and (verb := _german_verb(word)):
        return verb
    if word.endswith("en") and len(word) >= _LONG and not word.endswith("ungen"):
        word = word[:-2]
        if not word.endswith("ion"):
            return _undoubled(word)
    british = re.sub(_BRITISH, r"iz\1", word) if "is" in word else word
    word = british if len(british) > 6 else word  # noqa: PLR2004 - `rise` is no `rize`
    for ending, kept, instead in _ENDINGS_IN.get(word[-1], ()):
        if not word.endswith(ending) or len(word) - len(ending) < kept:
            continue
        if ending in ("s", "es") and word.endswith(_NO_PLURAL):
            break
        root = word[: -len(ending)] + instead
        if ending not in ("s", "e", "es", "ies"):
            root = _undoubled(root)
        if len(root) >= _SHORTEST_WITH_AT and root.endswith("at"):
            root = root[:-2]
        return root.removesuffix("e") if ending in ("s", "es") else root
    return word


def _german_verb(word: str) -> str:
    """What is left of a form of a German verb in -ieren or -isieren; nothing of other words."""
    match = re.search(_GERMAN_VERB, word)
    return word[: match.start()] + ("iz" if match[1] else "") if match else ""


def are_forms(word: str, other: str) -> bool:
    """Whether two folded words have a stem in common; tiny words have few forms."""
    short = min(len(word), len(other))
    if short < _SHORTEST_FORM and abs(len(word) - len(other)) > len("es"):
        return False
    half = short // 2
    return word[:half] == other[:half] and stem(word) == stem(other)


_SHORTEST_FORM = 4
