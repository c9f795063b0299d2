"""CSL JSON, as reference managers and doi.org give it, and the answers of services like it.

https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV. Crossref has
lists for texts and type names of its own, DataCite ids that are links; Zotero's own JSON is read
by `roadmap_cli.exchange.zotero`.
"""

from collections.abc import Iterator
from typing import Any

from roadmap_cli.curriculum.model import Link
from roadmap_cli.exchange import fields
from roadmap_cli.exchange.entries import Entry, Left, Record, Refused
from roadmap_cli.exchange.json_items import Item, items
from roadmap_cli.exchange.own import csl as own
from roadmap_cli.exchange.people import person

_DATES = (
    *("issued", "published", "published-print", "published-online", "posted"),
    *(
        "publication_date",
        "publicationDate",
        "publication_year",
        "year",
        "original-date",
    ),
)
_VENUES = (
    *(
        "container-title",
        "event-title",
        "event",
        "venue",
        "journal",
        "collection-title",
    ),
    *("publisher", "institution"),
)
_NAMING_ARXIV = (
    "container-title",
    "number",
    "archive_location",
    "publisher",
    "archive",
    "note",
)
"""Fields that name an arXiv id where they say arXiv."""
_IDS = ("externalIds", "ids", "identifiers")


def read(text: str) -> Iterator[Record]:
    """The items of a file in its order.

    A `null`, as Semantic Scholar gives for what it does not know, is refused at its place.
    """
    for item in items(text):
        if isinstance(item, Refused):
            yield item
        else:
            yield from _records(item)


def _records(item: Item) -> Iterator[Record]:
    value = item.value
    if isinstance(value, dict) and not _is_item(value):
        nested = [
            _named(_placed(item, name), name, inner) for name, inner in value.items()
        ]
        found = [part for part in nested if part is not None]
        if found:
            for part in found:
                yield from _records(part)
            return
    if isinstance(value, list):
        for inner in value:
            yield from _records(item._replace(value=inner))
        return
    yield _record(item)


def _placed(item: Item, name: str) -> Item:
    """The item with the line of one of its names."""
    place = max(item.text.find(f'"{name}"'), 0)
    return item._replace(line=item.line + item.text.count("\n", 0, place))


def _named(item: Item, name: str, inner: object) -> Item | None:
    """An item of an object that names its items, as `{"10.1000/x": {"title": …}}`."""
    candidate = inner[0] if isinstance(inner, list) and inner else inner
    if isinstance(candidate, dict) and _is_item(candidate):
        return item._replace(value=inner, name=name)
    return None


def _is_item(value: dict[str, Any]) -> bool:
    return any(
        name in value for name in ("title", "DOI", "itemType", "paperId", "issued")
    )


def _record(item: Item) -> Record:
    value = item.value
    if value is None:
        return Refused(
            item.line, "it is `null`: nothing was found at this place", text=item.text
        )
    if not isinstance(value, dict):
        return Left(item.line, "it is no object with fields", item.text)
    if isinstance(value.get("metadata"), dict):
        value = value["metadata"] | value  # as Zenodo has it
    try:
        if own.is_own(value):
            return own.entry(value, item.line, item.text)
        entry = _entry(item.line, value, item.name)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError) as error:
        return Refused(item.line, f"its fields cannot be read: {error}", text=item.text)
    return fields.taken(entry, item.text)


def _entry(line: int, value: dict[str, Any], name: str) -> Entry:
    def text(*names: str) -> str:
        return next(filter(None, (_text(value.get(name)) for name in names)), "")

    authors = value.get("author") or value.get("authors") or value.get("creators") or []
    key = text("citation-key", "citekey", "id", "key")
    links = tuple(_links(value))
    entry = Entry(
        line,
        title=_title(value),
        authors=tuple(
            filter(None, map(_person, authors if isinstance(authors, list) else []))
        ),
        year=fields.year_in(*(_date(value.get(date)) for date in _DATES)),
        venue=_venue(text(*_VENUES)),
        kind=fields.kind_of(
            _text(value.get("type")) or _type(value.get("resource_type"))
        ),
        key="" if "://" in key else key or name,
        links=links,
        tags=fields.tags_in(text("keyword", "keywords")),
        note=text("note"),
    )
    dois = [text("DOI", "doi"), *_ids(value, "doi"), text("id")]
    named = (fields.arxiv_in(text(field)) for field in _NAMING_ARXIV)
    arxivs = [*_ids(value, "arxiv"), text("arxiv"), *named]
    return fields.identified(entry, dois=dois, arxivs=arxivs)


def _text(value: object) -> str:
    """The plain text of a value that may be a text, a number, a list, or an object with a name."""
    if isinstance(value, list):
        value = next(filter(None, value), "")
    if isinstance(value, dict):
        value = (
            value.get("name") or value.get("display_name") or value.get("title") or ""
        )
    if isinstance(value, bool) or value is None:
        return ""
    return fields.from_html(str(value))


def _type(value: object) -> str:
    return _text(value.get("type")) if isinstance(value, dict) else ""


def _title(value: dict[str, Any]) -> str:
    title = _text(value.get("title") or value.get("display_name"))
    subtitle = _text(value.get("subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}: {subtitle}"


def _venue(name: str) -> str:
    return "arXiv" if fields.arxiv_in(name) else name


def _person(value: object) -> str:
    if isinstance(value, str):
        return person(fields.from_html(value))
    if not isinstance(value, dict):
        return ""
    inner = value.get("author")
    value = inner if isinstance(inner, dict) else value
    family = _text(value.get("family"))
    if not family and value.get("literal"):
        return _text(value["literal"])
    if not family:
        names = (value.get("name"), value.get("display_name"), value.get("given"))
        return person(next(filter(None, map(_text, names)), ""))
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (_text(value.get(part)) for part in parts)))


def _date(value: object) -> str:
    """The text of a date: `{"date-parts": [[2019, 6]]}`, `{"raw": …}`, a text or a number."""
    if isinstance(value, dict):
        parts = value.get("date-parts") or value.get("date_parts")
        for _ in range(2):
            parts = parts[0] if isinstance(parts, list) and parts else parts
        texts = (parts, value.get("raw"), value.get("literal"), value.get("date-time"))
        value = next((text for text in texts if text), "")
    return "" if value is None or isinstance(value, bool | list) else str(value)


def _links(value: dict[str, Any]) -> Iterator[Link]:
    for name in ("URL", "url", "id"):
        if isinstance(value.get(name), str) and "openalex.org" not in value[name]:
            yield from fields.whole_link(value[name])
    places = (value.get("openAccessPdf"), value.get("primary_location"))
    for place in places:
        if isinstance(place, dict):
            for name in ("url", "landing_page_url", "pdf_url"):
                yield from fields.links(_text(place.get(name)), title="open access")


def _ids(value: dict[str, Any], name: str) -> Iterator[str]:
    for field in _IDS:
        ids = value.get(field)
        if isinstance(ids, dict):
            yield from (
                _text(number) for key, number in ids.items() if key.lower() == name
            )
