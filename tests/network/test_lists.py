"""Lists that are imported from links: READMEs on GitHub, files of the web, and what is no list."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from roadmap_cli.program import importing
from services.server import PlayedServices, Reply

Run = Callable[..., Result]
RAW = "raw.githubusercontent.com"
README = b"""# Course
## Week 1
- [LoRA](https://arxiv.org/abs/2106.09685)
- [A paper of one's own](https://example.org/own)
"""
BIB = (
    b"@article{x, title={Typed}, author={Doe, Jane}, year=2020, doi={10.5555/typed}}\n"
)


def served(services: PlayedServices, host: str, **files: bytes) -> None:
    """Have a host serve files by their paths, as plain text; the rest is not found."""

    def play(asked: object) -> Reply:
        body = files.get(asked.path)  # type: ignore[attr-defined]
        if body is None:
            return Reply(404, b"404: Not Found", "text/plain; charset=utf-8")
        return Reply(200, body, "text/plain; charset=utf-8")

    services.plays[host] = play


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://github.com/ada/list", "/ada/list/HEAD/README.md"),
        ("https://www.github.com/ada/list.git/", "/ada/list/HEAD/README.md"),
        ("https://github.com/ada/list#readme", "/ada/list/HEAD/readme.md"),
        ("https://github.com/ada/list/tree/dev", "/ada/list/dev/README.md"),
        ("https://github.com/ada/list/tree/dev/nlp", "/ada/list/dev/nlp/README.md"),
        ("https://github.com/ada/list/blob/dev/nlp/a.md", "/ada/list/dev/nlp/a.md"),
    ],
)
def test_a_repository_on_github_is_its_readme(
    roadmap: Run, services: PlayedServices, link: str, path: str
) -> None:
    """In any of its spellings; imported again, nothing is new."""
    served(services, RAW, **{path: README})

    done = roadmap("import", link, "--as", "course", "--yes")
    assert (done.code, [row[0] for row in done.rows]) == (0, ["known", "new"])

    again = roadmap("import", link, "--as", "course", "--yes")
    assert (again.code, [row[0] for row in again.rows]) == (0, ["known", "known"])
    assert {asked.host for asked in services.log} == {RAW}


def test_a_file_behind_a_link_is_recognised_by_what_it_says(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """As files are; with `--dry-run` nothing is written."""
    served(services, "files.example.org", **{"/refs": BIB})
    link = "https://files.example.org/refs"

    tried = roadmap("import", link, "--dry-run", "--json")
    assert [row["title"] for row in json.loads(tried.out)["entries"]] == ["Typed"]
    assert not (home / "catalogues" / "mine.toml").exists()

    assert roadmap("import", link, "--yes").code == 0
    assert "10.5555/typed" in (home / "catalogues" / "mine.toml").read_text()


def test_a_page_is_no_list_even_with_bibtex_on_it(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """It is refused in words, and nothing is written."""
    page = Reply(200, b"<!DOCTYPE html><html><pre>\n" + BIB + b"</pre></html>")
    services.plays["files.example.org"] = lambda _: page

    done = roadmap("import", "https://files.example.org/page", "--yes")

    assert (done.code, done.out) == (3, "")
    assert "is a web page" in done.err
    assert "roadmap add https://files.example.org/page" in done.err
    assert not (home / "catalogues" / "mine.toml").exists()


def test_what_is_not_there_is_not_found(roadmap: Run, services: PlayedServices) -> None:
    """Neither a file nor a README."""
    served(services, RAW)

    done = roadmap("import", "https://github.com/ada/none", "--yes")

    assert done.code == 1
    assert "there is no list at https://github.com/ada/none" in done.err


def test_somebodys_progress_is_not_taken_from_a_link(
    roadmap: Run, services: PlayedServices
) -> None:
    """Marks of others would mix with the reader's own."""
    served(services, "files.example.org", **{"/j": b'format = "roadmap-journal"\n'})

    done = roadmap("import", "https://files.example.org/j", "--yes")

    assert done.code == 3
    assert "somebody's progress" in done.err


def test_where_nobody_answers_nothing_is_imported(roadmap: Run, home: Path) -> None:
    """Exit 5, with what was not done and what to do instead."""
    done = roadmap("import", "https://github.com/ada/list", "--yes")

    assert done.code == 5
    assert "nothing was imported" in done.err
    assert "save the file and import that" in done.err
    assert not (home / "catalogues").exists()


def test_a_link_into_the_own_network_is_not_followed(
    roadmap: Run, services: PlayedServices
) -> None:
    """Neither one that is given, nor one that a host redirects to."""
    inside = "http://127.0.0.1/list.bib"
    away = Reply(302, headers={"Location": "https://192.168.1.1/list.bib"})
    services.plays["files.example.org"] = lambda _: away

    for link in (inside, "https://files.example.org/list.bib"):
        done = roadmap("import", link, "--yes")
        assert done.code == 5
        assert "own network" in done.err
    assert [asked.host for asked in services.log] == ["files.example.org"]


def test_what_a_list_lacks_is_asked_for_with_it(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """The README of the played repository, and one request for all of its papers."""
    link = "https://github.com/ada/list"

    assert roadmap("import", link, "--as", "course", "--enrich", "--yes").code == 0

    text = (home / "catalogues" / "course.toml").read_text()
    assert text.startswith('format = "roadmap-catalogue"')
    assert 'title = "A list of papers"' in text
    assert text.count('authors = ["Teacher') == 2
    assert [asked.host for asked in services.log] == [RAW, "export.arxiv.org"]


def test_a_list_may_have_moved_but_not_grown_beyond_bounds(
    roadmap: Run, services: PlayedServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect is followed; what is larger than a list may be is refused with status 5."""
    served(services, "new.example.org", **{"/refs": BIB})
    moved = Reply(302, headers={"Location": "https://new.example.org/refs"})
    services.plays["old.example.org"] = lambda _: moved
    assert roadmap("import", "https://old.example.org/refs", "--yes").code == 0

    monkeypatch.setattr(importing, "MAX_BYTES", 20)
    done = roadmap("import", "https://new.example.org/refs", "--yes")
    assert (done.code, "more than" in done.err) == (5, True), done.err
