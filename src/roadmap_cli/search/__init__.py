"""What a reader looks for: the grammar, what a query matches, and how well.

`parse` reads a query. What not everybody needs who has one is imported from where it is:
`matching` filters by it, `called` insists on what it names, `ranking` scores what may answer,
`recognition` tells in which forms a word is known.
Which papers may answer, and what a misspelt word means, the index of all words knows:
`store.words`.
"""

from roadmap_cli.search.grammar import FIELDS, Query, Term, asked, parse
from roadmap_cli.search.texts import FactsOfPaper, Reader, texts_of

__all__ = [
    "FIELDS",
    "FactsOfPaper",
    "Query",
    "Reader",
    "Term",
    "asked",
    "parse",
    "texts_of",
]
