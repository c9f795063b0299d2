"""A page that is read from top to bottom: keys, news, figures, history."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.text import wrapped
from roadmap_cli.tui import keys
from roadmap_cli.tui.line import Heed, Typed
from roadmap_cli.tui.lines import folded, footer, heading
from roadmap_cli.tui.panes import Pane

if TYPE_CHECKING:
    from roadmap_cli.rows.any_view import AnyView

Drawn = Callable[[int], Iterable[Sequence[Segment]]]
"""Draws a page for so many columns."""


class Page(Screen[None]):
    """A title, lines that scroll, and the keys that count here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(key.keys), key.action, key.meaning, show=False)
        for key in keys.keys_for(keys.Where.PAGE)
    ]

    def __init__(self, title: str, drawn: Drawn, canvas: Canvas) -> None:
        super().__init__()
        self.name_of_page, self._drawn, self._canvas = title, drawn, canvas
        self.lines: list[Strip] = []
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """A line above, the page, and a line below."""
        yield Pane("head", self._head)
        yield Pane("page", lambda row, _width: self.lines[row])
        yield Pane("foot", self._foot)

    @property
    def pane(self) -> Pane:
        """The lines of the page."""
        return self.query_one("#page", Pane)

    def on_mount(self) -> None:
        """Show the lines above and below; the page follows once it knows its size."""
        self.query_one("#foot").styles.height = 1
        for name in ("#head", "#foot"):
            self.query_one(name, Pane).lay(1)

    def on_resize(self) -> None:
        """Lay the page out anew."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.pane
        width = max(pane.size.width, 1)
        wanted = self._wanted.casefold()
        self.lines = [
            line
            for line in folded(self._drawn(width - 1), width)
            if wanted in line.text.casefold()
        ]
        pane.lay(len(self.lines))

    def _head(self, _row: int, width: int) -> Strip:
        said = (
            f"{self.name_of_page}: {self._wanted}"
            if self._wanted
            else self.name_of_page
        )
        return heading(f" {said}", width, self._canvas)

    def _foot(self, _row: int, width: int) -> Strip:
        shown = [
            (key.shown, key.word, key.action)
            for key in keys.keys_for(keys.Where.PAGE)
            if key.word
        ]
        return footer(shown, width, is_spaced=width > _SPACED)

    def action_back(self) -> None:
        """Leave the page."""
        if self.is_current:  # a second key may come before it is gone
            self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Go on by lines."""
        self.pane.turn(lines)

    def action_turn(self, screens: int) -> None:
        """Go on by screens."""
        pane = self.pane
        pane.turn(screens * max(pane.size.height - 1, 1))

    def action_filter(self) -> None:
        """Show only the lines that say what is typed."""
        question = "only lines that say:"
        self.app.push_screen(Typed(question, self._canvas, Heed(self._sift)))

    def _sift(self, wanted: str) -> None:
        self._wanted = wanted
        self._lay()
        self.query_one("#head", Pane).refresh()


_SPACED = 60
"""Columns from which there is room between the keys of a footer."""


def drawing(view: "AnyView", canvas: Canvas) -> Drawn:
    """Draws a view as the command does that shows it."""
    from roadmap_cli.render.draw import drawn_lines

    return lambda width: drawn_lines(view, canvas._replace(width=width))


def of_keys() -> Drawn:
    """Draws the table of keys, place by place."""

    def lines(width: int) -> Iterator[Sequence[Segment]]:
        for where in keys.Where:
            yield [Segment(where, Style(bold=True))]
            for key in keys.keys_for(where):
                yield from _of_key(key, width)
            yield []

    return lines


def _of_key(key: keys.Key, width: int) -> Iterator[Sequence[Segment]]:
    """What a key is and does, with its other names."""
    others = [name for name in key.typed if name != key.shown]
    also = f" (or {', '.join(others)})" if others else ""
    first, *rest = wrapped(f"{key.meaning}{also}", max(width - _KEY - 2, 1), indent=0)
    yield [Segment(f"  {key.shown:<{_KEY}}", Style(bold=True)), Segment(first)]
    for line in rest:
        yield [Segment(f"  {'':<{_KEY}}{line}")]


_KEY = 8
