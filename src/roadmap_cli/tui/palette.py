"""Every paper, topic and action by a piece of its name, for the palette."""

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from roadmap_cli.language.spelling import fold
from roadmap_cli.render.text import safe_text
from roadmap_cli.tui import keys
from roadmap_cli.tui.browsing import Browsing

_SHOWN = 12
"""Papers, and topics, that are offered for what was typed so far."""


class Palette(Provider):
    """Offers what answers to what is typed."""

    @property
    def _browsing(self) -> Browsing:
        """The main screen, on which everything is done."""
        main = self.app.screen_stack[0]
        assert isinstance(main, Browsing)  # noqa: S101 - the app begins with it
        return main

    async def discover(self) -> Hits:
        """Every action, before anything is typed."""
        for key in keys.FOR_LISTS:
            if key.where is not keys.Where.MOVE:
                yield DiscoveryHit(
                    f"{key.meaning} ({key.shown})", self._doing(key), help=key.where
                )

    def _doing(self, key: keys.Key) -> Callable[[], object]:
        return partial(self._browsing.do, key.action)

    async def search(self, query: str) -> Hits:
        """Papers and topics that begin so, then actions and themes that say it."""
        wanted = query.casefold().strip()
        matcher = self.matcher(wanted)
        for text, go in self._named(wanted):
            yield Hit(1.0, matcher.highlight(text), go)
        for key in keys.FOR_LISTS:
            text = f"{key.meaning} ({key.shown})"
            if wanted in f"{key.word} {text}".casefold():
                yield Hit(
                    0.5, matcher.highlight(text), self._doing(key), help=key.where
                )
        for name in self.app.available_themes:
            if wanted in (text := f"theme {name}"):
                wear = partial(setattr, self.app, "theme", name)
                yield Hit(0.25, matcher.highlight(text), wear)

    def _named(self, query: str) -> Iterator[tuple[str, Callable[[], object]]]:
        """Papers and places, by the beginning of a name or of a word of the title."""
        browsing, folded = self._browsing, fold(query)
        desk = browsing.desk
        library = desk.roadmap.library
        if not folded:
            return
        papers = [*library.papers_begun(query.lower()), *library.papers_titled(folded)]
        works = dict.fromkeys(library.work[paper.name] for paper in papers)
        for work in [*works][:_SHOWN]:
            row = desk.row(work)
            text = safe_text(f"{row['key']}  {row['title']}")
            yield text, partial(browsing.go_to_work, work)
        places = [*library.places_begun(folded), *library.places_titled(folded)]
        for place in dict.fromkeys(place.full_name for place in places[:_SHOWN]):
            text = safe_text(f"{place}  {desk.called(place)}")
            yield text, partial(browsing.go_to_place, place)
