"""What is kept of each question says what all events about it say when they are told again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_cli.errors import NotFoundError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.events import question_of
from roadmap_cli.progress.replay import in_order
from roadmap_cli.progress.reviews import Recall, recalls

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
NAMES = st.sampled_from(["test/a", "test/b", "test/c", "note:lora#d"])
FIELDS = st.one_of(
    st.fixed_dictionaries(
        {"answer": st.sampled_from(["missed", "hard", "knew", "easy", 3])}
    ),
    st.fixed_dictionaries({"aside": st.sampled_from([True, False, "yes"])}),
    st.fixed_dictionaries({"was": NAMES}),
)
"""What events may say of a question, some of it nothing, or that it was itself."""


class Clock:
    """A day and a little more, or less than nothing, passes between looks: devices differ."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The time."""
        self.now += timedelta(hours=25)
        return self.now


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_what_is_kept_says_what_telling_all_says(data: st.DataObject) -> None:
    """On two devices with clocks of their own; asked again after each command."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "progress"
        ledgers = [
            Ledger(Journal(folder, device), Path(place) / "cache", Clock(start))
            for device, start in (("desk", START), ("phone", START + timedelta(days=2)))
        ]
        for _ in range(data.draw(st.integers(1, 8))):
            spoken = data.draw(st.sampled_from(ledgers))
            spoken.refresh()
            speak(spoken, data)
            spoken.refresh()
            told = in_order(event for event, _ in spoken.index.story())
            expected = {
                event: recall
                for event, recall in recalls(told).items()
                if recall != Recall()
            }
            kept = spoken.index.recalls()

            assert {name: kept[name] for name in expected} == expected
            rest = {name for name in kept if name not in expected}
            assert all(kept[name] == Recall() for name in rest)


def speak(spoken: Ledger, data: st.DataObject) -> None:
    """Say one thing of a question, take the last back, or give it again."""
    deed = data.draw(st.sampled_from(["say", "say", "say", "undo", "redo"]))
    fields: dict[str, object] = {
        "question": data.draw(NAMES),
        **data.draw(FIELDS),
    }

    def change() -> list[Change]:
        return [("", fields)]

    try:
        if deed == "undo":
            spoken.take_back(spoken.last_command)
        elif deed == "redo":
            spoken.take_back(spoken.last_undo)
        else:
            spoken.say(change)
    except NotFoundError:
        return


def test_the_law_speaks_of_questions() -> None:
    """So that it is no law about nothing."""
    with TemporaryDirectory() as place:
        ledger = Ledger(
            Journal(Path(place) / "progress", "desk"),
            Path(place) / "cache",
            Clock(START),
        )
        ledger.say(lambda: [("", {"question": "test/a", "answer": "knew"})])
        ledger.refresh()
        (event,) = [event for event, _ in ledger.index.story()]
        assert question_of(event) == "test/a"
        memory = ledger.index.recalls()["test/a"].memory
        assert memory is not None
        assert memory.due - memory.last.at == timedelta(days=2)
