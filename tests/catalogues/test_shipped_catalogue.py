"""The shipped catalogue against the list it follows and the facts it states."""

import csv
import re
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from roadmap_cli.catalogues import reading
from roadmap_cli.curriculum.identity import arxiv_id
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Topic
from roadmap_cli.curriculum.names import Names
from roadmap_cli.disk import places
from roadmap_cli.errors import AmbiguousNameError

DATA = Path(__file__).parents[1] / "data"
READINGS = ("entry", "inline", "companion")
AREAS = ["background", "llm", "diffusion", "multimodal", "beyond"]


def rows(name: str, **wanted: str) -> list[dict[str, str]]:
    """The rows of one of our lists that have these values."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in found if all(row[key] == one for key, one in wanted.items())]


def items(**wanted: str) -> list[dict[str, str]]:
    """The items of the source that have these values."""
    return rows("source-items.tsv", **wanted)


@cache
def raw() -> dict[str, Any]:
    """What the file itself says, no defaults filled in."""
    import tomllib

    return tomllib.loads(places.shipped().read_text(encoding="utf-8"))


@cache
def genai() -> Catalogue:
    """The shipped catalogue, read and checked."""
    shelf = reading.load([places.shipped()])
    (one,) = shelf.library.catalogues
    return one


def topics() -> dict[str, Topic]:
    """Its topics by name, in order."""
    return {topic.name: topic for area in genai().areas for topic in area.topics}


def links() -> list[str]:
    """Every link of the file, wherever it stands."""
    found: list[str] = []
    rest: list[Any] = [raw()]
    while rest:
        one = rest.pop()
        if isinstance(one, dict | list):
            rest += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str) and re.match(r"[a-z]+://", one):
            found.append(one)
    return found


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len(re.findall(r"[.!?](?=\s|$)", re.sub(r"\b(?:e\.g|i\.e|vs)\.", "", text)))


def prose() -> dict[str, str]:
    """Every text that we wrote, by where it stands."""
    found = {f"paper {key}": paper.note for key, paper in genai().papers.items()}
    for area in genai().areas:
        found[f"area {area.id}"] = area.summary
    for name, topic in topics().items():
        found[f"topic {name}"] = topic.summary
        for one in topic.questions:
            found[f"question {one.id}"] = one.ask
            found[f"hint {one.id}"] = one.hint
        for group in topic.groups:
            found[f"group {name} {group.title}"] = group.summary
            for method in group.methods:
                found[f"method {method.title}"] = method.text
    return found


def test_it_has_the_five_areas_and_twenty_eight_topics_of_the_source() -> None:
    """In the source's order, but for the last two: the one needs papers of the other."""
    wanted = list(
        dict.fromkeys(
            f"{row['area']}/{row['topic']}" for row in items() if row["topic"]
        )
    )
    *others, structured, new = wanted

    assert [area.id for area in genai().areas] == AREAS
    assert list(topics()) == [*others, new, structured]
    assert (structured, new) == (
        "beyond/structured-parameters",
        "beyond/new-architectures",
    )
    assert len(wanted) == 28


def test_every_entry_of_the_source_stands_in_its_topic() -> None:
    """163 entries, nothing left out and nothing put in."""
    entries = items(role="entry")
    extra = Counter(
        row["key"] for row in items() if row["role"] in ("inline", "companion")
    )

    for name, topic in topics().items():
        area, _, own = name.partition("/")
        wanted = {
            row["key"] for row in entries if (row["area"], row["topic"]) == (area, own)
        }
        assert wanted <= set(topic.papers), name
        assert set(topic.papers) - wanted <= set(extra), name
        assert len(topic.papers) == len(set(topic.papers)), name
    assert len(entries) == 163
    assert sum(len(topic.papers) for topic in topics().values()) == 163 + 12


def test_the_entries_are_160_different_papers() -> None:
    """Together with the eleven inline resources and the companion, all papers there are."""
    entries = {row["key"] for row in items(role="entry")}

    assert len(entries) == 160
    named = {row["key"] for row in items() if row["role"] in READINGS}
    assert set(genai().papers) == named
    assert len(genai().papers) == 172


def test_only_mamba_and_rope_stand_in_several_topics() -> None:
    """And each of them is one work."""
    standing = Counter(key for topic in topics().values() for key in topic.papers)

    assert {key: n for key, n in standing.items() if n > 1} == {"mamba": 3, "rope": 2}
    assert len(set(Library((genai(),)).work.values())) == 172


