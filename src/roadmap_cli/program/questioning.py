"""A sitting with somebody at the other end: question, think, hint, answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.language.phrases import counted
from roadmap_cli.program.asking import Dialogue
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.progress.reviews import Answer

if TYPE_CHECKING:
    from roadmap_cli.program.reviewing import Reviewing

_HINT, _BACK, _ASIDE, _QUIT = "Enter=hint", "u=undo", "s=set aside", "q=quit"
_GRADES = {"1=missed": Answer.MISSED, "2=hard": Answer.HARD, "3=knew": Answer.KNEW}


class Questioning:
    """Asks questions one after the other; each answer is written down at once."""

    def __init__(self, reviewing: "Reviewing", dialogue: Dialogue) -> None:
        self._reviewing = reviewing
        self._dialogue = dialogue
        self._said: list[tuple[datetime | None, Answer | None]] = []

    @property
    def count(self) -> int:
        """How many questions were answered or set aside."""
        return len(self._said)

    @property
    def known(self) -> int:
        """How many questions were known."""
        return sum(answer is Answer.KNEW for _, answer in self._said)

    def ask(self, questions: Sequence[Posed]) -> bool:
        """Ask all of them in order; false if the reader stopped before the end."""
        at = 0
        while at < len(questions):
            asked = questions[at]
            self._dialogue.say("")
            self._dialogue.say(f"{at + 1}/{len(questions)}  {asked.title}")
            self._dialogue.say(asked.question.ask)
            step = self._answered(asked, is_first=at == 0)
            if step is None:
                return False
            at += step
        return True

    def _answered(self, asked: Posed, *, is_first: bool) -> int | None:
        """How many questions to go on (or back); nothing to stop."""
        keys = [_HINT, *_GRADES, *([] if is_first else [_BACK]), _ASIDE, _QUIT]
        while True:
            key = self._dialogue.pressed(f"[{', '.join(keys)}]", keys)
            if key == _QUIT:
                return None
            if key == _HINT:
                self._dialogue.say(asked.question.hint or "there is no hint")
                self._dialogue.say("almost right counts as missed")
                keys = [key for key in keys if key != _HINT]
            elif key == _BACK:
                return self._take_back()
            elif key == _ASIDE:
                return self._set_aside(asked)
            else:
                return self._grade(asked, _GRADES[key])

    def _grade(self, asked: Posed, answer: Answer) -> int:
        self._said.append((self._reviewing.answer(asked, answer), answer))
        memory = self._reviewing.recall(asked).memory
        if memory:
            days = (local_day(memory.due) - memory.last.day).days
            self._dialogue.say(f"comes again in {counted(days, 'day')}")
        return 1

    def _set_aside(self, asked: Posed) -> int:
        self._said.append((self._reviewing.set_aside(asked, is_aside=True), None))
        self._dialogue.say("set aside; to be asked it again:")
        self._dialogue.say(f"  roadmap answer {asked.name} again")
        return 1

    def _take_back(self) -> int:
        at, _ = self._said.pop()
        if at is not None:
            self._reviewing.take_back(at)
        return -1
