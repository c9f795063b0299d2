"""Lists in Markdown: what is an entry, what it says, and what is left."""

import time
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.curriculum.model import Link, Status
from roadmap_cli.exchange import markdown
from roadmap_cli.exchange.entries import Entry, Left, Refused


def entries(text: str) -> list[Entry]:
    """The entries of a text."""
    return [
        record for record in markdown.read(dedent(text)) if isinstance(record, Entry)
    ]


def entry(text: str) -> Entry:
    """The only entry of a text."""
    (found,) = entries(text)
    return found


def left(text: str) -> list[tuple[int, str]]:
    """The lines that were left, and why."""
    return [
        (record.line, record.reason)
        for record in markdown.read(dedent(text))
        if isinstance(record, Left)
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("- [Sparse Rivers](https://a.org/1) - how they flow.", "Sparse Rivers"),
        ("* **Sparse Rivers.** A. Lake, B. Pond. ICML 2020. [[pdf](https://a.org/1)]", "Sparse Rivers"),
        ("1. **[Sparse Rivers](https://a.org/1)** [[code](https://a.org/2)]", "Sparse Rivers"),
        ("- Sparse Rivers of the North [[paper]](https://a.org/1)", "Sparse Rivers of the North"),
        ("- [paper](https://a.org/1) Sparse Rivers of the North", "Sparse Rivers of the North"),
        ("- 🔥 [Sparse Rivers](https://a.org/1)", "Sparse Rivers"),
        ("- ![new](https://img.shields.io/badge/new-red) [Sparse Rivers](https://a.org/1)", "Sparse Rivers"),
        ("- (*2024.05.12*) Sparse Rivers of the North [[pdf](https://a.org/1)]", "Sparse Rivers of the North"),
        ("- [2023/10] **Sparse Rivers** [[pdf](https://a.org/1)]", "Sparse Rivers"),
        ("- **[River]** Sparse Rivers of the North | **[ICML' 20]** | [`[pdf]`](https://a.org/1)", "Sparse Rivers of the North"),
        ('- Ann Lake, Bob Pond, "Sparse Rivers", ICML 2020. [[Paper](https://a.org/1)]', "Sparse Rivers"),
        ('**[3]** Lake, Ann, et al. "**Sparse rivers of the north**." ICML (2020). [[pdf]](https://a.org/1)', "Sparse rivers of the north"),
        ("- Ann Lake and Bob Pond, Rivers: An Introduction, 1999. [[Book]](https://a.org/1)", "Rivers: An Introduction"),
        ("- A. Lake, B. Pond (2017). Sparse rivers of the north. Water Letters. [pdf](https://a.org/1)", "Sparse rivers of the north"),
        ("- Sparse Rivers of the North (2017), A. Lake et al. [[pdf]](https://a.org/1)", "Sparse Rivers of the North"),
        ("- Sparse Rivers of the North, *Ann Lake, Bob Pond*, arXiv 2023 [[pdf](https://a.org/1)]", "Sparse Rivers of the North"),
        ("- 【综述】[稀疏河流](https://a.org/1)（ICML 2020）", "稀疏河流"),
        ("- 论文：[Sparse Rivers](https://a.org/1)", "Sparse Rivers"),
        ("- <b>Sparse Rivers of the North</b> <a href='https://a.org/1'>[paper]</a>", "Sparse Rivers of the North"),
        ("- [Rivers \\[of\\] Ice &amp; Stone](https://a.org/1)", "Rivers [of] Ice & Stone"),
        ("- [1. “Sparse Rivers” (2017)](https://a.org/1)", "Sparse Rivers"),
        ("- [Networks (Spring 2016)](https://a.org/1)", "Networks (Spring 2016)"),
        ("- [[Sparse Rivers]] #later", "Sparse Rivers"),
        ("- [Sparse Rivers][1]\n\n[1]: https://a.org/1", "Sparse Rivers"),
        ("- [Ri\x1bv\u202eer\x00s of Ice](https://a.org/1)", "Rivers of Ice"),
        ("- Sparse Rivers of the North https://a.org/1", "Sparse Rivers of the North"),
        ("- Sparse Rivers of the North [[20 Sep 2019]](https://a.org/1)", "Sparse Rivers of the North"),
        ("- [[ICML](https://a.org/1)] Sparse Rivers of the North. [__`riv.`__ __`ice.`__]", "Sparse Rivers of the North"),
        ('- RIV **"Sparse Rivers of the North"**. *Ann Lake et al.* JMLR 2019. [Paper](https://a.org/1)', "Sparse Rivers of the North"),
        ("- [“Sparse Rivers” by Ann Lake, 2020](https://a.org/1)", "Sparse Rivers"),
        ("- Fast Rivers Flow [[paper](https://a.org/1)]", "Fast Rivers Flow"),
    ],
)  # fmt: skip
def test_a_title_is_found_however_the_line_is_built(line: str, title: str) -> None:
    """Labels, badges, dates, tags, authors and quotes around it are no part of it."""
    assert entry(f"## Papers\n\n{line}\n").title == title


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("[Rivers](https://arxiv.org/abs/1901.00001) - CVPR 2020", 2020),
        ("[Rivers](https://arxiv.org/abs/1901.00001)", 2019),
        ("[2018-05] [Rivers](https://arxiv.org/abs/1901.00001)", 2018),
        ("[Rivers](https://a.org/1) (*NeurIPS'21*)", 2021),
        ("Rivers of the north [[pdf](https://a.org/1)] [arxiv 20.09]", 2020),
        ("Rivers of the north [[pdf](https://a.org/1)] ![](https://img.shields.io/badge/ACL-2022-blue)", 2022),
        ("[Rivers](https://a.org/1) - a model with a window of 2048 words, as used in Office 2010 and later by all.", None),
        ("[Rivers](https://github.com/jerry1993/rivers)", None),
        ("[Rivers (Microsoft 2016)](https://a.org/1)", 2016),
    ],
)  # fmt: skip
def test_a_year_is_that_of_the_work(line: str, year: int | None) -> None:
    """It stands around the title, else the arXiv id has it; descriptions and addresses do not."""
    assert entry(f"## Papers\n\n- {line}\n").year == year


