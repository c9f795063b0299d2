"""The commands of reading: what is next, and what has been read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from roadmap_cli.cli.options import AsJson, DryRun, Header, Names
from roadmap_cli.cli.session import Session
from roadmap_cli.marking import Marked, Marking
from roadmap_cli.model import Status

app = typer.Typer()

On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], metavar="DATE", help="The day it happened."
    ),
]
Rating = Annotated[
    int | None, typer.Option("--rating", min=1, max=5, help="Your rating.")
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="A line for your notes.")
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask before marking a whole area.")
]


@app.command("next")
def next_(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many.")] = 3,
    topic: Annotated[
        str | None,
        typer.Option("--topic", help="Only what belongs to this topic or area."),
    ] = None,
    *,
    json_: AsJson = False,
    header: Header = False,
) -> None:
    """Say what to read next, and why; then what else could be next.

    Example: roadmap next --topic diffusion -n 5
    """
    session = Session.of(ctx)
    found = session.roadmap.next(count, topic)
    session.show(session.rows.suggested(found, if_empty="Nothing left to read here."))


def _marking(status: Status) -> None:
    """Add the command that marks with this status."""
    word = "unread" if status is Status.TODO else status.value

    def mark(
        ctx: typer.Context,
        names: Names = None,
        on: On = None,
        rating: Rating = None,
        note: Note = "",
        *,
        yes: Yes = False,
        dry_run: DryRun = False,
        json_: AsJson = False,
        header: Header = False,
    ) -> None:
        session = Session.of(ctx)
        chosen = list(names or []) or [_the_one_meant(session)]
        _confirm_areas(session, chosen, assured=yes)
        marked = session.roadmap.mark(
            chosen, Marking(status, rating, on.date() if on else None, note)
        )
        show_marked(session, marked, status)

    mark.__doc__ = f"{_MEANING[status]}\n\nExample: roadmap mark-{word} lora"
    app.command(f"mark-{word}")(mark)


_MEANING = {
    Status.READ: "Mark papers, or whole topics, as read. Without a name: what you are reading.",
    Status.READING: "Mark papers as begun: they come first until they are done.",
    Status.KNOWN: "Mark papers as known before: they count as done.",
    Status.SKIPPED: "Mark papers as skipped: they leave the count and are not suggested.",
    Status.TODO: "Take a mark back: the papers are to be read again.",
}
for _status in _MEANING:
    _marking(_status)


def _the_one_meant(session: Session) -> str:
    papers = session.roadmap.being_read()
    if len(papers) == 1 or not session.can_ask:
        return session.roadmap.the_one_being_read().name
    options = papers or [one.paper for one in session.roadmap.next(5)]
    return session.choose(
        "Which one?", [(paper.name, paper.title) for paper in options]
    )


def _confirm_areas(session: Session, names: Sequence[str], *, assured: bool) -> None:
    areas = session.roadmap.areas_among(names)
    if areas:
        count = sum(session.rows.place(area)["total"] for area in areas)
        named = ", ".join(area.title for area in areas)
        session.confirm(f"mark all {count} papers of {named}", assured=assured)


def show_marked(session: Session, marked: Marked, status: Status | None = None) -> None:
    """Show what a command did, how far its topics are, and what comes next."""
    touched = session.roadmap.topics_touched(one.paper for one in marked.moved)
    following = session.roadmap.next(1) if marked.is_progress else []
    for paper, stays in marked.unmoved:
        session.tell(
            f"{paper.key} is already {stays}"
            if stays is status
            else f"{paper.key} stays {stays}"
        )
    if marked.moved or session.as_json:
        session.show(session.rows.changes(marked.moved, touched, following))
