"""The SQLite cache: what the catalogue files say, checked once and then only looked up.

Never the truth: an entry is found by the digest of a file's whole contents and of the
program's own rules, so it cannot be stale. Deleting it is always safe, and where there is
no place to write one, answers are only slower.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from roadmap_cli.catalogue import Document

_KEPT = 32
"""Checked documents kept; the oldest ones go first."""


class Index:
    """Checked catalogue documents by the contents they were read from."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "index.sqlite"

    def recall(self, contents: bytes, make: Callable[[], Document]) -> Document:
        """The checked document of these contents; `make` is called if it is not known."""
        digest = blake2b(contents, key=_rules()).hexdigest()
        known = self._find(digest)
        if known is not None:
            return known
        document = make()
        self._keep(digest, document)
        return document

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=0.2)

    def _find(self, digest: str) -> Document | None:
        if not self.path.exists():
            return None
        try:
            with closing(self._connect()) as connection:
                query = "SELECT seal, document FROM catalogue WHERE digest = ?"
                row = connection.execute(query, (digest,)).fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return None
        # The seal tells a row that was damaged from one that we wrote.
        if row is None or not isinstance(row[1], str) or row[0] != _seal(row[1]):
            return None
        document: Document = json.loads(row[1])
        return document

    def _keep(self, digest: str, document: Document) -> None:
        text = json.dumps(document)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.execute(_TABLE)
                row = (digest, _seal(text), text)
                connection.execute(_INSERT, row)
                connection.execute(_THIN_OUT, (_KEPT,))
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _USELESS:
                self._drop()
        except UnicodeDecodeError:
            self._drop()
        except OSError:
            return

    def _drop(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            return


_TABLE = """CREATE TABLE IF NOT EXISTS catalogue
            (digest TEXT PRIMARY KEY, seal TEXT, document TEXT)"""
_INSERT = "INSERT OR REPLACE INTO catalogue (digest, seal, document) VALUES (?, ?, ?)"
_THIN_OUT = (
    "DELETE FROM catalogue WHERE rowid <= (SELECT max(rowid) FROM catalogue) - ?"
)
_USELESS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that no waiting will mend: another's tables, damage, no database."""


def _seal(text: str) -> str:
    return blake2b(text.encode()).hexdigest()


def _rules() -> bytes:
    """A digest of the code that checks: another program's entries are not ours."""
    digest = blake2b(digest_size=32)
    package = Path(__file__).parent
    for path in [package / "catalogue.py", *sorted(package.glob("schema/*.py"))]:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()
