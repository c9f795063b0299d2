"""One Markdown file for each paper: a head of ours, and everything else the reader's.

The head is YAML front matter between two lines `---`, as Obsidian and others read it. It is
written once, when the file is made; what the reader writes is only ever added to. A file is
known by the paper that its front matter names, wherever it stands in the folder and whatever
its name; without one, at the top of the folder, by its name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.disk import probe
from roadmap_cli.errors import CannotWriteError, DataFileError
from roadmap_cli.progress.clocks import local_day

if TYPE_CHECKING:  # who has no notes does without
    from roadmap_cli.disk.lock import Lock
    from roadmap_cli.notes.encoding import TextFile
    from roadmap_cli.store.heads import Note

_FIELD = "roadmap"
"""The key of the front matter under which the paper is named."""
_UNCHANGED = "your notes are unchanged"
_SAVE = "open it in your editor and save it as UTF-8"
MAX_BYTES = 16 * 1024 * 1024


class _Found(NamedTuple):
    """The files that may be notes, and those that claim to be on a paper, by its name."""

    notes: "list[Note]"
    claiming: "Mapping[str, Sequence[Note]]"

    @classmethod
    def of(cls, notes: "list[Note]") -> "_Found":
        """The same files, and what they claim."""
        claiming: dict[str, list[Note]] = {}
        for note in notes:
            for claim in note.claims:
                claiming.setdefault(claim, []).append(note)
        return cls(notes, claiming)


class Notes:
    """The folder of notes; `cache` is where it is kept what their heads say."""

    def __init__(
        self, folder: Path, now: Callable[[], datetime], cache: Path | None = None
    ) -> None:
        self.folder = folder
        self.lock_path = folder / ".roadmap.lock"
        self.now = now
        self.cache = cache
        self.warnings: list[DataFileError] = []
        """What could not be read, or is not clear, of what was asked for."""
        self._found: _Found | None = None

    def path(self, paper: Paper) -> Path:
        """The paper's file; a new one is named after the key, and the catalogue if that is taken.

        Raises `DataFileError` if nobody may look into the folder, or both names are taken.
        """
        if found := self.on(paper):
            return found[0].path
        names = _file_names(paper.catalogue, paper.key)
        paths = [self.folder / name for name in reversed(names)]
        for path in paths:
            if not probe.is_file(path):
                return path
        raise DataFileError(
            f"{paths[0]} and {paths[1]} are notes on other papers",
            hint="rename one of them: notes are found by `roadmap:` in their front matter",
        )

    def insist_on(self, paper: Paper) -> None:
        """Raise `DataFileError` if the paper's file, or the folder, is not what it should be.

        What may not be looked into is left to the writing.
        """
        with suppress(probe.ForbiddenError):
            probe.is_file(self.path(paper))

    def on(self, paper: Paper) -> "list[Note]":
        """All files that are notes on a paper, the one in use first. Raises `DataFileError`.

        A file whose front matter names the paper goes before one that only bears its name, one
        with a name of ours before others, and one further up before one further down.
        """
        keys = [paper.key, *(alias.lower() for alias in paper.aliases)]
        wanted = {f"{paper.catalogue}/{key}" for key in keys} | set(keys)
        ours = [name for key in keys for name in _file_names(paper.catalogue, key)]

        def rank(note: "Note") -> tuple[object, ...]:
            is_ours = len(note.place) == 1 and note.place[0] in ours
            order = ours.index(note.place[0]) if is_ours else len(ours)
            return (not note.head.name, order, len(note.place), note.place)

        claiming = self._all.claiming
        among = (note for name in wanted for note in claiming.get(name, ()))
        found = {note.inode: note for note in sorted(among, key=rank, reverse=True)}
        return list(reversed(found.values()))

    def read(self, papers: Iterable[Paper]) -> str:
        """What the reader wrote on papers that are one work, without the heads, in one text.

        Empty if there is nothing. What cannot be read, or is not clear, is among the warnings.
        """
        texts: dict[Path, str] = {}
        try:
            for paper in papers:
                self._warn_of(paper)
                for note in self.on(paper)[:1]:
                    texts[note.path] = self._written(note)
        except DataFileError as problem:
            self._warn(problem)
        return "\n\n".join(filter(None, texts.values()))

    def usual(self, paper: Paper) -> str | None:
        """What the reader wrote on a paper into the file that goes before all others.

        Nothing if there is no such file: then only looking at all of them tells. Raises
        `DataFileError`.
        """
        from roadmap_cli.notes import frontmatter  # who wrote no notes does without

        for name in _file_names(paper.catalogue, paper.key):
            contents = probe.read(self.folder / name, what="note", most=MAX_BYTES)
            if contents is not None:
                text = _decoded_text(contents)
                named = frontmatter.read(text, key=_FIELD).fields.get(_FIELD, "")
                return _below(text) if named.strip().lower() == paper.name else None
        return None

    def by_work(self, library: Library) -> dict[str, str]:
        """Each work that the reader wrote something on, and what; warns as `read`."""
        works: dict[str, None] = {}
        try:
            claims = sorted(self._all.claiming)
        except DataFileError as problem:
            self._warn(problem)
            return {}
        for claim in claims:
            catalogues = [f"{catalogue.id}/{claim}" for catalogue in library.catalogues]
            names = [claim] if "/" in claim else catalogues
            works |= dict.fromkeys(filter(None, map(library.answers_to, names)))
        read = {work: self.read(library.entries[work]) for work in works}
        return {work: text for work, text in read.items() if text}

    def add(
        self, paper: Paper, line: str, on: date | None = None, *, is_new: bool = True
    ) -> Path:
        """Append a line of that day, or of today; in the encoding that the file is in.

        Unless it `is_new`, words that stand there already, on whichever day, are not written
        again. Raises `CannotWriteError`, and `DataFileError` where it is not sure whose notes
        these are or in which encoding; then nothing was changed.
        """
        day, said = on or local_day(self.now()), _writable(line)

        def added(text: str) -> str:
            return f"- {day}: {said}" if is_new or not _says(text, said) else ""

        return self._append(paper, added)

    def add_question(self, paper: Paper, ask: str, answer: str) -> tuple[Path, str]:
        """Append a question with its answer; give the file, and the id that it got there.

        Raises as `add`.
        """
        from roadmap_cli.notes.questions import questions_in, written

        added: list[str] = []

        def lines(text: str) -> str:
            taken = frozenset(noted.id for noted in questions_in(_below(text)))
            name, question = written(_writable(ask), _writable(answer), taken)
            added.append(name)
            return question if not text or text.endswith("\n\n") else f"\n{question}"

        return self._append(paper, lines), added[0]

    def _append(self, paper: Paper, lines: Callable[[str], str]) -> Path:
        """Append the lines that are made of what a paper's file says; nothing if there are none.

        Raises as `add`.
        """
        from roadmap_cli.disk.durable import append  # to read notes does without

        with self.writing() as lock:
            for note in self.on(paper)[:1]:
                if note.head.problem:
                    raise _unclear(note, paper)
            path = self.make(paper)
            file = self._to_be_added_to(path)
            if more := lines(file.text):
                data = file.added(more)
                lock.insist()
                append(path, data, unchanged=_UNCHANGED)
            self._warn_of(paper)
        return path

    def prepare(self, paper: Paper) -> Path:
        """The paper's file, made if it is not there: something to open in an editor."""
        with self.writing():
            return self.make(paper)

    def discard(self, paper: Paper) -> None:
        """Remove the paper's file if it is as `prepare` made it."""
        path = self.path(paper)
        with self.writing(), suppress(OSError):
            if probe.read(path, what="note") == _head(paper).encode():
                path.unlink()

    def make(self, paper: Paper) -> Path:
        """The paper's file with its head, if it was not there."""
        from roadmap_cli.disk.durable import create

        head = _head(paper).encode()
        for _ in range(2):  # the name may be taken meanwhile, for another paper too
            path = self.path(paper)
            if probe.is_file(path):
                return path
            self._found = None
            if create(path, head, unchanged=_UNCHANGED):
                return path
        raise CannotWriteError(f"{path}: cannot be made; {_UNCHANGED}")

    @contextmanager
    def writing(self) -> "Iterator[Lock]":
        """Be the only writer of notes within the block; raises as `locked` does."""
        from roadmap_cli.disk.durable import cause, make_folder
        from roadmap_cli.disk.lock import locked

        try:
            make_folder(self.folder)
        except OSError as error:
            raise CannotWriteError(f"{self.folder}: {cause(error)}") from error
        with locked(self.lock_path, unchanged=_UNCHANGED) as lock:
            self._found = None  # another process may have made one
            yield lock

    def all(self) -> "list[Note]":
        """Every file that may be notes, looked for once; raises `DataFileError`."""
        return self._all.notes

    @property
    def _all(self) -> "_Found":
        if self._found is None:
            is_there = probe.is_folder(self.folder)
            self._found = _Found.of(self._looked_for() if is_there else [])
        return self._found

    def _looked_for(self) -> "list[Note]":
        from roadmap_cli.store.heads import notes_in

        try:
            return notes_in(self.folder, _FIELD, self.cache, self._cannot_look)
        except OSError as error:
            raise probe.unreadable(self.folder, error) from error

    def _cannot_look(self, error: OSError) -> None:
        self._warn(probe.unreadable(Path(error.filename), error))

    def _warn(self, problem: DataFileError) -> None:
        """Keep a warning if it was not kept before."""
        if str(problem) not in map(str, self.warnings):
            self.warnings.append(problem)

    def _warn_of(self, paper: Paper) -> None:
        """Keep a warning of files that may be notes on a paper, and of more than one."""
        found = self.on(paper)
        for note in found:
            if note.head.problem:
                self._warn(_unclear(note, paper))
        if len(found) > 1:
            self._warn(_several(found, paper))

    def _written(self, note: "Note") -> str:
        """What the reader wrote into a file; raises `DataFileError` if it cannot be read."""
        file = _decoded(note.path)
        if file.problem:
            why = f"{file.problem}; what cannot be read is shown as \ufffd"
            self._warn(DataFileError(f"{note.path}: {why}", hint=_SAVE))
        return _below(file.text)

    def _to_be_added_to(self, path: Path) -> "TextFile":
        """The text of a file whose encoding is sure; raises `DataFileError`."""
        file = _decoded(path)
        if file.problem:
            why = f"{file.problem}, so no line is added to it"
            raise DataFileError(f"{path}: {why}", hint=_SAVE)
        return file


