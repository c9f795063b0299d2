"""What is on the screen at which size."""

from roadmap_cli.program.spots import Depth

LEAST = (40, 12)
"""Columns and lines below which there is no room for a list and its keys."""
BREAKPOINTS = [(0, "-one"), (100, "-two"), (150, "-three")]
"""Columns from which there is one pane, two lists over a page, or three columns."""

CSS = """
Screen { layout: grid; overflow: hidden; }
#head { dock: top; height: 1; }
#foot { dock: bottom; height: 2; }
.-two { grid-size: 2 2; grid-columns: 2fr 3fr; grid-gutter: 1 2; }
.-two #paper { column-span: 2; }
.-three { grid-size: 3 1; grid-columns: 2fr 3fr 3fr; grid-gutter: 0 2; }
"""
"""How the main screen is laid out: little, since it is read before anything is seen."""


def is_too_small(columns: int, lines: int) -> bool:
    """Whether a screen is no place for a list."""
    return columns < LEAST[0] or lines < LEAST[1]


def shown(columns: int, depth: Depth) -> set[str]:
    """The panes that are shown, by their names."""
    names = ("places", "papers", "paper")
    return {names[depth]} if columns < BREAKPOINTS[1][0] else {*names}
