"""The links of a library: where each stands, and who is asked whether it leads anywhere."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple
from urllib.parse import urldefrag, urlsplit

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Link, Paper, Place, Topic
from roadmap_cli.curriculum.places import areas_of, papers_in, topics_of

Field = Literal["url", "doi", "arxiv", "code", "further", "figure", "source"]
_ARXIV = "arxiv.org"
_FRONT = frozenset(["", "/", "/index.html", "/index.htm", "/index.php", "/home"])
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")


class Target(NamedTuple):
    """Whom a link means: an arXiv id or a DOI, each with a service of its own, or a page."""

    kind: Literal["arxiv", "doi", "page"]
    address: str

    @property
    def name(self) -> str:
        """It as a text: what is known of it is kept under that."""
        return f"{self.kind}:{self.address}"

    @property
    def host(self) -> str:
        """The host that is asked, in lower case."""
        if self.kind != "page":
            return f"{self.kind}.org"
        try:
            return (urlsplit(self.address).hostname or "").removeprefix("www.")
        except ValueError:
            return ""


class Linked(NamedTuple):
    """A link, and what has it: a paper, a topic, an area or a catalogue."""

    owner: Paper | Place
    field: Field
    url: str

    @property
    def target(self) -> Target:
        """Whom it means."""
        return target_of(self.url)


def target_of(url: str) -> Target:
    """Whom a link means; what stands behind a `#` of a page is nothing to ask for."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        host = ""
    is_arxiv = host == _ARXIV or host.endswith(f".{_ARXIV}")
    if is_arxiv and (number := identity.arxiv_id(url)):
        return Target("arxiv", number)
    if host in _DOI_HOSTS and (number := identity.doi(url)):
        return Target("doi", number)
    return Target("page", urldefrag(url).url)


def with_part_of(url: str, moved_to: str) -> str:
    """Where a link has moved to, with what stands behind the `#` of the link."""
    part = urldefrag(url).fragment
    return f"{moved_to}#{part}" if part and "#" not in moved_to else moved_to


def is_front_page(url: str, moved_to: str) -> bool:
    """Whether a link to something leads to the front page of the same site now.

    That is how many sites answer for what they have no more.
    """
    before, after = urlsplit(url), urlsplit(moved_to)
    hosts = {(part.hostname or "").removeprefix("www.") for part in (before, after)}
    is_front = after.path.lower() in _FRONT and not after.query
    return is_front and before.path.lower() not in _FRONT and len(hosts) == 1


def links_of(paper: Paper) -> Iterator[Linked]:
    """The links of a paper, also those that its numbers make; each target once."""
    found: dict[Target, Linked] = {}
    numbers: tuple[tuple[Field, str], ...] = (
        ("url", paper.url),
        ("doi", identity.page(arxiv="", doi=paper.doi)),
        ("arxiv", identity.page(arxiv=paper.arxiv, doi="")),
        ("code", paper.code),
    )
    for field, url in numbers:
        if url:
            linked = Linked(paper, field, url)
            found.setdefault(linked.target, linked)
    yield from found.values()


def links_in(library: Library, place: Place) -> Iterator[Linked]:
    """The links of a place: its own, those of the places in it, those of its papers."""
    yield from _own(library, place)
    for paper in papers_in(library, place):
        yield from links_of(paper)


def _own(library: Library, place: Place) -> Iterator[Linked]:
    if isinstance(place, Catalogue):
        if place.source:
            yield Linked(place, "source", place.source)
        for area in areas_of(library, place):
            yield from _own(library, area)
        return
    if isinstance(place, Area):
        for figure in place.figures:
            yield Linked(place, "figure", figure.url)
            if figure.source:
                yield Linked(place, "figure", figure.source)
        for topic in topics_of(library, place):
            yield from _further(topic, topic.further)
    yield from _further(place, place.further)


def _further(place: Area | Topic, links: Iterable[Link]) -> Iterator[Linked]:
    for link in links:
        yield Linked(place, "further", link.url)
