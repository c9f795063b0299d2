"""Which format a text has, told by what it says and not by how its file is called.

Formats that are known and not read are refused by name, each with the way round.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from itertools import islice

from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange import plain, ris, tables
from roadmap_cli.exchange.entries import Record
from roadmap_cli.exchange.own import marks


class Format(StrEnum):
    """A format that is read; its value is how it is asked for by name."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    ZOTERO = "zotero"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    BOOKMARKS = "bookmarks"
    OPML = "opml"
    PLAIN = "plain"


_MODULES = {
    Format.CSL_JSON: "csl",
    Format.CSV: "tables",
    Format.JSON: "own.papers",
}
"""Formats whose module is not called as they are."""
_RESTRUCTURED = re.compile(
    r"(?m)^\.\. (?:[\w-]+::(?=\s)|_[^:\n]+: )|`[^`<>]{1,300}\s<https?://[^<>\s]+>`__?"
)
"""A directive, where a name leads to, or a link, as reStructuredText writes them."""
_RIS_OR_BIBTEX = (
    "export it as RIS or BibTeX from the program that wrote it, and import that"
)
_UNREAD = (
    (r"\A#(?:separator|html|notetype|deck|guid column):", "a deck for Anki",
     "import a list of papers; questions of your own stand in notes, as lines `Q:` and `A:`"),
    (r"\A\s*(?:<\?xml[^>]*>\s*)?<xml>\s*<records>|<rec-number>", "EndNote XML",
     "in EndNote, export with the output style RefMan (RIS), and import that"),
    (r"(?m)\A\s*%0 \S.*\n(?:.*\n)*?%[TA] ", "EndNote's or Refer's tags (.enw)",
     "choose RIS or BibTeX where you got it, or in EndNote the output style RefMan (RIS)"),
    (r"(?m)\A\s*PMID- ?\d", "PubMed's own format (.nbib)",
     "import it into Zotero and export RIS, or give the DOIs or PubMed's links, one a line"),
    (r"(?m)^[ \t]*(?:- )?ENTRYTYPE: ", "cobib's YAML", "cobib export --bibtex FILE.bib, and import that"),
    (r"(?m)^(?:papis_id|author_list):(?:\s|$)", "papis' YAML",
     "papis export --all --format bibtex --out FILE.bib, and import that"),
    (r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:modsCollection|mods)\b", "MODS XML", _RIS_OR_BIBTEX),
    (r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:b:Sources)\b", "the sources of a Word document", _RIS_OR_BIBTEX),
    (r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:feed|rss)\b", "a feed", "import a list, or give its links one a line"),
    (r"\A\s*\\begin\{thebibliography\}|(?m:^[ \t]*\\bibitem\b)", "a bibliography that LaTeX made",
     "import the .bib file that it was made from"),
)  # fmt: skip
_ENTRY = re.compile(
    r"(?m)^[ \t]*@[ \t]*(?!string\b|comment\b|preamble\b)[A-Za-z]+[ \t]*[{(]"
)
_FENCE = re.compile(r"(?m)^[ \t]*(```|~~~)[^\n]*$")
_LIST_LINE = re.compile(
    r"(?m)^[ \t]*(?:[-*+]|\d+[.)]|\|).*\]\(<?(?:https?:|/|\.|#)|^#{1,6} \S.*$"
)
_JSON = re.compile(r"\A\s*(?:\[\s*(?:[{\]\"]|null|$)|\{\s*[\"}])")
_ZOTERO_JSON = re.compile(r'"itemType"\s*:')
_MARKDOWN = (".md", ".markdown")
"""How files of Markdown are called, also those that have entries of BibTeX in them."""
_ROOT = re.compile(r"<(?:!DOCTYPE\s+)?([A-Za-z][\w:]*)")
_BOOKMARKS = re.compile(
    r"(?i)<!DOCTYPE NETSCAPE-Bookmark|<d[lt]>\s*(?:<p>)?\s*<d?t?>?\s*<(?:a|h3)\b|<h1>[^<]*</h1>\s*<ol>"
)
_OURS = (
    (re.escape(marks.BIBTEX), Format.BIBTEX),
    (re.escape(marks.MARKDOWN), Format.MARKDOWN),
    (re.escape(marks.CSV), Format.CSV),
    (r'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"(?:papers|sections)"\s*:', Format.JSON),
)
"""How our own exports begin, and the lists of papers that we print as JSON."""
_HEAD = 20_000
_MOST_SEARCHED = 1_000_000
_LOOKED_AT = 200
_KNOWN = "BibTeX, RIS, CSL JSON, Zotero, CSV, Markdown, bookmarks, OPML, ids and links one a line"


