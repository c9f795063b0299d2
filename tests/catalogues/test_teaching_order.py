"""The shipped curriculum in the order in which a teacher would give it."""

from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from builders import TODAY
from roadmap_cli.catalogues import reading
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Kind, Status
from roadmap_cli.disk import places
from roadmap_cli.progress.events import Progress, Standing
from roadmap_cli.suggest import Goal, Wishes, suggestions

BEFORE = Path(__file__).parents[1] / "data" / "before.txt"
GENTLER = [
    ("transformer-explainer", "attention"),
    ("teacher-forcing", "mqa"),
    ("rotary-blog", "rope"),
    ("prompt-tuning", "prefix-tuning"),
]
"""What is easier and about the same: first in order, but not needed."""
FETCHED = {
    ("mqa", "einsum"): "Its code is written in einsum notation.",
    ("mae", "bert"): "It carries over from words to images what BERT does.",
    ("mamba", "annotated-s4"): "The source lists it under long context too.",
    ("kan-or-mlp", "kan"): "It is a finding about what comes at the end.",
    ("vlms-are-blind", "flamingo"): "It is a finding about multimodal models.",
    ("ldm", "fid"): "All papers on images report it; its topic needs them.",
}
"""What a paper needs of a topic that comes later, and why it is not put off until then."""


@cache
def library() -> Library:
    """The shipped catalogue alone."""
    return reading.load([places.shipped()]).library


def keys(progress: Progress, wishes: Wishes | None = None) -> list[str]:
    """What is left, by key, in order."""
    found = suggestions(library(), progress, TODAY, wishes or Wishes())
    return [one.paper.key for one in found]


@cache
def walk() -> list[str]:
    """The keys in the order of who always takes the first suggestion."""
    standings: dict[str, Standing] = {}
    taken: list[str] = []
    while True:
        progress = Progress(standings, tuple(standings))
        first = next(suggestions(library(), progress, TODAY), None)
        if first is None:
            return taken
        taken.append(first.paper.key)
        standings[first.paper.name] = Standing(Status.READ)


def pairs() -> Iterator[tuple[str, str]]:
    """What comes before what."""
    for line in BEFORE.read_text("utf-8").splitlines():
        left, _, right = line.partition("<")
        if not line.startswith("#"):
            yield from ((one, other) for one in left.split() for other in right.split())


def test_every_pair_names_papers_of_the_catalogue() -> None:
    """A slip of the pen would make a pair that cannot fail."""
    known = {paper.key for paper in library().papers.values()}

    assert {key for pair in pairs() for key in pair} - known == set()
    assert len(set(pairs())) > 150


def test_the_walk_meets_nothing_before_what_teachers_put_before_it() -> None:
    """From nothing to the end, by following `next`."""
    place = {key: number for number, key in enumerate(walk())}

    assert len(place) == 172
    assert [pair for pair in pairs() if place[pair[0]] > place[pair[1]]] == []


def test_the_path_to_a_paper_holds_what_teachers_put_before_it() -> None:
    """Also for somebody who wants only that paper."""
    missing = []
    for one, other in pairs():
        goal = Goal(other, other, (f"genai/{other}",))
        if one not in keys(Progress(), Wishes(goal)):
            missing.append((one, other))

    assert missing == []


@pytest.mark.parametrize(("gentle", "hard"), GENTLER)
def test_the_gentler_of_two_comes_first(gentle: str, hard: str) -> None:
    """In their topic, and for who follows `next`."""
    (topic,) = library().topics_of[f"genai/{gentle}"]

    assert topic.papers.index(gentle) < topic.papers.index(hard)
    assert walk().index(gentle) < walk().index(hard)


def needs_of(work: str) -> set[str]:
    """The works that a work needs, directly or through others."""
    found: set[str] = set()
    waiting = [work]
    while waiting:
        new = {*library().needs[waiting.pop()]} - found
        found |= new
        waiting += new
    return found


def helping() -> list[tuple[str, str]]:
    """Each work that would help, with the one that it would help with."""
    helps = library().helps
    return [(other, work) for work in helps for other in helps[work]]


