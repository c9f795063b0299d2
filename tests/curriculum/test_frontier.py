"""The second list, "Generative AI since 2024": complete, right, and beside the first."""

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from roadmap_cli.catalogues import reading
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Topic
from roadmap_cli.curriculum.names import Names
from roadmap_cli.disk import places

Run = Callable[..., Result]

FACTS = Path(__file__).parents[1] / "data" / "frontier-facts.tsv"
LISTS = [places.shipped(), places.shipped().with_name("frontier.toml")]


@cache
def raw() -> dict[str, Any]:
    """What the file itself says, no defaults filled in."""
    return tomllib.loads(LISTS[1].read_text(encoding="utf-8"))


@cache
def library() -> Library:
    """Both lists, the first one first."""
    return reading.load(LISTS).library


def genai() -> Catalogue:
    """The first list."""
    return library().catalogues[0]


def frontier() -> Catalogue:
    """The second list."""
    return library().catalogues[1]


def topics(catalogue: Catalogue) -> dict[str, Topic]:
    """The topics of a catalogue by name, in order."""
    return {topic.name: topic for area in catalogue.areas for topic in area.topics}


def facts() -> list[dict[str, str]]:
    """What was looked up of each paper."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(catalogue: Catalogue) -> set[str]:
    """What the areas and topics of a catalogue answer to."""
    everything: list[Area | Topic] = [*catalogue.areas, *topics(catalogue).values()]
    return {
        name.casefold()
        for place in everything
        for name in (place.id, place.title, *place.aliases)
    }


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len(re.findall(r"[.!?](?=\s|$)", text))


def test_it_has_sixty_to_eighty_papers_in_ten_to_fourteen_topics() -> None:
    """Each paper stands in one topic of its own list."""
    standing = Counter(
        key for topic in topics(frontier()).values() for key in topic.papers
    )

    assert (frontier().id, frontier().title) == ("frontier", "Generative AI since 2024")
    assert 60 <= len(frontier().papers) <= 80
    assert 10 <= len(topics(frontier())) <= 14
    own = {key: number for key, number in standing.items() if "/" not in key}
    assert own == dict.fromkeys(frontier().papers, 1)


@pytest.mark.parametrize("field", ["title", "venue", "arxiv"])
def test_the_facts_are_those_that_were_looked_up(field: str) -> None:
    """For every paper."""
    papers = frontier().papers

    assert {key: getattr(paper, field) for key, paper in papers.items()} == {
        row["key"]: row[field] for row in facts()
    }


def test_the_first_authors_and_years_are_those_that_were_looked_up() -> None:
    """For every paper; no list of authors ends in an abbreviation."""
    papers = frontier().papers

    assert {k: (paper.authors[0], str(paper.year)) for k, paper in papers.items()} == {
        row["key"]: (row["first_author"], row["year"]) for row in facts()
    }
    authors = {name for paper in papers.values() for name in paper.authors}
    assert [name for name in authors if re.search("(?i)others|et al", name)] == []


def test_every_link_is_the_straight_one_to_the_paper() -> None:
    """To the abstract, without a version."""
    papers = frontier().papers

    assert {key: paper.url for key, paper in papers.items()} == {
        key: f"https://arxiv.org/abs/{paper.arxiv}" for key, paper in papers.items()
    }
    assert [p.key for p in papers.values() if not re.match("https://|$", p.code)] == []


def test_every_paper_says_what_to_look_for_how_long_and_how_hard() -> None:
    """In the file itself: no default stands in."""
    papers: dict[str, dict[str, Any]] = raw()["paper"]

    for field in ("kind", "level", "minutes", "note", "synonyms", "requires"):
        assert [key for key, paper in papers.items() if not paper.get(field)] == []
    notes = {key: sentences(paper["note"]) for key, paper in papers.items()}
    assert {key: number for key, number in notes.items() if number < 2} == {}
    minutes = {key: paper["minutes"] for key, paper in papers.items()}
    assert [key for key, number in minutes.items() if not 20 <= number <= 120] == []


def test_every_topic_asks_at_least_two_questions_with_hints() -> None:
    """With ids that no question of either list has."""
    asked = [
        question
        for catalogue in library().catalogues
        for topic in topics(catalogue).values()
        for question in topic.questions
    ]

    for name, topic in topics(frontier()).items():
        assert len(topic.questions) >= 2, name
        assert all(question.ask and question.hint for question in topic.questions), name
    assert len({question.id for question in asked}) == len(asked)


def test_every_area_and_topic_is_summed_up_in_two_to_five_sentences() -> None:
    """Enough to choose by, short enough to be read."""
    everything: list[Area | Topic] = [
        *frontier().areas,
        *topics(frontier()).values(),
    ]
    lengths = {place.full_name: sentences(place.summary) for place in everything}

    assert {name: n for name, n in lengths.items() if not 2 <= n <= 5} == {}


def test_every_prerequisite_and_every_reference_is_there() -> None:
    """In the second list or in the first, and not later than what needs it."""
    papers: dict[str, dict[str, Any]] = raw()["paper"]
    order = [k for area in raw()["area"] for t in area["topic"] for k in t["papers"]]
    known = {*papers, *(f"genai/{key}" for key in genai().papers)}

    assert set(order) <= known
    for key, paper in papers.items():
        assert {*paper["requires"], *paper.get("helps", [])} <= known, key
        own = [name for name in paper["requires"] if name in papers]
        late = [name for name in own if order.index(name) > order.index(key)]
        assert late == [], key


def test_no_paper_stands_in_both_lists() -> None:
    """Neither under a key nor as a work; what the first has is referred to."""
    total = len(genai().papers) + len(frontier().papers)

    assert genai().papers.keys() & frontier().papers.keys() == set()
    assert len(set(library().work.values())) == total


def test_its_areas_and_topics_have_names_of_their_own() -> None:
    """Neither id nor title nor other name is one of the first list's."""
    assert names(genai()) & names(frontier()) == set()


