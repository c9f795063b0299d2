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
    _was_asked = False
    """Whether the key for questions was pressed just now, and none was due."""

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
        from roadmap_cli.tui.line import Typed  # the lists do without

        before = self.desk.spot

        def look_for(query: str) -> None:
            if query.strip():
                self._find(query)
            else:
                self.desk.come_back(before)
            self.show()

        def found(query: str | None) -> None:
            if query is None or not query.strip():
                self.desk.come_back(before)
                self.tell("")
            else:
                self._find(query)
                self.show()

        question = "find: words, author: year: topic: …; Enter keeps what is found"
        self.app.push_screen(Typed(question, self.canvas, look_for), found)

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

        question = "add: arXiv id, DOI or link"
        self.app.push_screen(Typed(question, self.canvas), added)

    @work(thread=True)
    def _add(self, words: str) -> None:
        try:
            said, name = self._deeds.add(words)
        except RoadmapError as problem:
            said, name = in_words(problem), ""
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
            asked = reviewing.asked(Review(name if self._was_asked else ""))
            if asked.questions:
                self._sit(reviewing.sitting(asked))
                return
        except RoadmapError as problem:
            self.tell(in_words(problem))
            return
        self._was_asked = not self._was_asked
        more = "; R again: those of what you are at" if self._was_asked else ""
        self.tell(f"no question is due today{more}" if more else "no question is here")

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
        self.app.action_command_palette()

    def action_sleep(self) -> None:
        """Leave the screen to the shell until it calls us back."""
        self.app.action_suspend_process()

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)
