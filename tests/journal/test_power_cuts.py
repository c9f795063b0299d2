"""Power cuts, failing disks and signals, made to happen at each step of a mark by strace."""

import hashlib
import shlex
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from conftest import Clock, Result
from roadmap_cli.journal.text import parse

Run = Callable[..., Result]
STEPS = "openat,write,fsync,ftruncate,flock,link,rename,unlink,mkdir,fchmod,close"
TORN = b'\n[[event]]\npaper = "genai/gpt'
SIDE_FILE = f"desk.torn-{hashlib.blake2b(TORN, digest_size=4).hexdigest()}.txt"
TEMPORARY = [f"/.roadmap-number-{number}.tmp" for number in range(3)]
PROGRAM = """
import runpy
from itertools import count
from roadmap_cli.disk import durable
numbers = count()
durable.temporary_name = lambda: f".roadmap-number-{next(numbers)}.tmp"
runpy.run_module("roadmap_cli", run_name="__main__")
"""
"""The program, whose temporary files have names that are known before."""
STARTS = ["first", "later", "torn"]
"""Where a mark starts from: no journal, one with an event, one whose end is not whole."""


def can_trace() -> bool:
    """Whether strace is there and may do its work."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-D", "true"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(
    not can_trace(), reason="needs strace, and leave to trace processes"
)


@dataclass(frozen=True)
class Call:
    """A system call on one of our files, as strace tells it."""

    line: str

    @property
    def name(self) -> str:
        """What was called."""
        return self.line.partition("(")[0]

    @property
    def is_write(self) -> bool:
        """Whether it is one of those that a full or failing disk refuses."""
        if self.name == "openat":
            return "O_WRONLY" in self.line or "O_RDWR" in self.line
        return self.name in ("write", "fsync", "link", "rename")

    @property
    def is_change(self) -> bool:
        """Whether files are not the same before and after it."""
        return self.is_write or self.name in ("mkdir", "flock", "ftruncate", "unlink")


@dataclass
class Bench:
    """Runs marks under strace, on a journal that is put back before each of them."""

    home: Path
    clock: Clock
    roadmap: Run
    old: bytes = b""
    start: str = "later"

    @property
    def folder(self) -> Path:
        """Where the journals are."""
        return self.home / "progress"

    @property
    def path(self) -> Path:
        """The journal."""
        return self.folder / "desk.toml"

    def reset(self, start: str) -> None:
        """Put the files back as they were before the mark."""
        self.start = start
        shutil.rmtree(self.folder, ignore_errors=True)
        if start != "first":
            self.folder.mkdir(parents=True)
            self.path.write_bytes(self.old + (TORN if start == "torn" else b""))

    def mark(
        self, *injections: str, only: Path | None = None
    ) -> tuple[Result, list[Call]]:
        """Mark `lora`; give what came of it, and the calls on the files of the progress."""
        trace = self.home.parent / "trace"
        folder = shlex.quote(str(self.folder))
        names = ("", "/desk.toml", "/desk.lock", f"/{SIDE_FILE}", *TEMPORARY)
        paths = [str(only)] if only else [folder + name for name in names]
        named = " ".join(f"-P {path}" for path in paths)
        injected = " ".join(f"-e inject={one}" for one in injections)
        command = (
            f"exec strace -D -y -o {shlex.quote(str(trace))} -e trace={STEPS} {named} {injected} "
            f"{shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} mark-read lora"
        )
        run = partial(subprocess.run, capture_output=True, text=True, check=False)
        done = run(["sh", "-c", command], timeout=60)
        code = 128 - done.returncode if done.returncode < 0 else done.returncode
        lines = trace.read_text().splitlines()
        calls = [Call(line) for line in lines if "(" in line.partition("=")[0]]
        return Result(code, done.stdout, done.stderr), calls

    def read(self) -> set[str]:
        """What the program says is read; it must be able to say."""
        self.clock.at = datetime.now(UTC)
        done = self.roadmap("list", "--status", "read")
        assert (done.code, "damaged" in done.err) == (0, False)
        return {row[0] for row in done.rows}

    @property
    def before(self) -> set[str]:
        """What was read before the mark."""
        return set() if self.start == "first" else {"bert"}

    def goes_on(self) -> bool:
        """Whether the next mark works, keeps what was there and leaves a whole journal."""
        known = self.read()
        self.clock.at = datetime.now(UTC)
        done = self.roadmap("mark-read", "gpt-3")
        whole = parse(self.path.read_bytes(), path="").torn == b""
        return done.code == 0 and whole and self.read() == known | {"gpt-3"}

    @property
    def litter(self) -> list[str]:
        """Temporary files that lie about."""
        return [path.name for path in self.home.rglob(".roadmap-*.tmp")]


@pytest.fixture
def bench(home: Path, clock: Clock, roadmap: Run) -> Bench:
    """A home in which `bert` is read, and today's copy is made."""
    made = Bench(home, clock, roadmap)
    for command in (["mark-read", "bert"], ["backup"]):
        clock.at = datetime.now(UTC)
        assert roadmap(*command).code == 0
    made.old = made.path.read_bytes()
    return made


