"""How long and how large the complaints about a catalogue may get."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import HEAD, paper_text
from catalogue_texts import KEYS, TEXT, TOPIC, complaint
from roadmap_cli.catalogues import check
from roadmap_cli.errors import DataFileError


def complaint_of_bad_rows(count: int) -> tuple[str, float]:
    """What is said of so many bad papers, and the processor time that it took."""
    papers = {f"p{one}": {"title": "T", "year": True} for one in range(count)}
    head = {"format": check.FORMAT, "version": 1, "id": "t", "title": "T"}
    rows = (f'[paper.p{one}]\ntitle = "T"\nyear = true\n' for one in range(count))
    text = HEAD + "".join(rows)

    start = process_time()
    with pytest.raises(DataFileError) as caught:
        check.check({**head, "paper": papers}, path="my.toml", text=text)
    return str(caught.value), process_time() - start


def test_two_hundred_thousand_bad_rows_are_refused_in_linear_time() -> None:
    """Ten times the rows cost about ten times as much, and are said as briefly."""
    _, tenth = complaint_of_bad_rows(20_000)
    said, whole = complaint_of_bad_rows(200_000)

    assert whole < 25 * tenth
    assert said.startswith("my.toml: 200000 problems\n")
    assert said.endswith("\n  … and 199980 more")
    assert len(said.encode()) < 10_000


def test_many_names_that_are_not_there_are_refused_quickly(tmp_path: Path) -> None:
    """Spelling is compared for what is shown, not for all."""
    known = "".join(paper_text(f"paper-{one}") for one in range(400))
    names = [f"piper-{one}" for one in range(400)]

    start = process_time()
    said = complaint(tmp_path, f"{HEAD}{TOPIC}papers = {names}\n{known}".encode())

    assert ": 400 problems\n" in said
    assert process_time() - start < 2


def test_an_odd_line_does_not_hold_up_the_complaint(tmp_path: Path) -> None:
    """A text with a bracket and a thousand spaces costs no second."""
    odd = f'{TEXT}venue = """\n[{" " * 1000}\n"""\nyear = true\n'

    start = process_time()
    assert "line 15: paper.lora.year" in complaint(tmp_path, odd.encode())
    assert process_time() - start < 1


def test_a_line_separator_within_a_text_does_not_shift_lines(tmp_path: Path) -> None:
    """U+2028 and U+0085 end no line, neither for TOML nor for an editor."""
    odd = f"{TEXT}venue = 'a\u2028b\u0085c'\nyear = true\n"

    assert "line 13: paper.lora.year" in complaint(tmp_path, odd.encode())


@pytest.mark.parametrize(
    "text",
    [
        f"[paper.{'a' * 20_000}]\ntitle = 'T'\nurl = 'https://e.org'",
        f"{'a' * 20_000} = 1",
        "".join(paper_text(f"p{n}", f"aliases = ['{'a' * 500}']") for n in range(30)),
        "".join(
            paper_text(f"p{n}", f"doi = '10.1234/{'a' * 1900}'") for n in range(30)
        ),
        "".join(
            paper_text(f"{'k' * 40}-{n}", f"requires = ['{'k' * 40}-{(n + 1) % 400}']")
            for n in range(400)
        ),
    ],
    ids=["key", "field", "aliases", "twins", "circle"],
)
def test_long_words_make_no_long_complaint(tmp_path: Path, text: str) -> None:
    """Under 10 kB, whatever the file repeats."""
    assert len(complaint(tmp_path, f"{HEAD}{text}".encode()).encode()) < 10_000


@settings(deadline=None, max_examples=60)
@given(key=st.sampled_from(KEYS), cut=st.integers(0, 11))
def test_a_key_with_a_letter_lost_is_recognised(key: str, cut: int) -> None:
    """In `papers` and in `requires`, the nearest spelling is the one that was meant."""
    import tomllib

    wrong = (key[:cut] + key[cut + 1 :]).strip("-")
    assume(wrong not in KEYS)
    papers = "".join(map(paper_text, KEYS))
    for text in (
        f"{HEAD}{TOPIC}papers = ['{wrong}']\n{papers}",
        f"{HEAD}{papers}{paper_text('zz', f'requires = [{wrong!r}]')}",
    ):
        with pytest.raises(DataFileError) as caught:
            check.check(tomllib.loads(text), path="my.toml")

        assert str(caught.value).endswith(
            f" names `{wrong}`, which is not there; did you mean `{key}`?"
        )
