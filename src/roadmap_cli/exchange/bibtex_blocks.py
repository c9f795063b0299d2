"""The blocks of a BibTeX file: its entries with their fields, `@string` put in.

Where blocks and fields begin and end is what bibtexparser's splitter says, which goes on after
an entry that is broken. What a field's value is, is read here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange.entries import Left, Refused

if TYPE_CHECKING:
    from bibtexparser.model import Block

_BLOCK = r"(?m)@[ \t]*\w+[ \t]*[{(]"
_NO_KEY = r"(?im)^([ \t]*@(?!string\b|comment\b|preamble\b)\w+[ \t]*[{(]\s*)(?=[\w-]+[ \t]*=[ \t]*[\"{\d])"
_MARK = "\x1f,"
"""Stands for the key, and the comma behind it, of an entry that has none."""
_COMMENT = re.compile(r"(?im)^[ \t]*@comment[ \t]*\{")
_BEGINNING = r"@\s*(\w*)\s*[{(]\s*([^,=\s{}\"]*)"
_END_LINE = r"(?m)^[ \t]*[})][ \t]*$"
_BRACE = re.compile(r"(?<!\\)[{}]")
_NEXT_FIELD = r"\s*[\w+:.-]+\s*=\s*[{\"\w]"
_SETTINGS = frozenset(["control", "set", "ieeetranbstctl", "bibnote"])
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
    placed = list(_placed(marked, _split(marked)))
    strings: dict[str, str] = {}
    for _, _, block in placed:
        _define(block, strings)
    ends = [*(start for start, _, _ in placed), len(marked)][1:]
    for (start, line, block), end in zip(placed, ends, strict=True):
        written = marked[start:end].rstrip()
        if record := _item(block, line, written, strings):
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
        end = _closing(text, begun.end() - 1)
        if end < 0:
            break
        parts += [text[place : begun.end()], text[begun.end() : end].replace("@", " ")]
        place = end
    return "".join([*parts, text[place:]])


def _split(text: str) -> "list[Block]":
    if not re.search(_BLOCK, text):
        return []
    import logging

    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(
        logging.CRITICAL
    )  # what it warns of, we say
    return Splitter(text).split().blocks


def _placed(text: str, blocks: "list[Block]") -> "Iterator[tuple[int, int, Block]]":
    """Blocks with their place in the text and their line, from 1; comments left out."""
    from bibtexparser import model

    place, line = 0, 1
    for block in blocks:
        if isinstance(block, model.ImplicitComment):
            continue
        start = text.find(block.raw or "", place)
        line += text.count("\n", place, start)
        place = start
        yield start, line, block


def _define(block: "Block", strings: dict[str, str]) -> None:
    from bibtexparser import model

    if isinstance(block, model.String):
        strings[block.key.lower()] = _value(block.value.rstrip(", \n\t"), strings)[0]


def _item(
    block: "Block", line: int, written: str, strings: Mapping[str, str]
) -> Item | Refused | Left | None:
    from bibtexparser import model

    doubts: list[str] = []
    if isinstance(block, model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock):
        inner = block.ignore_error_block
        block = inner if inner is not None else block
    if isinstance(block, model.ParsingFailedBlock):
        mended = _mended(written)
        if mended is None:
            return _refused(
                line,
                getattr(block.error, "abort_reason", ""),
                written,
                len(block.raw or ""),
            )
        block = mended
    if not isinstance(block, model.Entry):
        return None
    raw = (block.raw or "").replace(_MARK, "")
    fields: dict[str, str] = {}
    key = block.key.strip(" \t\n\x1f")
    for field in block.fields:
        name = _name(field.key)
        try:
            value, names = _value(field.value, strings)
        except ValueError:
            return Refused(
                line, f"the comma is missing after the field `{name}`", key, raw
            )
        doubts += [f"`{word}` stands for nothing in this file" for word in names]
        if fields.get(name) and value:
            doubts.append(f"`{name}` stands there twice: the first is taken")
        elif value or name not in fields:
            fields[name] = value
    if block.entry_type in _SETTINGS:
        return Left(line, f"`@{block.entry_type}` is a setting, no entry", raw)
    return Item(line, block.entry_type, key, fields, raw, doubts)


def _name(key: str) -> str:
    """The name of a field, without comments that stand before it."""
    if not key.isidentifier():
        words = re.sub(r"(?m)^\s*%.*$", "", key).split()
        key = words[-1] if words else ""
    return key.lower()


def _mended(written: str) -> "Block | None":
    r"""The entry, if it is whole when `\}` ends a group, as for BibTeX, or `)` what `{` began."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    mended = re.sub(r"\\(?=[{}])", "", written)
    mended = re.sub(r"(\A@\s*\w+\s*\{[^\0]*\n\s*)\)\Z", r"\1}", mended)
    if mended == written:
        return None
    blocks = Splitter(mended).split().blocks
    entries = [block for block in blocks if isinstance(block, model.Entry)]
    return entries[0] if len(entries) == 1 == len(blocks) else None


def _refused(line: int, error: str, written: str, length: int) -> Refused | Left:
    if end := re.compile(_END_LINE).search(written, length):
        written = written[: end.end()]
    written = written.replace(_MARK, "")
    beginning = re.match(_BEGINNING, written)
    type_, key = beginning.groups() if beginning else ("", "")
    if type_.lower() in ("string", "preamble", "comment"):
        return Left(line, f"`@{type_}` is not closed", written)
    return Refused(line, _reason(error), key, written)


def _reason(error: str) -> str:
    if "end of file" in error:
        return "it has a brace or quotation mark that is never closed"
    if "Unexpected block start" in error or "found `@" in error:
        return (
            "it has a brace or quotation mark that is not closed before the next entry"
        )
    if "comma after entry key" in error:
        return "there is no comma after its key"
    return "it has a field without `=`, or without a comma before it"


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, list[str]]:
    """A value without its delimiters and with its parts joined; and names without meaning.

    Raises `ValueError` if another field follows without a comma.
    """
    if raw[:1] == "{" and _closing(raw, 0) == len(raw) - 1:
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
        end = _closing(raw, place)
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


def _closing(raw: str, place: int) -> int:
    """Where the group ends that begins there; -1 if it does not."""
    if raw.find("{", place + 1) < 0 and raw.count("}", place) == 1:
        return raw.rfind("}")
    depth = 0
    for brace in _BRACE.finditer(raw, place):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return -1


def _quote(raw: str, place: int) -> int:
    """Where the quotation mark is that ends the text that begins there; -1 if there is none."""
    depth = 0
    for mark in re.compile(r'(?<!\\)[{}]|"').finditer(raw, place + 1):
        if mark[0] == '"' and depth <= 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return -1