def test_what_would_help_is_no_need_and_needs_nothing_of_what_it_helps_with() -> None:
    """Directly or through others: it could be read before, and need not be."""
    named = [name for paper in library().papers.values() for name in paper.helps]

    assert len(helping()) == len(named) >= 20
    assert [pair for pair in helping() if pair[0] in needs_of(pair[1])] == []
    assert [pair for pair in helping() if pair[1] in needs_of(pair[0])] == []


def test_the_gentler_of_two_would_help_with_the_other() -> None:
    """What comes first for its ease alone is said to help."""
    gentler = {(f"genai/{gentle}", f"genai/{hard}") for gentle, hard in GENTLER}

    assert gentler <= {*helping()}


def needs_of_topics() -> Iterator[tuple[str, str, tuple[str, str]]]:
    """A topic, another that it needs, and which of its papers needs what there."""
    papers, topics_of = library().papers, library().topics_of
    homes = {paper.key: topics_of[name][0].name for name, paper in papers.items()}
    for topic in (topic for area in library().areas for topic in area.topics):
        needs = [(topic.name, needed) for needed in topic.requires] + [
            (key, needed)
            for key in topic.papers
            for needed in papers[f"genai/{key}"].requires
        ]
        for key, needed in needs:
            if needed not in topic.papers:
                yield topic.name, homes.get(needed, needed), (key, needed)


def test_a_topic_needs_nothing_of_a_later_one_but_what_is_named_here() -> None:
    """Who reads topic by topic is sent ahead for single papers only, each with a reason."""
    order = [topic.name for area in library().areas for topic in area.topics]

    ahead = {
        pair
        for topic, other, pair in needs_of_topics()
        if order.index(other) > order.index(topic)
    }
    assert ahead == set(FETCHED)


def circle(but: set[tuple[str, str]]) -> list[str]:
    """Topics that need each other in a circle, through papers, if such pairs are left out."""
    needs: dict[str, set[str]] = {}
    for topic, other, pair in needs_of_topics():
        if pair not in but:
            needs.setdefault(topic, set()).add(other)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_two_papers_alone_make_topics_need_each_other() -> None:
    """
    No circle is left without them, and each of them makes one.

    Mamba stands in three topics, since the source lists it so, and only the later ones have
    what it needs; FID is defined where models are judged, and they are judged by it before.
    """
    mamba, ldm = ("mamba", "annotated-s4"), ("ldm", "fid")

    assert circle({mamba, ldm}) == []
    assert set(circle({ldm})) == {"llm/long-context", "beyond/new-architectures"}
    assert set(circle({mamba})) == {
        "diffusion/image-generation",
        "diffusion/evaluation",
    }


def test_surveys_and_open_challenges_come_after_the_rest_of_their_area() -> None:
    """But for what builds on a survey, nothing of an area comes after its open challenges."""
    place = {key: number for number, key in enumerate(walk())}
    for area in library().areas:
        last = [one for one in area.topics if one.id == "open-challenges"]
        rest = {
            key
            for topic in area.topics
            for key in topic.papers
            if topic not in last and library().topics_of[f"genai/{key}"][0] == topic
        }
        surveys = [
            key
            for topic in last
            for key in topic.papers
            if library().papers[f"genai/{key}"].kind is Kind.SURVEY
        ]
        for key in surveys:
            assert max(place[one] for one in rest) < place[key], key


def test_a_survey_of_open_challenges_takes_an_hour_at_most() -> None:
    """Its minutes are for introduction and overview, as its topic says; nobody reads it whole."""
    for area in library().areas:
        for topic in (topic for topic in area.topics if topic.id == "open-challenges"):
            surveys = [
                paper
                for paper in (library().papers[f"genai/{key}"] for key in topic.papers)
                if paper.kind is Kind.SURVEY
            ]
            assert "minutes are for the introduction" in topic.summary
            assert {
                paper.key: paper.minutes
                for paper in surveys
                if not 30 <= (paper.minutes or 0) <= 60
            } == {}


def test_paths_are_short() -> None:
    """Nobody is sent through the whole catalogue to read one paper."""
    lengths = {
        paper.key: len(keys(Progress(), Wishes(Goal("", "", (paper.name,)))))
        for paper in library().papers.values()
    }

    assert lengths["lora"] <= 6
    assert lengths["bert"] <= 5
    assert {key: n for key, n in lengths.items() if n > 16} == {}
