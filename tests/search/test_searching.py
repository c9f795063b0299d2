"""What a search says where it finds nothing, or something else, through the entry point."""

import json
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
    assert done.err.startswith("error: invalid value for `-n`: 0 is less than 1")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("attenshun year:2017", "did you mean `attention year:2017`?"),
        ("attenshun year:1917", "try fewer or other words"),
        (
            "large language xqzt protein",
            "no paper has `xqzt`, `protein`: leave them out",
        ),
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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lora protein", "no paper has `protein`: shown without it"),
        ("lora minecraft", "no paper has all words: shown without `lora`"),
        ("author:hinton", "nothing for `hinton`: shown for `hilton`"),
        ("lroa", "nothing for `lroa`: shown for `lora`"),
    ],
)
def test_a_person_is_told_what_the_best_hit_does_not_say(
    terminal: Run, roadmap: Run, words: str, said: str
) -> None:
    """Before the hits, or beside a pipe; who wants quiet hears nothing, and JSON holds it."""
    call = ["search", *words.split()]

    assert terminal(*call).out.splitlines()[0] == said
    assert "shown" not in terminal(*call, "--quiet").out
    assert roadmap(*call).err == f"{said}\n"
    assert roadmap(*call, "--quiet").err == roadmap(*call, "--json").err == ""


@pytest.mark.parametrize(
    ("words", "unmet"),
    [
        ("lora", []),
        ("flash attention", [("flash", "", False)]),
        ("lora minecraft", [("lora", "", True)]),
        ("lroa", [("lroa", "lora", False)]),
    ],
)
def test_json_tells_what_the_best_hit_does_not_say(
    roadmap: Run, words: str, unmet: list[tuple[str, str, bool]]
) -> None:
    """Word by word, with what it was taken for."""
    told = json.loads(roadmap("search", *words.split(), "--json").out)["unmet"]

    assert [(one["word"], one["instead"], one["is_known"]) for one in told] == unmet


@pytest.mark.parametrize(
    "words",
    [
        "low-rank",
        "pre training",
        "finetuning lora",
        "lora OR zzz",
        "convs",
        "sim2real",
        "what is attention",
        "chain-of-though",
        "2106.09685 zzz",
        "hu 2022 -zzz",
    ],
)
def test_nothing_is_said_of_words_that_stand_there_in_any_form(
    terminal: Run, words: str
) -> None:
    """Forms, beginnings, joined or apart, fillers, alternatives, what is left out."""
    shown = terminal("search", *words.split()).out
    assert "shown for" not in shown
    assert "shown without" not in shown


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


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("papers since 2023 about agents", "generative-agents"),
        ("easy introduction to transformers", "transformer-keras"),
        ("vision transformers until 2021", "vit"),
        ("arbeiten seit 2023 zu agenten", "generative-agents"),
    ],
)
def test_a_rare_word_is_no_whole_query(roadmap: Run, words: str, first: str) -> None:
    """What people put between their words asks for nothing, and chance in a note for little."""
    assert roadmap("search", *words.split()).out.split("\t")[0] == first


@pytest.mark.parametrize(
    "words", ["test-time compute", "margin", "parser", "legal", "phi"]
)
def test_nobody_is_found_whose_name_is_only_like_a_word(
    roadmap: Run, words: str
) -> None:
    """Tim for time, Martin for margin: rather nothing."""
    done = roadmap("search", *words.split())

    assert (done.code, done.out) == (1, "")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("author:hu", "lora"),
        ("Hu et al., 2021", "lora"),
        ("He et al.", "mae"),
        ("vaswany", "attention"),
        ("kaimng he", "mae"),
        ("vasw", "attention"),
    ],
)
def test_first_authors_come_first(roadmap: Run, words: str, first: str) -> None:
    """With or without initials; long names and those typed beside another forgive slips."""
    assert roadmap("search", *words.split()).out.split("\t")[0] == first


@pytest.mark.parametrize("call", [["search"], ["list", "--where"]])
@pytest.mark.parametrize("year", ["2021", "2022"])
def test_a_year_is_the_printed_one_or_that_of_the_arxiv_id(
    roadmap: Run, call: list[str], year: str
) -> None:
    """People cite by either; `list --year` knows the printed one."""
    found = roadmap(*call, f"title:lora year:{year} -title:less").out

    assert found.startswith("lora\t")
    assert ("lora\t" in roadmap("list", "--year", year).out) == (year == "2022")


