"""The commands of carrying over: progress taken in from elsewhere, and written for elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Force
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.program.collecting import Collecting
from roadmap_cli.program.importing import Import, Importing

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


@command(app, "import", "dry_run", "json", "header")
def import_(
    session: Session,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A list of any format; - for stdin."),
    ],
    name: Annotated[
        str,
        typer.Option(
            "--as", metavar="ID", help="Make or renew a catalogue of its own."
        ),
    ] = "",
    to: Annotated[
        str,
        typer.Option("--to", metavar="TOPIC", help="Put all of it into one topic."),
    ] = "",
    read: Annotated[
        bool, typer.Option("--read", help="Mark all that it has as read.")
    ] = False,
    statuses: Annotated[
        bool,
        typer.Option(
            "--statuses", help="Take its own ticks, statuses and tags as yours."
        ),
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", metavar="FILE", help="Keep what is refused there."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take in a list of papers, or exported progress. It shows first what it will do.

    Lists are Markdown, BibTeX, RIS, CSL JSON, CSV, Zotero's, bookmarks, OPML, ids and links.

    Example: roadmap import library.bib --dry-run

    Example: roadmap import syllabus.md --as cs886 --yes
    """
    status = Status.READ if read else None
    wanted = Import(name, to, status, with_statuses=statuses, rejected=rejected)
    person = session.person(assured=yes)
    importing = Importing(Collecting(session.roadmap), streams.read_bytes)
    session.present(importing.take(file, wanted, person, session.show))


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
