"""Which values of a paper services gave, from what is kept of their records."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.match import fields_of
from roadmap_cli.progress.clocks import stamp
from roadmap_cli.rows.sourced_view import SourcesView
from roadmap_cli.store.records import Records, Said

if TYPE_CHECKING:
    from roadmap_cli.rows.sourced_types import SourceRow

SERVED = ("title", "authors", "year", "venue", "kind", "arxiv", "doi")
"""The fields of a paper that services give."""


class Sources:
    """What services said of papers, as the cache keeps it; nobody is asked."""

    def __init__(self, cache: Path, now: Callable[[], datetime]) -> None:
        self._records = Records(cache, now)

    def said_of(self, paper: Paper) -> list[Said]:
        """Every record that services ever gave of a paper, the newest first.

        Also those of the DOI that one of them gives it.
        """
        numbers = dict.fromkeys(filter(None, (paper.arxiv, paper.doi, paper.url)))
        said = [each for number in numbers for each in self._records.said_of(number)]
        others = dict.fromkeys(each.entry.doi for each in said if each.entry.doi)
        for doi in others.keys() - numbers.keys():
            said += self._records.said_of(doi)
        return sorted(said, key=lambda each: -each.at)

    def values(self, paper: Paper) -> Mapping[str, set[str]]:
        """The values that services ever gave, as text, by field."""
        found: dict[str, set[str]] = {}
        for said in self.said_of(paper):
            for field, value in fields_of(said.entry).items():
                found.setdefault(field, set()).add(as_text(value))
        return found

    def view(self, paper: Paper, key: str) -> SourcesView:
        """The values that a catalogue has of a paper, and which services gave them when."""
        said = [(each, fields_of(each.entry)) for each in self.said_of(paper)]
        rows: list[SourceRow] = []
        for field, value in fields_of(entry_of(paper)).items():
            same = [
                each
                for each, fields in said
                if as_text(fields.get(field)) == as_text(value)
            ]
            rows.append(
                {
                    "key": key,
                    "catalogue": paper.catalogue,
                    "field": field,
                    "value": as_text(value),
                    "sources": list(dict.fromkeys(each.source for each in same)),
                    "at": _moment(same[0].at) if same else None,
                }
            )
        return SourcesView(rows)


def _moment(seconds: float) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC))


def entry_of(paper: Paper) -> Entry:
    """A paper as its catalogue has it, as an entry."""
    return Entry(
        0,
        title=paper.title,
        authors=paper.authors,
        year=paper.year,
        venue=paper.venue,
        kind=paper.kind,
        arxiv=paper.arxiv,
        doi=paper.doi,
        url=paper.url,
    )


def as_text(value: object) -> str:
    """A value of a field on one line: several names are parted by `; `."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value or "")
