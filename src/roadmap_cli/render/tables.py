"""Lists, drawn: topics, papers, hits, changes, events."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from roadmap_cli.language.phrases import counted
from roadmap_cli.language.spelling import sayer
from roadmap_cli.render.canvas import (
    STYLES,
    WIDEST,
    Canvas,
    fraction,
    progress_text,
    time_left_in_brief,
)
from roadmap_cli.render.parts import (
    Parts,
    as_many_as_fit,
    bar_of,
    columns,
    done_and_left,
    highlighted,
    indented,
    line,
    longest_key,
    next_line,
    paper_list,
    rating_of,
    section_head,
    stacked,
    status_and_facts,
    styled,
    whole,
)
from roadmap_cli.rows.changes import tags_moved

if TYPE_CHECKING:
    from rich.table import Table

    from roadmap_cli.rows.types import HitRow, ListedPaperRow, PlaceRow
    from roadmap_cli.rows.view import (
        ChangesView,
        EventsView,
        HitsView,
        PapersView,
        TopicsView,
    )


def topics(view: "TopicsView", canvas: Canvas) -> Parts:
    """Areas and topics with their progress."""
    return places(view.rows, canvas)


def places(rows: "Sequence[PlaceRow]", canvas: Canvas) -> Parts:
    """Areas and topics with their progress, each in a line where there is room."""
    for number, row in enumerate(rows):
        if row["is_area"]:
            if number:
                yield Text()
            yield line(
                styled(row["title"], "bold"), styled(f"  {row['topic']}", "cyan")
            )
        elif canvas.is_narrow or len(row["topic"]) + _BESIDE_A_TOPIC > canvas.width:
            facts = styled(done_and_left(row, canvas), "dim")
            yield whole(row["topic"], "cyan", by=2)
            yield indented(line(bar_of(row, canvas, 10), facts), 4)
        else:
            yield _topic_row(row, canvas)


_BESIDE_A_TOPIC = 26
"""Columns for a topic's counts and the time left."""


def _topic_row(row: "PlaceRow", canvas: Canvas) -> "Table":
    grid = columns(32, 0 if canvas.is_plain else 21, 8, 0)
    counts = styled(fraction(row), "" if row["done"] else "dim")
    grid.add_row(
        styled(f"  {row['topic']}", "cyan"),
        bar_of(row, canvas, 20),
        counts,
        styled(time_left_in_brief(row), "dim"),
    )
    return grid


def papers(view: "PapersView", canvas: Canvas) -> Parts:
    """The papers of one topic, or of several one after the other; sorted ones as one list."""
    drawn = partial(
        paper_list,
        canvas=canvas,
        key_width=longest_key(view.rows),
        has_years=view.has_years,
    )
    if view.is_sorted:
        yield from drawn(view.rows)
        return
    sections: dict[str, list[ListedPaperRow]] = {}
    for row in view.rows:
        sections.setdefault(row["section"], []).append(row)
    for number, (name, rows) in enumerate(sections.items()):
        if number:
            yield Text()
        if name:
            yield from section_head(view.output["sections"][name], canvas)
        else:
            yield styled("Outside all topics", "bold")
        yield from drawn(rows)


def changes(view: "ChangesView", canvas: Canvas) -> Parts:
    """What a marking changed."""
    arrow = "→" if canvas.has_unicode and not canvas.is_plain else "to"
    for row, day in view.papers:
        before, after = row["from"], row["to"]
        moved = after if before == after else f"{before} {arrow} {after}"
        moved += f" since {day}" if day else ""
        said = tags_moved(row)
        is_of_tags = view.columns[1] == "tags_from"
        yield line(
            styled(row["key"], "cyan"),
            "  ",
            styled(
                "" if is_of_tags else f"{moved}{rating_of(row, canvas)}", STYLES[after]
            ),
            styled(f"{'' if is_of_tags else canvas.dot}{said}" if said else ""),
            "  ",
            styled(row["title"], "dim"),
        )
    for place, called in view.aftermath.topics:
        yield styled(f"{called}: {progress_text(place)}", "dim")
    if topic := view.aftermath.to_ask:
        yield styled(f"can you answer? roadmap review {topic}", "dim")
    yield from map(next_line, view.output["next"])


def hits(view: "HitsView", canvas: Canvas) -> Parts:
    """What a search found, best first."""
    for row in view.rows:
        matched = frozenset(row["matched"])
        more = [*row["topics"][:1], _excerpt(row)]
        if canvas.is_narrow:
            yield from stacked(row, canvas, more, matched)
            continue
        key = highlighted(row["key"], matched, "cyan")
        yield line(key, "  ", highlighted(row["title"], matched))
        yield indented(status_and_facts(row, canvas, more))


def _excerpt(row: "HitRow") -> str:
    """What of a hit says the words by which it was found, in quotes with its source.

    Nothing where its key or title says one.
    """
    matched = row["matched"]
    says = sayer(matched)
    if says(f"{row['key']} {row['title']}"):
        return ""
    for author in row["authors"]:
        if says(author):
            return f'author: "{author}"'
    words = row["note"].split()
    for place, word in enumerate(words):
        if says(word):
            start, end = max(place - _AROUND, 0), place + _AROUND + 1
            before, after = "... " * (start > 0), " ..." * (end < len(words))
            return f'note: "{before}{" ".join(words[start:end])}{after}"'
    return f'said elsewhere: "{" ".join(matched)}"' if matched else ""


_AROUND = 3
"""Words before and behind the one that is shown of a note."""


def events(view: "EventsView", canvas: Canvas) -> Parts:
    """What was said and noted when, the newest first: what a command did, in one telling."""
    by = 2 if canvas.is_narrow else _WHEN + 2
    for clock_time, telling in view.tellings:
        row, is_single = telling[0], len(telling) == 1
        subject = row["key"] if is_single else counted(len(telling), "paper")
        undone = styled("  (undone)", "yellow") if row["undone"] else ""
        device = row["device"] if view.has_devices else ""
        yield line(
            styled(f"{clock_time:<{_WHEN}}", "dim"),
            "  ",
            styled(f"{subject}  " if subject else "", "cyan"),
            row["what"],
            undone,
            styled(f"  {device}" if device else "", "dim"),
        )
        keys = [each["key"] for each in reversed(telling)]
        room = min(canvas.width, WIDEST) - by
        below = row["title"] if is_single else as_many_as_fit(keys, room)
        if below:
            yield indented(styled(below, "dim"), by)


_WHEN = 16
"""Columns of a time: a day and a minute."""
