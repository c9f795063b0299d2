"""The folder of journals: its files as they are, and how something is written to them."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from roadmap_cli import tomlfile
from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.journal import durable
from roadmap_cli.journal.lock import locked
from roadmap_cli.journal.text import header, parse, takes_more_events
from roadmap_cli.source import Source

_UNCHANGED = "your progress is unchanged"


class Torn(NamedTuple):
    """The end of a journal that was not written to its end, behind `length` good bytes."""

    path: str
    length: int
    rest: bytes

    @property
    def side_file(self) -> Path:
        """Where the next write sets it aside."""
        from hashlib import blake2b  # with OpenSSL: hardly ever needed

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
        """Every journal of the folder, and what cannot even be read.

        Hidden files are no journals: editors and file systems leave such beside a file.
        """
        found: list[Source] = []
        damages: list[DataFileError] = []
        try:
            paths = sorted(
                one
                for one in self.folder.iterdir()
                if one.suffix == ".toml" and not one.name.startswith(".")
            )
        except FileNotFoundError:
            return [], []
        except OSError as error:
            return [], [_unreadable(self.folder, error)]
        for path in paths:
            try:
                if path.is_file() or path.is_symlink():
                    source = Source(str(path), what="journal")
                    if not source.state:  # else it may be known already
                        _ = source.contents
                    found.append(source)
            except DataFileError as damage:
                damages.append(damage)
            except OSError as error:
                damages.append(_unreadable(path, error))
        return found, damages

    def set_aside(self, torn: Sequence[Torn]) -> Path | None:
        """Move the end of this device's journal, if it is not whole, to its side file."""
        own = self._own(torn)
        if own is None:
            return None
        durable.replace(own.side_file, own.rest)
        durable.append(self.path, b"", length=own.length)
        return own.side_file

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer of this device within the block; raises as `locked` does."""
        try:
            durable.make_folder(self.folder)
        except OSError as error:
            raise CannotWriteError(f"{self.folder}: {durable.cause(error)}") from error
        with locked(self.lock_path):
            yield

    def check_writing(self) -> None:
        """Raise what `writing` would, without making anything or waiting."""
        if os.path.lexists(self.lock_path):
            with locked(self.lock_path, patience=0):
                return
        paths = (self.folder, *self.folder.parents)
        there = next(one for one in paths if os.path.lexists(one))
        if not os.access(there, os.W_OK | os.X_OK):
            raise CannotWriteError(
                f"{self.folder}: cannot be written: Permission denied"
            )

    def _own(self, torn: Sequence[Torn]) -> Torn | None:
        return next((one for one in torn if one.path == str(self.path)), None)

    def insist_on_room(self, torn: Sequence[Torn]) -> None:
        """Raise `DataFileError` if events cannot be added to this device's valid journal.

        Its end that is not whole, if it is among the torn, does not count.
        """
        if not os.path.exists(self.path):  # noqa: PTH110 - says no where it may not look
            return
        contents = tomlfile.read(self.path, what="journal")
        own = self._own(torn)
        if not takes_more_events(contents, own.length if own else len(contents)):
            raise DataFileError(
                f"{self.path}: its events are one value (`event = …`), behind which no event"
                " can be written",
                hint="move it to another folder, then take in what it says:"
                f" roadmap merge {self.path.name}",
            )

    def append(self, text: str, torn: Sequence[Torn]) -> None:
        """Add events to this device's journal; call it within `writing`.

        An end that is not whole is set aside first. Raises `CannotWriteError`.
        """
        if not self.path.exists():
            contents = (header(self.device) + text).encode()
            durable.replace(self.path, contents, unchanged=_UNCHANGED)
            return
        self.set_aside(torn)
        durable.append(self.path, text.encode(), unchanged=_UNCHANGED)

    def merged(self, texts: Iterable[tuple[str, str]]) -> dict[Path, bytes]:
        """Files for other journals, given as (device, text), under names that are not taken.

        Raises `DataFileError` if one is no journal. Nothing is written; call it within
        `writing`, and write them there.
        """
        found: dict[Path, bytes] = {}
        for device, text in texts:
            name = f"{_slug(device)}.merged"
            parse(text.encode(), path=name)
            path, number = self.folder / f"{name}.toml", 1
            while path in found or path.exists():
                number += 1
                path = self.folder / f"{name}.{number}.toml"
            found[path] = text.encode()
        return found


def _slug(device: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", device.lower()).strip("-")[:60] or "other"


def _unreadable(path: Path, error: OSError) -> DataFileError:
    return DataFileError(f"{path}: cannot be read: {error.strerror}")
