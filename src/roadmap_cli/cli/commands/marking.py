"""The commands of reading that mark papers: as read, begun, known, skipped, or to be read."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Names, WhereElse
from roadmap_cli.cli.framework.values import number_option, past_option
from roadmap_cli.cli.session import Session
from roadmap_cli.curriculum.model import Status

if TYPE_CHECKING:
    from roadmap_cli.program.meant import Which
    from roadmap_cli.progress.marks import Marking

app = typer.Typer()

On = Annotated[date | None, past_option("--on", "The day it happened.")]
Rating = Annotated[
    int | None,
    number_option("--rating", metavar="1-5", most=5, about="Your rating."),
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="A line for your notes.")
]
Yes = Annotated[
    bool,
    typer.Option("--yes", "-y", help="Do not ask before marking much at once."),
]
AskAll = Annotated[
    bool, typer.Option("--ask", help="Go through topics, and ask what you know.")
]
SkipUnknown = Annotated[
    bool,
    typer.Option("--skip-unknown", help="Mark the others where a name is unknown."),
]


def _add_mark(status: Status) -> None:
    """Add the command that marks with this status."""
    call = f"roadmap mark-{_word(status)}"

    def mark(
        session: Session,
        names: Names = None,
        on: On = None,
        rating: Rating = None,
        note: Note = "",
        where: WhereElse = None,
        *,
        skip_unknown: SkipUnknown = False,
        yes: Yes = False,
    ) -> None:
        said = _marking(status, rating, on, note)
        which = _which(names, where, skip_unknown=skip_unknown)
        person = session.person(assured=yes)
        session.present(session.reading.mark(which, said, call, person))

    calls = [f"Example: {call} {words}" for words in _EXAMPLES[status]]
    mark.__doc__ = "\n\n".join([_MEANING[status], *calls])
    made = _with_placement(mark, call) if status is Status.KNOWN else mark
    command(app, f"mark-{_word(status)}", "dry_run", "json", "header")(made)


def _with_placement(mark: Callable[..., None], call: str) -> Callable[..., None]:
    """The command that marks what is known, which can also ask what that is."""

    def known(
        session: Session,
        names: Names = None,
        on: On = None,
        rating: Rating = None,
        note: Note = "",
        where: WhereElse = None,
        *,
        ask: AskAll = False,
        skip_unknown: SkipUnknown = False,
        yes: Yes = False,
    ) -> None:
        if not ask:
            more = {"where": where, "skip_unknown": skip_unknown, "yes": yes}
            return mark(session, names, on, rating, note, **more)
        which = _which(names, where, skip_unknown=skip_unknown)
        said = _marking(Status.KNOWN, rating, on, note)
        flow = session.reading.place(which, said, call, session.person(assured=yes))
        return session.present(flow)

    known.__doc__ = mark.__doc__
    return known


def _word(status: Status) -> str:
    return "unread" if status is Status.TODO else status.value


def _marking(
    status: Status, rating: int | None, on: date | None, note: str
) -> "Marking":
    from roadmap_cli.progress.marks import Marking  # the help does without

    return Marking(status, rating, on, note)


def _which(
    names: list[str] | None, where: str | None, *, skip_unknown: bool
) -> "Which":
    from roadmap_cli.program.meant import Which  # as above

    return Which(names or (), where, skip_unknown)


_MEANING = {
    Status.READ: "Mark papers, or whole topics, as read. Without a name: what you are reading.",
    Status.READING: "Mark papers as begun. They come first, or right after what they still need.",
    Status.KNOWN: "Mark papers as known before: they count as done. With --ask it asks you, topic by topic.",
    Status.SKIPPED: "Mark papers as skipped. They leave the count and are not suggested.",
    Status.TODO: "Take a mark back: the papers are to be read again.",
}
_EXAMPLES = {
    Status.READ: ("lora --rating 5", 'rope --on 2026-01-15 --note "rotations"'),
    Status.READING: ("attention", "2106.09685"),
    Status.KNOWN: ("mlp cnn", 'background --where "level:intro" --yes'),
    Status.SKIPPED: ("gpt-3-video-zh", "diffusion/audio-generation"),
    Status.TODO: ("lora", "llm/agents"),
}
for _status in _MEANING:
    _add_mark(_status)
