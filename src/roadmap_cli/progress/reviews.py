"""What answers to questions come to: how firmly each is held, and which are asked today.

A memory is not stored in the journal: it is what all answers to a question come to, told in
their order to one fixed scheduler. The scheduler is FSRS-6 (https://github.com/open-spaced-
repetition/fsrs4anki/wiki/The-Algorithm), by the package `fsrs`, of which this is the home.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.progress.clocks import Moment, local_day
from roadmap_cli.progress.events import (
    Event,
    former_question,
    question_of,
)

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666),
    *(0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658),
    0.1542,
)
"""The default parameters of FSRS-6. Others would be another scheduler, for all answers at once."""
RETENTION = 0.9
"""The retrievability at which a question comes again."""
LONGEST = 365
"""Days after which a question comes again at the latest."""
A_DAY, NEW_A_DAY = 5, 3
"""Questions that are asked on a day, and how many of them may be new."""


class Answer(StrEnum):
    """How well a question was answered, as the reader says it."""

    MISSED = "missed"
    HARD = "hard"
    KNEW = "knew"


_ANSWERS = frozenset(Answer)


class Memory(NamedTuple):
    """How firmly the answer to a question is held.

    `stability` is the number of days in which retrievability falls to nine tenths, `difficulty`
    is between 1 and 10. `first` and `last` are when it was answered first and last, and `due`
    is when it is asked again, in UTC; `answer` is the last one, `answers` how many there are.
    """

    stability: float
    difficulty: float
    first: Moment
    last: Moment
    due: datetime
    answer: Answer
    answers: int


class Reply(NamedTuple):
    """One answer to a question, and when it was given."""

    question: str
    answer: Answer
    moment: Moment


def reply_of(event: Event) -> Reply | None:
    """The answer that an event gives; nothing if it gives none that this version knows."""
    question, answer = question_of(event), event.fields.get("answer")
    if not question or not isinstance(answer, str) or answer not in _ANSWERS:
        return None
    return Reply(question, Answer(answer), event.moment)


def puts_aside(event: Event) -> bool | None:
    """Whether an event sets its question aside or takes it up again; nothing if neither."""
    said = event.fields.get("aside")
    return said if isinstance(said, bool) and question_of(event) else None


def memory_of(replies: Iterable[Reply]) -> Memory | None:
    """What the answers to one question come to, told in their order; nothing without any.

    An answer that is told later but bears an earlier time counts as given at the time of the
    one before it.
    """
    memory: Memory | None = None
    for reply in replies:
        memory = after(memory, reply)
    return memory


def after(memory: Memory | None, reply: Reply) -> Memory:
    """The memory of a question after one more answer."""
    from fsrs import Rating

    moment = reply.moment
    if memory and memory.last.at > moment.at:
        moment = memory.last
    at = moment.at
    ratings = {
        Answer.MISSED: Rating.Again,
        Answer.HARD: Rating.Hard,
        Answer.KNEW: Rating.Good,
    }
    card, _ = _scheduler().review_card(_card(memory, at), ratings[reply.answer], at)
    if card.stability is None or card.difficulty is None:  # pragma: no cover - never
        raise AssertionError(card)
    first, answers = (memory.first, memory.answers + 1) if memory else (moment, 1)
    held = (card.stability, card.difficulty, first, moment, card.due)
    return Memory(*held, reply.answer, answers)


def retrievability(memory: Memory, now: datetime) -> float:
    """The probability that the answer is known at a time, between 0 and 1."""
    return _scheduler().get_card_retrievability(
        _card(memory, now), max(now, memory.last.at)
    )


class Recall(NamedTuple):
    """What is remembered of a question, and whether the reader wants to be asked it no more."""

    memory: Memory | None = None
    is_aside: bool = False


def recall_of(events: Iterable[Event]) -> Recall:
    """What the events about one question come to, told in their order."""
    recall = Recall()
    for event in events:
        aside = puts_aside(event)
        if aside is not None:
            recall = recall._replace(is_aside=aside)
        if reply := reply_of(event):
            recall = recall._replace(memory=after(recall.memory, reply))
    return recall


def recalls(events: Iterable[Event]) -> dict[str, Recall]:
    """What the events that count, told in their order, come to for each question.

    A question that was renamed goes on from what was remembered under its former name.
    """
    told: dict[str, list[tuple[int, Event]]] = {}
    for position, event in enumerate(events):
        if question := question_of(event):
            told.setdefault(question, []).append((position, event))

    def formers(question: str) -> Iterable[str]:
        return (former_question(event) for _, event in told.get(question, ()))

    found: dict[str, Recall] = {}
    for question in told:
        names = names_of(question, formers)
        story = sorted(chain.from_iterable(told.get(name, ()) for name in names))
        found[question] = recall_of(event for _, event in story)
    return found


def names_of(question: str, formers: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """A question's name, and all that it was called before.

    `formers` gives what a question was called right before, by its own events; empty names in
    it mean nothing.
    """
    names, waiting = {question}, [question]
    while waiting:
        new = {name for name in formers(waiting.pop()) if name} - names
        names |= new
        waiting.extend(new)
    return frozenset(names)


def is_due(memory: Memory, day: date) -> bool:
    """Whether a question is asked again on a day of the reader's."""
    return local_day(memory.due) <= day > memory.last.day


