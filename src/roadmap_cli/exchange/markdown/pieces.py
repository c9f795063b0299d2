"""What stands in a line: a flat row of pieces, which are text, links, images and line breaks."""

import re
from typing import Literal, NamedTuple


class Piece(NamedTuple):
    """A run of text in one style, a link with its whole text, an image, or a line break.

    A note is a link of Obsidian: it has a name and leads nowhere outside.

    `url` is where a link leads, and where an image lies. `badge` is what an image says: that
    alone, or the one that a link consists of. A break has the newlines of the file as `text`.
    """

    kind: Literal["text", "link", "note", "image", "break", "key"]
    text: str = ""
    url: str = ""
    badge: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False


Pieces = tuple[Piece, ...]

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = r"""(?i)\b{}\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"""
_HREF, _SRC, _ALT = (re.compile(_ATTRIBUTE.format(n)) for n in ("href", "src", "alt"))
_OWN_KEY = re.compile(r"<!--\s*roadmap:([a-z0-9/_-]{1,200})\s*-->")
ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}|\"\\^`（）【】「」《》，。；、！]+")
_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "struck",
    "del": "struck",
    "strike": "struck",
}
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufffd"
    "\U000e0000-\U000e007f]+"
)


def visible(text: str) -> str:
    """The text without characters that nobody sees or that a terminal would obey."""
    return _HIDDEN.sub("", text)


class Collector:
    """Gathers pieces while styles and links open and close, of Markdown or of HTML."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._depths = {"bold": 0, "italic": 0, "struck": 0}
        self._styled = False
        self._link: str | None = None
        self._inside = 0

    def text(self, text: str) -> None:
        """Add text in the styles that are open; an address in it is a link."""
        if "://" in text and self._link is None:
            end = 0
            for match in ADDRESS.finditer(text):
                self._words(text[end : match.start()])
                end = match.start() + len(match[0].rstrip(".,;:!?'*_"))
                address = text[match.start() : end]
                self._add(Piece("link", address, address))
            text = text[end:]
        self._words(text)

    def image(self, alt: str, src: str) -> None:
        """Add an image with what it says."""
        self.pieces.append(
            Piece("image", url=src, badge=f"{alt} {_badge_words(src)}".strip())
        )

    def line_break(self, newlines: int) -> None:
        """Add the end of a line; one that HTML asks for has no newline in the file."""
        if self._link is None:
            self.pieces.append(Piece("break", "\n" * newlines))
        else:
            self.text(" ")

    def style(self, name: str, *, opens: bool) -> None:
        """Open or close one of the three styles."""
        self._depths[name] = max(0, self._depths[name] + (1 if opens else -1))
        self._styled = any(self._depths.values())

    def open_link(self, url: str) -> None:
        """Begin a link; one that is still open ends here."""
        self.close_link()
        self._link, self._inside = url, len(self.pieces)

    def close_link(self) -> None:
        """Make one piece of all that stands in the link."""
        if self._link is None:
            return
        inside, url = self.pieces[self._inside :], self._link
        del self.pieces[self._inside :]
        self._link = None
        text = "".join(piece.text for piece in inside)
        badge = " ".join(piece.badge for piece in inside if piece.badge)
        link = Piece("link", text.strip(), url, badge)
        self._add(link._replace(bold=any(piece.bold for piece in inside)))

    def tag(self, raw: str) -> None:
        """Take one tag of HTML, or a comment, as it is written."""
        if raw.startswith("<!--"):
            if key := _OWN_KEY.match(raw):
                self.pieces.append(Piece("key", key[1]))
            return
        match = _TAG.match(raw)
        if not match:
            return
        opens, name = not match[1], match[2].lower()
        if name == "a":
            self._anchor(raw, opens=opens)
        elif name == "br":
            self.line_break(0)
        elif name == "img":
            self.image(_attribute(_ALT, raw), _attribute(_SRC, raw))
        elif name in _STYLES:
            self.style(_STYLES[name], opens=opens)

    def finish(self) -> Pieces:
        """Everything gathered so far; the collector is empty afterwards."""
        self.close_link()
        pieces, self.pieces = tuple(self.pieces), []
        self._depths = dict.fromkeys(self._depths, 0)
        self._styled = False
        return pieces

    def _words(self, text: str) -> None:
        if text:
            self._add(Piece("text", text))

    def _anchor(self, raw: str, *, opens: bool) -> None:
        if not opens:
            self.close_link()
        elif url := _attribute(_HREF, raw):
            self.open_link(url)

    def _add(self, piece: Piece) -> None:
        depths = self._depths
        if self._styled:
            bold = piece.bold or depths["bold"] > 0
            piece = Piece(*piece[:4], bold, depths["italic"] > 0, depths["struck"] > 0)
        self.pieces.append(piece)


def _attribute(pattern: re.Pattern[str], raw: str) -> str:
    from html import unescape

    match = pattern.search(raw)
    return unescape(match[1].strip("\"'")).strip() if match else ""


_BADGE = re.compile(
    r"(?i)https?://(?:img\.shields\.io|badgen\.net|[\w.-]*badge[\w.-]*)/(?:static/v1\?|badge/)([^?#]*)"
)


def _badge_words(src: str) -> str:
    """What a badge says that is made by its address: `…/badge/NeurIPS-2023-blue`."""
    match = _BADGE.match(src)
    if not match:
        return ""
    from urllib.parse import unquote

    words = unquote(match[1]).replace("--", "\0").removesuffix(".svg").split("-")
    return " ".join(words[:-1]).replace("\0", "-").replace("_", " ")
