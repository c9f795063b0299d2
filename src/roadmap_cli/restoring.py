"""A copy put back, so that nothing is lost with it that this device did not say.

Each device writes only its own journal, so only that is replaced. Another's comes back where
it is missing or cannot be read; what else the copy says and nobody says any more is taken in
as `merge` would. Notes that are there stay, unless the copy's are asked for.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from roadmap_cli import disk
from roadmap_cli.errors import DataFileError, TooNewError
from roadmap_cli.journal import durable, parse
from roadmap_cli.journal.backups import Copy
from roadmap_cli.journal.bundle import journals, unknown_commands
from roadmap_cli.journal.text import Parsed
from roadmap_cli.ledger import Ledger
from roadmap_cli.notes import Notes
from roadmap_cli.progress import Event


class Plan(NamedTuple):
    """What comes of a copy.

    `files` are to be written; of these, `replaced` are journals that are there, which hold
    `there` events, and journals get `held` (nothing is known of damaged ones). `staying` are
    the devices whose journals stay, `unreadable` the journals that stay and say nothing,
    `taken` the files for events that are nowhere else, and `notes` how many notes stay
    though the copy has others.
    """

    files: Mapping[Path, bytes]
    replaced: int
    there: int | None
    held: int | None
    staying: tuple[str, ...]
    unreadable: tuple[Path, ...]
    taken: tuple[Path, ...]
    notes: int


class Restoring:
    """Puts copies back: into the folder of journals, and into that of notes beside it."""

    def __init__(self, ledger: Ledger, notes: Notes) -> None:
        self.ledger = ledger
        self.notes = notes

    def plan(self, copy: Copy, *, with_notes: bool) -> Plan:
        """What putting a copy back would do; raises `DataFileError` if it is damaged."""
        held = self.ledger.backups.contents(copy)
        return self._plan(held, with_notes=with_notes)

    def put_back(self, copy: Copy, *, with_notes: bool) -> tuple[Path | None, Plan]:
        """Do so; tell where what was there before is kept, and what was done.

        Raises as `Ledger.say`; then nothing was changed.
        """
        held = self.ledger.backups.contents(copy)
        if self.ledger.is_rehearsal:
            return None, self._plan(held, with_notes=with_notes)
        with self.ledger.journal.writing(), self._noting(held):
            kept = self.ledger.backups.make(self.ledger.now())
            plan = self._plan(held, with_notes=with_notes)
            durable.replace_all(plan.files)
            self.ledger.refresh()
        return kept, plan

    def _noting(self, held: Iterable[str]) -> AbstractContextManager[None]:
        has_notes = any(name.startswith("notes/") for name in held)
        return self.notes.writing() if has_notes else nullcontext()

    def _plan(self, held: Mapping[str, bytes], *, with_notes: bool) -> Plan:
        journal = self.ledger.journal
        there, unreadable = _journals(self.ledger)
        copied = _in(held, "progress/", journal.folder)
        back = {
            path: data
            for path, data in copied.items()
            if path == journal.path or path not in there or path in unreadable
        }
        old = [there[path] for path in back if path in there]
        new = [_parsed(data, path) for path, data in back.items()]
        stay = {path: one for path, one in there.items() if path not in back}
        spoken = [one for one in (*new, *stay.values()) if one]
        taken = journal.merged(
            _nowhere_else(copied, [event for one in spoken for event in one.events])
        )
        notes, differing = self._notes(held, with_notes=with_notes)
        return Plan(
            files={**back, **taken, **notes},
            replaced=len(old),
            there=_events_of(old),
            held=_events_of(new),
            staying=_devices(stay, unreadable),
            unreadable=tuple(path for path in unreadable if path not in back),
            taken=tuple(taken),
            notes=differing,
        )

    def _notes(
        self, held: Mapping[str, bytes], *, with_notes: bool
    ) -> tuple[dict[Path, bytes], int]:
        """The notes to write, and how many stay though the copy has others."""
        copied = _in(held, "notes/", self.notes.folder)
        other = {path: data for path, data in copied.items() if _bytes(path) != data}
        if with_notes:
            return other, 0
        missing = {path: data for path, data in other.items() if _bytes(path) is None}
        return missing, len(other) - len(missing)


def _in(held: Mapping[str, bytes], part: str, folder: Path) -> dict[Path, bytes]:
    """The files of one part of a copy, by where they belong."""
    return {
        folder / name.removeprefix(part): data
        for name, data in held.items()
        if name.startswith(part)
    }


def _journals(ledger: Ledger) -> tuple[dict[Path, Parsed | None], list[Path]]:
    """The journals that are there and what they say, and those that are damaged.

    One that a newer version wrote is not damaged: it says nothing to us, and stays.
    """
    there: dict[Path, Parsed | None] = {}
    damaged: list[Path] = []
    for source in ledger.journal.files()[0]:
        path = Path(source.path)
        there[path] = None
        try:
            there[path] = parse(source.contents, path=source.path)
        except TooNewError:
            continue
        except DataFileError:
            damaged.append(path)
    return there, damaged


def _devices(
    journals: Mapping[Path, Parsed | None], damaged: Collection[Path]
) -> tuple[str, ...]:
    """Whose journals these are, but for the damaged ones."""
    names = {
        one.device if one else path.stem
        for path, one in journals.items()
        if path not in damaged
    }
    return tuple(sorted(names))


def _parsed(data: bytes, path: Path) -> Parsed | None:
    try:
        return parse(data, path=str(path))
    except DataFileError:
        return None


def _nowhere_else(
    copied: Mapping[Path, bytes], known: Iterable[Event]
) -> Iterable[tuple[str, str]]:
    """What journals of a copy say that is not known, as journals: (device, text)."""
    identities = {event.identity for event in known}
    found: list[Event] = []
    for path, data in copied.items():
        if one := _parsed(data, path):
            found += unknown_commands(one.events, identities)[1]
    return journals(found).items()


def _events_of(parsed: Iterable[Parsed | None]) -> int | None:
    """How many events journals have together, each once; nothing if one is damaged."""
    found = list(parsed)
    if None in found:
        return None
    return len({event.identity for one in found if one for event in one.events})


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file, or nothing if it is not there; raises `DataFileError`."""
    return disk.read(path, what="note")
