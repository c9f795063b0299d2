"""What all journals say together, and how one more command gets in.

`journal` knows bytes, `store.events` knows events, `progress` what they mean; the ledger brings
them together under one lock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.library import Library
from roadmap_cli.disk.places import Places
from roadmap_cli.errors import CannotWriteError, DataFileError, NotFoundError
from roadmap_cli.journal.journal import Journal, torn_end
from roadmap_cli.progress.clocks import local_offset, on_the_day, stamp
from roadmap_cli.progress.events import Command, Event, Identity, Progress, name_of
from roadmap_cli.store.events.index import EventIndex
from roadmap_cli.store.events.standings import StoredProgress

if TYPE_CHECKING:
    from roadmap_cli.disk.lock import Lock
    from roadmap_cli.journal.backups import Backups
    from roadmap_cli.journal.bundle import Taken
    from roadmap_cli.journal.pen import Appended, Pen
    from roadmap_cli.journal.text import Parsed

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
        self,
        journal: Journal,
        cache: Path,
        now: Callable[[], datetime],
        *,
        is_rehearsal: bool = False,
    ) -> None:
        self.journal = journal
        self.cache = cache
        self.now = now
        self.patience: float | None = None
        """Seconds to wait for another program that writes, if not as long as usual."""
        self.is_rehearsal = is_rehearsal
        """Whether everything is done but the writing."""
        self._rehearsed: list[Event] = []
        self._on_copies: list[DataFileError | CannotWriteError] = []
        self._known: tuple[Library, Progress] | None = None
        self._appended: Appended | None = None

    @classmethod
    def of(
        cls,
        places: Places,
        now: Callable[[], datetime],
        *,
        is_rehearsal: bool = False,
    ) -> "Ledger":
        """The ledger of the journals in a reader's folders."""
        journal = Journal(places.progress, places.device)
        return cls(journal, places.cache, now, is_rehearsal=is_rehearsal)

    @cached_property
    def pen(self) -> "Pen":
        """What writes to the journal of this device."""
        from roadmap_cli.journal.pen import Pen  # looking around does without

        return Pen(self.journal)

    @cached_property
    def backups(self) -> "Backups":
        """The copies of the journals."""
        from roadmap_cli.journal.backups import Backups  # looking around does without

        return Backups(self.journal.data)

    @cached_property
    def _read(self) -> tuple[EventIndex, tuple[DataFileError, ...]]:
        files, unreadable = self.journal.files()
        index = EventIndex(self.cache, files, self._appended)
        return index, (*unreadable, *index.state.damages)

    @property
    def index(self) -> EventIndex:
        """The events, ready to be asked."""
        return self._read[0]

    @property
    def read(self) -> list[str]:
        """The paths of the journals that were looked at, if that was needed."""
        if "_read" not in self.__dict__:
            return []
        return [file.path for file in self.journal.files()[0]]

    @property
    def damages(self) -> tuple[DataFileError, ...]:
        """The journals that cannot be read: what they say is unknown."""
        return self._read[1]

    @property
    def warnings(self) -> list[DataFileError | CannotWriteError]:
        """What is not as it should be, and does no harm to what can be read."""
        return [*self.torn_ends, *self.times_to_come, *self._on_copies]

    @property
    def torn_ends(self) -> list[DataFileError]:
        """A warning of each journal whose end is not whole, with its cure."""
        return [
            DataFileError(
                torn_end(end.path),
                hint=f"the next mark, or doctor --fix, sets it aside as {end.side_file.name}"
                if end.path == str(self.journal.path)
                else "its device has not sent all of it yet, or will mend it with its next mark",
            )
            for end in self.index.state.torn
        ]

    @property
    def times_to_come(self) -> list[DataFileError]:
        """A warning of events whose time is ahead of our clock, if there are any."""
        latest, tolerated = self.index.latest(), self.now() + SKEW
        is_any = latest and latest > tolerated
        ahead = self.index.last_after(tolerated) if is_any else []
        if not ahead:
            return []
        names = ", ".join(sorted({device for device, _ in ahead}))
        return [
            DataFileError(
                f"events of {names} bear a time to come, up to {stamp(ahead[0][1])}",
                hint="set the clocks right; whatever you mark from now on counts as later",
            )
        ]

    def progress(self, library: Library) -> Progress:
        """Where the reader is with everything, as far as the journals can be read.

        It is the same until the files are looked at again.
        """
        if self._known is None or self._known[0] is not library:
            self._known = (library, self._progress(library))
        return self._known[1]

    def _progress(self, library: Library) -> Progress:
        if self._rehearsed:
            return self._rehearsal(library)
        return StoredProgress(self.index, library, is_complete=not self.damages)

    def _rehearsal(self, library: Library, *, with_unlisted: bool = False) -> Progress:
        """The progress with what was only rehearsed: no file has that, so all is told again."""
        from roadmap_cli.progress.replay import replay

        return replay(
            self._told,
            library,
            is_complete=not self.damages,
            with_unlisted=with_unlisted,
        )

    @property
    def _told(self) -> list[Event]:
        """Every event, with those that were only rehearsed."""
        return [*(event for event, _ in self.index.story()), *self._rehearsed]

    def progress_with(
        self,
        library: Library,
        works: Iterable[str] | None,
        unlisted: Sequence[str] = (),
    ) -> Progress:
        """Where the reader is now with a few works, or with all: it stays so while we write.

        `unlisted` are full names of papers that no catalogue has: each has its standing under
        its name.
        """
        now = self.progress(library)
        if self._rehearsed:
            now = self._rehearsal(library, with_unlisted=True)
        if works is None:
            standings = {**now.standings, **now.unlisted}
        else:
            standings = {name: now.of(name) for name in (*works, *unlisted)}
        return Progress(standings, (), now.is_complete, now.aim, now.wish)

    def _writing(
        self, patience: float | None = None
    ) -> "AbstractContextManager[Lock | None]":
        """The lock of this device's journal; nothing in a rehearsal."""
        patience = self.patience if patience is None else patience
        return nullcontext() if self.is_rehearsal else self.pen.writing(patience)

    def say(
        self, decide: Callable[[], Sequence[Change]], patience: float | None = None
    ) -> datetime | None:
        """Write what `decide` makes of the state, as one command; tell the time that it bears.

        Reading, deciding and writing happen under one lock, for which it waits so many seconds
        at most. Raises `DataFileError` if a journal is damaged, `LockedError`, and
        `CannotWriteError`; then nothing was written.
        """
        with self._writing(patience) as lock:
            self.refresh()
            self.insist_on_all()
            changes = decide()
            if not changes:
                return None
            self.pen.insist_on_room(self.index.state.torn)
            now = self.now()
            at = self._next_time(now)
            offset = local_offset(at)
            dated = ((paper, on_the_day(now, at, said)) for paper, said in changes)
            said = enumerate([*dated, *self._distrusts(now)])
            events = [
                Event(at, self.journal.device, number, paper, fields, offset)
                for number, (paper, fields) in said
            ]
            if lock is None:
                self._rehearsed += events
                self.refresh()
                return at
            self._on_copies = self.pen.tidy(now) or self._on_copies
            self._appended = self.pen.append(events, self.index.state.torn, lock)
        self.refresh()
        if self.damages:
            raise DataFileError(f"written, but cannot be read again: {self.damages[0]}")
        return at

    def set_aside_torn(self) -> Path | None:
        """Set the end of this device's journal aside if it is not whole; tell where."""
        with self.pen.writing() as lock:
            self.refresh()
            aside = self.pen.set_aside(self.index.state.torn, lock)
            self.refresh()
        return aside

    def take_in(self, files: Sequence[tuple[str, bytes]]) -> "list[Taken]":
        """Add what other journals, or exported progress, say and is not known yet.

        Files are (path, contents); tells what each brought. Raises `DataFileError`
        if one of them, or of ours, is damaged, and as `say` does; then nothing was taken.
        """
        from roadmap_cli.disk.durable import write_all
        from roadmap_cli.journal.bundle import unbundle

        incoming = [unbundle(contents, path=path) for path, contents in files]
        with self._writing() as lock:
            self.refresh()
            self.insist_on_all()
            known = {event.identity for event, _ in self.index.story()}
            found = [self._new_of(journal, known) for journal in incoming]
            texts = [text for _, some in found for text in some.items()]
            new = self.pen.merged(texts)
            kept = write_all({}, new, guard=lock.insist) if lock else []
            self.refresh()
        paths = filter(None, kept)
        return [
            taken._replace(kept=tuple(islice(paths, len(texts))))
            for taken, texts in found
        ]

    def _new_of(
        self, parsed: "Parsed", known: set[Identity]
    ) -> "tuple[Taken, dict[str, str]]":
        """What a file brings, and its journals as texts; from then on it is known."""
        from roadmap_cli.journal.bundle import Taken, journals, unknown_commands

        count, events = unknown_commands(parsed.events, known)
        self._rehearsed += events if self.is_rehearsal else ()
        known.update(event.identity for event in events)
        has_own = any(event.device == self.journal.device for event in events)
        taken = Taken(count, (), bool(parsed.torn), has_own, said=events)
        return taken, journals(events)

    @property
    def settings(self) -> Sequence[Event]:
        """The events that set something for all that follows and count, the newest first."""
        if not self._rehearsed:
            return self.index.settings()
        from roadmap_cli.progress.replay import in_order

        return in_order(self._told)[::-1]

    @property
    def events(self) -> int:
        """How many events there are, as far as the journals can be read."""
        return len(self.index.story())

    def export(self) -> str:
        """The events of every device as one text that `take_in` understands.

        Raises `DataFileError` if a journal is damaged: the text would pass for all there is.
        """
        from roadmap_cli.journal.bundle import bundle

        self.insist_on_all()
        return bundle(
            sorted(
                (event for event, _ in self.index.story()),
                key=lambda event: event.identity,
            )
        )

    def insist_on_all(self) -> None:
        """Raises `DataFileError` if a journal is damaged, so that what it says is unknown."""
        if self.damages:
            raise self.damages[0]

    def refresh(self) -> None:
        """Look at the files again."""
        self._known = None
        if "_read" in self.__dict__:
            self.index.close()
            del self.__dict__["_read"]

    def _next_time(self, now: datetime) -> datetime:
        """Our clock's time, or right after the latest event seen that is to be believed."""
        seen = self.index.latest(before=now + TRUSTED)
        at = max(now, seen + _TICK) if seen else now
        while self.index.of_command((self.journal.device, at)):
            at += _TICK  # a command is known by its time
        return at

    def _distrusts(self, now: datetime) -> Iterator[Change]:
        """A word on each command whose time cannot be: it counts as made right before now."""
        for command in self._ahead(now + TRUSTED):
            yield "", {"distrusts": name_of(command)}

    def _ahead(self, limit: datetime) -> list[Command]:
        found = self.index.commands_after(limit)
        return sorted(found, key=lambda command: command[1], reverse=True)

    def last_command(self) -> Command:
        """The last command of this device that is not taken back; raises `NotFoundError`."""
        self.insist_on_all()
        for event, is_undone in self.index.commands_of(self.journal.device):
            if not is_undone and not event.undoes:
                return event.command
        raise NotFoundError(
            "nothing to undo: this device has marked nothing, or all is undone"
        )

    def last_undo(self) -> Command:
        """The last undo since the last other command; raises `NotFoundError`."""
        self.insist_on_all()
        undos: list[Event] = []
        for event, is_undone in self.index.commands_of(self.journal.device):
            if not event.undoes:
                break
            if not is_undone:
                undos.append(event)
        # A redo is an undo of an undo: what it gave back is not to be given back again.
        for event in undos:
            target = event.undoes
            if target and not any(
                undoing.undoes for undoing in self.index.of_command(target)
            ):
                return event.command
        raise NotFoundError("nothing to redo")

    def take_back(self, choose: Callable[[], Command]) -> None:
        """Undo the command that is chosen under the lock; raises as `say` and `choose` do."""
        self.say(lambda: [("", {"undoes": name_of(choose())})])
