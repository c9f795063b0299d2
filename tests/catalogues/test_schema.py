"""What a catalogue file may say, and that every complaint helps: file, line, place, our words."""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import FULL_TEXT, HEAD, paper_text
from roadmap_cli.catalogues import check
from roadmap_cli.catalogues.reading import build
from roadmap_cli.disk import toml
from roadmap_cli.errors import DataFileError

LORA = paper_text("lora").rstrip() + "\n"
AREA = """\
[[area]]
id = "llm"
title = "LLM"
[[area.topic]]
id = "first"
title = "First"
"""
QUESTION = "[[area.topic.question]]\nid = 'q'\nask = ''\n"
GROUP = "[[area.topic.group]]\ntitle = 'G'\n"
FIGURE = "[[area.figure]]\ntitle = 'F'\nurl = 'https://e.org'\n"
THEIR_WORDS = re.compile(
    r"input_value|pydantic|function-after|literal\[|constrained-|\[key\]"
    r"|Field required|Input should|validation error|Extra inputs"
)


def refuse(data: Mapping[str, Any], text: str = "") -> list[str]:
    """The lines said of this document, which must be refused, briefly and in our words."""
    with pytest.raises(DataFileError) as caught:
        check.check(data, path="my.toml", text=text)
    said = str(caught.value)
    assert said.startswith("my.toml: ")
    assert THEIR_WORDS.findall(said) == []
    assert len(said.encode()) < 10_000
    return said.splitlines()


def problems(text: str) -> list[str]:
    """The problems of this file, one a line, counted truly in the first line."""
    import tomllib

    count, *found = refuse(tomllib.loads(text), text)
    assert count == f"my.toml: {len(found)} problem{'s' if len(found) > 1 else ''}"
    return [one.strip() for one in found]


def document(text: str) -> dict[str, Any]:
    """The checked document of this file."""
    import tomllib

    return check.check(tomllib.loads(text), path="my.toml", text=text)


WRONG_VALUES = f"""
year = true | year must be a whole number
year = "soon" | year must be a whole number
year = 2017.0 | year must be a whole number
year = inf | year must be a whole number
year = 2017-06-12 | year must be a whole number
year = 999 | year must be at least 1000
year = {"9" * 4000} | year must be at most 2999
minutes = 0 | minutes must be at least 1
minutes = 100_001 | minutes must be at most 100000
authors = "Ada" | authors must be a list in [brackets]
authors = [1] | authors.0 must be a text in quotes
note = 1 | note must be a text in quotes
venue = ["a"] | venue must be a text in quotes
level = "hard" | level must be 'intro', 'core' or 'deep', not hard
language = "english!" | language is no name: english!
requires = ["A B"] | requires.0 is no name: A B
aliases = [""] | aliases.0 must not be empty
acronym = "{"a" * 101}" | acronym is too long (at most 100)
arxiv = "21069685" | arxiv is no arXiv id, such as 2106.09685
arxiv = 2106.09685 | arxiv must be a text in quotes
doi = "x" | doi is no DOI, such as 10.1145/3586183.3606763
code = "ftp://x.org" | code must be a link that begins with https:// (or http://)
"""


@pytest.mark.parametrize("case", WRONG_VALUES.strip().splitlines())
def test_a_wrong_value_is_one_problem_with_its_line_and_place(case: str) -> None:
    """File, line, place, and what the field must be; once."""
    field, _, said = case.partition(" | ")

    assert problems(f"{HEAD}{LORA}{field}\n") == [f"line 8: paper.lora.{said}"]


def test_a_kind_that_is_none_gets_all_kinds_listed() -> None:
    """The reader need not look them up."""
    (said,) = problems(f"{HEAD}{LORA}kind = 'papper'\n")

    assert said.startswith("line 8: paper.lora.kind must be 'paper', 'survey', ")
    assert said.endswith(" or 'list', not papper")


NO_LINKS = f"""
javascript:alert(1) data:text/html,x file:///etc/passwd ftp://e.org //e.org e.org
https://user:secret@e.org/ https://user@e.org https://e.org/\\u001b]0;x
https://e.org/\\u202e https://e.org/\\nx https:// https:///path https://#part
https://:80/ https://e.org/{"a" * 2000}
"""
GAPS = ["https://exam ple.org/", "https://e.org/a b"]


@pytest.mark.parametrize("link", [*GAPS, *NO_LINKS.split()])
def test_what_is_no_web_link_is_refused(link: str) -> None:
    """Scripts, passwords, spaces, control characters, and links without a host."""
    (said,) = problems(f'{HEAD}[paper.lora]\ntitle = "T"\nurl = "{link}"\n')

    assert said.startswith("line 7: paper.lora.url ")


