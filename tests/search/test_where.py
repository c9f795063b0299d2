"""`--where`: the papers of a list that a search would find too."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HEAD, a_catalogue, a_paper, a_topic, paper_text
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Kind
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.program.searching import findables
from roadmap_cli.search import parse
from roadmap_cli.search.matching import matcher
from roadmap_cli.store.words.findable import create
from roadmap_cli.store.words.finding import find

Run = Callable[..., Result]
pytestmark = pytest.mark.quick

GENAI = a_catalogue(
    [
        a_paper("lora", title="Low-Rank Adaptation", arxiv="2106.09685", year=2021),
        a_paper("bert", title="Pre-training of Transformers", kind=Kind.SURVEY),
        a_paper("old", title="Adapters", arxiv="1902.00751", retired="gone"),
    ],
    [a_topic("llm/tuning", ["lora"]), a_topic("llm/training", ["bert", "lora"])],
)
MINE = a_catalogue(
    [
        a_paper(
            "low-rank",
            catalogue="mine",
            title="Tuning a Few Weights",
            arxiv="2106.09685",
            year=2022,
            authors=("Edward Hu",),
            aliases=("small updates",),
            code="https://github.com/microsoft/LoRA",
        ),
        a_paper("houlsby", catalogue="mine", title="Adapters", arxiv="1902.00751"),
        a_paper("own", catalogue="mine", title="Rank and File"),
    ],
    [a_topic("work/week", ["low-rank", "houlsby"], catalogue="mine")],
    id="mine",
)
LIBRARY = Library((GENAI, MINE))
CONDITIONS = (
    "lora", "low-rank", "weights", "adapters", "tuning", "rank", "hu", "updates", "pretraining",
    "catalogue:mine", "catalogue:test", "author:hu", 'title:"few weights"', "topic:week", "area:llm",
    "topic:training", "year:2021", "year:..2021", "kind:survey", "level:core", "2106.09685",
    "https://github.com/microsoft/LoRA", "https://example.org/lora", "minutes:60",
)  # fmt: skip
QUERIES = st.lists(
    st.builds(str.__add__, st.sampled_from(["", "", "-"]), st.sampled_from(CONDITIONS)),
    min_size=1,
    max_size=3,
)


def index() -> sqlite3.Connection:
    """The index of the two catalogues."""
    connection = sqlite3.connect(":memory:")
    create(connection, findables(LIBRARY))
    return connection


INDEX = index()


@given(QUERIES, st.sampled_from([" ", " OR "]))
def test_what_is_let_through_a_search_would_find(words: list[str], joint: str) -> None:
    """Of works that stand in two catalogues, what either says of them counts."""
    with suppress(WrongUsageError):
        query = parse(joint.join(words))
        let_through = matcher(query, LIBRARY)
        works = [
            number
            for number, work in enumerate(LIBRARY.positions)
            if let_through(LIBRARY.shown[work])
        ]

        assert set(works) <= {one.work for one in find(INDEX, query)}


@pytest.mark.parametrize("words", CONDITIONS)
def test_each_condition_alone_lets_through_what_a_search_finds(words: str) -> None:
    """Neither more nor less, where nothing is misspelt."""
    query = parse(words)
    works = [
        number
        for number, work in enumerate(LIBRARY.positions)
        if matcher(query, LIBRARY)(LIBRARY.shown[work])
    ]

    assert works
    assert set(works) == {one.work for one in find(INDEX, query)}


@pytest.fixture
def mine(home: Path) -> None:
    """A catalogue of the reader's own that has LoRA too."""
    (home / "catalogues").mkdir(parents=True)
    text = HEAD.replace('"test"', '"mine"')
    text += paper_text("lora", 'arxiv = "2106.09685"\nauthors = ["Ada Nobody"]')
    (home / "catalogues" / "mine.toml").write_text(text)


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize("query", ["catalogue:mine", "author:nobody"])
def test_what_another_catalogue_says_of_a_paper_counts(
    roadmap: Run, query: str
) -> None:
    """In lists and suggestions as in a search."""
    listed = roadmap("list", "--where", query)
    suggested = roadmap("next", "--goal", "lora", "--where", query)

    assert [row[0] for row in listed.rows] == ["lora"]
    assert roadmap("search", query).rows[0][0] == "lora"
    assert suggested.code == 0
    assert "LoRA" in suggested.err


