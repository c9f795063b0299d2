"""The index of words: what it finds, whatever is asked of it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import a_library, a_paper, a_topic
from roadmap_cli.catalogues.reading import load
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Kind, Paper
from roadmap_cli.disk.places import shipped
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.program.searching import findables
from roadmap_cli.search import parse
from roadmap_cli.store.words import findable, finding, vocabulary
from roadmap_cli.store.words.findable import create
from roadmap_cli.store.words.finding import find
from roadmap_cli.store.words.hits import Reader
from roadmap_cli.store.words.unmet import Unmet, nearest, unmet

PAPERS = [
    a_paper("lora", title="LoRA: Low-Rank Adaptation", synonyms=("adapters",), year=2022),
    a_paper("state-spaces", title="Sequence Modeling with Selective State Spaces", year=2024),
    a_paper("autoprompt", title="AutoPrompt: Eliciting Knowledge", authors=("Taylor Shin",)),
    a_paper("bert", title="Pre-training of Transformers", authors=("Jörg Müller",), kind=Kind.SURVEY),
    a_paper("chinese", title="论文精读"),
    a_paper("stable-video", title="Stable Video Diffusion", note="Quantized attention."),
]  # fmt: skip
LIBRARY = a_library(
    PAPERS, [a_topic("llm/agents", ["lora", "bert"], aliases=("Agenten",))]
)
WORKS = [one.partition("/")[2] for one in LIBRARY.positions]


def filled(library: Library) -> sqlite3.Connection:
    """An index of a library."""
    connection = sqlite3.connect(":memory:")
    create(connection, findables(library))
    return connection


@pytest.fixture(scope="module")
def small() -> sqlite3.Connection:
    """The index of the papers above."""
    return filled(LIBRARY)


@pytest.fixture(scope="module")
def genai() -> sqlite3.Connection:
    """The index of the catalogue that comes with the program."""
    return filled(load([shipped()]).library)


def keys(connection: sqlite3.Connection, text: str, **more: object) -> list[str]:
    """What a query finds, best first."""
    found = find(connection, parse(text), **more)  # type: ignore[arg-type]
    return [WORKS[one.work] for one in found]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("lroa", "lora"), ("lorra", "lora"), ("LORA", "lora"),
        ("low rank", "lora"), ("low-rank", "lora"), ("lowrank", "lora"), ("adaptations", "lora"),
        ("adapting", "lora"), ("adpatation", "lora"), ("adaptatoin", "lora"), ("dadaptation", "lora"),
        ("auto prompt", "autoprompt"), ("auto-prompt", "autoprompt"), ("autopromt", "autoprompt"),
        ("statespaces", "state-spaces"), ("sta ble video", "stable-video"), ("state space", "state-spaces"), ("selectve sttae", "state-spaces"),
        ("pretraining", "bert"), ("pre training", "bert"), ("pretrained", "bert"), ("pre-trainin", "bert"),
        ("muller", "bert"), ("mueller", "bert"), ("author:Müler", "bert"), ("MU\u0308LLER", "bert"),
        ("精读", "chinese"), ("论文", "chinese"), ("quantised", "stable-video"), ("stablevideo", "stable-video"),
        ("agent", "lora"), ("agenten kind:survey", "bert"), ("topic:llm/agents -lora", "bert"),
        ("year:2024", "state-spaces"), ("lora OR bert", "lora"), ("zzzz lora", "lora"),
        ("diffs", "stable-video"), ("stable vids", "stable-video"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_typed(
    text: str, key: str, small: sqlite3.Connection
) -> None:
    """Misspelt, joined, apart, in other forms, without accents, unfinished."""
    assert keys(small, text)[0] == key


def test_a_slip_counts_though_a_far_form_of_another_word_is_spelled_so() -> None:
    """`explaner` has the stem of explanations; one letter less than in explainer is nearer."""
    library = a_library(
        [
            a_paper("words", title="Explanations of a Transformer"),
            a_paper("picture", title="Transformer Explainer"),
        ]
    )
    found = find(filled(library), parse("transfomer explaner"))

    works = [list(library.positions)[one.work] for one in found]
    assert works == ["test/picture", "test/words"]


MANY = [
    *(a_paper(f"noise-{n}", title=f"Noise {n}", note="graph motion") for n in range(3)),
    a_paper("both", title="Graph Motion of Proteins"),
    a_paper("graph", title="A Name"),
    *(a_paper(f"x-{n}", title="Other things") for n in range(30)),
]
"""Some papers say both words, but only one not in its notes."""


def asked_of(connection: sqlite3.Connection, text: str) -> tuple[list[str], list[str]]:
    """What a query finds in `MANY`, and the statements by which texts were looked for."""
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    works = [hit.work for hit in find(connection, parse(text))]
    connection.set_trace_callback(None)
    matching = [each for each in statements if "MATCH" in each]
    return [MANY[work].key for work in works], matching


def test_of_words_that_many_papers_say_not_all_papers_are_sorted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those are looked at that say two where it tells most, or are called by the rarest."""
    connection = filled(a_library(MANY))
    few, sorting = asked_of(connection, "graph motion qwzxk")
    monkeypatch.setattr(finding, "_SELDOM", 2)
    monkeypatch.setattr(finding, "_MOST_SORTED", 2)
    many, looking = asked_of(connection, "graph motion qwzxk")

    assert few[0] == many[0] == "both"
    assert any("bm25" in each for each in sorting)
    assert not any("bm25" in each for each in looking)


