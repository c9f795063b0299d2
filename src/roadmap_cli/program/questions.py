"""The questions of a reader's catalogues and notes, and what is remembered of each."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Paper, Place, Status, Topic
from roadmap_cli.curriculum.questions import OWN, Posed, about, called, posed
from roadmap_cli.errors import AmbiguousNameError, NotFoundError
from roadmap_cli.language.slips import did_you_mean
from roadmap_cli.progress.reviews import A_DAY, Held, Recall, held, is_due
from roadmap_cli.progress.tally import counting, tally

if TYPE_CHECKING:
    from roadmap_cli.program.own_questions import OwnQuestions
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.progress.tally import Tally

_READ = (Status.READ, Status.KNOWN)


class Questions:
    """Finds questions by name, and tells which may be asked."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    @cached_property
    def own(self) -> "OwnQuestions":
        """The questions of the reader's notes."""
        from roadmap_cli.program.own_questions import OwnQuestions

        return OwnQuestions(self.roadmap)

    def of(self, name: str) -> Sequence[Posed]:
        """The questions of a topic, an area, a catalogue or a paper; all without a name.

        Those of notes come before those of catalogues. Raises as `Names.anything`.
        """
        library = self.roadmap.library
        if not name:
            return [*self.own.all(), *posed(library)]
        named = self.roadmap.names.anything(name)
        if isinstance(named, Paper):
            return self.about(named)
        return [*self._own_in(named), *posed(library, named)]

    def about(self, paper: Paper) -> list[Posed]:
        """The questions of the notes on a paper, and those of topics that it answers."""
        library = self.roadmap.library
        return [*self.own.on([library.work[paper.name]]), *about(library, paper)]

    def first_name(self, asked: Posed) -> str:
        """The name that a question had first: it stays, whatever the question is called later."""
        if asked.paper is None:
            return asked.former[0] if asked.former else asked.name
        name, before = asked.name, {**self._renamings, **self.own.renamed}
        for _ in range(len(before)):
            name = before.get(name, name)
        return name

    @cached_property
    def _renamings(self) -> Mapping[str, str]:
        return self.roadmap.ledger.index.renamings()

    def _own_in(self, place: Place) -> list[Posed]:
        library = self.roadmap.library
        return self.own.on(library.names_of(library.works_in(place)))

    def called(self, name: str) -> Posed:
        """The question of this name, in full or as its catalogue has it; or a former name.

        Raises `NotFoundError`, also as `Names.paper`, and `AmbiguousNameError`.
        """
        wanted = name.lower()
        if OWN in wanted:
            found = self._own_called(wanted)
        else:
            ids = (catalogue.id for catalogue in self.roadmap.library.catalogues)
            full = {wanted} if "/" in wanted else {f"{each}/{wanted}" for each in ids}
            found = called(self.roadmap.library, full)
        if len(found) > 1:
            raise AmbiguousNameError(name, [asked.name for asked in found])
        if not found:
            raise NotFoundError(
                f"no question is called `{name}`",
                hint=did_you_mean(wanted, self._all_names())
                or "roadmap review --list TOPIC names those of a topic",
            )
        return found[0]

    def _own_called(self, name: str) -> list[Posed]:
        paper, _, key = name.rpartition(OWN)
        library = self.roadmap.library
        work = library.work[self.roadmap.names.paper(paper).name]
        wanted = {f"{full}{OWN}{key}" for full in library.full_names[work]}
        own = self.own.on([work])
        return [asked for asked in own if not wanted.isdisjoint(asked.names)]

    def _all_names(self) -> list[str]:
        names = [name for asked in self.of("") for name in asked.names]
        return sorted({*names, *(name.partition("/")[2] for name in names)})

    def recall(self, asked: Posed) -> Recall:
        """What is remembered of a question, also under its former names."""
        names = [name for name in asked.names if name in self._recalls]
        if len(names) == 1 and names[0] == asked.name:
            return self._recalls[asked.name]
        return self.roadmap.ledger.index.recall(names) if names else Recall()

    def recalls_of(self, topic: Topic) -> dict[str, Recall] | None:
        """What is remembered of a topic's questions, by their ids; nothing if it is not known."""
        if self.roadmap.ledger.damages:
            return None
        found = list(posed(self.roadmap.library, topic))
        names = [name for asked in found for name in asked.names]
        self.__dict__["_recalls"] = self.roadmap.ledger.index.recalls(names)
        return {asked.question.id: self.recall(asked) for asked in found}

    def refresh(self) -> None:
        """Look at the journals again."""
        self.__dict__.pop("_recalls", None)

    @cached_property
    def _recalls(self) -> Mapping[str, Recall]:
        return self.roadmap.ledger.index.recalls()

    def is_ready(self, asked: Posed) -> bool:
        """Whether a question is asked without being named.

        It is once what answers it was read: its papers, or what completes its topic. A question
        of notes is at once, unless the paper is skipped.
        """
        progress, library = self.roadmap.progress, self.roadmap.library
        if asked.paper:
            status = progress.status(library.work[asked.paper.name])
            return status is not Status.SKIPPED
        if papers := asked.papers:
            works = [library.work.get(name) for name in papers]
            known = [work for work in works if work]
            return bool(known) and all(progress.status(work) in _READ for work in known)
        counts = self._counts(asked.topic)
        return counts.done == counts.counted > 0

    def is_open(self, asked: Posed) -> bool:
        """Whether a question may be asked without being named: if it is ready, or was answered.

        Not if it is set aside, and not if its topic or paper is skipped.
        """
        recall = self.recall(asked)
        if recall.is_aside:
            return False
        if self.is_ready(asked):
            return True
        return recall.memory is not None and not self._is_skipped(asked)

    def _is_skipped(self, asked: Posed) -> bool:
        if asked.paper or asked.topic is None:
            return True  # it would be ready else
        return self._counts(asked.topic).counted == 0

    def _counts(self, topic: Topic | None) -> "Tally":
        """How far a topic is."""
        assert topic is not None  # noqa: S101 - only a question of notes may have none
        known, library, progress = (
            self._known,
            self.roadmap.library,
            self.roadmap.progress,
        )
        if topic.full_name not in known:
            works = counting(library, progress, topic)
            known[topic.full_name] = tally(works, library, progress)
        return known[topic.full_name]

    @cached_property
    def _known(self) -> dict[str, "Tally"]:
        return {}

    def held(self) -> Held | None:
        """How much is remembered of all questions; nothing if it is not known."""
        if self.roadmap.ledger.damages:
            return None
        each = self.of("")
        return held([self.recall(asked) for asked in each], self.roadmap.ledger.now())

    def due_among(self, names: Sequence[str]) -> int:
        """How many of these questions `review` would ask today."""
        library, today = self.roadmap.library, self.roadmap.today
        room = max(A_DAY - self.roadmap.ledger.index.answered_on(today), 0)
        found = self._due(called(library, names), names)
        own = (name.partition(OWN)[0] for name in names if OWN in name)
        for work in dict.fromkeys(filter(None, map(library.answers_to, own))):
            if len(found) < room:  # else no more notes need to be read
                found |= self._due(self.own.on([work], quickly=True), names)
        return min(room, len(found))

    def _due(self, each: Iterable[Posed], names: Sequence[str]) -> set[str]:
        """Those of these questions that have any of these names, and are due."""
        among = [asked for asked in each if not {*names}.isdisjoint(asked.names)]
        every = [name for asked in among for name in asked.names]
        self.__dict__["_recalls"] = self.roadmap.ledger.index.recalls(every)
        return {asked.name for asked in among if self._is_due(asked)}

    def _is_due(self, asked: Posed) -> bool:
        memory, today = self.recall(asked).memory, self.roadmap.today
        is_time = memory is not None and is_due(memory, today)
        return is_time and self.is_open(asked)
