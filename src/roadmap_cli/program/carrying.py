"""Progress taken in from elsewhere, and what is written for elsewhere."""

import os
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.disk.source import MAX_BYTES
from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.journal.journal import torn_end
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.result import Result
from roadmap_cli.rows.files import taken as shown

if TYPE_CHECKING:
    from roadmap_cli.journal.bundle import Taken
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.progress.marks import Moved
    from roadmap_cli.suggest.guide import Planned

Input = Callable[[int], bytes]
"""Reads at most so many bytes of standard input."""


class Outgoing(NamedTuple):
    """A file's contents, and what tells from first bytes whether the same command wrote them.

    A `remark` says what is not in it.
    """

    data: bytes
    is_ours: Callable[[bytes], bool]
    remark: str = ""


class Carrying:
    """Takes in the progress of others, and gives out this reader's."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def take_in(self, paths: Sequence[Path], standard_input: Input) -> Result:
        """Take in what journals, exports and folders of journals say and is not known yet.

        `-` stands for standard input. Raises `NotFoundError` for a file that is not there,
        `DataFileError` for one that cannot be read, and as `Ledger.take_in`.
        """
        among = [path for path in paths if not _is_beside_journals(path)]
        skipped = [
            f"{path}: lies beside a journal and is none; skipped"
            for path in paths
            if _is_beside_journals(path)
        ]
        files = [
            (str(path), _contents(path, standard_input)) for path in _spread(among)
        ]
        return self.take_in_texts(files, skipped)

    def take_in_texts(
        self, files: Sequence[tuple[str, bytes]], skipped: Sequence[str] = ()
    ) -> Result:
        """The same of files as (path, contents); `skipped` is said before all else."""
        taken, moved = self.roadmap.record.take_in(files)
        names = [name for name, _ in files]
        torn = [
            torn_end(name)
            for name, brought in zip(names, taken, strict=True)
            if brought.is_torn
        ]
        counts = (brought.events for brought in taken)
        view = shown(zip(names, counts, strict=True))
        remarks = (*skipped, *torn, *self._changes(taken, moved))
        return Result(view, remarks, needs_progress=True)

    def export(self) -> Outgoing:
        """The events of every device as one text.

        Raises `DataFileError` if a journal is damaged.
        """
        from roadmap_cli.journal.bundle import is_ours

        return Outgoing(self.roadmap.ledger.export().encode(), is_ours)

    def calendar(self, made: "Planned", output: Path | None) -> Outgoing:
        """A plan as a calendar, to take the place of the one that stands in a file, if any."""
        from roadmap_cli.exchange import ics

        names = self.roadmap.names.short_names
        former = _written_before(output, ics.MOST_BYTES) if output else b""
        data = ics.calendar(
            made.plan, self.roadmap.now(), lambda paper: names[paper.name], former
        )
        return Outgoing(data, ics.is_ours)

    def write(self, outgoing: Outgoing, output: Path, *, force: bool) -> None:
        """Write to a file of the reader's choice; raises as `elsewhere.write`."""
        from roadmap_cli.program import elsewhere

        places = self.roadmap.places
        elsewhere.write(output, outgoing.data, places, outgoing.is_ours, force=force)

    def _changes(
        self, taken: Sequence["Taken"], moved: Sequence["Moved"]
    ) -> Iterator[str]:
        """What that changes, and the way back."""
        events = counted(sum(brought.events for brought in taken), "new event")
        called = self.roadmap.names.called
        changed = [
            f"{called(move.name)} is {move.after.status}"
            for move in moved
            if move.is_of_status
        ]
        come = "would come" if self.roadmap.ledger.is_rehearsal else "came"
        effect = f": {listed(changed)}" if changed else ", no status changes"
        yield f"{events} {come} in{effect}"
        if kept := [str(path) for brought in taken for path in brought.kept]:
            yield f"hint: {_way_back(taken)} remove {', '.join(kept)}"


def _way_back(taken: Sequence["Taken"]) -> str:
    if any(brought.has_own for brought in taken):
        return "`undo` takes back what this device said itself; to take all of it back,"
    return "`undo` leaves that alone; to take it back,"


def _spread(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that are named, and the journals of folders."""
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - says no where it may not look
            yield from _journals_in(path)
        else:
            yield path


def _contents(path: Path, standard_input: Input) -> bytes:
    if str(path) != "-":
        found = probe.read(path, what="journal", most=MAX_BYTES)
        if found is None:
            raise NotFoundError(f"{path}: there is no such file")
        return found
    typed = standard_input(MAX_BYTES + 1)
    if len(typed) > MAX_BYTES:
        raise DataFileError("standard input: too large for a journal")
    return typed


def _journals_in(folder: Path) -> list[Path]:
    if found := probe.files_in(folder, ".toml"):
        return found
    raise DataFileError(
        f"{folder}: not a regular file, and as a folder without journals",
        hint="journals are in `progress`, in the data folder that `roadmap where` names",
    )


def _is_beside_journals(path: Path) -> bool:
    """Whether this is what we leave beside journals: a lock, or an end that was set aside."""
    return fnmatch(path.name, "*.lock") or fnmatch(path.name, "*.torn-????????.txt")


def _written_before(output: Path, most: int) -> bytes:
    """What stands in a file that is about to be replaced.

    Nothing if that cannot be read, is larger than so many bytes, or no regular file.
    """
    try:
        return probe.read(output, what="calendar", most=most) or b""
    except DataFileError:
        return b""
