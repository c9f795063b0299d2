"""What a reader looks for: the grammar, what a query matches, and how well.

`parse` reads a query, `matcher` filters by it, `ranking` scores what may answer it. Which
papers may, and what a misspelt word means, the index of all words knows: `store.words`.
"""

from roadmap_cli.search.called import require_called
from roadmap_cli.search.conditions import COLUMNS_OF
from roadmap_cli.search.grammar import (
    FIELDS,
    IDENTITY,
    NOT,
    OPERATORS,
    Query,
    Term,
    field_of,
    parse,
    span,
    years,
)
from roadmap_cli.search.matching import matcher
from roadmap_cli.search.ranking import (
    COLUMN_WEIGHTS,
    ENOUGH,
    ENOUGH_OF_TWO,
    Ranking,
    Scored,
    rarity,
)
from roadmap_cli.search.recognition import (
    JOINED,
    ONE_SLIP,
    TWO_SLIPS,
    UNASKED,
    Forms,
    Word,
    are_about_as_long,
    joinings,
    word_of,
    words_of,
)
from roadmap_cli.search.texts import (
    COLUMNS,
    OWN_NOTES,
    Candidate,
    Entry,
    Facts,
    candidate,
    compounds,
    entry_of,
    facts_of,
    texts_of,
)

__all__ = [
    "COLUMNS",
    "COLUMNS_OF",
    "COLUMN_WEIGHTS",
    "ENOUGH",
    "ENOUGH_OF_TWO",
    "FIELDS",
    "IDENTITY",
    "JOINED",
    "NOT",
    "ONE_SLIP",
    "OPERATORS",
    "OWN_NOTES",
    "TWO_SLIPS",
    "UNASKED",
    "Candidate",
    "Entry",
    "Facts",
    "Forms",
    "Query",
    "Ranking",
    "Scored",
    "Term",
    "Word",
    "are_about_as_long",
    "candidate",
    "compounds",
    "entry_of",
    "facts_of",
    "field_of",
    "joinings",
    "matcher",
    "parse",
    "rarity",
    "require_called",
    "span",
    "texts_of",
    "word_of",
    "words_of",
    "years",
]
