"""CSL JSON, for pandoc and reference managers: `custom.roadmap` has what has no field there.

https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV.
"""

import json
from collections.abc import Sequence

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.records import record_of
from roadmap_cli.exchange.writing.citing import (
    Keys,
    Publication,
    citation_keys,
    is_group,
    publication_of,
)

_TYPES = {
    Publication.CONFERENCE: "paper-conference",
    Publication.JOURNAL: "article-journal",
    Publication.BOOK: "book",
    Publication.PREPRINT: "article",
}
_TYPES_OF_OTHERS = {
    Kind.BLOG: "post-weblog",
    Kind.DATASET: "dataset",
    Kind.TOOL: "software",
    Kind.SIMULATOR: "software",
    Kind.VIDEO: "motion_picture",
    Kind.PAPER: "document",
    Kind.SURVEY: "document",
}
_OF_OURS = (
    *("key", "catalogue", "kind", "arxiv", "code", "section", "group", "status"),
    *("since", "rating", "minutes", "level", "requires", "helps"),
)
_PUBLISHED = frozenset([Publication.BOOK, Publication.PREPRINT])
"""What has a publisher, and is not part of something else."""


def written(entries: Sequence[Entry], keys: Keys = Keys.OURS) -> str:
    """A file of CSL JSON."""
    named = zip(citation_keys(entries, keys), entries, strict=True)
    items = [_item(key, entry) for key, entry in named]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(key: str, entry: Entry) -> dict[str, object]:
    publication = publication_of(entry)
    page = identity.page(arxiv=entry.arxiv, doi=entry.doi)
    url = entry.url or page
    is_preprint = publication is Publication.PREPRINT
    item: dict[str, object] = {
        "custom": {"roadmap": _own(entry)},
        "id": key,
        "type": _TYPES.get(publication)
        or _TYPES_OF_OTHERS.get(entry.kind or Kind.LIST, "webpage"),
        "title": entry.title,
        "author": [_name(author) for author in entry.authors],
        "issued": {"date-parts": [[entry.year]]} if entry.year is not None else None,
        _venue_field(publication): "arXiv" if is_preprint else entry.venue,
        "number": f"arXiv:{entry.arxiv}" if is_preprint else "",
        "DOI": entry.doi,
        "URL": "" if entry.doi and url == page else url,
        "keyword": ", ".join(entry.tags),
        "annote": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _venue_field(publication: Publication) -> str:
    return "publisher" if publication in _PUBLISHED else "container-title"


def _own(entry: Entry) -> dict[str, object]:
    record = record_of(entry)
    found = {name: record[name] for name in _OF_OURS if record[name]}
    is_plain = not any(", " in tag or not tag for tag in entry.tags)
    return found if is_plain else {**found, "tags": list(entry.tags)}


def _name(author: str) -> dict[str, str]:
    """A person by given and family name; of a group, and of one word, the whole name."""
    given, _, family = author.rpartition(" ")
    if not given or not family or is_group(author):
        return {"literal": author}
    return {"family": family, "given": given}
