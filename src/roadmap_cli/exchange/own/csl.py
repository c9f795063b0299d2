"""Items of CSL JSON that `roadmap export` wrote: they have `custom.roadmap`."""

from collections.abc import Mapping
from typing import Any

from roadmap_cli.curriculum import identity
from roadmap_cli.exchange.entries import Entry, Refused
from roadmap_cli.exchange.own.records import entry_of


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an item is ours."""
    custom = value.get("custom")
    return isinstance(custom, dict) and isinstance(custom.get("roadmap"), dict)


def entry(value: Mapping[str, Any], line: int, text: str) -> Entry | Refused:
    """The entry of an item of ours."""
    extra = value["custom"]["roadmap"]
    doi, arxiv = value.get("DOI", ""), extra.get("arxiv", "")
    record = {
        **extra,
        "title": value.get("title"),
        "authors": [_name(author) for author in value.get("author", [])],
        "year": _year(value.get("issued")),
        "venue": value.get("container-title") or value.get("publisher"),
        "doi": doi,
        "url": value.get("URL") or identity.page(arxiv=arxiv, doi=doi),
        "tags": extra.get("tags") or _tags(value.get("keyword", "")),
        "notes": value.get("annote"),
    }
    return entry_of(record, line, text)


def _name(author: Mapping[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    return f"{author.get('given', '')} {author.get('family', '')}".strip(" ")


def _tags(keywords: str) -> list[str]:
    return keywords.split(", ") if keywords else []


def _year(issued: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    return issued["date-parts"][0][0] if issued else None
