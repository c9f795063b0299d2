"""Files that a command writes where the reader says: new ones, and those that it wrote before.

Everything is checked before anything is written. What belongs to the reader's data is never
written over, by whatever name, link or hard link it is reached.
"""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISFIFO, S_ISREG
from typing import NamedTuple

from roadmap_cli.disk import durable, probe
from roadmap_cli.disk.places import SHIPPED, Places, shipped
from roadmap_cli.errors import CannotWriteError, DataFileError, RefusedError

_BEGINNING = 4096
"""Bytes of a file that show whether the command wrote it."""
_OF_NOTES = (".md", ".lock")
"""How names end in a folder of notes, which may be a vault of other files."""
_OF_PAPERS = (".pdf", ".part", ".part.json")
"""How names end in a folder of PDFs, which may be anybody's."""
_ELSEWHERE = "name a file elsewhere; nothing was written"


class _Room(NamedTuple):
    """A folder of the reader's data: what a file in it is, and how names of such files end."""

    folder: Path
    what: str
    suffixes: tuple[str, ...] = ("",)


def write(
    output: Path,
    data: bytes,
    places: Places,
    is_ours: Callable[[bytes], bool],
    *,
    force: bool,
) -> None:
    """Write a file whole, as safely as a journal; a pipe or a terminal gets the bytes.

    `is_ours` tells from the first bytes of a file whether the command wrote it; any other that
    is there is replaced only with `force`. Raises `RefusedError` for such a file and for what
    belongs to the reader's data, `CannotWriteError` for what cannot be written. Then nothing
    was changed.
    """
    try:
        status = output.stat()
    except OSError:
        status = None
    is_stream = status and (S_ISFIFO(status.st_mode) or S_ISCHR(status.st_mode))
    if not is_stream:
        _insist_on_a_file(output, status)
    if what := _belongs_to(output, status, places):
        is_ = "is" if status else "would be"
        raise RefusedError(f"{output}: {is_} {what}", hint=_ELSEWHERE)
    if is_stream:
        _send(output, data)
        return
    if status and not force and not _may_be_replaced(output, status, is_ours):
        raise RefusedError(
            f"{output}: is there already, and this command did not write it",
            hint="name another file, or replace this one with --force",
        )
    durable.replace(output, data)


def _insist_on_a_file(output: Path, status: os.stat_result | None) -> None:
    """Raise `CannotWriteError` where no file is or can be made."""
    try:
        probe.is_file(output)
        is_possible = probe.is_folder(output.parent)
    except DataFileError as damage:
        is_folder = status is not None and not S_ISBLK(status.st_mode)
        hint = "name a file in it" if is_folder else damage.hint
        raise CannotWriteError(f"{damage}; nothing was written", hint=hint) from damage
    if not is_possible:
        raise CannotWriteError(
            f"{output}: cannot be written: there is no folder {output.parent}"
        )


def _send(output: Path, data: bytes) -> None:
    """Write to a pipe that has a reader, or to a terminal."""
    try:
        descriptor = os.open(output, os.O_WRONLY | probe.AT_ONCE | probe.AS_IT_IS)
        with os.fdopen(descriptor, "wb") as file:
            if S_ISFIFO(os.fstat(descriptor).st_mode):
                os.set_blocking(descriptor, True)
            file.write(data)
    except OSError as error:
        is_unread = error.errno in (errno.ENXIO, errno.EPIPE)
        why = "nobody reads it" if is_unread else error.strerror
        raise CannotWriteError(f"{output}: cannot be written: {why}") from error


def _may_be_replaced(
    output: Path, status: os.stat_result, is_ours: Callable[[bytes], bool]
) -> bool:
    """Whether a file is empty, or as the command writes it."""
    if not status.st_size:
        return True
    try:
        file = probe.opened(output)
    except DataFileError:
        return False
    if file is None:
        return True
    with file:
        return is_ours(file.read(_BEGINNING))


def _belongs_to(
    output: Path, status: os.stat_result | None, places: Places
) -> str | None:
    """What of the reader's data a path is, or would become; nothing if it is none of them."""
    target = output.resolve()
    for room in _rooms(places):
        if _is_same(target, room.folder):
            return f"the folder of {room.what}"
        is_named_so = target.name.lower().endswith(room.suffixes)
        if is_named_so and _is_below(target, room.folder):
            return f"one of {room.what}"
    catalogues = [*map(shipped, SHIPPED), *places.catalogues]
    if any(_is_same(target, path) for path in catalogues):
        return "a catalogue"
    if status is None:
        return None
    for room in _rooms(places):  # under another name: a link to it, or a hard link
        if any(os.path.samestat(status, other) for other in _files_below(room)):
            return f"one of {room.what}"
    return None


def _rooms(places: Places) -> list[_Room]:
    return [
        _Room(places.progress, "your journals"),
        _Room(places.own_catalogues, "your catalogues"),
        _Room(places.own_notes, "your notes", _OF_NOTES),
        _Room(places.notes, "your notes", _OF_NOTES),
        _Room(places.papers, "your PDFs", _OF_PAPERS),
        _Room(places.backups, "your copies"),
        _Room(places.cache, "the files of roadmap's cache"),
        _Room(places.state, "the files of roadmap's state"),
    ]


def _is_below(target: Path, folder: Path) -> bool:
    return any(_is_same(parent, folder) for parent in target.parents)


def _is_same(target: Path, path: Path) -> bool:
    """Whether both are one place; of what is not there yet the names decide."""
    try:
        return target.samefile(path)
    except OSError:
        return str(target).lower() == str(path.resolve()).lower()


def _files_below(room: _Room) -> Iterator[os.stat_result]:
    """The files in a folder and in those below it that may be the reader's data."""
    for folder, _, names in os.walk(room.folder):
        for name in names:
            if name.lower().endswith(room.suffixes):
                try:
                    status = Path(folder, name).stat()
                except OSError:
                    continue
                if S_ISREG(status.st_mode):
                    yield status
