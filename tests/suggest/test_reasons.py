"""The reasons for what to read next, by example."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from builders import (
    NOON,
    TODAY,
    a_catalogue,
    a_library,
    a_paper,
    a_topic,
    an_event,
    progress_of,
)
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Level
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.suggest import LONG_BREAK, Suggestion, current_topic, suggestions


def ranked(library: Library, progress: Progress) -> list[Suggestion]:
    """All suggestions on the day of the tests."""
    return list(suggestions(library, progress, TODAY))


def keys(found: Iterable[Suggestion]) -> list[str]:
    """The keys of suggestions, in their order."""
    return [one.paper.key for one in found]


LIBRARY = a_library(
    [
        a_paper("a", level=Level.INTRO),
        a_paper("b"),
        a_paper("c", requires=("x",)),
        a_paper("x", requires=("y",)),
        a_paper("y"),
        a_paper("z"),
        a_paper("alone"),
    ],
    [a_topic("m/first", ["a", "b", "c"]), a_topic("m/second", ["x", "y", "z"])],
)


def reasons(progress: Progress, key: str) -> dict[str, str]:
    """The reasons for one paper of the library above, in their order."""
    found = next(one for one in ranked(LIBRARY, progress) if one.paper.key == key)
    return {reason.name: reason.text for reason in found.reasons}


def test_a_beginner_follows_the_curriculum() -> None:
    """Reading order, what is needed right before what needs it, papers without topic last."""
    order = keys(ranked(LIBRARY, Progress()))

    assert order == ["a", "b", "y", "x", "c", "z", "alone"]


def test_every_place_is_explained() -> None:
    """The deciding reason first, each in words for people."""
    start = Progress()

    assert list(reasons(start, "a").items()) == [
        ("order", "next in the curriculum: First"),
        ("light", "an easy read"),
    ]
    assert list(reasons(start, "y").items()) == [
        ("needed", "needed for The c paper"),
        ("order", "next in the curriculum: First"),
        ("unlocks", "opens the way to 2 other papers"),
    ]
    assert reasons(start, "x")["unlocks"] == "opens the way to 1 other paper"
    assert reasons(start, "alone") == {"order": "in your catalogue, outside all topics"}


def test_what_was_begun_says_since_when() -> None:
    """The date stands there in words."""
    progress = replay([an_event("test/z", status="reading", on=TODAY)], LIBRARY)

    assert keys(ranked(LIBRARY, progress))[0] == "z"
    assert next(iter(reasons(progress, "z").items())) == (
        "reading",
        "you are reading it since 1 March 2026",
    )


def test_staying_in_a_topic_says_how_far_it_is() -> None:
    """Skipped papers are done with, too."""
    progress = progress_of(LIBRARY, b="read", c="skipped")

    assert reasons(progress, "a")["topic"] == "continues First, 2 of 3 done"


@pytest.mark.parametrize(
    ("days", "tail"),
    [
        (LONG_BREAK - 1, "1 of 3 done"),
        (LONG_BREAK, "1 of 3 done; 14 days ago you read The a paper"),
    ],
)
def test_after_a_long_break_it_says_where_you_were(days: int, tail: str) -> None:
    """Fourteen days without a mark are a long break."""
    progress = progress_of(LIBRARY, a="read")
    today = NOON.astimezone().date() + timedelta(days=days)
    first = next(suggestions(LIBRARY, progress, today))

    said = "; ".join(
        one.text for one in first.reasons if one.name in ("topic", "break")
    )
    assert said == f"continues First, {tail}"


def test_a_detour_does_not_leave_the_topic() -> None:
    """Reading what the topic needs is no change of topic; reading anything else is."""
    first, second = LIBRARY.topics.values()

    assert current_topic(LIBRARY, Progress()) is None
    assert current_topic(LIBRARY, progress_of(LIBRARY, a="read", y="read")) == first
    assert current_topic(LIBRARY, progress_of(LIBRARY, a="read", z="read")) == second
    assert current_topic(LIBRARY, progress_of(LIBRARY, a="read", alone="read")) == first
    assert current_topic(LIBRARY, progress_of(LIBRARY, z="known", a="skipped")) is None


def test_what_is_needed_for_the_topic_you_are_in_says_so() -> None:
    """The detour is explained by where it leads."""
    progress = progress_of(LIBRARY, a="read", b="read")

    assert keys(ranked(LIBRARY, progress)) == ["y", "x", "c", "z", "alone"]
    assert (
        reasons(progress, "y")["needed"]
        == "needed for The c paper, which comes next in First"
    )


def test_several_needed_papers_come_in_the_order_of_the_curriculum() -> None:
    """Whatever the order in which they are required."""
    library = a_library(
        [a_paper("a", requires=("c", "b")), a_paper("b"), a_paper("c")],
        [a_topic("m/first", ["a"]), a_topic("m/second", ["b", "c"])],
    )

    assert keys(ranked(library, Progress())) == ["b", "c", "a"]


def test_what_is_settled_is_not_counted_as_unlocked() -> None:
    """Only what is left is opened by reading."""
    progress = progress_of(LIBRARY, x="skipped")

    assert "unlocks" not in reasons(progress, "y")
    assert reasons(Progress(), "y")["unlocks"] == "opens the way to 2 other papers"


def test_outside_all_topics_what_unlocks_most_comes_first_then_the_lighter() -> None:
    """Where the curriculum gives no order."""
    library = a_library(
        [
            a_paper("deep", level=Level.DEEP),
            a_paper("long", level=Level.INTRO, minutes=90),
            a_paper("short", level=Level.INTRO, minutes=10),
            a_paper("opened", requires=("opener",)),
            a_paper("opener", level=Level.DEEP),
        ]
    )

    order = keys(ranked(library, Progress()))
    assert order == ["opener", "short", "long", "opened", "deep"]


def test_a_paper_retired_in_one_catalogue_is_suggested_by_another() -> None:
    """Retiring is a catalogue's own affair: the reader's list still names the paper."""
    ours = a_paper("old", retired="superseded")
    theirs = a_paper("mine", catalogue="own", url=ours.url)
    library = Library((a_catalogue([ours]), a_catalogue([theirs], id="own")))

    assert [one.paper.url for one in ranked(library, Progress())] == [ours.url]


def test_a_paper_of_two_areas_stays_in_the_one_where_you_are() -> None:
    """By the topic that it has there: its first one stands in another area."""
    library = a_library(
        [a_paper(key) for key in "abcd"],
        [
            a_topic("m/one", ["a", "b"]),
            a_topic("n/two", ["c", "d"]),
            a_topic("n/three", ["a"]),
        ],
    )
    progress = progress_of(library, c="read", d="read")
    texts = {one.paper.key: [term.text for term in one.terms] for one in ranked(library, progress)}  # fmt: skip

    assert "stays in N: Three" in texts["a"]
    assert "outside N, where you are" in texts["b"]


@pytest.mark.parametrize(("later", "is_there"), [(29, True), (30, False)])
def test_the_last_thirty_papers_read_say_where_the_reader_is(
    later: int, is_there: bool
) -> None:
    """Papers of no topic leave the place as it is, until what led there is too long ago."""
    outside = [f"o{number}" for number in range(later)]
    library = a_library(
        [a_paper("a"), *map(a_paper, outside)], [a_topic("m/first", ["a"])]
    )
    read = progress_of(library, a="read", **dict.fromkeys(outside, "read"))

    assert (current_topic(library, read) is not None) is is_there
