"""The commands of reading: what is next, and what has been read."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import (
    GoalName,
    Kinds,
    Levels,
    Names,
    Where,
)
from roadmap_cli.cli.framework.values import number_option, past_option
from roadmap_cli.cli.session import Session
from roadmap_cli.curriculum.model import Paper, Status
from roadmap_cli.language import duration
from roadmap_cli.language.spelling import counted, listed
from roadmap_cli.suggest.guide import Request

if TYPE_CHECKING:
    from roadmap_cli.progress.events import Aim
    from roadmap_cli.progress.marks import Marked, Marking, Prepared
    from roadmap_cli.rows.types import SaidInBriefRow

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
    bool, typer.Option("--yes", "-y", help="Do not ask before marking a whole area.")
]
Count = Annotated[int, number_option("--count", "-n", metavar="N", about="How many.")]
InTopic = Annotated[
    str | None,
    typer.Option(
        "--topic",
        metavar="TOPIC",
        help="What this topic or area takes, whatever your goal.",
    ),
]
Within = Annotated[
    int | None,
    typer.Option(
        "--within",
        parser=duration.parse,
        metavar="TIME",
        help="What fits in 30m, 1h30.",
    ),
]
AtRandom = Annotated[
    bool, typer.Option("--random", help="By lot among what can be begun.")
]
Seed = Annotated[
    str | None, typer.Option("--seed", metavar="SEED", help="The same lot again.")
]
Why = Annotated[bool, typer.Option("--why", help="Every term that decides the order.")]


@command(app, "next", "json", "header")
def next_(
    session: Session,
    count: Count = 3,
    topic: InTopic = None,
    goal: GoalName = None,
    within: Within = None,
    kind: Kinds = None,
    level: Levels = None,
    where: Where = None,
    random: AtRandom = False,
    seed: Seed = None,
    why: Why = False,
) -> None:
    """Say what to read next, and why. What else could be next follows.

    Example: roadmap next --within 30m

    Example: roadmap next --goal mamba --why
    """
    lot = (seed or _lot()) if random or seed else None
    wanted = session.roadmap.filter(where, kind=kind, level=level)
    request = Request(topic, goal, within, lot, wanted)
    advice = session.roadmap.guide.next(request, count)
    session.show(session.ways.suggested(advice, request, why=why))


def _lot() -> str:
    return os.urandom(2).hex()


def _add_mark(status: Status) -> None:
    """Add the command that marks with this status."""
    word = _word(status)

    def mark(
        session: Session,
        names: Names = None,
        on: On = None,
        rating: Rating = None,
        note: Note = "",
        *,
        yes: Yes = False,
    ) -> None:
        chosen = list(names or []) or [_the_one_meant(session, status)]
        said = _marking(status, rating, on, note)
        prepared = session.roadmap.record.prepare(chosen, said)
        show_marked(session, _confirmed(session, prepared, assured=yes), status)

    calls = [f"Example: roadmap mark-{word} {one}" for one in _EXAMPLES[status]]
    mark.__doc__ = "\n\n".join([_MEANING[status], *calls])
    command(app, f"mark-{word}", "dry_run", "json", "header")(mark)


def _word(status: Status) -> str:
    return "unread" if status is Status.TODO else status.value


def _marking(
    status: Status, rating: int | None, on: date | None, note: str
) -> "Marking":
    from roadmap_cli.progress.marks import Marking  # `next` does without

    return Marking(status, rating, on, note)


_MEANING = {
    Status.READ: "Mark papers, or whole topics, as read. Without a name: what you are reading.",
    Status.READING: "Mark papers as begun. They come first, or right after what they still need.",
    Status.KNOWN: "Mark papers as known before: they count as done.",
    Status.SKIPPED: "Mark papers as skipped. They leave the count and are not suggested.",
    Status.TODO: "Take a mark back: the papers are to be read again.",
}
_EXAMPLES = {
    Status.READ: ("lora --rating 5", 'rope --on 2026-01-15 --note "rotations"'),
    Status.READING: ("attention", "2106.09685"),
    Status.KNOWN: ("mlp cnn", "background --yes"),
    Status.SKIPPED: ("gpt-3-video-zh", "diffusion/audio-generation"),
    Status.TODO: ("lora", "llm/agents"),
}
for _status in _MEANING:
    _add_mark(_status)


def _the_one_meant(session: Session, status: Status) -> str:
    call = f"roadmap mark-{_word(status)}"
    papers = session.roadmap.being_read()
    if len(papers) == 1 or not session.can_ask:
        return session.roadmap.the_one_being_read(call).name
    options = papers
    if (
        not papers and status is not Status.TODO
    ):  # what is next has no mark to take back
        options = [one.paper for one in session.roadmap.guide.first(5).offers]
    if not options:
        return session.roadmap.the_one_being_read(call).name
    called = session.roadmap.names.short
    shown = [(called(paper), paper.title) for paper in options]
    return options[session.choose("Which one?", shown)].name


def _confirmed(session: Session, prepared: "Prepared", *, assured: bool) -> "Marked":
    """Write a mark; ask before it changes papers of a whole area: that is quickly typed."""
    if count := prepared.count_in_areas:
        named = " and ".join(area.title for area in prepared.areas)
        session.confirm(f"mark {counted(count, 'paper')} of {named}", assured=assured)
    return session.roadmap.record.write(prepared)


def show_marked(
    session: Session,
    marked: "Marked",
    status: Status | None = None,
    said: Sequence["SaidInBriefRow"] = (),
) -> None:
    """Show what a command did; unless that is too much talk, its topics and what comes next."""
    guide = session.roadmap.guide
    is_brief = session.asked.is_quiet and not session.asked.as_json
    moved = () if is_brief else marked.moved
    papers = (one.paper for one in moved if one.paper)
    touched = session.roadmap.topics_touched(papers)
    is_followed = marked.is_progress and not is_brief
    following = guide.first(1).offers if is_followed else ()
    if marked.aims:
        _tell_goal(session, *marked.aims)
    _tell_unmoved(session, marked.unmoved, status)
    if marked.moved or session.asked.as_json:
        from roadmap_cli.rows.changes import changes  # `next` does without

        session.show(changes(session.rows, marked, touched, following, said))


def _tell_goal(session: Session, before: "Aim | None", after: "Aim | None") -> None:
    """Say what the goal is again, or that there is none, also where no catalogue has it."""
    guide = session.roadmap.guide
    is_ = "would be" if session.asked.is_rehearsal else "is"
    if after:
        called, remark = guide.told(after)
        session.tell(f"your goal {is_} {called} again{remark and f', which {remark}'}")
    elif before:
        session.tell(f"no goal {is_} set any more")
        session.tell(f"the goal so far: {guide.told(before)[0]}")


def _tell_unmoved(
    session: Session,
    unmoved: Iterable[tuple[Paper, Status]],
    marked_as: Status | None,
) -> None:
    """Say which papers are as they were, by status: of a whole area, a few of them by name."""
    names = session.roadmap.names
    by_status: dict[Status, list[str]] = {}
    for paper, stays in unmoved:
        by_status.setdefault(stays, []).append(names.short(paper))
    for stays, some in by_status.items():
        is_one = len(some) == 1
        verb = "is already" if is_one else "are already"
        if stays is not marked_as:
            verb = "stays" if is_one else "stay"
        session.tell(f"{listed(some)} {verb} {stays}")