@pytest.mark.parametrize("role", ["entry", "inline"])
def test_the_sources_arxiv_link_leads_to_our_paper(role: str) -> None:
    """Also where the source's own link was broken or carried a tracker."""
    linked = [row for row in items(role=role) if arxiv_id(row["names"])]

    assert [genai().papers[row["key"]].arxiv for row in linked] == [
        arxiv_id(row["names"]) for row in linked
    ]
    assert len(linked) == {"entry": 112, "inline": 4}[role]


def test_the_inline_resources_stand_in_their_area() -> None:
    """In their topic, where the source gives one."""
    inline = items(role="inline")

    assert len(inline) == 11
    for row in inline:
        homes = [name for name, topic in topics().items() if row["key"] in topic.papers]
        assert len(homes) == 1, row["key"]
        assert homes[0].startswith(f"{row['area']}/{row['topic']}"), row["key"]


def test_the_companion_video_follows_its_paper() -> None:
    """A reading of GPT-3 in Chinese, said to be so."""
    (row,) = items(role="companion")
    video = genai().papers[row["key"]]
    order = topics()["llm/pretraining"].papers

    assert (video.url, video.kind, video.language) == (row["names"], "video", "zh")
    assert order.index("gpt-3") < order.index(video.key)


def test_the_groups_of_the_source_are_there_with_their_papers() -> None:
    """In the source's order; where the source has no group, ours may."""
    for name, topic in topics().items():
        area, _, own = name.partition("/")
        here = items(area=area, topic=own)
        wanted = [row["group"] for row in here if row["role"] == "group"]
        ours = {group.title: group for group in topic.groups}
        assert [title for title in ours if title in wanted] == wanted, name
        for title in wanted:
            assert set(ours[title].papers) == {
                row["key"]
                for row in here
                if row["role"] == "entry" and row["group"] == title
            }, title
    assert len(items(role="group")) == 16


def test_the_three_methods_are_explained() -> None:
    """Human evaluation has no pages to read."""
    (group,) = (
        one
        for one in topics()["llm/evaluation"].groups
        if one.title == "Human Evaluation"
    )

    assert [one.title for one in group.methods] == [
        row["names"] for row in items(role="method")
    ]
    assert [one.title for one in group.methods if sentences(one.text) < 1] == []
    assert len(group.methods) == 3


def test_the_questions_of_the_source_are_asked() -> None:
    """Twelve, in their topics and their order."""
    for name in ("background/neural-networks", "background/transformer"):
        wanted = [
            row["key"] for row in items(role="question", topic=name.split("/")[1])
        ]
        assert [one.id for one in topics()[name].questions] == wanted
    assert len(items(role="question")) == 12


def test_every_topic_asks_at_least_two_questions_with_hints() -> None:
    """Each with an id of its own."""
    questions = [one for topic in topics().values() for one in topic.questions]

    assert [n for n, topic in topics().items() if len(topic.questions) < 2] == []
    assert [one.id for one in questions if not one.hint or not one.ask] == []
    assert len({one.id for one in questions}) == len(questions)


def test_the_further_links_are_the_sources() -> None:
    """All 23, each where the source has it."""
    found = [
        (area.id, topic.id if topic else "", link.url)
        for area in genai().areas
        for topic in (None, *area.topics)
        for link in (topic.further if topic else area.further)
    ]

    assert found == [
        (row["area"], row["topic"], row["names"]) for row in items(role="further")
    ]
    assert len(found) == 23


def test_the_figures_name_their_sources() -> None:
    """Three figures, three pages they are from."""
    figures = [(area.id, one) for area in genai().areas for one in area.figures]

    assert [(area, one.url) for area, one in figures] == [
        (row["area"], row["names"]) for row in items(role="figure")
    ]
    assert [(area, one.source) for area, one in figures] == [
        (row["area"], row["names"]) for row in items(role="figure-source")
    ]
    assert len(figures) == 3


@pytest.mark.parametrize("field", ["title", "venue", "arxiv", "url"])
def test_the_facts_are_those_that_were_looked_up(field: str) -> None:
    """For every paper; what is not known stays empty."""
    assert {key: getattr(paper, field) for key, paper in genai().papers.items()} == {
        row["key"]: row[field] for row in rows("source-facts.tsv")
    }


