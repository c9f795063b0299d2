"""Looks for everything that is not as it should be with the reader's files, and its cure."""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from roadmap_cli.curriculum.library import Library
from roadmap_cli.disk import durable
from roadmap_cli.disk.duplicates import looks_copied
from roadmap_cli.disk.lock import is_no_lock
from roadmap_cli.disk.owners import another_owner
from roadmap_cli.disk.places import SHIPPED, Places, in_use
from roadmap_cli.disk.probe import ForbiddenError
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    LockedError,
    NotFoundError,
    TooNewError,
)
from roadmap_cli.journal.text import parse
from roadmap_cli.language.phrases import listed
from roadmap_cli.program import catalogue_findings
from roadmap_cli.program.findings import Finding
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.program.notes import Notes
from roadmap_cli.progress.events import status_of
from roadmap_cli.progress.settings import last_aim, last_uses

_LONGEST = 60
_CONFLICT = rb"(?m)^(?:<{7}|>{7}) "
_COPY_AGE = timedelta(days=30)
_CLOUDS = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud")


def examine(
    ledger: Ledger, library: Library, places: Places, now: datetime, *, fix: bool
) -> Iterator[Finding]:
    """Every finding about the folders, the journals, the notes, and what belongs to them.

    A library without catalogues stands for one that cannot be read. With `fix`, what can be
    mended without any risk is: ends that are not whole are set aside, our own left-over
    temporary files removed.
    """
    yield from _unreachable(places)
    for damage in ledger.damages:
        yield _damaged(ledger, damage)
    for warning in ledger.times_to_come:
        yield Finding(str(warning), warning.hint or "")
    yield from _no_room(ledger)
    yield from _torn(ledger, fix=fix)
    yield from _left_over(ledger, places, now, fix=fix)
    yield from _renamed(ledger)
    yield from _conflicts(ledger)
    yield from _unknown_statuses(ledger)
    if library.catalogues:
        yield from _unknown_papers(ledger, library, places)
        yield from catalogue_findings.examine(library)
    yield from _notes(ledger, places, library)
    yield from _places(ledger)
    yield from _locks(ledger, places)
    yield from _owned_by_others(ledger, places)
    yield from _copies(ledger, now)


def _unreachable(places: Places) -> Iterator[Finding]:
    for damage in places.damages():
        yield Finding(str(damage), damage.hint or "")


def _damaged(ledger: Ledger, damage: DataFileError) -> Finding:
    if isinstance(damage, TooNewError):
        return Finding(str(damage), damage.hint or "")
    journal = _journal_of(ledger, damage)
    if journal is None and damage.hint:  # no file that could be read
        return Finding(str(damage), damage.hint + _and_then(ledger, damage))
    if journal and (mark := re.search(_CONFLICT, journal.contents)):
        line = journal.contents.count(b"\n", 0, mark.start()) + 1
        problem = f"line {line}: git left the marks of a conflict in it"
        return Finding(
            f"{journal.path}: {problem}", _both_sides(Path(journal.path).name)
        )
    if journal and _can_come_back(ledger, Path(journal.path).name):
        cure = (
            "roadmap restore --list shows the copies, roadmap restore brings one back"
        )
        return Finding(str(damage), cure)
    return Finding(
        str(damage),
        "mend the file by hand, or move it away to start anew; nothing else is lost by that",
    )


def _and_then(ledger: Ledger, damage: DataFileError) -> str:
    """What is left to do once nothing else stands in a journal's place."""
    name = Path(str(damage).partition(": ")[0]).name
    is_gone = not isinstance(damage, ForbiddenError) and _can_come_back(ledger, name)
    return "; roadmap restore then brings it back from a copy" if is_gone else ""


def _both_sides(name: str) -> str:
    """The commands that make a file of each side of a conflict.

    To remove the marks is no cure: what git found alike in both stands there once.
    """
    ours, theirs = (shlex.quote(f":{number}:./{name}") for number in (2, 3))
    own, other = shlex.quote(f"./{name}"), shlex.quote(f"./theirs.{name}")
    return (
        f"make a file of each side, in its folder: git show {ours} > {own};"
        f" git show {theirs} > {other}; what stands in both counts once"
    )


