"""What is asked of the events of all journals, and answered from their database."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from roadmap_cli.progress.clocks import end_of, stamp
from roadmap_cli.progress.events import (
    Command,
    Event,
    Identity,
    name_of,
)
from roadmap_cli.progress.settings import SEEN
from roadmap_cli.store import database
from roadmap_cli.store.database import checksum
from roadmap_cli.store.events.rows import ANY_DUE, Said, events_in, said_in
from roadmap_cli.store.events.upkeep import KeptEvents

if TYPE_CHECKING:
    from roadmap_cli.progress.reviews import Recall

_END = datetime.max.replace(tzinfo=UTC)
_BEHIND_ALL = "\U0010ffff"
_LIBRARIES = 4
"""Libraries of which it is kept how their works are marked; those kept first go first."""


_P = ParamSpec("_P")
_T = TypeVar("_T")
_Question = Callable[Concatenate["EventIndex", _P], _T]


def _surely(question: _Question[_P, _T]) -> _Question[_P, _T]:
    """Ask once more without the cache if its database turns out to be damaged."""

    @wraps(question)
    def asked(index: "EventIndex", /, *values: _P.args, **named: _P.kwargs) -> _T:
        try:
            with index._steady():  # noqa: SLF001 - part of the class, written outside it
                return question(index, *values, **named)
        except database.DAMAGE as error:
            index._start_over(error)  # noqa: SLF001
            return question(index, *values, **named)

    return asked


class Marked(NamedTuple):
    """How the works of a library were marked after a change, and the papers of later ones."""

    change: int
    sets: bytes
    since: Sequence[str]


class EventIndex(KeptEvents):
    """Answers questions about all events of a set of journal files."""

    @_surely
    def said(self, papers: Iterable[str]) -> list[Said]:
        """The last words on each of these papers of which anything was said."""
        names = json.dumps([*papers])
        return self._said("paper IN (SELECT value FROM json_each(?))", names)

    @_surely
    def all_said(self) -> list[Said]:
        """The last words on every paper of which anything was said."""
        return self._said("true")

    @_surely
    def tagged(self) -> list[Said]:
        """The last words on every paper of whose tags anything was said."""
        return self._said("tags != ''")

    def _said(self, where: str, *values: object) -> list[Said]:
        found = said_in(self._database, where, *values)
        return [words for words in found if words.told or words.rated or words.tags]

    @_surely
    def last_read(self, count: int, before: str = "") -> list[Said]:
        """The papers being read or read, the one that was spoken of last first.

        `before` is the place from which to go on, towards earlier ones.
        """
        where = "status IN ('reading', 'read') AND told < ? ORDER BY told DESC LIMIT ?"
        return list(said_in(self._database, where, before or _BEHIND_ALL, count))

    @_surely
    def marks(self, library: str) -> "Marked":
        """How the works of a library were marked when that was kept last, and what came since."""
        query = "SELECT change, sets, seal FROM marks WHERE library = ?"
        row = self._database.execute(query, (library,)).fetchone()
        if row and row[2] != checksum(library, *row[:2]):
            raise database.DamagedError
        change, sets = row[:2] if row else (0, b"")
        new = "SELECT change, paper FROM said WHERE change > ?"
        since = self._database.execute(new, (change,)).fetchall()
        last = max((number for number, _ in since), default=change)
        return Marked(last, sets, [paper for _, paper in since])

    def keep_marks(self, library: str, change: int, sets: bytes) -> None:
        """Keep how the works of a library are marked; where that cannot be, it can wait."""
        row = (library, change, sets, checksum(library, change, sets))
        with suppress(sqlite3.OperationalError):
            insert = "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)"
            self._database.execute(insert, row)
            old = "SELECT rowid FROM marks ORDER BY rowid DESC LIMIT -1 OFFSET ?"
            thin_out = f"DELETE FROM marks WHERE rowid IN ({old})"
            self._database.execute(thin_out, (_LIBRARIES,))

    @_surely
    def settings(self) -> list[Event]:
        """The events that set something for all that follows and count, the newest first."""
        # All of them, and counted: one that a damaged index leaves out would not be missed.
        found = list(self._events("setting IS NOT NULL ORDER BY sort DESC", ()))
        total = "SELECT total(settings) FROM file"
        if len(found) != self._database.execute(total).fetchone()[0]:
            raise database.DamagedError
        return [event for event, is_undone, _ in found if not is_undone]

    @_surely
    def recalls(self, names: Sequence[str] | None = None) -> dict[str, "Recall"]:
        """What is remembered of these questions, or of all, of which anything was said."""
        from roadmap_cli.store.events import memories

        return memories.kept(self._database, names)

    @_surely
    def recall(self, names: Sequence[str]) -> "Recall":
        """What the events come to that are about a question under any of these names.

        And under those that it had before these, as events say.
        """
        from roadmap_cli.store.events import memories

        return memories.told(self._database, memories.former(self._database, names))

    @_surely
    def due(self, today: date) -> Sequence[str]:
        """The questions that are asked again today, a hundred at most: the longest due first."""
        if not self._database.execute(ANY_DUE, (stamp(end_of(today)),)).fetchone():
            return ()
        from roadmap_cli.store.events import memories

        return memories.due(self._database, today)

    @_surely
    def answered_on(self, today: date) -> int:
        """How many questions were answered last today."""
        from roadmap_cli.store.events import memories

        return memories.answered_on(self._database, today)

    @_surely
    def questions_told(self) -> list[str]:
        """The questions of which anything was said, without those that were renamed since."""
        from roadmap_cli.store.events import memories

        return memories.names(self._database)

    @_surely
    def renamings(self) -> dict[str, str]:
        """What questions were called before they were renamed, by their later names."""
        from roadmap_cli.store.events import memories

        return memories.renamings(self._database)

    @_surely
    def asked(self, questions: Sequence[str]) -> dict[str, str]:
        """The words of these questions when they were answered last, where events tell them."""
        from roadmap_cli.store.events import memories

        return memories.words(self._database, questions)

    @_surely
    def latest(self, before: datetime = _END) -> datetime | None:
        """The latest time that any event bears, or any of those up to a given one."""
        rows = self._events("at <= ? ORDER BY at DESC LIMIT 1", (stamp(before),))
        return next((event.at for event, _, _ in rows), None)

    @_surely
    def commands_after(self, at: datetime) -> list[Command]:
        """The commands whose time is after this one and not distrusted yet."""
        rows = self._events("+clamped = 0 AND at > ? ORDER BY at", (stamp(at),))
        return list(dict.fromkeys(event.command for event, _, _ in rows))

    @_surely
    def last_after(self, at: datetime) -> list[Command]:
        """Of each device that has any of these commands the last one, the newest first."""
        devices = "SELECT DISTINCT device FROM event WHERE at > ?"
        found: list[Command] = []
        for (device,) in self._database.execute(devices, (stamp(at),)).fetchall():
            last = "device = ? AND +clamped = 0 AND at > ? ORDER BY at DESC LIMIT 1"
            rows = self._events(last, (device, stamp(at)))
            found += [event.command for event, _, _ in rows]
        return sorted(found, key=lambda last: last[1], reverse=True)

    @_surely
    def commands_of(self, device: str) -> list[tuple[Event, bool]]:
        """The first event of each of a device's commands, the newest first, and if it is undone.

        That news was read is none: nobody means to take that back.
        """
        seen: dict[Command, tuple[Event, bool]] = {}
        said = "device = ? AND position = 0 AND distrusts = '' AND setting IS NOT ?"
        where = f"{said} ORDER BY sort DESC"
        for event, is_undone, _ in self._events(where, (device, SEEN)):
            seen.setdefault(event.command, (event, is_undone))
        return list(seen.values())

    @_surely
    def of_command(self, command: Command) -> list[Event]:
        """The events of a command, in their order."""
        device, at = name_of(command).rsplit("@", 1)
        found = self._events("device = ? AND at = ? ORDER BY position", (device, at))
        return list({event.identity: event for event, _, _ in found}.values())

    @_surely
    def story(self) -> list[tuple[Event, bool]]:
        """Every event, the newest first, and whether it is undone."""
        told: dict[Identity, tuple[Event, bool]] = {}
        for event, is_undone, _ in self._events("true ORDER BY sort DESC", ()):
            told.setdefault(event.identity, (event, is_undone))
        return list(told.values())

    def _events(
        self, where: str, values: Sequence[object]
    ) -> Iterator[tuple[Event, bool, str]]:
        return events_in(self._database, where, values)
