"""The pager of the reader's choice, for what is longer than the screen."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from roadmap_cli.cli.terminal.streams import size

_LESS = "-FRX -Ps"
"""Quit if it fits after all, keep colours, leave the text on the screen, and say what follows."""
_WAYS = (
    "space goes on, b goes back, / searches, q leaves",
    "space on, b back, q leaves",
)
"""How to go on; what is wider than the screen, `less` would show the end of."""


def wanted(text: str, environment: Mapping[str, str]) -> list[str] | None:
    """The command of the pager to show a text with; nothing if it is to be printed.

    That is if no person sits at both ends, or the text fits on the screen.
    """
    streams = (sys.stdin, sys.stdout)
    if any(stream is None or not stream.isatty() for stream in streams):
        return None
    if environment.get("TERM", "dumb") == "dumb":
        return None
    if text.count("\n") + 1 < size().lines:
        return None
    return _command(environment)


def _command(environment: Mapping[str, str]) -> list[str] | None:
    import shlex  # what fits on the screen does without

    named = environment.get("ROADMAP_PAGER", environment.get("PAGER"))
    try:
        words = shlex.split("less" if named is None else named)
    except ValueError:  # a quotation that does not end
        return None
    is_there = words and words != ["cat"] and shutil.which(words[0])
    return words if is_there else None


def page(text: str, command: list[str], environment: Mapping[str, str]) -> bool:
    """Show a text through a pager, to its end or until the reader quits; tell if it began."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        pager = subprocess.Popen(  # noqa: S603 - the reader's own pager
            command,
            stdin=subprocess.PIPE,
            env={"LESS": _LESS + _way(), **environment},
        )
    except OSError:
        return False
    with interrupts_left_to(pager):
        # Whoever quits before the end has seen enough: a broken pipe is no error.
        pager.communicate(f"{text}\n".encode(encoding, errors="replace"))
    return True


def _way() -> str:
    """How to go on, in as many words as the screen has room for beside the cursor."""
    return next((way for way in _WAYS if len(way) < size().columns), _WAYS[-1])


@contextmanager
def interrupts_left_to(program: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let Ctrl-C mean what it means in a program that has the terminal, and puts it right."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    except BaseException:
        program.terminate()
        program.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