def test_what_a_name_means_in_the_first_list_it_means_beside_the_second() -> None:
    """For papers, and for areas and topics."""
    alone, both = Names(reading.load(LISTS[:1]).library), Names(library())

    for key, paper in genai().papers.items():
        for name in (key, *paper.aliases):
            assert both.paper(name).name == alone.paper(name).name, name
    for name in {*topics(genai()), *(area.id for area in genai().areas)}:
        assert both.topic(name).full_name == alone.topic(name).full_name, name


def test_doctor_finds_nothing_wrong_with_both(roadmap: Run) -> None:
    """Every name leads somewhere, every link names one work."""
    result = roadmap(*both_lists(), "doctor")

    assert (result.code, result.out, result.err) == (0, "", "All is well.\n")


def test_the_path_to_a_paper_begins_in_the_first_list(roadmap: Run) -> None:
    """What a paper of the second needs of the first is read before it."""
    rows = json.loads(roadmap(*both_lists(), "path", "deepseek-r1", "--json").out)
    keys = [paper["key"] for paper in rows["papers"]]

    assert keys.index("attention") < keys.index("rlhf") < keys.index("deepseekmath")
    assert keys[-1] == "deepseek-r1"


@pytest.mark.parametrize("area", ["llm", "diffusion", "multimodal"])
def test_an_area_of_the_first_list_is_listed_as_without_the_second(
    area: str, roadmap: Run
) -> None:
    """Nothing of the second is in it."""
    alone = roadmap("--catalogue", str(LISTS[0]), "list", area).out

    assert roadmap(*both_lists(), "list", area).out == alone


def both_lists() -> list[str]:
    """The options that read both lists, whatever else there is."""
    return [text for path in LISTS for text in ("--catalogue", str(path))]
