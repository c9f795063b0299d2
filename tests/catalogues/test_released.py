"""The shipped catalogues as they were when they were released last: nothing ever vanishes."""

import json
from functools import cache
from pathlib import Path

import pytest

from roadmap_cli.catalogues.reading import load
from roadmap_cli.disk.places import SHIPPED, shipped
from roadmap_cli.progress.news import Kind, State, between, line_of, lines_of, state_of

RELEASED = Path(__file__).parents[1] / "data" / "released"
CATALOGUES = [catalogue.id for catalogue in SHIPPED]


@cache
def now() -> dict[str, State]:
    """The shipped catalogues as they are."""
    return {
        catalogue.id: state_of(
            [*lines_of(catalogue), *map(line_of, catalogue.papers.values())]
        )
        for catalogue in load(map(shipped, SHIPPED)).library.catalogues
    }


def before(catalogue: str) -> State:
    """A catalogue as it was at its last release."""
    lines = (RELEASED / f"{catalogue}.jsonl").read_text("utf-8").splitlines()
    return state_of(map(json.loads, lines))


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_key_has_vanished(catalogue: str) -> None:
    """One that another key took the place of is an alias of that; others are retired."""
    papers = now()[catalogue].papers
    names = {*papers, *(name for paper in papers.values() for name in paper.aliases)}

    assert {*before(catalogue).papers} - names == set()


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_question_has_vanished(catalogue: str) -> None:
    """Its id is that of a question still, or an alias: what was learnt of it is kept under it."""

    def asked(state: State) -> set[str]:
        questions = [topic.questions for topic in state.topics.values()]
        named = (
            alias for some in questions for q in some.values() for alias in q.aliases
        )
        return {*(name for some in questions for name in some), *named}

    assert asked(before(catalogue)) - asked(now()[catalogue]) == set()


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_topic_has_vanished_unless_it_has_another_name(catalogue: str) -> None:
    """Goals are kept under their names."""
    changes = between(before(catalogue), now()[catalogue])

    gone = [c.name for c in changes if c.is_topic and c.kind is Kind.RETIRED]
    assert gone == []


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_list_is_released_on_a_day_that_is_never_earlier(catalogue: str) -> None:
    """Else what is new in it would count as a step back, and be told to nobody."""
    old, new = before(catalogue), now()[catalogue]

    assert new.released >= old.released > ""
    assert list(new.news) == sorted(new.news, reverse=True)
    assert all(on <= new.released for on, _ in new.news)
