"""What is about catalogues as a whole, drawn: which are used, and what is new in them."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import Parts, indented, line, styled

if TYPE_CHECKING:
    from roadmap_cli.rows.catalogue_types import NewsRow
    from roadmap_cli.rows.catalogue_view import NewsView, UsedView


def used(view: "UsedView", canvas: Canvas) -> Parts:
    """The catalogues that come with the program, each with whether it is used."""
    width = max(len(row["catalogue"]) for row in view.rows)
    for row in view.rows:
        state = "used" if row["used"] else "not used"
        name = styled(f"{row['catalogue']:<{width}}", "cyan")
        if canvas.is_narrow:
            yield line(name, f"  {state}")
            yield indented(styled(row["title"]))
        else:
            yield line(name, f"  {state:<8}  {row['title']}")


_MOST = 5
"""Changes of a kind that are told one by one where they do not concern the reader."""


def news(view: "NewsView") -> Parts:
    """What is new: first what concerns the reader, then the rest, kind by kind."""
    concerning = [row for row in view.rows if row["concerns"]]
    others = [row for row in view.rows if not row["concerns"]]
    for _, rows in groupby(concerning, _subject):
        yield from _changes([*rows])
    if concerning and others:
        yield Text()
    for kind in dict.fromkeys(row["kind"] for row in others):
        alike = [row for row in others if row["kind"] == kind]
        for row in alike[: None if kind == "news" else _MOST]:
            yield from _changes([row])
        if kind != "news" and len(alike) > _MOST:
            more = f"… and {len(alike) - _MOST} more that {_MORE[kind]}"
            yield indented(styled(more, "dim"))


def _subject(row: "NewsRow") -> tuple[str, str]:
    return row["catalogue"], row["key"]


_MORE = {
    "came": "came",
    "retired": "are retired",
    "moved": "moved",
    "renamed": "are called otherwise",
    "link": "have new links",
    "prerequisites": "have other prerequisites",
    "questions": "have other questions",
}


def _changes(rows: "Sequence[NewsRow]") -> Parts:
    """What changed of one paper or topic, and what follows from it, each thing once."""
    row = rows[0]
    if row["kind"] == "news":
        yield line(styled(row["title"], "bold"), f"  {row['what']}")
        return
    yield line(styled(row["key"], "cyan"), f"  {row['title']}")
    for row in rows:
        yield indented(styled(row["what"], "" if row["consequence"] else "dim"))
    for words in dict.fromkeys(row["consequence"] for row in rows):
        if words:
            yield indented(styled(words, "magenta"))
