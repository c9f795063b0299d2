"""BibTeX and biblatex become entries: each hard row of the field, one test or one row each."""

import pytest

from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.curriculum.model import Kind, Status
from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange import bibtex
from roadmap_cli.exchange.entries import Entry, Left, Refused


def entries(text: str) -> list[Entry]:
    """The entries of a file, all of which can be read."""
    records = list(bibtex.read(text))
    assert [record for record in records if isinstance(record, Refused)] == []
    return [record for record in records if isinstance(record, Entry)]


def entry(fields: str, kind: str = "article") -> Entry:
    """The entry with these fields."""
    (found,) = entries(f"@{kind}{{key, {fields}}}")
    return found


def test_an_entry_has_all_that_it_says() -> None:
    """Title, names, year, venue, ids, link, key, and its line from 1."""
    (found,) = entries(
        "\n% a comment\n"
        "@InProceedings{doe-2020,\n"
        "  Author = {Doe, Jane and Richard Roe},\n"
        "  TITLE = {{Deep} Things},\n"
        "  booktitle = {Proc. of Things},\n"
        "  year = 2020, doi = {10.1000/ABC}, url = {https://example.org/x},\n"
        "}\n"
    )

    assert (found.line, found.key, found.title) == (3, "doe-2020", "Deep Things")
    assert (found.authors, found.year) == (("Jane Doe", "Richard Roe"), 2020)
    assert (found.venue, found.kind) == ("Proc. of Things", Kind.PAPER)
    assert (found.doi, found.url) == ("10.1000/abc", "https://example.org/x")


def test_strings_are_put_in_and_joined() -> None:
    """`#` joins; a macro may name others; what stands for nothing is kept and told."""
    joined, unknown = entries(
        '@string{nips = "NeurIPS"}\n@string(long = nips # { Proceedings})\n'
        '@inproceedings{a, title = "A" # " and " # {B}, booktitle = long # " 30", month = dec}\n'
        "@article{b, title = {B}, journal = tog}\n"
    )

    assert (joined.title, joined.venue) == ("A and B", "NeurIPS Proceedings 30")
    assert joined.doubts == ()
    assert (unknown.venue, unknown.doubts) == (
        "tog",
        ("`tog` stands for nothing in this file",),
    )


def test_a_child_inherits_what_is_not_its_own() -> None:
    """Year and the book's title from a parent below; never its names, DOI and link."""
    child, parent, orphan = entries(
        "@inproceedings{c, crossref = {P}, title = {Child}}\n"
        "@proceedings{p, title = {The Book}, year = 2011, author = {E. D.}, doi = {10.1000/p},"
        " url = {https://example.org}}\n"
        "@incollection{o, crossref = {nowhere}, title = {Orphan}}\n"
    )

    assert (child.venue, child.year) == ("The Book", 2011)
    assert (child.authors, child.doi, child.url) == ((), "", "")
    assert parent.kind == Kind.BOOK
    assert orphan.doubts == ("it refers to `nowhere`, which is not in this file",)


def test_entries_that_inherit_in_a_circle_end() -> None:
    """Each is read, with what it says itself."""
    first, second = entries(
        "@book{a, crossref={b}, title={A}}\n@book{b, crossref={a}, title={B}}\n"
    )

    assert (first.title, second.title) == ("A", "B")


def test_xdata_gives_its_fields_and_is_no_entry() -> None:
    """As biblatex has it."""
    data, found = bibtex.read(
        "@xdata{x, year = {1990}}\n@book{b, title = {B}, xdata = {x}}"
    )

    assert isinstance(data, Left)
    assert isinstance(found, Entry)
    assert found.year == 1990


def test_a_string_that_is_broken_stands_for_nothing() -> None:
    """What uses it says so, and the file is read on."""
    text = '@string{a = {x} b = {y}}\n@string{c = "z"}\n@misc{k, title = a # c}'

    (found,) = entries(text)

    assert found.title == "az"
    assert found.doubts == ("`a` stands for nothing in this file",)


