r"""Where the blocks of a BibTeX file and their fields begin and end.

What `{` or `(` began ends at its own sign; within, commas, quotation marks and signs in braces
are text, and so is what a backslash stands before. A block that is broken ends no later than at
the next line that begins one, so it takes no other with it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BEGINS = re.compile(r"@(\w*)[ \t]*([{(])")
_BEGINS_LINE = re.compile(r"(?m)^[^\S\n]*(?=@\w*[ \t]*[{(])")
_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r'(?<!\\)[{}"]')
_SIGN = re.compile(r'(?<!\\)[{}",=]|@\w*[ \t]*(?=[{(])')
_SIGN_OR_PARENTHESIS = re.compile(r'(?<!\\)[{}",=)]|@\w*[ \t]*(?=[{(])')
_FREE = ("comment", "preamble")
_ENDS = {"{": "}", "(": ")"}


class Block(NamedTuple):
    """One block: where it begins and ends, its fields in their order, each as it is written.

    `problem` says what is wrong with one that is broken: then it has no fields. `@string` has
    one field. The type is in lower case; `line` counts from 1.
    """

    start: int
    end: int
    line: int
    type: str
    key: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    problem: str = ""


class _BrokenError(Exception):
    """A block is broken at a place, and what is wrong there."""

    def __init__(self, place: int, problem: str) -> None:
        super().__init__(problem)
        self.place = place
        self.problem = problem


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file in its order; what stands between them is comment."""
    starts = [match.end() for match in _BEGINS_LINE.finditer(text)]
    line = 1
    place = 0
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        for block in _Part(text, start, end).blocks():
            line += text.count("\n", place, block.start)
            place = block.start
            yield block._replace(line=line)


class _Part:
    """A stretch of the text in which no further line begins a block."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.is_odd = False

    def blocks(self) -> Iterator[Block]:
        """All but the first of them begin within a line."""
        place = self.start
        while begun := _BEGINS.search(self.text, place, self.end):
            block = self._block(begun)
            yield block
            place = block.end

    def _block(self, begun: re.Match[str]) -> Block:
        type_, opening = begun[1].lower(), begun[2]
        start, inner, closing = begun.start(), begun.end(), _ENDS[opening]
        try:
            if type_.startswith(_FREE):
                has_quotes = opening == "(" and not type_.startswith("comment")
                end = self._end_of(inner, closing, has_quotes=has_quotes) + 1
                return Block(start, end, 0, type_)
            if type_.startswith("string"):
                return self._string(start, inner, closing)
            return self._entry(start, inner, closing, type_)
        except _BrokenError as error:
            return Block(start, error.place, 0, type_, problem=error.problem)

    def _string(self, start: int, inner: int, closing: str) -> Block:
        sign, place = self._sign(inner, closing)
        if sign != "=":
            raise _BrokenError(place, NO_FIELD)
        name = self.text[inner:place].strip()
        end = self._end_of(place + 1, closing, has_quotes=closing == ")")
        value = self.text[place + 1 : end].strip()
        return Block(start, end + 1, 0, "string", name, ((name, value),))

    def _entry(self, start: int, inner: int, closing: str, type_: str) -> Block:
        sign, place = self._sign(inner, closing)
        key = self.text[inner:place].strip()
        if sign == closing:
            return Block(start, place + 1, 0, type_, key)
        if sign != ",":
            raise _BrokenError(place, NO_COMMA)
        fields: list[tuple[str, str]] = []
        while True:
            begin = place + 1
            sign, place = self._sign(begin, closing)
            name = self.text[begin:place].strip()
            if sign == closing and not name:
                return Block(start, place + 1, 0, type_, key, tuple(fields))
            if sign != "=":
                raise _BrokenError(place, NO_FIELD)
            end = self._end_of_value(place + 1, closing)
            fields.append((name, self.text[place + 1 : end].strip()))
            place = end if self.text[end] == "," else end - 1

    def _sign(self, place: int, closing: str) -> tuple[str, int]:
        """The next sign that means something, and where it stands."""
        signs = _SIGN if closing == "}" else _SIGN_OR_PARENTHESIS
        found = signs.search(self.text, place, self.end)
        if not found:
            raise self._unclosed()
        return found[0], found.start()

    def _end_of_value(self, place: int, closing: str) -> int:
        """Where the comma or the end of the entry is that ends a value."""
        signs = _SIGN if closing == "}" else _SIGN_OR_PARENTHESIS
        while found := signs.search(self.text, place, self.end):
            sign, place = found[0], found.start()
            if sign in (",", closing):
                return place
            if sign == "{":
                place = self._closing_brace(place)
            elif sign == '"':
                place = self._closing_quote(place)
            place += 1
        raise self._unclosed()

    def _end_of(self, place: int, closing: str, *, has_quotes: bool) -> int:
        """Where a block ends in which only braces count, and quotation marks where they do."""
        signs = _SIGN if closing == "}" else _SIGN_OR_PARENTHESIS
        while found := signs.search(self.text, place, self.end):
            sign, place = found[0], found.start()
            if sign == closing:
                return place
            if sign == "{":
                place = self._closing_brace(place)
            elif sign == '"' and has_quotes:
                place = self._closing_quote(place)
            place += 1
        raise self._unclosed()

    def _closing_brace(self, place: int) -> int:
        if (end := closing_brace(self.text, place, self.end)) < 0:
            raise self._unclosed()
        return end

    def _closing_quote(self, place: int) -> int:
        """The quotation mark outside of braces that ends one; where braces are odd, the next."""
        first, depth = -1, 0
        for mark in _BRACE_OR_QUOTE.finditer(self.text, place + 1, self.end):
            if mark[0] != '"':
                depth += 1 if mark[0] == "{" else -1
            elif depth <= 0 or self.is_odd:
                return mark.start()
            elif first < 0:
                first = mark.start()
        self.is_odd = True  # so that no other is sought to the end of the part in vain
        if first < 0:
            raise self._unclosed()
        return first

    def _unclosed(self) -> _BrokenError:
        is_last = self.end == len(self.text)
        return _BrokenError(self.end, NEVER_CLOSED if is_last else NOT_CLOSED)


NEVER_CLOSED = "it has a brace or quotation mark that is never closed"
NOT_CLOSED = "it has a brace or quotation mark that is not closed before the next entry"
NO_COMMA = "there is no comma after its key"
NO_FIELD = "it has a field without `=`, or without a comma before it"


def closing_brace(text: str, place: int, end: int) -> int:
    """Where the group ends that begins at a place; -1 if it does not before the end."""
    first = text.find("}", place, end)
    if first < 0:
        return -1
    if text.find("{", place + 1, first) < 0 and text.find("\\", place, first) < 0:
        return first
    depth = 0
    for brace in _BRACE.finditer(text, place, end):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return -1
