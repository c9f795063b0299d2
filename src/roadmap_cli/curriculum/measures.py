"""The minutes and the languages of works, as sets of works: for laying a library down."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.language.locales import ENGLISH, primary

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


def minute_bits(library: "Library") -> Sequence[Numbers]:
    """For each binary digit of their minutes, the lowest first, the works that have it.

    So the minutes of whole topics are added up without looking at each paper.
    """
    found: list[list[int]] = []
    for work, number in library.positions.items():
        minutes = library.shown[work].minutes or 0
        found += ([] for _ in range(len(found), minutes.bit_length()))
        for place in range(minutes.bit_length()):
            if minutes >> place & 1:
                found[place].append(number)
    return tuple(map(Numbers.of, found))


def languages(library: "Library") -> Mapping[str, Numbers]:
    """The works in each language but English: `zh` for Chinese of every sort."""
    found: dict[str, list[int]] = {}
    for work, number in library.positions.items():
        language = primary(library.shown[work].language)
        if language != ENGLISH:
            found.setdefault(language, []).append(number)
    return {language: Numbers.of(numbers) for language, numbers in found.items()}
