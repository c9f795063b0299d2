"""The only writer of catalogues: an edited document is checked, then replaced whole.

An edit is an event of the journal, so that `undo` takes it back with the marks that came with
it. What stood in the file before is kept beside the copies, under its digest.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.catalogues.reading import digest_of
from roadmap_cli.disk import durable, probe, source, toml
from roadmap_cli.disk.places import Places
from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    IndivisibleError,
    LockedError,
    NotFoundError,
    RefusedError,
)
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.events import Event

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import Draft

Edit = Callable[["Draft"], Sequence[Change]]
"""Edits a draft, and tells what else the command says: marks, tags."""
OWN = "mine"
"""The id of the catalogue that is made when none is named."""
OWN_TITLE = "My papers"
_KEPT_BYTES, _KEPT_AT_LEAST = 64 * 1024 * 1024, 5
_TRIES = 5
_PATIENCE = 60.0
"""Seconds to wait for others that edit: an edit of a large catalogue takes one of them."""


class Edited(NamedTuple):
    """What an edit did to the file of a catalogue; `is_changed` unless it was so already.

    It `is_loaded` unless other files than the reader's own are in use.
    """

    catalogue: str
    path: Path
    is_new: bool
    is_changed: bool
    is_loaded: bool


class Editing:
    """Edits the reader's own catalogues: the files in the folder of their data."""

    def __init__(self, places: Places, ledger: Ledger) -> None:
        self.places = places
        self.ledger = ledger

    def path_of(self, name: str) -> Path:
        """The file of an own catalogue of this id; raises `NotFoundError` if there is none.

        Files that cannot be read are passed over: they have no id.
        """
        folder = self.places.own_catalogues
        usual = folder / f"{name}.toml"
        for path in sorted(
            probe.files_in(folder, ".toml"), key=lambda path: path != usual
        ):
            if _id_in(path) == name:
                return path
        if usual.exists():
            raise DataFileError(
                f"{usual}: cannot be read as the catalogue `{name}`",
                hint=f"`roadmap edit {name}` opens it",
            )
        raise NotFoundError(
            f"none of your own catalogues is called `{name}`",
            hint=f"`roadmap new {name}` makes it; own ones are in {folder}",
        )

    def own_ids(self) -> list[str]:
        """The ids of the reader's own catalogues that can be read."""
        paths = probe.files_in(self.places.own_catalogues, ".toml")
        return [name for name in map(_id_in, paths) if name]

    def insist_on_own(self, name: str) -> None:
        """Raise `RefusedError` if a catalogue of this id is there that is not the reader's."""
        for path in self.places.catalogue_paths:
            if path.parent != self.places.own_catalogues and _id_in(path) == name:
                raise RefusedError(
                    f"the catalogue `{name}` is {path}, which is not yours to write",
                    hint=f"another id: --as my-{name}",
                )

    def is_own(self, name: str) -> bool:
        """Whether a catalogue is the reader's own, and no other file of the same id is read."""
        try:
            self.insist_on_own(name)
        except RefusedError:
            return False
        return name in self.own_ids()

    def path_of_any(self, name: str) -> Path:
        """The file of an own catalogue, also of one that is damaged; raises as `path_of`."""
        usual = self.places.own_catalogues / f"{name}.toml"
        try:
            return self.path_of(name)
        except DataFileError:
            return usual

    def insist_on_good(self, name: str) -> None:
        """Raise `DataFileError`, with what is wrong, for an own file that is no good catalogue."""
        with suppress(NotFoundError):  # there is no such file yet
            path = self.path_of(name)
            _check(self.contents(path), str(path))

    def contents(self, path: Path) -> bytes:
        """The bytes of a file that is there; raises `DataFileError`."""
        return source.read(path, what="catalogue")

    def side_copy(self, path: Path, contents: bytes) -> Path:
        """A copy of a catalogue beside the copies of edits, to be edited there."""
        folder = self.places.backups / "edits"
        names = (folder / f"{path.stem}.editing-{number}.toml" for number in count(1))
        return durable.create_under(names, contents)

    def complaint(self, contents: bytes, path: Path) -> str:
        """What is wrong with contents that a catalogue is to get; nothing if they are good."""
        try:
            _check(contents, str(path))
        except DataFileError as problem:
            return str(problem)
        return ""

    def change(self, name: str, deed: str, edit: Edit, title: str = "") -> Edited:
        """Edit a catalogue under the lock, as one command with what `edit` says besides.

        With a title it is made if it is not there. Raises `NotFoundError`, `RefusedError` if
        the result would be no good catalogue, what `edit` raises, and as `Ledger.say`; then
        nothing is written.
        """
        done: list[Edited] = []

        def decide() -> list[Change]:
            path = self._path(name, may_be_new=bool(title))
            for _ in range(_TRIES):
                before = probe.read(path, what="catalogue", most=source.MAX_BYTES)
                draft = _draft(before, name, title, path)
                said = edit(draft)
                after = draft.contents
                done[:] = [self._edited(name, path, before, after)]
                if before == after:
                    return list(said)
                _insist_on_sense(after, before, path)
                if self._replace(name, path, before, after):
                    return [("", _event(name, deed, before, after)), *said]
            raise LockedError(
                f"{path}: another program keeps writing to it",
                hint="close it there, then try again; nothing was changed",
            )

        self.ledger.say(decide, _PATIENCE)
        return done[0]

    def draft(self, name: str, title: str = "") -> "Draft":
        """A catalogue as it is now, to see what an edit would come to; raises as `change`."""
        path = self._path(name, may_be_new=bool(title))
        before = probe.read(path, what="catalogue", most=source.MAX_BYTES)
        return _draft(before, name, title, path)

    def replace(self, name: str, deed: str, contents: bytes, before: bytes) -> None:
        """Give a catalogue new contents, if it still has those of before.

        Raises `RefusedError` if it has not or if they are no good catalogue, and as
        `Ledger.say`.
        """
        path = self.path_of(name)

        def decide() -> list[Change]:
            _insist_on_sense(contents, None, path)
            if not self._replace(name, path, before, contents):
                raise RefusedError(f"{path}: another program has written to it since")
            return [("", _event(name, deed, before, contents))]

        self.ledger.say(decide)

    def take_back(self, event: Event, *, again: bool) -> None:
        """Put back what stood in a file before an edit; or `again`, what stood there after it.

        Raises `RefusedError` if the file has been changed since.
        """
        name = str(event.fields.get("catalogue"))
        came, goes = (
            str(event.fields.get("became", "")),
            str(event.fields.get("was", "")),
        )
        came, goes = (goes, came) if again else (came, goes)
        path = self._path(name, may_be_new=True)
        now = probe.read(path, what="catalogue", most=source.MAX_BYTES)
        kept = self._kept(name, goes)
        if _digest(now) != came:
            where = f"what it was then is in {kept}" if goes else "it was new then"
            raise RefusedError(
                f"{path}: it was changed since, so that cannot be taken back",
                hint=f"{where}; `roadmap edit {name}` opens it as it is",
            )
        after = probe.read(kept, what="copy", most=source.MAX_BYTES) if goes else None
        if goes and _digest(after) != goes:
            raise RefusedError(
                f"{kept}: the copy of what {path.name} was is no longer there",
                hint="roadmap restore --list shows the daily copies",
            )
        if self.ledger.is_rehearsal:
            return
        self._keep(name, now)
        if after is None:
            path.unlink(missing_ok=True)
        else:
            durable.replace(path, after)

    def _edited(
        self, name: str, path: Path, before: bytes | None, after: bytes
    ) -> Edited:
        others = self.places.catalogues
        is_loaded = not others or path in others
        return Edited(name, path, before is None, before != after, is_loaded)

    def _path(self, name: str, *, may_be_new: bool) -> Path:
        try:
            return self.path_of(name)
        except NotFoundError:
            if not may_be_new:
                raise
            return self.places.own_catalogues / f"{name}.toml"

    def _replace(
        self, name: str, path: Path, before: bytes | None, after: bytes
    ) -> bool:
        """Write a catalogue; false if it is not as it was before any more."""
        if probe.read(path, what="catalogue", most=source.MAX_BYTES) != before:
            return False
        if self.ledger.is_rehearsal:
            return True
        if before is None:
            return durable.create(path, after)
        self._keep(name, before)
        durable.replace(path, after)
        return True

    def _kept(self, name: str, digest: str) -> Path:
        return self.places.backups / "edits" / f"{name}-{digest}.toml"

    def _keep(self, name: str, contents: bytes | None) -> None:
        """Keep what a file says before it is replaced, and forget what is long past."""
        if contents is None:
            return
        path = self._kept(name, _digest(contents))
        durable.create(path, contents)
        with suppress(OSError, CannotWriteError):
            path.touch()
            _forget(path.parent)


