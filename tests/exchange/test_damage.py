"""Damaged files: nothing is lost without a word, nothing crashes, lines stay in the file."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_cli.errors import RoadmapError
from roadmap_cli.exchange import bibtex, ris
from roadmap_cli.exchange.entries import Entry, Refused
from roadmap_cli.exchange.recognition import Format, reader

BIBTEX = """% a list
@string{nips = "NeurIPS"}
@article{one,
  author = {Doe, Jane and {A Group}},
  title = {{One} $\\beta$ title},
  journal = "J. of " # nips,
  year = 2001,
  url = {https://example.org/a\\_b},
}

@book(two, title = {Two}, year = {2002})
@inproceedings{three, crossref = {two}, title = "Three"}
"""
RIS = "TY  - JOUR\nTI  - One\nAU  - Doe, Jane\nPY  - 2001\nER  - \n\nTY  - BOOK\nTI  - Two\nER  - \n"
JSON = '[{"title": "One", "author": [{"family": "Doe"}]},\n {"DOI": "10.1000/x"}, null]'
CSV = 'title,authors,url\n"One, and","Doe, J.",http://a.org\nTwo,,10.1000/x\n'
MARKUP = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><H3>F</H3><DL><DT><A HREF="http://a.org">A</A>\n</DL></DL>'
OUTLINE = '<opml><body><outline text="F"><outline text="A" url="http://a.org"/></outline></body></opml>'
PLAIN = "1706.03762 Title # remark\n[2] A. Doe and B. Roe. Title. NeurIPS 2001.\nhttp://a.org, 10.1000/x\n"
FILES = {
    Format.BIBTEX: BIBTEX, Format.RIS: RIS, Format.CSL_JSON: JSON, Format.ZOTERO: JSON,
    Format.CSV: CSV, Format.BOOKMARKS: MARKUP, Format.OPML: OUTLINE, Format.PLAIN: PLAIN,
}  # fmt: skip
PIECES = st.sampled_from(
    ["{", "}", '"', ",", "=", "@", "\\", "$", "%", "#", "\n", "<", ">", "&lt;", "[", "]", "\0", "\x1b",
     "\u202e", "@book{x, title={X}}", "TY  - JOUR", "ER  - ", "null", "<DL>", "](", "a", " ", "'", ";"]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text with some of it cut out, doubled or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        middle = draw(
            st.one_of(PIECES, st.text(max_size=3), st.just(text[start:end] * 2))
        )
        text = text[:start] + middle + text[end:]
    return text


@given(st.data(), st.sampled_from(sorted(FILES)))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_read_as_far_as_it_goes(
    data: st.DataObject, format_: Format
) -> None:
    """Each record stands in a line of the file, those of one file in its order; titles are clean."""
    text = data.draw(damaged(FILES[format_]))
    try:
        records = list(reader(format_)(text))
    except RoadmapError:
        return
    lines = [record.line for record in records]

    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
    assert all(
        unicodedata.category(letter) not in ("Cc", "Cs")
        and letter not in "\u202e\u2066"
        for record in records
        if isinstance(record, Entry)
        for letter in record.title
    )
    assert list(reader(format_)(text)) == records


@given(st.integers(0, len(BIBTEX)), PIECES)
@settings(max_examples=150, deadline=None)
@example(BIBTEX.index("2001"), "{")
def test_whatever_is_broken_in_bibtex_whole_entries_come_in(
    place: int, piece: str
) -> None:
    """What follows the damaged entry, from a line of its own, is read or refused, never lost."""
    text = (
        BIBTEX[:place] + piece + BIBTEX[place:] + "\n@article{last, title = {Last}}\n"
    )
    records = list(bibtex.read(text))
    known = [record.key for record in records if isinstance(record, Entry | Refused)]

    assert "last" in known
    assert len(known) >= 2


@given(
    st.lists(
        st.sampled_from(["AU  - Doe, J.", "TI", "xx", "", "PY  - 1", "N1  - ER  - "]),
        max_size=8,
    )
)
@settings(max_examples=100, deadline=None)
def test_every_beginning_of_a_record_is_accounted_for(lines: list[str]) -> None:
    """As many entries and refusals as there are `TY`."""
    text = "\n".join(["TY  - JOUR", *lines, "ER  - ", "TY  - BOOK", "TI  - Last"])

    assert len(list(ris.read(text))) == 2