@pytest.mark.parametrize(
    ("heading", "line", "year"),
    [
        ("CVPR 2018", "[Rivers](https://a.org/1)", 2018),
        ("2018", "Sparse Rivers of the North, *ICML* [[pdf](https://a.org/1)]", 2018),
        ("2018", "[Rivers](https://a.org/1)", None),
        ("2018-05", "[Rivers](https://a.org/1)", None),
        ("CVPR 2018", "[Rivers](https://arxiv.org/abs/1901.00001)", 2019),
    ],
)
def test_a_year_in_a_heading_counts_where_it_is_that_of_a_venue(
    heading: str, line: str, year: int | None
) -> None:
    """Else it may be the year in which somebody read it; what the entry says comes first."""
    assert entry(f"## {heading}\n\n- {line}\n").year == year


def test_an_entry_has_its_links_with_their_labels_and_the_work_comes_first() -> None:
    """The address of the work is that of its title, else of the label that says most."""
    found = entry("""
        ## Papers

        - **Sparse Rivers** *Ann Lake, Bob Pond.* ICML 2020.
          [[code](https://github.com/a/b)] [[paper](https://arxiv.org/pdf/1901.00001v2.pdf)] [[doi](https://doi.org/10.1000/X1)]
    """)
    assert found.url == "https://arxiv.org/pdf/1901.00001v2.pdf"
    assert (found.arxiv, found.doi, found.code) == (
        "1901.00001",
        "10.1000/x1",
        "https://github.com/a/b",
    )
    assert found.links[0] == Link("code", "https://github.com/a/b")
    assert (found.authors, found.venue, found.year) == (
        ("Ann Lake", "Bob Pond"),
        "ICML",
        2020,
    )


