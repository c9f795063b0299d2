"""What to read next; every place in the order is explained by named reasons.

A paper's place is decided by the first of these in which two papers differ:

1. `reading`: what you have begun comes first.
2. `topic`: then what belongs to the topic you are in.
3. `order`: then the order of the curriculum.

Whatever a paper still needs is put right before it (`needed`), so nothing ever ranks above
a paper that it requires. What is read, known or skipped neither appears nor holds anything
up. Where the curriculum gives no order, the paper that opens the way to more others comes
first (`unlocks`), then the lighter one (`light`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from roadmap_cli.model import Level, Library, Paper, Status, Topic
from roadmap_cli.progress import Progress, local_day
from roadmap_cli.spelling import counted

LONG_BREAK = 14
"""Days without a mark after which a suggestion says where you were."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper stands where it stands; `term` is one of the names above."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper to read next, its deciding reason first; `waits_for` is to be read before."""

    paper: Paper
    reasons: tuple[Reason, ...]
    waits_for: tuple[str, ...] = ()

    is_begun: bool = False

    @property
    def is_choice(self) -> bool:
        """Whether to offer it now: it is begun, or everything that it needs is done."""
        return self.is_begun or not self.waits_for


def suggestions(
    library: Library,
    progress: Progress,
    today: date,
    *,
    within: Collection[str] | None = None,
) -> Iterator[Suggestion]:
    """Everything left to read, in the order in which to read it.

    `within` limits it to these works and what they need.
    """
    return _Ranking(library, progress, today).suggestions(within)


def current_topic(library: Library, progress: Progress) -> Topic | None:
    """The topic that the reader is in, by what was begun and read, in that order.

    Reading something that the topic needs is a detour and does not leave it.
    """
    here: Topic | None = None
    needed: set[str] = set()
    for work in progress.trail:
        topics = library.topics_of[work]
        if not topics or here in topics or work in needed:
            continue
        here = topics[0]
        needed = _everything_needed(library, here)
    return here


def _everything_needed(library: Library, topic: Topic) -> set[str]:
    found: set[str] = set()
    waiting = [library.work[paper.name] for paper in library.papers_of(topic)]
    while waiting:
        for needed in library.needs[waiting.pop()]:
            if needed not in found:
                found.add(needed)
                waiting.append(needed)
    return found


class _Ranking:
    """The order of what is left, for one library, one progress and one day."""

    def __init__(self, library: Library, progress: Progress, today: date) -> None:
        self.library = library
        self.progress = progress
        self.today = today
        self.here = current_topic(library, progress)
        self.here_works = (
            {library.work[paper.name] for paper in library.papers_of(self.here)}
            if self.here
            else set()
        )

    def suggestions(self, within: Collection[str] | None) -> Iterator[Suggestion]:
        wanted = [work for work in self.library.positions if self._is_left(work)]
        if within is not None:
            wanted = [work for work in wanted if work in within]
        for work, wanted_by in self._in_order(sorted(wanted, key=self._place)):
            yield Suggestion(
                self.library.shown[work],
                tuple(self._reasons(work, wanted_by)),
                tuple(self._outstanding(work)),
                self.progress.status(work) is Status.READING,
            )

    def _is_left(self, work: str) -> bool:
        paper = self.library.shown[work]
        return not paper.retired and not self.progress.status(work).is_settled

    def _outstanding(self, work: str) -> list[str]:
        return [one for one in self.library.needs[work] if self._is_left(one)]

    def _place(self, work: str) -> tuple[bool, bool, int, int, int, int]:
        paper = self.library.shown[work]
        homeless = not self.library.topics_of[work]
        return (
            self.progress.status(work) is not Status.READING,
            work not in self.here_works,
            len(self.library.positions) if homeless else self.library.positions[work],
            -self._unlocks(work) if homeless else 0,
            list(Level).index(paper.level),
            paper.minutes or 0,
        )

    def _in_order(self, wanted: list[str]) -> Iterator[tuple[str, str]]:
        """Each wanted work right behind what it needs, with the one for which it stands there."""
        done: set[str] = set()
        for target in wanted:
            waiting = [target]
            while waiting:
                work = waiting[-1]
                before = [one for one in self._outstanding(work) if one not in done]
                if before:
                    waiting.append(min(before, key=self._place))
                    continue
                waiting.pop()
                if work not in done:
                    done.add(work)
                    yield work, target

    def _reasons(self, work: str, wanted_by: str) -> Iterator[Reason]:
        standing = self.progress.of(work)
        topics = self.library.topics_of[work]
        if standing.status is Status.READING:
            yield Reason("reading", _since("you are reading it", standing.since))
        if wanted_by != work:
            yield self._needed(wanted_by)
        if self.here is not None and work in self.here_works:
            yield Reason("topic", self._staying(self.here))
        elif topics:
            yield Reason("order", f"next in the curriculum: {topics[0].title}")
        else:
            yield Reason("order", "in your catalogue, outside all topics")
        if unlocked := self._unlocks(work):
            yield Reason(
                "unlocks", f"opens the way to {counted(unlocked, 'other paper')}"
            )
        if self.library.shown[work].level is Level.INTRO:
            yield Reason("light", "an easy read")

    def _needed(self, wanted_by: str) -> Reason:
        called = self.library.shown[wanted_by].called
        if self.progress.status(wanted_by) is Status.READING:
            return Reason("needed", f"needed for {called}, which you are reading")
        if wanted_by in self.here_works and self.here is not None:
            return Reason(
                "needed", f"needed for {called}, which comes next in {self.here.title}"
            )
        return Reason("needed", f"needed for {called}")

    def _staying(self, topic: Topic) -> str:
        works = self.here_works
        done = sum(self.progress.status(work).is_settled for work in works)
        text = f"continues {topic.title}, {done} of {len(works)} done"
        if self.progress.last is None:
            return text
        away = (self.today - local_day(self.progress.last)).days
        return f"{text}; you were here {away} days ago" if away >= LONG_BREAK else text

    def _unlocks(self, work: str) -> int:
        found: set[str] = set()
        waiting = [work]
        while waiting:
            for one in self.library.needed_by[waiting.pop()]:
                if one not in found and self._is_left(one):
                    found.add(one)
                    waiting.append(one)
        return len(found)


def _since(text: str, day: date | None) -> str:
    return f"{text} since {day:%-d %B %Y}" if day else text
