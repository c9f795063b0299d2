"""RIS as reference managers write it, and the tagged text of Web of Science.

EndNote writes one blank behind a tag where others write two; a line without a tag goes on with
the last one; a record ends with `ER`, with the next `TY`, or with the file.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from roadmap_cli.curriculum.model import Kind, Link
from roadmap_cli.exchange import fields
from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.exchange.people import people

_RIS = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {1,2}-(?:[ \t]+(.*)|)$")
_WOS = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
IS_RIS = re.compile(r"(?m)^[ \t]*TY {1,2}-[ \t]+\S")
"""Finds the beginning of a record of RIS."""
IS_WOS = re.compile(r"\A\s*(?:FN .*\n\s*)?(?:VR .*\n\s*)?PT [A-Z](?:\n|$)")
"""Finds the beginning of a file of Web of Science."""
_LINKS = ("UR", "LK", "L2", "L1", "L3", "M3", "N1")
_TITLES = ("TI", "T1", "CT")
_VENUES = ("T2", "JF", "JO", "JA", "J2", "J1", "BT", "SO", "C3")
_LAST_VENUES = ("T3", "PB")
_BOOKS = (Kind.BOOK,)


class _Tagged(NamedTuple):
    """A record as it is written: its tags in their order, and its text."""

    line: int
    tags: list[tuple[str, list[str]]]
    lines: list[str]

    def add(self, tag: str, text: str) -> None:
        """Add a tag, or without one, further text of the last."""
        if tag:
            self.tags.append((tag, [text] if text else []))
        elif text and self.tags:
            self.tags[-1][1].append(text)

    def all(self, *tags: str) -> list[str]:
        """The texts under some tags, in the order of these tags, empty ones left out."""
        return [
            " ".join(parts)
            for tag in tags
            for name, parts in self.tags
            if name == tag and parts
        ]

    def first(self, *tags: str) -> str:
        """The first text under the first of these tags that has one, plain."""
        return fields.from_html(next(iter(self.all(*tags)), ""))

    def in_order(self, *tags: str) -> list[str]:
        """The texts under some tags in the order of the record."""
        return [" ".join(parts) for name, parts in self.tags if name in tags and parts]


def read(text: str) -> Iterator[Record]:
    """The records of a file in its order; what stands between them is none."""
    is_wos = not IS_RIS.search(text) and IS_WOS.search(text)
    for tagged in _wos(text) if is_wos else _ris(text):
        entry = _wos_entry(tagged) if is_wos else _ris_entry(tagged)
        yield fields.taken(entry, "\n".join(tagged.lines).rstrip())


def _ris(text: str) -> Iterator[_Tagged]:
    record: _Tagged | None = None
    for number, row in enumerate(text.split("\n"), 1):
        match = _RIS.match(row.rstrip().lstrip("\ufeff"))
        tag, value = (
            (match[1], (match[2] or "").strip()) if match else ("", row.strip())
        )
        if tag == "TY" and record is not None:
            yield record
            record = None
        if record is None and tag and tag != "ER":
            record = _Tagged(number, [], [])
        if record is None:
            continue
        record.lines.append(row)
        if tag == "ER" and not value:
            yield record
            record = None
        else:
            record.add("" if tag == "ER" else tag, value)
    if record is not None:
        yield record


def _wos(text: str) -> Iterator[_Tagged]:
    record: _Tagged | None = None
    for number, row in enumerate(text.split("\n"), 1):
        match = _WOS.match(row.rstrip())
        tag, value = (
            (match[1], (match[2] or "").strip()) if match else ("", row.strip())
        )
        if tag == "PT":
            record = _Tagged(number, [], [])
        if record is None:
            continue
        record.lines.append(row)
        if tag in ("ER", "EF"):
            yield record
            record = None
        elif tag or record.tags:
            record.add(tag or record.tags[-1][0], value)
    if record is not None:
        yield record


def _ris_entry(record: _Tagged) -> Entry:
    kind = fields.kind_of(record.first("TY"))
    titles = (*_TITLES, "BT") if kind in _BOOKS else _TITLES
    title = record.first(*titles) or record.first(
        "T2" if kind in _BOOKS else "ST", "BT"
    )
    authors = people(_split(record.in_order("AU", "A1")))
    venues = (*_VENUES, *_LAST_VENUES)
    venue = next(
        (name for name in map(record.first, venues) if name not in ("", title)), ""
    )
    links = [link for tag in _LINKS for link in _labelled(record, tag)]
    entry = Entry(
        record.line,
        title=title,
        authors=authors,
        year=fields.year_in(*record.all("PY", "DA", "Y1")),
        venue=venue,
        kind=kind,
        links=tuple(links),
        key=record.first("ID"),
        tags=tuple(dict.fromkeys(_tags(record.all("KW")))),
        note=fields.plain(" ".join(map(fields.from_html, record.all("N1", "RN")))),
        status=fields.status_of(record.first("RS")),
        doubts=tuple(_doubts(record, authors)),
    )
    dois = [
        *record.all("DO", "DI"),
        *_called_doi(record.all("M3", "N1", "L3", "ID", "AN")),
    ]
    places = record.all("AN", "M1", "VL", "SP", "N1", "PB", "DB", *_VENUES)
    return fields.identified(
        entry, dois=dois, arxivs=[fields.arxiv_in(text) for text in places]
    )


def _doubts(record: _Tagged, authors: tuple[str, ...]) -> Iterator[str]:
    if record.tags[0][0] != "TY":
        yield "it begins without `TY`"
    if any("et al" in text.lower() for text in record.all("AU", "A1")) and authors:
        yield "it has more authors than it names"


def _labelled(record: _Tagged, tag: str) -> Iterable[Link]:
    texts = record.all(tag)
    if tag in ("M3", "N1"):
        texts = [text for text in texts if text.startswith("http")]
    return fields.links(*texts, title="" if tag == "UR" else _LABELS.get(tag, ""))


_LABELS = {"L1": "pdf", "L2": "full text", "L3": "related"}


def _called_doi(texts: list[str]) -> Iterator[str]:
    """Those of some texts that are a DOI, or say that they are one."""
    for text in texts:
        if text.lower().startswith(("10.", "doi", "http")):
            yield text


def _split(names: list[str]) -> Iterator[str]:
    """Names, also those of a tag that has several."""
    for name in names:
        yield from re.split(r"\s*;\s*|\s+and\s+(?=[^,]+,)", name)


def _tags(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from fields.tags_in(text, ";" if ";" in text else "\n")


def _wos_entry(record: _Tagged) -> Entry:
    def joined(*tags: str) -> str:
        return next(
            filter(None, (fields.from_html(" ".join(record.all(tag))) for tag in tags)),
            "",
        )

    kind = fields.kind_of(record.first("PT"))
    types = [fields.kind_of(word) for word in joined("DT").split(";")]
    entry = Entry(
        record.line,
        title=joined("TI"),
        authors=people(_split(record.all("AF") or record.all("AU"))),
        year=fields.year_in(*record.all("PY", "PD", "EA")),
        venue=joined("SO", "CT"),
        kind=next(filter(None, types), kind) if kind != Kind.BOOK else kind,
        key=joined("UT"),
        tags=tuple(dict.fromkeys(fields.tags_in(joined("DE"), ";"))),
        links=fields.links(joined("DL") if "://" in joined("DL") else ""),
    )
    return fields.identified(
        entry, dois=record.all("DI", "D2"), arxivs=record.all("AR")
    )
