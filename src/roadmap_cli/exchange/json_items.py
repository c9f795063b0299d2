"""The objects of a JSON file, each with its line: a broken one does not stop the others."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from roadmap_cli.exchange.entries import Refused

_SPACE = re.compile(r"[\s,]*")
_MEMBER = re.compile(r'\s*,?\s*"((?:[^"\\]|\\.)*)"\s*:\s*')
_LISTS = frozenset(
    "items message data references results records papers works hits".split()
)
_NEXT = re.compile(r"\}\s*,?\s*(?=\{)")
_MOST_BROKEN = 200
"""Broken objects of a file after which the rest of it is one of them."""
_DECODER = json.JSONDecoder(strict=False)


class Item(NamedTuple):
    """A value of a list, or the only one: with its line, and its text as it is written.

    `name` is the name that it has, where it is in an object and not in a list.
    """

    line: int
    value: Any
    text: str
    name: str = ""


def items(text: str) -> Iterator[Item | Refused]:
    """What the outermost list of a file holds; of an object that is no list, the object.

    Lists and objects under the names that services use (`items`, `message`) are looked into.
    Several values in a row are read one after the other, as in JSON Lines.
    """
    lines = _Lines(text)
    place = _skip(text, 0)
    while place < len(text):
        start = _inner(text, place)
        if text[start] == "[":
            yield from _values(lines, start + 1)
            return
        end, record = _value(lines, start)
        yield record
        if start != place:
            return
        place = _skip(text, end)


class _Lines:
    """A text, and the line of places in it that are asked for in its order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._place, self._line = 0, 1

    def at(self, place: int) -> int:
        self._line += self.text.count("\n", self._place, place)
        self._place = place
        return self._line


def _inner(text: str, place: int) -> int:
    """Where the list or object begins that holds what a service answers; else the same place."""
    if text[place] != "{":
        return place
    at = place + 1
    while match := _MEMBER.match(text, at):
        at = match.end()
        if match[1] in _LISTS and text[at : at + 1] == "[":
            return at
        if match[1] in _LISTS and text[at : at + 1] == "{":
            return _inner(text, at)
        try:
            _, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
    return place


def _values(lines: _Lines, place: int) -> Iterator[Item | Refused]:
    """The values of a list, up to its end."""
    text, broken = lines.text, 0
    while (place := _skip(text, place)) < len(text):
        if text[place] == "]":
            return
        end, record = _value(lines, place)
        if isinstance(record, Refused):
            broken += 1
            following = _NEXT.search(text, place + 1) if broken < _MOST_BROKEN else None
            end = following.end() if following else len(text)
            record = record._replace(text=text[place:end].rstrip(", \n"))
        yield record
        place = end
    if not broken:
        reason = "the list does not end: the file seems cut off"
        yield Refused(lines.at(len(text.rstrip())), reason)


def _value(lines: _Lines, place: int) -> tuple[int, Item | Refused]:
    """One value, or why it is none, and where what follows begins."""
    text, line = lines.text, lines.at(place)
    try:
        value, end = _DECODER.raw_decode(text, place)
    except RecursionError:
        return len(text), Refused(line, "it is nested too deep", text=text[place:])
    except json.JSONDecodeError as error:
        end = text.find("\n{", place) + 1 or len(text)
        reason = f"it is no JSON: {error.msg.lower()} in line {error.lineno}"
        return end, Refused(line, reason, text=text[place:end].rstrip())
    return end, Item(line, value, text[place:end])


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
