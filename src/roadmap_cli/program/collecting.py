"""Papers put into own catalogues: one by one, or whole lists of others; whole flows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Status
from roadmap_cli.curriculum.places import called_just
from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.exchange.match import Match, Matcher
from roadmap_cli.exchange.own.records import parted
from roadmap_cli.exchange.sections import Place, Section, places
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.language.tags import nearest
from roadmap_cli.program.destinations import Destinations, Goes, topic_name
from roadmap_cli.program.editing import Edited, Editing
from roadmap_cli.program.result import Result
from roadmap_cli.progress.marks import Marking, Target
from roadmap_cli.rows.entries import entries

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import Draft
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.ledger import Change
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.any_view import AnyView


class Wishes(NamedTuple):
    """How entries are to be taken.

    `goes` is where they go, or `by_sections` each where its headings say. What is taken gets
    the status `marked_as`, or `with_statuses` that of its source, its tags included; `tags` are
    put on all. Unless it `lists_known`, papers of other catalogues are not listed. More than
    `unasked` new papers are shown first, and the reader is asked once for all.
    """

    goes: Goes
    by_sections: bool = False
    marked_as: Status | None = None
    with_statuses: bool = False
    note: str = ""
    lists_known: bool = True
    tags: tuple[str, ...] = ()
    unasked: int = 0

    @property
    def is_marking(self) -> bool:
        """Whether anything is to be said of papers that are there."""
        return bool(self.marked_as or self.with_statuses or self.tags)


class Collecting:
    """Takes entries into the catalogues of one reader."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap
        self.editing = Editing(roadmap.places, roadmap.ledger)
        self.destinations = Destinations(roadmap.library, self.editing)

    def take(
        self,
        records: Sequence[Record],
        wishes: Wishes,
        person: "Person",
        preview: "Callable[[AnyView], None]",
    ) -> Result:
        """Take what was found into a catalogue, as one command with the marks that come along.

        Raises `DeclinedError`, and as `Editing.change`.
        """
        catalogue = wishes.goes.catalogue
        if there := self._all_there(records, wishes):
            return _unchanged(there, catalogue, ())
        draft = self._draft(wishes.goes)
        matches = self._matched(draft, records)
        changes = self._marks(matches, wishes)
        count = sum(match.is_written for match in matches)
        if shown := person.dialogue is not None and count > wishes.unasked:
            preview(entries(matches, catalogue))
        if count > wishes.unasked:
            person.agree(_deed(matches, changes, wishes))
        gone = [*_about_gone(draft, matches)] if wishes.by_sections else []
        if not (count or changes or self._listed_anew(draft, matches, wishes)):
            return _unchanged(matches, catalogue, gone)
        basis = list(draft.keys)

        def edit(draft: "Draft") -> Sequence["Change"]:
            nonlocal matches, changes
            if list(draft.keys) != basis:  # another program wrote to it meanwhile
                matches = self._matched(draft, records)
                changes = self._marks(matches, wishes)
            self._write(draft, matches, wishes)
            return changes

        done = self.editing.change(catalogue, "add", edit, wishes.goes.title)
        if not (done.is_changed or changes):  # another program took it in meanwhile
            return _unchanged(matches, catalogue, gone)
        said = (*gone, *_about(done, is_shown=shown))
        return Result(entries(matches, catalogue), said, is_idle=shown)

    def _all_there(self, records: Sequence[Record], wishes: Wishes) -> list[Match]:
        """What records are that are all loaded, where nothing is to be said of any; else nothing.

        Then the catalogue need not be read for editing, which takes longer than all the rest.
        """
        if wishes.by_sections or wishes.lists_known or wishes.is_marking:
            return []
        matcher = Matcher(
            self.roadmap.library, wishes.goes.catalogue, (), _wrong_in_paper
        )
        known = [
            matcher.known(record) for record in records if isinstance(record, Entry)
        ]
        there = [match for match in known if match and match.paper]
        return there if len(there) == len(records) else []

    def _draft(self, goes: Goes) -> "Draft":
        """The catalogue as it is now; raises `DataFileError` if it is no good one."""
        if goes.catalogue not in {
            loaded.id for loaded in self.roadmap.library.catalogues
        }:
            self.editing.insist_on_good(goes.catalogue)
        return self.editing.draft(goes.catalogue, goes.title)

    def _matched(self, draft: "Draft", records: Iterable[Record]) -> list[Match]:
        matcher = Matcher(
            self.roadmap.library, draft.id, draft.called(), _wrong_in_paper
        )
        loaded = self.roadmap.library.papers
        fresh = (key for key in draft.keys if f"{draft.id}/{key}" not in loaded)
        matcher.learn((key, draft.paper(key)) for key in fresh)
        return list(matcher.match(records))

    def _write(self, draft: "Draft", matches: Sequence[Match], wishes: Wishes) -> None:
        there = {*draft.keys, *(match.name for match in matches if match.is_written)}
        for match in matches:
            if match.is_written:
                extra = {"note": wishes.note} if wishes.note else {}
                fields = self._without_missing(match, there) | extra
                draft.add_paper(match.name, fields)
        for place, names in self._listed_anew(draft, matches, wishes).items():
            draft.put_all(names, topic_name(place), place.group)

    def _without_missing(
        self, match: Match, there: Collection[str]
    ) -> dict[str, object]:
        """The fields of a new paper; one of an export of ours refers only to what is there.

        A list that was cut since would make no good catalogue else.
        """
        fields = dict(match.fields)
        papers = self.roadmap.library.papers
        for field in ("requires", "helps") if _is_exported(match) else ():
            names = fields.pop(field, ())
            kept = [name for name in names if name in there or name in papers]
            fields |= {field: kept} if kept else {}
        return fields

    def _listed_anew(
        self, draft: "Draft", matches: Sequence[Match], wishes: Wishes
    ) -> Mapping[Place, list[str]]:
        """Which papers come into which topics: none that the catalogue has or lists already."""
        new = {match.name for match in matches if match.is_written}
        there = draft.listed()
        own = {*draft.keys}
        where = self._places(draft, matches, wishes)
        found: dict[Place, list[str]] = {}
        for match in matches:
            is_new = match.name in new or (
                match.name not in own and match.name not in there
            )
            if match.name and is_new and (match.is_written or wishes.lists_known):
                place = where[_section(match)] if where else wishes.goes.place
                found.setdefault(place, []).append(match.name)
        return found

    def _places(
        self, draft: "Draft", matches: Iterable[Match], wishes: Wishes
    ) -> Mapping[Section, Place]:
        if not wishes.by_sections:
            return {}

        def is_taken(name: str) -> bool:
            others = called_just(self.roadmap.library, name)
            is_anothers = any(named.catalogue != draft.id for named in others)
            return is_anothers or name in draft.keys

        named = [match for match in matches if match.name]
        sections = map(_section, named)
        are_ours = all(map(_is_exported, named))
        return places(sections, draft.titles(), is_taken, are_ours=are_ours)

    def _marks(self, matches: Iterable[Match], wishes: Wishes) -> "list[Change]":
        """What is to be said of the papers: the status and tags asked for, or their own."""
        if not wishes.is_marking:
            return []
        library, catalogue = self.roadmap.library, wishes.goes.catalogue
        said: dict[str, Marking] = {}
        for match in matches:
            if not match.name or not isinstance(match.record, Entry):
                continue
            marking = _marking(match.record, wishes)
            if match.paper:
                work = library.work[match.paper.name]
            else:
                work = f"{catalogue}/{match.name}"
            if marking:
                said.setdefault(work, marking)
        progress = self.roadmap.ledger.progress_with(library, said)
        fields = (
            (work, marking.difference(progress, Target(work, may_settle=False)))
            for work, marking in said.items()
        )
        return [(work, change) for work, change in fields if change]


