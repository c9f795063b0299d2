"""CSV and TSV of everybody."""

import pytest

from roadmap_cli.curriculum.model import Status
from roadmap_cli.exchange import tables
from roadmap_cli.exchange.entries import Entry, Record, Refused


def rows(text: str) -> list[Record]:
    """What a table gives."""
    return list(tables.read(text))


def entry(names: str, cells: str) -> Entry:
    """The entry of a table with one row."""
    (found,) = rows(f"{names}\n{cells}\n")
    assert isinstance(found, Entry)
    return found


def test_zoteros_columns() -> None:
    """Its mark, its names, the DOI that stands in the link alone; never the day of adding."""
    (found,) = rows(
        '\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Date","Date Added","Extra","Manual Tags"\n'
        '"K1","journalArticle","","Doe, Jane; Roe, Richard","A <i>title</i>","The Journal","",'
        '"https://www.frontiersin.org/articles/10.3389/f.1","2017-03","2023-09-12",'
        '"Read_Status: Read\nRead_Status_Date: 2024-01-02T00:00","a; b"\n'
    )

    assert isinstance(found, Entry)
    assert (found.line, found.key, found.title) == (2, "K1", "A title")
    assert (found.authors, found.year) == (("Jane Doe", "Richard Roe"), 2017)
    assert (found.doi, found.status, found.day) == (
        "10.3389/f.1",
        Status.READ,
        "2024-01-02",
    )
    assert found.tags == ("a", "b")


def test_goodreads_shelves_dates_and_stars() -> None:
    """What was read and when; its own shelves are no tags."""
    read, to_read = rows(
        "Book Id,Title,Author,Additional Authors,ISBN,My Rating,Average Rating,Year Published,"
        "Date Read,Date Added,Bookshelves,Exclusive Shelf\n"
        '1,Deep,Ian G,"Yoshua B, Aaron C","=""026""",4,3.9,2016,2021/03/04,2020/01/01,"ml, read",read\n'
        "2,Other,A B,,,0,4.1,,,2022/02/02,to-read,to-read\n"
    )

    assert isinstance(read, Entry)
    assert isinstance(to_read, Entry)
    assert read.authors == ("Ian G", "Yoshua B", "Aaron C")
    assert (read.status, read.day, read.rating) == (Status.READ, "2021-03-04", 4)
    assert (read.tags, read.year) == (("ml",), 2016)
    assert (to_read.status, to_read.rating, to_read.year) == (Status.TODO, None, None)


def test_pockets_archive_is_read() -> None:
    """A title that is the link is none."""
    found = entry(
        "title,url,time_added,tags,status",
        "https://a.org,https://a.org,1600000000,x|y,archive",
    )

    assert (found.title, found.url, found.status) == ("", "https://a.org", Status.READ)
    assert found.tags == ("x", "y")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(delimiter: str) -> None:
    """By the names of the columns and the number of cells."""
    names = delimiter.join(["Paper", "Authors", "Year", "Link"])
    cells = delimiter.join(["A: B", "Jane Doe", "2001", "https://a.org/?a=1"])

    found = entry(names, cells)

    assert (found.title, found.year, found.url) == ("A: B", 2001, "https://a.org/?a=1")


def test_a_table_without_names_is_read_by_what_stands_in_it() -> None:
    """A column of numbers is an id, the one with links has the links."""
    one, two = rows(
        "1,LoRA,https://arxiv.org/abs/2106.09685,2021\n2,Other one,https://a.b/c,2020\n"
    )

    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    assert (one.title, one.arxiv, one.year) == ("LoRA", "2106.09685", 2021)
    assert (two.title, two.line) == ("Other one", 2)


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ('"Doe, Jane; Roe, R."', ["Jane Doe", "R. Roe"]),
        ("\"['Doe, Jane', 'Roe, R.']\"", ["Jane Doe", "R. Roe"]),
        ('"Jane Doe, John Smith and Al Gore"', ["Jane Doe", "John Smith", "Al Gore"]),
        ('"Doe, J., Roe, R.B., & Poe, E. A."', ["J. Doe", "R.B. Roe", "E. A. Poe"]),
        ('"Doe, Jane"', ["Jane Doe"]),
        ("Jane Doe et al.", ["Jane Doe"]),
        ("OpenAI", ["OpenAI"]),
    ],
)
def test_names_are_parted_in_every_way(cell: str, authors: list[str]) -> None:
    """Semicolons, lists of Python, commas between and inside of names."""
    assert list(entry("title,authors", f"T,{cell}").authors) == authors


@pytest.mark.parametrize(
    ("column", "cell", "status"),
    [
        ("Read?", "x", Status.READ),
        ("Status", "In progress", Status.READING),
        ("Status", "to read", Status.TODO),
        ("done", "✅", Status.READ),
        ("Read Status", "did-not-finish", Status.SKIPPED),
        ("Folder", "Archive", Status.READ),
        ("Notes", "x", None),
        ("Status", "weird", None),
    ],
)
def test_statuses_stand_in_columns_that_say_so(
    column: str, cell: str, status: Status | None
) -> None:
    """Ticks elsewhere mean nothing."""
    assert entry(f"title,{column}", f"T,{cell}").status == status


def test_what_excel_would_reckon_is_text() -> None:
    """A cell of an export that was made harmless is itself again; a formula is never reckoned."""
    assert entry("title,url", "'=1+1,").title == "=1+1"
    assert (
        entry("title,doi", '"=HYPERLINK(""http://e.vil"")",10.1000/x').doi
        == "10.1000/x"
    )


def test_a_mark_that_is_never_closed_spoils_one_row() -> None:
    """The rows before and after come in, and lines are those of the file."""
    before, refused, after = rows('title,url\nA,http://a\n"B,http://b\nC,http://c\n')

    assert isinstance(before, Entry)
    assert isinstance(refused, Refused)
    assert isinstance(after, Entry)
    assert (refused.line, refused.text) == (3, '"B,http://b')
    assert (after.line, after.title) == (4, "C")


def test_rows_over_several_lines_and_short_ones() -> None:
    """Each has the line where it begins; an empty one is none; one of nothing is refused."""
    one, two, refused = rows('title,url,notes\n"A\nB",http://a,\n\nC\n,,only a note\n')

    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    assert (one.line, one.title, two.line) == (2, "A B", 5)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.text) == (6, ",,only a note")


@pytest.mark.parametrize(
    "text",
    [
        f"title,abstract,url\nOne,{'x' * 200_000},http://a\n",
        f"title,{'x' * 200_000},url\nOne,y,http://a\n",
        f"One,{'x' * 200_000},http://a.org\n",
    ],
    ids=["cell", "name", "no names"],
)
def test_a_long_abstract_is_a_cell(text: str) -> None:
    """Python's reader stops at 131,072 letters unless it is told otherwise."""
    (found,) = rows(text)

    assert isinstance(found, Entry)
    assert found.url.startswith("http://a")


@pytest.mark.parametrize("place", range(2))
def test_a_cell_beyond_all_bounds_spoils_one_row(place: int) -> None:
    """Also where it is among the rows by which the table is recognised."""
    cells = ["One", "Two"]
    cells[place] = "x" * 17_000_000
    found = rows(f"title,notes,url\n{','.join(cells)},http://a\nC,,http://c\n")

    assert [type(record) for record in found] == [Refused, Entry]


def test_a_return_without_a_new_line_is_no_failure() -> None:
    """Python's reader refuses a line with one: such a line is no row."""
    refused, one = rows('\rtitle,url\n"One, and",http://a\n')

    assert isinstance(refused, Refused)
    assert isinstance(one, Entry)
