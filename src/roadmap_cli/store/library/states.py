"""What the file of a catalogue says, line by line, out of the library that it was laid down in."""

from collections.abc import Iterator

from roadmap_cli.progress.news import Line, line_of
from roadmap_cli.store.library.packing import paper_of, unpacked
from roadmap_cli.store.library.stored import StoredLibrary

_AT_ONCE = 1_000
"""Papers that are read together: a large catalogue takes little memory."""


def lines_in(library: StoredLibrary, catalogue: str) -> Iterator[Line]:
    """The state of a catalogue as `progress.news` compares it; raises `DataFileError`."""
    ask, checked = library._ask, library._checked  # noqa: SLF001 - part of the class, written outside it
    query = "SELECT line FROM said WHERE catalogue = ? ORDER BY rowid"
    yield from (checked(unpacked)(line) for (line,) in ask(query, catalogue))
    query = """SELECT number, fields FROM paper
               WHERE name > ? AND name < ? AND number > ? ORDER BY number LIMIT ?"""
    names, last = (f"{catalogue}/", f"{catalogue}0"), -1
    while rows := ask(query, *names, last, _AT_ONCE):
        yield from (line_of(checked(paper_of)(fields)) for _, fields in rows)
        last = rows[-1][0]
