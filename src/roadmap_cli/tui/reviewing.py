"""The questions of a sitting on the screen: think, hint, answer."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from roadmap_cli.errors import RoadmapError
from roadmap_cli.program.sitting import Sitting
from roadmap_cli.progress.reviews import Answer
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.text import wrapped
from roadmap_cli.tui import keys
from roadmap_cli.tui.lines import folded, footer, heading, shown
from roadmap_cli.tui.panes import Pane

_WIDEST = 80
"""Columns beyond which a question is no easier to read."""


class Review(Screen[str]):
    """Asks the questions of a sitting; each answer is on disk at once.

    Its result is what to say of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(key.keys), key.action, key.meaning, show=False)
        for key in keys.keys_for(keys.Where.REVIEW)
    ]

    def __init__(self, sitting: Sitting, canvas: Canvas) -> None:
        super().__init__()
        self._sitting, self._canvas = sitting, canvas
        self._has_hint = False
        self._said = ""
        self.lines: list[Strip] = []

    def compose(self) -> ComposeResult:
        """How far the sitting is, the question, and the keys."""
        yield Pane("head", self._head)
        yield Pane("page", lambda row, _width: self.lines[row])
        yield Pane("foot", self._foot)

    def on_resize(self) -> None:
        """Lay the question out anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        pane = self.query_one("#page", Pane)
        width = max(pane.size.width, 1)
        self.lines = folded(self._drawn(min(width, _WIDEST)), width)
        pane.lay(len(self.lines))
        self.query_one("#foot").styles.height = 1
        for name in ("#head", "#foot"):
            self.query_one(name, Pane).lay(1)

    def _drawn(self, width: int) -> Iterator[Sequence[Segment]]:
        """What was said last, then the question, and its hint once it was asked for."""
        asked = self._sitting.asked
        bold, dim = Style(bold=True), Style(dim=True)
        if self._said:
            yield from self._text(self._said, width, dim)
            yield []
        if asked is None:
            return
        yield from self._text(asked.title, width, dim)
        yield []
        yield from self._text(asked.question.ask, width, bold)
        yield []
        if self._has_hint:
            yield from self._text(asked.question.hint or "there is no hint", width)
            yield []
            yield from self._text("almost right counts as missed", width, dim)
        else:
            yield from self._text("Think first; Enter shows the hint.", width, dim)

    def _text(
        self, text: str, width: int, style: Style | None = None
    ) -> Iterator[Sequence[Segment]]:
        for line in text.splitlines():
            for row in wrapped(shown(line, self._canvas), width - 3, indent=0):
                yield [Segment(row, style)]

    def _head(self, _row: int, width: int) -> Strip:
        sitting = self._sitting
        number = min(sitting.count + 1, len(sitting.questions))
        text = f" question {number} of {len(sitting.questions)}"
        return heading(text, width, self._canvas)

    def _foot(self, _row: int, width: int) -> Strip:
        offered = keys.keys_for(keys.Where.REVIEW)
        rows = [(key.shown, key.word, key.action) for key in offered]
        return footer(rows, width, is_spaced=width > _WIDEST)

    def action_hint(self) -> None:
        """Show the hint."""
        self._has_hint = True
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Go on by lines: a hint may be long."""
        self.query_one("#page", Pane).turn(lines)

    def action_grade(self, answer: str) -> None:
        """Write down how well it was known, and go on."""
        asked = self._sitting.asked
        if asked:
            self._do(lambda: self._sitting.answer(asked, Answer(answer)))

    def action_aside(self) -> None:
        """Set the question aside, and go on."""
        asked = self._sitting.asked

        def aside() -> str:
            if asked:
                self._sitting.set_aside(asked)
            return "set aside; u takes it back"

        self._do(aside)

    def action_take_back(self) -> None:
        """Take the last answer back, and ask again."""

        def take_back() -> str:
            is_any = self._sitting.take_back()
            return "taken back" if is_any else "nothing was answered yet"

        self._do(take_back)

    def _do(self, deed: object) -> None:
        """Say what came of something, and go on to the next question, or end."""
        try:
            self._said = deed()  # type: ignore[operator]
        except RoadmapError as problem:
            self._said = f"error: {problem}"
        else:
            self._has_hint = False
        if self._sitting.asked is None:
            self.action_back()
        else:
            self._show()

    def action_back(self) -> None:
        """End the sitting; what was answered is kept."""
        sitting = self._sitting
        said = f"{sitting.answered} of {len(sitting.questions)} questions answered"
        if aside := sitting.count - sitting.answered:
            said += f", {aside} set aside"
        undo = "; u takes the last back" if sitting.count else ""
        if self.is_current:  # a second key may come before it is gone
            self.dismiss(f"{said}{undo}")
