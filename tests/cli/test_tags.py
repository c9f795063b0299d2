"""Words of one's own on papers: put on, taken off, listed, found, completed, taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]


def tags_of(roadmap: Run, name: str) -> list[str]:
    """The tags that `show` tells of a paper."""
    (paper,) = json.loads(roadmap("show", name, "--json").out)["papers"]
    return list(paper["tags"])


def test_tags_are_put_on_taken_off_and_found(roadmap: Run) -> None:
    """In one command, on several papers, with a query for `--where` and `search`."""
    done = roadmap("tag", "lora", "rope", "+thesis", "+later")
    assert (done.code, done.err) == (0, "")
    assert roadmap("tag", "lora", "-later", "+read-again").code == 0

    assert tags_of(roadmap, "lora") == ["read-again", "thesis"]
    assert tags_of(roadmap, "rope") == ["later", "thesis"]
    found = roadmap("list", "--where", "tag:thesis -tag:later").out
    assert [row.partition("\t")[0] for row in found.splitlines()] == ["lora"]
    assert roadmap("search", "tag:read-again").out.startswith("lora\t")


def test_without_tags_they_are_listed_with_how_many_papers_have_them(
    roadmap: Run,
) -> None:
    """All of them, or those of a paper."""
    assert roadmap("tag").out == ""
    roadmap("tag", "lora", "rope", "+thesis")
    roadmap("tag", "rope", "+later")

    assert roadmap("tag").out.splitlines() == ["later\t1", "thesis\t2"]
    assert roadmap("tag", "lora").out.splitlines() == ["thesis\t1"]


def test_a_tag_is_an_event_so_undo_takes_it_back_and_redo_puts_it_on(
    roadmap: Run,
) -> None:
    """What was there before comes back."""
    roadmap("tag", "lora", "+thesis")
    roadmap("tag", "lora", "-thesis", "+later")
    roadmap("undo")
    assert tags_of(roadmap, "lora") == ["thesis"]
    roadmap("redo")
    assert tags_of(roadmap, "lora") == ["later"]


def test_a_whole_topic_and_what_a_query_finds_are_tagged(roadmap: Run) -> None:
    """`--where` alone goes through all that is loaded."""
    roadmap("tag", "llm/agents", "+seminar", "--yes")
    roadmap("tag", "--where", "author:vaswani", "+google", "--yes")
    counts = dict(line.split("\t") for line in roadmap("tag").out.splitlines())

    assert int(counts["seminar"]) == len(roadmap("list", "llm/agents").out.splitlines())
    assert int(counts["google"]) > 0


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (("lora", "+two words"), "`+two words` is no tag", "+thesis"),
        (("lora", "+a", "-a"), "`a` is to be put on and taken off", "one of the two"),
        (("lora", "thesis"), "answers to `thesis`", "roadmap tag lora +thesis"),
        (("nope", "+a"), "answers to `nope`", "did you mean"),
    ],
)
def test_what_is_no_tag_or_no_name_is_refused_with_the_way_out(
    roadmap: Run, words: tuple[str, ...], error: str, hint: str
) -> None:
    """Nothing is written then."""
    done = roadmap("tag", *words)

    assert done.code in (1, 2)
    assert error in done.err
    assert hint in done.err.partition("hint:")[2]
    assert roadmap("tag").out == ""


def test_what_a_journal_says_that_is_no_list_of_tags_costs_only_itself(
    roadmap: Run, home: Path
) -> None:
    """Such an event is kept and passed over."""
    roadmap("tag", "lora", "+thesis")
    (journal,) = (home / "progress").glob("*.toml")
    odd = ("7", '"x"', "[3]", '["thesis"]', '["+two words"]', "{ a = 1 }")
    with journal.open("a", encoding="utf-8") as file:
        for minute, value in enumerate(odd):
            at = f"2026-01-05T08:{minute:02}:00.000000+00:00"
            file.write(
                f'\n[[event]]\npaper = "genai/lora"\ntags = {value}\nat = {at}\n'
            )
    assert tags_of(roadmap, "lora") == ["thesis"]
    assert roadmap("tag", "lora", "+later").code == 0
    assert tags_of(roadmap, "lora") == ["later", "thesis"]


def test_a_tab_offers_tags_after_a_sign_and_in_a_query(
    roadmap: Run, process: Run
) -> None:
    """With how many papers have each."""
    roadmap("tag", "lora", "+thesis", "+later")

    def tab(*words: str) -> list[str]:
        return process(*words, env={"_ROADMAP_COMPLETE": "bash"}).out.splitlines()

    assert tab("tag", "rope", "+t") == ["+thesis"]
    assert tab("tag", "rope", "+") == ["+later", "+thesis"]
    assert tab("search", "tag:") == ["tag:later", "tag:thesis"]
    assert tab("list", "--where", "tag:t") == ["tag:thesis"]
    assert tab("next", "--where", "kind:paper tag:t") == ["kind:paper tag:thesis"]
