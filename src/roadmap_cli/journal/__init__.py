"""Appends, reads and joins journals: the only module that writes the user's progress.

A journal is `progress/<device>.toml` in the data folder: a header, then `[[event]]` tables.
Every device appends to its own and reads all, so that folders shared between machines
never conflict.
"""

from roadmap_cli.journal.journal import Journal, Torn, torn_end
from roadmap_cli.journal.text import (
    header,
    parse,
    parse_tail,
    stanza,
    takes_more_events,
)

__all__ = [
    "Journal",
    "Torn",
    "header",
    "parse",
    "parse_tail",
    "stanza",
    "takes_more_events",
    "torn_end",
]
