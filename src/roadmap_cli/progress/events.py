"""Progress as the fold of all events: what each work's status is, and since when.

Events are a set: where they came from, in which order and how often, changes nothing. They
are told in a total order, the same on every machine: time, device, position. Three rules
go beyond "the last one wins":

* An event that is *undone* does not count. To undo is an event too (`undoes`), and can be
  undone itself, which is how a redo is written.
* An event whose time is *distrusted* (it came from a clock far ahead) counts as made when
  another device first noticed, right before what that device said then.
* A field that is not there says nothing, so a status and a rating never overwrite each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status

Command = tuple[str, datetime]
"""What names a command: the device, and the time that all of its events bear."""
Identity = tuple[datetime, str, int, str, str]
"""What makes two events the same one: time, device, position, paper and fields."""
Key = tuple[Any, ...]
"""A place in the total order: a time, then for what was moved before that time 0 and its
number, then for its events 1 and which they are."""


class Event(NamedTuple):
    """Something the reader said, as one device wrote it down.

    `at` is in UTC; `position` counts the events of one command from 0; `paper` is a full
    name, or empty for an event about a command; `fields` holds what was said (`status`,
    `rating`, `on`, `undoes` …), unknown ones included.
    """

    at: datetime
    device: str
    position: int
    paper: str
    fields: Mapping[str, object]

    @property
    def command(self) -> Command:
        """The command that this event is part of."""
        return (self.device, self.at)

    @property
    def identity(self) -> Identity:
        """What makes two events the same one, and settles their order if nothing else does."""
        return (
            self.at,
            self.device,
            self.position,
            self.paper,
            repr(sorted(self.fields.items())),
        )

    @property
    def undoes(self) -> Command | None:
        """The command that this event takes back."""
        return read_command(self.fields.get("undoes"))

    @property
    def distrusts(self) -> Command | None:
        """The command whose time this event says cannot be."""
        return read_command(self.fields.get("distrusts"))


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


def local_day(at: datetime) -> date:
    """The day that a time falls on where the reader is.

    It is the day of the time as it is given where the system cannot tell: `TZ` is a day or more
    from UTC, or the time is at the ends of the calendar.
    """
    try:
        return at.astimezone().date()
    except (OverflowError, ValueError, OSError):
        return at.date()


def stamp(at: datetime) -> str:
    """A time as it is written: UTC with microseconds, so that texts sort as times do."""
    return utc(at).isoformat(timespec="microseconds").replace("+00:00", "Z")


def name_of(command: Command) -> str:
    """A command as events refer to it: `device@time`."""
    return f"{command[0]}@{stamp(command[1])}"


def read_command(text: object) -> Command | None:
    """The command that a reference names, or nothing if it is none."""
    if not isinstance(text, str):
        return None
    device, _, at = text.rpartition("@")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (device, utc(when)) if when.tzinfo else None


class Standing(NamedTuple):
    """Where the reader is with one work."""

    status: Status = Status.TODO
    since: date | None = None
    rating: int | None = None


class Aim(NamedTuple):
    """The full name of the paper, or of the topic or area, that the reader wants to reach."""

    paper: str = ""
    topic: str = ""

    @property
    def said(self) -> tuple[str, dict[str, object]]:
        """The paper and the fields of the event that makes this the goal."""
        if self.topic:
            return "", {"goal": True, "topic": self.topic}
        return self.paper, {"goal": True}


NO_AIM: tuple[str, dict[str, object]] = ("", {"goal": False})
"""The paper and the fields of the event that clears the goal."""


class Progress(NamedTuple):
    """Where the reader is with everything.

    `trail` lists the works being read or read, by when that was said last; `aim` is the goal
    that was set last, if it was not cleared. Where a journal could not be read it
    `is_complete` no more: then what has no standing may be anything.
    """

    standings: Mapping[str, Standing] = MappingProxyType({})
    trail: Sequence[str] = ()
    is_complete: bool = True
    aim: Aim | None = None

    def of(self, work: str) -> Standing:
        """The standing of a work; untouched ones are `todo`."""
        return self.standings.get(work, Standing())

    def status(self, work: str) -> Status:
        """The status of a work; untouched ones are `todo`."""
        return self.of(work).status

    @property
    def begun(self) -> list[str]:
        """The works being read, in no particular order."""
        works = self.standings.items()
        return [work for work, one in works if one.status is Status.READING]

    def look_up(self, works: Iterable[str]) -> None:
        """Get ready to be asked about these: here everything is known already."""

    def known_status(self, work: str) -> Status | None:
        """The status of a work, or nothing where an unread journal may say otherwise."""
        return self.status(work) if self.is_complete or work in self.standings else None


_STATUSES = frozenset(status.value for status in Status)


def fold(
    events: Iterable[Event],
    library: Library,
    *,
    is_complete: bool = True,
    with_unlisted: bool = False,
) -> Progress:
    """The state that a set of events describes, in whatever order they are handed in.

    Events about papers that no catalogue knows, and fields that this version does not
    know, change nothing here; they stay in the journal. `with_unlisted` gives such papers a
    standing too, under the full names that the events have.
    """
    ordered = in_order(events)
    return tell(ordered, library, is_complete=is_complete, with_unlisted=with_unlisted)


def tell(
    events: Iterable[Event],
    library: Library,
    *,
    is_complete: bool = True,
    with_unlisted: bool = False,
) -> Progress:
    """The state that events in their order lead to, as `in_order` gives them; else as `fold`."""
    standings: dict[str, Standing] = {}
    trail: dict[str, None] = {}
    aim: Aim | None = None
    for event in events:
        if speaks_of_goal(event):
            aim = aim_of(event)
        work = library.answers_to(event.paper)
        if work is None and with_unlisted:
            work = event.paper
        if not work or not (status_of(event) or rating_of(event)):
            continue
        standings[work] = _after(standings.get(work, Standing()), event)
        if status_of(event):
            trail.pop(work, None)
            if standings[work].status in (Status.READING, Status.READ):
                trail[work] = None
    return Progress(standings, tuple(trail), is_complete, aim)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events that count, each once, as they are to be told."""
    each = {event.identity: event for event in events}.values()
    moved = moved_keys(each)
    undone = undone_commands(each, moved)
    counting = (event for event in each if event.command not in undone)
    return sorted(counting, key=lambda event: place(event, moved))


