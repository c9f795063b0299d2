"""Topics of which some papers are enough, found in a library."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Topic
from roadmap_cli.curriculum.numbers import Choice, Choices, Numbers

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


def choices_in(library: "Library") -> Choices:
    """The topics of a library of which fewer papers are enough than there are."""
    topics = [topic for topic in library.topics.values() if topic.enough]
    if not topics:
        return Choices()
    places = _needs_first(library.requirements.all_needs, library.positions)
    asked_by = library.requirements.asked_by
    by_topic = {
        topic.full_name: _choice(library, topic, places, asked_by) for topic in topics
    }
    optional = library.inside
    for topic in library.topics.values():
        if not topic.enough:
            optional -= library.works_in(topic)
    return Choices(by_topic, optional, _asking(library, optional))


def _choice(
    library: "Library",
    topic: Topic,
    places: Mapping[str, int],
    asked_by: Mapping[str, Numbers],
) -> Choice:
    works = library.works_in(topic)
    in_order = sorted(library.names_of(works), key=places.__getitem__)
    order = [library.positions[work] for work in in_order]
    return Choice(
        topic.enough or 0,
        works,
        () if order == sorted(order) else order,
        asked_by.get(topic.full_name, Numbers()),
    )


def _asking(library: "Library", optional: Numbers) -> Numbers:
    """The works that name any of these in `requires`."""
    names = {*library.names_of(optional)}
    return Numbers.of(
        library.positions[work]
        for work, needs in library.needs.items()
        if not names.isdisjoint(needs)
    )


def _needs_first(
    needs: Mapping[str, Sequence[str]], works: Iterable[str]
) -> Mapping[str, int]:
    """The place of each work in their order, but behind all that it needs, directly or not."""
    places: dict[str, int] = {}
    for start in works:
        waiting = [(start, iter(needs.get(start, ())))]
        while waiting:
            work, needed = waiting[-1]
            before = next((other for other in needed if other not in places), None)
            if before is not None:
                waiting.append((before, iter(needs.get(before, ()))))
                continue
            waiting.pop()
            places.setdefault(work, len(places))
    return places
