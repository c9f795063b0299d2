"""Questions as cards for Anki: a text file that its own import reads.

The first column is the note's permanent id: importing again changes the words of the notes that
are there, and leaves when they come again, their tags and their decks as they are.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from roadmap_cli.exchange.own.marks import ANKI

_JOINS = "\n\u200c\u200d"
"""What is no sign of its own and is kept: line ends, and what parts or joins letters."""
_WORD_JOINER = "\u2060"
_OBEYED = re.compile(r"\[(?=/?(?:sound:|latex\]|\$|anki:))", re.IGNORECASE)
"""What Anki takes for a sound to play or LaTeX to run, by its beginning."""


class Card(NamedTuple):
    """A question, its answer, the titles of the decks within each other that it belongs to.

    `id` is permanent.
    """

    id: str
    front: str
    back: str
    decks: tuple[str, ...]


def written(cards: Iterable[Card]) -> str:
    """The text of a file with these cards."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerows(
        (card.id, _clean(card.front), _clean(card.back), _deck(card.decks))
        for card in cards
    )
    return ANKI + text.getvalue()


def _clean(text: str) -> str:
    """A text without what Anki would obey, or no screen shows."""
    signs = text.replace("\t", "    ")
    seen = "".join(sign for sign in signs if sign in _JOINS or sign.isprintable())
    return _OBEYED.sub(f"[{_WORD_JOINER}", seen)


def _deck(titles: Iterable[str]) -> str:
    """The name of a deck within others; `::` within a title would make one more."""
    names = (" ".join(re.sub("::+", ":", _clean(title)).split()) for title in titles)
    return "::".join(name.strip(":") or "-" for name in names)
