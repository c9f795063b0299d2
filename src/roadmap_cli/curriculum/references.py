"""What catalogues name of each other: found where it is loaded, left out where it is not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Area, Group, Paper, Topic

if TYPE_CHECKING:
    from roadmap_cli.curriculum.library import Library


class Missing(NamedTuple):
    """A full name that a topic or paper of another catalogue refers to, and that means nothing.

    `by` is the full name of that topic or paper.
    """

    by: str
    name: str


def resolved(area: Area, library: "Library") -> Area:
    """An area whose topics list, of other catalogues, what the library has."""
    if not any(_foreign(topic) for topic in area.topics):
        return area
    return area._replace(
        topics=tuple(
            _resolved(topic, library) if _foreign(topic) else topic
            for topic in area.topics
        )
    )


def _foreign(topic: Topic) -> list[str]:
    """The full names of other catalogues' papers that a topic lists."""
    return [name for name in topic.papers if "/" in name]


def _resolved(topic: Topic, library: "Library") -> Topic:
    """A topic that lists each work once, by a paper that is there and not retired."""
    met: set[str] = set()
    groups: list[Group] = []
    for group in topic.groups:
        names = []
        for name in group.papers:
            paper = _current(library, topic.in_full(name))
            if paper and library.work[paper.name] not in met:
                met.add(library.work[paper.name])
                is_own = paper.catalogue == topic.catalogue
                names.append(paper.key if is_own else paper.name)
        groups.append(group._replace(papers=tuple(names)))
    return topic._replace(groups=tuple(groups))


def _current(library: "Library", name: str) -> Paper | None:
    """The paper of a full name or, if that is retired, another entry of its work that is not."""
    paper = paper_named(library, name)
    if paper and paper.retired:
        paper = library.shown[library.work[paper.name]]
    return None if paper is None or paper.retired else paper


def missing(library: "Library") -> Iterator[Missing]:
    """The names of other catalogues' papers and topics that the library does not have."""
    for catalogue in library.catalogues:
        for topic in (topic for area in catalogue.areas for topic in area.topics):
            for name in _foreign(topic):
                if paper_named(library, name) is None:
                    yield Missing(topic.full_name, name)
            yield from _missing_names(library, topic)
        for paper in catalogue.papers.values():
            if (paper.requires or paper.helps) and not paper.retired:
                yield from _missing_names(library, paper)


def _missing_names(library: "Library", entry: Topic | Paper) -> Iterator[Missing]:
    """What a topic or paper requires, or a paper says would help, and is not there."""
    full_name, helps = (
        (entry.name, entry.helps) if isinstance(entry, Paper) else (entry.full_name, ())
    )
    for name in (*entry.requires, *helps):
        if named_in(library, entry.catalogue, name) is None:
            yield Missing(full_name, name)


def named_in(library: "Library", catalogue: str, name: str) -> Topic | Paper | None:
    """What a catalogue means by the name of a topic or paper, its own or in full another's."""
    names = (f"{catalogue}/{name}", name)
    topics = (library.topics[each] for each in names if each in library.topics)
    papers = (paper for each in names if (paper := paper_named(library, each)))
    return next(topics, None) or next(papers, None)


def paper_named(library: "Library", name: str) -> Paper | None:
    """The paper that a full name means, also one that it had before."""
    work, catalogue = library.answers_to(name), name.partition("/")[0]
    entries = library.entries[work] if work else ()
    return next((paper for paper in entries if paper.catalogue == catalogue), None)
