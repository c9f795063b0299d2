"""The small parts that drawings are put together from; data enters rich here, as text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from roadmap_cli.curriculum.identity import is_stand_in
from roadmap_cli.language.duration import spoken
from roadmap_cli.language.locales import ENGLISH, primary
from roadmap_cli.language.spelling import sayer, solid
from roadmap_cli.render.canvas import (
    STYLES,
    Canvas,
    is_settled,
    progress_text,
    time_left,
)
from roadmap_cli.render.text import safe_text

if TYPE_CHECKING:
    from rich.table import Table

    from roadmap_cli.rows.review_types import PromptRow
    from roadmap_cli.rows.types import (
        BriefRow,
        PaperHead,
        PaperRow,
        PlaceRow,
        QuestionRow,
        TallyRow,
    )

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\s*\S+\s*")
"""What a line is broken between."""
Parts = Iterable[RenderableType]


def styled(what: object, style: str = "") -> Text:
    """Data as text in a style; never as markup."""
    return Text(safe_text(str(what)), style=style)


def highlighted(text: str, matched: AbstractSet[str], style: str = "") -> Text:
    """Data as text in a style, the words bold by which it was found."""
    drawn, says = styled(text, style), sayer(matched)
    for found in _WORD.finditer(solid(drawn.plain)):
        start, end = found.span()
        if says(drawn.plain[start:end]):
            drawn.stylize("bold underline", start, end)
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


class _Together:
    """Parts one after the other, printed in one go."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for part in self.parts:
            yield indented(part, 0)


def together(parts: Parts) -> RenderableType:
    """Parts one after the other: to print each by itself costs rich more than to draw it."""
    return _Together(parts)


def indented(part: RenderableType, by: int = 2) -> RenderableType:
    """A part moved to the right, with all its lines."""
    return _Block(part, by)


def facts_of(paper: "PaperRow", canvas: Canvas) -> Text:
    """Kind, year, time and level on one line."""
    venue, year = paper["venue"], str(paper["year"] or "")
    place = f"{venue} ({year})" if venue and year not in venue else venue or year
    facts = [
        paper["kind"],
        place,
        spoken(paper["minutes"]) if paper["minutes"] else "",
        paper["level"],
        in_language(paper),
    ]
    return styled(canvas.dot.join(filter(None, facts)), "dim")


def in_language(paper: "PaperHead") -> str:
    """The language of a paper that is not in English, as a mark: `[zh]`."""
    is_english = primary(paper["language"]) == ENGLISH
    return "" if is_english else f"[{paper['language']}]"


def titled(paper: "PaperHead", canvas: Canvas) -> str:
    """A paper's title, with its language where that is not English, or that it has none yet."""
    title = paper["title"]
    if mark := in_language(paper):
        title = f"{title} {mark}"
    lacks_one = "no title yet" if is_stand_in(paper["title"]) else ""
    return canvas.dot.join(filter(None, (title, lacks_one)))


def status_of(paper: "BriefRow", canvas: Canvas) -> Text:
    """A status in words and colour."""
    return styled(canvas.mark(paper["status"]), STYLES[paper["status"]])


def rating_of(paper: "PaperRow", canvas: Canvas) -> str:
    """What the reader gave a paper, to stand behind something else; empty without a rating."""
    return f"{canvas.dot}rated {paper['rating']} of 5" if paper["rating"] else ""


def next_line(paper: "PaperRow") -> Text:
    """The paper that comes next, in one line."""
    key, title = styled(paper["key"], "cyan"), styled(f"  {paper['title']}", "dim")
    return line(styled("next: ", "dim"), key, title)


def as_many_as_fit(keys: Sequence[str], room: int) -> str:
    """The first of these keys, whole, as far as there is room, and how many more there are."""
    shown = ""
    for number, key in enumerate(keys):
        more = f" and {len(keys) - number} more"
        if shown and len(f"{shown}, {key}{more}") > room:
            return f"{shown}{more}"
        shown = f"{shown}, {key}" if shown else key
    return shown


def columns(*widths: int | None) -> "Table":
    """A table without lines; a column of no width takes what is left, and wraps."""
    from rich.table import Table  # what is drawn line by line does without

    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        if width is None:
            grid.add_column(ratio=1, overflow="fold")
        else:
            grid.add_column(no_wrap=True, min_width=width)
    return grid


def bar_of(counts: "TallyRow", canvas: Canvas, width: int) -> Text:
    """The part of something that is done, as a bar."""
    bar = canvas.bar(counts["share"], width)
    return styled(f"{bar} " if bar else "", "green" if counts["share"] else "dim")


