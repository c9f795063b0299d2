"""Copies of the progress: one zip file each, thinned as they age.

A copy holds `progress/*.toml`, and `*.md` of `notes` and of the folders below it, as they
were, byte for byte. Its name is the time it was made, so that names sort as times do.
"""

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.journal import durable
from roadmap_cli.journal.text import parse
from roadmap_cli.vault import SUFFIX, markdown_files

if TYPE_CHECKING:
    from zipfile import ZipInfo

_NAME = "%Y-%m-%dT%H%M%S.%fZ"
_KEPT_LAST = 10
_KEPT_DAYS = 14
_KEPT_WEEKS = 26
_MAX_BYTES = 512 * 1024 * 1024


class Copy(NamedTuple):
    """One copy; `events` is how many it holds, or nothing if a journal in it is damaged."""

    path: Path
    made: datetime
    events: int | None

    @property
    def name(self) -> str:
        """What the copy is called."""
        return self.path.stem


class Backups:
    """The copies of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "backups"

    def make(self, now: datetime) -> Path:
        """Copy what is there now, whatever it looks like.

        Raises as `durable.replace` does, and `DataFileError` for what cannot be read.
        """
        import zipfile  # loaded for copies alone

        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in self._files():
                archive.writestr(_entry(name, now), _bytes(path))
        path = self._path(now)
        while os.path.exists(path):  # noqa: PTH110 - says no where it may not look
            now += timedelta(microseconds=1)
            path = self._path(now)
        durable.replace(path, buffer.getvalue(), unchanged="no copy was made")
        return path

    def _path(self, now: datetime) -> Path:
        return self.folder / f"{now.astimezone(UTC).strftime(_NAME)}.zip"

    def _files(self) -> Iterator[tuple[str, Path]]:
        """What a copy holds, by the names that it bears there."""
        journals = _found(self.data / "progress", "*.toml")
        for path in (*journals, *_notes(self.data / "notes")):
            name = path.relative_to(self.data).as_posix()
            if _is_file(path) and _is_ours(name) and name.isprintable():
                yield name, path

    def make_daily(self, now: datetime) -> Path | None:
        """Copy what is there if the newest copy is a day old, and thin the older ones out."""
        if not _found(self.data / "progress", "*.toml"):
            return None
        times = self._times()
        past = [one for one in times if one <= now]
        if past and now - max(past) < timedelta(days=1):
            return None
        made = self.make(now)
        for old in set(past) - kept([*past, now]):
            with suppress(OSError):  # one too many does no harm
                times[old].unlink(missing_ok=True)
        return made

    def all(self) -> list[Copy]:
        """Every copy, the newest first; raises `DataFileError` if nobody may look for them."""
        return list(self._newest_first())

    def copy_at(self, path: Path) -> Copy:
        """The copy in a file that bears a name of ours."""
        return Copy(path, _made(path), _events_in(path))

    def find(self, name: str | None) -> Copy:
        """The copy of that name or the beginning of one; without a name, the newest whole one.

        Raises `NotFoundError`.
        """
        if not name:
            whole = (one for one in self._newest_first() if one.events is not None)
            if copy := next(whole, None):
                return copy
            message = "there is no copy to restore"
        else:
            fitting = [
                one for one in self._times().values() if one.stem.startswith(name)
            ]
            if len(fitting) == 1:
                return self.copy_at(fitting[0])
            what = f"{len(fitting)} copies begin" if fitting else "no copy begins"
            message = f"{what} with `{name}`"
        hint = "roadmap restore --list" if self._times() else "roadmap backup makes one"
        raise NotFoundError(message, hint=hint)

    def contents(self, copy: Copy) -> dict[str, bytes]:
        """The files of a copy by their names; raises `DataFileError` if it is damaged."""
        return _read(copy.path)

    def _newest_first(self) -> Iterator[Copy]:
        for _, path in sorted(self._times().items(), reverse=True):
            yield self.copy_at(path)

    def _times(self) -> dict[datetime, Path]:
        found: dict[datetime, Path] = {}
        for path in _found(self.folder, "*.zip"):
            try:
                found[_made(path)] = path
            except ValueError:
                continue  # not one of ours
        return found


def _made(path: Path) -> datetime:
    """When a copy was made; raises `ValueError` if the name is none of ours."""
    made = datetime.fromisoformat(path.stem)  # `strptime` loads much, at every mark
    if made.tzinfo is None or f"{made.astimezone(UTC):{_NAME}}" != path.stem:
        raise ValueError(path.stem)
    return made


def _entry(name: str, now: datetime) -> "ZipInfo":
    """A file in a copy, dated by the clock that was handed in: zip files know 1980 to 2107."""
    import zipfile

    first, last = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
    at = min(max(now.astimezone(UTC), first), last)
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Those of the times whose copies are worth keeping.

    The last ten; the newest of each of the last 14 days that have any, and of each of the
    last 26 weeks.
    """
    newest_first = sorted(times, reverse=True)
    days = _first_of_each([(one.date().isoformat(), one) for one in newest_first])
    weeks = _first_of_each(
        [("{}-{}".format(*one.isocalendar()[:2]), one) for one in newest_first]
    )
    return {*newest_first[:_KEPT_LAST], *days[:_KEPT_DAYS], *weeks[:_KEPT_WEEKS]}


def _first_of_each(named: Sequence[tuple[str, datetime]]) -> list[datetime]:
    first: dict[str, datetime] = {}
    for name, time in named:
        first.setdefault(name, time)
    return list(first.values())


def _found(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that are called so; none if there is no such folder."""
    try:
        return sorted(one for one in folder.iterdir() if one.match(pattern))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error) from error


def _notes(folder: Path) -> list[Path]:
    """The files of notes in a folder and below it; none if there is no such folder."""

    def refuse(error: OSError) -> None:
        raise _unreadable(Path(error.filename), error) from error

    try:
        return sorted(Path(file.path) for _, file in markdown_files(folder, refuse))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise _unreadable(path, error) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> DataFileError:
    return DataFileError(f"{path}: cannot be read: {error.strerror}")


def _read(path: Path) -> dict[str, bytes]:
    """The files of a copy by their names, if it is whole and holds nothing else."""
    import zipfile

    # What reading a damaged zip file raises, depending on where the damage is.
    damage = (*_DAMAGE, zipfile.BadZipFile)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MAX_BYTES:
                raise DataFileError(f"{path}: too large for a copy")
            found = {one.filename: archive.read(one) for one in archive.infolist()}
    except damage as error:
        raise DataFileError(f"{path}: this copy is damaged: {error}") from error
    for name in found:
        if not _is_ours(name):
            raise DataFileError(f"{path}: holds `{name}`, which is none of ours")
    return found


_DAMAGE = (OSError, EOFError, ValueError, RuntimeError, zlib.error)


def _is_ours(name: str) -> bool:
    """Whether a name is that of a journal or of notes, and of nothing else anywhere else."""
    part, *place = name.split("/")
    if part == "progress":
        return len(place) == 1 and place[0].endswith(".toml") and _is_plain(place[0])
    is_note = part == "notes" and bool(place) and place[-1].endswith(SUFFIX)
    return is_note and all(map(_is_plain, place))


def _is_plain(name: str) -> bool:
    """Whether a name is one of a visible file or folder, and leads nowhere else."""
    return bool(name) and not name.startswith(".") and not set(name) & {"\\", "\0"}


def _events_in(path: Path) -> int | None:
    try:
        files = _read(path)
        journals = [
            data for name, data in files.items() if name.startswith("progress/")
        ]
        return sum(len(parse(data, path=str(path)).events) for data in journals)
    except DataFileError:
        return None
