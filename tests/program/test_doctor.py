"""The doctor: every damage found, with its cure; nothing mended that is not safe to mend."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import HEAD, NOON, a_library, give_up_root, places_in
from conftest import Clock, Result
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.program.doctor import examine
from roadmap_cli.program.ledger import Ledger

Run = Callable[..., Result]
WHOLE = (
    header("desk")
    + stanza(NOON, "genai/mlp", {"status": "read"})
    + stanza(NOON + timedelta(minutes=1), "genai/lora", {"status": "read"})
)
TORN = WHOLE[:-12].encode()


def journal(home: Path, contents: bytes | str, device: str = "desk") -> Path:
    """Write the journal of a device."""
    path = home / "progress" / f"{device}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents.encode() if isinstance(contents, str) else contents)
    return path


def found(roadmap: Run, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit status, and what was found."""
    done = roadmap("doctor", *arguments, "--json")
    assert json.loads(done.out)["version"] == 1
    return done.code, list(json.loads(done.out)["findings"])


def tree(home: Path) -> dict[str, bytes]:
    """Everything but the index, the locks and what is empty."""
    files = (one for one in home.rglob("*") if one.is_file() and one.suffix != ".lock")
    return {
        str(one.relative_to(home)): one.read_bytes()
        for one in files
        if "cache" not in one.parts
    }


def test_where_all_is_well_nothing_is_said(roadmap: Run, home: Path) -> None:
    """Status 0, before anything was marked, when nothing is made, and afterwards."""
    before = roadmap("doctor")
    assert not (home / "progress").exists()
    roadmap("mark-read", "lora", "--note", "words")
    roadmap("undo")
    after = roadmap("doctor")

    assert (before.code, before.out, before.err) == (0, "", "All is well.\n")
    assert (after.code, after.out, after.err) == (0, "", "All is well.\n")
    assert found(roadmap) == (0, [])


DAMAGES = {
    "empty": (b"", "header is missing"),
    "zeros": (b"\0" * 4096, "not valid TOML"),
    "no header": (WHOLE.encode().partition(b"\n\n")[2], "header is missing"),
    "another's": (b'title = "x"\n', "header is missing"),
    "markers": (WHOLE.replace("\n\n[[event]]", "\n<<<<<<< ours\n\n[[event]]", 1).encode(), "line 4"),
    "words behind": (WHOLE.encode() + b"and so on\n\n[[event]]\n", "not valid TOML"),
    "no time": (WHOLE.encode() + b"\n[[event]]\nat = 3\n" + stanza(NOON, "x/y", {}).encode(), "event 3 has no time"),
    "local time": (WHOLE.replace("Z\n", "\n", 1).encode(), "event 1 has no time in UTC"),
    "no list": (header("desk").encode() + b"event = 1\n", "no list of tables"),
    "no table": (header("desk").encode() + b"event = [1]\n", "event 1"),
    "latin-1": (WHOLE.replace("lora", "ü").encode("latin-1"), "not UTF-8"),
    "utf-16": (WHOLE.encode("utf-16"), "looks like UTF-16"),
    "lone CR": (WHOLE.replace("\n", "\r").encode(), "not valid TOML"),
    "deep key": (WHOLE.encode() + b"\n[[event]]\na" + b".a" * 40000 + b" = 1\n", "too many parts"),
    "deep nesting": (WHOLE.encode() + b"\n[[event]]\na = " + b"[" * 100000 + b"\n", "nested too deeply"),
    "newer": (WHOLE.replace("version = 1", "version = 999").encode(), "written for a newer roadmap"),
}  # fmt: skip


