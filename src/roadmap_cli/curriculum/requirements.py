"""What works require of each other, without circles, what is reached so, and what would help."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Topic
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.curriculum.references import named_in

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


class Requirements(NamedTuple):
    """What works require, without circles; all by work, in curriculum order.

    What a paper and its home topic require; a required topic stands for all its papers. Where
    several catalogues together require in a circle, what would close it is left out.
    `needs` are the works that each requires by itself. A topic of which some papers are enough
    is required as such: `asked_by` has, by its full name, the works that ask for it. In
    `all_needs` it stands for all its papers, as any topic does.
    """

    needs: Mapping[str, tuple[str, ...]]
    all_needs: Mapping[str, tuple[str, ...]]
    asked_by: Mapping[str, Numbers]


def requirements_in(library: "Library", catalogue: str = "") -> Requirements:
    """What the works of a library require directly; of a catalogue, as that says it."""
    place = library.positions.__getitem__
    by_name: dict[str, set[str]] = {}
    wholes: dict[str, set[str]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for work in library.positions:
        named, whole = set[str](), set[str]()
        for meant in _required_by(library, work, catalogue):
            if isinstance(meant, Topic) and meant.enough:
                whole.add(meant.full_name)
            elif isinstance(meant, Topic):
                named.update(library.works_of(meant))
            elif not meant.retired:
                named.add(library.work[meant.name])
        named.discard(work)
        if whole:
            by_name[work], wholes[work] = named, whole
        some = named.union(*(_works_of(library, name) for name in whole)) - {work}
        if some:
            found[work] = tuple(sorted(some, key=place))
    kept = without_circles(found)
    all_needs = {work: kept.get(work, ()) for work in library.positions}
    if not wholes:
        return Requirements(all_needs, all_needs, {})
    needs = {
        work: tuple(need for need in some if need in by_name.get(work, some))
        for work, some in all_needs.items()
    }
    return Requirements(needs, all_needs, _asked_by(library, wholes, all_needs))


def _works_of(library: "Library", topic: str) -> Sequence[str]:
    return library.works_of(library.topics[topic])


def _asked_by(
    library: "Library",
    wholes: Mapping[str, Collection[str]],
    needs: Mapping[str, tuple[str, ...]],
) -> dict[str, Numbers]:
    """The works that ask for each topic as a whole, where that closes no circle."""
    found: dict[str, list[int]] = {}
    for work, topics in wholes.items():
        some = {work, *needs[work]}
        for topic in topics:
            if some.issuperset(_works_of(library, topic)):
                found.setdefault(topic, []).append(library.positions[work])
    return {topic: Numbers.of(numbers) for topic, numbers in found.items()}


def _required_by(
    library: "Library", work: str, catalogue: str
) -> Iterator[Topic | Paper]:
    """What the entries of a work, and its home topic, name in `requires`; or of a catalogue those.

    A name is that of a paper or a topic: within the catalogue or, as a full name, in another.
    """
    topics, entries = library.topics_of[work], library.entries[work]
    if catalogue:
        topics = tuple(topic for topic in topics if topic.catalogue == catalogue)
        entries = tuple(entry for entry in entries if entry.catalogue == catalogue)
    asking: list[Topic | Paper] = [*topics[:1], *entries]
    for entry in asking:
        for name in entry.requires:
            meant = named_in(library, entry.catalogue, name)
            if meant is not None:
                yield meant


def helps_in(library: "Library") -> dict[str, tuple[str, ...]]:
    """The works that would help with each work of a library, in curriculum order.

    What a work requires directly is left out. Helps may go in a circle: nothing follows them.
    """
    place = library.positions.__getitem__
    all_needs = library.requirements.all_needs
    found: dict[str, tuple[str, ...]] = dict.fromkeys(library.positions, ())
    for work, entries in library.entries.items():
        named = {
            helping
            for entry in entries
            for name in entry.helps
            for helping in works_named(library, entry.catalogue, name)
        }
        if named:
            found[work] = tuple(sorted(named - {work, *all_needs[work]}, key=place))
    return found


def works_named(library: "Library", catalogue: str, name: str) -> Iterator[str]:
    """The works that a reference in a catalogue means, retired ones left out.

    The name is that of a paper or, for all its papers, of a topic: within the catalogue or, as
    a full name, in another.
    """
    meant = named_in(library, catalogue, name)
    if isinstance(meant, Topic):
        yield from library.works_of(meant)
    elif meant is not None and not meant.retired:
        yield library.work[meant.name]


def without_circles(
    needs: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """The same requirements less those that lead back to where they came from."""
    kept: dict[str, list[str]] = {work: [] for work in needs}
    finished: set[str] = set()
    for start in needs:
        if start in finished:
            continue
        path, waiting = [start], [iter(needs[start])]  # from the start to where we are
        on_path = {start}
        while path:
            work = path[-1]
            needed = next(
                (other for other in waiting[-1] if other not in on_path), None
            )
            if needed is None:
                finished.add(work)
                waiting.pop()
                on_path.remove(path.pop())
                continue
            kept[work].append(needed)
            if needed not in finished and needed in needs:
                path.append(needed)
                waiting.append(iter(needs[needed]))
                on_path.add(needed)
    return {work: tuple(some) for work, some in kept.items()}


def turned(needs: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The works that need each work directly, by those that each needs; in the same order."""
    found: dict[str, list[str]] = {}
    for work, some in needs.items():
        for needed in some:
            found.setdefault(needed, []).append(work)
    return {work: tuple(found.get(work, ())) for work in needs}


def reach_in(library: "Library") -> dict[str, int]:
    """The topics of each work of a library, and of all that build on it, by number as bits."""
    own: dict[str, int] = {}
    for number, topic in enumerate(library.topics.values()):
        for work in library.works_of(topic):
            own[work] = own.get(work, 0) | 1 << number
    needs, all_needs, _ = library.requirements
    is_same = all_needs is needs  # no topic is required of which some papers are enough
    return with_what_builds_on(own, library.needed_by if is_same else turned(all_needs))


def with_what_builds_on(
    own: Mapping[str, int], needed_by: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """The bits of each work joined with those of all works that build on it, directly or not.

    `needed_by` has no circles; a work without bits of its own has none in `own`.
    """
    found: dict[str, int] = {}
    waiting = list(needed_by)
    while waiting:
        work = waiting[-1]
        if work in found:  # it was waiting for more than one
            waiting.pop()
            continue
        missing = [builder for builder in needed_by[work] if builder not in found]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        bits = own.get(work, 0)
        for builder in needed_by[work]:
            bits |= found[builder]
        found[work] = bits
    return found
