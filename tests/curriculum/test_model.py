"""Catalogues, papers and topics: plain values and their rules."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    a_catalogue,
    a_library,
    a_paper,
    a_topic,
    goes_in_a_circle,
    libraries,
    needs_as_written,
)
from roadmap_cli.curriculum.identity import identities
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Catalogue, Group, Paper, Status


def full_names(needs: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The same needs with the full names of the catalogue `test`."""
    return {
        f"test/{key}": {f"test/{one}" for one in some} for key, some in needs.items()
    }


def reach(needs: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """All that a work needs in the end, itself included."""
    seen = {start}
    waiting = [start]
    while waiting:
        new = set(needs[waiting.pop()]) - seen
        seen |= new
        waiting += new
    return seen


def shared(papers: Iterable[Paper]) -> set[tuple[str, str]]:
    """All pairs of names of papers with the same arXiv id, DOI or link."""
    known = {
        one.name: identities(arxiv=one.arxiv, doi=one.doi, url=one.url)
        for one in papers
    }
    return {(a, b) for a in known for b in known if known[a] & known[b]}


@pytest.mark.parametrize(
    ("status", "settled"),
    [
        (Status.TODO, False),
        (Status.READING, False),
        (Status.READ, True),
        (Status.SKIPPED, True),
        (Status.KNOWN, True),
    ],
)
def test_only_what_needs_nothing_more_is_settled(
    status: Status, *, settled: bool
) -> None:
    """Read, known before, or left out on purpose."""
    assert status.is_settled is settled


@pytest.mark.parametrize(
    ("title", "acronym", "called"),
    [
        ("Mamba: Linear-Time Sequence Modeling", "SSM", "Mamba"),
        ("Attention Is All You Need", "", "Attention Is All You Need"),
        ("x" * 40, "X", "x" * 40),
        ("x" * 41, "X", "X"),
        ("x" * 41, "", "key"),
    ],
)
def test_a_paper_is_called_by_something_short(
    title: str, acronym: str, called: str
) -> None:
    """The title before its colon, else the acronym, else the key."""
    assert a_paper("key", title=title, acronym=acronym).called == called


def test_names_are_made_of_where_things_stand() -> None:
    """Catalogue, area and topic, as they are written in files."""
    topic = a_topic("llm/agents")
    (area,) = a_catalogue(topics=[topic]).areas

    assert a_paper("lora").name == "test/lora"
    assert (topic.name, topic.full_name) == ("llm/agents", "test/llm/agents")
    assert (area.name, area.full_name) == ("llm", "test/llm")


def test_a_topic_reads_its_groups_one_after_the_other() -> None:
    """In the order in which they are written."""
    groups = (Group(("a", "b")), Group((), title="Nothing"), Group(("c",), title="C"))

    assert a_topic("m/t", groups=groups).papers == ("a", "b", "c")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"arxiv": "2106.09685"}, {"url": "https://arxiv.org/pdf/2106.09685v2"}),
        ({"doi": "10.1000/AB"}, {"url": "https://doi.org/10.1000/ab"}),
        ({"url": "https://www.example.org/x/"}, {"url": "http://example.org/x"}),
    ],
)
def test_a_paper_in_two_catalogues_is_one_work(
    here: dict[str, str], there: dict[str, str]
) -> None:
    """The same arXiv id, DOI or link; its progress is kept under the first name."""
    ours = a_paper("ours", **here)
    theirs = a_paper("theirs", catalogue="own", **there)
    library = Library((a_catalogue([ours]), a_catalogue([theirs], id="own")))

    assert library.work == {"test/ours": "test/ours", "own/theirs": "test/ours"}
    assert library.entries == {"test/ours": (ours, theirs)}
    assert library.positions == {"test/ours": 0}


MARKS = st.tuples(*[st.sampled_from(["", *some]) for some in ("12", "34", "56")])


@given(st.lists(MARKS, min_size=1, max_size=6))
def test_papers_are_one_work_just_when_identities_connect_them(
    marks: list[tuple[str, ...]],
) -> None:
    """Whichever catalogue comes first, and whatever each of them knows of the paper."""
    papers = [
        a_paper(
            "p",
            catalogue=f"c{number}",
            arxiv=f"2106.0000{arxiv}" if arxiv else "",
            doi=f"10.1000/{doi}" if doi else "",
            url=f"https://example.org/{place or f'own-{number}'}",
        )
        for number, (arxiv, doi, place) in enumerate(marks)
    ]
    library = Library(tuple(a_catalogue([one], id=one.catalogue) for one in papers))
    linked: dict[str, set[str]] = {one.name: set() for one in papers}
    for one, other in shared(papers):
        linked[one].add(other)

    same = {one.name: min(reach(linked, one.name)) for one in papers}
    assert library.work == same


def test_reading_order_is_that_of_topics_and_then_of_papers() -> None:
    """A paper in two topics stands where it comes first; one in none comes last."""
    library = a_library(
        [a_paper(key) for key in ("alone", "a", "b", "c")],
        [a_topic("m/one", ["c", "a"]), a_topic("m/two", ["a", "b", "c"])],
    )
    one, two = library.topics.values()

    assert list(library.positions) == ["test/c", "test/a", "test/b", "test/alone"]
    assert library.topics_of == {
        "test/alone": (),
        "test/a": (one, two),
        "test/b": (two,),
        "test/c": (one, two),
    }


