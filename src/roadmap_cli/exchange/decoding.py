"""The text of a file of another program: in which encoding it is, and whether it is text at all.

Asked in this order: a byte order mark; UTF-8, which hardly ever fits what is none; NULs as UTF-16
has them; what the file declares of itself; and else Windows' encoding of the West.
"""

import re
from typing import NamedTuple

from roadmap_cli.errors import DataFileError
from roadmap_cli.language.encodings import marked, with_line_feeds

_HEAD = 4_096
_LAST_RESORT = "cp1252"
_DECLARED = (
    rb"(?i)-\*-.{0,200}?coding:\s*([\w.-]+)",
    rb"(?im)^[%#\s]*encoding:\s*([\w.-]+)",
    rb"(?i)string encoding ([\w() -]+)",
    rb"(?i)<\?xml[^>]{0,200}encoding=[\"']([\w.-]+)",
    rb"(?i)charset=[\"']?([\w.-]+)",
)
_NAMES = {
    "western (mac os roman)": "mac_roman",
    "mac os roman": "mac_roman",
    "applemac": "mac_roman",
    "macosroman": "mac_roman",
    "western (iso latin 1)": "latin_1",
    "western (windows latin 1)": "cp1252",
    "ansi": "cp1252",
    "ansinew": "cp1252",
    "iso-8859-1": "cp1252",  # as browsers do: what it has beyond is never meant otherwise
    "latin1": "cp1252",
}
_ALIEN = (
    (b"%PDF-", "a PDF", "import the list that it is made of, or type the ids: roadmap add ID"),
    (b"SQLite format 3\0", "a SQLite database", "export its items: in Zotero, File > Export Library"),
    (b"PK\x03\x04", "a zip archive, a Word document or a spreadsheet", "unpack it, or save it as CSV or text"),
    (b"\xd0\xcf\x11\xe0", "an old Word document or spreadsheet", "save it as CSV or text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it: gunzip FILE"),
    (b"bplist00", "a binary property list of macOS", "export it from the program that wrote it"),
    (b"{\\rtf", "a Rich Text document", "save it as plain text"),
    (b"\x89PNG", "a picture", "import the list as text"),
)  # fmt: skip


class Decoded(NamedTuple):
    """A text whose line ends are line feeds, and the encoding that it was in.

    `is_sure` is false where the bytes are of no encoding that is declared or can be told.
    """

    text: str
    encoding: str
    is_sure: bool


def decoded(data: bytes) -> Decoded:
    """The text of a file's bytes; raises `DataFileError` for what is no text."""
    for beginning, what, hint in _ALIEN:
        if data.startswith(beginning):
            raise DataFileError(f"this is {what}, no list in text", hint=hint)
    text, encoding, is_sure = _read(data)
    if "\0" in text[:_HEAD]:
        hint = "import a text file: BibTeX, RIS, CSV, Markdown and others"
        raise DataFileError("this is no text: it holds NUL characters", hint=hint)
    return Decoded(with_line_feeds(text), encoding, is_sure)


def _read(data: bytes) -> tuple[str, str, bool]:
    encoding, rest = marked(data)
    candidates = [encoding] if encoding else ["utf-8", _wide(data), _declared(data)]
    for candidate in candidates:
        try:
            text = rest.decode(candidate) if candidate else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None and not (candidate == "utf-8" and _wide(data)):
            return text, candidate, True
    last = encoding or _LAST_RESORT
    return rest.decode(last, errors="replace"), last, False


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a text in Latin letters is NUL."""
    head = data[:_HEAD]
    odd, even = head[1::2].count(0), head[::2].count(0)
    half = len(head) // 2
    if half and odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if half and even > half * 0.7 and odd < half * 0.1 else ""


def _declared(data: bytes) -> str:
    """The encoding that a file says it has, by the name that Python gives it; or nothing."""
    for pattern in _DECLARED:
        if found := re.search(pattern, data[:_HEAD]):
            name = found[1].decode("ascii").strip().lower()
            name = re.sub(r"-(?:unix|dos|mac|emacs)$", "", name)
            name = re.sub(r"^latin-(\d+)$", r"latin\1", name)
            name = _NAMES.get(name, name)
            if _is_known(name):
                return name
    return ""


def _is_known(name: str) -> bool:
    try:
        return isinstance(b"".decode(name), str)
    except (LookupError, UnicodeDecodeError):
        return False
