"""The fold as a law: whatever three devices say, and whenever they meet, they agree."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import NOON, a_library, a_paper, progress_in
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import NotFoundError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import parse
from roadmap_cli.program.ledger import Change, Ledger
from roadmap_cli.progress.events import Command, Event, Progress
from roadmap_cli.progress.replay import in_order, replay

Step = tuple[str, ...]
MEMORY = Path("/dev/shm")  # noqa: S108 - faster to wait for than a disk
LIBRARY = a_library([a_paper("lora"), a_paper("mamba")])
NAMES = ("desk", "laptop", "phone")
PAIRS = tuple((one, other) for one in NAMES for other in NAMES if one != other)
YEAR = timedelta(days=365)
CLOCKS = {
    "right": timedelta(),
    "a minute behind": -timedelta(minutes=1),
    "an hour ahead": timedelta(hours=1),
    "20 hours ahead": timedelta(hours=20),
    "3 days ahead": timedelta(days=3),
    "in 2099": 73 * YEAR,
    "in 2080": 54 * YEAR,
    "in 1970": -56 * YEAR,
}
WAITS = {
    "a moment": timedelta(microseconds=1),
    "an hour": timedelta(hours=1),
    "two days": timedelta(days=2),
}
who = st.sampled_from(NAMES)
papers = st.sampled_from(["test/lora", "test/mamba"])
MARK = st.tuples(st.just("mark"), who, papers, st.sampled_from([*Status]))
RATE = st.tuples(st.just("rate"), who, papers, st.sampled_from("12345"))
TAG = st.tuples(
    st.just("tag"),
    who,
    papers,
    st.sampled_from(["+thesis", "-thesis", "+later", "-later +thesis"]),
)
TAKE_BACK = st.tuples(st.sampled_from(["undo", "redo"]), who)
SYNC = st.sampled_from(PAIRS).map(lambda pair: ("sync", *pair))
CLOCK = st.tuples(st.just("clock"), who, st.sampled_from(sorted(CLOCKS)))
WAIT = st.tuples(st.just("wait"), st.sampled_from(sorted(WAITS)))
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        MARK, MARK, RATE, TAG, TAG, TAKE_BACK, TAKE_BACK, SYNC, SYNC, CLOCK, WAIT
    ),
    max_size=16,
)
READ, KNOWN = Status.READ.value, Status.KNOWN.value


def events_in(folder: Path) -> list[Event]:
    """All that the journals of a folder say, with no index at all."""
    found: list[Event] = []
    for path in sorted(folder.glob("*.toml")):
        found += parse(path.read_bytes(), path=str(path)).events
    return found


class Device:
    """One machine: a ledger of its own, a clock that may be wrong, and what it remembers."""

    def __init__(self, world: "World", name: str) -> None:
        self.name = name
        self.folder = world.home / name
        self.folder.mkdir()
        self.ahead = timedelta()
        journal = Journal(self.folder, name)
        cache = world.home / f"{name}.cache"
        self.ledger = Ledger(journal, cache, lambda: world.at + self.ahead)
        self.done: list[Command] = []
        self.undone: list[Command] = []
        self.history: list[frozenset[Command]] = []
        self.after: dict[Command, list[Event]] = {}

    @property
    def progress(self) -> Progress:
        """Where its reader is."""
        self.ledger.refresh()
        return progress_in(self.ledger.index, LIBRARY)

    def say(self, *changes: Change) -> None:
        """Write a command, remembering what it came after."""
        seen = events_in(self.folder)
        at = self.ledger.say(lambda: changes)
        assert at is not None
        self.done.append((self.name, at))
        self.undone.clear()
        self.after[self.name, at] = seen
        self.history.append(frozenset(self.done))

    def undo(self) -> None:
        """Take the last command back, if there is one; it has to be the one we know of."""
        self.ledger.refresh()
        if not self.done:
            with pytest.raises(NotFoundError, match="nothing to undo"):
                self.ledger.last_command()
            return
        command = self.ledger.last_command()
        assert command == self.done[-1]
        self.ledger.take_back(lambda: command)
        self.undone.append(self.done.pop())
        self.history.append(frozenset(self.done))

    def redo(self) -> None:
        """Give the command that was undone last again, if there is one."""
        self.ledger.refresh()
        if not self.undone:
            with pytest.raises(NotFoundError, match="nothing to redo"):
                self.ledger.last_undo()
            return
        command = self.ledger.last_undo()
        (said,) = [one for one in self.ledger.index.of_command(command) if one.undoes]
        assert said.undoes == self.undone[-1]
        self.ledger.take_back(lambda: command)
        self.done.append(self.undone.pop())
        self.history.append(frozenset(self.done))


class World:
    """Three devices that meet now and then."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.at = NOON
        self.devices = {name: Device(self, name) for name in NAMES}

    def take(self, step: Step) -> None:
        """Let something happen."""
        what, whom, *more = step
        if what == "wait":
            self.at += WAITS[whom]
        elif what == "sync":
            self.sync(whom, more[0])
        elif what == "clock":
            self.devices[whom].ahead = CLOCKS[more[0]]
        elif what == "undo":
            self.devices[whom].undo()
        elif what == "redo":
            self.devices[whom].redo()
        else:
            paper, word = more
            said: dict[str, object] = {"status": word}
            if what == "rate":
                said = {"rating": int(word)}
            elif what == "tag":
                said = {"tags": word.split()}
            self.devices[whom].say((paper, said))

    def sync(self, giver: str, taker: str) -> None:
        """Bring over what the taker has not: journals only ever grow."""
        for path in self.devices[giver].folder.glob("*.toml"):
            theirs = self.devices[taker].folder / path.name
            known = theirs.read_bytes() if theirs.exists() else b""
            if path.stem != taker and path.stat().st_size > len(known):
                assert path.read_bytes().startswith(known)
                theirs.write_bytes(path.read_bytes())

    def meet(self, pairs: Iterable[tuple[str, str]] = PAIRS) -> None:
        """Exchange everything, in some order: after two rounds all have all."""
        for giver, taker in [*pairs] * 2:
            self.sync(giver, taker)

    @property
    def written(self) -> list[Event]:
        """Every event that was ever written, from where it was written."""
        found: list[Event] = []
        for device in self.devices.values():
            path = device.ledger.journal.path
            if path.exists():
                found += parse(path.read_bytes(), path=str(path)).events
        return found

    def without_undos(self, events: Iterable[Event]) -> Progress:
        """The state of these events as if what is undone had never been said."""
        seen = list(events)
        holding: set[Command] = set()
        for device in self.devices.values():
            count = len({one.at for one in seen if one.device == device.name})
            holding |= device.history[count - 1] if count else frozenset()
        told = [one for one in seen if one.distrusts or one.command in holding]
        return replay([one for one in told if not one.undoes], LIBRARY)


