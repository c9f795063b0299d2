"""Values and the services that they come from, drawn."""

from typing import TYPE_CHECKING

from roadmap_cli.render.parts import Parts, indented, line, styled

if TYPE_CHECKING:
    from roadmap_cli.rows.sourced_view import RefreshedView, SourcesView

_STYLES = {"changed": "green", "kept": "yellow", "unknown": "red", "left": "red"}
_WORDS = {
    "same": "as it was",
    "unknown": "unknown to all services",
    "left": "not asked",
}

_NOT_SERVED = "from the list itself"


def refreshed(view: "RefreshedView") -> Parts:
    """What services say now of each paper."""
    for row in view.rows:
        action = row["action"]
        yield line(
            styled(_WORDS.get(action, action), _STYLES.get(action, "dim")),
            "  ",
            styled(row["key"], "cyan"),
            styled(f"  {row['field'] or row['title']}"),
        )
        if row["field"]:
            was, now = row["was"] or "nothing", row["now"]
            yield indented(styled(f"{was} → {now} ({row['source']})"))
        if row["why"]:
            yield indented(styled(row["why"], "dim"))


def sources(view: "SourcesView") -> Parts:
    """The fields of a paper, each with who gave its value, and on which day."""
    for row in view.rows:
        yield line(styled(row["field"], "cyan"), styled(f"  {row['value']}"))
        day = (row["at"] or "").partition("T")[0]
        said = f"{', '.join(row['sources'])}, {day}" if row["sources"] else _NOT_SERVED
        yield indented(styled(said, "dim"))
