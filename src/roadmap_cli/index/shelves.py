"""The reader's library, from the catalogues: a small one is read whole, a large one as asked."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogue import Shelf, load, source_at
from roadmap_cli.errors import DataFileError
from roadmap_cli.index import program
from roadmap_cli.index.documents import DocumentIndex
from roadmap_cli.index.sealed import SealedFiles
from roadmap_cli.source import Source

LARGE = 2 * 1024 * 1024
"""Bytes of catalogues from which on looking things up is faster than reading them whole."""


def open_shelf(paths: Sequence[Path], cache: Path, busy: Busy = silently) -> Shelf:
    """The catalogues of these files; raises `DataFileError` if none can be read."""
    index = DocumentIndex(cache)
    sources = [source_at(path) for path in paths]
    if sum(one.size for one in sources) < LARGE:
        return load(sources, index.recall, busy)
    files = SealedFiles(cache, "library")
    try:
        for one in sources:
            index.recognize(one)
        names = _names(sources)
    except DataFileError:
        return load(sources, index.recall, busy)
    for name in names:
        if stored := _stored(files, name):
            index.remember(sources)
            return stored
    shelf = load(sources, index.recall, busy)
    whole, partial = names
    if names == _names(sources):  # else one was changed meanwhile
        with busy("indexing catalogues"):
            _keep(files, partial if shelf.damages else whole, shelf)
    return shelf


def _names(sources: Sequence[Source]) -> tuple[str, str]:
    """What to call the library of all these files, and one that some were left out of.

    Which are left out, and what is said of them, follows from their paths too.
    """
    digests = " ".join(one.digest for one in sources)
    paths = " ".join(one.key.hex() for one in sources)
    rooms = (".", "schema", "index")
    whole = program.name_of(digests, *rooms)
    return whole, program.name_of(f"{digests} {paths}", *rooms)


def _keep(files: SealedFiles, name: str, shelf: Shelf) -> None:
    from roadmap_cli.index.stored import fill  # small ones do without

    left_out = json.dumps([(str(one), one.hint) for one in shelf.damages])

    def lay_down(empty: sqlite3.Connection) -> None:
        fill(empty, shelf.library)
        empty.execute("CREATE TABLE shelf (made_from TEXT, left_out TEXT)")
        made_from = shelf.library.made_from
        empty.execute("INSERT INTO shelf VALUES (?, ?)", (made_from, left_out))

    if made := files.keep(name, lay_down):
        made.close()


def _stored(files: SealedFiles, name: str) -> Shelf | None:
    """The library of that name, and what was said of the files that are left out of it."""
    found = files.find(name)
    if found is None:
        return None
    from roadmap_cli.index.stored import StoredLibrary  # small ones do without

    try:
        made_from, left_out = found.execute("SELECT * FROM shelf").fetchone()
        damages = [
            DataFileError(said, hint=hint) for said, hint in json.loads(left_out)
        ]
        library = StoredLibrary(found, made_from, lambda: files.drop(name))
    except (sqlite3.Error, TypeError, ValueError, DataFileError):
        found.close()
        files.drop(name)
        return None
    return Shelf(library, tuple(damages))
