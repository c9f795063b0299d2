"""What commands will not guess: nothing is done, and the way out is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.quick


@pytest.mark.parametrize("word", ["read", "known", "skipped", "unread"])
def test_a_mark_without_a_name_hints_at_itself(roadmap: Run, word: str) -> None:
    """Not at another mark."""
    done = roadmap(f"mark-{word}")

    assert done.code == 2
    assert done.err.endswith(f"hint: name one: roadmap mark-{word} lora\n")


def test_what_was_never_marked_is_not_offered_to_be_unmarked(terminal: Run) -> None:
    """What could be read next has no mark to take back."""
    done = terminal("mark-unread")

    assert done.code == 2
    assert "which paper? You are not reading any" in done.out
    assert "Which one?" not in done.out


def test_two_links_at_once_are_refused(roadmap: Run) -> None:
    """Neither is opened in place of the other."""
    done = roadmap("open", "lora", "--pdf", "--code", "--print")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: a call opens one link: the PDF or the code\n")


def test_a_mark_of_nothing_leaves_no_journal(roadmap: Run, home: Path) -> None:
    """Every refusal comes before the pen."""
    roadmap("mark-read")

    assert not (home / "progress").exists()
