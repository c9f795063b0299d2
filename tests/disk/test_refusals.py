"""What commands will not guess: nothing is done, and the way out is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, paper_text
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
    assert "no paper was named, and you are reading none" in done.out
    assert "Which ones?" not in done.out


def test_two_links_at_once_are_refused(roadmap: Run) -> None:
    """Neither is opened in place of the other."""
    done = roadmap("open", "lora", "--pdf", "--code", "--print")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: a call opens one link: the PDF or the code\n")


@pytest.fixture
def crowd(home: Path) -> None:
    """A catalogue in which a short word begins one key, and is a slip for others."""
    (home / "catalogues").mkdir(parents=True)
    keys = ("gpt2-medium", "xlong", "sagan", "sagas-of-old")
    papers = "".join(map(paper_text, keys))
    (home / "catalogues" / "own.toml").write_text(HEAD + papers)


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    "call", ["mark-reading mpl", "note mpl words", "goal set mpl", "mark-read lora mpl"]
)
def test_a_slip_is_not_taken_for_the_beginning_of_a_stranger(
    roadmap: Run, home: Path, call: str
) -> None:
    """Where something is written; whoever only looks sees what was meant."""
    done = roadmap(*call.split())

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: nothing is called just `mpl`")
    assert "hint: did you mean `mlp` or " in done.err
    assert roadmap("show", "mpl").rows[0] == ["key", "mplug-owl2"]
    assert not (home / "progress").exists()
    assert not (home / "notes").exists()


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("xlon", "xlong"),  # no slip for another
        ("gpt2", "gpt2-medium"),  # digits are no slips, or `gpt3` would be near
        ("sagas", "sagas-of-old"),  # the other is as far, but typed long enough
    ],
)
def test_a_beginning_that_is_no_slip_is_enough(
    roadmap: Run, name: str, key: str
) -> None:
    """Also a short one."""
    assert [row[0] for row in roadmap("mark-read", name).rows] == [key]


def test_all_names_that_are_not_clear_are_said_at_once(
    roadmap: Run, home: Path
) -> None:
    """With the way out of each; the clear ones are not marked either."""
    done = roadmap("mark-read", "lora", "lroa", "xqz", "evaluation")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "error: 3 names are not clear; nothing was marked",
        "  no paper or topic answers to `lroa` (did you mean `lora`?)",
        "  no paper or topic answers to `xqz` (roadmap search xqz)",
        "  `evaluation` could be 2 things (say which: `llm/evaluation`, `diffusion/evaluation`)",
    ]
    one = roadmap("mark-read", "lora", "xqz").err
    assert one.startswith(
        "error: no paper or topic answers to `xqz`; nothing was marked"
    )
    assert not (home / "progress").exists()


@pytest.mark.parametrize(
    "call", ["show vaswani", "open vaswani", "note Vaswani x", "path vaswani"]
)
def test_who_is_no_name_is_searched_for(roadmap: Run, call: str) -> None:
    """Where nothing is spelled nearly so."""
    done = roadmap(*call.split())

    assert done.code == 1
    assert done.err.endswith("`attention` (roadmap search vaswani)\n")


def test_a_mark_of_nothing_leaves_no_journal(roadmap: Run, home: Path) -> None:
    """Every refusal comes before the pen."""
    roadmap("mark-read")

    assert not (home / "progress").exists()


def test_whole_areas_without_anybody_to_ask_have_to_be_confirmed(roadmap: Run) -> None:
    """What is missing, and how it is given."""
    done = roadmap("mark-read", "llm", "background")

    assert done.code == 2
    assert done.err == (
        "error: marking 105 papers of Large Language Models and Background Knowledge "
        "has to be confirmed\nhint: pass --yes; nothing was changed\n"
    )
