"""The streams and what they can do; the only place that writes to them."""

import errno
import os
import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

from roadmap_cli.errors import CannotWriteError, RoadmapError
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.text import safe_text


class PipeClosedError(RoadmapError):
    """The reader of our output went away: there is nobody left to tell."""


def canvas(environment: Mapping[str, str], *, is_plain: bool) -> Canvas | None:
    """What to draw on, or nothing where output goes to a program.

    https://no-color.org, https://bixense.com/clicolors; `FORCE_COLOR` and `CLICOLOR_FORCE`
    ask for drawings in colour even in a pipe.
    """
    forced = any(environment.get(name, "0") not in ("", "0") for name in _FORCING)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if not (is_terminal or forced or is_plain):
        return None
    is_dumb = environment.get("TERM") == "dumb"
    refused = (
        bool(environment.get("NO_COLOR"))
        or environment.get("FORCE_COLOR") == "0"
        or environment.get("CLICOLOR") == "0"
        or is_dumb
        or is_plain
    )
    return Canvas(
        width=shutil.get_terminal_size((80, 24)).columns,
        has_colour=(forced and not environment.get("NO_COLOR"))
        or (is_terminal and not refused),
        has_unicode=_can_show("✓▸█░–…·→"),
        is_plain=is_plain,
    )


_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


def _can_show(text: str) -> bool:
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write(text: str) -> None:
    """Send a text, and the end of its line, to standard output.

    Raises `PipeClosedError` if nobody reads it any more, `CannotWriteError` if it cannot be
    written.
    """
    _send(sys.stdout, text + "\n")


def write_bytes(data: bytes) -> None:
    """Send bytes to standard output as they are; raises as `write` does."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise _failure(sys.stdout, error) from error


def say(text: str) -> None:
    """Send a message to standard error; if even that fails there is nothing left to do."""
    if sys.stderr is not None:
        try:
            _send(sys.stderr, text + "\n")
        except RoadmapError:
            return


def report(problem: RoadmapError, *, label: str = "error") -> None:
    """Say what is wrong, and the way out if there is one."""
    first, *rest = str(problem).split("\n")
    say(f"{label}: {safe_text(first)}")
    for line in rest:
        say(safe_text(line))
    if problem.hint:
        say(f"hint: {safe_text(problem.hint)}")


def _send(stream: TextIO | None, text: str) -> None:
    if stream is None:  # the shell closed it: `>&-`
        return
    encoding = stream.encoding or "ascii"
    try:
        stream.write(text.encode(encoding, errors="replace").decode(encoding))
        stream.flush()
    except OSError as error:
        raise _failure(stream, error) from error


def _failure(stream: TextIO, error: OSError) -> RoadmapError:
    _drop(stream)
    if error.errno == errno.EPIPE:
        return PipeClosedError("nobody reads the output")
    return CannotWriteError(f"cannot write the output: {error.strerror}")


def _drop(stream: TextIO) -> None:
    """Let nothing be written when the interpreter ends: it would fail once more, loudly."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
