"""A file that something is derived from: what it says, and whether it can have changed since.

Its state (size, times, inode) stands for its contents only where it must have changed with
them. A file written to twice within one tick of the clock looks the same both times, so a file
as young as that has no state that could be relied on; and Windows keeps no time of the last
change that programs cannot set.
"""

import errno
import os
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap_cli.disk import probe
from roadmap_cli.errors import DataFileError

if TYPE_CHECKING:
    from roadmap_cli.disk.digests import blake2b

MAX_BYTES = 256 * 1024 * 1024
"""Bytes of the largest file that is read whole."""

_YOUNG = 2_000_000_000
"""Nanoseconds: no file system's clock ticks more slowly."""
_DIGEST = 16
"""Bytes of a digest: no two files have the same by chance, and nobody forges his own."""
_HAS_CHANGE_TIME = os.name == "posix"


def state_of(status: os.stat_result) -> str:
    """What would not be the same after a change of a file; nothing where that is not sure."""
    if not _HAS_CHANGE_TIME:
        return ""
    if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _YOUNG:
        return ""
    times = f"{status.st_mtime_ns} {status.st_ctime_ns}"
    return f"{status.st_size} {times} {status.st_ino} {status.st_dev}"


def read(path: Path, *, what: str) -> bytes:
    """The bytes of a regular file that is not too large to be a catalogue or a journal.

    `what` it should be is only for the message. Raises `DataFileError`.
    """
    contents = probe.read(path, what=what, most=MAX_BYTES)
    if contents is None:
        raise DataFileError(f"{path}: cannot be read: {os.strerror(errno.ENOENT)}")
    return contents


class Source:
    """One file, read when it is asked for; `what` it should be is only for messages."""

    def __init__(self, path: str, *, what: str, contents: bytes | None = None) -> None:
        self.path = path
        self.what = what
        self._hashes: dict[int, blake2b] = {}
        self._grown_from = 0
        self.was_read = False
        """Whether the contents had to be read from the file."""
        if contents is not None:
            self.contents = contents
            self.state = ""

    @property
    def key(self) -> bytes:
        """The path as the index keeps it: a name need not be UTF-8, and SQLite's texts must."""
        return os.fsencode(Path(self.path).absolute())

    @property
    def size(self) -> int:
        """Its bytes; 0 if nothing is known of it."""
        try:
            return Path(self.path).stat().st_size
        except OSError:
            return 0

    @cached_property
    def state(self) -> str:
        """What would not be the same after a change; nothing where that is not sure."""
        try:
            return state_of(Path(self.path).stat())
        except OSError:
            return ""

    @cached_property
    def contents(self) -> bytes:
        """Its bytes; raises `DataFileError` if it cannot be read, or is too large."""
        _ = self.state  # first: what is written meanwhile then shows as a change
        self.__dict__.pop("digest", None)  # may have been that of an earlier moment
        self.was_read = True
        return read(Path(self.path), what=self.what)

    def release(self) -> None:
        """Free the memory of contents that were read; the digest stays, if it is known."""
        if self.was_read:
            self.__dict__.pop("contents", None)

    @cached_property
    def digest(self) -> str:
        """What tells these contents from all others; raises as `contents`."""
        if 0 < self._grown_from < len(self.contents):  # found on the way, and kept
            self.digest_of(self._grown_from)
        return self.digest_of(len(self.contents))

    def digest_of(self, length: int) -> str:
        """The digest of the first bytes alone; that of more takes up where it ended."""
        from roadmap_cli.disk.digests import blake2b  # not for a known state

        if length in self._hashes:
            return self._hashes[length].hexdigest()
        start = max((size for size in self._hashes if size <= length), default=0)
        begun = self._hashes[start].copy() if start else blake2b(digest_size=_DIGEST)
        begun.update(memoryview(self.contents)[start:length])
        self._hashes[length] = begun
        return begun.hexdigest()

    def has_grown_from(self, length: int) -> None:
        """Expect to be asked for the digest of so many bytes too, as it was before."""
        self._grown_from = length

    def is_known_as(self, digest: str) -> None:
        """Set the digest that a cache kept for this path in this state."""
        self.digest = digest
