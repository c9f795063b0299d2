"""Where in a TOML file a value stands: the line of the key that a path leads to."""

import re
from collections.abc import Collection, Iterable, Iterator

Place = tuple[str | int, ...]
"""The way to a value from the top: `("paper", "lora", "year")`, `("area", 0, "topic", 2)`."""

_PART = re.compile(r"""\"[^\"]*\"|'[^']*'|[^.\s]+""")
_FIELD = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_FENCES = ('"""', "'''")


class Lines:
    """The line, counted from 1, of each wanted value of a file.

    Reads headers and plain keys only; what is written in a more unusual way is not found.
    """

    def __init__(self, text: str, wanted: Iterable[Place]) -> None:
        self._first: dict[Place, int] = {}
        goals = set(wanted)
        self._ways = {
            place[:depth] for place in goals for depth in range(len(place) + 1)
        }
        for place, number in _places(text, self._ways):
            if place in self._ways:
                self._first.setdefault(place, number)
                goals.discard(place)
                if not goals:
                    break

    def of(self, place: Place) -> int | None:
        """The line of a wanted value; of the table around it where it has no line."""
        ways = (place[:depth] for depth in range(len(place), 0, -1))
        return next((self._first[way] for way in ways if way in self._first), None)


def _places(text: str, ways: Collection[Place]) -> Iterator[tuple[Place, int]]:
    """Each table with its line, and the fields of those on the way to what is wanted."""
    counts: dict[Place, int] = {}
    table: Place = ()
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if fence:  # within a text of several lines
            fence = "" if line.count(fence) % 2 else fence
            continue
        if line.lstrip().startswith("["):
            table = _table(line, counts)
            yield table, number
        elif table in ways and (field := _FIELD.match(line)):
            yield (*table, field[1]), number
        fence = next(
            (fence for fence in _FENCES if fence in line and line.count(fence) % 2), ""
        )


def _table(line: str, counts: dict[Place, int]) -> Place:
    head = line.strip().partition("#")[0].rstrip()
    is_list = head.startswith("[[")
    place: Place = ()
    parts = [part.strip("\"'") for part in _PART.findall(head.strip("[] \t"))]
    for depth, part in enumerate(parts, start=1):
        place = (*place, part)
        if is_list and depth == len(parts):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
