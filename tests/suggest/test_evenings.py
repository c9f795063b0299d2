"""Short evenings: what fits, parts of what does not, and what `next` says it is next among."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from conftest import Result

Run = Callable[..., Result]


def offers(roadmap: Run, *asked: str) -> list[dict[str, Any]]:
    """What is offered, to programs."""
    found: list[dict[str, Any]] = json.loads(roadmap("next", *asked, "--json").out)[
        "suggestions"
    ]
    return found


def keys_and_parts(offered: list[dict[str, Any]]) -> list[tuple[str, int | None]]:
    """Of each offer the key, and which part of it is meant."""
    return [(offer["key"], offer["part"]) for offer in offered]


def text_of(offer: dict[str, Any], term: str) -> str:
    """The reason of this name."""
    texts: dict[str, str] = {why["term"]: why["text"] for why in offer["reasons"]}
    return texts[term]


def test_what_is_begun_comes_first_and_in_part_where_it_takes_longer(
    roadmap: Run,
) -> None:
    """Also in less time than anything is begun in."""
    roadmap("mark-reading", "mlp")
    evening, minutes = (
        offers(roadmap, "--within", "20m"),
        offers(roadmap, "--within=5m"),
    )
    long = offers(roadmap, "--within", "45m")

    assert keys_and_parts(evening[:2]) == [("mlp", 20), ("einsum", None)]
    assert text_of(evening[0], "part") == "go on for 20 of its 45 minutes"
    assert keys_and_parts(minutes) == [("mlp", 5)]
    assert keys_and_parts(long[:1]) == [("mlp", None)]


def test_where_nothing_near_fits_a_part_is_offered_in_the_order(roadmap: Run) -> None:
    """Nobody is sent to another area, to what fits there, for a short evening."""
    fitting = offers(roadmap, "--within", "20m")
    roadmap("mark-read", "einsum")
    first, *_ = offered = offers(roadmap, "--within", "20m")

    assert [fit["part"] for fit in fitting] == [None, None, None]
    assert fitting[0]["key"] == "einsum"
    assert keys_and_parts([first]) == [("mlp", 20)]
    assert text_of(first, "part") == "the first 20 of 45 minutes"
    assert [offer["key"] for offer in offered] == [
        row[0] for row in roadmap("next").rows
    ]


def test_nothing_is_begun_in_less_than_a_quarter_of_an_hour(roadmap: Run) -> None:
    """What fits as a whole is offered, and what comes nearest named."""
    roadmap("mark-read", "f1")
    said = roadmap("next", "--within", "14m")

    assert (said.out, said.err) == (
        "",
        "Nothing that can be begun now fits in 14 min; the shortest is BLEU, 15 min.\n",
    )
    assert offers(roadmap, "--within", "15m")


def test_a_part_of_what_nobody_knows_the_length_of_is_offered_last(
    roadmap: Run,
) -> None:
    """It says so."""
    roadmap("new", "own")
    roadmap("add", "https://example.org/x", "--title", "Untimed", "--to", "own/reading")
    roadmap("mark-known", "--where=-cat:own", "--yes")
    found = offers(roadmap, "--within", "30m", "--topic", "own")
    roadmap("mark-reading", found[0]["key"])
    begun = offers(roadmap, "--within", "30m", "--topic", "own")

    assert [offer["part"] for offer in (*found, *begun)] == [30, 30]
    assert text_of(found[0], "part") == (
        "begin with 30 minutes; how long it takes is not known"
    )
    assert text_of(begun[0], "part").startswith("go on for 30 minutes; ")


def test_a_person_sees_the_part_before_the_reasons(terminal: Run, roadmap: Run) -> None:
    """Of the first, and of the alternatives."""
    roadmap("mark-read", "mlp")
    roadmap("mark-reading", "cnn")
    call = ("next", "--topic", "neural-networks", "--within", "20m")
    shown = " ".join(terminal(*call).out.split())

    assert "; go on for 20 of its 40 minutes" in shown
    assert "the first 20 of " in shown.partition(" Or ")[2]


@pytest.mark.parametrize(
    ("asked", "among"),
    [
        ((), "next in the curriculum: Neural Networks"),
        (
            ("--topic", "llm"),
            "next in Large Language Models: Dealing with Long Context",
        ),
        (("--topic", "llm/agents"), "next in LLM-powered Agents"),
        (("--topic", "beyond"), "next in Beyond Transformers: New "),
        (("--kind", "blog"), "next in the curriculum of what matches `kind:blog`: "),
        (
            ("--kind", "metric", "--kind", "list", "--where", "-rouge", "--within=30m"),
            "next in the curriculum of what matches `kind:metric OR kind:list -rouge` and fits in 30 min: ",
        ),
        (("--within", "20m"), "next in the curriculum of what fits in 20 min: "),
    ],
)
def test_next_says_what_it_is_next_among(
    roadmap: Run, asked: tuple[str, ...], among: str
) -> None:
    """Not in the whole curriculum, where only a part of it was asked for.

    What is more than enough of its topic is not what is next there.
    """
    texts = {
        why["text"]
        for offer in offers(roadmap, *asked, "-n", "9")
        for why in offer["reasons"]
        if why["term"] == "order"
    }

    assert any(text.startswith(among) for text in texts)
    assert all(
        text.startswith(among.partition(":")[0].partition(" of what ")[0])
        for text in texts
    )
