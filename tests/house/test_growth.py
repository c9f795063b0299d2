"""What grows with the catalogue, and with what is typed, costs no more for each further part."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from builders import HEAD, TODAY, a_library, a_paper, a_topic, paper_text
from conftest import Result
from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.curriculum.model import Level, Status, Topic
from roadmap_cli.curriculum.requirements import without_circles
from roadmap_cli.progress.events import Progress, Standing
from roadmap_cli.suggest import suggestions

Run = Callable[..., Result]
Reader = Callable[[str, int], Run]
START = datetime(2026, 2, 1, tzinfo=UTC)


def a_catalogue(kind: str, size: int) -> str:
    """A catalogue of one topic: a `row` of papers, a `chain`, or a `fan`: the first needs all."""
    keys = [f"p{number}" for number in range(size)]
    needs: dict[str, list[str]] = {key: [] for key in keys}
    if kind == "chain":
        needs |= {after: [before] for before, after in pairwise(keys)}
    if kind == "fan":
        needs["p0"] = keys[2:]
    papers = (paper_text(key, f"requires = {json.dumps(needs[key])}") for key in keys)
    topic = f'[[area.topic]]\nid = "t"\ntitle = "T"\npapers = {json.dumps(keys)}\n'
    return f'{HEAD}[[area]]\nid = "a"\ntitle = "A"\n{topic}' + "".join(papers)


@pytest.fixture
def reader(roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Runs of a reader with a catalogue of some kind and size, of which one paper is read."""

    def made(kind: str, size: int) -> Run:
        place = tmp_path / f"{kind}-{size}"
        place.mkdir()
        path = place / "made.toml"
        path.write_text(a_catalogue(kind, size))
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
        assert roadmap("mark-read", "p1").code == 0
        return roadmap

    return made


@pytest.mark.parametrize("kind", ["row", "chain", "fan"])
@pytest.mark.parametrize(
    "call",
    [
        "plan --all --hours 40", "next -n 2000", "path a", "path a --all", "next --goal a",
        "next --random -n 2000", "stats", "list --where year:2020",
        "list a --sort minutes", "list --sort added", "list --sort status",
    ],
)  # fmt: skip
def test_each_further_paper_costs_the_same(
    kind: str, call: str, reader: Reader
) -> None:
    """In a topic that is begun: without needs, each needing the last, and one that needs all."""
    measured = []
    for size in SIZES:
        roadmap = reader(kind, size)
        roadmap(*call.split())
        measured.append(calls_of(roadmap, *call.split()))

    assert growth(measured) < LIMIT


def test_what_leads_to_many_is_counted_without_going_through_them_again() -> None:
    """Papers that all lead to one, which leads to as many that are done."""
    measured = []
    for size in SIZES:
        first = [a_paper(f"a{n}", level=Level.DEEP) for n in range(size)]
        middle = a_paper("m", requires=tuple(one.key for one in first))
        last = [a_paper(f"z{n}", requires=("m",)) for n in range(size)]
        library = a_library([*first, middle, *last])
        read = {f"test/{one.key}": Standing(Status.READ) for one in last}
        _ = library.needed_by, library.topics_of, library.shown
        each = suggestions(library, Progress(read), TODAY)
        measured.append(calls_of(lambda some=each: list(some)))

    assert growth(measured) < LIMIT


def test_the_topics_that_a_paper_leads_to_are_gathered_once() -> None:
    """Where each paper needs all of those that stand behind it in the curriculum."""
    papers = [
        a_paper(f"p{n}", requires=tuple(f"p{before}" for before in range(n)))
        for n in range(40)
    ]
    topics = [a_topic(f"a/t{one.key}", [one.key]) for one in reversed(papers)]
    library = a_library(papers, topics)
    _ = library.needed_by, library.topics_of, library.topic_numbers

    edges = sum(map(len, library.needed_by.values()))
    assert calls_of(lambda: library.reach) < 2 * edges


def test_a_long_chain_is_searched_for_circles_step_by_step() -> None:
    """What grew called no function: the time of the processor is compared with itself."""
    ratios = []
    for _ in range(5):
        taken = []
        for size in (40_000, 80_000):
            needs = {str(n): (str(n + 1),) for n in range(size)} | {str(size): ()}
            began = process_time()
            assert without_circles(needs) == needs
            taken.append(process_time() - began)
        ratios.append(taken[1] / taken[0])

    assert min(ratios) < LIMIT


class Compared(Topic):
    """A topic that counts how often it is compared with another."""

    times = 0

    def __eq__(self, other: object) -> bool:
        """As topics are equal."""
        Compared.times += 1
        return super().__eq__(other)

    __hash__ = Topic.__hash__


def test_a_paper_of_many_topics_is_put_into_each_once() -> None:
    """Also where it stands in one twice; no topic is compared with those before it."""
    topics = [Compared(*a_topic(f"a/t{n}", ["p", "p"])) for n in range(50)]
    library = a_library([a_paper("p")], topics)
    found = library.topics_of["test/p"]

    assert Compared.times <= len(topics)
    assert [one.id for one in found] == [one.id for one in topics]


