"""Questions through the command line: asked on a terminal, listed and answered without one."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from conftest import Clock, Result

PROGRAM = Path(sys.executable).with_name("roadmap")

Run = Callable[..., Result]
RANK = "genai/lora-parameter-count"


def questions(roadmap: Run, *words: str) -> list[dict[str, Any]]:
    """The rows that `review` lists."""
    found: list[dict[str, Any]] = json.loads(roadmap("review", *words, "--json").out)[
        "questions"
    ]
    return found


def test_nothing_is_asked_of_who_has_read_nothing(roadmap: Run) -> None:
    """And what can be done is said."""
    done = roadmap("review")

    assert (done.code, done.out) == (0, "")
    assert "roadmap review TOPIC" in done.err


def test_a_topic_that_is_done_has_its_questions_asked_three_new_ones_a_day(
    roadmap: Run, clock: Clock
) -> None:
    """What was answered comes again when it is due, before what is new."""
    assert roadmap("mark-read", "llm/efficient-finetuning", "--yes").code == 0
    first = questions(roadmap)
    assert len(first) == 3
    for row in first:
        assert roadmap("answer", row["question"], "knew").code == 0
    assert questions(roadmap) == []

    clock.pass_days(2)
    again = questions(roadmap)
    assert {row["question"] for row in first} <= {row["question"] for row in again}


def test_an_answer_says_when_its_question_comes_again(roadmap: Run) -> None:
    """By its full name, or by its own alone; what is no question is told."""
    done = roadmap("answer", "lora-parameter-count", "missed", "--json")
    (row,) = json.loads(done.out)["questions"]

    assert (row["question"], row["answers"], row["answer"]) == (RANK, 1, "missed")
    assert row["due"] > row["answered"][:10]
    missing = roadmap("answer", "lora-parameter-cout", "knew")
    assert (missing.code, "lora-parameter-count" in missing.err) == (1, True)
    assert roadmap("answer", RANK, "easy").code == 2


def test_undo_and_redo_know_answers(roadmap: Run) -> None:
    """By the same mechanism as marks, and history tells them in words."""
    roadmap("answer", RANK, "knew")
    assert f"knew: {RANK}" in roadmap("history").out
    assert roadmap("undo").code == 0
    assert questions(roadmap, "lora")[0]["answers"] == 0
    assert roadmap("redo").code == 0
    assert RANK not in {row["question"] for row in questions(roadmap, "lora")}


@pytest.fixture
def sitting(home: Path) -> Callable[..., "pexpect.spawn[str]"]:
    """The session of `review` on a terminal."""

    def begin(*words: str, columns: int = 80) -> "pexpect.spawn[str]":
        return pexpect.spawn(
            str(PROGRAM),
            ["review", *words],
            env={**os.environ, "ROADMAP_HOME": str(home)},
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=30,
        )

    return begin


def test_every_answer_is_on_disk_at_once(
    sitting: Callable[..., "pexpect.spawn[str]"], home: Path
) -> None:
    """A program that is killed right after it has lost nothing."""
    child = sitting("lora")
    child.expect(r"q quit\]")
    child.sendline("")
    child.expect("almost right counts as missed")
    child.expect(r"q quit\]")
    child.sendline("3")
    child.expect("comes again in 2 days")
    child.kill(signal.SIGKILL)
    (journal,) = (home / "progress").glob("*.toml")

    assert f'question = "{RANK}"\nanswer = "knew"\n' in journal.read_text()
