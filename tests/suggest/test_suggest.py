"""What to read next: laws over random catalogues."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TODAY,
    a_library,
    a_paper,
    a_topic,
    after,
    an_event,
    libraries,
    markings,
    needs_as_written,
    progress_of,
)
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Catalogue, Level, Paper, Status
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.suggest import LONG_BREAK, Suggestion, Wishes, suggestions

ACYCLIC = libraries()


def ranked(
    library: Library, progress: Progress, within: Iterable[str] | None = None
) -> list[Suggestion]:
    """All suggestions on the day of the tests."""
    limits = None if within is None else set(within)
    return list(suggestions(library, progress, TODAY, Wishes(among=limits)))


def keys(found: Iterable[Suggestion]) -> list[str]:
    """The keys of suggestions, in their order."""
    return [one.paper.key for one in found]


def requirements(library: Library) -> dict[str, set[str]]:
    """What each key requires, and what that requires, and so on."""
    return closed(needs_as_written(library.catalogues[0]))


def closed(needs: dict[str, set[str]]) -> dict[str, set[str]]:
    """The transitive closure of these needs."""
    found = {}
    for key in needs:
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            new = needs[waiting.pop()] - seen
            seen |= new
            waiting += new
        found[key] = seen
    return found


def left(library: Library, progress: Progress) -> set[str]:
    """The keys of what is neither settled nor retired."""
    return {
        paper.key
        for paper in library.papers.values()
        if not paper.retired and not progress.status(paper.name).is_settled
    }


def needs_left(library: Library, progress: Progress) -> dict[str, set[str]]:
    """What each paper that is left requires directly and is left too."""
    some = left(library, progress)
    needs = needs_as_written(library.catalogues[0])
    return {key: needs[key] & some for key in some}


def home_papers(catalogue: Catalogue, paper: Paper) -> set[str]:
    """All keys of the first topic that names this paper; a retired one has no topic."""
    topics = (topic for area in catalogue.areas for topic in area.topics)
    homes = (set(one.papers) for one in topics if paper.key in one.papers)
    return set() if paper.retired else next(homes, set())


def first_of(catalogue: Catalogue, some: Iterable[set[str]]) -> set[str]:
    """The topic that stands first in the file, of topics given by their papers."""
    wanted = [one for one in some if one]
    topics = (set(topic.papers) for area in catalogue.areas for topic in area.topics)
    return next((one for one in topics if one in wanted), set())


def follow(library: Library, read: Sequence[str] = ()) -> list[str]:
    """The keys that are read, after these names, by who always takes the first suggestion."""
    marks = [(name, Status.READ) for name in read]
    taken: list[str] = []
    for _ in range(len(library.papers) + 1):
        first = next(suggestions(library, after(library, marks), TODAY), None)
        if first is None:
            break
        taken.append(first.paper.key)
        marks.append((first.paper.name, Status.READ))
    return taken


@given(ACYCLIC, st.data())
def test_exactly_what_is_left_is_suggested_and_each_once(
    library: Library, data: st.DataObject
) -> None:
    """Nothing read, known, skipped or retired, and everything else."""
    progress = after(library, data.draw(markings(library)))

    assert sorted(keys(ranked(library, progress))) == sorted(left(library, progress))


@given(ACYCLIC, st.data())
def test_nothing_ranks_above_a_paper_that_it_needs_and_that_is_left(
    library: Library, data: st.DataObject
) -> None:
    """Whatever a paper waits for stands before it, directly and through others."""
    progress = after(library, data.draw(markings(library)))
    order = keys(ranked(library, progress))
    needs = closed(needs_left(library, progress))

    early = [
        (key, needed)
        for place, key in enumerate(order)
        for needed in needs[key]
        if needed not in order[:place]
    ]
    assert early == []


@given(ACYCLIC, st.data())
def test_a_suggestion_waits_for_just_what_it_needs_and_is_left(
    library: Library, data: st.DataObject
) -> None:
    """Settled papers hold nothing up: not the read ones, nor the skipped ones."""
    progress = after(library, data.draw(markings(library)))
    waiting = {
        one.paper.key: {library.papers[name].key for name in one.waits_for}
        for one in ranked(library, progress)
    }

    assert waiting == needs_left(library, progress)


@given(ACYCLIC, st.data())
def test_the_first_suggestion_is_ready(library: Library, data: st.DataObject) -> None:
    """While anything is left, something can be begun at once."""
    progress = after(library, data.draw(markings(library)))
    found = ranked(library, progress)

    ready = [not one.waits_for for one in found[:1]]
    assert ready == ([True] if left(library, progress) else [])


@given(ACYCLIC, st.data())
def test_the_same_marks_give_the_same_answer(
    library: Library, data: st.DataObject
) -> None:
    """Neither the order of the journal's events nor the day changes the ranking."""
    marks = data.draw(markings(library))
    events = [
        an_event(name, minute=minute, status=status.value)
        for minute, (name, status) in enumerate(marks)
    ]
    shuffled = data.draw(st.permutations(events))
    again = Library(library.catalogues)
    later = suggestions(
        library, replay(events, library), TODAY + timedelta(days=LONG_BREAK * 2)
    )

    first = ranked(library, replay(events, library))
    assert ranked(again, replay(shuffled, again)) == first
    assert keys(later) == keys(first)


