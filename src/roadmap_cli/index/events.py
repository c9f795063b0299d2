"""The events of all journals in SQLite: only what was appended is read anew.

`roadmap_cli.progress` says what events mean; here the same order is kept as text (`sort`),
so that the last word on each paper is found without telling the whole story again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from roadmap_cli.errors import DataFileError
from roadmap_cli.index import database
from roadmap_cli.index.rows import (
    COLUMNS,
    INSERT,
    SCHEMA,
    event_of,
    row_of,
    seal,
    sort_key,
)
from roadmap_cli.journal import JournalFile, Torn, parse, parse_tail
from roadmap_cli.progress import (
    Command,
    Event,
    name_of,
    noticed_when,
    read_command,
    stamp,
    undone_commands,
)

_END = datetime.max.replace(tzinfo=UTC)
_STALE = sqlite3.OperationalError("the index does not say what was written to it")


@dataclass(frozen=True, slots=True)
class State:
    """What could not be read of the journals: damaged ones, and ends that are not whole."""

    damages: tuple[DataFileError, ...]
    torn: tuple[Torn, ...]


class EventIndex:
    """Answers questions about all events of a set of journal files."""

    def __init__(self, folder: Path, files: Sequence[JournalFile]) -> None:
        self._path = folder / "events.sqlite"
        try:
            self._use(database.connect(self._path), files)
        except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
            if isinstance(error, sqlite3.Error):
                database.drop_if_useless(self._path, error)
            self._use(sqlite3.connect(":memory:", isolation_level=None), files)
        self._files = files

    def _use(
        self, connection: sqlite3.Connection, files: Sequence[JournalFile]
    ) -> None:
        self._database = connection
        self._database.execute(
            "PRAGMA synchronous = OFF"
        )  # losing it costs a rebuild, no more
        self.state = self._update(files)

    def _update(self, files: Sequence[JournalFile]) -> State:
        damages: list[DataFileError] = []
        torn: list[Torn] = []
        known = self._known()
        if known == {one.path: one.digest for one in files}:
            return State((), ())
        self._database.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA:
            self._database.execute(statement)
        changed = self._forget(set(known or ()) - {one.path for one in files})
        for one in files:
            try:
                changed |= self._take(one, torn)
            except DataFileError as damage:
                changed |= self._forget({one.path})
                damages.append(damage)
        if changed:
            self._settle()
        self._database.execute("COMMIT")
        return State(tuple(damages), tuple(torn))

    def _known(self) -> dict[str, str] | None:
        """The files that were read whole, with their digests; nothing in a new database."""
        try:
            return dict(self._database.execute("SELECT path, digest FROM file"))
        except sqlite3.OperationalError:
            return None

    def _forget(self, paths: Iterable[str]) -> bool:
        for path in paths:
            self._database.execute("DELETE FROM event WHERE path = ?", (path,))
            self._database.execute("DELETE FROM file WHERE path = ?", (path,))
        return bool(paths)

    def _take(self, file: JournalFile, torn: list[Torn]) -> bool:
        """Read what is new of a file; tell whether what was there has to be settled anew."""
        query = "SELECT length, digest, device FROM file WHERE path = ?"
        row = self._database.execute(query, (file.path,)).fetchone()
        if row and row[1] == file.digest:
            return False
        if row and 0 < row[0] < len(file.contents) and file.digest_of(row[0]) == row[1]:
            last = self._last_of(file.path)
            tail = file.contents[row[0] :]
            is_line = file.contents[row[0] - 1 : row[0]] == b"\n"
            new = (
                parse_tail(tail, row[2], last, path=file.path)
                if last and is_line
                else None
            )
            if new:
                self._insert(file.path, new)
                self._note(file, row[2], len(file.contents), file.digest)
                return self._matters(new)
        parsed = parse(file.contents, path=file.path)
        self._forget({file.path})
        self._insert(file.path, parsed.events)
        if parsed.torn:
            torn.append(Torn(file.path, parsed.length, parsed.torn))
        digest = (
            "" if parsed.torn else file.digest
        )  # never taken for known while it is torn
        self._note(file, parsed.device, len(file.contents), digest)
        return True

    def _note(self, file: JournalFile, device: str, length: int, digest: str) -> None:
        row = (file.path, device, length, digest)
        self._database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", row)

    def _last_of(self, path: str) -> Event | None:
        query = (
            f"SELECT {COLUMNS} FROM event WHERE path = ? ORDER BY rowid DESC LIMIT 1"
        )
        return next(self._events(query, (path,)), None)

    def _insert(self, path: str, events: Iterable[Event]) -> None:
        self._database.executemany(INSERT, (row_of(path, event) for event in events))

    def _matters(self, new: Sequence[Event]) -> bool:
        """Whether events speak of other commands, or are spoken of by others."""
        if any(event.undoes or event.distrusts for event in new):
            return True
        names = {name_of(event.command) for event in new}
        query = """SELECT 1 FROM event WHERE (undoes != '' OR distrusts != '')
                   AND (undoes = ? OR distrusts = ?) LIMIT 1"""
        return any(
            self._database.execute(query, (one, one)).fetchone() for one in names
        )

    def _settle(self) -> None:
        """Work out which commands are undone or of a distrusted time, and mark their events."""
        speaking = f"SELECT {COLUMNS} FROM event WHERE undoes != '' OR distrusts != ''"
        about = list(self._events(speaking, ()))
        noticed = noticed_when(about)
        undone = undone_commands(about, noticed)
        marked = "SELECT DISTINCT device, at FROM event WHERE undone = 1 OR clamped = 1"
        before = {
            read_command(f"{device}@{at}")
            for device, at in self._database.execute(marked)
        }
        for command in filter(None, before | set(noticed) | undone):
            self._mark(command, noticed.get(command), is_undone=command in undone)

    def _mark(
        self, command: Command, noticed: datetime | None, *, is_undone: bool
    ) -> None:
        device, at = name_of(command).rsplit("@", 1)
        query = f"SELECT rowid, {COLUMNS} FROM event WHERE device = ? AND at = ?"
        for rowid, *row in self._database.execute(query, (device, at)).fetchall():
            event = event_of(row)
            sort = sort_key(event, noticed)
            values = (int(is_undone), int(noticed is not None), sort)
            self._database.execute(
                "UPDATE event SET undone = ?, clamped = ?, sort = ?, seal = ? WHERE rowid = ?",
                (*values, seal(row, sort, undone=is_undone), rowid),
            )

    def _events(self, query: str, values: Sequence[object]) -> Iterator[Event]:
        for row in self._database.execute(query, values):
            yield event_of(row)

    # Questions

    def last_words(self, papers: Iterable[str] | None = None) -> list[Event]:
        """The events that decide, in order: the last status and the last rating of each paper.

        Told in this order they give the same state as all events together.
        """
        try:
            return list(self._last_words(papers))
        except (sqlite3.Error, UnicodeDecodeError, ValueError):
            database.drop(self._path)
            self._use(sqlite3.connect(":memory:", isolation_level=None), self._files)
            return list(self._last_words(papers))

    def _last_words(self, papers: Iterable[str] | None) -> Iterator[Event]:
        names = self._papers() if papers is None else papers
        found: dict[str, Event] = {}
        for paper in names:
            for field in ("status", "rating"):
                query = f"""SELECT sort, seal, {COLUMNS} FROM event
                            WHERE paper = ? AND undone = 0 AND {field} IS NOT NULL
                            ORDER BY sort DESC LIMIT 1"""
                for sort, mark, *row in self._database.execute(query, (paper,)):
                    if mark != seal(row, sort, undone=False):
                        raise _STALE
                    found[sort] = event_of(row)
        yield from (found[sort] for sort in sorted(found))

    def _papers(self) -> list[str]:
        """Every paper that an event is about, leaping from one to the next in the index."""
        query = """WITH RECURSIVE leap(paper) AS (
                       SELECT min(paper) FROM event
                       UNION ALL
                       SELECT (SELECT min(paper) FROM event WHERE paper > leap.paper)
                       FROM leap WHERE leap.paper IS NOT NULL)
                   SELECT paper FROM leap WHERE paper != ''"""
        return [paper for (paper,) in self._database.execute(query)]

    def latest(self, before: datetime = _END) -> datetime | None:
        """The latest time that any event bears, or any of those before a given one."""
        query = "SELECT max(at) FROM event WHERE at <= ?"
        row = self._database.execute(query, (stamp(before),)).fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def commands_after(self, at: datetime) -> list[Command]:
        """The commands whose time is after this one and not distrusted yet."""
        query = """SELECT DISTINCT device, at FROM event INDEXED BY event_at
                   WHERE at > ? AND clamped = 0"""
        found = (
            read_command(f"{one}@{when}")
            for one, when in self._database.execute(query, (stamp(at),))
        )
        return [command for command in found if command]

    def commands_of(self, device: str) -> Iterator[tuple[Event, bool]]:
        """The first event of each of a device's commands, the newest first, and if it is undone."""
        query = f"""SELECT undone, {COLUMNS} FROM event WHERE device = ? AND position = 0
                    AND distrusts = '' GROUP BY at ORDER BY max(sort) DESC"""
        for undone, *row in self._database.execute(query, (device,)):
            yield event_of(row), bool(undone)

    def of_command(self, command: Command) -> list[Event]:
        """The events of a command."""
        device, at = name_of(command).rsplit("@", 1)
        query = (
            f"SELECT {COLUMNS} FROM event WHERE device = ? AND at = ? ORDER BY position"
        )
        return list(
            {one.identity: one for one in self._events(query, (device, at))}.values()
        )

    def story(self) -> Iterator[tuple[Event, bool]]:
        """Every event, the newest first, and whether it is undone."""
        told: set[object] = set()
        query = f"SELECT undone, {COLUMNS} FROM event ORDER BY sort DESC"
        for undone, *row in self._database.execute(query):
            event = event_of(row)
            if event.identity not in told:
                told.add(event.identity)
                yield event, bool(undone)
