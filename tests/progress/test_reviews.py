"""What answers come to, and what is asked when: by laws, and by intervals written down."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.progress.clocks import Moment, local_day, written
from roadmap_cli.progress.events import Event
from roadmap_cli.progress.replay import in_order
from roadmap_cli.progress.reviews import (
    A_DAY,
    NEW_A_DAY,
    Answer,
    Memory,
    Prompt,
    Reply,
    memory_of,
    reply_of,
    retrievability,
    sitting,
)

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANSWERS = st.sampled_from(Answer)


def intervals(*answers: str) -> list[int]:
    """The days until each next answer, where each is given when it is due."""
    found, replies, at = [], [], NOON
    for answer in answers:
        replies.append(Reply("q", Answer(answer), Moment(at)))
        memory = memory_of(replies)
        assert memory is not None
        found.append((memory.due - at).days)
        at = memory.due
    return found


def test_an_answer_counts_on_the_day_that_its_clock_showed() -> None:
    """Wherever it is looked at; of one that tells no clock it is the reader's day."""
    far = timedelta(hours=14)
    night = Moment(NOON, far)
    memory = memory_of([Reply("q", Answer.MISSED, night)])
    assert memory

    assert memory.last.day == (NOON + far).date() != NOON.date()
    assert Moment.read(written(*night)) == night
    assert Moment.read(written(NOON, None)) == Moment(NOON)
    assert Moment.read(written(NOON, timedelta())) == Moment(NOON, timedelta())
    prompts = [Prompt(str(number), "t", memory) for number in range(3)]
    assert sitting(prompts, NOON + far, most=3).prompts == []


def test_intervals_are_those_of_fsrs_6_at_a_retention_of_nine_tenths() -> None:
    """The figures that the parameters stand for: others would be another scheduler."""
    assert intervals(*["knew"] * 6) == [2, 11, 46, 163, 365, 365]
    assert intervals("missed", "knew", "knew") == [1, 2, 6]
    assert intervals("hard", "missed", "hard", "knew")[0] == 1


def test_an_answer_twice_at_the_same_instant_does_not_inflate() -> None:
    """As two devices may write it."""
    knew = Reply("q", Answer.KNEW, Moment(NOON))
    memory = memory_of([knew, knew])

    assert memory is not None
    assert (memory.due - NOON, memory.answers) == (timedelta(days=2), 2)


def test_a_clock_that_went_back_does_not_take_time_back() -> None:
    """The later answer counts as given at the time of the one before it."""
    replies = [
        Reply("q", Answer.KNEW, Moment(NOON)),
        Reply("q", Answer.KNEW, Moment(NOON - timedelta(days=900))),
    ]
    memory = memory_of(replies)

    assert memory is not None
    assert memory.last.at == NOON
    assert memory.due > NOON


@given(st.lists(st.tuples(ANSWERS, st.integers(0, 90)), min_size=1, max_size=12))
def test_every_memory_is_held_for_one_to_365_days(
    told: list[tuple[Answer, int]],
) -> None:
    """Whatever was answered when; and what is held fades."""
    at, replies = NOON, []
    for answer, days in told:
        at += timedelta(days=days)
        replies.append(Reply("q", answer, Moment(at)))
    memory = memory_of(replies)

    assert memory is not None
    assert 1 <= (memory.due - memory.last.at).days <= 365
    held = [
        retrievability(memory, at + timedelta(days=days)) for days in range(0, 400, 7)
    ]
    assert all(later <= earlier for earlier, later in pairwise(held))
    assert 0 <= held[-1] <= held[0] <= 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), ANSWERS, st.integers(0, 10**6)),
        min_size=1,
        max_size=10,
    ),
    st.randoms(use_true_random=False),
)
def test_memories_are_the_same_in_whatever_order_devices_are_read(
    told: list[tuple[str, Answer, int]], random: object
) -> None:
    """Events are a set: they are told by time, device and position."""
    events = [
        Event(
            NOON + timedelta(seconds=seconds),
            device,
            0,
            "",
            {"question": "q", "answer": answer.value},
        )
        for device, answer, seconds in told
    ]
    shuffled = [*events, *events]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def memory(some: list[Event]) -> Memory | None:
        return memory_of(filter(None, map(reply_of, in_order(some))))

    assert memory(shuffled) == memory(events)


def test_what_is_no_answer_that_we_know_is_none() -> None:
    """Of a later version, or mended by hand."""
    for fields in (
        {},
        {"question": 3, "answer": "knew"},
        {"question": "", "answer": "knew"},
        {"question": "q", "answer": "easy"},
        {"question": "q"},
    ):
        assert reply_of(Event(NOON, "desk", 0, "", fields)) is None


def prompts(*told: tuple[str, Answer | None, int]) -> list[Prompt]:
    """Questions of topics; each new, or answered so many days ago."""
    return [
        Prompt(f"q{number}", topic, _memory(answer, days))
        for number, (topic, answer, days) in enumerate(told)
    ]


def _memory(answer: Answer | None, days: int) -> Memory | None:
    if answer is None:
        return None
    return memory_of([Reply("q", answer, Moment(NOON - timedelta(days=days)))])


def test_what_is_known_least_is_asked_first_and_new_ones_after_it() -> None:
    """What is not due is not asked."""
    found = sitting(
        prompts(
            ("a", None, 0),
            ("b", Answer.KNEW, 3),
            ("c", Answer.MISSED, 9),
            ("d", Answer.KNEW, 1),
        ),
        NOON,
    )

    assert [prompt.question for prompt in found.prompts] == ["q2", "q1", "q0"]
    assert found.waiting == 0


def test_what_was_answered_today_counts_on_every_device() -> None:
    """Of five, of which three may be new."""
    today = [(f"t{number}", Answer.KNEW, 0) for number in range(2)]
    found = sitting(prompts(*today, *[("new", None, 0)] * 4), NOON)

    assert (len(found.prompts), found.waiting) == (NEW_A_DAY - 2, 3)
    assert not sitting(
        prompts(*[("t", Answer.KNEW, 0)] * A_DAY, ("n", None, 0)), NOON
    ).prompts


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.none() | ANSWERS, st.integers(0, 40)),
        max_size=20,
    ),
    st.none() | st.integers(0, 9),
)
def test_a_sitting_keeps_its_bounds_and_loses_nothing(
    told: list[tuple[str, Answer | None, int]], most: int | None
) -> None:
    """What is due or new is asked or waits; neighbours differ wherever they can."""
    each = prompts(*told)
    found = sitting(each, NOON, most, None if most is None else NEW_A_DAY)
    asked = [*found.prompts]
    topics = [prompt.topic for prompt in asked]
    open_ones = [
        prompt
        for prompt in each
        if prompt.memory is None
        or (
            local_day(prompt.memory.due) <= local_day(NOON)
            and prompt.memory.last.day < local_day(NOON)
        )
    ]

    assert len({prompt.question for prompt in asked}) == len(asked)
    assert {*asked} <= {*open_ones}
    assert len(asked) + found.waiting == len(open_ones)
    if most is not None:
        assert len(asked) <= most
    else:
        assert len(asked) == len(open_ones)
    largest = max(map(topics.count, topics), default=0)
    touching = sum(before == after for before, after in pairwise(topics))
    assert touching == max(0, largest - (len(topics) - largest) - 1)
