"""Topics of which some papers are enough: what counts, what is extra, and where that comes."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    HEAD,
    TODAY,
    a_library,
    a_paper,
    a_topic,
    after,
    libraries,
    markings,
    paper_text,
    progress_of,
)
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.curriculum.names import Names
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.tally import counting, extras, tally, works_of
from roadmap_cli.suggest import Goal, Wishes, suggestions
from roadmap_cli.suggest.guide import Guide

Run = Callable[..., Result]


def order(library: Library, progress: Progress, wishes: Wishes = Wishes()) -> str:  # noqa: B008
    """The keys of all suggestions."""
    found = suggestions(library, progress, TODAY, wishes)
    return " ".join(suggestion.paper.key for suggestion in found)


def counted_in(library: Library, progress: Progress, topic: str) -> str:
    """The keys of what counts in a topic."""
    works = counting(library, progress, library.topics[f"test/{topic}"])
    return " ".join(work.removeprefix("test/") for work in works)


CHOICE = a_library(
    [a_paper(key) for key in "abcdz"],
    [a_topic("m/one", "abcd", enough=2), a_topic("m/two", "z")],
)


def test_the_first_papers_complete_the_topic_and_the_rest_comes_last() -> None:
    """Behind all that counts, also of later topics, with a reason that says so."""
    found = list(suggestions(CHOICE, Progress(), TODAY))

    assert order(CHOICE, Progress()) == "a b z c d"
    assert counted_in(CHOICE, Progress(), "m/one") == "a b"
    assert [reason.text for reason in found[3].reasons] == ["more of One, if you like"]


def test_what_the_goal_takes_anyway_completes_a_topic_on_the_way() -> None:
    """No other paper is taken for that: the way stays what is walked."""
    library = a_library(
        [a_paper("a"), a_paper("b"), a_paper("z", requires=("m/one",))],
        [a_topic("m/two", "z"), a_topic("m/one", "ab", enough=1)],
    )
    both = Goal("both", "Both", ("test/b", "test/z"))

    assert order(library, Progress(), Wishes(both)) == "b z"
    assert order(library, Progress(), Wishes(both._replace(works=("test/z",)))) == "a z"


@pytest.mark.parametrize(
    ("marks", "counts", "left"),
    [
        ({"c": "read"}, "a c", "a z b d"),
        ({"c": "known", "d": "read"}, "c d", "z a b"),
        ({"a": "skipped"}, "a b c", "b c z d"),
        ({"d": "reading"}, "a d", "d a z b c"),
        ({"b": "read", "c": "read", "d": "read"}, "b c d", "z a"),
        ({"d": "reading", "a": "read", "b": "read"}, "a b d", "d z c"),
    ],
)
def test_what_the_reader_chose_counts(
    marks: dict[str, str], counts: str, left: str
) -> None:
    """What is read, known or begun takes the place of the first; what is skipped does not."""
    progress = progress_of(CHOICE, **marks)

    assert counted_in(CHOICE, progress, "m/one") == counts
    assert order(CHOICE, progress) == left


def test_what_a_chosen_paper_needs_in_its_topic_is_chosen_first() -> None:
    """Directly, or through a paper of another topic."""
    library = a_library(
        [a_paper("a", requires=("v",)), a_paper("b"), a_paper("c"),
         a_paper("v", requires=("c",))],
        [a_topic("m/one", "abc", enough=2), a_topic("m/two", "v")],
    )  # fmt: skip

    assert counted_in(library, Progress(), "m/one") == "a c"
    assert order(library, Progress()) == "c v a b"


def test_a_paper_is_extra_only_where_it_is_extra_everywhere() -> None:
    """Not where another topic lists it among what counts, or a paper that counts needs it."""
    library = a_library(
        [*(a_paper(key) for key in "abcde"), a_paper("z", requires=("d",))],
        [
            a_topic("m/one", "abcde", enough=1),
            a_topic("m/two", "bz"),
            a_topic("m/three", "ec", enough=1),
        ],
    )

    found = extras(library, Progress())
    assert [*library.names_of(found)] == ["test/c"]
    assert counted_in(library, Progress(), "m/one") == "a"
    read = extras(library, progress_of(library, z="known"))
    assert [*library.names_of(read)] == ["test/c", "test/d"]


def test_what_requires_the_topic_waits_for_what_completes_it() -> None:
    """For the papers that the reader takes, whichever they are, and no more."""
    library = a_library(
        [a_paper(key) for key in "zabcd"],
        [
            a_topic("m/two", "z", requires=("m/one",)),
            a_topic("m/one", "abcd", enough=2),
        ],
    )
    goal = Guide(library, Names(library), Progress(), TODAY).goal("z")

    assert order(library, Progress()) == "a b z c d"
    assert order(library, Progress(), Wishes(goal)) == "a b z"
    assert order(library, progress_of(library, c="read"), Wishes(goal)) == "a z"
    complete = progress_of(library, c="read", d="known")
    assert order(library, complete, Wishes(goal)) == "z"


@given(libraries(enough=True), st.data())
def test_a_topic_is_complete_once_enough_is_done(
    library: Library, data: st.DataObject
) -> None:
    """Whatever was marked: then, or where no more is there, nothing of it counts as left."""
    progress = after(library, data.draw(markings(library)))
    for topic in library.topics.values():
        whole = tally(works_of(library, topic), library, progress)
        counts = tally(counting(library, progress, topic), library, progress)
        enough = topic.enough or whole.total
        open_ = whole.todo + whole.reading
        missing = max(enough - whole.done, whole.reading, 0)

        assert counts.done == whole.done
        assert counts.todo + counts.reading == min(missing, open_)


@given(libraries(enough=True), st.data())
def test_all_numbers_are_those_of_what_is_not_extra(
    library: Library, data: st.DataObject
) -> None:
    """What counts as a whole, what a plan takes, and what comes before the first extra."""
    progress = after(library, data.draw(markings(library)))
    guide = Guide(library, Names(library), progress, TODAY)
    counts = tally(counting(library, progress), library, progress)
    way = guide.way(None)
    everything = guide.way(None, extras=True)
    beyond = {*library.names_of(extras(library, progress))}

    assert len(way) == counts.todo + counts.reading
    assert sum(library.shown[work].minutes or 0 for work in way) == counts.minutes_left
    assert everything[: len(way)] == way
    assert {*everything[len(way) :]} == beyond


@given(libraries(enough=True), st.data())
def test_a_goal_is_reached_when_its_topic_is_complete(
    library: Library, data: st.DataObject
) -> None:
    """Nothing extra is on the way; what counts of the whole is on it."""
    progress = after(library, data.draw(markings(library)))
    guide = Guide(library, Names(library), progress, TODAY)
    for topic in library.topics.values():
        goal = guide.goal(topic.name)
        counts = tally(counting(library, progress, topic), library, progress)
        way = guide.way(goal)

        assert (not way) == (counts.todo + counts.reading == 0)
        assert guide.distance(goal).left == len(way)
        assert {*way} <= {*guide.whole_way(goal)} == {*guide.takes(goal)}


@given(libraries(enough=True), st.data())
def test_reading_one_more_makes_nothing_count_that_did_not(
    library: Library, data: st.DataObject
) -> None:
    """What is left to count gets less with each paper read, extra or not."""
    marks = data.draw(markings(library))
    progress = after(library, marks)
    left = [*library.names_of(library.current - progress.marks(library).settled)]
    if not left:
        return
    read = data.draw(st.sampled_from(left))
    later = after(library, [*marks, (read, Status.READ)])

    assert {*counting(library, later)} <= {*counting(library, progress), read}


HEADED = f'{HEAD}[[area]]\nid = "a"\ntitle = "A"\n'
LISTED = '[[area.topic]]\nid = "t"\ntitle = "T"\npapers = ["p", "q", "r"]\n'
PAPERS = "".join(paper_text(key, "minutes = 20") for key in "pqr")


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a catalogue of one topic of three papers, with further fields of that topic."""

    def made(fields: str) -> Path:
        path = tmp_path / "made.toml"
        path.write_text(HEADED + LISTED + fields + PAPERS)
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
        return path

    return made


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("4", "enough is 4, but the topic lists 3 papers"),
        ("0", "enough"),
        ("-1", "enough"),
        ("1.5", "enough"),
        ('"two"', "enough"),
        ("true", "enough"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_all_else_that_is_wrong(
    value: str, said: str, roadmap: Run, catalogue: Callable[[str], Path]
) -> None:
    """More than there are papers, none, or no whole number; beside a name that is not there."""
    catalogue(f'enough = {value}\nrequires = ["a/nothing"]\n')

    done = roadmap("list")
    assert done.code == 3
    assert "2 problems" in done.err
    assert said in done.err
    assert "`a/nothing`, which is not there" in done.err


def test_every_view_gives_the_same_numbers(
    roadmap: Run, catalogue: Callable[[str], Path]
) -> None:
    """Home, `stats`, `list`, a goal, a way and a plan; `list` still has every paper."""
    catalogue("enough = 2\n")
    shown = {
        name: json.loads(roadmap(*call.split(), "--json").out)
        for name, call in {
            "home": "",
            "stats": "stats",
            "list": "list test/a/t",
            "goal": "goal set test/a/t",
            "path": "path test/a/t",
            "plan": "plan --hours 9",
            "all": "plan --hours 9 --all",
        }.items()
    }
    (head,) = shown["list"]["sections"].values()
    (goal,) = shown["goal"]["goals"]
    counts = [shown["home"]["standing"], shown["stats"]["standing"], head, goal]

    assert [row["total"] for row in counts] == [2] * 4
    assert [row["minutes_left"] for row in counts] == [40] * 4
    assert (head["enough"], head["extra"]) == (2, 1)
    assert [row["key"] for row in shown["list"]["papers"]] == ["p", "q", "r"]
    assert [row["key"] for row in shown["path"]["papers"]] == ["p", "q"]
    assert [row["key"] for row in shown["plan"]["steps"]] == ["p", "q"]
    assert [row["key"] for row in shown["all"]["steps"]] == ["p", "q", "r"]


def test_the_rest_is_offered_when_the_topic_is_complete(
    roadmap: Run, terminal: Run, catalogue: Callable[[str], Path]
) -> None:
    """And the topic says how many of its papers complete it."""
    catalogue("enough = 2\n")
    roadmap("mark-read", "r", "q")
    (offered,) = json.loads(roadmap("next", "--json").out)["suggestions"]

    assert offered["key"] == "p"
    assert offered["reasons"][0] == {"term": "more", "text": "more of T, if you like"}
    assert "2 of these 3 make it complete" in terminal("show", "a/t").out


def test_a_list_that_gets_shorter_asks_for_no_more_than_it_has(
    roadmap: Run, home: Path
) -> None:
    """A paper that is taken out leaves a catalogue that is right; the last leaves no number."""
    path = home / "catalogues" / "test.toml"
    path.parent.mkdir(parents=True)
    path.write_text(HEADED + LISTED + "enough = 2\n" + PAPERS)
    numbers = []
    for key in "pqr":
        assert roadmap("remove", f"test/{key}").code == 0
        (topic,) = tomllib.loads(path.read_text())["area"][0]["topic"]
        numbers.append(topic.get("enough"))

    assert numbers == [2, 1, None]
