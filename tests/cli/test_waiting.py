"""What takes long says so on a terminal, and leaves no trace."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import Clock, Result
from roadmap_cli.cli import main
from roadmap_cli.cli.terminal import waiting
from roadmap_cli.completion import VARIABLE
from roadmap_cli.curriculum.library import Library
from roadmap_cli.disk.places import shipped
from roadmap_cli.errors import DataFileError
from roadmap_cli.program import searching
from roadmap_cli.store.library import laying

pytestmark = pytest.mark.usefixtures(
    "cold"
)  # what is laid down already is not waited for

Run = Callable[..., Result]
NEVER = threading.TIMEOUT_MAX
READING, ERASED = "reading roadmap.toml...", "\r\x1b[K"


class Window:
    """A pseudo-terminal that standard error is for a while, and what it has shown."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        self.shown = ""
        self.resize(80)

    def resize(self, columns: int) -> None:
        """Have so many columns."""
        size = struct.pack("HHHH", 24, columns, 0, 0)
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, size)

    def wait_for(self, words: str) -> None:
        """Read until these words are shown."""
        while words not in self.shown:
            self._read(60)

    def _read(self, patience: float) -> None:
        assert select.select([self.ours], [], [], patience)[0], self.shown
        self.shown += os.read(self.ours, 65536).decode().replace("\r\n", "\n")

    def all(self) -> str:
        """What it has shown when the program has ended."""
        os.write(self.theirs, b"\0")
        while not self.shown.endswith("\0"):
            self._read(60)
        self.shown = self.shown[:-1]
        return self.shown


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The terminal that messages go to, where nobody needs to wait for an explanation."""
    window = Window()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(waiting, "DELAY", 0)
    yield window
    os.close(window.theirs)
    os.close(window.ours)


@pytest.fixture
def run(window: Window, clock: Clock, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process, its messages on the terminal."""

    def run(*arguments: str) -> Result:
        with (
            open(window.theirs, "w", encoding="utf-8", closefd=False) as stream,
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(sys, "stderr", stream)
            code = main(arguments, clock)
        return Result(code, capsys.readouterr().out, "")

    return run


Before = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Before:
    """Let something happen when the catalogue is `read_in_parts`, or words are laid down."""

    def before(name: str, happen: Callable[[], object]) -> None:
        module = laying if name == "read_in_parts" else searching
        real = getattr(module, name)

        def late(*arguments: object) -> object:
            happen()
            return real(*arguments)

        monkeypatch.setattr(module, name, late)

    return before


def test_a_catalogue_that_is_read_for_the_first_time_says_so(
    window: Window, run: Run, before: Before
) -> None:
    """In one line, which is erased; the second time nothing has to be read."""
    before("read_in_parts", lambda: window.wait_for(READING))
    first = run("next")
    shown = window.all()
    second = run("next")

    assert shown.startswith(f"\r{READING}")
    assert shown.endswith(ERASED)
    assert "\n" not in shown
    assert window.all() == shown
    assert first == second
    assert "reading" not in first.out


def test_the_seconds_are_counted() -> None:
    """From the first on; and the percents, where the work tells them."""
    line = waiting.Line("reading x.toml")

    assert line.text(80, line.begun + 0.9) == "reading x.toml..."
    assert line.text(80, line.begun + 12.3) == "reading x.toml... 12 s"
    line.tell(0.437)
    assert line.text(80, line.begun + 12.3) == "reading x.toml... 43 %"


def test_the_index_of_words_says_how_far_it_is(
    window: Window, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In percents, of all works."""
    real = searching.findables

    def slow(library: Library) -> Iterator[object]:
        for number, one in enumerate(real(library)):
            yield one
            if number == 100:
                part = 100 * number // len(library.positions)
                window.wait_for(f"indexing words... {part} %")

    monkeypatch.setattr(searching, "findables", slow)
    done = run("search", "lora")

    assert done.code == 0
    assert "lora" in done.out
    assert window.all().endswith(ERASED)


def test_work_that_is_soon_done_is_not_shown(
    window: Window, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, not even to erase."""
    monkeypatch.setattr(waiting, "DELAY", NEVER)

    assert run("search", "lora").code == 0
    assert window.all() == ""


def test_half_a_second_needs_no_explanation() -> None:
    """That is the delay which the other tests replace."""
    assert waiting.DELAY == 0.5


def test_who_wants_quiet_gets_it(
    window: Window, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No thread is even made."""
    monkeypatch.setattr(waiting, "Line", None)

    assert run("search", "lora", "--quiet").code == 0
    assert window.all() == ""


def test_without_a_terminal_nothing_is_said(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes."""
    monkeypatch.setattr(waiting, "Line", None)
    done = roadmap("search", "lora")

    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("way", ["TERM=dumb", "ACCESSIBLE=1", "--plain"])
def test_what_cannot_be_taken_back_is_said_once(
    window: Window, run: Run, before: Before, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a dumb terminal, and to who listens to it: a line of its own for each work."""
    name, is_variable, value = way.partition("=")
    if is_variable:
        monkeypatch.setenv(name, value)
    before("read_in_parts", lambda: window.wait_for("\n"))

    assert run("next", *([] if is_variable else [way])).code == 0
    assert window.all() == f"{READING}\nindexing catalogues...\n"


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (DataFileError("all is lost"), "error: all is lost\n"),
        (KeyboardInterrupt(), ""),
        (SystemExit(143), ""),
    ],
)
def test_it_is_erased_before_anything_else_is_said(
    window: Window, run: Run, before: Before, problem: BaseException, said: str
) -> None:
    """When the catalogue is bad, at Ctrl-C, and when the program is told to end."""

    def fail() -> None:
        window.wait_for(READING)
        raise problem

    before("read_in_parts", fail)
    with suppress(SystemExit):
        assert run("next").code == (3 if said else 130)

    assert window.all().endswith(f"{READING}\x1b[K{ERASED}{said}")


def test_a_hostile_name_is_not_obeyed(
    window: Window, run: Run, before: Before, tmp_path: Path
) -> None:
    """Nor does it break the line, and half a character breaks nothing."""
    path = tmp_path / os.fsdecode(b"a\x1b[2J\n\xff.toml")
    path.write_bytes(shipped().read_bytes())
    before("read_in_parts", lambda: window.wait_for("..."))

    assert run("--catalogue", str(path), "next").code == 0
    shown = window.all()
    assert shown.startswith("\rreading a\ufffd[2J \ufffd.toml...\x1b[K")
    assert "\x1b[2J" not in shown


def test_a_narrow_terminal_is_not_overflown(
    window: Window, run: Run, before: Before
) -> None:
    """What is left of the line has room, with the `^C` of who waits no longer."""
    window.resize(20)
    before("read_in_parts", lambda: window.wait_for("..."))

    assert run("next").code == 0
    assert window.all().startswith("\rreading roadma...\x1b[K")


@pytest.mark.parametrize("width", range(1, 60))
def test_the_line_fits_every_width(width: int) -> None:
    """Wide letters take two columns; how far it is, is cut last."""
    line = waiting.Line("reading 論文論文論文論文論文.toml")
    text = line.text(width, line.begun + 7)
    columns = sum(1 + (not one.isascii()) for one in text)

    assert columns <= max(0, width - 3)
    assert text.endswith("... 7 s") or width < 10


def test_a_terminal_that_never_told_its_width_has_the_usual_one(
    window: Window, run: Run, before: Before
) -> None:
    """No columns at all would leave nothing to show."""
    window.resize(0)
    before("read_in_parts", lambda: window.wait_for(READING))

    assert run("next").code == 0


def test_a_tab_shows_nothing(terminal: Run, home: Path) -> None:
    """Even if it has to read the catalogue for the first time."""
    done = terminal("show", "lor", env={VARIABLE: "fish"})

    assert (home / "cache").exists()
    assert done.out.splitlines()
    assert "\x1b" not in done.out
    assert "reading" not in done.out


def test_where_no_thread_may_be_had_the_work_is_done_unseen(
    window: Window, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is only a service."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)

    assert run("next").code == 0
    assert window.all() == ""
