"""What a face lends to the program, so that a flow can ask the reader."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Agree = Callable[[str], None]
"""Asks whether to do what it is given, which begins with its verb.

Raises `DeclinedError` if the reader does not want it, `WrongUsageError` if nobody is there.
"""
Choose = Callable[[str, Sequence[tuple[str, str]]], int]
"""Lets the reader pick one of (name, description); returns its place.

Raises `DeclinedError` if none is wanted.
"""


class Person(NamedTuple):
    """Whom a flow can ask; `choose` is there only where somebody sits at the other end."""

    agree: Agree
    choose: Choose | None
