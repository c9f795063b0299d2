"""The events of all journals as a database that follows them: only what was appended is read anew.

`roadmap_cli.progress.events` says what events mean; here the same order is kept as text (`sort`),
so that the last word on each paper is found without telling the whole story again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.journal import Torn
from roadmap_cli.progress.clocks import stamp
from roadmap_cli.progress.events import (
    Command,
    Event,
    question_of,
)
from roadmap_cli.progress.settings import is_setting
from roadmap_cli.store import database, version
from roadmap_cli.store.events.rows import INSERT, Touched, renew, row_of

if TYPE_CHECKING:
    from roadmap_cli.journal.pen import Appended


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


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


class KeptEvents:
    """The events of a set of journal files, in a database that is brought up to date."""

    def __init__(
        self, folder: Path, files: Sequence[Source], appended: "Appended | None" = None
    ) -> None:
        self._path = folder / "events.sqlite"
        self.files = files
        self._appended = appended
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
        self._touched = Touched()
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
        """Work out what new events come to, for the papers and questions that they are about."""
        from roadmap_cli.store.events import (
            settling,  # where nothing is new it is not needed
        )

        if is_about_others:
            settling.settle(self._database, self._touched)
        settling.note(self._database, self._touched.papers)
        if self._touched.questions:
            from roadmap_cli.store.events import memories

            memories.note(self._database, self._touched.questions)

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
            about = "SELECT DISTINCT paper, question FROM event WHERE path = ?"
            for paper, question in self._database.execute(about, (path,)):
                self._touched.add(paper, question)
            self._database.execute("DELETE FROM event WHERE path = ?", (path,))
            self._database.execute("DELETE FROM file WHERE path = ?", (path,))
        return bool(keys)

    def _take(self, file: Source, torn: list[Torn]) -> bool:
        """Read what is new of a file; tell whether what was there has to be settled anew."""
        query = "SELECT length, digest, device, settings FROM file WHERE path = ?"
        row = self._database.execute(query, (file.key,)).fetchone()
        if row and row[1] == file.digest:
            return False
        if row and tuple(map(type, row)) != (int, str, str, int):
            raise database.DamagedError
        if row and 0 < row[0] < len(file.contents) and file.digest_of(row[0]) == row[1]:
            new = self._behind(file, length=row[0], device=row[2])
            if new:
                self._insert(file.key, new)
                settings = row[3] + sum(map(is_setting, new))
                self._note(file, row[2], file.digest, settings)
                from roadmap_cli.store.events.settling import concerns_others

                return concerns_others(self._database, new)
        from roadmap_cli.journal.text import parse  # most is known, or just appended

        parsed = parse(file.contents, path=file.path)
        self._forget({file.key})
        self._insert(file.key, parsed.events)
        if parsed.torn:
            torn.append(Torn(file.path, parsed.length, parsed.torn))
        digest = (
            "" if parsed.torn else file.digest
        )  # never taken for known while it is torn
        self._note(file, parsed.device, digest, sum(map(is_setting, parsed.events)))
        return True

    def _behind(
        self, file: Source, *, length: int, device: str
    ) -> Sequence[Event] | None:
        """The events behind the first bytes of a journal; nothing as `parse_tail` says."""
        if self._appended and self._appended.is_all(file, length, device):
            return self._appended.events
        from roadmap_cli.journal.text import parse_tail

        known = partial(self._count, file.key)
        return parse_tail(file.contents, length, device, known, path=file.path)

    def _note(self, file: Source, device: str, digest: str, settings: int) -> None:
        row = (file.key, device, len(file.contents), digest, settings, file.state)
        insert = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)"
        self._database.execute(insert, row)

    def _count(self, key: bytes, command: Command) -> int:
        """How many events of a file are of a command, which bears the name of its device."""
        query = "SELECT count(*) FROM event WHERE at = ? AND +path = ?"
        values = (stamp(command[1]), key)
        return int(self._database.execute(query, values).fetchone()[0])

    def _insert(self, key: bytes, events: Sequence[Event]) -> None:
        for event in events:
            self._touched.add(event.paper, question_of(event))
        self._database.executemany(INSERT, (row_of(key, event) for event in events))


def _overtaken() -> sqlite3.Error:
    """As SQLite says that another process is at work: the file is sound, and stays."""
    error = sqlite3.OperationalError("another process wrote what it had read earlier")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error
