"""Large catalogues and long journals are read as they are asked; the answers are the same."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import FULL_TEXT, HEAD, paper_text
from conftest import Clock, Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.program import ledger
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.store.events.index import EventIndex
from roadmap_cli.store.library import laying

pytestmark = pytest.mark.usefixtures("cold")  # what is laid down here is counted

Run = Callable[..., Result]
CALLS = """
|next --why -n 40|next --goal mamba|next --topic agents|list|list llm|list --status read
list llm --where kind:survey|show lora|show llm/agents|show genai/llm|show 2106.09685|show lo
show nothing-like-it|search low-rank|search status:read|search "note:rotations"|path mamba --all
plan --hours 3|stats|history|goal|mark-read bert --rating 3|undo|redo|mark-read rope mlp|next
goal set lora|next --why|mark-skipped llm/agents|mark-unread bert|list --status skipped|doctor
mark-read attention --dry-run|open lora --print|export --progress|mark-reading gpt-3|mark-read|
""".replace("\n", "|")


def everything(roadmap: Run, clock: Clock, calls: str) -> list[tuple[str, Result]]:
    """What the program says to each call, as text and as JSON."""
    told = []
    for call in calls.strip("|").split("|"):
        for more in ([], ["--json"]):
            clock.pass_days(1 / 24)
            words = [one.strip('"') for one in call.split()]
            told.append((call, roadmap(*words, *more)))
    return told


def told_again(index: EventIndex, library: Library, *, is_complete: bool) -> Progress:
    """What all events come to when they are replayed from beginning to end."""
    story = [event for event, _ in index.story()]
    return replay(story, library, is_complete=is_complete)


def test_every_command_says_the_same(
    roadmap: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Reading and writing, in words and as JSON, with two catalogues that share papers."""
    answers, start = [], clock.at
    for number in range(2):
        place = tmp_path / str(number)
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        (place / "catalogues").mkdir(parents=True)
        (place / "catalogues" / "own.toml").write_text(FULL_TEXT)
        clock.at = start
        if number:
            monkeypatch.setattr(ledger, "StoredProgress", told_again)
        answers.append(
            [
                (call, repr(one).replace(str(place), ""))
                for call, one in everything(roadmap, clock, CALLS)
            ]
        )
    for mine, theirs in zip(*answers, strict=True):
        assert mine == theirs


@pytest.fixture
def kept(
    roadmap: Run, cold: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """The file of a library that was asked once."""
    file = tmp_path / "own.toml"
    file.write_text(HEAD + paper_text("apple"))
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(file))
    roadmap("show", "apple")
    (found,) = (cold / "cache").glob("library-*.sqlite")
    return found


def test_it_is_laid_down_once_and_then_asked(
    roadmap: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it answers comes from there: nothing is built a second time."""
    monkeypatch.setattr(laying, "lay_down", lambda *_: pytest.fail("read again"))
    before = kept.stat()

    assert roadmap("show", "apple").code == 0
    assert kept.stat() == before


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("title", ["maple", "apple"])
def test_an_edit_of_equal_size_shows_at_once(
    roadmap: Run, tmp_path: Path, title: str
) -> None:
    """Also within one tick of the clock, and with its time set back."""
    file = tmp_path / "own.toml"
    status = file.stat()
    file.write_text(HEAD + paper_text(title))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert roadmap("show", title).code == 0
    assert roadmap("show", "maple").code == int(title == "apple")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_what_was_touched_is_not_trusted(
    roadmap: Run, kept: Path, share: float
) -> None:
    """A byte changed, half of it gone, garbage, nothing: the answer is that of the file."""
    truth, whole = roadmap("show", "apple"), kept.read_bytes()
    place = int(share * len(whole))
    damages = (
        whole[:place] + b"\x55" + whole[place + 1 :],
        whole[:place],
        b"garbage" * 1000,
    )
    for damage in damages:
        kept.write_bytes(damage)

        assert roadmap("show", "apple") == truth
    kept.unlink()
    assert roadmap("show", "apple") == truth
    assert kept.exists()


def test_another_program_s_library_is_not_ours(
    roadmap: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name says which code made it."""
    monkeypatch.setattr("roadmap_cli.store.version.state", lambda *_: "other")
    roadmap("show", "apple")

    assert len(list(kept.parent.glob("library-*.sqlite"))) == 2


@pytest.mark.usefixtures("cold")
def test_without_a_place_to_keep_it_the_answer_is_only_slower(
    roadmap: Run, home: Path
) -> None:
    """No error, no word about it."""
    home.mkdir()
    (home / "cache").write_text("no folder")
    done = roadmap("show", "lora")

    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("kept")
def test_a_bad_catalogue_beside_a_good_one_takes_nothing_down(
    roadmap: Run, tmp_path: Path
) -> None:
    """It is named, and the other one answers."""
    bad = tmp_path / "bad.toml"
    bad.write_text("format = ")
    both = ("--catalogue", str(tmp_path / "own.toml"), "--catalogue", str(bad))
    done = roadmap(*both, "show", "apple")

    assert done.code == 0
    assert "bad.toml" in done.err


def test_a_library_laid_down_twice_at_once_is_whole(
    roadmap: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is second puts the same in its place, and the first still reads its own."""
    kept.unlink()
    laid = laying.lay_down

    def slow(connection: sqlite3.Connection, *files: Any) -> None:
        monkeypatch.setattr(laying, "lay_down", laid)
        assert roadmap("show", "apple").code == 0  # another process, while we are at it
        laid(connection, *files)

    monkeypatch.setattr(laying, "lay_down", slow)
    assert roadmap("show", "apple").code == 0
    assert roadmap("show", "apple").code == 0
    assert not list(kept.parent.glob("*.tmp"))


def test_what_is_wrong_with_a_file_is_kept_and_said_again(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its way out, until it is mended, and without reading anything a second time."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(HEAD + paper_text("apple", "minutes = 0"))
    first = roadmap("show", "lora")
    with monkeypatch.context() as patch:
        patch.setattr(laying, "lay_down", lambda *_: pytest.fail("read again"))
        assert roadmap("show", "lora") == first
    (folder / "own.toml").rename(folder / "mine.toml")
    elsewhere = roadmap("show", "lora")
    (folder / "mine.toml").write_text(HEAD + paper_text("apple"))

    assert "own.toml: 1 problem; all of it is left out" in first.err
    assert "hint: mend the file, then try again" in first.err
    assert "mine.toml: 1 problem" in elsewhere.err
    assert roadmap("show", "lora").err == ""
    assert roadmap("show", "apple").code == 0
