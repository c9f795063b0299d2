"""Where files are, copies made and put back, notes written: whole flows, for any face."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Paper
from roadmap_cli.curriculum.questions import OWN
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.choosing import unused
from roadmap_cli.program.result import Result
from roadmap_cli.rows.files import copies, files

if TYPE_CHECKING:
    from roadmap_cli.journal.backups import Copy
    from roadmap_cli.program.asking import Agree
    from roadmap_cli.program.restoring import Plan, Restored
    from roadmap_cli.program.roadmap import Roadmap

WITHOUT_EDITOR = "roadmap note NAME TEXT"
"""The command that adds a line without an editor."""

_SEVERAL = 2


class Keeping:
    """Copies and notes of one reader."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def files(self) -> Result:
        """Where the reader's files are; needs none of them to be readable.

        With it comes which of the folders cannot be reached.
        """
        places = self.roadmap.places
        catalogues, _ = places.find_catalogues(self.roadmap.used)
        found = [("catalogue", path) for path in catalogues]
        found += [
            ("catalogues", places.own_catalogues),
            ("journal", self.roadmap.ledger.journal.path),
            ("notes", places.notes),
            ("papers", places.papers),
            ("backups", places.backups),
            ("data", places.data),
            ("cache", places.cache),
            ("state", places.state),
        ]
        rows = ((what, str(path), os.path.exists(path)) for what, path in found)  # noqa: PTH110 - says no where it may not look
        warnings = tuple(places.damages())
        remarks = (*unused(self.roadmap), *self.about_devices)
        return Result(files(rows), remarks, warnings=warnings)

    @property
    def about_devices(self) -> tuple[str, ...]:
        """That all journals of the folder count as those of one reader, if there are several."""
        count = len(self.roadmap.ledger.journal.files()[0])
        if count < _SEVERAL:
            return ()
        folder = self.roadmap.ledger.journal.folder
        owner = "reader's; another person needs a folder of their own"
        return (f"the {count} journals in {folder} count as one {owner}",)

    def copies(self) -> Result:
        """The copies that there are, the newest first."""
        return Result(copies(self.roadmap.ledger.backups.all()))

    def backup(self) -> Result:
        """Copy progress, notes and catalogues as they are now; raises as `Backups.make`."""
        backups = self.roadmap.ledger.backups
        made = backups.make(self.roadmap.now())
        return Result(copies([backups.copy_at(made.path)]), warnings=made.left_out)

    def restore(
        self, name: str | None, replacing: Collection[str], agree: "Agree"
    ) -> Result:
        """Put back a copy, the newest if none is named, once the reader agrees.

        `replacing` are the parts (`notes`, `catalogues`) of which the copy's files replace those
        that are there. Raises as `Backups.find`, `Restoring.put_back` and `agree`.
        """
        restoring = self.roadmap.restoring
        copy = self.roadmap.ledger.backups.find(name)
        agree(_deed(restoring.plan(copy, replacing), copy))
        done = restoring.put_back(copy, replacing)
        is_rehearsal = self.roadmap.ledger.is_rehearsal
        return Result(
            copies([copy], "would restore" if is_rehearsal else "restored"),
            (*_what_was_there(done), *_what_stays(done, copy, is_rehearsal)),
            done.kept.left_out if done.kept else (),
        )

    def add_note(self, name: str, line: str) -> Result:
        """Add a dated line to the notes on a paper; raises `WrongUsageError` if it is blank."""
        paper = self.roadmap.names.paper(name, to_write=True)
        if not line.strip():
            raise WrongUsageError("there are no words to add", hint=WITHOUT_EDITOR)
        path = self.roadmap.notes.add(paper, line)
        return self._note(paper, path, is_added=True)

    def add_question(
        self, name: str, ask: str, answer: str, words: Sequence[str] | None
    ) -> Result:
        """Add a question with its answer to the notes on a paper.

        Raises `WrongUsageError` if either is blank, or if a line is to be added as well.
        """
        paper = self.roadmap.names.paper(name, to_write=True)
        if words or not (ask.strip() and answer.strip()):
            raise WrongUsageError(
                "a question takes --ask and --answer, each with words, and nothing else",
                hint='roadmap note NAME --ask "Why?" --answer "Because."',
            )
        path, key = self.roadmap.notes.add_question(paper, ask, answer)
        work = self.roadmap.library.work[paper.name]
        result = self._note(paper, path, is_added=True)
        return result._replace(remarks=(f"roadmap review asks it: {work}{OWN}{key}",))

    def edit_note(self, name: str, editing: Callable[[Path], "Editing"]) -> Result:
        """Have the notes on a paper edited; nothing of ours is locked meanwhile.

        `editing` takes the path of the file and returns what edits it, or raises what is in the
        way; it is asked before the file is made. Where nothing was written into a new file, it
        is removed again.
        """
        paper = self.roadmap.names.paper(name, to_write=True)
        notes = self.roadmap.notes
        edit = editing(notes.path(paper))
        path = notes.prepare(paper)
        try:
            edit(path)
        except RefusedError:
            notes.discard(paper)
            raise
        return self._note(paper, path)

    def _note(self, paper: Paper, path: Path, *, is_added: bool = False) -> Result:
        view = self.roadmap.rows.note(paper, str(path), is_added=is_added)
        return Result(view, needs_progress=True)


Editing = Callable[[Path], None]
"""Lets the reader edit a file; raises `RefusedError` if no editor ran."""


def _deed(plan: "Plan", copy: "Copy") -> str:
    """What there is to agree to."""
    deed = f"bring back the copy of {copy.name} ({_events(plan.held)})"
    if plan.replaced:
        old, new = _events(plan.there), _events(plan.held)
        deed = f"replace your progress ({old}) by the copy of {copy.name} ({new})"
    return f"{deed} and leave {_marked_by(plan.staying)}" if plan.staying else deed


def _marked_by(devices: Sequence[str]) -> str:
    return f"what {listed([f'`{device}`' for device in devices])} marked"


def _what_was_there(done: "Restored") -> Iterator[str]:
    if done.kept:
        events = f" ({_events(done.plan.there)})" if done.plan.replaced else ""
        yield f"what was there{events} is kept as {done.kept.path}"


def _what_stays(done: "Restored", copy: "Copy", is_rehearsal: bool) -> Iterator[str]:
    """What is not as in the copy, and how it would be; and which catalogues are new."""
    plan = done.plan
    if plan.staying:
        yield f"{_marked_by(plan.staying)} stays"
    for path in done.taken:
        yield f"what only the copy knew of another device is in {path}"
    for path in plan.unreadable:
        yield f"{path} is damaged, and the copy has none of it: roadmap doctor"
    for path in done.catalogues:
        yield f"the catalogue {path} {'would come' if is_rehearsal else 'came'} back"
    for part, count in (("note", plan.notes), ("catalogue", plan.catalogues)):
        if count:
            verbs = ("differs", "stays") if count == 1 else ("differ", "stay")
            yield (
                f"{counted(count, part)} {verbs[0]} from the copy's and {verbs[1]};"
                f" to bring back the copy's: roadmap restore {copy.name} --{part}s"
            )


def _events(count: int | None) -> str:
    return "damaged" if count is None else counted(count, "event")
