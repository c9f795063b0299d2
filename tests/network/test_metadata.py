"""What `add` learns from services, of whom it asks it, and what it takes for no answer."""

import json
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Clock, Result
from services import arxiv
from services.papers import ON_ARXIV
from services.server import PlayedServices, Reply

Run = Callable[..., Result]


def added(home: Path) -> dict[str, Any]:
    """The only paper of the reader's own list, as its file has it."""
    (paper,) = tomllib.loads((home / "catalogues" / "mine.toml").read_text())[
        "paper"
    ].values()
    return dict(paper)


def test_an_id_becomes_a_paper(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """With title, authors and year, by one request."""
    done = roadmap("add", "arXiv:2303.00001v3")

    assert (done.code, done.rows[0][0]) == (0, "new")
    assert added(home) == {
        "title": "Lecture 1: what is read", "kind": "paper", "authors": ["Teacher 1"],
        "year": 2023, "arxiv": "2303.00001",
    }  # fmt: skip
    assert [asked.line for asked in services.log] == ["export.arxiv.org/api/query"]
    assert services.log[0].query["id_list"] == "2303.00001"


def test_what_is_loaded_is_asked_of_nobody(
    roadmap: Run, services: PlayedServices
) -> None:
    """Nor what is typed with its title, nor anything with `--offline`."""
    assert roadmap("add", "1706.03762").out.startswith("known")
    assert roadmap("add", "2303.00002", "--title", "Mine").code == 0
    assert roadmap("add", "2303.00003", "--offline").code == 0
    assert roadmap("add", "@article{x, title={Typed}, doi={10.5555/tags}}").code == 0

    assert services.log == []


def test_many_ids_are_one_request(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """Whatever the order of the answer, each gets what is its own."""
    ids = [f"2303.{number:05}" for number in range(1, 26)]
    assert roadmap("add", *ids, "--yes").code == 0

    papers = tomllib.loads((home / "catalogues" / "mine.toml").read_text())["paper"]
    titles = {paper["arxiv"]: paper["title"] for paper in papers.values()}
    assert titles == {
        number: f"Lecture {int(number[5:])}: what is read" for number in ids
    }
    assert len(services.log) == 1


def test_more_than_a_hundred_ids_are_asked_for_in_turns(
    roadmap: Run, services: PlayedServices, clock: Clock
) -> None:
    """A hundred each, three seconds apart; that none is there is told of the first."""
    begun = clock()
    done = roadmap("add", *(f"2304.{number:05}" for number in range(1, 203)), "--yes")

    assert (done.code, "2304.00001" in done.err) == (1, True)
    assert [len(asked.query["id_list"].split(",")) for asked in services.log] == [
        100,
        100,
        2,
    ]
    assert (clock() - begun).total_seconds() == pytest.approx(6, abs=0.1)


def test_what_was_asked_once_is_kept_for_a_month(
    roadmap: Run, services: PlayedServices, clock: Clock
) -> None:
    """And that there is none for a day."""
    for days, count in ((0.0, 1), (29.0, 1), (2.0, 2)):
        clock.pass_days(days)
        assert roadmap("add", "2303.00001").code == 0
        roadmap("undo")
        assert len(services.log) == count
    services.log.clear()
    for days, count in ((0.0, 1), (0.9, 1), (0.2, 2)):
        clock.pass_days(days)
        assert roadmap("add", "2399.00001").code == 1
        assert len(services.log) == count


def test_a_service_that_does_not_know_it_is_told(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """An empty feed is no paper; nothing is written, and there are two ways out."""
    done = roadmap("add", "2303.00001", "2399.00001")

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "error: no service that was asked knows arXiv:2399.00001\n"
        'hint: say what it is with --title "…", or add it as it is with --offline\n'
    )
    assert not (home / "catalogues").exists()
    assert len(services.log) == 1


def test_an_id_that_arxiv_finds_malformed_spoils_no_other(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """It answers with an error alone, which is no paper called Error."""
    done = roadmap("add", "2303.00001", "9999.00001", "2303.00002")
    assert (done.code, "knows arXiv:9999.00001" in done.err) == (1, True)
    assert [asked.query["id_list"] for asked in services.log] == [
        "2303.00001,9999.00001,2303.00002",
        "2303.00001,2303.00002",
    ]
    assert not (home / "catalogues").exists()

    assert roadmap("add", "2303.00001", "2303.00002").code == 0
    assert len(services.log) == 2


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        ("2401.00001", {"title": "Schrödinger costs O(n^2) for p<0.05 & more", "authors": ["Erwin Schrödinger", "ATLAS Collaboration"], "year": 2024}),
        ("math.GT/0309136v2", None),
        ("astro-ph/0601001", {"authors": ["A. Gould", "S. Dorsher"], "year": 2006, "arxiv": "astro-ph/0601001"}),
        ("2402.00005", {"title": "Just a moment"}),
    ],
    ids=["LaTeX", "a subject class", "affiliations", "a title like a check"],
)  # fmt: skip
def test_what_arxiv_says_is_read_right(
    roadmap: Run,
    services: PlayedServices,
    home: Path,
    number: str,
    fields: dict[str, Any] | None,
) -> None:
    """LaTeX is decoded, affiliations are nobody, the subject class is not asked for."""
    done = roadmap("add", number)

    if fields is None:
        assert services.log[0].query["id_list"] == "math/0309136"
    else:
        assert done.code == 0, done.err
        assert added(home).items() >= fields.items()


@pytest.mark.parametrize(
    ("number", "is_told"),
    [("2402.00002", True), ("2402.00003", True), ("2402.00004", False)],
)
@pytest.mark.usefixtures("services")
def test_what_was_withdrawn_is_told(roadmap: Run, number: str, is_told: bool) -> None:
    """By its comment or its summary, and not by a word of its title."""
    done = roadmap("add", number)

    assert done.code == 0
    assert ("arXiv says that it was withdrawn" in done.out) is is_told


def test_the_publisher_says_where_and_when_and_arxiv_who(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """ArXiv's record names the DOI, which Crossref is then asked for."""
    assert roadmap("add", "1512.03385").code == 0

    assert added(home) == {
        "title": "Deep Residual Learning for Image Recognition",
        "kind": "paper",
        "authors": ["Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"],
        "year": 2016,
        "venue": "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)",
        "arxiv": "1512.03385",
        "doi": "10.1109/cvpr.2016.90",
    }
    assert [asked.host for asked in services.log] == [
        "export.arxiv.org",
        "api.crossref.org",
    ]


@pytest.mark.parametrize(
    ("doi", "fields"),
    [
        ("10.5555/TAGS", {"title": "On E. coli & x2", "authors": ["Plato", "The Group of Seven", "Jo Doe Jr."], "year": 2019, "venue": "Journal of Things"}),
        ("10.5555/preprinted", {"arxiv": "2110.00001", "year": 2022}),
        ("10.1000/with,comma", {"title": "A comma in its number"}),
    ],
    ids=["tags", "preprint", "comma"],
)  # fmt: skip
@pytest.mark.usefixtures("services")
def test_what_crossref_says_is_read_right(
    roadmap: Run, home: Path, doi: str, fields: dict[str, Any]
) -> None:
    """No tag in a title, no year of being taken up, no person lost."""
    done = roadmap("add", doi)

    assert done.code == 0, done.err
    assert added(home).items() >= fields.items()


@pytest.mark.usefixtures("services")
def test_no_year_is_made_up(roadmap: Run, home: Path) -> None:
    """Where Crossref has none but that of its own record."""
    assert roadmap("add", "10.5555/undated").code == 0
    assert added(home) == {
        "title": "Undated",
        "kind": "book",
        "venue": "A Publisher",
        "doi": "10.5555/undated",
    }


def test_a_doi_of_arxiv_is_an_arxiv_id(roadmap: Run, services: PlayedServices) -> None:
    """Crossref does not have them."""
    assert roadmap("add", "https://doi.org/10.48550/arXiv.2303.00001").code == 0
    assert {asked.host for asked in services.log} == {"export.arxiv.org"}


def test_many_dois_are_one_request(roadmap: Run, services: PlayedServices) -> None:
    """But one with a comma, which parts the values of a filter."""
    done = roadmap(
        "add",
        "10.5555/tags",
        "10.5555/undated",
        "10.1000/with,comma",
        "10.5555/preprinted",
    )

    assert done.code == 0
    lines = [asked.line for asked in services.asked("api.crossref.org")]
    assert lines == [
        "api.crossref.org/works",
        "api.crossref.org/works/10.1000%2Fwith%2Ccomma",
    ]


FEED = arxiv.feed(map(arxiv.entry, ON_ARXIV[:1]), 1)
NO_ANSWERS = {
    "a web page": (Reply(200, b"<!DOCTYPE html><title>arXiv</title>"), "a web page instead of a feed"),
    "half a feed": (Reply(200, FEED.body[:-60], FEED.media_type), "half of one"),
    "nothing": (Reply(200, b"", FEED.media_type), "half of one"),
    "a feed without entries": (arxiv.feed([], 1), "without what it says that it holds"),
    "entities": (Reply(200, b'<!DOCTYPE x [<!ENTITY a "b">]><feed/>', FEED.media_type), "XML that is no feed"),
    "JSON": (Reply(200, b"{}", "application/json"), "no feed"),
    "latin-1": (Reply(200, FEED.body.replace(b"Attention", b"Attenti\xf3n"), FEED.media_type), "no UTF-8"),
    "another error": (Reply(500), "500 Internal"),
    "a refusal": (Reply(403), "refuses to answer"),
    "a check": (Reply(200, b"<html><title>Just a moment...</title>"), "check for robots"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_what_is_no_answer_is_named_and_changes_nothing(
    roadmap: Run, services: PlayedServices, home: Path, name: str
) -> None:
    """Exit status 5; the next run asks again and has the paper."""
    reply, problem = NO_ANSWERS[name]
    services.queue("export.arxiv.org", reply)

    done = roadmap("add", "2303.00001")

    assert (done.code, done.out) == (5, ""), done.err
    assert problem in done.err
    assert "1 paper could not be asked for, nothing was written\nhint: " in done.err
    assert not (home / "catalogues").exists()
    assert roadmap("add", "2303.00001").code == 0


def test_a_service_that_fails_leaves_out_what_it_may_know(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """The others are added; the same call again asks only for the rest."""
    services.queue("api.crossref.org", Reply(403))
    done = roadmap("add", "2303.00001", "10.5555/tags")

    assert (done.code, added(home)["title"]) == (5, "Lecture 1: what is read")
    assert [row[0] for row in done.rows] == ["new", "refused"]
    assert (
        "1 paper could not be asked for and was left out, and 1 record that came are kept"
        in done.err
    )
    assert roadmap("add", "2303.00001", "10.5555/tags").code == 0
    assert [asked.host for asked in services.log] == [
        "export.arxiv.org",
        *["api.crossref.org"] * 2,
    ]
    assert "10.5555/tags" in (home / "catalogues" / "mine.toml").read_text()


def test_what_is_half_known_is_left_out_whole(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """A paper with a DOI gets its venue with it, or waits: the next call would not ask."""
    services.queue("api.crossref.org", Reply(403))
    done = roadmap("add", "2303.00001", "1512.03385")

    assert (done.code, added(home)["arxiv"]) == (5, "2303.00001")
    assert roadmap("add", "1512.03385").code == 0
    assert "CVPR" in (home / "catalogues" / "mine.toml").read_text()
    assert len(services.asked("export.arxiv.org")) == 1


@pytest.mark.parametrize(
    ("host", "bad", "good"),
    [
        ("pages.example.org", "https://pages.example.org/a", "https://pages.example.org/title"),
        ("api.datacite.org", "10.5281/odd", "10.5281/zenodo.1"),
    ],
)  # fmt: skip
def test_one_page_that_fails_stops_no_other_of_its_host(
    roadmap: Run, services: PlayedServices, host: str, bad: str, good: str
) -> None:
    """Nor one that answers with a failure each time: the others do not wait for it."""
    services.queue(host, Reply(500))
    done = roadmap("add", bad, good)

    assert [row[0] for row in done.rows] == ["refused", "new"]
    assert (done.code, len(services.asked(host))) == (5, 2)


def test_a_host_that_refuses_is_left_alone(
    roadmap: Run, services: PlayedServices
) -> None:
    """It is asked once for the pages of one call, and those of others are added."""
    services.queue("pages.example.org", Reply(403))
    pages = [f"https://pages.example.org/{name}" for name in ("a", "title", "tags")]
    done = roadmap("add", *pages, "2303.00001")

    assert [row[0] for row in done.rows] == ["refused"] * 3 + ["new"]
    assert (done.code, len(services.asked("pages.example.org"))) == (5, 1)


def test_an_enriched_import_takes_what_could_be_asked(
    roadmap: Run, services: PlayedServices, home: Path, tmp_path: Path
) -> None:
    """The rest is named with its line and kept by `--rejected`, to be imported later."""
    file, rest = tmp_path / "list.txt", tmp_path / "rest.txt"
    file.write_text("2303.00001\n10.5555/tags\n")
    services.queue("api.crossref.org", Reply(403))
    take = ("import", str(file), "--as", "course", "--enrich", "--yes")
    done = roadmap(*take, "--rejected", str(rest))

    assert (done.code, "could not be asked for and was left out" in done.err) == (
        5,
        True,
    )
    assert f"{file}:2: services could not be asked for it" in done.err
    assert "10.5555/tags" in rest.read_text()
    assert roadmap(*take).code == 0
    text = (home / "catalogues" / "course.toml").read_text()
    assert ("2303.00001" in text, "10.5555/tags" in text) == (True, True)
    assert len(services.asked("export.arxiv.org")) == 1


def test_without_a_network_there_is_the_stub(roadmap: Run, home: Path) -> None:
    """Told in one line, with the way out."""
    done = roadmap("add", "2303.00001")

    assert (done.code, done.out) == (5, "")
    assert done.err == (
        "error: export.arxiv.org cannot be reached: Connection refused; "
        "1 paper could not be asked for, nothing was written\n"
        "hint: try again later, or add what is known with --offline\n"
    )
    assert not (home / "catalogues").exists()
    assert roadmap("add", "2303.00001", "--offline").code == 0


def test_a_record_is_kept_as_it_was_given(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """And a damaged file of records is made anew."""
    roadmap("add", "1512.03385")
    roadmap("undo")
    (file,) = (home / "cache").glob("records*.sqlite")
    roadmap("add", "1512.03385")
    assert len(services.log) == 2
    roadmap("undo")

    file.write_bytes(b"no database" * 1000)
    assert roadmap("add", "1512.03385").code == 0
    assert len(services.log) == 4
    assert added(home)["doi"] == "10.1109/cvpr.2016.90"


def test_errors_are_json_too(roadmap: Run) -> None:
    """With their status."""
    done = roadmap("add", "2303.00001", "--json")

    assert json.loads(done.out)["error"]["status"] == 5


@pytest.mark.parametrize(
    "text",
    [
        "ada",
        "ada@localhost",
        "a b@example.org",
        "ada@example.org\nX: y",
        "ä@example.org",
    ],
)
def test_an_odd_mail_address_is_refused(
    roadmap: Run, services: PlayedServices, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Before anything is asked."""
    monkeypatch.setenv("ROADMAP_MAILTO", text)

    assert roadmap("add", "2303.00001").code == 2
    assert services.log == []


IDS = tuple(f"2303.{number:05}" for number in range(1, 26))


@pytest.fixture
def syllabus(tmp_path: Path) -> Path:
    """A list of 25 ids."""
    file = tmp_path / "syllabus.txt"
    file.write_text("\n".join(IDS))
    return file


def test_a_list_of_ids_becomes_a_course(
    roadmap: Run, services: PlayedServices, syllabus: Path, home: Path
) -> None:
    """With titles, authors and years; a second time nobody is asked, and nothing is written."""
    alone = roadmap("import", str(syllabus), "--as", "course", "--dry-run")
    assert "25 entries have no title: --enrich asks services for it" in alone.err
    assert services.log == []

    take = ("import", str(syllabus), "--as", "course", "--enrich", "--yes")
    assert roadmap(*take).code == 0
    contents = (home / "catalogues" / "course.toml").read_bytes()
    assert roadmap(*take).code == 0

    papers = tomllib.loads(contents.decode())["paper"]
    assert [paper["title"] for paper in papers.values()] == [
        f"Lecture {number}: what is read" for number in range(1, 26)
    ]
    assert all(paper["authors"] and paper["year"] == 2023 for paper in papers.values())
    assert (home / "catalogues" / "course.toml").read_bytes() == contents
    assert len(services.log) == 1


def test_an_import_asks_nobody_unless_it_is_told_to(
    roadmap: Run, services: PlayedServices, tmp_path: Path
) -> None:
    """And with `--enrich` only for what lacks something and is not loaded."""
    file = tmp_path / "list.bib"
    file.write_text(
        "@misc{a, title={Whole}, author={Doe, Jo}, year={2020}, doi={10.5555/tags}}\n"
        "@misc{b, title={Attention}, doi={10.48550/arXiv.1706.03762}}\n"
        "@misc{c, title={A link}, url={https://pages.example.org/tags}}\n"
        "@misc{d, title={Ours}, eprint={2303.00001}, archiveprefix={arXiv}}\n"
    )
    assert roadmap("import", str(file), "--as", "one", "--yes").code == 0
    roadmap("undo")
    assert services.log == []

    assert roadmap("import", str(file), "--as", "one", "--yes", "--enrich").code == 0
    assert [asked.query["id_list"] for asked in services.log] == ["2303.00001"]
    (paper,) = json.loads(roadmap("show", "2303.00001", "--json").out)["papers"]
    assert (paper["title"], paper["authors"], paper["year"]) == (
        "Ours",
        ["Teacher 1"],
        2023,
    )


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_enriched_import_goes_on_where_it_was_ended(
    services: PlayedServices,
    tmp_path: Path,
    home: Path,
    end: signal.Signals,
    process: Run,
) -> None:
    """At once, with nothing half-written; what came is not asked for again."""
    file = tmp_path / "list.txt"
    file.write_text("2303.00001\n10.5555/tags\n")
    is_asked, may_end = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes]:
        is_asked.set()
        may_end.wait(60)
        yield b"{"

    services.queue("api.crossref.org", Reply(pieces=pieces()))
    take = ("import", str(file), "--as", "course", "--enrich", "--yes")
    running = subprocess.Popen([sys.executable, "-m", "roadmap_cli", *take])
    assert is_asked.wait(60)
    running.send_signal(end)
    code = running.wait(60)
    may_end.set()

    assert code == (130 if end is signal.SIGINT else -signal.SIGKILL)
    assert not (home / "catalogues").exists()
    assert process(*take).code == 0
    hosts = [asked.host for asked in services.log]
    assert hosts == ["export.arxiv.org", "api.crossref.org", "api.crossref.org"]