def test_papers_that_say_all_words_are_not_looked_for_where_one_is_said_nowhere() -> (
    None
):
    """To find out takes long where the others are said by many."""
    connection = filled(a_library(MANY))

    assert not any(" AND " in each for each in asked_of(connection, "graph qwzxk")[1])
    assert any(" AND " in each for each in asked_of(connection, "graph motion")[1])


def test_a_whole_synonym_is_enough_of_a_long_query() -> None:
    """Whatever else was typed around it; half of a synonym is not."""
    library = a_library([a_paper("crew", synonyms=("software company",)), a_paper("x")])
    around = "agents that play a whole {} with roles like engineer and manager"

    connection = filled(library)
    assert find(connection, parse(around.format("software company")))[0].work == 0
    assert find(connection, parse(around.format("company"))) == []


@pytest.mark.parametrize(
    "text",
    ["xyzzy", "lora kind:survey", "year:2021", "bert -survey -pre", "zq", "1234.56789"],
)
def test_what_is_not_there_is_not_found(text: str, small: sqlite3.Connection) -> None:
    """Nor anything instead."""
    assert keys(small, text) == []


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("attenshun", ""),
        ("sequenze modelink", "sequence modeling"),
        ("sequenze year:2030 -bert", "sequence year:2030 -bert"),
        ('sequenze OR "prompt tunink"', 'sequence OR "prompt tunink"'),
        ("year:2030", ""),
        ("qqqq", ""),
    ],
)
def test_the_nearest_spelling_is_offered(
    text: str, better: str, small: sqlite3.Connection
) -> None:
    """Of every plain word, or none; fields, phrases and numbers stay."""
    assert nearest(small, text) == better


def test_a_hit_says_by_which_words_it_was_found(small: sqlite3.Connection) -> None:
    """As they stand in the paper, folded."""
    matched = {
        text: find(small, parse(text))[0].matched
        for text in ("low-rank", "lroa", "adapting", "autopromt", "the lora paper")
    }

    assert matched == {
        "low-rank": ("low", "rank"),
        "lroa": ("lora",),
        "adapting": ("adaptation", "adapters"),
        "autopromt": ("autoprompt",),
        "the lora paper": ("lora",),
    }


def test_a_word_that_papers_have_is_no_slip_of_another() -> None:
    """`modal` is not told to be shown for `model`, as nothing looked for it so."""
    papers = [a_paper("a", title="Model Alpha"), a_paper("b", title="Modal Logic")]
    left = unmet(
        filled(a_library(papers)), parse("model modal alpha"), ("model", "alpha")
    )

    assert left == [Unmet("modal", "", is_known=True)]


def test_status_and_own_notes_come_from_the_reader(small: sqlite3.Connection) -> None:
    """They are not in the index: they are asked for at each search."""
    bert = WORKS.index("bert")
    reader = Reader(
        lambda work: "read" if work == bert else "todo", {bert: "Xylophone!"}
    )

    assert keys(small, "status:read", reader=reader) == ["bert"]
    assert keys(small, "xylophone", reader=reader) == ["bert"]
    assert keys(small, "note:xylophone pretraining", reader=reader) == ["bert"]
    assert keys(small, "xylophone -status:read", reader=reader) == []


