"""Questions asked and answered: whole flows, for any face."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Status
from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.errors import DeclinedError, WrongUsageError
from roadmap_cli.language.phrases import counted
from roadmap_cli.program.ledger import Change
from roadmap_cli.program.questions import Questions
from roadmap_cli.program.result import Result
from roadmap_cli.program.sitting import Sitting
from roadmap_cli.progress.reviews import (
    A_DAY,
    NEW_A_DAY,
    Answer,
    Prompt,
    Recall,
    sitting,
)
from roadmap_cli.rows.review_view import AnsweredView, AsideView, PromptsView
from roadmap_cli.rows.reviews import prompt

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Dialogue, Person
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.review_types import PromptRow

_MOSTLY = 0.8
"""The part of its questions that has to be known before a topic may count as known."""


class Verdict(StrEnum):
    """What a reader may say of a question: an answer, or whether to be asked it."""

    MISSED = "missed"
    HARD = "hard"
    KNEW = "knew"
    ASIDE = "aside"
    AGAIN = "again"


class Review(NamedTuple):
    """What is to be asked: of a topic or paper by its name, or of all; at most so many.

    Without `most` it is as many as there are for a day; `is_whole` asks all that is due or new,
    `is_placement` all there are of what is named.
    """

    name: str = ""
    most: int | None = None
    is_whole: bool = False
    is_placement: bool = False


class Asked(NamedTuple):
    """The questions to ask now, in this order, and how many more can wait."""

    questions: Sequence[Posed]
    waiting: int


class Reviewing:
    """Asks one reader questions, and writes down how well they were answered."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.questions = Questions(roadmap)

    def asked(self, wanted: Review) -> Asked:
        """What is asked now; raises `WrongUsageError`, and as `Questions.of`.

        What is named is asked although it was not read yet, and without the bounds of a day.
        """
        if wanted.is_placement and not wanted.name:
            raise WrongUsageError(
                "--place asks about a topic, and none is named",
                hint="roadmap review TOPIC --place",
            )
        each = [
            asked
            for asked in self.questions.of(wanted.name)
            if not self.questions.recall(asked).is_aside
            and (wanted.name or self.questions.is_open(asked))
        ]
        if wanted.is_placement:
            first = each[: wanted.most]
            return Asked(first, len(each) - len(first))
        by_name = {asked.name: asked for asked in each}
        is_bounded = not (wanted.name or wanted.is_whole)
        most = A_DAY if is_bounded and wanted.most is None else wanted.most
        found = sitting(
            map(self._prompt, each),
            self.roadmap.ledger.now(),
            most,
            NEW_A_DAY if is_bounded else None,
        )
        chosen = [by_name[prompt.question] for prompt in found.prompts]
        return Asked(chosen, found.waiting)

    def _prompt(self, asked: Posed) -> Prompt:
        memory = self.questions.recall(asked).memory
        return Prompt(asked.name, asked.subject, memory)

    def review(self, wanted: Review, person: "Person | None") -> Result:
        """Ask what is due where a person is there; else list it.

        Raises as `asked`, and as `Ledger.say`.
        """
        found = self.asked(wanted)
        if person is None or person.dialogue is None or not found.questions:
            rows = [self._row(asked) for asked in found.questions]
            return self._result(PromptsView(rows, found.waiting))
        from roadmap_cli.program.questioning import Questioning

        self._warn(person.dialogue)
        sitting = self.sitting(found)
        is_done = Questioning(sitting, person.dialogue).ask()
        if is_done and wanted.is_placement and _knows(sitting):
            return self._placed(wanted.name, person)
        said = f"{counted(sitting.count, 'question')} answered"
        more = len(found.questions) - sitting.count + found.waiting
        remark = f"{said}; {more} can wait" if more else said
        return Result(AnsweredView([]), (remark,), is_idle=True)

    def sitting(self, found: Asked) -> Sitting:
        """Begin to ask these questions; raises `DataFileError` if a journal is damaged."""
        self.roadmap.ledger.insist_on_all()
        return Sitting(self, found.questions)

    def _placed(self, name: str, person: "Person") -> Result:
        """Offer to mark what was asked about as known, as the answers say that it is."""
        from roadmap_cli.program.meant import Which
        from roadmap_cli.program.reading import Reading
        from roadmap_cli.progress.marks import Marking

        named = self.roadmap.names.anything(name)
        title = named.title if isinstance(named, Paper) else self._title(name)
        try:
            person.agree(f"mark {title} as known")
        except DeclinedError:
            remark = "you know most of it; nothing was marked"
            return Result(AnsweredView([]), (remark,), is_idle=True)
        assured = person._replace(agree=lambda _deed: None)
        call = "roadmap mark-known"
        marking = Marking(Status.KNOWN)
        return Reading(self.roadmap).mark(Which([name]), marking, call, assured)

    def _title(self, name: str) -> str:
        return self.roadmap.library.called(self.roadmap.names.topic(name))

    def _warn(self, dialogue: "Dialogue") -> None:
        for warning in self.questions.own.warnings:
            dialogue.say(f"warning: {warning}")

    def _result(self, view: PromptsView) -> Result:
        """A view, with what was odd about the questions of notes."""
        warnings = tuple(self.questions.own.warnings)
        return Result(view, warnings=warnings, needs_progress=True)

    def listed_aside(self, name: str) -> Result:
        """The questions that are set aside: of a topic or paper by its name, or all.

        Raises as `Questions.of`.
        """
        each = self.questions.of(name)
        found = [asked for asked in each if self.questions.recall(asked).is_aside]
        return self._result(AsideView([self._row(asked) for asked in found]))

    def say(self, question: str, verdict: Verdict) -> Result:
        """Write down what the reader says of a question, and show when it comes again.

        Raises as `Questions.called`, and as `Ledger.say`.
        """
        asked = self.questions.called(question)
        if verdict in (Verdict.ASIDE, Verdict.AGAIN):
            self.set_aside(asked, is_aside=verdict is Verdict.ASIDE)
        else:
            self.answer(asked, Answer(verdict))
        return self._result(AnsweredView([self._row(asked)]))

    def recall(self, asked: Posed) -> Recall:
        """What is remembered of a question now, also after it was answered."""
        return self.questions.recall(asked)

    def _row(self, asked: Posed) -> "PromptRow":
        short = self.roadmap.names.short_names
        return prompt(
            asked, self.recall(asked), asked.paper and short[asked.paper.name]
        )

    def answer(self, asked: Posed, answer: Answer) -> datetime | None:
        """Write down how well a question was answered; tell and raise as `Ledger.say`."""
        return self._say(lambda: self._change(asked, {"answer": answer.value}))

    def set_aside(self, asked: Posed, *, is_aside: bool) -> datetime | None:
        """Ask a question no more, or again; tell and raise as `Ledger.say`."""

        def change() -> list[Change]:
            self.questions.refresh()
            if self.recall(asked).is_aside == is_aside:
                return []
            return self._change(asked, {"aside": is_aside})

        return self._say(change)

    def take_back(self, at: datetime) -> None:
        """Take back what this device said at a time; raises as `Ledger.say`."""
        ledger = self.roadmap.ledger
        ledger.take_back(lambda: (ledger.journal.device, at))
        self.questions.refresh()

    def _say(self, change: "Callable[[], list[Change]]") -> datetime | None:
        at = self.roadmap.ledger.say(change)
        self.questions.refresh()
        return at

    def _change(self, asked: Posed, said: dict[str, object]) -> list[Change]:
        """What is said of a question; of one of notes with its words.

        If these were edited since it was answered last, that it was renamed comes first.
        """
        about: dict[str, object] = {"question": asked.name}
        if asked.paper is None:
            return [("", {**about, **said})]
        from roadmap_cli.program.own_questions import KEPT

        former = self.questions.own.renamed.get(asked.name)
        renaming = [("", {**about, "was": former})] if former else []
        return [*renaming, ("", {**about, **said, "ask": asked.question.ask[:KEPT]})]


def _knows(sitting: Sitting) -> bool:
    """Whether most of what was asked was known."""
    return sitting.known >= _MOSTLY * sitting.count > 0
