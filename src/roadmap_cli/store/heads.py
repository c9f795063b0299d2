"""The files of notes in a folder, and whose each is: read only as far as they may have changed.

What their heads say is kept in SQLite under the states of the files. A row counts only for a
file that is as it was (`disk.source`), and only if it is as we wrote it: the seal tells.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.disk.source import state_of
from roadmap_cli.disk.vault import SUFFIX, Place, markdown_files
from roadmap_cli.errors import DataFileError
from roadmap_cli.language.encodings import MARKS
from roadmap_cli.notes import encoding
from roadmap_cli.store import database, version
from roadmap_cli.store.database import checksum

_NAME = re.compile(r"(?:[a-z0-9-]+/)?[a-z0-9-]+")
_HEAD_BYTES = 256 * 1024
"""Bytes of a file that have all of any front matter, in whatever encoding."""
_SHOWN = 60


class Head(NamedTuple):
    """Which paper a file names in its front matter, or why that cannot be told."""

    name: str = ""
    problem: str = ""


_NOTHING = Head()


class Note(NamedTuple):
    """A file that may be notes on a paper, its place below the folder, and what its head says.

    `inode` tells it from all other files, whatever links lead to it; `damage` is why it could
    not be read at all.
    """

    path: Path
    place: Place
    head: Head
    inode: tuple[int, int] | str
    damage: DataFileError | None = None

    @property
    def claims(self) -> set[str]:
        """Whose notes these are: full names of papers, and keys.

        A file that names no paper goes by its own name, `lora.md` or `genai--lora.md`, at the
        top of the folder.
        """
        if self.head.name:
            return {self.head.name}
        if len(self.place) > 1:
            return set()
        stem = self.place[0].removesuffix(SUFFIX).lower()
        cuts = [found.start() for found in re.finditer("(?=--)", stem)]
        return {stem, *(f"{stem[:cut]}/{stem[cut + 2 :]}" for cut in cuts)}


def notes_in(
    folder: Path,
    field: str,
    cache: Path | None,
    unreadable: Callable[[OSError], None],
) -> list[Note]:
    """The files that name a paper in that field, or may, and all at the top of the folder.

    Raises `OSError` if the folder cannot be read; what cannot be below it is `unreadable`.
    """
    files = list(markdown_files(folder, unreadable))
    index = _Index(cache, folder) if cache and files else None
    known = index.recall() if index else {}
    new: dict[str, tuple[str, Head]] = {}
    found: list[Note] = []
    for place, file in files:
        before = known.pop(file.path, None)
        if (looked := _looked_at(file, field, before)) is None:
            continue
        state, head, inode, damage = looked
        if state and before != (state, head):
            new[file.path] = (state, head)
        if len(place) == 1 or any(head):
            found.append(Note(Path(file.path), place, head, inode, damage))
    if index and (new or known):
        index.keep(new, known)
    return found


_Looked = tuple[str, Head, tuple[int, int] | str, DataFileError | None]
"""The state of a file, and the last fields of its note."""


def _looked_at(
    file: "os.DirEntry[str]", field: str, before: tuple[str, Head] | None
) -> _Looked | None:
    """What is known of a file; nothing if there is none."""
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):
            return _damaged(Path(file.path))
        state = state_of(status)
        inode = (status.st_dev, status.st_ino) if status.st_ino else file.path
        if before and state and state == before[0]:
            return state, before[1], inode, None
        with open(file.path, "rb") as opened:  # noqa: PTH123 - 20,000 of them
            return state, _head_in(opened.read(_HEAD_BYTES), field), inode, None
    except OSError:
        return _damaged(Path(file.path))


def _damaged(path: Path) -> _Looked | None:
    """What is said of a file that cannot be read; nothing if there is none."""
    try:
        file = probe.opened(path)
    except DataFileError as damage:
        return "", Head(problem=str(damage)), str(path), damage
    if file:  # it can be read by now
        file.close()
    return None


def _head_in(data: bytes, field: str) -> Head:
    """What the beginning of a file says."""
    if not data.startswith(_BEGINNINGS):
        return _NOTHING
    from roadmap_cli.notes import frontmatter  # what is known already does without

    text = encoding.decode(data).text
    if not frontmatter.may_have(text, field):
        return _NOTHING
    front = frontmatter.read(text, key=field)
    name = front.fields.get(field, "").strip().lower()
    if name and not _NAME.fullmatch(name):
        shown = name[:_SHOWN].encode(errors="replace").decode()
        return Head(problem=f"`{field}: {shown}` names no paper")
    return Head(
        name, front.problem and f"its front matter is not clear: {front.problem}"
    )


_BEGINNINGS = (b"---", *(mark for mark, _ in MARKS))


class _Index:
    """The heads of the files below one folder."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self._path = cache / "notes.sqlite"
        self._folder = os.fsencode(folder.absolute()) + b"/"
        self._program = version.number()

    def recall(self) -> dict[str, tuple[str, Head]]:
        """The state and the head of each file as last seen, by its path."""
        try:
            if not self._path.exists():
                return {}
            with closing(database.connect(self._path)) as connection:
                return dict(self._rows(connection))
        except OSError:
            return {}
        except database.DAMAGE as error:
            database.raise_if_misused(error)
            return {}

    def _rows(
        self, connection: sqlite3.Connection
    ) -> Iterator[tuple[str, tuple[str, Head]]]:
        if connection.execute("PRAGMA user_version").fetchone() != (self._program,):
            return
        behind = self._folder[:-1] + b"0"  # the character after the slash
        rows = connection.execute(_BELOW, (self._folder, behind))
        for path, state, name, problem, seal in rows:
            if seal == checksum(path, state, name, problem):
                head = Head(name, problem) if name or problem else _NOTHING
                yield os.fsdecode(path), (state, head)

    def keep(self, seen: Mapping[str, tuple[str, Head]], gone: Iterable[str]) -> None:
        """Note the heads of files in these states, and forget files that are gone.

        Where nothing can be written they are read anew.
        """
        rows = []
        for path, (state, (name, problem)) in seen.items():
            values = (os.fsencode(path), state, name, problem)
            rows.append((*values, checksum(*values)))
        try:
            with closing(database.connect(self._path)) as connection:
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("BEGIN IMMEDIATE")
                self._renew(connection)
                connection.executemany(_FORGET, ((os.fsencode(path),) for path in gone))
                connection.executemany(_INSERT, rows)
                connection.execute("COMMIT")
        except database.DAMAGE as error:
            database.drop_if_useless(self._path, error)
        except OSError:
            return

    def _renew(self, connection: sqlite3.Connection) -> None:
        """Start over where another version of the program wrote the rows."""
        if connection.execute("PRAGMA user_version").fetchone() != (self._program,):
            connection.execute("DROP TABLE IF EXISTS noted")
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {self._program}")


_TABLE = """CREATE TABLE noted (path BLOB PRIMARY KEY, state TEXT, name TEXT, problem TEXT,
            seal INTEGER) WITHOUT ROWID"""
_BELOW = (
    "SELECT path, state, name, problem, seal FROM noted WHERE path >= ? AND path < ?"
)
_INSERT = "INSERT OR REPLACE INTO noted VALUES (?, ?, ?, ?, ?)"
_FORGET = "DELETE FROM noted WHERE path = ?"
