"""The folder of journals: what all of them say, and how one more event gets in."""

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.journal.lock import locked
from roadmap_cli.journal.text import header, parse, stanza
from roadmap_cli.progress import Event

MAX_BYTES = 256 * 1024 * 1024
Change = tuple[str, Mapping[str, object]]
"""What to write: a paper's full name, and the fields that it gets."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What all journals say; `damages` are those that could not be read, and why."""

    events: tuple[Event, ...]
    damages: tuple[DataFileError, ...]


class Journal:
    """All journals of a data folder, one of which is this device's own."""

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self.path = folder / f"{device}.toml"
        self.device = device

    def read(self) -> Reading:
        """The events of every device's journal."""
        events: list[Event] = []
        damages: list[DataFileError] = []
        for path in self._paths():
            try:
                events += parse(_contents(path), path=str(path))
            except DataFileError as damage:
                damages.append(damage)
        return Reading(tuple(events), tuple(damages))

    def append(
        self, decide: Callable[[Sequence[Event]], Sequence[Change]], now: datetime
    ) -> int:
        """Write what `decide` makes of the events so far; tell how many events that were.

        Reading, deciding and writing happen under one lock. All events of one call bear one
        time, later than that of every event seen. Raises `DataFileError` if any journal is
        damaged, `LockedError`, and `CannotWriteError`; then nothing was written.
        """
        self._make_folder()
        with locked(self.folder / f"{self.device}.lock"):
            reading = self.read()
            if reading.damages:
                raise reading.damages[0]
            changes = decide(reading.events)
            if changes:
                last = max((event.at for event in reading.events), default=now)
                at = (
                    max(now, last + timedelta(microseconds=1))
                    if reading.events
                    else now
                )
                self._write(
                    "".join(stanza(at, paper, fields) for paper, fields in changes)
                )
        return len(changes)

    def _paths(self) -> Iterator[Path]:
        try:
            yield from sorted(self.folder.glob("*.toml"))
        except OSError as error:
            raise DataFileError(
                f"{self.folder}: cannot be read: {error.strerror}"
            ) from error

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWriteError(f"{self.folder}: {_cause(error)}") from error

    def _write(self, text: str) -> None:
        """Append in one write and wait until it is on the disk."""
        is_new = not self.path.exists()
        data = ((header(self.device) if is_new else "") + text).encode()
        try:
            descriptor = os.open(
                self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666
            )
            try:
                before = os.fstat(descriptor).st_size
                self._append(descriptor, data, before)
            finally:
                os.close(descriptor)
            if is_new:
                _sync_folder(self.folder)
        except OSError as error:
            raise CannotWriteError(
                f"{self.path}: {_cause(error)}; your progress is unchanged"
            ) from error

    @staticmethod
    def _append(descriptor: int, data: bytes, before: int) -> None:
        try:
            _write_whole(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)  # half an event is worse than none
            raise


def _write_whole(descriptor: int, data: bytes) -> None:
    if os.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _contents(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataFileError(
                f"{path}: too large for a journal (over {MAX_BYTES} bytes)"
            )
        return path.read_bytes()
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error


def _cause(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "no space left to write to"
    return f"cannot be written: {error.strerror}"


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
