"""Starts the program, as `roadmap` or `python -m roadmap_cli`, or answers a TAB in the shell."""

import os
import sys
from datetime import UTC, datetime

from roadmap_cli.completion import VARIABLE
from roadmap_cli.completion.line import Command


def run() -> None:
    """Run the program on the command line's arguments, and end the process."""
    if VARIABLE in os.environ:
        from roadmap_cli.completion.answer import answer

        sys.exit(answer(sys.argv[1:], os.environ, lambda: datetime.now(UTC), _grammar))
    from roadmap_cli.cli import run as start

    start()


def _grammar() -> Command:
    from roadmap_cli.cli.grammar import grammar
    from roadmap_cli.cli.main import commands

    return grammar(commands())


if __name__ == "__main__":
    run()
