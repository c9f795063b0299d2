"""The events of all journals in SQLite: only what was appended is read anew.

`roadmap_cli.progress.events` says what events mean; here the same order is kept as text (`sort`),
so that the last word on each paper is found without telling the whole story again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial, wraps
from itertools import islice
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal import Torn, parse, parse_tail
from roadmap_cli.progress.events import (
    Command,
    Event,
    Identity,
    name_of,
    speaks_of_goal,
    stamp,
)
from roadmap_cli.store import database, version
from roadmap_cli.store.events.rows import (
    BEGUN,
    COLUMNS,
    INSERT,
    event_of,
    renew,
    row_of,
    seal,
)
from roadmap_cli.store.events.settling import concerns_others, settle

DAMAGE = (
    OSError, sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, IndexError,
)  # fmt: skip
"""What asking a damaged database raises, depending on where the damage is."""
_END = datetime.max.replace(tzinfo=UTC)
_AT_ONCE = 500
"""Papers that are looked up together."""
_BEHIND_ALL = "\U0010ffff"


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
        except DAMAGE as error:
            index._start_over(error)  # noqa: SLF001
            return question(index, *values, **named)

    return asked


def _digests(files: Iterable[Source]) -> dict[bytes, str] | None:
    """The digest of every file; nothing if one cannot be read, as asking it again will tell."""
    try:
        return {one.key: one.digest for one in files}
    except DataFileError:
        return None


class State(NamedTuple):
    """What could not be read of the journals: damaged ones, and ends that are not whole."""

    damages: tuple[DataFileError, ...]
    torn: tuple[Torn, ...]


class EventIndex:
    """Answers questions about all events of a set of journal files."""

    def __init__(self, folder: Path, files: Sequence[Source]) -> None:
        self._path = folder / "events.sqlite"
        self.files = files
        self._program = version.number()
        try:
            self._use(database.connect(self._path))
        except DAMAGE as error:
            database.drop_if_useless(self._path, error)
            self._use(_in_memory())

    def _use(self, connection: sqlite3.Connection) -> None:
        self._database = connection
        self._states: dict[bytes, str] = {}
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
        changed = self._forget(set(known) - {one.key for one in files})
        for one in files:
            try:
                changed |= self._take(one, torn)
            except DataFileError as damage:
                changed |= self._forget({one.key})
                damages.append(damage)
        if changed:
            settle(self._database)
        self._left = self._known()
        self._database.execute("COMMIT")
        return State(tuple(damages), tuple(torn))

    def _recognize(self, files: Iterable[Source]) -> None:
        """Spare the files their digests that are as they were when we knew them."""
        try:
            query = "SELECT path, state, digest, length FROM file"
            known = {path: row for path, *row in self._database.execute(query)}
        except sqlite3.OperationalError:
            return
        self._states = {path: state for path, (state, _, _) in known.items()}
        for one in files:
            state, digest, length = known.get(one.key, ("", "", 0))
            if one.state and one.state == state and digest:
                one.is_known_as(digest)
            elif isinstance(length, int):  # a damaged database may say anything
                one.has_grown_from(length)

    def _remember(self, files: Iterable[Source]) -> None:
        """Note in which state they are, once; it can wait if it cannot be written now."""
        new = [
            (one.state, one.key)
            for one in files
            if one.state != self._states.get(one.key)
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
            self._database.execute("DELETE FROM event WHERE path = ?", (path,))
            self._database.execute("DELETE FROM file WHERE path = ?", (path,))
        return bool(keys)

    def _take(self, file: Source, torn: list[Torn]) -> bool:
        """Read what is new of a file; tell whether what was there has to be settled anew."""
        query = "SELECT length, digest, device, goals FROM file WHERE path = ?"
        row = self._database.execute(query, (file.key,)).fetchone()
        if row and row[1] == file.digest:
            return False
        if row and 0 < row[0] < len(file.contents) and file.digest_of(row[0]) == row[1]:
            known = partial(self._count, file.key)
            new = parse_tail(file.contents, row[0], row[2], known, path=file.path)
            if new:
                self._insert(file.key, new)
                goals = row[3] + sum(map(speaks_of_goal, new))
                self._note(file, row[2], file.digest, goals)
                return concerns_others(self._database, new)
        parsed = parse(file.contents, path=file.path)
        self._forget({file.key})
        self._insert(file.key, parsed.events)
        if parsed.torn:
            torn.append(Torn(file.path, parsed.length, parsed.torn))
        digest = (
            "" if parsed.torn else file.digest
        )  # never taken for known while it is torn
        self._note(file, parsed.device, digest, sum(map(speaks_of_goal, parsed.events)))
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

    def _insert(self, key: bytes, events: Iterable[Event]) -> None:
        self._database.executemany(INSERT, (row_of(key, event) for event in events))

    # Questions

    @_surely
    def last_words(self, papers: Iterable[str] | None = None) -> list[Event]:
        """The events that decide, in order: each paper's last status and rating, and the goal.

        Told in this order they give the same state as all events together.
        """
        found = self._words_on(self._papers() if papers is None else papers)
        found |= self._words_on_goal()
        return [found[sort] for sort in sorted(found)]

    @_surely
    def words_on(self, papers: Iterable[str]) -> list[Event]:
        """The events that decide on papers, in order: the last status and rating of each."""
        found = self._words_on(papers)
        return [found[sort] for sort in sorted(found)]

    def _words_on(self, papers: Iterable[str]) -> dict[str, Event]:
        found: dict[str, Event] = {}
        names = iter(papers)
        while some := list(islice(names, _AT_ONCE)):
            for field in ("status", "rating"):
                found |= self._last_words(some, field)
        return found

    def _last_words(
        self, papers: Sequence[str], field: str
    ) -> Iterator[tuple[str, Event]]:
        """The last event of each paper that gives the field and is not undone, and its place."""
        asked = ", ".join(["(?)"] * len(papers))
        # A damaged index of SQLite may lead nowhere, or to another paper: then the row is empty.
        latest = f"""(SELECT column1 AS name, (
            SELECT rowid FROM event AS said WHERE said.paper = asked.column1
            AND said.{field} IS NOT NULL ORDER BY said.sort DESC LIMIT 1
            ) AS place FROM (VALUES {asked}) AS asked)
            LEFT JOIN event ON event.rowid = place AND event.paper = name"""
        of_one = f"paper = ? AND {field} IS NOT NULL ORDER BY sort DESC"
        found = self._sealed("place IS NOT NULL", papers, latest)
        for last, is_last_undone, place in found:
            if not is_last_undone:
                yield place, last
                continue
            for event, is_undone, sort in self._sealed(of_one, (last.paper,)):
                if not is_undone:
                    yield sort, event
                    break

    def _words_on_goal(self) -> dict[str, Event]:
        # All of them, and counted: one that a damaged index leaves out would not be missed.
        goals = list(self._sealed("goal IS NOT NULL ORDER BY sort DESC", ()))
        count = self._database.execute("SELECT total(goals) FROM file").fetchone()[0]
        if len(goals) != count:
            raise _stale()
        for event, is_undone, sort in goals:
            if not is_undone:
                return {sort: event}
        return {}

    def _papers(self) -> list[str]:
        """Every paper that an event is about, leaping from one to the next in the index."""
        query = """WITH RECURSIVE leap(paper) AS (
                       SELECT min(paper) FROM event
                       UNION ALL
                       SELECT (SELECT min(paper) FROM event WHERE paper > leap.paper)
                       FROM leap WHERE leap.paper IS NOT NULL)
                   SELECT paper FROM leap WHERE paper != ''"""
        return [paper for (paper,) in self._database.execute(query)]

    @_surely
    def spoken_of(self, count: int, before: str | None) -> list[tuple[str, str, bool]]:
        """The papers of the last events that give a status, their places, if they are undone.

        `before` is the place from which to go on, towards earlier ones.
        """
        where = "status IS NOT NULL AND sort < ? ORDER BY sort DESC LIMIT ?"
        rows = self._sealed(where, (before or _BEHIND_ALL, count))
        return [(event.paper, sort, is_undone) for event, is_undone, sort in rows]

    @_surely
    def begun(self) -> list[str]:
        """The papers that may be being read: the last word on their status says so."""
        return [paper for (paper,) in self._database.execute(BEGUN)]

    @_surely
    def latest(self, before: datetime = _END) -> datetime | None:
        """The latest time that any event bears, or any of those up to a given one."""
        rows = self._sealed("at <= ? ORDER BY at DESC LIMIT 1", (stamp(before),))
        return next((event.at for event, _, _ in rows), None)

    @_surely
    def commands_after(self, at: datetime) -> list[Command]:
        """The commands whose time is after this one and not distrusted yet."""
        rows = self._sealed("+clamped = 0 AND at > ? ORDER BY at", (stamp(at),))
        return list(dict.fromkeys(event.command for event, _, _ in rows))

    @_surely
    def last_after(self, at: datetime) -> list[Command]:
        """Of each device that has any of these commands the last one, the newest first."""
        devices = "SELECT DISTINCT device FROM event WHERE at > ?"
        found: list[Command] = []
        for (device,) in self._database.execute(devices, (stamp(at),)).fetchall():
            last = "device = ? AND +clamped = 0 AND at > ? ORDER BY at DESC LIMIT 1"
            rows = self._sealed(last, (device, stamp(at)))
            found += [event.command for event, _, _ in rows]
        return sorted(found, key=lambda one: one[1], reverse=True)

    @_surely
    def commands_of(self, device: str) -> list[tuple[Event, bool]]:
        """The first event of each of a device's commands, the newest first, and if it is undone."""
        seen: dict[Command, tuple[Event, bool]] = {}
        where = "device = ? AND position = 0 AND distrusts = '' ORDER BY sort DESC"
        for event, is_undone, _ in self._sealed(where, (device,)):
            seen.setdefault(event.command, (event, is_undone))
        return list(seen.values())

    @_surely
    def of_command(self, command: Command) -> list[Event]:
        """The events of a command, in their order."""
        device, at = name_of(command).rsplit("@", 1)
        found = self._sealed("device = ? AND at = ? ORDER BY position", (device, at))
        return list({event.identity: event for event, _, _ in found}.values())

    @_surely
    def story(self) -> list[tuple[Event, bool]]:
        """Every event, the newest first, and whether it is undone."""
        told: dict[Identity, tuple[Event, bool]] = {}
        for event, is_undone, _ in self._sealed("true ORDER BY sort DESC", ()):
            told.setdefault(event.identity, (event, is_undone))
        return list(told.values())

    def _sealed(
        self, where: str, values: Sequence[object], rows_of: str = "event"
    ) -> Iterator[tuple[Event, bool, str]]:
        """Events of rows that are as we wrote them, whether they are undone, and their place."""
        query = f"SELECT sort, seal, undone, {COLUMNS} FROM {rows_of} WHERE {where}"
        with closing(self._database.execute(query, values)) as rows:
            for sort, mark, undone, *row in rows:
                if mark != seal(row, sort, undone=bool(undone)):
                    raise _stale()
                yield event_of(row), bool(undone), sort


def _stale() -> sqlite3.Error:
    return sqlite3.DatabaseError("the index does not say what was written to it")


def _overtaken() -> sqlite3.Error:
    """As SQLite says that another process is at work: the file is sound, and stays."""
    error = sqlite3.OperationalError("another process wrote what it had read earlier")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error
