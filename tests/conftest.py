"""What the tests share: a home of their own, the program called in several ways."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from guard import sitecustomize
from processes import Start
from roadmap_cli.cli import main
from services.plays import PLAYS
from services.server import PlayedServices

# A shell that starts the tests in the background lets them ignore Ctrl-C, and so all that they
# start; here it has to be heard.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("roadmap", deadline=None)
settings.load_profile("roadmap")

CLEAN = {
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "TZ": "UTC",
    "ROADMAP_DEVICE": "desk",
    "PAGER": "cat",
    "ROADMAP_USE": "genai",  # the world of most tests; `both_lists` is what readers have
    "ROADMAP_SERVICES": "http://127.0.0.1:9",  # where nobody answers: no test asks the real ones
}
GUARD = Path(
    sitecustomize.__file__
).parent  # which stops what reaches beyond this machine
MEDDLING = (
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "ACCESSIBLE",
    "ROADMAP_PAGER",
    "LESS",
    "LINES",
    "ROADMAP_CATALOGUE",
    "ROADMAP_MAILTO",
    "ROADMAP_PAPERS",
)


@dataclass(frozen=True)
class Result:
    """What a run of the program gave."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The tab-separated records of the output."""
        return [line.split("\t") for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def first_look(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of somebody who has listed the first catalogue: laying it down takes a while."""
    place = tmp_path_factory.mktemp("first")
    environment = {**os.environ, **CLEAN, "ROADMAP_HOME": str(place)}
    call = [sys.executable, "-m", "roadmap_cli", "list"]
    subprocess.run(call, env=environment, check=True, capture_output=True)
    return place / "cache"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, first_look: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own; the environment says nothing surprising.

    There is nothing in it but the cache that the first look at the catalogue leaves.
    """
    place = tmp_path / "home"
    shutil.copytree(first_look, place / "cache")  # with its times, by which it is known
    monkeypatch.setenv("ROADMAP_HOME", str(place))
    for name, value in CLEAN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", str(GUARD))
    for name in MEDDLING:
        monkeypatch.delenv(name, raising=False)
    time.tzset()  # else this process goes on in the zone that it was started in
    return place


@pytest.fixture
def cold(home: Path) -> Path:
    """The home of somebody who has not called the program yet: there is none."""
    shutil.rmtree(home)
    return home


@pytest.fixture
def both_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every shipped catalogue, as a reader has them."""
    monkeypatch.delenv("ROADMAP_USE")


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    at: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Go on by so many seconds."""
        self.at += timedelta(seconds=seconds)

    def pass_days(self, days: float) -> None:
        """Go on by so many days."""
        self.at += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    """The clock of the runs in this process."""
    return Clock()


@pytest.fixture
def roadmap(clock: Clock, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run the program in this process, as in a pipe: `roadmap("mark-read", "lora")`."""

    def run(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(arguments, clock, sleep=clock.sleep)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayedServices]:
    """All services, played on this machine; whatever the program asks goes there."""
    with PlayedServices(PLAYS) as played:
        monkeypatch.setenv("ROADMAP_SERVICES", played.address)
        yield played


@pytest.fixture
def schema(roadmap: Callable[..., Result]) -> Callable[[str], Any]:
    """The schema of that name, as the program prints it."""
    return lambda name: json.loads(roadmap("schema", *name.split()).out)


@pytest.fixture
def process() -> Callable[..., Result]:
    """Run the program as a process of its own, its output in a pipe."""

    def run(
        *arguments: str | bytes, env: Mapping[str, str] | None = None, **more: Any
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "roadmap_cli", *arguments],
            env={**os.environ, **(env or {})},
            stdin=more.pop("stdin", subprocess.DEVNULL),
            stdout=more.pop("stdout", subprocess.PIPE),
            stderr=more.pop("stderr", subprocess.PIPE),
            timeout=60,
            check=False,
            **more,
        )
        out, err = (
            (one or b"").decode(errors="replace") for one in (done.stdout, done.stderr)
        )
        return Result(done.returncode, out, err)

    return run


@pytest.fixture
def terminal() -> Callable[..., Result]:
    """Run the program on a pseudo-terminal; what it shows comes back as `out`.

    What is `redirected` goes where a shell sends it: `2>&-`.
    """

    def run(
        *arguments: str,
        columns: int = 80,
        answer: str = "",
        env: Mapping[str, str] | None = None,
        redirected: str = "",
    ) -> Result:
        ours, theirs = pty.openpty()
        environment = {
            **os.environ,
            "COLUMNS": str(columns),
            "TERM": "xterm-256color",
            **(env or {}),
        }
        command = [sys.executable, "-m", "roadmap_cli", *arguments]
        if redirected:
            command = ["bash", "-c", f'exec "$@" {redirected}', "bash", *command]
        running = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            close_fds=True,
        )
        os.close(theirs)
        if answer:
            os.write(ours, answer.encode(errors="surrogateescape"))
        shown = b"".join(_chunks(ours))
        os.close(ours)
        code = running.wait(timeout=60)
        return Result(code, _left_standing(shown.decode(errors="replace")), "")

    return run


def _left_standing(shown: str) -> str:
    """What is seen at the end: the line about what takes long is erased, when it came at all."""
    return re.sub(r"[^\n]*\r\x1b\[K", "", shown.replace("\r\n", "\n"))


def _chunks(descriptor: int) -> Iterator[bytes]:
    """All that comes until the other end is closed."""
    while select.select([descriptor], [], [], 60)[0]:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # how Linux says that a terminal's other end is closed
            return
        if not chunk:
            return
        yield chunk


@pytest.fixture
def start() -> Iterator[Start]:
    """Run scripts in processes of their own; none outlives the test."""
    with ExitStack() as stack:

        def run(script: str, *arguments: str) -> "subprocess.Popen[str]":
            running = subprocess.Popen(
                [sys.executable, "-c", script, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(running)
            stack.callback(running.kill)
            return running

        yield run


@pytest.fixture
def lock(home: Path) -> Path:
    """Where the lock of this device is."""
    (home / "progress").mkdir(parents=True)
    return home / "progress" / "desk.lock"
