"""The one widget of the full screen: lines that are made when they are seen."""

from collections.abc import Callable

from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

Draw = Callable[[int, int], Strip]
"""Makes the line of a row, counted from 0, as wide as so many columns."""
_WHEEL = 3
"""Lines that one turn of the wheel goes on."""


class Pane(Widget):
    """Lines of a list or of a page; of a long one only those are made that can be seen.

    `top` is the row of the first line in sight. Textual's own views that scroll cost a start
    several milliseconds more, for scrollbars that are not shown.
    """

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, pane: "Pane", row: int) -> None:
            super().__init__()
            self.pane, self.row = pane, row

    def __init__(self, name: str, draw: Draw) -> None:
        super().__init__(id=name)
        self._draw = draw
        self.count = self.top = 0

    def lay(self, count: int, at: int | None = None) -> None:
        """Have so many lines, and the one at a row in sight."""
        self.count = count
        height = self.size.height
        if at is not None and height:
            self.top = min(max(self.top, at - height + 1), at)
        self.go(self.top)

    def go(self, top: int) -> None:
        """Have this row at the top, or the last that leaves the pane full."""
        self.top = max(min(top, self.count - self.size.height), 0)
        self.refresh()

    def turn(self, by: int) -> None:
        """Go on by so many lines."""
        self.go(self.top + by)

    def render_line(self, y: int) -> Strip:
        """The line at a height of the pane."""
        row, width = y + self.top, self.size.width
        line = self._draw(row, width) if row < self.count else Strip.blank(width)
        return line.apply_style(self.rich_style)

    def on_click(self, event: Click) -> None:
        """Tell which row was clicked."""
        row = event.y + self.top
        if row < self.count:
            self.post_message(self.Picked(self, row))

    def on_mouse_scroll_down(self, _event: MouseScrollDown) -> None:
        """Go on."""
        self.turn(_WHEEL)

    def on_mouse_scroll_up(self, _event: MouseScrollUp) -> None:
        """Go back."""
        self.turn(-_WHEEL)
