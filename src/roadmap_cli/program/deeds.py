"""What a reader does at a desk: the flows of the commands, and in a line what came of each."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Status
from roadmap_cli.errors import DeclinedError, NotFoundError, RefusedError
from roadmap_cli.language.phrases import counted
from roadmap_cli.program.asking import Person

if TYPE_CHECKING:  # nothing is done before the first key: what does it is loaded then
    from roadmap_cli.program.desk import Desk
    from roadmap_cli.program.fetching import Fetching
    from roadmap_cli.program.keeping import Keeping
    from roadmap_cli.program.reading import Reading
    from roadmap_cli.program.result import Result
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.progress.marks import Marking

_CALL = "roadmap mark-read"
_NO_PAPER = "that takes a paper: l goes to the papers"


class UnsureError(DeclinedError):
    """The reader has to agree first; `deed` says to what, its verb first."""

    def __init__(self, deed: str) -> None:
        super().__init__()
        self.deed = deed


class Outside(NamedTuple):
    """What a face lends: the editor, the browser, and who asks services.

    `edit` takes the path of a file and returns what edits it; `visit` opens a link, or the file
    of a PDF of the reader's.
    """

    edit: Callable[[Path], Callable[[Path], None]]
    visit: Callable[[str], None]
    fetching: "Callable[[Roadmap], Fetching]"


class Deeds:
    """What can be done with what the reader is at; each tells in words what came of it.

    Everything raises as the command does that does the same.
    """

    def __init__(self, desk: "Desk", outside: Outside) -> None:
        self._desk = desk
        self._outside = outside

    @property
    def _roadmap(self) -> "Roadmap":
        return self._desk.roadmap

    @property
    def _reading(self) -> "Reading":
        from roadmap_cli.program.reading import Reading

        return Reading(self._roadmap)

    @property
    def _keeping(self) -> "Keeping":
        from roadmap_cli.program.keeping import Keeping

        return Keeping(self._roadmap)

    def mark(self, status: Status, *, assured: bool = False) -> str:
        """Mark what is selected, or what the reader is at; a whole area only if `assured`."""
        from roadmap_cli.progress.marks import Marking

        return self._mark(Marking(status), assured=assured)

    def rate(self, rating: int) -> str:
        """Rate papers 1 to 5; what was neither read nor known is read from then on."""
        from roadmap_cli.progress.marks import Marking

        desk = self._desk
        works = [*desk.selected] or [*filter(None, [desk.papers.current])]
        statuses = {desk.row(work)["status"] for work in works}
        is_known = statuses == {Status.KNOWN}
        marking = Marking(Status.KNOWN if is_known else Status.READ, rating)
        return self._mark(marking, papers_only=True)

    def tag(self, words: str) -> str:
        """Put tags on and take them off: `+thesis -later`; a word without a sign is put on."""
        from roadmap_cli.program.tagging import read
        from roadmap_cli.progress.marks import Marking

        each = words.replace(",", " ").split()
        signed = (word if word.startswith(("+", "-")) else f"+{word}" for word in each)
        return self._mark(Marking(None, tags=read(signed).tags), papers_only=True)

    def _mark(
        self, marking: "Marking", *, assured: bool = True, papers_only: bool = False
    ) -> str:
        from roadmap_cli.program.meant import Which

        names = self._desk.targets()
        if not names:
            raise NotFoundError("there is nothing here to mark")
        if papers_only:
            self.insist_on_papers()
        person = Person(_silently if assured else _unsure, str, None)
        try:
            result = self._reading.mark(Which(names), marking, _CALL, person)
        except UnsureError as unsure:
            unsure.deed += f" as {marking.status}" if marking.status else ""
            raise
        self._desk.selected.clear()
        return self._told(result)

    def insist_on_papers(self) -> None:
        """Raise `RefusedError` where no paper is selected, and the reader is at none."""
        if not (self._desk.selected or isinstance(self._desk.here, Paper)):
            raise RefusedError(_NO_PAPER)

    def _told(self, result: "Result") -> str:
        """What was changed, how to take it back, and what there is to know beside it."""
        from roadmap_cli.rows.changes import change_in_words
        from roadmap_cli.rows.view import ChangesView

        view = result.view
        assert isinstance(view, ChangesView)  # noqa: S101 - as all flows of marks have it
        rows = view.output["changes"]
        said = list(result.remarks)
        if len(rows) == 1:
            said.insert(0, f"{rows[0]['key']}: {change_in_words(rows[0])}")
        elif rows:
            alike = {change_in_words(row) for row in rows}
            what = alike.pop() if len(alike) == 1 else "changed"
            said.insert(0, f"{counted(len(rows), 'paper')}: {what}")
        if view.aftermath.to_ask:
            said.append("R asks what you remember of it")
        if rows:
            said.append("u takes it back")
        return "; ".join(said)

    def undo(self) -> str:
        """Take back the last command of this device."""
        return self._again(self._reading.undo(), "took back")

    def redo(self) -> str:
        """Give again what was taken back last."""
        return self._again(self._reading.redo(), "again")

    def _again(self, result: "Result", did: str) -> str:
        from roadmap_cli.rows.events import in_words
        from roadmap_cli.rows.view import ChangesView

        view = result.view
        assert isinstance(view, ChangesView)  # noqa: S101 - as above
        said = list(result.remarks)
        if view.output["changes"]:
            said.insert(0, f"{did}: {in_words(view.output['said'])}")
        self._desk.renew()
        return "; ".join(said)

    def aim(self) -> str:
        """Make what the reader is at the goal; where it is that already, there is none."""
        named, guide = self._desk.here, self._roadmap.guide
        if named is None:
            raise NotFoundError("there is nothing here to aim at")
        goal = guide.goal_of(named)
        if guide.set_goal and guide.set_goal.name == goal.name:
            self._roadmap.record.set_goal(None)
            return f"{goal.called} is your goal no more; u takes it back"
        self._roadmap.record.set_goal(self._roadmap.names.short(named))
        return f"your goal is {goal.called}; u takes it back"

    def note(self, line: str) -> str:
        """Add a line to the notes on the paper that the reader is at."""
        name = self._paper_name()
        self._keeping.add_note(name, line)
        return f"noted on {name}; e opens your notes"

    def edit_note(self) -> str:
        """Have the notes on the paper edited that the reader is at."""
        name = self._paper_name()
        self._keeping.edit_note(name, self._outside.edit)
        return f"your notes on {name} are as you saved them"

    def visit(self, what: str) -> str:
        """Open its page, or its `pdf` or `code`."""
        name, link = self._paper_name(), self.link(what)
        self._outside.visit(link)
        return f"opened {name}: {link}"

    def link(self, what: str) -> str:
        """The link of the paper that the reader is at."""
        return self._roadmap.link(self._paper(), what)

    def _paper(self) -> Paper:
        named = self._desk.here
        if not isinstance(named, Paper):
            raise RefusedError(_NO_PAPER)
        return named

    def _paper_name(self) -> str:
        return self._roadmap.names.short(self._paper())

    def add(self, words: str) -> tuple[str, str]:
        """Add papers as `roadmap add` does: arXiv ids, DOIs, links, names.

        With what came of it comes the name of the first of them, to go there. It takes as long
        as services take, and touches nothing of the desk: it can be done in another thread.
        """
        from roadmap_cli.program.adding import Add, Adding, Given
        from roadmap_cli.program.collecting import Collecting
        from roadmap_cli.program.roadmap import Roadmap
        from roadmap_cli.rows.entry_view import EntriesView

        mine = self._roadmap
        roadmap = Roadmap(mine.places, mine.now, languages=mine.languages)
        adding = Adding(
            Collecting(roadmap),
            lambda _: b"",
            _shown,
            lambda: self._outside.fetching(roadmap),
        )
        try:
            result = adding.add(
                words.split(), Given(), Add(), Person(_silently, str, None)
            )
        finally:
            roadmap.close()
        if result.failure:
            raise result.failure
        view = result.view
        assert isinstance(view, EntriesView)  # noqa: S101 - as all additions have it
        said = [f"{row['action']}: {row['key'] or row['title']}" for row in view.rows]
        names = [row["key"] for row in view.rows if row["key"]]
        return "; ".join([*said, *result.remarks]), names[0] if names else ""


def _unsure(deed: str) -> None:
    raise UnsureError(deed)


def _silently(_deed: str) -> None:
    """Agree: the reader was asked, or it is little."""


def _shown(_view: object) -> None:
    """Show nothing before: the list itself shows what came."""
