"""What no single field can show: names that must be unique, exist, and not go in a circle."""

from collections import Counter
from collections.abc import Iterator, Mapping

from roadmap_cli.identity import arxiv_id, identities
from roadmap_cli.schema.complaints import Problem
from roadmap_cli.schema.document import Document, Topic
from roadmap_cli.schema.places import Place
from roadmap_cli.spelling import closest


def problems_between(document: Document) -> list[Problem]:
    """Every problem between the parts of a document whose parts are each in order."""
    found = [
        *_repeated_ids(document),
        *_missing_papers(document),
        *_missing_requirements(document),
        *_clashing_aliases(document),
        *_twins(document),
        *_crooked_links(document),
    ]
    return found or list(_circles(document))


def _topics(document: Document) -> Iterator[tuple[Place, str, Topic]]:
    for a, area in enumerate(document.area):
        for t, topic in enumerate(area.topic):
            yield ("area", a, "topic", t), f"{area.id}/{topic.id}", topic


def _keys(topic: Topic) -> Iterator[tuple[Place, str]]:
    yield from ((("papers",), key) for key in topic.papers)
    for g, group in enumerate(topic.group):
        yield from ((("group", g, "papers"), key) for key in group.papers)


def _repeated_ids(document: Document) -> Iterator[Problem]:
    areas = Counter(area.id for area in document.area)
    yield from ((("area",), f"has `{one}` twice") for one, n in areas.items() if n > 1)
    topics = Counter(name for _, name, _ in _topics(document))
    yield from (
        (("area",), f"has the topic `{one}` twice")
        for one, n in topics.items()
        if n > 1
    )
    asked = Counter(
        one.id for _, _, topic in _topics(document) for one in topic.question
    )
    yield from (
        (("area",), f"has the question `{one}` twice")
        for one, n in asked.items()
        if n > 1
    )
    for place, _, topic in _topics(document):
        keys = Counter(key for _, key in _keys(topic))
        yield from (
            (place, f"has the paper `{one}` twice") for one, n in keys.items() if n > 1
        )


def _missing_papers(document: Document) -> Iterator[Problem]:
    for place, _, topic in _topics(document):
        for inner, key in _keys(topic):
            if key not in document.paper:
                yield (*place, *inner), f"names `{key}`{_nearest(key, document.paper)}"


def _missing_requirements(document: Document) -> Iterator[Problem]:
    topics = {name for _, name, _ in _topics(document)}
    known = {*document.paper, *topics}
    for place, _, topic in _topics(document):
        for name in topic.requires:
            if name not in known and not _is_elsewhere(name, document, topics):
                yield (*place, "requires"), f"names `{name}`{_nearest(name, known)}"
    for key, paper in document.paper.items():
        for name in paper.requires:
            if name not in known and not _is_elsewhere(name, document, topics):
                yield (
                    ("paper", key, "requires"),
                    f"names `{name}`{_nearest(name, known)}",
                )


def _is_elsewhere(name: str, document: Document, topics: set[str]) -> bool:
    """Whether the name is one of another catalogue, which this file cannot know."""
    first, _, rest = name.partition("/")
    if first == document.id:
        return rest in topics or rest in document.paper
    return bool(rest) and first not in {area.id for area in document.area}


def _nearest(name: str, known: object) -> str:
    near = closest(name, list(known), count=1)  # type: ignore[call-overload]
    return ", which is not there" + (f"; did you mean `{near[0]}`?" if near else "")


def _clashing_aliases(document: Document) -> Iterator[Problem]:
    taken: dict[str, str] = {key: key for key in document.paper}
    for key, paper in document.paper.items():
        for alias in paper.aliases:
            owner = taken.setdefault(alias.lower(), key)
            if owner != key:
                yield (
                    ("paper", key, "aliases"),
                    f"has `{alias}`, which already means `{owner}`",
                )


def _twins(document: Document) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key, paper in document.paper.items():
        for one in sorted(identities(arxiv=paper.arxiv, doi=paper.doi, url=paper.url)):
            if first.setdefault(one, key) != key:
                what = one.partition(":")[2]
                yield (
                    ("paper", key),
                    f"is the same work as `{first[one]}` (both are {what})",
                )


def _crooked_links(document: Document) -> Iterator[Problem]:
    for key, paper in document.paper.items():
        number = arxiv_id(paper.url)
        if number and paper.url != f"https://arxiv.org/abs/{number}":
            yield ("paper", key, "url"), f"should be https://arxiv.org/abs/{number}"


def _circles(document: Document) -> Iterator[Problem]:
    needs = _needs(document)
    finished: set[str] = set()
    for start in needs:
        path = {start: iter(needs[start])} if start not in finished else {}
        while path:
            key = next(reversed(path))
            following = next((one for one in path[key] if one not in finished), None)
            if following is None:
                finished.add(key)
                del path[key]
            elif following in path:
                ring = [*path][[*path].index(following) :]
                yield (
                    ("paper", key, "requires"),
                    f"goes in a circle: {' → '.join([*ring, following])}",
                )
                finished.add(key)
                del path[key]
            else:
                path[following] = iter(needs[following])


def _needs(document: Document) -> Mapping[str, list[str]]:
    """What each paper requires, by itself and through its home topic, as paper keys."""
    papers_of = {
        name: [key for _, key in _keys(topic)] for _, name, topic in _topics(document)
    }
    home: dict[str, Topic] = {}
    for _, _, topic in _topics(document):
        for _, key in _keys(topic):
            home.setdefault(key, topic)
    needs: dict[str, list[str]] = {}
    for key, paper in document.paper.items():
        named = [*paper.requires, *(home[key].requires if key in home else [])]
        short = [one.removeprefix(f"{document.id}/") for one in named]
        expanded = [deep for one in short for deep in papers_of.get(one, [one])]
        needs[key] = [one for one in expanded if one in document.paper and one != key]
    return needs
