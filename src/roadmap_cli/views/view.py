"""What a command has to show, before anything is drawn."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

Row = Mapping[str, Any]


class View(NamedTuple):
    """What a command has to show.

    `what` names the list in JSON and picks the drawing on a terminal; `columns` are those of
    the tab-separated form; `also` stands beside the list in JSON; `note` is said to a person
    before the list, `if_empty` in its place. Where the list is drawn, `comment` is said beside
    it, and `aside` is for the drawing alone.
    """

    what: str
    rows: Sequence[Row]
    columns: tuple[str, ...]
    layout: str = ""
    also: Mapping[str, Any] = MappingProxyType({})
    if_empty: str = ""
    note: str = ""
    aside: Mapping[str, Any] = MappingProxyType({})
    comment: str = ""
