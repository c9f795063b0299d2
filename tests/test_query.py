"""The search grammar, what a query matches, and how well."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_paper, a_topic
from roadmap_cli.catalogue import load, shipped
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.model import Kind, Level, Library, Paper, Status, Topic
from roadmap_cli.query import FIELDS, Entry, Query, Term, parse, score, years

LORA = Entry(
    a_paper(
        "lora",
        title="LoRA: Low-Rank Adaptation of Large Language Models",
        acronym="LoRA",
        aliases=("low-rank-adapters",),
        synonyms=("adapter", "Niedrigrang"),
        authors=("Edward J. Hu", "Łukasz Müller"),
        year=2022,
        venue="ICLR 2022",
        arxiv="2106.09685",
        doi="10.1000/lora",
        url="https://example.org/lora",
        kind=Kind.SURVEY,
        level=Level.INTRO,
        note="Why small updates suffice.",
    ),
    [a_topic("llm/efficient-finetuning", title="Fine-tuning", aliases=("PEFT",))],
    Status.READING,
)
WORDS = st.sampled_from(
    ["lora", "rank", "adapt", "zzz", "hu", "peft", "iclr", "low-rank"]
)


def matches(text: str, entry: Entry = LORA) -> bool:
    """Whether an entry answers a query."""
    return score(parse(text), entry) > 0


def entry(paper: Paper, topics: Sequence[Topic] = ()) -> Entry:
    """A paper that is still to read."""
    return Entry(paper, topics, Status.TODO)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  lora  low-rank ", (Term("lora"), Term("low-rank"))),
        ('"in context" x', (Term("in context", is_phrase=True), Term("x"))),
        ("-survey", (Term("survey", is_negated=True),)),
        ('-"a b"', (Term("a b", is_phrase=True, is_negated=True),)),
        ("Author:vaswani", (Term("vaswani", "author"),)),
        ('venue:"ICLR 2022"', (Term("ICLR 2022", "venue", is_phrase=True),)),
        ("-kind:survey", (Term("survey", "kind", is_negated=True),)),
        ("LoRA: low", (Term("LoRA:"), Term("low"))),
        ("https://x.org/a", (Term("https://x.org/a"),)),
        ("arXiv:2106.09685", (Term("arxiv:2106.09685"),)),
    ],
)
def test_a_query_is_read_term_by_term(text: str, terms: tuple[Term, ...]) -> None:
    """Words, phrases, fields and what is not wanted; the text is kept as typed."""
    assert parse(text) == Query(text, terms)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('lora "low', "the quote at character 6 of the query has no end", "close it"),
        ("autor:hu", "no field `autor` to search in", "did you mean `author`?"),
        ("zz:hu", "no field `zz` to search in", f"fields are {', '.join(FIELDS)}"),
        ("kind:papr", "no kind `papr`", "did you mean `paper`"),
        ("level:xyz", "no level `xyz`", "it is one of intro, core, deep"),
        ("-status:zzz", "no status `zzz`", "it is one of todo, reading, read"),
        ("year:soon", "`soon` is no year or range of years", "write 2021, 2021..2023"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused_with_a_way_out(
    text: str, message: str, hint: str
) -> None:
    """Nothing is searched for that was not meant."""
    with pytest.raises(WrongUsageError) as caught:
        parse(text)

    assert str(caught.value) == message
    assert str(caught.value.hint).startswith(hint)


@given(st.text(st.sampled_from('ab -:"&.é2https/')))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    """No text crashes the search; without signs of the grammar none is refused."""
    try:
        query = parse(text)
    except WrongUsageError:
        query = Query(text, ())
        assert set(text) & set('":-') != set()

    assert query.text == text
    assert score(query, LORA) >= 0


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", 2021, 2021),
        ("2021..2023", 2021, 2023),
        ("2021..", 2021, 9999),
        ("..2021", 0, 2021),
    ],
)
def test_years_are_a_year_or_a_range(text: str, first: int, last: int) -> None:
    """Both ends count; one may be left open."""
    assert years(text) == range(first, last + 1)


@pytest.mark.parametrize(
    "text", ["", "..", "21", "2021-2023", "2021...2023", "20212023", "x2021", "2021 "]
)
def test_anything_else_is_no_range_of_years(text: str) -> None:
    """A slip of the finger is said, not guessed at."""
    with pytest.raises(WrongUsageError):
        years(text)


@pytest.mark.parametrize(
    "text",
    [
        "lora",
        "LORA low",
        "adaptation rank",
        "low-rank",
        "niedrig",
        "muller",
        "lukasz",
        "iclr 2022",
        "2022",
        "peft",
        "finetuning",
        "small updates",
        '"low rank adaptation"',
        '"Low-Rank Adaptation"',
        "lora -vision",
        '-"rank low"',
        "author:hu",
        'author:"edward j hu"',
        "venue:iclr",
        "title:adaptation",
        "topic:llm",
        "topic:llm/efficient-finetuning",
        "topic:peft",
        "topic:fine",
        "kind:survey",
        "kind:SURVEY",
        "level:intro",
        "status:reading",
        "year:2022",
        "year:2021..2023",
        "year:..2022",
        "year:2022.. lora -status:todo",
        "arXiv:2106.09685v3",
        "https://arxiv.org/pdf/2106.09685",
        "10.1000/LORA",
        "http://www.example.org/lora/",
    ],
)
def test_a_paper_answers_to_what_is_said_of_it(text: str) -> None:
    """Every word somewhere; without case, accents and hyphens; from a word's beginning."""
    assert matches(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "lora vision",
        "ora",
        '"adaptation low rank"',
        '"low ran"',
        "lora -rank",
        "-survey",
        "author:lora",
        "title:hu",
        "venue:adaptation",
        "topic:agents",
        "topic:tuning-fork",
        "kind:paper",
        "level:core",
        "status:read",
        "-kind:survey lora",
        "year:2021",
        "year:2023..",
        "arXiv:2106.09686",
        "https://example.org/qlora",
    ],
)
def test_a_paper_does_not_answer_to_anything_else(text: str) -> None:
    """Each term has to hold."""
    assert matches(text) is False


