"""What `restore` asks and says on a terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
NAME = "2026-03-01T120000.000000Z"


def test_the_question_and_the_answer_say_how_much_is_replaced(
    roadmap: Run, terminal: Run
) -> None:
    """Events of both sides, so that an old copy is seen for what it is."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    roadmap("mark-read", "mlp")
    done = terminal("restore", answer="y\n", columns=200)

    assert f"Replace your progress (2 events) by the copy of {NAME} (1 event)?" in done.out  # fmt: skip
    assert "what was there (2 events) is kept as " in done.out
    assert f"\nrestored {NAME}: 1 event\n" in done.out


@pytest.mark.parametrize("columns", [80, 40, 30])
def test_the_question_is_laid_out_as_a_message_is(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """No word of it is broken at the edge, and what is typed has room behind it."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    done = terminal("restore", answer="n\n", columns=columns)
    shown = done.out.removeprefix("n\n")  # the terminal's echo of what was typed ahead
    asked = shown.partition("[y/N]:")[0] + "[y/N]: yes"

    assert max(map(len, asked.splitlines())) <= columns
    assert " ".join(asked.split()) == (
        f"Replace your progress (1 event) by the copy of {NAME} (1 event)? [y/N]: yes"
    )


def test_what_is_neither_yes_nor_no_is_asked_again(roadmap: Run, terminal: Run) -> None:
    """Also what is no text at all; nothing is taken for an agreement."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    done = terminal("restore", answer="j\n\udcff\nYes\n")

    assert done.code == 0
    assert done.out.count("that is neither y nor n\n") == 2
    assert done.out.count("[y/N]:") == 3


def test_what_is_damaged_is_not_counted(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Nobody knows how many events it had."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    (home / "progress" / "desk.toml").write_bytes(b"")

    assert "Replace your progress (damaged) by" in terminal("restore", answer="n\n").out
    assert "what was there (damaged) is kept" in terminal("restore", "--yes").out


def test_its_yes_is_about_progress(roadmap: Run) -> None:
    """Not about areas, as that of the marks is."""
    assert "before replacing your progress" in roadmap("restore", "--help").out
