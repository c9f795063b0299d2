"""Several catalogue files with one id: the original counts, a copy never stands in for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD
from conftest import Result
from roadmap_cli.disk.duplicates import is_copy_of, looks_copied, original
from roadmap_cli.journal.text import header
from roadmap_cli.store.library import laying

Run = Callable[..., Result]
COPIES = [
    "mine (conflicted copy)",
    "mine (Anna's conflicted copy 2026-01-05)",
    "mine (conflicted copy 2026-01-05 080000)",
    "mine (In Konflikt stehende Kopie von Anna 2026-01-05)",
    "mine (Copie en conflit de Anna 2026-01-05)",
    "mine (конфликтующая копия 2026-01-05)",
    "mine (Anna 的冲突副本 2026-01-05)",
    "mine (SFConflict anna@example.org 2026-01-05-08-00-00)",
    "mine_conflict-20260105-080000",
    "mine.sync-conflict-20260105-080000-ABCDEFG",
    "mine (1)",
    "mine (2)",
    "mine 2",
    "mine copy 2",
    "mine - Copy",
    "mine – Kopie",
    "Copy of mine",
    "Kopie von mine",
    "mine-DESKTOP-ABC",
    "mine_BACKUP_123",
    "mine.orig",
    "MINE (1)",
]
"""What synchronizers, file managers, git and people make of `mine`; many sort before it."""


def catalogue(name: str, title: str, *, end: str = "") -> str:
    """A catalogue of this id with one paper, `x`, of this title."""
    url = f"https://example.org/{name}"
    head = HEAD.replace('"test"', f'"{name}"')
    return f'{head}[paper.x]\ntitle = "{title}"\nurl = "{url}"\n{end}'


@pytest.fixture
def put(home: Path) -> Callable[..., Path]:
    """Put a catalogue into the reader's own folder, under a file name without its suffix."""

    def put_there(file: str, name: str, title: str, *, end: str = "") -> Path:
        path = home / "catalogues" / f"{file}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(catalogue(name, title, end=end), "utf-8")
        return path

    return put_there


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("file", ["mine", "Reading list"])
def test_the_original_counts_and_its_copy_is_named(
    roadmap: Run, put: Callable[..., Path], file: str, copy: str
) -> None:
    """Also where the file is not called as its id is; in one warning, with the cure."""
    there = put(file, "mine", "Original")
    copied = put(copy.replace("mine", file), "mine", "Copy")
    shown = roadmap("show", "mine/x")

    assert shown.rows[1] == ["title", "Original"]
    assert shown.err.count("warning: ") == shown.err.count("hint: ") == 1
    assert f"{copied}: looks like a copy of {there.name}, both have the id" in shown.err
    assert "then remove the copy: diff " in shown.err
    assert "of its own" not in shown.err

    (finding,) = (
        row for row in roadmap("doctor").rows if row[0].startswith(str(copied))
    )
    assert finding[1].startswith("compare the two, then remove the copy: diff ")
    copied.unlink()
    assert roadmap("show", "mine/x").err == ""


def test_a_mark_counts_for_the_original_whatever_lies_beside_it(
    roadmap: Run, put: Callable[..., Path]
) -> None:
    """Before a synchronizer made its copy, with it, and after."""
    put("mine", "mine", "Original")
    roadmap("mark-read", "mine/x")
    copied = put("mine (1)", "mine", "Copy")
    runs = [roadmap("list", "--status", "read") for _ in range(3)]

    assert {run.rows[0][0] for run in runs} == {"x"}
    assert {run.rows[0][6] for run in runs} == {"Original"}
    assert len({run.err for run in runs}) == 1
    copied.unlink()
    alone = roadmap("list", "--status", "read")
    assert (alone.out, alone.err) == (runs[0].out, "")