def _writable(text: str) -> str:
    """A text on one line; what came from the command line need not be UTF-8, a file of ours is."""
    return " ".join(text.split()).encode(errors="replace").decode()


def _file_names(catalogue: str, key: str) -> list[str]:
    """The names of ours for a paper's file, the one that goes first first."""
    return [f"{catalogue}--{key}.md", f"{key}.md"]


def _unclear(note: "Note", paper: Paper) -> DataFileError:
    """What is wrong with a file that goes by the name of a paper."""
    if note.damage:
        return note.damage
    return DataFileError(
        f"{note.path}: {note.head.problem}; it is not sure whose notes these are",
        hint=f"mend that line; notes on this paper say `{_FIELD}: {paper.name}` there",
    )


def _several(notes: "list[Note]", paper: Paper) -> DataFileError:
    others = ", ".join(str(note.path) for note in notes[1:])
    return DataFileError(
        f"{notes[0].path} is used as your notes on `{paper.key}`, but so could be {others}",
        hint=f"put all into one file, and take `{_FIELD}:` out of the others or move them away",
    )


def _decoded_text(contents: bytes) -> str:
    from roadmap_cli.notes.encoding import decode

    return decode(contents).text


def _decoded(path: Path) -> "TextFile":
    from roadmap_cli.notes.encoding import decode

    return decode(probe.read(path, what="note", most=MAX_BYTES) or b"")