@pytest.mark.parametrize(
    "key", ["CON", "a:b", "../x", "a.b", "A", "é", "a b", "-a", "", "a" * 65]
)
def test_what_is_no_key_is_refused_at_its_line(key: str) -> None:
    """Keys become file names and words of the command line."""
    (said,) = problems(f'{HEAD}[paper."{key}"]\ntitle = "T"\nurl = "https://e.org"\n')

    assert said.startswith("line 5: paper.")
    assert "key: lower-case letters, digits and hyphens" in said


@pytest.mark.parametrize("key", ["con", "aux", "nul", "com1", "lpt9"])
def test_a_device_name_is_no_key_and_we_say_why(key: str) -> None:
    """It is spelled like a key: only Windows forbids it."""
    (said,) = problems(f"{HEAD}{paper_text(key)}")

    assert said.startswith(f"line 5: paper.{key} ")
    assert "Windows" in said


@pytest.mark.parametrize(
    ("before", "wrong", "place", "meant"),
    [
        ("", "titel", "the file", "title"),
        (LORA, "autors", "paper.lora", "authors"),
        (AREA, "sumary", "topic.llm/first", "summary"),
        (f"{AREA}{QUESTION}", "hnt", "topic.llm/first.question.0", "hint"),
        (f"{AREA}{GROUP}", "paper", "topic.llm/first.group.0", "papers"),
        (f"{AREA}{FIGURE}", "sorce", "area.llm.figure.0", "source"),
    ],
)
def test_an_unknown_field_gets_its_line_and_the_nearest_known_one(
    before: str, wrong: str, place: str, meant: str
) -> None:
    """In every table; the line where the field stands, not its table's."""
    line = len(f"{HEAD}{before}".splitlines()) + 1

    assert problems(f"{HEAD}{before}{wrong} = 1\n") == [
        f"line {line}: {place} has an unknown field `{wrong}`; did you mean `{meant}`?"
    ]


def test_an_unknown_field_unlike_all_others_gets_the_whole_choice() -> None:
    """Where nothing is near, what there is."""
    (said,) = problems(f"{HEAD}{LORA}zzzz = 1\n")

    assert "; there are title, acronym, kind, authors, year, " in said


def test_what_is_wrong_in_fields_and_in_names_is_told_at_once() -> None:
    """A reader mends a file once, not field by field and then name by name."""
    text = f"""{HEAD}[[area]]
id = "a"
title = "A"
[[area.topic]]
id = "t"
title = "T"
papers = ["lora", "bert", "nope", "Bad Key"]
requires = ["a/q"]
[paper.lora]
titel = "LoRA"
url = "ftp://e.org"
requires = ["adapters"]
[paper.bert]
title = "BERT"
year = "soon"
[paper."Bad Key"]
title = "B"
"""

    found = problems(text)

    assert [line.split(": ", 1)[1][:45] for line in found] == [
        "topic.a/t.papers.3 must be a key: lower-case letters"[:45],
        "topic.a/t.papers names `nope`, which is not ther"[:45],
        "topic.a/t.requires names `a/q`, which is not there; did"[:45],
        "paper.lora needs the field `title`",
        "paper.lora has an unknown field `titel`; did you mean"[:45],
        "paper.lora.url must be a link that begins with"[:45],
        "paper.lora.requires names `adapters`, which is"[:45],
        "paper.bert.year must be a whole number",
        "paper.Bad Key must be a key: lower-case letters, digits"[:45],
    ]


UNDERSTOOD = """
arxiv = "2106.09685v2" | arxiv | 2106.09685
arxiv = "https://arxiv.org/pdf/2106.09685v7.pdf" | arxiv | 2106.09685
arxiv = "arXiv:math.GT/0309136" | arxiv | math/0309136
doi = "https://doi.org/10.1145/3586183.3606763" | doi | 10.1145/3586183.3606763
doi = "doi:10.1145/ABC%3Cx" | doi | 10.1145/abc<x
url = "http://arxiv.org/pdf/2106.09685v7.pdf" | url | http://arxiv.org/pdf/2106.09685v7.pdf
url = " HTTPS://e.org/A " | url | https://e.org/A
url = "e.org/paper" | url | https://e.org/paper
year = "2017" | year | 2017
minutes = "45" | minutes | 45
kind = "Survey" | kind | survey
level = "INTRO" | level | intro
"""


