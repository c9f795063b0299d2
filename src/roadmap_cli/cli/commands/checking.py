"""The command that checks where links lead."""

from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Where
from roadmap_cli.cli.session import Session

app = typer.Typer()

Named = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME|TOPIC|CATALOGUE]...",
        help="Papers, topics, areas or catalogues; else all there are.",
        show_default=False,
    ),
]
Yes = Annotated[
    bool,
    typer.Option(
        "--yes", "-y", help="Write new addresses into your lists without asking."
    ),
]


@command(app, "check-links", "dry_run", "json", "header")
def check_links(
    session: Session, names: Named = None, where: Where = None, yes: Yes = False
) -> None:
    """Ask whether links still lead somewhere.

    What has moved for good is written into your own lists, if you agree. Dead is what was not
    there twice, a day apart; the status is then 1. Answers count for a week,
    or for a day where they settle nothing.

    Example: roadmap check-links llm/agents

    Example: roadmap check-links --where kind:blog
    """
    person = session.person(assured=yes)
    is_assured = yes or session.asked.is_rehearsal
    found = session.checking.check(names or (), where, person, is_assured=is_assured)
    session.present(found.result)
    raise typer.Exit(int(found.dead > 0))
