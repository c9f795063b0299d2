"""Placement: the reader says, topic by topic, what is known already."""

from collections.abc import Callable, Iterator, Sequence

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Place
from roadmap_cli.curriculum.names import Named
from roadmap_cli.curriculum.places import papers_beside, topics_of
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.asking import Dialogue

Section = tuple[Place | None, list[Paper]]
"""Papers to ask about, and the topic that they stand in, if they stand in one."""
_OF_TOPIC = ("yes", "no", "some", "quit")
_OF_PAPER = ("yes", "no", "quit")
_SHOWN = 12
"""Papers of a topic that are told before the question."""


def sections(
    library: Library, named: Sequence[Named], is_open: Callable[[Paper], bool]
) -> list[Section]:
    """The papers to ask about by topic, each work once: of what is named those that are open."""
    found: list[Section] = []
    asked = set[str]()
    for place, papers in _sections(library, named):
        each: dict[str, Paper] = {}
        for paper in papers:
            work = library.work[paper.name]
            if work not in asked and is_open(paper):
                each.setdefault(work, paper)
        asked.update(each)
        if each:
            found.append((place, list(each.values())))
    return found


def _sections(
    library: Library, named: Sequence[Named]
) -> Iterator[tuple[Place | None, Iterator[Paper]]]:
    for thing in named:
        if isinstance(thing, Paper):
            yield None, iter([thing])
            continue
        for topic in topics_of(library, thing):
            yield topic, library.papers_of(topic)
        yield None, papers_beside(library, thing)


class Placement:
    """A dialogue that asks what is known; `known` are the papers of which that was said.

    It holds also while the dialogue goes on, so that what was said survives its end.
    """

    def __init__(self, library: Library, dialogue: Dialogue) -> None:
        self.library = library
        self.dialogue = dialogue
        self.known: list[Paper] = []
        self.seen = 0

    def ask(self, some: Sequence[Section]) -> bool:
        """Ask about all sections in order; tell whether the reader went through to the end."""
        self.dialogue.say(
            "What do you know already? y: all of it, n or Enter: not, s: some of it, q: stop;"
            " what was said is kept."
        )
        for number, (place, papers) in enumerate(some, start=1):
            self.dialogue.say("")
            called = self.library.called(place) if place else "Outside all topics"
            at = f"{number}/{len(some)}"
            self.dialogue.say(f"{at}  {called}, {counted(len(papers), 'paper')}")
            if not self._ask_of(papers):
                return False
            self.seen = number
        return True

    def _ask_of(self, papers: Sequence[Paper]) -> bool:
        if len(papers) == 1:
            return self._ask_each(papers)
        names = [paper.called for paper in papers]
        self.dialogue.say(listed(names, _SHOWN))
        answer = self.dialogue.ask("Known?", _OF_TOPIC)
        if answer == "some":
            return self._ask_each(papers)
        if answer == "yes":
            self.known += papers
        return answer != "quit"

    def _ask_each(self, papers: Sequence[Paper]) -> bool:
        for paper in papers:
            answer = self.dialogue.ask(f"{paper.title}?", _OF_PAPER)
            if answer == "yes":
                self.known.append(paper)
            elif answer == "quit":
                return False
        return True