def _forget(folder: Path) -> None:
    """Remove the oldest copies of a folder that has more than it should."""
    files = sorted(folder.glob("*.toml"), key=lambda path: path.stat().st_mtime)
    total = sum(path.stat().st_size for path in files)
    for path in files[:-_KEPT_AT_LEAST]:
        if total <= _KEPT_BYTES:
            return
        total -= path.stat().st_size
        path.unlink(missing_ok=True)


def _event(
    name: str, deed: str, before: bytes | None, after: bytes
) -> dict[str, object]:
    return {
        "catalogue": name,
        "edit": deed,
        "was": _digest(before),
        "became": _digest(after),
    }


def _digest(contents: bytes | None) -> str:
    """What tells contents from all others; of no file, nothing."""
    return digest_of(contents) if contents is not None else ""


def _draft(contents: bytes | None, name: str, title: str, path: Path) -> "Draft":
    from roadmap_cli.catalogues.editing import Draft

    if contents is None:
        return Draft.begun(name, title, path=str(path))
    return Draft(contents, path=str(path))


def _id_in(path: Path) -> str:
    """The id that a catalogue file gives itself; nothing if it cannot be read."""
    try:
        contents = source.read(path, what="catalogue")
        try:
            head, _ = toml.parse_in_parts(contents, "paper")
        except IndivisibleError:
            head = toml.parse(contents, path=str(path))
    except DataFileError:
        return ""
    return str(head.get("id", ""))


def _insist_on_sense(after: bytes, before: bytes | None, path: Path) -> None:
    """Raise unless the contents are a good catalogue: of the file, if it was none before."""
    try:
        _check(after, str(path))
    except DataFileError as problem:
        if before is not None:
            _check(before, str(path))
        raise RefusedError(f"that would be no good catalogue: {problem}") from None


def _check(contents: bytes, path: str) -> None:
    from roadmap_cli.catalogues import check

    data = toml.parse(contents, path=path)
    check.insist(data, path=path, text=contents.decode("utf-8-sig"))
