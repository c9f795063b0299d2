"""The events of all journals in SQLite: only what was appended is read anew.

`roadmap_cli.progress.events` says what events mean; here the same order is kept as text (`sort`),
so that the last word on each paper is found without telling the whole story again.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal import Torn, parse, parse_tail
from roadmap_cli.progress.clocks import stamp
from roadmap_cli.progress.events import (
    Aim,
    Command,
    Event,
    Identity,
    name_of,
    speaks_of_intent,
)
from roadmap_cli.store import database, version
from roadmap_cli.store.database import checksum
from roadmap_cli.store.events.rows import (
    INSERT,
    Said,
    aim_in,
    events_in,
    renew,
    row_of,
    said_in,
    wish_in,
)

_END = datetime.max.replace(tzinfo=UTC)
_BEHIND_ALL = "\U0010ffff"
_LIBRARIES = 4
"""Libraries of which it is kept how their works are marked; those kept first go first."""


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


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


def _digests(files: Iterable[Source]) -> dict[bytes, str] | None:
    """The digest of every file; nothing if one cannot be read, as asking it again will tell."""
    try:
        return {file.key: file.digest for file in files}
    except DataFileError:
        return None


class State(NamedTuple):
    """What could not be read of the journals: damaged ones, and ends that are not whole."""

    damages: tuple[DataFileError, ...]
    torn: tuple[Torn, ...]


class Marked(NamedTuple):
    """How the works of a library were marked after a change, and the papers of later ones."""

    change: int
    sets: bytes
    since: Sequence[str]


class EventIndex:
    """Answers questions about all events of a set of journal files."""

    def __init__(self, folder: Path, files: Sequence[Source]) -> None:
        self._path = folder / "events.sqlite"
        self.files = files
        self._program = version.number()
        try:
            self._use(database.connect(self._path))
        except (OSError, *database.DAMAGE) as error:
            database.drop_if_useless(self._path, error)
            self._use(_in_memory())

    def _use(self, connection: sqlite3.Connection) -> None:
        self._database = connection
        self._states: dict[object, str] = {}
        try:
            # Losing it costs a rebuild only.
            connection.execute("PRAGMA synchronous = OFF")
            self.state = self._update(self.files)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the database; there is nothing to ask any more."""
        self._database.close()

    def _start_over(self, error: Exception) -> None:
        """Go on without the cache: it does not say what was written to it."""
        self._database.close()
        database.drop_if_useless(self._path, error)
        self._use(_in_memory())

    @contextmanager
    def _steady(self) -> Iterator[None]:
        """See one state of the database within the block: the one that we left.

        Another process may since have put back what it had read earlier than we did.
        """
        self._database.execute("BEGIN")
        try:
            if self._known() != self._left:
                raise _overtaken()
            yield
        finally:
            self._database.execute("COMMIT")

    def _update(self, files: Sequence[Source]) -> State:
        damages: list[DataFileError] = []
        torn: list[Torn] = []
        self._recognize(files)
        self._left = self._known()
        if self._left is not None and self._left == _digests(files):
            self._remember(files)
            return State((), ())
        self._database.execute("BEGIN IMMEDIATE")
        known = self._known()
        if known is None:
            renew(self._database, self._program)
            known = {}
        self._papers: set[str] = set()
        changed = self._forget(set(known) - {file.key for file in files})
        for file in files:
            try:
                changed |= self._take(file, torn)
            except DataFileError as damage:
                changed |= self._forget({file.key})
                damages.append(damage)
        self._settle(is_about_others=changed)
        self._left = self._known()
        self._database.execute("COMMIT")
        return State(tuple(damages), tuple(torn))

    def _settle(self, *, is_about_others: bool) -> None:
        """Work out what the new events come to, for the papers that they are about."""
        from roadmap_cli.store.events import (
            settling,  # where nothing is new it is not needed
        )

        if is_about_others:
            self._papers |= settling.settle(self._database)
        settling.note(self._database, self._papers)

    def _recognize(self, files: Iterable[Source]) -> None:
        """Spare the files their digests that are as they were when we knew them."""
        try:
            query = "SELECT path, state, digest, length FROM file"
            rows = self._database.execute(query).fetchall()
        except sqlite3.OperationalError:  # no such table: a new database, or another's
            return
        known: dict[object, tuple[str, str, int]] = {
            path: (str(state), str(digest), length)
            for path, state, digest, length in rows
            if isinstance(length, int)
        }
        self._states = {path: state for path, (state, _, _) in known.items()}
        for file in files:
            state, digest, length = known.get(file.key, ("", "", 0))
            if file.state and file.state == state and digest:
                file.is_known_as(digest)
            else:
                file.has_grown_from(length)

    def _remember(self, files: Iterable[Source]) -> None:
        """Note in which state they are, once; it can wait if it cannot be written now."""
        new = [
            (file.state, file.key)
            for file in files
            if file.state != self._states.get(file.key)
        ]
        if new:
            with suppress(sqlite3.OperationalError):
                self._database.executemany(
                    "UPDATE file SET state = ? WHERE path = ?", new
                )

    def _known(self) -> dict[bytes, str] | None:
        """The files that were read whole, with their digests; nothing where we read none.

        What another version of the program derived from them is not ours.
        """
        if self._database.execute("PRAGMA user_version").fetchone() != (self._program,):
            return None
        try:
            return dict(self._database.execute("SELECT path, digest FROM file"))
        except sqlite3.OperationalError:
            return None

    def _forget(self, keys: Iterable[bytes]) -> bool:
        for path in keys:
            about = "SELECT DISTINCT paper FROM event WHERE path = ?"
            self._papers.update(
                paper for (paper,) in self._database.execute(about, (path,))
            )
            self._database.execute("DELETE FROM event WHERE path = ?", (path,))
            self._database.execute("DELETE FROM file WHERE path = ?", (path,))
        return bool(keys)

    def _take(self, file: Source, torn: list[Torn]) -> bool:
        """Read what is new of a file; tell whether what was there has to be settled anew."""
        query = "SELECT length, digest, device, goals FROM file WHERE path = ?"
        row = self._database.execute(query, (file.key,)).fetchone()
        if row and row[1] == file.digest:
            return False
        if row and tuple(map(type, row)) != (int, str, str, int):
            raise database.DamagedError
        if row and 0 < row[0] < len(file.contents) and file.digest_of(row[0]) == row[1]:
            known = partial(self._count, file.key)
            new = parse_tail(file.contents, row[0], row[2], known, path=file.path)
            if new:
                self._insert(file.key, new)
                goals = row[3] + sum(map(speaks_of_intent, new))
                self._note(file, row[2], file.digest, goals)
                from roadmap_cli.store.events.settling import concerns_others

                return concerns_others(self._database, new)
        parsed = parse(file.contents, path=file.path)
        self._forget({file.key})
        self._insert(file.key, parsed.events)
        if parsed.torn:
            torn.append(Torn(file.path, parsed.length, parsed.torn))
        digest = (
            "" if parsed.torn else file.digest
        )  # never taken for known while it is torn
        self._note(
            file, parsed.device, digest, sum(map(speaks_of_intent, parsed.events))
        )
        return True

    def _note(self, file: Source, device: str, digest: str, goals: int) -> None:
        row = (file.key, device, len(file.contents), digest, goals, file.state)
        insert = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)"
        self._database.execute(insert, row)

    def _count(self, key: bytes, command: Command) -> int:
        """How many events of a file are of a command, which bears the name of its device."""
        query = "SELECT count(*) FROM event WHERE at = ? AND +path = ?"
        values = (stamp(command[1]), key)
        return int(self._database.execute(query, values).fetchone()[0])

    def _insert(self, key: bytes, events: Sequence[Event]) -> None:
        self._papers.update(event.paper for event in events)
        self._database.executemany(INSERT, (row_of(key, event) for event in events))

    # Questions

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
    def aim(self) -> Aim | None:
        """The goal that was set last, if it was not cleared."""
        return aim_in(self._database)

    @_surely
    def wish(self) -> str:
        """The wish that was set last; empty if it was cleared."""
        return wish_in(self._database)

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
        """The first event of each of a device's commands, the newest first, and if it is undone."""
        seen: dict[Command, tuple[Event, bool]] = {}
        where = "device = ? AND position = 0 AND distrusts = '' ORDER BY sort DESC"
        for event, is_undone, _ in self._events(where, (device,)):
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


def _overtaken() -> sqlite3.Error:
    """As SQLite says that another process is at work: the file is sound, and stays."""
    error = sqlite3.OperationalError("another process wrote what it had read earlier")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error