def test_what_a_word_means_is_seen_where_it_was_looked_for_in_vain() -> None:
    """The names of a topic are read again for its second paper, as the first did not say it."""
    papers = [
        a_paper("noted", title="Policy Gradients"),
        a_paper("other", title="Deterministic Gradients"),
        *(a_paper(f"x-{n}", title=f"Something Else {n}") for n in range(20)),
    ]
    topic = a_topic("llm/x", ["noted", "other"], title="Reinforcement Learning")
    library = a_library(papers, [topic])
    reader = Reader(notes={0: "Refuerzo."})
    found = find(filled(library), parse("refuerzo learning"), reader)

    assert {hit.work for hit in found} == {0, 1}


def test_in_a_long_list_more_is_looked_at_where_nothing_says_all() -> None:
    """What says two words of three comes, though many say one of them in fewer words."""
    said = [
        *("Xylophone" for _ in range(90)),
        "Marimba and a Xylophone in a Title of Many Words Besides These Two",
        *("Marimba" for _ in range(1_600)),
        *("Something Else" for _ in range(4_500)),
    ]
    papers = [a_paper(f"p{n}", title=f"{title} {n}") for n, title in enumerate(said)]
    found = find(filled(a_library(papers)), parse("marimba xylophone qwzxk"), limit=1)

    assert [hit.work for hit in found] == [90]


def test_at_most_so_many_are_found_and_they_are_the_best(
    genai: sqlite3.Connection,
) -> None:
    """A limit changes nothing about the order."""
    for text in ("diffusion models", "attention", "kind:survey", "language -survey"):
        everything = find(genai, parse(text))

        assert len(everything) > 5
        assert find(genai, parse(text), limit=5) == everything[:5]


def test_without_fts5_the_same_is_found(
    genai: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slower, from an ordinary table."""
    monkeypatch.setattr(
        findable, "_FTS", "CREATE VIRTUAL TABLE find_text USING nothing()"
    )
    plain = filled(load([shipped()]).library)

    assert not vocabulary.has_fts(plain)
    for text in ("lora", "atention", "low-rank", "vaswani 2017", "llm -survey", "xyzzy", '"state space"'):  # fmt: skip
        assert find(plain, parse(text)) == find(genai, parse(text))


def test_laying_down_again_replaces_everything() -> None:
    """Nothing of an earlier catalogue is left."""
    connection = filled(LIBRARY)
    create(connection, findables(a_library([a_paper("mamba")])))

    assert find(connection, parse("lora")) == []
    assert [one.work for one in find(connection, parse("mamba"))] == [0]


TYPED = st.text(max_size=200) | st.text(
    st.sampled_from('ab0 -:"()*^+{}.|ORANDNEAR§éß精\0\u0301\U0001f600'), max_size=60
)


@settings(max_examples=150)
@given(TYPED)
@example("\ud800")
@example('" OR "')
@example("{names} : lora")
@example("+lora")
def test_no_query_crashes(text: str) -> None:
    """Whatever is typed: an answer, or what is wrong with it."""
    connection = _SHARED[0]
    try:
        found = find(connection, parse(text), limit=5)
        nearest(connection, text)
    except WrongUsageError:
        return

    assert len(found) <= 5


_SHARED = [filled(LIBRARY)]


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "lora " * 2_000, "-lora " * 2_000, "é精" * 5_000, "low-rank-" * 1_100, '"a" ' * 2_500, "x OR " * 2_000 + "y", ":" * 10_000],
)  # fmt: skip
def test_a_text_of_ten_thousand_characters_is_answered_soon(
    text: str, genai: sqlite3.Connection
) -> None:
    """What was pasted by mistake costs no more than a moment."""
    start = time.process_time()
    with suppress(WrongUsageError):
        find(genai, parse(text), limit=5)

    assert time.process_time() - start < 2


def papers_of_all_sorts(count: int) -> Iterator[Paper]:
    """Many papers whose titles share their words."""
    words = ("deep", "efficient", "language", "model", "attention", "agent", "vision")
    for n in range(count):
        title = " ".join(words[(n + k) % len(words)] for k in range(6))
        yield a_paper(f"p{n}", title=f"{title} {n}", note=f"{title} once more")


def test_the_best_is_found_among_very_many() -> None:
    """Also where all have the words, and only so many are looked at."""
    target = a_paper("model", title="Language Model Vision")
    library = a_library([*papers_of_all_sorts(4_000), target])
    connection = filled(library)
    last = len(library.positions) - 1

    assert find(connection, parse("model"), limit=5)[0].work == last
    assert find(connection, parse("language model vision"), limit=5)[0].work == last
    assert len(find(connection, parse("model"))) > 3_000
    assert finding.find(connection, parse("modle"), limit=1)[0].work == last
