"""The doctor on what is not in the journals alone: folders, catalogues, conflicts, odd marks."""

import json
import os
import shlex
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import NOON, give_up_root
from conftest import Clock, Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]


def found(roadmap: Run, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit status, and what was found."""
    done = roadmap(*arguments, "doctor", "--json")
    return done.code, list(json.loads(done.out)["findings"])


def test_journals_are_looked_at_without_a_catalogue(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """That none can be read is one finding, and what is wrong with journals the others."""
    roadmap("mark-read", "lora")
    (tmp_path / "bad.toml").write_text("<")
    (home / "progress" / "phone.toml").write_bytes(b"")
    code, findings = found(roadmap, "--catalogue", str(tmp_path / "bad.toml"))
    problems = [one["problem"] for one in findings]

    assert (code, len(problems)) == (1, 2)
    assert problems[0].startswith(f"{tmp_path / 'bad.toml'}: not valid TOML")
    assert problems[1].startswith(f"{home / 'progress' / 'phone.toml'}: damaged")


def test_what_a_crash_left_among_notes_is_found_where_they_are(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder that ROADMAP_NOTES names, too."""
    monkeypatch.setenv("ROADMAP_NOTES", str(tmp_path / "vault"))
    (tmp_path / "vault").mkdir()
    left = tmp_path / "vault" / ".roadmap-1-lora.md.tmp"
    left.write_bytes(b"half")
    at = (NOON - timedelta(hours=2)).timestamp()
    os.utime(left, (at, at))
    done = roadmap("doctor", "--fix", "--json")

    assert json.loads(done.out)["findings"][0]["problem"].startswith(f"{left}: left")
    assert (done.code, left.exists()) == (0, False)


@pytest.mark.parametrize("name", ["backups", "notes", "catalogues"])
def test_a_file_where_a_folder_is_wanted_is_a_problem(
    roadmap: Run, home: Path, name: str
) -> None:
    """Nothing can be kept there, though the progress itself is well."""
    roadmap("mark-read", "lora")
    (home / name).write_text("no folder")

    assert found(roadmap) == (
        1,
        [
            {
                "problem": f"{home / name}: not a folder but a regular file",
                "cure": "move it away, or remove it",
                "harmless": False,
                "fixed": "",
            }
        ],
    )


def test_a_mark_of_an_unknown_status_is_told(roadmap: Run, home: Path) -> None:
    """The paper seems unmarked, so somebody has to say that the mark is there."""
    path = home / "progress" / "phone.toml"
    path.parent.mkdir(parents=True)
    path.write_text(header("phone") + stanza(NOON, "genai/lora", {"status": "reed"}))
    before = path.read_bytes()
    code, (one,) = found(roadmap)

    assert (code, one["harmless"], path.read_bytes()) == (0, True, before)
    assert one["problem"] == (
        "marks of a status that this version does not know: `reed` for genai/lora by phone"
    )


def test_the_copy_is_no_cure_for_a_journal_that_it_does_not_have(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """Restoring would leave it as it is."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    clock.pass_days(0.1)
    (home / "progress" / "phone.toml").write_bytes(b"")

    assert found(roadmap)[1][0]["cure"].startswith("mend the file by hand")


def test_what_git_left_in_a_journal_is_named_and_its_cure_works(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing the marks alone would mix up the events: git finds lines alike in both."""
    monkeypatch.setenv("HOME", str(home))
    for one in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{one}_NAME", "a")
        monkeypatch.setenv(f"{one}_EMAIL", "a@example.org")
    path = home / "progress" / "desk.toml"
    roadmap("mark-read", "lora")
    run(path.parent, "git init -q -b main", "git add desk.toml", "git commit -qm base")
    for branch, key in (("other", "mlp"), ("main", "vit")):
        run(
            path.parent, f"git checkout -q {'-b ' if branch == 'other' else ''}{branch}"
        )
        assert roadmap("mark-read", key).code == 0
        run(path.parent, f"git commit -qam {key}")
    subprocess.run(["git", "merge", "-q", "other"], cwd=path.parent, check=False)
    code, (wrong,) = found(roadmap)
    run(path.parent, *wrong["cure"].partition("folder: ")[2].split("; ")[:2])

    assert (code, wrong["problem"].partition(": line ")[0]) == (1, str(path))
    assert wrong["problem"].endswith(": git left the marks of a conflict in it")
    assert {row[0] for row in roadmap("list", "--status", "read").rows} == {"lora", "mlp", "vit"}  # fmt: skip
    assert found(roadmap) == (0, [])


def run(folder: Path, *commands: str) -> None:
    """Run commands of the shell's in a folder, as they are written."""
    for one in commands:
        assert shlex.split(one)[0] == "git"
        subprocess.run(["sh", "-c", one], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("name", ["progress/desk.lock", "notes/.roadmap.lock", "progress/desk.toml"])  # fmt: skip
def test_a_file_of_another_user_is_named_with_its_owner(
    roadmap: Run, process: Run, home: Path, name: str
) -> None:
    """By the command that needs it, and by the doctor, who knows the way out."""
    roadmap("mark-read", "lora", "--note", "words")
    path = home / name
    path.chmod(0o644)
    os.chown(path, 65534, 65534)
    call = ["note", "lora", "more"] if "notes" in name else ["mark-read", "mlp"]
    done = process(*call, preexec_fn=give_up_root)
    seen = process("doctor", "--json", preexec_fn=give_up_root)
    (finding,) = json.loads(seen.out)["findings"]

    assert (done.code, seen.code) == (6, 1)
    assert f"{path} belongs to the user `nobody`" in done.err
    assert finding["problem"] == (
        f"{path} belongs to the user `nobody`, and you may not write to it"
    )
    assert f"chown 0 {path}" in finding["cure"]
    assert finding["cure"].startswith("remove it") == name.endswith(".lock")