def test_sections_are_the_headings_from_the_outside_in_without_the_only_title() -> None:
    """Jumps of level, headings in HTML and in items count; a lone first H1 does not."""
    found = entries("""
        # Awesome Rivers

        ## Ice [↑](#top)
        #### Deep
        - [One](https://a.org/1)

        <h2 align="center">Stone</h2>

        - ### Inner
          - [Two](https://a.org/2)
    """)
    assert [paper.section for paper in found] == [("Ice", "Deep"), ("Stone", "Inner")]
    two = entries("# A\n- [One](https://a.org/1)\n# B\n- [One](https://a.org/1)\n")
    assert [paper.section for paper in two] == [("A",), ("B",)]


def test_a_label_in_bold_a_folded_part_and_an_item_without_a_link_are_groups() -> None:
    """They divide a section and are no headings."""
    found = entries("""
        ## Rivers

        **Cold ones**

        - [One](https://a.org/1)

        <details><summary><b>2025</b></summary>

        - [Two](https://a.org/2)

        </details>

        - Warm ones
          - [Three](https://a.org/3)
    """)
    assert [(paper.group, paper.section) for paper in found] == [
        ("Cold ones", ("Rivers",)),
        ("2025", ("Rivers",)),
        ("Warm ones", ("Rivers",)),
    ]


def test_items_below_an_entry_are_its_fields_or_entries_of_their_own() -> None:
    """A label with a link, prose and authors belong to it; a titled link does not."""
    first, second = entries("""
        ## Tools
        - Sparse Rivers of the North
          - Authors: Ann Lake and Bob Pond
          - Paper: https://arxiv.org/abs/1901.00001
          - Code: [GitHub](https://github.com/a/b)
          - TL;DR: It flows, see [here](https://a.org/x).
        - [Ice](https://a.org/2) - solid.
          - says much of [water](https://a.org/3)
    """)
    assert (first.title, first.arxiv, first.code) == (
        "Sparse Rivers of the North",
        "1901.00001",
        "https://github.com/a/b",
    )
    assert second.title == "Ice"
    nested = entries(
        "## T\n- [Ice](https://a.org/2)\n  - [Awesome Ice](https://a.org/3)\n"
    )
    assert [paper.title for paper in nested] == ["Ice", "Awesome Ice"]


def test_a_title_and_its_fields_may_stand_in_blocks_of_their_own() -> None:
    """A paragraph or a heading with a list of labelled links below it is one entry."""
    found = entries("""
        # 河流

        **Sparse Rivers**

        - 论文: https://arxiv.org/abs/1901.00001
        - Homepage: https://a.org/

        ### Frozen Rivers of the South

        - Paper: https://arxiv.org/abs/1902.00001

        ### [Warm Rivers](https://a.org/3)

        They are warm.

        # 其他
    """)
    assert [(paper.title, paper.arxiv) for paper in found] == [
        ("Sparse Rivers", "1901.00001"),
        ("Frozen Rivers of the South", "1902.00001"),
        ("Warm Rivers", ""),
    ]


def test_a_list_of_fields_may_have_one_that_reads_like_an_entry_and_an_image_above() -> (
    None
):
    """What is told in most of its items decides."""
    found = entry("""
        ## Rivers

        **Sparse Rivers**

        ![map](https://a.org/map.png)

        - intro: ICML 2020. University of Ice
        - arxiv: <https://arxiv.org/abs/1901.00001>
        - slides: <https://a.org/slides.pdf>
        - github(official, C++): <https://github.com/a/b>
        - river-pr("Make the river flow to the north"): <https://github.com/a/c>
    """)
    assert (found.title, found.year, found.arxiv) == (
        "Sparse Rivers",
        2020,
        "1901.00001",
    )
    assert len(found.links) == 4


def test_items_after_one_that_begins_paper_are_its_fields() -> None:
    """A heading that is a date is none of their entry."""
    found = entries("""
        #### June 23, 2020
        - **Paper**: [Sparse Rivers](https://arxiv.org/abs/1901.00001)
        - **Authors**: [Ann Lake](https://a.org/ann), [Bob Pond](https://a.org/bob)
        - **Presenter**: [Cy Sea](https://a.org/cy)
        - **Paper**: [Frozen Rivers](https://arxiv.org/abs/1902.00001)
        - [Warm Rivers](https://a.org/3)
    """)
    assert [(paper.title, paper.section, len(paper.links)) for paper in found] == [
        ("Sparse Rivers", ("June 23, 2020",), 4),
        ("Frozen Rivers", ("June 23, 2020",), 1),
        ("Warm Rivers", ("June 23, 2020",), 1),
    ]


