"""The program `roadmap`: its commands put together, and how a run starts and ends."""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from roadmap_cli import __version__
from roadmap_cli.cli.asked import Program, every_part, parts, used_most
from roadmap_cli.cli.framework.command import share
from roadmap_cli.cli.framework.options import (
    AsJson,
    Catalogues,
    Debug,
    Help,
    InColour,
    NoInput,
    NoPager,
    Plain,
    Quiet,
    Verbose,
)
from roadmap_cli.cli.framework.outcome import outcome
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.disk.environment import find_places

PROGRAMS = ("roadmap", "genai-roadmap")
"""The names under which the program is installed."""


def _version(value: bool) -> None:
    if value:
        streams.write(f"roadmap {__version__}")
        raise typer.Exit


def root(
    ctx: typer.Context,
    *,
    json_: AsJson = False,
    catalogue: Catalogues = None,
    plain: Plain = False,
    colour: InColour = None,
    no_pager: NoPager = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    debug: Debug = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    help_: Help = False,
) -> None:
    """Show where you stand and the next step."""
    session = Session.of(ctx)
    if ctx.invoked_subcommand is None:
        advice, due = session.roadmap.guide.first(1), session.due
        news = session.headline()
        session.show(session.ahead.stand(advice, due, used_most(), news))


def assembled(arguments: Sequence[str] | None = None) -> typer.Typer:
    """All commands put together, or only what these words ask for."""
    app = typer.Typer(
        cls=Program,
        help="Say what to read next about generative AI, and why; keep what you have read.",
        epilog="A paper's NAME is its key, an alias, an arXiv id or link, or a piece of its title."
        " `roadmap help` tells more, exit statuses included.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(root)
    for part in every_part() if arguments is None else parts(arguments):
        app.add_typer(part)
    return app


def commands(arguments: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - typer keeps the classes of what it builds to itself
    """The program as the framework runs it."""
    return share(typer.main.get_command(assembled(arguments)))


def main(
    arguments: Sequence[str],
    now: Callable[[], datetime] | None = None,
    program: str = PROGRAMS[0],
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Run the program and tell its exit status."""
    session = Session(now, sleep) if now else Session(sleep=sleep)
    command = commands(arguments)
    options = arguments[: [*arguments, "--"].index("--")]
    status = outcome(
        lambda: command(list(arguments), program, standalone_mode=False, obj=session),
        as_json="--json" in options,
        debug="--debug" in options,
        state=lambda: find_places(os.environ, []).state,
        warn=session.warn_of_catalogues,
        failed=lambda: session.failure,
    )
    session.close()
    return status


def run() -> NoReturn:
    """Run the program on the command line's arguments, and end the process."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    called = Path(sys.argv[0]).stem
    program = called if called in PROGRAMS else PROGRAMS[0]
    sys.exit(main(sys.argv[1:], program=program))


def _end(number: int, _: object) -> None:
    """Leave by way of every `finally`, with the status that shells expect of a signal."""
    sys.exit(128 + number)
