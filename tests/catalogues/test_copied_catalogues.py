"""Catalogues of one's own in copies: held, listed, brought back where they are missing."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import FULL_TEXT, HEAD, paper_text
from conftest import Clock, Result

Run = Callable[..., Result]
OLD = HEAD.replace('"test"', '"mine"') + paper_text("own-paper")
NEW = OLD + paper_text("newer-paper")


@pytest.fixture
def mine(home: Path, roadmap: Run, clock: Clock) -> Path:
    """A catalogue of the reader's, in a copy and changed since."""
    path = home / "catalogues" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text(OLD)
    roadmap("mark-read", "own-paper")
    assert roadmap("backup").code == 0
    path.write_text(NEW)
    clock.pass_days(0.1)
    return path


def copies(roadmap: Run) -> list[dict[str, Any]]:
    """What `restore --list` tells."""
    return list(json.loads(roadmap("restore", "--list", "--json").out)["copies"])


def test_copies_hold_them_and_the_list_says_so(
    roadmap: Run, terminal: Run, mine: Path
) -> None:
    """Byte for byte; hidden files, and what is no catalogue, are left alone."""
    (mine.parent / ".#mine.toml").symlink_to("somebody@somewhere.1")
    (mine.parent / "mine.toml~").write_text("an editor's")
    roadmap("mark-read", "lora")
    made = json.loads(roadmap("backup", "--json").out)["copies"][0]
    with zipfile.ZipFile(made["path"]) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    shown = terminal("restore", "--list").out

    assert held.keys() == {"progress/desk.toml", "catalogues/mine.toml"}
    assert held["catalogues/mine.toml"] == mine.read_bytes()
    assert [copy["catalogues"] for copy in copies(roadmap)] == [1, 1]
    assert " · 2 marks, 1 catalogue · " in shown.splitlines()[1]


def test_one_that_is_there_stays_and_the_way_to_the_copys_is_told(
    roadmap: Run, mine: Path
) -> None:
    """Restoring progress does not roll back a catalogue in silence."""
    done = roadmap("restore", "--yes")

    assert (done.code, mine.read_text()) == (0, NEW)
    (name,) = [copy["copy"] for copy in copies(roadmap)][-1:]
    assert f"1 catalogue differs from the copy's and stays; to bring back the copy's: roadmap restore {name} --catalogues\n" in done.err  # fmt: skip


def test_it_is_replaced_when_that_is_asked_for_and_kept(
    roadmap: Run, mine: Path
) -> None:
    """There and back again."""
    done = roadmap("restore", "--yes", "--catalogues")
    replaced = mine.read_text()
    kept = Path(done.err.split("is kept as ")[1].split()[0])
    back = roadmap("restore", kept.stem, "--yes", "--catalogues")

    assert (done.code, replaced) == (0, OLD)
    assert (back.code, mine.read_text()) == (0, NEW)


def test_a_missing_one_comes_back_and_that_is_told(roadmap: Run, mine: Path) -> None:
    """A rehearsal says as much, and writes nothing."""
    mine.unlink()
    rehearsed = roadmap("restore", "--dry-run")
    before = mine.exists()
    done = roadmap("restore", "--yes")

    assert f"the catalogue {mine} would come back\n" in rehearsed.err
    assert f"the catalogue {mine} came back\n" in done.err
    assert (before, mine.read_text()) == (False, OLD)
    assert roadmap("show", "own-paper").code == 0


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_one_that_was_renamed_is_not_there_twice(
    roadmap: Run, mine: Path, *, is_asked_for: bool
) -> None:
    """A second file of its id would take the place of the first, or be refused."""
    renamed = mine.rename(mine.with_name("reading.toml"))
    done = roadmap("restore", "--yes", *(["--catalogues"] if is_asked_for else []))

    assert (done.code, mine.exists()) == (0, False)
    assert renamed.read_text() == (OLD if is_asked_for else NEW)
    assert "another catalogue already has" not in roadmap("list").err


def test_one_whose_name_another_has_by_now_stays_in_the_copy(
    roadmap: Run, mine: Path
) -> None:
    """Unless it is asked for."""
    mine.write_text(FULL_TEXT)
    done = roadmap("restore", "--yes")

    assert mine.read_text() == FULL_TEXT
    assert "1 catalogue differs from the copy's and stays" in done.err


def test_a_second_file_of_one_id_that_was_removed_does_not_come_back(
    roadmap: Run, mine: Path, clock: Clock
) -> None:
    """A synchronizer's copy lay beside it when the copy was made."""
    second = mine.with_name("mine~conflict.toml")
    second.write_text(OLD)
    roadmap("backup")
    second.unlink()
    clock.pass_days(0.1)
    done = roadmap("restore", "--yes", "--catalogues")

    assert (done.code, second.exists(), mine.read_text()) == (0, False, NEW)


def test_a_damaged_catalogue_is_copied_as_it_is(roadmap: Run, mine: Path) -> None:
    """Whatever it looks like; and one in the copy stops nobody."""
    mine.write_bytes(b"\xff<<<")
    made = roadmap("backup")
    mine.unlink()
    done = roadmap("restore", made.rows[0][0], "--yes")

    assert (made.code, done.code, mine.read_bytes()) == (0, 0, b"\xff<<<")