def _journal_of(ledger: Ledger, damage: DataFileError) -> Source | None:
    """The journal that is damaged, if it can be read at all."""
    for file in ledger.journal.files()[0]:
        if str(damage).startswith(f"{file.path}: "):
            with suppress(DataFileError):
                _ = file.contents
                return file
    return None


def _can_come_back(ledger: Ledger, name: str) -> bool:
    """Whether the copy that `restore` takes has a journal of that name."""
    try:
        copy = ledger.backups.find(None)
        return f"progress/{name}" in ledger.backups.contents(copy)
    except (DataFileError, NotFoundError):  # `_copies` says so
        return False


def _no_room(ledger: Ledger) -> Iterator[Finding]:
    """This device's journal, if it is valid and yet nothing can be added to it."""
    own = f"{ledger.journal.path}: "
    if any(str(damage).startswith(own) for damage in ledger.damages):
        return
    try:
        ledger.pen.insist_on_room(ledger.index.state.torn)
    except DataFileError as problem:
        yield Finding(str(problem), problem.hint or "")


def _torn(ledger: Ledger, *, fix: bool) -> Iterator[Finding]:
    own = f"{ledger.journal.path}: "
    for end in ledger.torn_ends:
        is_own = str(end).startswith(own)
        aside = _set_aside(ledger) if fix and is_own else None
        done = f"set aside as {aside.name}" if aside else ""
        yield Finding(str(end), end.hint or "", fixed=done)


def _set_aside(ledger: Ledger) -> Path | None:
    try:
        return ledger.set_aside_torn()
    except (CannotWriteError, DataFileError, LockedError):  # `_places` says so
        return None


def _left_over(
    ledger: Ledger, places: Places, now: datetime, *, fix: bool
) -> Iterator[Finding]:
    # Copies bring back the first of these, also where notes are kept elsewhere.
    notes = dict.fromkeys([places.own_notes, places.notes])
    for folder in (ledger.journal.folder, *notes, ledger.backups.folder):
        for path in durable.left_over(folder, now):
            done = "removed" if fix and _removed(path) else ""
            cure = "doctor --fix removes it"
            yield Finding(
                f"{path}: left behind by a crash", cure, is_harmless=True, fixed=done
            )


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _renamed(ledger: Ledger) -> Iterator[Finding]:
    """This device's journal, if its header names another: `undo` does not find its marks."""
    own = str(ledger.journal.path)
    files, _ = ledger.journal.files()
    for file in files:
        try:
            if file.path != own:
                continue
            device = parse(file.contents, path=own).device
        except DataFileError:  # told already
            continue
        if device != ledger.journal.device:
            yield Finding(
                f"{own}: is the journal of `{device}`, so `undo` does not find what is marked here",
                f"rename it to what it was, or set ROADMAP_DEVICE to {device}",
            )


def _conflicts(ledger: Ledger) -> Iterator[Finding]:
    files, _ = ledger.journal.files()
    for file in files:
        if looks_copied(Path(file.path).stem):
            yield Finding(
                f"{file.path}: a copy that a synchronizer made; its events count like all others",
                "nothing has to be done",
                is_harmless=True,
            )


def _unknown_statuses(ledger: Ledger) -> Iterator[Finding]:
    """Marks that say nothing to this version, so that the paper seems not to be marked."""
    odd = [
        f"`{str(event.fields['status'])[:_LONGEST]}` for {event.paper} by {event.device}"
        for event, _ in ledger.index.story()
        if "status" in event.fields and status_of(event) is None
    ]
    if odd:
        yield Finding(
            f"marks of a status that this version does not know: {listed(odd)}",
            "they are kept and count for nothing; upgrade roadmap, or mark the paper again",
            is_harmless=True,
        )


def _unknown_papers(
    ledger: Ledger, library: Library, places: Places
) -> Iterator[Finding]:
    """Progress on papers that nobody has; the reader's choice left others out, and may again."""
    settings = ledger.index.settings()
    aim, used = last_aim(settings), in_use(last_uses(settings))
    left_out = [
        catalogue.id
        for catalogue in SHIPPED
        if places.is_choice_open and catalogue not in used
    ]
    spoken_of = {said.paper for said in ledger.index.all_said()}
    spoken_of |= {aim.paper} - {""} if aim else set()
    names = sorted(
        name
        for name in spoken_of
        if library.answers_to(name) is None and name.partition("/")[0] not in left_out
    )
    if names:
        yield Finding(
            f"progress on papers that no catalogue has: {listed(names)}",
            "it is kept; put their catalogue back, or leave it",
            is_harmless=True,
        )


