"""The commands of keeping: taking back, looking back, notes, copies, health."""

import os
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.commands.reading import show_marked
from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Name
from roadmap_cli.cli.framework.values import past_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import editor, streams
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.journal.backups import Copy, Made
from roadmap_cli.language.spelling import counted, listed
from roadmap_cli.progress.marks import Marked
from roadmap_cli.views import View, copies, findings
from roadmap_cli.views.events import events, in_words, said

if TYPE_CHECKING:
    from roadmap_cli.program.restoring import Plan, Restored

app = typer.Typer()
_NAMED = 5
"""Papers told one by one where many are changed."""

Since = Annotated[date | None, past_option("--since", "Only from this day on.")]

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


@command(app, "undo", "dry_run", "json")
def undo(session: Session) -> None:
    """Take back the last marks or goal. Again, it takes back those before.

    That is one whole command of this device. Notes stay, and so does what `merge` and `import`
    took in from other devices.

    Example: roadmap undo

    Example: roadmap undo --json
    """
    marked = session.roadmap.record.undo()
    _show_taken_back(session, marked, "took back", "would take back")
    _tell_notes(session, marked)


@command(app, "redo", "dry_run", "json")
def redo(session: Session) -> None:
    """Take back the last undo.

    Example: roadmap redo

    Example: roadmap redo --json
    """
    marked = session.roadmap.record.redo()
    _show_taken_back(session, marked, "redid", "would redo")


@command(app, "history", "json", "header")
def history(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Only this paper.", show_default=False),
    ] = None,
    since: Since = None,
) -> None:
    """Tell what was said when, and on which device. The newest is first, with what was taken back.

    Example: roadmap history lora

    Example: roadmap history --since 2026-01-01
    """
    told = session.roadmap.history(name, since)
    session.show(events(session.rows, told, name, since))


@command(app, "note", "json")
def note(
    session: Session,
    name: Name,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="A line to add.", show_default=False),
    ] = None,
) -> None:
    """Add a dated line to a paper's notes, or edit them. Without a line they open in your editor.

    Example: roadmap note lora "the rank may be tiny"

    Example: roadmap note lora
    """
    paper = session.roadmap.names.paper(name, to_write=True)
    if words is None:
        session.show(_edited(session, paper))
    else:
        session.show(_noted(session, paper, " ".join(words)))


@command(app, "backup", "json")
def backup(session: Session) -> None:
    """Copy your progress, notes and catalogues as they are now.

    That is what is in the data folder; notes in a folder that ROADMAP_NOTES names are not.

    Example: roadmap backup

    Example: roadmap backup --json
    """
    backups = session.roadmap.ledger.backups
    made = backups.make(session.now())
    _warn_of_left_out(made)
    session.show(_listed([backups.copy_at(made.path)]))


@command(app, "restore", "dry_run", "json", "header")
def restore(
    session: Session,
    name: AnyCopy = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Only list the copies.")
    ] = False,
    yes: Assured = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Replace notes by the copy's, too.")
    ] = False,
    catalogues: Annotated[
        bool,
        typer.Option("--catalogues", help="Replace catalogues by the copy's, too."),
    ] = False,
) -> None:
    """Bring back a copy of your progress. What it replaces is copied first.

    What other devices marked since stays. Of notes and catalogues only missing ones come back.

    Example: roadmap restore --list

    Example: roadmap restore --yes
    """
    backups = session.roadmap.ledger.backups
    if list_:
        session.show(_listed(backups.all()))
    else:
        parts = {"notes": notes, "catalogues": catalogues}
        _restore(session, name, {part for part in parts if parts[part]}, assured=yes)


@command(app, "doctor", "json", "header")
def doctor(
    session: Session,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended safely.")
    ] = False,
) -> None:
    """Look for what is not right with your files, and its cure.

    Example: roadmap doctor

    Example: roadmap doctor --fix
    """
    found = session.roadmap.examine(fix=fix)
    session.show(
        findings((one.problem, one.cure, one.is_harmless, one.fixed) for one in found)
    )
    raise typer.Exit(int(any(not (one.is_harmless or one.fixed) for one in found)))


