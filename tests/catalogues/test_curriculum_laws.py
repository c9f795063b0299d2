"""What is next, and why: laws over random catalogues, progress and wishes."""

import itertools
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TODAY,
    a_library,
    a_paper,
    a_topic,
    after,
    libraries,
    markings,
    needs_as_written,
    progress_of,
)
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.progress.events import Progress
from roadmap_cli.suggest import Advice, Goal, Suggestion, Wishes, advise, suggestions

Marks = list[tuple[str, Status]]
SEEDS = st.text(max_size=3)


def ranked(
    library: Library, progress: Progress, wishes: Wishes | None = None
) -> list[Suggestion]:
    """All suggestions on the day of the tests."""
    return list(suggestions(library, progress, TODAY, wishes or Wishes()))


def advice(
    library: Library, progress: Progress, wishes: Wishes, count: int = 3
) -> Advice:
    """What is offered on the day of the tests."""
    return advise(library, progress, TODAY, wishes, count)


def names(found: Iterable[Suggestion]) -> list[str]:
    """The full names of suggestions, in their order."""
    return [one.paper.name for one in found]


def needed(library: Library, name: str) -> set[str]:
    """All that a paper requires, and what that requires, by full name; read off naively."""
    needs = needs_as_written(library.catalogues[0])
    found: set[str] = set()
    waiting = [name.removeprefix("test/")]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += new
    return {f"test/{key}" for key in found}


def some_goal(library: Library, data: st.DataObject) -> Goal:
    """A goal of one to three works of a library."""
    works = st.lists(st.sampled_from(sorted(library.papers)), min_size=1, max_size=3)
    return Goal("goal", "The Goal", tuple(data.draw(works)))


FILTERS = st.builds(
    lambda levels: lambda paper: paper.level in levels,
    st.sets(st.sampled_from(Level), max_size=2),
)
"""Any filters: of none, some or nearly all papers."""


def wishes_for(library: Library, data: st.DataObject) -> Wishes:
    """Any wishes at all."""
    among = st.none() | st.frozensets(st.sampled_from(sorted(library.papers)))
    goal = some_goal(library, data) if data.draw(st.booleans()) else None
    is_reached = not goal and data.draw(st.booleans())
    return Wishes(
        goal=goal,
        reached=some_goal(library, data) if is_reached else None,
        among=data.draw(among),
        filter=data.draw(st.none() | FILTERS),
        within=data.draw(st.sampled_from([None, 30, 60, 90])),
        seed=data.draw(st.none() | SEEDS),
    )


@given(libraries(enough=True), st.data())
@settings(max_examples=400)
def test_finishing_a_paper_never_lowers_what_depended_on_it(
    library: Library, data: st.DataObject
) -> None:
    """Whatever was marked, and whatever is read next: all that builds on it stays or rises."""
    marks = data.draw(markings(library))
    before = names(ranked(library, after(library, marks)))
    if not before:
        return
    read = data.draw(st.sampled_from(before))
    later = names(ranked(library, after(library, [*marks, (read, Status.READ)])))

    lowered = [
        name
        for name in later
        if read in needed(library, name) and later.index(name) > before.index(name)
    ]
    assert lowered == []


@given(libraries(enough=True), st.data())
def test_sorting_by_the_printed_ranks_gives_the_printed_order(
    library: Library, data: st.DataObject
) -> None:
    """Term by term, the deciding one first, whatever is wished for."""
    progress = after(library, data.draw(markings(library)))
    found = ranked(library, progress, wishes_for(library, data))
    ranks = [[term.rank for term in one.terms if term.name != "break"] for one in found]

    assert ranks == sorted(ranks)
    assert len({tuple(one) for one in ranks}) == len(ranks)


@given(libraries(enough=True), st.data())
def test_the_terms_that_are_used_give_the_order_alone(
    library: Library, data: st.DataObject
) -> None:
    """The first in which two papers differ counts for one of them at least."""
    progress = after(library, data.draw(markings(library)))
    found = ranked(library, progress, wishes_for(library, data))

    for first, second in itertools.pairwise(found):
        pairs = zip(first.terms, second.terms, strict=False)
        deciding = next(pair for pair in pairs if pair[0].rank != pair[1].rank)
        assert any(term.is_used for term in deciding)


