"""What lies before a reader who looks around: places, the papers of one of them, one of these.

A desk holds names, and where the reader is among them. Rows are made when somebody looks at them,
so that a long list costs no more than what is seen of it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Area, Paper, Place, Topic
from roadmap_cli.curriculum.names import Named
from roadmap_cli.curriculum.places import catalogue_of, papers_outside, topics_of
from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.program.spots import (
    LET_THROUGH,
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
_OFFERS = 5
"""Suggestions that are gone through before they begin anew."""
_REASONS = 2
"""Reasons for a suggestion that are told: the weightiest."""
_OUTSIDE_TITLE = "Outside all topics"


class Desk:
    """What one reader looks at; works and places go by their full names."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.depth = Depth.PLACES
        self.sieve = Sieve.ALL
        self.listing: Listing | None = None
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
        topics: dict[str, list[str]] = {}
        for name in library.topic_names:
            topics.setdefault(name.rpartition("/")[0], []).append(name)
        is_several = len(library.catalogues) > 1
        catalogue = ""
        for area in library.areas_by_name:
            named = area.partition("/")[0]
            if is_several and named != catalogue:
                yield (catalogue := named)
            yield area
            yield from topics.get(area, ())
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

    def row(self, work: str) -> "PaperRow":
        """A work, and where the reader is with it."""
        if work not in self._rows:
            self._rows[work] = self.roadmap.rows.paper(self.paper(work))
        return self._rows[work]

    def paper(self, work: str) -> Paper:
        """The paper to show for a work."""
        return self.roadmap.library.shown[work]

    def minutes_to(self, row: int) -> int | None:
        """Minutes of what is not done from the top to a row; nothing of a very long list."""
        works = self.papers.names
        if len(works) > _SUMMED:
            return None
        while len(self._sums) <= row:
            told = self.row(works[len(self._sums)])
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

    def whole(self, *, hints: bool = False) -> "WholeView | None":
        """Everything about what the reader is at."""
        from roadmap_cli.program.showing import everything  # a list does without

        named = self.here
        return everything(self.roadmap, named, hints=hints) if named else None

    def show_place(self) -> None:
        """Show the papers of the place that the reader is at."""
        self.listing = None
        self._show(self._works())

    def show(self, listing: Listing) -> None:
        """Show these papers instead of those of a place."""
        self.listing = listing
        self._show(listing.works)

    def _show(self, works: Iterable[str]) -> None:
        self._sums = []
        self.papers.names = [work for work in works if self._lets_through(work)]
        self.papers.go(0)

    def _works(self) -> Iterable[str]:
        name, library = self.places.current, self.roadmap.library
        if name is None:
            return ()
        place = self.place(name)
        if isinstance(place, Topic):
            return dict.fromkeys(library.works_of(place))
        if isinstance(place, Area):
            topics = topics_of(library, place)
            return dict.fromkeys(
                work for topic in topics for work in library.works_of(topic)
            )
        if place is None:
            return [library.work[paper.name] for paper in papers_outside(library)]
        return library.names_of(library.works_in(place))

    def _lets_through(self, work: str) -> bool:
        if self.sieve is Sieve.ALL:
            return True
        if self.sieve is Sieve.GOAL:
            goal = self.roadmap.guide.set_goal
            return goal is not None and work in self.roadmap.guide.takes(goal)
        status = self.roadmap.progress.known_status(work)
        return status is None or status in LET_THROUGH[self.sieve]

    def sift(self) -> Sieve:
        """Show the papers that the next sieve lets through, and tell which it is."""
        sieves = [*Sieve]
        if self.roadmap.guide.set_goal is None:
            sieves.remove(Sieve.GOAL)
        after = sieves.index(self.sieve) + 1 if self.sieve in sieves else 0
        self.sieve = sieves[after % len(sieves)]
        current = self.papers.current
        self._show(self.listing.works if self.listing else self._works())
        self.papers.go_to(current)
        return self.sieve

    def enter(self) -> bool:
        """Go further in; tell whether there is anything."""
        is_any = bool(self.papers.names if self.depth < Depth.PAPER else ())
        if is_any:
            self.depth = Depth(self.depth + 1)
        return is_any

    def leave(self) -> bool:
        """Go back out, from what was found to the place; tell whether there was a way."""
        if self.depth is Depth.PLACES:
            return False
        self.depth = Depth(self.depth - 1)
        if self.depth is Depth.PLACES and self.listing:
            self.show_place()
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
        self.papers.go_to(work)
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
        self.papers.names = spot.works
        self.papers.go(spot.at)

    def find(self, query: str) -> str:
        """Show what answers a query as `search` does; tell what is to be said of it.

        Raises as `Roadmap.search`; then nothing is shown.
        """
        self.sieve, self.depth = Sieve.ALL, Depth.PAPERS
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
        self.sieve = Sieve.ALL
        self.show(Listing(f"the way to {goal.called}", guide.whole_way(goal)))
        self.depth = Depth.PAPERS

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
        known = self.roadmap.library.entries
        if self.listing:
            there = [work for work in self.listing.works if work in known]
            self.listing = self.listing._replace(works=there)
        works = self.listing.works if self.listing else self._works()
        self.papers.renew([work for work in works if self._lets_through(work)])
        self.selected = {work: None for work in self.selected if work in known}
        if not self.papers.names:
            self.depth = Depth.PLACES
