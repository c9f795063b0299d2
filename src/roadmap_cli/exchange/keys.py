"""Keys for papers that come from elsewhere: short, readable, and the same for the same paper."""

import re
from collections.abc import Callable, Iterator
from itertools import count

from roadmap_cli.curriculum.model import RESERVED
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.records import parted
from roadmap_cli.language.spelling import unaccented

_LONGEST = 64
_FEW_WORDS, _LONG_WORD = 3, 20
_TITLE_WORDS = 4
_LAST_RESORT = "paper"
_SMALL = frozenset(
    """
    a an and are as at by for from how in into is it its of on or the this to towards via we
    what when why with your der die das ein eine und
    """.split()
)


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens that stand for a text; may be empty."""
    plain = unaccented(text).casefold().encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def new_key(
    entry: Entry, is_taken: Callable[[str], bool], numbers: Iterator[int] | None = None
) -> str:
    """A key that nothing has yet, for an entry with a title.

    The key that it has in an export of ours; else what stands before the colon of its title
    where that is short, or the title where it is an acronym, as `lora`; else family name, year
    and word, as `vaswani-2017-attention`; else the beginning of the title. Where each is taken,
    it is `paper` with the next of the numbers that is free: a list hands in the same numbers
    each time, so none is tried twice.
    """
    for key in _candidates(entry):
        if key and key not in RESERVED and not is_taken(key):
            return key
    numbered = (f"{_LAST_RESORT}-{number}" for number in numbers or count(2))
    return next(key for key in numbered if not is_taken(key))


def _candidates(entry: Entry) -> Iterator[str]:
    catalogue, key = parted(entry.key)
    if catalogue:
        yield key
    head, colon, rest = entry.title.partition(":")
    words = head.split()
    is_acronym = len(words) == 1 and sum(map(str.isupper, head)) > 1
    if (colon and rest.startswith(" ") and len(words) <= _FEW_WORDS) or is_acronym:
        yield _short(slug(head))
    family = slug(entry.authors[0].split()[-1]) if any(entry.authors[:1]) else ""
    telling = [word for word in slug(entry.title).split("-") if word not in _SMALL]
    if family and entry.year and telling:
        yield _short(f"{family}-{entry.year}-{telling[0]}")
    yield _short("-".join(telling[:_TITLE_WORDS])) or _short(slug(entry.title))
    number = entry.arxiv or entry.doi or entry.key
    yield _short(slug(f"arxiv-{number}" if entry.arxiv else number))
    yield _LAST_RESORT


def _short(key: str) -> str:
    """As much of a key as may be, without a word that is cut in two where it can be."""
    if len(key) <= _LONGEST:
        return key
    cut = key[:_LONGEST].rpartition("-")[0] or key[:_LONGEST]
    return cut.rstrip("-")
