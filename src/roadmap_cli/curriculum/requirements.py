"""What works require of each other: without circles, and what is reached through them."""

from collections.abc import Mapping


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
