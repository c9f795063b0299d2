"""What a command did to papers and to the goal, as rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Kind, Paper, Topic
from roadmap_cli.progress.events import Aim
from roadmap_cli.progress.marks import Marked, Moved
from roadmap_cli.progress.tally import counting, tally
from roadmap_cli.rows.papers import Rows, paper_row
from roadmap_cli.rows.view import ChangesView

if TYPE_CHECKING:
    from roadmap_cli.rows.types import (
        ChangeRow,
        ChangesOutput,
        PaperRow,
        PlaceRow,
        SaidInBriefRow,
    )
    from roadmap_cli.suggest import Suggestion


class Aftermath(NamedTuple):
    """What changes of papers led to.

    `topics` are those that were touched, each with what to call it. `to_ask` is the name of a
    topic with questions that is now complete, or empty.
    """

    output: "ChangesOutput"
    topics: "Sequence[tuple[PlaceRow, str]]"
    to_ask: str


def changes(
    rows: Rows,
    marked: Marked,
    touched: Iterable[Topic],
    following: "Callable[[], Iterable[Suggestion]]",
    said: "Sequence[SaidInBriefRow]",
) -> ChangesView:
    """What a command did to papers, how far the touched topics are, and what comes next.

    `following` is asked for what comes next if that is shown. `said` is what the command said
    that it took back or gave again.
    """
    papers = [(_change(rows, moved), _another_day(moved)) for moved in marked.moved]

    def follow() -> Aftermath:
        topics, aims = list(touched), marked.aims
        places = [(rows.place(topic), rows.library.called(topic)) for topic in topics]
        output: ChangesOutput = {
            "version": 1,
            "touched": [place for place, _ in places],
            "next": [rows.suggestion(suggestion) for suggestion in following()],
            "goal": aims and {"from": _full_name(aims[0]), "to": _full_name(aims[1])},
            "said": list(said),
            "changes": [paper for paper, _ in papers],
        }
        return Aftermath(output, places, _to_ask(rows, marked.moved, topics))

    is_of_tags = bool(papers) and all(move.is_of_tags for move in marked.moved)
    return ChangesView(papers, follow, is_of_tags=is_of_tags)


def tags_moved(row: "ChangeRow") -> str:
    """The tags that were put on and taken off: `+thesis -later`."""
    before, after = row["tags_from"], row["tags"]
    on = [f"+{tag}" for tag in after if tag not in before]
    return " ".join([*on, *(f"-{tag}" for tag in before if tag not in after)])


def change_in_words(row: "ChangeRow") -> str:
    """What a paper is now that it was not before: `read, rated 5 of 5, +thesis`."""
    said = [row["to"].value] if row["from"] != row["to"] else []
    if row["rating"] != row["rating_from"]:
        rating = row["rating"]
        said.append(f"rated {rating} of 5" if rating else "not rated")
    if tags := tags_moved(row):
        said.append(tags)
    return ", ".join(said or [row["to"].value])


def _full_name(aim: Aim | None) -> str | None:
    """The full name of a goal."""
    return (aim.topic or aim.paper) if aim else None


def _change(rows: Rows, moved: Moved) -> "ChangeRow":
    return {
        **_moved(rows, moved),
        "from": moved.before.status,
        "to": moved.after.status,
        "rating_from": moved.before.rating,
        "tags_from": list(moved.before.tags),
    }


def _moved(rows: Rows, moved: Moved) -> "PaperRow":
    """What was moved; of a paper that no catalogue has, the name and the standing."""
    if moved.paper:
        return rows.paper(moved.paper)
    catalogue, _, key = moved.name.rpartition("/")
    paper = Paper(catalogue, key, title="", kind=Kind.PAPER, url="")
    return paper_row(paper, moved.name, [], moved.after, moved.after.status)


def _another_day(moved: Moved) -> str:
    """The day since when a paper is what it is now, if it had another before."""
    before, after = moved.before.since, moved.after.since
    return after.isoformat() if after and before and after != before else ""


def _to_ask(rows: Rows, moved: Iterable[Moved], touched: Iterable[Topic]) -> str:
    """The one topic with questions that these marks completed; empty for none or several."""
    library, progress = rows.library, rows.progress
    if not progress.is_complete:
        return ""
    settled = {
        paper.name
        for paper in moved
        if paper.after.status.is_settled and not paper.before.status.is_settled
    }
    completed = []
    for topic in touched:
        works = counting(library, progress, topic)
        counts = tally(works, library, progress)
        is_all = counts.done == counts.counted > 0
        if topic.questions and is_all and not settled.isdisjoint(works):
            completed.append(topic.name)
    return completed[0] if len(completed) == 1 else ""
