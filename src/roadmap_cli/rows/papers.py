"""Rows of papers and topics, as one reader sees them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Place, Sort, Status, Topic
from roadmap_cli.progress.events import Progress, Standing
from roadmap_cli.progress.tally import Tally, counting, tally
from roadmap_cli.rows.view import HitsView, LinkView, NotesView, PapersView, TopicsView

if TYPE_CHECKING:
    from roadmap_cli.rows.types import (
        BriefRow,
        ListedPaperRow,
        PaperRow,
        PlaceRow,
        SuggestionRow,
        TallyRow,
    )
    from roadmap_cli.suggest import Suggestion


class Rows(NamedTuple):
    """Makes rows of a library and of the progress of its reader.

    `short` is what to type for each paper, by its full name.
    """

    library: Library
    progress: Progress
    short: Mapping[str, str]

    def paper(self, paper: Paper) -> "PaperRow":
        """Everything about a paper and where the reader is with it."""
        work = self.library.work[paper.name]
        topics = [topic.name for topic in self.library.topics_of[work]]
        status = self.progress.known_status(work)
        key, standing = self.short[paper.name], self.progress.of(work)
        return paper_row(paper, key, topics, standing, status)

    def brief(self, work: str) -> "BriefRow":
        """A work in brief."""
        row = self.paper(self.library.shown[work])
        return {"key": row["key"], "title": row["title"], "status": row["status"]}

    def suggestion(self, suggestion: "Suggestion") -> "SuggestionRow":
        """A paper with the reasons for its place."""
        return {
            **self.paper(suggestion.paper),
            "part": suggestion.part,
            "reasons": [
                {"term": term.name, "text": term.text} for term in suggestion.reasons
            ],
            "terms": [
                {
                    "term": term.name,
                    "rank": term.rank,
                    "text": term.text,
                    "is_used": term.is_used,
                }
                for term in suggestion.terms
            ],
        }

    def place(self, place: Place) -> "PlaceRow":
        """A topic, an area or a catalogue with the reader's progress in it."""
        works = counting(self.library, self.progress, place)
        extra = len(self.library.works_in(place)) - len(works)
        return {
            "topic": place.name,
            "title": place.title,
            "is_area": not isinstance(place, Topic),
            "catalogue": place.catalogue,
            "summary": place.summary,
            "requires": list(place.requires) if isinstance(place, Topic) else [],
            "enough": place.enough if isinstance(place, Topic) else None,
            "extra": extra if self.progress.is_complete else None,
            **self.tally(tally(works, self.library, self.progress)),
        }

    def tally(self, counts: Tally) -> "TallyRow":
        """Counts; of a reader with a journal that cannot be read the total alone."""
        if not self.progress.is_complete:
            return {**_UNKNOWN, "total": counts.total}
        return {
            "total": counts.total,
            "done": counts.done,
            "share": round(counts.share, 4),
            "read": counts.read,
            "known": counts.known,
            "reading": counts.reading,
            "skipped": counts.skipped,
            "todo": counts.todo,
            "minutes_left": counts.minutes_left,
            "untimed_left": counts.untimed_left,
        }

    def all_topics(self) -> TopicsView:
        """Every area followed by its topics."""
        return TopicsView(self.all_places())

    def all_places(self) -> "list[PlaceRow]":
        """A row for every area, each followed by those of its topics."""
        return self.places(self.library.areas)

    def places(self, among: Iterable[Area]) -> "list[PlaceRow]":
        """A row for each of these areas, followed by those of its topics."""
        rows: list[PlaceRow] = []
        for area in among:
            rows.append(self.place(area))
            rows += [self.place(topic) for topic in area.topics]
        return rows

    def papers(
        self,
        sections: Iterable[tuple[Topic | None, Sequence[Paper]]],
        sort: Sort | None = None,
        *,
        has_years: bool = False,
    ) -> PapersView:
        """Papers of topics, one section after the other; of no topic those outside all.

        Those that are sorted are one list. `has_years` asks for the years in every drawing.
        """
        heads: dict[str, PlaceRow] = {}
        rows: list[ListedPaperRow] = []
        for topic, papers in sections:
            section = topic.full_name if topic else ""
            if topic and section not in heads:
                heads[section] = self.place(topic)
            rows += [{**self.paper(paper), "section": section} for paper in papers]
        years = has_years or sort is Sort.YEAR
        return PapersView(rows, heads, is_sorted=sort is not None, has_years=years)

    def hits(
        self,
        found: Iterable[tuple[Paper, float, Sequence[str]]],
        unmet: Iterable[tuple[str, str, bool]],
        said: str,
        is_near: bool,
    ) -> HitsView:
        """What a search found, and the words by which it was; `said` tells of those `unmet`.

        `is_near` if nothing answers, and this comes nearest.
        """
        return HitsView(
            [
                {
                    **self.paper(paper),
                    "score": round(score, 3),
                    "matched": list(matched),
                }
                for paper, score, matched in found
            ],
            [
                {"word": word, "instead": instead, "is_known": is_known}
                for word, instead, is_known in unmet
            ],
            said,
            is_near=is_near,
        )

    def note(self, paper: Paper, path: str, *, is_added: bool = False) -> NotesView:
        """Where a paper's notes are; `is_added` tells that a line was added to them."""
        return NotesView(
            {"key": self.short[paper.name], "path": path}, is_added=is_added
        )

    def link(self, paper: Paper, link: str) -> LinkView:
        """One of a paper's links."""
        return LinkView({"key": self.short[paper.name], "url": link})


_UNKNOWN: "TallyRow" = {
    "total": 0,
    "done": None,
    "share": None,
    "read": None,
    "known": None,
    "reading": None,
    "skipped": None,
    "todo": None,
    "minutes_left": None,
    "untimed_left": None,
}
"""What is known of how far the reader is where some of the progress cannot be read."""


def paper_row(
    paper: Paper,
    key: str,
    topics: list[str],
    standing: Standing,
    status: Status | None,
) -> "PaperRow":
    """A paper that is typed as `key`, with its place and the reader's standing."""
    return {
        "key": key,
        "title": paper.title,
        "acronym": paper.acronym,
        "kind": paper.kind,
        "authors": list(paper.authors),
        "year": paper.year,
        "venue": paper.venue,
        "url": paper.url,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "code": paper.code,
        "language": paper.language,
        "catalogue": paper.catalogue,
        "topics": topics,
        "status": status,
        "since": standing.since.isoformat() if standing.since else None,
        "rating": standing.rating,
        "tags": list(standing.tags),
        "minutes": paper.minutes,
        "level": paper.level,
        "requires": list(paper.requires),
        "helps": list(paper.helps),
        "note": paper.note,
    }
