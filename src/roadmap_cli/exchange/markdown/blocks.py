"""What a Markdown file consists of: a flow of headings, texts, lists and tables."""

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from roadmap_cli.exchange.markdown.pieces import Pieces


class Heading(NamedTuple):
    """A heading; `level` is 1 for the outermost, 7 for what only folds a part away."""

    line: int
    level: int
    pieces: Pieces


class Text(NamedTuple):
    """A paragraph."""

    line: int
    pieces: Pieces


@dataclass(slots=True)
class Item:
    """An item of a list with its paragraphs and the items below it."""

    line: int
    texts: list[Text] = field(default_factory=list)
    items: "list[Item]" = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """Items that stand together."""

    items: list[Item]


class Row(NamedTuple):
    """A row of a table."""

    line: int
    cells: list[Pieces]


@dataclass(slots=True)
class Table:
    """A table; without a row of headings `header` is empty."""

    line: int
    header: list[Pieces] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class Long(NamedTuple):
    """A paragraph of so many characters that it is not read."""

    line: int
    length: int


Block = Heading | Text | Listing | Table | Long
FOLDED = 7
"""The level of a `<summary>`."""


class Builder:
    """Puts blocks into the flow, whichever of Markdown and HTML they come from.

    A heading or a table inside an item takes the item apart: what stood above it is a list
    of its own, and what follows belongs to the flow.
    """

    def __init__(self) -> None:
        self.flow: list[Block] = []
        self._items: list[Item | None] = []
        self._table: Table | None = None
        self._cells: list[Pieces] | None = None
        self._headed = False
        self._line = 0

    @property
    def in_cell(self) -> bool:
        """Whether what comes next stands in a table of HTML."""
        return self._cells is not None

    def heading(self, line: int, level: int, pieces: Pieces) -> None:
        """Add a heading."""
        self._take_apart()
        self.flow.append(Heading(line, level, pieces))

    def text(self, line: int, pieces: Pieces) -> None:
        """Add a paragraph to the cell or the item that is open, else to the flow."""
        if not pieces:
            return
        if self._cells is not None:
            self.cell(pieces, continues=True)
        elif self._items and (item := self._items[-1]) is not None:
            item.texts.append(Text(line, pieces))
        else:
            self.flow.append(Text(line, pieces))

    def long(self, line: int, length: int) -> None:
        """Add a paragraph that is too long to be read."""
        self.flow.append(Long(line, length))

    def open_item(self, line: int) -> None:
        """Begin an item below the one that is open."""
        self._items.append(Item(line))

    def close_item(self) -> None:
        """End the item that is open."""
        if not self._items:
            return
        item = self._items.pop()
        if item is None or not (item.texts or item.items):
            return
        if self._items and (above := self._items[-1]) is not None:
            above.items.append(item)
        else:
            self._list(item)

    def open_table(self, line: int) -> None:
        """Begin a table."""
        self._take_apart()
        self._table, self._cells = Table(line), None

    def open_row(self, line: int) -> None:
        """Begin a row."""
        self._cells, self._headed, self._line = [], False, line

    def cell(
        self, pieces: Pieces, *, continues: bool = False, heads: bool = False
    ) -> None:
        """Add a cell to the row, or more to the last one."""
        if self._cells is None:
            return
        self._headed |= heads
        if continues and self._cells:
            self._cells[-1] += pieces
        else:
            self._cells.append(pieces)

    def close_row(self) -> None:
        """End the row; the first is the header if it says so."""
        if self._table is not None and self._cells:
            if self._headed and not self._table.header and not self._table.rows:
                self._table.header = self._cells
            else:
                self._table.rows.append(Row(self._line, self._cells))
        self._cells = None

    def close_table(self) -> None:
        """End the table."""
        if self._table is not None and (self._table.rows or self._table.header):
            self.flow.append(self._table)
        self._table = self._cells = None

    def _take_apart(self) -> None:
        whole = [item for item in self._items if item is not None]
        for above, below in itertools.pairwise(whole):
            above.items.append(below)
        if whole and (whole[0].texts or whole[0].items):
            self._list(whole[0])
        self._items = [None] * len(self._items)

    def _list(self, item: Item) -> None:
        if self.flow and isinstance(last := self.flow[-1], Listing):
            last.items.append(item)
        else:
            self.flow.append(Listing([item]))
