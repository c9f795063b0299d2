"""What is derived from one file (the grammar for TAB), kept under the digest of its contents.

Also which digest a file has, for as long as its state says that it is as it was.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from roadmap_cli.disk.source import Source
from roadmap_cli.store import database, version
from roadmap_cli.store.database import checksum

Document = Mapping[str, Any]
Row = tuple[object, ...]
_KEPT, _KEPT_BYTES = 32, 256 * 1024 * 1024
"""Documents kept, and how large they may be together; the oldest ones go first."""


class DocumentIndex:
    """Documents by the contents they were derived from."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "catalogues.sqlite"

    def recall(self, source: Source, make: Callable[[], Document]) -> Document:
        """The document of a file; `make` is called if it is not known.

        A file that must be as it was is not even read.
        """
        if source.state and (seen := self._seen(source)):
            return seen
        document = self._find(source)
        is_new = document is None
        if document is None:
            document = make()
        if is_new or source.state:
            self._keep(source, document if is_new else None)
        return document

    def recognize(self, sources: Iterable[Source]) -> None:
        """Spare files their digests that are as they were."""
        query = "SELECT digest FROM seen WHERE path = ? AND state = ?"
        steady = [source for source in sources if source.state]
        rows = self._ask_each(query, [(file.key, file.state) for file in steady])
        for source, row in zip(steady, rows, strict=True):
            if row and isinstance(row[0], str):
                source.is_known_as(row[0])

    def remember(self, sources: Iterable[Source]) -> None:
        """Note the states of files whose contents had to be read."""
        for source in sources:
            if source.state and source.was_read:
                self._keep(source, None)

    def _seen(self, source: Source) -> Document | None:
        row = self._ask(_SEEN, version.state(), source.key, source.state)
        if row is None or (document := _opened(row[1:])) is None:
            return None
        source.is_known_as(str(row[0]))
        return document

    def _find(self, source: Source) -> Document | None:
        row = self._ask(_FIND, source.digest, version.state())
        return _opened(row) if row else None

    def _ask(self, query: str, *values: object) -> Row | None:
        return self._ask_each(query, [values])[0]

    def _ask_each(
        self, query: str, each: Sequence[Sequence[object]]
    ) -> Sequence[Row | None]:
        """The first row for each of several sets of values; nothing where it cannot be asked."""
        try:
            if self.path.exists():
                with closing(database.connect(self.path)) as connection:
                    asked = (connection.execute(query, values) for values in each)
                    return [answer.fetchone() for answer in asked]
        except OSError:
            pass
        except database.DAMAGE as error:
            database.raise_if_misused(error)
        return [None] * len(each)

    def _keep(self, source: Source, document: Document | None) -> None:
        """Note the state of a file, and its document if that is not kept yet."""
        try:
            with closing(database.connect(self.path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                for table in _TABLES:
                    connection.execute(table)
                if document is not None:
                    text = json.dumps(document)
                    name = (source.digest, version.state())
                    connection.execute(
                        _INSERT, (*name, checksum(text), len(text), text)
                    )
                    connection.execute(_THIN_OUT, (_KEPT, _KEPT_BYTES))
                if source.state:
                    connection.execute(_SEE, (source.key, source.state, source.digest))
                connection.execute("COMMIT")
        except database.DAMAGE as error:
            database.drop_if_useless(self.path, error)
        except OSError:
            return


_TABLES = (
    """CREATE TABLE IF NOT EXISTS catalogue
       (digest TEXT, version TEXT, seal INTEGER, size INTEGER, document TEXT,
        PRIMARY KEY (digest, version))""",
    "CREATE TABLE IF NOT EXISTS seen (path BLOB PRIMARY KEY, state TEXT, digest TEXT)",
)
_FIND = "SELECT seal, document FROM catalogue WHERE digest = ? AND version = ?"
_SEEN = """SELECT seen.digest, seal, document FROM seen JOIN catalogue
           ON catalogue.digest = seen.digest AND version = ?
           WHERE path = ? AND state = ?"""
_INSERT = "INSERT OR REPLACE INTO catalogue VALUES (?, ?, ?, ?, ?)"
_SEE = "INSERT OR REPLACE INTO seen VALUES (?, ?, ?)"
_THIN_OUT = """DELETE FROM catalogue WHERE rowid NOT IN (
    SELECT newer.rowid FROM catalogue AS newer JOIN catalogue AS others
    ON others.rowid >= newer.rowid GROUP BY newer.rowid
    HAVING count(*) = 1 OR (count(*) <= ? AND sum(others.size) <= ?))"""


def _opened(row: Sequence[object]) -> Document | None:
    """The document of a row, if that is as we wrote it: the seal tells."""
    seal, text = row
    if not isinstance(text, str) or seal != checksum(text):
        return None
    document: Document = json.loads(text)
    return document