@given(libraries(enough=True), st.data())
def test_every_suggestion_has_the_same_terms_and_at_least_one_reason(
    library: Library, data: st.DataObject
) -> None:
    """What can be compared is compared; nothing stands there without a word."""
    progress = after(library, data.draw(markings(library)))
    wishes = wishes_for(library, data)
    found = ranked(library, progress, wishes)
    silent = {"break", "fits"}

    kinds = {tuple(t.name for t in one.terms if t.name not in silent) for one in found}
    assert len(kinds) <= 1
    assert all(one.reasons and all(t.text for t in one.terms) for one in found)


@given(libraries(), st.data())
def test_the_way_to_a_goal_is_what_it_needs_and_nothing_else(
    library: Library, data: st.DataObject
) -> None:
    """What is settled is not on it, nor what only something settled needs."""
    progress = after(library, data.draw(markings(library)))
    goal = some_goal(library, data)
    way = names(ranked(library, progress, Wishes(goal)))
    needs = needs_as_written(library.catalogues[0])

    left = {
        name
        for name, paper in library.papers.items()
        if not paper.retired and not progress.status(name).is_settled
    }
    expected = set(goal.works) & left
    while (
        new := {
            f"test/{key}"
            for name in expected
            for key in needs[name.removeprefix("test/")]
        }
        & left - expected
    ):
        expected |= new
    assert sorted(way) == sorted(expected)


@given(libraries(enough=True), st.data())
def test_following_next_to_a_goal_walks_exactly_the_path_that_was_shown(
    library: Library, data: st.DataObject
) -> None:
    """Step by step, in the order that `path` gave at the start."""
    marks: Marks = data.draw(markings(library))
    goal = some_goal(library, data)
    begun = [one for one, status in dict(marks).items() if status is Status.READING]
    marks += [(one, Status.TODO) for one in begun]
    path = names(ranked(library, after(library, marks), Wishes(goal)))
    walked = []
    while offers := advice(library, after(library, marks), Wishes(goal), 1).offers:
        walked.append(offers[0].paper.name)
        marks.append((walked[-1], Status.READ))

    assert walked == path


@given(libraries(enough=True), st.data())
def test_what_is_offered_is_as_wished_and_can_be_begun(
    library: Library, data: st.DataObject
) -> None:
    """Ready, let through by the filter, and within the time, if in part; not more than asked for."""
    progress = after(library, data.draw(markings(library)))
    wishes = wishes_for(library, data)
    found = advice(library, progress, wishes, 2)

    assert len(found.offers) <= 2
    for one in found.offers:
        assert one.is_begun or not one.waits_for
        assert not wishes.filter or wishes.filter(one.paper)
        assert one.part in (None, wishes.within)
        assert wishes.within is None or (
            (one.part or one.paper.minutes or 999) <= wishes.within
        )
        assert one.part is None or (one.paper.minutes or 999) > one.part


@given(libraries(enough=True), st.data())
def test_an_evening_never_runs_dry_while_anything_is_left(
    library: Library, data: st.DataObject
) -> None:
    """A quarter of an hour is enough to begin with whatever takes longer."""
    progress = after(library, data.draw(markings(library)))
    within = data.draw(st.integers(15, 90))

    assert bool(advice(library, progress, Wishes(within=within)).offers) == bool(
        ranked(library, progress)
    )


@given(libraries(enough=True), st.data())
def test_something_is_offered_or_it_is_said_why_not(
    library: Library, data: st.DataObject
) -> None:
    """Never an empty answer without a word, never a word where there is an answer."""
    progress = after(library, data.draw(markings(library)))
    found = advice(library, progress, wishes_for(library, data))

    assert bool(found.offers) != bool(found.remark)


@given(libraries(enough=True), st.data())
def test_while_anything_is_left_something_can_be_begun(
    library: Library, data: st.DataObject
) -> None:
    """Without wishes there is always a next step."""
    progress = after(library, data.draw(markings(library)))

    assert bool(advice(library, progress, Wishes()).offers) == bool(
        ranked(library, progress)
    )


@given(libraries(enough=True), st.data())
def test_a_lot_is_drawn_among_all_that_can_be_begun(
    library: Library, data: st.DataObject
) -> None:
    """The same seed draws the same; nothing that waits for something is in it."""
    progress = after(library, data.draw(markings(library)))
    wishes = Wishes(seed=data.draw(SEEDS))
    drawn = names(ranked(library, progress, wishes))
    ready = [one for one in ranked(library, progress) if not one.waits_for]

    assert sorted(drawn) == sorted(names(ready))
    assert names(ranked(library, progress, wishes)) == drawn


