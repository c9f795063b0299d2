"""The reader's library, from the catalogues: a small one is read whole, a large one as asked."""

from collections.abc import Sequence
from pathlib import Path

from roadmap_cli.busy import Busy, silently
from roadmap_cli.catalogue import Shelf, load, source_at
from roadmap_cli.errors import DataFileError
from roadmap_cli.index import program
from roadmap_cli.index.documents import DocumentIndex
from roadmap_cli.index.sealed import SealedFiles

LARGE = 2 * 1024 * 1024
"""Bytes of catalogues from which on looking things up is faster than reading them whole."""


def open_shelf(paths: Sequence[Path], cache: Path, busy: Busy = silently) -> Shelf:
    """The catalogues of these files; raises `DataFileError` if none can be read."""
    index = DocumentIndex(cache)
    sources = [source_at(path) for path in paths]
    if sum(one.size for one in sources) < LARGE:
        return load(sources, index.recall, busy)
    from roadmap_cli.index.stored import StoredLibrary, fill  # small ones do without

    files = SealedFiles(cache, "library")
    try:
        for one in sources:
            index.recognize(one)
        made_from = " ".join(one.digest for one in sources)
    except DataFileError:
        return load(sources, index.recall, busy)
    name = program.name_of(made_from, ".", "schema", "index")
    if found := files.find(name):
        index.remember(sources)
        library = StoredLibrary(found, made_from, lambda: files.drop(name))
        return Shelf(library, ())
    shelf = load(sources, index.recall, busy)
    if not shelf.damages and shelf.library.made_from == made_from:
        with busy("indexing catalogues"):
            made = files.keep(name, lambda empty: fill(empty, shelf.library))
        if made:
            made.close()
    return shelf
