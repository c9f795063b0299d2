"""The questions that a reader wrote into notes, under the names that answers know."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Question
from roadmap_cli.curriculum.questions import OWN, Posed
from roadmap_cli.errors import DataFileError
from roadmap_cli.notes.questions import Noted, id_of, questions_in

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.store.events.index import EventIndex

KEPT = 500
"""Characters of a question that its answers keep, so that it is known again when it was edited."""
_ALIKE = 0.6
"""How like its former words an edited question has to be, 0 to 1."""
_MOST_PAIRS = 10_000
"""Pairs of former and new words in one note that are compared at all."""


class OwnQuestions:
    """Reads the questions of notes; each note is read once.

    A question of which the words were edited goes on under what its former words were answered
    by, where it is clear which it was.
    """

    def __init__(self, roadmap: "Roadmap") -> None:
        self._roadmap = roadmap
        self._read: dict[str, list[Posed]] = {}
        self.renamed: dict[str, str] = {}
        """What questions with edited words were called, by their names now."""
        self.warnings: list[DataFileError] = []

    def all(self) -> list[Posed]:
        """The questions of all notes on papers that a catalogue has, in the curriculum's order."""
        library = self._roadmap.library
        texts = self._roadmap.notes.by_work(library)
        works = sorted(texts, key=library.positions.__getitem__)
        return [asked for work in works for asked in self._known(work, texts[work])]

    def on(self, works: Iterable[str], *, quickly: bool = False) -> list[Posed]:
        """The questions of the notes on these works.

        `quickly` looks at no other notes where that makes no difference but to what is warned
        of.
        """
        found: list[Posed] = []
        for work in works:
            text = "" if work in self._read else self._text(work, quickly=quickly)
            found += self._known(work, text)
        return found

    def _text(self, work: str, *, quickly: bool) -> str:
        notes, papers = self._roadmap.notes, self._roadmap.library.entries[work]
        if quickly and len(papers) == 1:
            with suppress(DataFileError):  # of which `read` warns
                usual = notes.usual(papers[0])
                if usual is not None:
                    return usual
        return notes.read(papers)

    def _known(self, work: str, text: str) -> list[Posed]:
        """The questions of a work's notes, whose text is this."""
        if work not in self._read:
            each = list(self._once(work, questions_in(text)))
            self._read[work] = self._recognized(work, each) if each else []
        return self._read[work]

    def _once(self, work: str, noted: Iterable[Noted]) -> Iterator[Posed]:
        """Each question under its full name; of two with one name the first, with a warning."""
        library, seen = self._roadmap.library, dict[str, str]()
        topics = library.topics_of[work]
        for each in noted:
            if each.id in seen:
                if each.ask != seen[each.id]:
                    self._warn_of_double(work, each)
                continue
            seen[each.id] = each.ask
            names = [f"{name}{OWN}{each.id}" for name in library.full_names[work]]
            own = f"{work}{OWN}{each.id}"
            names += [f"{work}{OWN}{id_of(each.ask)}"] if each.is_named else []
            yield Posed(
                own,
                Question(each.id, each.ask, each.answer),
                topics[0] if topics else None,
                tuple(name for name in names if name != own),
                library.shown[work],
            )

    def _warn_of_double(self, work: str, noted: Noted) -> None:
        paper = self._roadmap.library.shown[work]
        path = self._roadmap.notes.path(paper)
        self.warnings.append(
            DataFileError(
                f"{path}: two questions are called ^{noted.id}; only the first is asked",
                hint="give one of them another id",
            )
        )

    def _recognized(self, work: str, each: list[Posed]) -> list[Posed]:
        """The same, where what was answered under other words is found again."""
        told = self._told
        for asked in each:
            unnamed = f"{work}{OWN}{id_of(asked.question.ask)}"
            if unnamed in told and asked.name not in told:  # its id was written since
                self.renamed[asked.name] = unnamed
        new = {
            asked.name: asked.question.ask
            for asked in each
            if told.isdisjoint(asked.names)
        }
        gone = self._gone(work, each) if new else {}
        renamed = paired(gone, new) if gone else {}
        self.renamed |= renamed
        return [
            asked._replace(former=(*asked.former, renamed[asked.name]))
            if asked.name in renamed
            else asked
            for asked in each
        ]

    def _gone(self, work: str, each: Iterable[Posed]) -> dict[str, str]:
        """What was answered of a work's notes and stands there no more: its words by its names."""
        papers = self._roadmap.library.full_names[work]
        told = {name for paper in papers for name in self._told_of.get(paper, ())}
        gone = told.difference(name for asked in each for name in asked.names)
        return self._index.asked(sorted(gone)) if gone else {}

    @property
    def _index(self) -> "EventIndex":
        return self._roadmap.ledger.index

    @cached_property
    def _told(self) -> frozenset[str]:
        """The questions of which anything was said, without those that were renamed since."""
        return frozenset(self._index.questions_told())

    @cached_property
    def _told_of(self) -> Mapping[str, list[str]]:
        """Those of notes, by their papers."""
        found: dict[str, list[str]] = {}
        for name in self._told:
            found.setdefault(name.partition(OWN)[0], []).append(name)
        return found


def paired(gone: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Which question that is gone each new one was, by their words; both by their names.

    Only where each is the only one that is like the other.
    """
    if len(gone) * len(new) > _MOST_PAIRS:
        return {}
    pairs = [
        (name, former)
        for former, before in gone.items()
        for name, ask in new.items()
        if _is_alike(before[:KEPT], ask[:KEPT])
    ]
    names = [name for name, _ in pairs]
    formers = [former for _, former in pairs]
    return {
        name: former
        for name, former in pairs
        if names.count(name) == formers.count(former) == 1
    }


def _is_alike(before: str, after: str) -> bool:
    from difflib import SequenceMatcher  # most questions are as they were

    matcher = SequenceMatcher(None, before.casefold(), after.casefold(), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
