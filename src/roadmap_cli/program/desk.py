"""What lies before a reader who looks around: places, the papers of one of them, one of these.

A desk holds names, and where the reader is among them. Rows are made when somebody looks at them,
so that a long list costs no more than what is seen of it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Place, Topic
from roadmap_cli.curriculum.names import Named
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.curriculum.places import catalogue_of, papers_outside, topics_of
from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.program.spots import (
    OUTSIDE,
    Column,
    Depth,
    Listing,
    Sieve,
    Spot,
)
from roadmap_cli.progress.tally import counting, tally

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.types import PaperRow, PlaceRow, TallyRow
    from roadmap_cli.rows.view import WholeView

_SUMMED = 2_000
"""Papers of a list up to which it is told how long it takes to come so far."""
_LARGE = 500
"""Papers of a topic, and topics of an area, up to which a page lists them."""
_OFFERS = 5
"""Suggestions that are gone through before they begin anew."""
_REASONS = 2
"""Reasons for a suggestion that are told: the weightiest."""
_OUTSIDE_TITLE = "Outside all topics"


class Desk:
    """What one reader looks at; papers and places go by their full names."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.depth = Depth.PLACES
        self.sieve = Sieve.ALL
        self.listing: Listing | None = None
        self._before: Spot | None = None
        self.selected: dict[str, None] = {}
        self.places, self.papers = Column(), Column()
        self._rows: dict[str, PaperRow] = {}
        self._tallies: dict[str, PlaceRow] = {}
        self._whole_tally: TallyRow | None = None
        self._sums: list[int] = []
        self._offered = -1
        self.places.names = list(self._place_names())
        self._go_where_it_ended()
        self.show_place()

    def _place_names(self) -> Iterator[str]:
        """Every catalogue, where there are several, every area, and its topics."""
        library = self.roadmap.library
        topics = iter(library.topics)
        topic = next(topics, "")
        is_several = len(library.catalogues) > 1
        catalogue = ""
        for area in library.areas_by_name:
            named = area.partition("/")[0]
            if is_several and named != catalogue:
                yield (catalogue := named)
            yield area
            inside = f"{area}/"
            while topic.startswith(inside):
                yield topic
                topic = next(topics, "")
        if papers_outside(library):
            yield OUTSIDE

    def _go_where_it_ended(self) -> None:
        """Go to the home of what was marked last; before anything was, to the first topic."""
        last = next(self.roadmap.progress.latest(), None)
        homes = self.roadmap.library.topics_of[last.work] if last else ()
        if homes and self.places.go_to(homes[0].full_name):
            return
        depths = (name.count("/") for name in self.places.names)
        self.places.go(next((at for at, depth in enumerate(depths) if depth > 1), 0))

    def place(self, name: str) -> Place | None:
        """The place of a full name; nothing for the papers outside all topics."""
        library = self.roadmap.library
        if name.count("/") > 1:
            return library.topics.get(name)
        return library.areas_by_name.get(name) or catalogue_of(library, name)

    def titled(self, name: str) -> str:
        """The title of a place."""
        place = self.place(name)
        return place.title if place else _OUTSIDE_TITLE

    def called(self, name: str) -> str:
        """What to call a place where it does not stand below its area."""
        place = self.place(name)
        return self.roadmap.library.called(place) if place else _OUTSIDE_TITLE

    @property
    def damages(self) -> list[DataFileError]:
        """The reader's files that cannot be read, so that what they say is unknown."""
        return [*self.roadmap.ledger.damages, *self.roadmap.shelf.damages]

    @property
    def title(self) -> str:
        """What the column of papers shows."""
        if self.listing:
            return self.listing.title
        name = self.places.current
        return "" if name is None else self.called(name)

    def tally_of(self, name: str) -> "PlaceRow | None":
        """How far the reader is in a place; nothing for what is outside all topics."""
        if name not in self._tallies:
            place = self.place(name)
            if place is None:
                return None
            self._tallies[name] = self.roadmap.rows.place(place)
        return self._tallies[name]

    @property
    def whole_tally(self) -> "TallyRow":
        """How far the reader is with everything."""
        if self._whole_tally is None:
            library, rows = self.roadmap.library, self.roadmap.rows
            works = counting(library, rows.progress)
            self._whole_tally = rows.tally(tally(works, library, rows.progress))
        return self._whole_tally

    def row(self, name: str) -> "PaperRow":
        """A paper, and where the reader is with it."""
        if name not in self._rows:
            self._rows[name] = self.roadmap.rows.paper(self.paper(name))
        return self._rows[name]

    def paper(self, name: str) -> Paper:
        """The paper to show for one of this full name: of the work that it is."""
        library = self.roadmap.library
        return library.shown[library.work[name]]

    def minutes_to(self, row: int) -> int | None:
        """Minutes of what is not done from the top to a row; nothing of a very long list."""
        names = self.papers.names
        if len(names) > _SUMMED:
            return None
        while len(self._sums) <= row:
            told = self.row(names[len(self._sums)])
            is_left = told["status"] is None or not told["status"].is_settled
            before = self._sums[-1] if self._sums else 0
            self._sums.append(before + (told["minutes"] or 0) * is_left)
        return self._sums[row]

    @property
    def here(self) -> Named | None:
        """The paper or the place that the reader is at; nothing where nothing is."""
        if self.depth > Depth.PLACES:
            work = self.papers.current
            return None if work is None else self.paper(work)
        name = self.places.current
        return self.place(name) if name else None

    def whole(self) -> "WholeView | None":
        """Everything about what the reader is at; nothing where it would be too much.

        What a large topic or area holds stands in the lists beside it.
        """
        from roadmap_cli.program.showing import everything  # a list does without

        named = self.here
        if isinstance(named, Topic) and len(named.papers) > _LARGE:
            named = named._replace(groups=())
        elif isinstance(named, Area) and len(named.topics) > _LARGE:
            named = named._replace(topics=())
        elif isinstance(named, Catalogue) and len(self.places.names) > _LARGE:
            return None
        return everything(self.roadmap, named) if named else None

    def show_place(self) -> None:
        """Show the papers of the place that the reader is at."""
        self.listing = self._before = None
        self._show(self._names())

    def show(self, listing: Listing) -> None:
        """Show these papers instead of those of a place; who leaves them comes back here."""
        if self.listing is None:
            self._before = self.spot
        self.listing, self.sieve, self.depth = listing, Sieve.ALL, Depth.PAPERS
        self._show(listing.names)

    def _show(self, names: Iterable[str]) -> None:
        self._sums = []
        self.papers.names = self._sifted(names)
        self.papers.go(0)

    def _names(self) -> Iterable[str]:
        """The full names of the papers of the place that the reader is at, in its order.

        They are not looked up one by one: of a large topic only those are that are seen.
        """
        name, library = self.places.current, self.roadmap.library
        place = self.place(name) if name else None
        if place is None:
            return [paper.name for paper in papers_outside(library)]
        if isinstance(place, Catalogue):
            return library.names_of(library.works_in(place))
        retired = library.retired
        each = (
            topic.in_full(key)
            for topic in topics_of(library, place)
            for key in topic.papers
        )
        return dict.fromkeys(name for name in each if name not in retired)

    def _sifted(self, names: Iterable[str]) -> list[str]:
        """Those of these papers that the sieve lets through.

        Of a very large place they come in the order of the curriculum, which takes no look at
        each of the others.
        """
        names = [*names]
        if self.sieve is Sieve.ALL:
            return names
        library, wanted = self.roadmap.library, self._let_through
        name = self.places.current
        place = self.place(name) if name and not self.listing else None
        if place and len(names) > _LARGE:
            return [*library.names_of(wanted & library.works_in(place))]
        numbers = ((name, library.positions[library.work[name]]) for name in names)
        return [name for name, number in numbers if number in wanted]

    @property
    def _let_through(self) -> Numbers:
        """The works that the sieve lets through; what is not known for sure is among them."""
        library, guide = self.roadmap.library, self.roadmap.guide
        progress = self.roadmap.progress
        marks = progress.marks(library)
        if self.sieve is Sieve.GOAL:
            goal = guide.set_goal
            return guide.takes(goal).numbers if goal else Numbers()
        untouched = library.current - marks.told
        unsure = Numbers() if progress.is_complete else untouched
        let_through = {
            Sieve.TODO: library.current - marks.settled - marks.reading,
            Sieve.READING: marks.reading,
            Sieve.DONE: marks.read | marks.known,
            Sieve.SKIPPED: marks.skipped,
        }
        return let_through[self.sieve] | unsure

    def sift(self) -> Sieve:
        """Show the papers that the next sieve lets through, and tell which it is."""
        sieves = [*Sieve]
        if self.roadmap.guide.set_goal is None:
            sieves.remove(Sieve.GOAL)
        after = sieves.index(self.sieve) + 1 if self.sieve in sieves else 0
        self.sieve = sieves[after % len(sieves)]
        current = self.papers.current
        self._show(self.listing.names if self.listing else self._names())
        self.papers.go_to(current)
        return self.sieve

    def enter(self) -> bool:
        """Go further in; tell whether there is a way."""
        is_any = bool(self.papers.names if self.depth < Depth.PAPER else ())
        if is_any:
            self.depth = Depth(self.depth + 1)
        return is_any

    def leave(self) -> bool:
        """Go back out, from what was found to the place; tell whether there was a way."""
        if self.depth is Depth.PLACES:
            return False
        if self.depth is Depth.PAPERS and self.listing and self._before:
            self.come_back(self._before)
            return True
        self.depth = Depth(self.depth - 1)
        return True

    def go_to(self, name: str) -> None:
        """Go to what is called so; raises as `Names.anything`."""
        named = self.roadmap.names.anything(name)
        if isinstance(named, Paper):
            self.go_to_work(self.roadmap.library.work[named.name])
        else:
            self.go_to_place(named.full_name)
            self.enter()

    def go_to_work(self, work: str) -> None:
        """Go to a work in its home, whatever was sifted out."""
        self.sieve = Sieve.ALL
        homes = self.roadmap.library.topics_of[work]
        self.places.go_to(homes[0].full_name if homes else OUTSIDE)
        self.show_place()
        if not self.papers.go_to(work):  # the place may call it otherwise
            works = self.roadmap.library.work
            same = (name for name in self.papers.names if works[name] == work)
            self.papers.go_to(next(same, None))
        self.depth = Depth.PAPERS

    def go_to_place(self, name: str) -> None:
        """Go to a place by its full name."""
        self.places.go_to(name)
        self.depth = Depth.PLACES
        self.show_place()

    def suggest(self) -> tuple[str, str]:
        """Go to what is suggested, at the next call to what else is; tell which, and why.

        Raises `NotFoundError` if nothing is.
        """
        advice = self.roadmap.guide.first(_OFFERS)
        if not advice.offers:
            raise NotFoundError(advice.remark or "nothing is left to read")
        self._offered = (self._offered + 1) % len(advice.offers)
        offer = advice.offers[self._offered]
        self.go_to_work(self.roadmap.library.work[offer.paper.name])
        reasons = ", ".join(reason.text for reason in offer.reasons[:_REASONS])
        return self.roadmap.names.short(offer.paper), reasons

    @property
    def spot(self) -> Spot:
        """Where the reader is, to come back to."""
        papers = self.papers
        return Spot(self.depth, self.sieve, self.listing, papers.names, papers.at)

    def come_back(self, spot: Spot) -> None:
        """Be where the reader was; the place that they were at has not changed."""
        self.depth, self.sieve, self.listing = spot.depth, spot.sieve, spot.listing
        self._sums = []
        self.papers.names = spot.names
        self.papers.go(spot.at)

    def find(self, query: str) -> str:
        """Show what answers a query as `search` does; tell what is to be said of it.

        Raises as `Roadmap.search`; then nothing is shown.
        """
        self.show(Listing(f"found: {query}", ()))
        answer = self.roadmap.search(query, _SUMMED)
        work = self.roadmap.library.work
        found = [work[hit.paper.name] for hit in answer.found]
        self.show(Listing(f"found: {query}", found))
        return answer.said

    def show_way(self) -> None:
        """Show the way to the goal, or without one to what the reader is at.

        Raises `NotFoundError` where there is neither.
        """
        guide, named = self.roadmap.guide, self.here
        goal = guide.pending_goal or (guide.goal_of(named) if named else None)
        if goal is None:
            raise NotFoundError("there is nothing here to find a way to")
        self.show(Listing(f"the way to {goal.called}", guide.whole_way(goal)))

    def targets(self) -> list[str]:
        """What a mark is about: the papers that are selected, else what the reader is at."""
        here = self.here
        named: list[Named] = [self.paper(work) for work in self.selected]
        named = named or ([here] if here else [])
        return [self.roadmap.names.short(each) for each in named]

    def toggle(self) -> None:
        """Select the paper that the reader is at, or select it no more."""
        work = self.papers.current
        if work is not None and self.selected.pop(work, work) is not None:
            self.selected[work] = None

    def refresh(self) -> None:
        """Let go of what was known of progress; the order of papers stays as it is."""
        self._rows.clear()
        self._tallies.clear()
        self._whole_tally = None
        self._sums = []

    def renew(self) -> None:
        """Look at everything anew, catalogues included, and stay where the reader is."""
        self.roadmap.renew()
        self.refresh()
        self.places.renew(list(self._place_names()))
        known = self.roadmap.library.papers
        if self.listing:
            there = [name for name in self.listing.names if name in known]
            self.listing = self.listing._replace(names=there)
        names = self.listing.names if self.listing else self._names()
        self.papers.renew(self._sifted(names))
        self.selected = {name: None for name in self.selected if name in known}
        if not self.papers.names:
            self.depth = Depth.PLACES
