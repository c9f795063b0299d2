"""Own catalogues made, filled and put in order: whole flows, for any face."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.errors import (
    RefusedError,
    WrongUsageError,
)
from roadmap_cli.exchange.keys import slug
from roadmap_cli.exchange.sections import INBOX, Place
from roadmap_cli.language.phrases import listed
from roadmap_cli.program.destinations import Destinations, not_own, title_of, topic_name
from roadmap_cli.program.editing import OWN, Editing
from roadmap_cli.program.result import Result
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.rows.entries import edits

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import Draft
    from roadmap_cli.program.ledger import Change
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.entry_types import EditRow


class Curating:
    """Edits the catalogues of one reader."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.editing = Editing(roadmap.places, roadmap.ledger)
        self.destinations = Destinations(roadmap.library, self.editing)

    def new(self, name: str, title: str) -> Result:
        """Make a catalogue without papers.

        Raises `WrongUsageError` for what is no id, `RefusedError` if it is there.
        """
        if slug(name) != name:
            offer = slug(name)
            raise WrongUsageError(
                f"`{name}` is no id: lower-case letters, digits and hyphens",
                hint=f"roadmap new {offer}" if offer else None,
            )
        library = self.roadmap.library
        if any(catalogue.id == name for catalogue in library.catalogues):
            raise RefusedError(f"there is a catalogue `{name}` already")
        title = title or title_of(name)
        done = self.editing.change(name, "new", _nothing, title)
        made = _row("made", name, "", (), title, done.path)
        hint = f"hint: roadmap add 1706.03762 --to {name}, or roadmap edit {name}"
        return Result(edits([made]), (hint,))

    def move(self, name: str, to: str, before: str, after: str) -> Result:
        """Put a paper into another topic of its catalogue, or elsewhere in the same.

        Raises `RefusedError` if no catalogue of the reader's lists it, and as `Names.paper`.
        """
        paper = self.roadmap.names.paper(name, to_write=True)
        beside = before or after
        spot = self.roadmap.names.paper(beside, to_write=True) if beside else None
        goes = self.destinations.of(to) if to else None
        catalogue = goes.catalogue if goes else self._listing(paper)
        rows: list[EditRow] = []

        def edit(draft: "Draft") -> Sequence["Change"]:
            from roadmap_cli.catalogues.editing import Spot

            called = _call(draft, paper)
            beside_it = _call(draft, spot) if spot else ""
            there = draft.topics_of(beside_it) if spot else []
            place = goes.place if goes else _place_of(there or draft.topics_of(called))
            draft.take_out(called)
            if called in draft.keys:
                draft.clear_field(called, "retired")
            at = Spot(beside_it if before else "", beside_it if after else "")
            draft.put(called, topic_name(place), at)
            topics = draft.topics_of(called)
            rows[:] = [
                _row("moved", catalogue, called, topics, paper.title, Path(draft.path))
            ]
            return []

        self.editing.change(catalogue, "move", edit)
        return Result(edits(rows))

    def remove(self, names: Sequence[str]) -> Result:
        """Take papers out of the reader's catalogues.

        What has progress, or is referred to by another paper, is retired and stays in its file; a
        paper of another catalogue is only listed no more. Raises `RefusedError` for what no
        catalogue of the reader's lists, and as `Names.paper`.
        """
        papers = [self.roadmap.names.paper(name, to_write=True) for name in names]
        by_catalogue: dict[str, list[Paper]] = {}
        for paper in papers:
            by_catalogue.setdefault(self._listing(paper), []).append(paper)
        rows: list[EditRow] = []
        for catalogue, some in by_catalogue.items():
            self.editing.change(catalogue, "remove", self._removing(some, rows))
        return Result(edits(rows), tuple(_about_retired(rows)))

    def _removing(
        self, papers: Sequence[Paper], rows: "list[EditRow]"
    ) -> "Callable[[Draft], Sequence[Change]]":
        def edit(draft: "Draft") -> Sequence["Change"]:
            for paper in papers:
                called = _call(draft, paper)
                action = "removed"
                if called not in draft.keys:
                    draft.take_out(called)
                elif self._is_touched(paper) or draft.requirers(called):
                    draft.take_out(called)
                    day = local_day(self.roadmap.now())
                    draft.set_fields(called, {"retired": f"removed on {day}"})
                    action = "retired"
                else:
                    draft.drop_paper(called)
                path = Path(draft.path)
                rows.append(_row(action, draft.id, called, (), paper.title, path))
            return []

        return edit

    def _is_touched(self, paper: Paper) -> bool:
        """Whether the reader ever said something of a paper, or has notes on it."""
        roadmap = self.roadmap
        said = {said.paper for said in roadmap.ledger.index.all_said()}
        names = [entry.name for entry in self._entries(paper)]
        return bool(said.intersection(names)) or bool(roadmap.notes_on(paper))

    def _entries(self, paper: Paper) -> Sequence[Paper]:
        library = self.roadmap.library
        return library.entries[library.work[paper.name]]

    def edit(
        self,
        name: str,
        editing: Callable[[Path, int], Callable[[Path], None]],
        ask_again: Callable[[str], bool],
    ) -> Result:
        """Have a catalogue edited, at the line of a paper where one is named.

        The reader edits a copy, which takes the place of the file once it is in order.
        `editing` takes its path and a line, and returns what edits it; `ask_again` is told what
        is wrong and says whether to go on editing. Raises `RefusedError` if it is given up.
        """
        catalogue, key = self._file_of(name)
        path = self.editing.path_of_any(catalogue)
        before = self.editing.contents(path)
        edited = self.editing.side_copy(path, before)
        edit = editing(edited, _line_of(before, key))
        while True:
            edit(edited)
            after = self.editing.contents(edited)
            if after == before:
                edited.unlink()
                said = f"{path}: nothing was changed"
                return Result(edits([]), (said,), is_idle=True)
            problem = self.editing.complaint(after, path)
            if not problem:
                break
            if not ask_again(problem):
                raise RefusedError(
                    f"{path} is as it was: {problem}",
                    hint=f"what you wrote is in {edited}",
                )
        self.editing.replace(catalogue, "edit", after, before)
        edited.unlink()
        title = key or catalogue
        return Result(edits([_row("edited", catalogue, key, (), title, path)]))

    def _file_of(self, name: str) -> tuple[str, str]:
        """The catalogue that a name means, and the key of the paper in it, if it means one.

        Raises as `Names.anything`, and `RefusedError` for what is not the reader's own.
        """
        if not name or name in self.editing.own_ids():
            return name or OWN, ""
        named = self.roadmap.names.anything(name, to_write=True)
        if not isinstance(named, Paper):
            if named.catalogue in self.editing.own_ids():
                return named.catalogue, ""
            raise not_own(name, named.catalogue)
        own = self.editing.own_ids()
        for entry in self._entries(named):
            if entry.catalogue in own:
                return entry.catalogue, entry.key
        raise not_own(name, named.catalogue)

    def _listing(self, paper: Paper) -> str:
        """The own catalogue that has or lists a paper; raises `RefusedError` if none does."""
        own = self.editing.own_ids()
        entries = self._entries(paper)
        for entry in entries:
            if entry.catalogue in own:
                return entry.catalogue
        topics = self.roadmap.library.topics_of[self.roadmap.library.work[paper.name]]
        for topic in topics:
            if topic.catalogue in own:
                return topic.catalogue
        raise not_own(self.roadmap.names.short(paper), paper.catalogue)


