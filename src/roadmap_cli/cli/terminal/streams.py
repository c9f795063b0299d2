"""The streams and what they can do; the only place that writes to them."""

import errno
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import typer

from roadmap_cli.errors import CannotWriteError, RoadmapError, WrongUsageError
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.text import safe_text, wrapped

_MOST = 10_000
"""Columns, or lines, that are believed."""
_MOST_TEXT = 2**24
"""Bytes of standard input that are read as text."""
_ANSWER = len(" yes")
"""Columns left free behind a question."""


class PipeClosedError(RoadmapError):
    """The reader of our output closed it."""


class Colour(StrEnum):
    """When to use colour; `auto` leaves it to the terminal and the environment."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def canvas(
    environment: Mapping[str, str], *, is_plain: bool, colour: Colour = Colour.AUTO
) -> Canvas | None:
    """What to draw on, or nothing where output goes to a program.

    Who demands colour gets drawings in colour even in a pipe.
    """
    is_terminal = has_screen()
    is_demanded = colour is Colour.ALWAYS or (
        colour is Colour.AUTO and _has(environment, "FORCE_COLOR", "CLICOLOR_FORCE")
    )
    if not (is_terminal or is_demanded or is_plain):
        return None
    is_plain = is_plain or _has(environment, "ACCESSIBLE")
    if colour is Colour.AUTO:
        has_colour = (is_demanded and not environment.get("NO_COLOR")) or (
            is_terminal and not is_plain and not _refuses_colour(environment)
        )
    else:
        has_colour = colour is Colour.ALWAYS
    return Canvas(
        width=size().columns,
        has_colour=has_colour,
        has_unicode=_can_show("✓▸█░–…·→"),
        is_plain=is_plain,
    )


def _refuses_colour(environment: Mapping[str, str]) -> bool:
    """What https://no-color.org and https://bixense.com/clicolors say, and dumb terminals."""
    return (
        bool(environment.get("NO_COLOR"))
        or environment.get("FORCE_COLOR") in ("0", "false")
        or environment.get("CLICOLOR") == "0"
        or environment.get("TERM") == "dumb"
    )


def _has(environment: Mapping[str, str], *switches: str) -> bool:
    """Whether one of these variables is switched on."""
    return any(
        environment.get(switch, "") not in ("", "0", "false") for switch in switches
    )


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


def read_bytes(most: int) -> bytes:
    """What standard input holds, at most so many bytes of it; nothing if it is closed."""
    return sys.stdin.buffer.read(most) if sys.stdin else b""


def read_text() -> str:
    """The text on standard input; raises `WrongUsageError` if it is none, or very much."""
    data = read_bytes(_MOST_TEXT + 1)
    if len(data) > _MOST_TEXT:
        raise WrongUsageError("standard input holds more than 16 MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUsageError("standard input is no text in UTF-8") from None


def is_standard_output(output: Path) -> bool:
    """Whether a name stands for what standard output goes to: `-`, or `/dev/stdout`."""
    if str(output) == "-":
        return True
    try:
        return os.path.samestat(output.stat(), os.fstat(1))
    except OSError:
        return False


def say(text: str) -> None:
    """Send a message to standard error; if even that fails there is nothing left to do.

    Whatever it quotes, a terminal obeys none of it, and breaks no word of it.
    """
    if sys.stderr is not None:
        safe = "\n".join(_wrapped(safe_text(line)) for line in text.split("\n"))
        try:
            _send(sys.stderr, safe + "\n")
        except RoadmapError:
            return


def _wrapped(line: str) -> str:
    """A message in lines of the terminal that it goes to."""
    if not hears_messages() or line.startswith(" "):  # set in: laid out already
        return line
    return "\n".join(wrapped(line, width_for_messages(), indent=2))


def hears_messages() -> bool:
    """Whether messages go to a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def has_screen() -> bool:
    """Whether output goes to a terminal, so that a program can draw on it."""
    return sys.stdout is not None and sys.stdout.isatty()


def lacks_screen(
    environment: Mapping[str, str], least: tuple[int, int], *, is_plain: bool
) -> str:
    """Why the terminal is no screen that a program can fill; empty if it is one.

    It takes at `least` so many columns and lines.
    """
    is_heard = sys.stdin is not None and sys.stdin.isatty()
    if not (has_screen() and hears_messages() and is_heard):
        return "no terminal is there"
    if is_plain or _has(environment, "ACCESSIBLE"):
        return "it cannot be read aloud"
    if environment.get("TERM") == "dumb":
        return "TERM=dumb cannot draw"
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    if columns < least[0] or lines < least[1]:
        wanted = f"{least[0]} columns and {least[1]} lines"
        return f"it takes {wanted}, and this terminal has {columns} and {lines}"
    return ""


def can_redraw(environment: Mapping[str, str], *, is_plain: bool) -> bool:
    """Whether a line of messages may change in its place.

    A dumb terminal cannot do it, and a program that reads the screen aloud would read every
    change.
    """
    is_plain = is_plain or _has(environment, "ACCESSIBLE")
    return not is_plain and environment.get("TERM") != "dumb"


def size() -> os.terminal_size:
    """The columns and lines to lay the output out in: as the environment says, else all there are.

    No screen has more than 10,000 of either, whatever the environment says.
    """
    columns, lines = shutil.get_terminal_size((80, 24))
    return os.terminal_size((min(columns, _MOST), min(lines, _MOST)))


def width_for_messages() -> int:
    """The columns to lay messages out in: those that were asked for, else all there are."""
    named = os.environ.get("COLUMNS", "")
    is_number = named.isdecimal() and len(named) <= len(str(_MOST))
    return min(int(named), _MOST) if is_number and int(named) else columns_there()


def columns_there() -> int:
    """The columns of the terminal that messages go to, whatever the output goes to."""
    columns = 0  # what a terminal says that was never told
    if sys.stderr is not None:
        with suppress(OSError):
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
    return columns or 80


def draw(text: str) -> None:
    """Put a text in the place of the line that the cursor is on; an empty one erases it.

    It goes to standard error and fails as `say` does.
    """
    with suppress(RoadmapError):
        _send(sys.stderr, f"\r{safe_text(text)}\x1b[K")


def ask(question: str) -> str:
    """Ask on the terminal that messages go to, and give what is typed, without space around it.

    The question is laid out as a message is, with room behind it for a short answer. Nothing of
    it goes to standard output, which may be a pipe. Raises `typer.Abort` for Ctrl-C and Ctrl-D,
    and where the terminal is gone.
    """
    width = max(width_for_messages() - _ANSWER, 1)
    asked = "\n".join(wrapped(safe_text(question), width, indent=2))
    with suppress(RoadmapError):
        _send(sys.stderr, f"{asked} ")
    try:
        typed = sys.stdin.buffer.readline()
    except (KeyboardInterrupt, OSError):  # Linux says so of a terminal that went away
        typed = b""
    if not typed:
        say("")  # what follows stands on a line of its own
        raise typer.Abort
    return typed.decode(sys.stdin.encoding or "ascii", errors="replace").strip()


def report(problem: RoadmapError, *, label: str = "error") -> None:
    """Say what is wrong, and the way out if there is one."""
    say(f"{label}: {problem}")
    if problem.hint:
        say(f"hint: {problem.hint}")


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