@contextmanager
def a_world(steps: Sequence[Step] = ()) -> Iterator[World]:
    """A world after these steps."""
    where = MEMORY if MEMORY.is_dir() else None
    with TemporaryDirectory(dir=where) as home:
        world = World(Path(home))
        for step in steps:
            world.take(step)
        yield world


def identities(events: Iterable[Event]) -> set[object]:
    """Which events these are."""
    return {one.identity for one in events}


@settings(max_examples=400)
@given(STEPS, st.permutations(PAIRS), st.permutations(PAIRS))
def test_whoever_meets_in_whatever_order_agrees_and_nothing_is_lost(
    steps: list[Step],
    pairs: list[tuple[str, str]],
    others: list[tuple[str, str]],
) -> None:
    """Joining journals is commutative, associative and idempotent (C1), and total (C2)."""
    with a_world(steps) as world:
        apart = [events_in(device.folder) for device in world.devices.values()]
        written = world.written

        world.meet(pairs)
        found = [device.progress for device in world.devices.values()]
        kept = [identities(events_in(one.folder)) for one in world.devices.values()]
        world.meet(others)

        expected = replay(written, LIBRARY)
        assert found == [expected] * 3
        assert kept == [identities(written)] * 3
        assert [one.progress for one in world.devices.values()] == [expected] * 3
        assert replay(chain(*apart), LIBRARY) == expected
        assert replay(chain(written, *reversed(apart)), LIBRARY) == expected


