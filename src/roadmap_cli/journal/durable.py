"""Writing so that a crash at any moment leaves the old bytes or the new ones, never a mixture.

After the advice of https://lwn.net/Articles/457667/: write, fsync, and for a file that is
new or replaced fsync of its folder too.
"""

import errno
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from roadmap_cli import disk
from roadmap_cli.errors import CannotWriteError

UNCHANGED = "nothing was changed"
"""How a failure ends unless the caller knows a better word for what stays as it was."""
_TEMPORARY = ".roadmap-"
_TO_APPEND = os.O_WRONLY | os.O_APPEND | disk.AT_ONCE | disk.AS_IT_IS
_LEFT_OVER = timedelta(hours=1)
_PATIENCE = 2.5
"""Seconds to wait while another program keeps a file open (Windows only)."""


def append(
    path: Path, data: bytes, *, length: int | None = None, unchanged: str = UNCHANGED
) -> None:
    """Add to a file in one write, and wait for the disk.

    What stands behind the first `length` bytes, if that is given, is cut off first. Raises
    `CannotWriteError`; then the file is as it was, which is told as `unchanged`, or the
    message says that it may not be. Raises `DataFileError` for what is no regular file.
    """
    ending = unchanged
    try:
        descriptor = os.open(path, _TO_APPEND)
        try:
            disk.insist_on_file(descriptor, path)
            good = os.fstat(descriptor).st_size if length is None else length
            if os.fstat(descriptor).st_size > good:
                os.ftruncate(descriptor, good)
            ending = "what was to be added may be there"
            _write_or_take_back(descriptor, data, good)
        except _TakenBackError as taken:
            ending = unchanged
            raise taken.why from taken
        finally:
            os.close(descriptor)
    except OSError as error:
        raise CannotWriteError(f"{path}: {cause(error)}; {ending}") from error


class _TakenBackError(Exception):
    """What was written has been cut off again."""

    def __init__(self, why: OSError) -> None:
        super().__init__(why)
        self.why = why


def _write_or_take_back(descriptor: int, data: bytes, length: int) -> None:
    try:
        _write(descriptor, data)
        os.fsync(descriptor)
    except OSError as error:
        os.ftruncate(descriptor, length)
        raise _TakenBackError(error) from error


def replace(path: Path, data: bytes, *, unchanged: str = UNCHANGED) -> None:
    """Make a file have these contents, all at once; a link stays one, a mode is kept.

    Raises `CannotWriteError`; then the file is as it was, which is told as `unchanged`, or
    the message says otherwise. Raises `DataFileError` where something else than a regular file
    stands, a link that leads nowhere for instance.
    """
    replace_all({path: data}, unchanged=unchanged)


def replace_all(files: Mapping[Path, bytes], *, unchanged: str = UNCHANGED) -> None:
    """Make each file have its contents; none does before all of them are on the disk.

    Raises as `replace`; should the renaming itself stop midway, the message says which files
    are new already.
    """
    for path in files:
        with suppress(disk.ForbiddenError):  # writing will say so
            disk.is_file(path)
    targets = {path.resolve(): (path, data) for path, data in files.items()}
    temporaries: dict[Path, Path] = {}
    done: list[str] = []
    target = Path()
    try:
        for target, (_, data) in targets.items():
            name = f"{_TEMPORARY}{os.getpid()}-{target.name}.tmp"
            temporaries[target] = target.with_name(name)
            make_folder(target.parent)
            _fill(temporaries[target], data, like=target)
        for target, (path, _) in targets.items():
            _rename(temporaries[target], target)
            done.append(str(path))
    except OSError as error:
        path, _ = targets[target]
        ending = f"new already: {', '.join(done)}" if done else unchanged
        raise CannotWriteError(f"{path}: {cause(error)}; {ending}") from error
    finally:
        for temporary in temporaries.values():
            _remove(temporary)
    _sync_folders_of(targets)


def _sync_folders_of(targets: Mapping[Path, tuple[Path, bytes]]) -> None:
    """Wait until the new names of all these files are on the disk."""
    last = {target.parent: path for target, (path, _) in targets.items()}
    for folder, path in last.items():
        try:
            _sync_folder(folder)
        except OSError as error:
            raise CannotWriteError(
                f"{path}: written but not confirmed on disk: {error.strerror}"
            ) from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a power cut.

    Raises `OSError`, and `DataFileError` where something else stands.
    """
    with suppress(disk.ForbiddenError):  # making it will say so
        if disk.is_folder(folder):
            return
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        _sync_folder(one.parent)


def _fill(temporary: Path, data: bytes, *, like: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | disk.AS_IT_IS
    descriptor = os.open(temporary, flags, 0o666)
    try:
        if like.exists() and hasattr(os, "fchmod"):
            os.fchmod(descriptor, like.stat().st_mode & 0o7777)
        _write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: bytes) -> None:
    if os.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _rename(temporary: Path, target: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            temporary.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _remove(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems know no such thing
            raise
    finally:
        os.close(descriptor)


def left_over(folder: Path, now: datetime) -> list[Path]:
    """Our temporary files that a crash left behind: those older than an hour.

    None where nobody may look for them.
    """
    oldest = (now - _LEFT_OVER).timestamp()
    try:
        found = folder.glob(f"{_TEMPORARY}*.tmp") if folder.is_dir() else []
        return sorted(path for path in found if path.lstat().st_mtime < oldest)
    except OSError:
        return []


def cause(error: OSError) -> str:
    """Why something could not be written, for a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "no space left to write to"
    return f"cannot be written: {error.strerror}"
