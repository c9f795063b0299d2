"""The search grammar, what a query matches, and how well."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_library, a_paper, a_topic
from roadmap_cli.curriculum.model import Group, Kind, Level, Paper, Status, Topic
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.spelling import fold
from roadmap_cli.search import FIELDS, FactsOfPaper, Reader, Term, parse
from roadmap_cli.search.grammar import IDENTITY, years
from roadmap_cli.search.matching import matcher
from roadmap_cli.search.ranking import Ranking
from roadmap_cli.search.texts import candidate

PAPER = a_paper(
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
)
TOPIC = a_topic("llm/efficient-finetuning", title="Fine-tuning", aliases=("PEFT",))
READER = Reader(lambda _: Status.READING)


def entry(paper: Paper, topics: Sequence[Topic] = ()) -> FactsOfPaper:
    """A paper that is being read, alone in a library, in these topics."""
    homes = [topic._replace(groups=(Group((paper.key,)),)) for topic in topics]
    return FactsOfPaper(a_library([paper], homes), paper, READER)


LORA = entry(PAPER, [TOPIC])
WORDS = st.sampled_from(
    ["lora", "rank", "adapt", "zzz", "hu", "peft", "iclr", "low-rank"]
)


def answers(text: str, entry: FactsOfPaper = LORA) -> bool:
    """Whether an entry answers a query."""
    return matcher(parse(text), entry.library, entry.reader)(entry.paper)


def score(text: str, entry: FactsOfPaper) -> float:
    """How well an entry answers a query; 0 if it does not."""
    scored = Ranking(parse(text)).score(candidate(entry))
    return scored.score if scored else 0.0


def plain(term: Term) -> tuple[str, str, bool, bool]:
    """All of a term but where it stands."""
    return term.text, term.field, term.is_phrase, term.is_negated


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "  lora  low-rank ",
            [("lora", "", False, False), ("low-rank", "", False, False)],
        ),
        ('"in context" x', [("in context", "", True, False), ("x", "", False, False)]),
        ("“in context”", [("in context", "", True, False)]),
        ("„in context“", [("in context", "", True, False)]),
        ("-survey", [("survey", "", False, True)]),
        ('-"a b"', [("a b", "", True, True)]),
        ("Author:vaswani", [("vaswani", "author", False, False)]),
        ("author: vaswani", [("vaswani", "author", False, False)]),
        ('venue:"ICLR 2022"', [("ICLR 2022", "venue", True, False)]),
        ("-kind:survey", [("survey", "kind", False, True)]),
        ("LoRA: low", [("LoRA:", "", False, False), ("low", "", False, False)]),
        ("https://x.org/a", [("link:x.org/a", IDENTITY, False, False)]),
        ("arXiv:2106.09685", [("arxiv:2106.09685", IDENTITY, False, False)]),
        ("-2106.09685v3", [("arxiv:2106.09685", IDENTITY, False, True)]),
        ("minutes:..30", [("..30", "minutes", False, False)]),
    ],
)
def test_a_query_is_read_term_by_term(
    text: str, terms: list[tuple[str, str, bool, bool]]
) -> None:
    """Words, phrases, fields and what is not wanted; the text is kept as typed."""
    query = parse(text)

    assert query.text == text
    assert [plain(one) for one in query.terms] == terms


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("a b", [["a b"]]),
        ("a OR b", [["a", "b"]]),
        ("a b OR c d", [["a b", "c d"]]),
        ("a OR b OR c", [["a", "b", "c"]]),
        ("a OR b year:2021", [["a", "b"], ["2021"]]),
        ("kind:survey OR kind:list a", [["survey", "list"], ["a"]]),
        ("a kind:survey OR kind:list", [["a"], ["survey", "list"]]),
        ("a -b OR -c d", [["a"], ["b", "c"], ["d"]]),
        ("a or b", [["a or b"]]),
    ],
)
def test_or_joins_the_words_beside_it_or_two_conditions(
    text: str, clauses: list[list[str]]
) -> None:
    """All else has to hold together."""
    found = [
        [" ".join(term.text for term in terms) for terms in clause]
        for clause in parse(text).clauses
    ]

    assert found == clauses


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('lora "low', "the quote at character 6 of the query has no end", "close it"),
        ("autor:hu", "no field `autor` to search in (character 1 of the query)", "did you mean `author`?"),
        ("zz:hu", "no field `zz` to search in (character 1 of the query)", f"fields are {', '.join(FIELDS)}"),
        ("a kind:papr", "no kind `papr` (character 3 of the query)", "did you mean `paper`"),
        ("level:xyz", "no level `xyz` (character 1 of the query)", "it is one of intro, core, deep"),
        ("-status:zzz", "no status `zzz` (character 1 of the query)", "it is one of todo, reading, read"),
        ("year:soon", "`soon` is no year or range of years (character 1 of the query)", "write 2021, 2021..2023"),
        ("minutes:1h", "`1h` is no number of minutes or range (character 1 of the query)", "write 30, 10..30"),
        ("lora author:", "nothing stands behind `author:` (character 6 of the query)", "write author:word"),
        ("author:-", "nothing stands behind `author:` (character 1 of the query)", "write author:word"),
        ("lora " * 251, "the query goes on after 250 words (character 1251)", "search for the few"),
        ("OR lora", "the `OR` at character 1 of the query has nothing on one side", "write it between"),
        ("lora OR", "the `OR` at character 6 of the query has nothing on one side", "write it between"),
        ("a OR OR b", "the `OR` at character 6 of the query has nothing on one side", "write it between"),
    ],
)  # fmt: skip
def test_a_query_that_makes_no_sense_is_refused_with_its_place_and_a_way_out(
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
        assert score(text, LORA) >= 0
    except WrongUsageError:
        assert set(text) & set('":-') or not fold(text)


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
        "year:..2021",
        "year:2022.. lora -status:todo",
        "arXiv:2106.09685v3",
        "https://arxiv.org/pdf/2106.09685",
        "10.1000/LORA",
        "example.org/lora",
        "<https://arxiv.org/abs/2106.09685>,",
        "https://huggingface.co/papers/2106.09685",
        "https://www.alphaxiv.org/abs/2106.09685v2",
        "arxiv 2106.09685",
        "lora OR mamba",
        "mamba OR low rank",
        "kind:list OR kind:survey",
        "minutes:..60",
        "note:updates",
        "catalogue:test",
        'title:"low rank"',
        "http://www.example.org/lora/",
    ],
)
def test_a_paper_answers_to_what_is_said_of_it(text: str) -> None:
    """Every word somewhere; without case, accents and hyphens; from a word's beginning."""
    assert answers(text) is True


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
        "year:2020",
        "year:2023..",
        "minutes:61..",
        "mamba OR vision",
        "kind:list OR kind:paper lora",
        "note:lora",
        "area:finetuning",
        "arXiv:2106.09686",
        "https://example.org/qlora",
    ],
)
def test_a_paper_does_not_answer_to_anything_else(text: str) -> None:
    """Each term has to hold."""
    assert answers(text) is False


