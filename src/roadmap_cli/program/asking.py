"""What a face lends to the program, so that a flow can ask the reader."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Agree = Callable[[str], None]
"""Asks whether to do what it is given, which begins with its verb.

Raises `DeclinedError` if the reader does not want it, `WrongUsageError` if nobody is there.
"""
Choose = Callable[
    [str, Sequence[tuple[str, str]], Callable[[str], list[str]]], list[str]
]
"""Shows (name, description) under numbers and gives what the reader means by the answer.

What an answer means tells the function that is handed in; for what it raises the reader is asked
again. Raises `DeclinedError` if nothing is wanted.
"""
Ask = Callable[[str, Sequence[str]], str]
"""Asks a question and gives one of its answers, of which the first letter is enough.

The last of the answers is that of who ends the dialogue, by its letter or by Ctrl-C.
"""


Pressed = Callable[[str, Sequence[str]], str]
"""Asks for one of these keys, each with what it means: `1=missed`, `Enter=hint`.

The last of them is that of who ends the dialogue, by its letter or by Ctrl-C.
"""


class Dialogue(NamedTuple):
    """What is possible where somebody sits at the other end."""

    say: Callable[[str], None]
    agree: Agree
    ask: Ask
    choose: Choose
    pressed: Pressed


class Person(NamedTuple):
    """Whom a flow can ask; a `dialogue` is there only where somebody sits at the other end.

    `read` gives the text that stands on standard input.
    """

    agree: Agree
    read: Callable[[], str]
    dialogue: Dialogue | None
