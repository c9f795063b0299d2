"""What to offer the reader now, and what to say where there is nothing."""

from datetime import date
from typing import NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.language.duration import spoken
from roadmap_cli.language.phrases import counted
from roadmap_cli.progress.events import Progress
from roadmap_cli.suggest.judge import Judge
from roadmap_cli.suggest.order import Turn, turns, with_reasons
from roadmap_cli.suggest.terms import Suggestion
from roadmap_cli.suggest.wishes import Goal, Wishes


class Advice(NamedTuple):
    """What can be begun now, best first; where there is nothing, why, and what is nearest.

    A remark beside offers says why they are not on the way to the goal; `asked` is the goal that
    was named.
    """

    offers: tuple[Suggestion, ...]
    remark: str = ""
    nearest: Suggestion | None = None
    asked: Goal | None = None


def advise(
    library: Library, progress: Progress, today: date, wishes: Wishes, count: int
) -> Advice:
    """At most `count` papers to read now, or parts of them: begun, or with all they need done."""
    judge = Judge(library, progress, today, wishes)
    alike: list[Turn] = []
    choices: list[Turn] = []
    whole = 0
    is_any_left = False
    for turn in turns(judge):
        is_any_left = True
        paper = library.shown[turn.work]
        if not wishes.are_like(paper):
            continue
        alike.append(turn)
        if not judge.is_choice(turn.work):
            continue
        if wishes.have_time_for(paper):
            whole += 1
            choices.append(turn)
        elif judge.is_begun(turn.work) or wishes.have_time_to_begin:
            choices.append(turn._replace(part=wishes.within))
        if whole == count:
            break
    if choices:
        offers = _fitting(judge, choices)[:count]
        return Advice(tuple(with_reasons(judge, offers)))
    if not is_any_left:
        return Advice((), _nothing_left(judge))
    return _nothing_fits(alike, judge)


def _fitting(judge: Judge, choices: list[Turn]) -> list[Turn]:
    """What is begun, and what fits in the time as a whole.

    Where none of that is of the area in which the order goes on, it is everything in its order, in
    part what takes longer: nobody is sent to another area for a short evening.
    """
    begun = {turn for turn in choices if judge.is_begun(turn.work)}
    others = [turn for turn in choices if turn not in begun]
    whole = {turn for turn in others if turn.part is None}
    if judge.wishes.seed is None:
        near = {_area(judge, turn) for turn in others[:1]}
        is_any_near = any(_area(judge, turn) in near for turn in whole)
    else:
        is_any_near = bool(whole)
    if not is_any_near:
        return choices
    return [turn for turn in choices if turn in begun or turn in whole]


def _area(judge: Judge, turn: Turn) -> str:
    """The area in which a work has its home; empty outside all topics."""
    homes = judge.library.topics_of[turn.work]
    return homes[0].area_name if homes else ""


def nothing_left_to(goal: Goal, progress: Progress) -> str:
    """What to say where nothing is left on the way to a goal."""
    if goal.is_skipped(progress):
        return f"{goal.called} is {goal.way_back}"
    return f"Nothing is left on the way to {goal.called}."


def _nothing_left(judge: Judge) -> str:
    wishes = judge.wishes
    if wishes.goal and judge.way:
        return (
            f"Nothing that is left on the way to {wishes.goal.called} "
            f"belongs to {wishes.place}: leave out --goal or --topic"
        )
    if wishes.goal:
        return nothing_left_to(wishes.goal, judge.progress)
    return "Nothing left to read." if wishes.among is None else "Nothing left here."


def _nothing_fits(alike: list[Turn], judge: Judge) -> Advice:
    ready = [turn for turn in alike if judge.is_choice(turn.work)]
    if not alike:
        return Advice((), "Nothing that is left is like that.")
    if not ready:
        missing = [judge.missing_for(turn.work) for turn in alike]
        (nearest,) = with_reasons(judge, [alike[missing.index(min(missing))]])
        first = counted(min(missing), "other paper")
        return Advice(
            (),
            f"Nothing like that can be begun yet; "
            f"{nearest.paper.called} comes nearest and needs {first} first.",
            nearest,
        )
    minutes = {turn: judge.library.shown[turn.work].minutes for turn in ready}
    timed = {turn: known for turn, known in minutes.items() if known is not None}
    if not timed:
        return Advice((), "How long these take is not known; leave out --within.")
    (nearest,) = with_reasons(judge, [min(timed, key=timed.__getitem__)])
    return Advice(
        (),
        f"Nothing that can be begun now fits in {spoken(judge.wishes.within or 0)}; "
        f"the shortest is {nearest.paper.called}, {spoken(nearest.paper.minutes or 0)}.",
        nearest,
    )
