"""BibTeX and biblatex: each entry of a file, with what it inherits from others.

http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, and chapter 2 of the manual of biblatex.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from roadmap_cli.curriculum.model import Link
from roadmap_cli.exchange import fields, latex
from roadmap_cli.exchange.bibtex_blocks import Item, items
from roadmap_cli.exchange.bibtex_names import authors, has_others
from roadmap_cli.exchange.entries import Entry, Left, Record
from roadmap_cli.exchange.own import bibtex as own

_ALONE = frozenset(
    "title subtitle author doi url crossref xref xdata eprint note ids".split()
)
"""Fields that are of an entry itself, and that it does not take over from its parent."""
_PARTS = frozenset(
    "inproceedings conference incollection inbook suppbook suppcollection bookinbook".split()
)
_JOURNALS = ("journaltitle", "journal", "journalname", "fjournal")
_VENUES = (
    *("booktitle", "eventtitle", "maintitle", "school", "institution", "organization"),
    *("publisher", "series"),
)
_LINKS = ("url", "link", "ee", "eprint", "howpublished")
_PLACES = (
    *(
        "journal",
        "journaltitle",
        "volume",
        "howpublished",
        "note",
        "eid",
        "number",
        "pages",
    ),
    *("eprint", "publisher"),
)
"""Fields that name an arXiv id where they say arXiv."""
_FURTHER = re.compile(
    r"bdsk-url-\d+|adsurl|pdf|html|website|url\d|biorxiv|openreview|note"
)
_STATUSES = ("readstatus", "read", "read_status", "readingstatus")
_COMMENT = re.compile(r"(?m)^[ \t]*%.*$")
_ONLY_ARXIV = (
    r"(?i)arxiv(?:\.org)?(?: e-?prints?| preprints?)?(?:[\s:,]*(?:arxiv|abs).*)?"
)
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_LINK_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\b")
_LONGEST_CHAIN = 8


def read(text: str) -> Iterator[Record]:
    """The entries of a file in its order; comments and `@string` are none.

    Raises `DataFileError` for what is no BibTeX and would take hours to tell.
    """
    records = list(items(text))
    first: dict[str, Item] = {}
    for record in records:
        if isinstance(record, Item) and record.key:
            first.setdefault(record.key.casefold(), record)
    for record in records:
        if not isinstance(record, Item):
            yield record
        elif record.type == "xdata":
            yield Left(
                record.line, "`@xdata` only holds fields for other entries", record.text
            )
        elif own.KEY in record.fields:
            yield own.entry(record.fields, record.line, record.text)
        else:
            yield _record(record, first)


def _record(item: Item, known: Mapping[str, Item]) -> Record:
    values = _inherited(item, known, _LONGEST_CHAIN)
    doubts = [*item.doubts, *_doubts(item, known, values)]
    entry = _entry(item, lambda name: values.get(name, ""))
    return fields.taken(entry._replace(doubts=tuple(dict.fromkeys(doubts))), item.text)


def _doubts(
    item: Item, known: Mapping[str, Item], values: Mapping[str, str]
) -> Iterator[str]:
    first = known.get(item.key.casefold(), item)
    if first is not item:
        yield f"its key `{item.key}` is also that of the entry in line {first.line}"
    if has_others(values.get("author", "")):
        yield "it has more authors than it names"
    parent = values.get("crossref", "").strip()
    if parent and parent.casefold() not in known:
        yield f"it refers to `{parent}`, which is not in this file"


def _inherited(item: Item, known: Mapping[str, Item], most: int) -> dict[str, str]:
    """The fields of an entry and those that it takes over from others."""
    values = dict(item.fields)
    for name in map(str.strip, values.get("xdata", "").split(",")):
        data = known.get(name.casefold())
        if data is not None and data is not item and most:
            values = _inherited(data, known, most - 1) | values
    parent = known.get(values.get("crossref", "").strip().casefold())
    if parent is None or parent is item or not most:
        return values
    above = _inherited(parent, known, most - 1)
    passed = {name: value for name, value in above.items() if name not in _ALONE}
    title = above.get("title", "")
    if title and item.type in _PARTS:
        passed["booktitle"] = title
    elif title and parent.type in ("periodical", "suppperiodical"):
        passed.setdefault("journaltitle", title)
    if {"year", "date"} & values.keys():
        passed = {name: passed[name] for name in passed.keys() - {"year", "date"}}
    return passed | values


def _entry(item: Item, value: Callable[[str], str]) -> Entry:
    title = _title(item, value)
    links = tuple(_links(item.fields))
    groups = fields.tags_in(latex.text(value("groups")), ",") if value("groups") else ()
    statuses = filter(None, map(value, _STATUSES))
    entry = Entry(
        item.line,
        title=title,
        authors=authors(_COMMENT.sub("", value("author"))),
        year=fields.year_in(value("year"), value("date"), value("issued")),
        venue=_venue(item.type, value, title),
        kind=fields.kind_of(item.type),
        links=links,
        code=next(iter(fields.links_in(fields.unescaped(value("code")))), ""),
        key=item.key,
        section=groups[:1],
        status=next(filter(None, map(fields.status_of, statuses)), None),
        rating=fields.rating_in(value("ranking") or value("rating")),
        tags=tuple(
            dict.fromkeys([*_tags(value("keywords")), *_tags(value("mendeley-tags"))])
        ),
        note=_text(value("note")),
    )
    dois = [value("doi"), *_dois(value)]
    return fields.identified(entry, dois=dois, arxivs=_arxivs(value))


def _text(value: str) -> str:
    """The plain text of a value; lines that are comments are left out."""
    if "%" in value:
        value = _COMMENT.sub("", value)
    return (
        fields.from_html(latex.text(value))
        if "<" in value or "&" in value
        else latex.text(value)
    )


def _title(item: Item, value: Callable[[str], str]) -> str:
    title = _text(
        value("title") or item.fields.get("booktitle", "") or value("maintitle")
    )
    subtitle = _text(value("subtitle"))
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}"


def _venue(type_: str, value: Callable[[str], str], title: str) -> str:
    """The journal, else the book, event, school or institution, else the publisher."""
    names = (*_VENUES, *_JOURNALS) if type_ in _PARTS else (*_JOURNALS, *_VENUES)
    for name in names:
        venue = _text(value(name)) if value(name) else ""
        if venue and venue.casefold() != title.casefold():
            return "arXiv" if re.fullmatch(_ONLY_ARXIV, venue) else venue
    published = value("howpublished")
    return "" if "://" in published or "\\url" in published else _text(published)


def _links(values: Mapping[str, str]) -> Iterator[Link]:
    """The links of an entry, the one to the work itself first."""
    further = sorted(name for name in values if _FURTHER.fullmatch(name))
    for name in (*_LINKS, *further):
        value = values.get(name, "")
        if value and ("://" in value or name in ("url", "link", "ee")):
            yield from fields.links(_url(value), title="" if name == "url" else name)


def _url(value: str) -> str:
    r"""A value with links, as they are: unescaped, `\url` and `\href` left out, lines joined."""
    if "\\" in value:
        value = _HREF.sub(r" \1 ", value)
        value = _LINK_COMMAND.sub(" ", value)
    if "\n" in value:
        lines = value.split()
        is_broken = "://" in lines[0] and not any("://" in line for line in lines[1:])
        value = "".join(lines) if is_broken else value
    return fields.unescaped(value)


def _dois(value: Callable[[str], str]) -> Iterator[str]:
    if value("eprinttype").lower() == "doi":
        yield value("eprint")
    yield from (
        (value("howpublished"), value("note")) if "doi" in value("note").lower() else ()
    )


def _arxivs(value: Callable[[str], str]) -> Iterator[str]:
    """Texts that name an arXiv id if they name anything, the surest first."""
    number = fields.unescaped(value("eprint")).strip()
    archive = (value("archiveprefix") or value("eprinttype")).lower()
    group = (value("primaryclass") or value("eprintclass")).strip()
    if "arxiv" in archive or (not archive and group):
        yield number
        yield f"{group.partition('.')[0]}/{number}"
    elif "/" in number:
        yield number
    yield from (value("arxivid"), value("arxiv"), value("arxiv_id"))
    for name in _PLACES:
        if text := value(name):
            yield fields.arxiv_in(fields.unescaped(text))
    for journal in map(value, _JOURNALS):
        if "arxiv" in journal.lower():
            yield fields.arxiv_in(f"{journal} {value('volume')}")
            yield fields.arxiv_in(f"{journal} {number}")


def _tags(value: str) -> tuple[str, ...]:
    return (
        fields.tags_in(latex.text(value), ";" if ";" in value else ",") if value else ()
    )
