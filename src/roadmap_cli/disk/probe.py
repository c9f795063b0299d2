"""What stands at a path: a file to read, a folder to list, or nothing.

Whatever else stands there is damage and raised as `DataFileError` with its cure: a link that
leads nowhere or in a circle, a pipe, a socket, a device, a folder in place of a file, a file in
place of a folder, a place that nobody may look into. Nothing here waits for another process.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK
from typing import BinaryIO

from roadmap_cli.errors import DataFileError

AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Flags for `os.open` that keep it from waiting for the other end of a pipe."""
AS_IT_IS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Flags for `os.open`: for this process alone, and on Windows without other line ends."""
_FILE, _FOLDER = "a regular file", "a folder"
_KINDS = (
    (S_ISREG, _FILE),
    (S_ISDIR, _FOLDER),
    (S_ISFIFO, "a named pipe"),
    (S_ISSOCK, "a socket"),
    (S_ISCHR, "a device"),
    (S_ISBLK, "a device"),
)


class ForbiddenError(DataFileError):
    """A place that this user may not look into."""


def is_file(path: Path) -> bool:
    """Whether a regular file stands there, links followed; no if nothing does."""
    return _is(path, S_ISREG, _FILE)


def is_folder(path: Path) -> bool:
    """Whether a folder stands there, links followed; no if nothing does."""
    return _is(path, S_ISDIR, _FOLDER)


def check_folder(path: Path) -> None:
    """Raise if something stands there that is no folder, or one that may not be looked into."""
    if is_folder(path) and not os.access(path, os.R_OK | os.X_OK):
        denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        raise unreadable(path, denied)


def files_in(folder: Path, suffix: str) -> list[Path]:
    """The paths in a folder whose names end so, sorted; none if there is no such folder.

    Hidden ones do not count: editors and file systems leave such beside a file. What the
    others are shows when they are read.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        _insist_on_absence(folder, error)
        return []
    return [
        path
        for path in paths
        if path.name.endswith(suffix) and not path.name.startswith(".")
    ]


def opened(path: Path) -> BinaryIO | None:
    """A regular file, open for reading; nothing if nothing stands there."""
    if not is_file(path):  # first: to open a device may do something already
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | AT_ONCE | AS_IT_IS)
    except OSError as error:
        _insist_on_absence(path, error)
        return None
    try:
        insist_on_file(descriptor, path)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read(path: Path, *, what: str, most: int | None = None) -> bytes | None:
    """The bytes of a regular file; nothing if nothing stands there.

    `what` it should be is for the message that it has more than `most` bytes.
    """
    file = opened(path)
    if file is None:
        return None
    with file:
        if most is not None and os.fstat(file.fileno()).st_size > most:
            limit = f"(over {most >> 20} MiB)"
            raise DataFileError(f"{path}: too large for a {what} {limit}")
        try:
            return file.read()
        except OSError as error:
            raise unreadable(path, error) from error


def insist_on_file(descriptor: int, path: Path) -> None:
    """Raise `DataFileError` if what was opened at the path is no regular file."""
    mode = os.fstat(descriptor).st_mode
    if not S_ISREG(mode):
        raise _misplaced(path, mode, _FILE)


def kind(mode: int) -> str:
    """What a file of this mode is, for a person."""
    return next((name for test, name in _KINDS if test(mode)), "something else")


def _is(path: Path, test: Callable[[int], bool], wanted: str) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        _insist_on_absence(path, error)
        return False
    if not test(mode):
        raise _misplaced(path, mode, wanted)
    return True


def _insist_on_absence(path: Path, error: OSError) -> None:
    """Return if nothing stands there; raise what keeps the path from being reached.

    `error` is what the system said of it. The cause is the first link, file or closed folder
    on the way, from the end of the path.
    """
    for place in (path, *path.parents):
        try:
            is_link = S_ISLNK(place.lstat().st_mode)
        except OSError:  # one further up says why
            continue
        try:
            mode = place.stat().st_mode
        except OSError as why:
            raise (_astray if is_link else unreadable)(place, why) from why
        is_on_the_way = place != path or isinstance(error, NotADirectoryError)
        if is_on_the_way and not S_ISDIR(mode):
            raise _misplaced(place, mode, _FOLDER) from error
        if not isinstance(error, FileNotFoundError):
            raise unreadable(path, error, at=place) from error
        return
    if not isinstance(error, FileNotFoundError):
        raise unreadable(path, error) from error


def _astray(place: Path, why: OSError) -> DataFileError:
    """What is wrong with a link that cannot be followed."""
    if isinstance(why, FileNotFoundError | NotADirectoryError):
        return DataFileError(
            f"{place}: is a link to {place.readlink()}, and nothing is there",
            hint="connect the drive that it leads to, or remove the link",
        )
    if why.errno == errno.ELOOP:
        return DataFileError(
            f"{place}: is a link that leads in a circle", hint="remove the link"
        )
    return unreadable(place, why)


def _misplaced(place: Path, mode: int, wanted: str) -> DataFileError:
    return DataFileError(
        f"{place}: not {wanted} but {kind(mode)}", hint="move it away, or remove it"
    )


def unreadable(path: Path, error: OSError, at: Path | None = None) -> DataFileError:
    """A path that cannot be read, because of it or of the folder on the way that is given."""
    message = f"{path}: cannot be read: {error.strerror}"
    if not isinstance(error, PermissionError):
        return DataFileError(message, hint="see whether its drive is connected")
    import shlex

    cure = f"make it readable for you: chmod u+rwX {shlex.quote(str(at or path))}"
    return ForbiddenError(message, hint=cure)