def test_a_retired_paper_is_kept_but_stands_nowhere() -> None:
    """It is in no topic, and nobody needs it."""
    library = a_library(
        [
            a_paper("a", requires=("old",)),
            a_paper("b", requires=("m/past",)),
            a_paper("old", retired="x"),
        ],
        [a_topic("m/past", ["old", "a"])],
    )

    assert [one.key for one in library.papers_of(library.topics["test/m/past"])] == [
        "a"
    ]
    assert library.topics_of["test/old"] == ()
    assert library.needs["test/a"] == ()
    assert library.needs["test/b"] == ("test/a",)
    assert "test/old" in library.papers


def test_only_the_home_topic_hands_its_requirements_down() -> None:
    """A guest in a later topic does not need what that topic needs."""
    library = a_library(
        [a_paper("a"), a_paper("b"), a_paper("c")],
        [
            a_topic("m/base", ["a"]),
            a_topic("m/home", ["b"]),
            a_topic("m/next", ["b", "c"], requires=("m/base",)),
        ],
    )

    assert library.needs == {"test/a": (), "test/b": (), "test/c": ("test/a",)}


def test_another_catalogues_papers_and_topics_can_be_required() -> None:
    """By their full names; what a twin requires, the work requires."""
    first = a_catalogue([a_paper("a"), a_paper("b")], [a_topic("m/base", ["a", "b"])])
    own = a_catalogue(
        [
            a_paper("x", catalogue="own", requires=("test/m/base",)),
            a_paper("y", catalogue="own", requires=("test/b", "x")),
            a_paper(
                "b2",
                catalogue="own",
                requires=("own/z",),
                url="https://example.org/b",
            ),
            a_paper("z", catalogue="own"),
        ],
        id="own",
    )
    library = Library((first, own))

    assert library.needs["own/x"] == ("test/a", "test/b")
    assert library.needs["own/y"] == ("test/b", "own/x")
    assert library.needs["test/b"] == ("own/z",)


@given(libraries())
def test_needs_are_those_that_the_catalogue_states(library: Library) -> None:
    """Through papers and home topics, in the order of the curriculum."""
    needs = library.needs
    stated = needs_as_written(library.catalogues[0])

    assert {work: set(some) for work, some in needs.items()} == full_names(stated)
    for some in needs.values():
        assert list(some) == sorted(some, key=library.positions.__getitem__)


@given(libraries(circles=True))
def test_circles_are_opened_and_nothing_else_is_lost(library: Library) -> None:
    """What is left out would have led back to where it came from."""
    stated = full_names(needs_as_written(library.catalogues[0]))
    needs = library.needs

    assert not goes_in_a_circle(needs)
    assert all(set(needs[work]) <= stated[work] for work in stated)
    for work, some in stated.items():
        for dropped in some - set(needs[work]):
            assert work in reach(needs, dropped)


@given(libraries(circles=True))
def test_needed_by_is_needs_looked_at_from_the_other_end(library: Library) -> None:
    """Every pair of one is a pair of the other, in the order of the curriculum."""
    pairs = {(work, one) for work, some in library.needs.items() for one in some}
    back = {(one, work) for work, some in library.needed_by.items() for one in some}

    assert back == pairs
    for some in library.needed_by.values():
        assert list(some) == sorted(some, key=library.positions.__getitem__)


@given(libraries())
def test_every_paper_has_one_place_in_the_order(library: Library) -> None:
    """Counted from 0, without a gap."""
    positions = library.positions

    assert set(positions) == set(library.papers)
    assert list(positions.values()) == list(range(len(library.papers)))


def test_a_former_name_still_means_the_paper() -> None:
    """Whatever the case of the alias; a present key is never overruled by one."""
    library = a_library(
        [
            a_paper("new", aliases=("Old-Key", "other")),
            a_paper("other"),
            a_paper("late", aliases=("old-key",)),
        ]
    )

    assert library.answers_to("test/new") == "test/new"
    assert library.answers_to("test/old-key") == "test/new"
    assert library.answers_to("test/other") == "test/other"
    assert library.answers_to("old-key") is None
    assert library.answers_to("own/new") is None


def test_catalogues_keep_their_order_in_the_library() -> None:
    """The first catalogue is read first."""
    first = a_catalogue([a_paper("a")], [a_topic("m/t", ["a"])])
    topic = a_topic("m/t", ["b"], catalogue="own")
    second = a_catalogue([a_paper("b", catalogue="own")], [topic], id="own")
    orders = [list(Library(some).positions) for some in pairs(first, second)]

    assert orders == [["test/a", "own/b"], ["own/b", "test/a"]]
    assert list(Library((first, second)).topics) == ["test/m/t", "own/m/t"]
    assert [one.full_name for one in Library((first, second)).areas] == [
        "test/m",
        "own/m",
    ]


def pairs(
    one: Catalogue, other: Catalogue
) -> tuple[tuple[Catalogue, ...], tuple[Catalogue, ...]]:
    """The two in both orders."""
    return (one, other), (other, one)
