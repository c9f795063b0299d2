"""What rows of questions that are asked hold."""

from typing import Annotated, TypedDict

from roadmap_cli.progress.reviews import Answer
from roadmap_cli.rows.types import Count, Day, Moment, Output


class PromptRow(TypedDict):
    """A question, and what is remembered of it."""

    question: Annotated[str, "Its full name, as `answer` takes it."]
    topic: Annotated[str, "The name to type of its topic; empty if there is none."]
    paper: Annotated[
        str | None,
        "Of a question of your notes the key of their paper; else null.",
    ]
    title: Annotated[str, "The title of the paper, or of the topic."]
    ask: Annotated[str, "The question."]
    hint: Annotated[str, "Where the answer is found, or its gist."]
    answers: Annotated[Count, "How often it was answered."]
    answer: Annotated[Answer | None, "How well last; null if never."]
    answered: Annotated[Moment | None, "When last; null if never."]
    due: Annotated[Day | None, "The day on which it comes again; null if it is new."]
    aside: Annotated[bool, "Whether it is set aside: then it is not asked."]


class PromptsOutput(Output):
    """What `review` and `answer` print."""

    waiting: Annotated[Count, "How many more are due or new, and can wait."]
    questions: Annotated[list[PromptRow], "The questions, in the order to ask them."]
