"""RIS of all senders, and the tags of Web of Science."""

import pytest

from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange import ris
from roadmap_cli.exchange.entries import Entry, Refused


def entries(text: str) -> list[Entry]:
    """The entries of a file."""
    return [record for record in ris.read(text) if isinstance(record, Entry)]


def entry(*lines: str) -> Entry:
    """The entry of one record of a journal with these lines."""
    (found,) = entries("\n".join(["TY  - JOUR", *lines, "ER  - "]))
    return found


def test_a_record_has_all_that_it_says() -> None:
    """Title, names in the file's order, year, venue, DOI, link, key, keywords, its line."""
    (found,) = entries(
        "\ufeff\n\nTY  - JOUR\nID  - Doe2020\nA1  - Doe,Jane \nAU  - Roe, R.\nED  - Ed, Itor\n"
        "TI  - A  Title\nT2  - The Journal\nPY  - 2020\nDO  - 10.1000/X\nUR  - https://a.org/x\n"
        "KW  - one\nKW  - two\nER  -\n"
    )

    assert (found.line, found.key, found.title) == (3, "Doe2020", "A Title")
    assert (found.authors, found.year) == (("Jane Doe", "R. Roe"), 2020)
    assert (found.venue, found.kind) == ("The Journal", Kind.PAPER)
    assert (found.doi, found.url) == ("10.1000/x", "https://a.org/x")
    assert found.tags == ("one", "two")


def test_endnote_writes_one_blank() -> None:
    """And every record counts."""
    found = entries("TY - JOUR\nT1 - One\nER - \n\nTY - BOOK\nBT - Two\nER - \n")

    assert [record.title for record in found] == ["One", "Two"]


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["PY  - 2013/04/18", "Y1  - 2012"], 2013),
        (["Y1  - 2016/01/", "ET  - 2015/01/30"], 2016),
        (["Y2  - 2019/03/28"], None),
        (["PY  - 0000", "DA  - 2005/07/15"], 2005),
        (["Y1  - 2014//"], 2014),
        (["PY  - 2013/02/15/received", "PY  - 2014"], 2013),
    ],
)
def test_the_year_is_never_the_day_of_access(
    lines: list[str], year: int | None
) -> None:
    """PY, else DA, else Y1."""
    assert entry("TI  - T", *lines).year == year


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DO  - doi:10.1201/b1-2", "10.1201/b1-2"),
        ("DO  - http://dx.doi.org/10.1177/2325", "10.1177/2325"),
        ("M3  - doi: 10.1063/1.19", "10.1063/1.19"),
        ("N1  - doi:10.1063/1.19", "10.1063/1.19"),
        ("UR  - https://www.frontiersin.org/articles/10.3389/f.1/full", "10.3389/f.1"),
        ("M3  - Article", ""),
    ],
)
def test_a_doi_is_found_wherever_it_stands(line: str, doi: str) -> None:
    """Under its tag, in links, in notes that say so."""
    assert entry("TI  - T", line).doi == doi


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["T1  - <i>E.</i> coli &amp; H<sub>2</sub>O"], "E. coli & H2O"),
        (["TI  - First", "      second line", "third"], "First second line third"),
        (["TI  -", "T1  - Other"], "Other"),
        (["CT  - Conference title"], "Conference title"),
    ],
)
def test_titles_stand_under_many_tags(lines: list[str], title: str) -> None:
    """On one line, without tags and entities."""
    assert entry(*lines).title == title


def test_several_links_in_one_tag_are_several() -> None:
    """The first is the entry's."""
    found = entry(
        "TI  - T", "UR  - http://a.org;http://b.org", "L1  - http://c.org/x.pdf"
    )

    assert found.url == "http://a.org"
    assert [link.url for link in found.links] == [
        "http://a.org",
        "http://b.org",
        "http://c.org/x.pdf",
    ]


def test_a_record_ends_with_the_next_or_with_the_file() -> None:
    """What an exporter writes between records is none."""
    found = entries(
        "Record #1\nTY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  -\n2.\nTI  - Three"
    )

    assert [(record.title, record.line) for record in found] == [
        ("One", 2),
        ("Two", 4),
        ("Three", 8),
    ]
    assert found[2].doubts == ("it begins without `TY`",)


def test_a_record_of_nothing_is_refused_and_one_of_a_doi_is_not() -> None:
    """With its line and its text."""
    refused, found = ris.read(
        "TY  - JOUR\nN2  - abstract\nER  -\nTY  - JOUR\nDO  - 10.1000/x\nER  -\n"
    )

    assert isinstance(refused, Refused)
    assert (refused.line, refused.text) == (1, "TY  - JOUR\nN2  - abstract\nER  -")
    assert isinstance(found, Entry)
    assert found.doi == "10.1000/x"


def test_records_alike_are_each_an_entry() -> None:
    """Without id nothing says that they are one."""
    assert len(entries("TY  - GEN\nTI  - Same\nER  -\n" * 3)) == 3


def test_web_of_science_is_read() -> None:
    """Its tags are parted by one blank, names go on in further lines."""
    one, two = entries(
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\n"
        "AF Doe, Jane\n   Roe, Richard\nTI A title over\n   two lines\nSO THE JOURNAL\nDT Article\n"
        "CR SOME A, 1986, X\nPY 2004\nDI 10.1021/Bi1\nUT WOS:1\nER\n\nPT B\nTI Two\nER\nEF\n"
    )

    assert (one.line, one.title) == (3, "A title over two lines")
    assert (one.authors, one.year) == (("Jane Doe", "Richard Roe"), 2004)
    assert (one.venue, one.doi, one.key) == ("THE JOURNAL", "10.1021/bi1", "WOS:1")
    assert (two.title, two.kind) == ("Two", Kind.BOOK)
