"""Pieces as one text with marks in it, so that patterns can see links and styles.

The marks are characters of the private use areas, which no text has here (`pieces.visible`).
"""

import re
from typing import NamedTuple

from roadmap_cli.exchange.markdown import vocabulary
from roadmap_cli.exchange.markdown.pieces import Piece, Pieces

BOLD, BOLD_END, ITALIC, ITALIC_END, STRUCK, STRUCK_END = (
    "\ue000\ue001\ue002\ue003\ue004\ue005"
)
MARKS = re.compile("[\ue000-\uf8ff]")
_FIRST_LABEL, _FIRST_TITLED, _END = 0xE100, 0xF000, 0xF8FF
LABEL, TITLED, ANY_LINK = "[\ue100-\uefff]", "[\uf000-\uf8ff]", "[\ue100-\uf8ff]"


def is_label_mark(mark: str) -> bool:
    """Whether a mark stands for a link that is a label."""
    return _FIRST_LABEL <= ord(mark) < _FIRST_TITLED


_STYLES = (
    ("bold", BOLD, BOLD_END),
    ("italic", ITALIC, ITALIC_END),
    ("struck", STRUCK, STRUCK_END),
)


_ANY = re.compile(ANY_LINK)


_LONGEST = 4_000
"""Characters of a phrase that are looked at, each link being one."""


class PhraseLink(NamedTuple):
    """A link of a phrase; `is_bare` for an address that is its own text.

    The text of a link that is an image is what the image says, which is no text of the phrase.
    """

    mark: str
    text: str
    url: str
    is_bare: bool
    is_badge: bool = False


class Phrase(NamedTuple):
    """A text with a mark for each link, of one range for labels and of another for titles.

    `anchors` counts the links within the page; their texts are text. `badges` are what images
    say, `newlines` how many line breaks of the file stand before each line, `key` the name of
    one of our papers that a comment gives.
    """

    text: str
    links: dict[str, PhraseLink]
    anchors: int
    badges: tuple[str, ...]
    key: str

    def plain(self, text: str) -> str:
        """A part of the text with the texts of its links and without marks."""
        if self.links:
            text = _ANY.sub(self._shown, text)
        return " ".join(MARKS.sub("", text).split())

    def _shown(self, match: re.Match[str]) -> str:
        link = self.links[match[0]]
        return "" if link.is_badge else link.text

    def without_addresses(self) -> str:
        """The text as `plain`, but without links that are their own text."""
        bare = {ord(link.mark): " " for link in self.links.values() if link.is_bare}
        return self.plain(self.text.translate(bare))

    @property
    def has_links(self) -> bool:
        """Whether anything leads out of the page."""
        return bool(self.links)


def of_pieces(pieces: Pieces) -> Phrase:
    """The pieces as a phrase."""
    parts: list[str] = []
    links: dict[str, PhraseLink] = {}
    badges: list[str] = []
    anchors, key, styles = 0, "", (False, False, False)
    for piece in pieces:
        now = (piece.bold, piece.italic, piece.struck)
        if now != styles and piece.kind in ("text", "link", "note"):
            parts.append(_change(styles, now))
            styles = now
        match piece.kind:
            case "text":
                parts.append(piece.text)
            case "break":
                if not parts or parts[-1] != "\n":
                    parts.append("\n")
            case "image":
                badges.append(piece.badge)
            case "key":
                key = piece.text
            case _:
                anchors += _is_anchor(piece)
                parts.append(_linked(piece, links, badges))
    if any(styles):
        parts.append(_change(styles, (False, False, False)))
    return Phrase("".join(parts)[:_LONGEST], links, anchors, tuple(badges), key)


def _linked(piece: Piece, links: dict[str, PhraseLink], badges: list[str]) -> str:
    """What stands for a link: its mark, or its text if it leads nowhere outside."""
    if piece.kind == "link" and _is_anchor(piece):
        return piece.text
    if not piece.url and vocabulary.is_label(piece.text):
        return ""
    return (
        piece.text
        if piece.kind == "link" and not piece.url
        else _mark(piece, links, badges)
    )


def _mark(piece: Piece, links: dict[str, PhraseLink], badges: list[str]) -> str:
    """The mark of a link, which is put among the links; its text where there are too many."""
    is_bare = piece.text == piece.url
    is_label = is_bare or vocabulary.is_label(piece.text)
    mark = chr((_FIRST_LABEL if is_label else _FIRST_TITLED) + len(links))
    if len(links) > _END - _FIRST_TITLED:
        return piece.text
    if piece.badge:
        badges.append(piece.badge)
    links[mark] = PhraseLink(
        mark, piece.text or piece.badge, piece.url, is_bare, not piece.text
    )
    return mark


def _is_anchor(piece: Piece) -> bool:
    url = piece.url
    return url.startswith(("#", "./#", "mailto:", "/#")) or (
        url.startswith(("README", "readme")) and "#" in url
    )


def _change(old: tuple[bool, ...], new: tuple[bool, ...]) -> str:
    ends = (
        end
        for (_, _, end), was, now in zip(_STYLES, old, new, strict=True)
        if was and not now
    )
    starts = (
        start
        for (_, start, _), was, now in zip(_STYLES, old, new, strict=True)
        if now and not was
    )
    return "".join([*ends, *starts])
