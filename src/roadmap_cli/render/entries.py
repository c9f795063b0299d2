"""What came from elsewhere and what was done to catalogues, drawn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from roadmap_cli.language.phrases import counted
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import Parts, indented, line, styled

if TYPE_CHECKING:
    from roadmap_cli.rows.entry_types import CountsRow, EntryRow
    from roadmap_cli.rows.entry_view import EditsView, EntriesView, TagsView

_SHOWN = 20
"""Entries of one kind that a person sees; programs get all."""
_STYLES = {
    "new": "green",
    "known": "cyan",
    "twice": "yellow",
    "refused": "red",
    "left": "dim",
}
_WORDS = {"twice": "likely twice", "left": "no entry"}
"""What an action is called where its name alone says too little."""


def entries(view: "EntriesView", canvas: Canvas) -> Parts:
    """The entries by what becomes of them, and how many there are of each."""
    rows = view.rows
    if len(rows) == 1:
        yield from _entry(rows[0], canvas)
        return
    for action in ("new", "twice", "known", "refused", "left"):
        some = [row for row in rows if row["action"] == action]
        for row in some[:_SHOWN]:
            yield from _entry(row, canvas)
        if len(some) > _SHOWN:
            yield styled(f"and {len(some) - _SHOWN} more: {_called(action)}", "dim")
    yield line(sum_of(view.output["counts"]))


def sum_of(counts: "CountsRow") -> str:
    """How many were found, and what they are: the parts add up."""
    named = {
        "new": counts["new"],
        "known": counts["known"],
        "likely twice": counts["twice"],
        "refused": counts["refused"],
        "no entry": counts["left"],
    }
    parts = [f"{count} {what}" for what, count in named.items() if count]
    return f"found {counts['found']}: {', '.join(parts)}" if parts else "found nothing"


def edits(view: "EditsView") -> Parts:
    """What was done."""
    for row in view.rows:
        name = f"{row['catalogue']}/{row['key']}" if row["key"] else row["catalogue"]
        yield line(
            styled(row["action"], "green"),
            "  ",
            styled(name, "cyan"),
            "  ",
            styled(row["title"], "dim"),
        )
        place = ", ".join(row["topics"]) or ("" if row["key"] else row["path"])
        if place:
            yield indented(styled(place, "dim"))


def _entry(row: "EntryRow", canvas: Canvas) -> Parts:
    action = row["action"]
    key = row["key"] or (f"line {row['line']}" if row["line"] else "")
    yield line(
        styled(_called(action), _STYLES[action]),
        "  ",
        styled(key, "cyan"),
        "  ",
        styled(row["title"]),
    )
    facts = [*_people(row["authors"]), str(row["year"] or ""), row["venue"]]
    if action in ("new", "twice") and any(facts):
        yield indented(styled(canvas.dot.join(filter(None, facts)), "dim"))
    if row["why"] and action != "known":
        yield indented(styled(row["why"], "dim"))


def _people(authors: Sequence[str]) -> list[str]:
    """The first author, and that there are others."""
    if not authors:
        return []
    return [f"{authors[0]} and others" if len(authors) > 1 else authors[0]]


def _called(action: str) -> str:
    return _WORDS.get(action, action)


def tags(view: "TagsView") -> Parts:
    """The reader's tags, each with how many papers have it."""
    for row in view.rows:
        count = counted(row["papers"], "paper")
        yield line(styled(row["tag"], "cyan"), styled(f"  {count}", "dim"))
