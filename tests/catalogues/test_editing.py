"""A catalogue file that is edited keeps every byte that is not touched."""

import difflib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.catalogues import check
from roadmap_cli.catalogues.editing import Draft, Spot, TopicName
from roadmap_cli.disk import toml
from roadmap_cli.errors import DataFileError, NotFoundError

BY_HAND = """\
# What I read.   Do not sort!
format = "roadmap-catalogue"
version = 1
id   = 'mine'            # short
title = "Mine"
[[area]]
id = "a"
title = '''
A'''
  [[area.topic]]   # set in
  id = "t"
  title = "T"
  papers = [
    "lora",   # first
    # the second comes later
    "bert",
  ]
  [[area.topic.group]]
  title = "G"
  papers = ["vit"]

[paper.vit]
title = "ViT"

# BERT is old
[paper.bert]
title = "BERT"


[paper.lora]
title = "LoRA"
requires = ["bert"]"""
TOPIC = TopicName("a", "t")


def draft(text: str = BY_HAND) -> Draft:
    """The file as a draft."""
    return Draft(text.encode(), path="mine.toml")


def added(before: str, after: bytes) -> list[str]:
    """The lines that came; none may have gone."""
    lines = [*difflib.ndiff(before.splitlines(), after.decode().splitlines())]
    assert [line for line in lines if line.startswith("- ")] == []
    return [line[2:].strip() for line in lines if line.startswith("+ ")]


def checked(contents: bytes) -> dict[str, object]:
    """The document, which has to be in order."""
    return check.check(toml.parse(contents, path="x"), path="x")


def test_what_is_not_edited_is_the_same_to_the_byte() -> None:
    """With byte order mark and with the line ends of Windows, too."""
    for text in (BY_HAND, f"\ufeff{BY_HAND}", BY_HAND.replace("\n", "\r\n")):
        assert draft(text).contents == text.encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_hundred_papers_only_add_lines(end: str) -> None:
    """Comments, order and spacing of a list written by hand stay."""
    text = BY_HAND.replace("\n", end)
    contents = text.encode()
    for number in range(100):
        edited = Draft(contents, path="mine.toml")
        edited.add_paper(f"p{number}", {"title": f"Paper {number}", "year": 2020})
        assert edited.put(f"p{number}", TOPIC, Spot(after="lora"))
        contents = edited.contents

    assert contents.count(b"\n") == contents.count(end.encode())
    came = added(text, contents)
    assert came.count('title = "Paper 7"') == 1
    assert len([line for line in came if line.startswith('"p')]) == 100
    papers = checked(contents)["paper"]
    assert isinstance(papers, dict)
    assert len(papers) == 103


def test_a_paper_is_put_where_it_is_wanted() -> None:
    """At the end, which is that of the last group; before or after another; once."""
    edited = draft()
    edited.add_paper("new", {"title": "New"})

    assert edited.put("new", TOPIC)
    assert not edited.put("new", TOPIC)
    assert 'papers = ["vit", "new"]' in edited.contents.decode()
    assert edited.take_out("new") == ["a/t"]
    edited.put("new", TOPIC, Spot(before="bert"))
    lists = tomllib.loads(edited.contents.decode())["area"][0]["topic"][0]["papers"]
    assert lists == ["lora", "new", "bert"]
    with pytest.raises(NotFoundError, match="`gpt` is not in a/t"):
        edited.put("vit2", TOPIC, Spot(before="gpt"))


def test_a_topic_and_an_area_are_made_where_they_are_missing() -> None:
    """With their titles, and with papers under a group's heading."""
    edited = draft()
    edited.put_all(["vit", "bert"], TopicName("b", "u", "Bee", "You"), "Group")

    (_, area) = tomllib.loads(edited.contents.decode())["area"]
    assert (area["id"], area["title"]) == ("b", "Bee")
    assert area["topic"][0]["group"] == [{"title": "Group", "papers": ["vit", "bert"]}]
    assert edited.titles()["Bee", "You"] == "u"
    assert checked(edited.contents)


def test_a_paper_is_dropped_with_its_places() -> None:
    """The comment above it goes along; what is left is in order."""
    edited = draft()
    edited.add_paper("new", {"title": "New"})
    edited.put("new", TOPIC)

    edited.drop_paper("vit")
    edited.drop_paper("new")

    assert "vit" not in edited.contents.decode()
    assert edited.requirers("bert") == ["lora"]
    assert list(edited.keys) == ["bert", "lora"]
    with pytest.raises(NotFoundError):
        edited.drop_paper("vit")


def test_fields_are_changed_in_their_place() -> None:
    """A new one comes behind the others of its paper."""
    edited = draft()

    edited.set_fields("bert", {"title": "BERT!", "retired": "old"})

    assert (
        '[paper.bert]\ntitle = "BERT!"\nretired = "old"\n' in edited.contents.decode()
    )


@given(
    st.text(max_size=30),
    st.lists(st.text(min_size=1, max_size=10), max_size=3),
    st.one_of(st.none(), st.integers(1000, 2999)),
)
def test_whatever_a_paper_says_is_read_back(
    text: str, authors: list[str], year: int | None
) -> None:
    """Quotes, backslashes, control characters, line breaks, brackets."""
    said = {"title": f"x{text}", "authors": authors, "year": year}
    edited = draft()

    edited.add_paper("new", said)

    found = tomllib.loads(edited.contents.decode())["paper"]["new"]
    assert found == {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("contents", [b"a = ", b"\xff", b"a = [" + b"[" * 100_000])
def test_what_is_no_toml_is_not_edited(contents: bytes) -> None:
    """Said with the path, and soon."""
    with pytest.raises(DataFileError, match=r"^mine\.toml: cannot be edited: "):
        Draft(contents, path="mine.toml")
