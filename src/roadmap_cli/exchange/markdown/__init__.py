"""Lists in Markdown: awesome lists, tables, checklists, paper notes, syllabi.

`parsing` makes blocks of the text, `phrases` marked texts of their pieces, `titles` and
`fields` entries of these, and `walking` goes through the file.
"""

from collections.abc import Iterator

from roadmap_cli.exchange.entries import Record, Refused

_LARGEST = 20_000_000
"""Characters of a file that are read."""


def read(text: str) -> Iterator[Record]:
    """The entries of a Markdown file and what is none, in their order.

    A file of more than twenty million characters is refused as a whole.
    """
    from roadmap_cli.exchange.markdown import parsing, walking

    if len(text) > _LARGEST:
        yield Refused(
            1, f"the text has {len(text):,} characters, more than {_LARGEST:,}"
        )
        return
    yield from walking.Walk(parsing.blocks(text)).records()
