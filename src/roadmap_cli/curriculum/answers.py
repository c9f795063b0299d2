"""Things by what they answer to: laid out at the first question, then looked up."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from roadmap_cli.language.spelling import fold

_LAST = "\U0010ffff"
"""The last character there is: behind all that go on otherwise."""


class _Answering(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def answers(self) -> tuple[str, ...]: ...


_T = TypeVar("_T", bound=_Answering)


class Answers(Generic[_T]):
    """What folded texts may mean among some things; found things keep the order of all.

    `calls_of` tells what counts of a thing where only the beginning of a name is known.
    """

    def __init__(
        self, things: Iterable[_T], calls_of: Callable[[_T], Iterable[str]]
    ) -> None:
        self._things = tuple(things)
        self._calls_of = calls_of

    def called(self, folded: str) -> list[_T]:
        """The things that answer to exactly this."""
        return self._in_order(self._exactly.get(folded, ()))

    def called_any(self, folded: Collection[str]) -> list[_T]:
        """The things that answer to exactly one of these."""
        known = self._exactly
        return self._in_order(n for text in folded for n in known.get(text, ()))

    def begun(self, folded: str) -> list[_T]:
        """The things of which a call begins so."""
        calls = self._calls
        first = bisect_left(calls, (folded, 0))
        last = bisect_right(calls, (folded + _LAST, 0))
        return self._in_order(number for _, number in calls[first:last])

    def titled(self, folded: str) -> list[_T]:
        """The things whose title has this from the beginning of a word on."""
        titles, starts = self._titles
        found: list[int] = []
        place = titles.find(f" {folded}")
        while place >= 0:
            number = bisect_right(starts, place)
            found.append(number - 1)
            begin = starts[number] if number < len(starts) else len(titles)
            place = titles.find(f" {folded}", begin)
        return self._in_order(found)

    def _in_order(self, numbers: Iterable[int]) -> list[_T]:
        return [self._things[number] for number in sorted(set(numbers))]

    @cached_property
    def _exactly(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, thing in enumerate(self._things):
            for call in thing.answers:
                found.setdefault(fold(call), []).append(number)
        return found

    @cached_property
    def _calls(self) -> list[tuple[str, int]]:
        return sorted(
            (fold(call), number)
            for number, thing in enumerate(self._things)
            for call in self._calls_of(thing)
        )

    @cached_property
    def _titles(self) -> tuple[str, list[int]]:
        """All titles, a line for each, and where each begins."""
        lines = [f" {fold(thing.title)}\n" for thing in self._things]
        starts, place = [], 0
        for line in lines:
            starts.append(place)
            place += len(line)
        return "".join(lines), starts
