"""The links of lists checked, and those that moved written into own lists; for any face."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.linked import Linked, Target, links_in, links_of
from roadmap_cli.curriculum.liveness import Verdict
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import DeclinedError, NetworkError, RefusedError, RoadmapError
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.editing import Editing
from roadmap_cli.program.probing import Probing
from roadmap_cli.program.result import Result
from roadmap_cli.rows.links import Checked, checked
from roadmap_cli.store.verdicts import Verdicts

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import Draft
    from roadmap_cli.network.client import Client
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.ledger import Change
    from roadmap_cli.program.roadmap import Roadmap

Moved = Mapping[str, Mapping[str, str]]
"""The new addresses of links, by the catalogues that have them."""
_SHOWN = 20
"""Links that a question names before the rest is only counted."""


class Report(NamedTuple):
    """What checking came to; some of the links may be `dead`."""

    result: Result
    dead: int


class Checking:
    """Checks the links of one reader's catalogues."""

    def __init__(
        self,
        roadmap: "Roadmap",
        connect: "Callable[[], AbstractContextManager[Client]]",
    ) -> None:
        self.roadmap = roadmap
        self.editing = Editing(roadmap.places, roadmap.ledger)
        verdicts = Verdicts(roadmap.places.cache)
        self._probing = Probing(verdicts, connect, roadmap.now)

    @classmethod
    def of(
        cls,
        roadmap: "Roadmap",
        environment: Mapping[str, str],
        sleep: Callable[[float], None],
    ) -> "Checking":
        """What checks the links of one reader, as the environment says.

        The reader's address is for services, and told to no host of a link.
        """
        from roadmap_cli.network.opening import MAILTO, opened_client

        cache, now = roadmap.places.cache, roadmap.now
        environment = {**environment, MAILTO: ""}
        return cls(
            roadmap,
            partial(opened_client, cache, environment, now, sleep, roadmap.busy),
        )

    def check(
        self,
        names: Sequence[str],
        where: str | None,
        person: "Person",
        *,
        is_assured: bool,
    ) -> Report:
        """Check the links of what is named, or of all, as far as a query matches.

        Links of own catalogues that have moved get their new addresses: where there is somebody
        to ask after one question, else if it `is_assured`. Raises `NetworkError` where there is
        no network, and as `Names.anything` and `Roadmap.filter`.
        """
        links = list(self._wanted(names, where))
        pages: dict[Target, str] = {}
        for linked in links:
            pages.setdefault(linked.target, linked.url)
        known, problems = self._probing.probe(pages)
        short = self.roadmap.names.short
        found = [
            Checked(linked, short(linked.owner), known[linked.target])
            for linked in links
        ]
        moved = self._moved(found)
        remark = self._remark(moved, person, is_assured=is_assured)
        written, refusals = ({}, []) if remark else self._write_all(moved)
        found = [
            link._replace(
                is_written=link.linked.url
                in written.get(link.linked.owner.catalogue, ())
            )
            for link in found
        ]
        dead = sum(link.known.verdict is Verdict.DEAD for link in found)
        warnings = (*map(_about_archive, problems), *refusals)
        remarks = tuple(filter(None, [remark, self._about(written)]))
        return Report(Result(checked(found), remarks, warnings), dead)

    def _wanted(self, names: Sequence[str], where: str | None) -> Iterator[Linked]:
        """The links of what is named, each once; those of places only without a query."""
        lets_through = self.roadmap.filter(where)
        told = set[tuple[str, str]]()
        for linked in self._named(names):
            owner = linked.owner
            name = owner.name if isinstance(owner, Paper) else owner.full_name
            is_told = (name, linked.url) in told
            told.add((name, linked.url))
            is_wanted = lets_through is None or (
                isinstance(owner, Paper) and lets_through(owner)
            )
            if is_wanted and not is_told:
                yield linked

    def _named(self, names: Sequence[str]) -> Iterator[Linked]:
        library = self.roadmap.library
        named = [self.roadmap.names.anything(name) for name in names]
        for item in named if names else library.catalogues:
            if not isinstance(item, Paper):
                yield from links_in(library, item)
                continue
            for paper in library.entries[library.work[item.name]]:
                if not paper.retired:
                    yield from links_of(paper)

    def _moved(self, found: Iterable[Checked]) -> Moved:
        """The new addresses of links, by own catalogues that have them.

        What leads to the front page of its site now has hardly moved there. Nor is a paper's
        link changed by which it is one with a paper of a catalogue that keeps the link: they
        would have two progresses then.
        """
        moved: dict[str, dict[str, str]] = {}
        links = [link for link in found if link.moved_to and not link.is_at_front_page]
        for link in links:
            addresses = moved.setdefault(link.linked.owner.catalogue, {})
            addresses[link.linked.url] = link.moved_to
        own = {name: moved[name] for name in moved if self.editing.is_own(name)}
        for link in links:
            joined = self._joined_by(link.linked)
            if any(paper.url not in own.get(paper.catalogue, {}) for paper in joined):
                own.get(link.linked.owner.catalogue, {}).pop(link.linked.url, None)
        return {name: addresses for name, addresses in own.items() if addresses}

    def _joined_by(self, linked: Linked) -> Iterator[Paper]:
        """The papers that are one with that of a link by nothing but the link."""
        library, owner = self.roadmap.library, linked.owner
        if not isinstance(owner, Paper) or linked.field != "url":
            return
        link = identity.of_text(linked.url)
        for paper in library.entries[library.work[owner.name]]:
            if paper.identities & owner.identities == {link}:
                yield paper

    def _remark(self, moved: Moved, person: "Person", *, is_assured: bool) -> str:
        """Why links that moved are not to be written; nothing if they are, or if none moved."""
        if not moved or (is_assured and not person.dialogue):
            return ""
        names = listed([*moved])
        if not person.dialogue:
            return f"hint: --yes writes the new addresses into {names}"
        if not is_assured:
            person.dialogue.say("\n".join(_changes(moved)))
        count = counted(sum(map(len, moved.values())), "link")
        try:
            person.agree(f"give {count} of {names} new addresses")
        except DeclinedError as problem:
            return str(problem)
        return ""

    def _write_all(
        self, moved: Moved
    ) -> tuple[dict[str, frozenset[str]], list[RoadmapError]]:
        """Write new addresses; the links that got them, by catalogues, and what was refused."""
        written: dict[str, frozenset[str]] = {}
        refusals: list[RoadmapError] = []
        for catalogue, addresses in moved.items():
            try:
                written[catalogue] = self._write(catalogue, addresses)
            except RefusedError as problem:
                refusals.append(problem)
        return written, refusals

    def _about(self, written: Mapping[str, frozenset[str]]) -> str:
        """What was written; nothing where nothing was."""
        count = sum(map(len, written.values()))
        if not count or self.editing.ledger.is_rehearsal:
            return ""
        names = listed([*written])
        return f"gave {counted(count, 'link')} of {names} new addresses; `roadmap undo` takes that back"

    def _write(self, catalogue: str, addresses: Mapping[str, str]) -> frozenset[str]:
        """Write new addresses into a catalogue; which links it had. Raises as `Editing.change`."""
        replaced: frozenset[str] = frozenset()

        def edit(draft: "Draft") -> Sequence["Change"]:
            nonlocal replaced
            replaced = draft.replace_links(addresses)
            return []

        self.editing.change(catalogue, "links", edit)
        return replaced


def _changes(moved: Moved) -> list[str]:
    """What moved from where to where, in lines."""
    pairs = [pair for addresses in moved.values() for pair in addresses.items()]
    lines = [f"{url}\n  is now {address}" for url, address in pairs[:_SHOWN]]
    hidden = len(pairs) - _SHOWN
    return [*lines, f"and {hidden} more"] if hidden > 0 else lines


def _about_archive(problem: NetworkError) -> RoadmapError:
    return NetworkError(
        f"the archive was not asked for copies of what is dead: {problem}",
        hint="run it again later",
    )