def moved_keys(events: Iterable[Event]) -> dict[Command, Key]:
    """The places of the commands whose time is distrusted: right before who noticed first.

    Who noticed may be moved too, by somebody whose clock is further back. What was moved before
    the same time is numbered in the order in which it is told.
    """
    distrusted: dict[Command, set[Command]] = {}
    for event in events:
        if target := event.distrusts:
            distrusted.setdefault(event.command, set()).add(target)
    moved: dict[Command, Key] = {}
    seen: set[Command] = set()
    for at, noticing in groupby(sorted(distrusted, key=_time_of), key=_time_of):
        noticed = [one for by in noticing if by not in seen for one in distrusted[by]]
        for command in _moved_before(at, noticed, distrusted, seen):
            moved[command] = (at, 0, len(moved))
    return moved


def _moved_before(
    at: datetime,
    noticed: Iterable[Command],
    distrusted: Mapping[Command, Iterable[Command]],
    seen: set[Command],
) -> Iterator[Command]:
    """The commands that move before this time, each behind those that it distrusts itself.

    Only what is ahead of that time moves. `seen` are those that are moved already.
    """

    def ahead(commands: Iterable[Command]) -> Iterator[Command]:
        return iter(sorted((one for one in commands if one[1] > at), key=_time_first))

    waiting: list[tuple[Command | None, Iterator[Command]]] = [(None, ahead(noticed))]
    while waiting:
        command, before = waiting[-1]
        target = next((one for one in before if one not in seen), None)
        if target is not None:
            seen.add(target)
            waiting.append((target, ahead(distrusted.get(target, ()))))
            continue
        waiting.pop()
        if command is not None:
            yield command


def _time_of(command: Command) -> datetime:
    return command[1]


def _time_first(command: Command) -> tuple[datetime, str]:
    return command[1], command[0]


def key_of(command: Command, moved: Mapping[Command, Key]) -> Key:
    """The place of a command among all: its time, if nobody distrusts it."""
    return moved.get(command, (command[1],))


def place(event: Event, moved: Mapping[Command, Key]) -> Key:
    """The place of an event in the total order, as something to sort by."""
    return (*key_of(event.command, moved), 1, event.identity)


def undone_commands(
    events: Iterable[Event], moved: Mapping[Command, Key]
) -> set[Command]:
    """The commands that are taken back, and not given again."""
    takers: dict[Command, set[Command]] = {}
    for event in events:
        if event.undoes:
            takers.setdefault(event.undoes, set()).add(event.command)
    undone: set[Command] = set()
    # Whoever takes back comes later, so by then it is known whether that still holds.
    for target in sorted(
        takers, key=lambda one: (*key_of(one, moved), 1, one), reverse=True
    ):
        if any(taker not in undone for taker in takers[target]):
            undone.add(target)
    return undone


def status_of(event: Event) -> Status | None:
    """The status that an event gives, if it gives one that there is."""
    said = event.fields.get("status")
    return Status(said) if isinstance(said, str) and said in _STATUSES else None


def rating_of(event: Event) -> int | None:
    """The rating that an event gives, 1 to 5, if it gives one."""
    said = event.fields.get("rating")
    return said if type(said) is int and 1 <= said <= 5 else None  # noqa: PLR2004 - stars


def speaks_of_goal(event: Event) -> bool:
    """Whether an event sets the goal (`goal = true`, a paper or a topic) or clears it (`false`)."""
    said = event.fields.get("goal")
    return said is False or (said is True and aim_of(event) is not None)


def aim_of(event: Event) -> Aim | None:
    """What an event makes the goal; nothing if it clears it."""
    if event.fields.get("goal") is not True:
        return None
    topic = event.fields.get("topic")
    if isinstance(topic, str) and topic:
        return Aim(topic=topic)
    return Aim(paper=event.paper) if event.paper else None


def _after(before: Standing, event: Event) -> Standing:
    after = before
    status = status_of(event)
    if status is not None:
        said = event.fields.get("on")
        day = said if type(said) is date else local_day(event.at)
        after = after._replace(
            status=status, since=None if status is Status.TODO else day
        )
    rating = rating_of(event)
    return after if rating is None else after._replace(rating=rating)
