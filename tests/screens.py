"""The program on a pseudo-terminal, read as somebody sees it who sits before the screen."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

QUIET = 0.25
"""Seconds without a byte after which a screen stands still."""
LONGEST = 30.0
"""Seconds that are waited for what has to come."""
_UNREAD = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[[0-9;?]*\$[a-z]|\x1b[P_].*?\x1b\\"
)
"""Modes and questions that a terminal answers or obeys, and shows nothing of."""
ROADMAP = (sys.executable, "-m", "roadmap_cli")


class Seen:
    """A program on a terminal of so many columns and lines."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        program: Sequence[str] = ROADMAP,
    ) -> None:
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.ours, theirs = pty.openpty()
        self._set_size(columns, lines)
        unset = {"COLUMNS": "", "LINES": ""}
        environment = {**os.environ, **unset, "TERM": "xterm-256color", **(env or {})}
        self.running = subprocess.Popen(
            [*program, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={name: value for name, value in environment.items() if value},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        self.theirs = theirs  # kept open, so that what was set of it can be looked at

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(
            self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0)
        )

    def __enter__(self) -> Self:
        """The same; what runs is ended with the block."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End what runs."""
        if self.running.poll() is None:
            self.running.kill()
        self.running.wait()
        os.close(self.ours)
        os.close(self.theirs)

    @property
    def frame(self) -> str:
        """What is on the screen, without blanks at the ends of lines."""
        lines = [line.rstrip() for line in self._screen.display]
        return "\n".join(lines).rstrip("\n") + "\n"

    @property
    def modes(self) -> list[object]:
        """How the terminal is set, as `stty` tells it."""
        return list(termios.tcgetattr(self.theirs))

    def resize(self, columns: int, lines: int) -> None:
        """Be as large as that from now on."""
        self._screen.resize(lines, columns)
        self._set_size(columns, lines)

    def press(self, *keys: str) -> "Seen":
        """Type keys."""
        for key in keys:
            os.write(self.ours, key.encode())
        return self

    def wait_for(
        self, wanted: str | Callable[[str], bool], seconds: float = LONGEST
    ) -> "Seen":
        """Read until that is on the screen."""
        until = time.monotonic() + seconds
        is_there = wanted if callable(wanted) else lambda frame: wanted in frame
        while not is_there(self.frame):
            left = until - time.monotonic()
            if left <= 0 or not self._read(left):
                shown = f"{self.frame}\nended with {self.running.poll()}"
                raise AssertionError(f"{wanted} is not on the screen:\n{shown}")
        return self

    def settle(self) -> "Seen":
        """Read until the screen stands still."""
        while self._read(QUIET):
            pass
        return self

    def end(self) -> int:
        """Read until the program ends; its exit status."""
        until = time.monotonic() + LONGEST
        while self.running.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"it goes on:\n{self.frame}")
            self._read(0.05)
        while self._read(0):
            pass
        return self.running.returncode

    def _read(self, seconds: float) -> bool:
        """Read what comes within so many seconds; whether anything did."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self.ours, 65536)
        except OSError:
            return False
        self.raw += chunk
        chunk = chunk.replace(b"\x1b[?1049h", b"\x1b[2J")  # the other screen is empty
        self._stream.feed(_UNREAD.sub(b"", chunk))
        return bool(chunk)
