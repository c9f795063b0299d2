"""A checklist in Markdown that GitHub and Obsidian show: headings, boxes, links.

Behind each line the name of its paper stands in a comment, by which it is known again.
"""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum.model import Status
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.fields import plain
from roadmap_cli.exchange.own import marks
from roadmap_cli.exchange.own.checklist import BOXES, DASH, year_at_end

Heading = tuple[int, str]
"""The level of a heading, from 1, and its text."""
_MARKS = re.compile(r"([\\`*_\[\]<>&|~$#=%{}^])")
_GROUP_LEVEL = 3
_ANGLED = re.compile(r"[()\\ ]")
_IN_LINKS = {"<": "%3C", ">": "%3E", "\\": "%5C", " ": "%20"}


def written(entries: Sequence[Entry]) -> str:
    """A file of Markdown."""
    parts = [marks.MARKDOWN]
    above: list[Heading] = []
    lines: list[str] = []
    for entry in entries:
        headings = _headings(entry)
        if headings != above:
            parts += ["\n".join(lines) + "\n"] * bool(lines)
            parts += [f"{text}\n" for text in _way(above, headings)]
            above, lines = headings, []
        lines += [_line(entry), *_note(entry.note)]
    return "\n".join([*parts, *(["\n".join(lines) + "\n"] if lines else [])])


def _headings(entry: Entry) -> list[Heading]:
    """The headings above an entry: of area and topic, and of a group in it."""
    places = [plain(text) for text in entry.section]
    below = [*places[_GROUP_LEVEL - 1 :], plain(entry.group)]
    group = " · ".join(filter(None, below))
    headings = list(enumerate(places[: _GROUP_LEVEL - 1], 1))
    return [*headings, (_GROUP_LEVEL, group)] if group else headings


def _way(above: Sequence[Heading], headings: Sequence[Heading]) -> Iterator[str]:
    """What is written between entries under some headings and those under others."""
    same = 0
    while same < min(len(above), len(headings)) and above[same] == headings[same]:
        same += 1
    is_left = len(above) > same and (
        same == len(headings) or above[same][0] < headings[same][0]
    )
    if is_left and same == 0:
        yield "---"
    for level, text in headings[max(same - is_left, 0) :]:
        yield f"{'#' * level} {_escaped(text)}"


def _line(entry: Entry) -> str:
    title = _escaped(plain(entry.title))
    named = f"[{title}]({_link(entry.url)})" if entry.url else f"**{title}**"
    details = ", ".join(_details(entry))
    told = f"{DASH}{details}" if details else ""
    tags = "".join(f" #{tag}" for tag in entry.tags if re.fullmatch(r"[\w/-]+", tag))
    key = entry.key if re.fullmatch(r"[^\s<>]+", entry.key) else ""
    box = BOXES[entry.status or Status.TODO]
    return f"- [{box}] {named}{told}{tags} <!-- roadmap:{key} -->"


def _details(entry: Entry) -> Iterator[str]:
    """The authors, and then the venue in italics with the year, unless it tells that itself."""
    for author in entry.authors:
        yield _part(author)
    venue = plain(entry.venue)
    year = "" if entry.year is None else str(entry.year)
    if venue and year and year != year_at_end(venue):
        yield f"*{_part(venue)}* {year}"
    elif venue:
        yield f"*{_part(venue)}*"
    elif year:
        yield year


def _part(text: str) -> str:
    """A text between commas, its own ones hidden."""
    return _escaped(plain(text)).replace(",", r"\,")


def _note(note: str) -> Iterator[str]:
    """The lines of a note, as a quotation below its entry."""
    if note:
        yield from (f"  > {line}".rstrip() for line in note.split("\n"))


def _link(url: str) -> str:
    """A link as Markdown takes it, its entities hidden."""
    is_angled = _ANGLED.search(url) is not None
    url = "".join(_IN_LINKS.get(character, character) for character in plain(url))
    url = re.sub(r"&(?=#?\w+;)", "&amp;", url)
    return f"<{url}>" if is_angled else url


def _escaped(text: str) -> str:
    r"""A text whose signs are no marks: `\*`, `\[`."""
    return _MARKS.sub(r"\\\1", text)
