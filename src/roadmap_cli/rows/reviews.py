"""Rows of questions that are asked."""

from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.progress.events import local_day, stamp
from roadmap_cli.progress.reviews import Recall
from roadmap_cli.rows.review_types import PromptRow


def prompt(asked: Posed, recall: Recall) -> PromptRow:
    """The row of a question, with what is remembered of it."""
    memory, question = recall.memory, asked.question
    return {
        "question": asked.name,
        "topic": asked.topic.name,
        "title": asked.topic.title,
        "ask": question.ask,
        "hint": question.hint,
        "answers": memory.answers if memory else 0,
        "answer": memory.answer if memory else None,
        "answered": stamp(memory.last) if memory else None,
        "due": local_day(memory.due).isoformat() if memory else None,
        "aside": recall.is_aside,
    }
