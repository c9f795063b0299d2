"""The commands of reading: what is next, and what has been read."""

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import (
    GoalName,
    Kinds,
    Levels,
    Names,
    Prerequisites,
    Where,
    WhereElse,
)
from roadmap_cli.cli.framework.values import number_option, past_option
from roadmap_cli.cli.session import Session
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language import duration
from roadmap_cli.suggest.guide import Request

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
Remember = Annotated[
    bool,
    typer.Option("--remember", help="From now on suggest only what --where matches."),
]
Forget = Annotated[bool, typer.Option("--forget", help="Suggest everything again.")]
Why = Annotated[bool, typer.Option("--why", help="Every term that decides the order.")]


@command(app, "next", "dry_run", "json", "header")
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
    prerequisites: Prerequisites = False,
    remember: Remember = False,
    forget: Forget = False,
) -> None:
    """Say what to read next, and why. What else could be next follows.

    Example: roadmap next --within 30m

    Example: roadmap next --goal mamba --why
    """
    roadmap, lot = session.roadmap, _lot(seed, random=random)
    request = Request(
        topic,
        goal,
        within,
        lot,
        roadmap.filter(where, kind=kind, level=level),
        prerequisites,
        roadmap.condition(where, kind=kind, level=level),
    )
    _keep_wish(session, where, remember=remember, forget=forget)
    advice = roadmap.guide.next(request, count)
    session.show(session.ahead.suggested(advice, request, roadmap.due, why=why))


def _keep_wish(
    session: Session, where: str | None, *, remember: bool, forget: bool
) -> None:
    """Remember what is asked for, or forget what was; raises `WrongUsageError` for both."""
    if not remember and not forget:
        return
    if forget or not where:
        wrong = "--forget takes no --where" if where else "--remember needs --where"
        if where or remember:
            raise WrongUsageError(
                f"{wrong}", hint="roadmap next --where -kind:survey --remember"
            )
    is_new = session.roadmap.record.set_wish(where or "")
    if not is_new:
        session.tell("that is your wish already" if where else "no wish was set")
    elif forget:
        session.tell("everything is suggested again")


def _lot(seed: str | None, *, random: bool) -> str | None:
    """The seed of the lot, if there is to be one."""
    return seed or (os.urandom(2).hex() if random else None)


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
    from roadmap_cli.progress.marks import Marking  # `next` does without

    return Marking(status, rating, on, note)


def _which(
    names: list[str] | None, where: str | None, *, skip_unknown: bool
) -> "Which":
    from roadmap_cli.program.meant import Which  # `next` does without

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
