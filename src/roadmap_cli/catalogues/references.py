"""What no single field can show: names that must be unique, exist, and not go in a circle."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.catalogues.complaints import Problem, shown
from roadmap_cli.catalogues.document import Document, Paper, Topic
from roadmap_cli.catalogues.positions import Place
from roadmap_cli.curriculum.contradictions import contradictions
from roadmap_cli.curriculum.identity import by_field
from roadmap_cli.language.phrases import counted
from roadmap_cli.language.slips import closest

_RING_SHOWN = 12
"""Papers of a circle that are named before the rest is only counted."""
_OFFERED = 3


class Outline(NamedTuple):
    """What of a paper others refer to, and what tells it from all others."""

    url: str
    arxiv: str
    doi: str
    aliases: Sequence[str]
    requires: Sequence[str]
    helps: Sequence[str]

    @classmethod
    def of(cls, paper: Paper) -> "Outline":
        """The outline of a paper."""
        return cls(
            paper.url,
            paper.arxiv,
            paper.doi,
            tuple(paper.aliases),
            tuple(paper.requires),
            tuple(paper.helps),
        )


Papers = Mapping[str, Paper] | Mapping[str, Outline]


def problems_between(document: Document, papers: Papers) -> list[Problem]:
    """Every problem between the parts of a document whose parts are each in order.

    `papers` are those of the document by key, or their outlines.
    """
    found = [
        *_repeated(document, papers),
        *_missing_papers(document, papers),
        *_never_enough(document),
        *_missing_references(document, papers),
        *_useless_advice(document, papers),
        *_clashing_aliases(papers),
        *_identities(papers),
    ]
    return found or list(_circles(document, papers))


def _topics(document: Document) -> Iterator[tuple[Place, str, Topic]]:
    for a, area in enumerate(document.area):
        for t, topic in enumerate(area.topic):
            yield ("area", a, "topic", t), f"{area.id}/{topic.id}", topic


def _listed(topic: Topic, own_id: str) -> Iterator[tuple[Place, str]]:
    """What a topic of the catalogue with this id lists: own papers by key, others by full name."""
    own = f"{own_id}/"
    yield from ((("papers",), name.removeprefix(own)) for name in topic.papers)
    for g, group in enumerate(topic.group):
        place = ("group", g, "papers")
        yield from ((place, name.removeprefix(own)) for name in group.papers)


def _repeated(document: Document, papers: Papers) -> Iterator[Problem]:
    names: list[tuple[Place, str, str]] = []
    for a, area in enumerate(document.area):
        names.append((("area", a, "id"), "area", area.id))
    for place, name, topic in _topics(document):
        names.append(((*place, "id"), "topic", name))
        for q, question in enumerate(topic.question):
            spot = (*place, "question", q)
            names.append(((*spot, "id"), "question", question.id))
            names += (
                ((*spot, "aliases", number), "question", alias)
                for number, alias in enumerate(question.aliases)
            )
    seen: set[tuple[str, str]] = set()
    for place, kind, name in names:
        if (kind, name) in seen:
            yield Problem(place, f"is the second {kind} of the name `{name}`")
        seen.add((kind, name))
        if kind == "area" and name in papers:
            yield Problem(place, f"is `{name}`, which is the key of a paper too")
    yield from _papers_named_twice(document)


def _papers_named_twice(document: Document) -> Iterator[Problem]:
    for place, _, topic in _topics(document):
        met: set[str] = set()
        for inner, name in _listed(topic, document.id):
            if name in met:
                yield Problem((*place, *inner), f"names `{name}` a second time")
            met.add(name)


def _missing_papers(document: Document, papers: Papers) -> Iterator[Problem]:
    for place, _, topic in _topics(document):
        for inner, name in _listed(topic, document.id):
            # What another catalogue has cannot be known here.
            if name not in papers and "/" not in name:
                yield _not_there((*place, *inner), name, papers)
        for q, question in enumerate(topic.question):
            for name in question.papers:
                if name not in papers and "/" not in name:
                    yield _not_there((*place, "question", q, "papers"), name, papers)


def _never_enough(document: Document) -> Iterator[Problem]:
    for place, _, topic in _topics(document):
        count = sum(1 for _ in _listed(topic, document.id))
        if topic.enough and topic.enough > count:
            what = f"is {topic.enough}, but the topic lists {counted(count, 'paper')}"
            yield Problem((*place, "enough"), what)


def _missing_references(document: Document, papers: Papers) -> Iterator[Problem]:
    known = {*papers, *(name for _, name, _ in _topics(document))}
    wanted: list[tuple[Place, Sequence[str]]] = [
        ((*place, "requires"), topic.requires) for place, _, topic in _topics(document)
    ]
    for key, paper in papers.items():
        wanted.append((("paper", key, "requires"), paper.requires))
        wanted.append((("paper", key, "helps"), paper.helps))
    areas = {area.id for area in document.area}
    for place, names in wanted:
        for name in names:
            first, _, rest = name.partition("/")
            own = rest if first == document.id and name not in known else name
            # What begins with another catalogue's id cannot be known here.
            is_elsewhere = own == name and bool(rest) and first not in areas
            if own not in known and not is_elsewhere:
                yield _not_there(place, name, known)


def _useless_advice(document: Document, papers: Papers) -> Iterator[Problem]:
    """Names in `helps` that add nothing: the paper itself, what it requires, a second time."""
    own = f"{document.id}/"
    for key, paper in papers.items():
        said = {name.removeprefix(own): "`requires` has too" for name in paper.requires}
        said[key] = "is the paper itself"
        for name in paper.helps:
            short = name.removeprefix(own)
            if short in said:
                what = f"names `{shown(name)}`, which {said[short]}"
                yield Problem(("paper", key, "helps"), what)
            said.setdefault(short, "it names already")


def _not_there(place: Place, name: str, known: Collection[str]) -> Problem:
    def offer() -> str:
        # A topic is called by its area too, also within it.
        near = [other for other in known if other.endswith(f"/{name}")]
        near = near[:_OFFERED] or closest(name, known, count=1)
        meant = " or ".join(f"`{other}`" for other in near)
        return f"; did you mean {meant}?" if near else ""

    return Problem(place, f"names `{shown(name)}`, which is not there", offer=offer)


def _clashing_aliases(papers: Papers) -> Iterator[Problem]:
    taken: dict[str, str] = {key: key for key in papers}
    for key, paper in papers.items():
        for alias in paper.aliases:
            owner = taken.setdefault(alias.lower(), key)
            if owner != key:
                what = f"has `{shown(alias)}`, which already means `{owner}`"
                yield Problem(("paper", key, "aliases"), what)


def _identities(papers: Papers) -> Iterator[Problem]:
    """Papers that are one work, and papers that say to be two."""
    first: dict[str, str] = {}
    for key, paper in papers.items():
        named = by_field(arxiv=paper.arxiv, doi=paper.doi, url=paper.url)
        for identity in sorted(set(named.values())):
            if first.setdefault(identity, key) != key:
                both = shown(identity.partition(":")[2])
                what = f"is the same work as `{first[identity]}` (both are {both})"
                yield Problem(("paper", key), what)
        for clash in contradictions(named):
            yield Problem(
                ("paper", key, clash.field),
                f"means {shown(clash.number)}, but `{clash.other_field}` means"
                f" {shown(clash.other_number)}: those are two works",
            )


def _circles(document: Document, papers: Papers) -> Iterator[Problem]:
    needs = _needs(document, papers)
    finished: set[str] = set()
    for start in needs:
        path = {start: iter(needs[start])} if start not in finished else {}
        while path:
            key = next(reversed(path))
            open_ = (
                needed
                for needed in path[key]
                if needed in needs and needed not in finished
            )
            following = next(open_, None)
            if following is None:
                finished.add(key)
                del path[key]
            elif following in path:
                ring = [*path][[*path].index(following) :]
                yield Problem(("paper", key, "requires"), _circle([*ring, following]))
                finished.add(key)
                del path[key]
            else:
                path[following] = iter(needs[following])


def _circle(ring: list[str]) -> str:
    hidden = len(ring) - _RING_SHOWN
    middle = [f"({hidden} more)"] if hidden > 0 else []
    brief = [*ring[: _RING_SHOWN - 1], *middle, ring[-1]] if middle else ring
    return f"goes in a circle: {' → '.join(brief)}"


def _needs(document: Document, papers: Papers) -> Mapping[str, list[str]]:
    """What papers require, by themselves and through their home topics, as paper keys.

    Those that require nothing are left out.
    """
    papers_of = {
        name: [key for _, key in _listed(topic, document.id)]
        for _, name, topic in _topics(document)
    }
    home: dict[str, Topic] = {}
    for _, name, topic in reversed([*_topics(document)]):  # the first has the last word
        home |= dict.fromkeys(papers_of[name], topic)
    needs: dict[str, list[str]] = {}
    for key, paper in papers.items():
        named = [*paper.requires, *(home[key].requires if key in home else [])]
        if not named:
            continue
        short = [required.removeprefix(f"{document.id}/") for required in named]
        # A topic that stands for its papers does not ask one of them for itself.
        expanded = [
            deep
            for reference in short
            for deep in papers_of.get(reference, [reference])
            if deep != key or reference == key
        ]
        needs[key] = [needed for needed in expanded if needed in papers]
    return needs
