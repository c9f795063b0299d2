"""Entries of BibTeX that `roadmap export` wrote: they have the field `roadmap-key`."""

import re
from collections.abc import Callable, Iterator, Mapping

from roadmap_cli.curriculum import identity
from roadmap_cli.exchange import latex
from roadmap_cli.exchange.entries import Entry, Refused
from roadmap_cli.exchange.own.records import entry_of, value_of
from roadmap_cli.exchange.people import person

KEY = "roadmap-key"
EXTRA = ("kind", "code", "group", "status", "since", "rating", "minutes", "level")
"""What no field of BibTeX is for; each has one of its own, with `roadmap-` before it."""
EXTRA_LISTS = ("section", "requires", "helps")
VENUES = ("booktitle", "journal", "publisher", "howpublished")
LINE_END = r"\newline{} "
"""What stands between the lines of a note."""
_BRACE = re.compile(r"[{}]")


def entry(fields: Mapping[str, str], line: int, text: str) -> Entry | Refused:
    """The entry of these fields."""

    def plain(name: str) -> str:
        return latex.text(fields.get(name, ""))

    def listed(name: str) -> list[str]:
        return [latex.text(part) for part in _parts(fields.get(name, ""), ",")]

    arxiv, doi = fields.get("eprint", ""), fields.get("doi", "")
    venue = next(filter(None, map(plain, VENUES)), "arXiv" if arxiv else "")
    try:
        extra = {name: value_of(name, plain(f"roadmap-{name}")) for name in EXTRA}
        year = value_of("year", fields.get("year", ""))
    except ValueError as error:
        return Refused(line, str(error), plain(KEY), text)
    record = {
        **extra,
        **{name: listed(f"roadmap-{name}") for name in EXTRA_LISTS},
        "key": plain(KEY),
        "title": plain("title"),
        "authors": _authors(fields.get("author", "")),
        "year": year or None,
        "venue": venue,
        "arxiv": arxiv,
        "doi": doi,
        "url": fields.get("url") or identity.page(arxiv=arxiv, doi=doi),
        "tags": listed("keywords"),
        "notes": _lines(fields.get("annotation", ""), latex.text),
    }
    return entry_of({name: value or None for name, value in record.items()}, line, text)


def _authors(value: str) -> list[str]:
    """The names of a list, as they stand; one that was turned round by hand is set right."""
    parts = _parts(value, r"(?<=\S)\s+and\s+")
    return [
        person(latex.text(part)) if len([*_parts(part, ",")]) > 1 else latex.text(part)
        for part in parts
    ]


def _lines(value: str, text: Callable[[str], str]) -> str:
    return "\n".join(map(text, value.split(LINE_END))) if value else ""


def _parts(value: str, separator: str) -> Iterator[str]:
    """The parts of a value; what stands in braces is not parted.

    A separator that begins with blanks has to look behind, or long runs of them take hours.
    """
    depth = start = 0
    for mark in re.finditer(rf"[{{}}]|{separator}", value):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif not depth:
            yield value[start : mark.start()]
            start = mark.end()
    if value:
        yield value[start:]
