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


@pytest.mark.parametrize(
    "call",
    [
        "show houlsby",
        "list houlsby",
        "path houlsby",
        "mark-read mine/lora",
        "search catalogue:mine",
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"], ["--quiet"]])
def test_what_is_not_found_may_be_in_a_file_that_was_left_out(
    roadmap: Run, mine: Path, call: str, more: list[str]
) -> None:
    """The slip that hides it is told once, before the error."""
    mine.write_text(MINE.replace("title", "titel", 1))
    done = roadmap(*call.split(), *more)
    lines = done.err.splitlines()

    assert done.code == 1
    assert lines[0] == f"warning: {mine}: 2 problems; all of it is left out"
    assert done.err.count("warning: ") == done.err.count("error: ") == 1
    assert done.err.index("hint: mend the file") < done.err.index("error: ")


def test_what_is_found_is_warned_of_but_once(roadmap: Run, mine: Path) -> None:
    """And where nothing was read, nothing is said."""
    mine.write_text("broken")

    assert roadmap("show", "attention").err.count("warning: ") == 1
    assert "warning" not in roadmap("export").err


def test_doctor_tells_every_slip_on_a_line_of_its_own(
    terminal: Run, roadmap: Run, mine: Path
) -> None:
    """Where it is drawn; for a program a finding is one line."""
    mine.write_text(MINE.replace("title", "titel", 1))
    drawn = terminal("doctor", columns=100).out.splitlines()

    assert drawn[-4].endswith("problems; all of it is left out")
    assert drawn[-3:] == [
        "  the file needs the field `title`",
        "  line 4: the file has an unknown field `titel`; did you mean `title`?",
        "  → mend the file, then try again",
    ]
    assert len(roadmap("doctor").rows) == 1
