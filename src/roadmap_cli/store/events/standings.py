"""Progress that is looked up in the index of events, as it is asked for.

It says what `replay` makes of all events. What is asked of every work of a topic, or of all, is
answered from sets of works by status: they are kept for each library, and brought up to date
with what was said since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.curriculum.numbers import Numbers
from roadmap_cli.progress.clocks import local_day
from roadmap_cli.progress.events import (
    Aim,
    Marks,
    Progress,
    Standing,
    Visit,
    marks_by,
)
from roadmap_cli.progress.settings import last_aim, last_wish
from roadmap_cli.store.events.index import EventIndex
from roadmap_cli.store.events.rows import Said
from roadmap_cli.store.library.packing import packed_sets, sets_of

_AT_ONCE = 40


class StoredProgress(Progress):
    """Where the reader is with the works of a library, by what the index of events keeps."""

    def __init__(
        self, index: EventIndex, library: Library, *, is_complete: bool
    ) -> None:
        super().__init__(is_complete=is_complete)
        self._index = index
        self._library = library
        self._known: dict[str, Standing | None] = {}

    @cached_property
    def aim(self) -> Aim | None:
        """The goal that was set last, if it was not cleared."""
        return last_aim(self._index.settings())

    @cached_property
    def wish(self) -> str:
        """The query that suggestions have to match; empty for anything."""
        return last_wish(self._index.settings())

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """The standing of each work of which anything was said."""
        found = self._by_work(self._index.all_said())
        works = self._library.names_of(found)
        return dict(zip(works, map(_standing, found.values()), strict=True))

    @cached_property
    def tagged(self) -> Mapping[str, Sequence[str]]:
        """The tags of each work that has any."""
        found = self._by_work(self._index.tagged())
        works = self._library.names_of(found)
        tags = zip(works, map(_tags, found.values()), strict=True)
        return {work: some for work, some in tags if some}

    @cached_property
    def unlisted(self) -> Mapping[str, Standing]:
        """The standing of each paper that no catalogue has, by its full name."""
        found = self._index.all_said()
        numbers = self._library.numbers_called(words.paper for words in found)
        others = (words for words in found if words.paper not in numbers)
        return {other.paper: _standing([other]) for other in others}

    @property
    def trail(self) -> Sequence[str]:
        """The works being read or read, the one that was spoken of last at the end."""
        return tuple(visit.work for visit in self.latest())[::-1]

    @property
    def begun(self) -> list[str]:
        """The works being read."""
        return list(self._library.names_of(self._marks_kept.reading))

    def of(self, work: str) -> Standing:
        """The standing of a work, or of a full name that no catalogue has."""
        return self._looked_up(work) or Standing()

    def status(self, work: str) -> Status:
        """The status of a work; untouched ones are `todo`."""
        number = self._library.positions.get(work)
        if number is None:
            return self.of(work).status
        return self._marks_kept.status(number)

    def known_status(self, work: str) -> Status | None:
        """The status of a work, or nothing where an unread journal may say otherwise."""
        is_known = self.is_complete or self._looked_up(work) is not None
        return self.status(work) if is_known else None

    def latest(self) -> Iterator[Visit]:
        """The works being read or read, the one that was spoken of last first."""
        library, marks = self._library, self._marks_kept
        met, before = set[int](), ""
        while said := self._index.last_read(_AT_ONCE, before):
            before = said[-1].told
            numbers = library.numbers_called(words.paper for words in said)
            each: dict[int, Said] = {}
            for words in said:
                if words.paper in numbers:
                    each.setdefault(numbers[words.paper], words)
            new = [number for number in each if number not in met]
            met.update(new)
            for number, work in zip(new, library.names_of(new), strict=True):
                if number in marks.reading or number in marks.read:
                    yield Visit(work, marks.status(number), _day(each[number]))

    def marks(self, library: Library) -> Marks:
        """The works of a library by their status, as sets that are counted in one step."""
        return self._marks_kept if library is self._library else super().marks(library)

    @cached_property
    def _marks_kept(self) -> Marks:
        library, index = self._library, self._index
        kept = index.marks(library.made_from)
        marks = Marks(*sets_of(kept.sets)) if kept.sets else Marks()
        if not kept.since:
            return marks
        changed = Numbers.of(library.numbers_called(kept.since).values())
        said = index.said(library.full_names_of(library.names_of(changed)))
        found = self._by_work(said)
        new = marks_by((number, _standing(some)) for number, some in found.items())
        pairs = zip(marks, new, strict=True)
        marks = Marks(*((before - changed) | after for before, after in pairs))
        if library.made_from:
            index.keep_marks(library.made_from, kept.change, packed_sets(marks))
        return marks

    def _looked_up(self, work: str) -> Standing | None:
        if work not in self._known:
            number = self._library.positions.get(work)
            names: Iterable[str] = [work]
            if number is not None:
                is_told = number in self._marks_kept.told
                names = self._library.full_names[work] if is_told else ()
            said = self._index.said(names) if names else []
            self._known[work] = _standing(said) if said else None
        return self._known[work]

    def _by_work(self, said: Sequence[Said]) -> dict[int, list[Said]]:
        """The last words on the papers that are each work, by its position."""
        numbers = self._library.numbers_called(words.paper for words in said)
        found: dict[int, list[Said]] = {}
        for words in said:
            if words.paper in numbers:
                found.setdefault(numbers[words.paper], []).append(words)
        return found


def _standing(said: Sequence[Said]) -> Standing:
    """The standing that the last words on the papers of a work come to."""
    last = max(said, key=lambda words: words.told)
    rating = max(said, key=lambda words: words.rated).rating
    if not last.told:
        return Standing(rating=rating, tags=_tags(said))
    return Standing(Status(last.status), _day(last), rating, _tags(said))


def _tags(said: Iterable[Said]) -> tuple[str, ...]:
    """The tags that the last words on the papers of a work leave it, in alphabetical order."""
    words = sorted(
        chain.from_iterable(paper.tag_words.items() for paper in said if paper.tags),
        key=_place,
    )
    return tuple(sorted(tag for tag, (_, is_on) in dict(words).items() if is_on))


def _place(word: tuple[str, tuple[str, bool]]) -> str:
    return word[1][0]


def _day(said: Said) -> date | None:
    """The day since when a paper has its status."""
    if said.status == Status.TODO:
        return None
    if said.day:
        return date.fromisoformat(said.day)
    return local_day(datetime.fromisoformat(said.at))
