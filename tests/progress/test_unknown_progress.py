"""What a damaged journal says is unknown: no command shows it as nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
PHONE = 'format = "roadmap-journal"\nversion = 1\ndevice = "phone"\n'


@pytest.fixture
def journal(roadmap: Run, home: Path) -> Path:
    """The journal of this device, emptied after two marks and a goal."""
    roadmap("mark-read", "mlp", "cnn")
    roadmap("goal", "set", "lora")
    path = home / "progress" / "desk.toml"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    "command",
    [
        "history",
        "history lora",
        "goal",
        "goal show",
        "export --progress",
        "mark-read",
        "list --status read",
        "list llm --status todo",
        "list --where status:read",
        "list --where -status:read",
        "next --where status:todo",
        "search status:read",
        "search lora -status:read",
        "list --where rating:5",
        "next --where -rating:5",
        "search rating:4..",
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_rests_on_it_alone_is_refused(
    roadmap: Run, journal: Path, command: str, form: list[str]
) -> None:
    """Status 3, the file and the way out; nothing that could pass for an answer."""
    if form and "export" in command:
        return
    done = roadmap(*command.split(), *form)

    assert done.code == 3
    assert done.err.startswith(f"error: {journal}: damaged")
    assert "hint: " in done.err
    assert set(json.loads(done.out) if form else ()) <= {"version", "error"}
    assert form or not done.out


@pytest.mark.parametrize(
    "command", ["list", "list llm", "list --where kind:survey", "search lora", "next"]
)
def test_what_does_not_ask_for_it_is_shown_with_a_warning(
    roadmap: Run, journal: Path, command: str
) -> None:
    """The catalogue can be read all the same."""
    done = roadmap(*command.split())

    assert (done.code, bool(done.out)) == (0, True)
    assert done.err.startswith(f"warning: {journal}: damaged")


def test_no_count_of_what_is_unknown_is_nought(
    roadmap: Run, terminal: Run, journal: Path
) -> None:
    """Neither for programs nor for people."""
    told = json.loads(roadmap("stats", "--json").out)
    counts = ("done", "share", "read", "known", "reading", "skipped", "todo")

    assert journal.exists()
    for row in (told["standing"], *told["topics"]):
        assert [row[one] for one in counts] == [None] * 7
        assert row["total"] > 0
    assert "Your days and pace are unknown." in terminal("stats").out


def test_what_other_journals_say_is_still_told(
    roadmap: Run, journal: Path, home: Path
) -> None:
    """One damaged file takes nothing from the others but the certainty."""
    event = '\n[[event]]\npaper = "genai/{}"\n{}\nat = 2026-03-01T12:00:00Z\n'
    said = event.format("lora", 'status = "read"') + event.format(
        "mamba", "goal = true"
    )
    (home / "progress" / "phone.toml").write_text(PHONE + said, encoding="utf-8")
    told = roadmap("history")

    assert [row[2:4] for row in told.rows] == [["mamba", "goal set"], ["lora", "read"]]
    assert str(journal) in told.err
    assert roadmap("goal").rows[0][0] == "mamba"
    assert roadmap("search", "2106.09685", "status:read").rows[0][0] == "lora"
    assert roadmap("list", "--status", "read").code == 3


@pytest.mark.parametrize("where", [[], ["--output", "good"]])
def test_damaged_journals_are_not_exported(
    roadmap: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: list[str],
) -> None:
    """It would pass for all there is, and take the place of an export that was whole."""
    monkeypatch.chdir(tmp_path)
    Path("good").write_text("all there was", encoding="utf-8")
    roadmap("mark-read", "lora")
    (home / "progress" / "phone.toml").write_bytes(b"")
    done = roadmap("export", "--progress", *where)

    assert (done.code, done.out) == (3, "")
    assert "phone.toml" in done.err
    assert Path("good").read_text(encoding="utf-8") == "all there was"
