"""The commands of keeping: taking back, looking back, notes, copies, health."""

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Name
from roadmap_cli.cli.framework.values import number_option, past_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import editor, streams
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.program.keeping import WITHOUT_EDITOR
from roadmap_cli.rows.events import events
from roadmap_cli.rows.files import findings

app = typer.Typer()

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
    session.present(session.reading.undo())


@command(app, "redo", "dry_run", "json")
def redo(session: Session) -> None:
    """Take back the last undo.

    Example: roadmap redo

    Example: roadmap redo --json
    """
    session.present(session.reading.redo())


@command(app, "history", "json", "header")
def history(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Only this paper.", show_default=False),
    ] = None,
    since: Since = None,
    count: Annotated[
        int | None,
        number_option("--count", "-n", metavar="N", about="Only the newest so many."),
    ] = None,
) -> None:
    """Tell what was said and noted when. The newest is first, with what was taken back.

    On a terminal, what one command did is told together, and counts once for `-n`.

    Example: roadmap history lora

    Example: roadmap history --since 2026-01-01 -n 10
    """
    story = session.reading.history(name, since)
    session.show(events(session.rows, story, name, since, count))


@command(app, "note", "json")
def note(
    session: Session,
    name: Name,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="A line to add.", show_default=False),
    ] = None,
    ask: Annotated[
        str, typer.Option("--ask", metavar="TEXT", help="A question to add.")
    ] = "",
    answer: Annotated[
        str, typer.Option("--answer", metavar="TEXT", help="Its answer.")
    ] = "",
) -> None:
    """Add a dated line to a paper's notes, or edit them. Without a line they open in your editor.

    A question that you add, or write there as lines `Q:` and `A:`, is asked by `review`.

    Example: roadmap note lora "the rank may be tiny"

    Example: roadmap note lora

    Example: roadmap note lora --ask "How large a rank?" --answer "Tiny."
    """
    keeping = session.keeping
    if ask or answer:
        session.present(keeping.add_question(name, ask, answer, words))
    elif words is None:
        session.present(keeping.edit_note(name, partial(_editor, session)))
    else:
        session.present(keeping.add_note(name, " ".join(words)))


@command(app, "backup", "json")
def backup(session: Session) -> None:
    """Copy your progress, notes and catalogues as they are now.

    That is what is in the data folder; notes in a folder that ROADMAP_NOTES names are not.

    Example: roadmap backup

    Example: roadmap backup --json
    """
    session.present(session.keeping.backup())


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
    keeping = session.keeping
    parts = {"notes": notes, "catalogues": catalogues}
    if list_:
        session.present(keeping.copies())
    else:
        agree = session.person(assured=yes).agree
        session.present(keeping.restore(name, [*filter(parts.get, parts)], agree))


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
        findings(
            (finding.problem, finding.cure, finding.is_harmless, finding.fixed)
            for finding in found
        )
    )
    for remark in session.keeping.about_devices:
        session.tell(remark)
    raise typer.Exit(
        int(any(not (finding.is_harmless or finding.fixed) for finding in found))
    )


def _editor(session: Session, path: Path) -> Callable[[Path], None]:
    """What edits a file; raises `RefusedError` if there is nothing that could."""
    can_ask = session.can_ask and streams.has_screen()
    chosen = editor.wanted(os.environ, path, can_ask=can_ask)
    if session.asked.no_input:
        raise WrongUsageError("an editor needs somebody to type", hint=WITHOUT_EDITOR)
    return partial(editor.edit, command=chosen)
