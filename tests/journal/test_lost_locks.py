"""Lock files that are removed or replaced while they are held, and what two writers then do."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from processes import Start, hold
from roadmap_cli.disk import durable
from roadmap_cli.disk.lock import locked
from roadmap_cli.errors import CannotWriteError, LockedError

Run = Callable[..., Result]
SLOW = """
import os, sys
from datetime import UTC, datetime
from roadmap_cli.cli import main
from roadmap_cli.journal.pen import Pen
from roadmap_cli.program.notes import Notes
def wait(*_):
    print("about to write", flush=True)
    sys.stdin.readline()
if sys.argv[1] == "note":
    Notes.make, make = lambda *given: (wait(), make(*given))[1], Notes.make
else:
    Pen.tidy = wait
print("code", main(sys.argv[1:], lambda: datetime(2026, 3, 1, tzinfo=UTC)), flush=True)
"""
"""The program, which waits for a line of input before it writes, under its lock."""


@pytest.mark.parametrize("is_replaced", [True, False])
def test_who_lost_the_lock_writes_nothing(
    roadmap: Run, lock: Path, start: Start, *, is_replaced: bool
) -> None:
    """Another has entered meanwhile: its mark stays, and the first says what happened."""
    slow = start(SLOW, "mark-read", "lora")
    assert slow.stdout is not None
    assert slow.stdout.readline() == "about to write\n"
    lock.unlink()
    if is_replaced:
        lock.touch()
    quick = roadmap("mark-read", "mlp")
    before = lock.with_suffix(".toml").read_bytes()
    out, err = slow.communicate("\n", timeout=60)

    assert (quick.code, out) == (0, "code 4\n")
    assert f"{lock}: was removed or replaced while it was held; nothing was changed" in err  # fmt: skip
    assert lock.with_suffix(".toml").read_bytes() == before
    assert roadmap("mark-read", "lora").code == 0
    assert {row[0] for row in roadmap("list", "--status", "read").rows} == {"lora", "mlp"}  # fmt: skip


def test_who_lost_the_lock_of_notes_writes_nothing(
    roadmap: Run, home: Path, start: Start
) -> None:
    """The same for a line that is added to a note."""
    roadmap("note", "lora", "first")
    slow = start(SLOW, "note", "lora", "second")
    assert slow.stdout is not None
    assert slow.stdout.readline() == "about to write\n"
    (home / "notes" / ".roadmap.lock").unlink()
    out, _ = slow.communicate("\n", timeout=60)

    assert out == "code 4\n"
    assert "second" not in (home / "notes" / "lora.md").read_text()


def test_a_lock_counts_only_on_the_file_that_the_path_names(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was removed between its opening and its locking is opened anew."""
    lock_file = fcntl.flock
    tries = []

    def remove_first(descriptor: int, how: int) -> None:
        tries.append(descriptor)
        if len(tries) == 1:
            lock.unlink()
            lock.touch()
        lock_file(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", remove_first)
    with locked(lock) as held:
        held.insist()
        with lock.open() as other, pytest.raises(BlockingIOError):
            lock_file(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    assert len(tries) == 2


def test_a_waiting_writer_turns_to_the_file_that_replaced_the_lock(
    lock: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was removed is waited for no longer; what is new is."""
    first = hold(lock, start)
    monkeypatch.setattr("roadmap_cli.disk.lock.time.sleep", lambda _: lock.unlink())
    with locked(lock) as held:
        held.insist()
    lock.unlink()
    second = hold(lock, start)

    assert first.poll() is None
    with pytest.raises(LockedError, match=f"pid {second.pid}"), locked(lock, patience=0):  # fmt: skip
        pass


def test_a_lock_file_that_is_never_the_same_is_given_up(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File systems exist that number an open file otherwise than its name."""
    monkeypatch.setattr(os.path, "samestat", lambda *_: False)

    with pytest.raises(LockedError, match="another file each time"), locked(lock, patience=0):  # fmt: skip
        pass


def test_what_followed_a_failed_write_is_not_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two writers met after all, taking back one mark does not cost the other's."""
    path = tmp_path / "desk.toml"
    path.write_text("begin\n")

    def fail(_: int) -> None:
        with path.open("a") as other:
            other.write("theirs\n")
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CannotWriteError, match="what was to be added may be there"):
        durable.append(path, b"ours\n")

    assert path.read_text() == "begin\nours\ntheirs\n"


def test_an_end_that_changed_meanwhile_is_not_cut_off(tmp_path: Path) -> None:
    """Only what was seen to be torn is."""
    path = tmp_path / "desk.toml"
    path.write_text("begin\n[[eve and more\n")
    with pytest.raises(CannotWriteError, match="another program has changed it"):
        durable.append(path, b"ours\n", torn=b"[[eve")

    assert path.read_text() == "begin\n[[eve and more\n"
