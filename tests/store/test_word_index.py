"""The index of words that is kept is never trusted over the catalogues (A24)."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.store.sealed import SealedFiles

Run = Callable[..., Result]


def kept(home: Path) -> list[Path]:
    """The files of the index."""
    return sorted((home / "cache").glob("words-*"))


def found(roadmap: Run, *arguments: str) -> list[str]:
    """The keys that a search gives."""
    return [row[0] for row in roadmap(*arguments).rows]


def test_a_search_is_answered_from_what_was_kept(roadmap: Run, home: Path) -> None:
    """Made once, and used as it is."""
    first = roadmap("search", "low rank").out
    (file,) = kept(home)
    before = file.stat().st_mtime_ns

    assert roadmap("search", "low rank").out == first
    assert kept(home) == [file]
    assert file.stat().st_mtime_ns == before


def test_another_catalogue_of_the_same_size_and_time_is_another_index(
    roadmap: Run, tmp_path: Path
) -> None:
    """What a file says decides, not when it was written or how long it is."""
    file = tmp_path / "own.toml"
    answers = []
    for title in ("apple", "maple"):
        file.write_text(HEAD + paper_text("x").replace('"T"', f'"{title}"'))
        os.utime(file, (1_700_000_000, 1_700_000_000))
        answers.append(found(roadmap, "--catalogue", str(file), "search", title))

    assert answers == [["x"], ["x"]]
    assert roadmap("--catalogue", str(file), "search", "title:apple").code == 1


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_damaged_index_is_made_anew(roadmap: Run, home: Path, share: float) -> None:
    """One byte that is not as it was, anywhere, and half a file."""
    truth = roadmap("search", "quantization").out
    (file,) = kept(home)
    contents = bytearray(file.read_bytes())
    place = int(share * len(contents))
    contents[place] ^= 0x55
    file.write_bytes(contents)
    damaged = roadmap("search", "quantization").out
    file.write_bytes(contents[:place])

    assert damaged == truth
    assert roadmap("search", "quantization").out == truth


@pytest.mark.usefixtures("cold")
def test_without_a_place_to_keep_it_a_search_is_only_slower(
    roadmap: Run, home: Path
) -> None:
    """No error, no word about it."""
    home.mkdir()
    (home / "cache").write_text("no folder")
    done = roadmap("search", "lora")

    assert (done.code, done.err, done.rows[0][0]) == (0, "", "lora")


def test_only_a_few_are_kept(roadmap: Run, home: Path, tmp_path: Path) -> None:
    """The oldest go first."""
    file = tmp_path / "own.toml"
    for number in range(7):
        file.write_text(HEAD + paper_text(f"x{number}"))
        roadmap("--catalogue", str(file), "search", f"x{number}")

    assert len(kept(home)) == 4


def test_what_is_interrupted_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C while an index is made: its unfinished file goes with it."""

    def interrupted(_: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SealedFiles(tmp_path / "kept", "words").keep("one", interrupted)

    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.usefixtures("cold")
def test_what_a_crash_left_unfinished_is_swept_after_an_hour(
    roadmap: Run, home: Path
) -> None:
    """A younger one may be in the making, and another kind is not ours to judge."""
    (home / "cache").mkdir(parents=True)
    names = ("words-a.1.tmp", "words-b.2.tmp", "other-c.3.tmp")
    old, young, other = (home / "cache" / name for name in names)
    for path, hours in ((old, 2), (young, 0.5), (other, 99)):
        path.write_bytes(b"half")
        at = time.time() - hours * 3600
        os.utime(path, (at, at))
    roadmap("search", "lora")

    assert [one.exists() for one in (old, young, other)] == [False, True, True]
