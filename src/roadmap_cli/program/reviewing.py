"""Questions asked and answered: whole flows, for any face."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Topic
from roadmap_cli.curriculum.questions import Posed, about, posed
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.phrases import counted
from roadmap_cli.language.slips import did_you_mean
from roadmap_cli.program.ledger import Change
from roadmap_cli.program.result import Result
from roadmap_cli.progress.reviews import (
    A_DAY,
    NEW_A_DAY,
    Answer,
    Prompt,
    Recall,
    Sitting,
    sitting,
)
from roadmap_cli.progress.tally import counting, tally
from roadmap_cli.rows.review_view import AnsweredView, AsideView, PromptsView
from roadmap_cli.rows.reviews import prompt

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.review_types import PromptRow


class Verdict(StrEnum):
    """What a reader may say of a question: an answer, or whether to be asked it."""

    MISSED = "missed"
    HARD = "hard"
    KNEW = "knew"
    ASIDE = "aside"
    AGAIN = "again"


class Review(NamedTuple):
    """What is to be asked: of a topic or paper by its name, or of all; at most so many.

    Without `most` it is as many as there are for a day; `is_whole` asks all that is due or new.
    """

    name: str = ""
    most: int | None = None
    is_whole: bool = False


class Reviewing:
    """Asks one reader questions, and writes down how well they were answered."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def sitting(self, wanted: Review) -> Sitting:
        """What is asked now; raises as `Names.anything`.

        What is named is asked although it was not read yet, and without the bounds of a day for
        what is new.
        """
        now = self.roadmap.ledger.now()
        prompts = [self._prompt(each) for each in self._open(wanted)]
        if wanted.is_whole:
            return sitting(prompts, now, None, None)
        if wanted.name:
            return sitting(prompts, now, wanted.most, None)
        most = A_DAY if wanted.most is None else wanted.most
        return sitting(prompts, now, most, NEW_A_DAY)

    def review(self, wanted: Review, person: "Person | None") -> Result:
        """Ask what is due where a person is there; else list it. Raises as `sitting`."""
        found = self.sitting(wanted)
        asked = [self.question(prompt.question) for prompt in found.prompts]
        if person is None or person.dialogue is None or not asked:
            rows = [self._row(each) for each in asked]
            return Result(PromptsView(rows, found.waiting))
        from roadmap_cli.program.questioning import Questioning

        questioning = Questioning(self, person.dialogue)
        questioning.ask(asked)
        said = f"{counted(questioning.answered, 'question')} answered"
        more = len(asked) - questioning.answered + found.waiting
        remark = f"{said}; {more} can wait" if more else said
        return Result(AnsweredView([]), (remark,), is_idle=True)

    def listed_aside(self, name: str) -> Result:
        """The questions that are set aside: of a topic or paper by its name, or all.

        Raises as `Names.anything`.
        """
        found = [
            self._row(asked)
            for asked in self._named(name)
            if self.recall(asked).is_aside
        ]
        return Result(AsideView(found))

    def say(self, question: str, verdict: Verdict) -> Result:
        """Write down what the reader says of a question, and show when it comes again.

        Raises as `question`, and as `Ledger.say`.
        """
        asked = self.question(question)
        if verdict in (Verdict.ASIDE, Verdict.AGAIN):
            self.set_aside(asked, is_aside=verdict is Verdict.ASIDE)
        else:
            self.answer(asked, Answer(verdict))
        return Result(AnsweredView([self._row(asked)]))

    def fresh(self, asked: Posed) -> Recall:
        """What is remembered of a question, after it was answered."""
        self.__dict__.pop("_recalls", None)
        return self.recall(asked)

    def take_back(self, at: datetime) -> None:
        """Take back what this device said at a time; raises as `Ledger.say`."""
        ledger = self.roadmap.ledger
        ledger.take_back(lambda: (ledger.journal.device, at))
        self.__dict__.pop("_recalls", None)

    def _row(self, asked: Posed) -> "PromptRow":
        return prompt(asked, self.fresh(asked))

    def answer(self, asked: Posed, answer: Answer) -> datetime | None:
        """Write down how well a question was answered; tell and raise as `Ledger.say`."""
        fields = {"question": asked.name, "answer": answer.value}
        return self.roadmap.ledger.say(lambda: [("", fields)])

    def set_aside(self, asked: Posed, *, is_aside: bool) -> datetime | None:
        """Ask a question no more, or again; tell and raise as `Ledger.say`."""

        def change() -> list[Change]:
            if self.fresh(asked).is_aside == is_aside:
                return []
            return [("", {"question": asked.name, "aside": is_aside})]

        return self.roadmap.ledger.say(change)

    def question(self, name: str) -> Posed:
        """The question of this name: in full, or as its catalogue has it; or a former name.

        Raises `NotFoundError` if there is none, or if several catalogues have one.
        """
        found = self._by_name.get(name.lower())
        if found is None:
            others = sorted(self._by_name)
            raise NotFoundError(
                f"no question is called `{name}`",
                hint=did_you_mean(name, others) or "roadmap review --json names them",
            )
        return found

    def recall(self, asked: Posed) -> Recall:
        """What is remembered of a question, also under its former names."""
        names = [name for name in asked.names if name in self._recalls]
        if len(names) == 1:
            return self._recalls[names[0]]
        return self.roadmap.ledger.index.recall(names) if names else Recall()

    def _open(self, wanted: Review) -> Iterator[Posed]:
        """What may be asked: what is named, or what was answered before or may be begun."""
        for asked in self._named(wanted.name):
            recall = self.recall(asked)
            if recall.is_aside:
                continue
            if wanted.name or recall.memory or self._is_ready(asked):
                yield asked

    def _named(self, name: str) -> Iterable[Posed]:
        """The questions of a topic, an area or a paper; all without a name."""
        library = self.roadmap.library
        if not name:
            return posed(library)
        named = self.roadmap.names.anything(name)
        if isinstance(named, Paper):
            return about(library, named)
        return posed(library, named)

    def _is_ready(self, asked: Posed) -> bool:
        """Whether what answers a question was read: its papers, or what completes its topic."""
        if papers := asked.papers:
            works = {self.roadmap.library.work.get(name) for name in papers}
            progress = self.roadmap.progress
            return all(work and progress.status(work).is_settled for work in works)
        return self._is_complete(asked.topic)

    def _is_complete(self, topic: Topic) -> bool:
        """Whether a topic is done, and not only skipped."""
        known = self._complete
        if topic.full_name not in known:
            library, progress = self.roadmap.library, self.roadmap.progress
            counts = tally(counting(library, progress, topic), library, progress)
            known[topic.full_name] = counts.done == counts.counted > 0
        return known[topic.full_name]

    @cached_property
    def _complete(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _recalls(self) -> Mapping[str, Recall]:
        return self.roadmap.ledger.index.recalls()

    @cached_property
    def _by_name(self) -> Mapping[str, Posed]:
        """Questions by all names that mean one of them alone."""
        found: dict[str, Posed | None] = {}
        for asked in posed(self.roadmap.library):
            for full in asked.names:
                found[full.lower()] = asked
                short = full.partition("/")[2].lower()
                found[short] = None if short in found else asked
        return {name: asked for name, asked in found.items() if asked}

    def _prompt(self, asked: Posed) -> Prompt:
        topic = asked.topic.full_name
        return Prompt(asked.name, topic, self.recall(asked).memory)
