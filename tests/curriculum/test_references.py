"""Topics that list papers of other catalogues by their full names."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HEAD, a_catalogue, a_paper, a_topic, paper_text
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.store.library.laying import fill
from roadmap_cli.store.library.stored import StoredLibrary

Run = Callable[..., Result]

COURSE = f"""{HEAD.replace('"test"', '"course"')}
[[area]]
id = "weeks"
title = "Weeks"
[[area.topic]]
id = "one"
title = "Week one"
papers = ["genai/lora", "course/own"]
[[area.topic.group]]
title = "More"
papers = ["genai/attention", "later"]
{paper_text("own")}{paper_text("later", 'requires = ["genai/bert"]')}
"""
OTHER = f"""{HEAD.replace('"test"', '"other"')}
{paper_text("kept")}{paper_text("renamed", 'aliases = ["old-key"]')}
{paper_text("gone", 'retired = "read kept"')}
"""


@pytest.fixture
def shelf(home: Path) -> Path:
    """The folder of own catalogues; it has the course."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    return folder


def listing(*names: str) -> str:
    """The course, its first list with these names in it too."""
    more = "".join(f', "{name}"' for name in names)
    return COURSE.replace('"course/own"', f'"course/own"{more}')


def keys(result: Result) -> list[str]:
    """The first field of each line."""
    assert not result.err, result.err
    return [row[0] for row in result.rows]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("name", ["weeks/one", "weeks", "course"])
def test_a_topic_holds_the_papers_that_it_lists_of_another_catalogue(
    roadmap: Run, name: str
) -> None:
    """In its order, in its groups, and so do its area and its catalogue."""
    assert keys(roadmap("list", name)) == ["lora", "own", "attention", "later"]
    shown = json.loads(roadmap("show", name, "--json").out)
    (row,) = shown["topics"]
    assert row["total"] == 4
    if "groups" in row:
        groups = [
            [paper["key"] for paper in group["papers"]] for group in row["groups"]
        ]
        assert groups == [["lora", "own"], ["attention", "later"]]


@pytest.mark.usefixtures("shelf")
def test_it_is_the_same_work_there(roadmap: Run) -> None:
    """One progress; the paper says that it stands in both topics, its home first."""
    roadmap("mark-read", "lora")

    assert "weeks/one\t1\t4\t" in roadmap("list").out
    paper = json.loads(roadmap("show", "lora", "--json").out)["papers"][0]
    assert paper["topics"] == ["llm/efficient-finetuning", "weeks/one"]
    assert keys(roadmap("list", "weeks", "--status", "read")) == ["lora"]


@pytest.mark.usefixtures("shelf")
def test_the_way_to_a_topic_leads_through_what_it_lists(roadmap: Run) -> None:
    """Its papers, and what they need; a suggestion for the topic is on that way."""
    way = keys(roadmap("path", "weeks/one"))

    assert {"lora", "attention", "own", "later", "bert"} <= {*way}
    assert keys(roadmap("next", "--topic", "weeks/one", "-n", "3"))[0] in way


def test_a_name_of_the_past_and_a_retired_paper_are_understood(
    roadmap: Run, shelf: Path
) -> None:
    """As the other catalogue understands them: a former key is the paper, a retired one no more."""
    (shelf / "other.toml").write_text(OTHER)
    (shelf / "course.toml").write_text(listing("other/old-key", "other/gone"))

    assert keys(roadmap("list", "weeks")) == [
        "lora",
        "own",
        "renamed",
        "attention",
        "later",
    ]
    findings = json.loads(roadmap("doctor", "--json").out)["findings"]
    assert not [found for found in findings if "refers to" in found["problem"]]


def test_a_paper_that_is_named_for_a_retired_one_takes_its_place(
    roadmap: Run, shelf: Path
) -> None:
    """Where another catalogue still has the work."""
    (shelf / "other.toml").write_text(OTHER)
    course = listing("other/gone")
    own = paper_text("mine-now").replace("example.org/mine-now", "example.org/gone")
    (shelf / "course.toml").write_text(course + own)

    assert "mine-now" in keys(roadmap("list", "weeks"))


def test_what_is_not_there_is_left_out_and_doctor_says_so(
    roadmap: Run, shelf: Path
) -> None:
    """Of a catalogue that is not loaded, or does not have it; the rest stays, and no error."""
    course = listing("genai/no-such", "absent/paper").replace("genai/bert", "absent/x")
    (shelf / "course.toml").write_text(course)

    assert keys(roadmap("list", "weeks")) == ["lora", "own", "attention", "later"]
    done = roadmap("doctor", "--json")
    found = json.loads(done.out)["findings"]
    assert done.code == 0
    first, second = (finding["problem"] for finding in found)
    assert first == (
        "course refers to what genai does not have: genai/no-such (in course/weeks/one)"
    )
    assert second == (
        "course refers to what is not loaded:"
        " absent/paper (in course/weeks/one) and absent/x (in course/later)"
    )


