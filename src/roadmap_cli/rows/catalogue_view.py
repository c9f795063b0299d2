"""What is shown of catalogues as a whole: which are used, and what is new in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from roadmap_cli.rows.view import View

if TYPE_CHECKING:
    from roadmap_cli.rows import catalogue_types as types


class UsedView(View):
    """The catalogues that come with the program, and which of them are used."""

    columns = ("catalogue", "used", "title", "path")

    def __init__(self, rows: "list[types.UsedRow]") -> None:
        self.rows: list[types.UsedRow] = rows
        self.output: types.UsedOutput = {"version": 1, "catalogues": rows}


class NewsView(View):
    """What is new in the catalogues, that which concerns the reader first."""

    columns = ("kind", "key", "title", "what", "consequence")

    def __init__(self, rows: "list[types.NewsRow]", if_empty: str) -> None:
        self.rows: list[types.NewsRow] = rows
        self.output: types.NewsOutput = {"version": 1, "news": rows}
        self.if_empty = if_empty


def used(found: Iterable[tuple[str, str, str, bool]]) -> UsedView:
    """Shipped catalogues, as (id, title, path, whether it is used)."""
    return UsedView(
        [
            {"catalogue": name, "used": is_used, "title": title, "path": path}
            for name, title, path, is_used in found
        ]
    )