def test_a_quotation_mark_in_braces_ends_no_value() -> None:
    """With commas behind it, and where the braces around it begin with it."""
    text = '@misc{k, title = "Simon {"}the, {saint"} Templar", year = 1999}'

    (found,) = entries(text)

    assert (found.title, found.year) == ('Simon "the, saint" Templar', 1999)


def test_keys_and_fields_that_stand_twice_are_told() -> None:
    """Both entries are read; of a field the first is taken."""
    first, second = entries(
        "@book{k, title={A}, year=1999, Year=2001}\n\n@book{K, title={B}}\n"
    )

    assert (first.year, first.doubts) == (
        1999,
        ("`year` stands there twice: the first is taken",),
    )
    assert second.doubts == ("its key `K` is also that of the entry in line 1",)


BROKEN = {
    "brace": (
        "@article{bad, title = {Never closed, year = 2000\n",
        "not closed before the next",
    ),
    "quote": (
        '@article{bad, title = "Never closed, year = 2000\n}\n',
        "not closed before",
    ),
    "comma": (
        "@article{bad, title={A} year = 2000}\n",
        "comma is missing after the field `title`",
    ),
    "number": (
        "@article{bad, year = 2000\n title = {A}}\n",
        "missing after the field `year`",
    ),
    "equals": ("@article{bad, title {A}, year = 2000}\n", "without `=`"),
    "key": ("@article{bad title = {A}}\n", "comma after its key"),
    "empty": ("@article{bad, year = 2000}\n", "no title"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_one_broken_entry_is_refused_and_stops_no_other(case: str) -> None:
    """With its line, key, reason and text; the ones before and after it come in whole."""
    text, reason = BROKEN[case]
    before, refused, after = bibtex.read(
        f"@book{{a, title={{A}}}}\n\n{text}@book{{b, title={{B}}, year=2001}}\n"
    )

    assert isinstance(before, Entry)
    assert isinstance(after, Entry)
    assert (after.title, after.year) == ("B", 2001)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.key) == (3, "bad")
    assert reason in refused.reason
    assert refused.text == text.rstrip()


@pytest.mark.parametrize(
    ("text", "key", "title"),
    [
        ("@article{title = {No key}, year = 1}", "", "No key"),
        ("@article{, title = {Empty}}", "", "Empty"),
        ("@article{key with blanks, title = {Blanks}}", "key with blanks", "Blanks"),
        ("@article(k, title = {Round (x)})", "k", "Round (x)"),
        ("@book{k,\n title = {Mixed}\n)", "k", "Mixed"),
        ("  @article{ k ,\r\n title = {Blank}\r\n}", "k", "Blank"),
        ("% @article{k, title = {Percent}}", "k", "Percent"),
        (
            "mail a@b.org\n@comment{@article{no, title={No}}}@book{k, title={C}}",
            "k",
            "C",
        ),
        ("@article{k, title = {A {\\} B}}", "k", "A B"),
        ("@book{k, title={W}, file={C:\\dir\\}, year=2001}\n", "k", "W"),
        ("@book{k,\n% note\n title={Commented}}", "k", "Commented"),
        ('@book{k, title="The {"}x{"}"}', "k", 'The "x"'),
    ],
)
def test_whatever_bibtex_reads_is_read(text: str, key: str, title: str) -> None:
    """Keys and delimiters of all sorts, free text, comments."""
    (found,) = entries(text)

    assert (found.key, found.title) == (key, title)


def test_settings_are_left_out_with_a_word() -> None:
    """And an unclosed macro is no entry."""
    records = list(
        bibtex.read(
            "@IEEEtranBSTCTL{x, a = {b}}\n@set{s, entryset={a}}\n@string{a = {b\n"
        )
    )

    assert [type(record) for record in records] == [Left, Left, Left]


def test_lines_are_exact_behind_backslashes_and_many_lines() -> None:
    """A line that ends with a backslash counts as any other."""
    first, second = entries("@book{a, title={A\\\nB\\\nC}}\n\n@book{b, title={B}}\n")

    assert (first.line, second.line) == (1, 5)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("{Barnes and Noble, Inc.} and others", ["Barnes and Noble, Inc."]),
        ("Smith, John, and Doe, Jane", ["John Smith", "Jane Doe"]),
        ("Lesk, M. E. AND Kernighan, B. W.", ["M. E. Lesk", "B. W. Kernighan"]),
        (
            "van der Berg, Anna and Ford, Jr., Henry",
            ["Anna van der Berg", "Henry Ford Jr."],
        ),
        ("{\\'E}mile B{\\'e}zier and {\\L}ucja Z", ["Émile Bézier", "Łucja Z"]),
        ("{{Big Collaboration}}", ["Big Collaboration"]),
        ("{Smith, John and Doe, Jane}", ["John Smith", "Jane Doe"]),
        ("given=Hans, family=Harman, prefix=von", ["Hans von Harman"]),
        ("Shi,\n% a comment\n Fan and Xu,\n Y", ["Fan Shi", "Y Xu"]),
        ("Wei Wang 0001 and A~B", ["Wei Wang", "A B"]),
        ("A and ,", ["A"]),
        ("", []),
    ],
)
def test_names_are_in_reading_order_and_groups_whole(
    value: str, names: list[str]
) -> None:
    """Split before LaTeX is decoded, so that braces keep an `and`."""
    assert list(entry(f"title={{T}}, author={{{value}}}").authors) == names


