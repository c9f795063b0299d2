"""Runs whole processes, two kinds in turn, and keeps what each took.

What matters is the ratio of the two, taken run by run: a machine that is busy for a while
slows both.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

_UNITS_PER_MB = 1_000_000 if sys.platform == "darwin" else 1_000
"""Of the memory's peak as the system tells it: bytes there, kilobytes elsewhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds until its end, seconds of the processor, megabytes."""

    seconds: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Process:
    """A process to start again and again; the call may differ from one run to the next."""

    call: Callable[[int], Sequence[str]]
    environment: Mapping[str, str]
    on_terminal: bool = False


@dataclass(slots=True)
class Pair:
    """A process and what it is measured against; `prepare` is not part of the time."""

    process: Process
    base: Process
    prepare: Callable[[int], None] = lambda _: None
    runs: list[tuple[Run, Run]] = field(default_factory=list)

    def go(self, number: int) -> None:
        """Run both once; the first run of all only warms up."""
        self.prepare(number)
        base = start(self.base, number)
        own = start(self.process, number)
        if number:
            self.runs.append((own, base))

    @property
    def ratio(self) -> float:
        """How many times as long as its base the process takes."""
        return median(own.seconds / base.seconds for own, base in self.runs)

    @property
    def cpu_ratio(self) -> float:
        """The same of the processor's time, which other programs disturb less."""
        return median(own.cpu / base.cpu for own, base in self.runs)

    @property
    def seconds(self) -> float:
        """How long the process takes."""
        return median(own.seconds for own, _ in self.runs)

    @property
    def base_seconds(self) -> float:
        """How long the base takes."""
        return median(base.seconds for _, base in self.runs)

    @property
    def peak(self) -> float:
        """The most memory that any run took, in megabytes."""
        return max(own.peak for own, _ in self.runs)


def measure(pairs: Iterable[Pair], runs: int, tell: Callable[[str], None]) -> None:
    """Run all pairs in turn, round after round."""
    kept = list(pairs)
    for number in range(runs + 1):
        tell(f"round {number} of {runs}" if number else "warming up")
        for pair in kept:
            pair.go(number)


def start(process: Process, number: int = 0, *, status: int = 0) -> Run:
    """Run a process to its end; raises `CalledProcessError` if it ends with another status."""
    command = process.call(number)
    ours, theirs = os.openpty() if process.on_terminal else os.pipe()
    began = time.perf_counter()
    running = subprocess.Popen(
        command,
        stdin=theirs if process.on_terminal else subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=process.environment,
        cwd=os.path.dirname(__file__),  # noqa: PTH120 - where `floor` is found
    )
    os.close(theirs)
    said = _all(ours)
    _, ended, used = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - began
    os.close(ours)
    running.returncode = os.waitstatus_to_exitcode(ended)
    if running.returncode != status:
        raise subprocess.CalledProcessError(running.returncode, command, said)
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / _UNITS_PER_MB)


def _all(descriptor: int) -> bytes:
    """All that is said until the other end is closed."""
    chunks: list[bytes] = []
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # how Linux says that a terminal's other end is closed
            chunk = b""
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
