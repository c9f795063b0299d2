"""Papers, topics, changes and events as rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Group, Kind, Link, Paper, Status, Topic
from roadmap_cli.progress.events import Aim, Progress, Standing
from roadmap_cli.progress.tally import Tally, tally, works_of
from roadmap_cli.views.view import Row, View

if TYPE_CHECKING:
    from roadmap_cli.progress.marks import Moved
    from roadmap_cli.suggest import Suggestion

PAPER_COLUMNS = ("key", "status", "minutes", "level", "kind", "year", "title", "url")
TOPIC_COLUMNS = ("topic", "done", "total", "minutes_left", "title")
CHANGE_COLUMNS = ("key", "from", "to", "title")


class Rows(NamedTuple):
    """Makes rows of a library as one reader sees it."""

    library: Library
    progress: Progress
    short: Mapping[str, str]

    def paper(self, paper: Paper) -> dict[str, Any]:
        """Everything about a paper and where the reader is with it."""
        work = self.library.work[paper.name]
        topics = [topic.name for topic in self.library.topics_of[work]]
        status = self.progress.known_status(work)
        key, standing = self.short[paper.name], self.progress.of(work)
        return _paper_row(paper, key, topics, standing, status)

    def whole_paper(self, paper: Paper) -> dict[str, Any]:
        """As `paper`, with what it needs and leads to by work, and its source."""
        work = self.library.work[paper.name]
        source = next(
            one for one in self.library.catalogues if one.id == paper.catalogue
        )
        return {
            **self.paper(paper),
            "aliases": list(paper.aliases),
            "retired": paper.retired,
            "needs": [self._brief(one) for one in self.library.needs[work]],
            "leads_to": [self._brief(one) for one in self.library.needed_by[work]],
            "credit": source.credit,
            "source": source.source,
        }

    def changes(
        self,
        moved: "Sequence[Moved]",
        touched: Iterable[Topic] = (),
        following: "Iterable[Suggestion]" = (),
        aims: tuple[Aim | None, Aim | None] | None = None,
        said: Iterable[Row] = (),
    ) -> View:
        """What a command did to papers, how far their topics are, and what comes next.

        `aims` are the goal before and after, where the command changed it; `said` is what the
        command said that it took back or gave again.
        """
        rows = [
            {
                **self._moved(one),
                "from": one.before.status.value,
                "to": one.after.status.value,
                "rating_from": one.before.rating,
            }
            for one in moved
        ]
        topics = list(touched)
        also = {
            "touched": [self.place(topic) for topic in topics],
            "next": [self.suggestion(one) for one in following],
            "goal": aims and {"from": _aimed_at(aims[0]), "to": _aimed_at(aims[1])},
            "said": list(said),
        }
        # In the order of what they belong to: two catalogues may have the same names.
        aside = {
            "called": [self.library.called(one) for one in topics],
            "dated": [_another_day(one) for one in moved],
            "to_ask": self._to_ask(moved, topics),
        }
        return View(
            "changes", rows, CHANGE_COLUMNS, also=also, aside=aside, is_deed=True
        )

    def _moved(self, moved: "Moved") -> dict[str, Any]:
        """What was moved; of a paper that no catalogue has, the name and the standing."""
        if moved.paper:
            return self.paper(moved.paper)
        catalogue, _, key = moved.name.rpartition("/")
        paper = Paper(catalogue, key, title="", kind=Kind.PAPER, url="")
        return _paper_row(paper, moved.name, [], moved.after, moved.after.status)

    def _to_ask(self, moved: "Sequence[Moved]", touched: Iterable[Topic]) -> str:
        """The one topic with questions that these marks completed; empty for none or several."""
        settled = {
            one.name
            for one in moved
            if one.after.status.is_settled and not one.before.status.is_settled
        }
        completed = []
        for topic in touched:
            works = works_of(self.library, topic)
            counts = tally(works, self.library, self.progress)
            is_all = counts.done == counts.counted > 0
            if (
                self.progress.is_complete
                and topic.questions
                and is_all
                and not settled.isdisjoint(works)
            ):
                completed.append(topic.name)
        return completed[0] if len(completed) == 1 else ""

    def note(self, paper: Paper, path: str) -> View:
        """A paper's notes."""
        return View(
            "notes", [{"key": self.short[paper.name], "path": path}], ("key", "path")
        )

    def taken(self, files: Iterable[tuple[str, int]]) -> View:
        """How many new events each file brought."""
        rows = [{"file": path, "events": count} for path, count in files]
        return View("files", rows, ("file", "events"), layout="taken", is_deed=True)

    def all_topics(self) -> View:
        """Every area followed by its topics."""
        places: list[Area | Topic] = []
        for area in self.library.areas:
            places += [area, *area.topics]
        return View("topics", [self.place(one) for one in places], TOPIC_COLUMNS)

    def papers(self, sections: Iterable[tuple[Topic | None, Sequence[Paper]]]) -> View:
        """Papers of topics, one section after the other; of no topic those outside all."""
        heads: dict[str, Row] = {}
        rows: list[Row] = []
        for topic, papers in sections:
            section = topic.full_name if topic else ""
            if topic:
                heads[section] = self.place(topic)
            rows += [{**self.paper(one), "section": section} for one in papers]
        also = {"sections": heads}
        return View(
            "papers",
            rows,
            PAPER_COLUMNS,
            also=also,
            if_empty="No paper here is like that.",
        )

    def hits(
        self,
        found: Iterable[tuple[Paper, float, Sequence[str]]],
        unmet: Iterable[tuple[str, str, bool]],
        said: str,
    ) -> View:
        """What a search found, and the words by which it was; `said` tells of those `unmet`."""
        rows = [
            {**self.paper(paper), "score": round(score, 3), "matched": list(matched)}
            for paper, score, matched in found
        ]
        left = [
            {"word": word, "instead": instead, "is_known": is_known}
            for word, instead, is_known in unmet
        ]
        return View("hits", rows, PAPER_COLUMNS, also={"unmet": left}, comment=said)

    def link(self, paper: Paper, link: str) -> View:
        """One of a paper's links."""
        row = {"key": self.short[paper.name], "url": link}
        return View("links", [row], ("url",))

    def whole(
        self, named: Paper | Topic | Area, *, hints: bool = False, notes: str = ""
    ) -> View:
        """Everything about one thing."""
        if isinstance(named, Paper):
            row = {**self.whole_paper(named), "notes": notes}
            return View("papers", [row], (), layout="paper")
        if isinstance(named, Topic):
            row = self.whole_topic(named)
            return View(
                "topics",
                [row],
                (),
                layout="topic",
                also={"hints": hints} if hints else {},
            )
        return View("topics", [self.whole_area(named)], (), layout="area")

    def _brief(self, work: str) -> dict[str, Any]:
        row = self.paper(self.library.shown[work])
        return {name: row[name] for name in ("key", "title", "status")}

    def suggestion(self, suggestion: "Suggestion") -> dict[str, Any]:
        """A paper with the reasons for its place."""
        return {
            **self.paper(suggestion.paper),
            "reasons": [
                {"term": one.name, "text": one.text} for one in suggestion.reasons
            ],
            "terms": [
                {
                    "term": one.name,
                    "rank": one.rank,
                    "text": one.text,
                    "is_used": one.is_used,
                }
                for one in suggestion.terms
            ],
        }

    def place(self, place: Topic | Area) -> dict[str, Any]:
        """A topic or an area with the reader's progress in it."""
        return {
            "topic": place.name,
            "title": place.title,
            "is_area": isinstance(place, Area),
            "catalogue": place.catalogue,
            "summary": place.summary,
            "requires": list(place.requires) if isinstance(place, Topic) else [],
            **self.tally(
                tally(works_of(self.library, place), self.library, self.progress)
            ),
        }

    def tally(self, counts: Tally) -> dict[str, Any]:
        """Counts; nothing is claimed where a journal could not be read."""
        told = {
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
        is_known = self.progress.is_complete
        return {"total": counts.total, **(told if is_known else dict.fromkeys(told))}

    def whole_topic(self, topic: Topic) -> dict[str, Any]:
        """A topic with its papers in their groups, its questions and further links."""
        return {
            **self.place(topic),
            "aliases": list(topic.aliases),
            "groups": [self._group(topic, group) for group in topic.groups],
            "questions": [
                {"id": one.id, "ask": one.ask, "hint": one.hint}
                for one in topic.questions
            ],
            "further": _links(topic.further),
        }

    def whole_area(self, area: Area) -> dict[str, Any]:
        """An area with its topics, figures and further links."""
        return {
            **self.place(area),
            "aliases": list(area.aliases),
            "topics": [self.place(topic) for topic in area.topics],
            "figures": _links(area.figures),
            "further": _links(area.further),
        }

    def _group(self, topic: Topic, group: Group) -> dict[str, Any]:
        papers = (
            self.library.papers[f"{topic.catalogue}/{key}"] for key in group.papers
        )
        return {
            "title": group.title,
            "summary": group.summary,
            "papers": [self.paper(paper) for paper in papers if not paper.retired],
            "methods": [
                {"title": one.title, "text": one.text} for one in group.methods
            ],
        }


def _paper_row(
    paper: Paper,
    key: str,
    topics: list[str],
    standing: Standing,
    status: Status | None,
) -> dict[str, Any]:
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
        "status": status and status.value,
        "since": standing.since and standing.since.isoformat(),
        "rating": standing.rating,
        "minutes": paper.minutes,
        "level": paper.level,
        "requires": list(paper.requires),
        "note": paper.note,
    }


def _aimed_at(aim: Aim | None) -> str | None:
    """The full name of a goal."""
    return (aim.topic or aim.paper) if aim else None


def _another_day(moved: "Moved") -> str:
    """The day since when a paper is what it is now, if it had another before."""
    before, after = moved.before.since, moved.after.since
    return after.isoformat() if after and before and after != before else ""


def _links(links: Iterable[Link]) -> list[dict[str, str]]:
    return [{"title": one.title, "url": one.url, "source": one.source} for one in links]
