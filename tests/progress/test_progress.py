"""Progress as the fold of all events."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    TODAY,
    a_catalogue,
    a_library,
    a_paper,
    after,
    an_event,
    libraries,
    markings,
    progress_of,
)
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.progress.events import Event, Progress, Standing
from roadmap_cli.progress.replay import replay

LIBRARY = a_library([a_paper("lora", aliases=("Low-Rank",)), a_paper("mamba")])
DAY = TODAY
EVENTS = st.lists(
    st.builds(
        an_event,
        st.sampled_from(["test/lora", "test/mamba", "test/low-rank", "else/gone"]),
        minute=st.integers(0, 3),
        device=st.sampled_from(["desk", "laptop"]),
        status=st.sampled_from([*Status, "finished"]),
        rating=st.integers(-1, 7),
    ),
    max_size=8,
    unique_by=lambda event: event.identity[:3],
)


@given(EVENTS, st.data())
def test_events_may_come_in_any_order(events: list[Event], data: st.DataObject) -> None:
    """Time, device and position decide, not the order in which files are read."""
    shuffled = data.draw(st.permutations(events))

    assert replay(shuffled, LIBRARY) == replay(events, LIBRARY)


@given(EVENTS, EVENTS)
def test_unknown_papers_change_nothing(
    events: list[Event], others: list[Event]
) -> None:
    """Their events stay in the journal for the catalogue that knows them."""
    foreign = [
        Event(one.at, one.device, one.position, "other/paper", one.fields)
        for one in others
    ]

    assert replay([*events, *foreign], LIBRARY) == replay(events, LIBRARY)


@given(libraries(), st.data())
def test_the_last_mark_holds(library: Library, data: st.DataObject) -> None:
    """Each paper has the status that was said last."""
    marks = data.draw(markings(library))
    progress = after(library, marks)
    said = dict.fromkeys(library.papers, Status.TODO) | dict(marks)

    assert {name: progress.status(name) for name in said} == said


@given(libraries(), st.data())
def test_the_trail_is_what_was_begun_and_read_and_not_taken_back(
    library: Library, data: st.DataObject
) -> None:
    """In the order in which it was said last."""
    marks = data.draw(markings(library))
    last = {name: place for place, (name, _) in enumerate(marks)}
    expected = tuple(
        name
        for place, (name, status) in enumerate(marks)
        if last[name] == place and status in (Status.READING, Status.READ)
    )

    assert after(library, marks).trail == expected


def test_what_was_never_touched_is_todo() -> None:
    """Without date and rating."""
    empty = replay([], LIBRARY)

    assert empty == Progress()
    assert empty.of("test/lora") == Standing(Status.TODO, None, None)


def test_the_day_is_that_of_the_mark_unless_another_was_said() -> None:
    """`--on DATE` is when it was read, not when it was written down."""
    earlier = TODAY - timedelta(days=30)
    marked = [
        an_event("test/lora", status="read"),
        an_event("test/mamba", minute=1, status="read", on=earlier),
    ]
    progress = replay(marked, LIBRARY)

    assert progress.of("test/lora") == Standing(Status.READ, DAY)
    assert progress.of("test/mamba") == Standing(Status.READ, earlier)


def test_a_mark_taken_back_leaves_no_day() -> None:
    """What is to do again is to do since no particular day."""
    back = [
        an_event("test/lora", status="read"),
        an_event("test/lora", minute=1, status="todo"),
    ]

    assert replay(back, LIBRARY).of("test/lora") == Standing()


@pytest.mark.parametrize("stars", [0, 6, -1, "4", 4.0, None, True])
def test_only_one_to_five_stars_are_a_rating(stars: object) -> None:
    """Anything else leaves the rating as it was."""
    rated = [
        an_event("test/lora", rating=3),
        an_event("test/lora", minute=1, rating=stars),
    ]
    rating = replay(rated, LIBRARY).of("test/lora").rating

    assert (rating, type(rating)) == (3, int)


def test_a_rating_alone_changes_no_status() -> None:
    """Nor does a field, or a status, of a later version."""
    said = [
        an_event("test/lora", status="read"),
        an_event("test/lora", minute=1, rating=5),
        an_event("test/lora", minute=2, status="pondering"),
        an_event("test/lora", minute=3, mood="good"),
    ]

    assert replay(said, LIBRARY).of("test/lora") == Standing(Status.READ, DAY, 5)


def test_a_former_name_and_another_catalogue_mean_the_same_work() -> None:
    """It is read once, under whatever name it was marked."""
    own = a_catalogue(
        [a_paper("mine", catalogue="own", url="https://example.org/mamba")], id="own"
    )
    library = Library((*LIBRARY.catalogues, own))
    events = [
        an_event("test/low-rank", status="known"),
        an_event("own/mine", minute=1, status="read"),
    ]
    progress = replay(events, library)

    assert progress.status("test/lora") is Status.KNOWN
    assert progress.status("test/mamba") is Status.READ
    assert progress.trail == ("test/mamba",)


def test_an_unread_journal_may_say_otherwise() -> None:
    """What has no standing is then unknown, not to do."""
    events = [an_event("test/lora", status="read")]
    partial = replay(events, LIBRARY, is_complete=False)

    assert partial.known_status("test/lora") is Status.READ
    assert partial.known_status("test/mamba") is None
    assert progress_of(LIBRARY).known_status("test/mamba") is Status.TODO
