"""The command that says what programs may rely on."""

from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.views import View, schemas

app = typer.Typer()


@command(app, "schema", "json", "header")
def schema(
    session: Session,
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND]...",
            help="A command, or error, catalogue, journal; without one: all there are.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a command's output, or of a file.

    Example: roadmap schema next

    Example: roadmap schema goal show
    """
    if name:
        _print(" ".join(name))
    else:
        session.show(_listed())


def _print(name: str) -> None:
    from roadmap_cli.program import formats

    streams.write(formats.text(name))


def _listed() -> View:
    from roadmap_cli.program import formats

    return schemas(formats.listing())