def test_the_first_authors_and_years_are_those_that_were_looked_up() -> None:
    """For every paper; what is not known stays empty."""
    assert {
        key: (paper.authors[0], str(paper.year or ""))
        for key, paper in genai().papers.items()
    } == {
        row["key"]: (row["first_author"], row["year"])
        for row in rows("source-facts.tsv")
    }


def test_every_paper_says_what_to_look_for_how_long_and_how_hard() -> None:
    """In the file itself: no default stands in."""
    papers: dict[str, dict[str, Any]] = raw()["paper"]

    for field in ("kind", "level", "minutes", "note"):
        assert [key for key, one in papers.items() if not one.get(field)] == [], field
    assert [key for key, one in genai().papers.items() if sentences(one.note) < 1] == []
    assert [key for key, one in papers.items() if not 3 <= one["minutes"] <= 600] == []


def test_every_area_and_topic_is_summed_up_in_two_to_five_sentences() -> None:
    """Enough to choose by, short enough to be read."""
    everything: list[Area | Topic] = [*genai().areas, *topics().values()]

    assert {
        one.full_name: sentences(one.summary)
        for one in everything
        if not 2 <= sentences(one.summary) <= 5
    } == {}


def test_german_names_mean_their_areas_and_topics() -> None:
    """The page the project started from was in German; none of the 33 is without a name."""
    names = Names(Library((genai(),)))
    german = {row["names"]: row["key"] for row in items(role="german")}

    assert {one: names.topic(one).name for one in german} == german
    assert set(german.values()) == {*AREAS, *topics()}


@pytest.mark.parametrize(
    ("name", "topic", "areas"),
    [
        ("Wissensbearbeitung", "knowledge-editing", "diffusion llm"),
        ("Offene Herausforderungen", "open-challenges", "diffusion llm multimodal"),
    ],
)
def test_a_german_name_of_several_topics_lists_them(
    name: str, topic: str, areas: str
) -> None:
    """None of them is picked in silence."""
    with pytest.raises(AmbiguousNameError) as caught:
        Names(Library((genai(),))).topic(name)

    meant = [f"{area}/{topic}" for area in areas.split()]
    assert sorted(caught.value.candidates) == meant


def test_all_links_are_https_and_arxiv_links_are_straight() -> None:
    """No PDF, no version, no tracker."""
    found = links()

    assert [one for one in found if not one.startswith("https://")] == []
    assert [
        one
        for one in found
        if arxiv_id(one) and one != f"https://arxiv.org/abs/{arxiv_id(one)}"
    ] == []
    assert [one for one in found if re.search(r"[?&](utm_|trk=)|%EF%BC", one)] == []
    assert len(found) > 172


def test_no_paper_requires_itself_through_others() -> None:
    """The standard library finds an order, of papers and of topics."""
    papers: dict[str, Paper] = dict(genai().papers)
    needs = {
        key: [one for one in paper.requires if one in papers]
        for key, paper in papers.items()
    }
    order = list(TopologicalSorter(needs).static_order())

    assert len(order) == 172
    assert (
        len(
            list(
                TopologicalSorter(
                    {
                        n: [one for one in t.requires if one in topics()]
                        for n, t in topics().items()
                    }
                ).static_order()
            )
        )
        == 28
    )


def test_within_a_topic_what_is_required_comes_first() -> None:
    """Reading a topic from top to bottom never meets a paper too early."""
    early = [
        (name, needed, key)
        for name, topic in topics().items()
        for place, key in enumerate(topic.papers)
        for needed in genai().papers[key].requires
        if needed in topic.papers[place:]
    ]

    assert early == []


def windows(text: str, lengths: set[int]) -> set[str]:
    """The digests of every run of so many words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {
        f"{n}-{blake2b(' '.join(words[i : i + n]).encode(), digest_size=12).hexdigest()}"
        for n in lengths
        for i in range(len(words) - n + 1)
    }


def test_no_sentence_of_the_source_is_copied() -> None:
    """Sentences of more than six words, known here only by their digests."""
    theirs = {row["names"] for row in items(role="sentence")}
    lengths = {int(one.partition("-")[0]) for one in theirs}
    ours = {where: windows(text, lengths) for where, text in prose().items()}

    assert {where for where, found in ours.items() if found & theirs} == set()
    assert len(theirs) > 40
    assert min(lengths) == 7
    assert all(ours[f"topic {name}"] for name in topics())
