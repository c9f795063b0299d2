"""Rows as lines of a screen: strips of styled text, each exactly as wide as its pane.

Data enters here and nowhere else, and all of it through `safe_text`: Textual hands on what a
terminal would obey, and reads markup in plain strings.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from roadmap_cli.language.duration import spoken
from roadmap_cli.render.canvas import STYLES, Canvas, fraction, is_settled
from roadmap_cli.render.text import safe_text

if TYPE_CHECKING:
    from roadmap_cli.rows.types import PaperRow, PlaceRow

_BAR = 8
_STATUS, _TIME, _COUNTS = 9, 5, 8
_KEY_AT_LEAST_BESIDE = 14
"""Columns of title for which a key is worth its room."""


class Look(NamedTuple):
    """How a row lies under the reader: at it or not, in the pane that is in use, selected."""

    is_current: bool = False
    is_in_use: bool = False
    is_selected: bool = False

    @property
    def style(self) -> Style:
        """The style of the whole row; where there is no colour it shows, too."""
        if not self.is_current:
            return Style.null()
        return Style(reverse=True) if self.is_in_use else Style(bold=True)

    @property
    def mark(self) -> str:
        """What stands before the row."""
        return "*" if self.is_selected else ">" if self.is_current else " "


def cropped(text: str, width: int, canvas: Canvas) -> str:
    """A text without anything a terminal obeys, in so many columns; what is cut off shows."""
    text = shown(text, canvas)
    if cell_len(text) <= width:
        return text
    end = "…" if canvas.has_unicode else "."
    return set_cell_size(text, max(width - 1, 0)) + end[:width]


def shown(text: str, canvas: Canvas) -> str:
    """A text as the terminal can show it."""
    text = safe_text(text)
    return text if canvas.has_unicode else text.encode("ascii", "replace").decode()


def strip(parts: Iterable[tuple[str, str]], width: int, style: Style) -> Strip:
    """Texts, each with the name of its style, as a line of a width, all in one more style."""
    segments = [
        Segment(text, Style.parse(name) + style) for text, name in parts if text
    ]
    return Strip(segments).adjust_cell_length(width, style)


def heading(text: str, width: int, canvas: Canvas) -> Strip:
    """A line of its own."""
    return strip([(cropped(text, width, canvas), "bold")], width, Style.null())


def place_line(
    title: str,
    depth: int,
    tally: "PlaceRow | None",
    look: Look,
    size: tuple[int, Canvas],
) -> Strip:
    """An area or a topic, and how far the reader is in it; `size` is a width and a canvas."""
    width, canvas = size
    counts = f"{fraction(tally):>{_COUNTS}}" if tally else ""
    bar = ""
    if tally and tally["total"] and width >= _WITH_BAR:
        bar = f" {canvas.bar(tally['share'], _BAR)}"
    indent = "  " * depth
    room = max(width - 2 - len(indent) - len(counts) - len(bar), 1)
    text = cropped(title, room, canvas)
    parts = [
        (f"{look.mark} {indent}", ""),
        (text + " " * (room - cell_len(text)), "bold" if depth == 0 else ""),
        (bar, "green" if tally and tally["share"] else "dim"),
        (counts, "dim"),
    ]
    return strip(parts, width, look.style)


_WITH_BAR = 44


def paper_line(
    row: "PaperRow", so_far: int | None, keys: int, look: Look, size: tuple[int, Canvas]
) -> Strip:
    """A paper in words: status, key, title, its minutes, and those to here.

    `keys` is the room of keys: none where they would leave no title.
    """
    width, canvas = size
    times = [f"{spoken(row['minutes']) if row['minutes'] else '':>{_TIME + 1}}"]
    if width >= _WITH_SUMS:
        times.append(f"{spoken(so_far) if so_far else '':>9}")
    time = "".join(times)
    room = width - 2 - _STATUS - 1 - len(time) - 1
    is_keyed = room - keys - 1 >= _KEY_AT_LEAST_BESIDE
    key = f"{row['key']:<{keys}} " if is_keyed else ""
    title = cropped(titled(row), max(room - len(key), 1), canvas)
    gap = " " * (max(room - len(key), 1) - cell_len(title) + 1)
    parts = [
        (f"{look.mark} ", ""),
        (f"{canvas.mark(row['status']):<{_STATUS}} ", STYLES[row["status"]]),
        (shown(key, canvas), "cyan"),
        (title + gap, "dim" if is_settled(row) else ""),
        (time, "dim"),
    ]
    return strip(parts, width, look.style)


_WITH_SUMS = 70


def titled(row: "PaperRow") -> str:
    """A title, with the language where that is not English."""
    language = row["language"]
    is_english = language.partition("-")[0] == "en"
    return row["title"] if is_english else f"{row['title']} [{language}]"


def folded(lines: Iterable[Sequence[Segment]], width: int) -> list[Strip]:
    """Drawn lines as strips; one that is longer goes on in the next line, so nothing is lost.

    They begin a column further right, as everything on the screen does.
    """
    found: list[Strip] = []
    margin, width = Strip([Segment(" ")]), max(width - 1, 1)
    for segments in lines:
        line = Strip(segments).simplify()
        length = line.cell_length
        for start in range(0, max(length, 1), width):
            part = line.crop(start, min(start + width, length))
            found.append(Strip.join([margin, part.adjust_cell_length(width)]))
    return found


def footer(
    keys: Iterable[tuple[str, str, str]], width: int, *, is_spaced: bool
) -> Strip:
    """Keys as (shown, word, action), as many as fit whole; a click on one does what it does."""
    parts: list[Segment] = []
    used = 0
    for key, word, action in keys:
        text = f" {key} {word} " if is_spaced else f"{' ' * bool(used)}{key} {word}"
        if used + len(text) > width:
            break
        used += len(text)
        meta = Style.from_meta({"@click": f"screen.{action}"})
        lead = text.index(key) + len(key)
        parts.append(Segment(text[:lead], Style(bold=True) + meta))
        parts.append(Segment(text[lead:], Style(dim=True) + meta))
    return Strip(parts).adjust_cell_length(width)
