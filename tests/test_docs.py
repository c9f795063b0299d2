"""What the documents say comes true."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

CHECKOUT = Path(__file__).parents[1]
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]


def calls(document: Path) -> list[str]:
    """The commands of a document's console examples, in order."""
    blocks = re.findall(r"```console\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
    lines = (line for block in blocks for line in block.splitlines())
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ roadmap")]


def test_the_readmes_commands_do_what_they_promise(
    roadmap: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in their order by a new reader, every one of them succeeds."""
    monkeypatch.chdir(tmp_path)  # some of them write files
    done = {
        call: roadmap(*shlex.split(call.split("|")[0])[1:])
        for call in calls(DOCUMENTS[0])
    }

    assert len(done) >= 20
    assert {call: one.err for call, one in done.items() if one.code != 0} == {}
    assert [call for call, one in done.items() if not one.out + one.err] == []


def test_the_readme_names_every_command(roadmap: Callable[..., Result]) -> None:
    """None is left for the reader to stumble upon."""
    text = DOCUMENTS[0].read_text("utf-8")
    listed = roadmap("--help").out.partition("Commands:")[2]
    names = re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE)

    assert len(names) >= 11
    assert [
        name
        for name in names
        if f"`{name}`" not in text and f"roadmap {name}" not in text
    ] == []


def test_the_catalogue_pages_example_is_a_catalogue(
    roadmap: Callable[..., Result], tmp_path: Path
) -> None:
    """The smallest complete file of the documentation can be used as it stands."""
    page = (CHECKOUT / "docs" / "catalogue.md").read_text("utf-8")
    example = tmp_path / "example.toml"
    example.write_text(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0], "utf-8")

    assert [row[0] for row in roadmap("--catalogue", str(example), "next").rows] == [
        "bahdanau"
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that is there."""
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    local = [one for one in links if "://" not in one]

    assert [one for one in local if not (document.parent / one).exists()] == []
