"""Views drawn for people on a terminal."""

from collections.abc import Callable, Mapping
from io import StringIO

from rich.console import Console

from roadmap_cli.render import pages, stats, tables, ways
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import Parts, indented
from roadmap_cli.views import View

WIDEST = 120
"""Columns beyond which lines get no longer: nobody likes to read those."""


def drawn(view: View, canvas: Canvas) -> str:
    """The view as terminal text, ready to be written."""
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=min(max(canvas.width, 20), WIDEST),
        force_terminal=canvas.has_colour,
        color_system="standard" if canvas.has_colour else None,
        no_color=not canvas.has_colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _LAYOUTS[view.layout or view.what](view, canvas):
        console.print(indented(part, 0), end="", crop=False)
    text = "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())
    return text if canvas.has_unicode else text.translate(_TO_ASCII)


_TO_ASCII = str.maketrans({"…": ".", "’": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
_LAYOUTS: Mapping[str, Callable[[View, Canvas], Parts]] = {
    "topics": tables.topics,
    "papers": tables.papers,
    "suggestions": ways.suggestions,
    "standing": ways.standing,
    "path": ways.path,
    "goals": ways.goals,
    "plan": ways.plan,
    "stats": stats.stats,
    "changes": tables.changes,
    "hits": tables.hits,
    "files": tables.files,
    "links": tables.links,
    "events": tables.events,
    "notes": tables.notes,
    "taken": tables.taken,
    "copies": tables.copies,
    "findings": tables.findings,
    "schemas": tables.schemas,
    "paper": pages.paper,
    "topic": pages.topic,
    "area": pages.area,
}
