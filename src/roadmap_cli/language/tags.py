"""Tags: words of the reader's own, as they are compared and as they are put on and taken off."""

import unicodedata

LONGEST = 64
"""Characters of a tag."""
_BESIDE = "-_."
"""What a tag may have beside letters, the marks that spell them, and digits."""


def _compared(text: str) -> str:
    """A text in the form in which tags are compared: composed, and in lower case."""
    return unicodedata.normalize("NFC", text.lower())


def tag_of(text: str) -> str:
    """A tag in the form in which tags are compared: composed, and in lower case.

    Empty for a text that is no tag: it has another character, is too long, begins with a hyphen,
    or has no letter and no digit.
    """
    tag = _compared(text)
    is_tag = (
        len(tag) <= LONGEST
        and not tag.startswith("-")
        and any(map(str.isalnum, tag))
        and all(map(_may_stand, tag))
    )
    return tag if is_tag else ""


def _may_stand(character: str) -> bool:
    return (
        character.isalnum()
        or character in _BESIDE
        or unicodedata.category(character).startswith("M")
    )


def nearest(text: str) -> str:
    """The tag that is nearest to a text of another program: `deep-learning` of `Deep Learning`.

    Empty for a text without letters and digits.
    """
    words = "".join(
        character if _may_stand(character) else " " for character in _compared(text)
    ).split()
    return tag_of("-".join(words)[:LONGEST].strip("-"))


def signed(word: object) -> tuple[str, bool] | None:
    """The tag of `+tag` or `-tag`, and whether it is put on; nothing for anything else."""
    if not isinstance(word, str) or word[:1] not in ("+", "-"):
        return None
    tag = tag_of(word[1:])
    return (tag, word[0] == "+") if tag else None
