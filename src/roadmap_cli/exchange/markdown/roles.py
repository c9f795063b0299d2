"""What a block or an item is to those around it: a label, the fields of an entry, entries."""

import re
from collections.abc import Iterator

from roadmap_cli.exchange.markdown import phrases, vocabulary
from roadmap_cli.exchange.markdown.blocks import Block, Item, Listing, Table, Text
from roadmap_cli.exchange.markdown.phrases import Phrase
from roadmap_cli.exchange.markdown.units import Unit, Units

_FEWEST_WORDS_OF_A_TITLE = 3
_LONGEST_CAPTION = 80
_MOST, _ALMOST_ALL = 0.6, 0.8
_MOST_WORDS_OF_A_LABEL = 7
_MOST_WORDS_OF_A_TITLE = 25
_ROW = 2


def is_navigation(unit: Unit) -> bool:
    """Whether a line is a row of links with nothing but marks between them."""
    if len(unit.phrase.links) + unit.phrase.anchors < _ROW or "\n" in unit.phrase.text:
        return False
    words = re.sub(phrases.ANY_LINK, "", unit.phrase.text)
    return len(re.findall(phrases.TITLED, unit.phrase.text)) > 1 and not any(
        map(str.isalnum, words.translate(_MARKS))
    )


_MARKS = dict.fromkeys(range(57344, 57600))


def is_caption(unit: Unit) -> bool:
    """Whether a paragraph is a label above what follows: in bold, or ended by a colon."""
    text = unit.phrase.text.strip()
    is_bold = (
        text.startswith(phrases.BOLD)
        and text.rstrip(" :：").endswith(phrases.BOLD_END)
        and text.count(phrases.BOLD) == 1
    )
    return len(unit.plain) <= _LONGEST_CAPTION and (
        is_bold
        or (
            unit.plain.endswith((":", "："))
            and len(unit.plain.split()) < _MOST_WORDS_OF_A_LABEL
        )
    )


def reads_like_a_title(unit: Unit) -> bool:
    """Whether a text without a link may be the title of a work among others."""
    words = unit.title.text.split()
    return (
        _FEWEST_WORDS_OF_A_TITLE <= len(words) <= _MOST_WORDS_OF_A_TITLE
        and unit.title.text[0].isupper()
        and not unit.is_prose
        and not unit.plain.endswith((":", "：", ".", "。"))
    )


def is_told(known: Units, block: Block) -> bool:
    """Whether a block tells fields of what stands above it."""
    if isinstance(block, Text):
        return all(
            unit.is_labels and (unit.has_links or not unit.plain)
            for unit in known.of_paragraph(block)
        )
    if isinstance(block, Listing):
        found = [known.of_item(item) for item in block.items]
        told = sum(unit.is_named_field or unit.is_labels for unit in found)
        return told >= _ALMOST_ALL * len(found) or (
            told >= _MOST * len(found)
            and not any(holds_entries(known, item) for item in block.items)
        )
    return False


def fields_beside(units: list[Unit], at: int) -> int:
    """How many items after one that begins "Paper:" tell fields of the same entry."""
    text = phrases.MARKS.sub("", units[at].phrase.text)
    if not (vocabulary.TITLE_FIELD.match(text) and units[at].is_linked_entry):
        return 0
    following = units[at + 1 :]
    return next(
        (
            count
            for count, unit in enumerate(following)
            if vocabulary.TITLE_FIELD.match(phrases.MARKS.sub("", unit.phrase.text))
            or not (unit.is_named_field or unit.is_labels)
        ),
        len(following),
    )


def has_entries(known: Units, block: Block) -> bool:
    """Whether a block has entries of its own."""
    if isinstance(block, Text):
        return any(
            unit.is_own and not unit.is_prose for unit in known.of_paragraph(block)
        )
    if isinstance(block, Listing):
        return any(holds_entries(known, item) for item in block.items)
    return isinstance(block, Table)


def holds_entries(known: Units, item: Item) -> bool:
    """Whether an item or one below it is an entry, by its own links or by those of its fields."""
    unit = known.of_item(item)
    if unit.is_own or any(holds_entries(known, below) for below in item.items):
        return True
    return (
        not unit.has_links
        and not unit.is_named_field
        and bool(unit.title.text)
        and has_linked_fields(known, item)
    )


def has_linked_fields(known: Units, item: Item) -> bool:
    """Whether an item below it is a field with a link."""
    below = (known.of_item(field) for field in item.items)
    return any(field.has_links and field.is_labels for field in below)


def is_caption_block(block: Block) -> bool:
    """Whether a block is a paragraph that begins in bold."""
    return isinstance(block, Text) and block.pieces[0].bold


def phrases_of(block: Block) -> Iterator[Phrase]:
    """The phrases of a paragraph or of all items of a list."""
    if isinstance(block, Text):
        yield phrases.of_pieces(block.pieces)
    elif isinstance(block, Listing):
        for item in block.items:
            yield from phrases_of_item(item)


def phrases_of_item(item: Item) -> Iterator[Phrase]:
    """The phrases of an item and of all below it."""
    for text in item.texts:
        yield phrases.of_pieces(text.pieces)
    for below in item.items:
        yield from phrases_of_item(below)
