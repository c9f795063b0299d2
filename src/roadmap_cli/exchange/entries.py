"""What other formats and services give: bibliographic entries, before they meet our papers."""

from typing import NamedTuple

from roadmap_cli.curriculum.model import Kind, Level, Link, Status


class Entry(NamedTuple):
    """One bibliographic record, as its source gives it; what the source does not say is empty.

    `line` counts from 1. `authors` are in reading order, each "Given Family", groups whole.
    `arxiv` and `doi` are as `curriculum.identity` writes them. `url` is the link that leads to
    the work itself; `links` are all that it has, with their labels, `url` among them. `key` is
    its name in its file. `section` are the headings above it, the outermost first, and `group`
    is a label that divides one section. `day` is when it got its status (ISO 8601), `rating`
    1 to 5. `note` is private. `doubts` are sentences on what was hard to read.
    """

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    kind: Kind | None = None
    arxiv: str = ""
    doi: str = ""
    url: str = ""
    links: tuple[Link, ...] = ()
    code: str = ""
    key: str = ""
    section: tuple[str, ...] = ()
    group: str = ""
    status: Status | None = None
    day: str = ""
    rating: int | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    minutes: int | None = None
    level: Level | None = None
    requires: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Refused(NamedTuple):
    """An entry that cannot be read: where it stands, why, and its text as it was written."""

    line: int
    reason: str
    key: str = ""
    text: str = ""
    section: tuple[str, ...] = ()


class Left(NamedTuple):
    """What stands among entries and is none: a feed, a folder, a line of prose with a link."""

    line: int
    reason: str
    text: str = ""
    section: tuple[str, ...] = ()


Record = Entry | Refused | Left
"""What a reader of a format gives, in the order of the file: nothing is passed over silently."""
