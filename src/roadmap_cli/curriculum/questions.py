"""The self-check questions of a library, with the names under which answers know them."""

from collections.abc import Iterator
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Place, Question, Topic
from roadmap_cli.curriculum.places import topics_of


class Posed(NamedTuple):
    """A question, and the topic that poses it."""

    topic: Topic
    question: Question

    @property
    def name(self) -> str:
        """Its full name: `genai/lora-rank`."""
        return f"{self.topic.catalogue}/{self.question.id}"

    @property
    def names(self) -> tuple[str, ...]:
        """Its full name, and those that it had before."""
        catalogue = self.topic.catalogue
        former = (f"{catalogue}/{alias}" for alias in self.question.aliases)
        return (self.name, *former)

    @property
    def papers(self) -> frozenset[str]:
        """The full names of the papers that answer it, where it names them."""
        return frozenset(map(self.topic.in_full, self.question.papers))


def posed(library: Library, place: Place | None = None) -> Iterator[Posed]:
    """The questions of a topic, an area, a catalogue, or of all, in the curriculum's order."""
    topics = library.topics.values() if place is None else topics_of(library, place)
    for topic in topics:
        for question in topic.questions:
            yield Posed(topic, question)


def about(library: Library, paper: Paper) -> list[Posed]:
    """The questions that a paper answers: those that name it, else all of its topics."""
    work = library.work[paper.name]
    topics = library.topics_of[work]
    each = [Posed(topic, question) for topic in topics for question in topic.questions]
    naming = [
        asked
        for asked in each
        if any(library.work.get(name) == work for name in asked.papers)
    ]
    return naming or [asked for asked in each if not asked.papers]
