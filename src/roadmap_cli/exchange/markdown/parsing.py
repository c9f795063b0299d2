"""The text of a Markdown file as the flow of its blocks."""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from roadmap_cli.exchange.markdown import inline
from roadmap_cli.exchange.markdown.blocks import Block, Builder
from roadmap_cli.exchange.markdown.html import Page
from roadmap_cli.exchange.markdown.pieces import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 30_000
"""Characters of one paragraph that are read; what is longer is no entry of a list."""


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown file, in their order; code and comments are left out."""
    reading = _Reading()
    for token in reading.parser.parse(_body(text), reading.known):
        reading.take(token)
    reading.page.end()
    return reading.builder.flow


class _Reading:
    """Hands one token of the parser after the other to a builder."""

    def __init__(self) -> None:
        self.parser = _parser()
        self.builder = Builder()
        self.page = Page(self.builder)
        self.known: dict[
            str, dict[str, dict[str, str]]
        ] = {}  # where links lead whose addresses stand elsewhere
        self._around = ""
        self._level = 0
        self._line = 0

    def take(self, token: "Token") -> None:
        """Add what the token begins, holds or ends."""
        self._line = token.map[0] + 1 if token.map else self._line
        match token.type:
            case "html_block":
                self.page.read(token.content, self._line)
            case "inline":
                self._add(token.content)
            case "list_item_open":
                self.builder.open_item(self._line)
            case "list_item_close":
                self.builder.close_item()
            case "table_open":
                self.builder.open_table(self._line)
            case "table_close":
                self.builder.close_table()
            case "tr_open":
                self.builder.open_row(self._line)
            case "tr_close":
                self.builder.close_row()
            case kind:
                self._around = kind
                self._level = int(token.tag[1]) if kind == "heading_open" else 0

    def _add(self, content: str) -> None:
        """Add what stands in a paragraph, a heading or a cell."""
        if len(content) > _LONGEST:
            self.builder.long(self._line, len(content))
            return
        pieces = inline.pieces(content, self.known.get("references", {}))
        match self._around:
            case "heading_open":
                self.builder.heading(self._line, self._level, pieces)
            case "th_open" | "td_open":
                self.builder.cell(pieces, heads=self._around == "th_open")
            case _:
                self.builder.text(self._line, pieces)


def _body(text: str) -> str:
    """The text without what nobody sees, its front matter made blank lines."""
    text = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    own = Counter(_TO_A_PART.findall(text))
    for repository, count in own.items():
        if count >= _MANY:
            text = re.sub(rf"(?i){_SITE}{re.escape(repository)}{_PAGE}(?=#)", "", text)
    if match := _FRONT.match(text):
        return "\n" * match[0].count("\n") + text[match.end() :]
    return text


_SITE = r"https?://(?:www\.)?github\.com/"
_PAGE = r"(?:/(?:blob|tree)/[\w.-]+(?:/readme\.md)?)?/?"
_TO_A_PART = re.compile(rf"(?i){_SITE}([\w.-]+/[\w.-]+){_PAGE}(?=#)")
_MANY = 4
"""Links to parts of one repository's page that show the list to be that repository's own."""
_FRONT = re.compile(
    r"---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n){0,200}(?:---|\.\.\.)[ \t]*(?:\n|$)"
)


@cache
def _parser() -> "MarkdownIt":
    """A parser of Markdown as GitHub shows it, with addresses as they are written.

    What is set in by four blanks is read as text: in lists it nearly always is meant so. What
    stands in a paragraph is not its matter but that of `inline`.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.disable(["code", "inline", "text_join"])
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    parser.validateLink = bool  # type: ignore[method-assign,assignment]
    return parser


def _as_written(url: str) -> str:
    return url
