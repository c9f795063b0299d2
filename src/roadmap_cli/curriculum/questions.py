"""Self-check questions of topics and of the reader's notes, with the names that answers know."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Place, Question, Topic
from roadmap_cli.curriculum.places import topics_of

OWN = "#"
"""Stands between a paper's full name and the id of a question in the reader's notes on it."""


class Posed(NamedTuple):
    """A question, and who poses it: a topic of a catalogue, or the reader's notes on a paper.

    `name` is its full name, `genai/lora-rank` or, of notes on a paper, `genai/lora#rank`;
    `former` are full names under which it may have been answered before. The `topic` of a
    question of notes is the first of its paper, if there is one.
    """

    name: str
    question: Question
    topic: Topic | None
    former: tuple[str, ...] = ()
    paper: Paper | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its full name, and those that it may have had before."""
        return (self.name, *self.former)

    @property
    def subject(self) -> str:
        """The full name of its topic, or of the paper that stands in none."""
        if self.topic:
            return self.topic.full_name
        return self.paper.name if self.paper else ""

    @property
    def title(self) -> str:
        """What it is about: the title of the paper or of the topic that poses it."""
        if self.paper:
            return self.paper.title
        return self.topic.title if self.topic else ""

    @property
    def papers(self) -> frozenset[str]:
        """The full names of the papers that answer it, where it names them."""
        if self.topic is None:
            return frozenset()
        return frozenset(map(self.topic.in_full, self.question.papers))


def of_topic(topic: Topic) -> Iterator[Posed]:
    """The questions of a topic, in its order."""
    for question in topic.questions:
        name, *former = topic.names_of(question)
        yield Posed(name, question, topic, tuple(former))


def posed(library: Library, place: Place | None = None) -> Iterator[Posed]:
    """The questions of a topic, an area, a catalogue, or of all, in the curriculum's order."""
    topics = library.topics_asking() if place is None else topics_of(library, place)
    for topic in topics:
        yield from of_topic(topic)


def called(library: Library, names: Collection[str]) -> list[Posed]:
    """The questions of topics that have any of these full names, or had."""
    topics = library.topics_asking(names)
    each = (asked for topic in topics for asked in of_topic(topic))
    return [asked for asked in each if not frozenset(names).isdisjoint(asked.names)]


def about(library: Library, paper: Paper) -> list[Posed]:
    """The questions of topics that a paper answers: those that name it, else all of its topics."""
    work = library.work[paper.name]
    each = [asked for topic in library.topics_of[work] for asked in of_topic(topic)]
    naming = [
        asked
        for asked in each
        if any(library.work.get(name) == work for name in asked.papers)
    ]
    return naming or [asked for asked in each if not asked.papers]
