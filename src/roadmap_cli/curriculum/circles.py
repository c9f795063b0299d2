"""Requirements without those that lead back to where they came from."""

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
            needed = next((one for one in waiting[-1] if one not in on_path), None)
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