LIBRARY = a_library(
    [
        a_paper("base", minutes=45),
        a_paper("short", minutes=20, requires=("base",)),
        a_paper("survey", kind=Kind.SURVEY, minutes=90, requires=("base", "short")),
        a_paper("open", minutes=30),
        a_paper("untimed", minutes=None),
        a_paper("far", minutes=25, requires=("x1",)),
        a_paper("x1", minutes=60),
    ],
    [
        a_topic("m/one", ["base", "short", "survey"]),
        a_topic("m/two", ["open", "untimed"]),
        a_topic("n/three", ["far", "x1"]),
    ],
)


def test_different_seeds_draw_differently() -> None:
    """Among a few papers every one comes first for some seed."""
    firsts = {
        names(ranked(LIBRARY, Progress(), Wishes(seed=str(seed))))[0]
        for seed in range(60)
    }

    assert firsts == {"test/base", "test/open", "test/untimed", "test/x1"}


def test_what_does_not_fit_names_the_shortest() -> None:
    """Of those that can be begun, not of all: `short` needs something first."""
    found = advice(LIBRARY, Progress(), Wishes(within=14))

    assert found.remark == (
        "Nothing that can be begun now fits in 14 min; the shortest is The open paper, 30 min."
    )
    assert found.nearest
    assert found.nearest.paper.key == "open"


def test_what_cannot_be_begun_yet_names_what_comes_nearest() -> None:
    """A survey that waits for two papers is told, not offered."""
    found = advice(
        LIBRARY, Progress(), Wishes(filter=lambda paper: paper.kind is Kind.SURVEY)
    )

    assert found.offers == ()
    assert found.remark == (
        "Nothing like that can be begun yet; "
        "The survey paper comes nearest and needs 2 other papers first."
    )


def test_each_empty_answer_has_its_own_words() -> None:
    """All read, a goal reached, a topic done, a kind that there is not, no times known."""
    done = progress_of(
        LIBRARY, **{paper.key: "read" for paper in LIBRARY.papers.values()}
    )
    goal = Goal("open", "The open paper", ("test/open",))

    assert advice(LIBRARY, done, Wishes()).remark == "Nothing left to read."
    assert (
        advice(LIBRARY, done, Wishes(goal)).remark
        == "Nothing is left on the way to The open paper."
    )
    assert (
        advice(LIBRARY, done, Wishes(among={"test/open"})).remark
        == "Nothing left here."
    )
    assert (
        advice(
            LIBRARY, Progress(), Wishes(filter=lambda paper: paper.kind is Kind.VIDEO)
        ).remark
        == "Nothing that is left is like that."
    )
    assert (
        advice(LIBRARY, Progress(), Wishes(among={"test/untimed"}, within=9)).remark
        == "How long these take is not known; leave out --within."
    )


def test_after_a_topic_comes_its_area_and_then_the_rest() -> None:
    """Who began in the middle is not sent back to the start of the curriculum."""
    progress = progress_of(LIBRARY, x1="read", far="read")
    begun = progress_of(LIBRARY, open="read", untimed="read")

    assert names(ranked(LIBRARY, progress))[0] == "test/base"
    assert [one.paper.key for one in ranked(LIBRARY, begun)] == [
        "base", "short", "survey", "x1", "far"
    ]  # fmt: skip
    first = ranked(LIBRARY, begun)[0]
    assert first.reasons[0].text == "stays in M: One"


def test_a_detour_into_another_area_comes_back() -> None:
    """Reading what the topic needs, wherever that is kept, leads on to the topic."""
    library = a_library(
        [
            a_paper("a1"),
            a_paper("a2", requires=("b2",)),
            a_paper("a3"),
            a_paper("b1"),
            a_paper("b2"),
            a_paper("b3"),
        ],
        [a_topic("a/one", ["a1", "a2", "a3"]), a_topic("b/two", ["b1", "b2", "b3"])],
    )

    assert names(ranked(library, progress_of(library, b2="read")))[0] == "test/a1"
    assert names(ranked(library, progress_of(library, a1="read", b2="read"))) == [
        "test/a2", "test/a3", "test/b1", "test/b3"
    ]  # fmt: skip
    assert names(ranked(library, progress_of(library, b1="read")))[0] == "test/b2"