@settings(max_examples=200)
@given(STEPS)
@example(  # a word on a distrusted time may itself bear a time that cannot be
    [
        ("clock", "desk", "in 2099"),
        ("clock", "laptop", "in 2080"),
        ("mark", "desk", "test/lora", READ),
        ("sync", "desk", "laptop"),
        ("mark", "laptop", "test/mamba", READ),
        ("sync", "laptop", "phone"),
        ("mark", "phone", "test/lora", KNOWN),
    ]
)
def test_what_was_said_after_seeing_something_sorts_after_it(steps: list[Step]) -> None:
    """However wrong the clocks are, also the one that stands in 2099 (C7)."""
    with a_world(steps) as world:
        told = in_order(one for one in world.written if not one.undoes)
        positions = {event.identity: number for number, event in enumerate(told)}
        for device in world.devices.values():
            for command, seen in device.after.items():
                own = [one for one in told if one.command == command and one.paper]
                earlier = [positions[one.identity] for one in seen if one.paper]

                first = min(positions[one.identity] for one in own)
                assert max(earlier, default=-1) < first


@settings(max_examples=200)
@given(STEPS, who, papers, st.sampled_from([*Status]))
@example(
    [("clock", "desk", "in 2099"), ("mark", "desk", "test/lora", READ)],
    "phone",
    "test/lora",
    Status.TODO,
)
@example(
    [
        ("clock", "desk", "in 2080"),
        ("mark", "desk", "test/lora", READ),
        ("clock", "desk", "3 days ahead"),
        ("mark", "desk", "test/mamba", READ),
    ],
    "phone",
    "test/lora",
    Status.TODO,
)
def test_no_stamp_wins_for_ever(
    steps: list[Step], name: str, paper: str, status: Status
) -> None:
    """Whoever has seen everything has the last word, whatever the clocks say (C5, C7)."""
    with a_world(steps) as world:
        world.meet()

        world.take(("mark", name, paper, status.value))
        world.meet()

        said = [one.progress.status(paper) for one in world.devices.values()]
        assert said == [status] * 3


@settings(max_examples=200)
@given(STEPS)
@example(  # the undo that first notices the wrong time bears the time it is noticed at
    [
        ("clock", "desk", "in 2099"),
        ("mark", "desk", "test/lora", READ),
        ("clock", "desk", "right"),
        ("undo", "desk"),
        ("redo", "desk"),
    ]
)
@example(  # undos of two times of the clock
    [
        ("mark", "desk", "test/lora", READ),
        ("mark", "desk", "test/mamba", READ),
        ("clock", "desk", "in 2099"),
        ("undo", "desk"),
        ("clock", "desk", "right"),
        ("undo", "desk"),
        ("redo", "desk"),
        ("redo", "desk"),
    ]
)
def test_an_undo_gives_the_state_without_the_command_and_a_redo_the_one_with_it(
    steps: list[Step],
) -> None:
    """On every device, with whatever it has seen, after each step."""
    with a_world() as world:
        for step in steps:
            world.take(step)
            for device in world.devices.values() if step[0] != "wait" else ():
                expected = world.without_undos(events_in(device.folder))
                assert device.progress == expected


@settings(max_examples=15)
@given(st.lists(MARK, min_size=1, max_size=6), st.data())
def test_all_may_be_undone_and_redone_many_times_over(
    marks: list[Step], data: st.DataObject
) -> None:
    """Back to nothing and forth to everything, state by state, while others speak too."""
    with a_world() as world:
        desk, laptop = world.devices["desk"], world.devices["laptop"]
        states = [desk.progress]
        for _, _, paper, status in marks:
            desk.say((paper, {"status": status}))
            states.append(desk.progress)

        for _ in range(3):
            back = []
            for _ in marks:
                desk.undo()
                back.append(desk.progress)
            forth = []
            for _ in marks:
                desk.redo()
                forth.append(desk.progress)
            assert back == states[-2::-1]
            assert forth == states[1:]

        laptop.say((data.draw(papers), {"rating": 5}))
        world.sync("laptop", "desk")
        before = desk.progress
        desk.undo()
        assert desk.progress == world.without_undos(events_in(desk.folder))
        desk.redo()
        assert desk.progress == before


def test_different_fields_of_one_paper_are_both_kept() -> None:
    """A status from here, a rating from there: neither overwrites the other."""
    steps = [("mark", "desk", "test/lora", READ), ("rate", "laptop", "test/lora", "4")]
    with a_world(steps) as world:
        world.meet()

        standing = world.devices["phone"].progress.of("test/lora")
        assert (standing.status, standing.rating) == (Status.READ, 4)
