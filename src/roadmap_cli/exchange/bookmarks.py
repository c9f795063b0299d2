"""Bookmarks as browsers and services write them: the HTML that Netscape had, in all its ways.

Folders are headings (`H3`, Instapaper: `H1`) with a list below them, and become sections.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from roadmap_cli.curriculum.model import Status
from roadmap_cli.exchange import fields
from roadmap_cli.exchange.entries import Entry, Left, Record

_TAG = re.compile(r"<(!--|/?[a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
)
_MOST_QUOTED = 50
"""Times that a `>` may stand in the quoted values of one tag."""
_LISTS = frozenset(["dl", "ol", "ul"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ENDS = frozenset(
    ["dt", "dl", "ol", "ul", "li", "hr", "/dl", "/ol", "/ul", "/body", "/html"]
)
_ARCHIVES = frozenset(["archive", "read archive"])
_UNREAD = frozenset(["unread", "to read"])
_DEEPEST = 1_000


class _Token(NamedTuple):
    """A tag, its attributes as written, and the text behind it, up to the next one."""

    line: int
    name: str
    attributes: str
    text: str


def read(text: str) -> Iterator[Record]:
    """The bookmarks of a file in its order; what is no page of the web is left out with a word."""
    yield from _Reader().read(_tokens(text))


def _tokens(text: str) -> Iterator[_Token]:
    line, counted = 1, 0
    match = _TAG.search(text)
    while match:
        line += text.count("\n", counted, match.start())
        counted = match.start()
        end = (
            text.find("-->", match.end())
            if match[1] == "!--"
            else _end(text, match.end())
        )
        if end < 0:
            return
        following = _TAG.search(text, end)
        behind = text[end + 1 : following.start() if following else len(text)]
        yield _Token(line, match[1].lower(), text[match.end() : end], behind)
        match = following


def _end(text: str, place: int) -> int:
    """Where the `>` is that ends a tag; -1 if there is none."""
    end = place
    for _ in range(_MOST_QUOTED):
        end = text.find(">", end)
        if end < 0 or text.count('"', place, end) % 2 == 0:
            break
        end += 1
    return end


class _Reader:
    """Where in the file the reader is, and the bookmark that is not told whole yet."""

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.heading = ""  # the last one that has no list yet
        self.written: list[str] = []
        self.place = self.opened = ""
        self.entry: Entry | None = None
        self.attributes: dict[str, str] = {}

    def read(self, tokens: Iterator[_Token]) -> Iterator[Record]:
        for token in tokens:
            name = token.name
            if self.place in ("a", "h") and name in (f"/{self.opened}", *_ENDS, "dd"):
                self._named()
            if name in _ENDS or (name == "a" and self.place != "dd"):
                yield from self._told()
            self._step(token)
            if self.place:
                self.written.append(token.text)
        self._named()
        yield from self._told()

    def _step(self, token: _Token) -> None:
        name = token.name
        if name == "a" and self.place != "dd":
            self.attributes = _attributes(token.attributes)
            self.entry = Entry(token.line, section=tuple(filter(None, self.folders)))
            self._write("a", name)
        elif name in _HEADINGS:
            self.heading = ""
            self._write("h", name)
        elif name == "dd":
            self._write("dd", name)
        elif name in _LISTS:
            is_title = name == "dl" and self.opened == "h1" and not self.folders
            self.folders = [*self.folders, "" if is_title else self.heading][:_DEEPEST]
            self.heading = ""
        elif name in ("/dl", "/ol", "/ul"):
            self.folders = self.folders[:-1]

    def _write(self, place: str, opened: str) -> None:
        self.place, self.opened, self.written = place, opened, []

    def _named(self) -> None:
        """What was written is the title of a bookmark or the name of a folder."""
        said = fields.from_html("".join(self.written))
        if self.place == "h":
            self.heading = said
        elif self.place == "a" and self.entry is not None:
            self.entry = self.entry._replace(title=said)
        elif self.place == "dd" and self.entry is not None:
            self.entry = self.entry._replace(note=said)
        self.place, self.written = "", []

    def _told(self) -> Iterator[Record]:
        if self.place == "dd":
            self._named()
        entry, self.entry = self.entry, None
        if entry is not None:
            yield _record(entry, self.attributes)


def _record(entry: Entry, said: dict[str, str]) -> Record:
    place = said.get("href", "")
    links = fields.whole_link(place)
    if not links:
        scheme = place.partition(":")[0] or "nothing"
        reason = f"it leads to no page of the web: `{fields.plain(scheme)[:20]}:`"
        return Left(entry.line, reason, fields.plain(place)[:200], entry.section)
    if "feedurl" in said:
        return Left(entry.line, "it is a feed, no paper", links[0].url, entry.section)
    title = "" if fields.links_in(entry.title) else entry.title
    tags = fields.tags_in(unescape(said.get("tags", "")), ",")
    entry = entry._replace(
        title=title, links=links, tags=tags, status=_status(entry, said)
    )
    return fields.identified(entry, arxivs=[title])


def _status(entry: Entry, said: dict[str, str]) -> Status | None:
    folder = entry.section[-1].casefold() if entry.section else ""
    if said.get("toread") == "1" or said.get("unread") == "1" or folder in _UNREAD:
        return Status.TODO
    return Status.READ if folder in _ARCHIVES else None


def _attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, their names in lower case, the first of each name."""
    said: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        said.setdefault(name.lower(), unescape(double or single or bare).strip())
    return said