@pytest.mark.parametrize("case", UNDERSTOOD.strip().splitlines())
def test_what_is_only_written_differently_is_understood(case: str) -> None:
    """Links for numbers, versions, numbers in quotes, capitals."""
    field, name, meant = case.split(" | ")
    text = f'{HEAD}[paper.lora]\ntitle = "T"\n{field}\n'

    document = check.check(toml.parse(text.encode(), path="my.toml"), path="my.toml")

    assert str(document["paper"]["lora"][name]) == meant


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ('arxiv = "2106.09685"', "https://arxiv.org/abs/2106.09685"),
        ('doi = "10.1145/1"', "https://doi.org/10.1145/1"),
        ('arxiv = "2106.09685"\nurl = "https://e.org/x"', "https://e.org/x"),
        ("", ""),
    ],
)
def test_a_paper_without_a_link_has_that_of_its_number(fields: str, link: str) -> None:
    """What can be derived need not be written; a paper may have no link at all."""
    text = f'{HEAD}[paper.lora]\ntitle = "T"\n{fields}\n'
    document = check.check(toml.parse(text.encode(), path="my.toml"), path="my.toml")

    assert build(document).papers["lora"].url == link


def test_missing_fields_are_all_named() -> None:
    """One run tells everything that is missing."""
    assert problems(f"{HEAD}[paper.lora]\nkind = 'blog'\n[[area]]\nid = 'a'\n") == [
        "line 5: paper.lora needs the field `title`",
        "line 7: area.a needs the field `title`",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paper = []", "line 5: paper must be a table"),
        ("[area]\nid = 'a'", "line 5: area must be a list in [brackets]"),
        ("[paper]\nlora = 'x'", "line 6: paper.lora must be a table"),
        ("source = 'nope'", "line 5: source must be a link that begins with"),
    ],
)
def test_the_wrong_sort_of_thing_is_named(text: str, said: str) -> None:
    """A list for a table, a table for a list, a text for either."""
    (found,) = problems(f"{HEAD}{text}\n")

    assert found.startswith(said)


@pytest.mark.parametrize("data", [{}, {"x": 1}, {"format": "other", "version": 1}])
def test_without_its_header_a_file_is_no_catalogue(data: dict[str, Any]) -> None:
    """And the hint shows the header."""
    with pytest.raises(DataFileError, match="this is no roadmap catalogue") as caught:
        check.check(data, path="my.toml")

    assert 'format = "roadmap-catalogue" and version = 1' in str(caught.value.hint)


def test_a_newer_version_asks_for_an_upgrade() -> None:
    """Not for mending: nothing is wrong with the file. Nor does its size matter."""
    for version in (2, 16**5000):
        with pytest.raises(
            DataFileError, match="written for a newer roadmap"
        ) as caught:
            check.check({"format": check.FORMAT, "version": version}, path="my.toml")

        assert "upgrade" in str(caught.value.hint)


@pytest.mark.parametrize("version", ["1", 0, -1, 1.0, True, None])
def test_a_version_that_never_was_is_refused(version: object) -> None:
    """Only the whole number 1 is version 1."""
    data = {"format": check.FORMAT, "version": version, "id": "t", "title": "T"}

    assert refuse(data) == ["my.toml: `version` must be 1"]


@pytest.mark.parametrize("count", [20, 21, 57])
def test_at_most_twenty_problems_are_named_and_the_rest_counted(count: int) -> None:
    """Of fields and of references alike."""
    import tomllib

    wrong = "".join(paper_text(f"p{one}", "year = true") for one in range(count))
    more = [f"  … and {count - 20} more"] if count > 20 else []

    for text in (wrong, wrong.replace("year = true", "requires = ['gone']")):
        first, *rest = refuse(tomllib.loads(HEAD + text), HEAD + text)
        assert (first, len(rest[:20])) == (f"my.toml: {count} problems", 20)
        assert rest[20:] == more


