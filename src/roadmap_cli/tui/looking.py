"""What the main screen shows: topics, papers, one of them whole, and a word on what was done."""

from rich.style import Style
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip

from roadmap_cli.program.desk import Desk
from roadmap_cli.program.spots import OUTSIDE, Depth
from roadmap_cli.render.canvas import Canvas, progress_text, time_left
from roadmap_cli.render.text import wrapped
from roadmap_cli.tui import keys, layout
from roadmap_cli.tui.lines import (
    Look,
    cropped,
    folded,
    footer,
    heading,
    paper_line,
    place_line,
    shown,
    strip,
)
from roadmap_cli.tui.panes import Pane

_MOST_SAID = 4
"""Lines of the screen that what was done may take."""
_BAR = 16
_SPACED = 60
_PLAIN = Style.null()
_MEASURED = 500
"""Papers of a list whose keys are measured to give keys their room."""


class Looking(Screen[None]):
    """Shows a desk; nothing is changed here."""

    HORIZONTAL_BREAKPOINTS = layout.BREAKPOINTS

    def __init__(self, desk: Desk, canvas: Canvas) -> None:
        super().__init__()
        self.desk, self.canvas = desk, canvas
        self.said = ""
        self._page: list[Strip] = []
        self._page_of: object = None
        self._keys = 0

    def compose(self) -> ComposeResult:
        """Where the reader is, what is there, what was done and what can be."""
        yield Pane("head", self._head)
        yield Pane("places", self._place)
        yield Pane("papers", self._paper)
        yield Pane("paper", lambda row, _width: self._page[row])
        yield Pane("foot", self._foot)

    def pane(self, name: str) -> Pane:
        """The pane of that name."""
        return self.query_one(f"#{name}", Pane)

    def on_mount(self) -> None:
        """Show the lists at once; they are laid out anew when the size is known."""
        self.show()

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self.call_after_refresh(self.show)

    @property
    def is_too_small(self) -> bool:
        """Whether there is no room for a list."""
        return layout.is_too_small(*self.app.size)

    def show(self) -> None:
        """Show the desk as it is now; the page follows when the lists stand."""
        desk = self.desk
        visible = layout.shown(self.app.size.width, desk.depth)
        for name in ("places", "papers", "paper"):
            self.pane(name).display = name in visible and not self.is_too_small
        names = desk.papers.names[:_MEASURED]
        self._keys = max((len(name.rpartition("/")[2]) for name in names), default=0)
        self.pane("places").lay(len(desk.places.names), desk.places.at)
        self.pane("papers").lay(len(desk.papers.names) or 1, desk.papers.at)
        self.pane("head").lay(1)
        foot = self.pane("foot")
        count = 1 + len(self._said_lines(self.app.size.width))
        foot.styles.height = count
        foot.lay(count)
        if "paper" in visible:
            self.call_after_refresh(self._show_page)

    def _show_page(self) -> None:
        """Draw what the reader is at, unless that is on the screen already."""
        pane, named = self.pane("paper"), self.desk.here
        width = pane.size.width
        if not width or self._page_of == (named, width):
            return
        self._page_of = (named, width)
        self._page = self._drawn(width)
        pane.go(0)
        pane.lay(len(self._page))

    def _drawn(self, width: int) -> list[Strip]:
        from roadmap_cli.render.draw import (
            drawn_lines,
        )  # the first screen may do without

        view = self.desk.whole()
        if view is None:
            return [heading(self.desk.title or "nothing is here", width, self.canvas)]
        return folded(drawn_lines(view, self.canvas._replace(width=width - 1)), width)

    def forget(self) -> None:
        """Draw the page anew, and all rows."""
        self._page_of = None

    def _look(self, row: int, at: int, depth: Depth) -> Look:
        is_current = row == at
        return Look(is_current, is_current and self.desk.depth is depth)

    def _place(self, row: int, width: int) -> Strip:
        desk, name = self.desk, self.desk.places.names[row]
        is_several = len(desk.roadmap.library.catalogues) > 1
        depth = name.count("/") - (0 if is_several or name == OUTSIDE else 1)
        look = self._look(row, desk.places.at, Depth.PLACES)
        size = (width, self.canvas)
        return place_line(
            desk.titled(name), max(depth, 0), desk.tally_of(name), look, size
        )

    def _paper(self, row: int, width: int) -> Strip:
        desk = self.desk
        if not desk.papers.names:
            is_sifted = desk.sieve is not desk.sieve.ALL or desk.listing
            said = "no paper here is like that" if is_sifted else "no paper is here yet"
            return strip([(f"  {said}", "dim")], width, _PLAIN)
        work = desk.papers.names[row]
        look = self._look(row, desk.papers.at, Depth.PAPERS)
        look = look._replace(is_selected=work in desk.selected)
        size = (width, self.canvas)
        return paper_line(desk.row(work), desk.minutes_to(row), self._keys, look, size)

    def _head(self, _row: int, width: int) -> Strip:
        """What the lists show, and where in them the reader is."""
        desk = self.desk
        column = desk.places if desk.depth is Depth.PLACES else desk.papers
        where = f"{column.at + 1}/{len(column.names)}" if column.names else "none"
        facts = [desk.title]
        if desk.selected:
            facts.append(f"{len(desk.selected)} selected")
        if desk.sieve != desk.sieve.ALL:
            facts.append(f"only {desk.sieve}")
        name = desk.places.current
        if counts := desk.tally_of(name) if name and not desk.listing else None:
            facts += [progress_text(counts), time_left(counts)]
        text = self.canvas.dot.join(filter(None, facts))
        room = max(width - len(where) - 3, 1)
        line = cropped(text, room, self.canvas)
        return strip([(f" {line}", "bold"), (f" {where}", "dim")], width, _PLAIN)

    def _foot(self, row: int, width: int) -> Strip:
        """What was done, or how far the reader is; below it the keys."""
        said = self._said_lines(width)
        if row < len(said):
            is_wrong = self.said.startswith("error:")
            return strip(
                [(said[row], "bold red" if is_wrong else "bold")], width, _PLAIN
            )
        offered = [
            (key.shown, key.word, key.action) for key in keys.FOR_LISTS if key.word
        ]
        offered.sort(key=lambda key: _LAST_WORDS.get(key[1], 0), reverse=True)
        return footer(offered, width, is_spaced=width > _SPACED)

    def _said_lines(self, width: int) -> list[str]:
        if self.is_too_small:
            columns, lines = layout.LEAST
            return [f" {columns} columns and {lines} lines are needed"[:width]]
        if not self.said:
            return [self._standing(width)]
        text = shown(self.said, self.canvas)
        rows = wrapped(text, max(width - 2, 1), indent=2)[:_MOST_SAID]
        return [f" {cropped(row, width - 1, self.canvas)}" for row in rows]

    def _standing(self, width: int) -> str:
        """How far the reader is with everything, in a line."""
        counts = self.desk.whole_tally
        bar = self.canvas.bar(counts["share"], _BAR) if counts["total"] else ""
        reading = f", {counts['reading']} reading" if counts["reading"] else ""
        text = f"{bar} {progress_text(counts)}{reading}".strip()
        return f" {cropped(text, width - 1, self.canvas)}"


_LAST_WORDS = {"keys": 3, "quit": 2, "find": 1}
"""The words of the footer that come first, so that they are never left out."""