def _says(text: str, said: str) -> bool:
    """Whether a line of ours says that, whatever its day."""
    return (
        re.search(rf"(?m)^- \d{{4,}}-\d\d-\d\d: {re.escape(said)}$", text) is not None
    )


def dated(text: str) -> Iterator[tuple[date, str]]:
    """The lines of ours among what the reader wrote: the day of each, and its words."""
    for day, said in re.findall(r"(?m)^- (\d{4}-\d\d-\d\d): (.*\S)\s*$", text):
        with suppress(ValueError):  # the reader may have typed anything there
            yield date.fromisoformat(day), said


def _head(paper: Paper) -> str:
    lines = [f"{_FIELD}: {paper.name}", f"title: {_quoted(paper.title)}"]
    lines += [f"url: {_quoted(paper.url)}"] if paper.url else []
    heading = f"# {_on_one_line(paper.title)}"
    return "---\n" + "\n".join(lines) + f"\n---\n\n{heading}\n\n"


def _below(text: str) -> str:
    """What the reader wrote: all below the head but our heading, which says its title once more."""
    from roadmap_cli.notes import frontmatter  # who wrote no notes does without

    front = frontmatter.read(text, key=_FIELD)
    below = front.text.strip()
    title = _on_one_line(front.fields.get("title", ""))
    heading, _, rest = below.partition("\n")
    is_ours = bool(title) and _on_one_line(heading) == f"# {title}"
    return rest.strip() if is_ours else below


def _quoted(text: str) -> str:
    """A YAML string; JSON's escapes are YAML's too."""
    import json

    return json.dumps(_on_one_line(text), ensure_ascii=False)


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())  # NUL would make it no text
