"""A plan as a calendar: iCalendar, RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from roadmap_cli.duration import spoken
from roadmap_cli.model import Paper
from roadmap_cli.planning import Plan, Step

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//roadmap//genai-roadmap//EN"
_UNWANTED = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")


def calendar(
    plan: Plan, now: datetime, name: Callable[[Paper], str] = lambda one: one.key
) -> bytes:
    """The plan as all-day events, one for each paper, from its first day to its last.

    A paper's event has the same UID in every plan, so that a calendar replaces the one of an
    earlier plan. `now` is when it was made; `name` is what to call a paper on the command line.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", "Reading plan")
    for _, steps in groupby(plan.steps, key=lambda one: one.paper.name):
        made.add_component(_event(list(steps), now, name))
    written: bytes = made.to_ical()
    return written


def is_ours(beginning: bytes) -> bool:
    """Whether the first bytes of a file are those of a calendar that `calendar` made."""
    head, _, _ = beginning.partition(b"\nBEGIN:")
    product = f"PRODID:{_PRODUCT}".encode()
    return head.startswith(b"BEGIN:VCALENDAR") and product in head.splitlines()


def _event(steps: list[Step], now: datetime, name: Callable[[Paper], str]) -> "Event":
    from icalendar import Event

    paper = steps[0].paper
    event = Event()
    event.add("uid", f"{paper.name.replace('/', '.')}@genai-roadmap")
    event.add("dtstamp", now)
    event.add("dtstart", steps[0].first)
    event.add("dtend", steps[-1].last + timedelta(days=1))  # the day after, by RFC 5545
    event.add("summary", _clean(f"Read {paper.title}"))
    event.add(
        "description",
        _clean(
            f"{spoken(steps[0].minutes_of)}; then: roadmap mark-read {name(paper)}. {paper.note}"
        ),
    )
    event.add("url", paper.url)
    event.add("transp", "TRANSPARENT")  # reading does not make you busy
    return event


def _clean(text: str) -> str:
    """The text without control characters: the library lets some of them through."""
    return " ".join(text.translate(_UNWANTED).split())