def recognised(text: str, name: str = "") -> Format:
    """The format of a text; the name of its file decides only where the text does not.

    Raises `DataFileError` for what is none of them, and by name for formats that are not read.
    """
    head = text.removeprefix("\ufeff")[:_HEAD]
    if found := _by_beginning(head) or _by_lines(text, head, name):
        return found
    for pattern, what, hint in _UNREAD:
        if re.search(pattern, head):
            raise DataFileError(
                f"this is {what}, which roadmap does not read", hint=hint
            )
    if "](" not in head and _RESTRUCTURED.search(head):
        hint = "pandoc --from rst --to gfm FILE.rst --output FILE.md, and import that"
        what = "this is reStructuredText, which roadmap does not read"
        raise DataFileError(what, hint=hint)
    if _root(head) == "html":
        hint = "export bookmarks from your browser, or give the links one a line"
        raise DataFileError("this is a web page, no list that roadmap reads", hint=hint)
    if found := _by_lists(text, head, name):
        return found
    what = (
        "it is empty" if not text.strip() else "no entry of any format was found in it"
    )
    raise DataFileError(
        f"there is nothing to import: {what}", hint=f"roadmap reads {_KNOWN}"
    )


def reader(format_: Format) -> Callable[[str], Iterator[Record]]:
    """What reads a format: from a text to its records."""
    module = import_module(
        f"roadmap_cli.exchange.{_MODULES.get(format_, format_.value)}"
    )
    read: Callable[[str], Iterator[Record]] = module.read
    return read


def _by_beginning(head: str) -> Format | None:
    """Formats that begin as no other does."""
    for pattern, format_ in _OURS:
        if re.match(pattern, head):
            return format_
    if _JSON.search(head):
        return Format.ZOTERO if _ZOTERO_JSON.search(head) else Format.CSL_JSON
    if _BOOKMARKS.search(head):
        return Format.BOOKMARKS
    return {"opml": Format.OPML, "rdf:rdf": Format.ZOTERO}.get(_root(head))


def _root(head: str) -> str:
    """The name of the outermost element of XML or HTML, in lower case; else nothing."""
    place = 0
    while True:
        rest = head[place:].lstrip()
        place = len(head) - len(rest)
        ends = {"<?xml": "?>", "<!--": "-->"}
        end = next((end for begin, end in ends.items() if rest.startswith(begin)), "")
        if not end:
            match = _ROOT.match(rest)
            return match[1].lower() if match else ""
        found = rest.find(end)
        if found < 0:
            return ""
        place += found + len(end)


def _by_lines(text: str, head: str, name: str) -> Format | None:
    """Formats whose entries begin in a way of their own."""
    if ris.IS_RIS.search(head) or ris.IS_WOS.search(head):
        return Format.RIS
    if name.lower().endswith(_MARKDOWN):
        return None
    bare = _unfenced(text)
    first = _ENTRY.search(bare)
    if first is None:
        return None
    if not _LIST_LINE.search(bare, 0, first.start()):
        return Format.BIBTEX
    entries = sum(1 for _ in islice(_ENTRY.finditer(bare), _LOOKED_AT))
    lines = sum(1 for _ in islice(_LIST_LINE.finditer(text), _LOOKED_AT))
    return Format.BIBTEX if entries >= lines else None


def _unfenced(text: str) -> str:
    """The text without its blocks of code, unless it is nothing but one."""
    marks = list(islice(_FENCE.finditer(text), 1_000))
    parts, start = [], 0
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        parts.append(text[start : opening.start()])
        start = closing.end()
    unfenced = "".join([*parts, text[start:]])
    return unfenced if unfenced.strip() else text


def _by_lists(text: str, head: str, name: str) -> Format | None:
    """Lists: of ids and references, of cells, and of Markdown."""
    units = list(islice(plain.units(head), _LOOKED_AT))
    if not units:
        return None
    places = sum(map(plain.begins_with_place, units))
    if places * 5 >= len(units) * 4 and "](" not in head:
        return Format.PLAIN
    if _is_table(head, name):
        return Format.CSV
    if name.lower().endswith(_MARKDOWN) or _LIST_LINE.search(text) or "](" in text:
        return Format.MARKDOWN
    return Format.PLAIN if places or _has_place(text[:_MOST_SEARCHED]) else None


def _has_place(text: str) -> bool:
    return (
        re.search(r"(?i)https?://[\w.-]+|\barxiv:\s*\d|\b10\.\d{4,9}/\S", text)
        is not None
    )


def _is_table(head: str, name: str) -> bool:
    """Whether the first line has names of columns, or all lines have as many cells."""
    first = next(line for line in head.split("\n") if line.strip())
    if first.lstrip().startswith(("|", "#", "- ", "* ")):
        return False
    delimiter = tables.delimiter_of(head)
    names = next(iter(tables.split(first, delimiter)), [])
    if len(names) > 1 and tables.columns_of(names):
        return True
    return name.lower().endswith((".csv", ".tsv")) and delimiter in first
