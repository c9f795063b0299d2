"""What lies beside: hidden files, papers outside all topics, an index with damaged pages."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result

Run = Callable[..., Result]
LOOSE = HEAD.replace('"test"', '"mine"') + paper_text("loose") + paper_text("gone")


@pytest.fixture
def own(home: Path) -> Path:
    """A catalogue of the reader's own without a topic, beside the shipped one."""
    (home / "catalogues").mkdir(parents=True)
    path = home / "catalogues" / "mine.toml"
    path.write_text(LOOSE + 'retired = "superseded"\n', encoding="utf-8")
    return path


def test_papers_outside_all_topics_are_listed_last(
    roadmap: Run, terminal: Run, own: Path
) -> None:
    """Where all are asked for; a retired one is not, as in topics."""
    assert own.exists()
    roadmap("mark-read", "mlp", "loose")
    shown = terminal("list", "--status", "read").out

    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["mlp", "loose"]  # fmt: skip
    assert shown.index("Neural Networks") < shown.index("Outside all topics")
    assert roadmap("list", "--status", "todo").rows[-1][0] != "gone"
    assert "loose" not in roadmap("list", "llm", "--status", "read").out


def test_hidden_files_are_neither_journals_nor_catalogues(
    roadmap: Run, home: Path, own: Path
) -> None:
    """An editor's lock is a link to nowhere; macOS leaves ._names on foreign disks."""
    roadmap("mark-read", "loose")
    for folder, name in (("progress", "desk"), ("catalogues", "mine")):
        (home / folder / f".#{name}.toml").symlink_to("somebody@somewhere.1234")
        (home / folder / f"._{name}.toml").write_bytes(b"\0\x05\x16\x07")
    said = roadmap("mark-read", "mlp")

    assert own.exists()
    assert (said.code, said.err.count("warning")) == (0, 0)
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["mlp", "loose"]  # fmt: skip


def test_damaged_pages_of_the_word_index_cost_a_rebuild(
    roadmap: Run, home: Path
) -> None:
    """Though the file's time does not betray them."""
    before = roadmap("search", "lora").out
    (index,) = (home / "cache").glob("words-*.sqlite")
    sealed = index.stat().st_mtime_ns
    index.write_bytes(index.read_bytes()[:4096] + b"\xff" * 400_000)
    os.utime(index, ns=(sealed, sealed))

    assert roadmap("search", "lora").out == before
    assert b"\xff" * 5000 not in index.read_bytes()
