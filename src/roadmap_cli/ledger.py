"""What all journals say together, and how one more command gets in.

`journal` knows bytes, `index` knows events, `progress` what they mean; the ledger brings
them together under one lock.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from roadmap_cli.errors import (
    CannotWriteError,
    DataFileError,
    NotFoundError,
    RoadmapError,
)
from roadmap_cli.index import EventIndex
from roadmap_cli.journal import (
    Backups,
    Copy,
    Journal,
    bundle,
    durable,
    journals,
    stanza,
    unbundle,
)
from roadmap_cli.model import Library
from roadmap_cli.progress import Command, Event, Progress, name_of, stamp, tell

Change = tuple[str, Mapping[str, object]]
"""What to write: a paper's full name, and the fields that it gets."""
SKEW = timedelta(minutes=5)
"""How far ahead of our clock an event may be before it is reported."""
TRUSTED = timedelta(days=1)
"""How far ahead an event may be and still be believed."""
_TICK = timedelta(microseconds=1)


class Ledger:
    """The events of every device, and the pen of this one."""

    def __init__(
        self, journal: Journal, cache: Path, now: Callable[[], datetime]
    ) -> None:
        self.journal = journal
        self.backups = Backups(journal.folder.parent)
        self.cache = cache
        self.now = now

    @cached_property
    def _read(self) -> tuple[EventIndex, tuple[DataFileError, ...]]:
        files, unreadable = self.journal.files()
        index = EventIndex(self.cache, files)
        return index, (*unreadable, *index.state.damages)

    @property
    def index(self) -> EventIndex:
        """The events, ready to be asked."""
        return self._read[0]

    @property
    def damages(self) -> tuple[DataFileError, ...]:
        """The journals that cannot be read: what they say is unknown."""
        return self._read[1]

    @property
    def warnings(self) -> list[RoadmapError]:
        """What is not as it should be, and does no harm to what can be read."""
        found = [
            RoadmapError(
                f"{one.path}: the last event was not written to its end and does not count",
                hint=f"the next mark sets it aside as {one.side_file.name}",
            )
            for one in self.index.state.torn
        ]
        latest = self.index.latest()
        if latest and latest > self.now() + SKEW and (ahead := self._ahead(SKEW)):
            names = ", ".join(sorted({device for device, _ in ahead}))
            found.append(
                RoadmapError(
                    f"events of {names} bear a time to come, up to {stamp(ahead[0][1])}",
                    hint="set the clocks right; whatever you mark from now on counts as later",
                )
            )
        return found

    def progress(self, library: Library) -> Progress:
        """Where the reader is with everything, as far as the journals can be read."""
        return tell(self.index.last_words(), library, is_complete=not self.damages)

    def progress_with(self, library: Library, works: Iterable[str]) -> Progress:
        """Where the reader is with a few works: costs the same however much was ever marked."""
        names = [name for work in works for name in library.calls[work]]
        return tell(self.index.last_words(names), library, is_complete=not self.damages)

    def say(self, decide: Callable[[], Sequence[Change]]) -> datetime | None:
        """Write what `decide` makes of the state, as one command; tell the time that it bears.

        Reading, deciding and writing happen under one lock. Raises `DataFileError` if a
        journal is damaged, `LockedError`, and `CannotWriteError`; then nothing was written.
        """
        with self.journal.writing():
            self.refresh()
            self._insist_on_all()
            changes = decide()
            if not changes:
                return None
            self._tidy()
            at = self._next_time()
            said = [*map(self._dated(at), changes), *self._distrusts()]
            text = "".join(stanza(at, paper, fields) for paper, fields in said)
            self.journal.append(text, self.index.state.torn)
            self.refresh()
            return at

    def take_in(self, contents: bytes, *, path: str) -> int:
        """Add what another journal, or exported progress, says and is not known yet.

        Tells how many events that were. Raises `DataFileError` if that file, or one of ours,
        is damaged, and as `say` does.
        """
        incoming = unbundle(contents, path=path)
        with self.journal.writing():
            self.refresh()
            self._insist_on_all()
            known = {event.identity for event, _ in self.index.story()}
            new = [event for event in incoming if event.identity not in known]
            commands = {event.command for event in new}
            # Commands come whole, so that the events of each keep their positions.
            whole = (event for event in incoming if event.command in commands)
            for device, text in journals(whole).items():
                self.journal.add_file(f"{_slug(device)}.merged", text.encode())
            self.refresh()
        return len({event.identity for event in new})

    def restore(self, copy: Copy) -> Path:
        """Put a copy back; tell where what was there before is kept. Raises as `say` does."""
        with self.journal.writing():
            kept = self.backups.make(self.now())
            self.backups.put_back(copy)
            self.refresh()
        return kept

    def export(self) -> str:
        """The events of every device as one text that `take_in` understands."""
        return bundle(
            sorted((one for one, _ in self.index.story()), key=lambda one: one.identity)
        )

    def _insist_on_all(self) -> None:
        if self.damages:
            raise self.damages[0]

    def refresh(self) -> None:
        """Look at the files again."""
        self.__dict__.pop("_read", None)

    def _tidy(self) -> None:
        """Once a day keep a copy of what is there; sweep up after crashes of long ago.

        What cannot be done, because the disk is full for instance, stops nobody.
        """
        try:
            self.backups.make_daily(self.now())
            for path in durable.left_over(self.journal.folder, self.now()):
                path.unlink(missing_ok=True)
        except (CannotWriteError, DataFileError, OSError):
            return

    def _next_time(self) -> datetime:
        """Our clock's time, or right after the latest event seen that is to be believed."""
        seen = self.index.latest(before=self.now() + TRUSTED)
        return max(self.now(), seen + _TICK) if seen else self.now()

    def _dated(self, at: datetime) -> Callable[[Change], Change]:
        """Keep the true day of a mark whose time had to be moved on."""
        today = self.now().astimezone().date()

        def dated(change: Change) -> Change:
            paper, fields = change
            is_moved = at.astimezone().date() != today and "status" in fields
            return (
                (paper, {**fields, "on": fields.get("on", today)})
                if is_moved
                else change
            )

        return dated

    def _distrusts(self) -> Iterator[Change]:
        """A word on each command whose time cannot be: it counts as made right before now."""
        for command in self._ahead(TRUSTED):
            yield "", {"distrusts": name_of(command)}

    def _ahead(self, by: timedelta) -> list[Command]:
        found = self.index.commands_after(self.now() + by)
        return sorted(found, key=lambda command: command[1], reverse=True)

    def last_command(self) -> Command:
        """The last command of this device that is not taken back; raises `NotFoundError`."""
        self._insist_on_all()
        for event, is_undone in self.index.commands_of(self.journal.device):
            if not is_undone and not event.undoes:
                return event.command
        raise NotFoundError(
            "nothing to undo: this device has marked nothing, or all is undone"
        )

    def last_undo(self) -> Command:
        """The last undo since the last other command; raises `NotFoundError`."""
        self._insist_on_all()
        undos: set[Command] = set()
        for event, is_undone in self.index.commands_of(self.journal.device):
            if not event.undoes:
                break
            if not is_undone:
                undos.add(event.command)
        # A redo is an undo of an undo: what it gave back is not to be given back again.
        for command in sorted(undos, key=lambda one: one[1], reverse=True):
            (event,) = self.index.of_command(command)[:1]
            target = event.undoes
            if target and not any(one.undoes for one in self.index.of_command(target)):
                return command
        raise NotFoundError("nothing to redo")

    def take_back(self, command: Command) -> list[Event]:
        """Undo a command; give its events. Raises as `say` does."""
        self.say(lambda: [("", {"undoes": name_of(command)})])
        return self.index.of_command(command)


def _slug(device: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", device.lower()).strip("-")[:60] or "other"
