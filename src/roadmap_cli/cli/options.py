"""Options that several commands share, declared once."""

from typing import Annotated

import typer

from roadmap_cli.cli.session import Session
from roadmap_cli.model import Kind, Level


def _remember(
    context: typer.Context, parameter: typer.CallbackParam, value: bool
) -> None:
    """Keep a shared option in the session, where the printing is done."""
    if value and not context.resilient_parsing:
        setattr(Session.of(context), _KEPT_AS[parameter.name or ""], value)


_KEPT_AS = {"json_": "as_json", "header": "with_header", "plain": "is_plain"}

AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON object.", callback=_remember),
]
Header = Annotated[
    bool,
    typer.Option(
        "--header", help="In a pipe, name the columns first.", callback=_remember
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|TOPIC...",
        help="Keys, aliases, arXiv ids or links, pieces of titles, or whole topics.",
        show_default=False,
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="A key, alias, arXiv id or link, or piece of the title."
    ),
]
NameOrTopic = Annotated[
    str,
    typer.Argument(
        metavar="NAME|TOPIC",
        help="A key, alias, arXiv id or link, or piece of a title.",
    ),
]
GoalName = Annotated[
    str | None,
    typer.Option("--goal", metavar="NAME|TOPIC", help="Only the shortest way to this."),
]
Kinds = Annotated[list[Kind] | None, typer.Option("--kind", help="Only of this kind.")]
Levels = Annotated[
    list[Level] | None, typer.Option("--level", help="Only of this level.")
]
