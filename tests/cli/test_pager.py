"""The pager: when there is one, which, and how it ends."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
TALL, SHORT = {"LINES": "200"}, {"LINES": "10"}


@pytest.fixture
def fake(tmp_path: Path) -> dict[str, str]:
    """An environment whose pager says so, and how it was called, before it shows its input."""
    script = tmp_path / "fake pager"
    script.write_text('#!/bin/sh\necho "PAGED LESS=$LESS $*"\ncat\n')
    script.chmod(0o755)
    return {"PAGER": f"'{script}' --option", **SHORT}


def test_what_is_longer_than_the_screen_is_paged(
    terminal: Run, fake: dict[str, str]
) -> None:
    """With the options of the variable, with colours, and whole (G22)."""
    env = {**fake, "NO_COLOR": ""}
    shown = terminal("list", env=env).out
    plain = terminal("list", "--no-pager", env=env).out

    own = "-FRX -Psspace goes on, b goes back, / searches, q leaves"
    assert shown == f"PAGED LESS={own} --option\n{plain}"
    assert "\x1b[36m" in plain


@pytest.mark.parametrize("columns", [27, 40, 48, 49, 200])
def test_the_way_on_is_never_wider_than_the_screen(
    terminal: Run, fake: dict[str, str], columns: int
) -> None:
    """Of what is, `less` shows the end alone."""
    shown = terminal("list", env=fake, columns=columns).out
    way = shown.partition(" -Ps")[2].partition(" --option")[0]

    assert way.startswith("space ")
    assert way.endswith("q leaves")
    assert len(way) < columns


def test_the_readers_own_options_for_less_are_kept(
    terminal: Run, fake: dict[str, str]
) -> None:
    """Ours are only for who has said nothing."""
    assert terminal("list", env={**fake, "LESS": "-S"}).out.startswith("PAGED LESS=-S ")


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["list"], TALL),
        (["list", "--no-pager"], {}),
        (["--no-pager", "list"], {}),
        (["list", "--plain"], {}),
        (["list"], {"ACCESSIBLE": "1"}),
        (["list"], {"TERM": "dumb"}),
        (["list", "--json"], {}),
        (["list"], {"ROADMAP_PAGER": ""}),
        (["list"], {"ROADMAP_PAGER": "cat"}),
        (["list"], {"ROADMAP_PAGER": "no-such-pager"}),
        (["list"], {"ROADMAP_PAGER": "'unclosed"}),
        (["next", "-n", "1"], {}),
    ],
)
def test_where_no_pager_is_wanted_there_is_none(
    terminal: Run, fake: dict[str, str], arguments: list[str], env: Mapping[str, str]
) -> None:
    """It fits, or it was said so, or the terminal or the person cannot use one."""
    done = terminal(*arguments, env={**fake, **env})

    assert done.code == 0
    assert len(done.out.splitlines()) >= 3
    assert "PAGED" not in done.out
    assert "error:" not in done.out


def test_a_pipe_at_either_end_gets_no_pager(process: Run, fake: dict[str, str]) -> None:
    """Neither `roadmap list | cat`, in colour or not, nor a program that feeds us."""
    ours, theirs = pty.openpty()
    done = process("list", env={**fake, "FORCE_COLOR": "1"})
    fed = process("list", env=fake, stdout=theirs)
    os.close(theirs)
    shown = os.read(ours, 100)
    os.close(ours)

    assert "PAGED" not in done.out
    assert (done.code, fed.code) == (0, 0)
    assert b"PAGED" not in shown


def test_what_tells_of_a_deed_is_never_paged(
    terminal: Run, fake: dict[str, str]
) -> None:
    """However long it is, the work goes on; its sum and what comes next stand last."""
    env = {**SHORT, **fake}
    done = terminal("mark-known", "llm", "--yes", env=env)
    undone = terminal("undo", env=env)
    shown = done.out.splitlines()

    assert (done.code, undone.code) == (0, 0)
    assert "PAGED" not in done.out + undone.out
    assert shown[-1].startswith("next: ")
    assert shown[-2].startswith("Open Challenges (llm): ")


def test_our_own_variable_comes_before_the_common_one(
    terminal: Run, fake: dict[str, str]
) -> None:
    """`ROADMAP_PAGER` over `PAGER`."""
    env = {**SHORT, "PAGER": "cat", "ROADMAP_PAGER": fake["PAGER"]}

    assert "PAGED" in terminal("list", env=env).out


def test_less_is_used_if_nothing_is_said(
    terminal: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is one; else the text is printed."""
    monkeypatch.delenv("PAGER")
    (tmp_path / "less").write_text('#!/bin/sh\necho "PAGED by less"\n')
    without = terminal("list", env={**SHORT, "PATH": str(tmp_path)})
    (tmp_path / "less").chmod(0o755)
    found = terminal("list", env={**SHORT, "PATH": str(tmp_path)})

    assert "PAGED" not in without.out
    assert "llm/pretraining" in without.out
    assert found.out == "PAGED by less\n"


