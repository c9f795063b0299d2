"""An entry as a record of named fields, and back: in JSON as they are, in tables as cells."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.exchange.entries import Entry, Refused
from roadmap_cli.exchange.own.marks import COLUMNS, HELPS, NOTES

_Choice = TypeVar("_Choice", bound=StrEnum)
_KEY = "[a-z0-9][a-z0-9-]{0,63}"
_NAME = re.compile(rf"(?P<catalogue>{_KEY})/(?P<key>{_KEY})")
_LISTS = frozenset(["authors", "section", "tags", "requires", HELPS])
_NUMBERS = frozenset(["year", "rating", "minutes"])
_DANGEROUS = r"'*[=+\-@\t\r\n＝＋－＠]"
"""How cells begin that a spreadsheet would take for a formula, or that were guarded from it."""
_ITEM = re.compile(r"(?:[^\\;]|\\.)+", re.DOTALL)


def parted(name: str) -> tuple[str, str]:
    """The id of the catalogue and the key of a full name; of any other name no catalogue."""
    match = _NAME.fullmatch(name)
    return (match["catalogue"], match["key"]) if match else ("", name)


def joined(catalogue: str, key: str) -> str:
    """The full name of a key of a catalogue; the key where that makes none."""
    name = f"{catalogue}/{key}"
    return name if _NAME.fullmatch(name) else key


def record_of(entry: Entry) -> dict[str, object]:
    """The fields of an entry under the names that `--json` has for them."""
    catalogue, key = parted(entry.key)
    record: dict[str, object] = {
        "key": key,
        "title": entry.title,
        "kind": entry.kind,
        "authors": list(entry.authors),
        "year": entry.year,
        "venue": entry.venue,
        "url": entry.url,
        "arxiv": entry.arxiv,
        "doi": entry.doi,
        "code": entry.code,
        "catalogue": catalogue,
        "section": list(entry.section),
        "group": entry.group,
        "status": entry.status,
        "since": entry.day or None,
        "rating": entry.rating,
        "tags": list(entry.tags),
        "minutes": entry.minutes,
        "level": entry.level,
        "requires": list(entry.requires),
        HELPS: list(entry.helps),
    }
    return record | {NOTES: entry.note} if entry.note else record


def entry_of(record: Mapping[str, object], line: int, text: str) -> Entry | Refused:
    """The entry of a record; what has no title, and a field of a wrong type, is refused."""
    try:
        return _entry(record, line)
    except (TypeError, ValueError) as error:
        key = record.get("key")
        return Refused(line, str(error), key if isinstance(key, str) else "", text)


def _entry(record: Mapping[str, object], line: int) -> Entry:
    title = _text(record, "title")
    if not title:
        raise ValueError("it has no title")
    return Entry(
        line,
        title=title,
        authors=_texts(record, "authors"),
        year=_number(record, "year"),
        venue=_text(record, "venue"),
        kind=_choice(record, "kind", Kind),
        arxiv=_text(record, "arxiv"),
        doi=_text(record, "doi"),
        url=_text(record, "url"),
        code=_text(record, "code"),
        key=joined(_text(record, "catalogue"), _text(record, "key")),
        section=_texts(record, "section"),
        group=_text(record, "group"),
        status=_choice(record, "status", Status),
        day=_text(record, "since"),
        rating=_number(record, "rating"),
        tags=_texts(record, "tags"),
        note=_text(record, NOTES),
        minutes=_number(record, "minutes"),
        level=_choice(record, "level", Level),
        requires=_texts(record, "requires"),
        helps=_texts(record, HELPS),
    )


def _text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(f"its `{name}` is no text")
    return value


def _texts(record: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"its `{name}` is no list of texts")
    return tuple(value)


def _number(record: Mapping[str, object], name: str) -> int | None:
    value = record.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"its `{name}` is no whole number")
    return value


def _choice(
    record: Mapping[str, object], name: str, choices: type[_Choice]
) -> _Choice | None:
    text = _text(record, name)
    if text and text not in choices.__members__.values():
        raise ValueError(
            f"its `{name}` is `{text}`, which is none of {', '.join(choices)}"
        )
    return choices(text) if text else None


def cell_of(value: object) -> str:
    """What stands in the cell of a table for a value; a spreadsheet never reckons it."""
    if isinstance(value, list):
        text = "; ".join(re.sub(r"([\\;])", r"\\\1", item) for item in value)
    else:
        text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if re.match(_DANGEROUS, text) else text


def value_of(column: str, cell: str) -> object:
    """The value of the cell of a column; raises `ValueError` for what cannot be one."""
    text = cell[1:] if cell.startswith("'") and re.match(_DANGEROUS, cell) else cell
    if column in _LISTS:
        items = (match[0].strip(" ") for match in _ITEM.finditer(text))
        return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items]
    if column not in _NUMBERS:
        return text
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(f"its `{column}` is `{text}`, which is no whole number")
    return int(text)


def is_own_table(names: list[str]) -> bool:
    """Whether these are the columns of an export of ours, in whatever order."""
    return {*COLUMNS} <= {*names}


def entry_of_row(
    names: list[str], cells: list[str], line: int, text: str
) -> Entry | Refused:
    """The entry of a row of such a table."""
    row = dict(zip(names, cells, strict=False))
    try:
        record = {name: value_of(name, cell) for name, cell in row.items()}
    except ValueError as error:
        return Refused(line, str(error), row.get("key", ""), text)
    return entry_of(record, line, text)
