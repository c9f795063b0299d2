"""Where in a TOML file a value stands: the line of the key that a path leads to."""

import re

Place = tuple[str | int, ...]
"""The way to a value from the top: `("paper", "lora", "year")`, `("area", 0, "topic", 2)`."""

_HEADER = re.compile(r"^\s*(\[{1,2})\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_FIELD = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")


def line_of(text: str, place: Place) -> int | None:
    """The line, counted from 1, of a value; of its table where the value has no line.

    Reads headers and plain keys only; what is written in a more unusual way is not found.
    """
    best: tuple[int, int] | None = None
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table(header[2], counts, is_list=header[1] == "[[")
            here = table
        elif field := _FIELD.match(line):
            here = (*table, field[1])
        else:
            continue
        if place[: len(here)] == here and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None


def _table(name: str, counts: dict[Place, int], *, is_list: bool) -> Place:
    place: Place = ()
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for depth, part in enumerate(parts, start=1):
        place = (*place, part)
        if is_list and depth == len(parts):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
