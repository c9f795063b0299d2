"""Which papers of several catalogues are the same work.

Papers that share an identity are one work, also through others in between, but two papers of
one catalogue never are: their author listed them as two. So every paper is joined by the
identity that says most of it first (arXiv id, DOI, link), and by its others only where that
makes no two papers of one catalogue one work. What is joined depends on the papers alone; the
order of catalogues and papers settles only which full name stands for a work.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.identity import by_weight
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import DataFileError


class Bridge(NamedTuple):
    """An entry that shares identities with two papers of one catalogue (all by full name).

    It is taken for `kept`; `identity` is what it shares with `other`, or with a paper that is
    the same work as that.
    """

    entry: str
    kept: str
    other: str
    identity: str


class Works(NamedTuple):
    """The work of each paper, by full names; `bridges` are the entries that joined but one."""

    work: Mapping[str, str]
    bridges: tuple[Bridge, ...] = ()


def join(papers: Iterable[Paper]) -> Works:
    """Find the works of papers; the first paper of each gives it its full name."""
    known = [
        (paper.name, paper.catalogue, by_weight(paper.identities)) for paper in papers
    ]
    holders = Counter(identity for *_, own in known for identity in own)
    groups = _Groups()
    first: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for name, catalogue, own in known:
        shared = [identity for identity in own if holders[identity] > 1]
        if shared:
            groups.add(name, catalogue)
        for identity in shared:
            by_place = first if identity == own[0] else others
            by_place.setdefault(identity, []).append(name)
    for names in first.values():
        _join_all(sorted(names), groups)
    found: dict[tuple[str, str, str], Bridge] = {}
    for identity in by_weight(others):
        names = [*sorted(first.get(identity, ())), *sorted(others[identity])]
        for paper, another in _join_all(names, groups):
            bridge = _bridge(paper, another, groups, identity)
            found.setdefault(bridge[:3], bridge)
    return Works(groups.works(name for name, *_ in known), tuple(found.values()))


class _Groups:
    """Sets of papers that are one work each, with at most one paper of a catalogue.

    What was not added is a work by itself.
    """

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._members: dict[str, dict[str, str]] = {}

    def add(self, name: str, catalogue: str) -> None:
        """Add a group of one paper."""
        self._members[name] = {catalogue: name}

    def members(self, name: str) -> Mapping[str, str]:
        """The papers in the group of a paper, by their catalogues."""
        return self._members[self._top(name)]

    def join(self, paper: str, another: str) -> bool:
        """Make the groups of two papers one unless a catalogue is in both; tell if they are."""
        into, out = self._top(paper), self._top(another)
        if into == out:
            return True
        if len(self._members[into]) < len(self._members[out]):
            into, out = out, into
        if not self._members[into].keys().isdisjoint(self._members[out]):
            return False
        self._members[into] |= self._members.pop(out)
        self._above[out] = into
        return True

    def works(self, names: Iterable[str]) -> dict[str, str]:
        """The first of all these papers that is in the group of each."""
        first: dict[str, str] = {}
        return {name: first.setdefault(self._top(name), name) for name in names}

    def _top(self, name: str) -> str:
        while name in self._above:
            name = self._above[name]
        return name


def _join_all(names: Iterable[str], groups: _Groups) -> list[tuple[str, str]]:
    """Join papers that share an identity; tell which could not be, each with the first."""
    met: list[str] = []
    refused = []
    for name in names:
        if any(groups.join(other, name) for other in met):
            continue
        refused += [(met[0], name)] if met else []
        met.append(name)
    return refused


def _bridge(paper: str, another: str, groups: _Groups, identity: str) -> Bridge:
    """Say of two papers that were not joined which of them would have joined two others."""
    ours, theirs = groups.members(another), groups.members(paper)
    catalogue = next(name for name in ours if name in theirs)
    if ours[catalogue] == another:
        return Bridge(paper, theirs[catalogue], another, identity)
    return Bridge(another, ours[catalogue], theirs[catalogue], identity)


def warning_of(bridges: Sequence[Bridge]) -> DataFileError:
    """What to tell of entries that would have joined two papers of one catalogue."""
    each = [
        f"{entry} would make {kept} and {other} of one catalogue one work"
        f" ({identity.partition(':')[2]}); it counts as {kept} alone"
        for entry, kept, other, identity in bridges[:_SHOWN]
    ]
    if len(bridges) > 1:
        head = f"{len(bridges)} entries are two works of another catalogue at once"
        more = len(bridges) - _SHOWN
        each = [head, *each, *([f"… and {more} more"] if more > 0 else [])]
    return DataFileError(
        "\n  ".join(each),
        hint="correct the number or link by which an entry is a second work",
    )


_SHOWN = 20
"""Entries that one warning names before it only counts them."""
