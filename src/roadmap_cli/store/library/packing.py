"""Papers, areas and topics as texts of a database, and back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from roadmap_cli.curriculum.model import (
    Area,
    Group,
    Kind,
    Level,
    Link,
    Method,
    Paper,
    Question,
    Topic,
)

packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Named tuples as the lists of their values."""


def paper_of(fields: str) -> Paper:
    """The paper that was packed."""
    values = json.loads(fields)
    paper = Paper._make(tuple(one) if isinstance(one, list) else one for one in values)
    return paper._replace(kind=Kind(paper.kind), level=Level(paper.level))


def area_of(fields: str) -> Area:
    """The area that was packed, with its topics."""
    area = Area._make(json.loads(fields))
    return area._replace(
        aliases=tuple(area.aliases),
        topics=tuple(map(_topic, area.topics)),
        figures=_links(area.figures),
        further=_links(area.further),
    )


def topic_of(fields: str) -> Topic:
    """The topic that was packed."""
    return _topic(json.loads(fields))


def _topic(values: Sequence[Any]) -> Topic:
    topic = Topic._make(values)
    return topic._replace(
        aliases=tuple(topic.aliases),
        requires=tuple(topic.requires),
        groups=tuple(map(_group, topic.groups)),
        questions=tuple(map(Question._make, topic.questions)),
        further=_links(topic.further),
    )


def _group(values: Sequence[Any]) -> Group:
    papers, title, summary, methods = values
    return Group(tuple(papers), title, summary, tuple(map(Method._make, methods)))


def _links(values: Iterable[Sequence[str]]) -> tuple[Link, ...]:
    return tuple(map(Link._make, values))