JUNK = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.sampled_from(["lora", "llm/first", "https://e.org", "[key]"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=6,
)


@st.composite
def planted(draw: st.DrawFn) -> dict[str, Any]:
    """A good document with junk at one place."""
    whole: Any = document(FULL_TEXT)
    inner = whole
    while True:
        names = [*inner] if isinstance(inner, dict) else range(len(inner))
        name = draw(st.sampled_from(names))
        goes_on = isinstance(inner[name], dict | list) and inner[name]
        if not goes_on or draw(st.booleans()):
            inner[name] = draw(JUNK)
            return cast("dict[str, Any]", whole)
        inner = inner[name]


@settings(deadline=None, max_examples=500)
@given(planted())
def test_junk_anywhere_is_accepted_or_refused_in_our_words(data: Any) -> None:
    """No value at any place crashes the check or shows its machinery."""
    try:
        accepted = check.check(data, path="my.toml")
    except DataFileError:
        refuse(data)
    else:
        assert check.check(accepted, path="my.toml") == accepted


SAME = "is the same work as `a` (both are"
AXIV = "arxiv = '2106.09685'"
LOST = "which is not there"
MISFITS = [
    (
        f"{AREA}[[area]]\nid = 'llm'\ntitle = '2'",
        "is the second area of the name `llm`",
    ),
    (
        f"{AREA}[[area.topic]]\nid = 'first'\ntitle = '2'",
        "topic.llm/first.id is the second topic of the name `llm/first`",
    ),
    (f"{AREA}{QUESTION}{QUESTION}", "is the second question of the name `q`"),
    (
        f"{AREA}papers = ['a', 'a']\n{paper_text('a')}",
        "topic.llm/first.papers names `a` a second time",
    ),
    (
        f"{AREA}papers = ['a']\n{GROUP}papers = ['a']\n{paper_text('a')}",
        "group.0.papers names `a` a second time",
    ),
    (
        f"{AREA}requires = ['llm/frist']",
        f"topic.llm/first.requires names `llm/frist`, {LOST}; did you mean `llm/first`?",
    ),
    (f"{AREA}requires = ['first']", f"`first`, {LOST}; did you mean `llm/first`?"),
    (f"{AREA}{GROUP}papers = ['gone']", f"group.0.papers names `gone`, {LOST}"),
    (
        paper_text("a", "requires = ['test/x']"),
        f"paper.a.requires names `test/x`, {LOST}",
    ),
    (
        paper_text("a", "aliases = ['X']") + paper_text("b", "aliases = ['x']"),
        "paper.b.aliases has `x`, which already means `a`",
    ),
    (
        paper_text("a") + paper_text("b", "aliases = ['A']"),
        "paper.b.aliases has `A`, which already means `a`",
    ),
    (paper_text("a", AXIV) + paper_text("b", AXIV), f"paper.b {SAME} 2106.09685)"),
    (
        paper_text("a")
        + paper_text("b").replace("https://example.org/b", "http://www.EXAMPLE.org/a/"),
        f"paper.b {SAME} example.org/a)",
    ),
    (
        paper_text("a", "requires = ['b']") + paper_text("b", "requires = ['test/a']"),
        "paper.b.requires goes in a circle: a → b → a",
    ),
    (paper_text("a", "requires = ['a']"), "paper.a.requires goes in a circle: a → a"),
]


@pytest.mark.parametrize(("text", "said"), MISFITS)
def test_what_does_not_fit_together_is_named_with_its_line(
    text: str, said: str
) -> None:
    """Repeated ids, lost names, clashes, twins, crooked links and circles."""
    (found,) = problems(f"{HEAD}{text}\n")

    line, _, rest = found.partition(": ")
    assert line.removeprefix("line ").isdigit()
    assert rest.endswith(said)


def test_a_circle_through_topics_is_found() -> None:
    """Two topics that require each other make their papers wait for each other."""
    second = "[[area.topic]]\nid = 'second'\ntitle = 'S'\npapers = ['b']\n"
    (said,) = problems(
        f"{HEAD}{AREA}papers = ['a']\nrequires = ['llm/second']\n"
        f"{second}requires = ['llm/first']\n{paper_text('a')}{paper_text('b')}"
    )

    assert said.endswith("goes in a circle: a → b → a")


@pytest.mark.parametrize("name", ["other/lora", "other/llm/first", "test/a", "a"])
def test_another_catalogues_names_are_left_to_it(name: str) -> None:
    """One file cannot know what another one holds."""
    found = document(
        f"{HEAD}{paper_text('a')}{paper_text('b', f'requires = [{name!r}]')}"
    )

    assert found["paper"]["b"]["requires"] == [name]


@settings(deadline=None, max_examples=80)
@given(
    edges=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20),
    back=st.tuples(st.integers(0, 7), st.integers(0, 7)),
)
def test_requirements_are_refused_just_when_they_go_in_a_circle(
    edges: set[tuple[int, int]], back: tuple[int, int]
) -> None:
    """Compared with the standard library's own topological order."""
    wanted = {(max(pair), min(pair)) for pair in edges if pair[0] != pair[1]}
    wanted |= {back} if back[0] != back[1] else set()
    needs = {f"p{one}": [f"p{b}" for a, b in wanted if a == one] for one in range(8)}
    text = HEAD + "".join(
        paper_text(key, f"requires = {some}") for key, some in needs.items()
    )
    try:
        list(TopologicalSorter(needs).static_order())
    except CycleError:
        assert " goes in a circle: " in problems(text)[0]
    else:
        assert document(text)["paper"]["p7"]["requires"] == needs["p7"]
