"""Zotero's RDF export, and the JSON of its local and web API.

The plug-in Reading List keeps a status in the field Extra: `Read_Status: Read` and, below it,
`Read_Status_Date`. https://www.zotero.org/support/dev/web_api/v3/types_and_fields
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from roadmap_cli.curriculum.model import Link, Status
from roadmap_cli.exchange import fields, markup
from roadmap_cli.exchange.entries import Entry, Left, Record, Refused
from roadmap_cli.exchange.json_items import Item, items
from roadmap_cli.exchange.people import person

_NO_ITEMS = frozenset(["attachment", "note", "annotation"])
_VENUES = (
    *(
        "publicationTitle",
        "bookTitle",
        "proceedingsTitle",
        "conferenceName",
        "websiteTitle",
    ),
    *("blogTitle", "forumTitle", "encyclopediaTitle", "dictionaryTitle", "repository"),
    *("university", "institution", "publisher", "seriesTitle"),
)
_AUTHORS = frozenset(
    """author artist presenter programmer director inventor podcaster cartographer performer
    sponsor interviewee""".split()
)
_DATED = re.compile(r"(?im)^\s*Read_Status_Date\s*:\s*(.+)$")
_STATUS = re.compile(r"(?im)^\s*Read_Status\s*:\s*(.+)$")
_DOI = re.compile(r"(?im)^\s*DOI\s*:\s*(.+)$")
_KEY = re.compile(r"(?im)^\s*Citation Key\s*:\s*(\S+)")


def read(
    text: str, collections: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Record]:
    """The items of a file in its order; attachments and notes are none.

    `collections` are the sections that an item of JSON names by their keys: it stands in each of
    them. Raises `DataFileError` for XML that defines entities, or is nested too deep.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        yield from _rdf(text)
        return
    for item in items(text):
        if isinstance(item, Refused):
            yield item
            continue
        record = _record(item)
        for section in _sections(item.value, collections or {}):
            yield record._replace(section=section)


def status_in(extra: str) -> tuple[Status | None, str]:
    """The status that the field Extra tells, and since which day, where it says so."""
    status = _STATUS.search(extra)
    if not status:
        return None, ""
    date = _DATED.search(extra)
    return fields.status_of(status[1]), fields.day_in(date[1]) if date else ""


def extra_texts(extra: str) -> list[str]:
    """Texts of the field Extra that may name an arXiv id."""
    return [line for line in extra.splitlines() if "arxiv" in line.lower()]


def extra_doi(extra: str) -> str:
    """The DOI that the field Extra tells, as it stands there."""
    match = _DOI.search(extra)
    return match[1] if match else ""