@pytest.mark.parametrize(
    "query",
    [
        "-".join(["a"] * 251), '"' + "a " * 251 + '"', "title:" + "a.b" * 251, "lora OR " + "a-" * 251,
        "x" + "あ" * 250,
    ],
)  # fmt: skip
@pytest.mark.parametrize("call", ["search", "list --where", "next --where"])
def test_more_words_than_anybody_means_are_refused(
    call: str, query: str, roadmap: Run
) -> None:
    """Joined, quoted or without blanks: words count one by one."""
    result = roadmap(*call.split(), query)

    assert result.code == 2
    assert result.err.splitlines() == [
        "error: the query has more than 250 words",
        "hint: search for the few words that matter",
    ]


def test_as_many_words_as_are_allowed_are_searched(roadmap: Run) -> None:
    """The last of them counts too."""
    assert roadmap("search", '"' + "a " * 249 + 'lora"').code == 1
    assert roadmap("search", "lora " + "-".join(["lora"] * 249)).code == 0


def test_a_word_typed_again_and_again_costs_no_more_for_each_paper(
    roadmap: Run,
) -> None:
    """The same papers answer."""
    few = calls_of(roadmap, "list", "--where", "lora " * 10)
    many = calls_of(roadmap, "list", "--where", "lora " * 250)

    assert many < 1.5 * few
    assert roadmap("list", "--where", "lora " * 250) == roadmap(
        "list", "--where", "lora"
    )


def test_a_query_of_more_characters_than_anybody_types_is_refused(roadmap: Run) -> None:
    """Whatever they are."""
    result = roadmap("search", "a" * 10_001)

    assert result.code == 2
    assert "error: the query has more than 10,000 characters\n" in result.err
    assert roadmap("search", "lora OR " + "a" * 9_000).code == 0


@pytest.mark.parametrize("name", ["nothing-like-{}", "T {} no", "https://x.org/{}"])
def test_each_further_name_that_is_not_clear_costs_little(
    name: str, reader: Reader
) -> None:
    """What is near is told of the first ten, fifty are named, the rest is counted."""
    roadmap, measured, names = reader("row", 100), [], []
    for size in (100, 200, 400):
        names = [name.format(number) for number in range(size)]
        measured.append(calls_of(roadmap, "mark-read", *names))
    result = roadmap("mark-read", *names)

    assert growth(measured) < LIMIT
    assert measured[2] - measured[1] < 200 * 250
    assert result.code == 1
    lines = result.err.splitlines()
    assert lines[0] == "error: 400 names are not clear; nothing was marked"
    assert len(lines) == 1 + 50 + 1
    assert lines[-1] == "  and 350 more"


def test_a_name_is_looked_up_among_many_papers(reader: Reader) -> None:
    """Four times as many papers do not make thirty more names four times as dear."""
    measured = []
    for size in (SIZES[0], SIZES[2]):
        roadmap = reader("row", size)
        names = [f"https://example.org/p{number}" for number in range(30)]
        few = calls_of(roadmap, "mark-known", *names[:2], "--dry-run")
        measured.append(calls_of(roadmap, "mark-known", *names, "--dry-run") - few)

    assert measured[1] < 1.5 * measured[0]


@pytest.mark.parametrize("name", ["t3", "T 3", "a/t3", "aka 3", "a/t39"])
def test_a_topic_is_looked_up_among_many_by_all_its_names(
    name: str, roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By id, title, full name and alias."""
    measured = []
    for size in SIZES:
        topics = "".join(
            f'[[area.topic]]\nid = "t{n}"\ntitle = "T {n}"\naliases = ["aka {n}"]\npapers = ["p{n}"]\n'
            for n in range(size)
        )
        path = tmp_path / f"{size}.toml"
        area = '[[area]]\nid = "a"\ntitle = "A"\n'
        papers = "".join(paper_text(f"p{n}") for n in range(size))
        path.write_text(f"{HEAD}{area}{topics}{papers}")
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
        assert roadmap("list", name).code == 0
        measured.append(calls_of(roadmap, "list", name))

    assert measured[2] - measured[0] < (SIZES[2] - SIZES[0]) / 2


def a_hub(size: int) -> str:
    """A catalogue of four topics, each paper in two of them, as a long list looks."""
    topics: list[list[str]] = [[], [], [], []]
    for number in range(size):
        for place in sorted({number * 4 // size, number % 4}):
            topics[place].append(f"p{number}")
    made = "".join(
        f'[[area.topic]]\nid = "t{place}"\ntitle = "T{place}"\npapers = {json.dumps(keys)}\n'
        for place, keys in enumerate(topics)
    )
    papers = "".join(paper_text(f"p{number}") for number in range(size))
    return f'{HEAD}[[area]]\nid = "a"\ntitle = "A"\n{made}{papers}'


@pytest.mark.parametrize("call", ["next --json", "mark-read p3", "show p3 --json"])
def test_a_topic_twice_as_large_costs_no_more(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """What is read of a topic, and what is left, is counted and not gone through."""
    measured = []
    for size in (400, 800, 1600):
        place = tmp_path / str(size)
        place.mkdir()
        path = place / "made.toml"
        path.write_text(a_hub(size))
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
        roadmap("mark-read", *(f"p{number}" for number in range(10, size, 7)))
        roadmap(*call.replace("p3", "p4").split())
        measured.append(calls_of(roadmap, *call.split()))

    assert max(measured) < 1.1 * min(measured)