def test_a_sentence_without_a_link_is_no_entry_among_entries() -> None:
    """A title among linked ones is; it does not end in a point."""
    found = entries("""
        ## Rivers
        - [Sparse Rivers](https://a.org/1)
        - [Frozen Rivers](https://a.org/2)
        - [Warm Rivers](https://a.org/3)
        - Rivers of the Far North
        - They flow faster than all rivers that were known.
    """)
    assert [paper.title for paper in found][3:] == ["Rivers of the Far North"]


def test_lines_of_a_paragraph_are_entries_where_each_begins_with_one() -> None:
    """Otherwise they are lines of one entry."""
    many = entries(
        "## L\n[One River](https://a.org/1), ICML 2020\n[Two Rivers](https://a.org/2)\n"
    )
    assert [(paper.line, paper.title) for paper in many] == [
        (2, "One River"),
        (3, "Two Rivers"),
    ]
    paper = entry(
        "## L\n**One River** \\\n*Ann Lake, Bob Pond* \\\n[[Paper](https://a.org/1)] \\\n4 Feb 2023\n"
    )
    assert (paper.line, paper.title, paper.year) == (2, "One River", 2023)


def test_a_table_is_read_by_its_headings() -> None:
    """Title, authors, year, venue, code and status have columns; ticks elsewhere say nothing."""
    first, second = entries("""
        | Done | Year | Paper | Authors | Venue | Link | Code | Notes |
        |---|---|---|---|---|---|---|---|
        | ✅ | 2020 | Sparse Rivers | Ann Lake, Bob Pond | ICML | [pdf](https://a.org/1) | [code](https://github.com/a/b) | |
        | | 2021 | **Ice** | Cy Sea | ICLR | [pdf](https://a.org/2) | | ✅ |
    """)
    assert (first.title, first.year, first.venue, first.status) == (
        "Sparse Rivers",
        2020,
        "ICML",
        Status.READ,
    )
    assert (first.authors, first.url, first.code) == (
        ("Ann Lake", "Bob Pond"),
        "https://a.org/1",
        "https://github.com/a/b",
    )
    assert (second.title, second.year, second.status) == ("Ice", 2021, None)


def test_a_table_may_be_of_topics_and_a_cell_may_begin_with_badges() -> None:
    """What stands beside resources is the title; a short code for an emoji is no word."""
    found = entries("""
        | | Topic | Resources |
        |---|---|---|
        | 1 | Sparse Rivers | [slides](r.pdf), Video([上集](https://v.org/1), [下集](https://v.org/2)) |

        | Title & Authors | Links |
        |---|---|
        | [![s](https://img.shields.io/s)](https://a.org/b) <br> :star: [Frozen Rivers](https://a.org/3) <br> Ann Lake, Bob Pond | [paper](https://arxiv.org/abs/1901.00001) |
    """)
    assert [(paper.title, paper.arxiv) for paper in found] == [
        ("Sparse Rivers", ""),
        ("Frozen Rivers", "1901.00001"),
    ]


def test_a_table_of_html_and_a_cell_with_several_readings_are_read() -> None:
    """A row has a line of its own; a cell under "Readings" has as many entries as titles."""
    found = entries("""
        <table>
        <tr><th>Lecture</th><th>Video</th></tr>
        <tr><td>Rivers in Winter</td><td><a href="https://v.org/1">Video</a></td></tr>
        </table>

        | Week | Topic | Readings |
        |---|---|---|
        | 1 | Water | [Sparse Rivers](https://a.org/1), [Ice](https://a.org/2) [slides](https://a.org/3) |
    """)
    assert [(paper.line, paper.title) for paper in found] == [
        (4, "Rivers in Winter"),
        (9, "Sparse Rivers"),
        (9, "Ice"),
    ]


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("[x]", Status.READ),
        ("[X]", Status.READ),
        ("[ ]", Status.TODO),
        ("[/]", Status.READING),
        ("[-]", Status.SKIPPED),
        ("✅", Status.READ),
        (":white_check_mark:", Status.READ),
        ("❌", Status.TODO),
        ("", None),
    ],
)
def test_a_checklist_tells_the_status(mark: str, status: Status | None) -> None:
    """Boxes of tasks and ticks before a title do."""
    assert entry(f"## R\n- {mark} [Ice](https://a.org/1)\n").status == status


