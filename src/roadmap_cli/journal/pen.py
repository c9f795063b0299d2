"""How something is written to the folder of journals: under a lock, at their ends."""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import durable, probe
from roadmap_cli.disk.durable import NewFile
from roadmap_cli.disk.lock import PATIENCE, Lock, locked
from roadmap_cli.disk.source import MAX_BYTES, Source
from roadmap_cli.errors import CannotWriteError, DataFileError, LockedError
from roadmap_cli.journal.copies import is_copied
from roadmap_cli.journal.journal import Journal, Torn
from roadmap_cli.journal.text import header, parse, stanza, takes_more_events
from roadmap_cli.progress.events import Event

_UNCHANGED = "your progress is unchanged"


class Appended(NamedTuple):
    """What was just added to a journal, and the events that whoever reads it finds there."""

    path: str
    text: bytes
    events: tuple[Event, ...]

    def is_all(self, file: Source, length: int, device: str) -> bool:
        """Whether it is all that stands behind the first bytes of a device's journal."""
        return (
            file.path == self.path
            and file.contents[length:] == self.text
            and all(event.device == device for event in self.events)
        )


class Pen:
    """Writes what this device says; looking around does without it."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def set_aside(self, torn: Sequence[Torn], lock: Lock) -> Path | None:
        """Move the end of this device's journal, if it is not whole, to its side file."""
        own = self._own(torn)
        if own is None:
            return None
        aside = own.side_file
        if not _holds(aside, own.rest):
            aside = durable.create_under(durable.numbered(aside), own.rest)
        lock.insist()
        durable.append(self.journal.path, b"", torn=own.rest)
        return aside

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Lock]:
        """Be the only writer of this device within the block; raises as `locked` does."""
        try:
            durable.make_folder(self.journal.folder)
        except OSError as error:
            raise CannotWriteError(
                f"{self.journal.folder}: {durable.cause(error)}"
            ) from error
        waiting = PATIENCE if patience is None else patience
        with locked(self.journal.lock_path, patience=waiting) as lock:
            yield lock

    def tidy(self, now: datetime) -> list[DataFileError | CannotWriteError]:
        """Once a day keep a copy of what is there; sweep up after crashes of long ago.

        What cannot be done, because the disk is full for instance, stops nobody; what a copy
        lacks, or that there is none, is told.
        """
        said: list[DataFileError | CannotWriteError] = []
        try:
            said += self._copied(now)
        except (CannotWriteError, DataFileError) as problem:
            why = f"the daily copy of your progress cannot be made: {problem}"
            hint = "what you mark is written all the same; `roadmap doctor` says more"
            said.append(CannotWriteError(why, hint=hint))
        with suppress(OSError):
            for path in durable.left_over(self.journal.folder, now):
                path.unlink(missing_ok=True)
        return said

    def _copied(self, now: datetime) -> Sequence[DataFileError]:
        """Make a copy if there is none of today; tell what it does not hold."""
        data = self.journal.data
        if is_copied(data, now):
            return ()
        from roadmap_cli.journal.backups import Backups  # once a day

        made = Backups(data).make_daily(now)
        return made.left_out if made else ()

    def check_writing(self) -> None:
        """Raise what `writing` would, without making anything or waiting."""
        probe.is_folder(self.journal.folder)
        if os.path.lexists(self.journal.lock_path):
            with locked(self.journal.lock_path, patience=0):
                return
        paths = (self.journal.folder, *self.journal.folder.parents)
        there = next(path for path in paths if os.path.lexists(path))
        if not os.access(there, os.W_OK | os.X_OK):
            error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), there)
            raise CannotWriteError(f"{self.journal.folder}: {durable.cause(error)}")

    def _own(self, torn: Sequence[Torn]) -> Torn | None:
        return next((end for end in torn if end.path == str(self.journal.path)), None)

    def insist_on_room(self, torn: Sequence[Torn]) -> None:
        """Raise `DataFileError` if events cannot be added to this device's valid journal.

        Its end that is not whole, if it is among the torn, does not count.
        """
        contents = probe.read(self.journal.path, what="journal", most=MAX_BYTES)
        if contents is None:
            return
        own = self._own(torn)
        if not takes_more_events(contents, own.length if own else len(contents)):
            raise DataFileError(
                f"{self.journal.path}: its events are one value (`event = …`), behind which no event"
                " can be written",
                hint="move it to another folder, then take in what it says:"
                f" roadmap merge {self.journal.path.name}",
            )

    def append(
        self, events: Sequence[Event], torn: Sequence[Torn], lock: Lock
    ) -> Appended | None:
        """Add events of one command to this device's journal, with the lock of `writing`.

        Tells what was written, unless only a reader of TOML can say how it is to be read. An end
        that is not whole is set aside first. Raises `CannotWriteError`, and `LockedError` if the
        lock was lost, or another program has begun the journal.
        """
        path = self.journal.path
        text = "".join(
            stanza(event.at, event.paper, event.fields, event.offset)
            for event in events
        ).encode()
        if not probe.is_file(path):
            contents = header(self.journal.device).encode() + text
            if not durable.create(
                path, contents, unchanged=_UNCHANGED, guard=lock.insist
            ):
                raise LockedError(
                    f"{path}: another program has just made it; {_UNCHANGED}",
                    hint="try again",
                )
            return None
        self.set_aside(torn, lock)
        lock.insist()
        durable.append(path, text, unchanged=_UNCHANGED)
        is_plain = all(_is_plain(event.fields) for event in events)
        return Appended(str(path), text, tuple(events)) if is_plain else None

    def merged(self, texts: Iterable[tuple[str, str]]) -> list[NewFile]:
        """Files for other journals, given as (device, text), under names that are not taken.

        They are named after this device too: two that take in the same never choose one name.
        Raises `DataFileError` if one is no journal. Nothing is written.
        """
        found: list[NewFile] = []
        for device, text in texts:
            name = f"{_slug(device)}.merged-{self.journal.device}.toml"
            parse(text.encode(), path=name)
            names = durable.numbered(self.journal.folder / name)
            found.append(NewFile(names, text.encode()))
        return found


def _is_plain(fields: Mapping[str, object]) -> bool:
    """Whether TOML has these values as Python does: what is read is what was written."""
    values = [
        part
        for value in fields.values()
        for part in (value if type(value) is list else [value])
    ]
    return all(type(value) in (str, bool, int, date) for value in values)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has these contents; False if it is not there or cannot be read."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _slug(device: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", device.lower()).strip("-")[:60] or "other"
