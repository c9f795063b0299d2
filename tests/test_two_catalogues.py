"""A catalogue of the reader's own beside the shipped one, with the same names for other things."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result

Run = Callable[..., Result]
pytestmark = [pytest.mark.quick, pytest.mark.usefixtures("mine")]

MINE = f"""{HEAD.replace('"test"', '"mine"')}
[[area]]
id = "llm"
title = "At work"
[[area.topic]]
id = "pretraining"
title = "My own training"
papers = ["lora", "rag"]
{paper_text("lora")}{paper_text("rag", 'retired = "read another"')}
"""


@pytest.fixture
def mine(home: Path) -> Path:
    """The file of a catalogue with another `lora`, and another `llm/pretraining`."""
    (home / "catalogues").mkdir(parents=True)
    file = home / "catalogues" / "mine.toml"
    file.write_text(MINE)
    return file


def test_a_mark_tells_how_far_its_own_topics_are(terminal: Run) -> None:
    """Not a topic of the same name in the other catalogue."""
    shown = terminal("mark-read", "bert", "mine/lora").out

    assert "Pretraining and Fine-tuning (llm): 1 of 7 done" in shown
    assert "My own training: 1 of 1 done" in shown


def test_a_day_that_moved_is_told_of_the_right_paper(terminal: Run) -> None:
    """Also where the key alone is not its name."""
    terminal("mark-read", "genai/lora", "mine/lora")
    moved = terminal("mark-read", "genai/lora", "--on", "2026-01-05").out

    assert moved.startswith("genai/lora  read since 2026-01-05  ")


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        (["mark-read genai/lora"] * 2, "genai/lora is already read"),
        (["mark-read genai/lora", "mark-read lora mine/lora"], "`lora` could be 2"),
        (["open --code mine/lora"], "error: no link to code of `mine/lora` is known"),
        (["path mine/rag"], "error: `rag` is no longer in the catalogue"),
    ],
)
def test_what_is_said_of_a_paper_names_no_other(
    roadmap: Run, calls: list[str], said: str
) -> None:
    """With the catalogue, where the key alone is not clear."""
    assert said in [roadmap(*call.split()).err for call in calls][-1]
