"""Times as clocks show them: the instant in UTC, and the day where somebody is.

A time that a reader said something at is kept with the offset of the clock that showed it, so that
its day stays what it was wherever it is looked at.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple, Self

_FIRST, _LAST = (edge.replace(tzinfo=UTC) for edge in (datetime.min, datetime.max))  # noqa: DTZ901 - made aware here

_EARLIEST, _LATEST = (
    datetime(1000, 1, 1, tzinfo=UTC),
    datetime(9000, 12, 31, tzinfo=UTC),
)


def utc(at: datetime) -> datetime:
    """A time in UTC; the first and the last that there is for those beyond."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return _FIRST if at.year == 1 else _LAST


def believable(at: datetime) -> datetime:
    """What a clock says, or the nearest time with which days and years can be reckoned."""
    return min(max(at, _EARLIEST), _LATEST)


def local(at: datetime) -> datetime:
    """A time as clocks show it where the reader is.

    It is the time as it is given where the system cannot tell: `TZ` is a day or more from UTC,
    or the time is at the ends of the calendar.
    """
    try:
        return at.astimezone()
    except (OverflowError, ValueError, OSError):
        return at


def local_day(at: datetime) -> date:
    """The day that a time falls on where the reader is."""
    return local(at).date()


def end_of(day: date) -> datetime:
    """When a day ends where the reader is, in UTC; a day later where the system cannot tell."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    try:
        return midnight.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return midnight.replace(tzinfo=UTC) + timedelta(days=1)


def local_offset(at: datetime) -> timedelta:
    """How far the reader's clock is ahead of UTC at a time, in whole minutes as TOML has them.

    Of a zone with seconds it is the minute with which the day stays the same.
    """
    minute = timedelta(minutes=1)
    exact = local(at).utcoffset() or timedelta()
    offset = exact // minute * minute
    is_same = shifted(at, offset).date() == local_day(at)
    return offset if is_same else offset + minute


def shifted(at: datetime, offset: timedelta) -> datetime:
    """A time as a clock shows it that is so far ahead of UTC; in UTC beyond the calendar."""
    try:
        return at.astimezone(timezone(offset))
    except OverflowError:
        return at


def stamp(at: datetime) -> str:
    """A time in UTC with microseconds, so that texts sort as times do; it ends with `Z`."""
    return utc(at).isoformat(timespec="microseconds").replace("+00:00", "Z")


def written(at: datetime, offset: timedelta | None) -> str:
    """A time as journals have it: on the writer's clock with its offset from UTC.

    `Z` says that no more than UTC is known, and `+00:00` that the clock showed UTC (RFC 9557).
    """
    if offset is None:
        return stamp(at)
    return shifted(at, offset).isoformat(timespec="microseconds")


class Moment(NamedTuple):
    """A time in UTC, and how far the clock was ahead that showed it, if that is known."""

    at: datetime
    offset: timedelta | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """The moment of a text that is as `written` makes them."""
        at = datetime.fromisoformat(text)
        return cls(at.astimezone(UTC), None if text.endswith("Z") else at.utcoffset())

    @property
    def clock_time(self) -> datetime:
        """The time on that clock; where it is not known, on the reader's."""
        return local(self.at) if self.offset is None else shifted(self.at, self.offset)

    @property
    def day(self) -> date:
        """The day that it counts on."""
        return self.clock_time.date()


def on_the_day(
    now: datetime, at: datetime, fields: Mapping[str, object]
) -> Mapping[str, object]:
    """The fields of a mark made now, with its true day where its time `at` is of another."""
    today = local_day(now)
    is_moved = "status" in fields and local_day(at) != today
    return {**fields, "on": fields.get("on", today)} if is_moved else fields
