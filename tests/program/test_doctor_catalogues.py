"""What the doctor says of catalogues that can be read, and of whose the folder is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result

Run = Callable[..., Result]


@pytest.fixture
def loose(home: Path) -> Path:
    """A catalogue of which two papers stand in no topic; a third is retired."""
    path = home / "catalogues" / "own.toml"
    path.parent.mkdir(parents=True)
    gone = paper_text("z") + 'retired = "it went away"\n'
    text = HEAD.replace('id = "test"', 'id = "own"')
    path.write_text(text + paper_text("x") + paper_text("y") + gone, encoding="utf-8")
    return path


def findings(roadmap: Run) -> dict[str, str]:
    """The problems that are told, each with its cure."""
    rows = json.loads(roadmap("doctor", "--json").out)["findings"]
    return {row["problem"]: row["cure"] for row in rows}


@pytest.mark.usefixtures("loose")
def test_papers_in_no_topic_are_told_and_harmless(roadmap: Run) -> None:
    """With their names and the way out; a retired one is none of them."""
    found = findings(roadmap)

    (problem,) = [text for text in found if text.startswith("own: ")]
    assert problem == "own: 2 papers stand in no topic: own/x and own/y"
    assert "roadmap move NAME --to TOPIC" in found[problem]
    assert roadmap("doctor").code == 0


def test_papers_in_no_topic_count_the_same_everywhere(
    roadmap: Run, request: pytest.FixtureRequest
) -> None:
    """On the home screen, in statistics, in lists and in a plan of everything."""

    def totals() -> list[int]:
        counts = [
            json.loads(roadmap(*call, "--json").out)["standing"]["total"]
            for call in ((), ("stats",))
        ]
        planned = json.loads(roadmap("plan", "--all", "--hours", "9", "--json").out)
        keys = {row["key"] for row in planned["steps"]}
        return [*counts, len(keys)]

    before = totals()
    request.getfixturevalue("loose")

    assert totals() == [count + 2 for count in before]
    own = roadmap("list", "own").out.splitlines()
    assert [line.partition("\t")[0] for line in own] == ["x", "y"]
    assert len(roadmap("path", "own").out.splitlines()) == 2


def test_a_paper_without_a_title_is_told_by_the_doctor_and_in_lists(
    roadmap: Run, terminal: Run
) -> None:
    """It was added by its number alone, without a network."""
    assert roadmap("add", "2501.12345", "--offline").code == 0

    found = findings(roadmap)
    problem = "1 paper has no title yet: mine/arxiv-2501-12345"
    assert found[problem] == "roadmap add --refresh NAME asks services for it"
    drawn = terminal("list", "mine").out
    assert "arXiv:2501.12345" in drawn
    assert "no title yet" in drawn
    assert "no title yet" not in terminal("list", "llm/prompting").out


@pytest.mark.usefixtures("both_lists")
def test_the_folder_is_said_to_be_of_one_reader_where_there_are_several_devices(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By `where` and `doctor`; with one device there is nothing to say."""
    monkeypatch.setenv("ROADMAP_DEVICE", "desk")
    roadmap("mark-read", "lora")
    assert roadmap("where").err == ""

    monkeypatch.setenv("ROADMAP_DEVICE", "phone")
    roadmap("mark-read", "rope")
    for call in ("where", "doctor"):
        done = roadmap(call)
        assert "count as one reader's" in done.err
        assert done.code == 0
