"""Rows of what comes from elsewhere, and of what was done to catalogues."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.exchange.match import Action, Match
from roadmap_cli.rows.entry_view import EditsView, EntriesView, TagsView

if TYPE_CHECKING:
    from roadmap_cli.rows.entry_types import CountsRow, EditRow, EntryRow

_TEXT_SHOWN = 200


def entries(matches: Sequence[Match], catalogue: str) -> EntriesView:
    """What was found, and what becomes of it."""
    return EntriesView(
        {
            "version": 1,
            "catalogue": catalogue,
            "counts": counts(matches),
            "entries": [_entry(match) for match in matches],
        }
    )


def counts(matches: Iterable[Match]) -> "CountsRow":
    """How many of each there are."""
    each = Counter(match.action for match in matches)
    return {
        "found": sum(each.values()),
        "new": each[Action.NEW],
        "known": each[Action.KNOWN],
        "twice": each[Action.TWICE],
        "refused": each[Action.REFUSED],
        "left": each[Action.LEFT],
    }


def edits(rows: "Iterable[EditRow]") -> EditsView:
    """What was done to catalogues."""
    return EditsView(list(rows))


def _entry(match: Match) -> "EntryRow":
    record = match.record
    entry = record if isinstance(record, Entry) else Entry(record.line)
    return {
        "line": record.line,
        "section": list(record.section),
        "group": entry.group,
        "title": entry.title or (match.paper.title if match.paper else _words(record)),
        "url": entry.url,
        "links": [{"title": link.title, "url": link.url} for link in entry.links],
        "arxiv": entry.arxiv,
        "doi": entry.doi,
        "authors": list(entry.authors),
        "year": entry.year,
        "venue": entry.venue,
        "status": entry.status,
        "tags": list(entry.tags),
        "action": match.action.value,
        "why": "; ".join(filter(None, [match.why, *entry.doubts])),
        "key": match.name,
    }


def _words(record: Record) -> str:
    """The beginning of what is no entry, on one line."""
    text = "" if isinstance(record, Entry) else " ".join(record.text.split())
    return text if len(text) <= _TEXT_SHOWN else f"{text[: _TEXT_SHOWN - 1]}…"


def tags(counts: Mapping[str, int]) -> TagsView:
    """Tags in alphabetical order, each with how many papers have it."""
    return TagsView(
        [{"tag": tag, "papers": count} for tag, count in sorted(counts.items())]
    )