def _data(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The fields of an item: the web API wraps them."""
    return value.get("data", value) if isinstance(value, dict) else None


def _sections(
    value: Any,  # noqa: ANN401 - whatever JSON holds
    collections: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[str, ...]]:
    """The collections that an item is in; of one that is in none, no section."""
    data = _data(value)
    named = data.get("collections") if isinstance(data, dict) else None
    keys = [str(key) for key in named] if isinstance(named, list) else []
    yield from [collections[key] for key in keys if key in collections] or [()]


def _record(item: Item) -> Record:
    data = _data(item.value)
    if not isinstance(data, dict):
        return Refused(item.line, "it is no item of Zotero", text=item.text)
    type_ = str(data.get("itemType", ""))
    title = fields.from_html(str(data.get("title") or ""))
    if type_ in _NO_ITEMS or data.get("parentItem"):
        return Left(item.line, f"it is an {type_} of an item, no item", title or type_)
    try:
        entry = _entry(item.line, data, type_, title)
    except (TypeError, ValueError, AttributeError) as error:
        return Refused(item.line, f"its fields cannot be read: {error}", text=item.text)
    return fields.taken(entry, item.text)


def _entry(line: int, data: Mapping[str, Any], type_: str, title: str) -> Entry:
    def text(*names: str) -> str:
        said = (
            str(data[name]) for name in names if isinstance(data.get(name), str | int)
        )
        return next(filter(None, map(fields.from_html, said)), "")

    extra = str(data.get("extra") or "")
    status, day = status_in(extra)
    key = _KEY.search(extra)
    tags = [
        tag.get("tag", "") if isinstance(tag, dict) else tag
        for tag in data.get("tags") or []
    ]
    entry = Entry(
        line,
        title=title or text("caseName", "nameOfAct", "subject"),
        authors=tuple(filter(None, map(_creator, data.get("creators") or []))),
        year=fields.year_in(text("date", "year", "issueDate")),
        venue=text(*_VENUES),
        kind=fields.kind_of(type_),
        key=text("citationKey") or (key[1] if key else text("key")),
        links=fields.whole_link(text("url")),
        status=status,
        day=day,
        tags=tuple(dict.fromkeys(filter(None, map(fields.plain, map(str, tags))))),
    )
    numbers = [text(name) for name in ("archiveID", "number", "reportNumber")]
    arxivs = [
        fields.arxiv_in(f"{text('repository')} {number}")
        for number in numbers
        if number
    ]
    arxivs += map(fields.arxiv_in, [text("publicationTitle"), *extra_texts(extra)])
    return fields.identified(
        entry,
        dois=[text("DOI"), extra_doi(extra)],
        arxivs=arxivs,
    )


def _creator(creator: Mapping[str, Any]) -> str:
    """The name of an author, or of whoever stands for one; nothing for an editor."""
    if creator.get("creatorType", "author") not in _AUTHORS:
        return ""
    names = (creator.get("firstName"), creator.get("lastName"))
    return fields.plain(" ".join(filter(None, names))) or fields.plain(
        creator.get("name") or ""
    )


def _rdf(text: str) -> Iterator[Record]:
    tree = markup.tree(text)
    rdf = tree.root.first("RDF") or tree.root
    collections = _collections(rdf)
    known = {node.attributes.get("about", ""): node for node in rdf.children}
    for node in rdf.children:
        if not any(node.all("itemType")) or node.name in (
            "Journal",
            "Collection",
            "Memo",
        ):
            continue
        if node.says("itemType") in _NO_ITEMS:
            yield Left(
                node.line, "it is an attachment of an item, no item", node.says("title")
            )
            continue
        section = collections.get(node.attributes.get("about", ""), ())
        entry = _rdf_entry(node, known)._replace(section=section)
        yield fields.taken(entry, fields.plain(node.text))
    if tree.problem:
        yield Refused(tree.line, f"the file cannot be read on: {tree.problem}")


def _rdf_entry(node: markup.Node, known: Mapping[str, markup.Node]) -> Entry:
    parents = list(_parents(node, known))
    places = [node, *parents]
    identifiers = [
        fields.plain(sign.text) for place in places for sign in place.all("identifier")
    ]
    extra = node.says("description")
    status, day = status_in(extra)
    venues = (parent.says("title") for parent in parents)
    publisher = node.says("publisher", "Organization", "name")
    titles = ("presentedAt", "Conference", "title")
    venue = next(filter(None, [*venues, node.says(*titles), publisher]), "")
    own = [sign for sign in node.all("identifier") if sign.first("URI")]
    entry = Entry(
        node.line,
        title=fields.from_html(node.says("title")),
        authors=tuple(filter(None, map(_rdf_person, _people(node)))),
        year=fields.year_in(node.says("date")),
        venue=fields.from_html(venue),
        kind=fields.kind_of(node.says("itemType")),
        links=tuple(link for sign in own for link in _rdf_link(sign)),
        status=status,
        day=day,
        tags=tuple(
            dict.fromkeys(
                filter(None, (fields.plain(tag.text) for tag in node.all("subject")))
            )
        ),
    )
    dois = [
        *(text for text in identifiers if text.upper().startswith("DOI")),
        extra_doi(extra),
    ]
    return fields.identified(entry, dois=dois, arxivs=[*extra_texts(extra), venue])


def _rdf_link(sign: markup.Node) -> tuple[Link, ...]:
    return fields.whole_link(sign.says("URI", "value"))


def _parents(
    node: markup.Node, known: Mapping[str, markup.Node]
) -> Iterator[markup.Node]:
    """What an item is part of: journals and books, inside of it or by reference."""
    for part in node.all("isPartOf"):
        yield from (child for child in part.children if child.name != "Series")
        if parent := known.get(part.attributes.get("resource", "")):
            yield parent


def _people(node: markup.Node) -> Iterator[markup.Node]:
    for authors in node.all("authors"):
        for seq in authors.children:
            for row in seq.all("li"):
                yield from row.all("Person")


def _rdf_person(node: markup.Node) -> str:
    given, family = (
        node.says("givenName") or node.says("givenname"),
        node.says("surname"),
    )
    return (
        fields.plain(f"{given} {family}")
        if given
        else person(family or node.says("name"))
    )


def _collections(rdf: markup.Node) -> dict[str, tuple[str, ...]]:
    """The collections that each item is in, the outermost first, by its name in the file."""
    folders = {node.attributes.get("about", ""): node for node in rdf.all("Collection")}
    above = {
        part.attributes.get("resource", ""): name
        for name, node in folders.items()
        for part in node.all("hasPart")
    }
    found: dict[str, tuple[str, ...]] = {}
    for part in above.keys() - folders.keys():
        path: list[str] = []
        name = above.get(part, "")
        while name in folders and len(path) <= len(folders):
            path.insert(0, fields.plain(folders[name].says("title")))
            name = above.get(name, "")
        found[part] = tuple(path)
    return found
