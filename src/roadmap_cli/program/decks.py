"""The questions of topics, papers and notes as cards for Anki."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.curriculum.places import catalogue_of
from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.exchange.writing.anki import Card
from roadmap_cli.program.questions import Questions

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap


class Decks:
    """Makes cards of questions, but for those that are set aside."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.questions = Questions(roadmap)

    def of(self, names: Sequence[str]) -> list[Posed]:
        """The questions of these topics, areas, catalogues and papers, or all.

        Raises as `Questions.of`.
        """
        return self._once(
            each for name in names or [""] for each in self.questions.of(name)
        )

    def about(self, papers: Iterable[Paper]) -> list[Posed]:
        """The questions that these papers answer, and those of the notes on them."""
        return self._once(
            each for paper in papers for each in self.questions.about(paper)
        )

    def _once(self, each: Iterable[Posed]) -> list[Posed]:
        """Each question once, without those that are set aside."""
        found = {asked.name: asked for asked in each}.values()
        return [asked for asked in found if not self.questions.recall(asked).is_aside]

    def cards(self, questions: Iterable[Posed]) -> list[Card]:
        """The cards of questions."""
        return [
            Card(
                self.questions.first_name(asked),
                asked.question.ask,
                asked.question.hint,
                self._decks(asked),
            )
            for asked in questions
        ]

    def _decks(self, asked: Posed) -> tuple[str, ...]:
        """The titles of the catalogue, the area and the topic of a question."""
        library, topic = self.roadmap.library, asked.topic
        of = topic or asked.paper
        catalogue = catalogue_of(library, of.catalogue) if of else None
        titles = (catalogue.title,) if catalogue else ()
        if topic is None:
            return titles
        area = library.areas_by_name[topic.area_name]
        return (*titles, area.title, topic.title)
