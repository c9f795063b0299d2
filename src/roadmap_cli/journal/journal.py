"""The folder of journals: its files as they are, and how something is written to them."""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import durable, probe, toml
from roadmap_cli.disk.digests import blake2b
from roadmap_cli.disk.durable import NewFile
from roadmap_cli.disk.lock import PATIENCE, Lock, locked
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import CannotWriteError, DataFileError, LockedError
from roadmap_cli.journal.text import header, parse, takes_more_events

_UNCHANGED = "your progress is unchanged"


class Torn(NamedTuple):
    """The end of a journal that was not written to its end, behind `length` good bytes."""

    path: str
    length: int
    rest: bytes

    @property
    def side_file(self) -> Path:
        """Where the next write sets it aside."""
        path = Path(self.path)
        digest = blake2b(self.rest, digest_size=4).hexdigest()
        return path.with_name(f"{path.stem}.torn-{digest}.txt")


def torn_end(path: str) -> str:
    """What is said of a journal whose end is not whole."""
    return f"{path}: the last event was not written to its end and does not count"


class Journal:
    """All journals of a data folder, one of which is this device's own."""

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self.path = folder / f"{device}.toml"
        self.lock_path = folder / f"{device}.lock"
        self.device = device

    def files(self) -> tuple[list[Source], list[DataFileError]]:
        """Every journal of the folder, and what cannot even be read."""
        found: list[Source] = []
        damages: list[DataFileError] = []
        try:
            paths = probe.files_in(self.folder, ".toml")
        except DataFileError as damage:
            return [], [damage]
        for path in paths:
            source = Source(str(path), what="journal")
            try:
                if not source.state:  # else it may be known already
                    _ = source.contents
                found.append(source)
            except DataFileError as damage:
                damages.append(damage)
        return found, damages

    def set_aside(self, torn: Sequence[Torn], lock: Lock) -> Path | None:
        """Move the end of this device's journal, if it is not whole, to its side file."""
        own = self._own(torn)
        if own is None:
            return None
        aside = own.side_file
        if not _holds(aside, own.rest):
            aside = durable.create_under(durable.numbered(aside), own.rest)
        lock.insist()
        durable.append(self.path, b"", torn=own.rest)
        return aside

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[Lock]:
        """Be the only writer of this device within the block; raises as `locked` does."""
        try:
            durable.make_folder(self.folder)
        except OSError as error:
            raise CannotWriteError(f"{self.folder}: {durable.cause(error)}") from error
        with locked(self.lock_path, patience=patience) as lock:
            yield lock

    def check_writing(self) -> None:
        """Raise what `writing` would, without making anything or waiting."""
        probe.is_folder(self.folder)
        if os.path.lexists(self.lock_path):
            with locked(self.lock_path, patience=0):
                return
        paths = (self.folder, *self.folder.parents)
        there = next(path for path in paths if os.path.lexists(path))
        if not os.access(there, os.W_OK | os.X_OK):
            error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), there)
            raise CannotWriteError(f"{self.folder}: {durable.cause(error)}")

    def _own(self, torn: Sequence[Torn]) -> Torn | None:
        return next((end for end in torn if end.path == str(self.path)), None)

    def insist_on_room(self, torn: Sequence[Torn]) -> None:
        """Raise `DataFileError` if events cannot be added to this device's valid journal.

        Its end that is not whole, if it is among the torn, does not count.
        """
        contents = probe.read(self.path, what="journal", most=toml.MAX_BYTES)
        if contents is None:
            return
        own = self._own(torn)
        if not takes_more_events(contents, own.length if own else len(contents)):
            raise DataFileError(
                f"{self.path}: its events are one value (`event = …`), behind which no event"
                " can be written",
                hint="move it to another folder, then take in what it says:"
                f" roadmap merge {self.path.name}",
            )

    def append(self, text: str, torn: Sequence[Torn], lock: Lock) -> None:
        """Add events to this device's journal, with the lock of `writing`.

        An end that is not whole is set aside first. Raises `CannotWriteError`, and
        `LockedError` if the lock was lost, or another program has begun the journal.
        """
        if not probe.is_file(self.path):
            contents = (header(self.device) + text).encode()
            if not durable.create(
                self.path, contents, unchanged=_UNCHANGED, guard=lock.insist
            ):
                raise LockedError(
                    f"{self.path}: another program has just made it; {_UNCHANGED}",
                    hint="try again",
                )
            return
        self.set_aside(torn, lock)
        lock.insist()
        durable.append(self.path, text.encode(), unchanged=_UNCHANGED)

    def merged(self, texts: Iterable[tuple[str, str]]) -> list[NewFile]:
        """Files for other journals, given as (device, text), under names that are not taken.

        They are named after this device too: two that take in the same never choose one name.
        Raises `DataFileError` if one is no journal. Nothing is written.
        """
        found: list[NewFile] = []
        for device, text in texts:
            name = f"{_slug(device)}.merged-{self.device}.toml"
            parse(text.encode(), path=name)
            names = durable.numbered(self.folder / name)
            found.append(NewFile(names, text.encode()))
        return found


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has these contents; False if it is not there or cannot be read."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _slug(device: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", device.lower()).strip("-")[:60] or "other"
