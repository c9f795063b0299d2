"""Headings of a list become areas, topics and groups of a catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from roadmap_cli.curriculum.model import RESERVED
from roadmap_cli.exchange.keys import slug

Section = tuple[str, ...]
"""Headings, the outermost first."""
_AREA = "Papers"
"""The area of a list that has headings of one level alone."""
_LONGEST = 60
_BELOW = " · "
"""What joins the headings below a topic, which become one group."""


class Place(NamedTuple):
    """A topic by its ids, with its titles, and the group in it, if any."""

    area: str
    topic: str
    area_title: str
    topic_title: str
    group: str = ""


INBOX = Place("inbox", "inbox", "Inbox", "Inbox")
"""Where papers stand of which nobody has said where they belong."""


def places(
    sections: Iterable[Section],
    known: Mapping[Section, str],
    is_taken: Callable[[str], bool] = lambda _: False,
    *,
    are_ours: bool = False,
) -> dict[Section, Place]:
    """The place of each section, in their order.

    The two outermost headings become area and topic, those below them one group; a heading that
    all have in common becomes none. Where no section has two, they are topics of one area.
    `known` are the ids that areas (by one title) and topics (by two) have already; `is_taken`
    tells which ids no new area may have. Sections of an export of ours begin with an area and a
    topic, and stay as they are.
    """
    given = list(dict.fromkeys(sections))
    named = [section for section in given if section]
    shared = 0 if are_ours else _shared(named)
    rest = {section: section[shared:] or section[-1:] for section in given}
    is_deep = are_ours or any(len(titles) > 1 for titles in rest.values())
    ids = _Ids(known, is_taken)
    return {
        section: _place(titles if is_deep or not titles else (_AREA, *titles), ids)
        for section, titles in rest.items()
    }


def _shared(sections: Sequence[Section]) -> int:
    """How many headings, one or none, stand above all that these sections have."""
    outermost = {section[0] for section in sections}
    return int(len(outermost) == 1 and any(len(section) > 1 for section in sections))


def _place(titles: Section, ids: "_Ids") -> Place:
    if not titles:
        return INBOX
    area_title, topic_title = titles[0], titles[1] if titles[1:] else titles[0]
    area = ids.of((area_title,))
    topic = ids.of((area_title, topic_title))
    return Place(area, topic, area_title, topic_title, _BELOW.join(titles[2:]))


class _Ids:
    """The ids of areas and topics by their titles; new ones are made when they are asked for."""

    def __init__(
        self, known: Mapping[Section, str], is_taken: Callable[[str], bool]
    ) -> None:
        self._ids = dict(known)
        self._others = {(titles[:-1], name) for titles, name in known.items()}
        self._is_taken = is_taken

    def of(self, titles: Section) -> str:
        """The id of an area, by one title, or a topic, by two."""
        if titles not in self._ids:
            candidates = _numbered(slug(titles[-1])[:_LONGEST].strip("-") or "section")
            is_free = (name for name in candidates if self._is_free(titles[:-1], name))
            self._ids[titles] = next(is_free)
            self._others.add((titles[:-1], self._ids[titles]))
        return self._ids[titles]

    def _is_free(self, above: Section, name: str) -> bool:
        is_taken = not above and self._is_taken(name)
        return not (is_taken or (above, name) in self._others or name in RESERVED)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))
