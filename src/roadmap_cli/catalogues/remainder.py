"""What is left of a catalogue file when everything that is wrong in a field is taken out.

So the names in a file with mistakes can be checked as well, and all that is wrong is told at
once.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from roadmap_cli.catalogues.complaints import THE_KEY
from roadmap_cli.catalogues.document import Document
from roadmap_cli.catalogues.positions import Place

_MOST_PROBLEMS = 2_000
"""In fields: a file with more of them is no catalogue whose names are worth a look."""
_STAND_INS: Mapping[str, Any] = {
    "format": "roadmap-catalogue",
    "version": 1,
    "title": "-",
    "text": "-",
    "ask": "-",
    "url": "https://example.org/",
}
"""For fields that a table must have. Nothing is found out about these."""


def remainder(data: Mapping[str, Any], places: Iterable[Place]) -> Document | None:
    """The document without the values at these places; nothing where that is none either.

    A paper is left there, by its key, whatever is wrong with it: others may name it.
    """
    places = [*places]
    if len(places) > _MOST_PROBLEMS:
        return None
    rest = deepcopy(dict(data))
    # From behind, so that the numbers in front stay right.
    for place in sorted(set(places), key=_backwards, reverse=True):
        _take_out(rest, place)
    try:
        return Document.model_validate(rest)
    except ValidationError:
        return None


def _backwards(place: Place) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in place)


def _take_out(rest: dict[str, Any], place: Place) -> None:
    inside: Any = rest
    is_key = place[-1:] == THE_KEY
    *way, last = place[:-1] if is_key else place
    for part in way:
        try:
            inside = inside[part]
        except (KeyError, IndexError, TypeError):  # taken out already
            return
    if way == ["paper"] and not is_key:
        inside[last] = {"title": "-"}
    elif last in _STAND_INS and isinstance(inside, dict):
        inside[last] = _STAND_INS[str(last)]
    elif isinstance(inside, dict):
        inside.pop(last, None)
    elif isinstance(inside, list) and isinstance(last, int) and last < len(inside):
        del inside[last]