def test_a_conference_answers_to_the_name_that_it_had(roadmap: Run) -> None:
    """NIPS became NeurIPS in 2018."""
    assert roadmap("search", "venue:nips").out == roadmap("search", "venue:neurips").out
    assert roadmap("search", "NIPS 2017").out.startswith("attention\t")


@pytest.mark.parametrize("call", ["search", "show"])
def test_links_to_github_are_the_same_in_any_case(roadmap: Run, call: str) -> None:
    """As GitHub takes them."""
    link = "https://github.com/EleutherAI/lm-evaluation-harness"
    code = "https://github.com/microsoft/lora"

    assert roadmap("search", code).out.startswith("lora\t")
    assert roadmap(call, link).out == roadmap(call, link.lower()).out


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("diffusion NOT survey", "diffusion -survey"),
        ("!survey diffusion", "-survey diffusion"),
        ("agents NOT kind:survey year:2024", "agents -kind:survey year:2024"),
        ('lora NOT "low rank"', 'lora -"low rank"'),
        ("lora AND adapters", "lora adapters"),
        ("year:2021 AND kind:survey", "year:2021 kind:survey"),
        ("lora AND NOT kind:tool", "lora -kind:tool"),
    ],
)
def test_not_and_and_are_operators_as_or_is(
    roadmap: Run, words: str, same: str
) -> None:
    """In capitals, as other catalogues of papers have them."""
    found = roadmap("search", words)

    assert found.out.count("\n") > 1
    assert found.out == roadmap("search", same).out


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("lora NOT", "the `NOT` at character 6 of the query has", "diffusion NOT survey"),
        ("a NOT OR b", "the `NOT` at character 3 of the query has", "diffusion NOT survey"),
        ("year>=2022", "`year>=2022` is no condition (character 1 of", "write year:2022.."),
        ("lora year > 2021", "`year > 2021` is no condition (character 6", "write year:2022.."),
        ("-year<2020", "`-year<2020` is no condition (character 1 of", "write -year:..2019"),
        ("minutes<=30", "`minutes<=30` is no condition (character 1 of", "write minutes:..30"),
        ("kind=survey", "`kind=survey` is no condition (character 1 of", "write kind:survey"),
    ],
)  # fmt: skip
def test_conditions_of_other_grammars_are_refused_with_ours(
    roadmap: Run, words: str, message: str, hint: str
) -> None:
    """Where they do not mean what they mean elsewhere."""
    for call in (["search"], ["list", "--where"]):
        done = roadmap(*call, words)

        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"error: {message}")
        assert hint in done.err.splitlines()[1]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("DPO", "try fewer"),
        ("asr", "try fewer"),
        ("scaling laws", "leave it out"),
        ("langchain", "try fewer"),
        ("unread agents", "did you mean `status:unread agents`?"),
        ("attenshun NOT xqzt", "did you mean `attention NOT xqzt`?"),
    ],
)
def test_only_what_may_be_meant_is_offered(roadmap: Run, words: str, hint: str) -> None:
    """No filler, no author, and nothing for an acronym that is not known."""
    done = roadmap("search", *words.split())

    assert (done.code, done.out) == (1, "")
    assert hint in done.err.splitlines()[1]


@pytest.mark.parametrize("words", [["-h"], ["lora", "-h"], ["--help"]])
def test_a_letter_alone_is_an_option(roadmap: Run, words: list[str]) -> None:
    """As for every other command; `-h` is no word to leave out."""
    done = roadmap("search", *words)

    assert done.code == 0
    assert done.out.startswith("Usage: roadmap search")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lora -n", "option `-n` requires an argument"),
        ("lora -n -1", "invalid value for `-n`: -1 is less than 1"),
        ("-n lora", "invalid value for `-n`: `lora` is no whole number"),
        ("lora -x", "no such option: -x"),
    ],
)
def test_a_letter_that_is_no_option_is_refused(
    roadmap: Run, words: str, said: str
) -> None:
    """Neither left out nor searched for; behind `--` it is a word."""
    done = roadmap("search", *words.split())

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [f"error: {said}", "hint: roadmap search --help"]
    assert roadmap("search", "--", "lora", "-x").code == 0


