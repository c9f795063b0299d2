"""Answers the shell: one candidate a line on standard output, and never anything else."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from roadmap_cli.completion import VARIABLE
from roadmap_cli.completion.line import Command, Line
from roadmap_cli.completion.offers import Candidate, Offers
from roadmap_cli.disk.environment import find_places
from roadmap_cli.disk.source import Source
from roadmap_cli.render.text import safe_text
from roadmap_cli.store.digests import DocumentIndex
from roadmap_cli.store.version import state

FILES = 100
"""The exit status that says: a file belongs here, and the shell knows files best."""
_LONGEST = 70
"""Characters of a description that are worth showing beside a name."""


def answer(
    words: Sequence[str],
    environment: Mapping[str, str],
    now: Callable[[], datetime],
    make_grammar: Callable[[], Command],
) -> int:
    """Print what may stand at the cursor, the end of the last word; tell the exit status.

    Silence is the answer to everything that goes wrong: a message would land in the middle
    of the line that the reader is typing.
    """
    try:
        return _answer(words, environment, now, make_grammar)
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - see above
        return 0


def _answer(
    words: Sequence[str],
    environment: Mapping[str, str],
    now: Callable[[], datetime],
    make_grammar: Callable[[], Command],
) -> int:
    shell = environment[VARIABLE]
    *before, typed = map(_unquoted, words) if shell == "bash" else words
    typed = typed.lstrip("\"'")  # of a quotation that is still open
    places = find_places(environment, [])
    index = DocumentIndex(places.cache)
    program = Source("", what="program", contents=b"")
    program.is_known_as(state())
    grammar = cast("Command", index.recall(program, make_grammar))
    line = Line(grammar).read(before)
    parameter, _, _ = line.value(typed)
    if parameter and "FILE" in parameter["takes"]:
        return FILES
    named = tuple(
        Path(path).expanduser() for path in line.options.get("--catalogue", ())
    )
    offers = Offers(places._replace(catalogues=named or places.catalogues), now)
    _print(map(_FORMATS[shell], offers.at(line, typed)))
    return 0


def _print(lines: Iterable[str]) -> None:
    encoding = sys.stdout.encoding if sys.stdout else "ascii"
    data = "".join(f"{line}\n" for line in lines).encode(encoding, errors="replace")
    while data:  # by hand: what a buffer cannot write it complains of at the end
        data = data[os.write(1, data) :]


def _unquoted(word: str) -> str:
    """A word as bash hands it over, without its quotation marks."""
    if not any(mark in word for mark in "\"'\\"):
        return word
    import shlex

    try:
        return "".join(shlex.split(word))
    except ValueError:  # a quotation that is still open
        return word


def _about(candidate: Candidate) -> str:
    text = safe_text(candidate[1])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _for_bash(candidate: Candidate) -> str:
    return candidate[0]


def _for_zsh(candidate: Candidate) -> str:
    name = candidate[0].replace(":", r"\:")
    return f"{name}:{_about(candidate)}" if candidate[1] else name


def _for_fish(candidate: Candidate) -> str:
    return f"{candidate[0]}\t{_about(candidate)}".rstrip()


_FORMATS = {"bash": _for_bash, "zsh": _for_zsh, "fish": _for_fish}
