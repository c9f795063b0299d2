"""The commands of looking ahead and back: ways, goals, plans, statistics."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import alone, command
from roadmap_cli.cli.framework.options import (
    Force,
    GoalName,
    NameOrTopic,
    Prerequisites,
)
from roadmap_cli.cli.framework.parsing import GoalGroup
from roadmap_cli.cli.framework.values import choice_option, future_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language import duration
from roadmap_cli.language.phrases import counted
from roadmap_cli.suggest.guide import Planned, Timetable

app = typer.Typer()
goal_app = typer.Typer(cls=GoalGroup)
app.add_typer(goal_app, name="goal")


class Per(StrEnum):
    """The periods that reading time is counted by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


NameOrGoal = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|TOPIC]",
        help="A key, alias, arXiv id or link, or piece of a title; else your goal.",
        show_default=False,
    ),
]


@command(app, "path", "json", "header")
def path(
    session: Session,
    name: NameOrGoal = None,
    all_: Annotated[
        bool, typer.Option("--all", help="What is done on it, too.")
    ] = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="What would also help beside it, too.")
    ] = False,
    prerequisites: Prerequisites = False,
) -> None:
    """Show the shortest way to a paper, topic or area. What is left comes in order, with its time.

    Without a name it is the way to your goal.

    Example: roadmap path mamba

    Example: roadmap path llm/agents --all
    """
    if name is None:
        session.roadmap.insist_on_goal()
    goal = session.roadmap.guide.goal_or_set(name)
    goal = goal.with_needs(prerequisites=prerequisites)
    session.show(session.ahead.path(goal, settled=all_, wide=wide))


@alone(goal_app, "json")
def goal(session: Session) -> None:
    """Set, show or clear what you want to reach. `next` then follows the shortest way there.

    `roadmap goal NAME` is short for `roadmap goal set NAME`.

    Example: roadmap goal lora

    Example: roadmap goal
    """
    if session.context.invoked_subcommand is None:
        _show_goal(session)


@command(goal_app, "set", "dry_run", "json")
def set_(session: Session, name: NameOrTopic) -> None:
    """Make a paper, or all of a topic or an area, your goal.

    Example: roadmap goal set llm/agents

    Example: roadmap goal set mamba
    """
    if not session.roadmap.record.set_goal(name):
        session.tell("that is your goal already")
    session.show(session.ahead.goals())


@command(goal_app, "show", "json", "header")
def show_goal(session: Session) -> None:
    """Show your goal, how far it is, and the next step there.

    Example: roadmap goal show

    Example: roadmap goal show --json
    """
    _show_goal(session)


@command(goal_app, "clear", "dry_run", "json")
def clear(session: Session) -> None:
    """Have no goal any more: `next` follows the curriculum again.

    Example: roadmap goal clear

    Example: roadmap goal clear --json
    """
    is_new = session.roadmap.record.set_goal(None)
    cleared = f"your goal {'would be' if session.asked.is_rehearsal else 'is'} cleared"
    session.tell(cleared if is_new else "no goal was set")
    if session.asked.as_json:
        session.show(session.ahead.goals())


Hours = Annotated[
    float | None,
    typer.Option(
        "--hours",
        parser=duration.hours,
        metavar="HOURS",
        help="Hours that you have, such as 4 or 1h30; else your pace.",
    ),
]
Every = Annotated[
    Per, choice_option(Per, "--per", about="What the hours are counted by.")
]
From = Annotated[date | None, future_option("--from", "First day.")]
Until = Annotated[date | None, future_option("--until", "Last day.")]
Everything = Annotated[
    bool,
    typer.Option(
        "--all", help="Everything, whatever your goal and however much is enough."
    ),
]
Ics = Annotated[
    Path | None,
    typer.Option("--ics", metavar="FILE", help="Write a calendar; - for stdout."),
]


@command(app, "plan", "json", "header")
def plan(
    session: Session,
    hours: Hours = None,
    per: Every = Per.WEEK,
    goal_: GoalName = None,
    from_: From = None,
    until: Until = None,
    all_: Everything = False,
    ics: Ics = None,
    force: Force = False,
    prerequisites: Prerequisites = False,
) -> None:
    """Plan your reading week by week, from today on. It is all that is left, or the way to a goal.

    Example: roadmap plan --hours 4 --per week --goal lora

    Example: roadmap plan --until 2030-12-31 --all --ics reading.ics
    """
    asked = Timetable(hours, per, from_, until)
    guide = session.roadmap.guide
    made = guide.plan(asked, goal_, everything=all_, prerequisites=prerequisites)
    if ics:
        _save_calendar(session, made, ics, force=force)
    if session.asked.as_json or not ics:
        session.show(session.ahead.plan(made))


@command(app, "stats", "json", "header")
def stats(
    session: Session,
    all_: Annotated[
        bool, typer.Option("--all", help="The topics that are not begun, too.")
    ] = False,
) -> None:
    """Draw your progress, what you read when, and your pace. Forecasts say where it leads.

    On a terminal, topics that are not begun are folded; pipes and JSON have them all.

    Example: roadmap stats

    Example: roadmap stats --all
    """
    held = session.reviewing.questions.held()
    session.show(session.ahead.stats(held, whole=all_))


def _show_goal(session: Session) -> None:
    session.roadmap.insist_on_goal()
    session.show(session.ahead.goals())


def _save_calendar(
    session: Session, made: Planned, output: Path, *, force: bool
) -> None:
    is_shown = streams.is_standard_output(output)
    if session.asked.as_json and is_shown:
        raise WrongUsageError(
            "a calendar and JSON cannot both go to standard output",
            hint="name a file: --ics FILE --json",
        )
    session.warn()
    calendar = session.carrying.calendar(made, None if is_shown else output)
    session.deliver(calendar, output, force=force)
    if not is_shown:
        papers = len({step.paper.name for step in made.plan.steps})
        session.tell(f"{counted(papers, 'paper')} written to {output}")
