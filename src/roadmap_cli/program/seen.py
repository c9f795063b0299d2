"""The states of catalogues that were seen on this device: small files in the state folder.

A file is named by the catalogue, the day on which that state was released and the digest of the
catalogue's file. It holds one line of JSON for each line of the state.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Catalogue
from roadmap_cli.errors import CannotWriteError, DataFileError

if TYPE_CHECKING:
    from roadmap_cli.progress.news import Line, State

_KEPT = 4
"""States kept of each catalogue: two versions of the program may take turns."""
_ENDING = ".jsonl"


def called(catalogue: Catalogue) -> str:
    """What a state of a catalogue is called in events: the same on every device."""
    return f"{catalogue.id}@{catalogue.digest}"


class Seen:
    """The states in the state folder of one device."""

    def __init__(self, state: Path) -> None:
        self.folder = state / "catalogues"

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the files."""
        try:
            return frozenset(os.listdir(self.folder))  # noqa: PTH208 - names are all that is needed
        except OSError:
            return frozenset()

    def has(self, catalogue: Catalogue) -> bool:
        """Whether this state of a catalogue was seen."""
        return _name(catalogue) in self.names

    def last(self, catalogue: Catalogue) -> Path | None:
        """The newest state of a catalogue, or of one that is there itself the one before it."""
        paths = self._paths(catalogue)
        if self.has(catalogue):
            paths = paths[: paths.index(self.folder / _name(catalogue))]
        return paths[-1] if paths else None

    def read(self, path: Path) -> "State | None":
        """The state in a file; nothing if it is damaged or gone, which is no news."""
        from roadmap_cli.progress.news import state_of

        try:
            return state_of(map(json.loads, path.read_bytes().splitlines()))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, catalogue: Catalogue, lines: "Iterable[Line]") -> None:
        """Note that a state was seen; raises `CannotWriteError`, `DataFileError`."""
        from roadmap_cli.disk import durable

        texts = (json.dumps(line, ensure_ascii=False) for line in lines)
        data = "".join(f"{text}\n" for text in texts).encode()
        durable.make_folder(self.folder)
        durable.replace(self.folder / _name(catalogue), data)
        self.__dict__.pop("names", None)
        for path in self._paths(catalogue)[:-_KEPT]:
            with suppress(OSError):
                path.unlink()

    def keep_quietly(self, catalogue: Catalogue, lines: "Iterable[Line]") -> None:
        """Note that a state was seen, if that can be done."""
        with suppress(CannotWriteError, DataFileError, OSError):
            self.keep(catalogue, lines)

    def _paths(self, catalogue: Catalogue) -> list[Path]:
        """The states of a catalogue, the one that was released, then seen, last at the end."""
        start = f"{catalogue.id}@"
        found: list[tuple[str, int, Path]] = []
        for name in self.names:
            if name.startswith(start) and name.endswith(_ENDING):
                path = self.folder / name
                with suppress(OSError):
                    released = name.removeprefix(start).partition("@")[0]
                    found.append((released, path.stat().st_mtime_ns, path))
        return [path for _, _, path in sorted(found)]


def _name(catalogue: Catalogue) -> str:
    return f"{catalogue.id}@{catalogue.released}@{catalogue.digest}{_ENDING}"