@pytest.mark.parametrize(("contents", "what"), DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_every_damage_is_found_and_has_a_cure(
    roadmap: Run, home: Path, device: str, contents: bytes, what: str
) -> None:
    """Status 1, the path and what is wrong; the file is not touched, not even by --fix."""
    path = journal(home, contents, device)
    code, findings = found(roadmap)
    fixed = found(roadmap, "--fix")

    assert (code, len(findings)) == (1, 1)
    assert str(path) in findings[0]["problem"]
    assert what in findings[0]["problem"]
    assert findings[0]["cure"] != ""
    assert (findings[0]["harmless"], findings[0]["fixed"]) == (False, "")
    assert fixed == (1, findings)
    assert tree(home) == {f"progress/{device}.toml": contents}


def test_the_cure_of_what_is_too_new_is_to_upgrade(roadmap: Run, home: Path) -> None:
    """Not to restore an old copy over it."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    journal(home, DAMAGES["newer"][0])

    assert "upgrade" in found(roadmap)[1][0]["cure"]


def test_the_cure_of_damage_is_the_copy_if_there_is_one(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """And following the advice mends it."""
    journal(home, WHOLE)
    without = _cure(roadmap, home)
    journal(home, WHOLE)
    roadmap("backup")
    clock.pass_days(0.1)
    with_copy = _cure(roadmap, home)
    clock.pass_days(0.1)
    restored = roadmap("restore", "--yes")

    assert "roadmap restore" not in without
    assert "roadmap restore" in with_copy
    assert (restored.code, found(roadmap)[0]) == (0, 0)


def _cure(roadmap: Run, home: Path) -> str:
    journal(home, b"")
    return str(found(roadmap)[1][0]["cure"])


def test_a_journal_that_cannot_be_read(process: Run, home: Path) -> None:
    """No permission is damage too: what it says is unknown."""
    path = journal(home, WHOLE, "phone")
    path.chmod(0)
    done = process("doctor", preexec_fn=give_up_root)

    assert (done.code, str(path) in done.out) == (1, True)


def test_a_folder_that_cannot_be_read(process: Run, home: Path) -> None:
    """Its journals are unknown, which is not the same as no progress."""
    journal(home, WHOLE).parent.chmod(0)
    doctor = process("doctor", preexec_fn=give_up_root)
    shown = process("show", "lora", "--json", preexec_fn=give_up_root)
    (home / "progress").chmod(0o755)

    assert (doctor.code, str(home / "progress") in doctor.out) == (1, True)
    assert json.loads(shown.out)["papers"][0]["status"] is None
    assert str(home / "progress") in shown.err


def test_a_folder_that_cannot_be_written(process: Run, home: Path) -> None:
    """The next mark would fail: said now, with the way out."""
    journal(home, WHOLE).parent.chmod(0o555)
    done = process("doctor", preexec_fn=give_up_root)

    assert (done.code, str(home / "progress") in done.out) == (1, True)
    assert "ROADMAP_HOME" in done.out


def test_a_lock_that_is_a_link(roadmap: Run, home: Path, tmp_path: Path) -> None:
    """We never follow it, so nothing can be marked: it is named, its victim unchanged."""
    journal(home, WHOLE)
    (tmp_path / "victim").write_text("mine")
    (home / "progress" / "desk.lock").symlink_to(tmp_path / "victim")
    code, findings = found(roadmap)

    assert (code, "desk.lock" in findings[0]["problem"]) == (1, True)
    assert findings[0]["cure"] == "remove it"
    assert (tmp_path / "victim").read_text() == "mine"


def test_a_journal_under_another_name(roadmap: Run, home: Path) -> None:
    """Its marks bear the device of its header: said, with the way out."""
    journal(home, WHOLE.replace("desk", "old"))
    code, findings = found(roadmap)

    assert (code, "`old`" in findings[0]["problem"]) == (1, True)
    assert "ROADMAP_DEVICE" in findings[0]["cure"]


def test_a_clock_that_ran_ahead(roadmap: Run, home: Path) -> None:
    """An event of the year 2099 is named with its device."""
    journal(home, header("phone") + stanza(NOON.replace(year=2099), "genai/lora", {"status": "read"}), "phone")  # fmt: skip
    code, findings = found(roadmap)

    assert (code, "phone" in findings[0]["problem"]) == (1, True)
    assert "clock" in findings[0]["cure"]


def test_a_catalogue_that_cannot_be_read(roadmap: Run, home: Path) -> None:
    """One of several: its complaint is among the findings."""
    (home / "catalogues").mkdir(parents=True)
    (home / "catalogues" / "mine.toml").write_text(HEAD + "[paper]\nx = 1\n")
    code, findings = found(roadmap)

    assert (code, "mine.toml" in findings[0]["problem"]) == (1, True)


# Ends that are not whole


def test_a_torn_end_is_found_and_set_aside_by_fix(roadmap: Run, home: Path) -> None:
    """Not a byte is lost, the earlier events count, and then all is well."""
    path = journal(home, TORN)
    code, findings = found(roadmap)
    untouched = path.read_bytes()
    fixed_code, fixed = found(roadmap, "--fix")
    (side,) = path.parent.glob("*.txt")

    assert (code, untouched) == (1, TORN)
    assert "not written to its end" in findings[0]["problem"]
    assert side.name in findings[0]["cure"]
    assert (fixed_code, fixed[0]["fixed"]) == (0, f"set aside as {side.name}")
    assert path.read_bytes() + side.read_bytes() == TORN
    assert found(roadmap) == (0, [])
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["mlp"]


def test_wherever_the_end_is_torn_the_fix_loses_nothing(home: Path) -> None:
    """Every length of the last event: what counts and what is set aside add up."""
    begin = WHOLE.encode().rfind(b"\n[[event]]")
    for length in range(begin + 1, len(WHOLE)):
        contents = WHOLE.encode()[:length]
        path = journal(home, contents)
        for one in path.parent.glob("*.txt"):
            one.unlink()
        ledger = Ledger(Journal(path.parent, "desk"), home / "cache", Clock())
        list(examine(ledger, a_library(), places_in(home), NOON, fix=True))
        sides = [one.read_bytes() for one in path.parent.glob("*.txt")]

        assert path.read_bytes() + b"".join(sides) == contents


def test_a_mark_made_between_looking_and_mending_survives(
    roadmap: Run, home: Path
) -> None:
    """The doctor looks, another process marks, then the doctor mends: the mark stays."""
    path = journal(home, TORN)
    ledger = Ledger(Journal(path.parent, "desk"), home / "cache", Clock())
    torn = ledger.index.state.torn
    marked = roadmap("mark-read", "vit")
    list(examine(ledger, a_library(), places_in(home), NOON, fix=True))

    assert (len(torn), marked.code) == (1, 0)
    assert b"genai/vit" in path.read_bytes()


def test_the_journal_of_another_device_is_its_own(roadmap: Run, home: Path) -> None:
    """It may be half-way through the synchronizer: found, and not written to."""
    path = journal(home, TORN, "phone")
    code, findings = found(roadmap, "--fix")

    assert (code, findings[0]["fixed"]) == (1, "")
    assert path.read_bytes() == TORN


# What does no harm


def _old_copy(home: Path) -> None:
    (home / "backups").mkdir(parents=True)
    (home / "backups" / "2026-01-15T000000.000000Z.zip").write_bytes(
        b"PK\x05\x06" + b"\0" * 18
    )


def _damaged_copy(home: Path) -> None:
    (home / "backups").mkdir(parents=True)
    (home / "backups" / "2026-02-28T000000.000000Z.zip").write_bytes(b"nothing")


HARMLESS: dict[str, tuple[Callable[[Path], object], str]] = {
    "unknown papers": (lambda home: journal(home, WHOLE.replace("genai/lora", "gone/paper")), "gone/paper"),
    "a synchronizer's copy": (lambda home: journal(home, WHOLE, "desk.sync-conflict-20260101-000000-ABC"), "sync-conflict"),
    "a cloud's copy": (lambda home: journal(home, WHOLE, "desk (conflicted copy 2026-01-01)"), "conflicted copy"),
    "an old copy": (_old_copy, "2026-01-15"),
    "a damaged copy": (_damaged_copy, "2026-02-28"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "what"), HARMLESS.values(), ids=HARMLESS)
def test_what_does_no_harm_is_told_and_is_no_failure(
    roadmap: Run, home: Path, make: Callable[[Path], object], what: str
) -> None:
    """Status 0, and --fix leaves it alone."""
    make(home)
    before = tree(home)
    code, findings = found(roadmap, "--fix")

    assert (code, [one["harmless"] for one in findings]) == (0, [True])
    assert what in findings[0]["problem"]
    assert findings[0]["cure"] != ""
    assert tree(home) == before


@pytest.mark.parametrize("extra", ["goal = 'x'\n", 'plan = {weeks = [1], "a b" = 1979-05-27}\n'])  # fmt: skip
def test_what_a_version_to_come_writes_is_no_damage(
    roadmap: Run, home: Path, extra: str
) -> None:
    """Unknown fields, and unknown kinds of events, are kept and not complained about (A10)."""
    journal(home, f"{WHOLE}\n[[event]]\n{extra}at = 2026-03-01T12:02:00Z\n")

    assert found(roadmap) == (0, [])


def test_a_folder_of_a_cloud_is_mentioned(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what keeps it safe: a name for each device."""
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "Dropbox" / "roadmap"))
    code, findings = found(roadmap)

    assert (code, findings[0]["harmless"]) == (0, True)
    assert "ROADMAP_DEVICE" in findings[0]["cure"]


