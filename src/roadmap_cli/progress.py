"""Progress as the fold of all events: what each work's status is, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from roadmap_cli.model import Library, Status


@dataclass(frozen=True, slots=True)
class Event:
    """Something the reader said, as one device wrote it down.

    `at` is in UTC and `position` is its place in the device's journal; `fields` holds what
    changed (`status`, `rating`, `on` …), unknown ones included.
    """

    at: datetime
    device: str
    position: int
    paper: str
    fields: Mapping[str, object]

    @property
    def order(self) -> tuple[datetime, str, int]:
        """The key of the total order, the same on every machine."""
        return (self.at, self.device, self.position)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader is with one work."""

    status: Status = Status.TODO
    since: date | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the reader is with everything.

    `trail` lists the works that were begun or read, in the order in which it was said; what
    was taken back is not in it.
    Where a journal could not be read it `is_complete` no more: then what has no standing may
    be anything.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    last: datetime | None = None
    is_complete: bool = True

    def of(self, work: str) -> Standing:
        """The standing of a work; untouched ones are `todo`."""
        return self.standings.get(work, Standing())

    def status(self, work: str) -> Status:
        """The status of a work; untouched ones are `todo`."""
        return self.of(work).status

    def known_status(self, work: str) -> Status | None:
        """The status of a work, or nothing where an unread journal may say otherwise."""
        return self.status(work) if self.is_complete or work in self.standings else None


_STATUSES = frozenset(status.value for status in Status)


def fold(
    events: Iterable[Event], library: Library, *, is_complete: bool = True
) -> Progress:
    """The state that a set of events describes, in whatever order they are handed in.

    Events about papers that no catalogue knows, and fields that this version does not
    know, change nothing here; they stay in the journal.
    """
    standings: dict[str, Standing] = {}
    trail: list[str] = []
    last: datetime | None = None
    for event in sorted(events, key=lambda event: event.order):
        work = library.answers_to(event.paper)
        if work is None:
            continue
        standings[work] = _after(standings.get(work, Standing()), event)
        if event.fields.get("status") in (Status.READING, Status.READ):
            trail.append(work)
        last = event.at
    kept = (work for work in trail if standings[work].status is not Status.TODO)
    return Progress(standings, tuple(kept), last, is_complete)


def _after(before: Standing, event: Event) -> Standing:
    after = before
    status = event.fields.get("status")
    if isinstance(status, str) and status in _STATUSES:
        said = event.fields.get("on")
        day = said if type(said) is date else event.at.astimezone().date()
        since = None if status == Status.TODO else day
        after = replace(after, status=Status(status), since=since)
    rating = event.fields.get("rating")
    if type(rating) is int and 1 <= rating <= 5:  # noqa: PLR2004 - stars
        after = replace(after, rating=rating)
    return after
