"""What to offer the reader now, and what to say where there is nothing."""

from datetime import date
from typing import NamedTuple

from roadmap_cli.duration import spoken
from roadmap_cli.library import Library
from roadmap_cli.progress import Progress
from roadmap_cli.spelling import counted
from roadmap_cli.suggest.order import suggestions
from roadmap_cli.suggest.terms import Judge, Suggestion
from roadmap_cli.suggest.wishes import Wishes


class Advice(NamedTuple):
    """What can be begun now, best first; where there is nothing, why, and what is nearest.

    A remark beside offers says why they are not on the way to the goal.
    """

    offers: tuple[Suggestion, ...]
    remark: str = ""
    nearest: Suggestion | None = None


def advise(
    library: Library, progress: Progress, today: date, wishes: Wishes, count: int
) -> Advice:
    """At most `count` papers to read now: begun, or with all that they need done."""
    alike: list[Suggestion] = []
    offers: list[Suggestion] = []
    is_any_left = False
    for one in suggestions(library, progress, today, wishes):
        is_any_left = True
        if wishes.are_like(one.paper):
            alike.append(one)
            if one.is_choice and wishes.have_time_for(one.paper):
                offers.append(one)
        if len(offers) == count:
            break
    if offers:
        return Advice(tuple(offers))
    if not is_any_left:
        return Advice((), _nothing_left(wishes))
    return _nothing_fits(alike, Judge(library, progress, today, wishes))


def _nothing_left(wishes: Wishes) -> str:
    if wishes.goal:
        return f"Nothing is left on the way to {wishes.goal.called}."
    return "Nothing left to read." if wishes.among is None else "Nothing left here."


def _nothing_fits(alike: list[Suggestion], judge: Judge) -> Advice:
    wishes, work_of = judge.wishes, judge.library.work
    ready = [one for one in alike if one.is_choice]
    if not alike:
        return Advice((), "Nothing that is left is like that.")
    if not ready:
        missing = [judge.missing_for(work_of[one.paper.name]) for one in alike]
        nearest = alike[missing.index(min(missing))]
        first = counted(min(missing), "other paper")
        return Advice(
            (),
            f"Nothing like that can be begun yet; "
            f"{nearest.paper.called} comes nearest and needs {first} first.",
            nearest,
        )
    timed = [one for one in ready if one.paper.minutes is not None]
    if not timed:
        return Advice((), "How long these take is not known; leave out --within.")
    nearest = min(timed, key=lambda one: one.paper.minutes or 0)
    return Advice(
        (),
        f"Nothing that can be begun now fits in {spoken(wishes.within or 0)}; "
        f"the shortest is {nearest.paper.called}, {spoken(nearest.paper.minutes or 0)}.",
        nearest,
    )
