"""A sitting: questions one after the other, each answer written down at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.language.phrases import counted
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.progress.reviews import Answer

if TYPE_CHECKING:
    from roadmap_cli.program.reviewing import Reviewing


class Sitting:
    """Where a reader is among the questions of one sitting."""

    def __init__(self, reviewing: "Reviewing", questions: Sequence[Posed]) -> None:
        self._reviewing = reviewing
        self.questions = questions
        self._said: list[tuple[datetime | None, Answer | None]] = []

    @property
    def count(self) -> int:
        """How many questions were answered or set aside."""
        return len(self._said)

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(answer is not None for _, answer in self._said)

    @property
    def known(self) -> int:
        """How many questions were known."""
        return sum(answer is Answer.KNEW for _, answer in self._said)

    @property
    def asked(self) -> Posed | None:
        """The question to ask now; nothing after the last one."""
        left = self.questions[self.count :]
        return left[0] if left else None

    def answer(self, asked: Posed, answer: Answer) -> str:
        """Write down how well it was answered; tell when it comes again."""
        self._said.append((self._reviewing.answer(asked, answer), answer))
        memory = self._reviewing.recall(asked).memory
        if memory is None:
            return ""
        days = (local_day(memory.due) - memory.last.day).days
        return f"comes again in {counted(days, 'day')}"

    def set_aside(self, asked: Posed) -> None:
        """Ask it no more; `roadmap answer QUESTION again` takes it up."""
        self._said.append((self._reviewing.set_aside(asked, is_aside=True), None))

    def take_back(self) -> bool:
        """Take back what was said last, and ask it again; tell whether there was anything."""
        if not self._said:
            return False
        at, _ = self._said.pop()
        if at is not None:
            self._reviewing.take_back(at)
        return True
