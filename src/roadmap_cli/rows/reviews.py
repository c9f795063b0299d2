"""Rows of questions that are asked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Topic
from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.progress.clocks import local_day, stamp
from roadmap_cli.progress.reviews import Recall

if TYPE_CHECKING:
    from roadmap_cli.rows.review_types import PromptRow
    from roadmap_cli.rows.types import QuestionRow


def prompt(asked: Posed, recall: Recall, paper: str | None) -> "PromptRow":
    """The row of a question, with what is remembered of it.

    `paper` is what to type for the paper of whose notes it is, if it is one of notes.
    """
    memory, question = recall.memory, asked.question
    return {
        "question": asked.name,
        "topic": asked.topic.name if asked.topic else "",
        "paper": paper,
        "title": asked.title,
        "ask": question.ask,
        "hint": question.hint,
        "answers": memory.answers if memory else 0,
        "answer": memory.answer if memory else None,
        "answered": stamp(memory.last.at) if memory else None,
        "due": local_day(memory.due).isoformat() if memory else None,
        "aside": recall.is_aside,
    }


def questions(
    topic: Topic, recalls: Mapping[str, Recall] | None
) -> "list[QuestionRow]":
    """The rows of a topic's questions, with what is remembered of each by its id.

    Nothing is where the `recalls` are not known.
    """
    found: list[QuestionRow] = []
    for question in topic.questions:
        recall = (recalls or {}).get(question.id, Recall())
        memory = recall.memory
        never = None if recalls is None else 0
        found.append(
            {
                "id": question.id,
                "ask": question.ask,
                "hint": question.hint,
                "answers": memory.answers if memory else never,
                "due": local_day(memory.due).isoformat() if memory else None,
                "aside": recall.is_aside,
            }
        )
    return found
