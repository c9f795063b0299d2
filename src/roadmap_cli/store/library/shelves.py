"""The reader's library, from the catalogues: laid down in SQLite once, and then asked."""

import os
from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection
from zlib import crc32

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogues.reading import Shelf, left_out, source_at
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.store import version
from roadmap_cli.store.digests import DocumentIndex
from roadmap_cli.store.library.stored import StoredLibrary
from roadmap_cli.store.sealed import SealedFiles


def open_shelf(paths: Sequence[Path], cache: Path, busy: Busy = silently) -> Shelf:
    """The catalogues of these files; raises `DataFileError` if none can be read."""
    index = DocumentIndex(cache)
    sources: list[Source] = []
    unreadable: list[DataFileError] = []
    files = [*map(source_at, paths)]
    index.recognize(files)
    for source in files:
        try:
            _ = source.digest
            sources.append(source)
        except DataFileError as damage:
            unreadable.append(damage)
    if unreadable and not sources:
        raise unreadable[0]
    library = _library(sources, cache, busy)
    index.remember(sources)
    return Shelf(library, (*map(left_out, unreadable), *library.damages))


def _library(sources: Sequence[Source], cache: Path, busy: Busy) -> StoredLibrary:
    digests = " ".join(source.digest for source in sources)
    # Which files count, and what is said of the others, follows from their paths too.
    places = crc32(b"\0".join(os.fsencode(source.path) for source in sources))
    name = version.name_of(f"{digests} {places:x}")
    files = SealedFiles(cache, "library")

    def lay_down(empty: Connection) -> None:
        from roadmap_cli.store.library.laying import lay_down

        lay_down(empty, sources, busy)

    def drop() -> None:
        files.drop(name)

    stored = files.open(name, lay_down)
    try:
        return StoredLibrary(stored, drop)
    except DataFileError:  # damage that only shows when it is read, and is gone by now
        return StoredLibrary(files.open(name, lay_down), drop)
