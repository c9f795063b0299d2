"""A plan as a calendar: iCalendar, RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.language.duration import spoken
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.suggest.plan import Plan, Step

if TYPE_CHECKING:
    from icalendar import Component, Event

MOST_BYTES = 4_000_000
"""Of a former calendar that is gone on with: a plan for 8,000 papers, read in seconds."""
_MADE_BY = "-//roadmap//genai-roadmap//EN"
_OURS = "@genai-roadmap"
_FIRST = "X-ROADMAP-SEQUENCE"
"""What new events begin with: more than that of all that were left out because they are over.
One of them that is planned again would be taken for an old revision of itself."""
_UNWANTED = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
_REVISION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
"""What tells one revision of an event from another, and nothing of the event."""
_MOST = 2**31 - 1
"""The greatest number that RFC 5545 has."""


def calendar(
    plan: Plan,
    now: datetime,
    name: Callable[[Paper], str] = lambda paper: paper.key,
    former: bytes = b"",
) -> bytes:
    """The plan as all-day events, one for each paper, from its first day to its last.

    A paper's event has the same UID in every plan, so that a calendar replaces the one of an
    earlier plan. `now` is when it was made; `name` is what to call a paper on the command line.
    `former` is the calendar of the plan before, if that is known: what has changed since is a
    new revision of the event, what is planned no more is cancelled, unless its days are over.
    """
    from icalendar import Calendar

    before, first = _events(former)
    today = local_day(now)
    made = Calendar()
    made.add("prodid", _MADE_BY)
    made.add("version", "2.0")
    made.add("x-wr-calname", "Reading plan")
    for _, steps in groupby(plan.steps, key=lambda step: step.paper.name):
        event = _event(list(steps), name)
        earlier = before.pop(str(event["uid"]), None)
        made.add_component(_revised(event, earlier, now, first))
    for event in before.values():
        if _ends(event) > today:
            made.add_component(_revised(_cancelled(event), event, now))
        else:
            first = max(first, _after(event))
    if first:
        made.add(_FIRST, str(first))
    written: bytes = made.to_ical()
    return written


def is_ours(beginning: bytes) -> bool:
    """Whether the first bytes of a file are those of a calendar that `calendar` made."""
    head, _, _ = beginning.partition(b"\nBEGIN:")
    product = f"PRODID:{_MADE_BY}".encode()
    return head.startswith(b"BEGIN:VCALENDAR") and product in head.splitlines()


def _event(steps: list[Step], name: Callable[[Paper], str]) -> "Event":
    from icalendar import Event

    paper = steps[0].paper
    event = Event()
    event.add("uid", f"{paper.name.replace('/', '.')}{_OURS}")
    event.add("dtstart", steps[0].first)
    event.add("dtend", steps[-1].last + timedelta(days=1))  # the day after, by RFC 5545
    event.add("summary", _clean(f"Read {paper.title}"))
    event.add(
        "description",
        _clean(
            f"{spoken(steps[0].minutes_of)}; then: roadmap mark-read {name(paper)}. {paper.note}"
        ),
    )
    if paper.url:
        event.add("url", paper.url)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # reading does not make you busy
    return event


def _events(former: bytes) -> tuple[dict[str, "Event"], int]:
    """The events of a calendar of ours by their UID, and the SEQUENCE that new ones begin with.

    None of anything else, and 0.
    """
    from icalendar import Calendar

    if not is_ours(former):
        return {}, 0
    with suppress(LookupError, ValueError, TypeError, AttributeError, RecursionError):
        read = Calendar.from_ical(former)
        for event in read.events:
            event.subcomponents.clear()  # we write none
        events = {
            str(event["uid"]): event
            for event in sorted(read.events, key=_sequence)
            if str(event["uid"]).endswith(_OURS) and _ends(event) > date.min
        }
        return events, _number(read.get(_FIRST, 0))
    return {}, 0  # the library says in many ways that it cannot read something


def _ends(event: "Event") -> date:
    """The day after the last one of an event; raises as the library if it has none."""
    said: Any = event["dtend"]
    end: date = said.dt
    return end.date() if isinstance(end, datetime) else end


def _sequence(event: "Component") -> int:
    return _number(event.get("sequence", 0))


def _after(event: "Event") -> int:
    return min(_sequence(event) + 1, _MOST)


def _number(said: str | int) -> int:
    """A number as RFC 5545 has it; raises `ValueError` for what is none."""
    return min(max(int(said), 0), _MOST)


def _revised(
    event: "Event", former: "Event | None", now: datetime, first: int = 0
) -> "Event":
    """An event as the next revision of the former one; as that very one if it says the same.

    Without a former one it is the revision with the number `first`.
    """
    if former is not None and list(_said(event)) == list(_said(former)):
        return former
    event.add("sequence", first if former is None else _after(former))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    return event


def _said(event: "Event") -> Iterator[str]:
    """The lines of an event that are not about its revision."""
    for line in sorted(event.content_lines()):
        if not line.startswith(_REVISION):
            yield line


def _cancelled(event: "Event") -> "Event":
    """The same event, called off: a calendar that imports it takes it out."""
    cancelled = event.copy()
    for name in ("status", *_REVISION):
        cancelled.pop(name, None)
    cancelled.add("status", "CANCELLED")
    return cancelled


def _clean(text: str) -> str:
    """The text without control characters: the library lets some of them through."""
    return " ".join(text.translate(_UNWANTED).split())
