"""What `restore` asks and says, what it brings back, and what it leaves."""

import errno
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from builders import NOON
from conftest import Clock, Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
NAME = "2026-03-01T120000.000000Z"


def test_the_question_and_the_answer_say_how_much_is_replaced(
    roadmap: Run, terminal: Run
) -> None:
    """Events of both sides, so that an old copy is seen for what it is."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    roadmap("mark-read", "mlp")
    done = terminal("restore", answer="y\n", columns=200)

    assert f"Replace your progress (2 events) by the copy of {NAME} (1 event)?" in done.out  # fmt: skip
    assert "what was there (2 events) is kept as " in done.out
    assert f"\nrestored {NAME}: 1 event\n" in done.out


@pytest.mark.parametrize("columns", [80, 40, 30])
def test_the_question_is_laid_out_as_a_message_is(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """No word of it is broken at the edge, and what is typed has room behind it."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    done = terminal("restore", answer="n\n", columns=columns)
    shown = done.out.removeprefix("n\n")  # the terminal's echo of what was typed ahead
    asked = shown.partition("[y/N]:")[0] + "[y/N]: yes"

    assert max(map(len, asked.splitlines())) <= columns
    assert " ".join(asked.split()) == (
        f"Replace your progress (1 event) by the copy of {NAME} (1 event)? [y/N]: yes"
    )


def test_what_is_neither_yes_nor_no_is_asked_again(roadmap: Run, terminal: Run) -> None:
    """Also what is no text at all; nothing is taken for an agreement."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    done = terminal("restore", answer="j\n\udcff\nYes\n")

    assert done.code == 0
    assert done.out.count("that is neither y nor n\n") == 2
    assert done.out.count("[y/N]:") == 3


def test_what_is_damaged_is_not_counted(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Nobody knows how many events it had."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    (home / "progress" / "desk.toml").write_bytes(b"")

    assert "Replace your progress (damaged) by" in terminal("restore", answer="n\n").out
    assert "what was there (damaged) is kept" in terminal("restore", "--yes").out


def test_its_yes_is_about_progress(roadmap: Run) -> None:
    """Not about areas, as that of the marks is."""
    assert "before replacing your progress" in roadmap("restore", "--help").out


# What other devices marked


@pytest.fixture
def phone(home: Path, roadmap: Run, clock: Clock) -> Path:
    """The journal of a phone that marked once; this desk marked, and made a copy."""
    path = home / "progress" / "phone.toml"
    roadmap("mark-read", "mlp", "--note", "as it was")
    path.write_text(header("phone") + marked("lora", 1))
    assert roadmap("backup").code == 0
    clock.pass_days(0.1)
    return path


def marked(paper: str, minute: int) -> str:
    """A mark as a journal says it."""
    at = NOON.replace(minute=minute)
    return stanza(at, f"genai/{paper}", {"status": "read"})


def read(roadmap: Run) -> set[str]:
    """The keys of the papers that are read."""
    return {row[0] for row in roadmap("list", "--status", "read").rows}


def test_another_devices_later_marks_stay(roadmap: Run, phone: Path) -> None:
    """Each device writes only its own file, also when it brings back a copy."""
    with phone.open("a") as file:
        file.write(marked("vit", 2))
    before = phone.read_bytes()
    roadmap("mark-read", "bert")
    done = roadmap("restore", "--yes")

    assert (done.code, phone.read_bytes()) == (0, before)
    assert read(roadmap) == {"mlp", "lora", "vit"}
    assert "what `phone` marked stays\n" in done.err
    assert not list(phone.parent.glob("*.merged*"))


def test_the_question_names_whose_marks_stay(terminal: Run, phone: Path) -> None:
    """And counts only what is replaced, and by what."""
    done = terminal("restore", answer="n\n", columns=200)

    assert phone.exists()
    assert f"Replace your progress (1 event) by the copy of {NAME} (1 event) and leave what `phone` marked?" in done.out  # fmt: skip


@pytest.mark.parametrize("damage", [None, b"", b"<<<<<<< HEAD\n"])
def test_another_devices_journal_comes_back_where_it_says_nothing(
    roadmap: Run, phone: Path, damage: bytes | None
) -> None:
    """Missing or damaged: then the copy is the best there is."""
    before = phone.read_bytes()
    phone.unlink() if damage is None else phone.write_bytes(damage)
    done = roadmap("restore", "--yes")

    assert (done.code, phone.read_bytes()) == (0, before)
    assert read(roadmap) == {"mlp", "lora"}


def test_what_only_the_copy_knows_of_another_device_is_taken_in(
    roadmap: Run, phone: Path
) -> None:
    """A synchronizer may have put a shorter file in place of a longer one."""
    phone.write_text(header("phone") + marked("vit", 2))
    done = roadmap("restore", "--yes")
    again = roadmap("restore", "--yes")
    kept = phone.with_name("phone.merged-desk.toml")

    assert read(roadmap) == {"mlp", "lora", "vit"}
    assert f"what only the copy knew of another device is in {kept}\n" in done.err
    assert (again.code, list(phone.parent.glob("*.merged*"))) == (0, [kept])


def test_the_journal_of_a_newer_version_stays(roadmap: Run, phone: Path) -> None:
    """Nothing is wrong with it, though this version cannot read it."""
    newer = phone.read_text().replace("version = 1", "version = 2")
    phone.write_text(newer)
    done = roadmap("restore", "--yes")

    assert (done.code, phone.read_text()) == (0, newer)
    assert "what `phone` marked stays" in done.err


def test_journals_that_the_copy_does_not_have_stay(
    roadmap: Run, home: Path, phone: Path
) -> None:
    """This device's own, too; one that is damaged is named, for it still stands in the way."""
    (home / "progress" / "desk.toml").rename(home / "progress" / "old.toml")
    phone.with_name("tablet.toml").write_bytes(b"")
    own = home / "progress" / "tower.toml"
    own.write_text(header("tower") + marked("vit", 3))
    before = own.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADMAP_DEVICE", "tower")
        done = roadmap("restore", "--yes")

    assert (done.code, own.read_bytes()) == (0, before)
    assert "what `desk`, `phone` and `tower` marked stays" in done.err
    assert "tablet.toml is damaged, and the copy has none of it: roadmap doctor" in done.err  # fmt: skip


