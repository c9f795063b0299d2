"""What works require of each other, without circles, what is reached so, and what would help."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Paper, Topic
from roadmap_cli.curriculum.references import named_in

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


def needs_in(library: "Library") -> dict[str, tuple[str, ...]]:
    """The works that each work of a library requires directly, in curriculum order.

    What a paper requires itself, and what its home topic requires; a required topic stands for
    all its papers. One catalogue never requires in a circle; where several together do, what
    would close the circle is left out.
    """
    place = library.positions.__getitem__
    each = ((work, set(_required_by(library, work))) for work in library.positions)
    found = {work: tuple(sorted(some, key=place)) for work, some in each if some}
    kept = without_circles(found)
    return {work: kept.get(work, ()) for work in library.positions}


def _required_by(library: "Library", work: str) -> Iterator[str]:
    """The works that the entries of a work, and its home topic, name in `requires`."""
    asking: list[Topic | Paper] = [
        *library.topics_of[work][:1],
        *library.entries[work],
    ]
    for entry in asking:
        for name in entry.requires:
            named = works_named(library, entry.catalogue, name)
            yield from (needed for needed in named if needed != work)


def helps_in(library: "Library") -> dict[str, tuple[str, ...]]:
    """The works that would help with each work of a library, in curriculum order.

    What a work requires directly is left out. Helps may go in a circle: nothing follows them.
    """
    place = library.positions.__getitem__
    found: dict[str, tuple[str, ...]] = dict.fromkeys(library.positions, ())
    for work, entries in library.entries.items():
        named = {
            helping
            for entry in entries
            for name in entry.helps
            for helping in works_named(library, entry.catalogue, name)
        }
        if named:
            found[work] = tuple(sorted(named - {work, *library.needs[work]}, key=place))
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
