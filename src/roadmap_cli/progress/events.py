"""Progress as values: events, what each of them says, and the standings they lead to.

`replay` says what events mean together; `index.standings` looks the same up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.progress.clocks import Moment, stamp, utc

Command = tuple[str, datetime]
"""What names a command: the device, and the time that all of its events bear."""
Identity = tuple[datetime, str, int, str, str]
"""What makes two events the same one: time, device, position, paper and fields."""


class Event(NamedTuple):
    """Something the reader said, as one device wrote it down.

    `at` is in UTC; `position` counts the events of one command from 0; `paper` is a full
    name, or empty for an event about a command; `fields` holds what was said (`status`,
    `rating`, `on`, `undoes` …), unknown ones included. `offset` is how far the writer's clock
    was ahead of UTC, in whole minutes; nothing where only UTC was written.
    """

    at: datetime
    device: str
    position: int
    paper: str
    fields: Mapping[str, object]
    offset: timedelta | None = None

    @property
    def clock_time(self) -> datetime:
        """The time on the writer's clock; where only UTC was written, on the reader's."""
        return self.moment.clock_time

    @property
    def moment(self) -> Moment:
        """When it was said, and by which clock."""
        return Moment(self.at, self.offset)

    @property
    def day(self) -> date:
        """The day that it counts on: that of `clock_time`."""
        return self.moment.day

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
    """Where the reader is with one work, and its tags in alphabetical order."""

    status: Status = Status.TODO
    since: date | None = None
    rating: int | None = None
    tags: tuple[str, ...] = ()


class Aim(NamedTuple):
    """The full name of the paper, topic, area or catalogue that the reader wants to reach."""

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


def said_as_wish(query: str) -> tuple[str, dict[str, object]]:
    """The paper and the fields of the event that makes a query the wish; an empty one clears it."""
    return "", {"wish": query}


class Marks(NamedTuple):
    """The works that have each status; `told` are those of which anything was said at all."""

    read: Numbers = Numbers()
    reading: Numbers = Numbers()
    known: Numbers = Numbers()
    skipped: Numbers = Numbers()
    told: Numbers = Numbers()

    @property
    def settled(self) -> Numbers:
        """The works about which there is nothing left to do."""
        return self.read | self.known | self.skipped

    def status(self, number: int) -> Status:
        """The status of the work of this number."""
        if number not in self.told:
            return Status.TODO
        having = zip(_MARKED, self, strict=False)
        return next((status for status, some in having if number in some), Status.TODO)


_MARKED = (Status.READ, Status.READING, Status.KNOWN, Status.SKIPPED)


class Visit(NamedTuple):
    """A work being read or read, and since when."""

    work: str
    status: Status
    since: date | None


class Progress:
    """Where the reader is with everything, in memory.

    `trail` lists the works being read or read, by when that was said last; `aim` is the goal
    that was set last, if it was not cleared, `wish` the query that suggestions have to match,
    empty for anything. Where a journal could not be read it `is_complete` no more: then what has
    no standing may be anything.
    """

    def __init__(
        self,
        standings: Mapping[str, Standing] = MappingProxyType({}),
        trail: Sequence[str] = (),
        is_complete: bool = True,
        aim: Aim | None = None,
        wish: str = "",
    ) -> None:
        self._standings = standings
        self._trail = trail
        self._aim = aim
        self._wish = wish
        self.is_complete = is_complete
        self._marks: tuple[Library, Marks] | None = None

    def __eq__(self, other: object) -> bool:
        """Whether another says the same."""
        return isinstance(other, Progress) and self._said == other._said

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """What it says, as an expression."""
        return f"Progress{self._said}"

    @property
    def _said(self) -> tuple[object, ...]:
        standings = dict(self.standings)
        return (standings, tuple(self.trail), self.is_complete, self.aim, self.wish)

    @property
    def standings(self) -> Mapping[str, Standing]:
        """The standing of each work of which anything was said."""
        return self._standings

    @property
    def tagged(self) -> Mapping[str, Sequence[str]]:
        """The tags of each work that has any."""
        works = self.standings.items()
        return {work: standing.tags for work, standing in works if standing.tags}

    @property
    def tag_counts(self) -> Mapping[str, int]:
        """How many works have each tag."""
        counts: dict[str, int] = {}
        for tag in (tag for tags in self.tagged.values() for tag in tags):
            counts[tag] = counts.get(tag, 0) + 1
        return counts

    @property
    def unlisted(self) -> Mapping[str, Standing]:
        """The standing of each paper that no catalogue has, where these are kept apart."""
        return {}

    @property
    def trail(self) -> Sequence[str]:
        """The works being read or read, the one that was spoken of last at the end."""
        return self._trail

    @property
    def aim(self) -> Aim | None:
        """The goal."""
        return self._aim

    @property
    def wish(self) -> str:
        """The query that suggestions have to match; empty for anything."""
        return self._wish

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
        return [work for work, standing in works if standing.status is Status.READING]

    def latest(self) -> Iterator[Visit]:
        """The trail from its end: the work that was spoken of last comes first."""
        for work in reversed(self.trail):
            standing = self.of(work)
            yield Visit(work, standing.status, standing.since)

    def known_status(self, work: str) -> Status | None:
        """The status of a work, or nothing where an unread journal may say otherwise."""
        return self.status(work) if self.is_complete or work in self.standings else None

    def marks(self, library: Library) -> Marks:
        """The works of a library by their status, as sets that are counted in one step."""
        if self._marks is None or self._marks[0] is not library:
            numbers = ((library.positions.get(work), work) for work in self.standings)
            each = (
                (number, self.of(work))
                for number, work in numbers
                if number is not None
            )
            self._marks = library, marks_by(each)
        return self._marks[1]


def marks_by(standings: Iterable[tuple[int, Standing]]) -> Marks:
    """The works of these positions by the status of their standings."""
    found: dict[Status, list[int]] = {status: [] for status in Status}
    for number, standing in standings:
        found[standing.status].append(number)
    told = (number for some in found.values() for number in some)
    by_status = (Numbers.of(found[status]) for status in _MARKED)
    return Marks._make((*by_status, Numbers.of(told)))


_STATUSES = frozenset(status.value for status in Status)


def status_of(event: Event) -> Status | None:
    """The status that an event gives, if it gives one that there is."""
    said = event.fields.get("status")
    return Status(said) if isinstance(said, str) and said in _STATUSES else None


def rating_of(event: Event) -> int | None:
    """The rating that an event gives, 1 to 5, if it gives one."""
    said = event.fields.get("rating")
    return said if type(said) is int and 1 <= said <= 5 else None  # noqa: PLR2004 - stars


def tags_of(event: Event) -> Mapping[str, bool]:
    """The tags that an event puts on its paper (true) or takes off (false)."""
    said = event.fields.get("tags")
    if not isinstance(said, list | tuple):
        return {}
    from roadmap_cli.language.tags import signed  # most events have none

    return dict(filter(None, map(signed, said)))


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


def question_of(event: Event) -> str:
    """The full name of the question that an event is about; nothing if it is about none."""
    said = event.fields.get("question")
    return said if isinstance(said, str) else ""


def former_question(event: Event) -> str:
    """What the question of an event was called before, if the event says that it was renamed."""
    said = event.fields.get("was")
    return said if isinstance(said, str) and question_of(event) else ""


def words_of(event: Event) -> str:
    """The words of the question of an event, if the event tells them."""
    said = event.fields.get("ask")
    return said if isinstance(said, str) and question_of(event) else ""


def edited_catalogue(event: Event) -> str:
    """The id of the catalogue that a command edited; nothing if it edited none."""
    said = event.fields.get("catalogue")
    return said if isinstance(said, str) and not event.paper else ""


def since(event: Event) -> date | None:
    """The day since when a paper has the status that an event gives; nothing for `todo`."""
    if status_of(event) is Status.TODO:
        return None
    said = event.fields.get("on")
    return said if type(said) is date else event.day
