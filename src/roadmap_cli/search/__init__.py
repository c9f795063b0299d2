"""What a reader looks for: the grammar, what a query matches, and how well.

`parse` reads a query, `matcher` filters by it. What only a search needs is imported from where
it is: `ranking` scores what may answer, `recognition` tells in which forms a word is known.
Which papers may answer, and what a misspelt word means, the index of all words knows:
`store.words`.
"""

from roadmap_cli.search.called import require_called, require_identified, require_known
from roadmap_cli.search.grammar import FIELDS, Query, Term, asked, parse
from roadmap_cli.search.matching import matcher
from roadmap_cli.search.texts import FactsOfPaper, Reader, texts_of

__all__ = [
    "FIELDS",
    "FactsOfPaper",
    "Query",
    "Reader",
    "Term",
    "asked",
    "matcher",
    "parse",
    "require_called",
    "require_identified",
    "require_known",
    "texts_of",
]