def _notes(ledger: Ledger, places: Places, library: Library) -> Iterator[Finding]:
    """What is not clear or not readable of the notes: those that are written, and copied."""
    for folder in dict.fromkeys([places.notes, places.own_notes]):
        yield from _notes_in(Notes(folder, ledger.now, places.cache), library)


def _notes_in(notes: Notes, library: Library) -> Iterator[Finding]:
    notes.by_work(library)
    try:
        found = notes.all()
    except DataFileError:  # `_unreachable` says so
        return
    damages = [note.damage for note in found if note.damage]
    for warning in (*notes.warnings, *damages):
        yield Finding(str(warning), warning.hint or "make it readable, or move it away")
    told = [str(warning) for warning in (*notes.warnings, *damages)]
    for note in found:
        if note.head.problem and not any(str(note.path) in words for words in told):
            yield Finding(
                f"{note.path}: {note.head.problem}, so these are notes on no paper",
                "mend that line, if they are meant to be notes on one",
                is_harmless=True,
            )
        catalogue = note.head.name.partition("/")[0]
        is_ours = any(loaded.id == catalogue for loaded in library.catalogues)
        if is_ours and library.answers_to(note.head.name) is None:
            yield Finding(
                f"{note.path}: notes on `{note.head.name}`, which no catalogue has",
                "correct the name in its front matter",
                is_harmless=True,
            )


def _locks(ledger: Ledger, places: Places) -> Iterator[Finding]:
    """What stands where a lock is to be made: nothing can be written there then."""
    for path in (ledger.journal.lock_path, places.notes / ".roadmap.lock"):
        if is_no_lock(path):
            yield Finding(f"{path}: not a regular file", "remove it")


def _places(ledger: Ledger) -> Iterator[Finding]:
    folder = ledger.journal.folder
    if any(cloud in str(folder).lower() for cloud in _CLOUDS):
        yield Finding(
            f"{folder}: lies in a folder that a cloud service keeps",
            "that is fine as long as each device has a name of its own (ROADMAP_DEVICE)",
            is_harmless=True,
        )
    if is_no_lock(ledger.journal.lock_path):  # `_locks` says so
        return
    try:
        ledger.pen.check_writing()
    except CannotWriteError as problem:
        if another_owner(ledger.journal.lock_path):
            return  # `_owned_by_others` says so
        yield Finding(
            str(problem), "make the folder writable, or set ROADMAP_HOME to another"
        )
    except LockedError as problem:
        yield Finding(str(problem), "wait for it to finish", is_harmless=True)
    except DataFileError:  # `_unreachable` says so
        return


def _owned_by_others(ledger: Ledger, places: Places) -> Iterator[Finding]:
    """Files and folders that this user may not write, since they are another user's."""
    journal, notes = ledger.journal, Notes(places.notes, ledger.now)
    locks = (journal.lock_path, notes.lock_path)
    folders = (journal.folder, notes.folder, ledger.backups.folder)
    for path in (*folders, *locks, journal.path):
        owner = another_owner(path)
        if owner and os.path.lexists(path) and not os.access(path, os.W_OK):
            cure = (
                "remove it, it holds nothing; or" if path in locks else "as its owner,"
            )
            hand_over = f"sudo chown {os.geteuid()} {shlex.quote(str(path))}"
            yield Finding(
                f"{owner}, and you may not write to it", f"{cure} {hand_over}"
            )


def _copies(ledger: Ledger, now: datetime) -> Iterator[Finding]:
    try:
        found = ledger.backups.all()
    except DataFileError as damage:
        yield Finding(str(damage), damage.hint or "")
        return
    for copy in found:
        if copy.events is None:
            yield Finding(
                f"{copy.path}: this copy is of damaged journals, or damaged itself",
                "others can be restored; remove it when you do not need it",
                is_harmless=True,
            )
    if found and now - found[0].made > _COPY_AGE:
        yield Finding(
            f"the newest copy is of {found[0].made:%Y-%m-%d}",
            "roadmap backup",
            is_harmless=True,
        )
