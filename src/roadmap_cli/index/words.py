"""The index of words, kept as one sealed file for each set of catalogues.

A file holds a whole SQLite database as bytes, with their digest before them: it is written
once and read whole, so that damage shows, and no reader ever meets half of it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_KEPT = 4
"""Files kept; the oldest ones go first."""
_SEAL = 16


class WordIndex:
    """Indexes of words by what they were made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(
        self, made_from: bytes, fill: Callable[[sqlite3.Connection], None]
    ) -> sqlite3.Connection:
        """The index that was made from this; `fill` makes it if it is not known.

        `made_from` tells it from all others: the catalogues, and what the code makes of them.
        """
        name = blake2b(made_from, key=_rules(), digest_size=12).hexdigest()
        path = self.folder / f"words-{name}.index"
        connection = sqlite3.connect(":memory:", isolation_level=None)
        if not _load(connection, path):
            fill(connection)
            self._keep(connection, path)
        return connection

    def _keep(self, connection: sqlite3.Connection, path: Path) -> None:
        """Write it down for the next time, if that can be done."""
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            data = connection.serialize()
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_seal(data) + data)
            temporary.replace(path)
            kept = sorted(self.folder.glob("words-*.index"), key=os.path.getmtime)
            for old in kept[:-_KEPT]:
                old.unlink(missing_ok=True)
        except (OSError, sqlite3.Error, AttributeError):  # not every SQLite can do it
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _load(connection: sqlite3.Connection, path: Path) -> bool:
    """Fill a connection from a file; tell whether the file was there and whole."""
    try:
        contents = path.read_bytes()
        seal, data = contents[:_SEAL], contents[_SEAL:]
        if seal != _seal(data):
            return False
        connection.deserialize(data)
    except (OSError, sqlite3.Error, AttributeError, OverflowError):
        return False
    return True


def _seal(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SEAL).digest()


def _rules() -> bytes:
    """A digest of the code that makes and reads the index: another program's is not ours."""
    digest = blake2b(digest_size=32)
    package = Path(__file__).parents[1]
    ours = ("spelling.py", "identity.py", "searching.py")
    for path in [
        *(package / name for name in ours),
        *sorted(package.glob("query/*.py")),
        *sorted(package.glob("index/[fvw]*.py")),
    ]:
        digest.update(path.read_bytes())
    return digest.digest()
