"""Questions asked and answered: whole flows, for any face."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Topic
from roadmap_cli.curriculum.questions import Posed, about, posed
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.phrases import counted
from roadmap_cli.language.slips import did_you_mean
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
from roadmap_cli.rows.review_view import AnsweredView, PromptsView
from roadmap_cli.rows.reviews import prompt

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.review_types import PromptRow


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
        said = f"{counted(len(questioning.answered), 'question')} answered"
        more = len(asked) - len(questioning.answered) + found.waiting
        remark = f"{said}; {more} can wait" if more else said
        return Result(AnsweredView([]), (remark,), is_idle=True)

    def told(self, question: str, answer: Answer) -> Result:
        """Write an answer down, and show when the question comes again; raises as `answer`."""
        asked = self.answer(question, answer)
        return Result(AnsweredView([self._row(asked)]))

    def fresh(self, asked: Posed) -> Recall:
        """What is remembered of a question, after it was answered."""
        self.__dict__.pop("_recalls", None)
        return self.recall(asked)

    def take_back(self) -> None:
        """Take the last answer back; raises as `Record.undo`."""
        self.roadmap.record.undo()
        self.__dict__.pop("_recalls", None)

    def _row(self, asked: Posed) -> "PromptRow":
        return prompt(asked, self.fresh(asked))

    def answer(self, question: str, answer: Answer) -> Posed:
        """Write down how well a question was answered; raises `NotFoundError`, and as `say`."""
        found = self.question(question)
        fields = {"question": found.name, "answer": answer.value}
        self.roadmap.ledger.say(lambda: [("", fields)])
        return found

    def set_aside(self, question: str, *, is_aside: bool) -> Posed:
        """Ask a question no more, or again; raises `NotFoundError`, and as `say`."""
        found = self.question(question)
        if self.recall(found).is_aside != is_aside:
            fields = {"question": found.name, "aside": is_aside}
            self.roadmap.ledger.say(lambda: [("", fields)])
        return found

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
        library = self.roadmap.library
        if wanted.name:
            named = self.roadmap.names.anything(wanted.name)
            each = (
                about(library, named)
                if isinstance(named, Paper)
                else posed(library, named)
            )
            yield from (asked for asked in each if not self.recall(asked).is_aside)
            return
        for asked in posed(library):
            recall = self.recall(asked)
            if not recall.is_aside and (recall.memory or self._is_ready(asked)):
                yield asked

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
