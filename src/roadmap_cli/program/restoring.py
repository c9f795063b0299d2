"""A copy put back, so that nothing is lost with it that this device did not say.

Each device writes only its own journal, so only that is replaced. Another's comes back where
it is missing or cannot be read; what else the copy says and nobody says any more is taken in
as `merge` would. Notes and catalogues that are there stay, unless the copy's are asked for.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from roadmap_cli.catalogues.reading import source_at
from roadmap_cli.disk import durable, probe
from roadmap_cli.disk.durable import NewFile
from roadmap_cli.disk.places import default_paths
from roadmap_cli.errors import DataFileError, RefusedError, TooNewError
from roadmap_cli.journal.backups import Copy, Made
from roadmap_cli.journal.bundle import journals, unknown_commands
from roadmap_cli.journal.text import Parsed, head, parse
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.program.notes import Notes
from roadmap_cli.progress.events import Event


class Plan(NamedTuple):
    """What comes of a copy.

    The files of `replacing` are to be replaced, among them `replaced` journals, which hold
    `there` events; `journals`, `taken` and `missing` are files to be made: journals that come
    back, events that are nowhere else, and notes and catalogues that are not there. Journals
    get `held` events (nothing is known of damaged ones). `staying` are the devices whose
    journals stay, `unreadable` the journals that stay and say nothing, and `notes` and
    `catalogues` how many of them stay though the copy has others.
    """

    replacing: Mapping[Path, bytes]
    journals: tuple[NewFile, ...]
    taken: tuple[NewFile, ...]
    replaced: int
    there: int | None
    held: int | None
    staying: tuple[str, ...]
    unreadable: tuple[Path, ...]
    missing: Mapping[Path, bytes] = MappingProxyType({})
    notes: int = 0
    catalogues: int = 0


class Restored(NamedTuple):
    """What was done, or in a rehearsal would be: then there is no copy `kept` of what was there.

    `taken` are the journals that were made for events that are nowhere else, `catalogues` the
    missing ones that came back.
    """

    plan: Plan
    kept: Made | None
    taken: tuple[Path, ...]
    catalogues: tuple[Path, ...]


class Differences(NamedTuple):
    """How the notes or catalogues of a copy are not as those that are there."""

    missing: Mapping[Path, bytes]
    other: Mapping[Path, bytes]


class Restoring:
    """Puts copies back: into the folder of journals, and those of notes and catalogues beside it.

    Notes and catalogues that are there with other contents stay, but for the parts that are
    named as `replacing`: `notes`, `catalogues`.
    """

    def __init__(self, ledger: Ledger, notes: Notes) -> None:
        self.ledger = ledger
        self.notes = notes
        self.catalogues = ledger.backups.data / "catalogues"

    def plan(self, copy: Copy, replacing: Collection[str]) -> Plan:
        """What putting a copy back would do; raises `DataFileError` if it is damaged."""
        return self._plan(self.ledger.backups.contents(copy), replacing)

    def put_back(self, copy: Copy, replacing: Collection[str]) -> Restored:
        """Do so, after a copy of what is there.

        Raises as `Ledger.say`, and `RefusedError` for a file that would be replaced and is too
        large to be kept; then nothing was changed.
        """
        held = self.ledger.backups.contents(copy)
        if self.ledger.is_rehearsal:
            plan = self._plan(held, replacing)
            names = [next(iter(new.names)) for new in plan.taken]
            return self._restored(plan, None, names, plan.missing)
        with self.ledger.pen.writing() as lock, self._noting(held):
            kept = self.ledger.backups.make(self.ledger.now(), "restore")
            plan = self._plan(held, replacing)
            _insist_on_kept(plan, kept)
            missing = [NewFile([path], data) for path, data in plan.missing.items()]
            new = [*plan.taken, *plan.journals, *missing]
            made = durable.write_all(plan.replacing, new, guard=lock.insist)
            self.ledger.refresh()
        count = len(plan.taken)
        return self._restored(plan, kept, made[:count], made[count:])

    def _restored(
        self,
        plan: Plan,
        kept: Made | None,
        taken: Iterable[Path | None],
        others: Iterable[Path | None],
    ) -> Restored:
        back = [path for path in others if path and path.parent == self.catalogues]
        return Restored(plan, kept, tuple(filter(None, taken)), tuple(back))

    def _noting(self, held: Iterable[str]) -> AbstractContextManager[object]:
        has_notes = any(name.startswith("notes/") for name in held)
        return self.notes.writing() if has_notes else nullcontext()

    def _plan(self, held: Mapping[str, bytes], replacing: Collection[str]) -> Plan:
        plan = self._plan_journals(_in(held, "progress/", self.ledger.journal.folder))
        notes = _differences(_in(held, "notes/", self.notes.folder))
        own = _in(held, "catalogues/", self.catalogues)
        catalogues = _differences(_where_they_are(own, self.catalogues))
        wanted = {
            **(notes.other if "notes" in replacing else {}),
            **(catalogues.other if "catalogues" in replacing else {}),
        }
        return plan._replace(
            replacing={**plan.replacing, **wanted},
            missing={**notes.missing, **catalogues.missing},
            notes=len(notes.other.keys() - wanted.keys()),
            catalogues=len(catalogues.other.keys() - wanted.keys()),
        )

    def _plan_journals(self, copied: Mapping[Path, bytes]) -> Plan:
        journal = self.ledger.journal
        there, unreadable = _journals(self.ledger)
        back = {
            path: data
            for path, data in copied.items()
            if path == journal.path or path not in there or path in unreadable
        }
        old = [there[path] for path in back if path in there]
        new = [_parsed(data, path) for path, data in back.items()]
        stay = {path: parsed for path, parsed in there.items() if path not in back}
        spoken = [parsed for parsed in (*new, *stay.values()) if parsed]
        taken = self.ledger.pen.merged(
            _nowhere_else(
                copied, [event for parsed in spoken for event in parsed.events]
            )
        )
        return Plan(
            replacing={path: data for path, data in back.items() if path in there},
            journals=tuple(
                NewFile(durable.numbered(path), data)
                for path, data in back.items()
                if path not in there
            ),
            taken=tuple(taken),
            replaced=len(old),
            there=_events_of(old),
            held=_events_of(new),
            staying=_devices(stay, unreadable),
            unreadable=tuple(path for path in unreadable if path not in back),
        )


def _insist_on_kept(plan: Plan, kept: Made) -> None:
    """Raises `RefusedError` if a file would be replaced that the copy of before does not hold."""
    for path in kept.missing & plan.replacing.keys():
        raise RefusedError(
            f"{path}: would be replaced, and is too large to be kept; nothing was changed",
            hint="move it away first",
        )


def _differences(copied: Mapping[Path, bytes]) -> Differences:
    """The files of a copy that are not there, and those that are there with other contents."""
    are_same = {path: _is_same(path, data) for path, data in copied.items()}
    missing = {path: copied[path] for path, same in are_same.items() if same is None}
    other = {path: copied[path] for path, same in are_same.items() if same is False}
    return Differences(missing, other)


def _is_same(path: Path, data: bytes) -> bool | None:
    """Whether a file has these contents; nothing if it is not there; raises `DataFileError`."""
    contents = probe.read(path, what="copy")
    return None if contents is None else contents == data


def _where_they_are(copied: Mapping[Path, bytes], folder: Path) -> dict[Path, bytes]:
    """The catalogues of a copy by the files that have their ids now.

    A catalogue that was renamed since would be there twice if it came back under its old name.
    """
    ids: dict[object, Path] = {}
    for path in default_paths(folder)[0][1:]:
        with suppress(DataFileError):
            contents = source_at(path).contents
            ids.setdefault(_catalogue_id(contents), path)
    ids.pop(None, None)
    found: dict[Path, bytes] = {}
    for path, data in copied.items():
        holder = ids.get(_catalogue_id(data), path)
        if os.path.lexists(path) or holder == path:
            found[path] = data
        elif holder not in copied:
            found[holder] = data
    return found


def _catalogue_id(contents: bytes) -> object:
    """The id that a catalogue's first lines give, if they are readable."""
    name = head(contents).get("id")
    return name if isinstance(name, str) else None


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
        parsed.device if parsed else path.stem
        for path, parsed in journals.items()
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
        if parsed := _parsed(data, path):
            found += unknown_commands(parsed.events, identities)[1]
    return journals(found).items()


def _events_of(parsed: Iterable[Parsed | None]) -> int | None:
    """How many events journals have together, each once; nothing if one is damaged."""
    found = list(parsed)
    if None in found:
        return None
    return len(
        {event.identity for parsed in found if parsed for event in parsed.events}
    )
