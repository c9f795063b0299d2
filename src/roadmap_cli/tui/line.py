"""A line at the bottom of the screen in which the reader answers."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Key
from textual.screen import ModalScreen
from textual.strip import Strip

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.tui.lines import heading
from roadmap_cli.tui.panes import Pane

_TYPING = 0.08
"""Seconds without a key after which what is typed is looked for."""


class Line(ModalScreen[str | None]):
    """Asks above the keys; what lies behind it stays in sight. Nothing is the answer to Escape."""

    DEFAULT_CSS = """
    Line { background: transparent; overflow: hidden; layout: vertical; }
    #line { dock: bottom; height: auto; background: $background; }
    #question { height: 1; }
    #line Input, #line Input:focus {
        height: 1; border: none; padding: 0 1; background: $background;
    }
    """

    def __init__(self, question: str, canvas: Canvas) -> None:
        super().__init__()
        self._question, self._canvas = question, canvas

    def compose(self) -> ComposeResult:
        """The question."""
        with Container(id="line"):
            yield from self._parts()

    def _parts(self) -> ComposeResult:
        yield Pane("question", self._asked)

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Pane).lay(1)

    def _asked(self, _row: int, width: int) -> Strip:
        return heading(f" {self._question}", width, self._canvas)


class Choice(Line):
    """Asks for one of a few keys."""

    def __init__(self, question: str, keys: Collection[str], canvas: Canvas) -> None:
        super().__init__(question, canvas)
        self._keys = keys

    def on_key(self, event: Key) -> None:
        """Take the key, or leave for any other."""
        event.stop()
        self.dismiss(event.character if event.character in self._keys else None)


class Typed(Line):
    """Asks for words; `on_change` is told what is typed as soon as the reader pauses."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        canvas: Canvas,
        on_change: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(question, canvas)
        self._on_change = on_change

    def _parts(self) -> ComposeResult:
        from textual.widgets import Input  # the lists do without

        yield from super()._parts()
        yield Input()

    def on_input_changed(self, event: object) -> None:
        """Tell what is typed, once the reader pauses."""
        text = getattr(event, "value", "")
        if self._on_change:
            self.set_timer(_TYPING, lambda: self._tell(text))

    def _tell(self, text: str) -> None:
        """Tell it unless more was typed meanwhile."""
        from textual.widgets import Input

        if self._on_change and self.query_one(Input).value == text:
            self._on_change(text)

    def on_input_submitted(self, event: object) -> None:
        """Answer with what was typed."""
        self.dismiss(getattr(event, "value", ""))

    def action_leave(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
