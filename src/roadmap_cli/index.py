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
                query = "SELECT document FROM catalogue WHERE digest = ?"
                row = connection.execute(query, (digest,)).fetchone()
            found = json.loads(row[0]) if row else None
        except (sqlite3.Error, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _keep(self, digest: str, document: Document) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS catalogue (digest TEXT PRIMARY KEY, document TEXT)"
                )
                row = (digest, json.dumps(document, ensure_ascii=False))
                connection.execute(
                    "INSERT OR REPLACE INTO catalogue VALUES (?, ?)", row
                )
                connection.execute(
                    "DELETE FROM catalogue WHERE rowid <= (SELECT max(rowid) FROM catalogue) - ?",
                    (_KEPT,),
                )
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)
        except OSError:
            return


def _rules() -> bytes:
    """A digest of the code that checks: another program's entries are not ours."""
    digest = blake2b(digest_size=32)
    package = Path(__file__).parent
    for path in [package / "catalogue.py", *sorted(package.glob("schema/*.py"))]:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()
