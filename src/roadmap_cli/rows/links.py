"""Rows of links that were checked."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.linked import Linked, is_front_page, with_part_of
from roadmap_cli.curriculum.liveness import Known, Verdict
from roadmap_cli.progress.clocks import stamp
from roadmap_cli.rows.checked_view import CheckedView

if TYPE_CHECKING:
    from roadmap_cli.rows.link_types import CheckedLinkRow


class Checked(NamedTuple):
    """A link, what to call what has it, what is known of it, and whether it was mended."""

    linked: Linked
    key: str
    known: Known
    is_written: bool = False

    @property
    def moved_to(self) -> str:
        """Where it has moved to for good, or nothing."""
        found = self.known.finding.moved_to
        return with_part_of(self.linked.url, found) if found else ""

    @property
    def is_at_front_page(self) -> bool:
        """Whether it leads to the front page of its site now: then it has hardly moved there."""
        return bool(self.moved_to) and is_front_page(self.linked.url, self.moved_to)

    @property
    def why(self) -> str:
        """What was answered, where that is no plain yes."""
        front = "that is the front page of its site" if self.is_at_front_page else ""
        return self.known.finding.why or front


def checked(links: Sequence[Checked]) -> CheckedView:
    """Links in their order, and how many there are of each sort."""
    count = Counter(link.known.verdict for link in links)
    return CheckedView(
        {
            "version": 1,
            "counts": {
                "found": len(links),
                "alive": count[Verdict.ALIVE],
                "moved": count[Verdict.MOVED],
                "missing": count[Verdict.MISSING],
                "dead": count[Verdict.DEAD],
                "unsure": count[Verdict.UNSURE],
            },
            "links": [_row(link) for link in links],
        }
    )


def _row(link: Checked) -> "CheckedLinkRow":
    known, owner = link.known, link.linked.owner
    return {
        "verdict": known.verdict,
        "key": link.key,
        "title": owner.title,
        "catalogue": owner.catalogue,
        "field": link.linked.field,
        "url": link.linked.url,
        "why": link.why,
        "moved_to": link.moved_to,
        "archived": known.copy if known.verdict is Verdict.DEAD else None,
        "checked": _moment(known.at),
        "missing_since": _moment(known.missing_since) if known.missing_since else None,
        "written": link.is_written,
    }


def _moment(seconds: float) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC))