@given(WORDS)
def test_what_a_word_finds_is_just_what_its_negation_leaves_out(word: str) -> None:
    """Every paper answers one of the two."""
    assert answers(word) != answers(f"-{word}")


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_another_word_never_finds_more(words: list[str], word: str) -> None:
    """A longer query asks for more of a paper."""
    assert answers(" ".join([*words, word])) <= answers(" ".join(words))


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_neither_order_nor_case_decides_about_a_match(
    words: list[str], data: st.DataObject
) -> None:
    """Words are looked for one by one."""
    shuffled = data.draw(st.permutations(words))

    assert answers(" ".join(shuffled).upper()) == answers(" ".join(words))


def test_the_better_place_ranks_higher() -> None:
    """Name, title, author, synonym, topic, venue, note, and then the beginning of a word."""
    topics = [a_topic("m/t", title="Mamba models")]
    places = [
        entry(a_paper("p", title="Nothing", aliases=("mamba state",))),
        entry(a_paper("p", title="Selective mamba")),
        entry(a_paper("p", title="Nothing", authors=("A. Mamba",))),
        entry(a_paper("p", title="Nothing", synonyms=("mamba blocks",))),
        entry(a_paper("p", title="Nothing"), topics),
        entry(a_paper("p", title="Nothing", venue="Mamba 2024")),
        entry(a_paper("p", title="Nothing", note="See mamba.")),
        entry(a_paper("p", title="Nothing", note="See mambaesque.")),
        entry(a_paper("p", title="Nothing")),
    ]
    scores = [score("mamba", one) for one in places]

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

    assert min(score(name, entry(one)) for one in exact) > score(name, loud)
    assert score(name, loud) > 0


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
    assert answers(title, entry(a_paper("x", title=title))) is True


@pytest.mark.parametrize(
    "text",
    ["fine tuning", "finetuning", "fine-tuning", "FineTuning", "fine-tuned", "lowrank", "low rank", "updates", "suffice small", "models", "adapting"],
)  # fmt: skip
def test_a_word_is_known_in_all_its_forms(text: str) -> None:
    """Joined, hyphenated or apart; singular and plural; what verbs do."""
    assert answers(text) is True


@pytest.mark.parametrize(
    "place",
    [
        entry(a_paper("p", title="On mamba")),
        entry(a_paper("p", title="x", synonyms=("mamba",))),
        entry(a_paper("p", title="x"), [a_topic("m/t", title="Mamba")]),
    ],
)
def test_what_is_all_about_a_word_outranks_what_only_has_it(
    place: FactsOfPaper,
) -> None:
    """A whole title (small words aside), synonym or topic."""
    partial = [
        entry(a_paper("p", title="x", synonyms=("mamba blocks and more",))),
        entry(a_paper("p", title="x"), [a_topic("m/t", title="Mamba, S4 and Hyena")]),
        entry(a_paper("p", title="x", note="mamba mamba mamba")),
    ]

    assert score("mamba", place) > max(score("mamba", one) for one in partial)


def test_facts_are_told_without_a_look_at_texts() -> None:
    """Kind, level, status, year and minutes."""
    said = "kind:survey level:intro status:reading year:2022 minutes:..60"

    assert answers(said) is True