def test_further_authors_are_told() -> None:
    """`and others` is nobody's name."""
    assert entry("title={T}, author={A B and others}").doubts == (
        "it has more authors than it names",
    )


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("archivePrefix={arXiv}, eprint={1706.03762v5}", "1706.03762"),
        ("eprinttype={arxiv}, eprint={math.GT/0309136}", "math/0309136"),
        (
            "archiveprefix={arXiv}, primaryclass={cond-mat}, eprint={0211022}",
            "cond-mat/0211022",
        ),
        ("eprint={hep-th/9711200}", "hep-th/9711200"),
        ("arxivId={1105.3402}", "1105.3402"),
        ("journal={CoRR}, volume={abs/1706.03762}", "1706.03762"),
        ("journal={arXiv preprint arXiv:1706.03762}", "1706.03762"),
        ("journal={ArXiv}, volume={1706.03762}", "1706.03762"),
        ("note={arXiv:1706.03762 [cs.CL]}", "1706.03762"),
        ("howpublished={\\url{https://arxiv.org/abs/1706.03762}}", "1706.03762"),
        ("doi={10.48550/arXiv.1706.03762}", "1706.03762"),
        ("url={http://arxiv.org/pdf/1706.03762.pdf}", "1706.03762"),
        ("eprint={1706.03762}", ""),
        ("eprint={1706.03762}, eprinttype={jstor}", ""),
        ("number={1706.03762}, note={see 1706.03762}", ""),
    ],
)
def test_an_arxiv_id_is_taken_only_where_arxiv_is_named(
    fields: str, arxiv: str
) -> None:
    """An eprint may be of any archive."""
    assert entry(f"title={{T}}, {fields}").arxiv == arxiv


