"""The main screen: topics, papers and one paper, and everything that leads further."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from roadmap_cli.errors import RoadmapError
from roadmap_cli.program import telling
from roadmap_cli.tui import keys
from roadmap_cli.tui.acting import Acting, in_words

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.program.sitting import Sitting
    from roadmap_cli.rows.any_view import AnyView

_EVERY = 1.0
"""Seconds between two looks at the reader's files."""


class Browsing(Acting):
    """Finds, filters, asks and tells, and sees what others write meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(key.keys), key.action, key.meaning, show=False)
        for key in keys.FOR_LISTS
    ]
    _asked_at: object = None
    """Where the key for questions was pressed, and none was due."""
    _refused = ""
    """What could not be added, to be typed once more."""

    def on_mount(self) -> None:
        """Show the lists, and look from then on whether others write."""
        for damage in self.desk.damages[:1]:
            self.said = in_words(damage)
        super().on_mount()
        self.set_interval(_EVERY, self.look_for_changes)

    def do(self, action: str) -> None:
        """Do what a key does."""
        self.call_later(self.run_action, action)

    def go_to_work(self, work: str) -> None:
        """Go to a work."""
        self.desk.go_to_work(work)
        self.tell("")

    def go_to_place(self, name: str) -> None:
        """Go to a place."""
        self.desk.go_to_place(name)
        self.tell("")

    def action_suggest(self) -> None:
        """Go to what is next, and say why."""
        try:
            name, reasons = self.desk.suggest()
        except RoadmapError as problem:
            self.tell(str(problem))
        else:
            self.tell(f"next: {name}: {reasons}; n again: what else")

    def action_sift(self) -> None:
        """Show other papers of the list, and say which."""
        sieve = self.desk.sift()
        self.tell(f"shown: {sieve}")

    def action_way(self) -> None:
        """Show the way to the goal."""
        try:
            self.desk.show_way()
        except RoadmapError as problem:
            self.tell(in_words(problem))
        else:
            self.tell("")

    def action_find(self) -> None:
        """Find papers as the reader types; Escape brings back what was shown."""
        from roadmap_cli.tui.line import Heed, Typed  # the lists do without

        before, last = self.desk.spot, ""
        self.tell("")

        def look_for(query: str) -> None:
            nonlocal last
            if query.strip() and query != last:
                self._find(query)
            elif not query.strip():
                self.desk.come_back(before)
            last = query
            self.show()

        def found(query: str | None) -> None:
            look_for(query or "")
            if not query:
                self.tell("")

        def move(rows: int) -> None:
            self.desk.papers.go(self.desk.papers.at + rows)
            self.show()

        question = "find: words, author: year: topic: …; Enter keeps what is found"
        line = Typed(question, self.canvas, Heed(look_for, move))
        self.app.push_screen(line, found)

    def _find(self, query: str) -> None:
        try:
            self.said = self.desk.find(query)
        except RoadmapError as problem:
            self.said = in_words(problem).removeprefix("error: ")
        self.forget()

    def action_add(self) -> None:
        """Ask what to add; services are asked without holding up the screen."""
        from roadmap_cli.tui.line import Typed  # as above

        def added(words: str | None) -> None:
            if words and words.strip():
                self.tell(f"adding {words.strip()} …")
                self._add(words)
            else:
                self.tell("nothing was added")

        self.tell("")
        line = Typed("add: arXiv id, DOI or link", self.canvas, text=self._refused)
        self.app.push_screen(line, added)

    @work(thread=True)
    def _add(self, words: str) -> None:
        try:
            said, name = self._deeds.add(words)
            self._refused = ""
        except RoadmapError as problem:
            said, name, self._refused = in_words(problem), "", words
        self.app.call_from_thread(self._added, said, name)

    def _added(self, said: str, name: str) -> None:
        """Go to what was added, or was there already."""

        def shown() -> str:
            self.desk.renew()
            if name:
                self.desk.go_to(name)
            return f"{said}; u takes it back" if said.startswith("new") else said

        self._say(shown)

    def action_review(self) -> None:
        """Ask the questions of today; where there are none, of what the reader is at."""
        from roadmap_cli.program.reviewing import Review, Reviewing

        reviewing = Reviewing(self.desk.roadmap)
        named = self.desk.here
        name = self.desk.roadmap.names.short(named) if named else ""
        try:
            is_again = named is not None and self._asked_at == named
            asked = reviewing.asked(Review(name if is_again else ""))
            if asked.questions:
                self._sit(reviewing.sitting(asked))
                return
        except RoadmapError as problem:
            self.tell(in_words(problem))
            return
        self._asked_at = None if is_again else named
        more = "; R again: those of what you are at" if named else ""
        self.tell(
            "no question is here" if is_again else f"no question is due today{more}"
        )

    def _sit(self, sitting: "Sitting") -> None:
        from roadmap_cli.tui.reviewing import Review as ReviewScreen

        def done(said: str | None) -> None:
            self._say(lambda: said or "")

        self.app.push_screen(ReviewScreen(sitting, self.canvas), done)

    def action_news(self) -> None:
        """Tell what is new in the lists; from then on it is not new."""
        self._show_view("what is new", self._telling(telling.news))
        self._watch.accept()

    def action_stats(self) -> None:
        """Tell how far the reader is."""
        self._show_view("how far you are", self._telling(telling.stats))

    def action_history(self) -> None:
        """Tell what was said when."""
        self._show_view("what you said when", self._telling(telling.history))

    def _telling(self, tell: "Callable[[Roadmap], AnyView]") -> "AnyView | None":
        try:
            return tell(self.desk.roadmap)
        except RoadmapError as problem:
            self.tell(in_words(problem))
            return None

    def _show_view(self, title: str, view: "AnyView | None") -> None:
        if view is None:
            return
        if not view.rows:
            self.tell(view.if_empty)
            return
        from roadmap_cli.tui.page import Page, drawing

        self.app.push_screen(Page(title, drawing(view, self.canvas), self.canvas))

    def action_help(self) -> None:
        """Show the keys."""
        from roadmap_cli.tui.page import Page, of_keys

        self.app.push_screen(Page("keys", of_keys(), self.canvas))

    def action_palette(self) -> None:
        """Open the palette."""
        from roadmap_cli.tui.search import Search  # loaded when it is opened

        self.app.push_screen(Search(placeholder="a paper, a topic, or what to do"))

    def action_sleep(self) -> None:
        """Leave the screen to the shell until it calls us back."""
        self.app.action_suspend_process()

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)
