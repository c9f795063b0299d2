"""Topics of which some papers are enough, found in a library."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Topic
from roadmap_cli.curriculum.numbers import Choice, Choices, Numbers
from roadmap_cli.curriculum.requirements import with_what_builds_on

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


def choices_in(library: "Library") -> Choices:
    """The topics of a library of which fewer papers are enough than there are."""
    topics = [topic for topic in library.topics.values() if topic.enough]
    if not topics:
        return Choices()
    needs = library.requirements.all_needs
    own: dict[str, int] = {}
    for number, topic in enumerate(topics):
        for work in library.works_of(topic):
            own[work] = own.get(work, 0) | 1 << number
    below = with_what_builds_on(own, needs)  # here: with what it needs
    by_topic = {}
    for number, topic in enumerate(topics):

        def leading_there(work: str, number: int = number) -> Iterator[str]:
            return (need for need in needs[work] if below[need] >> number & 1)

        in_order = _needs_first(library.works_of(topic), leading_there)
        by_topic[topic.full_name] = _choice(library, topic, in_order)
    optional = library.inside
    for topic in library.topics.values():
        if not topic.enough:
            optional -= library.works_in(topic)
    return Choices(by_topic, optional, _asking(library, optional))


def _choice(library: "Library", topic: Topic, in_order: Iterable[str]) -> Choice:
    works = library.works_in(topic)
    order = [
        number for work in in_order if (number := library.positions[work]) in works
    ]
    return Choice(
        topic.enough or 0,
        works,
        () if order == sorted(order) else tuple(order),
        library.requirements.asked_by.get(topic.full_name, Numbers()),
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
    works: Iterable[str], needs: Callable[[str], Iterator[str]]
) -> Iterable[str]:
    """Works in their order, but each behind all that it needs, which come along."""
    found: dict[str, None] = {}
    for start in works:
        waiting = [(start, needs(start))] if start not in found else []
        while waiting:
            work, needed = waiting[-1]
            before = next((other for other in needed if other not in found), None)
            if before is not None:
                waiting.append((before, needs(before)))
                continue
            waiting.pop()
            found[work] = None
    return found
