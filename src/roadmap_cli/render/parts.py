"""The small parts that drawings are put together from; data enters rich here, as text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from roadmap_cli.language.duration import spoken
from roadmap_cli.language.spelling import says, solid
from roadmap_cli.render.canvas import (
    STYLES,
    Canvas,
    is_settled,
    progress_text,
    time_left,
)
from roadmap_cli.render.text import safe_text
from roadmap_cli.views import Row

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\s*\S+\s*")
"""What a line is broken between."""
Parts = Iterable[RenderableType]


def styled(what: object, style: str = "") -> Text:
    """Data as text in a style; never as markup."""
    return Text(safe_text(str(what)), style=style)


def highlighted(text: str, matched: AbstractSet[str], style: str = "") -> Text:
    """Data as text in a style, the words bold by which it was found."""
    drawn = styled(text, style)
    for one in _WORD.finditer(solid(drawn.plain)):
        found = drawn.plain[slice(*one.span())]
        if any(says(found, word) for word in matched):
            drawn.stylize("bold underline", *one.span())
    return drawn


def line(*parts: Text | str) -> Text:
    """Several texts as one."""
    joined = Text()
    for part in parts:
        joined.append_text(styled(part) if isinstance(part, str) else part)
    return joined


def whole(text: str, style: str = "", *, by: int = 0) -> Text:
    """Something to copy, such as a link: it is never broken or cropped."""
    return Text.assemble(
        " " * by, (safe_text(text), style), no_wrap=True, overflow="ignore"
    )


class _Block:
    """A part moved to the right, in which no word is ever broken or cropped.

    A word that is too long for a line, such as a key, is left to the terminal to break: then
    it is copied in one piece.
    """

    def __init__(self, part: RenderableType, by: int) -> None:
        self.part, self.by = part, by

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[Segment]:
        room = max(options.max_width - self.by, 1)
        if isinstance(self.part, Text):
            rows = (row.render(console) for row in _broken(self.part, room))
        else:
            inner = console.render(self.part, options.update_width(room))
            rows = (iter(row) for row in Segment.split_lines(inner))
        for row in rows:
            yield Segment(" " * self.by)
            yield from row
            yield Segment.line()


def _broken(text: Text, width: int) -> Iterator[Text]:
    """The text in lines, broken between words only."""
    whole_style = Text().append_text(text)  # a style of its own would be lost
    starts, used = [], 0
    for word in () if text.no_wrap else _CHUNK.finditer(text.plain):
        if used and used + cell_len(word[0].rstrip()) > width:
            starts.append(word.start())
            used = 0
        used += cell_len(word[0])
    for row in whole_style.divide(starts):
        row.rstrip()
        row.end = ""
        yield row


def indented(part: RenderableType, by: int = 2) -> RenderableType:
    """A part moved to the right, with all its lines."""
    return _Block(part, by)


def facts_of(row: Row, canvas: Canvas) -> Text:
    """Kind, year, time and level on one line."""
    place = row["venue"] or row["year"] or ""
    year = (
        f" ({row['year']})"
        if row["venue"] and str(row["year"] or "") not in row["venue"]
        else ""
    )
    facts = [
        row["kind"],
        f"{place}{year}",
        spoken(row["minutes"]) if row["minutes"] else "",
        row["level"],
        f"in {row['language']}" if row["language"] != "en" else "",
    ]
    return styled(canvas.dot.join(one for one in facts if one), "dim")


def status_of(row: Row, canvas: Canvas) -> Text:
    """A status in words and colour."""
    return styled(canvas.mark(row["status"]), STYLES.get(row["status"] or "", "red"))


def next_line(row: Row) -> Text:
    """The paper that comes next, in one line."""
    key, title = styled(row["key"], "cyan"), styled(f"  {row['title']}", "dim")
    return line(styled("next: ", "dim"), key, title)


def columns(*widths: int | None) -> Table:
    """A table without lines; a column of no width takes what is left, and wraps."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        if width is None:
            grid.add_column(ratio=1, overflow="fold")
        else:
            grid.add_column(no_wrap=True, min_width=width)
    return grid


def bar_of(row: Row, canvas: Canvas, width: int) -> Text:
    """The part of something that is done, as a bar."""
    bar = canvas.bar(row["share"], width)
    return styled(f"{bar} " if bar else "", "green" if row["share"] else "dim")


def paper_grid(rows: Sequence[Row], canvas: Canvas, key_width: int = 0) -> Table:
    """Papers one below the other: a status in words, the whole key, the title, the time."""
    grid = columns(9, key_width, None, 0)
    for row in rows:
        minutes = spoken(row["minutes"]) if row.get("minutes") else ""
        style = "dim" if is_settled(row) else ""
        grid.add_row(
            status_of(row, canvas),
            styled(row["key"], "cyan"),
            styled(row["title"], style),
            styled(f"{minutes:>7}" if minutes else "", "dim"),
        )
    return grid


def side_by_side(rows: Sequence[Row], canvas: Canvas) -> bool:
    """Whether papers fit into a grid, whole keys included."""
    longest = max((len(row["key"]) for row in rows), default=0)
    return not canvas.is_narrow and longest + _BESIDE_A_KEY <= canvas.width


_BESIDE_A_KEY = 40
"""Columns for a paper's status, time and the beginning of its title."""


def stacked(row: Row, canvas: Canvas) -> Parts:
    """A paper as a small block of lines, for a narrow terminal."""
    matched = frozenset(row.get("matched", ()))
    yield whole(row["key"], "cyan")
    yield indented(highlighted(row["title"], matched))
    yield indented(line(status_of(row, canvas), canvas.dot, facts_of(row, canvas)))


def section_head(place: Row, canvas: Canvas) -> Parts:
    """A topic's or area's title, with how far the reader is."""
    facts = canvas.dot.join(filter(None, (progress_text(place), time_left(place))))
    yield line(styled(place["title"], "bold"), styled(f"  {place['topic']}", "cyan"))
    yield line(bar_of(place, canvas, 20), styled(facts, "dim"))
