"""What a person may call a paper, a topic or an area."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_catalogue, a_library, a_paper, a_topic
from conftest import Result
from roadmap_cli.catalogues.reading import load
from roadmap_cli.curriculum import identity, names
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Topic
from roadmap_cli.curriculum.names import Names
from roadmap_cli.disk.places import shipped
from roadmap_cli.errors import AmbiguousNameError, NotFoundError
from roadmap_cli.language import spelling
from roadmap_cli.language.spelling import fold

LIBRARY = a_library(
    [
        a_paper(
            "lora",
            title="LoRA: Low-Rank Adaptation of Large Language Models",
            acronym="LoRA",
            aliases=("low-rank", "Niedrigrang"),
            arxiv="2106.09685",
            url="https://arxiv.org/abs/2106.09685",
        ),
        a_paper("qlora", title="QLoRA: Efficient Finetuning", doi="10.1000/Q"),
        a_paper("mamba", title="Mamba: Linear-Time Sequence Modeling"),
        a_paper("mamba-2", title="Transformers are SSMs", acronym="SSD"),
        a_paper("bert", title="Ändern: die Überraschung"),
        a_paper("react", title="Agents that reason"),
    ],
    [
        a_topic("llm/agents", title="Language Agents", aliases=("Agenten",)),
        a_topic("llm/evaluation", title="Evaluation"),
        a_topic("diffusion/evaluation", title="Evaluation"),
    ],
)
NAMES = Names(LIBRARY)


@pytest.fixture(scope="module")
def genai() -> Library:
    """The catalogue that comes with the program."""
    return load([shipped()]).library


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("lora", "lora"),
        ("LORA", "lora"),
        (" lora\n", "lora"),
        ("test/lora", "lora"),
        ("Test/LoRA", "lora"),
        ("niedrigrang", "lora"),
        ("Low Rank", "lora"),
        ("lora: low-rank adaptation of large language models", "lora"),
        ("ssd", "mamba-2"),
        ("2106.09685", "lora"),
        ("2106.09685v2", "lora"),
        ("arXiv:2106.09685", "lora"),
        ("https://arxiv.org/pdf/2106.09685v1", "lora"),
        ("10.1000/q", "qlora"),
        ("https://doi.org/10.1000/Q", "qlora"),
        ("http://www.example.org/qlora/", "qlora"),
        ("ql", "qlora"),
        ("niedrig", "lora"),
        ("efficient fine", "qlora"),
        ("adaptation of large", "lora"),
        ("uberraschung", "bert"),
        ("ANDERN", "bert"),
    ],
)
def test_a_paper_answers_to_all_its_names(name: str, key: str) -> None:
    """Key, alias, acronym, title, id, link, a beginning or a piece of the title."""
    assert NAMES.paper(name).key == key
    assert NAMES.anything(name) == NAMES.paper(name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("llm/agents", "test/llm/agents"),
        ("test/llm/agents", "test/llm/agents"),
        ("LLM/Agents", "test/llm/agents"),
        ("agents", "test/llm/agents"),
        ("agenten", "test/llm/agents"),
        ("language agents", "test/llm/agents"),
        ("llm/ev", "test/llm/evaluation"),
        ("llm", "test/llm"),
        ("diffusion", "test/diffusion"),
    ],
)
def test_a_topic_answers_to_all_its_names(name: str, found: str) -> None:
    """Address, short id, alias, title, or a beginning of one of them; an area too."""
    assert NAMES.topic(name).full_name == found


def test_a_key_decides_before_the_beginning_of_another() -> None:
    """`mamba` is one paper though `mamba-2` begins with it; `mam` could be both."""
    assert NAMES.paper("mamba").key == "mamba"
    with pytest.raises(AmbiguousNameError) as caught:
        NAMES.paper("mam")

    assert caught.value.candidates == ("mamba", "mamba-2")
    assert str(caught.value) == "`mam` could be 2 things"
    assert caught.value.hint == "say which: `mamba`, `mamba-2`"


def test_two_topics_of_one_name_have_to_be_told_apart() -> None:
    """The candidates are names that do it."""
    with pytest.raises(AmbiguousNameError) as caught:
        NAMES.topic("Evaluation")

    assert caught.value.candidates == ("llm/evaluation", "diffusion/evaluation")


def test_of_many_candidates_the_first_are_named_and_the_rest_counted() -> None:
    """A hint stays readable."""
    many = Names(a_library([a_paper(f"p{number}") for number in range(10)]))
    with pytest.raises(AmbiguousNameError) as caught:
        many.paper("p")

    assert len(caught.value.candidates) == 10
    assert str(caught.value.hint).endswith("`p6`, `p7` and 2 more")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lroa", "did you mean `lora`"),
        ("Niedrigrank", "did you mean `Niedrigrang`"),
        ("9999.99999", "to put it on a list of your own: roadmap add 9999.99999"),
        ("zzzzzz", "roadmap search zzzzzz"),
    ],
)
def test_a_misspelt_name_gets_a_hint(name: str, hint: str) -> None:
    """If something is near, and none otherwise."""
    with pytest.raises(NotFoundError) as caught:
        NAMES.paper(name)

    assert str(caught.value) == f"no paper answers to `{name}`"
    assert (caught.value.hint or "").startswith(hint)
    assert bool(caught.value.hint) == bool(hint)


@pytest.mark.parametrize("name", ["", "   ", "!?", "–"])
def test_nothing_is_called_by_nothing(name: str) -> None:
    """A name of blanks and signs does not mean everything."""
    for find in (NAMES.paper, NAMES.topic, NAMES.anything):
        with pytest.raises(NotFoundError):
            find(name)


def test_a_topic_is_no_paper_and_a_paper_no_topic() -> None:
    """Each is told as what it is not."""
    with pytest.raises(NotFoundError, match="no paper answers to `agenten`"):
        NAMES.paper("agenten")
    with pytest.raises(NotFoundError, match="no topic answers to `lora`") as caught:
        NAMES.topic("lora")
    with pytest.raises(NotFoundError, match="no paper or topic answers to `zzzz`"):
        NAMES.anything("zzzz")

    assert caught.value.hint == "`lora` is a paper: roadmap show lora"


def test_the_same_work_in_two_catalogues_is_not_ambiguous() -> None:
    """Two works of one key are: their full names tell them apart."""
    url = "https://example.org/lora"
    twin = a_paper("lora", catalogue="own", url=url)
    other = a_paper("lora", catalogue="own", url=f"{url}/other")
    ours = a_catalogue([a_paper("lora", url=url)])
    both = Names(Library((ours, a_catalogue([twin], id="own"))))
    clash = Names(Library((ours, a_catalogue([other], id="own"))))
    with pytest.raises(AmbiguousNameError) as caught:
        clash.paper("lora")

    assert both.paper("lora").name == "test/lora"
    assert both.paper("own/lora").name == "own/lora"
    assert caught.value.candidates == ("test/lora", "own/lora")
    assert clash.paper("own/lora") == other


WORD = st.sampled_from(["a", "b", "ab", "b-a"])


@st.composite
def crowded(draw: st.DrawFn) -> Library:
    """Catalogues whose papers, topics and areas share few names.

    Only a key and an area's id are not the same in one catalogue: their full names would be.
    """
    catalogues = []
    for name in ("test", "own"):
        keys = draw(st.lists(WORD, unique=True, max_size=4))
        places = draw(st.lists(st.tuples(WORD, WORD), unique=True, max_size=3))
        papers = [
            a_paper(
                key,
                catalogue=name,
                title=draw(WORD),
                aliases=tuple(draw(st.lists(WORD, max_size=1))),
                url=f"https://example.org/{name}/{key}",
            )
            for key in keys
        ]
        topics = [
            a_topic("/".join(one), catalogue=name)
            for one in places
            if one[0] not in keys
        ]
        catalogues.append(a_catalogue(papers, topics, id=name))
    return Library(tuple(catalogues))


def everything(library: Library) -> Iterator[Paper | Topic | Area]:
    """All that has a name."""
    yield from library.papers.values()
    yield from library.areas
    yield from library.topics.values()


@given(crowded())
@settings(max_examples=60)
def test_the_short_name_of_a_thing_means_just_that_thing(library: Library) -> None:
    """What is shown as its name can be typed again."""
    names = Names(library)
    wrong = [
        (names.short(one), one)
        for one in everything(library)
        if names.anything(names.short(one)) != one
    ]

    assert wrong == []


@given(crowded(), WORD)
@settings(max_examples=60)
def test_the_candidates_of_an_ambiguous_name_can_be_told_apart(
    library: Library, name: str
) -> None:
    """No two are called alike, and there are at least two."""
    names = Names(library)
    candidates: tuple[str, ...] = ()
    try:
        names.anything(name)
    except AmbiguousNameError as problem:
        candidates = problem.candidates
    except NotFoundError:
        begins = [one for one in everything(library) if f" {name}" in f" {one.title}"]

        assert begins == []

    assert len(set(candidates)) == len(candidates)
    assert len(candidates) != 1


def calls(library: Library) -> Iterator[tuple[str, Paper]]:
    """Every name in the shipped catalogue by which a paper should be found."""
    for paper in library.papers.values():
        some = [paper.title, paper.acronym, *paper.aliases]
        some += [paper.key, paper.name, paper.url, paper.arxiv, paper.doi]
        if paper.arxiv:
            some += [f"arXiv:{paper.arxiv}v1", f"https://arxiv.org/pdf/{paper.arxiv}"]
        yield from ((call, paper) for call in some if call)


def test_every_name_in_the_shipped_catalogue_finds_its_paper(genai: Library) -> None:
    """Where two papers share a name, the key decides, or both are named."""
    names = Names(genai)
    owners: dict[str, set[str]] = {}
    for call, paper in calls(genai):
        owners.setdefault(fold(call), set()).add(paper.key)
    wrong = []
    for call, paper in calls(genai):
        same = owners[fold(call)]
        try:
            found = {names.paper(call).key}
        except AmbiguousNameError as problem:
            found = set(problem.candidates)
        by_key = {fold(call).replace(" ", "-")} & same
        if found != (by_key or same):
            wrong.append((call, paper.key, found))

    assert wrong == []


def test_every_topic_and_area_of_the_shipped_catalogue_is_found(
    genai: Library,
) -> None:
    """By address, full name, short id, title and every alias; or both are named."""
    names = Names(genai)
    places: list[Area | Topic] = [*genai.areas, *genai.topics.values()]
    owners: dict[str, set[str]] = {}
    for one in places:
        for call in (one.id, one.title, *one.aliases):
            owners.setdefault(fold(call), set()).add(one.name)
    wrong = []
    for one in places:
        for call in (one.name, one.full_name, one.id, one.title, *one.aliases):
            exact = {two.name for two in places if call in (two.name, two.full_name)}
            try:
                found = {names.topic(call).name}
            except AmbiguousNameError as problem:
                found = set(problem.candidates)
            if found != (exact or owners[fold(call)]):
                wrong.append((call, one.name, found))

    assert wrong == []


@pytest.mark.parametrize(
    ("call", "name", "counts"),
    [
        ("mark-read", "lora", (0, 0)),
        ("mark-read", "LoRA", (0, 0)),
        ("mark-read", "Attention Is All You Need", (1, 0)),
        ("mark-read", "2305.18290", (1, 1)),
        ("mark-read", "Direct Preference", (1, 1)),
        ("mark-read --yes", "diffusion", (0, 0)),
        ("mark-read --yes", "image synth", (1, 1)),
        ("mark-read", "lorra", (1, 1)),
        ("goal set", "Direct Preference", (1, 1)),
        ("next --goal", "Direct Preference", (1, 1)),
        ("next --topic", "agent", (1, 1)),
        ("show", "Direct Preference", (1, 1)),
        ("list", "agent", (1, 1)),
        ("note", "Direct Preference", (1, 1)),
    ],
)
def test_a_typed_name_is_folded_and_identified_once(
    roadmap: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    name: str,
    counts: tuple[int, int],
) -> None:
    """However many rungs it climbs, and however often a command looks at what it means."""
    roadmap("list")
    calls = Counter[str]()

    def counted(function: Callable[[str], str]) -> Callable[[str], str]:
        def count(text: str) -> str:
            calls[function.__name__] += text == name
            return function(text)

        return count

    for module in (names, spelling):
        monkeypatch.setattr(module, "fold", counted(fold))
    for module in (names, identity):
        monkeypatch.setattr(module, "named_in", counted(identity.named_in))
    roadmap(*call.split(), name)

    assert (calls["fold"], calls["named_in"]) == counts


def test_a_mark_looks_its_names_up_once(
    roadmap: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it asks before a whole area, too."""
    asked: list[str] = []
    anything = Names.anything

    def watched(self: Names, name: str, **how: bool) -> object:
        asked.append(name)
        return anything(self, name, **how)

    monkeypatch.setattr(Names, "anything", watched)
    done = roadmap("mark-read", "lora", "diffusion", "bert", "lora", "--yes")

    assert done.code == 0
    assert asked == ["lora", "diffusion", "bert"]
