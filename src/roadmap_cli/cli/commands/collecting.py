"""The commands of own catalogues: made, filled, edited, put in order."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Assured, Name, WhereElse
from roadmap_cli.cli.framework.values import choice_option, number_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import editor, streams
from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.program.adding import Add, Adding, Given
from roadmap_cli.program.collecting import Collecting
from roadmap_cli.program.curating import Curating
from roadmap_cli.program.meant import Which
from roadmap_cli.program.tagging import Tagging, read, read_tags

app = typer.Typer()

To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="TOPIC",
        help="A topic of yours, as area/topic; made if missing.",
        show_default=False,
    ),
]


What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WHAT]...",
        help="arXiv ids, DOIs, links, names; - for records on stdin.",
        show_default=False,
    ),
]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", help="Its title.", show_default=False)
]
Authors = Annotated[
    list[str] | None,
    typer.Option("--author", metavar="NAME", help="Who made it; once for each."),
]
Year = Annotated[
    int | None,
    number_option("--year", metavar="N", most=2999, about="When it was published."),
]
Venue = Annotated[
    str, typer.Option("--venue", metavar="TEXT", help="Where.", show_default=False)
]
OfKind = Annotated[
    Kind | None, choice_option(Kind, "--kind", about="What sort of thing it is.")
]
Minutes = Annotated[
    int | None,
    number_option("--minutes", metavar="N", most=100_000, about="Its reading time."),
]
OfLevel = Annotated[
    Level | None, choice_option(Level, "--level", about="What it asks of you.")
]
Requires = Annotated[
    list[str] | None,
    typer.Option("--requires", metavar="NAME", help="A paper to have read first."),
]
Helps = Annotated[
    list[str] | None,
    typer.Option("--helps", metavar="NAME", help="A paper that would also help."),
]
LookFor = Annotated[
    str,
    typer.Option(
        "--note", metavar="TEXT", help="What to look for.", show_default=False
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", "--tags", metavar="WORD", help="A word of your own."),
]
MarkedAs = Annotated[
    Status | None, choice_option(Status, "--status", about="Mark it so.")
]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline", help="Ask no service; add what is known, and be it a number."
    ),
]

Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh",
        help="Ask services anew for papers of yours, and show what changed.",
    ),
]


@command(app, "add", "dry_run", "json")
def add(
    session: Session,
    what: What = None,
    to: To = "",
    title: Title = "",
    author: Authors = None,
    year: Year = None,
    venue: Venue = "",
    kind: OfKind = None,
    minutes: Minutes = None,
    level: OfLevel = None,
    requires: Requires = None,
    helps: Helps = None,
    note: LookFor = "",
    tag: Tags = None,
    status: MarkedAs = None,
    offline: Offline = False,
    refresh: Refresh = False,
    yes: Assured = False,
) -> None:
    """Add papers to a list of your own.

    What a catalogue has already is listed in your topic, and stays one paper with one progress.

    Example: roadmap add lora --to thesis/adapters

    Example: roadmap add https://example.org/post --title "A post" --minutes 20
    """
    people = (tuple(author or ()), year, venue)
    given = Given(
        title, *people, kind, minutes, level, tuple(requires or ()), tuple(helps or ())
    )
    wanted = Add(
        to, status, note, read_tags(tag or ()), is_offline=offline, is_refresh=refresh
    )
    adding = Adding(
        Collecting(session.roadmap), streams.read_bytes, session.show, session.fetching
    )
    session.present(adding.add(what or [], given, wanted, session.person(assured=yes)))


@command(app, "tag", "dry_run", "json", "header", signed=True)
def tag(
    session: Session,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|TOPIC|+TAG|-TAG]...",
            help="Papers or whole topics, +words to put on them, -words to take off.",
            show_default=False,
        ),
    ] = None,
    where: WhereElse = None,
    *,
    skip_unknown: Annotated[
        bool,
        typer.Option("--skip-unknown", help="Tag the others where a name is unknown."),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before tagging much at once.")
    ] = False,
) -> None:
    """Put words of your own on papers, or take them off. With neither: list them.

    `search tag:thesis` and `--where tag:thesis` find what has a word.

    Example: roadmap tag lora rope +thesis -later

    Example: roadmap tag llm/agents +seminar
    """
    said = read(words or ())
    which = Which(said.names, where, skip_unknown)
    person = session.person(assured=yes)
    session.present(Tagging(session.reading).tag(said, which, person))


@command(app, "get", "dry_run", "json", "header")
def get(
    session: Session,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|TOPIC]...",
            help="Papers, whole topics, areas or catalogues.",
            show_default=False,
        ),
    ] = None,
    where: WhereElse = None,
    yes: Assured = False,
) -> None:
    """Fetch PDFs, one at a time. What is there is not asked for, what broke off goes on.

    Example: roadmap get lora --dry-run

    Example: roadmap get llm/agents --where "level:core -has:pdf" --dry-run
    """
    person = session.person(assured=yes)
    session.present(session.getting.get(names or [], where, person))


@command(app, "new", "dry_run", "json")
def new(
    session: Session,
    name: Annotated[
        str, typer.Argument(metavar="ID", help="What it is called: `thesis`.")
    ],
    title: Annotated[
        str,
        typer.Option("--title", metavar="TEXT", help="Its title.", show_default=False),
    ] = "",
) -> None:
    """Make a catalogue of your own, without papers.

    Example: roadmap new course --title "What I teach"

    Example: roadmap new cs886
    """
    session.present(Curating(session.roadmap).new(name, title))


@command(app, "move", "dry_run", "json")
def move(
    session: Session,
    name: Name,
    to: To = "",
    before: Annotated[
        str,
        typer.Option("--before", metavar="NAME", help="Right before this paper."),
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="NAME", help="Right after this paper.")
    ] = "",
) -> None:
    """Put a paper of your own list into another topic or place.

    Example: roadmap move lora --to thesis/adapters

    Example: roadmap move lora --before prefix-tuning
    """
    if not (to or before or after) or (before and after):
        raise WrongUsageError(
            "say where to: one of --to, --before and --after",
            hint=f"roadmap move {name} --to TOPIC",
        )
    session.present(Curating(session.roadmap).move(name, to, before, after))


@command(app, "remove", "dry_run", "json")
def remove(
    session: Session,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="Papers of lists of your own."),
    ],
) -> None:
    """Take papers out of your own lists.

    What you marked, noted, or what another paper refers to is kept there as retired.

    Example: roadmap remove some-paper

    Example: roadmap remove another-one
    """
    session.present(Curating(session.roadmap).remove(names))


@command(app, "edit", "json")
def edit(
    session: Session,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="A catalogue, or a paper in one; else `mine`."
        ),
    ] = "",
) -> None:
    """Open a list of your own in your editor.

    It opens at a paper's line where one is named. The file is replaced once it is in order;
    until then it stays as it was.

    Example: roadmap edit thesis

    Example: roadmap edit some-paper
    """
    editing = partial(_editor, session)
    session.present(Curating(session.roadmap).edit(name, editing, session.asks_again))


def _editor(session: Session, path: Path, line: int) -> Callable[[Path], None]:
    """What edits a file, beginning at a line; raises `RefusedError` if there is nothing."""
    can_ask = session.can_ask and streams.has_screen()
    chosen = editor.wanted(os.environ, path, can_ask=can_ask)
    if session.asked.no_input:
        raise WrongUsageError("an editor needs somebody to type", hint=f"edit {path}")
    return partial(editor.edit, command=editor.at_line(chosen, line))
