"""Marks made, taken back and looked back on: whole flows, with what there is to say of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Kind, Paper, Status, Topic
from roadmap_cli.errors import NotFoundError, WrongUsageError
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.meant import Meaning, Which
from roadmap_cli.program.result import Result
from roadmap_cli.progress import marks
from roadmap_cli.progress.events import edited_catalogue, question_of
from roadmap_cli.progress.marks import Marked, Marking, Noted, Prepared, Story, Told
from roadmap_cli.progress.settings import is_about_catalogues, seen_of
from roadmap_cli.rows.changes import changes
from roadmap_cli.rows.events import in_words, said

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.placement import Placement, Section
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.progress.events import Aim
    from roadmap_cli.rows.types import SaidInBriefRow
    from roadmap_cli.suggest import Suggestion

_NAMED = 5
"""Papers told one by one where many are changed."""
_SEVERAL = 3
"""Skipped papers of one kind after which it is said how to leave that kind out."""
_LOOKED_AT = 500
_MANY = 10
"""Papers found by a query that are marked without a question."""


class Reading:
    """What one reader says of papers.

    Where it `is_brief`, nothing is told of the topics of what was marked, nor what comes next.
    """

    def __init__(self, roadmap: "Roadmap", *, is_brief: bool = False) -> None:
        self.roadmap = roadmap
        self.is_brief = is_brief

    def mark(
        self, which: Which, marking: Marking, call: str, person: "Person"
    ) -> Result:
        """Mark or tag papers, or whole topics; without a name, what the reader is reading.

        `call` is the command to name in a hint. Asks before it changes papers of a whole area,
        or many that answer a query: that is much and quickly typed. Raises as `Meaning.of`,
        `Roadmap.filter`, `Record.prepare`, `Record.write` and `agree`.
        """
        record = self.roadmap.record
        among = self.roadmap.filter(which.where)
        meant = Meaning(self.roadmap, person, call).of(which, marking.status)
        prepared = record.prepare(
            meant.named, marking, among, may_settle=which.asks_of_status
        )
        if among and not prepared.targets:
            return self._nothing(*meant.remarks, f"no paper answers {which.where}")
        if not meant.named:
            return self._nothing(*meant.remarks)
        verb = "mark" if marking.status else "change the tags of"
        self._confirm(prepared, which, person, verb)
        marked = record.write(prepared)
        left = self._left_as_it_was(marked, marking.status)
        way_out = self._skips_of_a_kind(marked)
        return self._result(marked, [*meant.remarks, *left, *way_out])

    def place(
        self, which: Which, marking: Marking, call: str, person: "Person"
    ) -> Result:
        """Ask topic by topic what is to be marked, and mark it with one command.

        What was said is written whatever ends the dialogue. Raises as `mark`, and
        `WrongUsageError` where nobody is there to answer.
        """
        dialogue = person.dialogue
        if dialogue is None:
            raise WrongUsageError(
                "--ask puts its questions on a terminal, and nobody can answer here",
                hint=f"say what it is: {call} background --yes",
            )
        wanted = which if which.names else which._replace(where=which.where or "")
        lets_through = self.roadmap.filter(which.where)
        meant = Meaning(self.roadmap, person, call).of(wanted, marking.status)
        self.roadmap.ledger.insist_on_all()

        def is_open(paper: Paper) -> bool:
            if self.roadmap.standing(paper).status.is_settled:
                return False
            return lets_through is None or lets_through(paper)

        from roadmap_cli.program.placement import (
            Placement,
            sections,
        )  # marks do without

        some = sections(self.roadmap.library, meant.named, is_open)
        if not some:
            return self._nothing(*meant.remarks, "nothing is left to ask about")
        return self._placed(Placement(self.roadmap.library, dialogue), some, marking)

    def _placed(
        self, placement: "Placement", some: "Sequence[Section]", marking: Marking
    ) -> Result:
        """Ask, and write what was said, also where the run is to end."""
        record = self.roadmap.record
        record.prepare((), marking)  # complains before the first question
        marked = Marked(())
        try:
            placement.ask(some)
        finally:
            if placement.known:
                marked = record.write(record.prepare(placement.known, marking))
        left = len(some) - placement.seen
        remarks = [f"{counted(left, 'topic')} not answered"] if left else []
        if not marked.moved:
            remarks.append("nothing was marked")
        return self._result(marked, remarks)

    def _skips_of_a_kind(self, marked: Marked) -> Iterator[str]:
        """How to leave out a kind of which several are skipped by now, if it is not left out."""
        new = [
            move.paper.kind
            for move in marked.moved
            if move.paper and move.is_of_status and move.after.status is Status.SKIPPED
        ]
        wish = self.roadmap.progress.wish
        for kind in sorted({*new} - {Kind.PAPER}):
            skipped = self._skipped(kind)
            is_told = skipped // _SEVERAL == (skipped - new.count(kind)) // _SEVERAL
            if is_told or f"-kind:{kind}" in wish.split():
                continue
            from shlex import quote  # hardly any mark comes so far

            query = quote(f"{wish} -kind:{kind}".lstrip())
            yield (
                f"{counted(skipped, kind.value)} are skipped; to be offered no more of them: "
                f"roadmap next --where {query} --remember"
            )

    def _skipped(self, kind: Kind) -> int:
        """How many papers of a kind are skipped, of those skipped at all at most `_LOOKED_AT`."""
        library, progress = self.roadmap.library, self.roadmap.progress
        works = library.names_of(progress.marks(library).skipped)
        return sum(
            library.shown[work].kind is kind for work in islice(works, _LOOKED_AT)
        )

    def _arrival(self, marked: Marked) -> Iterator[str]:
        """That the goal is reached, if a paper on the way to it was settled just now."""
        if not marked.is_progress or self.roadmap.progress.aim is None:
            return
        guide = self.roadmap.guide
        goal = guide.reached_goal
        if goal is None:
            return
        settled = (
            move.name
            for move in marked.moved
            if move.after.status.is_settled and not move.before.status.is_settled
        )
        if set(settled) & set(guide.takes(goal)):
            yield f"you have reached your goal, {goal.called}; to set another: roadmap goal NAME"

    def _nothing(self, *remarks: str) -> Result:
        """That nothing was marked."""
        return self._result(Marked(()), remarks)

    def _confirm(
        self, prepared: Prepared, which: Which, person: "Person", verb: str
    ) -> None:
        """Ask before much is marked; raises as `agree`."""
        papers = counted(prepared.changes, "paper")
        if which.where is not None:
            if prepared.changes > _MANY:
                person.agree(f"{verb} {papers} that answer `{which.where}`")
        elif prepared.changes:
            named = " and ".join(whole.title for whole in prepared.wholes)
            person.agree(f"{verb} {papers} of {named}")

    def undo(self) -> Result:
        """Take back the last command of this device; raises as `Record.undo`."""
        marked = self._renewed(self.roadmap.record.undo())
        idle = self._idle(marked, "took back", "would take back")
        edits = self._edits(marked, "took back", "would take back")
        stays = self._notes_that_stay(marked)
        return self._result(marked, [*edits, *idle, *stays])

    def _renewed(self, marked: Marked) -> Marked:
        """The same by the catalogues as they are now, where some were edited."""
        if not any(edited_catalogue(told.event) for told in marked.said):
            return marked
        self.roadmap.renew()
        return marks.as_known(marked, self.roadmap.library)

    def _edits(self, marked: Marked, did: str, would: str) -> Iterator[str]:
        """Which edits and choices of catalogues a command took back, or gave again."""
        edits = [told for told in marked.said if is_about_catalogues(told.event)]
        if edits:
            verb = would if self.roadmap.ledger.is_rehearsal else did
            yield f"{verb}: {in_words(self._said(edits))}"

    def redo(self) -> Result:
        """Take back the last undo; raises as `Record.redo`."""
        marked = self._renewed(self.roadmap.record.redo())
        edits = self._edits(marked, "redid", "would redo")
        idle = self._idle(marked, "redid", "would redo")
        return self._result(marked, [*edits, *idle])

    def history(self, name: str | None, since: date | None) -> Story:
        """What was said when, the newest first: of one paper, or of all.

        Raises `DataFileError` if no event is found, and an unread journal may say more.
        """
        roadmap = self.roadmap
        work = self._spoken_of(name) if name else None
        found = [
            told
            for told in marks.history(roadmap.ledger.index.story(), roadmap.library)
            if not (told.event.distrusts or seen_of(told.event))
            and (not work or self._subject(told.event.paper) == work)
            and (not since or told.event.day >= since)
        ]
        if not found:
            roadmap.ledger.insist_on_all()
        noted = [line for line in self._noted(work) if not since or line.on >= since]
        return Story(found, sorted(noted, key=lambda line: line.on, reverse=True))

    def _noted(self, work: str | None) -> Iterator[Noted]:
        """The dated lines of the notes on a work, or on all, the last of each file first."""
        from roadmap_cli.program.notes import dated

        library, notes = self.roadmap.library, self.roadmap.notes
        if work is None:
            texts = notes.by_work(library)
        else:
            texts = {work: notes.read(library.entries.get(work, ()))}
        for named, text in texts.items():
            for on, line in reversed([*dated(text)]):
                yield Noted(library.shown[named], on, line)

    def _result(self, marked: Marked, remarks: Iterable[str]) -> Result:
        """What a command did; unless that is too much talk, its topics and what comes next."""
        moved = () if self.is_brief else marked.moved
        touched = self._homes(
            move.paper for move in moved if move.paper and not move.is_of_tags
        )
        is_followed = marked.is_progress and not self.is_brief
        told = [*self._goal(*marked.aims)] if marked.aims else []
        told += [*self._wish(*marked.wishes)] if marked.wishes else []
        told += self._arrival(marked)
        rows = self.roadmap.rows

        def following() -> "Sequence[Suggestion]":
            return self.roadmap.guide.first(1).offers if is_followed else ()

        view = changes(rows, marked, touched, following, self._said(marked.said))
        return Result(
            view,
            (*told, *remarks),
            needs_progress=True,
            is_idle=not marked.moved,
        )

    def _said(self, told: Sequence[Told]) -> "Sequence[SaidInBriefRow]":
        return said(self.roadmap.rows, told)

    def _homes(self, papers: Iterable[Paper]) -> list[Topic]:
        """The first topics of these papers, each once."""
        library = self.roadmap.library
        homes = (library.topics_of[library.work[paper.name]][:1] for paper in papers)
        return list(
            {topic.full_name: topic for home in homes for topic in home}.values()
        )

    def _goal(self, before: "Aim | None", after: "Aim | None") -> Iterator[str]:
        """What the goal is again, or that there is none, also where no catalogue has it."""
        guide = self.roadmap.guide
        is_ = "would be" if self.roadmap.ledger.is_rehearsal else "is"
        if after:
            called, remark = guide.told(after)
            yield f"your goal {is_} {called} again{remark and f', which {remark}'}"
        elif before:
            yield f"no goal {is_} set any more"
            yield f"the goal so far: {guide.told(before)[0]}"

    def _wish(self, before: str, after: str) -> Iterator[str]:
        """What the wish is again, or that there is none."""
        is_ = "would be" if self.roadmap.ledger.is_rehearsal else "is"
        if after:
            yield f"your wish {is_} `{after}` again"
        else:
            yield f"no wish {is_} set any more; the wish so far: `{before}`"

    def _left_as_it_was(self, marked: Marked, wanted: Status | None) -> Iterator[str]:
        """Which papers are as they were, by status: of a whole area, a few of them by name."""
        names = self.roadmap.names
        if wanted is None and marked.unmoved:
            papers = [names.short(paper) for paper, _ in marked.unmoved]
            yield f"nothing changes for {listed(papers)}"
            return
        by_status: dict[Status, list[str]] = {}
        for paper, status in marked.unmoved:
            by_status.setdefault(status, []).append(names.short(paper))
        for status, papers in by_status.items():
            is_single = len(papers) == 1
            verb = "is already" if is_single else "are already"
            if status is not wanted:
                verb = "stays" if is_single else "stay"
            yield f"{listed(papers)} {verb} {status}"

    def _idle(self, marked: Marked, did: str, would: str) -> Iterator[str]:
        """What a command took back, or gave again, on questions, or so that nothing changes."""
        verb = would if self.roadmap.ledger.is_rehearsal else did
        if asked := [told for told in marked.said if question_of(told.event)]:
            yield f"{verb}: {in_words(self._said(asked))}"
        if marked.idle:
            yield f"{verb}: {in_words(self._said(marked.idle))}; that changes nothing"

    def _notes_that_stay(self, marked: Marked) -> Iterator[str]:
        """Where the notes of what was undone are: a line that came with a mark stays."""
        roadmap = self.roadmap
        papers = [move.paper for move in marked.moved if move.paper]
        noted = [paper for paper in papers if roadmap.notes_on(paper)]
        for paper in noted[:_NAMED]:
            called = roadmap.names.short_names[paper.name]
            yield f"your notes on {called} stay: {roadmap.notes.path(paper)}"

    def _subject(self, name: str) -> str:
        """The work that an event's full name means, else the name."""
        return self.roadmap.library.answers_to(name) or name

    def _spoken_of(self, name: str) -> str:
        """The work of that name, or the full name itself where no catalogue has what it means.

        Raises as `Names.paper` if nothing was ever said of it either.
        """
        roadmap = self.roadmap
        try:
            return roadmap.library.work[roadmap.names.paper(name).name]
        except NotFoundError:
            spoken = {event.paper for event, _ in roadmap.ledger.index.story()} - {""}
            if name not in spoken:
                raise
            return name