def _show_taken_back(session: Session, marked: Marked, did: str, would: str) -> None:
    """Show what a command took back or gave again; also what of it changes nothing."""
    if marked.idle:
        words = in_words(said(session.rows, marked.idle))
        verb = would if session.asked.is_rehearsal else did
        session.tell(f"{verb}: {words}; that changes nothing")
    show_marked(session, marked, said=said(session.rows, marked.said))


def _tell_notes(session: Session, marked: Marked) -> None:
    """Say where the notes of what was undone are: a line that came with a mark stays."""
    papers = [one.paper for one in marked.moved if one.paper]
    noted = [one for one in papers if session.roadmap.notes_on(one)]
    session.warn_of(session.roadmap.notes.warnings)
    for paper in noted[:_NAMED]:
        path = session.roadmap.notes.path(paper)
        session.tell(
            f"your notes on {session.roadmap.names.short_names[paper.name]} stay: {path}"
        )


def _listed(found: Iterable[Copy]) -> View:
    return copies(
        (copy.name, copy.events, str(copy.path), copy.notes, copy.catalogues)
        for copy in found
    )


def _warn_of_left_out(made: Made) -> None:
    for problem in made.left_out:
        streams.report(problem, label="warning")


def _noted(session: Session, paper: Paper, line: str) -> View:
    if not line.strip():
        raise WrongUsageError("there are no words to add", hint=editor.WITHOUT)
    path = session.roadmap.notes.add(paper, line)
    return session.rows.note(paper, str(path))._replace(layout="noted")


def _edited(session: Session, paper: Paper) -> View:
    """Where the file is, once the editor is closed; nothing of ours is locked meanwhile."""
    notes = session.roadmap.notes
    command = editor.wanted(os.environ, notes.path(paper))
    if session.asked.no_input:
        raise WrongUsageError("an editor needs somebody to type", hint=editor.WITHOUT)
    path = notes.prepare(paper)
    try:
        editor.edit(path, command)
    except RefusedError:
        notes.discard(paper)  # nobody wrote anything into what was made for it
        raise
    return session.rows.note(paper, str(path))


def _restore(
    session: Session, name: str | None, replacing: Collection[str], *, assured: bool
) -> None:
    restoring = session.roadmap.restoring
    copy = session.roadmap.ledger.backups.find(name)
    plan = restoring.plan(copy, replacing)
    session.confirm(_deed(plan, copy), assured=assured)
    done = restoring.put_back(copy, replacing)
    if done.kept:
        what = f" ({_events(done.plan.there)})" if done.plan.replaced else ""
        session.tell(f"what was there{what} is kept as {done.kept.path}")
        _warn_of_left_out(done.kept)
    _tell_what_stays(session, done, copy)
    layout = "to_be_restored" if session.asked.is_rehearsal else "restored"
    session.show(_listed([copy])._replace(layout=layout))


def _deed(plan: "Plan", copy: Copy) -> str:
    """What there is to agree to."""
    deed = f"bring back the copy of {copy.name} ({_events(plan.held)})"
    if plan.replaced:
        old, new = _events(plan.there), _events(plan.held)
        deed = f"replace your progress ({old}) by the copy of {copy.name} ({new})"
    return f"{deed} and leave {_others(plan)}" if plan.staying else deed


def _others(plan: "Plan") -> str:
    return f"what {listed([f'`{one}`' for one in plan.staying])} marked"


def _tell_what_stays(session: Session, done: "Restored", copy: Copy) -> None:
    """Say what is not as in the copy, and how it would be; and which catalogues are new."""
    plan = done.plan
    if plan.staying:
        session.tell(f"{_others(plan)} stays")
    for path in done.taken:
        session.tell(f"what only the copy knew of another device is in {path}")
    for path in plan.unreadable:
        session.tell(f"{path} is damaged, and the copy has none of it: roadmap doctor")
    for path in done.catalogues:
        verb = "would come" if session.asked.is_rehearsal else "came"
        session.tell(f"the catalogue {path} {verb} back")
    for part, count in (("note", plan.notes), ("catalogue", plan.catalogues)):
        if count:
            verbs = ("differs", "stays") if count == 1 else ("differ", "stay")
            session.tell(
                f"{counted(count, part)} {verbs[0]} from the copy's and {verbs[1]};"
                f" to bring back the copy's: roadmap restore {copy.name} --{part}s"
            )


def _events(count: int | None) -> str:
    return "damaged" if count is None else counted(count, "event")