def test_a_catalogue_by_itself_holds_what_is_its_own(roadmap: Run, shelf: Path) -> None:
    """Without the other, its topics are shorter."""
    file = shelf / "course.toml"

    assert keys(roadmap("--catalogue", str(file), "list", "weeks")) == ["own", "later"]
    assert roadmap("--catalogue", str(file), "doctor").code == 0


def test_two_names_of_one_work_are_one_paper_of_the_topic(
    roadmap: Run, shelf: Path
) -> None:
    """The first of them stands for it."""
    again = '[paper.again]\ntitle = "LoRA"\narxiv = "2106.09685"\n'
    (shelf / "course.toml").write_text(listing("again") + again)

    assert keys(roadmap("list", "weeks")) == ["lora", "own", "attention", "later"]
    assert "weeks/one\t0\t4\t" in roadmap("list").out


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        (
            "course/nothing",
            "topic weeks/one.papers names `nothing`, which is not there",
        ),
        ("own", "topic weeks/one.papers names `own` a second time"),
        ("genai/lora", "topic weeks/one.papers names `genai/lora` a second time"),
        ("Genai/lora", "or catalogue/key of another catalogue's paper"),
        ("genai/llm/lora", "or catalogue/key of another catalogue's paper"),
        ("genai/", "or catalogue/key of another catalogue's paper"),
    ],
)
def test_what_is_wrong_in_the_file_itself_is_refused(
    roadmap: Run, shelf: Path, name: str, complaint: str
) -> None:
    """A paper of its own that is not there, one that is named twice, what is no name."""
    (shelf / "course.toml").write_text(listing(name))

    assert complaint.replace("topic ", "topic.") in roadmap("list").err


def test_a_required_paper_may_be_called_by_a_name_of_the_past(
    roadmap: Run, shelf: Path
) -> None:
    """As one that a topic lists."""
    (shelf / "other.toml").write_text(OTHER)
    (shelf / "course.toml").write_text(COURSE.replace("genai/bert", "other/old-key"))
    paper = json.loads(roadmap("show", "later", "--json").out)["papers"][0]

    assert [needed["key"] for needed in paper["needs"]] == ["renamed"]


@st.composite
def catalogues_that_name_each_other(draw: st.DrawFn) -> Library:
    """Two or three catalogues; topics list their own papers and any of the others', or nothing's."""
    ids = ["a", "b", "c"][: draw(st.integers(2, 3))]
    names = [
        f"{other}/{key}" for other in [*ids, "z"] for key in ("p0", "p1", "old", "none")
    ]
    made = []
    for own in ids:
        foreign = [name for name in names if not name.startswith(f"{own}/")]
        papers = [
            a_paper(
                key,
                catalogue=own,
                url=f"https://example.org/{draw(st.integers(0, 3))}-{key}",
                aliases=("old",) if key == "p1" else (),
                retired=draw(st.sampled_from(["", "", "gone"])),
                requires=tuple(draw(st.lists(st.sampled_from(foreign), max_size=2))),
            )
            for key in ("p0", "p1")
        ]
        listed = draw(st.lists(st.sampled_from(["p0", "p1", *foreign]), unique=True))
        topic = a_topic("t/one", listed, catalogue=own)
        made.append(a_catalogue(papers, [topic], id=own))
    areas = [
        tuple(area._replace(catalogue=catalogue.id) for area in catalogue.areas)
        for catalogue in made
    ]
    return Library(
        tuple(
            catalogue._replace(areas=some)
            for catalogue, some in zip(made, areas, strict=True)
        )
    )


@given(catalogues_that_name_each_other())
def test_a_stored_library_finds_the_same(library: Library) -> None:
    """And topics list exactly what is there, each work once."""
    connection = sqlite3.connect(":memory:")
    fill(connection, library)
    stored = StoredLibrary(connection)

    assert stored.missing == library.missing
    assert stored.areas == library.areas
    for topic in library.topics.values():
        works = [library.work[paper.name] for paper in library.papers_of(topic)]
        assert len(set(works)) == len(works)
        assert works == list(stored.works_of(topic)) == list(library.works_of(topic))
        assert stored.works_in(topic) == library.works_in(topic)
    for catalogue in library.catalogues:
        assert stored.works_in(catalogue) == library.works_in(catalogue)
