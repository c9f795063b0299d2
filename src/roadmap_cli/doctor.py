"""Looks for everything that is not as it should be with the reader's files, and its cure."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    LockedError,
    RoadmapError,
    TooNewError,
)
from roadmap_cli.journal import durable, parse
from roadmap_cli.ledger import Ledger
from roadmap_cli.library import Library
from roadmap_cli.spelling import listed

_COPY_AGE = timedelta(days=30)
_CLOUDS = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud")


class Finding(NamedTuple):
    """Something wrong or odd; `fix` names what was done about it, if anything was."""

    problem: str
    cure: str
    is_harmless: bool = False
    fixed: str = ""


def examine(
    ledger: Ledger, library: Library, now: datetime, *, fix: bool
) -> Iterator[Finding]:
    """Every finding about the journals and what belongs to them.

    With `fix`, what can be mended without any risk is: ends that are not whole are set
    aside, our own left-over temporary files removed.
    """
    for damage in ledger.damages:
        yield Finding(str(damage), _cure_of(ledger, damage))
    for warning in ledger.times_to_come:
        yield Finding(str(warning), warning.hint or "")
    yield from _torn(ledger, fix=fix)
    yield from _left_over(ledger, now, fix=fix)
    yield from _renamed(ledger)
    yield from _conflicts(ledger)
    yield from _unknown_papers(ledger, library)
    yield from _places(ledger)
    yield from _copies(ledger, now)


def _has_whole_copy(ledger: Ledger) -> bool:
    try:
        return any(copy.events is not None for copy in ledger.backups.all())
    except DataFileError:  # `_copies` says so
        return False


def _cure_of(ledger: Ledger, damage: RoadmapError) -> str:
    if isinstance(damage, TooNewError):
        return damage.hint or ""
    if _has_whole_copy(ledger):
        return (
            "roadmap restore --list shows the copies, roadmap restore brings one back"
        )
    return "mend the file by hand, or move it away to start anew; nothing else is lost by that"


def _torn(ledger: Ledger, *, fix: bool) -> Iterator[Finding]:
    for one in ledger.index.state.torn:
        problem = (
            f"{one.path}: the last event was not written to its end and does not count"
        )
        if one.path != str(ledger.journal.path):
            yield Finding(
                problem, "the device that writes it sets it aside at its next mark"
            )
            continue
        cure = f"the next mark, or doctor --fix, sets it aside as {one.side_file.name}"
        aside = _set_aside(ledger) if fix else None
        yield Finding(
            problem, cure, fixed=f"set aside as {aside.name}" if aside else ""
        )


def _set_aside(ledger: Ledger) -> Path | None:
    try:
        return ledger.set_aside_torn()
    except (CannotWriteError, LockedError):  # `_places` says so
        return None


def _left_over(ledger: Ledger, now: datetime, *, fix: bool) -> Iterator[Finding]:
    data = ledger.journal.folder.parent
    for folder in (ledger.journal.folder, data / "notes", ledger.backups.folder):
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
    for one in files:
        try:
            if one.path != own:
                continue
            device = parse(one.contents, path=own).device
        except DataFileError:  # told already
            continue
        if device != ledger.journal.device:
            yield Finding(
                f"{own}: is the journal of `{device}`, so `undo` does not find what is marked here",
                f"rename it to what it was, or set ROADMAP_DEVICE to {device}",
            )


def _conflicts(ledger: Ledger) -> Iterator[Finding]:
    files, _ = ledger.journal.files()
    for one in files:
        if "conflict" in Path(one.path).name.lower():
            yield Finding(
                f"{one.path}: a copy that a synchronizer made; its events count like all others",
                "nothing has to be done",
                is_harmless=True,
            )


def _unknown_papers(ledger: Ledger, library: Library) -> Iterator[Finding]:
    unknown = {event.paper for event in ledger.index.last_words()} - {""}
    names = sorted(name for name in unknown if library.answers_to(name) is None)
    if names:
        yield Finding(
            f"progress on papers that no catalogue has: {listed(names)}",
            "it is kept; put their catalogue back, or leave it",
            is_harmless=True,
        )


def _places(ledger: Ledger) -> Iterator[Finding]:
    folder = ledger.journal.folder
    if any(cloud in str(folder).lower() for cloud in _CLOUDS):
        yield Finding(
            f"{folder}: lies in a folder that a cloud service keeps",
            "that is fine as long as each device has a name of its own (ROADMAP_DEVICE)",
            is_harmless=True,
        )
    if os.path.islink(ledger.journal.lock_path):  # noqa: PTH114 - says no where it may not look
        yield Finding(f"{ledger.journal.lock_path}: is a link", "remove it")
    try:
        ledger.journal.check_writing()
    except CannotWriteError as problem:
        yield Finding(
            str(problem), "make the folder writable, or set ROADMAP_HOME to another"
        )
    except LockedError as problem:
        yield Finding(str(problem), "wait for it to finish", is_harmless=True)


def _copies(ledger: Ledger, now: datetime) -> Iterator[Finding]:
    try:
        found = ledger.backups.all()
    except DataFileError as damage:
        yield Finding(str(damage), "make the folder readable")
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
