"""A course beside another list keeps its own order, and the needs that it names itself."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import (
    TODAY,
    a_catalogue,
    a_paper,
    a_topic,
    after,
    an_event,
    libraries,
    markings,
)
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Catalogue, Paper, Status, Topic
from roadmap_cli.curriculum.names import Names
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.progress.tally import works_of
from roadmap_cli.store.library.laying import fill
from roadmap_cli.store.library.stored import StoredLibrary
from roadmap_cli.suggest import Goal, Syllabus, Wishes, suggestions
from roadmap_cli.suggest.guide import Guide, Request

Run = Callable[..., Result]

LIST = a_catalogue(
    [
        a_paper("base"),
        a_paper("deep", requires=("base",)),
        a_paper("extra", requires=("base",)),
        a_paper("last", requires=("deep",)),
    ],
    [a_topic("m/one", ["base", "deep"]), a_topic("m/two", ["extra", "last"])],
)


def of_course(key: str, **fields: object) -> Paper:
    """A paper of the course; one of a key of the list is the same work."""
    return a_paper(key, catalogue="course", **fields)


def week(number: int, papers: list[str], **fields: object) -> Topic:
    """A topic of the course."""
    return a_topic(f"w/week{number}", papers, catalogue="course", **fields)


def course(papers: list[Paper], topics: list[Topic]) -> Catalogue:
    """The course of these."""
    return a_catalogue(papers, topics, id="course")


COURSE = course(
    [of_course("last"), of_course("slides"), of_course("base"), of_course("deep")],
    [week(1, ["last", "slides"]), week(2, ["deep", "base"])],
)


def stored(library: Library) -> Library:
    """The same library, laid down in SQLite."""
    connection = sqlite3.connect(":memory:")
    fill(connection, library)
    return StoredLibrary(connection)


@pytest.fixture(params=["list first", "course first"])
def made(request: pytest.FixtureRequest) -> Callable[..., Guide]:
    """Makes a guide to the list and a course, in either order of the files."""

    def guide(course: Catalogue = COURSE) -> Guide:
        both = (LIST, course) if request.param == "list first" else (course, LIST)
        library = stored(Library(both))
        return Guide(library, Names(library), Progress(), TODAY)

    return guide


def way(guide: Guide, name: str, *, prerequisites: bool = False) -> str:
    """The keys of what is left on the way to a goal, in their order."""
    goal = guide.goal(name).with_needs(prerequisites=prerequisites)
    return " ".join(name.partition("/")[2] for name in guide.way(goal))


def following(guide: Guide, name: str) -> str:
    """The keys of what is next in a place."""
    offers = guide.next(Request(topic=name), 9).offers
    return " ".join(offer.paper.key for offer in offers)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("course", "last slides deep base"),
        ("course/w", "last slides deep base"),
        ("course/w/week2", "deep base"),
    ],
)
def test_a_course_has_its_own_order(
    name: str, keys: str, made: Callable[..., Guide]
) -> None:
    """As a whole, by area and by topic: `path`, and `next` without a goal."""
    assert way(made(), name) == keys
    assert following(made(), name) == keys


def test_what_was_read_elsewhere_does_not_move_it() -> None:
    """Neither a mark in a later week nor one in the other list, where the reader then is."""
    library = stored(Library((LIST, COURSE)))
    events = [
        an_event(name, minute=minute, status="read")
        for minute, name in enumerate(["test/deep", "test/extra"])
    ]
    guide = Guide(library, Names(library), replay(events, library), TODAY)

    assert following(guide, "course") == "last slides base"
    assert way(guide, "course") == "last slides base"


def test_what_other_lists_require_comes_along_only_on_request(
    made: Callable[..., Guide],
) -> None:
    """With `--with-prerequisites` right before what needs it, and then once."""
    keys = "base deep last slides"

    assert way(made(), "course", prerequisites=True) == keys
    lonely = course([of_course("last")], [week(1, ["last"])])
    assert way(made(lonely), "course") == "last"
    assert way(made(lonely), "course", prerequisites=True) == "base deep last"


def test_what_the_course_names_itself_comes_along(made: Callable[..., Guide]) -> None:
    """By a paper's `requires` or a topic's, in the course or in full; but not what that needs."""
    own = course(
        [of_course("last", requires=("slides", "test/deep")), of_course("slides")],
        [week(1, ["last"]), week(2, ["slides"], requires=("test/m/one",))],
    )

    assert way(made(own), "course") == "base deep slides last"


def test_the_other_list_does_not_wait_for_the_course(
    made: Callable[..., Guide],
) -> None:
    """What only a course requires of a shared work is not pulled into the list."""
    own = course(
        [of_course("base", requires=("slides",)), of_course("slides")],
        [week(1, ["slides", "base"])],
    )

    assert way(made(own), "test/m/one") == "base deep"
    assert way(made(own), "test/m/one", prerequisites=True) == "slides base deep"


def test_listed_by_reference_they_keep_the_order_too(
    made: Callable[..., Guide],
) -> None:
    """Topics of a course that lists papers of the other list by their full names."""
    own = course([], [week(1, ["test/last", "test/extra"]), week(2, ["test/base"])])

    assert way(made(own), "course") == "last extra base"
    assert following(made(own), "course/w") == "last extra base"


def test_a_late_language_stays_in_its_week(made: Callable[..., Guide]) -> None:
    """Last in the topic of the course, not in that of the other list."""
    own = course(
        [of_course("film", language="zh"), of_course("a"), of_course("base")],
        [week(1, ["film", "a"]), week(2, ["base"])],
    )

    assert following(made(own), "course") == "a film base"


SYLLABUS = """
# Week 1
- [LoRA](https://arxiv.org/abs/2106.09685)
# Week 2
- [Attention](https://arxiv.org/abs/1706.03762)
"""


def test_the_reasons_are_true_of_the_course(roadmap: Run, tmp_path: Path) -> None:
    """They name its topics, and no need that it does not name; the numbers agree."""
    path = tmp_path / "syllabus.md"
    path.write_text(SYLLABUS)
    assert roadmap("import", str(path), "--as", "cs886", "--yes").code == 0
    offers = json.loads(roadmap("next", "--topic", "cs886", "--json").out)[
        "suggestions"
    ]
    whole = json.loads(roadmap("path", "cs886", "--json").out)
    more = json.loads(roadmap("path", "cs886", "--with-prerequisites", "--json").out)

    assert [offer["key"] for offer in offers] == ["lora", "attention"]
    assert offers[0]["reasons"][0]["text"] == "next in cs886: Week 1"
    assert [whole["goal"]["total"], whole["goal"]["left"]] == [2, 2]
    assert more["goal"]["left"] == len(more["papers"]) > 2


def in_english(library: Library) -> Catalogue:
    """The catalogue of a library with every paper in English."""
    (catalogue,) = library.catalogues
    papers = {
        key: paper._replace(language="en") for key, paper in catalogue.papers.items()
    }
    return catalogue._replace(papers=papers)


def as_course(library: Library) -> Catalogue:
    """The catalogue of a library as a course beside it: papers of one key are one work."""
    (catalogue,) = library.catalogues
    areas = tuple(
        area._replace(
            catalogue="course",
            topics=[topic._replace(catalogue="course") for topic in area.topics],
        )
        for area in catalogue.areas
    )
    papers = {
        key: paper._replace(catalogue="course")
        for key, paper in catalogue.papers.items()
    }
    return catalogue._replace(id="course", areas=areas, papers=papers)


def by_choice(library: Library) -> dict[str, list[str]]:
    """The papers of each topic of the course of which some are enough, the first chosen first."""
    return {
        topic: [
            library.works[number].partition("/")[2]
            for number in choice.order or sorted(choice.works)
        ]
        for topic, choice in library.choices.by_topic.items()
        if topic.startswith("course/")
    }


@given(libraries(enough=True), libraries(enough=True), st.data())
def test_a_course_is_read_as_if_it_were_alone(
    listed: Library, other: Library, data: st.DataObject
) -> None:
    """In its own order and with its own needs, whatever another list says of its papers.

    Which papers of a topic are enough is one answer for all lists: none of them needs another
    that is not. So where another list has papers of such a topic need each other, it may be
    other ones.
    """
    course = as_course(Library((in_english(other),)))
    both, alone = stored(Library((in_english(listed), course))), Library((course,))
    assume(by_choice(both) == by_choice(alone))
    marks = data.draw(markings(alone))
    done = {name for name, status in marks if status is not Status.READING}
    marks = [(name, Status.KNOWN) for name in sorted(done)]
    ways = []
    for library in (both, alone):
        progress = after(library, [(library.work[name], mark) for name, mark in marks])
        guide = Guide(library, Names(library), progress, TODAY)
        goals = [
            guide.goal_of(place)
            for place in library.areas
            if place.catalogue == "course"
        ]
        ways.append(
            [[name.partition("/")[2] for name in guide.way(goal)] for goal in goals]
        )

    assert ways[0] == ways[1]


@given(libraries(enough=True), libraries(enough=True), st.booleans(), st.data())
def test_the_printed_ranks_give_the_order_of_a_course(
    listed: Library, other: Library, prerequisites: bool, data: st.DataObject
) -> None:
    """Term by term, of a goal and of a place, with and without what other lists require."""
    library = stored(Library((*listed.catalogues, as_course(other))))
    progress = after(library, data.draw(markings(library)))
    syllabus = Syllabus("course", prerequisites)
    works = works_of(library, library.catalogues[1])
    for wishes in (
        Wishes(among=works, place_syllabus=syllabus),
        Wishes(Goal("course", "The course", works, "catalogue", syllabus)),
    ):
        found = suggestions(library, progress, TODAY, wishes)
        ranks = [
            [term.rank for term in each.terms if term.name != "break"] for each in found
        ]
        assert ranks == sorted(ranks)
