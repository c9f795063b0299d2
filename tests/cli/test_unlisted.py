"""What is said of an arXiv id, a DOI or a link that no catalogue has."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]

UNLISTED = [
    "2106.99999",
    "arXiv:2106.99999v3",
    "https://arxiv.org/abs/2106.99999v2",
    "hep-th/9999999",
    "10.1234/abc(x)",
    "https://doi.org/10.1234/abc",
    "https://example.org/a?b=1&c=2",
    "example.org/foo",
    "<https://example.org/pasted>",
]


@pytest.mark.parametrize("typed", UNLISTED)
@pytest.mark.parametrize(
    "call",
    ["show", "open", "note", "mark-read", "mark-unread", "path", "goal", "cite",
     "search", "tag +thesis", "history", "remove"],
)  # fmt: skip
def test_every_command_that_takes_papers_offers_to_add_it(
    roadmap: Run, call: str, typed: str
) -> None:
    """As it was typed, so that it can be pasted into a shell; in JSON too."""
    done = roadmap(*call.split(), typed)

    assert done.code == 1
    hint = done.err.splitlines()[-1]
    assert hint.startswith("hint: ")
    assert shlex.split(hint.rpartition(": ")[2]) == ["roadmap", "add", typed]
    if call != "cite":
        error = json.loads(roadmap(*call.split(), typed, "--json").out)["error"]
        assert f"hint: {error['hint']}" == hint


@pytest.mark.parametrize("typed", UNLISTED)
def test_what_is_offered_adds_it(roadmap: Run, typed: str) -> None:
    """The same spelling then names the paper, whichever command is asked."""
    added = roadmap("add", typed, "--title", "Of my own")

    assert (added.code, added.rows[0][0]) == (0, "new"), added.err
    for call in ("show", "search", "mark-read"):
        assert roadmap(call, typed).code == 0, call


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("2106.99999", "no paper here has the arXiv id `2106.99999`"),
        ("2106.99999 status:todo", "no paper here has the arXiv id `2106.99999`"),
        ("10.1234/abc", "no paper here has the DOI `10.1234/abc`"),
        ("https://e.org/a", "no paper here has the link `https://e.org/a`"),
    ],
)
def test_a_search_says_that_no_paper_has_it(
    roadmap: Run, query: str, said: str
) -> None:
    """By what it is: an arXiv id, a DOI or a link."""
    assert said in roadmap("search", query).err


def test_a_search_for_several_offers_to_add_those_that_are_not_there(
    roadmap: Run,
) -> None:
    """One that is there answers as ever, and is not offered."""
    neither = roadmap("search", "2106.99999 OR 2106.99998").err
    assert "arXiv id `2106.99999` or the arXiv id `2106.99998`" in neither
    assert neither.endswith("roadmap add 2106.99999 2106.99998\n")
    assert roadmap("search", "2106.99999 OR 2106.09685").rows[0][0] == "lora"
    unread = roadmap("search", "2106.09685 status:read")
    assert unread.code == 1
    assert "roadmap add" not in unread.err


def test_among_several_names_the_way_to_mark_the_others_is_told_too(
    roadmap: Run, home: Path
) -> None:
    """Nothing is marked before that is decided."""
    done = roadmap("mark-read", "lora", "2106.99999")

    assert done.code == 1
    assert "roadmap add 2106.99999; --skip-unknown marks the others" in done.err
    assert not list(home.glob("**/desk.toml"))
    several = roadmap("mark-read", "2106.99999", "10.1234/abc").err
    assert "roadmap add 2106.99999)" in several
    assert "roadmap add 10.1234/abc)" in several


def test_what_takes_topics_alone_offers_no_paper(roadmap: Run) -> None:
    """`list` and `--topic` could not show it."""
    for call in (["list", "2106.99999"], ["next", "--topic", "2106.99999"]):
        assert "roadmap add" not in roadmap(*call).err
