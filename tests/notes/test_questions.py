"""Questions that stand in notes: where each begins and ends, and what it is known by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.notes.questions import Noted, id_of, questions_in, written


def read(*lines: str) -> list[Noted]:
    """The questions of these lines."""
    return list(questions_in("\n".join(lines)))


def said(*lines: str) -> list[tuple[str, str]]:
    """The questions of these lines with their answers."""
    return [(noted.ask, noted.answer) for noted in read(*lines)]


def test_a_question_goes_on_to_its_answer_and_that_to_the_next_question() -> None:
    """Blank lines belong to either; a heading, a dated line of ours and the end close it."""
    found = said(
        "Q: Why is",
        "this so?",
        "A: Because.",
        "",
        "Indeed.",
        "Q:Second?",
        "A:",
        "# Heading",
        "text",
        "Q: Third?",
        "A: Yes.",
        "- 2026-01-05: a line that `note` added",
        "Q: Last?",
        "A: To the end.",
    )

    assert found == [
        ("Why is\nthis so?", "Because.\n\nIndeed."),
        ("Second?", ""),
        ("Third?", "Yes."),
        ("Last?", "To the end."),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Q: No answer"],
        ["Q: No answer", "# Heading", "A: too late"],
        ["Q:", "A: of nothing"],
        ["A: of nothing"],
        [" Q: set in", " A: set in"],
        ["Questions: none", "A: none"],
        ["```", "Q: code", "A: code", "```"],
        ["~~~ text", "Q: code", "```", "A: code"],
        ["````", "```", "Q: code", "A: code", "````"],
    ],
)
def test_what_is_no_question_with_an_answer_is_none(lines: list[str]) -> None:
    """Nor is what stands in a code fence, closed or not."""
    assert read(*lines) == []


def test_code_belongs_to_the_answer_that_it_stands_in() -> None:
    """And begins no question there."""
    lines = ["Q: How?", "A: So:", "```", "Q: x", "# no heading", "```", "Q: b", "A: c"]

    assert said(*lines) == [
        ("How?", "So:\n```\nQ: x\n# no heading\n```"),
        ("b", "c"),
    ]


def test_an_id_at_the_end_of_a_line_of_the_question_is_its_own() -> None:
    """Without one it is known by its words, whatever their case and spacing."""
    first, second, third = read(
        "Q: What is the rank? ^Rank-1", "A: x",
        "Q: What is", "this? ^two", "A: x ^three",
        "Q:  what  IS\tthis?", "A: y",
    )  # fmt: skip

    assert (first.id, first.ask, first.is_named) == (
        "rank-1",
        "What is the rank?",
        True,
    )
    assert (second.id, second.answer) == ("two", "x ^three")
    assert (third.id, third.is_named) == (id_of("What is this?"), False)


def test_what_a_question_is_known_by_never_changes() -> None:
    """Answers are kept under it."""
    assert id_of("What is the rank?") == "99d44b44fa47"
    assert id_of("Wie heißt ﬁnal?") == id_of("wie  HEISST final?")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_question_that_is_written_is_read_again(ask: str, answer: str) -> None:
    """As it was, on one line; with an id of its own."""
    ask, answer = " ".join(f"{ask} x".split()), " ".join(answer.split())
    name, lines = written(ask, answer, frozenset(["x"]))

    assert [*questions_in(f"text\n\n{lines}\n")] == [Noted(name, ask, answer, True)]
    assert name != "x"


@given(st.lists(st.sampled_from(["Q: a", "A: b", "```", "~~~", "# h", "", "x ^y"])))
def test_every_question_has_words_and_comes_in_order(lines: list[str]) -> None:
    """Whatever the lines are."""
    for noted in read(*lines):
        assert noted.ask
        assert noted.id in ("y", id_of(noted.ask))


@pytest.mark.parametrize("line", ["Q: a\nA: b", "```", "Q:", "A:", "Q: a ^b", "`" * 40])
def test_each_further_line_costs_the_same(line: str) -> None:
    """Also of notes that mean harm."""
    texts = ["\n".join([line] * size) for size in SIZES]
    measured = [calls_of(lambda text: list(questions_in(text)), text) for text in texts]

    assert growth(measured) < LIMIT
