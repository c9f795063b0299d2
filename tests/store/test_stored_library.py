"""A library that lies in SQLite answers as the one that it was made from."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_catalogue, a_paper, a_topic, after, libraries, markings
from roadmap_cli.catalogues.reading import load
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.names import Names, ShortNames
from roadmap_cli.curriculum.places import papers_outside
from roadmap_cli.disk.places import shipped
from roadmap_cli.errors import DataFileError, RoadmapError
from roadmap_cli.store.library.laying import fill
from roadmap_cli.store.library.stored import StoredLibrary
from roadmap_cli.suggest import current_topic, suggestions

TABLES = (
    "papers", "work", "entries", "shown", "areas_by_name", "topics", "topic_numbers",
    "positions", "topics_of", "needs", "helps", "needed_by", "reach", "full_names", "former_names",
)  # fmt: skip


def stored(library: Library) -> StoredLibrary:
    """The same library, laid down in SQLite."""
    connection = sqlite3.connect(":memory:")
    fill(connection, library)
    return StoredLibrary(connection)


def real() -> Library:
    """The shipped catalogue."""
    return load([shipped()]).library


def assert_equal(kept: Library, library: Library) -> None:
    """Every table, its order included, asked one by one and as a whole."""
    for table in TABLES:
        truth = getattr(library, table)
        found = getattr(kept, table)
        assert {name: found[name] for name in truth} == dict(truth), table
        if table in ("papers", "work", "areas_by_name", "topics", "positions"):
            assert list(found) == list(truth), table
        assert len(found) == len(truth), table
        assert all(name in found for name in truth), table
        assert "nothing/of-that-name" not in found, table
    assert list(kept.works) == list(library.works)
    assert list(kept.topic_names) == list(library.topic_names)
    assert kept.areas == library.areas
    assert kept.retired == library.retired
    assert kept.choices == library.choices
    assert kept.waiting == library.waiting
    assert papers_outside(kept) == papers_outside(library)


@given(libraries(circles=True, enough=True))
def test_every_table_is_the_same(library: Library) -> None:
    """Papers, works, topics, what they need and lead to."""
    assert_equal(stored(library), library)


def test_every_table_of_the_shipped_catalogue_is_the_same() -> None:
    """With all fields that there are; kinds and levels are themselves."""
    library = real()
    kept = stored(library)

    assert_equal(kept, library)
    assert repr(kept.papers["genai/lora"]) == repr(library.papers["genai/lora"])
    assert [one.title for one in kept.catalogues] == [
        one.title for one in library.catalogues
    ]


@given(libraries())
def test_what_begins_so_is_the_same(library: Library) -> None:
    """By key and by full name; the start of nothing, and of everything."""
    kept = stored(library)
    for typed in ("", "p", "p1", "test/", "test/p0", "test/p0x", "q", "\udcff"):
        assert kept.begun_with(typed) == library.begun_with(typed)


@given(libraries(enough=True), st.data())
def test_suggestions_are_the_same(library: Library, data: st.DataObject) -> None:
    """The order, the reasons, and where the reader is."""
    progress = after(library, data.draw(markings(library)))
    kept = stored(library)

    assert list(suggestions(kept, progress, TODAY)) == list(
        suggestions(library, progress, TODAY)
    )
    assert current_topic(kept, progress) == current_topic(library, progress)


NAMES = (
    "lora", "genai/lora", "LoRA", "2106.09685", "https://arxiv.org/pdf/2106.09685v2", "llm",
    "llm/agents", "agents", "genai/llm", "low-rank", "attention is all", "lo", "a", "of the",
    "nothing at all", "lroa", "transfomer", "lllm", "\udcff", "\0", "%", "_", "",
)  # fmt: skip
KINDS = (Names.paper, Names.topic, Names.anything)


def meant(names: Names, name: str) -> list[str]:
    """What a name means as a paper, as a topic, as anything; or what is said."""
    found = []
    for kind in KINDS:
        try:
            found.append(repr(kind(names, name)))
        except RoadmapError as problem:
            found.append(f"{problem} ({problem.hint})")
    return found


def assert_names_mean_the_same(library: Library, *names: str) -> None:
    """In memory and in SQLite."""
    kept = stored(library)
    for name in names:
        assert meant(Names(kept), name) == meant(Names(library), name), name


def test_names_mean_the_same() -> None:
    """Keys, full names, aliases, ids, beginnings, pieces of titles; and what is unclear."""
    library = real()
    answers = [call for one in library.papers.values() for call in one.answers]
    links = [one.url for one in library.papers.values()]

    assert_names_mean_the_same(library, *NAMES, *answers[::7], *links[::7])
    short, truth = ShortNames(stored(library)), ShortNames(library)
    assert [short[one] for one in library.papers] == [
        truth[one] for one in library.papers
    ]


def test_names_mean_the_same_among_thousands() -> None:
    """Also what is offered for a misspelt one, where not all are compared."""
    words = ("sparse", "dense", "Rotary", "flash", "mixed", "löw", "deep")
    papers = [
        a_paper(
            f"{words[n % 7]}-{n}".lower().replace("ö", "o"),
            title=f"{words[n % 5].title()} {words[n % 3]} number {n}",
            aliases=(f"{words[n % 7]} {n % 50} {n}",),
        )
        for n in range(3000)
    ]
    library = Library((a_catalogue(papers, [a_topic("a/t", ["sparse-0"])]),))

    assert_names_mean_the_same(
        library, "sparse-70", "sprase-70", "rotry 12 1212", "Löw 5 5", "number 7",
        "Sparse sparse number 0", "dense", "xyz", "a/tt",
    )  # fmt: skip


@given(libraries(), st.text(max_size=8))
def test_any_text_means_the_same(library: Library, text: str) -> None:
    """Whatever somebody types."""
    assert_names_mean_the_same(library, text, f"p{text}", f"t{text}")


def test_what_cannot_be_read_is_an_error_that_says_so() -> None:
    """Not a traceback, and not an answer; the file goes, so that the next run can build it."""
    library = real()
    connection = sqlite3.connect(":memory:")
    fill(connection, library)
    dropped: list[bool] = []
    kept = StoredLibrary(connection, lambda: dropped.append(True))
    connection.execute("DROP TABLE work")

    with pytest.raises(DataFileError, match="index of catalogues cannot be read"):
        _ = kept.shown["genai/lora"]
    assert dropped
