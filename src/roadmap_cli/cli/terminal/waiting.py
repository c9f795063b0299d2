"""A line on the terminal that names the work in progress and how far it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from roadmap_cli.busy import Busy, Tell, silently
from roadmap_cli.cli.terminal import streams
from roadmap_cli.render.text import safe_text

if TYPE_CHECKING:
    from threading import Event

DELAY = 0.5
"""Seconds before the line is shown."""
_TICK = 0.2
_SPARE = 3
"""Columns left free: for the cursor, and for `^C`."""


def watched(environment: Mapping[str, str], *, is_quiet: bool, is_plain: bool) -> Busy:
    """Shows work on the terminal that messages go to; nothing if there is none."""
    if is_quiet or not streams.hears_messages():
        return silently
    in_place = streams.can_redraw(environment, is_plain=is_plain)
    return lambda what: _shown(what, in_place=in_place)


@contextmanager
def _shown(what: str, *, in_place: bool) -> Iterator[Tell]:
    """Show what is done once that has taken a while, and take it away at the end.

    The work tells little of itself and the parser nothing, so a thread looks at the clock.
    Only it writes: Ctrl-C interrupts the work, and never a line half drawn or half erased.
    """
    from threading import (  # a run that has nothing to wait for does without
        Event,
        Thread,
    )

    line, is_over = Line(what), Event()
    show = line.redraw if in_place else line.say
    thread = Thread(target=show, args=(is_over,), daemon=True)
    try:
        with suppress(RuntimeError):  # no more threads may be had: then unseen
            thread.start()
        yield line.tell
    finally:
        is_over.set()
        if thread.is_alive():
            thread.join()


class Line:
    """What is being done, since when, and how far it is if that is known."""

    def __init__(self, what: str) -> None:
        self.what = safe_text(what)
        self.begun = monotonic()
        self.done: float | None = None

    def tell(self, done: float) -> None:
        """Know from now on which part is done."""
        self.done = done

    def redraw(self, is_over: "Event") -> None:
        """Draw it again and again in the same place until all is over, then erase it."""
        if is_over.wait(DELAY):
            return
        while True:
            streams.draw(self.text(streams.columns_there(), monotonic()))
            if is_over.wait(_TICK):
                break
        streams.draw("")

    def say(self, is_over: "Event") -> None:
        """Say it once, where nothing that was shown can be taken back."""
        if not is_over.wait(DELAY):
            streams.say(f"{self.what}...")

    def text(self, width: int, now: float) -> str:
        """It as one line of so many columns: what is done is cut, how far it is stays."""
        seconds = int(now - self.begun)
        if self.done is not None:
            end = f"... {int(100 * self.done)} %"
        else:
            end = f"... {seconds} s" if seconds else "..."
        room = max(0, width - _SPARE)
        return _cut(_cut(self.what, room - len(end)) + end, room)


def _cut(text: str, columns: int) -> str:
    """As much of the beginning as has room."""
    for place, letter in enumerate(text):
        columns -= 2 if east_asian_width(letter) in "WF" else 1
        if columns < 0:
            return text[:place]
    return text
