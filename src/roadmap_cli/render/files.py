"""What is about files, drawn: where they are, links, copies, findings, schemas."""

from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.language.phrases import counted, sized
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import Parts, indented, line, styled, whole

if TYPE_CHECKING:
    from roadmap_cli.rows.file_types import CopyRow, PdfRow
    from roadmap_cli.rows.view import (
        CopiesView,
        FilesView,
        FindingsView,
        LinkView,
        NotesView,
        PdfsView,
        SchemasView,
        TakenView,
    )


def files(view: "FilesView", canvas: Canvas) -> Parts:
    """Where the files are."""
    for row in view.rows:
        label = f"{row['what']}:" if canvas.is_narrow else f"{row['what']:<12}"
        missing = "" if row["exists"] else "  (not there yet)"
        yield whole(f"{label} {row['path']}{missing}")


def link(view: "LinkView") -> Parts:
    """Nothing but the link."""
    yield whole(view.link["url"])


def notes(view: "NotesView") -> Parts:
    """Where a paper's notes are, or where a line was added to them."""
    path = view.notes["path"]
    yield whole(f"added to {path}" if view.is_added else path)


def pdfs(view: "PdfsView") -> Parts:
    """The PDFs, each with what was done and where it is, or why it is not; and how many.

    Where there are many, what needed nothing or cannot be had is only named.
    """
    rows = view.rows
    briefly = _BRIEFLY if len(rows) > _MANY_PDFS else {}
    for row in rows:
        if row["action"] not in briefly:
            yield from _pdf(row)
    for action, words in briefly.items():
        keys = [row["key"] for row in rows if row["action"] == action]
        if keys:
            yield line(styled(action, _DONE.get(action, "yellow")), f"  {words}")
            yield indented(styled(", ".join(keys), "cyan"))
    if len(rows) > 1:
        counts = Counter(row["action"] for row in rows)
        yield line(", ".join(f"{count} {action}" for action, count in counts.items()))


def _pdf(row: "PdfRow") -> Parts:
    action = row["action"]
    size = "" if row["bytes"] is None else f"  {sized(row['bytes'])}"
    yield line(
        styled(action, _DONE.get(action, "yellow")),
        "  ",
        styled(row["key"], "cyan"),
        "  ",
        styled(row["title"]),
        styled(size, "dim"),
    )
    if row["why"]:
        yield indented(styled(row["why"], "dim"))
    else:
        yield whole(row["url"] if action == "wanted" else row["path"], "dim", by=2)


_MANY_PDFS = 10
_BRIEFLY = {"there": "before", "unknown": "no PDF of these is known"}
"""What is said of those that are only named, by what was done."""
_DONE = {"fetched": "green", "wanted": "green", "there": "cyan"}


def taken(view: "TakenView") -> Parts:
    """How many new events each file brought."""
    for row in view.rows:
        yield whole(f"{row['file']}: {counted(row['events'], 'new event')}")


def copies(view: "CopiesView", canvas: Canvas) -> Parts:
    """Copies, when and why each was made and what is in it; of one that was put back the events."""
    for row, at in zip(view.rows, view.when, strict=True):
        if view.did:
            number = row["events"]
            held = "damaged" if number is None else counted(number, "event")
            yield whole(f"{view.did} {row['copy']}: {held}")
            continue
        when = f"{at.day} {at:%B %Y, %H:%M}"
        name = styled(row["copy"], "cyan")
        if canvas.is_narrow:
            yield line(when)
            yield indented(name)
        else:
            yield line(f"{when}  ", name)
        facts = (_WHY[row["why"]], _held(row), sized(row["bytes"] or 0))
        yield indented(styled(canvas.dot.join(filter(None, facts)), "dim"))


_WHY = {
    "backup": "made by roadmap backup",
    "daily": "made before the first mark of a day",
    "restore": "made before a restore",
    "": "",
}


def _held(row: "CopyRow") -> str:
    """What is in a copy, in words."""
    marks = "damaged" if row["events"] is None else counted(row["events"], "mark")
    parts = [(row["notes"], "note"), (row["catalogues"], "catalogue")]
    return ", ".join([marks, *(counted(count, part) for count, part in parts if count)])


def findings(view: "FindingsView", canvas: Canvas) -> Parts:
    """What is wrong or odd, and its cure."""
    for row in view.rows:
        label = "fixed" if row["fixed"] else "note" if row["harmless"] else "problem"
        colour = {"fixed": "green", "note": "cyan", "problem": "red"}[label]
        problem, *more = row["problem"].split("\n")
        yield line(styled(f"{label}: ", colour), problem)
        yield from (indented(styled(text.strip())) for text in more)
        arrow = "→ " if canvas.has_unicode and not canvas.is_plain else ""
        yield indented(styled(f"{arrow}{row['fixed'] or row['cure']}", "dim"))


def schemas(view: "SchemasView") -> Parts:
    """What can be asked for, and what it describes."""
    for row in view.rows:
        yield line(styled(row["schema"], "cyan"))
        yield indented(styled(row["about"], "dim"))