def steps(calls: list[Call]) -> Iterator[tuple[str, int, Call]]:
    """Each call, with its number among those of its name: what `when=` counts."""
    seen: Counter[str] = Counter()
    for call in calls:
        seen[call.name] += 1
        yield call.name, seen[call.name], call


def short(calls: list[Call], *names: str) -> list[str]:
    """These calls as words: name, file, and how it was opened."""
    told = []
    for call in calls:
        files = (one for one in (".tmp", "desk.lock", "desk.toml") if one in call.line)
        how = [one for one in ("O_APPEND", "O_EXCL", "O_TRUNC") if one in call.line]
        told.append(" ".join([call.name, next(files, "folder"), *how]))
    return [one for one in told if one.split()[0] in names]


def test_an_event_is_appended_by_one_write_and_waited_for(bench: Bench) -> None:
    """Under the lock; then the lock goes. O_TRUNC and a power cut would leave nothing."""
    bench.reset("later")
    done, calls = bench.mark()
    told = short(calls, "openat", "write", "fsync", "rename", "flock", "close")
    begin = told.index("openat desk.toml O_APPEND")

    assert done.code == 0
    assert "O_TRUNC" not in " ".join(told)
    assert told[:2] == ["openat desk.lock", "flock desk.lock"]
    assert told[begin : begin + 5] == [
        "openat desk.toml O_APPEND",
        "write desk.toml",
        "fsync desk.toml",
        "close desk.toml",
        "close desk.lock",
    ]


def test_a_new_journal_is_made_whole_and_then_named(bench: Bench) -> None:
    """Temporary file, write, fsync, link, fsync of the folder; all under the lock."""
    bench.reset("first")
    _, calls = bench.mark()
    told = short(calls, "openat", "write", "fsync", "link", "rename", "flock")
    begin = told.index("openat .tmp O_EXCL")

    assert "O_TRUNC" not in " ".join(told)
    assert "flock desk.lock" in told[:begin]
    assert told[begin : begin + 6] == [
        "openat .tmp O_EXCL",
        "write .tmp",
        "fsync .tmp",
        "link .tmp",
        "openat folder",
        "fsync folder",
    ]


