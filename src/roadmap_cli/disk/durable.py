"""Writing so that a crash at any moment leaves the old bytes or the new ones, never a mixture.

After the advice of https://lwn.net/Articles/457667/: write, fsync, and for a file that is
new or replaced fsync of its folder too.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.errors import CannotWriteError

UNCHANGED = "nothing was changed"
"""How a failure ends unless the caller knows a better word for what stays as it was."""
_TEMPORARY = ".roadmap-"
_TO_APPEND = os.O_APPEND | probe.AT_ONCE | probe.AS_IT_IS
_LEFT_OVER = timedelta(hours=1)
_PATIENCE = 2.5
"""Seconds to wait while another program keeps a file open (Windows only)."""
_MANY = 100
"""Files from which on the disk is waited for once, not for each of them."""
_NO_HARD_LINKS = {
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
}
"""What `link` fails with on file systems without hard links: FAT, some network folders."""


class NewFile(NamedTuple):
    """A file to be made under the first of `names` that is free; they share one folder."""

    names: Iterable[Path]
    data: bytes


def numbered(path: Path) -> Iterator[Path]:
    """The names for a file that shall replace none: `x.toml`, `x.2.toml`, and so on."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}.{number}{path.suffix}")


def append(
    path: Path, data: bytes, *, torn: bytes = b"", unchanged: str = UNCHANGED
) -> None:
    """Add to a file in one write, and wait for the disk.

    The file's end is cut off first if it is `torn`. Raises `CannotWriteError`; then the file
    is as it was, which is told as `unchanged`, or the message says that it may not be. Raises
    `DataFileError` for what is no regular file.
    """
    ending = unchanged
    access = os.O_RDWR if torn else os.O_WRONLY
    try:
        descriptor = os.open(path, access | _TO_APPEND)
        try:
            probe.insist_on_file(descriptor, path)
            if torn:
                _cut_off(descriptor, torn)
            ending = "what was to be added may be there"
            _write_or_take_back(descriptor, data)
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


def _cut_off(descriptor: int, torn: bytes) -> None:
    """Shorten a file by its end; raises `OSError` if another program has changed that end."""
    good = os.fstat(descriptor).st_size - len(torn)
    os.lseek(descriptor, max(good, 0), os.SEEK_SET)
    if good < 0 or os.read(descriptor, len(torn)) != torn:
        raise OSError(errno.EBUSY, "another program has changed it meanwhile")
    os.ftruncate(descriptor, good)


def _write_or_take_back(descriptor: int, data: bytes) -> None:
    """Write at the end; after a failure, cut that off again unless more follows it already."""
    written = 0
    try:
        written = os.write(descriptor, data)
        _insist_on_all(written, data)
        os.fsync(descriptor)
    except OSError as error:
        end = os.lseek(descriptor, 0, os.SEEK_CUR)
        if written and os.fstat(descriptor).st_size > end:
            raise
        if written:
            os.ftruncate(descriptor, end - written)
        raise _TakenBackError(error) from error


def replace(path: Path, data: bytes, *, unchanged: str = UNCHANGED) -> None:
    """Make a file have these contents, all at once; a link stays one, a mode is kept.

    Raises `CannotWriteError`; then the file is as it was, which is told as `unchanged`, or
    the message says otherwise. Raises `DataFileError` where something else than a regular file
    stands, a link that leads nowhere for instance.
    """
    write_all({path: data}, unchanged=unchanged)


def create(
    path: Path,
    data: bytes,
    *,
    unchanged: str = UNCHANGED,
    guard: Callable[[], None] = lambda: None,
) -> bool:
    """Make a file; False if there is anything of that name, which then stays as it is.

    Raises as `write_all`.
    """
    new = [NewFile([path], data)]
    return write_all({}, new, unchanged=unchanged, guard=guard) != [None]


def create_under(
    names: Iterable[Path], data: bytes, *, unchanged: str = UNCHANGED
) -> Path:
    """Make a file under the first of these names that is free; returns its path.

    Raises as `write_all`, and `CannotWriteError` if none is free.
    """
    (path,) = write_all({}, [NewFile(names, data)], unchanged=unchanged)
    if path is None:
        raise CannotWriteError(f"no name for a new file is free; {unchanged}")
    return path


def write_all(
    replaced: Mapping[Path, bytes],
    created: Sequence[NewFile] = (),
    *,
    unchanged: str = UNCHANGED,
    guard: Callable[[], None] = lambda: None,
) -> list[Path | None]:
    """Write files; none gets its name before all of them are on the disk.

    The `replaced` ones have their contents from then on, whether or not they were there. Each
    of the `created` ones gets a name that is free in the moment of naming: returns where each
    of them is, or None for one whose names are all taken. What `guard` raises before the first
    file is named ends it, with nothing changed. Raises `CannotWriteError`, whose message says
    which files are new already should the naming itself stop midway, and `DataFileError` where
    something else than a regular file stands.
    """
    for path in replaced:
        with suppress(probe.ForbiddenError):  # writing will say so
            probe.is_file(path)
    naming = _Naming()
    try:
        naming.prepare(replaced, created)
        guard()
        return naming.name_all()
    except OSError as error:
        done = ", ".join(map(str, naming.done))
        ending = f"new already: {done}" if done else unchanged
        raise CannotWriteError(f"{naming.current}: {cause(error)}; {ending}") from error
    finally:
        naming.clean_up()


