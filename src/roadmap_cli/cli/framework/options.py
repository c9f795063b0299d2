"""Options that several commands share, declared once."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from roadmap_cli.cli.framework.values import choice_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.cli.terminal.streams import Colour
from roadmap_cli.curriculum.model import Kind, Level


def _keep(attribute: str) -> Callable[[typer.Context, Any], None]:
    """Keeps what an option says in the session, where the printing is done."""

    def keep(context: typer.Context, value: Any) -> None:  # noqa: ANN401 - whatever an option holds
        if value and not context.resilient_parsing:
            session = Session.of(context)
            session.asked = session.asked._replace(**{attribute: value})

    return keep


def _help(context: typer.Context, value: bool) -> None:
    """Print the help as all other output is printed, full disks and closed pipes included."""
    if value and not context.resilient_parsing:
        from roadmap_cli.cli.framework.help_text import help_text

        streams.write(help_text(context))
        raise typer.Exit


AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON object.", callback=_keep("as_json")),
]
Header = Annotated[
    bool,
    typer.Option(
        "--header",
        help="In a pipe, name the columns first.",
        callback=_keep("with_header"),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Show what would change, and write nothing.",
        callback=_keep("is_rehearsal"),
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|TOPIC...",
        help="Keys, aliases, arXiv ids or links, pieces of titles, or whole topics; - for names on standard input.",
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
Kinds = Annotated[
    list[Kind] | None, choice_option(Kind, "--kind", about="Only of this kind.")
]
Levels = Annotated[
    list[Level] | None, choice_option(Level, "--level", about="Only of this level.")
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where", metavar="QUERY", help="Only what a search for this would match."
    ),
]
WhereElse = Annotated[
    str | None,
    typer.Option(
        "--where", metavar="QUERY", help="What a search for this would match."
    ),
]
"""In the place of names, or as a filter on them."""

Assured = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Prerequisites = Annotated[
    bool,
    typer.Option(
        "--with-prerequisites",
        help="Of a course, also what other catalogues say it needs.",
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Replace a file that this command did not write."),
]

# The options of the program itself, which `share` gives to every command: no function gets
# their values, all of them are kept in the session.
Catalogues = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        metavar="FILE",
        help="Use these catalogues instead of yours.",
        callback=_keep("catalogues"),
        expose_value=False,
    ),
]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Words only: no boxes, bars or marks.",
        callback=_keep("is_plain"),
        expose_value=False,
    ),
]
InColour = Annotated[
    Colour | None,
    choice_option(
        Colour,
        "--color",
        about="Colour, whatever the environment says.",
        callback=_keep("colour"),
        expose_value=False,
        show_default=False,
    ),
]
NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager",
        help="Do not page what is longer than the screen.",
        callback=_keep("no_pager"),
        expose_value=False,
    ),
]
NoInput = Annotated[
    bool,
    typer.Option(
        "--no-input",
        help="Never ask: what needs an answer fails.",
        callback=_keep("no_input"),
        expose_value=False,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="Say which files were read.",
        callback=_keep("is_verbose"),
        expose_value=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="No messages but errors and warnings.",
        callback=_keep("is_quiet"),
        expose_value=False,
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", help="Show where a bug happened.", expose_value=False),
]
Help = Annotated[
    bool,
    typer.Option(
        "--help",
        "-h",
        is_eager=True,
        help="Show this message and exit.",
        callback=_help,
        expose_value=False,
    ),
]
