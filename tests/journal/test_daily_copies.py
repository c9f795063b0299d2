"""The copy that a mark makes once a day: what stands in its way stops no mark."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Clock, Result
from copies import listed

Run = Callable[..., Result]


def test_a_copy_that_cannot_be_made_is_told_once(roadmap: Run, home: Path) -> None:
    """The mark holds, and its warning says where there is no copy and why."""
    roadmap("mark-read", "lora")
    (home / "backups").write_text("no folder")
    marked = roadmap("mark-read", "vit")

    assert (marked.code, marked.err.count("warning: ")) == (0, 1)
    assert "warning: the daily copy of your progress cannot be made: " in marked.err
    assert "not a folder but a regular file\nhint: what you mark is written all the same; `roadmap doctor` says more\n" in marked.err  # fmt: skip


def test_a_clock_before_1980_stops_nobody(
    roadmap: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zip files know no earlier time, and a computer without a battery begins at 1970."""
    clock.at = datetime(1970, 1, 2, tzinfo=UTC)
    monkeypatch.setattr(time, "time", clock.at.timestamp)
    marks = [roadmap("mark-read", key).code for key in ("lora", "mlp")]

    assert (marks, roadmap("backup").code) == ([0, 0], 0)
    assert [one["events"] for one in listed(roadmap)] == [2, 1]


def test_no_copy_is_made_of_what_the_newest_holds(roadmap: Run, clock: Clock) -> None:
    """One by hand serves as the daily one for as long as nothing changes."""
    roadmap("mark-read", "lora", "--note", "words")
    roadmap("backup")
    clock.pass_days(3)
    roadmap("mark-read", "mlp")
    same = len(listed(roadmap))
    roadmap("mark-read", "vit")

    assert (same, [copy["events"] for copy in listed(roadmap)]) == (1, [2, 1])


@pytest.mark.parametrize("part", ["notes/lora.md", "catalogues/mine.toml"])
def test_a_change_of_the_same_length_is_a_change(
    roadmap: Run, home: Path, clock: Clock, part: str
) -> None:
    """Sizes alone tell nothing."""
    path = home / part
    path.parent.mkdir(parents=True)
    path.write_text("# one\n")
    roadmap("mark-read", "lora")
    roadmap("backup")
    clock.pass_days(3)
    path.write_text("# two\n")
    roadmap("mark-read", "mlp")

    assert len(listed(roadmap)) == 2


def test_a_damaged_copy_does_not_stand_for_what_is_there(
    roadmap: Run, clock: Clock
) -> None:
    """A new one is made, though its directory tells of the same files."""
    roadmap("mark-read", "lora")
    (path,) = (Path(row[2]) for row in roadmap("backup").rows)
    contents = bytearray(path.read_bytes())
    contents[60] ^= 0xFF
    path.write_bytes(contents)
    clock.pass_days(3)
    roadmap("mark-read", "mlp")

    assert [copy["events"] for copy in listed(roadmap)] == [1, None]
