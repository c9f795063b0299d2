"""The commands of carrying over: progress taken in from elsewhere, and written for elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Force
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.errors import WrongUsageError

app = typer.Typer()


@command(app, "merge", "dry_run", "json")
def merge(
    session: Session,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Journals, exports, or folders of them."
        ),
    ],
) -> None:
    """Take in progress from elsewhere. What is known already is not taken twice.

    Example: roadmap merge old-laptop.toml

    Example: roadmap merge phone.toml desk.toml
    """
    take_in = session.carrying.take_in
    session.present(take_in(files, streams.read_bytes))


@command(app, "import", "dry_run", "json")
def import_(
    session: Session,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `export` wrote; - for stdin.")
    ],
) -> None:
    """Take in exported progress.

    Example: roadmap import progress.toml

    Example: roadmap import - < progress.toml
    """
    take_in = session.carrying.take_in
    session.present(take_in([file], streams.read_bytes))


@command(app, "export")
def export(
    session: Session,
    progress: Annotated[
        bool, typer.Option("--progress", help="All that you have marked.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout."),
    ] = None,
    force: Force = False,
) -> None:
    """Write your progress as one text, to carry it elsewhere.

    Example: roadmap export --progress

    Example: roadmap export --progress --output progress.toml
    """
    if not progress:
        raise WrongUsageError(
            "nothing to export was named", hint="roadmap export --progress"
        )
    session.deliver(session.carrying.export(), output, force=force)
    session.warn()
