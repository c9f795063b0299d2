"""Views drawn for people on a terminal."""

from collections.abc import Callable
from io import StringIO
from types import ModuleType

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
        height=1,  # of no use here; else it is read from the environment, whatever that says
        force_terminal=canvas.has_colour,
        color_system="standard" if canvas.has_colour else None,
        no_color=not canvas.has_colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _drawing(view.layout or view.what)(view, canvas):
        console.print(indented(part, 0), end="", crop=False)
    text = "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())
    return text if canvas.has_unicode else text.translate(_TO_ASCII)


_TO_ASCII = str.maketrans({"…": ".", "’": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
_AHEAD = ("suggestions", "standing", "path", "goals", "plan")
_WHOLE = ("paper", "topic", "area")


def _drawing(layout: str) -> Callable[[View, Canvas], Parts]:
    """What draws a layout: the function of its name, from the one module loaded for it."""
    home: ModuleType
    if layout in _AHEAD:
        from roadmap_cli.render import ways as home
    elif layout in _WHOLE:
        from roadmap_cli.render import pages as home
    elif layout == "stats":
        from roadmap_cli.render import stats as home
    else:
        from roadmap_cli.render import tables as home
    drawing: Callable[[View, Canvas], Parts] = getattr(home, layout)
    return drawing
