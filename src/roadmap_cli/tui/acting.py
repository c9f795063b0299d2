"""What the reader says of papers on the main screen."""

from collections.abc import Callable
from functools import partial

from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import RoadmapError
from roadmap_cli.program.deeds import Deeds, UnsureError
from roadmap_cli.program.desk import Desk
from roadmap_cli.program.spots import Depth
from roadmap_cli.program.watching import Watch
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.tui.moving import Moving

_BACK = 0.1
"""Seconds after which what was typed into an editor cannot reach us any more."""


class Acting(Moving):
    """Keys that do what a command does; what came of it is told, and how to take it back."""

    is_away = False
    """Whether the terminal is left to an editor or a browser, or was until just now."""

    def __init__(self, desk: Desk, deeds: Deeds, canvas: Canvas) -> None:
        super().__init__(desk, canvas)
        self._deeds = deeds
        self._watch = Watch(desk.roadmap)

    def look_for_changes(self) -> None:
        """Look at everything anew if others wrote meanwhile, and say so."""
        before = self._watch.changes()
        if before is None:
            return
        try:
            self.desk.renew()
        except RoadmapError as problem:  # what was read stays on the screen
            self._watch.accept()
            self.tell(in_words(problem))
            return
        self.forget()
        told = self._watch.told(before)
        damages = self.desk.roadmap.ledger.damages
        self.tell(in_words(damages[0]) if damages else told)

    def _say(self, deed: Callable[[], str]) -> None:
        """Do something, and say what came of it; what was known of progress is asked anew."""
        self.look_for_changes()  # from here on only the reader writes
        try:
            said = deed()
        except RoadmapError as problem:
            said = in_words(problem)
        self._watch.accept()
        self.desk.refresh()
        self.forget()
        self.tell(said)

    def action_mark(self, status: str) -> None:
        """Mark what is selected, or what the reader is at."""
        mark = partial(self._deeds.mark, Status(status))
        self._say_or_ask(mark)

    def _say_or_ask(self, mark: Callable[..., str]) -> None:
        def marked() -> str:
            try:
                return mark()
            except UnsureError as unsure:
                deed = f"{unsure.deed[:1].upper()}{unsure.deed[1:]}? y or n"
                self._ask_for(deed, "y", lambda _key: self._say(assured))
                return ""

        def assured() -> str:
            return mark(assured=True)

        self._say(marked)

    def _ask_for(
        self, question: str, answers: str, then: Callable[[str], None]
    ) -> None:
        """Ask for one of a few keys."""
        from roadmap_cli.tui.line import Choice  # the lists do without

        def answered(key: str | None) -> None:
            if key is None:
                self.tell("nothing was changed")
            else:
                then(key)

        self.app.push_screen(Choice(question, answers, self.canvas), answered)

    def action_rate(self) -> None:
        """Ask for a rating."""
        if self._are_papers:
            names = " ".join(self.desk.targets())
            self._ask_for(
                f"rate {names}: 1 to 5",
                "12345",
                lambda key: self._say(lambda: self._deeds.rate(int(key))),
            )

    @property
    def _are_papers(self) -> bool:
        """Whether there is a paper to say something of; else that there is none is told."""
        try:
            self._deeds.insist_on_papers()
        except RoadmapError as problem:
            self.tell(in_words(problem))
            return False
        return True

    def action_tag(self) -> None:
        """Ask for tags."""
        if self._are_papers:
            self._ask("tags to put on or take off: +thesis -later", self._deeds.tag)

    def _ask(self, question: str, deed: Callable[[str], str]) -> None:
        """Ask for words."""
        from roadmap_cli.tui.line import Typed  # as above

        self.tell("")

        def answered(text: str | None) -> None:
            if text and text.strip():
                self._say(lambda: deed(text))
            else:
                self.tell("nothing was changed")

        self.app.push_screen(Typed(question, self.canvas), answered)

    def action_select(self) -> None:
        """Select the paper that the reader is at, and go on to the next."""
        if self.desk.depth is Depth.PAPERS:
            self.desk.toggle()
            self._move(1)

    def action_aim(self) -> None:
        """Set the goal, or clear it."""
        self._say(self._deeds.aim)

    def action_undo(self) -> None:
        """Take the last command back."""
        self._say(self._deeds.undo)

    def action_redo(self) -> None:
        """Give it again."""
        self._say(self._deeds.redo)

    def action_note(self) -> None:
        """Ask for a line of notes."""
        if self._are_papers:
            self._ask("a line for your notes", self._deeds.note)

    def action_edit(self) -> None:
        """Leave the screen to the editor."""
        self._say(lambda: self._outside(self._deeds.edit_note))

    def action_visit(self, what: str) -> None:
        """Open the page, the PDF or the code; a browser in the terminal gets the screen."""
        self._say(lambda: self._outside(lambda: self._deeds.visit(what)))

    def _outside(self, deed: Callable[[], str]) -> str:
        """Do something while the terminal is as it was before we came; raises as it does.

        The screen comes back whatever happens: Textual does not see to that itself.
        """
        problem: RoadmapError | None = None
        said = ""
        self.is_away = True
        with self.app.suspend():
            try:
                said = deed()
            except RoadmapError as wrong:
                problem = wrong
        self.set_timer(_BACK, self._be_back)
        if problem:
            raise problem
        return said

    def _be_back(self) -> None:
        self.is_away = False

    def action_copy(self) -> None:
        """Have the terminal copy the link."""

        def copied() -> str:
            link = self._deeds.link("url")
            self.app.copy_to_clipboard(link)
            return f"copied, if your terminal allows it: {link}"

        self._say(copied)


def in_words(problem: RoadmapError) -> str:
    """What is wrong, and the way out, in one line."""
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"error: {problem}{hint}"
