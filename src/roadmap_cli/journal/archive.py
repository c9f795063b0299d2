"""One copy: a zip file within limits that hold for writing and reading alike.

Nothing that a zip file claims is believed: how much is read is bounded before it is read.
"""

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.disk.source import MAX_BYTES as MAX_TOML_BYTES
from roadmap_cli.errors import DataFileError

MAX_FILES = 20_000
MAX_BYTES = 512 * 1024 * 1024
"""Bytes of all files of a copy together, when they are unpacked."""
MAX_NOTE_BYTES = 16 * 1024 * 1024
PARTS = {"progress": ".toml", "catalogues": ".toml", "notes": ".md"}
"""The folders of a copy, and what the files in them end with; the first are the first to go in."""
MAX_FILE_BYTES = {
    "progress": MAX_TOML_BYTES,
    "catalogues": MAX_TOML_BYTES,
    "notes": MAX_NOTE_BYTES,
}
"""What is larger is left out of a copy; `show` and `search` do not read such a note either."""
_MAX_DIRECTORY_BYTES = MAX_FILES * 512
_END, _END_SIZE = b"PK\5\6", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20
_ENTRY = b"PK\1\2"
_UTF8 = 0x800
CHUNK = 64 * 1024
"""Bytes that are unpacked at once."""
_LEVEL = 1
"""Of compression: the higher ones take three times as long, and save a tenth."""
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What reading a damaged zip file raises, depending on where the damage is."""


class LeftOut(NamedTuple):
    """A file that a copy does not hold, and why."""

    path: Path
    why: str


def pack(
    files: Iterable[tuple[str, Path]], now: datetime, why: str = ""
) -> tuple[bytes, tuple[LeftOut, ...]]:
    """A copy of files, given as (name in the copy, path), and what its limits left out.

    `why` is the comment of its first file: one of the whole archive would be taken for damage
    by earlier versions. Raises `DataFileError` if a file cannot be read.
    """
    buffer = BytesIO()
    left_out: list[LeftOut] = []
    count = size = 0
    with zipfile.ZipFile(buffer, "w", compresslevel=_LEVEL) as archive:
        for name, path in files:
            data = _bytes(path, MAX_FILE_BYTES[name.partition("/")[0]])
            if refusal := _refusal(name, data, count, size):
                left_out.append(LeftOut(path, refusal))
                continue
            entry = _entry(name, now)
            entry.comment = b"" if count else why.encode()
            count, size = count + 1, size + len(data or b"")
            archive.writestr(entry, data or b"")
    return buffer.getvalue(), tuple(left_out)


def _refusal(name: str, data: bytes | None, count: int, size: int) -> str:
    """Why a file does not fit into a copy that holds so many files and bytes, if it does not."""
    if not is_ours(name) or not name.isprintable():
        return "a copy cannot hold a file of that name"
    if data is None:
        most = MAX_FILE_BYTES[name.partition("/")[0]]
        return f"larger than {most >> 20} MiB"
    if count >= MAX_FILES:
        return f"a copy holds at most {MAX_FILES:,} files"
    if size + len(data) > MAX_BYTES:
        return f"a copy holds at most {MAX_BYTES >> 20} MiB"
    return ""


def _bytes(path: Path, most: int) -> bytes | None:
    """The bytes of a file, or nothing if there are more than `most`."""
    file = probe.opened(path)
    if file is None:
        raise DataFileError(f"{path}: is gone", hint="try again")
    try:
        with file:
            if os.fstat(file.fileno()).st_size > most:
                return None
            data = file.read(most + 1)
    except OSError as error:
        raise probe.unreadable(path, error) from error
    return data if len(data) <= most else None


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    """A file in a copy, dated by the clock that was handed in: zip files know 1980 to 2107."""
    first, last = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
    at = min(max(now.astimezone(UTC), first), last)
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class Packed(NamedTuple):
    """A file in a copy, its bytes in chunks, and its comment."""

    name: str
    chunks: Iterator[bytes]
    comment: str


def read(path: Path) -> dict[str, bytes]:
    """The files of a copy by their names; raises as `packed`."""
    return {file.name: _joined(file.chunks) for file in packed(path)}


def _joined(chunks: Iterable[bytes]) -> bytes:
    """All chunks in one, without being there twice for a moment."""
    buffer = BytesIO()
    for chunk in chunks:
        buffer.write(chunk)
    return buffer.getvalue()


def packed(path: Path) -> Iterator[Packed]:
    """The files of a copy, one after the other: each ends when the next is asked for.

    All are checked, also those whose chunks nobody takes. Raises `DataFileError` if the copy is
    damaged, over the limits, or holds anything but files that belong into a copy.
    """
    with _opened(path) as archive:
        for entry in archive.infolist():
            chunks = _chunks(archive, entry, path)
            comment = entry.comment.decode("ascii", errors="replace")
            yield Packed(entry.filename, chunks, comment)
            for _ in chunks:
                continue


def holds_just(path: Path, files: Mapping[str, Path]) -> bool:
    """Whether a copy holds these files as they are, by their names, and no others.

    Raises as `packed`.
    """
    with _opened(path) as archive:
        entries = archive.infolist()
        sizes = {name: file.stat().st_size for name, file in files.items()}
        return sizes == {entry.filename: entry.file_size for entry in entries} and all(
            _is_same(_chunks(archive, entry, path), files[entry.filename])
            for entry in entries
        )


def _is_same(chunks: Iterable[bytes], path: Path) -> bool:
    with path.open("rb") as file:
        return all(file.read(len(chunk)) == chunk for chunk in chunks)


def _chunks(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path
) -> Iterator[bytes]:
    """What a file of a copy holds; no more is unpacked at once than one chunk."""
    with _telling_damage(path), archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A copy whose claims are within the limits."""
    file = probe.opened(path)
    if file is None:
        raise DataFileError(f"{path}: there is no such copy")
    with _telling_damage(path), file:
        _check_directory(file, path)
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive.infolist(), path)
            yield archive


