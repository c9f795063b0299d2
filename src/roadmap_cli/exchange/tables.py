"""CSV and TSV: of Zotero, Mendeley, Goodreads, Scopus, Pocket, and of anybody.

Columns are known by their names; without names, by what stands in them.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Level, Status
from roadmap_cli.exchange import fields
from roadmap_cli.exchange.entries import Entry, Record, Refused
from roadmap_cli.exchange.own.records import entry_of_row, is_own_table
from roadmap_cli.exchange.people import people_in
from roadmap_cli.exchange.zotero import extra_doi, extra_texts, status_in

DELIMITERS = ",;\t|"
_SAMPLE = 20
_LONGEST_CELL = 16_000_000
"""Letters of a cell: an abstract may have more than the 131,072 that the library allows."""
_MOST_REPAIRS = 100
"""Quotation marks that are never closed, each in a row of its own, after which we give up."""

_COLUMNS = {
    "title": """title|paper title|article title|document title|book title|primary title|paper|name
        |titel|titre|titulo|título|标题|论文|article|publication|resource""",
    "authors": """authors|author|author s|author full names|first authors|authors primary|creators
        |creator|autor|autoren|autores|auteurs|作者|by""",
    "more authors": "additional authors",
    "year": """publication year|year|year published|pub year|published year|year of publication
        |original publication year|py|jahr|année|año|年份|date|publication date|published
        |date published|published date|issued|release year""",
    "venue": """publication title|journal|venue|source title|journal name|journal title|conference
        |conference name|proceedings title|booktitle|container title|published in|journal book
        |source|publisher|会议""",
    "doi": "doi|doi link|doi url",
    "arxiv": "arxiv|arxiv id|arxivid|arxiv link|arxiv url|eprint",
    "url": """url|link|links|urls|href|uri|paper link|paper url|item url|document url|web|website
        |web page|permalink|source url|page url|pdf|pdf link|pdf url|链接|article url""",
    "code": "code|code link|code url|github|repo|repository|implementation",
    "kind": "item type|type|kind|reference type|type of reference|document type|resource type",
    "status": """status|read status|reading status|read|done|finished|completed|exclusive shelf
        |state|progress|gelesen|read unread|已读|shelf""",
    "day": """date read|read date|last date read|date finished|finished on|date completed
        |completed on|read at|read on|finish date|status date""",
    "rating": "my rating|rating|star rating|stars|score",
    "tags": """tags|manual tags|keywords|author keywords|bookshelves|labels|label|tag|document tags
        |keyword|stichwörter""",
    "note": "notes|note|my review|private notes|comment|comments|annotation|annotations|review",
    "section": """topic|category|area|section|folder|group|collection|collections|subject|theme
        |field|module|week""",
    "key": "key|citation key|citekey|bibtex key|bibtexkey|cite key|entry key",
    "extra": "extra",
    "minutes": "minutes",
    "level": "level|difficulty",
}
_FIELD_OF = {
    word.strip(): (field, rank)
    for field, words in _COLUMNS.items()
    for rank, word in enumerate(words.split("|"))
}
_SHELVES = frozenset("read currently-reading to-read".split())
_FOLDER_STATUSES = {"archive": Status.READ, "unread": Status.TODO}
_EXCEL = re.compile(r'="?(.*?)"?$')


class _Row(NamedTuple):
    """A row: the line where it begins, its cells, and its text."""

    line: int
    cells: list[str]
    text: str


def read(text: str) -> Iterator[Record]:
    """The rows of a table in its order, each an entry; empty ones and the names are none."""
    delimiter = delimiter_of(text)
    rows = _rows(text, delimiter)
    for first in rows:
        if isinstance(first, _Row):
            break
        yield first
    else:
        return
    if is_own_table(first.cells):
        names = first.cells
        for row in rows:
            if isinstance(row, Refused):
                yield row
            else:
                yield entry_of_row(names, row.cells, row.line, row.text)
        return
    columns = columns_of(first.cells)
    if not columns:
        columns = _columns_by_content([first, *_sample(text, delimiter)])
        yield _record(first, columns)
    for row in rows:
        yield row if isinstance(row, Refused) else _record(row, columns)


def delimiter_of(text: str) -> str:
    """What parts the cells: the one that gives the same number of them, and most, in each row."""
    lines = [line for line in islice(text.split("\n"), 400) if line.strip()][:_SAMPLE]
    if lines and (told := re.fullmatch(r"sep=(.)", lines[0])):
        return told[1]

    def width(delimiter: str) -> tuple[float, int]:
        rows = _sampled(lines, delimiter)
        widths = [len(row) for row in rows]
        known = len(columns_of(rows[0])) if rows else 0
        same = widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else 0
        return (known + same, widths[0] if widths else 0)

    return max(DELIMITERS, key=width)


def split(line: str, delimiter: str) -> list[list[str]]:
    """The cells of a line; nothing for an empty one."""
    return _sampled([line], delimiter)


def _sampled(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """The cells of these lines, up to one that is no row of a table."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=delimiter))  # as far as it goes
    return rows


