"""How far the reader is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    a_library,
    a_paper,
    a_topic,
    after,
    libraries,
    markings,
    progress_of,
)
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.curriculum.places import topics_of
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.tally import Tally, tally, works_of

LIBRARY = a_library(
    [
        a_paper("a", minutes=10),
        a_paper("b", minutes=20),
        a_paper("c", minutes=40),
        a_paper("d", minutes=None),
        a_paper("gone", retired="superseded"),
        a_paper("alone", minutes=80),
    ],
    [a_topic("m/one", ["a", "b", "gone"]), a_topic("m/two", ["b", "c", "d"])],
)


@given(libraries(), st.data())
def test_every_work_is_counted_once_and_in_one_status(
    library: Library, data: st.DataObject
) -> None:
    """The parts make up the whole."""
    progress = after(library, data.draw(markings(library)))
    works = data.draw(st.lists(st.sampled_from(sorted(library.papers))))
    found = tally(works, library, progress)

    parts = found.todo, found.reading, found.read, found.known, found.skipped
    assert found.total == len(set(works))
    assert parts == tuple(
        sum(progress.status(work) is status for work in set(works))
        for status in (
            Status.TODO,
            Status.READING,
            Status.READ,
            Status.KNOWN,
            Status.SKIPPED,
        )
    )


@given(libraries(), st.data())
def test_skipping_is_never_progress_and_reading_always_is(
    library: Library, data: st.DataObject
) -> None:
    """To skip what was to do adds nothing done; to read it adds one, and no minute stays."""
    marks = data.draw(markings(library))
    name = data.draw(st.sampled_from(sorted(library.papers)))
    works = list(library.papers)
    todo, skipped, read = (
        tally(works, library, after(library, [*marks, (name, status)]))
        for status in (Status.TODO, Status.SKIPPED, Status.READ)
    )

    assert skipped.done == todo.done
    assert skipped.counted == todo.counted - 1
    assert read.done == todo.done + 1
    assert read.counted == todo.counted
    assert read.share > todo.share
    assert read.minutes_left == skipped.minutes_left == todo.minutes_left - 60


@given(libraries(), st.data())
def test_the_share_is_whole_just_when_nothing_is_left(
    library: Library, data: st.DataObject
) -> None:
    """Between nothing and all, whatever was marked."""
    progress = after(library, data.draw(markings(library)))
    found = tally(library.papers, library, progress)

    assert 0 <= found.share <= 1
    assert (found.share == 1) == (found.todo + found.reading == 0)


def test_the_minutes_left_are_those_of_what_is_not_settled() -> None:
    """What was only begun counts in full, what has no estimate is told apart."""
    progress = progress_of(LIBRARY, a="reading", b="read", c="skipped")
    found = tally(works_of(LIBRARY), LIBRARY, progress)

    assert found == Tally(
        total=5, read=1, reading=1, skipped=1, minutes_left=90, untimed_left=1
    )
    assert (found.counted, found.done, found.todo, found.share) == (4, 1, 2, 0.25)


@pytest.mark.parametrize("works", [[], ["test/a"]])
def test_all_of_nothing_is_done(works: list[str]) -> None:
    """An empty topic, and one where everything was skipped, ask for nothing more."""
    assert tally(works, LIBRARY, progress_of(LIBRARY, a="skipped")).share == 1


def test_the_works_of_a_place_are_in_the_order_of_the_curriculum_and_each_once() -> (
    None
):
    """Retired papers are not among them; those without a topic only in everything."""
    (area,) = LIBRARY.areas
    one, two = area.topics

    assert list(works_of(LIBRARY, one)) == ["test/a", "test/b"]
    assert list(works_of(LIBRARY, two)) == ["test/b", "test/c", "test/d"]
    assert list(works_of(LIBRARY, area)) == ["test/a", "test/b", "test/c", "test/d"]
    assert list(works_of(LIBRARY)) == [*works_of(LIBRARY, area), "test/alone"]
    assert (topics_of(LIBRARY, area), topics_of(LIBRARY, two)) == ((one, two), (two,))


@given(libraries())
def test_everything_is_the_works_of_all_areas_and_what_is_in_none(
    library: Library,
) -> None:
    """No paper is lost or counted twice between the parts."""
    placed = {work for area in library.areas for work in works_of(library, area)}
    whole = works_of(library)
    current = {name for name, one in library.papers.items() if not one.retired}

    assert placed <= set(whole)
    assert set(whole) == current
    assert tally(whole, library, Progress()).total == len(whole)