def test_the_programs_letters_are_known_to_a_search(
    terminal: Run, roadmap: Run
) -> None:
    """`-q` and `-v`."""
    assert "shown" not in terminal("search", "lroa", "-q").out
    assert "read " in roadmap("search", "lora", "-v").err


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rating:5", {"lora"}),
        ("rating:4..", {"lora", "mlp"}),
        ("rating:..4", {"mlp", "cnn"}),
        ("rating:4.. -rating:5", {"mlp"}),
        ("rating:2 OR rating:5", {"lora", "cnn"}),
    ],
)
def test_what_was_rated_can_be_asked_for(
    roadmap: Run, query: str, found: set[str]
) -> None:
    """Whether a rating was given once or again; what has none is in no range."""
    roadmap("mark-read", "lora", "--rating", "3")
    roadmap("mark-read", "lora", "--rating", "5")
    roadmap("mark-read", "mlp", "--rating", "4")
    roadmap("mark-read", "cnn", "--rating", "2")

    assert {row[0] for row in roadmap("search", query).rows} == found
    assert {row[0] for row in roadmap("list", "--where", query).rows} == found


@pytest.mark.parametrize("value", ["0", "6", "4..9", "good"])
def test_what_is_no_rating_is_refused(roadmap: Run, value: str) -> None:
    """They go from 1 to 5."""
    done = roadmap("search", f"rating:{value}")

    assert done.code == 2
    assert f"`{value}` is no rating from 1 to 5 or range (character 1" in done.err
    assert "hint: write 5, 4.. or ..2" in done.err


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("chatbot that remembers previous conversations", "memorybank"),
        ("fix a wrong fact inside the model without retraining", "memit"),
    ],
)
def test_where_nothing_answers_what_is_nearest_is_shown_and_called_so(
    terminal: Run, roadmap: Run, words: str, key: str
) -> None:
    """At most five, under a line that says so; JSON has a flag."""
    call = ["search", *words.split()]
    told = json.loads(roadmap(*call, "--json").out)

    assert key in [hit["key"] for hit in told["hits"]]
    assert told["nearest"] is True
    assert len(told["hits"]) <= 5
    assert roadmap(*call).err == "no paper says all of this; nearest:\n"
    assert terminal(*call).out.startswith("no paper says all of this; nearest:\n")


@pytest.mark.parametrize(
    "words", ["lora", "lora protein", "lroa", "remove objects from a photo"]
)
def test_an_answer_is_not_called_near(roadmap: Run, words: str) -> None:
    """Nor one that lacks a word, nor one by another spelling."""
    assert (
        json.loads(roadmap("search", *words.split(), "--json").out)["nearest"] is False
    )


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Modell halluziniert Fakten", "hallucination-survey"),
        ("spärliche Expertenmischung", "v-moe"),
        ("réseaux de neurones convolutifs", "cnn"),
        ("edición de modelos de lenguaje", "memit"),
        ("扩散模型 综述", "diffusion-image-survey"),
        ("大语言模型 幻觉 综述", "hallucination-survey"),
    ],
)
def test_words_of_the_field_in_other_languages_find_what_is_said_in_english(
    roadmap: Run, words: str, key: str
) -> None:
    """German verbs and adjectives, French, Spanish, Chinese."""
    found = [row[0] for row in roadmap("search", words).rows]

    assert key in found[:5]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("lora year:2030", "nothing that matches the rest has `year:2030`: leave it out"),
        ("lora -kind:paper kind:survey", "nothing that matches the rest has `kind:survey`: leave it out"),
        ("lora kind:survey year:1990", "has `kind:survey` and `year:1990`: leave them out"),
        ("scaling laws", "no paper has `laws`: leave it out"),
        ("qqqq xqzt", "try fewer or other words"),
    ],
)  # fmt: skip
def test_what_a_hint_would_leave_out_is_what_fails(
    roadmap: Run, words: str, hint: str
) -> None:
    """Words and conditions: without them something is found."""
    done = roadmap("search", *words.split())

    assert done.code == 1
    assert hint in done.err.splitlines()[1]


def test_words_are_named_as_they_were_typed(roadmap: Run) -> None:
    """With their capitals and accents."""
    done = roadmap("search", "nachträglich Quux lora")

    assert done.err == "no paper has `nachträglich`, `Quux`: shown without them\n"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("aprendizaje por refuerzo", "shown for `reinforcement`"),
        ("注意力", "nothing for `注意力`: shown for `attention`"),
        ("rekurrentes Gedächtnis", "nothing for `Gedächtnis`: shown for `memory`"),
    ],
)
def test_a_word_of_another_language_is_told_with_what_it_was_taken_for(
    roadmap: Run, query: str, told: str
) -> None:
    """It was not left out, so that is not said."""
    done = roadmap("search", query)

    assert (done.code, told in done.err) == (0, True), done.err
    assert "shown without" not in done.err


def test_words_that_only_fill_are_nothing_to_search_for_alone(roadmap: Run) -> None:
    """So no hint says to leave the others out."""
    assert "leave" not in roadmap("search", "how to bake bread").err
