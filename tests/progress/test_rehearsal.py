"""`--dry-run`: everything is shown as it would be, and nothing is written."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Clock, Result

Run = Callable[..., Result]
CALLS = [
    ["mark-read", "lora", "--rating", "5"],
    ["mark-read"],
    ["mark-known", "llm/open-challenges"],
    ["mark-skipped", "mlp", "lora", "--on", "2026-01-02"],
    ["mark-unread", "mamba"],
    ["undo"],
    ["redo"],
    ["merge", "other.toml"],
    ["import", "other.toml"],
]


@pytest.fixture
def reader(
    home: Path,
    roadmap: Run,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A reader with a history, and the export of another one; we are beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "elsewhere"))
    assert roadmap("mark-read", "gpt-3", "vit").code == 0
    (tmp_path / "other.toml").write_text(roadmap("export", "--progress").out)
    monkeypatch.setenv("ROADMAP_HOME", str(home))
    for call in ("mark-reading bert", "mark-read mamba", "mark-read mlp", "undo"):
        clock.pass_days(0.01)
        assert roadmap(*call.split()).code == 0
    clock.pass_days(0.01)
    return home


def tree(home: Path) -> dict[str, bytes]:
    """All files but the index."""
    found = (
        one for one in home.rglob("*") if one.is_file() and "cache" not in one.parts
    )
    return {str(one): one.read_bytes() for one in found}


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_rehearsal_shows_what_the_command_then_does(
    roadmap: Run, reader: Path, call: list[str]
) -> None:
    """Word for word, for people and for programs; the files stay as they are (G14)."""
    before = tree(reader)
    shown, told = roadmap(*call, "--dry-run", "--json"), roadmap(*call, "--dry-run")
    again = tree(reader)
    done = roadmap(*call, "--json")

    assert again == before
    assert tree(reader) != before
    assert shown.code == told.code == done.code == 0
    assert json.loads(shown.out) == json.loads(done.out)
    assert told.err.startswith("only a rehearsal: nothing is written\n")
    assert told.out != ""


def test_a_rehearsal_makes_no_folder_and_asks_nothing(
    roadmap: Run, home: Path, terminal: Run
) -> None:
    """Not even for a whole area; nor does it write a note."""
    done = roadmap("mark-known", "llm", "--dry-run")
    noted = roadmap("mark-read", "lora", "--note", "words", "--dry-run", "-q")
    drawn = terminal("mark-known", "llm", "--dry-run")

    assert (done.code, noted.code, drawn.code) == (0, 0, 0)
    assert len(done.rows) == 80
    assert noted.err == ""
    assert not (home / "progress").exists()
    assert not (home / "notes").exists()


def test_restore_can_be_rehearsed(roadmap: Run, reader: Path) -> None:
    """It names the copy that would be taken."""
    roadmap("backup")
    roadmap("mark-read", "vit")
    before = tree(reader)
    done = roadmap("restore", "--dry-run")

    assert done.code == 0
    assert len(done.rows) == 1
    assert tree(reader) == before


def test_a_rehearsal_does_not_speak_as_if_done(terminal: Run) -> None:
    """What it says is what would be."""
    calls = ("goal set lora", "goal set mlp", "mark-read lora", "backup")
    for call in calls:
        assert terminal(*call.split()).code == 0
    said = {
        call: terminal(*call.split(), "--dry-run").out.splitlines()[1:]
        for call in ("goal clear", "restore")
    }
    undone = [terminal("undo", "--dry-run").out]
    for _ in "ab":
        terminal("undo")
        undone.append(terminal("undo", "--dry-run").out)
    (restored,) = said["restore"]

    assert said["goal clear"] == ["your goal would be cleared"]
    assert re.fullmatch(r"would restore 2\S+: 3 events", restored)
    assert "your goal" not in undone[0]
    assert "\nyour goal would be LoRA again\n" in undone[1]
    assert "\nno goal would be set any more\n" in undone[2]


def test_what_would_be_refused_is_refused(roadmap: Run, home: Path) -> None:
    """Names that are not clear, days to come, damaged journals: the same status as in earnest."""
    calls = (
        ["show-me"],
        ["mark-read", "attenton"],
        ["mark-read", "lora", "--on", "2999-01-01"],
    )
    for call in calls:
        assert roadmap(*call, "--dry-run").code == roadmap(*call).code != 0
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_bytes(b"")

    assert roadmap("mark-read", "lora", "--dry-run").code == 3
