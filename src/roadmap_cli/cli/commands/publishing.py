"""The command that says what programs may rely on."""

from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.rows.files import schemas

if TYPE_CHECKING:
    from roadmap_cli.rows.view import SchemasView

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


def _listed() -> "SchemasView":
    from roadmap_cli.program import formats

    return schemas(formats.listing())
