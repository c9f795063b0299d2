"""The shipped curriculum in the order in which a teacher would give it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from builders import TODAY
from roadmap_cli import catalogue
from roadmap_cli.library import Library
from roadmap_cli.model import Kind, Status
from roadmap_cli.progress import Progress, Standing
from roadmap_cli.suggest import Goal, Wishes, suggestions

BEFORE = Path(__file__).parent / "data" / "before.txt"


@cache
def library() -> Library:
    """The shipped catalogue alone."""
    return catalogue.load([catalogue.shipped()]).library


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


def test_paths_are_short() -> None:
    """Nobody is sent through the whole catalogue to read one paper."""
    lengths = {
        paper.key: len(keys(Progress(), Wishes(Goal("", "", (paper.name,)))))
        for paper in library().papers.values()
    }

    assert lengths["lora"] <= 6
    assert lengths["bert"] <= 5
    assert {key: n for key, n in lengths.items() if n > 16} == {}