def _temporary(folder: Path, name: str, hours: float) -> Path:
    """A temporary file, last written so long before the tests' noon."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"half")
    at = (NOON - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))
    return path


def test_left_over_files_of_ours_are_swept_and_no_others(
    roadmap: Run, home: Path
) -> None:
    """Ours, if older than an hour: those of a running process and of others stay (A15)."""
    folders = [home / name for name in ("progress", "notes", "backups")]
    ours = [_temporary(one, ".roadmap-1-x.toml.tmp", 2) for one in folders]
    running = _temporary(folders[0], ".roadmap-2-x.toml.tmp", 0.5)
    others = [_temporary(one, "other.tmp", 99) for one in folders]
    code, findings = found(roadmap)
    before = [one.exists() for one in ours]
    fixed_code, fixed = found(roadmap, "--fix")

    assert (code, fixed_code) == (0, 0)
    assert [one["problem"].partition(":")[0] for one in findings] == [str(one) for one in ours]  # fmt: skip
    assert before == [True] * 3
    assert [one["fixed"] for one in fixed] == ["removed"] * 3
    assert [one.exists() for one in (*ours, running, *others)] == [False] * 3 + [True] * 4  # fmt: skip


def test_what_cannot_be_removed_is_not_said_to_be(process: Run, home: Path) -> None:
    """In a read-only folder --fix tells the truth, and is no bug of ours."""
    left = _temporary(home / "notes", ".roadmap-1-x.md.tmp", 2)
    left.parent.chmod(0o555)
    done = process("doctor", "--fix", preexec_fn=give_up_root)

    assert (done.code in (0, 1, 6), left.exists()) == (True, True)
    assert "\tremoved" not in done.out


# How it is told


def test_several_findings_are_all_told(roadmap: Run, home: Path) -> None:
    """A damaged journal, a torn one, an unknown paper: in a pipe, each on its line."""
    journal(home, b"", "phone")
    journal(home, TORN)
    journal(home, WHOLE.replace("genai/lora", "gone/paper"), "pad")
    done = roadmap("doctor", "--header")

    assert done.rows[0] == ["problem", "cure", "harmless", "fixed"]
    assert [row[2] for row in done.rows[1:]] == ["no", "no", "yes"]
    assert done.code == 1
    assert done.err.startswith("the 3 journals in ")


def test_on_a_terminal_problem_and_cure_are_both_seen(
    terminal: Run, home: Path
) -> None:
    """Also in a narrow one, and a hostile file name does not reach it raw."""
    journal(home, b"", "\x1b[2Jphone")
    done = terminal("doctor", columns=40)

    assert (done.code, "\x1b[2J" in done.out) == (1, False)
    assert "header" in done.out
    assert "mend the file by hand" in " ".join(done.out.split())


def test_looking_changes_nothing(roadmap: Run, home: Path) -> None:
    """Without --fix no file is made but the index and locks, whatever is wrong."""
    journal(home, TORN)
    journal(home, b"", "phone")
    _temporary(home / "progress", ".roadmap-1-x.toml.tmp", 2)
    _damaged_copy(home)
    before = tree(home)

    assert roadmap("doctor").code == 1
    assert tree(home) == before
