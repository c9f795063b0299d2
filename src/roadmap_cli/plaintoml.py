"""Reads the plain tables of a catalogue many times faster than tomllib, with its answer.

A text is cut at each line that is exactly `[paper.KEY]`, and every piece is read by itself.
Why that is the answer of `tomllib.loads`:

- tomllib reads statement by statement, from left to right; what stands behind the line end of
  a statement that it accepts has no influence on it. So a piece that is accepted by itself
  ends between two statements, in the whole text as well, and the next cut is a header there
  too. In front of a cut inside of a string or an array stands a piece that does not end: an
  error.
- A header ends the table before it. What remains is data, and marks of what must not be
  defined again, each at the key of something in the data. The head must not have the key
  `paper`, a piece nothing but `paper.KEY`, and no KEY may come twice: so no piece meets data
  or marks of another, except for the mark at `paper` itself, which only `[paper]` sets. That
  may be said once; it is put behind each piece that tomllib reads, and fails if it was there.
- A plain line is a bare key and a value whose characters mean the same to tomllib: a string
  without quotes, escapes and control characters, a short decimal number, `true`, `false`, or
  a list of such strings on one line. A table with a key twice is left to tomllib.
- CRLF becomes LF once, before all; a text in which a CR is left, which could become part of
  another CRLF in a piece, is not read here.

Where any of this does not hold, and after any error, the answer is None: tomllib has to read
the whole, and says on which line the error is.
"""

import re
from typing import Any

_PAPER = "paper"
_BARE = "[A-Za-z0-9_-]+"
_HEADER = re.compile(rf"\n\[{_PAPER}\.({_BARE})\](?=\n|\Z)")
_TEXT = r'[^"\\\x00-\x1f\x7f]*'
_LIST = rf'\[[ \t]*(?:"{_TEXT}"[ \t]*(?:,[ \t]*"{_TEXT}"[ \t]*)*(?:,[ \t]*)?)?\]'
_NUMBER = "0|[1-9][0-9]{0,15}"
# With MULTILINE alone, `^` and `$` know no line end but "\n".
_PLAIN_LINE = re.compile(
    rf'^(?:({_BARE})[ \t]*=[ \t]*(?:"({_TEXT})"|({_LIST}|{_NUMBER}|true|false))[ \t]*)?$',
    re.MULTILINE,
)


def loads(text: str) -> dict[str, Any] | None:
    """What `tomllib.loads` makes of a catalogue; None if it has to be asked itself."""
    import tomllib

    lines = text.replace("\r\n", "\n")
    if "\r" in lines:
        return None
    # A line end in front lets the pattern begin with a fixed text, which is found faster.
    head, *pieces = _HEADER.split("\n" + lines)
    keys, bodies = pieces[::2], pieces[1::2]
    if not keys or len(set(keys)) < len(keys):
        return None
    try:
        tables = tomllib.loads(head)
        if _PAPER in tables:
            return None
        papers = {}
        for key, body in zip(keys, bodies, strict=True):
            table = plain_table(body)
            papers[key] = _any_table(key, body) if table is None else table
    except (ValueError, RecursionError):
        return None
    tables[_PAPER] = papers
    return tables


def plain_table(body: str) -> dict[str, Any] | None:
    """The fields in the lines under a header; None if one of the lines is not plain."""
    lines = _PLAIN_LINE.findall(body)
    if len(lines) <= body.count("\n"):  # a line that is not plain is passed over
        return None
    table: dict[str, Any] = {}
    for key, text, other in lines:
        if key in table:
            return None
        if other:
            table[key] = _value(other)
        elif key:
            table[key] = text
    return table


def _value(plain: str) -> list[str] | int | bool:
    """A list, a number or a truth value, as written in a plain line."""
    if plain[0] == "[":
        return plain.split('"')[1::2]  # its strings have no quotes inside
    if plain[0] in "tf":
        return plain == "true"
    return int(plain)


def _any_table(key: str, body: str) -> object:
    """The table of one paper as tomllib reads it. Raises `ValueError` if it is not alone."""
    import tomllib

    tables = tomllib.loads(f"[{_PAPER}.{key}]{body}\n[{_PAPER}]\n")
    if tables.keys() != {_PAPER} or tables[_PAPER].keys() != {key}:
        raise ValueError(key)
    return tables[_PAPER][key]
