"""Several programs at one journal: every mark is kept, readers are never disturbed."""

import fcntl
import json
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import places_in
from conftest import Clock, Result
from processes import Start, hold
from roadmap_cli.curriculum.library import Library
from roadmap_cli.disk.lock import PATIENCE
from roadmap_cli.disk.source import Source
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, parse, stanza
from roadmap_cli.program.doctor import examine
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.store.events.index import EventIndex

Run = Callable[..., Result]
MARKER = """
import sys
from roadmap_cli.cli import main
codes = {main([sys.argv[1], paper]) for paper in sys.argv[2:]}
print("codes", *codes)
"""
READER = """
import contextlib, io, json, os, sys
from roadmap_cli.cli import main
rounds = 0
while os.path.exists(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["list", "--status", "read", "--json"])
    papers = json.loads(out.getvalue())["papers"]
    assert (code, err.getvalue()) in ((0, ""), (0, "No paper here is like that.\\n")), err.getvalue()
    rounds += 1
print("rounds", rounds)
"""


def answer(running: "subprocess.Popen[str]") -> str:
    """The last line that a script printed; it must have ended well."""
    out, err = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in err) == (0, False), err
    return out.splitlines()[-1]


@pytest.fixture
def papers(roadmap: Run) -> list[str]:
    """Papers to mark."""
    rows = roadmap("list", "--status", "todo").rows
    return list(dict.fromkeys(row[0] for row in rows))[:32]


@pytest.fixture
def holder(lock: Path, start: Start) -> "subprocess.Popen[str]":
    """Another program that holds the lock."""
    return hold(lock, start)


@pytest.mark.parametrize("writers", [2, 8])
def test_every_mark_of_every_writer_is_kept(
    home: Path, papers: list[str], start: Start, writers: int, tmp_path: Path
) -> None:
    """All at once, and a reader besides, who always gets whole JSON and no warning."""
    going = tmp_path / "going"
    going.touch()
    reader = start(READER, str(going))
    shares = [papers[number::writers] for number in range(writers)]
    marking = [start(MARKER, "mark-read", *share) for share in shares]
    ends = {answer(running) for running in marking}
    going.unlink()
    rounds = int(answer(reader).split()[1])
    path = home / "progress" / "desk.toml"
    parsed = parse(path.read_bytes(), path="")

    assert ends == {"codes 0"}
    assert rounds > 0
    assert parsed.torn == b""
    assert sorted(
        event.paper.removeprefix("genai/") for event in parsed.events
    ) == sorted(papers)
    assert len({event.at for event in parsed.events}) == 32


def test_every_mark_is_decided_on_what_stands_in_the_file(
    home: Path, start: Start, tmp_path: Path
) -> None:
    """A paper marked to and fro while others read: each time there is something to write."""
    going = tmp_path / "going"
    going.touch()
    readers = [start(READER, str(going)) for _ in range(2)]
    script = MARKER.replace("{main([sys.argv[1], paper])", "{main([paper, 'lora'])")
    commands = ["mark-read", "mark-reading"] * 10
    assert answer(start(script, "", *commands)) == "codes 0"
    going.unlink()
    for running in readers:
        answer(running)
    events = parse((home / "progress" / "desk.toml").read_bytes(), path="").events

    assert [event.fields["status"] for event in events] == ["read", "reading"] * 10


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_each_of_two_that_take_back_takes_another_command(
    roadmap: Run, start: Start, lock: Path, command: str
) -> None:
    """Which one it is is decided under the lock, not while waiting for it."""
    for paper in ("lora", "mamba"):
        roadmap("mark-read", paper)
    if command == "redo":
        assert [roadmap("undo").code for _ in range(2)] == [0, 0]
    held = hold(lock, start)
    both = [start(MARKER.replace(", paper]", "]"), command, "") for _ in range(2)]
    time.sleep(1)
    assert held.stdin is not None
    held.stdin.close()

    assert [answer(one) for one in both] == ["codes 0", "codes 0"]
    read = {row[0] for row in roadmap("list", "--status", "read").rows}
    assert read == ({"lora", "mamba"} if command == "redo" else set())


