"""`add --refresh`: what services say now of papers that are there already."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from schemas import complaints
from services import arxiv
from services.papers import Work
from services.server import PlayedServices, Reply

Run = Callable[..., Result]
PREPRINT = Work("Residual", ("Kaiming He",), "2015-12-10", "1512.03385")
PUBLISHED = PREPRINT._replace(doi="10.1109/CVPR.2016.90")
VENUE = "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"


def feed(work: Work) -> Reply:
    """What arXiv answers of one work."""
    return arxiv.feed([arxiv.entry(work)], 1)


def papers(home: Path) -> dict[str, dict[str, Any]]:
    """The papers of the reader's own list, as its file has them."""
    text = (home / "catalogues" / "mine.toml").read_text()
    return dict(tomllib.loads(text)["paper"])


def edited(home: Path, old: str, new: str) -> None:
    """The file of the reader's own list, changed by hand."""
    path = home / "catalogues" / "mine.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def preprint(roadmap: Run, services: PlayedServices) -> str:
    """The key of a preprint that was added, and is published since."""
    services.queue("export.arxiv.org", feed(PREPRINT))
    done = roadmap("add", "1512.03385")
    services.queue("export.arxiv.org", feed(PUBLISHED))
    services.log.clear()
    return done.rows[0][1]


def test_a_preprint_that_was_published_gets_its_venue(
    roadmap: Run, services: PlayedServices, home: Path, preprint: str
) -> None:
    """Asked anew though it is kept; year, venue and DOI are written, and `undo` takes it back."""
    before = papers(home)[preprint]
    done = roadmap("add", "--refresh", preprint, "--yes", "--json")

    assert done.code == 0, done.err
    rows = json.loads(done.out)["changes"]
    assert {(row["field"], row["was"], row["now"], row["source"]) for row in rows} == {
        ("year", "2015", "2016", "Crossref"),
        ("venue", "", VENUE, "Crossref"),
        ("doi", "", "10.1109/cvpr.2016.90", "Crossref"),
    }
    assert {row["action"] for row in rows} == {"changed"}
    assert len(services.asked("export.arxiv.org")) == 1
    new = {"year": 2016, "venue": VENUE, "doi": "10.1109/cvpr.2016.90"}
    assert papers(home)[preprint] == {**before, **new}
    assert roadmap("undo").code == 0
    assert papers(home)[preprint] == before


def test_nothing_is_written_unless_the_reader_agrees(
    roadmap: Run, home: Path, preprint: str
) -> None:
    """Without `--yes` nothing is; having been asked once changes nothing of what is replaced."""
    before = papers(home)
    assert roadmap("add", "--refresh", preprint).code == 2
    assert roadmap("add", "--refresh", preprint, "--dry-run").code == 0
    assert papers(home) == before

    assert roadmap("add", "--refresh", preprint, "--yes").code == 0
    assert papers(home)[preprint]["year"] == 2016


@pytest.mark.parametrize("field", ["title", "year", "authors"])
def test_what_was_changed_by_hand_is_shown_and_stays(
    roadmap: Run, home: Path, preprint: str, field: str
) -> None:
    """The other fields are replaced."""
    mine = {"title": '"Ours"', "year": "1999", "authors": '["Me"]'}[field]
    was = {"title": '"Residual"', "year": "2015", "authors": '["Kaiming He"]'}[field]
    edited(home, f"{field} = {was}", f"{field} = {mine}")
    done = roadmap("add", "--refresh", preprint, "--yes", "--json")

    rows = {row["field"]: row for row in json.loads(done.out)["changes"]}
    assert (rows[field]["action"], "it is yours" in rows[field]["why"]) == (
        "kept",
        True,
    )
    assert papers(home)[preprint][field] == tomllib.loads(f"x = {mine}")["x"]
    assert papers(home)[preprint]["venue"] == VENUE


def test_a_stub_gets_what_it_lacks(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """As `doctor` says; a second time nothing changes, and nobody need agree."""
    key = roadmap("add", "2303.00001", "--offline").rows[0][1]
    assert "roadmap add --refresh NAME" in roadmap("doctor").out
    assert roadmap("add", "--refresh", key, "--yes").code == 0

    assert papers(home)[key] == {
        "title": "Lecture 1: what is read", "arxiv": "2303.00001",
        "authors": ["Teacher 1"], "year": 2023,
    }  # fmt: skip
    assert [row[0] for row in roadmap("add", "--refresh", key).rows] == ["same"]
    assert len(services.log) == 2


def test_only_own_lists_are_written(roadmap: Run, services: PlayedServices) -> None:
    """Of a paper that ships it is shown what services say."""
    services.queue("export.arxiv.org", feed(PREPRINT._replace(arxiv="2106.09685")))
    done = roadmap("add", "--refresh", "lora")

    assert (done.code, {row[0] for row in done.rows}) == (0, {"kept"})
    assert "genai is not yours to write" in done.out


def test_what_cannot_be_asked_for_is_told(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """The others are refreshed, and the status is 5; of one alone nothing is written."""
    other = roadmap("add", "10.5555/tags", "--offline").rows[0][1]
    services.queue("api.crossref.org", Reply(403))
    stub = roadmap("add", "2303.00001", "--offline").rows[0][1]
    before = papers(home)
    done = roadmap("add", "--refresh", other, "--yes")
    assert (done.code, done.out, papers(home)) == (5, "", before)

    services.queue("api.crossref.org", Reply(403))
    done = roadmap("add", "--refresh", stub, other, "--yes")
    assert done.code == 5
    assert {row[0] for row in done.rows} == {"changed", "left"}
    assert papers(home)[stub]["year"] == 2023


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("lora", "--title", "X"), 2),
        (("lora", "--to", "mine/inbox"), 2),
        (("nothing-here",), 1),
    ],
)
def test_what_cannot_be_refreshed_is_told(
    roadmap: Run, services: PlayedServices, words: tuple[str, ...], code: int
) -> None:
    """Before anything is asked."""
    assert roadmap("add", "--refresh", *words).code == code
    assert services.log == []


def test_each_value_says_which_service_gave_it(
    roadmap: Run,
    services: PlayedServices,
    home: Path,
    schema: Callable[[str], Any],
) -> None:
    """And when; one that was changed by hand, or that nobody gave, is the list's own."""
    key = roadmap("add", "1512.03385").rows[0][1]
    edited(home, "year = 2016", "year = 1999")
    services.log.clear()
    done = roadmap("show", "--sources", key, "--json")

    values = {row["field"]: row for row in json.loads(done.out)["values"]}
    assert {field: row["sources"] for field, row in values.items()} == {
        "title": ["arXiv", "Crossref"], "kind": ["arXiv", "Crossref"],
        "authors": ["arXiv"], "year": [], "venue": ["Crossref"],
        "arxiv": ["arXiv"], "doi": ["arXiv", "Crossref"],
    }  # fmt: skip
    assert (values["year"]["at"], values["venue"]["at"][:2]) == (None, "20")
    assert not complaints(schema("show"), json.loads(done.out))
    assert services.log == []
    assert roadmap("show", "--sources", "lora").code == 0


def test_what_refresh_prints_is_as_its_schema_says(
    roadmap: Run, preprint: str, schema: Callable[[str], Any]
) -> None:
    """Row by row."""
    done = roadmap("add", "--refresh", preprint, "--dry-run", "--json")
    assert not complaints(schema("add"), json.loads(done.out))