class _Naming:
    """Files under temporary names, beside the names that they are to get."""

    def __init__(self) -> None:
        self.replacing: list[tuple[Path, Path, Path]] = []
        self.creating: list[tuple[Path, Iterator[Path]]] = []
        self.temporaries: list[Path] = []
        self.done: list[Path] = []
        self.are_many = False
        self.folder: Path | None = None
        self.folders: dict[Path, Path] = {}
        """Each folder in which a file was named, with the last of these files."""
        self.current = Path()
        """The file that is worked on: the message of a failure names it."""

    def prepare(
        self, replaced: Mapping[Path, bytes], created: Sequence[NewFile]
    ) -> None:
        """Write all files to the disk, so that only their names are missing.

        Many are waited for together: one after the other, each takes some milliseconds.
        """
        self.are_many = sys.platform == "linux" and len(replaced) + len(created) > _MANY
        for self.current, data in replaced.items():
            target = self.current.resolve()
            temporary = self._filled(target.parent, data, like=target)
            self.replacing.append((temporary, target, self.current))
        for names, data in created:
            others = iter(names)
            self.current = next(others)
            temporary = self._filled(self.current.parent, data)
            self.creating.append((temporary, chain([self.current], others)))
        if self.are_many:
            os.sync()  # on Linux alone it returns when all is written

    def _filled(self, folder: Path, data: bytes, *, like: Path | None = None) -> Path:
        if folder != self.folder:
            make_folder(folder)
            self.folder = folder
        descriptor, temporary = _temporary_in(folder)
        self.temporaries.append(temporary)
        _fill(descriptor, data, like=like, is_final=not self.are_many)
        return temporary

    def name_all(self) -> list[Path | None]:
        """Give each file its name, and wait until the names are on the disk."""
        for temporary, target, path in self.replacing:
            self.current = path
            _patiently(partial(temporary.replace, target))
            self._note(target.parent)
        found = [self._first_free(*new) for new in self.creating]
        for folder, path in self.folders.items():
            try:
                sync_folder(folder)
            except OSError as error:
                raise CannotWriteError(
                    f"{path}: written but not confirmed on disk: {error.strerror}"
                ) from error
        return found

    def _first_free(self, temporary: Path, names: Iterator[Path]) -> Path | None:
        for self.current in names:
            try:
                rename_to_free(temporary, self.current)
            except FileExistsError:
                continue
            self._note(self.current.parent)
            return self.current
        return None

    def _note(self, folder: Path) -> None:
        """Keep in mind that the current file has its name."""
        self.done.append(self.current)
        self.folders[folder] = self.current

    def clean_up(self) -> None:
        """Remove what did not get a name, and the second name that a link leaves."""
        for temporary in self.temporaries:
            _remove(temporary)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a power cut.

    Raises `OSError`, and `DataFileError` where something else stands.
    """
    with suppress(probe.ForbiddenError):  # making it will say so
        if probe.is_folder(folder):
            return
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def temporary_name() -> str:
    """A file name that no other process chooses, also one of the same number elsewhere."""
    return f"{_TEMPORARY}{os.urandom(8).hex()}.tmp"


def _temporary_in(folder: Path) -> tuple[int, Path]:
    """A new, empty file of our own, open for writing."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | probe.AS_IT_IS
    while True:
        path = folder / temporary_name()
        try:
            return os.open(path, flags, 0o666), path
        except FileExistsError:
            continue


def _fill(descriptor: int, data: bytes, *, like: Path | None, is_final: bool) -> None:
    """Write a new file; wait for the disk if that `is_final`."""
    try:
        if like and like.exists() and hasattr(os, "fchmod"):
            os.fchmod(descriptor, like.stat().st_mode & 0o7777)
        _insist_on_all(os.write(descriptor, data), data)
        if is_final:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _insist_on_all(written: int, data: bytes) -> None:
    """Raises `OSError` if the disk took only a part of the data."""
    if written != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _patiently(rename: Callable[[], object]) -> None:
    """Rename a file, also if another program keeps it open for a moment (Windows only)."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            rename()
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def rename_to_free(temporary: Path, target: Path) -> None:
    """Give a file a name; raises `FileExistsError` if there is anything of that name."""
    if os.name == "nt":  # renaming replaces nothing there
        _patiently(lambda: temporary.rename(target))
        return
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _rename_under_claim(temporary, target)


def _rename_under_claim(temporary: Path, target: Path) -> None:
    """The same where there are no hard links: a file beside it says who may look and rename."""
    claim = target.with_name(f"{_TEMPORARY}{target.name}.claim.tmp")
    os.close(
        os.open(claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL | probe.AS_IT_IS, 0o666)
    )
    try:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        temporary.replace(target)
    finally:
        _remove(claim)


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; raises `OSError`."""
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
    """Our temporary files of over an hour ago, left by crashes; none where nobody may look."""
    oldest = (now - _LEFT_OVER).timestamp()
    try:
        ours = [path for path in folder.iterdir() if path.name.startswith(_TEMPORARY)]
        left = [path for path in ours if path.lstat().st_mtime < oldest]
        return sorted(path for path in left if path.suffix == ".tmp")
    except OSError:
        return []


def cause(error: OSError) -> str:
    """Why something could not be written, for a person; another's file with its owner."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "no space left to write to"
    said = f"cannot be written: {error.strerror}"
    if isinstance(error, PermissionError) and error.filename:
        from roadmap_cli.disk.owners import another_owner

        owner = another_owner(Path(os.fsdecode(error.filename)))
        return f"{said} ({owner})" if owner else said
    return said
