"""What neither arXiv nor Crossref knows: who is asked then, in which order, and what of it is taken."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from services.server import PlayedServices, Reply

Run = Callable[..., Result]
CROSSREF, DATA_CITE, OPEN_ALEX = (
    "api.crossref.org",
    "api.datacite.org",
    "api.openalex.org",
)
PAGE = "https://pages.example.org"


def added(home: Path) -> dict[str, Any]:
    """The only paper of the reader's own list, as its file has it."""
    text = (home / "catalogues" / "mine.toml").read_text()
    (paper,) = tomllib.loads(text)["paper"].values()
    return dict(paper)


def hosts(services: PlayedServices) -> list[str]:
    """Who was asked, in order."""
    return [asked.host for asked in services.log]


CASES: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    "a data set": (
        "10.5281/zenodo.1",
        [CROSSREF, DATA_CITE],
        {
            "title": "A data set of things", "kind": "dataset", "year": 2021, "venue": "Zenodo",
            "authors": ["Jane Doe", "The Lab, Inc.", "Rick Roe"],
            "url": "https://zenodo.org/record/1", "doi": "10.5281/zenodo.1",
        },
    ),
    "only in OpenAlex": (
        "10.5555/only-there",
        [CROSSREF, DATA_CITE, OPEN_ALEX],
        {
            "title": "Only there", "kind": "paper", "year": 1998, "venue": "A Journal",
            "authors": ["Ann Other"], "doi": "10.5555/only-there",
        },
    ),
    "the Anthology": (
        "https://aclanthology.org/N19-9999.pdf",
        ["aclanthology.org"],
        {
            "title": "THING: A Thing for NLP", "kind": "paper", "year": 2019,
            "authors": ["Jane Doe", "Max Müller"], "venue": "Proceedings of Things",
            "doi": "10.18653/v1/n19-9999", "url": "https://aclanthology.org/N19-9999.pdf",
        },
    ),
    "a page with tags": (
        f"{PAGE}/tags",
        ["pages.example.org"],
        {
            "title": "A paper & its tags", "kind": "paper", "year": 2020, "venue": "A Conference",
            "authors": ["Jane Doe", "Max Muster"], "doi": "10.5555/of-a-page", "url": f"{PAGE}/tags",
        },
    ),
    "a page without": (
        f"{PAGE}/title",
        ["pages.example.org"],
        {"title": "A plain page — of somebody", "url": f"{PAGE}/title"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_next_is_asked_where_one_knows_nothing(
    roadmap: Run, services: PlayedServices, home: Path, name: str
) -> None:
    """And nobody after the first who does."""
    what, asked, fields = CASES[name]

    done = roadmap("add", what)

    assert done.code == 0, done.err
    assert added(home) == fields
    assert hosts(services) == asked


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("10.5281/untitled", 3),
        ("10.5555/untitled", 3),
        ("10.5555/nowhere", 3),
        ("https://aclanthology.org/N99-1", 2),
        (f"{PAGE}/untitled", 1),
        (f"{PAGE}/gone", 1),
    ],
)
def test_what_nobody_knows_is_told(
    roadmap: Run, services: PlayedServices, home: Path, what: str, count: int
) -> None:
    """A record without a title says nothing, and a page without one neither."""
    done = roadmap("add", what)

    assert done.code == 1
    assert "no service that was asked knows" in done.err
    assert not (home / "catalogues").exists()
    assert len(services.log) == count


NO_ANSWERS = {
    "a page": Reply(200, b"<!DOCTYPE html><title>Hello</title>"),
    "text": Reply(200, b"hello", "text/plain"),
    "a list": Reply(200, b"[]", "application/json"),
    "half of it": Reply(200, b'{"data": {"attributes": {"title', "application/json"),
    "null": Reply(200, b"null", "application/json"),
    "nesting": Reply(200, b"[" * 100_000, "application/json"),
}


@pytest.mark.parametrize("name", NO_ANSWERS)
@pytest.mark.parametrize(
    ("what", "host"),
    [
        ("10.5555/tags", CROSSREF),
        ("10.5281/zenodo.1", DATA_CITE),
        ("https://aclanthology.org/N19-9999", "aclanthology.org"),
    ],
)
def test_what_is_no_answer_is_named_and_changes_nothing(
    roadmap: Run, services: PlayedServices, what: str, host: str, name: str
) -> None:
    """Exit status 5, nothing new listed; the next run has the paper."""
    services.queue(host, NO_ANSWERS[name])

    done = roadmap("add", what)

    assert (done.code, done.out) == (5, ""), done.err
    assert f"error: {host} answered with " in done.err
    assert roadmap("list", "mine").out == ""
    assert roadmap("add", what).code == 0


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "image/png"])
def test_what_is_no_page_is_not_read_as_one(
    roadmap: Run, services: PlayedServices, media_type: str
) -> None:
    """A PDF has no title that could be told."""
    services.queue(
        "pages.example.org", Reply(200, b"%PDF-1.5 <title>x</title>", media_type)
    )

    done = roadmap("add", f"{PAGE}/tags")

    assert (
        done.code,
        f"answered with {media_type}, and not with a page" in done.err,
    ) == (5, True)


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8080/", "http://169.254.169.254/x", "https://router.local/"],
)
def test_a_link_into_the_own_network_is_not_followed(
    roadmap: Run, services: PlayedServices, url: str
) -> None:
    """Whoever wrote it."""
    done = roadmap("add", url)

    assert (done.code, "its own network" in done.err) == (5, True)
    assert services.log == []
