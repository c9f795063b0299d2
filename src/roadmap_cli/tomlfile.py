"""Reads TOML that anyone may have written: the home of tomllib.

tomllib needs gigabytes for a dotted key of many thousand parts (80 kB of text), and for a
number of some megabytes; Python does not turn numbers of more than 4300 digits into text. So
keys and numbers longer than any file of ours has are refused before it sees them.
"""

import errno
import os
import re
from pathlib import Path
from typing import Any

from roadmap_cli import disk
from roadmap_cli.errors import DataFileError

MAX_BYTES = 256 * 1024 * 1024
_PART = rb"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DEEP_KEY = rb"(?m)(?:^|[\[{,])[ \t]*(?:" + _PART + rb"[ \t]*\.[ \t]*){20}"
_LONG_NUMBER = rb"[\s=,\[][+-]?[0-9][0-9A-Fa-fxob_.+-]{3500}"
_TOO_LONG = (
    (_DEEP_KEY, "a key of too many parts"),
    (_LONG_NUMBER, "a number of too many digits"),
)
_PAPER = "[paper."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path, *, what: str) -> bytes:
    """The bytes of a regular file that is not too large to be a catalogue or a journal.

    `what` it should be is only for the message. Raises `DataFileError`.
    """
    contents = disk.read(path, what=what, most=MAX_BYTES)
    if contents is None:
        raise DataFileError(f"{path}: cannot be read: {os.strerror(errno.ENOENT)}")
    return contents


def parse(contents: bytes, *, path: str, hint: str | None = None) -> dict[str, Any]:
    """The tables of a TOML file in UTF-8, with or without a byte order mark.

    Raises `DataFileError` that names the path and the line.
    """
    import tomllib

    for pattern, what in _TOO_LONG:
        if found := re.search(pattern, contents):
            line = _line(contents, found.end())
            raise DataFileError(f"{path}: line {line}: {what}", hint=hint)
    try:
        text = contents.decode("utf-8-sig")
        tables = _papers(text) if _PAPER in text else None
        return tomllib.loads(text) if tables is None else tables
    except UnicodeDecodeError as error:
        looks = " (looks like UTF-16)" if contents.startswith(_UTF16) else ""
        line = _line(contents, error.start)
        raise DataFileError(
            f"{path}: line {line}: not UTF-8{looks}", hint=hint
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{path}: not valid TOML: {error}", hint=hint) from None
    except RecursionError:
        raise DataFileError(f"{path}: nested too deeply", hint=hint) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise DataFileError(f"{path}: not valid TOML: {error}", hint=hint) from None


def _papers(text: str) -> dict[str, Any] | None:
    from roadmap_cli import plaintoml  # no journal needs it

    return plaintoml.loads(text)


def _line(contents: bytes, position: int) -> int:
    return contents.count(b"\n", 0, position) + 1
