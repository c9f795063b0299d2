"""Checked catalogue documents, kept under the digest of what they were read from."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from roadmap_cli.catalogue import Document
from roadmap_cli.index import database

_KEPT = 32
"""Checked documents kept; the oldest ones go first."""


class DocumentIndex:
    """Checked catalogue documents by the contents they were read from."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "catalogues.sqlite"

    def recall(self, contents: bytes, make: Callable[[], Document]) -> Document:
        """The checked document of these contents; `make` is called if it is not known."""
        digest = blake2b(contents, key=_rules()).hexdigest()
        known = self._find(digest)
        if known is not None:
            return known
        document = make()
        self._keep(digest, document)
        return document

    def _find(self, digest: str) -> Document | None:
        if not self.path.exists():
            return None
        try:
            with closing(database.connect(self.path)) as connection:
                query = "SELECT seal, document FROM catalogue WHERE digest = ?"
                row = connection.execute(query, (digest,)).fetchone()
        except (OSError, sqlite3.Error, UnicodeDecodeError):
            return None
        # The seal tells a row that was damaged from one that we wrote.
        if row is None or not isinstance(row[1], str) or row[0] != _seal(row[1]):
            return None
        document: Document = json.loads(row[1])
        return document

    def _keep(self, digest: str, document: Document) -> None:
        text = json.dumps(document)
        try:
            with closing(database.connect(self.path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_TABLE)
                connection.execute(_INSERT, (digest, _seal(text), text))
                connection.execute(_THIN_OUT, (_KEPT,))
                connection.execute("COMMIT")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            database.drop_if_useless(self.path, error)
        except OSError:
            return


_TABLE = """CREATE TABLE IF NOT EXISTS catalogue
            (digest TEXT PRIMARY KEY, seal TEXT, document TEXT)"""
_INSERT = "INSERT OR REPLACE INTO catalogue (digest, seal, document) VALUES (?, ?, ?)"
_THIN_OUT = (
    "DELETE FROM catalogue WHERE rowid <= (SELECT max(rowid) FROM catalogue) - ?"
)


def _seal(text: str) -> str:
    return blake2b(text.encode()).hexdigest()


def _rules() -> bytes:
    """A digest of the code that checks: another program's entries are not ours."""
    digest = blake2b(digest_size=32)
    package = Path(__file__).parents[1]
    for path in [package / "catalogue.py", *sorted(package.glob("schema/*.py"))]:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()