def columns_of(names: Sequence[str]) -> dict[str, list[int]]:
    """The places of the columns whose names say what they hold, the surest first.

    Nothing unless the names are names: one of them has to say title, link or id.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        word = " ".join(re.sub(r"[\W_]+", " ", name.lower()).split())
        if word in _FIELD_OF:
            field, rank = _FIELD_OF[word]
            found.setdefault(field, []).append((rank, place))
    if not found.keys() & {"title", "url", "doi", "arxiv"}:
        return {}
    return {
        field: [place for _, place in sorted(places)] for field, places in found.items()
    }


def _columns_by_content(rows: Sequence[_Row]) -> dict[str, list[int]]:
    """The columns of a table without names: those with links, the one with the longest texts."""
    places = range(max(len(row.cells) for row in rows))
    columns = [
        [row.cells[place] for row in rows if place < len(row.cells)] for place in places
    ]
    links = [
        place for place in places if sum(map(_is_place, columns[place])) * 2 > len(rows)
    ]
    years = [
        place
        for place in places
        if all(re.fullmatch(r"\d{4}", cell) for cell in columns[place])
    ]
    texts = [
        place
        for place in places
        if place not in links
        and not all(cell.strip().isdigit() for cell in columns[place])
    ]
    titles = sorted(texts, key=lambda place: -sum(map(len, columns[place])))[:1]
    return {"url": links, "doi": links, "arxiv": links, "title": titles, "year": years}


def _is_place(cell: str) -> bool:
    return bool(fields.links_in(cell) or identity.doi(cell) or identity.arxiv_id(cell))


def _sample(text: str, delimiter: str) -> list[_Row]:
    return [
        row for row in islice(_rows(text, delimiter), _SAMPLE) if isinstance(row, _Row)
    ]


def _rows(text: str, delimiter: str) -> Iterator[_Row | Refused]:
    """The rows of a table; one with a quotation mark that is never closed does not end it."""
    lines = text.removeprefix("\ufeff").split("\n")
    csv.field_size_limit(_LONGEST_CELL)
    start = 1 if re.fullmatch(r"sep=.", lines[0]) else 0
    for _ in range(_MOST_REPAIRS):
        reader = csv.reader(
            (f"{line}\n" for line in islice(lines, start, None)), delimiter=delimiter
        )
        before = 0
        try:
            for cells in reader:
                first, before = start + before, reader.line_num
                written = lines[first : start + before]
                if start + before >= len(lines) and _is_open(written):
                    break
                if any(map(str.strip, cells)):
                    yield _Row(first + 1, cells, "\n".join(written))
            else:
                return
        except csv.Error as error:
            first = start + before
            yield Refused(
                first + 1, f"it is no row of a table: {error}", text=lines[first]
            )
        else:
            reason = "it has a quotation mark that is never closed"
            yield Refused(first + 1, reason, text=lines[first])
        start = first + 1


def _is_open(written: list[str]) -> bool:
    """Whether a row ends inside of quotation marks, as the last one of a file may."""
    return len(written) > 1 and sum(line.count('"') for line in written) % 2 == 1


class _Cells(NamedTuple):
    """The cells of a row by what they hold, empty ones left out."""

    row: _Row
    columns: dict[str, list[int]]

    def all(self, field: str) -> list[str]:
        """The cells with such a thing, the surest first."""
        places = (
            place
            for place in self.columns.get(field, ())
            if place < len(self.row.cells)
        )
        cells = (self.row.cells[place].strip() for place in places)
        return [_uncovered(cell) for cell in cells if cell]

    def first(self, field: str) -> str:
        """The surest cell with such a thing, as it is."""
        return next(iter(self.all(field)), "")

    def plain(self, field: str) -> str:
        """The surest cell with such a thing, without HTML, on one line."""
        return fields.from_html(self.first(field))


def _record(row: _Row, columns: dict[str, list[int]]) -> Entry | Refused:
    cells = _Cells(row, columns)
    extra = cells.first("extra")
    people = [
        *people_in(cells.first("authors")),
        *people_in(cells.first("more authors")),
    ]
    entry = Entry(
        row.line,
        title=cells.plain("title"),
        authors=tuple(dict.fromkeys(people)),
        year=fields.year_in(*cells.all("year")),
        venue=cells.plain("venue"),
        kind=fields.kind_of(cells.first("kind")),
        links=fields.links(*cells.all("url")),
        code=next(iter(fields.links_in(cells.first("code"))), ""),
        key=cells.plain("key"),
        rating=fields.rating_in(cells.first("rating")),
        tags=_tags(cells.all("tags")),
        note=cells.plain("note"),
        minutes=_minutes(cells.first("minutes")),
        level=next(
            (level for level in Level if level == cells.first("level").lower()), None
        ),
    )
    if _is_link(entry.title):
        entry = entry._replace(
            title="", links=(*entry.links, *fields.links(entry.title))
        )
    dois = [*cells.all("doi"), extra_doi(extra)]
    named = map(fields.arxiv_in, [*cells.all("venue"), *extra_texts(extra)])
    entry = fields.identified(
        _with_status(entry, cells, extra),
        dois=dois,
        arxivs=[*cells.all("arxiv"), *named],
    )
    return fields.taken(entry, row.text)


def _with_status(entry: Entry, cells: _Cells, extra: str) -> Entry:
    """The entry with its status, since when, and its section, which may be a status itself."""
    status, day = status_in(extra)
    told = next(filter(None, map(fields.status_of, cells.all("status"))), None)
    section = cells.plain("section")
    filed = _FOLDER_STATUSES.get(section.casefold())
    return entry._replace(
        status=status or told or filed,
        day=day or fields.day_in(cells.first("day")),
        section=(section,) if section and not filed else (),
    )


def _minutes(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"[1-9]\d{0,4}", cell, re.ASCII) else None


def _is_link(text: str) -> bool:
    return fields.links_in(text) == [text]


def _uncovered(cell: str) -> str:
    """A cell without what keeps Excel from reading it: `="0262035618"`, and `'=…` of exports."""
    if cell.startswith("="):
        match = _EXCEL.match(cell)
        return match[1] if match else cell
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _tags(cells: list[str]) -> tuple[str, ...]:
    """Tags of all columns of them; names of Goodreads' own shelves are none."""
    found: dict[str, None] = {}
    for cell in cells:
        separators = next((sign for sign in ";|" if sign in cell), ",")
        found |= dict.fromkeys(
            fields.tags_in(cell.strip("[]").replace("'", ""), separators)
        )
    return tuple(tag for tag in found if tag not in _SHELVES)