@given(ACYCLIC)
def test_following_the_first_suggestion_visits_every_paper_once_and_in_order(
    library: Library,
) -> None:
    """From nothing to the end, never meeting a paper before what it requires."""
    order = follow(library)
    needs = requirements(library)

    assert sorted(order) == sorted(left(library, Progress()))
    for place, key in enumerate(order):
        assert needs[key] - set(order[:place]) == set(), key


@given(ACYCLIC, st.data())
def test_a_topic_is_not_left_until_it_is_done_or_needs_something(
    library: Library, data: st.DataObject
) -> None:
    """After any first paper come its topic's papers and what those need, until all are read.

    Its topic is its own, or an earlier one that it leads to. What is hard there and opens
    nothing may wait for all of the area.
    """
    start = data.draw(st.sampled_from(sorted(library.papers)))
    order = follow(library, [start])
    needs = requirements(library)
    catalogue, paper = library.catalogues[0], library.papers[start]
    led_to = [
        home_papers(catalogue, other)
        for other in catalogue.papers.values()
        if paper.key in needs[other.key] and not other.retired
    ]
    homes = [home_papers(catalogue, paper), *led_to]
    topic = first_of(catalogue, homes) if homes[0] else set()
    allowed = topic.union(*(needs[key] for key in topic))
    names = library.names_of(library.waiting.in_area)
    prompt = topic - {name.partition("/")[2] for name in names}
    last = max((order.index(key) for key in prompt if key in order), default=-1)

    assert set(order[: last + 1]) <= allowed


@given(ACYCLIC, st.data())
def test_skipping_never_blocks(library: Library, data: st.DataObject) -> None:
    """Whatever is skipped, all the rest can still be read to the end."""
    names = data.draw(st.sets(st.sampled_from(sorted(library.papers))))
    marks = [(name, Status.SKIPPED) for name in sorted(names)]
    for _ in library.papers:
        found = ranked(library, after(library, marks))
        if found:
            assert found[0].waits_for == ()
            marks.append((found[0].paper.name, Status.READ))

    assert left(library, after(library, marks)) == set()


@given(ACYCLIC, st.data())
def test_what_is_being_read_comes_first(library: Library, data: st.DataObject) -> None:
    """Above a paper that was begun stand only others like it, and what they need."""
    progress = after(library, data.draw(markings(library)))
    order = keys(ranked(library, progress))
    needs = closed(needs_left(library, progress))
    begun = {key for key in order if progress.status(f"test/{key}") is Status.READING}
    last = max((order.index(key) for key in begun), default=-1)

    assert set(order[: last + 1]) <= begun.union(*(needs[key] for key in begun))


@given(ACYCLIC, st.data())
def test_within_limits_to_these_works_and_what_they_need(
    library: Library, data: st.DataObject
) -> None:
    """Nothing else is suggested, and nothing needed is missing."""
    progress = after(library, data.draw(markings(library)))
    wanted = data.draw(st.sets(st.sampled_from(sorted(library.papers))))
    found = keys(ranked(library, progress, within=wanted))
    asked = {library.papers[name].key for name in wanted} & left(library, progress)
    needs = closed(needs_left(library, progress))

    assert set(found) == asked.union(*(needs[key] for key in asked))


@given(ACYCLIC, st.data())
@settings(max_examples=50)
def test_the_order_is_the_one_that_the_reasons_give(
    library: Library, data: st.DataObject
) -> None:
    """What stands for itself goes: begun, then the topic you are in, its area, then the rest."""
    progress = after(library, data.draw(markings(library)))
    terms = [
        [reason.name for reason in one.reasons] for one in ranked(library, progress)
    ]
    own = [some[0] for some in terms if "needed" not in some]
    rank = {"reading": 0, "topic": 1, "area": 2, "order": 3}

    assert [rank[term] for term in own] == sorted(rank[term] for term in own)


