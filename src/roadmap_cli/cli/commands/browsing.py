"""The commands of looking around: lists, single papers, search, links, files."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import (
    Kinds,
    Levels,
    Name,
    NameOrTopic,
    Where,
)
from roadmap_cli.cli.framework.values import choice_option, number_option
from roadmap_cli.cli.session import Session
from roadmap_cli.curriculum.model import Sort, StatusAsked
from roadmap_cli.errors import WrongUsageError

if TYPE_CHECKING:
    from roadmap_cli.rows.sourced_view import SourcesView
    from roadmap_cli.rows.view import WholeView

app = typer.Typer()

Years = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="YEARS",
        help="Only of these years: 2021, 2021..2023, 2021.. or ..2023.",
    ),
]


SortedBy = Annotated[
    Sort | None,
    choice_option(
        Sort,
        "--sort",
        about="Papers in one list: the shortest, the oldest or those begun first,"
        " or by title; added: the last in the catalogue's file first.",
    ),
]


@command(app, "list", "json", "header")
def list_(
    session: Session,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]...", help="Topics or whole areas.", show_default=False
        ),
    ] = None,
    status: Annotated[
        list[StatusAsked] | None,
        choice_option(StatusAsked, "--status", about="Only with this status."),
    ] = None,
    kind: Kinds = None,
    level: Levels = None,
    year: Years = None,
    where: Where = None,
    sort: SortedBy = None,
) -> None:
    """List the topics with your progress, or the papers of some. Papers come in reading order.

    Example: roadmap list llm --level intro

    Example: roadmap list --status reading --status read

    Example: roadmap list llm --where "kind:survey -year:2023" --sort minutes
    """
    printed = [year] if year else None
    wanted = session.roadmap.filter(
        where, kind=kind, level=level, printed=printed, status=status
    )
    found = session.roadmap.papers_in(topics or [], wanted, sort)
    session.show(
        session.rows.all_topics()
        if found is None
        else session.rows.papers(found, sort, has_years=year is not None)
    )


@command(app, "show", "json")
def show(
    session: Session,
    name: NameOrTopic,
    hints: Annotated[
        bool, typer.Option("--hints", help="With the hints to the questions.")
    ] = False,
    sources: Annotated[
        bool,
        typer.Option("--sources", help="Which service gave each value, and when."),
    ] = False,
) -> None:
    """Show everything about a paper, a topic or an area.

    Example: roadmap show lora

    Example: roadmap show efficient-finetuning --hints
    """
    if sources:
        session.show(_sources(session, name))
    else:
        session.show(_whole(session, name, hints=hints))


def _sources(session: Session, name: str) -> "SourcesView":
    """Where the values of a paper come from."""
    from roadmap_cli.program.sources import Sources  # few calls ask

    names, places = session.roadmap.names, session.roadmap.places
    paper = names.paper(name)
    return Sources(places.cache, session.now).view(paper, names.short(paper))


def _whole(session: Session, name: str, *, hints: bool) -> "WholeView":
    """All there is about a paper, a topic or an area; then what could not be read is said."""
    from roadmap_cli.program.showing import everything  # lists do without

    view = everything(
        session.roadmap, session.roadmap.names.anything(name), hints=hints
    )
    session.warn()
    return view


@command(app, "search", "json", "header", worded=True)
def search(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help='Words, "phrases", -without, OR, author: title: venue: note: topic: area: '
            "kind: level: status: rating: tag: year: minutes: catalogue: has:pdf",
        ),
    ],
    count: Annotated[
        int | None,
        number_option("--count", metavar="N", about="At most this many (also -n)."),
    ] = None,
) -> None:
    """Find papers by words, authors, years, venues or topics. The best come first.

    Example: roadmap search low-rank year:2021..2024

    Example: roadmap search -n 3 author:vaswani
    """
    found = session.roadmap.search(" ".join(words), count)
    session.show(session.rows.hits(*found))


class Target(StrEnum):
    """Which of a paper's links to open."""

    URL = "url"
    PDF = "pdf"
    CODE = "code"


@command(app, "open", "json")
def open_(
    session: Session,
    name: Name,
    pdf: Annotated[bool, typer.Option("--pdf", help="The PDF itself.")] = False,
    code: Annotated[
        bool, typer.Option("--code", help="The code that belongs to it.")
    ] = False,
    print_: Annotated[
        bool, typer.Option("--print", help="Only print the link.")
    ] = False,
) -> None:
    """Open a paper in the browser. With --pdf your own copy comes first.

    Example: roadmap open lora --pdf

    Example: roadmap open 2106.09685 --print
    """
    target = _target(is_pdf=pdf, is_code=code)
    paper = session.roadmap.names.paper(name)
    link = session.roadmap.link(paper, target)
    session.show(session.rows.link(paper, link))
    if not (print_ or session.asked.as_json):
        session.visit(link, is_own_file=pdf and link.startswith("file:"))


def _target(*, is_pdf: bool, is_code: bool) -> Target:
    if is_pdf and is_code:
        raise WrongUsageError(
            "a call opens one link: the PDF or the code",
            hint="leave out --pdf or --code",
        )
    return Target.PDF if is_pdf else Target.CODE if is_code else Target.URL


@command(app, "use", "dry_run", "json", "header")
def use(
    session: Session,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CATALOGUE]...",
            help="Ids of shipped catalogues; without one, which are used.",
            show_default=False,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Use all of them.")] = False,
) -> None:
    """Choose which of the shipped catalogues are used. Your own are always used.

    It counts on all your devices; `undo` takes it back. Progress is kept, whatever is used.

    Example: roadmap use

    Example: roadmap use genai
    """
    session.present(session.choosing.choose(names or (), everything=all_))


@command(app, "whatsnew", "dry_run", "json", "header")
def whatsnew(
    session: Session,
    again: Annotated[
        bool, typer.Option("--again", help="Also what was new the last time.")
    ] = False,
) -> None:
    """Tell what is new in the lists since you saw them last. What concerns you comes first.

    Once told, on any of your devices, it is new no more. Nothing that you marked ever changes.

    Example: roadmap whatsnew

    Example: roadmap whatsnew --again
    """
    session.present(session.news.tell(again=again))


@command(app, "where", "json", "header")
def where(session: Session) -> None:
    """Print where your files are.

    Example: roadmap where

    Example: roadmap where --json
    """
    session.present(session.keeping.files())
