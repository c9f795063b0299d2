"""Turns at a host: how often it may be asked, held to by all programs that share a cache.

For each host, or group of hosts, the cache has a file with the instant before which it must not
be asked, and a lock that is held as long as a request lasts: so there is one at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.busy import Busy
from roadmap_cli.disk.lock import locked
from roadmap_cli.errors import CannotWriteError, LockedError, RestingError

LONGEST_WAIT = 60.0
"""Seconds that are waited for a host that asks for patience; beyond it the run says when."""
_PATIENCE = 300.0
"""Seconds to wait for another program that is asking the same host."""
_DAY = 86_400.0
"""Seconds beyond which no host is left alone, whatever it asks."""


class Pace(NamedTuple):
    """How often a host may be asked.

    `seconds` lie between the beginnings of two requests; `retries` are the seconds waited before
    the second and the third try where the host does not say how long.
    """

    slot: str
    seconds: float
    retries: tuple[float, ...] = (1.0, 3.0)


_ARXIV = Pace("arxiv.org", 3.0, (5.0, 15.0))
"""https://info.arxiv.org/help/api/tou.html: one request in three seconds, one connection."""
_CROSSREF = "api.crossref.org"
_HERE = Pace("127.0.0.1", 0.0)
"""Zotero, on this machine: nobody else waits."""


def pace_of(host: str, *, has_mailto: bool = False) -> Pace:
    """The pace at which a host may be asked; all hosts of arXiv share one."""
    host = host.lower().rstrip(".")
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return _ARXIV
    if host == _HERE.slot:
        return _HERE
    if host == _CROSSREF:
        return Pace(host, 0.1 if has_mailto else 0.2)
    return Pace(host.removeprefix("www."), 1.0)


class Turn:
    """The turn at a host: says from when on it may be asked again."""

    def __init__(
        self, host: str, pace: Pace, path: Path, clock: Callable[[], float]
    ) -> None:
        self.host, self.pace = host, pace
        self._path, self._clock = path, clock

    def asked(self) -> None:
        """A request goes out, or its answer begins: the next one waits from now on."""
        self._not_before(self.pace.seconds)

    def rest(self, seconds: float) -> None:
        """The host wants to be left alone for so many seconds."""
        self._not_before(min(max(seconds, self.pace.seconds), _DAY))

    def _not_before(self, seconds: float) -> None:
        now = self._clock()
        with suppress(OSError):
            self._path.write_text(f"{now:.3f} {now + seconds:.3f}\n", "ascii")


class Slots:
    """The turns at all hosts.

    `folder` is in the cache; `clock` gives the seconds since 1970, by which programs agree; and
    `sleep` waits so many seconds.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        busy: Busy,
    ) -> None:
        self._folder, self._busy = folder, busy
        self._clock, self._sleep = clock, sleep

    @contextmanager
    def turn(self, host: str, pace: Pace, work: str = "") -> Iterator[Turn]:
        """Wait for the turn at a host, and keep it within the block.

        `work` is what the turn is for, which is shown while it is waited for.
        Raises `RestingError` if the host wants to be left alone for longer than `LONGEST_WAIT`,
        `LockedError` if another program keeps asking it, and `CannotWriteError` if the folder
        cannot be written: without it nobody knows when others asked.
        """
        name = _file_name(pace.slot)
        path = self._folder / f"{name}.next"
        self._make_folder()
        with self._alone(self._folder / f"{name}.lock", host):
            self._wait(host, path, pace, work)
            yield Turn(host, pace, path, self._clock)

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWriteError(
                f"{self._folder}: {error.strerror}; nothing was asked of the network"
            ) from error

    @contextmanager
    def _alone(self, path: Path, host: str) -> Iterator[None]:
        lock = locked(path, patience=_PATIENCE, unchanged="nothing was asked")
        with ExitStack() as stack:
            with self._busy(f"waiting for another roadmap that asks {host}"):
                try:
                    stack.enter_context(lock)
                except LockedError as error:
                    raise LockedError(
                        f"another roadmap has been asking {host} for {_PATIENCE:.0f} seconds",
                        hint="wait for it to finish, then try again; what it fetched is kept",
                    ) from error
            yield

    def _wait(self, host: str, path: Path, pace: Pace, work: str) -> None:
        seconds = self._left(path)
        if seconds > max(LONGEST_WAIT, pace.seconds):
            until = datetime.fromtimestamp(self._clock() + seconds, UTC).astimezone()
            raise RestingError(
                f"{host} asks to be left alone until {until:%H:%M} on {until:%Y-%m-%d}",
                hint="try again then; what was fetched so far is kept",
            )
        if seconds > 0:
            waiting = f"waiting {seconds:.0f} s before asking {host}"
            with self._busy(f"{work}: {waiting}" if work else waiting):
                self._sleep(seconds)

    def _left(self, path: Path) -> float:
        """Seconds until the host may be asked.

        Never more than were to be waited when that was written: a clock may have been set back.
        """
        try:
            written, until = map(float, path.read_text("ascii").split())
        except (OSError, ValueError):
            return 0.0
        if not 0 <= until - written <= _DAY + 1:  # damaged
            return 0.0
        return max(0.0, min(until - self._clock(), until - written))


def _file_name(slot: str) -> str:
    """The name of a host as one of a file; hosts that differ only in odd letters share it."""
    letters = (char if char.isalnum() or char in ".-" else "_" for char in slot)
    return "".join(letters)[:100]
