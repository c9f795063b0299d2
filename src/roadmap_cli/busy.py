"""Work that may take long: who does it says what it is and how far, to whoever listens."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

Tell = Callable[[float], None]
"""Takes the part of the work that is done, from 0 to 1."""
Busy = Callable[[str], AbstractContextManager[Tell]]
"""Takes what is being done, for as long as it is done."""

_One = TypeVar("_One")


def silently(_: str) -> AbstractContextManager[Tell]:
    """Nobody listens."""
    return nullcontext(_ignore)


def _ignore(_: float) -> None:
    """Nobody asks how far it is."""


def told(some: Iterable[_One], count: int, tell: Tell) -> Iterator[_One]:
    """The same things; of every one it is told which part of so many came before."""
    for number, item in enumerate(some):
        tell(number / count)
        yield item
