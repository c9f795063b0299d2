"""The order of what is left to read."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from heapq import heappop, heappush
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.numbers import Numbers, WorkSet
from roadmap_cli.progress.events import Progress
from roadmap_cli.suggest.judge import Judge, Place
from roadmap_cli.suggest.terms import Reasons, Suggestion, Term
from roadmap_cli.suggest.wishes import Goal, Wishes

NOTHING_SPECIAL = Wishes()
_LOT = 6
"""Bytes of a lot."""


def suggestions(
    library: Library,
    progress: Progress,
    today: date,
    wishes: Wishes = NOTHING_SPECIAL,
) -> Iterator[Suggestion]:
    """Everything left to read, in the order in which to read it.

    Of the wishes, `goal` and `among` limit it to those works and what they need; a `seed`
    leaves only what can be begun now.
    """
    judge = Judge(library, progress, today, wishes)
    return with_reasons(judge, turns(judge))


def whole_way_to(
    library: Library, progress: Progress, wishes: Wishes
) -> tuple[WorkSet, Iterator[str]]:
    """What the goal takes, what is settled included: the works, and their order."""
    judge = Judge.of_all(library, progress, wishes)
    return WorkSet(library, judge.way), (turn.work for turn in turns(judge))


def way_to(goal: Goal, library: Library, progress: Progress) -> WorkSet:
    """What is left on the way to a goal."""
    return WorkSet(library, Judge(library, progress, date.min, Wishes(goal)).way)


def left_on_the_way(
    library: Library, progress: Progress, today: date, wishes: Wishes
) -> Iterator[str]:
    """The works of these suggestions, without the reasons, which cost more to find."""
    turning = turns(Judge(library, progress, today, wishes))
    return (turn.work for turn in turning)


class Turn(NamedTuple):
    """A work in its turn: a step on the way to the target by which it is ranked.

    `part` has the minutes of it that are offered, if not all of it is.
    """

    work: str
    target: str
    step: int
    lot: Term | None = None
    part: int | None = None


def turns(judge: Judge) -> Iterator[Turn]:
    """What is left to read, in its order."""
    return _drawn(judge) if judge.wishes.seed is not None else _ranked(judge)


def with_reasons(judge: Judge, some: Iterable[Turn]) -> Iterator[Suggestion]:
    """These with their reasons; the first also says for how long the reader was away."""
    said = Reasons(judge)
    away = said.break_()
    for work, target, step, lot, part in some:
        reasons = said.terms(work, target, step, part)
        yield Suggestion(
            judge.library.shown[work],
            tuple(filter(None, (lot, *reasons, away))),
            tuple(judge.outstanding(work)),
            judge.is_begun(work),
            part,
        )
        away = None


def _ranked(judge: Judge) -> Iterator[Turn]:
    target, step = "", 0
    wished = (work for work in _by_place(judge) if not judge.is_unwished(work))
    for work, wanted_by in _in_order(judge, wished):
        target, step = wanted_by, step + 1 if wanted_by == target else 1
        yield Turn(work, target, step)


def _drawn(judge: Judge) -> Iterator[Turn]:
    """What can be begun now, by lot: the same seed gives the same order."""
    from hashlib import blake2b  # with OpenSSL, that nothing else here needs

    seed = judge.wishes.seed or ""
    lots = {}
    for work in judge.library.names_of(judge.wanted):
        text = f"{seed}\n{work}".encode(errors="backslashreplace")
        number = int.from_bytes(blake2b(text, digest_size=_LOT).digest())
        lots[work] = number + (judge.is_extra(work) << 8 * _LOT)
    for work in sorted(lots, key=lambda lot: (lots[lot], lot)):
        if not judge.is_unwished(work) and not judge.outstanding(work):
            lot = Term("lot", lots[work], f"drawn by lot, seed {seed}")
            yield Turn(work, work, 1, lot)


def _by_place(judge: Judge) -> Iterator[str]:
    """Everything wanted in the order of `judge.place`, each found when it is asked for."""
    library, here = judge.library, judge.here
    begun = judge.wanted & judge.marks.reading
    yield from sorted(library.names_of(begun), key=judge.place)
    rest = judge.wanted - begun
    extras = Numbers() if judge.wishes.goal else rest & judge.extras
    following = rest & judge.following
    for some in (following, rest - following):
        for left in (some - extras, some & extras):
            outer = left
            for circle in (here.works, here.area_works, library.inside):
                end = circle.bits.bit_length()
                yield from _waiting_last(judge, _late_last(judge, outer & circle, end))
                outer -= circle
            yield from sorted(library.names_of(outer), key=judge.place)


def _waiting_last(judge: Judge, works: Iterator[str]) -> Iterator[str]:
    """The same works, but those that wait behind what they wait for."""
    waiting: list[tuple[Place, str]] = []
    for work in works:
        if judge.is_waiting(work):
            heappush(waiting, (judge.place(work), work))
            continue
        while waiting and waiting[0][0] < judge.place(work):
            yield heappop(waiting)[1]
        yield work
    while waiting:
        yield heappop(waiting)[1]


def _late_last(judge: Judge, some: Numbers, end: int) -> Iterator[str]:
    """Some works in the order of the curriculum, but late ones where their topic ends.

    A work that comes behind all of the circle they are from, of which this is the `end`, is last.
    Each is found when it is asked for.
    """
    late, behind = some & judge.late, list[str]()
    others = judge.listing.in_order(some - late)
    work = next(others, None)
    for late_work in judge.listing.in_order(late):
        order = judge.place(late_work).order
        if order > end:
            behind.append(late_work)
            continue
        while work is not None and judge.listing.rank(work) < order:
            yield work
            work = next(others, None)
        yield late_work
    if work is not None:
        yield work
        yield from others
    yield from behind


def _in_order(judge: Judge, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each wanted work right behind what it needs, with the one for which it stands there."""
    done: set[str] = set()
    for target in wanted:
        waiting = [] if target in done else [(target, _needed(judge, target, done))]
        while waiting:
            work, needed = waiting[-1]
            before = next(
                (needed_first for needed_first in needed if needed_first not in done),
                None,
            )
            if before is not None:
                waiting.append((before, _needed(judge, before, done)))
                continue
            waiting.pop()
            done.add(work)
            yield work, target


def _needed(judge: Judge, work: str, done: Collection[str]) -> Iterator[str]:
    """What a work still needs directly, in the order in which to read it."""
    before = [needed for needed in judge.outstanding(work) if needed not in done]
    return iter(sorted(before, key=judge.place))
