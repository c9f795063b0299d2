"""Starts the program, as `roadmap` or `python -m roadmap_cli`, or answers a TAB in the shell."""

import atexit
import gc
import os
import sys
from _signal import (  # type: ignore[import-not-found]  # what `signal` imports takes its time
    SIG_IGN,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False  # `typing` has it too, and is slow to load
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from typing import NoReturn

    from roadmap_cli.completion.line import Command

_INTERRUPTED = 130


def run() -> None:
    """Run the program on the command line's arguments, and end the process.

    A run is too short for garbage to matter: looking for it, and taking everything apart at the
    end, would cost a fifth of the time. Ctrl-C ends it at once while it starts, as
    `cli.framework.outcome` says while a command runs, and not at all when everything is done.
    """
    hears = getsignal(SIGINT) is default_int_handler  # else it is told not to
    if hears:
        signal(SIGINT, _end)
        sys.unraisablehook = _end_if_interrupted
    gc.disable()
    try:
        _run(hears=hears)
    except SystemExit as leaving:
        status = leaving.code
    except KeyboardInterrupt:  # while the command is put together
        status = _INTERRUPTED
    finally:
        if hears:
            signal(SIGINT, SIG_IGN)
        gc.freeze()
    _leave(status)


def _run(*, hears: bool) -> "NoReturn":
    from roadmap_cli.completion import VARIABLE

    if VARIABLE in os.environ:
        from datetime import UTC, datetime

        from roadmap_cli.completion.answer import answer

        sys.exit(answer(sys.argv[1:], os.environ, lambda: datetime.now(UTC), _grammar))
    from roadmap_cli.cli import run as start

    if hears:
        signal(SIGINT, default_int_handler)
    start()


def _leave(status: str | int | None) -> "NoReturn":
    """End the process without taking its objects apart: the system does that all at once.

    In the usual way where anybody waits for that: a profiler, another thread, or a stream that
    fails, of which Python then complains.
    """
    threads = sys.modules.get("threading")
    is_alone = threads is None or threads.active_count() == 1
    is_watched = sys.getprofile() or sys.gettrace()
    if not isinstance(status, int) or not is_alone or is_watched:
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001 - nothing public runs them
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        sys.exit(status)
    os._exit(status)


def _end(*_: object) -> None:
    """Leave without a word: nothing was begun, and half of a program cannot clean up."""
    os._exit(_INTERRUPTED)


def _end_if_interrupted(problem: "UnraisableHookArgs") -> None:
    """Leave also where Python would only print that it was interrupted, and go on: in a callback.

    What is being written survives that, as it survives a power cut.
    """
    if issubclass(problem.exc_type, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(problem)


def _grammar() -> "Command":
    from roadmap_cli.cli.grammar import grammar
    from roadmap_cli.cli.main import commands

    return grammar(commands())


if __name__ == "__main__":
    run()
