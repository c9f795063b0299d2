"""What a work needs, how much is left behind it, and in which order works are listed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Topic
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.tally import counting
from roadmap_cli.suggest.wishes import Syllabus

MANY = 200
"""Works beyond which it is of no use to count on."""


class Reach:
    """Counts what is left of all that follows a work.

    What directly follows a work is gone through once, however many lead there, and never
    further than it takes to know that it is `MANY`.
    """

    def __init__(
        self,
        following: Callable[[str], Sequence[str]],
        is_left: Callable[[str], bool],
    ) -> None:
        self._following = following
        self._is_left = is_left
        self._left: dict[str, list[str]] = {}

    def count(self, work: str) -> int:
        """How many works that are left follow this one; at most `MANY`."""
        found: set[str] = set()
        layer = [work]
        while layer:
            beyond: list[str] = []
            for before in layer:
                new = [behind for behind in self._behind(before) if behind not in found]
                found.update(new)
                beyond += new
                if len(found) >= MANY:
                    return MANY
            layer = beyond
        return len(found)

    def _behind(self, work: str) -> list[str]:
        """What directly follows a work and is left, at most `MANY`."""
        if work not in self._left:
            left = filter(self._is_left, self._following(work))
            self._left[work] = list(islice(left, MANY))
        return self._left[work]


class Needs:
    """What works need to have read first, as far as the reader is now.

    Of a required topic of which some papers are enough that is what completes it, `intended`
    works first: they are read anyway. With the `syllabus` of a catalogue it is what that alone
    says.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress,
        syllabus: Syllabus | None = None,
        intended: Numbers = Numbers(),  # noqa: B008 - a value that never changes
    ) -> None:
        self._library = library
        self._intended = intended
        self._progress = progress
        self._complete: dict[str, Numbers] = {}
        is_own = library.courses and syllabus and not syllabus.prerequisites
        self._catalogue = syllabus.catalogue if syllabus and is_own else ""
        self._course = (
            library.courses.of(self._catalogue)
            if library.courses and self._catalogue
            else None
        )
        asked_by = {
            topic: choice.asked_by
            for topic, choice in library.choices.by_topic.items()
            if choice.asked_by
        }
        self._asked_by = self._course.asked_by if self._course else asked_by

    def of(self, work: str) -> Sequence[str]:
        """The works that a work needs directly."""
        needs = self._by_name(work)
        if not self._asked_by:
            return needs
        number = self._library.positions[work]
        asked = [topic for topic, some in self._asked_by.items() if number in some]
        more = [
            name
            for name in self._library.names_of(self._completing(asked))
            if name != work and name not in needs
        ]
        return (*needs, *more)

    def _by_name(self, work: str) -> Sequence[str]:
        if self._course is None:
            return self._library.needs[work]
        number = self._library.positions[work]
        if number in self._course.different:
            return tuple(self._library.names_of(self._different([number])))
        return self._library.needs[work] if number in self._course.works else ()

    def _different(self, works: Collection[int]) -> Numbers:
        courses = self._library.courses
        found = courses.needs_of(self._catalogue, works) if courses and works else {}
        return Numbers.of(need for needs in found.values() for need in needs)

    def of_any(self, works: Numbers) -> Numbers:
        """The works that any of these need directly."""
        asked = [topic for topic, some in self._asked_by.items() if works & some]
        found = self._completing(asked)
        if self._course is None:
            return found | self._library.needed_for(works)
        works &= self._course.works
        found |= self._different(works & self._course.different)
        return found | self._library.needed_for(works - self._course.different)

    def _completing(self, topics: Iterable[str]) -> Numbers:
        """The works that complete these topics."""
        found = Numbers()
        for topic in topics:
            if topic not in self._complete:
                place = self._library.topics[topic]
                some = counting(self._library, self._progress, place, self._intended)
                self._complete[topic] = some.numbers
            found |= self._complete[topic]
        return found


class Listing:
    """The order in which works are listed: the curriculum's, or that of a course.

    That of the first catalogue is the curriculum's; any other has the `course` of its syllabus.
    """

    def __init__(self, library: Library, syllabus: Syllabus | None) -> None:
        courses = library.courses
        course = courses.of(syllabus.catalogue) if courses and syllabus else None
        self.course = None if course is None or course.is_first else course
        self.called = (
            syllabus.catalogue if syllabus and self.course else "the curriculum"
        )
        self._library = library
        self._ends: dict[str, int] = {}

    @cached_property
    def _ranks(self) -> Mapping[int, int]:
        """The places of the works in the course, by number."""
        order = (self.course.order or self.course.works) if self.course else ()
        return {number: rank for rank, number in enumerate(order)}

    def __len__(self) -> int:
        """How many works there are."""
        return len(self._ranks) if self.course else len(self._library.positions)

    def rank(self, work: str) -> int:
        """The place of a work, from 0; what the course does not have comes behind it."""
        number = self._library.positions[work]
        if self.course is None:
            return number
        return self._ranks.get(number, len(self._ranks) + number)

    def in_order(self, some: Numbers) -> Iterator[str]:
        """These works in their order, each found when it is asked for."""
        if self.course is None:
            return self._library.names_of(some)
        own = (number for number in self._ranks if number in some)
        return self._library.names_of(chain(own, some - self.course.works))

    def homes(self, work: str) -> Sequence[Topic]:
        """The topics that a work stands in, of a course those that it has."""
        topics = self._library.topics_of[work]
        if self.course is None:
            return topics
        return [topic for topic in topics if topic.catalogue == self.called]

    def end(self, topic: Topic) -> int:
        """The place of the last work of a topic, from 1."""
        name = topic.full_name
        if name not in self._ends:
            works = self._library.works_in(topic)
            last = works.bits.bit_length() - 1
            if self.course:
                last = max(self._ranks[number] for number in works)
            self._ends[name] = last + 1
        return self._ends[name]
