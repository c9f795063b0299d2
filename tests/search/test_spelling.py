"""How words are compared, and what is close."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap_cli.language.phrases import counted
from roadmap_cli.language.slips import closest, did_you_mean
from roadmap_cli.language.spelling import fold

WORDS = st.text(st.sampled_from("abcdeé-ÄB "), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("LoRA", "lora"),
        ("Low-Rank  Adaptation!", "low rank adaptation"),
        ("Große Sprachmodelle", "grosse sprachmodelle"),
        ("GROẞE", "grosse"),
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("Søren Ærø", "soren aero"),
        ("Œuvre", "oeuvre"),
        ("Đỗ", "do"),
        ("naïve Bayes", "naive bayes"),
        ("nai\u0308ve", "naive"),
        ("snake_case", "snake case"),
        ("(GPT-4V)", "gpt 4v"),
        ("ﬁne-tuning", "fine tuning"),
        ("大模型", "大 模 型"),
        (" – & – ", ""),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(
    text: str, folded: str
) -> None:
    """What people type and what a title says come out the same."""
    assert fold(text) == folded


@given(st.text())
@example("𝐀ttention")
@example("ChatGPT™")
@example("ǿ")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Else a text would differ from its own folded form."""
    once = fold(text)

    assert fold(once) == once


@given(st.text())
def test_how_accents_are_encoded_makes_no_difference(text: str) -> None:
    """Composed (Linux, Windows) and decomposed (macOS) spellings are equal."""
    composed = unicodedata.normalize("NFC", text)

    assert fold(composed) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_a_folded_text_is_single_words_with_single_spaces(text: str) -> None:
    """No gap at the ends, none longer than one space."""
    folded = fold(text)

    assert " ".join(folded.split()) == folded


@given(WORDS.filter(fold), st.lists(WORDS, max_size=5), st.data())
def test_the_word_itself_is_the_closest(
    word: str, others: list[str], data: st.DataObject
) -> None:
    """However many others stand around it."""
    options = data.draw(st.permutations([word, *others]))

    assert fold(closest(word, options)[0]) == fold(word)


@given(WORDS, st.lists(WORDS, max_size=8), st.integers(1, 4))
def test_only_options_are_offered_and_not_too_many(
    word: str, options: list[str], count: int
) -> None:
    """Each at most once."""
    near = closest(word, options, count=count)

    assert set(near) <= set(options)
    assert len(near) == len(set(near))
    assert len(near) <= count


def test_what_is_near_comes_best_first() -> None:
    """What has nothing to do with the word is not offered."""
    options = ["prefix-tuning", "QLoRA", "LoRA", "mamba"]

    assert closest("lroa", options)[0] == "LoRA"
    assert closest("prefix tunning", options) == ["prefix-tuning"]
    assert closest("zzz", options) == []


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("lorra", "did you mean `lora`?"),
        ("abcdef", "did you mean `abcdeg` or `abcdxy`?"),
        ("zzz", None),
    ],
)
def test_a_misspelt_word_gets_a_hint(word: str, hint: str | None) -> None:
    """With every near option, or none at all."""
    assert did_you_mean(word, ["lora", "abcdeg", "abcdxy"]) == hint


def test_numbers_agree_with_their_nouns() -> None:
    """Only one is singular."""
    said = [counted(number, "paper") for number in (0, 1, 2)]

    assert said == ["0 papers", "1 paper", "2 papers"]
