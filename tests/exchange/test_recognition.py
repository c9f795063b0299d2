"""Which format a text has, and which encoding a file."""

import codecs

import pytest

from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange.decoding import decoded
from roadmap_cli.exchange.recognition import Format, reader, recognised

BIB = "@article{a, title = {T}, year = 2000}\n"

TEXTS = {
    "bibtex": BIB,
    "bibtex behind prose": f"% Encoding: UTF-8\nwritten by hand\n\n{BIB}",
    "bibtex in a fence": f"```bibtex\n{BIB}```\n",
    "ris": "\ufeff\n\nTY  - JOUR\nTI  - T\nER  - \n",
    "ris of EndNote": "TY - JOUR\nTI - T\nER - \n",
    "ris of the Web of Science": "FN Clarivate\nVR 1.0\nPT J\nTI T\nER\nEF\n",
    "csl-json": '[\n  {"id": "a", "title": "T"}]',
    "csl-json of Crossref": '{"status": "ok", "message": {"DOI": "10.1000/x"}}',
    "zotero": '[{"key": "K", "data": {"itemType": "book"}}]',
    "zotero as RDF": '<rdf:RDF xmlns:rdf="x"><a/></rdf:RDF>',
    "csv": "Title,Year,URL\nT,2000,http://a.org\n",
    "csv with semicolons": "id;title;authors\n1;T;A\n",
    "csv of tabs": "title\turl\nT\thttp://a.org\n",
    "bookmarks": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='http://a.org'>A</A></DL>",
    "bookmarks of Instapaper": "<html><body><h1>Unread</h1>\n<ol><li><a href='http://a.org'>A</a></ol>",
    "opml": '<?xml version="1.0"?>\n<!-- a\n<b> -->\n<opml version="2.0"><body/></opml>',
    "plain": "1706.03762\n2106.09685 LoRA\n",
    "plain with remarks": "# my list\nhttps://arxiv.org/abs/1706.03762\n\n# more\n10.1000/x\n",
    "plain references": "[1] A. Doe. Title. 2001.\n[2] B. Roe. Other\ntitle. NeurIPS 2002.\n",
    "markdown": "# Papers\n\n- [T](https://arxiv.org/abs/1706.03762)\n",
    "markdown with a table": "| Title | Link |\n|--|--|\n| T | [pdf](http://a.org) |\n",
    "markdown that asks to be cited": f"# P\n\n- [T](http://a.org)\n\n```\n{BIB}```\n",
    "markdown that begins with HTML": '<div align="center"><h1>P</h1></div>\n\n- [T](http://a.org)\n',
    "markdown that tells of Sphinx": "# P\n\n- [T](http://a.org)\n\n.. toctree::\n",
    "markdown that begins with a link": "[A](http://a.org) and [B](http://b.org)\n",
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_format_is_known_by_what_a_text_says(what: str) -> None:
    """Whatever its file is called."""
    assert recognised(TEXTS[what], "list.txt") == what.partition(" ")[0]


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        (
            "<?xml version='1.0'?><xml><records><record><rec-number>",
            "EndNote XML",
            "RIS",
        ),
        ("%0 Journal Article\n%A Doe\n%T Title\n", "enw", "RIS"),
        ("PMID- 123\nTI  - Title\n", "nbib", "DOIs"),
        ("---\neinstein:\n  ENTRYTYPE: article\n", "cobib", "cobib export"),
        ("author: A\nauthor_list:\n- {given: A}\ntitle: T\n", "papis", "papis export"),
        (
            "Papers\n======\n\n* `A Theory\n  of All <https://arxiv.org/abs/2106.09685>`_\n",
            "reStructuredText",
            "pandoc",
        ),
        (".. contents::\n\nA list: https://e.org/a\n", "reStructuredText", "pandoc"),
        ("* All_\n\n.. _All: https://e.org/a\n", "reStructuredText", "pandoc"),
        ("<!DOCTYPE html><html><p>http://a.org</p></html>", "web page", "bookmarks"),
        ("\\begin{thebibliography}{9}\n\\bibitem{a} A", "LaTeX", ".bib"),
        ("", "empty", "BibTeX"),
        ("just some words\n", "no entry", "BibTeX"),
        ('string{ foo = "bar" }\ncomment', "no entry", "BibTeX"),
    ],
)
def test_what_is_not_read_is_named_with_the_way_round(
    text: str, what: str, hint: str
) -> None:
    """Never "0 imported"."""
    with pytest.raises(DataFileError, match=what) as raised:
        recognised(text, "list.bib")

    assert raised.value.hint is not None
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    "format_", [each for each in Format if each != Format.MARKDOWN]
)
def test_every_format_has_its_reader(format_: Format) -> None:
    """Which gives nothing for an empty text."""
    assert list(reader(format_)("")) == []


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Š".encode(), "Š"),
        (codecs.BOM_UTF8 + "Š\r\nx".encode(), "Š\nx"),
        (codecs.BOM_UTF16_LE + "Š".encode("utf-16-le"), "Š"),
        ("Title,Year\n".encode("utf-16-le"), "Title,Year\n"),
        (b"% -*- coding: latin-9-unix -*-\n\xa6", "% -*- coding: latin-9-unix -*-\nŠ"),
        (b"% -*- coding: latin-2 -*-\n\xaf", "% -*- coding: latin-2 -*-\nŻ"),
        (b"% Encoding: Cp1250\n\x8a", "% Encoding: Cp1250\nŠ"),
        ("% Encoding: Cp1250\nŻ".encode(), "% Encoding: Cp1250\nŻ"),
        (b"%% Saved with string encoding Western (Mac OS Roman)\n\x8e",
         "%% Saved with string encoding Western (Mac OS Roman)\né"),
        (b"na\xefve \x93x\x94", "naïve “x”"),
    ],
)  # fmt: skip
def test_letters_are_right_in_every_encoding(data: bytes, text: str) -> None:
    """A mark, UTF-8, UTF-16 without a mark, what the file declares, and else Windows' own."""
    assert decoded(data).text == text


def test_an_encoding_that_is_a_guess_says_so() -> None:
    """And one that is declared does not."""
    assert not decoded(b"na\xefve").is_sure
    assert decoded(b"% Encoding: latin1\nna\xefve").is_sure


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.5 ",
        b"SQLite format 3\0",
        b"PK\x03\x04docx",
        b"\x1f\x8b\x08",
        b"a\0\0\0b",
    ],
)
def test_what_is_no_text_is_named(data: bytes) -> None:
    """With the way round."""
    with pytest.raises(DataFileError, match="this is") as raised:
        decoded(data)

    assert raised.value.hint
