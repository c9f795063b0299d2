"""Lists, drawn: topics, papers, suggestions, hits, changes, files."""

from rich.table import Table
from rich.text import Text

from roadmap_cli.language.spelling import counted, says
from roadmap_cli.render.canvas import (
    STYLES,
    Canvas,
    fraction,
    progress_text,
    time_left,
    time_left_in_brief,
)
from roadmap_cli.render.parts import (
    Parts,
    bar_of,
    facts_of,
    highlighted,
    indented,
    line,
    next_line,
    paper_grid,
    section_head,
    side_by_side,
    stacked,
    status_of,
    styled,
    whole,
)
from roadmap_cli.views import Row, View


def topics(view: View, canvas: Canvas) -> Parts:
    """Areas and topics with their progress."""
    for number, row in enumerate(view.rows):
        if row["is_area"]:
            if number:
                yield Text()
            yield line(
                styled(row["title"], "bold"), styled(f"  {row['topic']}", "cyan")
            )
        elif canvas.is_narrow or len(row["topic"]) + _BESIDE_A_TOPIC > canvas.width:
            facts = canvas.dot.join(filter(None, (progress_text(row), time_left(row))))
            yield whole(row["topic"], "cyan", by=2)
            yield indented(line(bar_of(row, canvas, 10), styled(facts, "dim")), 4)
        else:
            yield _topic_row(row, canvas)


_BESIDE_A_TOPIC = 26
"""Columns for a topic's counts and the time left."""


def _topic_row(row: Row, canvas: Canvas) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in (32, 0 if canvas.is_plain else 21, 8):
        grid.add_column(no_wrap=True, min_width=width)
    grid.add_column(no_wrap=True)
    counts = styled(fraction(row), "" if row["done"] else "dim")
    grid.add_row(
        styled(f"  {row['topic']}", "cyan"),
        bar_of(row, canvas, 20),
        counts,
        styled(time_left_in_brief(row), "dim"),
    )
    return grid


def papers(view: View, canvas: Canvas) -> Parts:
    """The papers of one topic, or of several one after the other."""
    sections: dict[str, list[Row]] = {}
    for row in view.rows:
        sections.setdefault(row["section"], []).append(row)
    key_width = max((len(row["key"]) for row in view.rows), default=0)
    for number, (name, rows) in enumerate(sections.items()):
        if number:
            yield Text()
        if name:
            yield from section_head(view.also["sections"][name], canvas)
        else:
            yield styled("Outside all topics", "bold")
        if side_by_side(view.rows, canvas):
            yield paper_grid(rows, canvas, key_width)
        else:
            yield from (part for row in rows for part in stacked(row, canvas))


def changes(view: View, canvas: Canvas) -> Parts:
    """What a marking changed."""
    arrow = "→" if canvas.has_unicode and not canvas.is_plain else "to"
    for row, day in zip(view.rows, view.aside["dated"], strict=True):
        moved = (
            f"{row['from']} {arrow} {row['to']}"
            if row["from"] != row["to"]
            else row["to"]
        )
        moved += f" since {day}" if day else ""
        rating = f"{canvas.dot}rated {row['rating']} of 5" if row.get("rating") else ""
        yield line(
            styled(row["key"], "cyan"), "  ", styled(f"{moved}{rating}", STYLES[row["to"]]), "  ",
            styled(row["title"], "dim"),
        )  # fmt: skip
    touched = view.also["touched"]
    for place, called in zip(touched, view.aside["called"], strict=True):
        yield styled(f"{called}: {progress_text(place)}", "dim")
    if topic := view.aside["to_ask"]:
        yield styled(f"can you answer? roadmap show {topic}", "dim")
    yield from map(next_line, view.also["next"])


