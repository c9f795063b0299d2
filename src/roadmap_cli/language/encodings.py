"""What the bytes of a text say of themselves: byte order marks; and line ends."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and what they say."""


def marked(data: bytes) -> tuple[str, bytes]:
    """The encoding that a byte order mark names, or nothing, and the bytes behind the mark."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "", data


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each line end, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
