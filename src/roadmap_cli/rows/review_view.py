"""Questions that are asked, or were answered, as something to show."""

from typing import TYPE_CHECKING

from roadmap_cli.language.phrases import counted
from roadmap_cli.rows.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap_cli.rows.review_types import PromptRow, PromptsOutput


class PromptsView(View):
    """Questions, and how many more can wait."""

    columns = ("question", "topic", "due", "ask")
    if_empty = (
        "No question is due. `roadmap review TOPIC` asks about a topic all the same."
    )

    def __init__(self, rows: "list[PromptRow]", waiting: int = 0) -> None:
        self.rows: Sequence[PromptRow] = rows
        self.output: PromptsOutput = {
            "version": 1,
            "waiting": waiting,
            "questions": rows,
        }
        if waiting and rows:
            self.comment = f"{counted(waiting, 'more question')} can wait"
        elif waiting:
            self.if_empty = (
                f"That was all for today; {counted(waiting, 'more question')} can wait."
            )


class AsideView(PromptsView):
    """Questions that are set aside."""

    if_empty = "No question is set aside."


class AnsweredView(PromptsView):
    """A question that was answered, and when it comes again."""

    is_deed = True
