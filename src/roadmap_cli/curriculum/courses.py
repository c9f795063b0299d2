"""The catalogues of a library as courses: each with its own order, and the needs that it names."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Catalogue
from roadmap_cli.curriculum.numbers import Course, Numbers
from roadmap_cli.curriculum.requirements import requirements_in

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


class Courses:
    """A course for each catalogue, and by its id the needs of the works that are different."""

    def __init__(
        self,
        courses: Mapping[str, Course],
        needs: Mapping[str, Mapping[int, Sequence[int]]],
    ) -> None:
        self.courses = courses
        self.needs = needs

    def of(self, catalogue: str) -> Course:
        """A catalogue as a course, by its id."""
        return self.courses[catalogue]

    def needs_of(
        self, catalogue: str, works: Collection[int]
    ) -> Mapping[int, Sequence[int]]:
        """What works need directly that are different in a course; all are numbers."""
        return {work: self.needs[catalogue][work] for work in works}


def courses_in(library: "Library") -> Courses:
    """The courses of a library of several catalogues."""
    courses: dict[str, Course] = {}
    needs: dict[str, Mapping[int, Sequence[int]]] = {}
    for catalogue in library.catalogues:
        own = requirements_in(library, catalogue.id)
        works = library.works_in(catalogue)
        different = {
            library.positions[work]: [library.positions[need] for need in some]
            for work, some in own.needs.items()
            if some != library.needs[work] and library.positions[work] in works
        }
        order = _order(library, catalogue, works)
        needs[catalogue.id] = different
        courses[catalogue.id] = Course(
            works,
            catalogue is library.catalogues[0],
            () if order == sorted(order) else tuple(order),
            Numbers.of(different),
            own.asked_by,
        )
    return Courses(courses, needs)


def _order(library: "Library", catalogue: Catalogue, works: Numbers) -> list[int]:
    """The works of a catalogue, topic by topic, each where it comes first."""
    order: dict[int, None] = {}
    for topic in library.topics.values():
        for work in library.works_of(topic) if topic.catalogue == catalogue.id else ():
            order.setdefault(library.positions[work])
    return [*order, *(works - Numbers.of(order))]
