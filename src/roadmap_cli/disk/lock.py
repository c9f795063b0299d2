"""One writer at a time: an advisory lock on a file of its own.

The operating system drops it when its holder dies, so a crash never leaves it behind. A
few lines over fcntl and msvcrt, because importing a lock package costs as much as half of
a whole command.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG

from roadmap_cli.disk import probe
from roadmap_cli.disk.durable import UNCHANGED, cause
from roadmap_cli.errors import CannotWriteError, DataFileError, LockedError

PATIENCE = 8.0
"""Seconds to wait for another writer before giving up."""
_PAUSE = 0.02
_REMOVE = "remove it: a file of roadmap's own belongs there"


class Lock:
    """A lock that is held, on the file that `path` named when it was taken."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor

    def insist(self) -> None:
        """Raise `LockedError` if the file was removed or replaced, so that others may write.

        Whoever finds no lock file makes one and holds that: only the older holder can tell.
        """
        if not _is_at(self.path, self.descriptor):
            raise LockedError(
                f"{self.path}: was removed or replaced while it was held; nothing was changed",
                hint="another roadmap may be writing: try again, and leave lock files alone",
            )


@contextmanager
def locked(
    path: Path, *, patience: float = PATIENCE, unchanged: str = UNCHANGED
) -> Iterator[Lock]:
    """Hold the lock on `path` within the block.

    Raises `LockedError` if another process keeps it for longer than `patience` seconds, and
    `CannotWriteError` if the file cannot be opened, or is a link (which we never follow);
    `unchanged` is how that message ends.
    """
    deadline = time.monotonic() + patience
    while True:
        descriptor = _open(path, unchanged)
        try:
            if _wait(descriptor, path, deadline):
                _sign(descriptor)
                yield Lock(path, descriptor)
                return
        finally:
            os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether an open file still is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


def _sign(descriptor: int) -> None:
    """Write our process number into the lock, for messages; a full disk is no reason to stop."""
    try:
        os.ftruncate(descriptor, 0)
        _put(descriptor, f"{os.getpid()}\n".encode())
    except OSError:
        return


def _open(path: Path, unchanged: str) -> int:
    flags = (
        os.O_RDWR
        | os.O_CREAT
        | getattr(os, "O_NOFOLLOW", 0)
        | probe.AT_ONCE
        | probe.AS_IT_IS
    )
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        hint = _REMOVE if is_no_lock(path) else None
        message = f"{path}: {cause(error)}; {unchanged}"
        raise CannotWriteError(message, hint=hint) from error
    try:
        probe.insist_on_file(descriptor, path)
    except DataFileError as damage:
        os.close(descriptor)
        raise CannotWriteError(f"{damage}; {unchanged}", hint=_REMOVE) from damage
    return descriptor


def is_no_lock(path: Path) -> bool:
    """Whether something stands in the place of a lock: a link, a folder, a pipe, a device."""
    try:
        return not S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _has(descriptor: int, path: Path) -> bool:
    try:
        return _try(descriptor)
    except OSError as error:
        raise CannotWriteError(
            f"{path}: cannot lock: {error.strerror}; nothing was changed",
            hint="some network folders know no locks: keep your data in a local one",
        ) from error


def _wait(descriptor: int, path: Path, deadline: float) -> bool:
    """Wait for the lock on an open file; tells whether it is had.

    It is not if the path names another file by now. Raises `LockedError` after the deadline.
    """
    while not (is_had := _has(descriptor, path)) and _is_at(path, descriptor):
        if time.monotonic() > deadline:
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            who = f" (pid {holder})" if holder.isdigit() else ""
            raise LockedError(
                f"another roadmap{who} is writing to {path.parent}",
                hint="wait for it to finish, then try again; nothing was changed",
            )
        time.sleep(_PAUSE)
    if is_had and _is_at(path, descriptor):
        return True
    if time.monotonic() > deadline:
        raise LockedError(
            f"{path}: is another file each time that it is locked; nothing was changed",
            hint="something keeps removing it, or its folder lies where locks do not work",
        )
    return False


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _put(descriptor: int, data: bytes) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, data)

    def _try(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 1024, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _put(descriptor: int, data: bytes) -> None:
        os.pwrite(descriptor, data, 0)

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
