"""The two shipped catalogues, and the choice among them."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import NOON
from conftest import Result
from roadmap_cli.completion import VARIABLE
from roadmap_cli.disk import places
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("both_lists")


def listed(roadmap: Run) -> set[str]:
    """The catalogues whose topics `list` names."""
    rows = json.loads(roadmap("list", "--json").out)["topics"]
    return {row["catalogue"] for row in rows}


def used(roadmap: Run) -> list[str]:
    """The shipped catalogues that `use` says are used."""
    return [row[0] for row in roadmap("use").rows if row[1] == "yes"]


@pytest.mark.parametrize("shipped", places.SHIPPED, ids=lambda one: one.id)
def test_shipped_catalogues_are_called_as_their_files_say(
    shipped: places.Shipped,
) -> None:
    """Their ids and titles are known without a parser."""
    data = tomllib.loads(places.shipped(shipped).read_text("utf-8"))

    assert (shipped.id, shipped.title) == (data["id"], data["title"])


def test_the_package_brings_every_shipped_catalogue() -> None:
    """The wheel takes each from `data`."""
    checkout = Path(__file__).parents[2]
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert {f"data/{shipped.file}" for shipped in places.SHIPPED} == {*wheel}


def test_both_are_used_and_the_second_follows_the_first(roadmap: Run) -> None:
    """`next` comes to the second where nothing of the first is left."""
    first = roadmap("next", "-n", "1").rows[0][0]
    roadmap("mark-known", "genai", "--yes")
    second = roadmap("next", "-n", "1").rows[0][0]

    assert (first, second) == ("mlp", "scaling-laws")
    assert used(roadmap) == ["genai", "frontier"]


@pytest.mark.parametrize("goal", ["rag", "dpo", "deepseek-r1"])
def test_a_goal_of_the_second_is_reached_through_the_first(
    goal: str, roadmap: Run
) -> None:
    """The way begins with what it needs of the first."""
    roadmap("goal", "set", goal)
    way = json.loads(roadmap("path", "--json").out)["papers"]

    assert [paper["catalogue"] for paper in (way[0], way[-1])] == ["genai", "frontier"]
    assert way[-1]["key"] == goal
    assert roadmap("next", "-n", "1").rows[0][0] == way[0]["key"]


def test_one_is_chosen_and_undone_and_redone(roadmap: Run) -> None:
    """Each command sees it at once, and `where` tells it."""
    chosen = roadmap("use", "genai")

    assert (chosen.code, chosen.err) == (
        0,
        "the progress on papers of `frontier` is kept\n",
    )
    assert roadmap("show", "rag").code == 1
    assert "`frontier` is not used; roadmap use --all" in roadmap("where").err
    assert roadmap("undo").err == "took back: shipped catalogues in use: genai\n"
    assert roadmap("show", "rag").code == 0
    assert roadmap("where").err == ""
    assert roadmap("redo").err == "redid: shipped catalogues in use: genai\n"
    assert used(roadmap) == ["genai"]
    assert roadmap("use", "genai").err == "that is so already\n"
    assert roadmap("use", "--all").code == 0
    assert used(roadmap) == ["genai", "frontier"]


@pytest.mark.parametrize("name", ["genai", "frontier"])
def test_the_only_one_is_as_if_there_were_no_other(name: str, roadmap: Run) -> None:
    """Its topics, their tallies and what is next are those of the file alone."""
    file = next(places.shipped(one) for one in places.SHIPPED if one.id == name)
    roadmap("use", name)

    for call in (("list",), ("next", "-n", "9"), ("search", "attention")):
        alone = roadmap("--catalogue", str(file), *call)
        assert roadmap(*call) == alone
    assert listed(roadmap) == {name}


def test_progress_and_goal_are_kept_whatever_is_used(roadmap: Run) -> None:
    """What is left out is no finding, and counts again later."""
    roadmap("mark-read", "rag")
    roadmap("goal", "set", "dpo")
    roadmap("use", "genai")

    assert roadmap("doctor").err == "All is well.\n"
    assert "frontier/dpo" in roadmap("goal").err
    roadmap("use", "--all")
    assert (
        json.loads(roadmap("show", "rag", "--json").out)["papers"][0]["status"]
        == "read"
    )
    assert roadmap("goal").rows[0][0] == "dpo"


def test_the_choice_of_one_device_is_that_of_all(roadmap: Run, home: Path) -> None:
    """The later one counts; what a later version ships does not matter to this one."""

    def says(minute: int, uses: list[str]) -> None:
        at = NOON.replace(minute=minute)
        path = home / "progress" / "phone.toml"
        text = path.read_text("utf-8") if path.exists() else header("phone")
        path.write_text(text + stanza(at, "", {"uses": uses}), "utf-8")

    (home / "progress").mkdir(parents=True)
    says(1, ["frontier"])
    assert used(roadmap) == ["frontier"]
    says(2, ["frontier", "to-come"])
    assert used(roadmap) == ["frontier"]
    says(3, ["to-come"])
    assert used(roadmap) == ["genai", "frontier"]


@pytest.mark.parametrize(
    ("call", "code", "hint"),
    [
        (("use", "nope"), 1, "these come with it: genai, frontier"),
        (("use", "genai", "nope"), 1, "your own are always used"),
        (("use", "genai", "--all"), 2, "leave out --all, or the names"),
    ],
)
def test_what_cannot_be_chosen_changes_nothing(
    call: tuple[str, ...], code: int, hint: str, roadmap: Run, home: Path
) -> None:
    """It is said what can be."""
    refused = roadmap(*call)

    assert refused.code == code
    assert hint in refused.err
    assert not (home / "progress").exists()


def test_a_rehearsal_shows_the_choice_and_writes_nothing(
    roadmap: Run, home: Path
) -> None:
    """Also one of taking it back."""
    rehearsed = roadmap("use", "genai", "--dry-run")

    assert [row[1] for row in rehearsed.rows] == ["yes", "no"]
    assert not (home / "progress").exists()
    roadmap("use", "genai")
    assert "would take back" in roadmap("undo", "--dry-run").err
    assert used(roadmap) == ["genai"]


def test_the_environment_decides_before_the_journal(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For one run; a name that there is not is an error."""
    roadmap("use", "genai")
    monkeypatch.setenv("ROADMAP_USE", "frontier")

    assert listed(roadmap) == {"frontier"}
    assert roadmap("where").err == "ROADMAP_USE leaves out `genai`\n"
    assert "ROADMAP_USE says what is used: frontier" in roadmap("use", "--all").err
    monkeypatch.setenv("ROADMAP_USE", "nope")
    wrong = roadmap("next")
    assert (wrong.code, wrong.err.splitlines()[0]) == (
        2,
        "error: ROADMAP_USE names no catalogue that comes with roadmap: nope",
    )