# Notes


def test_notes_that_are_there_stay_and_missing_ones_come_back(
    roadmap: Run, home: Path, phone: Path, clock: Clock
) -> None:
    """What was written since the copy is not rolled back in silence."""
    assert phone.exists()
    note = home / "notes" / "mlp.md"
    old = note.read_bytes()
    roadmap("note", "mlp", "a later line")
    new = note.read_bytes()
    stayed = roadmap("restore", "--yes")
    left = note.read_bytes()
    clock.pass_days(0.1)
    replaced = roadmap("restore", NAME, "--yes", "--notes")
    brought = note.read_bytes()
    note.unlink()
    roadmap("restore", NAME, "--yes")

    assert f"1 note differs from the copy's and stays; to bring back the copy's: roadmap restore {NAME} --notes\n" in stayed.err  # fmt: skip
    assert (left, brought, note.read_bytes()) == (new, old, old)
    kept = replaced.err.split("is kept as ")[1].split()[0]
    with zipfile.ZipFile(kept) as archive:
        assert archive.read("notes/mlp.md") == new


def test_notes_are_put_back_under_their_lock(home: Path, phone: Path) -> None:
    """Somebody who writes a note meanwhile is waited for, before anything is changed."""
    own = phone.with_name("desk.toml")
    before = own.read_bytes()
    (home / "notes" / "mlp.md").unlink()
    command = [sys.executable, "-m", "roadmap_cli", "restore", "--yes"]
    with (home / "notes" / ".roadmap.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        running = subprocess.Popen(command, stderr=subprocess.PIPE)
        while not any("notes/.roadmap.lock" in one for one in open_files(running.pid)):
            os.sched_yield()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)

    assert (running.returncode, own.read_bytes()) == (130, before)
    assert not (home / "notes" / "mlp.md").exists()


def open_files(pid: int) -> list[str]:
    """The names of the files that a process has open now."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            found.append(str(one.readlink()))
    return found


# When it fails


def test_a_restore_that_fails_replaces_nothing(
    process: Run, home: Path, phone: Path
) -> None:
    """All that is new is on the disk before the first file is replaced (A5)."""
    own = phone.with_name("desk.toml")
    roomy = own.read_text() + f"# {'long ' * 8000}\n"
    backups = home / "backups"
    shutil.rmtree(backups)
    phone.write_text(header("phone") + marked("lora", 1) + f"# {'long ' * 20000}\n")
    own.write_text(roomy)
    assert process("backup").code == 0
    phone.unlink()
    own.write_text(header("desk") + marked("vit", 5))
    before = own.read_bytes()

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    done = process("restore", "--yes", preexec_fn=little_room)

    assert (done.code, own.read_bytes(), phone.exists()) == (6, before, False)
    assert done.err.endswith("no space left to write to; nothing was changed\n")
    assert not [one for one in own.parent.iterdir() if one.name.endswith(".tmp")]


def test_what_is_new_already_is_told(
    roadmap: Run, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last step itself fails, the message does not say that nothing was changed."""
    own = phone.with_name("desk.toml")
    before = own.read_bytes()
    roadmap("mark-read", "vit")
    phone.unlink()
    link = os.link

    def fail(source: Path, target: Path) -> None:
        if Path(target) == phone:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        link(source, target)

    monkeypatch.setattr(os, "link", fail)
    done = roadmap("restore", NAME, "--yes")

    assert (done.code, own.read_bytes()) == (6, before)
    assert done.err == (
        f"error: {phone}: cannot be written: Input/output error; new already: {own}\n"
    )


def test_what_stands_in_a_journals_place_is_said_and_stays(
    roadmap: Run, phone: Path
) -> None:
    """Nothing is restored over it or beside it before the reader has moved it away."""
    phone.unlink()
    phone.mkdir()
    done = roadmap("restore", NAME, "--yes")

    assert (done.code, phone.is_dir()) == (3, True)
    assert done.err.startswith(f"error: {phone}: not a regular file but a folder\n")
    phone.rmdir()
    assert roadmap("restore", NAME, "--yes").code == 0
    assert read(roadmap) == {"mlp", "lora"}


def test_it_is_rehearsed_with_what_stays(roadmap: Run, phone: Path) -> None:
    """Nothing is written, and the rehearsal says as much as the deed."""
    with phone.open("a") as file:
        file.write(marked("vit", 2))
    before = {one: one.read_bytes() for one in phone.parent.glob("*.toml")}
    done = roadmap("restore", "--dry-run", "--json")

    assert {one: one.read_bytes() for one in phone.parent.glob("*.toml")} == before
    assert "what `phone` marked stays" in done.err
    assert json.loads(done.out)["copies"][0]["copy"] == NAME
