"""The commands of keeping: taking back, looking back, notes, copies, health, carrying over."""

import os
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.dates import as_written, day
from roadmap_cli.cli.filing import contents, save
from roadmap_cli.cli.options import AsJson, DryRun, Header, Name
from roadmap_cli.cli.reading import Yes, show_marked
from roadmap_cli.cli.session import Session
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.journal import Copy
from roadmap_cli.model import Paper
from roadmap_cli.views import View, copies, findings

app = typer.Typer()

Since = Annotated[
    date | None,
    typer.Option(
        "--since",
        parser=as_written,
        callback=day,
        metavar="DATE",
        help="Only from this day on.",
    ),
]


@app.command()
def undo(ctx: typer.Context, *, dry_run: DryRun = False, json_: AsJson = False) -> None:
    """Take back the last command of this device. Again, it takes back the one before it.

    Example: roadmap undo

    Example: roadmap undo --json
    """
    session = Session.of(ctx)
    show_marked(session, session.roadmap.undo())


@app.command()
def redo(ctx: typer.Context, *, dry_run: DryRun = False, json_: AsJson = False) -> None:
    """Take back the last undo.

    Example: roadmap redo

    Example: roadmap redo --json
    """
    session = Session.of(ctx)
    show_marked(session, session.roadmap.redo())


@app.command()
def history(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Only this paper.", show_default=False),
    ] = None,
    since: Since = None,
    *,
    json_: AsJson = False,
    header: Header = False,
) -> None:
    """Tell what was said when, and on which device. The newest comes first, with what was taken back.

    Example: roadmap history lora

    Example: roadmap history --since 2026-01-01
    """
    session = Session.of(ctx)
    session.show(session.rows.events(session.roadmap.history(name, since)))


@app.command()
def note(
    ctx: typer.Context,
    name: Name,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="A line to add.", show_default=False),
    ] = None,
    *,
    json_: AsJson = False,
) -> None:
    """Add a dated line to a paper's notes, or edit them. Without a line they open in your editor.

    Example: roadmap note lora "the rank may be tiny"

    Example: roadmap note lora
    """
    session = Session.of(ctx)
    paper = session.roadmap.names.paper(name)
    path = _noted(session, paper, " ".join(words)) if words else _edited(session, paper)
    session.show(session.rows.note(paper, str(path)))


@app.command()
def backup(ctx: typer.Context, *, json_: AsJson = False) -> None:
    """Copy your progress and notes as they are now.

    Example: roadmap backup

    Example: roadmap backup --json
    """
    session = Session.of(ctx)
    made = session.roadmap.ledger.backups.make(session.now())
    session.show(
        _listed(one for one in session.roadmap.ledger.backups.all() if one.path == made)
    )


@app.command()
def restore(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[COPY]", help="Its name, or the beginning; else the newest."
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Only list the copies.")
    ] = False,
    yes: Yes = False,
    *,
    dry_run: DryRun = False,
    json_: AsJson = False,
    header: Header = False,
) -> None:
    """Bring back a copy of your progress. What it replaces is copied first.

    Example: roadmap restore --list

    Example: roadmap restore --yes
    """
    session = Session.of(ctx)
    backups = session.roadmap.ledger.backups
    session.show(_listed(backups.all())) if list_ else _restore(
        session, name, assured=yes
    )


@app.command()
def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended safely.")
    ] = False,
    *,
    json_: AsJson = False,
    header: Header = False,
) -> None:
    """Look for what is not right with your files, and its cure.

    Example: roadmap doctor

    Example: roadmap doctor --fix
    """
    session = Session.of(ctx)
    found = session.roadmap.examine(fix=fix)
    session.show(
        findings((one.problem, one.cure, one.is_harmless, one.fixed) for one in found)
    )
    raise typer.Exit(int(any(not (one.is_harmless or one.fixed) for one in found)))


@app.command()
def merge(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Journals or exports.")
    ],
    *,
    dry_run: DryRun = False,
    json_: AsJson = False,
) -> None:
    """Take in progress from elsewhere. What is known already is not taken twice.

    Example: roadmap merge old-laptop.toml

    Example: roadmap merge phone.toml desk.toml
    """
    session = Session.of(ctx)
    session.show(_taken(session, files))


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `export` wrote; - for stdin.")
    ],
    *,
    dry_run: DryRun = False,
    json_: AsJson = False,
) -> None:
    """Take in exported progress.

    Example: roadmap import progress.toml

    Example: roadmap import - < progress.toml
    """
    session = Session.of(ctx)
    session.show(_taken(session, [file]))


@app.command()
def export(
    ctx: typer.Context,
    progress: Annotated[
        bool, typer.Option("--progress", help="All that you have marked.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout."),
    ] = None,
) -> None:
    """Write your progress as one text, to carry it elsewhere.

    Example: roadmap export --progress

    Example: roadmap export --progress --output progress.toml
    """
    session = Session.of(ctx)
    if not progress:
        raise WrongUsageError("export what?", hint="roadmap export --progress")
    save(session.roadmap.ledger.export().encode(), output)
    session.warn()


def _listed(found: Iterable[Copy]) -> View:
    return copies((one.name, one.events, str(one.path)) for one in found)


def _noted(session: Session, paper: Paper, line: str) -> Path:
    notes = session.roadmap.notes
    return notes.add(paper, line) if line.strip() else notes.path(paper)


def _edited(session: Session, paper: Paper) -> Path:
    """The file, once the reader has closed the editor; nothing of ours is locked meanwhile."""
    editor = (
        os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    )
    if not editor:
        path = session.roadmap.notes.path(paper)
        hint = f"set VISUAL or EDITOR, or edit {path}; or: roadmap note NAME TEXT"
        raise RefusedError("no editor is set", hint=hint)
    if session.no_input:
        raise WrongUsageError(
            "an editor needs somebody to type", hint="roadmap note NAME TEXT"
        )
    path = session.roadmap.notes.prepare(paper)
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        raise RefusedError(f"`{editor}` cannot be started: {error}") from error
    if done.returncode:
        raise RefusedError(f"`{editor}` ended with status {done.returncode}")
    return path


def _restore(session: Session, name: str | None, *, assured: bool) -> None:
    ledger = session.roadmap.ledger
    copy = ledger.backups.find(name)
    session.confirm(
        f"replace your progress by the copy of {copy.name}", assured=assured
    )
    if kept := ledger.restore(copy):
        session.tell(f"what was there is kept as {kept}")
    session.show(_listed([copy]))


def _taken(session: Session, paths: Sequence[Path]) -> View:
    files = [(str(path), contents(path)) for path in paths]
    counts = session.roadmap.ledger.take_in(files)
    return session.rows.taken(zip((name for name, _ in files), counts, strict=True))
