"""Questions that a reader writes into notes: `Q:` at the beginning of a line, then `A:`.

    Q: What is the rank of an update? ^rank
    A: That of the product of two thin matrices.

A question goes on to its `A:`, an answer to the next `Q:`, heading, dated line of ours, or the
end of the file; nothing within a code fence begins or ends one. A question without an answer is
none. ` ^id` at the end of a line of the question is its permanent id; without it the question
is known by its words.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_ENDS = re.compile(r"#{1,6}(?:\s|$)|- \d{4,}-\d\d-\d\d: ")
_ID = re.compile(r"\s\^([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)\s*$")
_DIGITS = 12
"""Hexadecimal digits by which a question is known that has no id."""


class Noted(NamedTuple):
    """A question of notes: its id, its words, its answer, and whether the id stands there."""

    id: str
    ask: str
    answer: str
    is_named: bool


def questions_in(text: str) -> Iterator[Noted]:
    """The questions of a note's text below its head, in their order, doubles included."""
    ask: list[str] = []
    answer: list[str] | None = None
    fence = ""
    for line in text.split("\n"):
        before, fence = fence, _fence_after(fence, line)
        if before or fence:
            begins, ends = "", False
        else:
            begins, ends = line[:2], bool(_ENDS.match(line))
        if begins == "Q:" or ends:
            yield from _whole(ask, answer)
            ask, answer = ([line[2:]] if begins == "Q:" else []), None
        elif begins == "A:" and ask and answer is None:
            answer = [line[2:]]
        elif answer is not None:
            answer.append(line)
        elif ask:
            ask.append(line)
    yield from _whole(ask, answer)


def id_of(ask: str) -> str:
    """What a question without an id is known by: its words, whatever their case and spacing.

    Answers are kept under it, so it never changes.
    """
    words = " ".join(normalize("NFKC", ask).casefold().split())
    return sha256(words.encode(errors="replace")).hexdigest()[:_DIGITS]


def written(ask: str, answer: str, taken: frozenset[str]) -> tuple[str, str]:
    """An id for a new question, of its own words and not taken, and the question's lines.

    The question and the answer are on one line each.
    """
    plain = normalize("NFKD", ask).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    start = "-".join(words[:5])[:40].strip("-") or "question"
    names = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    return name, f"Q: {ask} ^{name}\nA: {answer}"


def _fence_after(fence: str, line: str) -> str:
    """The code fence that is open after a line; empty for none."""
    found = _FENCE.fullmatch(line)
    if not found:
        return fence
    marks, rest = found.groups()
    if not fence:
        return "" if marks[0] == "`" and "`" in rest else marks
    is_closing = marks[0] == fence[0] and len(marks) >= len(fence) and not rest.strip()
    return "" if is_closing else fence


def _whole(ask: list[str], answer: list[str] | None) -> Iterator[Noted]:
    """The question of these lines, if it has words and an answer."""
    if answer is None:
        return
    named = ""
    for number, line in enumerate(ask):
        if found := _ID.search(line):
            named = named or found[1].lower()
            ask[number] = line[: found.start()]
    words = _text(ask)
    if words:
        yield Noted(named or id_of(words), words, _text(answer), bool(named))


def _text(lines: list[str]) -> str:
    """Lines as a text without blank ones at its ends."""
    return "\n".join(line.rstrip() for line in lines).strip()