def test_an_item_that_is_struck_out_is_read_and_tasks_need_no_links() -> None:
    """A checklist of titles is a list of entries."""
    assert entry("## R\n- ~~[Ice](https://a.org/1)~~\n").status is Status.READ
    found = entries("## R\n- [x] Sparse Rivers #later #ice\n- [ ] Ice\n")
    assert [(paper.title, paper.status, paper.tags) for paper in found] == [
        ("Sparse Rivers", Status.READ, ("later", "ice")),
        ("Ice", Status.TODO, ()),
    ]


def test_an_item_without_a_link_among_entries_is_one_if_it_names_a_work() -> None:
    """A year, a venue or authors beside a title say so."""
    found = entries(
        "## R\n- Sparse Rivers [[pdf](https://a.org/1)]\n- Ice of the North [ICML 2020]\n"
    )
    assert [(paper.title, paper.year) for paper in found] == [
        ("Sparse Rivers", None),
        ("Ice of the North", 2020),
    ]


def test_what_is_no_entry_is_left_with_a_reason() -> None:
    """Contents, news, prose, badges and the parts about the list itself are no entries."""
    text = """\
        # Awesome Rivers [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

        This list is based on [another](https://a.org/0), and you are welcome to send yours.

        - [Ice](#ice)
        - [News](#news)

        ## 🔥 News

        - [2024-05] We release [Rivers](https://a.org/1)!

        ## Ice

        - [Ice](https://a.org/2)
        - [Back to top](https://a.org/top)

        ```
        - [Code](https://a.org/9)
        ```
        <!-- - [Hidden](https://a.org/9) -->

        ## 贡献

        - [Ann](https://github.com/ann)

        ## License

        See [here](LICENSE).
    """
    assert [paper.title for paper in entries(text)] == ["Ice"]
    assert left(text) == [
        (3, "prose"),
        (5, "table of contents"),
        (6, "table of contents"),
        (10, "news"),
        (15, "a link to other pages of the list"),
        (24, "contributing"),
        (28, "licence"),
    ]


def test_contents_may_have_sections_below_them() -> None:
    """Only links within the page are contents; a part under them has entries as any other."""
    found = entries(
        "# Contents\n- [Ice](#ice)\n## Ice\n- [Deep Ice](https://a.org/1)\n"
    )
    assert [paper.title for paper in found] == ["Deep Ice"]


def test_links_to_parts_of_the_own_page_are_contents_however_they_are_written() -> None:
    """A list that names its own address in full means itself."""
    own = "https://github.com/ann/rivers#"
    lines = "".join(f"- [Part {n}]({own}part-{n})\n" for n in range(5))
    assert entries(f"## Overview\n{lines}") == []


def test_a_syllabus_and_its_references_are_read() -> None:
    """Readings in a cell, after labels, in italics after a date, and numbered lines."""
    found = entries("""
        | Week | Readings |
        |---|---|
        | 1 | Required: [Snow](https://a.org/3) [slides](https://a.org/s) <br> Optional: [Hail](https://a.org/4) |

        - Required: [Deltas](https://a.org/5), NeurIPS 2019
        - Optional: Lake, A. and Pond, B. (2018). *Mud in rivers.* https://doi.org/10.1000/abc

        [1] A. Lake, B. Pond, "On the shape of water," in Proc. ICML, 2019.
        [2] C. Sea, D. Bay. The sea itself. Nature, 2001.
    """)
    assert [(paper.title, paper.year) for paper in found] == [
        ("Snow", None),
        ("Hail", None),
        ("Deltas", 2019),
        ("Mud in rivers", 2018),
        ("On the shape of water", 2019),
        ("The sea itself", 2001),
    ]


