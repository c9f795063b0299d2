"""One thing, drawn whole: a paper, a topic or an area."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import (
    Parts,
    columns,
    facts_of,
    indented,
    line,
    longest_key,
    paper_grid,
    paper_list,
    rating_of,
    section_head,
    side_by_side,
    status_of,
    styled,
    when_asked,
    whole,
)
from roadmap_cli.render.tables import places

if TYPE_CHECKING:
    from roadmap_cli.rows.types import BriefRow, GroupRow, LinkRow, WholePaperRow
    from roadmap_cli.rows.view import WholeAreaView, WholePaperView, WholeTopicView

_AUTHORS_SHOWN = 8
_RELATED_SHOWN = 12


def paper(view: "WholePaperView", canvas: Canvas) -> Parts:
    """Everything about a paper."""
    row = view.paper
    yield styled(row["title"], "bold")
    yield line(
        styled(row["key"], "cyan"), styled(canvas.dot, "dim"), facts_of(row, canvas)
    )
    since = f" since {row['since']}" if row["since"] else ""
    yield line(
        status_of(row, canvas), styled(f"{since}{rating_of(row, canvas)}", "dim")
    )
    if row["retired"]:
        yield styled(f"no longer in the catalogue: {row['retired']}", "yellow")
    if row["note"]:
        yield Text()
        yield styled(row["note"])
    yield Text()
    yield from _labelled(_paper_fields(row), canvas)
    if row["notes"]:
        yield Text()
        yield styled("Your notes", "bold")
        for text in row["notes"].splitlines():
            yield indented(styled(text))
    yield from _related("Needs first", row["needs"], canvas)
    yield from _related("Also helps", row["helped_by"], canvas)
    yield from _related("Leads to", row["leads_to"], canvas)
    yield from _credit(row)


def _paper_fields(row: "WholePaperRow") -> Mapping[str, str]:
    authors = row["authors"]
    hidden = len(authors) - _AUTHORS_SHOWN
    shown = ", ".join(authors[:_AUTHORS_SHOWN])
    shown += f" and {hidden} more" if hidden > 0 else ""
    return {
        "authors": shown,
        "link": row["url"],
        "arxiv": row["arxiv"],
        "doi": row["doi"],
        "code": row["code"] if row["code"] != row["url"] else "",
        _FILE: row["pdf"],
        "topics": ", ".join(row["topics"]),
        "tags": ", ".join(row["tags"]),
        "also called": ", ".join(row["aliases"]),
    }


def _labelled(fields: Mapping[str, str], canvas: Canvas) -> Parts:
    for label, value in fields.items():
        if not value:
            continue
        is_whole = "://" in value or label == _FILE
        if is_whole and len(value) + _LABEL > canvas.width:
            yield styled(f"{label}:", "dim")
            yield whole(value)
        elif is_whole:
            yield whole(f"{label:<11}  {value}")
        elif canvas.is_narrow or _longest_word(value) + _LABEL > canvas.width:
            yield line(styled(f"{label}: ", "dim"), value)
        else:
            grid = columns(_LABEL - 2, None)
            grid.add_row(styled(label, "dim"), styled(value))
            yield grid


_LABEL = 13
_FILE = "pdf"


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _related(title: str, papers: "Sequence[BriefRow]", canvas: Canvas) -> Parts:
    if not papers:
        return
    yield Text()
    yield styled(title, "bold")
    shown = papers[:_RELATED_SHOWN]
    if not side_by_side(shown, canvas):
        for paper in shown:
            yield whole(paper["key"], "cyan", by=2)
            facts = styled(f"{canvas.dot}{paper['title']}")
            yield indented(line(status_of(paper, canvas), facts), 4)
    else:
        rows = ((paper, paper["title"], "") for paper in shown)
        yield indented(paper_grid(rows, canvas))
    if len(papers) > len(shown):
        yield indented(styled(f"and {len(papers) - len(shown)} more", "dim"))


def _credit(row: "WholePaperRow") -> Parts:
    if row["credit"]:
        yield Text()
        yield styled(row["credit"], "dim")
        yield whole(row["source"], "dim")


def topic(view: "WholeTopicView", canvas: Canvas) -> Parts:
    """Everything about a topic: why, papers by group, questions, further links."""
    row = view.topic
    yield from section_head(row, canvas)
    if row["requires"]:
        yield styled(f"builds on {', '.join(row['requires'])}", "dim")
    yield Text()
    yield styled(row["summary"])
    for group in row["groups"]:
        yield from _group(group, canvas)
    if row["questions"]:
        yield Text()
        yield styled("Can you answer?", "bold")
        for question in row["questions"]:
            grid = columns(2, None)
            grid.add_row(
                styled("-" if canvas.is_plain else "?", "yellow"),
                styled(question["ask"]),
            )
            yield grid
            if question["answers"] or question["aside"]:
                yield indented(styled(when_asked(question), "dim"), 4)
            if view.hints:
                yield indented(styled(question["hint"], "dim"), 4)
        yield styled(f"to be asked: roadmap review {row['topic']}", "dim")
        if not view.hints:
            yield styled(f"hints: roadmap show {row['topic']} --hints", "dim")
    yield from _further(row["further"])


def _group(group: "GroupRow", canvas: Canvas) -> Parts:
    yield Text()
    if group["title"]:
        yield styled(group["title"], "bold")
    if group["summary"]:
        yield styled(group["summary"], "dim")
    papers = group["papers"]
    yield from paper_list(papers, canvas, key_width=longest_key(papers), by=2)
    for method in group["methods"]:
        yield indented(line(styled(method["title"], "bold"), ": ", method["text"]))


def _further(links: "Sequence[LinkRow]") -> Parts:
    if links:
        yield Text()
        yield styled("Further", "bold")
    for link in links:
        yield indented(styled(link["title"]))
        yield whole(link["url"], "blue", by=4)


def area(view: "WholeAreaView", canvas: Canvas) -> Parts:
    """Everything about an area, or a whole catalogue."""
    row = view.area
    yield from section_head(row, canvas)
    yield Text()
    if row["summary"]:
        yield styled(row["summary"])
    yield from places(row["topics"], canvas)
    yield from _further([*row["figures"], *row["further"]])
