"""Entries meet papers: by identity alone, with keys that stay the same."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_catalogue, a_paper
from counting import LIMIT, calls_of, growth
from roadmap_cli.curriculum.library import Library
from roadmap_cli.exchange.entries import Entry, Left, Record, Refused
from roadmap_cli.exchange.keys import new_key
from roadmap_cli.exchange.match import Match, Matcher
from roadmap_cli.exchange.sections import INBOX, Place, Section, places

LORA = a_paper(
    "lora",
    catalogue="genai",
    title="LoRA",
    authors=("Edward J. Hu",),
    year=2021,
    arxiv="2106.09685",
)
LIBRARY = Library((a_catalogue([LORA], id="genai"),))


def matches(*records: Record, library: Library = LIBRARY) -> list[Match]:
    """What becomes of these in the catalogue `mine`."""
    return list(Matcher(library, "mine", [], lambda _: "").match(records))


def actions(*records: Record) -> list[tuple[str, str]]:
    """The action and the name of each."""
    return [(match.action.value, match.name) for match in matches(*records)]


SPELLINGS = """\
2106.09685 arXiv:2106.09685v2 https://arxiv.org/abs/2106.09685 http://arxiv.org/pdf/2106.09685v1.pdf
https://doi.org/10.48550/arXiv.2106.09685 10.48550/arxiv.2106.09685 https://ar5iv.org/abs/2106.09685
https://huggingface.co/papers/2106.09685 https://www.alphaxiv.org/abs/2106.09685
https://export.arxiv.org/abs/2106.09685 https://arxiv.org/html/2106.09685v2
https://arxiv.org/abs/2106.09685#S2
"""


@pytest.mark.parametrize("spelling", SPELLINGS.split())
def test_twelve_spellings_of_one_id_are_one_paper(spelling: str) -> None:
    """In whichever field they stand."""
    (match,) = matches(Entry(1, "Low Rank", url=spelling))

    assert (match.action.value, match.name) == ("known", "genai/lora")
    assert match.paper == LORA


def test_the_same_number_twice_in_a_file_is_one_paper() -> None:
    """The second is known, and where it stood first is said."""
    found = matches(
        Entry(3, "One: a title", doi="10.1000/1"), Entry(9, "Another", doi="10.1000/1")
    )

    assert [(match.action.value, match.name) for match in found] == [
        ("new", "one"),
        ("known", "one"),
    ]
    assert found[1].why == "the same as in line 3"


def test_title_author_and_year_alone_join_nothing() -> None:
    """They are told; both papers are kept."""
    entry = Entry(1, "LoRA", ("E. Hu",), 2021, doi="10.1000/2")

    (match,) = matches(entry)
    twice = matches(Entry(1, "A b", ("C D",), 2000), Entry(2, "A B", ("E D",), 2000))

    assert match.action.value == "twice"
    assert "`genai/lora`" in match.why
    assert [found.action.value for found in twice] == ["new", "twice"]
    assert twice[0].name != twice[1].name


def test_an_entry_without_a_number_is_known_again_in_its_own_catalogue() -> None:
    """By title, first author and year; elsewhere it is only likely there."""
    own = a_paper("some", title="Some Title", authors=("A B",), year=2000, url="")
    entry = Entry(1, "Some title", ("Ada B",), 2000)

    for catalogue, action in (("mine", "known"), ("other", "twice")):
        paper = own._replace(catalogue=catalogue)
        library = Library((a_catalogue([paper], id=catalogue),))
        (match,) = matches(entry, library=library)
        assert match.action.value == action


def test_of_two_that_look_alike_each_is_known_by_its_name_in_the_file() -> None:
    """Else the second of them would seem to be gone from the list that it is still in."""
    papers = [
        a_paper(
            key,
            title="Some Title",
            authors=("A B",),
            year=2000,
            url="",
            aliases=(f"in-{key}",),
            catalogue="mine",
        )
        for key in ("first", "second")
    ]
    library = Library((a_catalogue(papers, id="mine"),))
    found = [
        Entry(1, "Some title", ("Ada B",), 2000, key=f"in-{p.key}") for p in papers
    ]
    assert [match.name for match in matches(*found, library=library)] == [
        "first",
        "second",
    ]


def test_what_cannot_be_read_is_told_and_never_lost() -> None:
    """Each record is one match, in their order."""
    records: list[Record] = [
        Refused(1, "no title", "k"),
        Left(2, "a feed"),
        Entry(3),
        Entry(4, "T"),
    ]

    assert [match.action.value for match in matches(*records)] == [
        "refused",
        "left",
        "refused",
        "new",
    ]
    wrong = Matcher(LIBRARY, "mine", [], lambda _: "year must be at most 2999")
    (match,) = wrong.match([Entry(1, "T", year=9999)])
    assert (match.action.value, match.why) == ("refused", "year must be at most 2999")


def test_a_link_that_means_another_work_than_the_number_is_left_out() -> None:
    """The number has the word; such an entry does not spoil the catalogue."""
    (match,) = matches(
        Entry(1, "T", arxiv="2001.00001", url="https://arxiv.org/abs/2001.00002")
    )

    assert match.fields["arxiv"] == "2001.00001"
    assert "url" not in match.fields


def test_the_name_in_its_file_is_an_alias_unless_it_means_something() -> None:
    """So a paper is found by its citation key, and no name gets two meanings."""
    found = matches(
        Entry(1, "A", key="smith2020"),
        Entry(2, "B", key="Smith2020"),
        Entry(3, "C", key="lora"),
    )

    aliases = [match.fields.get("aliases") for match in found]
    assert aliases == [["smith2020"], None, None]


KEYS = [
    (Entry(1, "LoRA: Low-Rank Adaptation"), "lora"),
    (Entry(1, "QLoRA", ("Tim Dettmers",), 2023), "qlora"),
    (Entry(1, "Solitude", ("Ann Lake",), 2023), "lake-2023-solitude"),
    (
        Entry(1, "Attention Is All You Need", ("Ashish Vaswani",), 2017),
        "vaswani-2017-attention",
    ),
    (Entry(1, "On the Art of Ærø", ("Jörg Müller",), 1999), "muller-1999-art"),
    (Entry(1, "The Annotated Transformer"), "annotated-transformer"),
    (Entry(1, "arXiv:2401.12345", arxiv="2401.12345"), "arxiv-2401-12345"),
    (Entry(1, "注意力", doi="10.1000/Ab(1)"), "10-1000-ab-1"),
    (Entry(1, "注意力"), "paper"),
    (Entry(1, "CON: a device"), "con-device"),
]


@pytest.mark.parametrize(("entry", "key"), KEYS)
def test_a_key_is_short_and_says_what_it_is(entry: Entry, key: str) -> None:
    """What stands before a colon, else who, when and what, else the title's words."""
    assert new_key(entry, lambda _: False) == key


