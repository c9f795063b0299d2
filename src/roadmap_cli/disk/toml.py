"""Reads TOML that anyone may have written: the home of tomli.

tomli is the standard library's tomllib, compiled: two to three times as fast, and with limits
on nesting. A dotted key of many parts still takes much memory, and Python does not turn
numbers of more than 4300 digits into text. So keys and numbers longer than any file of ours
has are refused before it sees them.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from roadmap_cli.errors import DataFileError, IndivisibleError

_PART = rb"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DEEPEST_KEY, _LONGEST_NUMBER = 20, 3500
_DEEP_KEY = rb"(?:^|[\[{,])[ \t]*(?:%s[ \t]*\.[ \t]*){%d}" % (_PART, _DEEPEST_KEY)
_LONG_NUMBER = rb"[\s=,\[][+-]?[0-9][0-9A-Fa-fxob_.+-]{%d}" % _LONGEST_NUMBER
_TOO_LONG = (
    (_DEEP_KEY, "a key of too many parts"),
    (_LONG_NUMBER, "a number of too many digits"),
)
_HEADER = rb"(?m)^\[%s\.([A-Za-z0-9_-]+)\]\n"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def parse(contents: bytes, *, path: str, hint: str | None = None) -> dict[str, Any]:
    """The tables of a TOML file in UTF-8, with or without a byte order mark.

    Raises `DataFileError` that names the path and the line.
    """
    import tomli

    for line, what in _out_of_bounds(contents):
        raise DataFileError(f"{path}: line {line}: {what}", hint=hint)
    try:
        return tomli.loads(contents.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        looks = " (looks like UTF-16)" if contents.startswith(_UTF16) else ""
        line = _line(contents, error.start)
        raise DataFileError(
            f"{path}: line {line}: not UTF-8{looks}", hint=hint
        ) from None
    except tomli.TOMLDecodeError as error:
        where = _excerpt(error.doc, error.lineno)
        hint = hint or f"mend line {error.lineno}, or what stands before it"
        raise DataFileError(
            f"{path}: not valid TOML: {error}{where}", hint=hint
        ) from None
    except RecursionError:
        raise DataFileError(f"{path}: nested too deeply", hint=hint) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise DataFileError(f"{path}: not valid TOML: {error}", hint=hint) from None


Tables = Iterator[tuple[str, dict[str, Any]]]


def parse_in_parts(contents: bytes, table: str) -> tuple[dict[str, Any], Tables]:
    """Read a large file piece by piece: its head, then each `[table.KEY]` as a pair.

    Gives together what `parse` gives at once, in a fraction of the memory. The text is cut at
    each line that is exactly `[table.KEY]`, and every piece is parsed by itself. Why the
    pieces are the whole:

    - A TOML parser reads statement by statement; what stands behind the end of a statement has
      no influence on it. So a piece that is accepted by itself ends between two statements in
      the whole text as well, and the next cut is a header there too. A cut within a string or
      an array leaves a piece in front of it that does not end: an error.
    - A header ends the table before it. What remains of a piece is data, and marks of what must
      not be defined again, each at the key of something in the data. The head must not have the
      key `table`, a piece must have nothing but `table.KEY`, and no KEY may come twice: so no
      piece meets data or marks of another, except for the mark at `table` itself, which only
      `[table]` sets. That header is put behind each piece, and fails where it was there before.

    Raises `IndivisibleError`, at once or from the iterator, where any of this does not hold or
    a piece is no TOML; what came before is then of no use.
    """
    contents = contents.replace(b"\r\n", b"\n")  # as a parser does with the whole
    if b"\r" in contents or any(_out_of_bounds(contents)):
        raise IndivisibleError
    cuts = re.finditer(_HEADER % table.encode(), contents)
    first = next(cuts, None)
    head = _part(contents[: first.start() if first else None])
    if table in head:
        raise IndivisibleError
    return head, _tables(contents, table, first, cuts)


def _tables(
    contents: bytes,
    table: str,
    cut: re.Match[bytes] | None,
    cuts: Iterator[re.Match[bytes]],
) -> Tables:
    known: set[str] = set()
    while cut:
        following = next(cuts, None)
        key = cut[1].decode()
        piece = contents[cut.start() : following.start() if following else None]
        found = _part(piece + b"\n[%s]\n" % table.encode())
        if found.keys() != {table} or found[table].keys() != {key} or key in known:
            raise IndivisibleError
        known.add(key)
        yield key, found[table][key]
        cut = following


def _part(contents: bytes) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(contents.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise IndivisibleError from None


def _out_of_bounds(contents: bytes) -> Iterator[tuple[int, str]]:
    """The lines, counted from 1, with a key or a number that is too long, and which it is."""
    for number, line in enumerate(BytesIO(contents), start=1):
        if len(line) > _LONGEST_NUMBER or line.count(b".") >= _DEEPEST_KEY:
            yield from (
                (number, what)
                for pattern, what in _TOO_LONG
                if re.search(pattern, line)
            )


def _excerpt(text: str, number: int) -> str:
    """A line, counted from 1, under the one before it that says something, with their numbers."""
    lines = text.splitlines()[:number]
    last = next(
        (at for at in range(number - 1, 0, -1) if lines[at - 1 :][:1] != [""]), 0
    )
    told = [at for at in (last, number) if 0 < at <= len(lines)]
    return "".join(f"\n  {at} | {lines[at - 1][:_LINE_SHOWN]}" for at in told)


_LINE_SHOWN = 100


def _line(contents: bytes, position: int) -> int:
    return contents.count(b"\n", 0, position) + 1