@pytest.mark.parametrize("start", STARTS)
def test_a_kill_at_any_step_leaves_the_old_events_or_the_new_one_too(
    bench: Bench, start: str
) -> None:
    """The journal can be read, nothing is locked, and the next mark works."""
    bench.reset(start)
    _, calls = bench.mark()
    outcomes: list[bool] = []
    for name, number, call in steps(calls):
        if not call.is_change and call is not calls[-1]:
            continue
        bench.reset(start)
        done, _ = bench.mark(f"{name}:signal=SIGKILL:when={number}")
        known = bench.read()

        assert (name, number, done.code) == (name, number, 137)
        assert known - {"lora"} == bench.before
        assert bench.goes_on()
        outcomes.append("lora" in known)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_a_kill_at_any_moment_loses_nothing_that_was_confirmed(
    bench: Bench, roadmap: Run
) -> None:
    """Every mark whose command ended well is there, whenever the others were killed."""
    papers = [row[0] for row in roadmap("list", "llm", "--status", "todo").rows][:16]
    took = 0.0
    confirmed = {"bert"}
    bench.reset("later")
    for number, paper in enumerate(papers):
        begun = datetime.now(UTC)
        running = subprocess.Popen(
            [sys.executable, "-m", "roadmap_cli", "mark-read", paper],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            # The first two run to their end; then the end of a run is where it writes.
            share = 0.6 + 0.5 * number / len(papers)
            running.wait(timeout=took * share if number > 1 else 60)
            took = took or (datetime.now(UTC) - begun).total_seconds()
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
        if running.wait() == 0:
            confirmed.add(paper)
        known = bench.read()
        assert confirmed <= known <= {"bert", *papers[: number + 1]}
    assert len(confirmed) > 2
    assert bench.goes_on()


CAUSES = {
    "EIO": "Input/output error",
    "ENOSPC": "no space left",
    "EROFS": "Read-only file system",
    "ENOLCK": "No locks available",
}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EROFS"])
def test_a_disk_that_refuses_is_reported_and_spoils_nothing(
    bench: Bench, start: str, error: str
) -> None:
    """Status 6, one line with path and cause; the old events stay, the next mark works."""
    bench.reset(start)
    _, calls = bench.mark()
    refusable = {
        "EIO": ("openat", "write", "fsync", "link"),
        "ENOSPC": ("write", "link"),
        "EROFS": ("openat",),
    }[error]
    tried = 0
    for name, number, call in steps(calls):
        if not call.is_write or name not in refusable:
            continue
        tried += 1
        bench.reset(start)
        done, _ = bench.mark(f"{name}:error={error}:when={number}")
        said = done.err.splitlines()
        known = bench.read()

        assert (call.line, done.code, done.out) == (call.line, 6, "")
        assert len(said) == 1
        assert said[0].startswith(f"error: {bench.folder}")
        assert CAUSES[error] in said[0]
        assert known - {"lora"} == bench.before
        assert ("lora" in known) == (
            f"{bench.path}: written but not confirmed" in said[0]
        )
        assert bench.litter == []
        assert bench.goes_on()
    assert tried > 0


@pytest.mark.parametrize(
    ("step", "error"), [("mkdir", "EIO"), ("flock", "EIO"), ("flock", "ENOLCK")]
)
def test_a_folder_or_lock_that_cannot_be_had_is_no_bug(
    bench: Bench, step: str, error: str
) -> None:
    """File systems without locks exist: status 6, path and cause, nothing written."""
    bench.reset("first")
    done, _ = bench.mark(f"{step}:error={error}:when=1")

    assert done.code == 6
    assert done.err.startswith(f"error: {bench.folder}")
    assert CAUSES[error] in done.err
    assert bench.read() == set()
    assert bench.goes_on()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("length", [0, 1, 40])
def test_a_write_that_stops_short_is_an_error(
    bench: Bench, start: str, length: int
) -> None:
    """The disk took a part and said so: status 6, and that part does not count."""
    bench.reset(start)
    done, _ = bench.mark(f"write:retval={length}:when=1")

    assert done.code == 6
    assert "no space left" in done.err
    assert bench.read() == bench.before
    assert bench.goes_on()


def test_what_cannot_be_cut_off_again_is_not_called_unchanged(bench: Bench) -> None:
    """A disk that fails on fsync and then on ftruncate: the event stands there, and counts."""
    bench.reset("later")
    done, _ = bench.mark("fsync:error=EIO", "ftruncate:error=EIO", only=bench.path)

    assert (done.code, "Input/output error" in done.err) == (6, True)
    assert ("lora" in bench.read()) == ("unchanged" not in done.err)
    assert bench.goes_on()


def test_a_mark_that_cannot_be_read_again_is_not_denied(bench: Bench) -> None:
    """Written, then the disk fails: nobody is told that the paper stays as it was."""
    bench.reset("later")
    _, calls = bench.mark()
    last = [number for name, number, _ in steps(calls) if name == "openat"][-1]
    bench.reset("later")
    done, _ = bench.mark(f"openat:error=EIO:when={last}")

    assert "lora" in bench.read()
    assert "stays todo" not in done.err


def test_a_folder_that_cannot_be_confirmed_is_reported_as_that(bench: Bench) -> None:
    """The mark is there, but a power cut could still take it: status 6, and the truth."""
    bench.reset("first")
    done, _ = bench.mark("fsync:error=EIO:when=2")

    assert done.code == 6
    assert "written but not confirmed on disk: Input/output error" in done.err
    assert bench.read() == {"lora"}


def test_a_file_system_that_knows_no_fsync_of_folders_is_fine(bench: Bench) -> None:
    """EINVAL says just that."""
    bench.reset("first")
    done, calls = bench.mark("fsync:error=EINVAL", only=bench.folder)

    assert any("INJECTED" in call.line for call in calls)
    assert (done.code, done.err) == (0, "")
    assert bench.read() == {"lora"}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(
    ("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)]
)
def test_a_signal_while_writing_leaves_no_litter_and_no_lock(
    bench: Bench, start: str, name: str, status: int
) -> None:
    """The status that shells expect, no traceback, whole events only."""
    bench.reset(start)
    done, _ = bench.mark(f"fsync:signal={name}:when=1")

    assert done.code == status
    assert "Traceback" not in done.err
    assert bench.litter == []
    assert bench.read() - {"lora"} == bench.before
    assert bench.goes_on()