def test_a_library_is_stored_also_beside_a_copy(
    roadmap: Run, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the second run on no catalogue is read, and the copy is named as before."""
    put("mine", "mine", "Original")
    put("mine (1)", "mine", "Copy")
    first = roadmap("show", "mine/x")
    monkeypatch.setattr(laying, "lay_down", lambda *_: pytest.fail("read again"))

    assert roadmap("show", "mine/x") == first
    assert "looks like a copy" in first.err


@pytest.mark.parametrize(
    ("file", "end"), [("mine", "oops"), ("Reading list", "oops"), ("mine", None)]
)
def test_a_copy_is_not_taken_in_place_of_a_damaged_original(
    roadmap: Run, put: Callable[..., Path], file: str, end: str | None
) -> None:
    """It may be old: both are named, and progress stays as it is."""
    there = put(file, "mine", "Original")
    roadmap("mark-read", "mine/x")
    before = roadmap("export", "--progress").out
    copied = put(f"{file} (conflicted copy)", "mine", "Copy")
    there.write_text("" if end is None else there.read_text() + end)
    shown = roadmap("show", "mine/x")

    assert shown.code == 1
    assert f"{there}: " in shown.err
    assert f"{copied}: looks like a copy of {there.name}, which is damaged" in shown.err
    assert f"then mend {there.name}: diff " in shown.err
    assert roadmap("export", "--progress").out == before
    put(file, "mine", "Original")
    assert roadmap("list", "--status", "read").rows[0][0] == "x"


def test_what_has_an_id_of_its_own_is_no_copy(
    roadmap: Run, put: Callable[..., Path]
) -> None:
    """Whatever its file is called, and also where the file that it is named after is damaged."""
    put("mine", "mine", "One", end="oops")
    put("mine 2", "mine-2", "Two")
    put("Copy of mine", "other", "Three")

    assert roadmap("show", "mine-2/x").rows[1] == ["title", "Two"]
    done = roadmap("show", "other/x")
    assert done.rows[1] == ["title", "Three"]
    assert done.err.count("warning: ") == 1


@pytest.mark.parametrize("end", ["", "oops"])
def test_of_two_authors_catalogues_that_of_the_name_stays(
    roadmap: Run, put: Callable[..., Path], end: str
) -> None:
    """Neither looks like a copy: the other is told to have an id of its own, even meanwhile."""
    there = put("mine", "mine", "Original", end=end)
    other = put("a-list", "mine", "Other")
    shown = roadmap("show", "mine/x")

    assert shown.code == (1 if end else 0)
    assert f"{other}: another catalogue already has the id `mine`" in shown.err
    assert (
        f"of its own: progress is kept under it, and that of `mine` counts for {there}"
        in shown.err
    )


def test_a_single_copy_is_a_catalogue_as_any_other(
    roadmap: Run, put: Callable[..., Path]
) -> None:
    """And of copies without their original the first one counts."""
    put("mine (1)", "mine", "First")
    assert roadmap("show", "mine/x").err == ""

    put("mine (2)", "mine", "Second")
    shown = roadmap("show", "mine/x")
    assert shown.rows[1] == ["title", "First"]
    assert "looks like a copy of mine (1).toml" in shown.err


def test_the_order_on_the_command_line_makes_no_copy_the_original(
    roadmap: Run, put: Callable[..., Path]
) -> None:
    """Named first, it is left out all the same."""
    copied, there = put("mine (1)", "mine", "Copy"), put("mine", "mine", "Original")
    named = ("--catalogue", str(copied), "--catalogue", str(there))

    assert roadmap(*named, "show", "x").rows[1] == ["title", "Original"]


@pytest.mark.parametrize("copy", COPIES)
def test_the_name_of_a_copy_tells_what_it_is_a_copy_of(copy: str) -> None:
    """Never the other way round, and in whatever order they are found."""
    assert is_copy_of(copy, "mine")
    assert not is_copy_of("mine", copy)
    assert original([copy, "mine"], "id") == original(["mine", copy], "id") == "mine"


@pytest.mark.parametrize("name", ["mine", "desk", "anna-laptop", "copyright", "pc2"])
def test_an_ordinary_name_is_not_that_of_a_copy(name: str) -> None:
    """Not even where a word begins as `copy` does."""
    assert not looks_copied(name)


@pytest.mark.parametrize("name", ["desk (1)", "desk - Kopie", "desk.sync-conflict-1"])
def test_doctor_knows_copies_of_journals_by_the_same_names(
    roadmap: Run, home: Path, name: str
) -> None:
    """Their events count, so nothing has to be done."""
    roadmap("mark-read", "lora")
    path = home / "progress" / f"{name}.toml"
    path.write_text(header("desk"))
    (finding,) = roadmap("doctor").rows

    assert finding[0].startswith(f"{path}: a copy that a synchronizer made")
    assert finding[1:3] == ["nothing has to be done", "yes"]
