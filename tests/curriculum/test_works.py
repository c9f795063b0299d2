"""Which papers of several catalogues are one work: never two of the same catalogue."""

import random
import sqlite3
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HEAD, a_catalogue, a_paper
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Catalogue, Paper
from roadmap_cli.store.library.laying import fill
from roadmap_cli.store.library.stored import StoredLibrary

Run = Callable[..., Result]
NUMBERS = st.integers(0, 4)


@st.composite
def shelves_of_catalogues(draw: st.DrawFn) -> tuple[Catalogue, ...]:
    """Up to four catalogues of a few papers each, which share numbers and links with others."""
    found = []
    for catalogue in draw(st.permutations(["one", "two", "three", "four"])):
        taken: set[str] = set()
        papers: list[Paper] = []
        for key in "abcd"[: draw(st.integers(0, 4))]:
            paper = a_paper(
                key,
                catalogue=catalogue,
                arxiv=draw(NUMBERS.map(lambda one: f"2106.0000{one}") | st.just("")),
                doi=draw(NUMBERS.map(lambda one: f"10.1000/{one}") | st.just("")),
                url=draw(NUMBERS.map(lambda one: f"https://example.org/{one}")),
            )
            if taken.isdisjoint(paper.identities):  # `schema` refuses twins
                papers.append(paper)
                taken |= paper.identities
        found.append(a_catalogue(papers, id=catalogue))
    return tuple(found)


def parts(library: Library) -> set[frozenset[str]]:
    """The works of a library, as sets of full names."""
    return {
        frozenset(one.name for one in papers) for papers in library.entries.values()
    }


@given(shelves_of_catalogues())
def test_no_two_papers_of_one_catalogue_are_one_work(
    catalogues: tuple[Catalogue, ...],
) -> None:
    """Whatever entries of other catalogues share with both."""
    for papers in Library(catalogues).entries.values():
        assert len({one.catalogue for one in papers}) == len(papers)


@given(shelves_of_catalogues())
def test_what_shares_an_identity_is_one_work_unless_that_joins_two_of_a_catalogue(
    catalogues: tuple[Catalogue, ...],
) -> None:
    """And then it is told, by the names of papers that would have been joined."""
    library = Library(catalogues)
    entries, work = library.entries, library.work
    refused = False
    for one, another in combinations(library.papers.values(), 2):
        if one.identities & another.identities and work[one.name] != work[another.name]:
            refused = True
            both = [*entries[work[one.name]], *entries[work[another.name]]]
            assert len({paper.catalogue for paper in both}) < len(both)
    assert bool(library.bridges) == refused
    for bridge in library.bridges:
        assert work[bridge.entry] == work[bridge.kept] != work[bridge.other]
        assert bridge.kept.split("/")[0] == bridge.other.split("/")[0]


@given(shelves_of_catalogues(), st.randoms())
def test_the_order_of_catalogues_and_papers_joins_nothing_else(
    catalogues: tuple[Catalogue, ...], lot: random.Random
) -> None:
    """It settles only under which full name a work's progress is kept."""
    shuffled = []
    for catalogue in lot.sample(catalogues, len(catalogues)):
        papers = list(catalogue.papers.items())
        lot.shuffle(papers)
        shuffled.append(catalogue._replace(papers=dict(papers)))
    library, other = Library(catalogues), Library(tuple(shuffled))

    assert parts(library) == parts(other)
    assert {one[:3] for one in library.bridges} == {one[:3] for one in other.bridges}
    assert all(
        work == next(name for name in library.papers if library.work[name] == work)
        for work in library.entries
    )


@given(shelves_of_catalogues())
def test_a_stored_library_joins_the_same(catalogues: tuple[Catalogue, ...]) -> None:
    """And says the same of what it does not join."""
    library = Library(catalogues)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    fill(connection, library)
    stored = StoredLibrary(connection)

    assert dict(stored.work) == dict(library.work)
    assert tuple(stored.bridges) == tuple(library.bridges)
    stored.close()


def papers_text(*papers: tuple[str, str]) -> str:
    """Papers of a catalogue file with just these fields."""
    return "".join(
        f'[paper.{key}]\ntitle = "{key}"\n{fields}\n' for key, fields in papers
    )


FIRST = papers_text(
    ("lora", 'arxiv = "2106.09685"\nurl = "https://example.org/lora"'),
    ("code", 'url = "https://example.org/code"'),
)
SECOND = papers_text(
    ("mix", 'arxiv = "2106.09685"\nurl = "http://www.example.org/code/"'),
    ("pure", 'doi = "10.1000/x"\nurl = "https://example.org/elsewhere"'),
)


@pytest.fixture(params=["first then second", "second then first"])
def both(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two catalogues, in either order, one of which has an entry that is two of the other."""
    for name, text in (("first", FIRST), ("second", SECOND)):
        head = HEAD.replace('"test"', f'"{name}"')
        (tmp_path / f"{name}.toml").write_text(head + text)
    paths = [str(tmp_path / f"{name}.toml") for name in request.param.split(" then ")]
    monkeypatch.setenv("ROADMAP_CATALOGUE", ":".join(paths))


@pytest.mark.usefixtures("both")
def test_an_entry_that_is_two_works_of_another_catalogue_joins_only_the_surer(
    roadmap: Run,
) -> None:
    """That of the arXiv id; a mark on it leaves the other alone. All three are named."""
    said = (
        "warning: second/mix would make first/lora and first/code of one catalogue one work"
        " (example.org/code); it counts as first/lora alone\n"
    )
    marked = roadmap("mark-read", "second/mix")
    assert marked.err.count("warning: ") == 1
    assert said in marked.err

    listed = {row[0]: row[1] for row in roadmap("list", "--where", "-kind:survey").rows}
    assert listed == {
        next(key for key in listed if key in ("lora", "mix")): "read",
        "code": "todo",
        "pure": "todo",
    }
    finding = roadmap("doctor")
    assert finding.code == 1
    assert finding.out.startswith(said.removeprefix("warning: ").rstrip())


def test_many_such_entries_are_one_warning(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty are named, the others counted."""
    one, another, mixed = [], [], []
    for number in range(25):
        arxiv, url = f'arxiv = "2106.{number:05}"', f'"https://example.org/{number}"'
        one.append((f"a{number}", f'{arxiv}\nurl = "https://example.org/a{number}"'))
        another.append((f"b{number}", f"url = {url}"))
        mixed.append((f"m{number}", f"{arxiv}\nurl = {url}"))
    (tmp_path / "x.toml").write_text(HEAD + papers_text(*one, *another))
    (tmp_path / "y.toml").write_text(
        HEAD.replace('"test"', '"mine"') + papers_text(*mixed)
    )
    paths = (str(tmp_path / "x.toml"), str(tmp_path / "y.toml"))
    monkeypatch.setenv("ROADMAP_CATALOGUE", ":".join(paths))
    said = roadmap("list").err

    assert "25 entries are two works of another catalogue at once" in said
    assert said.count("counts as") == 20
    assert "… and 5 more" in said
