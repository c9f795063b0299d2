"""The commands of carrying over: progress taken in from elsewhere, and written for elsewhere."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.filing import contents, is_beside_journals, journals_in, save
from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Force
from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.journal import torn_end
from roadmap_cli.language.spelling import counted, listed
from roadmap_cli.program.ledger import Taken
from roadmap_cli.progress.marks import Moved
from roadmap_cli.views import View

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
    session.show(_taken(session, files))


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
    session.show(_taken(session, [file]))


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
    _export(session, output, force=force)
    session.warn()


def _export(session: Session, output: Path | None, *, force: bool) -> None:
    from roadmap_cli.journal.bundle import is_ours

    text = session.roadmap.ledger.export()
    save(session, text.encode(), output, is_ours, force=force)


def _taken(session: Session, paths: Sequence[Path]) -> View:
    files = [(str(path), contents(path)) for path in _journals_among(session, paths)]
    taken, moved = session.roadmap.record.take_in(files)
    for (name, _), one in zip(files, taken, strict=True):
        if one.is_torn:
            session.tell(torn_end(name))
    _tell_taken(session, taken, [one for one in moved if one.is_of_status])
    counts = (one.events for one in taken)
    return session.rows.taken(zip((name for name, _ in files), counts, strict=True))


def _journals_among(session: Session, paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and the journals of folders; what lies beside is skipped."""
    found: list[Path] = []
    for path in paths:
        if is_beside_journals(path):
            session.tell(f"{path}: lies beside a journal and is none; skipped")
        else:
            found += journals_in(path) if os.path.isdir(path) else [path]  # noqa: PTH112 - says no where it may not look
    return found


def _tell_taken(
    session: Session, taken: Sequence[Taken], moved: Sequence[Moved]
) -> None:
    """Say what that changes, and the way back."""
    events = counted(sum(one.events for one in taken), "new event")
    called = session.roadmap.names.called
    some = listed([f"{called(one.name)} is {one.after.status}" for one in moved])
    come = "would come" if session.asked.is_rehearsal else "came"
    session.tell(f"{events} {come} in{f': {some}' if some else ', no status changes'}")
    if kept := [str(path) for one in taken for path in one.kept]:
        session.tell(f"hint: {_way_back(taken)} remove {', '.join(kept)}")


def _way_back(taken: Sequence[Taken]) -> str:
    if any(one.has_own for one in taken):
        return "`undo` takes back what this device said itself; to take all of it back,"
    return "`undo` leaves that alone; to take it back,"
