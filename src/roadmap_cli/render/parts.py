"""The small parts that drawings are put together from; data enters rich here, as text."""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roadmap_cli.duration import spoken
from roadmap_cli.render.canvas import STYLES, Canvas, progress_text, time_left
from roadmap_cli.render.text import safe_text
from roadmap_cli.views import Row

Parts = Iterable[RenderableType]


def styled(what: object, style: str = "") -> Text:
    """Data as text in a style; never as markup."""
    return Text(safe_text(str(what)), style=style)


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


def indented(part: RenderableType, by: int = 2) -> Padding:
    """A part moved to the right, with all its lines."""
    return Padding(part, (0, 0, 0, by))


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
        f"{place}{year if row['year'] else ''}",
        spoken(row["minutes"]) if row["minutes"] else "",
        row["level"],
        f"in {row['language']}" if row["language"] != "en" else "",
    ]
    return styled(canvas.dot.join(one for one in facts if one), "dim")


def status_of(row: Row, canvas: Canvas) -> Text:
    """A status in words and colour."""
    return styled(canvas.mark(row["status"]), STYLES.get(row["status"] or "", "red"))


def columns(*widths: int | None) -> Table:
    """A table without lines; a column of no width takes what is left, and wraps."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        if width is None:
            grid.add_column(ratio=1)
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
        minutes = f"{row['minutes']} min" if row.get("minutes") else ""
        style = "dim" if row["status"] in ("read", "known", "skipped") else ""
        grid.add_row(
            status_of(row, canvas),
            styled(row["key"], "cyan"),
            styled(row["title"], style),
            styled(f"{minutes:>7}" if minutes else "", "dim"),
        )
    return grid


def stacked(row: Row, canvas: Canvas) -> Parts:
    """A paper as a small block of lines, for a narrow terminal."""
    yield whole(row["key"], "cyan")
    yield indented(styled(row["title"]))
    yield indented(line(status_of(row, canvas), canvas.dot, facts_of(row, canvas)))


def section_head(place: Row, canvas: Canvas) -> Parts:
    """A topic's or area's title, with how far the reader is."""
    facts = canvas.dot.join(filter(None, (progress_text(place), time_left(place))))
    yield line(styled(place["title"], "bold"), styled(f"  {place['topic']}", "cyan"))
    yield line(bar_of(place, canvas, 20), styled(facts, "dim"))
