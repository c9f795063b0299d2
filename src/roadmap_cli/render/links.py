"""Links that were checked, drawn: what is not as it was, and how many there are of each sort."""

from typing import TYPE_CHECKING

from roadmap_cli.curriculum.liveness import Verdict
from roadmap_cli.language.phrases import counted
from roadmap_cli.render.parts import Parts, indented, line, styled, whole

if TYPE_CHECKING:
    from roadmap_cli.rows.checked_view import CheckedView
    from roadmap_cli.rows.link_types import CheckedCountsRow, CheckedLinkRow

_STYLES = {
    Verdict.DEAD: "red",
    Verdict.MISSING: "yellow",
    Verdict.MOVED: "cyan",
    Verdict.UNSURE: "dim",
}
"""What a person is shown, in this order: not what is alive."""
_WORDS = {
    Verdict.ALIVE: "alive",
    Verdict.MOVED: "moved",
    Verdict.MISSING: "not there",
    Verdict.DEAD: "dead",
    Verdict.UNSURE: "cannot tell",
}


def checked(view: "CheckedView") -> Parts:
    """The links that are not as they were, and the sum of all."""
    for verdict in _STYLES:
        for row in view.rows:
            if row["verdict"] == verdict:
                yield from _link(row, verdict)
    yield line(sum_of(view.output["counts"]))


def _link(row: "CheckedLinkRow", verdict: Verdict) -> Parts:
    head = (styled(_WORDS[verdict], _STYLES[verdict]), "  ", styled(row["key"], "cyan"))
    yield line(*head, styled(f"  {row['title']}", "dim"))
    yield whole(row["url"], by=2)
    if row["moved_to"]:
        yield whole(f"is now {row['moved_to']}", by=2)
    if row["archived"]:
        yield whole(f"copy: {row['archived']}", by=2)
    if remark := "; ".join(_remarks(row, verdict)):
        yield indented(styled(remark, "dim"))


def _remarks(row: "CheckedLinkRow", verdict: Verdict) -> list[str]:
    """What was answered, and what follows from it."""
    found = [row["why"]] if row["why"] else []
    if row["written"]:
        found.append(f"{row['catalogue']} has the new address now")
    if verdict is Verdict.MISSING:
        found.append("asked again after a day")
    if verdict is Verdict.DEAD and row["archived"] == "":
        found.append("no copy found in the archive")
    return found


def sum_of(counts: "CheckedCountsRow") -> str:
    """How many links there are, and of which sort: the parts add up."""
    named = {
        "alive": counts["alive"],
        "moved": counts["moved"],
        "not there": counts["missing"],
        "dead": counts["dead"],
        "cannot tell": counts["unsure"],
    }
    parts = [f"{count} {what}" for what, count in named.items() if count]
    return f"{counted(counts['found'], 'link')}: {', '.join(parts)}"
