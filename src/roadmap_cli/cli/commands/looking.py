"""The command that opens the full screen."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.session import Asked, Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.errors import RefusedError
from roadmap_cli.program.deeds import Outside
from roadmap_cli.tui.layout import LEAST

app = typer.Typer()

Start = Annotated[
    str,
    typer.Argument(
        metavar="[NAME|TOPIC]",
        help="A paper or a topic to begin at.",
        show_default=False,
    ),
]


@command(app, "tui")
def tui(session: Session, name: Start = "") -> None:
    """Look around on a full screen, with a key for all you can do.

    Topics, the papers of one, and everything about one paper. `?` lists the keys, `q` quits.
    What you mark is what the commands mark, and `u` takes it back.

    Example: roadmap tui

    Example: roadmap tui llm/agents
    """
    _insist_on_screen(session.asked)
    status = _run(session, name)
    if status:
        raise typer.Exit(status)


def _insist_on_screen(asked: Asked) -> None:
    """Raise `RefusedError` where there is no screen to draw on, or nobody to look at it."""
    why = streams.lacks_screen(os.environ, LEAST, is_plain=asked.is_plain)
    if asked.as_json:
        why = "JSON is for programs"
    if why:
        raise RefusedError(
            f"there is no full screen here: {why}",
            hint="roadmap next, roadmap list and roadmap show tell the same in lines",
        )


def _run(session: Session, name: str) -> int:
    from roadmap_cli.tui.app import run

    for variable in ("COLUMNS", "LINES"):  # what fills a screen needs its true size
        os.environ.pop(variable, None)
    canvas = streams.canvas(os.environ, is_plain=False, colour=session.asked.colour)
    assert canvas is not None  # noqa: S101 - there is a screen
    outside = Outside(_editing, partial(_visit, session), session.fetching)
    return run(session.roadmap, outside, canvas, name)


def _editing(path: Path) -> Callable[[Path], None]:
    from roadmap_cli.cli.terminal import editor  # the screen is there before

    return partial(editor.edit, command=editor.wanted(os.environ, path, can_ask=True))


def _visit(session: Session, link: str) -> None:
    session.visit(link, is_own_file=link.startswith("file:"))
