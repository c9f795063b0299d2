"""What a command has to show, before anything is drawn."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

Row = Mapping[str, Any]


class View(NamedTuple):
    """What a command has to show.

    `what` names the list in JSON and picks the drawing on a terminal; `columns` are those of
    the tab-separated form; `also` stands beside the list in JSON; `note` is said to a person
    before the list, `if_empty` in its place, `comment` beside it. Where the list is drawn,
    `aside` is for the drawing alone. What `is_deed` tells what was done: it scrolls by, and no
    pager holds up the work.
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
    is_deed: bool = False