def hits(view: View, canvas: Canvas) -> Parts:
    """What a search found, best first."""
    for row in view.rows:
        if canvas.is_narrow:
            yield from stacked(row, canvas)
            continue
        matched = frozenset(row["matched"])
        key = highlighted(row["key"], matched, "cyan")
        yield line(key, "  ", highlighted(row["title"], matched))
        place = row["topics"][0] if row["topics"] else ""
        facts = line(
            status_of(row, canvas), styled(canvas.dot, "dim"), facts_of(row, canvas)
        )
        shown = f"{row['key']} {row['title']}"
        is_seen = any(says(shown, word) for word in matched)
        unseen = "" if is_seen else " ".join(row["matched"])
        yield indented(
            line(
                facts,
                styled(f"{canvas.dot}{place}" if place else "", "dim"),
                styled(f"{canvas.dot}says {unseen}" if unseen else "", "dim"),
            )
        )


def files(view: View, canvas: Canvas) -> Parts:
    """Where the files are."""
    for row in view.rows:
        label = f"{row['what']}:" if canvas.is_narrow else f"{row['what']:<12}"
        missing = "" if row["exists"] else "  (not there yet)"
        yield whole(f"{label} {row['path']}{missing}")


def links(view: View, _: Canvas) -> Parts:
    """Nothing but links."""
    for row in view.rows:
        yield whole(row["url"])


def events(view: View, canvas: Canvas) -> Parts:
    """What was said when, the newest first."""
    for row in view.rows:
        when = row["at"][:16].replace("T", " ")
        undone = styled("  (undone)", "yellow") if row["undone"] else ""
        key = styled(f"{row['key']}  " if row["key"] else "", "cyan")
        head = line(styled(when, "dim"), "  ", key, row["what"])
        yield line(head, undone, styled(f"  {row['device']}", "dim"))
        if row["title"] and not canvas.is_narrow:
            yield indented(styled(row["title"], "dim"), 18)


def notes(view: View, _: Canvas) -> Parts:
    """Where a paper's notes are."""
    for row in view.rows:
        yield whole(row["path"])


def noted(view: View, _: Canvas) -> Parts:
    """Where a line was added."""
    for row in view.rows:
        yield whole(f"added to {row['path']}")


def taken(view: View, _: Canvas) -> Parts:
    """How many new events each file brought."""
    for row in view.rows:
        yield whole(f"{row['file']}: {counted(row['events'], 'new event')}")


def copies(view: View, _: Canvas) -> Parts:
    """Copies and what is in them, the newest first."""
    for row in view.rows:
        parts = [(row["notes"], "note"), (row["catalogues"], "catalogue")]
        more = [counted(number, part) for number, part in parts if number]
        yield whole(f"{row['copy']}  {', '.join([_held(row), *more])}")


def restored(view: View, _: Canvas) -> Parts:
    """The copy that was put back."""
    for row in view.rows:
        yield whole(f"restored {row['copy']}: {_held(row)}")


def to_be_restored(view: View, _: Canvas) -> Parts:
    """The copy that a rehearsal would put back."""
    for row in view.rows:
        yield whole(f"would restore {row['copy']}: {_held(row)}")


def _held(row: Row) -> str:
    events = row["events"]
    return "damaged" if events is None else counted(events, "event")


def findings(view: View, canvas: Canvas) -> Parts:
    """What is wrong or odd, and its cure."""
    for row in view.rows:
        label = "fixed" if row["fixed"] else "note" if row["harmless"] else "problem"
        colour = {"fixed": "green", "note": "cyan", "problem": "red"}[label]
        problem, *each = row["problem"].split("\n")
        yield line(styled(f"{label}: ", colour), problem)
        yield from (indented(styled(one.strip())) for one in each)
        arrow = "→ " if canvas.has_unicode and not canvas.is_plain else ""
        yield indented(styled(f"{arrow}{row['fixed'] or row['cure']}", "dim"))


def schemas(view: View, _: Canvas) -> Parts:
    """What can be asked for, and what it describes."""
    for row in view.rows:
        yield line(styled(row["schema"], "cyan"))
        yield indented(styled(row["about"], "dim"))