def _nothing(_: "Draft") -> Sequence["Change"]:
    return []


def _place_of(topics: Sequence[str]) -> Place:
    if not topics:
        return INBOX
    area, _, topic = topics[0].partition("/")
    return Place(area, topic, "", "")


def _call(draft: "Draft", paper: Paper) -> str:
    """What a paper is called in a catalogue: its key where it has it, else its full name."""
    return paper.key if paper.catalogue == draft.id else paper.name


def _row(  # noqa: PLR0913, PLR0917 - the fields of the row
    action: Any,  # noqa: ANN401 - one of the row's words
    catalogue: str,
    key: str,
    topics: Sequence[str],
    title: str,
    path: Path,
) -> "EditRow":
    return {
        "action": action,
        "catalogue": catalogue,
        "key": key,
        "topics": list(topics),
        "title": title,
        "path": str(path),
    }


def _about_retired(rows: "Sequence[EditRow]") -> Iterator[str]:
    if names := [row["key"] for row in rows if row["action"] == "retired"]:
        yield f"{listed(names)}: kept as retired, since you marked or noted it or another paper refers to it"


def _line_of(contents: bytes, key: str) -> int:
    """The line of a paper in a catalogue file, 1 if it is not found."""
    from roadmap_cli.catalogues.positions import Lines

    place = ("paper", key)
    found = Lines(contents.decode("utf-8", errors="replace"), [place])
    return (key and found.of(place)) or 1