def test_an_index_answers_for_the_files_that_it_was_given(tmp_path: Path) -> None:
    """Also if another program, which looked earlier, uses the same cache after it."""
    read, again = (
        stanza(datetime(2026, 1, day, tzinfo=UTC), "genai/lora", {"status": status})
        for day, status in ((1, "read"), (2, "todo"))
    )
    earlier = Source(
        "desk.toml", what="journal", contents=(header("desk") + read).encode()
    )
    later = Source(
        "desk.toml", what="journal", contents=(header("desk") + read + again).encode()
    )
    mine = EventIndex(tmp_path, [later])
    theirs = EventIndex(tmp_path, [earlier])

    assert [said.status for said in theirs.all_said()] == ["read"]
    assert [said.status for said in mine.all_said()] == ["todo"]


def test_mending_an_end_keeps_what_was_written_meanwhile(
    home: Path, roadmap: Run, clock: Clock
) -> None:
    """`doctor --fix` looks again under the lock: another program's mark is not cut off."""
    path = home / "progress" / "desk.toml"
    roadmap("mark-read", "lora")
    path.write_bytes(path.read_bytes() + b'\n[[event]]\npaper = "genai/be')
    ledger = Ledger(Journal(path.parent, "desk"), home / "cache", clock)
    assert len(ledger.index.state.torn) == 1
    assert roadmap("mark-read", "mamba").code == 0
    list(examine(ledger, Library(()), places_in(home), clock(), fix=True))

    assert {row[0] for row in roadmap("list", "--status", "read").rows} == {
        "lora",
        "mamba",
    }


def test_a_lock_that_stays_held_is_waited_for_and_then_named(
    roadmap: Run, lock: Path, holder: "subprocess.Popen[str]"
) -> None:
    """Status 4 within ten seconds; the message has the number of the other process."""
    begun = time.monotonic()
    done = roadmap("mark-read", "lora", "--note", "words")
    took = time.monotonic() - begun

    assert (done.code, done.out) == (4, "")
    assert f"another roadmap (pid {holder.pid}) is writing" in done.err
    assert PATIENCE <= took < 10
    assert list(lock.parent.iterdir()) == [lock]
    assert not (lock.parents[1] / "notes").exists()


def test_a_lock_does_not_stop_readers(
    process: Run, holder: "subprocess.Popen[str]"
) -> None:
    """They need none."""
    begun = time.monotonic()
    done = process("list", "--json")

    assert holder.poll() is None
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["version"] == 1
    assert time.monotonic() - begun < PATIENCE


def test_a_lock_does_not_stop_the_doctor(
    process: Run, lock: Path, holder: "subprocess.Popen[str]"
) -> None:
    """It tells all that it found, and that somebody is writing, without waiting."""
    (lock.parent / "phone.toml").touch()
    done = process("doctor")

    assert (done.code, "header is missing" in done.out) == (1, True)
    assert f"another roadmap (pid {holder.pid}) is writing" in done.out


def test_a_lock_that_is_let_go_in_time_is_had(
    process: Run, start: Start, holder: "subprocess.Popen[str]"
) -> None:
    """Whoever waits goes on at once when the other is done."""
    waiting = start(MARKER, "mark-read", "lora")
    assert holder.stdin is not None
    holder.stdin.close()

    assert answer(waiting) == "codes 0"
    assert "lora" in process("list", "--status", "read").out


def test_a_killed_holder_blocks_nobody(
    roadmap: Run, lock: Path, holder: "subprocess.Popen[str]"
) -> None:
    """The system drops the lock of the dead, though the file and its number stay."""
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    assert lock.read_text() == f"{holder.pid}\n"
    assert roadmap("mark-read", "lora").code == 0


@pytest.mark.parametrize("is_there", [True, False])
def test_a_lock_file_that_is_a_link_is_not_followed(
    roadmap: Run, lock: Path, tmp_path: Path, *, is_there: bool
) -> None:
    """Status 6; the file it points to is neither changed nor made."""
    victim = tmp_path / "victim"
    if is_there:
        victim.write_text("mine")
    lock.symlink_to(victim)
    done = roadmap("mark-read", "lora")

    assert (done.code, done.out) == (6, "")
    assert str(lock) in done.err
    assert victim.exists() == is_there
    assert not is_there or victim.read_text() == "mine"
    assert list(lock.parent.iterdir()) == [lock]


def test_the_lock_is_a_stable_file_of_its_own(roadmap: Run, lock: Path) -> None:
    """The same one before and after; the journal itself may be locked by whoever likes."""
    roadmap("mark-read", "lora")
    before = lock.stat().st_ino
    journal = lock.with_suffix(".toml")
    with journal.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        codes = [roadmap(one, "mamba").code for one in ("mark-read", "mark-unread")]

    assert codes == [0, 0]
    assert lock.stat().st_ino == before
    assert journal.stat().st_ino != before
