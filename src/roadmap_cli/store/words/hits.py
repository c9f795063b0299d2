"""What a search finds in the index of words, and what it has to be told of the reader."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple


class Hit(NamedTuple):
    """A work that answers, how well, and with which of its words; see `ranking.Scored`."""

    work: int
    score: float
    matched: tuple[str, ...]
    is_solid: bool = True
    is_near: bool = False


class Reader(NamedTuple):
    """What only the reader's own files know.

    Status, rating and tags of a work, notes by work, and whether there is a PDF of a work.
    """

    status: Callable[[int], str] = lambda _: ""
    notes: Mapping[int, str] = MappingProxyType({})
    rating: Callable[[int], int | None] = lambda _: None
    tags: Callable[[int], Sequence[str]] = lambda _: ()
    has_pdf: Callable[[int], bool] = lambda _: False
