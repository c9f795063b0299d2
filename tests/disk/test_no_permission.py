"""Folders that the reader may not look into: named or done without, never a bug of ours."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import give_up_root
from conftest import Result

Run = Callable[..., Result]
CASES = {
    ("cache", 0): {"list": 0, "mark-read bert": 0},
    ("progress", 0o444): {"next": 0, "doctor": 1, "backup": 3, "mark-read bert": 6},
    ("notes", 0): {"show lora": 0, "note lora more": 6},
    ("backups", 0): {"restore --list": 3, "backup": 6, "doctor": 1},
    ("catalogues", 0): {"list": 0, "where": 0},
    (".", 0): {"where": 0, "doctor": 1},
}
"""A folder and its mode, and what each command ends with then."""


@pytest.fixture
def full(home: Path, roadmap: Run) -> Iterator[Path]:
    """A home with something in every folder; at the end all of it may be removed again."""
    roadmap("mark-read", "lora", "--note", "words")
    roadmap("backup")
    (home / "catalogues").mkdir()
    (home / "catalogues" / "mine.toml").touch()
    yield home
    for folder in (home, *(one for one in home.iterdir() if one.is_dir())):
        folder.chmod(0o755)


@pytest.mark.parametrize(("case", "codes"), CASES.items())
def test_a_folder_that_may_not_be_looked_into(
    full: Path, process: Run, case: tuple[str, int], codes: dict[str, int]
) -> None:
    """Each command does without it, or ends with a status of its own and names the path."""
    folder, mode = case
    (full / folder).chmod(mode)
    done = {
        command: process(*command.split(), preexec_fn=give_up_root) for command in codes
    }

    assert {command: one.code for command, one in done.items()} == codes
    for command, one in done.items():
        assert not codes[command] or str(full / folder) in one.err + one.out


@pytest.mark.parametrize(
    "command",
    ["export --progress -o", "plan --hours 4 --ics", "plan --until 2030-01-01 --ics"],
)
@pytest.mark.parametrize("mode", [0, 0o444, 0o555])
def test_a_place_that_may_not_be_written_to_is_named(
    tmp_path: Path, process: Run, command: str, mode: int
) -> None:
    """What was to be saved is not: status 6, whether its folder can be looked into or not."""
    closed = tmp_path / "closed"
    closed.mkdir(mode)
    done = process(*command.split(), str(closed / "x"), preexec_fn=give_up_root)
    closed.chmod(0o755)

    assert done.code == 6
    assert done.err.startswith(f"error: {closed / 'x'}: ")
    assert "ermission denied" in done.err
    assert not list(closed.iterdir())