@pytest.mark.parametrize(
    ("fields", "doi", "url"),
    [
        ("doi={https://doi.org/10.1000/X\\_1}", "10.1000/x_1", ""),
        ("doi={10.1000/x{\\_}1.}", "10.1000/x_1", ""),
        (
            "url={https://doi.org/10.1000%2Fx}",
            "10.1000/x",
            "https://doi.org/10.1000%2Fx",
        ),
        (
            "url={https://www.frontiersin.org/articles/10.3389/f.2017.1/full}",
            "10.3389/f.2017.1",
            "https://www.frontiersin.org/articles/10.3389/f.2017.1/full",
        ),
        (
            "url={See \\url{http://a.b/c_d%20e~f} and http://x.y}",
            "",
            "http://a.b/c_d%20e~f",
        ),
        (
            "url={https://ex.org/a\\_b\\&c{\\textasciitilde}d}",
            "",
            "https://ex.org/a_b&c~d",
        ),
        ("url={http://long.org/a/\n   b}", "", "http://long.org/a/b"),
        ("howpublished={\\href{http://a.b}{text}}", "", "http://a.b"),
        ("note={private}, file={/home/me/a.pdf}, url={nonsense}", "", ""),
    ],
)
def test_dois_and_links_are_as_they_lead(fields: str, doi: str, url: str) -> None:
    """Escapes gone, the first that is a link, no path of a file."""
    found = entry(f"title={{T}}, {fields}")

    assert (found.doi, found.url) == (doi, url)


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ("year={1999}", 1999),
        ("year={c1999}", 1999),
        ("date={2019-06-04/2019-07}", 2019),
        ("year={in press}, urldate={2020-01-01}, date-added={2021-01-01}", None),
        ("timestamp={Tue, 04 Oct 2022}", None),
        ("year={99}", None),
    ],
)
def test_a_year_is_of_the_publication_alone(fields: str, year: int | None) -> None:
    """Never the day of access or of adding."""
    assert entry(f"title={{T}}, {fields}").year == year


@pytest.mark.parametrize(
    ("kind", "fields", "venue"),
    [
        ("article", "journaltitle={J}", "J"),
        ("inproceedings", "eventtitle={Event}", "Event"),
        ("inproceedings", "booktitle={B}, publisher={P}", "B"),
        ("thesis", "institution={Uni}", "Uni"),
        ("article", "journal={\\mnras}", "MNRAS"),
        ("book", "booktitle={T}, publisher={P}", "P"),
        ("misc", "howpublished={\\url{https://a.b}}", ""),
    ],
)
def test_the_venue_is_the_nearest_that_is_named(
    kind: str, fields: str, venue: str
) -> None:
    """The journal, the book, the event, the school; the publisher last."""
    assert entry(f"title={{T}}, {fields}", kind).venue == venue


def test_what_managers_add_is_taken_and_what_is_private_is_not() -> None:
    """JabRef's status, rank and groups, keywords; neither abstract nor annotation."""
    found = entry(
        "title={T}, readstatus={read}, ranking={rank4}, groups={Mine, Other}, keywords={a; b, c},"
        " abstract={100% and more}, annote={secret}, note={In Press}"
    )

    assert (found.status, found.rating, found.section) == (Status.READ, 4, ("Mine",))
    assert (found.tags, found.note) == (("a", "b, c"), "In Press")


def test_a_subtitle_belongs_to_the_title() -> None:
    """As biblatex prints it."""
    assert entry("title={On}, subtitle={the Line}").title == "On: the Line"


def test_a_file_of_braces_ends_at_once() -> None:
    """With an error, before it is split."""
    with pytest.raises(DataFileError, match="no BibTeX"):
        list(bibtex.read("@a{" + "{" * 3_000_000))


def test_quoted_values_with_odd_braces_end_at_their_marks() -> None:
    """However many there are: none is looked for to the end of the file."""
    counts = []
    for size in (3, *SIZES):  # the first loads what is loaded once
        values = ", ".join(f'f{number} = "{{"' for number in range(size))
        text = f"@misc{{k, title = {{T}}, {values}}}"
        counts.append(calls_of(entries, text))

    assert growth(counts[1:]) < LIMIT


def test_a_file_without_entries_gives_none() -> None:
    """Whoever asked says so."""
    assert list(bibtex.read('string{ foo = "bar" }\nall comment')) == []


def test_what_is_commented_out_is_no_entry() -> None:
    """Over several lines as well; lines behind it are exact."""
    (found,) = entries("@Comment{\n@book{no, title={No}}\n}\n@book{yes, title={Yes}}\n")

    assert (found.key, found.line) == ("yes", 4)


def test_strings_that_double_each_other_are_not_put_in_for_ever() -> None:
    """Forty of them would be a billion characters."""
    doubling = "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(40))
    found = entries(f'@string{{s0 = "ab"}}\n{doubling}@book{{k, title = s40}}\n')

    assert len(found[0].title) < 1_000_000
