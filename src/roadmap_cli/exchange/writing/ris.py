"""RIS, for EndNote, Mendeley and others; it loses what they have no tag for.

https://en.wikipedia.org/wiki/RIS_(file_format): a tag, two blanks, a hyphen and a blank; lines
end with CR and LF. Topics, kinds, times, levels, ratings and days of statuses are lost.
"""

from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.fields import plain
from roadmap_cli.exchange.own import marks
from roadmap_cli.exchange.writing.citing import (
    Keys,
    Publication,
    citation_keys,
    is_group,
    publication_of,
)

_TYPES = {
    Publication.CONFERENCE: "CONF",
    Publication.JOURNAL: "JOUR",
    Publication.BOOK: "BOOK",
    Publication.PREPRINT: "UNPB",
}
_TYPES_OF_OTHERS = {
    Kind.BLOG: "BLOG",
    Kind.DATASET: "DATA",
    Kind.TOOL: "COMP",
    Kind.SIMULATOR: "COMP",
    Kind.VIDEO: "VIDEO",
    Kind.PAPER: "GEN",
    Kind.SURVEY: "GEN",
}


def written(entries: Sequence[Entry], keys: Keys = Keys.OURS) -> str:
    """A file of RIS."""
    named = zip(citation_keys(entries, keys), entries, strict=True)
    return "\r\n".join(_record(key, entry) for key, entry in named)


def _record(key: str, entry: Entry) -> str:
    lines = (f"{tag}  - {plain(text)}" for tag, text in _tags(key, entry) if text)
    publication = publication_of(entry)
    other = _TYPES_OF_OTHERS.get(entry.kind or Kind.LIST, "ELEC")
    type_ = f"TY  - {_TYPES.get(publication, other)}\r\n{marks.RIS}"
    return type_ + "\r\n".join([*lines, "ER  - "]) + "\r\n"


def _tags(key: str, entry: Entry) -> Iterator[tuple[str, str]]:
    publication = publication_of(entry)
    yield "ID", key
    yield from (("AU", _name(author)) for author in entry.authors)
    yield "TI", entry.title
    is_preprint = publication is Publication.PREPRINT
    is_published = publication is Publication.BOOK or is_preprint
    yield "PB" if is_published else "T2", "arXiv" if is_preprint else entry.venue
    yield "PY", str(entry.year or "")
    yield "DO", entry.doi
    yield "AN", f"arXiv:{entry.arxiv}" if entry.arxiv else ""
    yield "UR", entry.url
    yield from (("KW", tag) for tag in entry.tags)
    yield "RS", entry.status or ""
    yield "N1", entry.note


def _name(author: str) -> str:
    """`Family, Given`; the name of a group, and one of one word, whole."""
    given, _, family = author.rpartition(" ")
    return f"{family}, {given}" if given and not is_group(author) else author