def done_and_left(counts: "TallyRow", canvas: Canvas) -> str:
    """How much of something is done, and the reading time still to come, in words."""
    return canvas.dot.join(filter(None, (progress_text(counts), time_left(counts))))


def paper_grid(
    papers: "Iterable[tuple[BriefRow, str, str]]",
    canvas: Canvas,
    key_width: int = 0,
) -> "Table":
    """Papers, each with its title and facts: a status in words, the whole key, title, facts."""
    grid = columns(9, key_width, None, 0)
    for paper, title, facts in papers:
        grid.add_row(
            status_of(paper, canvas),
            styled(paper["key"], "cyan"),
            styled(title, "dim" if is_settled(paper) else ""),
            styled(facts, "dim"),
        )
    return grid


def paper_list(
    papers: "Sequence[PaperRow]",
    canvas: Canvas,
    *,
    key_width: int,
    by: int = 0,
    has_years: bool = False,
) -> Parts:
    """Papers in a grid that is moved to the right, or below each other where that is too wide.

    `key_width` is the width of the longest key, of other lists on the same page too.
    """
    if _fit_into_grid(key_width, canvas):
        rows = (
            (paper, titled(paper, canvas), _beside(paper, has_years=has_years))
            for paper in papers
        )
        grid = paper_grid(rows, canvas, key_width)
        yield indented(grid, by) if by else grid
        return
    for paper in papers:
        yield from stacked(paper, canvas)


def _beside(paper: "PaperRow", *, has_years: bool) -> str:
    """What stands beside a title: the year, if it is asked for, and the time."""
    minutes = f"{spoken(paper['minutes']):>7}" if paper["minutes"] else ""
    return f"{paper['year'] or '':>4}  {minutes:>7}" if has_years else minutes


def side_by_side(papers: "Sequence[BriefRow]", canvas: Canvas) -> bool:
    """Whether papers fit into a grid, whole keys included."""
    return _fit_into_grid(longest_key(papers), canvas)


def _fit_into_grid(key_width: int, canvas: Canvas) -> bool:
    return not canvas.is_narrow and key_width + _BESIDE_A_KEY <= canvas.width


def longest_key(papers: "Sequence[BriefRow]") -> int:
    """The columns that the longest of the keys takes."""
    return max((len(paper["key"]) for paper in papers), default=0)


_BESIDE_A_KEY = 40
"""Columns for a paper's status, time and the beginning of its title."""


def stacked(
    paper: "PaperRow",
    canvas: Canvas,
    more: Iterable[str] = (),
    matched: AbstractSet[str] = frozenset(),
) -> Parts:
    """A paper as a small block of lines, the words bold by which it was found.

    `more` is what there is to say of it beside its facts.
    """
    yield whole(paper["key"], "cyan")
    yield indented(highlighted(paper["title"], matched))
    yield indented(status_and_facts(paper, canvas, more))


def status_and_facts(
    paper: "PaperRow", canvas: Canvas, more: Iterable[str] = ()
) -> Text:
    """A paper's status, its facts and what `more` there is to say, on one line."""
    parts = [status_of(paper, canvas), facts_of(paper, canvas)]
    parts += [styled(text, "dim") for text in more if text]
    return styled(canvas.dot, "dim").join(parts)


def section_head(place: "PlaceRow", canvas: Canvas) -> Parts:
    """A topic's or area's title, with how far the reader is."""
    yield line(styled(place["title"], "bold"), styled(f"  {place['topic']}", "cyan"))
    facts = styled(done_and_left(place, canvas), "dim")
    yield line(bar_of(place, canvas, 20), facts)
    if place["enough"]:
        yield styled(_said_enough(place, place["enough"]), "dim")


def _said_enough(place: "PlaceRow", enough: int) -> str:
    """How many of a topic's papers complete it: `2 of these 8 make it complete`."""
    count = place["total"] + (place["extra"] or 0)
    makes = "makes" if enough == 1 else "make"
    return f"{enough} of these {count} {makes} it complete"


def when_asked(row: "QuestionRow | PromptRow") -> str:
    """When a question comes, in words."""
    if row["aside"]:
        return "set aside"
    return f"comes again on {row['due']}" if row["due"] else "new"


def due_line(due: int | None) -> Parts:
    """How many questions are asked again today, and by what; nothing for none."""
    if due:
        are = "question is" if due == 1 else "questions are"
        yield styled(f"{due} {are} due: roadmap review", "dim")
