"""How a run ends: streams, exit statuses, broken pipes, full disks, bugs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Result
from roadmap_cli.cli.framework.outcome import ExitStatus, status_of
from roadmap_cli.errors import DataFileError, RoadmapError

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["next"], 0),
        (["list", "--status", "read"], 0),
        (["show", "no-such-paper"], 1),
        (["search", "xyzzy"], 1),
        (["show", "evaluation"], 1),
        (["no-such-command"], 2),
        (["list", "--no-such-option"], 2),
        (["list", "--status", "finished"], 2),
        (["search", "titel:x"], 2),
        (["next", "-n", "0"], 2),
        (["--catalogue", "/no/such/file", "list"], 3),
        (["--catalogue", "/", "list"], 3),
    ],
)
def test_every_ending_has_its_status(
    roadmap: Run, arguments: list[str], status: int
) -> None:
    """The table of exit statuses holds, and every failure says why on stderr."""
    done = roadmap(*arguments)

    assert done.code == status
    assert done.err.startswith("error: ") == (status != 0)


def kinds(of: type[RoadmapError]) -> Iterator[type[RoadmapError]]:
    """Every kind of failure that is one of these."""
    for one in of.__subclasses__():
        yield from (one, *kinds(one))


def test_every_kind_of_failure_has_a_status_that_is_no_bug() -> None:
    """One that is new has that of the kind that it is one of."""
    new = type("StaleError", (DataFileError,), {})

    assert [
        one for one in kinds(RoadmapError) if status_of(one) == ExitStatus.BUG
    ] == []
    assert (status_of(new), status_of(RoadmapError)) == (3, ExitStatus.BUG)


def test_a_misspelt_command_or_option_gets_a_hint(roadmap: Run) -> None:
    """In our form, not the framework's."""
    assert (
        roadmap("lsit").err
        == "error: no such command `lsit`\nhint: did you mean `list`?\n"
    )
    assert "hint: did you mean --level" in roadmap("list", "--leve", "core").err


def test_errors_are_json_too_when_json_was_asked_for(roadmap: Run) -> None:
    """A script finds the message, hint and status on stdout."""
    done = roadmap("show", "attenton", "--json")
    error = json.loads(done.out)["error"]

    assert (done.code, error["status"]) == (1, 1)
    assert error["message"] == "no paper or topic answers to `attenton`"


def test_json_is_ascii_and_holds_data_exactly(process: Run) -> None:
    """Umlauts and dashes are escaped, so that no encoding can spoil them."""
    done = process(
        "show", "chatgpt-prompts", "--json", env={"PYTHONIOENCODING": "ascii"}
    )

    assert done.out.isascii()
    assert json.loads(done.out)["papers"][0]["authors"] == ["Fatih Kadir Akın"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_survives_an_old_encoding(process: Run, encoding: str) -> None:
    """What cannot be shown is replaced; nothing crashes."""
    done = process("list", "llm", env={"PYTHONIOENCODING": encoding})

    assert (done.code, done.err) == (0, "")
    assert len(done.rows) == 80


def test_a_reader_that_goes_away_is_no_error(process: Run) -> None:
    """As in `roadmap list llm | head -1`: silent, status 141."""
    reading, writing = os.pipe()
    os.close(reading)
    done = process("list", "llm", stdout=writing)
    os.close(writing)

    assert (done.code, done.err) == (141, "")


def test_a_full_disk_behind_stdout_is_said_in_one_line(process: Run) -> None:
    """No traceback, status 6."""
    with Path("/dev/full").open("wb") as full:
        done = process("list", stdout=full)

    assert done.code == 6
    assert done.err == "error: cannot write the output: No space left on device\n"


CLOSED = (">&-", "2>&-", "<&-", "<&- >&- 2>&-")
SPEAKING = {
    "list": 0,
    "next --dry-run": 0,
    "show nothing": 1,
    "mark-read": 2,
    "mark-read lora --dry-run": 0,
    "mark-known llm": 2,
    "restore": 2,
    "note lora": 1,
    "goal clear": 0,
    "open lora": 1,
    "undo --verbose": 0,
    "export --progress": 0,
}
"""What gives data, asks or says something, and its status where nobody can be asked."""


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("call", SPEAKING)
def test_closed_streams_do_no_harm(
    terminal: Run, roadmap: Run, home: Path, call: str, closed: str
) -> None:
    """Whichever of the three the caller closed, all others being a terminal."""
    roadmap("mark-read", "mlp")
    roadmap("backup")
    nowhere = dict.fromkeys(("VISUAL", "EDITOR", "BROWSER", "DISPLAY"), "")
    done = terminal(*call.split(), env=nowhere, redirected=closed, answer="\n")

    asks = closed == ">&-" and call in ("mark-read", "mark-known llm", "restore")
    assert done.code == (1 if asks else SPEAKING[call])
    assert "bug" not in done.out
    assert not (home / "state").exists()


def test_a_question_leaves_the_output_to_data(terminal: Run, tmp_path: Path) -> None:
    """Nothing of it, not even a space, comes before the first row."""
    rows = tmp_path / "rows"
    asked = terminal("mark-known", "llm", answer="y\n", redirected=f">{rows}")

    assert "Mark 80 papers" in asked.out
    assert rows.read_text().startswith("bert\t")


def test_arguments_that_are_no_text_are_answered(process: Run) -> None:
    """Bytes that are not UTF-8 name nothing, and are shown harmlessly."""
    done = process("show", b"\xff\x1b[2J")

    assert done.code == 1
    assert "\x1b" not in done.err


def test_a_bug_leaves_a_report_and_no_traceback(
    process: Run, home: Path, tmp_path: Path
) -> None:
    """The state folder gets the traceback; the person gets one line."""
    (tmp_path / "tomli_w.py").write_text("raise KeyError('a secret')\n")
    call = ("mark-read", "lora", "--on", "2026-01-01")
    done = process(*call, env={"PYTHONPATH": os.fspath(tmp_path)})

    assert done.code == 70
    assert done.err.startswith(
        "error: a bug in roadmap: KeyError\nhint: please report it with "
    )
    assert "Traceback" in (home / "state" / "crash-report.txt").read_text()


def test_an_interrupt_while_waiting_ends_quickly_and_quietly(home: Path) -> None:
    """Ctrl-C at the lock: status 130, no traceback."""
    import fcntl

    (home / "progress").mkdir(parents=True)
    with (home / "progress" / "desk.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "roadmap_cli", "mark-read", "lora"]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        _wait_until_it_waits(running.pid)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)

    assert (running.returncode, err) == (130, "")


def _wait_until_it_waits(pid: int) -> None:
    """Until the process has the lock file open: then nothing but the lock is left."""
    while "desk.lock" not in _open_files(pid):
        os.sched_yield()


def _open_files(pid: int) -> str:
    listed = subprocess.run(
        ["ls", "-l", f"/proc/{pid}/fd"], capture_output=True, text=True, check=False
    )
    return listed.stdout