@pytest.mark.parametrize("query", ["", " ", "???", '""', "--"])
@pytest.mark.parametrize(
    "call", [["search", "--"], ["list", "--where"], ["next", "--where"]]
)
def test_a_query_without_words_is_no_query(
    roadmap: Run, call: list[str], query: str
) -> None:
    """It neither finds everything nor lets everything through."""
    done = roadmap(*call, query)

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "error: nothing to search for",
        "hint: write words or conditions: lora kind:survey",
    ]


@pytest.mark.parametrize(
    "paste", ["2401.12345", "https://arxiv.org/abs/2401.12345", "10.5555/nobody.has"]
)
@pytest.mark.parametrize(
    "call", [["list"], ["list", "llm", "--kind", "paper"], ["next"], ["mark-read"]]
)
def test_an_id_that_no_paper_has_is_named_as_a_search_names_it(
    roadmap: Run, call: list[str], paste: str
) -> None:
    """With the call that puts it on a list."""
    done = roadmap(*call, "--where", paste)

    assert (done.code, done.out) == (1, "")
    assert done.err == roadmap("search", paste).err
    assert f"roadmap add {paste}" in done.err


@pytest.mark.parametrize("paste", ["2401.12345 OR lora", "-2401.12345 lora"])
def test_an_id_that_need_not_be_met_may_be_unknown(roadmap: Run, paste: str) -> None:
    """As one of two, or left out."""
    assert "lora" in [row[0] for row in roadmap("list", "--where", paste).rows]


def test_an_option_among_the_words_is_said(roadmap: Run) -> None:
    """Of a query in quotes, how a word is left out."""
    option = roadmap("search", "lora", "--foo")
    word = roadmap("list", "--where", "lora --foo")

    assert option.err == "error: no such option: --foo\nhint: roadmap search --help\n"
    assert word.code == option.code == 2
    assert "`--foo` is neither a word nor a condition (character 6" in word.err
    assert word.err.endswith("hint: to leave a word out write one hyphen: -foo\n")


@pytest.mark.parametrize("call", [["list"], ["list", "llm"], ["next", "-n", "9"]])
@pytest.mark.parametrize(
    ("options", "query"),
    [
        ("--kind survey", "kind:survey"),
        ("--kind survey --kind list", "kind:survey OR kind:list"),
        ("--level intro", "level:intro"),
        ("--kind paper --level intro", "kind:paper level:intro"),
        ("--level intro --where transformer", "level:intro transformer"),
    ],
)
def test_an_option_is_the_condition_of_its_name(
    roadmap: Run, call: list[str], options: str, query: str
) -> None:
    """The same papers, in the same order, with the same words about them."""
    roadmap("mark-read", "attention", "mlp")
    done = roadmap(*call, *options.split(), "--json")

    assert done.code == 0
    assert done.out.count('"key"') > 1
    assert done == roadmap(*call, "--where", query, "--json")


@pytest.mark.parametrize("status", ["read", "todo", "unread", "done"])
def test_a_status_is_the_condition_of_its_name(roadmap: Run, status: str) -> None:
    """By all of its names."""
    roadmap("mark-read", "lora")
    roadmap("mark-skipped", "bert")
    done = roadmap("list", "--status", status)

    assert "\t" in done.out
    assert done == roadmap("list", "--where", f"status:{status}")
    assert done == roadmap("list", "--status", status, "--status", status)


@pytest.mark.usefixtures("mine")
def test_a_condition_is_about_the_paper_that_is_listed(
    roadmap: Run, home: Path
) -> None:
    """Where another catalogue takes the same work for something else."""
    file = home / "catalogues" / "mine.toml"
    file.write_text(
        file.read_text()
        + paper_text("flip", 'arxiv = "1706.03762"\nkind = "video"')
        + '[[area]]\nid = "own"\ntitle = "Own"\n[[area.topic]]\nid = "all"\ntitle = "All"\npapers = ["flip"]\n'
    )
    for condition in (["--kind", "video"], ["--where", "kind:video"]):
        rows = roadmap("list", "own/all", *condition).rows
        assert [(row[0], row[4]) for row in rows] == [("flip", "video")]
    assert roadmap("list", "own/all", "--kind", "paper").rows == []


def test_facts_are_asked_for_only_where_those_before_them_agree(
    roadmap: Run, home: Path
) -> None:
    """A status that a damaged journal hides is an error only for a paper that may be meant."""
    roadmap("mark-read", "lora")
    (home / "progress" / "desk.toml").write_bytes(b"")

    assert roadmap("list", "--year", "1901", "--status", "read").code == 0
    assert roadmap("list", "--where", "year:1901 status:read").code == 0
    assert roadmap("list", "--status", "read").code == 3
    assert roadmap("list", "--where", "status:read").code == 3
