"""SQLite files that are written once and then only read, too large to be checked at each start.

Each bears a time of change that follows from its name, set when it was complete and on the
disk. Whatever changes it afterwards, a tool, a crash, a hand, gives it another time, and then
it is none of ours. Writers do not wait for each other: whoever is done puts a whole file in
place of a whole file.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

Fill = Callable[[sqlite3.Connection], None]
_KEPT = 4
"""Files kept of each kind; those that were made first go first."""
_LEFT_OVER = 3600
"""Seconds after which what is not complete was left behind by a crash."""
_WHILE_MADE = """PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                 PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 4096"""
_FIRST, _SPAN = 1_000_000_000, 1 << 28
"""Seconds since 1970: 2001 and some eight years; every file system can keep such a time."""


class SealedFiles:
    """The files of one kind in a folder of the cache."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.kind = kind

    def open(self, name: str, fill: Fill) -> sqlite3.Connection:
        """The database of that name; `fill` makes it if there is none, or it was changed.

        The name has to say all that the contents follow from. Where nothing can be written
        it is made in memory.
        """
        if found := self.find(name) or self.keep(name, fill):
            return found
        memory = sqlite3.connect(":memory:", isolation_level=None)
        _fill(memory, fill)
        return memory

    def find(self, name: str) -> sqlite3.Connection | None:
        """The database of that name, if there is one and it is as it was made."""
        path = self._path(name)
        try:
            if path.stat().st_mtime_ns != _seal(name):
                return None
            return sqlite3.connect(_address(path), uri=True, isolation_level=None)
        except (OSError, sqlite3.OperationalError):
            return None

    def drop(self, name: str) -> None:
        """Remove a database that turned out to be of no use."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{self.kind}-{name}.sqlite"

    def keep(self, name: str, fill: Fill) -> sqlite3.Connection | None:
        """The database of that name, made anew; nothing where it cannot be written."""
        path = self._path(name)
        # Not the number of the process: containers that share a cache have the same ones.
        temporary = path.with_suffix(f".{os.urandom(8).hex()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.touch(exist_ok=False)
            with closing(sqlite3.connect(temporary, isolation_level=None)) as made:
                made.executescript(_WHILE_MADE)
                _fill(made, fill)
            _put_in_place(temporary, path, _seal(name))
            self._thin_out()
        except (OSError, sqlite3.OperationalError):
            return self.find(name)
        finally:  # also when it is interrupted
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return self.find(name)

    def _thin_out(self) -> None:
        files = [
            (path.stat().st_ctime, path)
            for path in self.folder.glob(f"{self.kind}-*.sqlite")
        ]
        for _, old in sorted(files)[:-_KEPT]:
            old.unlink(missing_ok=True)
        oldest = time.time() - _LEFT_OVER
        for path in self.folder.glob(f"{self.kind}-*.tmp"):
            if path.stat().st_mtime < oldest:  # a younger one may be in the making
                path.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, fill: Fill) -> None:
    connection.execute("BEGIN")
    fill(connection)
    connection.execute("COMMIT")


def _put_in_place(temporary: Path, path: Path, seal: int) -> None:
    """Onto the disk first: a file that a power cut left half empty must not bear the seal."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    os.utime(temporary, ns=(seal, seal))
    temporary.replace(path)


def _address(path: Path) -> str:
    """The file as one that never changes: SQLite need not look out for writers."""
    place = os.fsencode(path.absolute().as_posix())
    quoted = "".join(
        letter
        if letter.isascii() and (letter.isalnum() or letter in "/._~-")
        else f"%{ord(letter):02x}"
        for letter in place.decode("latin-1")  # byte by byte
    )
    return f"file:///{quoted.lstrip('/')}?mode=ro&immutable=1"


def _seal(name: str) -> int:
    """The time of change of a complete file, in nanoseconds."""
    return (_FIRST + crc32(name.encode()) % _SPAN) * 1_000_000_000
