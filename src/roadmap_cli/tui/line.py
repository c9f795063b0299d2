"""A line at the bottom of the screen in which the reader answers."""

from collections.abc import Callable, Collection
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.text import safe_text
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
        self._is_answered = False

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

    def answer(self, text: str | None) -> None:
        """Answer, and be gone; a second answer, typed before that, counts no more."""
        if not self._is_answered:
            self._is_answered = True
            self.dismiss(text)


class Choice(Line):
    """Asks for one of a few keys."""

    def __init__(self, question: str, keys: Collection[str], canvas: Canvas) -> None:
        super().__init__(question, canvas)
        self._keys = keys

    def on_key(self, event: Key) -> None:
        """Take the key, or leave for any other."""
        event.stop()
        self.answer(event.character if event.character in self._keys else None)


class Heed(NamedTuple):
    """Who is told what is typed, as soon as the reader pauses, and of rows to go on by."""

    changed: Callable[[str], None]
    moved: Callable[[int], None] | None = None


class Words(Input):
    """What is typed: one line of text, without what a terminal obeys, however it came."""

    def on_paste(self, event: Paste) -> None:
        """Take all lines of what is pasted as one."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(safe_text(" ".join(event.text.split())))


class Typed(Line):
    """Asks for words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(
        self, question: str, canvas: Canvas, heed: Heed | None = None, text: str = ""
    ) -> None:
        super().__init__(question, canvas)
        self._heed = heed
        self._text = text

    def _parts(self) -> ComposeResult:
        yield from super()._parts()
        yield Words()

    def on_mount(self) -> None:
        """Show the question, and the text to begin with."""
        super().on_mount()
        self.query_one(Words).insert_text_at_cursor(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed, once the reader pauses."""
        text = event.value
        if self._heed:
            self.set_timer(_TYPING, lambda: self._tell(text))

    def _tell(self, text: str) -> None:
        """Tell it unless more was typed meanwhile."""
        is_last = self.query_one(Words).value == text
        if self._heed and is_last and not self._is_answered:
            self._heed.changed(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        self.answer(safe_text(event.value))

    def action_move(self, by: int) -> None:
        """Move on in what is shown behind the line."""
        if self._heed and self._heed.moved:
            self._heed.moved(by)

    def action_leave(self) -> None:
        """Answer with nothing."""
        self.answer(None)
