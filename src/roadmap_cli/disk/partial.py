"""A file that comes piece by piece, perhaps in several runs, and gets its name when it is whole.

`NAME.part` has the bytes so far; `NAME.part.json` says of what they are the beginning. The
second is written while there is no first, so after a crash both belong together, or one of them
is not there or no JSON.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import durable, probe
from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.language.phrases import sized

SPARE = 50_000_000
"""Bytes of a disk that are left free."""
_MOST_ABOUT = 100_000
_KEPT = "what came so far is kept"


class Origin(NamedTuple):
    """Where the bytes come from: `version` tells whether it still has the same ones.

    `size` is how many there are in all, where that is known.
    """

    url: str
    version: str = ""
    size: int | None = None


class PartialFile:
    """The beginning of a file that is to stand at `target`."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._about = target.with_name(f"{target.name}.part.json")

    @property
    def size(self) -> int:
        """How many bytes there are so far."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def origin(self) -> Origin | None:
        """Where the bytes so far come from; nothing if there are none, or nobody knows."""
        try:
            data = probe.read(self._about, what="note", most=_MOST_ABOUT)
            said = json.loads(data) if data and self.size else None
        except (DataFileError, ValueError, RecursionError):
            return None
        if not isinstance(said, dict):
            return None
        url, version, size = (said.get(field) for field in Origin._fields)
        is_sound = isinstance(url, str) and isinstance(version, str)
        is_sound = is_sound and (size is None or type(size) is int)
        return Origin(url, version, size) if is_sound else None  # type: ignore[arg-type]

    def begin(self, origin: Origin) -> None:
        """Drop what there is, and note where the new bytes come from.

        Raises `CannotWriteError`.
        """
        with self._written():
            self.path.unlink(missing_ok=True)
            self._about.write_text(json.dumps(origin._asdict()), "utf-8")

    def insist_on_room(self, size: int) -> None:
        """Make the folder; raise `CannotWriteError` if its disk has no room for so many bytes."""
        with self._written():
            durable.make_folder(self.target.parent)
            free = shutil.disk_usage(self.target.parent).free
        if free < size + SPARE:
            raise CannotWriteError(
                f"{self.target.parent}: {sized(size)} are to come, and of {sized(free)} that are"
                f" free {sized(SPARE)} are left alone",
                hint=f"make room, or name another folder with ROADMAP_PAPERS; {_KEPT}",
            )

    def take(self, pieces: Iterable[bytes]) -> Iterator[int]:
        """Add pieces at the end; gives the size after each. Raises `CannotWriteError`."""
        with self._written():
            file = self.path.open("ab", buffering=0)
        with file:
            size = self.size
            for piece in pieces:
                with self._written():
                    size += _put(file.fileno(), piece)
                yield size

    def begins_with(self, mark: bytes, within: int) -> bool:
        """Whether a mark stands among the first bytes."""
        with self.path.open("rb") as file:
            return mark in file.read(within)

    def ends_with(self, mark: bytes, within: int) -> bool:
        """Whether a mark stands among the last bytes."""
        with self.path.open("rb") as file:
            file.seek(max(0, self.size - within))
            return mark in file.read()

    def finish(self) -> None:
        """Give the file its name, once its bytes are on the disk; raises `CannotWriteError`.

        What stands there already stays.
        """
        with self._written():
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                durable.rename_to_free(self.path, self.target)
            durable.sync_folder(self.target.parent)
        self.discard()

    def discard(self) -> None:
        """Remove what there is, if that can be."""
        for path in (self.path, self._about):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CannotWriteError(
                f"{self.path}: {durable.cause(error)}; {_KEPT}"
            ) from error


def _put(descriptor: int, data: bytes) -> int:
    """Write all of the data; returns how much that is."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    return len(data)
