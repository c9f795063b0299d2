"""Views drawn for people on a terminal."""

from collections.abc import Callable, Mapping
from importlib import import_module
from io import StringIO

from rich.console import Console

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
    for part in _layout(view.layout or view.what)(view, canvas):
        console.print(indented(part, 0), end="", crop=False)
    text = "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())
    return text if canvas.has_unicode else text.translate(_TO_ASCII)


_TO_ASCII = str.maketrans({"…": ".", "’": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
_LAYOUTS: Mapping[str, str] = {
    **dict.fromkeys(("suggestions", "standing", "path", "goals", "plan"), "ways"),
    **dict.fromkeys(("paper", "topic", "area"), "pages"),
    "stats": "stats",
}
"""The module that draws a layout, by the function of its name; the others are `tables`."""


def _layout(name: str) -> Callable[[View, Canvas], Parts]:
    """What draws a layout; only its module is loaded."""
    home = import_module(f"roadmap_cli.render.{_LAYOUTS.get(name, 'tables')}")
    drawing: Callable[[View, Canvas], Parts] = getattr(home, name)
    return drawing
