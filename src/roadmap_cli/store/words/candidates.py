"""What the index says of a paper, made ready to be scored."""

import re
from collections.abc import Sequence
from typing import Any

from roadmap_cli.language.spelling import words
from roadmap_cli.search import Query
from roadmap_cli.search.conditions import COLUMNS_OF
from roadmap_cli.search.texts import COLUMNS, OF_TOPICS, OWN_NOTES, Candidate, Facts
from roadmap_cli.store.words.findable import unpacked
from roadmap_cli.store.words.hits import Reader

Row = tuple[Any, ...]
"""A work, its facts, and its texts column by column, as they are kept."""


class Candidates:
    """Makes candidates of rows for one query, of the columns that its `pattern` is found in."""

    def __init__(self, query: Query, reader: Reader, pattern: re.Pattern[str]) -> None:
        self.reader = reader
        self._pattern = pattern
        self._shared: dict[str, Sequence[Sequence[str]]] = {}
        fields = {term.field for term in query.terms}
        self._always = COLUMNS_OF["topic"] if fields & {"topic", "area"} else ()
        self._asks_status = "status" in fields
        self._asks_rating = "rating" in fields
        self._asks_tags = "tag" in fields
        self._asks_pdfs = "has" in fields

    def of(self, row: Row) -> Candidate:
        """The candidate of a row."""
        work, kind, level, catalogues, year, minutes, own, preprint, *texts = row
        lines: dict[str, Sequence[Sequence[str]]] = {}
        for column, text in zip(COLUMNS, texts, strict=True):
            read = self._read_once if column in OF_TOPICS else self._read
            if found := read(column, text):
                lines[column] = found
        if work in self.reader.notes:
            lines[OWN_NOTES] = [words(self.reader.notes[work])]
        facts = Facts(
            kind,
            level,
            self.reader.status(work) if self._asks_status else "",
            year,
            minutes,
            frozenset(catalogues.split()),
            frozenset(own.split()),
            preprint,
            self.reader.rating(work) if self._asks_rating else None,
            self.reader.tags(work) if self._asks_tags else (),
            self._asks_pdfs and self.reader.has_pdf(work),
        )
        return Candidate(lines, facts)

    def _read(self, column: str, text: str) -> Sequence[Sequence[str]]:
        """The words of a column, line by line; nothing where none can be of the query."""
        if column in self._always:
            return unpacked(text)
        return unpacked(text, self._may_answer) if self._may_answer(text) else ()

    def _may_answer(self, text: str) -> bool:
        return self._pattern.search(f" {text}") is not None

    def _read_once(self, column: str, text: str) -> Sequence[Sequence[str]]:
        if text not in self._shared:
            self._shared[text] = self._read(column, text)
        return self._shared[text]
