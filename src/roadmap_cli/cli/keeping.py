"""The commands of keeping: taking back, looking back, notes, copies, health, carrying over."""

import os
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli import dates
from roadmap_cli.cli.filing import contents, save
from roadmap_cli.cli.options import AsJson, DryRun, Header, Name
from roadmap_cli.cli.reading import show_marked
from roadmap_cli.cli.session import Session
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.journal.backups import Copy
from roadmap_cli.ledger import Taken
from roadmap_cli.marking import Marked, Moved
from roadmap_cli.model import Paper
from roadmap_cli.spelling import counted
from roadmap_cli.views import View, copies, findings

app = typer.Typer()
_NAMED = 5
"""Papers told one by one where many are changed."""

Since = Annotated[date | None, dates.option("--since", "Only from this day on.")]

AnyCopy = Annotated[
    str | None,
    typer.Argument(
        metavar="[COPY]", help="Its name, or the beginning; else the newest."
    ),
]
Assured = Annotated[
    bool,
    typer.Option("--yes", "-y", help="Do not ask before replacing your progress."),
]


@app.command()
def undo(ctx: typer.Context, *, dry_run: DryRun = False, json_: AsJson = False) -> None:
    """Take back the last marks or goal. Again, it takes back those before.

    That is one whole command of this device. Notes stay, and so does what `merge` and `import`
    took in.

    Example: roadmap undo

    Example: roadmap undo --json
    """
    session = Session.of(ctx)
    marked = session.roadmap.record.undo()
    show_marked(session, marked)
    _tell_notes(session, marked)


@app.command()
def redo(ctx: typer.Context, *, dry_run: DryRun = False, json_: AsJson = False) -> None:
    """Take back the last undo.

    Example: roadmap redo

    Example: roadmap redo --json
    """
    session = Session.of(ctx)
    show_marked(session, session.roadmap.record.redo())


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
    told = session.roadmap.history(name, since)
    session.show(session.rows.events(told, name, since))


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
    paper = session.roadmap.names.paper(name, to_write=True)
    if words is None:
        session.show(session.rows.note(paper, str(_edited(session, paper))))
    else:
        session.show(_noted(session, paper, " ".join(words)))


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
    name: AnyCopy = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Only list the copies.")
    ] = False,
    yes: Assured = False,
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


def _tell_notes(session: Session, marked: Marked) -> None:
    """Say where the notes of what was undone are: a line that came with a mark stays."""
    papers = [one.paper for one in marked.moved]
    for paper in [one for one in papers if session.roadmap.notes_on(one)][:_NAMED]:
        path = session.roadmap.notes.path(paper)
        session.tell(
            f"your notes on {session.roadmap.names.short_names[paper.name]} stay: {path}"
        )


def _listed(found: Iterable[Copy]) -> View:
    return copies((one.name, one.events, str(one.path)) for one in found)


def _noted(session: Session, paper: Paper, line: str) -> View:
    if not line.strip():
        raise WrongUsageError(
            "there are no words to add", hint="roadmap note NAME TEXT"
        )
    path = session.roadmap.notes.add(paper, line)
    return session.rows.note(paper, str(path))._replace(layout="noted")


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
    notes = session.roadmap.notes
    path = notes.prepare(paper)
    try:
        _edit(editor, path)
    except RefusedError:
        notes.discard(paper)  # nobody wrote anything into what was made for it
        raise
    return path


def _edit(editor: str, path: Path) -> None:
    hint = "set VISUAL or EDITOR to your editor; or: roadmap note NAME TEXT"
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"`{editor}` cannot be started: {why[:1].lower()}{why[1:]}"
        raise RefusedError(message, hint=hint) from error
    if done.returncode:
        message = f"`{editor}` ended with status {done.returncode}"
        raise RefusedError(message, hint=hint)


def _restore(session: Session, name: str | None, *, assured: bool) -> None:
    ledger = session.roadmap.ledger
    copy = ledger.backups.find(name)
    there = "damaged" if ledger.damages else counted(ledger.events, "event")
    held = "damaged" if copy.events is None else counted(copy.events, "event")
    session.confirm(
        f"replace your progress ({there}) by the copy of {copy.name} ({held})",
        assured=assured,
    )
    if kept := ledger.restore(copy):
        session.tell(f"what was there ({there}) is kept as {kept}")
    session.show(_listed([copy])._replace(layout="restored"))


def _taken(session: Session, paths: Sequence[Path]) -> View:
    files = [(str(path), contents(path)) for path in paths]
    taken, moved = session.roadmap.record.take_in(files)
    _tell_taken(session, taken, [one for one in moved if one.is_of_status])
    counts = (one.events for one in taken)
    return session.rows.taken(zip((name for name, _ in files), counts, strict=True))


def _tell_taken(
    session: Session, taken: Sequence[Taken], moved: Sequence[Moved]
) -> None:
    """Say what that changes, and the way back: it is no command of this device to undo."""
    events = counted(sum(one.events for one in taken), "new event")
    names = session.roadmap.names.short_names
    some = [f"{names[one.paper.name]} is {one.after.status}" for one in moved[:_NAMED]]
    some += [f"{len(moved) - _NAMED} more"] if len(moved) > _NAMED else []
    changes = f": {', '.join(some)}" if some else ", no status changes"
    session.tell(
        f"{events} {'would come' if session.is_rehearsal else 'came'} in{changes}"
    )
    if kept := [str(path) for one in taken for path in one.kept]:
        session.tell(
            f"hint: `undo` leaves that alone; to take it back, remove {', '.join(kept)}"
        )
