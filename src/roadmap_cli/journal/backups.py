"""Copies of the data folder: one zip file each, thinned as they age.

A copy holds `progress/*.toml`, `catalogues/*.toml`, and `*.md` of `notes` and of the folders
below it, as they were, byte for byte.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from roadmap_cli.disk import durable, probe
from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.journal.copies import FOLDER, copies_of, made_at, path_of
from roadmap_cli.journal.text import parse, parse_tail
from roadmap_cli.language.phrases import counted

if TYPE_CHECKING:
    from roadmap_cli.journal.archive import LeftOut, Packed

_KEPT_LAST = 10
_KEPT_DAYS = 14
_KEPT_WEEKS = 26
_MAX_PARSED = 8 * 1024 * 1024
"""Bytes of a journal that a list of copies reads to see that they are whole."""
_PIECE = 256 * 1024
"""Bytes of a journal that are read as TOML at once."""
_NAMED = 8
"""Files that a copy does not hold, named one by one before the rest is only counted."""
_EVENT = b"\n[[event]]"


Why = Literal["backup", "daily", "restore", ""]
"""Why a copy was made, as it says itself; empty where it does not."""
_WHYS: Mapping[str, Why] = {"backup": "backup", "daily": "daily", "restore": "restore"}


class Copy(NamedTuple):
    """One copy, and how much it holds: nothing is known of a damaged one.

    `events` is unknown also if only a journal in it is damaged. `size` counts the bytes of its
    file.
    """

    path: Path
    made: datetime
    events: int | None
    notes: int | None
    catalogues: int | None
    why: Why = ""
    size: int | None = None

    @property
    def name(self) -> str:
        """What the copy is called."""
        return self.path.stem


class Made(NamedTuple):
    """A copy that was just made, and a word on each file that it does not hold."""

    path: Path
    left_out: tuple[DataFileError, ...]
    missing: frozenset[Path]
    """The paths of these files."""


class Backups:
    """The copies of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / FOLDER

    def make(self, now: datetime, why: Why = "backup") -> Made:
        """Copy what is there now, whatever it looks like, and say in the copy why.

        Raises as `durable.create` does, and `DataFileError` for what cannot be read.
        """
        from roadmap_cli.journal import archive  # loaded for copies alone

        data, left_out = archive.pack(self._files(), now, why)
        times = (now + timedelta(microseconds=number) for number in count())
        names = (path_of(self.data, time) for time in times)
        path = durable.create_under(names, data, unchanged="no copy was made")
        return Made(
            path, _words_on(left_out, path), frozenset(file.path for file in left_out)
        )

    def _files(self) -> Iterator[tuple[str, Path]]:
        """What a copy holds, by the names that it bears there; hidden files do not count."""
        from roadmap_cli.journal.archive import PARTS

        for part, suffix in PARTS.items():
            folder = self.data / part
            is_vault = part == "notes"
            for path in _below(folder) if is_vault else probe.files_in(folder, suffix):
                yield path.relative_to(self.data).as_posix(), path

    def make_daily(self, now: datetime) -> Made | None:
        """Copy what is there, unless the newest copy holds just that; thin the older ones out."""
        if not probe.files_in(self.data / "progress", ".toml"):
            return None
        times = copies_of(self.data)
        past = [time for time in times if time <= now]
        if past and self._is_as_now(times[max(past)]):
            return None
        made = self.make(now, "daily")
        for old in set(past) - kept([*past, now]):
            with suppress(OSError):  # one too many does no harm
                times[old].unlink(missing_ok=True)
        return made

    def _is_as_now(self, path: Path) -> bool:
        """Whether a copy holds just what is there."""
        from roadmap_cli.journal import archive

        try:
            return archive.holds_just(path, dict(self._files()))
        except DataFileError:
            return False

    def all(self) -> list[Copy]:
        """Every copy, the newest first; raises `DataFileError` if the folder cannot be read."""
        return list(self._newest_first())

    def copy_at(self, path: Path) -> Copy:
        """The copy in a file that bears a name of ours."""
        return _surveyed(path)

    def find(self, name: str | None) -> Copy:
        """The copy of that name or the beginning of one; without a name, the newest whole one.

        Raises `NotFoundError`.
        """
        if not name:
            whole = (copy for copy in self._newest_first() if copy.events is not None)
            if copy := next(whole, None):
                return copy
            message = "there is no copy to restore"
        else:
            fitting = [
                path
                for path in copies_of(self.data).values()
                if path.stem.startswith(name)
            ]
            if len(fitting) == 1:
                return self.copy_at(fitting[0])
            what = f"{len(fitting)} copies begin" if fitting else "no copy begins"
            message = f"{what} with `{name}`"
        hint = (
            "roadmap restore --list"
            if copies_of(self.data)
            else "roadmap backup makes one"
        )
        raise NotFoundError(message, hint=hint)

    def contents(self, copy: Copy) -> dict[str, bytes]:
        """The files of a copy by their names; raises `DataFileError` if it is damaged."""
        from roadmap_cli.journal import archive

        return archive.read(copy.path)

    def _newest_first(self) -> Iterator[Copy]:
        for _, path in sorted(copies_of(self.data).items(), reverse=True):
            yield self.copy_at(path)


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Those of the times whose copies are worth keeping.

    The last ten; the newest of each of the last 14 days that have any, and of each of the
    last 26 weeks.
    """
    newest_first = sorted(times, reverse=True)
    days = _first_of_each([(time.date().isoformat(), time) for time in newest_first])
    weeks = _first_of_each(
        [("{}-{}".format(*time.isocalendar()[:2]), time) for time in newest_first]
    )
    return {*newest_first[:_KEPT_LAST], *days[:_KEPT_DAYS], *weeks[:_KEPT_WEEKS]}


def _first_of_each(named: Sequence[tuple[str, datetime]]) -> list[datetime]:
    first: dict[str, datetime] = {}
    for name, time in named:
        first.setdefault(name, time)
    return list(first.values())


def _below(folder: Path) -> list[Path]:
    """The files of notes in a folder and below it; none if there is no such folder."""
    from roadmap_cli.disk.vault import markdown_files

    def refuse(error: OSError) -> None:
        raise probe.unreadable(Path(error.filename), error) from error

    if not probe.is_folder(folder):
        return []
    try:
        return sorted(Path(file.path) for _, file in markdown_files(folder, refuse))
    except OSError as error:
        raise probe.unreadable(folder, error) from error


def _words_on(left_out: "Sequence[LeftOut]", copy: Path) -> tuple[DataFileError, ...]:
    """A warning of each file that a copy does not hold, or of the first and the number."""
    hint = "keep a copy of it elsewhere"
    words = [
        DataFileError(f"{path}: is not in the copy {copy.stem}: {why}", hint=hint)
        for path, why in left_out[:_NAMED]
    ]
    if (more := len(left_out) - _NAMED) > 0:
        verb = "is" if more == 1 else "are"
        said = f"{counted(more, 'more file')} {verb} not in the copy {copy.stem}"
        words.append(DataFileError(said, hint="keep copies of them elsewhere"))
    return tuple(words)


def _surveyed(path: Path) -> Copy:
    """A copy and how much it holds, read without keeping more than one journal of it."""
    from roadmap_cli.journal import archive

    parts: Counter[str] = Counter()
    counts: list[int | None] = []
    why: Why = ""
    size = _size_of(path)
    try:
        for file in archive.packed(path):
            why = _WHYS.get(file.comment, why)
            part = file.name.partition("/")[0]
            parts[part] += 1
            if part == "progress":
                counts.append(_events_in(file))
    except DataFileError:
        return Copy(path, made_at(path), None, None, None, size=size)
    known = [count for count in counts if count is not None]
    events = sum(known) if len(known) == len(counts) else None
    return Copy(
        path, made_at(path), events, parts["notes"], parts["catalogues"], why, size
    )


def _size_of(path: Path) -> int | None:
    """The bytes of a file; nothing if that cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _events_in(journal: "Packed") -> int | None:
    """The events of a journal in a copy; nothing if it is damaged.

    It is read in pieces, since TOML takes many times its size; of what is behind the first
    `_MAX_PARSED` bytes only the lines are counted.
    """
    from roadmap_cli.journal.archive import CHUNK

    data = b"".join(islice(journal.chunks, _MAX_PARSED // CHUNK))
    try:
        if len(data) <= _PIECE:
            return len(parse(data, path=journal.name).events)
        found = _count_in_pieces(data, journal.name)
    except DataFileError:
        return None
    last = data[1 - len(_EVENT) :]
    for chunk in journal.chunks:
        found += (last + chunk).count(_EVENT)
        last = chunk[1 - len(_EVENT) :]
    return found


def _count_in_pieces(data: bytes, name: str) -> int:
    """The events of the beginning of a journal; raises `DataFileError` if it is damaged."""
    end = data.find(_EVENT)
    begin = data[:end] + b"\n" if end >= 0 else data
    device = parse(begin, path=name).device
    found = 0
    while 0 <= end < len(data):
        start, end = end, data.find(_EVENT, end + _PIECE)
        is_last = end < 0
        piece = data[start:] if is_last else data[start:end]
        whole = begin + piece
        events = parse_tail(whole, len(begin), device, lambda _: 0, path=name)
        if events is None and is_last:  # it may be cut off
            events = parse(whole, path=name).events
        if events is None:
            raise DataFileError(f"{name}: damaged")
        found += len(events)
    return found