class Held(NamedTuple):
    """How many questions there are, were answered, are set aside and are due.

    Of those answered, `held` is how many are likely known now.
    """

    total: int
    answered: int
    aside: int
    due: int
    held: int


def held(recalls: Sequence[Recall], now: datetime) -> Held:
    """How much is remembered of these questions at a time."""
    memories = [recall.memory for recall in recalls if recall.memory]
    asked = (recall.memory for recall in recalls if not recall.is_aside)
    day = local_day(now)
    return Held(
        len(recalls),
        len(memories),
        sum(recall.is_aside for recall in recalls),
        sum(is_due(memory, day) for memory in asked if memory),
        round(sum(retrievability(memory, now) for memory in memories)),
    )


class Prompt(NamedTuple):
    """A question as it may be asked: by its full name, with its topic, and its memory if any."""

    question: str
    topic: str
    memory: Memory | None = None


class Sitting(NamedTuple):
    """What is asked now, in this order, and how many that are due or new can wait."""

    prompts: Sequence[Prompt]
    waiting: int


def sitting(
    prompts: Iterable[Prompt],
    now: datetime,
    most: int | None = A_DAY,
    most_new: int | None = NEW_A_DAY,
) -> Sitting:
    """What is asked today of these questions; nothing is capped where the number is none.

    What was answered on the reader's day counts towards both numbers. What is due comes before
    what is new, the least known first; what is new keeps its order.
    """
    day = local_day(now)
    each = [*prompts]
    told = [prompt.memory for prompt in each if prompt.memory]
    due = [prompt for prompt in each if prompt.memory and is_due(prompt.memory, day)]
    due.sort(key=lambda prompt: _held(prompt, now))
    new = [prompt for prompt in each if prompt.memory is None]
    answered = sum(memory.last.day == day for memory in told)
    begun = sum(memory.first.day == day for memory in told)
    chosen_new = new if most_new is None else new[: max(most_new - begun, 0)]
    chosen = [*due, *chosen_new]
    if most is not None:
        chosen = chosen[: max(most - answered, 0)]
    return Sitting(_mixed(chosen), len(due) + len(new) - len(chosen))


def _held(prompt: Prompt, now: datetime) -> float:
    return retrievability(prompt.memory, now) if prompt.memory else 0.0


def _mixed(prompts: Sequence[Prompt]) -> list[Prompt]:
    """The same prompts, so that neighbours are of different topics wherever that can be.

    Each time it is the first of another topic than the one before; a topic that has more than
    half of what is left comes at once, as it could not be parted any more later.
    """
    left = [*prompts]
    counts = Counter(prompt.topic for prompt in left)
    found: list[Prompt] = []
    while left:
        last = found[-1].topic if found else None
        topic, count = counts.most_common(1)[0]
        is_pressing = 2 * count > len(left) and topic != last
        fitting = (
            prompt
            for prompt in left
            if (prompt.topic == topic if is_pressing else prompt.topic != last)
        )
        prompt = next(fitting, left[0])
        left.remove(prompt)
        counts[prompt.topic] -= 1
        found.append(prompt)
    return found


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(
        PARAMETERS,
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _card(memory: Memory | None, now: datetime) -> "Card":
    """A memory as the scheduler takes it; its number is fixed, as it means nothing here."""
    from fsrs import Card, State

    if memory is None:
        return Card(card_id=1, due=now)
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last.at,
    )
