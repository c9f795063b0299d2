"""What a command has to show, before anything is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """What a command has to show.

    `what` names the list in JSON and picks the drawing on a terminal; `columns` are those of
    the tab-separated form; `also` stands beside the list in JSON.
    """

    what: str
    rows: Sequence[Row]
    columns: tuple[str, ...]
    layout: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)
    if_empty: str = ""
