"""Papers sorted by a field; where that is the same, they stay in the curriculum's order."""

from collections.abc import Iterable, Sequence

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Sort, Status, Topic
from roadmap_cli.language.spelling import fold
from roadmap_cli.progress.events import Progress

Section = tuple[Topic | None, Sequence[Paper]]
"""Papers under the topic that they are listed for."""
_STATUSES = (
    Status.READING,
    Status.TODO,
    Status.READ,
    Status.KNOWN,
    Status.SKIPPED,
    None,
)
"""The order of the statuses: what may be gone on with first, what is not known last."""


def sorted_by(
    field: Sort, sections: Iterable[Section], library: Library, progress: Progress
) -> list[Section]:
    """The papers of all sections as one list, each in a section of its own.

    A work that stands in several sections is listed in the first of the curriculum. The lowest
    value comes first, but of `added` the last; what has no value comes behind all others.
    """
    found: dict[str, tuple[Topic | None, Paper]] = {}
    for topic, papers in sorted(sections, key=lambda section: _place(section, library)):
        for paper in papers:
            found.setdefault(library.work[paper.name], (topic, paper))
    values = _values(field, [paper for _, paper in found.values()], library, progress)
    pairs = sorted(
        zip(values, found.values(), strict=True),
        key=lambda pair: (pair[0] is None, pair[0]),
    )
    return [(topic, [paper]) for _, (topic, paper) in pairs]


def _place(section: Section, library: Library) -> tuple[bool, int]:
    """The place of a section in the curriculum; papers outside all topics come last."""
    topic = section[0]
    return topic is None, library.topic_numbers[topic.full_name] if topic else 0


def _values(
    field: Sort, papers: Sequence[Paper], library: Library, progress: Progress
) -> Sequence[int | str | None]:
    """What each paper is sorted by."""
    match field:
        case Sort.MINUTES:
            return [paper.minutes for paper in papers]
        case Sort.YEAR:
            return [paper.year for paper in papers]
        case Sort.TITLE:
            return [fold(paper.title) for paper in papers]
        case Sort.ADDED:
            places = library.places_in_files([paper.name for paper in papers])
            return [-place for place in places]
        case Sort.STATUS:
            works = (library.work[paper.name] for paper in papers)
            return [_STATUSES.index(progress.known_status(work)) for work in works]
