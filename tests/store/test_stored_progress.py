"""Progress that is looked up says what all events say when they are told again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, libraries
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import NotFoundError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.store.events.standings import StoredProgress
from roadmap_cli.suggest import current_topic, suggestions

TAGS = st.lists(
    st.sampled_from(
        ["+thesis", "-thesis", "+Later", "-later", "+é", "no sign", "", "+two words", 7]
    ),
    max_size=3,
)
"""What events may say of tags, some of it nothing."""
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """An hour passes whenever anybody looks."""

    def __init__(self) -> None:
        self.hours = 0

    def __call__(self) -> datetime:
        """The time."""
        self.hours += 1
        return START + timedelta(hours=self.hours)


def words(paper: str, fields: dict[str, object]) -> Callable[[], list[Change]]:
    """What to say, as a ledger asks for it."""
    return lambda: [(paper, fields)]


def speak(spoken: Ledger, library: Library, data: st.DataObject) -> None:
    """Say some things, take some back, and give some again."""
    names = [*library.papers, "test/no-such-paper"]
    for _ in range(data.draw(st.integers(0, 12))):
        deed = data.draw(
            st.sampled_from(["mark", "mark", "mark", "goal", "undo", "redo"])
        )
        paper = data.draw(st.sampled_from(names))
        try:
            if deed == "undo":
                spoken.take_back(spoken.last_command)
            elif deed == "redo":
                spoken.take_back(spoken.last_undo)
            elif deed == "goal":
                spoken.say(words(paper, {"goal": True}))
            else:
                status = data.draw(st.sampled_from(Status)).value
                fields: dict[str, object] = {"status": status}
                if data.draw(st.booleans()):
                    fields = {"rating": 4}
                if data.draw(st.booleans()):
                    fields = {
                        **data.draw(st.sampled_from([{}, fields])),
                        "tags": data.draw(TAGS),
                    }
                spoken.say(words(paper, fields))
        except NotFoundError:
            continue


@given(libraries(), st.data())
@settings(max_examples=60, deadline=None)
def test_looking_up_says_what_telling_all_says(
    library: Library, data: st.DataObject
) -> None:
    """Each standing, the trail from either end, what is begun, the goal, what is next.

    It is asked again after each command: what was kept of the last time is brought up to date.
    """
    library.made_from = "what is drawn"
    with TemporaryDirectory() as place:
        spoken = Ledger(
            Journal(Path(place) / "progress", "desk"), Path(place) / "cache", Clock()
        )
        for _ in range(data.draw(st.integers(1, 3))):
            speak(spoken, library, data)
            story = [event for event, _ in spoken.index.story()]
            told = replay(story, library)
            stored = spoken.progress(library)

            assert isinstance(stored, StoredProgress)
            assert_same(stored, told, library)
            spoken.refresh()


def assert_same(stored: Progress, told: Progress, library: Library) -> None:
    """Whatever progress can be asked."""
    works = list(library.positions)
    assert [stored.of(one) for one in works] == [told.of(one) for one in works]
    assert [stored.status(one) for one in works] == [told.status(one) for one in works]
    assert [stored.known_status(one) for one in works] == [
        told.known_status(one) for one in works
    ]
    assert stored.tagged == told.tagged
    assert stored.marks(library) == told.marks(library)
    assert list(stored.latest()) == list(told.latest())
    assert sorted(stored.begun) == sorted(told.begun)
    assert current_topic(library, stored) == current_topic(library, told)
    assert list(suggestions(library, stored, TODAY)) == list(
        suggestions(library, told, TODAY)
    )
    assert stored == told
