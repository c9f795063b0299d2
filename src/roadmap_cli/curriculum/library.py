"""All catalogues as one list to read from: which papers are one work, their order, their needs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Place, Topic
from roadmap_cli.curriculum.numbers import Choices, Numbers, Waiting

if TYPE_CHECKING:
    from roadmap_cli.curriculum.answers import Answers
    from roadmap_cli.curriculum.courses import Courses
    from roadmap_cli.curriculum.references import Missing
    from roadmap_cli.curriculum.requirements import Requirements
    from roadmap_cli.curriculum.works import Bridge


class Library:
    """All catalogues together, as one list to read from.

    A paper in two catalogues is one *work*: it has one progress, under the full name of the
    first. `made_from` tells the files that it was read from, in their order, from all others.
    """

    def __init__(self, catalogues: tuple[Catalogue, ...], made_from: str = "") -> None:
        self.catalogues = catalogues
        self.made_from = made_from

    def close(self) -> None:
        """Let go of what it is read from."""

    @cached_property
    def work(self) -> Mapping[str, str]:
        """The work that each paper is, both by full name."""
        return self._joined[0]

    @property
    def bridges(self) -> Sequence["Bridge"]:
        """The entries that would have made two papers of one catalogue one work."""
        return self._joined[1]

    @cached_property
    def _joined(self) -> tuple[Mapping[str, str], Sequence["Bridge"]]:
        if len(self.catalogues) == 1:  # no two of its papers are one work
            return {name: name for name in self.papers}, ()
        from roadmap_cli.curriculum.works import join  # one catalogue does without

        return join(self.papers.values())

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """Every paper by its full name, in the order of the files."""
        papers = chain(*(some.papers.values() for some in self.catalogues))
        return {paper.name: paper for paper in papers}

    @cached_property
    def entries(self) -> Mapping[str, tuple[Paper, ...]]:
        """The papers that are each work: one for every catalogue that names it."""
        found: dict[str, list[Paper]] = {}
        for name, paper in self.papers.items():
            found.setdefault(self.work[name], []).append(paper)
        return {work: tuple(papers) for work, papers in found.items()}

    @cached_property
    def shown(self) -> Mapping[str, Paper]:
        """The paper to show for each work: the first that is not retired, if there is one."""
        return {
            work: next((paper for paper in papers if not paper.retired), papers[0])
            for work, papers in self.entries.items()
        }

    @cached_property
    def retired(self) -> Collection[str]:
        """The works that are no longer in the curriculum."""
        return {work for work, paper in self.shown.items() if paper.retired}

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Every area in reading order; its topics list what there is of other catalogues."""
        from roadmap_cli.curriculum import references  # a stored library does without

        areas = (area for catalogue in self.catalogues for area in catalogue.areas)
        return tuple(references.resolved(area, self) for area in areas)

    @cached_property
    def missing(self) -> "Sequence[Missing]":
        """The references to other catalogues that lead nowhere; they are left out."""
        from roadmap_cli.curriculum import references  # a stored library does without

        return tuple(references.missing(self))

    @cached_property
    def areas_by_name(self) -> Mapping[str, Area]:
        """Every area by its full name, in reading order."""
        return {area.full_name: area for area in self.areas}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by its full name, in reading order."""
        return {topic.full_name: topic for area in self.areas for topic in area.topics}

    @property
    def places(self) -> list[Area | Topic]:
        """Every area, then every topic."""
        return [*self.areas, *self.topics.values()]

    def called(self, place: Place) -> str:
        """Its title, and the area where topics share it."""
        if not isinstance(place, Topic) or self.topics_titled(place.title) == 1:
            return place.title
        return f"{place.title} ({place.area})"

    def topics_titled(self, title: str) -> int:
        """How many topics have the title."""
        return sum(topic.title == title for topic in self.topics.values())

    def topics_asking(self, questions: Collection[str] | None = None) -> list[Topic]:
        """The topics that pose any of these questions, by full names, or any at all."""
        return [topic for topic in self.topics.values() if topic.poses(questions)]

    @cached_property
    def topic_names(self) -> Sequence[str]:
        """The full name of each topic, by its number in reading order."""
        return tuple(self.topics)

    @cached_property
    def topic_numbers(self) -> Mapping[str, int]:
        """The number of each topic."""
        return {name: number for number, name in enumerate(self.topics)}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Works in the order of the curriculum, papers without a topic last."""
        each = chain.from_iterable(self._works_by_topic.values())
        order = {work: number for number, work in enumerate(dict.fromkeys(each))}
        for name in self.papers:
            order.setdefault(self.work[name], len(order))
        return order

    @cached_property
    def _works_by_topic(self) -> Mapping[str, Sequence[str]]:
        """The works of each topic in its reading order, by the topic's full name."""
        work = self.work
        return {
            name: [work[paper.name] for paper in self.papers_of(topic)]
            for name, topic in self.topics.items()
        }

    def works_of(self, topic: Topic) -> Sequence[str]:
        """The works of a topic in its reading order, without retired ones."""
        return self._works_by_topic[topic.full_name]

    @cached_property
    def works(self) -> Sequence[str]:
        """The work at each of these positions."""
        return tuple(self.positions)

    def names_of(self, numbers: Iterable[int]) -> Iterator[str]:
        """The works at these positions."""
        return map(self.works.__getitem__, numbers)

    @cached_property
    def current(self) -> Numbers:
        """The works that are in the curriculum, and not retired."""
        gone = Numbers.of(self.positions[work] for work in self.retired)
        return Numbers.below(len(self.positions)) - gone

    @cached_property
    def inside(self) -> Numbers:
        """The works that stand in a topic; in the curriculum's order they come first."""
        return Numbers.below(sum(map(bool, self.topics_of.values())))

    def works_in(self, place: Place) -> Numbers:
        """The works of a topic, of all topics of an area, or of a catalogue, none retired.

        A catalogue has its own, and those that its topics list of others.
        """
        if isinstance(place, Catalogue):
            own = (paper for paper in place.papers.values() if not paper.retired)
            found = Numbers.of(self.positions[self.work[paper.name]] for paper in own)
            for area in self.areas:
                if area.catalogue == place.id:
                    found |= self.works_in(area)
            return found
        topics = place.topics if isinstance(place, Area) else (place,)
        works = (self._works_by_topic[topic.full_name] for topic in topics)
        return Numbers.of(map(self.positions.__getitem__, chain.from_iterable(works)))

    def minutes_of(self, works: Numbers) -> tuple[int, int]:
        """The minutes of these works together, and how many of them have no estimate."""
        timed, minutes = Numbers(), 0
        for place, having in enumerate(self.minute_bits):
            found = works & having
            minutes += len(found) << place
            timed |= found
        return minutes, len(works) - len(timed)

    @cached_property
    def minute_bits(self) -> Sequence[Numbers]:
        """For each binary digit of their minutes, the lowest first, the works that have it."""
        from roadmap_cli.curriculum import measures  # a stored library does without

        return measures.minute_bits(self)

    @cached_property
    def languages(self) -> Mapping[str, Numbers]:
        """The works in each language but English: `zh` for Chinese of every sort."""
        from roadmap_cli.curriculum import measures  # a stored library does without

        return measures.languages(self)

    def begun_with(self, typed: str) -> list[str]:
        """The works whose key or full name begins so, in curriculum order."""
        works = {
            self.work[name]
            for name, paper in self.papers.items()
            if paper.key.startswith(typed) or name.startswith(typed)
        }
        return sorted(works, key=self.positions.__getitem__)

    @cached_property
    def topics_of(self) -> Mapping[str, tuple[Topic, ...]]:
        """The topics that each work stands in, in reading order; the first is its home."""
        found: dict[str, list[Topic]] = {work: [] for work in self.work.values()}
        for name, topic in self.topics.items():
            for work in dict.fromkeys(self._works_by_topic[name]):
                found[work].append(topic)
        return {work: tuple(topics) for work, topics in found.items()}

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """The works that each work requires directly, in curriculum order; see `Requirements`."""
        return self.requirements.needs

    @cached_property
    def requirements(self) -> "Requirements":
        """All that works require of each other."""
        from roadmap_cli.curriculum.requirements import requirements_in

        return requirements_in(self)

    @cached_property
    def choices(self) -> "Choices":
        """The topics of which some papers are enough."""
        from roadmap_cli.curriculum import choices  # a stored library does without

        return choices.choices_in(self)

    @cached_property
    def courses(self) -> "Courses | None":
        """The catalogues as courses, where there are several."""
        from roadmap_cli.curriculum.courses import courses_in

        return courses_in(self) if len(self.catalogues) > 1 else None

    @cached_property
    def helps(self) -> Mapping[str, tuple[str, ...]]:
        """The works that would help with each work besides what it needs: advice alone."""
        from roadmap_cli.curriculum.requirements import helps_in

        return helps_in(self)

    def needed_for(self, works: Numbers) -> Numbers:
        """The works that any of these require directly."""
        needs = (self.needs[work] for work in self.names_of(works))
        return Numbers.of(self.positions[needed] for some in needs for needed in some)

    @cached_property
    def needed_by(self) -> Mapping[str, tuple[str, ...]]:
        """The works that require each work directly, in curriculum order."""
        from roadmap_cli.curriculum.requirements import turned

        return turned(self.needs)

    @cached_property
    def reach(self) -> Mapping[str, int]:
        """The topics of each work, and of all that build on it: a bit for each topic's number."""
        from roadmap_cli.curriculum.requirements import reach_in

        return reach_in(self)

    @cached_property
    def waiting(self) -> Waiting:
        """The works that are hard and open nothing."""
        from roadmap_cli.curriculum.waiting import waiting_in

        return waiting_in(self)

    @cached_property
    def full_names(self) -> Mapping[str, tuple[str, ...]]:
        """All full names that events may call each work by, also those of the past."""
        found: dict[str, dict[str, None]] = {work: {} for work in self.positions}
        for name, work in (*self.work.items(), *self.former_names.items()):
            found[work][name] = None
        return {work: tuple(names) for work, names in found.items()}

    def full_names_of(self, works: Iterable[str]) -> list[str]:
        """All full names that events may call any of these works by."""
        return [name for work in works for name in self.full_names[work]]

    @cached_property
    def former_names(self) -> Mapping[str, str]:
        """The work that each full name of the past means."""
        return {
            f"{paper.catalogue}/{alias.lower()}": self.work[paper.name]
            for paper in reversed(tuple(self.papers.values()))
            for alias in paper.aliases
        }

    def numbers_called(self, names: Iterable[str]) -> dict[str, int]:
        """The positions of the works that full names mean, those of the past included."""
        works = {name: self.answers_to(name) for name in names}
        return {name: self.positions[work] for name, work in works.items() if work}

    def answers_to(self, name: str) -> str | None:
        """The work that a full name means, also one that the paper had before."""
        return self.work.get(name) or self.former_names.get(name)

    def papers_called(self, folded: str) -> Iterable[Paper]:
        """The papers that answer to exactly this; as all of these, of folded texts."""
        return self._papers_by_answer.called(folded)

    def papers_called_any(self, folded: Collection[str]) -> Iterable[Paper]:
        """The papers that answer to exactly one of these."""
        return self._papers_by_answer.called_any(folded)

    def papers_begun(self, folded: str) -> Iterable[Paper]:
        """The papers of which the key or an alias begins so."""
        return self._papers_by_answer.begun(folded)

    def papers_titled(self, folded: str) -> Iterable[Paper]:
        """The papers whose title has this from the beginning of a word on."""
        return self._papers_by_answer.titled(folded)

    def papers_identified(self, identity: str) -> Iterable[Paper]:
        """The papers that an arXiv id, DOI or link means."""
        return self._papers_by_identity.get(identity, ())

    def places_called(self, folded: str) -> Iterable[Topic | Area]:
        """The areas and topics that answer to exactly this."""
        return self._places_by_answer.called(folded)

    def places_called_any(self, folded: Collection[str]) -> Iterable[Topic | Area]:
        """The areas and topics that answer to exactly one of these."""
        return self._places_by_answer.called_any(folded)

    def places_begun(self, folded: str) -> Iterable[Topic | Area]:
        """The areas and topics of which the name, the id or an alias begins so."""
        return self._places_by_answer.begun(folded)

    def places_titled(self, folded: str) -> Iterable[Topic | Area]:
        """The areas and topics whose title has this from the beginning of a word on."""
        return self._places_by_answer.titled(folded)

    @cached_property
    def _papers_by_answer(self) -> "Answers[Paper]":
        from roadmap_cli.curriculum.answers import Answers  # not for a stored library

        return Answers(self.papers.values(), lambda paper: (paper.key, *paper.aliases))

    @cached_property
    def _places_by_answer(self) -> "Answers[Topic | Area]":
        from roadmap_cli.curriculum.answers import Answers

        return Answers(self.places, lambda spot: (spot.name, spot.id, *spot.aliases))

    @cached_property
    def _papers_by_identity(self) -> Mapping[str, Sequence[Paper]]:
        found: dict[str, list[Paper]] = {}
        for paper in self.papers.values():
            for identity in paper.identities:
                found.setdefault(identity, []).append(paper)
        return found

    def spellings(
        self, word: str, *, papers: bool = True, places: bool = True
    ) -> Iterable[str]:
        """What papers, and areas and topics, answer to and a comparable word may mean.

        Of very many, what is near.
        """
        del word  # here it costs nothing to give all
        for paper in self.papers.values() if papers else ():
            yield from paper.answers
        for place in self.places if places else ():
            yield from (place.name, *place.answers)

    def papers_of(self, topic: Topic) -> Iterator[Paper]:
        """The papers of a topic in reading order, without retired ones."""
        for name in topic.papers:
            paper = self.papers[topic.in_full(name)]
            if not paper.retired:
                yield paper

    def places_in_files(self, names: Sequence[str]) -> list[int]:
        """The places of papers, by their full names, in the order of the files."""
        places = {name: place for place, name in enumerate(self.papers)}
        return [places[name] for name in names]
