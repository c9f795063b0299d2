"""Lists in Markdown: awesome lists, tables, checklists, paper notes, syllabi.

`parsing` makes blocks of the text, `phrases` marked texts of their pieces, `titles` and
`fields` entries of these, and `walking` goes through the file.
"""

from collections.abc import Iterator
from heapq import merge

from roadmap_cli.exchange.entries import Record, Refused

_LARGEST = 20_000_000
"""Characters of a file that are read."""
_HEAD = 4_000
"""Characters in which the title of a file is looked for."""


def read(text: str) -> Iterator[Record]:
    """The entries of a Markdown file and what is none, in their order.

    A file of more than twenty million characters is refused as a whole.
    """
    from roadmap_cli.exchange.own import checklist

    if len(text) > _LARGEST:
        yield Refused(
            1, f"the text has {len(text):,} characters, more than {_LARGEST:,}"
        )
        return
    if checklist.is_own(text):
        ours = checklist.Checklist(text)
        others = _others(ours.rest) if ours.has_rest else ()
        yield from merge(ours.entries, others, key=lambda record: record.line)
    else:
        yield from _others(text)


def title(text: str) -> str:
    """What a file calls itself: its only heading of the first level; nothing if it has none."""
    from roadmap_cli.exchange.markdown import parsing, walking

    return walking.title_of(parsing.blocks(text[:_HEAD]))


def _others(text: str) -> Iterator[Record]:
    from roadmap_cli.exchange.markdown import parsing, walking

    yield from walking.Walk(parsing.blocks(text)).records()
