"""What is exported, imported and exported again is the same, byte for byte."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.exchange import bibtex_names
from roadmap_cli.exchange.decoding import decoded
from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.exchange.recognition import reader, recognised
from roadmap_cli.exchange.writing import bibtex
from roadmap_cli.exchange.writing.citing import Keys
from roadmap_cli.exchange.writing.formats import Written, written

LOSSLESS = sorted({*Written} - {Written.RIS, Written.ANKI})
HOSTILE = [
    *("{", "}", '"', "\\", "<!--", "-->", "|", "[", "]", "(", ")", "=", "+", "@", "'", "`"),
    *("--", "--->", "$", "%", "#", " #tag", "_", "~", "^", "&", "&amp;", "<i>", "</i>", "*"),
    *(" and ", ",", ";", ", ", ": ", "!", "/", "GPT-4", "LoRA", "张伟", "Ünïcode", "\u200d"),
    *("a", "the ", "2022", "0001", " — ", "@article{x,", "\\alpha", "others", "et al.", "Team"),
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])


def blank_once(parts: list[str]) -> str:
    """A text as catalogues hold one: blanks collapsed."""
    return " ".join("".join(parts).split())


LINES = st.lists(st.sampled_from(HOSTILE) | st.text(LETTERS, max_size=3), max_size=6).map(blank_once)  # fmt: skip
TITLES = LINES.filter(lambda line: any(map(str.isalnum, line)))
LINKS = st.sampled_from(
    [
        *("", "https://example.org/a_(b)", "https://example.org/?a=1&amp;b=2&copy;3%20"),
        *("https://x.org/~u/#{f}", "https://arxiv.org/abs/2106.09685", "https://doi.org/10.1/x"),
        "https://medium.com/@foo(b",
    ]
)  # fmt: skip
NAMES = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,8}\Z").map(lambda key: f"test/{key}")
BACKSLASH = "\\["
VENUES = ["ICLR 2022", "arXiv", "Nature", "NAACL 2019", "OpenAI"]
ENTRIES = st.builds(
    Entry,
    line=st.just(0),
    title=TITLES,
    authors=st.lists(TITLES, max_size=3).map(tuple),
    year=st.none() | st.integers(1000, 2999),
    venue=LINES | st.sampled_from(VENUES),
    kind=st.none() | st.sampled_from(Kind),
    arxiv=st.sampled_from(["", "2106.09685", "hep-th/9901001"]),
    doi=st.sampled_from(["", "10.1/x_{y}<z>", "10.1000/abc"]),
    url=LINKS,
    links=st.just(()),
    code=LINKS,
    key=NAMES,
    section=st.just(()) | st.tuples(TITLES, TITLES),
    group=st.just("") | TITLES,
    status=st.none() | st.sampled_from(Status),
    day=st.sampled_from(["", "2024-01-02"]),
    rating=st.none() | st.integers(1, 5),
    tags=st.lists(TITLES, max_size=2, unique=True).map(tuple),
    note=st.lists(TITLES, max_size=3).map("\n".join),
    minutes=st.none() | st.integers(1, 999),
    level=st.none() | st.sampled_from(Level),
    requires=st.lists(NAMES, max_size=2).map(tuple),
    helps=st.lists(NAMES, max_size=2).map(tuple),
    doubts=st.just(()),
)
X_TEAM = Entry(
    0,
    title="=GPT-4 {and} [its] | \\LaTeX <!-- x -->",
    authors=("The X Team", "Ludwig van Beethoven", "Google, Inc.", "张伟"),
    year=2022,
    venue="ICLR 2022",
    kind=Kind.PAPER,
    url="https://example.org/a_(b)?x=1&y=%20",
    key="mine/odd",
    section=("Area", "Topic"),
    status=Status.READ,
    tags=("thesis",),
)


def read(text: str) -> list[Record]:
    """What the readers make of a file, as `import` asks them."""
    read_text = decoded(text.encode()).text
    return list(reader(recognised(read_text))(read_text))


def entries(text: str) -> list[Entry]:
    """The entries of a file in which nothing else is found."""
    found = read(text)
    assert all(isinstance(record, Entry) for record in found), found
    return [record for record in found if isinstance(record, Entry)]


@pytest.mark.parametrize("format_", LOSSLESS)
@settings(max_examples=60)
@given(
    among=st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda entry: entry.key),
    keys=st.sampled_from(Keys),
)
def test_exported_imported_and_exported_again(
    format_: Written, among: list[Entry], keys: Keys
) -> None:
    """Whatever stands in titles, names and links, each entry comes back and is written so."""
    text = written(among, format_, keys)

    back = entries(text)

    assert written(back, format_, keys) == text
    assert [entry.key for entry in back] == [entry.key for entry in among]
    if format_ in (Written.CSV, Written.JSON):
        assert [entry._replace(line=0) for entry in back] == among


@pytest.mark.parametrize("format_", LOSSLESS)
def test_what_formats_keep(format_: Written) -> None:
    """Title, names, year, venue, link, place, status and tags come back as they were."""
    (back,) = entries(written([X_TEAM], format_))

    kept = ("title", "authors", "year", "venue", "url", "section", "status", "tags")
    assert [getattr(back, name) for name in kept] == [
        getattr(X_TEAM, name) for name in kept
    ]


def test_ris_loses_topics_and_kinds_alone() -> None:
    """What it has a tag for comes back; its lines are as its readers want them."""
    text = written([X_TEAM._replace(authors=X_TEAM.authors[:2])], Written.RIS)

    (back,) = entries(text)

    assert re.fullmatch(r"(?:[A-Z][A-Z0-9]  - .*\r\n)+", text)
    assert text.endswith("ER  - \r\n")
    assert (back.title, back.year, back.venue) == (X_TEAM.title, 2022, "ICLR 2022")
    assert back.authors == ("The X Team", "Ludwig van Beethoven")
    assert (back.status, back.tags) == (Status.READ, ("thesis",))
    assert back.section == ()


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''@x"]
)
def test_no_cell_is_a_formula(start: str) -> None:
    """A spreadsheet takes none for one, and the reader takes the guard off again."""
    text = written([X_TEAM._replace(title=start)], Written.CSV)

    assert text.split("\n")[1].split(",")[1].startswith("'")
    assert entries(text)[0].title == start


TYPES = [
    (Kind.PAPER, "ICLR 2022", "", "inproceedings", "booktitle"),
    (Kind.PAPER, "Proceedings of the 9th Conference on X", "", "inproceedings", "booktitle"),
    (Kind.TOOL, "EMNLP 2020", "", "inproceedings", "booktitle"),
    (Kind.PAPER, "IEEE TPAMI 2021", "", "article", "journal"),
    (Kind.SURVEY, "Journal of Odd Things", "", "article", "journal"),
    (Kind.PAPER, "Proceedings of the National Academy of Sciences", "", "article", "journal"),
    (Kind.PAPER, "Nature", "2106.09685", "article", "journal"),
    (Kind.PAPER, "arXiv", "2106.09685", "misc", "eprint"),
    (Kind.PAPER, "", "2106.09685", "misc", "archiveprefix"),
    (Kind.BOOK, "MIT Press", "", "book", "publisher"),
    (Kind.BLOG, "Lil'Log", "", "misc", "howpublished"),
    (Kind.DOCS, "Hugging Face docs", "", "misc", "url"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "venue", "arxiv", "type_", "field"), TYPES)
def test_types_and_fields_of_bibtex(
    kind: Kind, venue: str, arxiv: str, type_: str, field: str
) -> None:
    """As the field expects them: `@inproceedings` only where a conference says so."""
    entry = Entry(
        0, "T", kind=kind, venue=venue, arxiv=arxiv, url="https://e.org/x", key="test/t"
    )

    text = bibtex.written([entry], for_citing=True)

    assert text.startswith(f"@{type_}{{t,\n")
    assert f"\n  {field} = {{" in text


def test_capitals_signs_and_groups_in_bibtex() -> None:
    """Names keep their capitals, other words do not; what LaTeX reads is written as it is."""
    entry = Entry(
        0,
        "LoRA: Low-Rank Adaptation of 50% & P5_x ~ C# {in} $x^2$ \\ Large",
        ("The X Team", "Jane Doe", "Google, Inc."),
        key="test/t",
    )

    text = bibtex.written([entry], for_citing=True)

    assert (
        r"title = {{LoRA}: {Low-Rank} Adaptation of 50\% \& {P5\_x} \textasciitilde{} "
        r"C\# \textbraceleft{}in\textbraceright{} \$x\textasciicircum{}2\$ "
        r"\textbackslash{} Large}" in text
    )
    assert "author = {{The X Team} and Jane Doe and {Google, Inc.}}" in text


@pytest.mark.parametrize("others", ["others", "et al.", "and others"])
def test_further_authors_are_the_word_of_bibtex_for_them(others: str) -> None:
    """Only behind a name; the words inside a name are in braces, as before."""
    named = Entry(0, "T", ("Jane Doe", others), key="test/t")
    alone = Entry(0, "T", ("Others", "The Others"), key="test/t")

    text = bibtex.written([named, alone], for_citing=True)

    assert "  author = {Jane Doe and others}\n" in text
    assert "  author = {{Others} and {The Others}}\n" in text
    assert bibtex_names.has_others("Jane Doe and others")


def test_keys_by_author_and_year_are_told_apart() -> None:
    """By the first word of the title, and where that is the same, by a number."""
    titles = ["The Old Thing", "New Things", "A New Start", "Alone"]
    years = [2020, 2020, 2020, 2021]
    named = [
        Entry(0, title, ("Jane von Doe",), year, key=f"test/k{year}")
        for title, year in zip(titles, years, strict=True)
    ]

    text = bibtex.written(named, Keys.AUTHOR_YEAR, for_citing=True)

    assert re.findall(r"@misc\{(.*),", text) == [
        *("doe2020old", "doe2020new", "doe2020new-2", "doe2021")
    ]


def test_keys_of_two_catalogues_are_told_apart() -> None:
    """The catalogue stands before a key that two have."""
    both = [Entry(0, "T", key="one/lora"), Entry(0, "U", key="two/lora")]

    items = json.loads(written(both, Written.CSL_JSON))

    assert [item["id"] for item in items] == ["one:lora", "two:lora"]


def test_a_checklist_that_was_edited() -> None:
    """Ticks and headings of Obsidian are read, and what was added as any list is."""
    text = written([X_TEAM], Written.MARKDOWN)
    text = text.replace("- [x] ", "* [/] ").replace("# Topic", "# Other topic")
    text = text.replace(" -->\n\n#", " -->\n\n#").rstrip("\n") + " ✅ 2024-05-31\n"
    text += "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n"

    ours, added = entries(text)

    assert (ours.status, ours.day, ours.key) == (
        Status.READING,
        "2024-05-31",
        "mine/odd",
    )
    assert ours.section == ("Area", "Other topic")
    assert (added.title, added.arxiv) == ("Attention Is All You Need", "1706.03762")


@pytest.mark.parametrize(
    "text",
    [
        f"@misc{{x, title={{T}}, author={{{' ' * 200_000}}}, roadmap-key={{a/b}}}}\n",
        f"@misc{{x, title={{T}}, keywords={{{' , ' * 60_000}}}, roadmap-key={{a/b}}}}\n",
        f"- [x] [T](https://e.org) — {' #a' * 100_000} <!-- roadmap:a/b -->\n",
        f"- [x] [T](https://e.org) — {', a' * 100_000} <!-- roadmap:a/b -->\n",
        f"# T\n- [x] [{BACKSLASH * 100_000} <!-- roadmap:a/b -->\n",
    ],
    ids=["blanks", "commas", "tags", "authors", "brackets"],
)  # fmt: skip
def test_hostile_lines_of_ours_end_soon(text: str) -> None:
    """A pattern that looks at each character for each would take hours."""
    assert len(read(text)) <= 1


@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
def test_bibtex_itself_takes_it(tmp_path: Path) -> None:
    """No error, and every entry cited is in what it makes."""
    text = written([X_TEAM, X_TEAM._replace(key="mine/two")], Written.BIBTEX)
    (tmp_path / "refs.bib").write_text(text)
    (tmp_path / "refs.aux").write_text(
        "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n"
    )

    done = subprocess.run(
        ["bibtex", "refs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "rror" in done.stdout) == (0, False), done.stdout
    assert (tmp_path / "refs.bbl").read_text().count("\\bibitem") == 2


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biber_takes_it(tmp_path: Path) -> None:
    """No error and no warning, and every entry is in what it makes."""
    text = written([X_TEAM, X_TEAM._replace(key="mine/two")], Written.BIBTEX)
    (tmp_path / "refs.bib").write_text(text)

    done = subprocess.run(
        ["biber", "--tool", "refs.bib"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "WARN" in done.stdout) == (0, False), done.stdout
    made = (tmp_path / "refs_bibertool.bib").read_text()
    assert made.lower().count("@inproceedings{") == 2
