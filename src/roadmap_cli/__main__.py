"""Starts the program, as `roadmap` or `python -m roadmap_cli`, or answers a TAB in the shell."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from roadmap_cli.completion import VARIABLE

if TYPE_CHECKING:
    from roadmap_cli.completion.line import Command

_INTERRUPTED = 130


def run() -> None:
    """Run the program on the command line's arguments, and end the process.

    A run is too short for garbage to matter: looking for it, most of all at the end, would
    cost a fifth of the time.
    """
    gc.disable()
    try:
        _run()
    except KeyboardInterrupt:  # before the program is there to say so itself
        sys.exit(_INTERRUPTED)
    finally:
        gc.freeze()


def _run() -> None:
    if VARIABLE in os.environ:
        from datetime import UTC, datetime

        from roadmap_cli.completion.answer import answer

        sys.exit(answer(sys.argv[1:], os.environ, lambda: datetime.now(UTC), _grammar))
    from roadmap_cli.cli import run as start

    start()


def _grammar() -> "Command":
    from roadmap_cli.cli.grammar import grammar
    from roadmap_cli.cli.main import commands

    return grammar(commands())


if __name__ == "__main__":
    run()
