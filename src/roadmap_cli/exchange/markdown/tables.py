"""Tables: which column says what, and the entries of the rows."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.model import Status
from roadmap_cli.exchange.entries import Entry, Left
from roadmap_cli.exchange.markdown import (
    asides,
    edges,
    fields,
    people,
    phrases,
    titles,
    vocabulary,
)
from roadmap_cli.exchange.markdown.blocks import Table
from roadmap_cli.exchange.markdown.fields import Place
from roadmap_cli.exchange.markdown.phrases import LABEL, TITLED, Phrase
from roadmap_cli.language import spelling

_MOST = 0.5
_NEARLY_ALL = 0.8
_SEVERAL = 2
_SOME = 0.2
_WORDS_OF_A_LONG_TITLE = 4

_STATUS = re.compile(
    r"read|done|status|progress|finished|completed|complete|checked|状态|已读|进度|完成|阅读状态|是否阅读"
)
_STATUS_SIGNS = ("✓", "✅", "☑", "✔", ":white_check_mark:", ":heavy_check_mark:")
_NAMED = {
    "title": r"(?:.* )?titles?(?: .*)?|(?:论文|文章)?(?:标题|题目|名称|名)|论文(?:标题|题目|名称)|书名",
    "paper": r"papers?(?: name| title| and link)?|papers? links?|articles?|论文|文章|文献|publications?|works?|references?",
    "name": r"(?:.* )?names?|names?(?: .*)?|models?|methods?|projects?|resources?|courses?|books?|datasets?|tools?|lectures?|"
    r"topics?|主题|benchmarks?|library|libraries|framework|systems?|notebooks?|video|videos|blogs?|posts?|tutorials?|"
    r"名称|名字|模型(?:名称)?|项目(?:名称)?|课程(?:名称)?|数据集(?:名称)?|工具|资源|方法|标题|书籍|llm|approach|algorithms?|repo(?:sitory)?",
    "readings": r"(?:required |suggested |optional |recommended |further )?(?:readings?|reading list|materials?)|阅读(?:材料)?|资料",
    "authors": r"authors?|作者|instructors?(?: s)?|speakers?|by|creators?|lecturers?",
    "year": r"(?:publication |publish |release |released |pub |arxiv )?(?:years?|dates?|times?|month)(?: .*)?|released|published|年份?|时间|日期|发布时间|发表时间|发布日期",
    "venue": r"venues?|conferences?|journals?|conf|published (?:in|at)|会议|期刊|发表|来源|conference journal|pub|where|publisher|出处|publications?",
    "code": r"(?:source |official )?codes?|github|repo|repository|implementations?|代码|源码|开源|开源地址|code link",
    "description": r"descriptions?|details?|summary|notes?|comments?|remarks?|abstract|介绍|说明|简介|描述|备注",
    "link": r"links?|urls?|pdf|arxiv|链接|地址|论文链接|website|homepage|paper link|download|下载|项目主页|where|access",
}
_COLUMNS = {role: re.compile(pattern) for role, pattern in _NAMED.items()}


class Columns(NamedTuple):
    """Which column of a table says what; -1 where none does."""

    title: int
    authors: int
    year: int
    venue: int
    status: int
    many: bool
    """Whether a cell with titles may have several entries."""


Rows = Sequence[tuple[int, list[Phrase]]]


def records(
    table: Table, section: tuple[str, ...], group: str
) -> Iterator[Entry | Left]:
    """The entries of a table, row by row; a row of links within the page is left out."""
    rows = [
        (row.line, [phrases.of_pieces(cell) for cell in row.cells])
        for row in table.rows
    ]
    header = [phrases.of_pieces(cell) for cell in table.header]
    if (
        not header
        and rows
        and not any(cell.has_links for cell in rows[0][1])
        and _named(rows[0][1], "title", "paper", "name")
    ):
        header, rows = rows[0][1], rows[1:]
    if _is_grid(header, rows):
        yield from _grid(rows, section, group)
        return
    columns = _columns(header, rows)
    for line, cells in rows:
        place = Place(line, section, group)
        if columns.title < 0 or not _in(cells, columns.title).text.strip():
            if columns.title < 0 and any(cell.anchors for cell in cells):
                yield Left(line, "table of contents", _text(cells), section)
            continue
        yield from _row(place, cells, columns)


def _row(place: Place, cells: list[Phrase], columns: Columns) -> Iterator[Entry | Left]:
    cell = _in(cells, columns.title)
    others = [
        other
        for at, other in enumerate(cells)
        if at != columns.title and other.text.strip()
    ]
    if cell.anchors and not any(other.has_links for other in cells):
        yield Left(place.line, "table of contents", _text(cells), place.section)
        return
    parts = parted(cell) if columns.many else [cell]
    for part in parts:
        title = titles.of_phrase(part)
        is_within = not columns.many and _is_run_in(part, title)
        if not title.text or title.how == "label" or is_within:
            label = title
            title = titles.Title(
                edges.tidied(part.plain(part.text)), "text", "", "", label.mark
            )
        if not title.text:
            continue
        if asides.leads_elsewhere(title.text):
            yield Left(
                place.line,
                "a link to other pages of the list",
                _text(cells),
                place.section,
            )
            continue
        found = fields.entry(place, part, title, others if len(parts) == 1 else ())
        yield _with_columns(found, cells, columns)


def _is_run_in(cell: Phrase, title: titles.Title) -> bool:
    """Whether a titled link stands within the words of a cell, which are the title then."""
    if title.how != "link":
        return False
    before = _SHORT_CODES.sub("", cell.plain(title.before))
    return any(map(str.isalpha, before)) or _GOES_ON.fullmatch(title.after) is not None


_SHORT_CODES = re.compile(r":[a-z0-9_+-]+:")
_GOES_ON = re.compile(r"\s*[\u4e00-\u9fff][^\[\]()（）【】\n\ue000-\uf8ff]{0,30}")


def _with_columns(entry: Entry, cells: list[Phrase], columns: Columns) -> Entry:
    """The entry with what the columns for authors, year, venue and status say."""
    authors, written = _cell(cells, columns.authors), _cell(cells, columns.year)
    venue = _cell(cells, columns.venue)
    is_year = re.fullmatch(r"\D{0,3}(?:19|20)\d\d\D{0,3}", written)
    year = fields.year_in(f"{written} {venue}" if is_year else f"{venue} {written}")
    return entry._replace(
        authors=(people.names(authors) or (authors,)) if authors else entry.authors,
        year=year or entry.year,
        venue=re.sub(r"[\s,'’]*(?:(?:19|20)\d\d|['’]\d\d)\W*$", "", venue)
        if venue
        else entry.venue,
        status=_status(_in(cells, columns.status)) if columns.status >= 0 else None,
    )


def _status(cell: Phrase) -> Status | None:
    """The status in a cell of a column that tells it."""
    if found := fields.status(cell.text):
        return found
    word = spelling.fold(cell.plain(cell.text))
    return {
        "yes": Status.READ,
        "y": Status.READ,
        "x": Status.READ,
        "read": Status.READ,
        "done": Status.READ,
        "finished": Status.READ,
        "completed": Status.READ,
        "no": Status.TODO,
        "todo": Status.TODO,
        "to read": Status.TODO,
        "unread": Status.TODO,
        "reading": Status.READING,
        "in progress": Status.READING,
        "skipped": Status.SKIPPED,
        "已读": Status.READ,
        "未读": Status.TODO,
    }.get(word)


def _columns(header: list[Phrase], rows: Rows) -> Columns:
    width = max((len(cells) for _, cells in rows), default=0)
    roles = {role: _named(header, role) for role in _COLUMNS}
    title, many = _title_column(roles, rows, width)
    status = next((at for at, cell in enumerate(header) if _tells_status(cell)), -1)
    taken = {title, status}

    def free(role: str) -> int:
        return next((at for at in roles[role] if at not in taken), -1)

    return Columns(title, free("authors"), free("year"), free("venue"), status, many)


def _tells_status(cell: Phrase) -> bool:
    text = cell.plain(cell.text).strip()
    return text in _STATUS_SIGNS or _STATUS.fullmatch(spelling.fold(text)) is not None


def _named(header: list[Phrase], *roles: str) -> list[int]:
    """The columns whose headings name one of the roles, role by role."""
    heads = [
        re.sub(
            r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])",
            "",
            spelling.fold(cell.plain(cell.text)),
        )
        for cell in header
    ]
    return [
        at
        for role in roles
        for at, head in enumerate(heads)
        if _COLUMNS[role].fullmatch(head)
    ]


def _title_column(
    roles: dict[str, list[int]], rows: Rows, width: int
) -> tuple[int, bool]:
    """The column of titles, -1 if none has any, and whether its cells may hold several."""
    for at in roles["readings"]:
        if _share(rows, at, _is_titled) > 0:
            return at, True
    at = _by_headings(roles, rows, width)
    return (at if at >= 0 else _by_cells(roles, rows, width)), False


def _by_headings(roles: dict[str, list[int]], rows: Rows, width: int) -> int:
    """The column that is headed as one of titles or names and has them, or -1.

    Beside names there may be a column of whole titles, which says more.
    """
    for role in ("title", "paper", "name"):
        able = [at for at in roles[role] if _share(rows, at, _is_named) >= _MOST]
        titled = [at for at in able if _share(rows, at, _is_titled) >= _MOST]
        if role == "name" and able and not titled:
            titled = [
                at for at in range(width) if _share(rows, at, _is_long_title) >= _MOST
            ]
        elif role == "name" and able and able[0] not in titled:
            titled = []
        if (titled or able) and (role != "name" or _has_links(rows)):
            return (titled or able)[0]
    return -1


def _by_cells(roles: dict[str, list[int]], rows: Rows, width: int) -> int:
    """The column with the most titled links; else the first with names beside labels; or -1."""
    share, at = max(
        ((_share(rows, at, _is_titled), -at) for at in range(width)), default=(0, 0)
    )
    if share >= _MOST:
        return -at
    if not roles["link"] and any(
        _share(rows, at, _is_labelled) >= _MOST for at in range(width)
    ):
        told = ("authors", "year", "venue", "description")
        others = set(range(width)).difference(*(roles[role] for role in told))
        named = [at for at in sorted(others) if _share(rows, at, _is_named) >= _MOST]
        if named:
            return named[0]
    return -at if share > _SOME else -1


def _has_links(rows: Rows) -> bool:
    return any(cell.has_links for _, cells in rows for cell in cells)


def _share(rows: Rows, at: int, holds: Callable[[Phrase], bool]) -> float:
    """The share of the cells of a column that are not empty for which something holds."""
    cells = [
        cells[at]
        for _, cells in rows
        if at < len(cells) and (cells[at].text.strip() or cells[at].links)
    ]
    return sum(1 for cell in cells if holds(cell)) / len(cells) if cells else 0.0


def _is_titled(cell: Phrase) -> bool:
    return re.search(TITLED, cell.text) is not None


def _is_long_title(cell: Phrase) -> bool:
    match = re.search(TITLED, cell.text)
    return (
        match is not None
        and len(cell.links[match[0]].text.split()) >= _WORDS_OF_A_LONG_TITLE
    )


def _is_labelled(cell: Phrase) -> bool:
    return re.search(LABEL, cell.text) is not None


def _is_named(cell: Phrase) -> bool:
    """Whether a cell says more than labels do."""
    if _is_titled(cell):
        return True
    words = phrases.MARKS.sub(" ", cell.text)
    return any(map(str.isalpha, words)) and not vocabulary.is_label(words.strip())


def _is_grid(header: list[Phrase], rows: Rows) -> bool:
    """Whether the cells of a table are entries that only stand side by side."""
    if not rows or _named(header, "title", "paper", "name", "readings"):
        return False
    width = max(len(cells) for _, cells in rows)
    titled = [at for at in range(width) if _share(rows, at, _is_titled) >= _NEARLY_ALL]
    return (
        width > 1
        and len(titled) == width
        and not any(cell.text.strip() for cell in header)
    )


def _grid(rows: Rows, section: tuple[str, ...], group: str) -> Iterator[Entry]:
    for line, cells in rows:
        for cell in cells:
            title = titles.of_phrase(cell)
            if title.text and title.how != "label":
                yield fields.entry(Place(line, section, group), cell, title)


def parted(cell: Phrase) -> list[Phrase]:
    """A cell with several titled links as that many phrases, each with the labels behind it."""
    starts = [match.start() for match in re.finditer(TITLED, cell.text)]
    if len(starts) < _SEVERAL:
        return [cell]
    bounds = [0, *starts[1:], len(cell.text)]
    return [
        cell._replace(
            text=cell.text[start:end],
            links={
                m: link for m, link in cell.links.items() if m in cell.text[start:end]
            },
        )
        for start, end in itertools.pairwise(bounds)
    ]


def _in(cells: list[Phrase], at: int) -> Phrase:
    return cells[at] if 0 <= at < len(cells) else phrases.of_pieces(())


def _cell(cells: list[Phrase], at: int) -> str:
    cell = _in(cells, at)
    text = cell.plain(cell.text).strip()
    return "" if text in ("-", "–", "—", "/", "N/A", "n/a", "None", "无") else text


def _text(cells: list[Phrase]) -> str:
    return " | ".join(cell.plain(cell.text) for cell in cells)[:200]
