"""One Markdown file for each paper: a head of ours, and everything else the reader's.

The head is YAML front matter between two lines `---`, as Obsidian and others read it. It is
written once, when the file is made; what the reader writes is only ever added to.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG

from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.journal import durable
from roadmap_cli.journal.lock import Lock, locked
from roadmap_cli.library import Library
from roadmap_cli.model import Paper
from roadmap_cli.progress import local_day

_HEAD = r"(?s)\A---\n(.*?\n)---(?:\n|\Z)"
_KEY = r"[a-z0-9][a-z0-9-]{0,63}"
_UNCHANGED = "your notes are unchanged"
MAX_BYTES = 16 * 1024 * 1024


class Notes:
    """The folder of notes."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.lock_path = folder / ".roadmap.lock"
        self.now = now

    def path(self, paper: Paper) -> Path:
        """The paper's file: named after the key, and the catalogue if the key is taken.

        A file under a name that the paper had before stays where it is. Raises
        `DataFileError` if nobody may look into the folder.
        """
        whole = self.folder / f"{paper.catalogue}--{paper.key}.md"
        if _is_there(whole):
            return whole
        short = self.folder / f"{paper.key}.md"
        if not _is_there(short):
            former = (
                alias.lower()
                for alias in paper.aliases
                if re.fullmatch(_KEY, alias.lower())
            )
            for key in former:
                path = self.folder / f"{key}.md"
                if self._owner(path) == f"{paper.catalogue}/{key}":
                    return path
        return whole if self._owner(short) not in ("", paper.name) else short

    def read(self, papers: Iterable[Paper]) -> str:
        """What the reader wrote on papers that are one work, without the heads, in one text.

        Empty if there is nothing. Raises `DataFileError` if it cannot be read.
        """
        texts = (
            _written(_contents(path)) for path in dict.fromkeys(map(self.path, papers))
        )
        return "\n\n".join(filter(None, texts))

    def by_work(self, library: Library) -> dict[str, str]:
        """Each work that the reader wrote something on, and what."""
        found: dict[str, list[str]] = {}
        for name, text in self._all():
            catalogues = [f"{one.id}/{name}" for one in library.catalogues]
            wanted = [name] if "/" in name else catalogues
            for work in filter(None, set(map(library.answers_to, wanted))):
                found.setdefault(work, []).append(text)
        return {work: "\n\n".join(texts) for work, texts in found.items()}

    def _all(self) -> Iterator[tuple[str, str]]:
        """Each paper that is written on, by full name (by key without a head), and what is."""
        try:
            paths = sorted(one for one in self.folder.glob("*.md") if one.is_file())
        except OSError:
            return
        for path in paths:
            try:
                text = _contents(path)
            except DataFileError:
                continue
            if written := _written(text):
                yield _owner_of(text) or path.stem.replace("--", "/"), written

    def add(self, paper: Paper, line: str, on: date | None = None) -> Path:
        """Append a line of that day, or of today.

        Raises `CannotWriteError`, then nothing was changed.
        """
        day = on or local_day(self.now())
        # What came from the command line need not be UTF-8; a file of ours is.
        said = " ".join(line.split()).encode(errors="replace").decode()
        with self.writing() as lock:
            path = self.make(paper)
            gap = "" if _ends_with_line(path) else "\n"
            line = f"{gap}- {day}: {said}\n"
            lock.insist()
            durable.append(path, line.encode(), unchanged=_UNCHANGED)
        return path

    def prepare(self, paper: Paper) -> Path:
        """The paper's file, made if it is not there: something to open in an editor."""
        with self.writing():
            return self.make(paper)

    def discard(self, paper: Paper) -> None:
        """Remove the paper's file if it is as `prepare` made it."""
        path = self.path(paper)
        with self.writing(), suppress(OSError):
            if path.read_bytes() == _head(paper).encode():
                path.unlink()

    def make(self, paper: Paper) -> Path:
        """The paper's file with its head, if it was not there."""
        for _ in range(2):  # the name may be taken meanwhile, for another paper too
            path = self.path(paper)
            head = _head(paper).encode()
            if path.exists() or durable.create(path, head, unchanged=_UNCHANGED):
                return path
        raise CannotWriteError(
            f"{path}: is a link that leads nowhere; {_UNCHANGED}",
            hint="mount what it points to, or remove it",
        )

    @contextmanager
    def writing(self) -> Iterator[Lock]:
        """Be the only writer of notes within the block; raises as `locked` does."""
        try:
            durable.make_folder(self.folder)
        except OSError as error:
            raise CannotWriteError(f"{self.folder}: {durable.cause(error)}") from error
        with locked(self.lock_path, unchanged=_UNCHANGED) as lock:
            yield lock

    def _owner(self, path: Path) -> str:
        try:
            return _owner_of(_contents(path))
        except DataFileError:
            return ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error


def _contents(path: Path) -> str:
    try:
        if not path.exists():
            return ""
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            raise DataFileError(f"{path}: no regular file, or too large for notes")
        return path.read_text("utf-8-sig", errors="replace")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error


def _ends_with_line(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            return file.read(1) in (b"", b"\n")
    except OSError as error:
        raise CannotWriteError(
            f"{path}: {durable.cause(error)}; {_UNCHANGED}"
        ) from error


def _owner_of(text: str) -> str:
    """The full name of the paper that a file's head names."""
    return _in_head(text, r"^roadmap: *\"?([^\"\n]*)\"?$").strip()


def _in_head(text: str, pattern: str) -> str:
    head = re.match(_HEAD, text)
    found = re.search(pattern, head[1], re.MULTILINE) if head else None
    return found[1] if found else ""


def _head(paper: Paper) -> str:
    lines = (
        f"roadmap: {paper.name}",
        f"title: {_quoted(paper.title)}",
        f"url: {_quoted(paper.url)}",
    )
    heading = f"# {' '.join(paper.title.split())}"
    return "---\n" + "\n".join(lines) + f"\n---\n\n{heading}\n\n"


def _written(text: str) -> str:
    """What the reader wrote: all below the head but our heading, which says its title once more."""
    below = re.sub(_HEAD, "", text, count=1).strip()
    title = _in_head(text, r"^title: *(.*)$")
    heading, _, rest = below.partition("\n")
    is_ours = bool(title) and _quoted(heading.removeprefix("# ")) == title
    return rest.strip() if is_ours else below


def _quoted(text: str) -> str:
    """A YAML string; JSON's escapes are YAML's too."""
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)
