"""Papers, areas, topics and sets as values of a database, and back.

What unpacks raises `DamagedError` for a value that cannot have been packed here.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from roadmap_cli.curriculum.model import (
    Area,
    Catalogue,
    Group,
    Kind,
    Level,
    Link,
    Method,
    News,
    Paper,
    Place,
    Question,
    Topic,
)
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.store.database import DamagedError

packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Named tuples as the lists of their values."""


def unpacked(text: object, size: int | None = None) -> list[Any]:
    """The list that was packed; `size` is how many values it has, where that is known."""
    try:
        values = json.loads(text) if isinstance(text, str) else None
    except ValueError as error:
        raise DamagedError from error
    if not isinstance(values, list) or size not in (None, len(values)):
        raise DamagedError
    return values


def head_of(fields: object) -> Catalogue:
    """The catalogue that was packed without its areas and papers."""
    head = Catalogue._make(unpacked(fields, len(Catalogue._fields)))
    return head._replace(areas=(), news=tuple(map(News._make, head.news)))


def paper_of(fields: object) -> Paper:
    """The paper that was packed."""
    values = unpacked(fields, len(Paper._fields))
    paper = Paper._make(
        tuple(value) if isinstance(value, list) else value for value in values
    )
    try:
        return paper._replace(kind=Kind(paper.kind), level=Level(paper.level))
    except ValueError as error:
        raise DamagedError from error


def packed_topic(topic: Topic) -> tuple[str, str]:
    """A topic without its papers, and the keys of these, group by group."""
    groups = [group._replace(papers=()) for group in topic.groups]
    papers = [list(group.papers) for group in topic.groups]
    return packed(topic._replace(groups=tuple(groups))), packed(papers)


def area_of(fields: object, topics: Sequence[Topic]) -> Area:
    """The area that was packed without its topics."""
    area = Area._make(unpacked(fields, len(Area._fields)))
    return area._replace(
        aliases=tuple(area.aliases),
        topics=topics,
        figures=_links(area.figures),
        further=_links(area.further),
    )


def topic_of(fields: object, papers_of: Callable[[Topic, int], Sequence[str]]) -> Topic:
    """The topic that was packed; `papers_of` gives the keys of a group by its number."""
    topic = Topic._make(unpacked(fields, len(Topic._fields)))
    topic = topic._replace(
        aliases=tuple(topic.aliases),
        requires=tuple(topic.requires),
        questions=tuple(map(_question, topic.questions)),
        further=_links(topic.further),
    )
    groups = (
        _group(group, papers_of(topic, number))
        for number, group in enumerate(topic.groups)
    )
    return topic._replace(groups=tuple(groups))


def _question(values: Sequence[Any]) -> Question:
    question = Question._make(values)
    return question._replace(
        aliases=tuple(question.aliases), papers=tuple(question.papers)
    )


def _group(values: Sequence[Any], papers: Sequence[str]) -> Group:
    _, title, summary, methods = values
    return Group(papers, title, summary, tuple(map(Method._make, methods)))


def set_in(place: Place) -> str:
    """What the set of works of a topic, an area or a catalogue is called among all sets."""
    return f"{place.id}/" if isinstance(place, Catalogue) else place.full_name


def packed_set(numbers: Numbers) -> bytes:
    """A set of numbers; one that lie close together, or are few, takes little room."""
    return zlib.compress(numbers.data, 1)


def set_of(data: bytes) -> Numbers:
    """The set of numbers that was packed."""
    try:
        return Numbers(int.from_bytes(zlib.decompress(data), "little"))
    except zlib.error as error:
        raise DamagedError from error


def packed_sets(sets: Iterable[Numbers]) -> bytes:
    """Sets of numbers, one behind the other, each behind its length."""
    return b"".join(
        struct.pack("<I", len(numbers.data)) + numbers.data for numbers in sets
    )


def sets_of(data: bytes) -> Iterator[Numbers]:
    """The sets of numbers that were packed together."""
    start = 0
    while start < len(data):
        (length,) = struct.unpack_from("<I", data, start)
        start += 4
        yield Numbers(int.from_bytes(data[start : start + length], "little"))
        start += length


def _links(values: Iterable[Sequence[str]]) -> tuple[Link, ...]:
    return tuple(map(Link._make, values))
