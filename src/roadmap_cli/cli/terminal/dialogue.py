"""Questions on the terminal, and what is understood of the answers."""

from collections.abc import Callable, Sequence

import typer

from roadmap_cli.cli.terminal import streams
from roadmap_cli.errors import DeclinedError, RoadmapError
from roadmap_cli.render import text

_NONE = ("", "q", "quit")


def agreed(question: str) -> bool:
    """Whether the person answers a question with yes; raises `typer.Abort` for Ctrl-C."""
    return _answer(question, ("yes", "no"), "no") == "yes"


def answer(question: str, answers: Sequence[str]) -> str:
    """The one of these answers that the person gives; the last for Ctrl-C and Ctrl-D.

    Enter alone is the answer `no`.
    """
    try:
        return _answer(question, answers, "no")
    except typer.Abort:
        return answers[-1]


def pressed(question: str, keys: Sequence[str]) -> str:
    """The one of these keys that the person types; the last for Ctrl-C and Ctrl-D.

    A key is what is typed for it and what it means, `1=missed`; the meaning may be typed, too.
    """
    meant: dict[str, str] = {}
    for key in keys:
        typed, _, meaning = key.partition("=")
        meant |= {typed.lower().replace("enter", ""): key, meaning.lower(): key}
    while True:
        try:
            typed = streams.ask(question).lower()
        except typer.Abort:
            return keys[-1]
        if typed in meant:
            return meant[typed]
        streams.say(f"that is none of: {', '.join(keys)}")


def _answer(question: str, answers: Sequence[str], usual: str) -> str:
    meant = {"": usual}
    for known in answers:
        meant |= {known: known, known[0]: known}
    letters = [known[0] for known in answers]
    shown = "/".join(
        known[0].upper() if known == usual else known[0] for known in answers
    )
    while True:
        typed = streams.ask(f"{question} [{shown}]:").lower()
        if typed in meant:
            return meant[typed]
        is_pair = len(letters) == len(("y", "n"))
        streams.say(
            f"that is neither {' nor '.join(letters)}"
            if is_pair
            else f"that is none of {', '.join(letters)}"
        )


def choose(
    question: str,
    options: Sequence[tuple[str, str]],
    understand: Callable[[str], list[str]],
) -> list[str]:
    """Let the person say which of (name, description) are meant, by numbers or by names.

    What is meant by the answer tells `understand`; what it raises is said, and the question
    asked again. Raises `DeclinedError` if nothing is wanted.
    """
    width = streams.width_for_messages()
    for number, (name, description) in enumerate(options, start=1):
        whole = text.safe_text(f"{number:>3}  {name}  {description}")
        streams.say("\n".join(text.wrapped(whole, width, indent=5)))
    choices = f"1-{len(options)}" if len(options) > 1 else "1"
    while True:
        typed = streams.ask(f"{question} ({choices} or keys, Enter for none):")
        if typed.lower() in _NONE:
            raise DeclinedError
        try:
            return understand(typed)
        except RoadmapError as problem:
            streams.say(str(problem))
            if problem.hint:
                streams.say(problem.hint)