NAMED = re.compile(
    r"stays in (?P<area>[^:]+): (?P<in_area>.+)"
    r"|(?:outside|continues) (?P<here>.+?), (?:where you are|\d+ of \d+ done)"
    r"|next in the curriculum: (?P<home>.+)"
    r"|.*, which comes next in (?P<next>.+)"
)


@given(ACYCLIC, st.data())
@settings(max_examples=300)
def test_every_place_that_a_reason_names_exists_and_has_the_paper(
    library: Library, data: st.DataObject
) -> None:
    """A topic in an area only where the catalogue has it, and the paper in it."""
    progress = after(library, data.draw(markings(library)))
    areas = {area.title: area for area in library.areas}
    topics = {topic.title for topic in library.topics.values()}

    for found in suggestions(library, progress, TODAY):
        own = library.topics_of[library.work[found.paper.name]]
        for match in filter(None, (NAMED.fullmatch(one.text) for one in found.terms)):
            place = match["here"] or match["home"] or match["next"]
            if match["area"] and match["in_area"]:
                titled = [one for one in areas[match["area"]].topics if one in own]
                assert match["in_area"] in [one.title for one in titled]
            else:
                assert place in topics | areas.keys()


def test_a_newcomer_meets_what_opens_the_way_before_what_is_hard_and_opens_nothing() -> (
    None
):
    """Of the topic to begin with; it comes where its area ends, and says why when asked."""
    hard = ("textbook", "sparse", "reuse")
    library = a_library(
        [
            a_paper("mlp", level=Level.INTRO),
            a_paper("textbook", requires=("mlp",)),
            a_paper("easy", level=Level.INTRO, requires=("mlp",)),
            a_paper("sparse", requires=("textbook",)),
            a_paper("reuse", level=Level.DEEP, requires=("sparse",)),
            a_paper("attention", requires=("mlp",)),
            a_paper("aside", requires=("attention",)),
            a_paper("later", requires=("attention",)),
        ],
        [
            a_topic("a/begin", ["mlp", "textbook", "easy", "sparse", "reuse"]),
            a_topic("a/next", ["attention", "aside"]),
            a_topic("b/last", ["later"]),
        ],
    )
    taken = follow(library)
    before = progress_of(library, mlp="read")
    waiting = {
        one.paper.key: one.terms
        for one in ranked(library, before)
        if one.paper.key in hard
    }
    texts = {term.text for terms in waiting.values() for term in terms}

    assert taken == ["mlp", "easy", "attention", "aside", *hard, "later"]
    assert keys(ranked(library, Progress())) == taken
    assert "opens nothing beyond Begin, so it can wait" in texts


def test_what_is_deep_and_opens_nothing_comes_last_in_its_topic() -> None:
    """Where others there open the way; what is not deep, or opens something, stays in its place."""
    library = a_library(
        [
            a_paper("base", level=Level.INTRO),
            a_paper("gan", requires=("base",)),
            a_paper("flows", level=Level.DEEP, requires=("base",)),
            a_paper("aside", requires=("base",)),
            a_paper("diffusion", requires=("gan",)),
            a_paper("last", requires=("base",)),
            a_paper("video", level=Level.DEEP, requires=("diffusion",)),
            a_paper("other", requires=("video",)),
        ],
        [
            a_topic("a/begin", ["base"]),
            a_topic("b/images", ["gan", "flows", "aside", "diffusion", "last"]),
            a_topic("b/video", ["video"]),
            a_topic("b/more", ["other"]),
        ],
    )
    images = ["gan", "aside", "diffusion", "last", "flows"]

    assert follow(library) == ["base", *images, "video", "other"]
    assert keys(ranked(library, Progress())) == ["base", *images, "video", "other"]


def test_a_list_without_any_needs_keeps_its_order() -> None:
    """Nothing opens the way to anything there, whatever the levels are."""
    library = a_library(
        [
            a_paper("deep", level=Level.DEEP),
            a_paper("easy", level=Level.INTRO),
            a_paper("other"),
        ],
        [a_topic("a/one", ["deep", "easy"]), a_topic("a/two", ["other"])],
    )

    assert follow(library) == ["deep", "easy", "other"]
