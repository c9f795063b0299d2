"""The program `roadmap`: its commands put together, and how a run starts and ends."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli import __version__
from roadmap_cli.cli import browsing, helping, keeping, planning, reading, terminal
from roadmap_cli.cli.options import AsJson
from roadmap_cli.cli.outcome import outcome
from roadmap_cli.cli.places import find_places
from roadmap_cli.cli.session import Session
from roadmap_cli.guide import Request

app = typer.Typer(
    help="Say what to read next about generative AI, and why; keep what you have read.",
    epilog="A paper's NAME is its key, an alias, an arXiv id or link, or a piece of its title."
    " `roadmap help` tells more, exit statuses included.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(reading.app)
app.add_typer(browsing.app)
app.add_typer(planning.app)
app.add_typer(keeping.app)
app.add_typer(helping.app)


def _version(value: bool) -> None:
    if value:
        terminal.write(f"roadmap {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            "--catalogue", metavar="FILE", help="Use these catalogues instead of yours."
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Words only: no boxes, bars or marks.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where a bug happened.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    *,
    json_: AsJson = False,
) -> None:
    """Show where you stand and the next step."""
    session = Session.of(ctx)
    session.configure(catalogues=catalogue or [], is_plain=plain)
    if ctx.invoked_subcommand is None:
        session.show(session.ways.stand(session.roadmap.guide.next(Request(), 1)))


def main(arguments: Sequence[str], now: Callable[[], datetime] | None = None) -> int:
    """Run the program and tell its exit status."""
    session = Session(now) if now else Session()
    command = typer.main.get_command(app)
    status = outcome(
        lambda: command(list(arguments), "roadmap", standalone_mode=False, obj=session),
        as_json="--json" in arguments,
        debug="--debug" in arguments,
        state=find_places(os.environ, []).state,
    )
    session.close()
    return status


def run() -> None:
    """Run the program on the command line's arguments, and end the process."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    sys.exit(main(sys.argv[1:]))


def _end(number: int, _: object) -> None:
    """Leave by way of every `finally`, with the status that shells expect of a signal."""
    sys.exit(128 + number)
