"""The commands of questions: asked a few a day, and answered."""

from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.values import choice_argument, number_option
from roadmap_cli.cli.session import Session
from roadmap_cli.program.reviewing import Review, Verdict

app = typer.Typer()

Named = Annotated[
    str,
    typer.Argument(
        metavar="[NAME|TOPIC]", help="A paper or a topic; else what is due today."
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
Said = Annotated[
    Verdict,
    choice_argument(
        Verdict,
        "VERDICT",
        "missed, hard or knew; aside asks it no more, again takes it up.",
    ),
]
Place = Annotated[
    bool,
    typer.Option("--place", help="All questions of a topic, before you read it."),
]
Aside = Annotated[
    bool, typer.Option("--aside", help="List the questions that you set aside.")
]


@command(app, "review", "json", "header")
def review(
    session: Session,
    name: Named = "",
    count: Most = None,
    whole: Whole = False,
    listed: Listed = False,
    aside: Aside = False,
    place: Place = False,
) -> None:
    """Ask the questions that are due, a few a day.

    Think first; Enter shows the hint. Every answer is kept at once, and decides when the question
    comes again. Without a terminal the questions are listed, and `answer` answers.
    Lines `Q:` and `A:` in your notes are questions, too.

    Example: roadmap review

    Example: roadmap review llm/agents --place
    """
    wanted = Review(name, count, whole, place)
    can_ask = not (listed or session.asked.as_json) and session.can_ask
    person = session.person(assured=False) if can_ask else None
    reviewing = session.reviewing
    session.present(
        reviewing.listed_aside(name) if aside else reviewing.review(wanted, person)
    )


@command(app, "answer", "json", "header")
def answer(session: Session, question: Question, verdict: Said) -> None:
    """Say how well you answered a question: missed, hard or knew.

    It is what `review` writes down on a terminal. `undo` takes it back.
    A question that is set aside is not asked until you say `again`.

    Example: roadmap answer lora-parameter-count knew

    Example: roadmap answer genai/lora-parameter-count missed
    """
    session.present(session.reviewing.say(question, verdict))
