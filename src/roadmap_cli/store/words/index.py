"""The index of words of one library, asked; made anew once where it turns out to be damaged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import TypeVar

from roadmap_cli.busy import Busy, told
from roadmap_cli.store import database, version
from roadmap_cli.store.sealed import SealedFiles
from roadmap_cli.store.words.findable import Findable, create

_Answer = TypeVar("_Answer")


class WordIndex:
    """The words of all works of a library that was made from files with these digests.

    `findables` gives the works, `count` of them, when the index has to be made; `busy` is told
    so.
    """

    def __init__(
        self,
        files: SealedFiles,
        made_from: str,
        findables: Callable[[], Iterator[Findable]],
        count: int,
        busy: Busy,
    ) -> None:
        self._files = files
        self._name = version.name_of(made_from)
        self._findables = findables
        self._count = count
        self._busy = busy

    def ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """What a question makes of the index; it is asked twice if the first index is damaged."""
        try:
            return self._answer(question)
        except database.DAMAGE as error:  # though its time does not show it
            database.raise_if_misused(error)
            self._files.drop(self._name)
            return self._answer(question)

    def _answer(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        with ExitStack() as work:  # begins if it has to be made, ends when it is kept

            def fill(empty: sqlite3.Connection) -> None:
                work.close()  # what could not be kept is made once more, in memory
                tell = work.enter_context(self._busy("indexing words"))
                create(empty, told(self._findables(), self._count, tell))

            connection = self._files.open(self._name, fill)
        with closing(connection):
            return question(connection)
