"""Keys for papers that come from elsewhere: short, readable, and the same for the same paper."""

import re
from collections.abc import Callable, Iterator

from roadmap_cli.curriculum.model import RESERVED
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.records import parted
from roadmap_cli.language.spelling import unaccented

_LONGEST = 64
_FEW_WORDS, _LONG_WORD = 3, 20
_TITLE_WORDS = 4
_SMALL = re.compile(
    r"an?|and|are|as|at|by|for|from|how|in|into|is|it|its|of|on|or|the|this|to|towards|via|we"
    r"|what|when|why|with|your|der|die|das|ein|eine|und"
)


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens that stand for a text; may be empty."""
    plain = unaccented(text).casefold().encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def new_key(entry: Entry, is_taken: Callable[[str], bool]) -> str:
    """A key that nothing has yet, for an entry with a title.

    The key that it has in an export of ours; else what stands before the colon of its title
    where that is short, as `lora`; else family name, year and word, as `vaswani-2017-attention`;
    else the beginning of the title. Where each is taken, the last of them gets a number.
    """
    candidates = [key for key in _candidates(entry) if key and key not in RESERVED]
    for key in candidates:
        if not is_taken(key):
            return key
    last = candidates[-1]
    number = 2
    while is_taken(numbered := f"{last[: _LONGEST - 6].rstrip('-')}-{number}"):
        number += 1
    return numbered


def _candidates(entry: Entry) -> Iterator[str]:
    catalogue, key = parted(entry.key)
    if catalogue:
        yield key
    head, colon, rest = entry.title.partition(":")
    words = head.split()
    if colon and rest.startswith(" ") and len(words) <= _FEW_WORDS:
        yield _short(slug(head))
    family = slug(entry.authors[0].split()[-1]) if any(entry.authors[:1]) else ""
    telling = [
        word for word in slug(entry.title).split("-") if not _SMALL.fullmatch(word)
    ]
    if family and entry.year and telling:
        yield _short(f"{family}-{entry.year}-{telling[0]}")
    yield _short("-".join(telling[:_TITLE_WORDS])) or _short(slug(entry.title))
    number = entry.arxiv or entry.doi or entry.key
    yield _short(slug(f"arxiv-{number}" if entry.arxiv else number))
    yield "paper"


def _short(key: str) -> str:
    """As much of a key as may be, without a word that is cut in two where it can be."""
    if len(key) <= _LONGEST:
        return key
    cut = key[:_LONGEST].rpartition("-")[0] or key[:_LONGEST]
    return cut.rstrip("-")
