"""What is new in a catalogue: two states of it compared."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_catalogue, a_paper, a_topic
from roadmap_cli.curriculum.model import Kind as PaperKind
from roadmap_cli.curriculum.model import News, Paper, Question
from roadmap_cli.progress.news import (
    Change,
    Kind,
    State,
    between,
    line_of,
    lines_of,
    state_of,
)

FORMERLY_X = {"aliases": ("x",), "title": "The x paper", "url": "https://example.org/x"}
Topics = Mapping[str, Sequence[str]]


def a_state(
    topics: Topics,
    papers: Mapping[str, Mapping[str, Any]] | None = None,
    **fields: Mapping[str, Any],
) -> State:
    """A state with these papers in these topics; `papers` says more of some of them.

    `fields` says more of topics, by their own id.
    """
    keys = {key for listed in topics.values() for key in listed if "/" not in key}
    more = {**{key: {} for key in sorted(keys)}, **(papers or {})}
    catalogue = a_catalogue(
        [a_paper(key, **said) for key, said in more.items()],
        [
            a_topic(name, listed, **fields.get(name.partition("/")[2], {}))
            for name, listed in topics.items()
        ],
    )
    lines = [*lines_of(catalogue), *map(line_of, catalogue.papers.values())]
    return state_of(json.loads(json.dumps(lines)))


def told(
    old: State, new: State
) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """The kind, the name, what was and what is of each change."""
    return [
        (change.kind.value, change.name, change.before, change.after)
        for change in between(old, new)
    ]


def test_papers_come_and_go() -> None:
    """What goes away without being retired is told as if it was."""
    old = a_state({"a/t": ["x", "y"]})
    new = a_state({"a/t": ["x", "w"]}, {"v": {"retired": "superseded"}})

    assert told(old, new) == [("came", "w", (), ("a/t",)), ("retired", "y", (), ())]


def test_a_paper_is_retired_once_and_may_come_back() -> None:
    """Its reason is told; another reason is no news, nor that it is gone at last."""
    was = a_state({"a/t": ["x", "y"]})
    retired = a_state({"a/t": ["x", "y"]}, {"y": {"retired": "superseded"}})
    reworded = a_state({"a/t": ["x", "y"]}, {"y": {"retired": "old"}})

    assert told(was, retired) == [("retired", "y", (), ("superseded",))]
    assert told(retired, reworded) == []
    assert told(retired, a_state({"a/t": ["x"]})) == []
    assert told(retired, was) == [("came", "y", (), ("a/t",))]


def test_a_key_among_the_aliases_is_the_former_one() -> None:
    """Prerequisites and places that name it follow it silently."""
    old = a_state({"a/t": ["x", "y"]}, {"y": {"requires": ("x",)}})
    new = a_state(
        {"a/t": ["x2", "y"]},
        {
            "x2": {"aliases": ("x",), "url": "https://example.org/x"},
            "y": {"requires": ("x2",)},
        },
    )

    assert told(old, new) == [
        ("renamed", "x2", ("x",), ("x2",)),
        ("renamed", "x2", ("The x paper",), ("The x2 paper",)),
    ]


def test_retired_renamed_and_moved_at_once() -> None:
    """Each is told of its own paper."""
    old = a_state({"a/t": ["x", "y", "z"], "a/u": ["w"]})
    new = a_state(
        {"a/t": ["x2", "y"], "a/u": ["w", "z"]},
        {"x2": FORMERLY_X, "y": {"retired": "old"}},
    )

    assert told(old, new) == [
        ("renamed", "x2", ("x",), ("x2",)),
        ("retired", "y", (), ("old",)),
        ("moved", "z", ("a/t",), ("a/u",)),
    ]


@pytest.mark.parametrize(
    ("order", "moved"),
    [("bacd", {"a"}), ("bcda", {"a"}), ("dabc", {"d"}), ("badc", 2), ("abcd", set())],
)
def test_the_fewest_papers_moved_that_explain_an_order(
    order: str, moved: set[str] | int
) -> None:
    """Those beside which the others stand as before."""
    changes = between(a_state({"a/t": "abcd"}), a_state({"a/t": order}))

    assert {change.kind for change in changes} <= {Kind.MOVED}
    names = {change.name for change in changes}
    assert len(names) == moved if isinstance(moved, int) else len(names) == len(moved)
    assert all(change.before == change.after == ("a/t",) for change in changes)


def test_links_and_prerequisites() -> None:
    """Of papers and of topics; their order says nothing."""
    old = a_state({"a/t": ["x", "y", "z"]}, {"z": {"requires": ("x", "y")}})
    same = a_state({"a/t": ["x", "y", "z"]}, {"z": {"requires": ("y", "x")}})
    new = a_state(
        {"a/t": ["x", "y", "z"]},
        {"z": {"requires": ("x", "genai/lora"), "url": "https://e.org/other"}},
        t={"requires": ("other/topic",)},
    )

    assert told(old, same) == []
    assert told(old, new) == [
        ("prerequisites", "a/t", (), ("other/topic",)),
        ("link", "z", ("https://example.org/z",), ("https://e.org/other",)),
        ("prerequisites", "z", ("y",), ("genai/lora",)),
    ]


def test_questions_come_go_and_change() -> None:
    """By their ids; the words of one are compared, hint included."""

    def asking(*questions: tuple[str, str, str]) -> State:
        some = tuple(Question(*question) for question in questions)
        return a_state({"a/t": ["x"]}, t={"questions": some})

    old = asking(("p", "P?", ""), ("q", "Q?", "so"), ("r", "R?", ""))
    (change,) = between(
        old, asking(("q", "Q?", "thus"), ("r", "R?", ""), ("s", "S?", ""))
    )

    assert change == Change(
        Kind.QUESTIONS, "a/t", "T", ("p",), ("s",), is_topic=True, changed=("q",)
    )


def test_a_question_of_another_id_is_the_same_one() -> None:
    """Where it names that; its words may be others."""
    old = a_state({"a/t": ["x"]}, t={"questions": (Question("p", "P?"),)})
    same = a_state({"a/t": ["x"]}, t={"questions": (Question("q", "P?", "", ("p",)),)})
    new = a_state({"a/t": ["x"]}, t={"questions": (Question("q", "Q?", "", ("p",)),)})

    assert between(old, same) == []
    (change,) = between(old, new)
    assert (change.before, change.after, change.changed) == ((), (), ("q",))


@pytest.mark.parametrize(
    "name", ["b/t", "a/mostly", "a/titled"], ids=["id", "papers", "title"]
)
def test_a_topic_of_another_name_is_the_same_one(name: str) -> None:
    """Where its own id, its title or most of its papers are; no paper of it has moved."""
    papers = ["x", "y"] if name == "a/mostly" else ["x"]
    old = a_state({"a/t": [*papers, "gone"]})
    title = {"title": "T"} if name == "a/titled" else {}
    new = a_state({name: [*papers, "came"]}, None, **{name.partition("/")[2]: title})

    kinds = [(kind, key) for kind, key, _, _ in told(old, new)]
    assert ("renamed", name) in kinds
    assert [key for kind, key in kinds if kind in ("moved", "retired")] == ["gone"]


def test_papers_of_other_catalogues_are_told_where_they_are_listed() -> None:
    """By their full names."""
    old = a_state({"a/t": ["x", "genai/bert"], "a/u": []})
    new = a_state({"a/t": ["x", "genai/lora"], "a/u": []})

    assert told(old, new) == [
        ("came", "genai/lora", (), ("a/t",)),
        ("retired", "genai/bert", (), ()),
    ]


def test_new_words_of_the_makers_are_told_once() -> None:
    """Those that the state before has not."""
    catalogue = a_catalogue()
    older, newer = News("2026-01-01", "First."), News("2026-02-01", "Second.")
    old, new = (
        state_of(lines_of(catalogue._replace(news=news)))
        for news in ((older,), (newer, older))
    )

    assert told(old, new) == [("news", "test", (), ("2026-02-01", "Second."))]


@pytest.mark.parametrize(
    "lines", [[], [["paper", 1]], [["catalogue", "x"]], ["text"], [["what", "x"]], [1]]
)
def test_lines_that_are_no_state_are_refused(lines: list[Any]) -> None:
    """Whatever a damaged file holds."""
    with pytest.raises((ValueError, TypeError)):
        state_of(lines)


KEYS = st.sampled_from("abcdef")
STATES = st.builds(
    lambda listed, said: a_state(
        {f"a/t{number}": keys for number, keys in enumerate(listed)}, said
    ),
    st.lists(st.lists(KEYS, unique=True, max_size=5), min_size=1, max_size=3),
    st.dictionaries(
        KEYS,
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(["One", "Two"]),
                "url": st.sampled_from(["https://e.org/1", "https://e.org/2"]),
                "requires": st.sampled_from([("a",), ("b", "c"), ()]),
            },
        ),
    ),
)


@given(STATES, STATES)
def test_no_difference_is_silent_and_no_likeness_is_news(
    old: State, new: State
) -> None:
    """Two states have no news between them exactly if they say the same."""
    assert between(old, old) == []
    assert (between(old, new) == []) == (old == new)


@given(STATES, STATES)
def test_every_change_is_one(old: State, new: State) -> None:
    """What is said of before is true of the old state, what is said of after of the new one."""
    for change in between(old, new):
        if change.is_topic or change.kind is Kind.MOVED:
            continue
        was, now = old.papers.get(change.name), new.papers.get(change.name)
        match change.kind:
            case Kind.CAME:
                assert was is None
                assert now is not None
            case Kind.RETIRED:
                assert now is None
            case Kind.LINK:
                assert was is not None
                assert now is not None
                assert (change.before, change.after) == ((was.url,), (now.url,))
            case Kind.RENAMED:
                assert was is not None
                assert now is not None
                assert (change.before, change.after) == ((was.title,), (now.title,))
            case Kind.PREREQUISITES:
                assert was is not None
                assert now is not None
                assert was.requires - {*change.before} | {*change.after} == now.requires
            case _:
                raise AssertionError(change)


def test_a_paper_is_known_by_its_own_requirements_and_others() -> None:
    """A full name of its own catalogue is the key."""
    paper = Paper("test", "x", "X", PaperKind.PAPER, "", requires=("test/y", "genai/z"))

    assert list(line_of(paper))[4] == ["y", "genai/z"]
