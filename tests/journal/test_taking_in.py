"""What `merge` and `import` make of folders, locks, torn ends, newer files and full disks."""

import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import NOON
from conftest import Result
from roadmap_cli.journal.bundle import bundle
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.progress.events import Event

Run = Callable[..., Result]


def a_journal(device: str, *papers: str) -> str:
    """A journal that marks each of these papers as read, in one command."""
    said = (stanza(NOON, f"genai/{paper}", {"status": "read"}) for paper in papers)
    return header(device) + "".join(said)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of journals as another machine keeps it."""
    folder = tmp_path / "progress"
    folder.mkdir()
    (folder / "laptop.toml").write_text(a_journal("laptop", "lora"))
    (folder / "phone.toml").write_text(a_journal("phone", "mlp", "vit"))
    (folder / "laptop.lock").write_text("4711\n")
    (folder / "phone.torn-0badcafe.txt").write_text("\n[[event]]\npap")
    (folder / ".#phone.toml").symlink_to("somebody@somewhere.1234")
    return folder


def progress(home: Path) -> dict[str, bytes]:
    """The journals of this home, by their names."""
    return {one.name: one.read_bytes() for one in (home / "progress").glob("*.toml")}


def test_a_folder_means_its_journals(roadmap: Run, shared: Path) -> None:
    """Locks, ends set aside and hidden files are none."""
    done = roadmap("merge", str(shared))

    assert done.rows == [[str(shared / "laptop.toml"), "1"], [str(shared / "phone.toml"), "2"]]  # fmt: skip
    assert done.code == 0


def test_all_that_lies_in_a_folder_can_be_named(roadmap: Run, shared: Path) -> None:
    """`merge folder/*` names our own locks too: they are skipped, and that is said."""
    done = roadmap("merge", *map(str, sorted(shared.glob("[!.]*"))))
    skipped = "lies beside a journal and is none; skipped\n"

    assert (done.code, [row[1] for row in done.rows]) == (0, ["1", "2"])
    assert f"{shared / 'laptop.lock'}: {skipped}" in done.err
    assert done.err.count(skipped) == 2


def test_a_folder_without_journals_says_where_they_are(
    roadmap: Run, tmp_path: Path
) -> None:
    """The data folder itself, for instance."""
    done = roadmap("merge", str(tmp_path))

    assert done.code == 3
    assert f"{tmp_path}: not a regular file, and as a folder without journals\nhint: journals are in `progress`" in done.err  # fmt: skip


@pytest.mark.parametrize("words", ["dear diary\n", 'title = "else"\n'])
def test_a_file_that_is_no_journal_names_the_way_out(
    roadmap: Run, tmp_path: Path, words: str
) -> None:
    """Whether it is TOML or not."""
    (tmp_path / "file").write_text(words)
    done = roadmap("merge", str(tmp_path / "file"))

    assert done.code == 3
    assert "hint: name journals alone, their folder, or what `roadmap export --progress` wrote\n" in done.err  # fmt: skip


def test_a_journal_whose_end_is_torn_is_taken_in_without_it(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """As it is read where it lies: with a word on the end (A8b)."""
    path = tmp_path / "old.toml"
    path.write_text(a_journal("laptop", "lora") + '\n[[event]]\npaper = "genai/ml')
    done = roadmap("merge", str(path))

    assert (done.code, done.rows) == (0, [[str(path), "1"]])
    assert f"{path}: the last event was not written to its end and does not count\n" in done.err  # fmt: skip
    assert progress(home) == {"laptop.merged-desk.toml": a_journal("laptop", "lora").encode()}  # fmt: skip


def test_a_newer_export_asks_for_an_upgrade(roadmap: Run, tmp_path: Path) -> None:
    """In the same words as a newer journal or catalogue."""
    text = bundle([Event(NOON, "x", 0, "genai/lora", {"status": "read"})])
    (tmp_path / "export").write_text(text.replace("version = 1", "version = 2"))
    (tmp_path / "journal").write_text(a_journal("x").replace("version = 1", "version = 2"))  # fmt: skip
    (tmp_path / "catalogue").write_text('format = "roadmap-catalogue"\nversion = 2\n')
    calls = {
        "export": ["import", str(tmp_path / "export")],
        "journal": ["import", str(tmp_path / "journal")],
        "catalogue": ["--catalogue", str(tmp_path / "catalogue"), "list"],
    }
    for what, call in calls.items():
        done = roadmap(*call)

        assert done.code == 3
        assert done.err == (
            f"error: {tmp_path / what}: written for a newer roadmap ({what} version 2, we know 1)\n"
            "hint: upgrade roadmap: git pull in its checkout, then install it again\n"
        )


def test_of_several_files_that_do_not_fit_none_is_taken(
    process: Run, home: Path, tmp_path: Path
) -> None:
    """The first is not there already when there is no room for the second (A5)."""
    small, large = tmp_path / "small.toml", tmp_path / "large.toml"
    small.write_text(a_journal("laptop", "lora"))
    large.write_text(a_journal("phone", *(f"p{number}" for number in range(1000))))

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    env = {"ROADMAP_CATALOGUE": ""}
    process("list", env=env)  # so that the index is there
    done = process("merge", str(small), str(large), preexec_fn=little_room, env=env)

    assert (done.code, progress(home)) == (6, {})
    assert done.err.endswith("no space left to write to; nothing was changed\n")


def test_what_undo_does_to_what_came_in_is_said_as_it_is(
    roadmap: Run, tmp_path: Path
) -> None:
    """It leaves other devices alone; what this device said elsewhere it takes back."""
    other, own = tmp_path / "other.toml", tmp_path / "own.toml"
    other.write_text(a_journal("laptop", "lora"))
    own.write_text(a_journal("desk", "mlp"))
    first, second = roadmap("merge", str(other)), roadmap("merge", str(own))
    undone = roadmap("undo")

    assert "hint: `undo` leaves that alone; to take it back, remove " in first.err
    assert "hint: `undo` takes back what this device said itself; to take all of it back, remove " in second.err  # fmt: skip
    assert undone.rows[0][0] == "mlp"
    assert roadmap("undo").code == 1
