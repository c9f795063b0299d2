"""The one widget of the full screen: lines that are made when they are seen."""

from collections.abc import Callable

from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Draw = Callable[[int, int], Strip]
"""Makes the line of a row, counted from 0, as wide as so many columns."""


class Pane(ScrollView, can_focus=False):
    """Lines of a list or of a page; of a long one only those are made that can be seen."""

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, pane: "Pane", row: int) -> None:
            super().__init__()
            self.pane, self.row = pane, row

    def __init__(self, name: str, draw: Draw) -> None:
        super().__init__(id=name)
        self._draw = draw
        self.count = 0

    def lay(self, count: int, at: int | None = None) -> None:
        """Have so many lines, and the one at a row in sight."""
        self.count = count
        self.virtual_size = Size(self.size.width, count)
        if at is not None:
            self.show_row(at)
        self.refresh()

    def show_row(self, row: int) -> None:
        """Scroll as little as it takes to see a row."""
        height, top = self.size.height, round(self.scroll_offset.y)
        if row < top:
            self.go(row)
        elif height and row >= top + height:
            self.go(row - height + 1)

    def go(self, top: int) -> None:
        """Have this row at the top, or the last that leaves the pane full."""
        most = max(self.count - self.size.height, 0)
        self.scroll_to(
            y=min(max(top, 0), most), animate=False, force=True, immediate=True
        )

    def turn(self, by: int) -> None:
        """Go on by so many lines."""
        self.go(round(self.scroll_offset.y) + by)

    def render_line(self, y: int) -> Strip:
        """The line at a height of the pane."""
        row, width = y + round(self.scroll_offset.y), self.size.width
        line = self._draw(row, width) if row < self.count else Strip.blank(width)
        return line.apply_style(self.rich_style)

    def on_click(self, event: Click) -> None:
        """Tell which row was clicked."""
        row = event.y + round(self.scroll_offset.y)
        if row < self.count:
            self.post_message(self.Picked(self, row))
