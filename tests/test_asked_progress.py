"""Progress that is looked up says what the fold of all events says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, libraries
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import NotFoundError
from roadmap_cli.journal import Journal
from roadmap_cli.program import ledger as ledgers
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.events import Progress
from roadmap_cli.store.events.standings import AskedProgress
from roadmap_cli.suggest import current_topic, suggestions

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """An hour passes whenever anybody looks."""

    def __init__(self) -> None:
        self.hours = 0

    def __call__(self) -> datetime:
        """The time."""
        self.hours += 1
        return START + timedelta(hours=self.hours)


@contextmanager
def both(spoken: Ledger, library: Library) -> Iterator[tuple[Progress, Progress]]:
    """The progress told from beginning to end, and the one that is looked up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledgers, "LONG", 1 << 40)
        spoken.refresh()
        told = spoken.progress(library)
        spoken.refresh()
        patch.setattr(ledgers, "LONG", 0)
        asked = spoken.progress(library)
        assert isinstance(asked, AskedProgress)
        yield told, asked


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
                spoken.say(words(paper, fields))
        except NotFoundError:
            continue


@given(libraries(), st.data())
@settings(max_examples=60, deadline=None)
def test_looking_up_and_telling_agree(library: Library, data: st.DataObject) -> None:
    """Each standing, the trail from either end, what is begun, the goal, what is next."""
    with TemporaryDirectory() as place:
        spoken = Ledger(
            Journal(Path(place) / "progress", "desk"), Path(place) / "cache", Clock()
        )
        speak(spoken, library, data)
        with both(spoken, library) as (told, asked):
            works = list(library.positions)
            assert [asked.of(one) for one in works] == [told.of(one) for one in works]
            assert [asked.known_status(one) for one in works] == [
                told.known_status(one) for one in works
            ]
            assert list(reversed(asked.trail)) == list(reversed(told.trail))
            assert sorted(asked.begun) == sorted(told.begun)
            assert (asked.aim, asked.is_complete) == (told.aim, told.is_complete)
            assert current_topic(library, asked) == current_topic(library, told)
            assert list(suggestions(library, asked, TODAY)) == list(
                suggestions(library, told, TODAY)
            )
            assert dict(asked.standings) == dict(told.standings)
            assert tuple(asked.trail) == told.trail
        spoken.refresh()
