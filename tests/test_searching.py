"""What a search says where it finds nothing, or something else, through the entry point."""

from collections.abc import Callable

import pytest

from conftest import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.quick


@pytest.mark.parametrize("call", ["-n 1 lora", "lora -n 1", "-n1 lora", "lora -n1"])
def test_a_hyphen_n_with_a_number_is_the_count(roadmap: Run, call: str) -> None:
    """As `next` has it, before and behind the words."""
    assert roadmap("search", *call.split()).out == (
        roadmap("search", "--count", "1", "lora").out
    )


@pytest.mark.parametrize("word", ["-nlp", "-lin", "-learns", "-rank-1"])
def test_any_other_hyphen_is_a_word_not_to_find(roadmap: Run, word: str) -> None:
    """Also with an n in it, and a number behind it that is looked for."""
    one_by_one = roadmap("search", "lora", word, "2022").out

    assert one_by_one == roadmap("search", f"lora {word} 2022").out


def test_none_is_no_count(roadmap: Run) -> None:
    """As with the long option."""
    done = roadmap("search", "-n", "0", "lora")

    assert done.code == roadmap("search", "--count", "0", "lora").code == 2
    assert done.err.startswith("error: invalid value for '-n': 0 is not in the range")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("attenshun year:2017", "did you mean `attention year:2017`?"),
        ("attenshun year:1917", "try fewer or other words"),
        ("year:2030", "`roadmap help search`"),
        ("status:read", "`roadmap help search`"),
        ("kind:paper kind:survey", "for either write kind:paper OR kind:survey"),
        ("kind:paper year:2030", "every condition has to hold: try fewer of them"),
        ("kind:paper -kind:paper", "every condition has to hold: try fewer of them"),
    ],
)
def test_what_is_no_word_is_never_taken_for_a_misspelling(
    roadmap: Run, words: str, hint: str
) -> None:
    """The hint says what helps, and the spelling it offers finds something."""
    done = roadmap("search", *words.split())

    assert (done.code, done.out) == (1, "")
    assert hint in done.err.splitlines()[1]


@pytest.mark.parametrize("call", [["search"], ["list", "--where"], ["next", "--where"]])
@pytest.mark.parametrize(
    ("query", "field", "hint"),
    [
        ("area:difusion", "area", "did you mean `diffusion` or"),
        ("topic:nope", "topic", "`roadmap list` shows all topics"),
        ("catalogue:gena", "catalogue", "did you mean `genai`?"),
    ],
)
def test_an_area_topic_or_catalogue_that_there_is_not_is_said(
    roadmap: Run, call: list[str], query: str, field: str, hint: str
) -> None:
    """As other wrong names are, not as words that nothing matches."""
    done = roadmap(*call, query)
    value = query.partition(":")[2]

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"error: no {field} is called `{value}` (character 1 ")
    assert hint in done.err.splitlines()[1]
