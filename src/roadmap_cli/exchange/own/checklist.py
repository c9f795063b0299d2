"""Checklists in Markdown that `roadmap export` wrote.

A line is ours if it ends with a comment that names its paper; whatever else was written into
such a file since is left to the reader of all other lists.
"""

import re

from roadmap_cli.curriculum.model import Status
from roadmap_cli.exchange.entries import Entry

BOXES = {
    Status.TODO: " ",
    Status.READING: "/",
    Status.READ: "x",
    Status.SKIPPED: "-",
    Status.KNOWN: "~",
}
"""What stands in the box of a status; for GitHub all but the first and `x` are plain text."""
DASH = " — "
_STATUSES = {box: status for status, box in BOXES.items()}
_PLAIN = r"(?:[^\\*\[\]\n]|\\.)"
_LINE = re.compile(
    rf"""[ \t]*[-*+][ ]\[(?P<box>.)\][ ]
    (?:\[(?P<linked>{_PLAIN}+)\]\((?:<(?P<angled>[^<>\n]*)>|(?P<url>[^()<>\s]*))\)
       | \*\*(?P<title>{_PLAIN}+)\*\*)(?P<details>.*)""",
    re.VERBOSE,
)
_COMMENT = re.compile(r" <!-- roadmap:(?P<key>[^\s<>]*) -->(?P<rest>[^<>\n]*)")
_TAG = re.compile(r"#([\w/-]+)")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_IS_OWN = re.compile(r"(?m)^[ \t]*[-*+] \[.\] .*<!-- roadmap:[^\s<>]* -->")
_NOTE = "  > "
_RULE = "---"
_GROUP_LEVEL = 3
_VENUE = re.compile(rf"\*(?P<venue>{_PLAIN}+)\*(?: (?P<year>\d{{1,4}}))?")
_DETAIL = re.compile(r"(?:[^\\,]|\\.|,(?! ))+")
_DONE = re.compile(r"✅ (\d{4}-\d\d-\d\d)")
"""The day on which a task was done, as Obsidian's tasks tell it."""


def is_own(text: str) -> bool:
    """Whether a text has lines of ours."""
    return _IS_OWN.search(text) is not None


class Checklist:
    """The entries of a checklist of ours, and what stands beside them.

    `rest` is the text without our lines, each of which is empty in it; it `has_rest` where
    more than headings is left.
    """

    def __init__(self, text: str) -> None:
        self.entries: list[Entry] = []
        self.has_rest = False
        self._headings: dict[int, str] = {}
        self._is_noting = False
        lines = text.split("\n")
        is_ours = [self._take(line, number) for number, line in enumerate(lines, 1)]
        rest = ("" if ours else line for line, ours in zip(lines, is_ours, strict=True))
        self.rest = "\n".join(rest)

    def _take(self, line: str, number: int) -> bool:
        """Take a line, if it is ours."""
        if entry := self._entry(line, number):
            self.entries.append(entry)
            self._is_noting = True
            return True
        if self._is_noting and line.startswith(_NOTE.rstrip()):
            self._add_to_note(line[len(_NOTE) :])
            return True
        self._is_noting = False
        if match := _HEADING.fullmatch(line):
            level = len(match[1])
            above = {n: text for n, text in self._headings.items() if n < level}
            self._headings = {**above, level: unescaped(match[2])}
        elif line == _RULE:
            self._headings = {}
        elif line and not line.startswith("<!-- exported by roadmap"):
            self.has_rest = True
        return line == _RULE

    def _add_to_note(self, text: str) -> None:
        last = self.entries[-1]
        note = f"{last.note}\n{text}" if last.note else text
        self.entries[-1] = last._replace(note=note)

    def _entry(self, line: str, number: int) -> Entry | None:
        """The entry of a line, if it is as we write one."""
        place = line.rfind(" <!-- roadmap:")
        comment = _COMMENT.fullmatch(line, place) if place >= 0 else None
        match = _LINE.fullmatch(line, 0, place) if comment else None
        if not comment or not match:
            return None
        told, tags = _tagged(match["details"])
        if told and not told.startswith(DASH):
            return None
        authors, venue, year = _details(told.removeprefix(DASH))
        headings = self._headings.items()
        done = _DONE.search(comment["rest"])
        url = match["angled"] or match["url"] or ""
        return Entry(
            number,
            title=unescaped(match["linked"] or match["title"]),
            authors=authors,
            year=year,
            venue=venue,
            url=re.sub(r"&amp;(?=#?\w+;)", "&", url),
            key=comment["key"],
            section=tuple(text for level, text in headings if level < _GROUP_LEVEL),
            group=" · ".join(text for level, text in headings if level >= _GROUP_LEVEL),
            status=_STATUSES.get(match["box"].lower()),
            day=done[1] if done else "",
            tags=tags,
        )


def _tagged(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the tags at its end, and these tags."""
    tags: list[str] = []
    while True:
        before, blank, word = text.rpartition(" ")
        match = _TAG.fullmatch(word)
        if not blank or not match:
            return text, tuple(reversed(tags))
        tags.append(match[1])
        text = before


def unescaped(text: str) -> str:
    """A text without the backslashes that keep Markdown from taking its signs for marks."""
    return re.sub(r"\\(.)", r"\1", text)


def _details(text: str) -> tuple[tuple[str, ...], str, int | None]:
    """Authors, venue and year, as they stand behind a title."""
    parts = [match[0].removeprefix(" ") for match in _DETAIL.finditer(text)]
    venue = _VENUE.fullmatch(parts[-1]) if parts else None
    if venue:
        name = unescaped(venue["venue"])
        told = venue["year"] or year_at_end(name)
    else:
        name = ""
        told = parts[-1] if parts and re.fullmatch(r"\d{1,4}", parts[-1]) else ""
    if venue or told:
        parts.pop()
    return tuple(map(unescaped, parts)), name, int(told) if told else None


def year_at_end(venue: str) -> str:
    """The year that a venue ends with, as `ICLR 2022`; else nothing."""
    match = re.search(r" ([12]\d{3})$", venue, re.ASCII)
    return match[1] if match else ""