@contextmanager
def _telling_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise DataFileError(f"{path}: this copy is damaged: {error}") from error


def _check_directory(file: BinaryIO, path: Path) -> None:
    """Bound the work of reading a zip file's directory, before any of it is done.

    A copy ends with its directory's size, without a comment or the extensions for large files.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _END_SIZE - _LOCATOR_SIZE, 0))
    tail = file.read(_END_SIZE + _LOCATOR_SIZE)
    locator, end = tail[:-_END_SIZE], tail[-_END_SIZE:]
    if not end.startswith(_END) or not end.endswith(b"\0\0") or len(end) < _END_SIZE:
        raise DataFileError(f"{path}: this copy is damaged: its end is missing")
    length = int.from_bytes(end[12:16], "little")
    is_large = locator.startswith(_LOCATOR) or length > _MAX_DIRECTORY_BYTES
    if not is_large and length <= size - _END_SIZE:
        file.seek(size - _END_SIZE - length)
        is_large = file.read(length).count(_ENTRY) > MAX_FILES
    if is_large:
        raise DataFileError(
            f"{path}: too many files for a copy (over {MAX_FILES:,}), or names too long"
        )
    file.seek(0)


def _check_entries(entries: Iterable[zipfile.ZipInfo], path: Path) -> None:
    """Raises `DataFileError` for files that are none of ours, too large, or not apart."""
    names: set[str] = set()
    size = end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        name = entry.filename
        is_known = name.isascii() or entry.flag_bits & _UTF8
        if not is_known or not is_ours(name):
            raise DataFileError(f"{path}: holds `{name}`, which is none of ours")
        if name in names:
            raise DataFileError(f"{path}: holds `{name}` twice")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataFileError(f"{path}: holds `{name}` packed in another way")
        if entry.file_size > MAX_TOML_BYTES and not name.startswith("notes/"):
            raise DataFileError(
                f"{path}: holds `{name}`, which is too large (over {MAX_TOML_BYTES >> 20} MiB)"
            )
        if entry.header_offset < end:
            raise DataFileError(f"{path}: this copy is damaged: its files overlap")
        names.add(name)
        size += entry.file_size
        end = entry.header_offset + entry.compress_size + len(name)
    if size > MAX_BYTES:
        raise DataFileError(
            f"{path}: too large for a copy (over {MAX_BYTES >> 20} MiB)"
        )


def is_ours(name: str) -> bool:
    """Whether a name is that of a journal, a catalogue or a note, and of nothing else."""
    part, *place = name.split("/")
    suffix = PARTS.get(part)
    if suffix is None or not place or not place[-1].endswith(suffix):
        return False
    is_deep = len(place) > 1 and part != "notes"  # these alone stand in folders below
    return not is_deep and all(map(_is_plain, place))


def _is_plain(name: str) -> bool:
    """Whether a name is one of a visible file or folder, and leads nowhere else."""
    return bool(name) and not name.startswith(".") and not set(name) & {"\\", "\0"}
