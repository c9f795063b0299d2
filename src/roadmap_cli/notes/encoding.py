"""A text file of the reader's: in which encoding it is, what it says, and what is added to it.

An encoding is sure where a byte order mark names it, or where the bytes are UTF-8 without a
NUL (which is what UTF-16 without a mark looks like). Nothing else can be told from the bytes,
so nothing is added there: a line in another encoding would make the file unreadable.
"""

from typing import NamedTuple

from roadmap_cli.language.encodings import marked, with_line_feeds


class TextFile(NamedTuple):
    """The text of a file: line ends are line feeds, what is not readable is U+FFFD.

    `problem` says why the encoding is not sure; it is empty where it is. `line_end` is that of
    the last line.
    """

    text: str
    encoding: str
    line_end: str
    problem: str

    def added(self, lines: str) -> bytes:
        """The bytes of more lines, to append to a file whose encoding is sure."""
        more = lines.replace("\n", self.line_end)
        gap = "" if not self.text or self.text.endswith("\n") else self.line_end
        return f"{gap}{more}{self.line_end}".encode(self.encoding)


def decode(contents: bytes) -> TextFile:
    """The text of a file's bytes."""
    encoding, data = marked(contents)
    encoding = encoding or "utf-8"
    problem = ""
    try:
        text = data.decode(encoding)
        if "\0" in text:
            problem = "holds NUL characters, so it is no text in UTF-8"
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        line = with_line_feeds(before).count("\n") + 1
        problem = f"line {line} is not {encoding[:6].rstrip('-').upper()}"
        text = data.decode(encoding, errors="replace")
    return TextFile(with_line_feeds(text), encoding, _last_line_end(text), problem)


def _last_line_end(text: str) -> str:
    last = max(text.rfind("\n"), text.rfind("\r"))
    if last < 0:
        return "\n"
    return "\r\n" if text[last - 1 : last + 1] == "\r\n" else text[last]