def test_history_tells_the_choice_in_words(roadmap: Run) -> None:
    """To programs with the ids."""
    roadmap("use", "genai")
    roadmap("use", "--all")

    told = json.loads(roadmap("history", "--json").out)["events"]
    assert [(event["what"], event["uses"]) for event in told] == [
        ("shipped catalogues in use: all", []),
        ("shipped catalogues in use: genai", ["genai"]),
    ]


def test_tab_offers_only_what_is_used(roadmap: Run, process: Run) -> None:
    """Whatever the other catalogue has is not offered."""

    def offered() -> str:
        return process("show", "deepseek-", env={VARIABLE: "zsh"}).out

    roadmap("next")
    assert "deepseek-r1" in offered()
    roadmap("use", "genai")
    assert offered() == ""
    roadmap("undo")
    assert "deepseek-r1" in offered()


def test_tab_offers_the_catalogues_to_choose_from(process: Run) -> None:
    """With their titles."""
    offered = process("use", "", env={VARIABLE: "zsh"}).out

    assert offered.splitlines() == [
        f"{shipped.id}:{shipped.title}" for shipped in places.SHIPPED
    ]


def test_an_import_cannot_take_the_id_of_one_that_is_not_used(
    roadmap: Run, tmp_path: Path
) -> None:
    """It would come back under it."""
    (tmp_path / "list.md").write_text("# List\n\n- [A](https://example.org/a)\n")
    roadmap("use", "genai")

    refused = roadmap("import", str(tmp_path / "list.md"), "--as", "frontier", "--yes")

    assert refused.code == 1
    assert "not yours to write" in refused.err
