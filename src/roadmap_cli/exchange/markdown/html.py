"""HTML in Markdown: its headings, lists, tables and paragraphs as blocks."""

import re
from html.parser import HTMLParser

from roadmap_cli.exchange.markdown.blocks import FOLDED, Builder
from roadmap_cli.exchange.markdown.pieces import Collector, Pieces

_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": FOLDED}
_PARTS = frozenset(
    ["p", "div", "ul", "ol", "center", "details", "blockquote", "dd", "dt", "hr"]
)
_SILENT = frozenset(["script", "style", "pre", "svg"])


class Page(HTMLParser):
    """Reads the HTML of a file bit by bit and tells a builder what blocks are in it.

    The bits are what stands between the paragraphs of Markdown, so that a list or a table may
    begin in one and end in another.
    """

    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self._collector = Collector()
        self._line = self._start = 0
        self._heading = 0
        self._silent = 0
        self._items = 0

    def read(self, text: str, line: int) -> None:
        """Take a bit that begins in this line of the file."""
        self.reset()
        self._line = line - 1
        self._start = line
        self.feed(_STRAY.sub("&lt;", _COMMENT.sub(_kept, text)))
        self.close()
        self._flush()

    def end(self) -> None:
        """Close what is still open at the end of the file."""
        for _ in range(self._items):
            self._builder.close_item()
        self._builder.close_row()
        self._builder.close_table()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or a style or link within one."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS:
            self._flush()
            self._heading = _HEADINGS[tag]
        elif tag == "li":
            self._flush()
            self._items += 1
            self._builder.open_item(self._here())
        elif tag in ("table", "tr", "td", "th"):
            self._open_table(tag)
        elif tag in _PARTS:
            self._flush()
        else:
            self._inline(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close a block, or a style or link within one."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS:
            self._flush()
            self._heading = 0
        elif tag == "li":
            self._flush()
            if self._items:
                self._items -= 1
                self._builder.close_item()
        elif tag == "details":
            self._flush()
            self._builder.heading(self._here(), FOLDED, ())
        elif tag in ("table", "tr", "td", "th"):
            self._close_table(tag)
        elif tag in _PARTS:
            self._flush()
        else:
            self._collector.tag(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Take text; lines of HTML are no lines of text."""
        if self._silent:
            return
        words = " ".join(data.split())
        if words:
            if not self._collector.pieces:
                self._start = self._here() + data[
                    : len(data) - len(data.lstrip())
                ].count("\n")
            before = " " if data[0].isspace() else ""
            after = " " if data[-1].isspace() else ""
            self._collector.text(before + words + after)
        elif data and self._collector.pieces:
            self._collector.text(" ")

    def handle_comment(self, data: str) -> None:
        """Take a comment: only the key of a paper that we wrote matters."""
        self._collector.tag(f"<!--{data}-->")

    def _inline(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._collector.pieces:
            self._start = self._here()
        if tag == "img":
            self._collector.image(attributes.get("alt", ""), attributes.get("src", ""))
        elif tag == "a":
            if url := attributes.get("href", "").strip():
                self._collector.open_link(url)
        else:
            self._collector.tag(f"<{tag}>")

    def _open_table(self, tag: str) -> None:
        self._flush()
        if tag == "table":
            self._builder.open_table(self._here())
        elif tag == "tr":
            self._builder.close_row()
            self._builder.open_row(self._here())
        else:
            self._builder.cell((), heads=tag == "th")

    def _close_table(self, tag: str) -> None:
        self._flush()
        if tag == "table":
            self._builder.close_row()
            self._builder.close_table()
        elif tag == "tr":
            self._builder.close_row()

    def _flush(self) -> None:
        pieces = self._collector.finish()
        if not _says(pieces):
            return
        if self._heading:
            self._builder.heading(self._start, self._heading, pieces)
            self._heading = 0 if self._heading == FOLDED else self._heading
        else:
            self._builder.text(self._start, pieces)

    def _here(self) -> int:
        return self._line + self.getpos()[0]


_COMMENT = re.compile(r"(?s)<!--.*?(?:-->|\Z)")


_STRAY = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,2000}>|!--)")
"""What begins no tag: the parser would look for its end again and again."""


def _kept(match: re.Match[str]) -> str:
    """A comment that may name a paper of ours; of others their line breaks."""
    is_own = match[0].startswith("<!-- roadmap:") and match[0].endswith("-->")
    return match[0] if is_own else "\n" * match[0].count("\n")


def _says(pieces: Pieces) -> bool:
    return any(piece.kind != "text" or piece.text.strip() for piece in pieces)
