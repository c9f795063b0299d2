"""The blocks of a BibTeX file: its entries with their fields, `@string` put in.

What the value of a field is, is read here; where it begins and ends, `bibtex_splitting` says.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange.bibtex_splitting import Block, blocks, closing_brace
from roadmap_cli.exchange.entries import Left, Refused

_NO_KEY = r"(?im)^([ \t]*@(?!string\b|comment\b|preamble\b)\w+[ \t]*[{(]\s*)(?=[\w-]+[ \t]*=[ \t]*[\"{\d])"
_MARK = "\x1f,"
"""Stands for the key, and the comma behind it, of an entry that has none."""
_COMMENT = re.compile(r"(?im)^[ \t]*@comment[ \t]*\{")
_BEGINNING = r"@\s*(\w*)\s*[{(]\s*([^,=\s{}\"]*)"
_END_LINE = r"(?m)^[ \t]*[})][ \t]*$"
_NEXT_FIELD = r"\s*[\w+:.-]+\s*=\s*[{\"\w]"
_SETTINGS = frozenset(["control", "set", "ieeetranbstctl", "bibnote"])
_NO_ENTRIES = ("string", "preamble", "comment")
_MOST_EXPANDED = 100_000
"""Characters that `@string`s may put into one value: each of them may hold others twice."""
_MOST_MARKS = 1_000_000
"""Braces, quotation marks, commas and signs that a file may have, if they are most of it."""
_MARKS = '{}",='


class Item(NamedTuple):
    """An entry as it is written: fields under names in lower case, their LaTeX as it is."""

    line: int
    type: str
    key: str
    fields: dict[str, str]
    text: str
    doubts: list[str]


def items(text: str) -> Iterator[Item | Refused | Left]:
    """The entries of a file in its order, those that cannot be read refused.

    Raises `DataFileError` for what would take hours to split: a file of braces.
    """
    _check(text)
    marked = (
        re.sub(_NO_KEY, rf"\g<1>{_MARK}", _uncommented(text)) if "=" in text else text
    )
    found = list(blocks(marked))
    strings: dict[str, str] = {}
    for block in found:
        _define(block, strings)
    ends = [*(block.start for block in found), len(marked)][1:]
    for block, end in zip(found, ends, strict=True):
        written = marked[block.start : end].rstrip()
        if record := _item(block, written, marked, strings):
            yield record


def _check(text: str) -> None:
    marks = sum(map(text.count, _MARKS))
    if marks > max(_MOST_MARKS, len(text) // 3):
        raise DataFileError(
            f"this is no BibTeX: {marks:,} of its {len(text):,} characters are "
            "braces, quotation marks, commas and equals signs",
            hint="look into the file: it seems damaged",
        )


def _uncommented(text: str) -> str:
    """The text, of equal length, where no entry begins inside of `@comment{…}`."""
    parts, place = [], 0
    while begun := _COMMENT.search(text, place):
        end = closing_brace(text, begun.end() - 1, len(text))
        if end < 0:
            break
        parts += [text[place : begun.end()], text[begun.end() : end].replace("@", " ")]
        place = end
    return "".join([*parts, text[place:]])


def _define(block: Block, strings: dict[str, str]) -> None:
    """Add what a `@string` defines; what uses one that is broken says that it has no meaning."""
    if block.type == "string":
        for name, value in block.fields:
            with suppress(ValueError):
                strings[name.lower()] = _value(value.rstrip(", \n\t"), strings)[0]


def _item(
    block: Block, written: str, text: str, strings: Mapping[str, str]
) -> Item | Refused | Left | None:
    if block.problem and (mended := _mended(written)):
        block, text = mended._replace(line=block.line), written
    if block.problem:
        return _refused(block, written)
    if block.type.startswith(_NO_ENTRIES):
        return None
    raw = text[block.start : block.end].replace(_MARK, "")
    key = block.key.strip(" \t\n\x1f")
    doubts: list[str] = []
    fields: dict[str, str] = {}
    for written_name, written_value in block.fields:
        name = _name(written_name)
        try:
            value, names = _value(written_value, strings)
        except ValueError:
            why = f"the comma is missing after the field `{name}`"
            return Refused(block.line, why, key, raw)
        doubts += [f"`{word}` stands for nothing in this file" for word in names]
        if fields.get(name) and value:
            doubts.append(f"`{name}` stands there twice: the first is taken")
        elif value or name not in fields:
            fields[name] = value
    if block.type in _SETTINGS:
        return Left(block.line, f"`@{block.type}` is a setting, no entry", raw)
    return Item(block.line, block.type, key, fields, raw, doubts)


def _name(key: str) -> str:
    """The name of a field, without comments that stand before it."""
    if not key.isidentifier():
        words = re.sub(r"(?m)^\s*%.*$", "", key).split()
        key = words[-1] if words else ""
    return key.lower()


def _mended(written: str) -> Block | None:
    r"""The entry, if it is whole when `\}` ends a group, as for BibTeX, or `)` what `{` began."""
    mended = re.sub(r"\\(?=[{}])", "", written)
    mended = re.sub(r"(\A@\s*\w+\s*\{[^\0]*\n\s*)\)\Z", r"\1}", mended)
    if mended == written:
        return None
    found = list(islice(blocks(mended), 2))
    is_entry = len(found) == 1 and not found[0].type.startswith(_NO_ENTRIES)
    return (
        found[0]._replace(start=0, end=len(written))
        if is_entry and not found[0].problem
        else None
    )


def _refused(block: Block, written: str) -> Refused | Left:
    length = block.end - block.start
    if end := re.compile(_END_LINE).search(written, length):
        written = written[: end.end()]
    written = written.replace(_MARK, "")
    beginning = re.match(_BEGINNING, written)
    type_, key = beginning.groups() if beginning else ("", "")
    if type_.lower() in _NO_ENTRIES:
        return Left(block.line, f"`@{type_}` is not closed", written)
    return Refused(block.line, block.problem, key, written)


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, list[str]]:
    """A value without its delimiters and with its parts joined; and names without meaning.

    Raises `ValueError` if another field follows without a comma.
    """
    if raw[:1] == "{" and closing_brace(raw, 0, len(raw)) == len(raw) - 1:
        return raw[1:-1], []
    if raw.isdigit():
        return raw, []
    parts, unknown, place, expanded = [], [], 0, 0
    while place < len(raw):
        part, place = _part(raw, place)
        if part[:1] in ("{", '"'):
            parts.append(part[1:-1])
        elif part.isdigit():
            parts.append(part)
        else:
            known = strings.get(part.lower()) if expanded < _MOST_EXPANDED else None
            expanded += len(known or "")
            unknown += [part] if known is None and part.lower() not in _MONTHS else []
            parts.append(part if known is None else known)
        if re.compile(_NEXT_FIELD).match(raw, place):
            raise ValueError(raw)
        place = _joint(raw, place)
    return "".join(parts), unknown


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _part(raw: str, place: int) -> tuple[str, int]:
    """The part of a value that begins there, delimiters included, and where it ends."""
    end = -1
    if raw[place] == "{":
        end = closing_brace(raw, place, len(raw))
    elif raw[place] == '"':
        end = _quote(raw, place)
    if end < 0:
        found = re.compile(r"[^#\n]*").match(raw, place)
        end = max(place, (found.end() if found else place) - 1)
    return raw[place : end + 1].strip(), end + 1


def _joint(raw: str, place: int) -> int:
    """Where the next part begins, behind blanks and `#`."""
    found = re.compile(r"[\s#]*").match(raw, place)
    return found.end() if found else place


def _quote(raw: str, place: int) -> int:
    """Where the quotation mark is that ends the text that begins there; -1 if there is none."""
    depth = 0
    for mark in re.compile(r'(?<!\\)[{}]|"').finditer(raw, place + 1):
        if mark[0] == '"' and depth <= 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return -1
