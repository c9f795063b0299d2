"""How a run ends: every failure becomes words and an exit status, here and nowhere else."""

from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from roadmap_cli import errors
from roadmap_cli.cli.terminal import streams
from roadmap_cli.errors import RoadmapError
from roadmap_cli.render.text import as_json as in_json
from roadmap_cli.render.text import safe_text

if TYPE_CHECKING:
    from roadmap_cli.rows.file_types import ErrorOutput


class ExitStatus(IntEnum):
    """What the program promises to scripts."""

    DONE = 0
    NOT_FOUND = 1
    USAGE = 2
    DATA = 3
    LOCKED = 4
    NETWORK = 5
    CANNOT_WRITE = 6
    BUG = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANING = {
    ExitStatus.DONE: "done, also when a list is empty",
    ExitStatus.NOT_FOUND: "nothing found, or refused",
    ExitStatus.USAGE: "wrong usage",
    ExitStatus.DATA: "a data file is damaged, invalid or too new",
    ExitStatus.LOCKED: "another `roadmap` holds the lock for too long",
    ExitStatus.NETWORK: "the network: a host gives no answer, or none of any use",
    ExitStatus.CANNOT_WRITE: "cannot write: disk full, read-only, no permission",
    ExitStatus.BUG: "a bug of ours; a report is left in the state folder",
    ExitStatus.INTERRUPTED: "interrupted",
    ExitStatus.PIPE_CLOSED: "the reader of our pipe went away",
}
"""What each of them says; the documents are made of it."""

_STATUS_OF: dict[type, ExitStatus] = {
    errors.NotFoundError: ExitStatus.NOT_FOUND,
    errors.AmbiguousNameError: ExitStatus.NOT_FOUND,
    errors.RefusedError: ExitStatus.NOT_FOUND,
    errors.DeclinedError: ExitStatus.NOT_FOUND,
    errors.WrongUsageError: ExitStatus.USAGE,
    errors.DataFileError: ExitStatus.DATA,
    errors.LockedError: ExitStatus.LOCKED,
    errors.NetworkError: ExitStatus.NETWORK,
    errors.CannotWriteError: ExitStatus.CANNOT_WRITE,
    streams.PipeClosedError: ExitStatus.PIPE_CLOSED,
    RoadmapError: ExitStatus.BUG,
}


def outcome(
    command: Callable[[], object],
    *,
    as_json: bool,
    debug: bool,
    state: Callable[[], Path],
    warn: Callable[[], None],
    failed: Callable[[], RoadmapError | None] = lambda: None,
) -> int:
    """Run a command; say what went wrong, if anything did; tell the exit status.

    Where something is not found, `warn` says first what was left out. What `failed` tells after
    a run that showed what it came to is said beside that, and its status is the run's. Anything
    that is not expected is a bug: it leaves a report in `state`, and its traceback is shown only
    if `debug`.
    """
    try:
        result = command()
    except RoadmapError as problem:
        if isinstance(problem, errors.NotFoundError):
            warn()
        return _fail(problem, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        streams.say("interrupted")
        return ExitStatus.INTERRUPTED
    except Exception as bug:  # noqa: BLE001 - the one place where bugs end
        return _fail(_reported(bug, debug=debug, state=state), as_json=as_json)
    if failure := failed():
        return _fail(failure, as_json=False)
    return result if isinstance(result, int) else ExitStatus.DONE


def _fail(problem: RoadmapError, *, as_json: bool) -> int:
    status = status_of(type(problem))
    if status is not ExitStatus.PIPE_CLOSED:
        _tell(problem, status, as_json=as_json)
    return status


def status_of(kind: type[RoadmapError]) -> ExitStatus:
    """The status of a kind of failure: its own, or that of the kind that it is one of."""
    return next(_STATUS_OF[base] for base in kind.__mro__ if base in _STATUS_OF)


def _tell(problem: RoadmapError, status: ExitStatus, *, as_json: bool) -> None:
    if as_json:
        output: ErrorOutput = {
            "version": 1,
            "error": {
                "message": str(problem),
                "hint": problem.hint,
                "status": int(status),
            },
        }
        with suppress(RoadmapError):  # nobody reads it: stderr still says it
            streams.write(in_json(output))
    if isinstance(problem, errors.DeclinedError):
        streams.say(str(problem))
    else:
        streams.report(problem)


def _reported(
    bug: Exception, *, debug: bool, state: Callable[[], Path]
) -> RoadmapError:
    """What to say of a bug, whose traceback (without the values of variables) is kept."""
    import platform
    import traceback

    from roadmap_cli import __version__
    from roadmap_cli.disk import durable

    trace = "".join(traceback.format_exception(bug)).rstrip()
    if debug:
        streams.say(trace)
    about = f"roadmap {__version__}, Python {platform.python_version()}, {platform.system()}"
    # Reports are read on terminals too.
    safe = "\n".join(map(safe_text, [about, *trace.split("\n")]))
    try:
        report = state() / "crash-report.txt"
        durable.replace(report, f"{safe}\n".encode(errors="replace"))
        hint = f"please report it with {report}"
    except RoadmapError:
        hint = "run again with --debug to see where"
    return RoadmapError(f"a bug in roadmap: {type(bug).__name__}", hint=hint)
