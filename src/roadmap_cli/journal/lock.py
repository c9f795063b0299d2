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

from roadmap_cli import disk
from roadmap_cli.errors import CannotWriteError, DataFileError, LockedError
from roadmap_cli.journal.durable import UNCHANGED, cause

PATIENCE = 8.0
"""Seconds to wait for another writer before giving up."""
_PAUSE = 0.02
_REMOVE = "remove it: a file of roadmap's own belongs there"


@contextmanager
def locked(
    path: Path, *, patience: float = PATIENCE, unchanged: str = UNCHANGED
) -> Iterator[None]:
    """Hold the lock on `path` within the block.

    Raises `LockedError` if another process keeps it for longer than `patience` seconds, and
    `CannotWriteError` if the file cannot be opened, or is a link (which we never follow);
    `unchanged` is how that message ends.
    """
    descriptor = _open(path, unchanged)
    try:
        _wait(descriptor, path, patience)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _sign(descriptor: int) -> None:
    """Leave our number for whoever has to wait; a disk too full for it is no reason to stop."""
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
        | disk.AT_ONCE
        | disk.AS_IT_IS
    )
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        hint = _REMOVE if is_no_lock(path) else None
        message = f"{path}: {cause(error)}; {unchanged}"
        raise CannotWriteError(message, hint=hint) from error
    try:
        disk.insist_on_file(descriptor, path)
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


def _wait(descriptor: int, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not _has(descriptor, path):
        if time.monotonic() > deadline:
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            who = f" (pid {holder})" if holder.isdigit() else ""
            raise LockedError(
                f"another roadmap{who} is writing to {path.parent}",
                hint="wait for it to finish, then try again; nothing was changed",
            )
        time.sleep(_PAUSE)


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
