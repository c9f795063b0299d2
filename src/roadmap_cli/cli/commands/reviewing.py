"""The commands of questions: asked a few a day, and answered."""

from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.values import number_option
from roadmap_cli.cli.session import Session
from roadmap_cli.program.reviewing import Review
from roadmap_cli.progress.reviews import Answer

app = typer.Typer()

Named = Annotated[
    str,
    typer.Argument(
        metavar="[TOPIC|NAME]", help="A topic or a paper; else what is due today."
    ),
]
Most = Annotated[
    int | None, number_option("--count", "-n", metavar="N", about="How many at most.")
]
Whole = Annotated[bool, typer.Option("--all", help="All that is due or new.")]
Listed = Annotated[
    bool, typer.Option("--list", help="Only list the questions; nothing is asked.")
]
Question = Annotated[
    str, typer.Argument(metavar="QUESTION", help="Its name, as review lists it.")
]
Grade = Annotated[
    Answer,
    typer.Argument(metavar="missed|hard|knew", help="How well it was answered."),
]


@command(app, "review", "json", "header")
def review(
    session: Session,
    name: Named = "",
    count: Most = None,
    whole: Whole = False,
    listed: Listed = False,
) -> None:
    """Ask the questions that are due, a few a day.

    Think first; Enter shows the hint. Every answer is kept at once, and decides when the question
    comes again. Without a terminal the questions are listed, and `answer` answers.

    Example: roadmap review

    Example: roadmap review llm/agents
    """
    wanted = Review(name, count, whole)
    can_ask = not (listed or session.asked.as_json) and session.can_ask
    person = session.person(assured=False) if can_ask else None
    session.present(session.reviewing.review(wanted, person))


@command(app, "answer", "json", "header")
def answer(session: Session, question: Question, grade: Grade) -> None:
    """Say how well a question was answered, as scripts do.

    Example: roadmap answer genai/lora-rank knew
    """
    session.present(session.reviewing.told(question, grade))
