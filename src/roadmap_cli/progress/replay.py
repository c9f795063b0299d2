"""The progress that events lead to when all are told again: what else answers must say the same.

Events are a set: where they came from, in which order and how often, changes nothing. They
are told in a total order, the same on every machine: time, device, position. Three rules
go beyond "the last one wins":

* An event that is *undone* does not count. To undo is an event too (`undoes`), and can be
  undone itself, which is how a redo is written.
* An event whose time is *distrusted* (it came from a clock far ahead) counts as made when
  another device first noticed, right before what that device said then.
* A field that is not there says nothing, so a status and a rating never overwrite each other;
  nor does a tag that an event does not name.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.progress.events import (
    Aim,
    Command,
    Event,
    Identity,
    Progress,
    Standing,
    aim_of,
    rating_of,
    since,
    speaks_of_goal,
    status_of,
    tags_of,
)
from roadmap_cli.progress.settings import speaks_of_wish, wish_of

Key = tuple[Any, ...]
"""A place in the total order: a time, then for what was moved before that time 0 and its
number, then for its events 1 and which they are."""


def replay(
    events: Iterable[Event],
    library: Library,
    *,
    is_complete: bool = True,
    with_unlisted: bool = False,
) -> Progress:
    """The progress that a set of events leads to, in whatever order they are handed in.

    Events about papers that no catalogue knows, and fields that this version does not
    know, change nothing here; they stay in the journal. `with_unlisted` gives such papers a
    standing too, under the full names that the events have.
    """
    standings: dict[str, Standing] = {}
    trail: dict[str, None] = {}
    aim: Aim | None = None
    wish = ""
    for event in in_order(events):
        if speaks_of_goal(event):
            aim = aim_of(event)
        if speaks_of_wish(event):
            wish = wish_of(event)
        work = library.answers_to(event.paper)
        if work is None and with_unlisted:
            work = event.paper
        if not work or not _speaks_of_paper(event):
            continue
        standings[work] = _after(standings.get(work, Standing()), event)
        if status_of(event):
            trail.pop(work, None)
            if standings[work].status in (Status.READING, Status.READ):
                trail[work] = None
    return Progress(standings, tuple(trail), is_complete, aim, wish)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events that count, each once, as they are to be told."""
    each = each_once(events).values()
    moved = moved_keys(each)
    undone = undone_commands(each, moved)
    counting = (event for event in each if event.command not in undone)
    return sorted(counting, key=lambda event: place(event, moved))


def each_once(events: Iterable[Event]) -> dict[Identity, Event]:
    """The events by identity: of copies of one, that which tells the offset of its clock."""
    found: dict[Identity, Event] = {}
    for event in sorted(events, key=_telling):
        found[event.identity] = event
    return found


def _telling(event: Event) -> tuple[bool, timedelta]:
    return event.offset is not None, event.offset or timedelta()


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
        noticed = [
            target for by in noticing if by not in seen for target in distrusted[by]
        ]
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
        return iter(
            sorted(
                (command for command in commands if command[1] > at), key=_time_first
            )
        )

    waiting: list[tuple[Command | None, Iterator[Command]]] = [(None, ahead(noticed))]
    while waiting:
        command, before = waiting[-1]
        target = next((earlier for earlier in before if earlier not in seen), None)
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
    """The place of a command among all: its time, unless that is distrusted."""
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
        takers, key=lambda taker: (*key_of(taker, moved), 1, taker), reverse=True
    ):
        if any(taker not in undone for taker in takers[target]):
            undone.add(target)
    return undone


def _speaks_of_paper(event: Event) -> bool:
    return bool(status_of(event) or rating_of(event) or tags_of(event))


def _after(before: Standing, event: Event) -> Standing:
    after = before
    status = status_of(event)
    if status is not None:
        after = after._replace(status=status, since=since(event))
    rating = rating_of(event)
    if rating is not None:
        after = after._replace(rating=rating)
    said = tags_of(event)
    return after._replace(tags=_tags_after(before.tags, said)) if said else after


def _tags_after(before: Iterable[str], said: Mapping[str, bool]) -> tuple[str, ...]:
    has = {**dict.fromkeys(before, True), **said}
    return tuple(sorted(tag for tag, is_on in has.items() if is_on))
