"""Progress reports of work that may take long, as a callback that is handed in."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

Tell = Callable[[float], None]
"""Takes the part of the work that is done, from 0 to 1."""
Busy = Callable[[str], AbstractContextManager[Tell]]
"""Takes the name of the work; the context lasts as long as the work."""

_One = TypeVar("_One")


def silently(_: str) -> AbstractContextManager[Tell]:
    """A `Busy` that reports nothing."""
    return nullcontext(_ignore)


def _ignore(_: float) -> None:
    """Drop a report."""


def told(some: Iterable[_One], count: int, tell: Tell) -> Iterator[_One]:
    """The same things; of every one it is told which part of so many came before."""
    for number, item in enumerate(some):
        tell(number / count)
        yield item
