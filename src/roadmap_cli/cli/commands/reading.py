"""The command of reading that says what is next."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import (
    GoalName,
    Kinds,
    Levels,
    Prerequisites,
    Where,
)
from roadmap_cli.cli.framework.values import number_option
from roadmap_cli.cli.session import Session
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language import duration
from roadmap_cli.suggest.guide import Request

app = typer.Typer()

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
        _condition(where, kind=kind, level=level),
    )
    _keep_wish(session, where, remember=remember, forget=forget)
    advice = roadmap.guide.next(request, count)
    session.show(session.ahead.suggested(advice, request, session.due, why=why))


def _condition(where: str | None, **conditions: Sequence[str] | None) -> str:
    """A query and further conditions as one text, as it is typed; empty without any."""
    each = (
        " OR ".join(f"{field}:{value}" for value in values)
        for field, values in conditions.items()
        if values
    )
    return " ".join(filter(None, [*each, where]))


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