def _wrong_in_paper(fields: Mapping[str, object]) -> str:
    """What is wrong with the fields of a paper; what checks them is loaded where there are any."""
    from roadmap_cli.catalogues.check import wrong_in_paper

    return wrong_in_paper(fields)


def _about(done: Edited, *, is_shown: bool) -> Iterator[str]:
    """Where it went; to who has seen the entries before, how to see them now."""
    if done.is_new:
        yield f"{done.path} is new"
    if not done.is_loaded:
        yield f"{done.path} is not shown: --catalogue or ROADMAP_CATALOGUE names other files"
    elif is_shown:
        yield f"hint: roadmap list {done.catalogue}"


def _about_gone(draft: "Draft", matches: Iterable[Match]) -> Iterator[str]:
    """What the catalogue has or lists that is not in the list which it was made of."""
    there = {match.name for match in matches}
    known = {**draft.keys, **dict.fromkeys(sorted(draft.listed()))}
    if gone := [name for name in known if name not in there]:
        yield f"not in this list, and kept in {draft.id}: {listed(gone)}"


def _is_exported(match: Match) -> bool:
    """Whether it comes from an export of ours, in which papers have their full names."""
    return isinstance(match.record, Entry) and bool(parted(match.record.key)[0])


def _section(match: Match) -> Section:
    record = match.record
    group = record.group if isinstance(record, Entry) else ""
    return (*record.section, group) if group else record.section


def _marking(entry: Entry, wishes: Wishes) -> Marking | None:
    on = _day(entry.day)
    tags = dict.fromkeys(wishes.tags, True)
    if wishes.with_statuses:
        tags |= dict.fromkeys(filter(None, map(nearest, entry.tags)), True)
        if entry.status:
            return Marking(entry.status, entry.rating, on, tags=tags)
    if not wishes.marked_as and not tags:
        return None
    return Marking(wishes.marked_as, None, on, tags=tags)


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _deed(
    matches: Sequence[Match], changes: Collection["Change"], wishes: Wishes
) -> str:
    """What is to be done, for a question; statuses that are not taken included."""
    count = sum(match.is_written for match in matches)
    catalogue = wishes.goes.catalogue
    entries = (match.record for match in matches if isinstance(match.record, Entry))
    of_their_own = sum(bool(entry.status) for entry in entries)
    untaken = 0 if wishes.with_statuses else of_their_own
    marked = f" and mark {counted(len(changes), 'paper')}" if changes else ""
    has = "status" if untaken == 1 else "statuses"
    without = f", without {untaken} {has} (--statuses takes them)" if untaken else ""
    return f"take {counted(count, 'new paper')} into {catalogue}{marked}{without}"


def _unchanged(matches: Sequence[Match], catalogue: str, gone: Iterable[str]) -> Result:
    return Result(entries(matches, catalogue), (_found_nothing(matches), *gone))


def _found_nothing(matches: Sequence[Match]) -> str:
    if not matches:
        return "there is no entry in that"
    return "nothing is new in that, so nothing was written"