@given(WORDS)
def test_what_a_word_finds_is_just_what_its_negation_leaves_out(word: str) -> None:
    """Every paper answers one of the two."""
    assert matches(word) != matches(f"-{word}")


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_another_word_never_finds_more(words: list[str], word: str) -> None:
    """A longer query asks for more of a paper."""
    assert matches(" ".join([*words, word])) <= matches(" ".join(words))


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_neither_order_nor_case_decides_about_a_match(
    words: list[str], data: st.DataObject
) -> None:
    """Words are looked for one by one."""
    shuffled = data.draw(st.permutations(words))

    assert matches(" ".join(shuffled).upper()) == matches(" ".join(words))


def test_the_better_place_ranks_higher() -> None:
    """Name, title, synonym, author, venue, topic, note, and then the beginning of a word."""
    topics = [a_topic("m/t", title="Mamba")]
    places = [
        entry(a_paper("p", title="Nothing", aliases=("mamba state",))),
        entry(a_paper("p", title="On mamba")),
        entry(a_paper("p", title="Nothing", synonyms=("mamba",))),
        entry(a_paper("p", title="Nothing", authors=("A. Mamba",))),
        entry(a_paper("p", title="Nothing", venue="Mamba 2024")),
        entry(a_paper("p", title="Nothing"), topics),
        entry(a_paper("p", title="Nothing", note="See mamba.")),
        entry(a_paper("p", title="Nothing", note="See mambas.")),
        entry(a_paper("p", title="Nothing")),
    ]
    scores = [score(parse("mamba"), one) for one in places]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(places)
    assert scores[-1] == 0


@pytest.mark.parametrize("name", ["state space", "State-Space", "STATE SPACE"])
def test_a_whole_name_outranks_everything_else(name: str) -> None:
    """Even a paper that says the words in every place."""
    loud = entry(
        a_paper(
            "state-space-models",
            title="State space and state space",
            synonyms=("state space",),
            authors=("State Space",),
            note="state space",
        )
    )
    exact = [
        a_paper("state-space", title="x"),
        a_paper("x", title="x", acronym="State Space"),
        a_paper("x", title="x", aliases=("state-space",)),
        a_paper("x", title="State Space"),
    ]
    query = parse(name)

    assert min(score(query, entry(one)) for one in exact) > score(query, loud)
    assert score(query, loud) > 0


@pytest.mark.parametrize(
    "title",
    [
        "Better & Faster Models",
        "Models – a Survey",
        "Models - a Survey",
        "What is a Model?",
        "LoRA+: Faster … Better",
        "Rust | Go",
    ],
)
def test_a_title_is_found_as_it_is_written(title: str) -> None:
    """Signs that stand alone ask for nothing."""
    assert matches(title, entry(a_paper("x", title=title))) is True


@pytest.fixture(scope="module")
def genai() -> list[Entry]:
    """Every paper of the catalogue that comes with the program, in curriculum order."""
    library: Library = load([shipped()], lambda _, make: make()).library
    return [
        entry(library.papers[work], library.topics_of[work])
        for work in library.positions
    ]


def not_first(entries: Sequence[Entry], texts: dict[str, str]) -> list[str]:
    """The papers (keys) that are not the first hit for these texts; at a tie, order decides."""
    lost = []
    for key, text in texts.items():
        query = parse(text)
        scores = {one.paper.key: score(query, one) for one in entries}
        if not scores[key] or max(scores, key=scores.__getitem__) != key:
            lost.append(key)
    return lost


def test_every_title_of_the_shipped_catalogue_ranks_its_paper_first(
    genai: list[Entry],
) -> None:
    """Typed as it is written."""
    titles = {one.paper.key: one.paper.title for one in genai}

    assert not_first(genai, titles) == []


def test_every_key_of_the_shipped_catalogue_ranks_its_paper_first(
    genai: list[Entry],
) -> None:
    """Also where another paper has it for an acronym, as `rope`."""
    keys = {one.paper.key: one.paper.key for one in genai}

    assert not_first(genai, keys) == []


def test_every_arxiv_link_of_the_shipped_catalogue_finds_just_its_paper(
    genai: list[Entry],
) -> None:
    """In whatever version."""
    links = {
        one.paper.key: f"https://arxiv.org/pdf/{one.paper.arxiv}v2"
        for one in genai
        if one.paper.arxiv
    }

    assert not_first(genai, links) == []
    for key, text in links.items():
        query = parse(text)
        assert [one.paper.key for one in genai if score(query, one)] == [key]
