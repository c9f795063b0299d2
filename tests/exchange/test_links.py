"""Bookmarks, OPML, and lists of ids, links and printed references."""

import pytest

from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange import bookmarks, opml, plain
from roadmap_cli.exchange.entries import Entry, Left, Refused

NETSCAPE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><A HREF="place:sort=8">Recent</A>
    <DT><H3 FOLDED>Papers &amp; more</H3>
    <DD>About the folder
    <DL><p>
        <DT><A HREF="https://arxiv.org/abs/1706.03762" TAGS="nlp,attention" TOREAD="1">Attention
 &lt;3</A>
        <DD>First line
- second <a href="http://no.org">line</a>
        <DT><H3>Inner</H3>
        <DL><p><DT><a href='http://b.org/?a=1&amp;b={2}|3'>B</a></DL><p>
    </DL><p>
    <DT><A HREF="javascript:alert(1)">Bad</A>
    <DT><A HREF="http://c.org" FEEDURL="http://c.org/feed">Feed</A>
    <DT><A HREF="http://d.org">http://d.org</A>
</DL>
"""


def test_bookmarks_have_folders_tags_and_notes() -> None:
    """What is no page of the web is left out with a word; lines are exact."""
    place, paper, inner, script, feed, bare = bookmarks.read(NETSCAPE)

    assert [type(record) for record in (place, script, feed)] == [Left, Left, Left]
    assert isinstance(paper, Entry)
    assert (paper.line, paper.title, paper.arxiv) == (9, "Attention <3", "1706.03762")
    assert (paper.section, paper.tags) == (("Papers & more",), ("nlp", "attention"))
    assert (paper.note, paper.status) == ("First line - second line", Status.TODO)
    assert isinstance(inner, Entry)
    assert inner.section == ("Papers & more", "Inner")
    assert (inner.url, inner.status) == ("http://b.org/?a=1&b={2}|3", None)
    assert isinstance(bare, Entry)
    assert (bare.title, bare.section) == ("", ())


def test_instapaper_has_lists_of_its_own() -> None:
    """Its folders say what was read."""
    unread, archived = bookmarks.read(
        "<html><body><h1>Unread</h1><ol><li><a href='http://a.org'>A</a></ol>"
        "<h1>Archive</h1><ol><li><a href='http://b.org'>B</a></ol></body></html>"
    )

    assert isinstance(unread, Entry)
    assert isinstance(archived, Entry)
    assert (unread.status, archived.status) == (Status.TODO, Status.READ)


def test_outlines_are_sections_and_feeds_are_no_papers() -> None:
    """HTML's names of letters are understood."""
    paper, feed, empty = opml.read(
        '<?xml version="1.0"?>\n<opml version="2.0"><body>\n<outline text="caf&eacute;">\n'
        '<outline text="A &amp; B" htmlUrl="https://arxiv.org/abs/1706.03762" category="x,y"/>\n'
        '<outline text="F" type="rss" xmlUrl="http://f.org/feed"/>\n</outline>\n'
        '<outline text="nothing"/></body></opml>'
    )

    assert isinstance(paper, Entry)
    assert (paper.line, paper.title, paper.section) == (4, "A & B", ("café",))
    assert (paper.arxiv, paper.tags) == ("1706.03762", ("x", "y"))
    assert isinstance(feed, Left)
    assert isinstance(empty, Left)
    assert (feed.line, empty.line) == (5, 7)


def test_an_outline_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    """And refused with the line where it ends."""
    found, refused = opml.read(
        '<opml><body>\n<outline text="A" url="http://a.org"/>\n</body>\n'
    )

    assert isinstance(found, Entry)
    assert isinstance(refused, Refused)
    assert refused.line == 4


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml>&b;</opml>',
        '<!DOCTYPE opml SYSTEM "x" [\n<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>',
        "<opml><body>" + '<outline text="a">' * 10_000,
    ],
)
def test_entities_and_deep_outlines_are_refused_in_words(text: str) -> None:
    """Before anything is expanded."""
    with pytest.raises(DataFileError):
        list(opml.read(text))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1706.03762", [("1706.03762", "", "")]),
        ("arXiv:2106.09685v2 LoRA: Low-Rank", [("2106.09685", "LoRA: Low-Rank", "")]),
        ("hep-th/9901001, 10.1000/x; https://arxiv.org/abs/2005.14165",
         [("hep-th/9901001", "", ""), ("", "", ""), ("2005.14165", "", "")]),
        ("1706.03762 # read soon", [("1706.03762", "", "read soon")]),
        ("- 1706.03762 - Attention", [("1706.03762", "Attention", "")]),
        ("Attention is all: https://arxiv.org/abs/1706.03762", [("1706.03762", "Attention is all", "")]),
        ("# 1706.03762", []),
    ],
)  # fmt: skip
def test_ids_and_links_in_every_order(
    line: str, found: list[tuple[str, str, str]]
) -> None:
    """One a line, with blanks and commas, text behind them, remarks."""
    records = [record for record in plain.read(line) if isinstance(record, Entry)]

    assert [(record.arxiv, record.title, record.note) for record in records] == found


@pytest.mark.parametrize(
    ("line", "authors", "title", "year"),
    [
        (
            "[12] A. Vaswani et al. Attention is all you need. NeurIPS 2017. arXiv:1706.03762",
            ("A. Vaswani",), "Attention is all you need", 2017,
        ),
        (
            "[3] J. Devlin and K. Lee, “BERT: Deep trans-\nformers,” in Proc. NAACL, 2019, pp. 1–2.",
            ("J. Devlin", "K. Lee"), "BERT: Deep transformers", 2019,
        ),
        (
            "[4] Hinton, G., & Dean, J. (2015). Distilling the knowledge. arXiv:1503.02531.",
            ("G. Hinton", "J Dean"), "Distilling the knowledge", 2015,
        ),
        (
            "5. Jacob Devlin and Kenton Lee. 2019. BERT again. In NAACL, pages 1-2.",
            ("Jacob Devlin", "Kenton Lee"), "BERT again", 2019,
        ),
        (
            "[6] Kingma, D. P. and Ba, J. Adam: A method. In ICLR, 2015.",
            ("D. P. Kingma", "J Ba"), "Adam: A method", 2015,
        ),
    ],
)  # fmt: skip
def test_printed_references_are_read_by_their_customs(
    line: str, authors: tuple[str, ...], title: str, year: int
) -> None:
    """IEEE, APA, ACM, and what machine learning prints; the guess is told."""
    (found,) = plain.read(line)

    assert isinstance(found, Entry)
    assert (found.authors, found.title, found.year) == (authors, title, year)
    assert found.doubts != ()


def test_prose_is_left_out_with_a_word() -> None:
    """With its line."""
    found, left = plain.read("1706.03762\n\nSome words of mine\n")

    assert isinstance(found, Entry)
    assert isinstance(left, Left)
    assert (left.line, left.text) == (3, "Some words of mine")