def test_an_entry_in_several_sections_is_given_for_each() -> None:
    """Whoever joins them knows both places."""
    found = entries("## A\n- [Ice](https://a.org/1)\n## B\n- [Ice](https://a.org/1)\n")
    assert [paper.section for paper in found] == [("A",), ("B",)]


def test_front_matter_is_passed_by_and_our_own_keys_ride_along() -> None:
    """Lines count from the file's beginning; a comment of ours names a paper."""
    found = entry(
        "---\ntags: [a]\n---\n\n- [ ] [Ice](https://a.org/1) <!-- roadmap:genai/ice -->\n"
    )
    assert (found.line, found.key) == (5, "genai/ice")


def test_a_text_that_is_too_long_is_refused() -> None:
    """As a whole, or a paragraph of it; the rest is read."""
    (refused,) = markdown.read("[" * 50_000_000)
    assert isinstance(refused, Refused)
    assert "50,000,000" in refused.reason
    line = "a" * 40_000
    records = list(markdown.read(f"## R\n\n{line}\n\n- [Ice](https://a.org/1)\n"))
    assert [type(record) for record in records] == [Refused, Entry]


@given(
    st.lists(
        st.sampled_from(
            [
                "# ", "## ", "- ", "  ", "1. ", "[", "](https://a.org/1)", "]", "![", "**", "*", "`", "~~", "|", "\n", "\n\n",
                "|---|---|\n", "<table>", "<tr><td>", "</td>", "<li>", "<details>", "<summary>", "<!--", "-->", "[x] ", "Ice",
                "2020", "ICML", "paper", '"', "“", "（", "】", "目录", "\ue000", "\ue100", "\x00", "\t", "> ", "```\n", "et al.", ", ",
                "[[paper](https://arxiv.org/abs/1901.00001)]", "https://a.org/x_y", "&amp;", "\\", "<a href='u'>", "<br>", "#tag",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_and_its_records_stand_in_it_in_order(
    parts: list[str],
) -> None:
    """No text makes it fail; each record has a line of the file and headings of the file."""
    text = "".join(parts)
    records = list(markdown.read(text))
    lines = [record.line for record in records]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
    for record in records:
        if isinstance(record, Entry):
            assert record.title
            assert not any(
                "\ue000" <= letter <= "\uf8ff" or letter in "\x00\n"
                for letter in record.title
            )
        for heading in record.section:
            assert all(
                word.strip("*_`~|<>[]()\\") in text
                for word in heading.split()
                if word.isalnum()
            )


@pytest.mark.parametrize(
    "text",
    [
        "- [Sparse Rivers](https://arxiv.org/abs/1901.00001) - Ann Lake, Bob Pond. ICML 2020. [[code](https://github.com/a/b)]\n",
        "**Sparse Rivers** \\\n*Ann Lake, Bob Pond* \\\n[[Paper](https://a.org/1)]\n\n",
        "[", "![", "**a ", "`", "<a ", "(", '"', "a, ", "A. ", "- ", "> ", "|a", "<li>", "<table><tr><td>", "&", "_", "*a", "[[", "](", "\\", "-" , "#",
        "https://", "[a](b", "<!-- ", "【", "- [a](b)\n  ",
        "<div ",
        '<p a="',
        "[a]: b\n",
        "a\n=\n",
    ],
)  # fmt: skip
def test_a_longer_text_takes_longer_in_proportion(text: str) -> None:
    """Nothing that repeats grows faster than the text does."""

    def took(copies: int) -> float:
        whole = text * copies
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            for _ in markdown.read(whole):
                pass
            best = min(best, time.process_time() - start)
        return best

    copies = 3_000 // len(text)
    took(copies)
    # Eight times the text: eight times the work, where the square would be 64 times.
    assert took(8 * copies) <= 24 * took(copies) + 0.05
