"""Lists of papers written for other programs: flows, for any face."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper, Topic
from roadmap_cli.curriculum.places import papers_beside, topics_of
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.own.marks import is_ours
from roadmap_cli.exchange.own.records import joined, parted
from roadmap_cli.exchange.sections import INBOX
from roadmap_cli.exchange.writing.citing import Keys
from roadmap_cli.exchange.writing.formats import Written, written
from roadmap_cli.language.phrases import counted
from roadmap_cli.program.carrying import Outgoing

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap

_OF_PAPERS = (
    *("title", "authors", "year", "venue", "kind", "arxiv", "doi", "url", "code"),
    *("minutes", "level", "requires", "helps"),
)
"""What entries have as papers have it."""


class Picked(NamedTuple):
    """A paper that is written, and where it stands: in no topic, in a topic, in a group of it."""

    paper: Paper
    topic: Topic | None = None
    group: str = ""


class Export(NamedTuple):
    """What is to be written: papers by their names, or all; private notes only if asked for."""

    names: Sequence[str]
    format: Written
    keys: Keys = Keys.OURS
    with_notes: bool = False


class Exporting:
    """Writes lists of papers with what one reader says of them."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def export(
        self, wanted: Export, lets_through: Callable[[Paper], bool] | None = None
    ) -> Outgoing:
        """The papers that are wanted and that a filter lets through, as a file of a format.

        Of Anki's the questions on them.

        Raises as `Names.anything` and as the filter.
        """
        if wanted.format is Written.ANKI:
            return self._cards(wanted, lets_through)
        picked = [
            each
            for each in self.picked(wanted.names)
            if lets_through is None or lets_through(each.paper)
        ]
        entries = [self._entry(each, with_notes=wanted.with_notes) for each in picked]
        text = written(list(_closed(entries)), wanted.format, wanted.keys)
        return Outgoing(text.encode(), is_ours)

    def _cards(
        self, wanted: Export, lets_through: Callable[[Paper], bool] | None
    ) -> Outgoing:
        """The questions on what is wanted, as cards; those of notes only if these are."""
        from roadmap_cli.exchange.writing import anki
        from roadmap_cli.program.decks import Decks

        decks = Decks(self.roadmap)
        if lets_through is None:
            found = decks.of(wanted.names)
        else:
            papers = (picked.paper for picked in self.picked(wanted.names))
            found = decks.about(filter(lets_through, papers))
        shared = [asked for asked in found if wanted.with_notes or not asked.paper]
        text = anki.written(decks.cards(shared))
        own = len(found) - len(shared)
        are = "is" if own == 1 else "are"
        left = f"{counted(own, 'question')} of your notes {are} left out: --notes"
        return Outgoing(text.encode(), is_ours, left if own else "")

    def cite(self, names: Sequence[str], keys: Keys = Keys.OURS) -> Outgoing:
        """The papers of these names as BibTeX without anything that only we read."""
        from roadmap_cli.exchange.writing import bibtex

        entries = [
            self._entry(picked, with_notes=False) for picked in self.picked(names)
        ]
        return Outgoing(
            bibtex.written(entries, keys, for_citing=True).encode(), is_ours
        )

    def picked(self, names: Sequence[str]) -> list[Picked]:
        """The papers of these names, or all, each work once and in the curriculum's order.

        A paper stands in the first topic that is named and has it; one that is named itself, in
        its home.
        """
        library = self.roadmap.library
        named = [self.roadmap.names.anything(name) for name in names]
        alone = {
            library.work[paper.name]: paper
            for paper in named
            if isinstance(paper, Paper)
        }
        places = [place for place in named if not isinstance(place, Paper)]
        places = places if names else [*library.catalogues]
        whole = {
            topic.full_name for place in places for topic in topics_of(library, place)
        }
        homes = {
            topic.full_name for work in alone for topic in library.topics_of[work][:1]
        }
        found: dict[str, Picked] = {}
        for name in sorted(whole | homes, key=library.topic_numbers.__getitem__):
            for picked in _in_topic(library, library.topics[name]):
                work = library.work[picked.paper.name]
                if name in whole or work in alone:
                    found.setdefault(work, picked)
        beside = (papers_beside(library, place) for place in places)
        for paper in (*chain.from_iterable(beside), *alone.values()):
            found.setdefault(library.work[paper.name], Picked(paper))
        return list(found.values())

    def _entry(self, picked: Picked, *, with_notes: bool) -> Entry:
        """A paper as an entry, with its place and what the reader says of it."""
        roadmap, paper = self.roadmap, picked.paper
        work = roadmap.library.work[paper.name]
        standing = roadmap.progress.of(work)
        fields = paper._asdict()
        return Entry(
            0,
            **{name: fields[name] for name in _OF_PAPERS},
            key=paper.name,
            section=self._section(picked.topic),
            group=picked.group,
            status=roadmap.progress.known_status(work),
            day=standing.since.isoformat() if standing.since else "",
            rating=standing.rating,
            tags=standing.tags,
            note=_lines(roadmap.notes_on(paper)) if with_notes else "",
        )

    def _section(self, topic: Topic | None) -> tuple[str, ...]:
        """The titles of its area and of a topic; nothing for that of papers without a place."""
        if topic is None or (topic.area, topic.id) == (INBOX.area, INBOX.topic):
            return ()
        area = self.roadmap.library.areas_by_name[topic.area_name]
        return (area.title, topic.title)


def _closed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, of which none requires, or is helped by, what is not among them."""
    names = {entry.key for entry in entries}

    def kept(entry: Entry, some: Sequence[str]) -> tuple[str, ...]:
        catalogue, _ = parted(entry.key)
        return tuple(
            name for name in some if name in names or joined(catalogue, name) in names
        )

    for entry in entries:
        yield entry._replace(
            requires=kept(entry, entry.requires), helps=kept(entry, entry.helps)
        )


def _in_topic(library: Library, topic: Topic) -> Iterator[Picked]:
    for group in topic.groups:
        for key in group.papers:
            paper = library.papers[topic.in_full(key)]
            if not paper.retired:
                yield Picked(paper, topic, group.title)


def _lines(text: str) -> str:
    """The lines of a note, without characters that no other format could hold."""
    lines = "\n".join(text.strip().splitlines())
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable())
