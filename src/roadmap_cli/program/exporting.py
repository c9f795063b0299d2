"""Lists of papers written for other programs: flows, for any face."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Group, Paper, Place, Topic
from roadmap_cli.curriculum.places import papers_beside, topics_of
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.marks import is_ours
from roadmap_cli.exchange.writing.citing import Keys
from roadmap_cli.exchange.writing.formats import Written, written
from roadmap_cli.program.carrying import Outgoing

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap


class Picked(NamedTuple):
    """A paper that is written, and where it stands: in no topic, in a topic, in a group of it."""

    paper: Paper
    topic: Topic | None = None
    group: str = ""


class Exporting:
    """Writes lists of papers with what one reader says of them."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def export(
        self,
        names: Sequence[str],
        format_: Written,
        lets_through: Callable[[Paper], bool] | None = None,
        keys: Keys = Keys.OURS,
        *,
        with_notes: bool = False,
    ) -> Outgoing:
        """The papers of these names that a filter lets through, or all, as a file of a format.

        Private notes are in it only `with_notes`. Raises as `Names.anything` and as the filter.
        """
        entries = [
            self._entry(picked, with_notes=with_notes)
            for picked in self._picked(names)
            if lets_through is None or lets_through(picked.paper)
        ]
        return Outgoing(written(entries, format_, keys).encode(), is_ours)

    def cite(self, names: Sequence[str], keys: Keys = Keys.OURS) -> Outgoing:
        """The papers of these names as BibTeX without anything that only we read."""
        from roadmap_cli.exchange.writing import bibtex

        entries = [
            self._entry(picked, with_notes=False) for picked in self._picked(names)
        ]
        return Outgoing(bibtex.written(entries, keys, for_citing=True).encode(), is_ours)

    def _picked(self, names: Sequence[str]) -> list[Picked]:
        """The papers of these names, or all, each work once and in the curriculum's order."""
        library = self.roadmap.library
        named = [self.roadmap.names.anything(name) for name in names]
        alone = {library.work[place.name]: place for place in named if isinstance(place, Paper)}
        places = [place for place in named if not isinstance(place, Paper)]
        if not names:
            places = [*library.catalogues]
        wanted = {topic for place in places for topic in topics_of(library, place)}
        found: dict[str, Picked] = {}
        for topic in self._topics(wanted, alone):
            for picked in _in_topic(library.papers, topic):
                work = library.work[picked.paper.name]
                if topic in wanted or (work in alone and topic == library.topics_of[work][0]):
                    found.setdefault(work, picked)
        for paper in (*self._beside(places), *alone.values()):
            found.setdefault(library.work[paper.name], Picked(paper))
        return list(found.values())
