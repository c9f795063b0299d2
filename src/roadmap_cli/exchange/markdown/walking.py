"""The way through a file: headings, lists, tables and paragraphs become records in order."""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.exchange.entries import Entry, Left, Record, Refused
from roadmap_cli.exchange.markdown import (
    asides,
    edges,
    fields,
    phrases,
    roles,
    tables,
    vocabulary,
)
from roadmap_cli.exchange.markdown.blocks import (
    FOLDED,
    Block,
    Heading,
    Item,
    Listing,
    Long,
    Table,
    Text,
)
from roadmap_cli.exchange.markdown.fields import Place
from roadmap_cli.exchange.markdown.phrases import Phrase
from roadmap_cli.exchange.markdown.units import Unit, Units

_LONGEST_FIELD = 300
_LONGEST_REFERENCE = 600
_MOST = 0.6
_SOME = 0.3

_LONGEST_EXCERPT = 200


class Walk:
    """Goes through the blocks of a file and knows the headings above each."""

    def __init__(self, flow: list[Block]) -> None:
        self._flow = flow
        self._units = Units()
        self._at = 0
        self._headings: list[tuple[int, str]] = []
        self._group = ""
        self._has_one_title = _has_one_title(flow)

    def records(self) -> Iterator[Record]:
        """All records of the file."""
        while self._at < len(self._flow):
            block = self._flow[self._at]
            self._at += 1
            match block:
                case Heading():
                    yield from self._heading(block)
                case Text():
                    yield from self._text(block)
                case Listing():
                    yield from self._listing(block)
                case Table():
                    yield from self._table(block)
                case Long():
                    reason = f"a paragraph of {block.length:,} characters is too long to be read"
                    yield Refused(block.line, reason, section=self._section)

    @property
    def _section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings if text)

    @property
    def _reason(self) -> str:
        """Why nothing here is an entry, or nothing."""
        if reason := asides.no_entries(self._group) if self._group else "":
            return reason
        for depth, (level, text) in enumerate(reversed(self._headings)):
            reason = asides.no_entries(text)
            if reason and (depth == 0 or (level > 1 and reason != "table of contents")):
                return reason
        return ""

    def _place(self, line: int) -> Place:
        return Place(line, self._section, self._group)

    def _left(self, unit: Unit, reason: str) -> Iterator[Left]:
        if unit.has_links or unit.phrase.anchors:
            yield Left(unit.line, reason, unit.plain[:_LONGEST_EXCERPT], self._section)

    def _entry(self, unit: Unit, more: Sequence[Phrase] = ()) -> Entry:
        return fields.entry(
            self._place(unit.line), unit.phrase, unit.title, (*unit.more, *more)
        )

    @staticmethod
    def _aside(unit: Unit) -> str:
        """Why something with links is no entry though it stands where entries are, or nothing."""
        if not unit.has_links:
            return ""
        if unit.leads_elsewhere:
            return "a link to other pages of the list"
        if unit.is_sentence:
            return "prose"
        is_local = not any("://" in link.url for link in unit.phrase.links.values())
        return asides.no_entries(unit.title.text) if is_local else ""

    # headings

    def _heading(self, heading: Heading) -> Iterator[Record]:
        unit = Unit(heading.line, phrases.of_pieces(heading.pieces))
        if heading.level == FOLDED:
            self._group = edges.tidied(unit.plain)
            return
        self._group = ""
        while self._headings and self._headings[-1][0] >= heading.level:
            self._headings.pop()
        if self._is_entry(unit, heading.level):
            yield self._entry(
                unit,
                [
                    phrase
                    for phrase in self._below()
                    if phrase.has_links or len(phrase.text) < _LONGEST_FIELD
                ],
            )
            return
        text = "" if self._has_one_title and heading.level == 1 else _named(unit)
        self._headings.append((heading.level, text))
        if any(not link.is_badge for link in unit.phrase.links.values()):
            yield from self._left(unit, "the heading of a section")

    def _is_entry(self, unit: Unit, level: int) -> bool:
        """Whether a heading is itself an entry, with what stands below it as its fields."""
        if (
            self._reason
            or asides.no_entries(unit.plain)
            or vocabulary.is_venue(unit.plain)
            or (level == 1 and self._has_one_title)
        ):
            return False
        below = self._flow[self._at : self._next_heading()]
        after = (
            self._flow[self._next_heading()]
            if self._next_heading() < len(self._flow)
            else None
        )
        if isinstance(after, Heading) and level < after.level < FOLDED:
            return False
        if any(
            roles.has_entries(self._units, block) or roles.is_caption_block(block)
            for block in below
        ):
            return False
        if unit.phrase.has_links:
            return unit.is_linked_entry and any(
                "://" in link.url and not link.is_badge
                for link in unit.phrase.links.values()
            )
        told = [roles.is_told(self._units, block) for block in below]
        return (
            any(told[:2])
            and bool(unit.title.text)
            and not vocabulary.is_label(unit.title.text)
            and any(
                "://" in link.url
                for block in below
                for phrase in roles.phrases_of(block)
                for link in phrase.links.values()
            )
        )

    def _next_heading(self) -> int:
        at = self._at
        while at < len(self._flow) and not isinstance(self._flow[at], Heading):
            at += 1
        return at

    def _below(self) -> list[Phrase]:
        """The phrases up to the next heading, which are passed by."""
        end = self._next_heading()
        found = [
            phrase
            for block in self._flow[self._at : end]
            for phrase in roles.phrases_of(block)
        ]
        self._at = end
        return found[:40]

    # paragraphs

    def _text(self, text: Text) -> Iterator[Record]:
        found = self._units.of_paragraph(text)
        for at, unit in enumerate(found):
            yield from self._paragraph(unit, is_last=at == len(found) - 1)

    def _paragraph(self, unit: Unit, *, is_last: bool) -> Iterator[Record]:
        if reason := self._reason or ("news" if unit.is_news else ""):
            yield from self._left(unit, reason)
        elif unit.is_contents:
            yield from self._left(unit, "table of contents")
        elif roles.is_navigation(unit):
            yield from self._left(unit, "navigation")
        elif reason := self._aside(unit):
            yield from self._left(unit, reason)
        elif unit.is_linked_entry and not unit.is_prose:
            yield self._entry(unit, self._fields_that_follow() if is_last else ())
        elif unit.has_links:
            yield from self._left(unit, "badge" if unit.is_labels else "prose")
        elif is_last:
            yield from self._unlinked(unit)
        elif unit.evidence > 1:
            yield self._entry(unit)

    def _unlinked(self, unit: Unit) -> Iterator[Record]:
        """A paragraph without links: a title whose fields follow, a reference, or a label."""
        if not unit.title.text:
            return
        more = self._fields_that_follow(must_lead=True)
        if more and not unit.is_prose:
            yield self._entry(unit, more)
        elif unit.evidence > 1 and len(unit.plain) < _LONGEST_REFERENCE:
            yield self._entry(unit)
        elif roles.is_caption(unit):
            self._group = edges.tidied(unit.plain)

    def _fields_that_follow(self, *, must_lead: bool = False) -> list[Phrase]:
        """The phrases of the blocks that follow and are fields, which are passed by."""
        found: list[Phrase] = []
        while self._at < len(self._flow) and roles.is_told(
            self._units, block := self._flow[self._at]
        ):
            found.extend(roles.phrases_of(block))
            self._at += 1
        if must_lead and not any(phrase.has_links for phrase in found):
            return []
        return found

    # lists

    def _listing(self, listing: Listing) -> Iterator[Record]:
        yield from self._items(listing.items)

    def _items(self, items: list[Item]) -> Iterator[Record]:
        found = [self._units.of_item(item) for item in items]
        linked = sum(unit.is_linked_entry for unit in found)
        passed = 0
        for at, (item, unit) in enumerate(zip(items, found, strict=True)):
            if at < passed:
                continue
            passed = at + 1 + (0 if self._reason else roles.fields_beside(found, at))
            if passed > at + 1:
                beside = items[at + 1 : passed]
                told = [field for b in beside for field in roles.phrases_of_item(b)]
                yield self._entry(unit, told)
            else:
                yield from self._item(item, unit, among=linked / len(found))

    def _item(self, item: Item, unit: Unit, among: float) -> Iterator[Record]:
        if reason := self._reason or ("news" if unit.is_news else ""):
            yield from self._left(unit, reason)
            yield from self._left_below(item, reason)
        elif unit.is_contents:
            yield from self._left(unit, "table of contents")
            yield from self._items(item.items)
        elif reason := self._aside(unit):
            yield from self._left(unit, reason)
            yield from self._items(item.items) if item.items else ()
        elif unit.is_linked_entry or (
            unit.has_links and unit.title.how == "label" and unit.title.text
        ):
            yield from self._with_fields(item, unit)
        elif unit.has_links:
            yield from self._left(unit, "prose")
            yield from self._items(item.items)
        else:
            yield from self._item_without_link(item, unit, among)

    def _with_fields(self, item: Item, unit: Unit) -> Iterator[Record]:
        """An entry; items below it are its fields, or entries of their own."""
        own: list[Item] = []
        told: list[Phrase] = []
        for below in item.items:
            if roles.holds_entries(self._units, below):
                own.append(below)
            else:
                told.extend(roles.phrases_of_item(below))
        yield self._entry(unit, told)
        yield from self._items(own) if own else ()

    def _item_without_link(
        self, item: Item, unit: Unit, among: float
    ) -> Iterator[Record]:
        if any(roles.holds_entries(self._units, below) for below in item.items):
            outer, self._group = self._group, edges.tidied(unit.plain)
            yield from self._items(item.items)
            self._group = outer
            return
        told = [
            phrase for below in item.items for phrase in roles.phrases_of_item(below)
        ]
        if not unit.title.text:
            return
        is_linked_below = roles.has_linked_fields(self._units, item)
        is_task = fields.status(
            unit.phrase.text
        ) is not None and unit.phrase.text.lstrip().startswith("[")
        is_reference = unit.evidence > 1 or (unit.evidence and among >= _SOME)
        if (
            is_linked_below
            or is_task
            or is_reference
            or (among >= _MOST and roles.reads_like_a_title(unit))
        ):
            yield self._entry(unit, told)

    def _left_below(self, item: Item, reason: str) -> Iterator[Left]:
        for below in item.items:
            yield from self._left(self._units.of_item(below), reason)
            yield from self._left_below(below, reason)

    # tables

    def _table(self, table: Table) -> Iterator[Record]:
        reason = self._reason
        if not reason:
            yield from tables.records(table, self._section, self._group)
            return
        for row in table.rows:
            unit = Unit(
                row.line,
                phrases.of_pieces(tuple(piece for cell in row.cells for piece in cell)),
            )
            yield from self._left(unit, reason)


def title_of(flow: list[Block]) -> str:
    """The first heading of a file, if it is the only one of the first level; else nothing."""
    if not _has_one_title(flow):
        return ""
    heading = next(block for block in flow if isinstance(block, Heading))
    return _named(Unit(heading.line, phrases.of_pieces(heading.pieces)))


def _has_one_title(flow: list[Block]) -> bool:
    """Whether the first heading is the only one of the first level."""
    headings = [block for block in flow if isinstance(block, Heading)]
    first = [heading for heading in headings if heading.level == 1]
    return len(first) == 1 and headings[0] is first[0]


def _named(unit: Unit) -> str:
    """The text of a heading, without links that only lead back to the top."""
    text = (
        re.sub(r":[a-z0-9_+-]+:", " ", unit.plain)
        if unit.plain.count(":") > 1
        else unit.plain
    )
    text = re.sub(
        r"[\[(（]?\s*(?:back to top|top|回到顶部|返回目录|↑\w*)\s*[\])）]?$|[¶⬆↑🔝]+\s*$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return " ".join(text.split())