def test_a_pager_that_is_quit_early_is_no_error(terminal: Run, tmp_path: Path) -> None:
    """It reads nothing of a text that is longer than any pipe holds."""
    path = tmp_path / "many.toml"
    papers = "".join(
        f'[paper.p{n}]\ntitle = "{"T" * 400}"\nurl = "https://example.org/{n}"\n'
        for n in range(600)
    )
    head = 'format = "roadmap-catalogue"\nversion = 1\nid = "x"\ntitle = "X"\n'
    topic = f'[[area]]\nid = "a"\ntitle = "A"\n[[area.topic]]\nid = "t"\ntitle = "T"\npapers = {[f"p{n}" for n in range(600)]}\n'
    path.write_text(head + topic + papers)
    done = terminal(
        "--catalogue", str(path), "list", "t", env={**SHORT, "PAGER": "true"}
    )

    assert (done.code, done.out) == (0, "")


@dataclass
class Screen:
    """A terminal that a program controls, as a person has it: Ctrl-C sends a signal."""

    ours: int
    child: subprocess.Popen[bytes]
    before: list[object]
    shown: bytes = field(default=b"")

    def wait_for(self, words: bytes) -> None:
        """Read until these words are shown."""
        while words not in self.shown:
            assert select.select([self.ours], [], [], 30)[0], self.shown
            self.shown += os.read(self.ours, 65536)

    def ended_by(self, signal_it: Callable[[], None]) -> int | None:
        """The status with which the program ends when it is signalled until it hears.

        A signal that arrives just before the program begins to wait for an answer is noticed
        only with that answer, or with the next signal: no Python program can do better.
        """
        for _ in range(30):
            signal_it()
            with suppress(subprocess.TimeoutExpired):
                return self.child.wait(1)
        return None

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.ours, keys)

    def settings(self) -> list[object]:
        """How the terminal is set now."""
        return list(termios.tcgetattr(self.ours))


@pytest.fixture
def screen() -> Iterator[Callable[..., Screen]]:
    """Run the program as the foreground process of a terminal of ten lines."""
    opened = []

    def run(*arguments: str, env: Mapping[str, str]) -> Screen:
        ours, theirs = pty.openpty()
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 80, 0, 0))
        before = list(termios.tcgetattr(ours))
        child = subprocess.Popen(
            [sys.executable, "-m", "roadmap_cli", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        os.close(theirs)
        opened.append(Screen(ours, child, before))
        return opened[-1]

    yield run
    for one in opened:
        if one.child.poll() is None:
            one.child.kill()
        one.child.wait()
        os.close(one.ours)


PAGING = """#!{python}
import signal, sys, termios, tty
keyboard = open('/dev/tty', 'rb', buffering=0)
before = termios.tcgetattr(keyboard)
tty.setcbreak(keyboard)
signal.signal(signal.SIGINT, lambda *_: print('STILL HERE', flush=True))
text = sys.stdin.read()
print('PAGING', len(text.splitlines()), flush=True)
while keyboard.read(1) != b'q':
    pass
termios.tcsetattr(keyboard, termios.TCSANOW, before)
"""


def test_ctrl_c_in_the_pager_is_the_pagers(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    """It goes on until it is quit; then the terminal is as it was, and the status 0 (G5)."""
    script = tmp_path / "pager"
    script.write_text(PAGING.format(python=sys.executable))
    script.chmod(0o755)
    here = screen("list", env={"PAGER": str(script)})
    here.wait_for(b"PAGING")
    assert here.settings() != here.before
    here.press(b"\x03")
    here.wait_for(b"STILL HERE")
    here.press(b"q")

    assert here.child.wait(30) == 0
    assert here.settings() == here.before
    assert b"Traceback" not in here.shown


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_the_program_and_its_pager(
    screen: Callable[..., Screen], tmp_path: Path, number: int, status: int
) -> None:
    """Nobody stays behind on the terminal (G6)."""
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\ncat >/dev/null\necho PAGING $$\nexec sleep 100\n")
    script.chmod(0o755)
    here = screen("list", env={"PAGER": str(script)})
    here.wait_for(b"PAGING")
    here.wait_for(b"\n")
    pager = int(here.shown.split(b"PAGING ")[1].split()[0])
    here.child.send_signal(number)

    assert here.child.wait(30) == status
    assert not Path(f"/proc/{pager}").exists()


def test_ctrl_c_at_a_question_leaves_the_terminal_as_it_was(
    screen: Callable[..., Screen], home: Path
) -> None:
    """Status 130, nothing marked, no traceback (G5)."""
    here = screen("mark-known", "llm", env={})
    here.wait_for(b"[y/N]")

    assert here.ended_by(lambda: here.press(b"\x03")) == 130
    assert here.settings() == here.before
    assert b"Traceback" not in here.shown
    assert not (home / "progress").exists()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_at_a_question_has_its_status(
    screen: Callable[..., Screen], home: Path, number: int, status: int
) -> None:
    """And nothing is marked (G6)."""
    here = screen("mark-known", "llm", env={})
    here.wait_for(b"[y/N]")

    assert here.ended_by(lambda: here.child.send_signal(number)) == status
    assert not (home / "progress").exists()
