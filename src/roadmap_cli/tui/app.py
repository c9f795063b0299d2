"""The program on a full screen: how it starts, how it ends, and which theme it wears."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from roadmap_cli.busy import silently
from roadmap_cli.disk import durable
from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.program.deeds import Deeds, Outside
from roadmap_cli.program.desk import Desk
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.tui import layout
from roadmap_cli.tui.browsing import Browsing

if TYPE_CHECKING:
    from textual.command import Provider

    from roadmap_cli.program.roadmap import Roadmap

_PATIENCE = 0.5
"""Seconds for which a key waits for another program that writes."""
_THEME = "theme.txt"
_USUAL_THEME = "ansi-dark"
"""The theme that leaves colours to the terminal."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def _palette() -> "type[Provider]":
    from roadmap_cli.tui.palette import Palette  # loaded when it is opened

    return Palette


class FullScreen(App[int]):
    """The full screen of one reader; its result is the exit status."""

    CSS = layout.CSS
    COMMANDS: ClassVar[set[Callable[[], "type[Provider]"]]] = {_palette}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "interrupt", show=False, priority=True),
    ]
    failure: Exception | None = None
    """What ended the program and was not expected."""
    COMMAND_PALETTE_BINDING = "f24"  # its key stands in our table

    def __init__(self, desk: Desk, deeds: Deeds, canvas: Canvas) -> None:
        is_colourless = os.environ.get("NO_COLOR")
        super().__init__(ansi_color=True)  # without colour it asks for none at all
        if is_colourless:  # Textual takes it away, and editors want to know
            os.environ["NO_COLOR"] = is_colourless
        self.ansi_color = None  # the theme says from here on
        self.animation_level = "none"
        self.browsing = Browsing(desk, deeds, canvas)
        self._theme_file = desk.roadmap.places.state / _THEME
        self.theme = self._remembered

    @property
    def _remembered(self) -> str:
        """The theme that was chosen, if there is such a one."""
        try:
            name = self._theme_file.read_text("utf-8").strip()
        except (OSError, ValueError):
            return _USUAL_THEME
        return name if name in self.available_themes else _USUAL_THEME

    def get_default_screen(self) -> Screen[object]:
        """The main screen."""
        return self.browsing  # type: ignore[return-value]

    def _remember(self, theme: Theme) -> None:
        """Keep the theme for the next time, if that can be done."""
        with suppress(CannotWriteError, DataFileError, OSError):
            durable.make_folder(self._theme_file.parent)
            durable.replace(self._theme_file, f"{theme.name}\n".encode())

    def on_mount(self) -> None:
        """Be ended by signals as programs are, with the terminal as it was."""
        self.theme_changed_signal.subscribe(self, self._remember)
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(number, self._end_by, number)

    def _end_by(self, number: int) -> None:
        """End as programs do that a signal ends; a Ctrl-C in the editor is the editor's."""
        if number != signal.SIGINT or not self.browsing.is_away:
            self.exit(128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """End without a word: what went wrong is told where all commands tell it, by `run`."""
        self.failure = self.failure or error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(1)

    def action_interrupt(self) -> None:
        """End as Ctrl-C ends programs."""
        self.exit(128 + signal.SIGINT)


def run(roadmap: "Roadmap", outside: Outside, canvas: Canvas, start: str = "") -> int:
    """Show the full screen until the reader leaves it; tell the exit status.

    `start` is the name of a paper or a place to begin at. Raises as `Names.anything`, and
    `DataFileError` if no catalogue can be read; and whatever was not expected.
    """
    roadmap.ledger.patience = _PATIENCE
    desk = Desk(roadmap)
    roadmap.busy = silently  # a line of progress would stand amid the screen
    if start:
        desk.go_to(start)
    app = FullScreen(desk, Deeds(desk, outside), canvas)
    status = app.run()
    if app.failure:
        raise app.failure
    return status or 0