@given(
    st.text(max_size=90),
    st.text(max_size=20),
    st.sets(st.sampled_from(["a", "lora", "paper"])),
)
def test_a_key_is_always_good_and_free(
    title: str, author: str, taken: set[str]
) -> None:
    """Whatever stands in the title, and whatever is taken."""
    entry = Entry(1, title or "x", (author,) if author.strip() else (), 2000)

    key = new_key(entry, lambda name: name in taken)

    assert re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", key)
    assert key not in taken
    assert key == new_key(entry, lambda name: name in taken)


def test_a_list_without_names_to_make_keys_of_tries_no_number_twice() -> None:
    """As one in Chinese: each further entry costs as much as the last."""
    counts = []
    for size in (400, 800, 1600):
        entries = [Entry(n, "注意力", url=f"https://e.org/{n}") for n in range(size)]
        matcher = Matcher(LIBRARY, "mine", (), lambda _: "")
        counts.append(calls_of(lambda each=matcher, all_=entries: [*each.match(all_)]))

    assert growth(counts) < LIMIT


SECTIONS: list[tuple[list[Section], Mapping[Section, Place]]] = [
    ([()], {(): INBOX}),
    (
        [("Surveys",), ("Tools",)],
        {
            ("Surveys",): Place("papers", "surveys", "Papers", "Surveys"),
            ("Tools",): Place("papers", "tools", "Papers", "Tools"),
        },
    ),
    (
        [("List", "NLP", "Old"), ("List", "NLP"), ("List", "Vision", "New", "Best")],
        {
            ("List", "NLP", "Old"): Place("nlp", "old", "NLP", "Old"),
            ("List", "NLP"): Place("nlp", "nlp", "NLP", "NLP"),
            ("List", "Vision", "New", "Best"): Place(
                "vision", "new", "Vision", "New", "Best"
            ),
        },
    ),
]


@pytest.mark.parametrize(("sections", "expected"), SECTIONS)
def test_headings_become_areas_topics_and_groups(
    sections: list[Section], expected: Mapping[Section, Place]
) -> None:
    """The two outermost, and what is below; one that all share is none."""
    assert places(sections, {}) == expected


@given(st.lists(st.lists(st.text(max_size=8), max_size=4).map(tuple), max_size=8))
def test_different_headings_have_different_places(sections: list[Section]) -> None:
    """Also such as have the same letters, or none that an id may have."""
    found = places(sections, {})

    assert set(found) == set(sections)
    titles = {(place.area, place.topic): set[Section]() for place in found.values()}
    for place in found.values():
        titles[place.area, place.topic].add((place.area_title, place.topic_title))
    assert all(len(some) == 1 for some in titles.values())
    known: dict[Section, str] = {}
    for place in found.values():
        if place != INBOX:
            known[(place.area_title,)] = place.area
            known[place.area_title, place.topic_title] = place.topic
    assert places(sections, known) == found  # a list that is renewed stays where it is
