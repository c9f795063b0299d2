"""One paragraph of Markdown as pieces.

markdown-it has a parser for this too; it takes most of the time of a large list. Here one
pattern finds what may matter, and each character is looked at a bounded number of times.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import NamedTuple

from roadmap_cli.exchange.markdown.pieces import ADDRESS, Collector, Piece, Pieces

_LAST_OF_SIGNS = 0x2FFF
_LONGEST_NAME = 200

_ADDRESS = r"(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<url>[^\s()]{0,2000}(?:\([^\s()]{0,200}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,3}\)[^\s()]{0,200}){0,5}))"
_TOKEN = re.compile(
    rf"""(?sx)
      (?P<text>[^\\`!\[\]<&*_~\n]+)
    | \\(?P<escaped>[!-/:-@\[-`{{-~])
    | (?P<break>\\?[ ]*\n[ ]*)
    | (?P<ticks>`+)(?!`)(?P<code>.{{1,400}}?)(?<!`)(?P=ticks)(?!`)
    | \[\[(?P<note>[^\[\]\n]{{1,200}})\]\](?![(\[:])
    | (?P<link>\[(?P<words>[^\\`!\[\]<&*_~\n]{{1,500}})\]\((?P<plain>[^\s()<>\\&]{{1,2000}})\))
    | (?P<open>!?\[)
    | \](?P<target>\(\s*{_ADDRESS}(?:\s+(?:"[^"]{{0,500}}"|'[^']{{0,500}}'|\([^()]{{0,500}}\)))?\s*\) | \[(?P<name>[^\[\]]{{0,200}})\])?
    | <(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]*)>
    | (?P<tag><!--.{{0,2000}}?--> | </?[a-zA-Z][^<>]{{0,2000}}>)
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|\w{{1,31}});)
    | (?P<run>\*+|_+|~~+)
    | (?P<other>.)
    """
)
_STYLES = {
    ("*", 1): "italic",
    ("_", 1): "italic",
    ("*", 2): "bold",
    ("_", 2): "bold",
    ("~", 2): "struck",
}
_LONGEST_ADDRESS = 2_000
_DEEPEST = 40
"""Brackets and runs of stars that may be open at a time; what is beyond is text."""


class _Bracket(NamedTuple):
    """A bracket that is open: where its piece stands, and whether it may become a link."""

    at: int
    is_image: bool
    may_link: bool = True


class _Run(NamedTuple):
    """A run of stars, underscores or tildes that may open a style."""

    at: int
    character: str
    length: int


References = Mapping[str, Mapping[str, str]]


def pieces(text: str, references: References) -> Pieces:
    """The pieces of a paragraph; `references` says where named links lead, by their names."""
    return _Line(text, references).read()


class _Line(Collector):
    """A paragraph that is being read."""

    def __init__(self, text: str, references: References) -> None:
        super().__init__()
        self._text = text
        self._references = references
        self._brackets: list[_Bracket] = []
        self._runs: list[_Run] = []
        self._at = 0

    def read(self) -> Pieces:
        """Read it to its end."""
        text = self._text
        while self._at < len(text):
            match = _TOKEN.match(text, self._at)
            if match is None:
                break  # never: any character is a token
            self._at = match.end()
            kind = match.lastgroup
            if kind == "text" and "://" in match[0]:
                self._with_address(match)
            elif kind in ("text", "other"):
                self._words(match[0])
            elif match[0][0] == "]":
                self._close(match)
            else:
                _READERS[str(kind)](self, match)
        return tuple(
            piece for piece in self.finish() if piece.kind != "text" or piece.text
        )

    def _with_address(self, match: re.Match[str]) -> None:
        """Take text up to the end of the first address in it, which may have stars in it."""
        address = ADDRESS.search(
            self._text, match.start(), match.end() + _LONGEST_ADDRESS
        )
        if address is None or address.start() >= match.end():
            self._words(match[0])
            return
        self._words(self._text[match.start() : address.start()])
        url = address[0].rstrip(".,;:!?'*_~")
        self._add(Piece("link", url, url))
        self._at = address.start() + len(url)

    def take_escaped(self, match: re.Match[str]) -> None:
        self.text(match["escaped"])

    def take_break(self, _: re.Match[str]) -> None:
        self.line_break(1)

    def take_code(self, match: re.Match[str]) -> None:
        self.text(match["code"].replace("\n", " ").strip())

    def take_auto(self, match: re.Match[str]) -> None:
        self.pieces.append(Piece("link", match["auto"], match["auto"]))

    def take_tag(self, match: re.Match[str]) -> None:
        before = len(self.pieces)
        self.tag(match["tag"])
        if len(self.pieces) <= before:  # an anchor became one piece, with what is in it
            self._runs = [run for run in self._runs if run.at < len(self.pieces) - 1]
        if newlines := match["tag"].count("\n"):
            self.line_break(newlines)

    def take_note(self, match: re.Match[str]) -> None:
        """Take a link of Obsidian: the name of a note, and maybe how it is shown."""
        name, _, shown = match["note"].partition("|")
        note = name.rsplit("/", 1)[-1].partition("#")[0]
        self._add(Piece("note", (shown or note or name).strip()))

    def take_entity(self, match: re.Match[str]) -> None:
        self.text(unescape(match[0]))

    def take_link(self, match: re.Match[str]) -> None:
        """Take a link of which nothing need be looked at more closely, as most are, at once."""
        if "://" in match["words"] or len(self._brackets) >= _DEEPEST:
            self._at = match.start() + 1
            self._open("[")
        else:
            self._add_link(Piece("link", match["words"].strip(), match["plain"]))

    def take_open(self, match: re.Match[str]) -> None:
        self._open(match[0])

    def _open(self, bracket: str) -> None:
        if len(self._brackets) < _DEEPEST:
            self._brackets.append(_Bracket(len(self.pieces), bracket == "!["))
        self.pieces.append(Piece("text", bracket))

    def _close(self, match: re.Match[str]) -> None:
        """Make a link or an image of what stands in brackets, if an address belongs to it."""
        bracket = self._brackets.pop() if self._brackets else None
        if bracket is None or not bracket.may_link or bracket.at >= len(self.pieces):
            self._bracket_only(match)
            return
        url = self._url(match, bracket)
        if url is None:
            self._bracket_only(match)
            return
        inside = self.pieces[bracket.at + 1 :]
        del self.pieces[bracket.at :]
        self._runs = [run for run in self._runs if run.at < bracket.at]
        if bracket.is_image:
            self.image("".join(piece.text for piece in inside), url)
            return
        badge = " ".join(piece.badge for piece in inside if piece.badge)
        words = "".join(
            " " if piece.kind == "break" else piece.text for piece in inside
        ).strip()
        is_bold = any(piece.bold for piece in inside)
        self._add_link(Piece("link", words, url, badge, is_bold))

    def _add_link(self, link: Piece) -> None:
        """Add a link; of the brackets around it only images may still become one."""
        self._add(link)
        if self._brackets:
            self._brackets = [
                outer._replace(may_link=outer.is_image) for outer in self._brackets
            ]

    def _url(self, match: re.Match[str], bracket: _Bracket) -> str | None:
        if match["url"] is not None or match["angled"] is not None:
            return _unescaped(match["url"] or match["angled"] or "")
        name = match["name"] or "".join(
            piece.text for piece in self.pieces[bracket.at + 1 :]
        )
        reference = (
            self._references.get(_folded(name)) if len(name) <= _LONGEST_NAME else None
        )
        return reference["href"] if reference else None

    def _bracket_only(self, match: re.Match[str]) -> None:
        """Take the bracket as text, and read on behind it."""
        self.text("]")
        self._at = match.start() + 1

    def take_run(self, match: re.Match[str]) -> None:
        """Close the styles that a run of stars can close, or note that it may open one."""
        character, count = match[0][0], len(match[0])
        before = self._text[match.start() - 1 : match.start()] or " "
        after = self._text[match.end() : match.end() + 1] or " "
        opens, closes = _flanks(before, after, is_underscore=character == "_")
        while closes and count and (run := self._opener(character, count)):
            width = 2 if min(run.length, count) > 1 else 1
            self._style_from(run, width)
            count -= width
        if count and opens and len(self._runs) < _DEEPEST:
            self._runs.append(_Run(len(self.pieces), character, count))
        if count:
            self.pieces.append(Piece("text", character * count))

    def _opener(self, character: str, count: int) -> _Run | None:
        floor = self._brackets[-1].at if self._brackets else -1
        for at in range(len(self._runs) - 1, -1, -1):
            run = self._runs[at]
            if (
                run.character == character
                and run.at > floor
                and (character != "~" or min(run.length, count) > 1)
            ):
                del self._runs[at + 1 :]
                return run
        return None

    def _style_from(self, run: _Run, width: int) -> None:
        """Give the pieces since a run a style, and take the stars that did it out of the text."""
        style = _STYLES[run.character, width]
        for at in range(run.at + 1, len(self.pieces)):
            if self.pieces[at].kind in ("text", "link"):
                self.pieces[at] = self.pieces[at]._replace(**{style: True})  # type: ignore[arg-type]
        rest = run.length - width
        self.pieces[run.at] = Piece("text", run.character * rest)
        self._runs.pop()
        if rest:
            self._runs.append(run._replace(length=rest))


_READERS: dict[str, Callable[[_Line, re.Match[str]], None]] = {
    "escaped": _Line.take_escaped,
    "break": _Line.take_break,
    "code": _Line.take_code,
    "auto": _Line.take_auto,
    "tag": _Line.take_tag,
    "note": _Line.take_note,
    "entity": _Line.take_entity,
    "link": _Line.take_link,
    "open": _Line.take_open,
    "run": _Line.take_run,
}


def _flanks(before: str, after: str, *, is_underscore: bool) -> tuple[bool, bool]:
    """Whether a run between two characters can open a style, and whether it can close one."""
    opens = not after.isspace() and (_is_word(after) or not _is_word(before))
    closes = not before.isspace() and (_is_word(before) or not _is_word(after))
    if is_underscore:
        return opens and not (closes and _is_word(before)), closes and not (
            opens and _is_word(after)
        )
    return opens, closes


def _is_word(character: str) -> bool:
    return character.isalnum() or ord(character) > _LAST_OF_SIGNS


def _unescaped(url: str) -> str:
    url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url) if "\\" in url else url
    return unescape(url) if "&amp;" in url or "&#" in url else url


def _folded(name: str) -> str:
    """The name of a link as markdown-it keeps it."""
    return " ".join(name.split()).lower().upper()
