"""The index of events is only a faster way to what the journals say (A24)."""

import json
import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builders import NOON, a_library, a_paper, progress_in
from roadmap_cli.curriculum.model import Status
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, parse
from roadmap_cli.progress.events import Event, Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.store.events.index import EventIndex

MEMORY = Path("/dev/shm")  # noqa: S108 - faster to wait for than a disk
LIBRARY = a_library([a_paper("lora", aliases=("Low-Rank",)), a_paper("mamba")])
DEVICES = ("desk", "laptop", "phöne")
NEPAL = timezone(timedelta(hours=5, minutes=45))
A_DAY = 1_700_000_000


def toml(value: object) -> str:
    """A value as TOML on one line, tables too."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        pairs = (f"{toml(key)} = {toml(one)}" for key, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    return str(value).lower()


def said(at: datetime | str = NOON, **fields: object) -> str:
    """One event as text; its time stands last and may be written in any way."""
    lines = [f"{toml(key)} = {toml(value)}" for key, value in fields.items()]
    when = at if isinstance(at, str) else at.isoformat()
    return "\n".join(["\n[[event]]", *lines, f"at = {when}\n"])


def marked(minute: int, paper: str = "test/lora", status: str = "read") -> str:
    """A mark so many minutes after noon."""
    return said(NOON + timedelta(minutes=minute), paper=paper, status=status)


# Stories: a time is a small number, so that devices and references often meet
minutes = st.sampled_from([0, 1, 2, 3, 4, 10**6, 4 * 10**7])
times = minutes.map(lambda minute: NOON + timedelta(minutes=minute))
written_times = st.one_of(
    times.map(datetime.isoformat),
    times.map(lambda at: at.isoformat(timespec="microseconds").replace("+00:00", "Z")),
    times.map(lambda at: at.astimezone(NEPAL).isoformat(" ")),
)
references = st.one_of(
    st.builds("{}@{}".format, st.sampled_from(DEVICES), written_times),
    st.sampled_from(["desk", "@", "desk@soon", "desk@2026-03-01", 5, True, ["x@y"]]),
)
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
plain = st.one_of(
    letters,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC, NEPAL])),
    st.times(),
)
keys = letters.filter(lambda key: key not in ("at", "paper"))
odd = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2)
    ),
    max_leaves=4,
)
names = st.sampled_from(
    ["test/lora", "test/low-rank", "test/mamba", "else/größe", "", 5]
)
a_status = st.sampled_from(["read", "todo", "known", "reading", "finished", 3])
a_field = st.one_of(
    st.fixed_dictionaries({"status": a_status}),
    st.fixed_dictionaries({"status": a_status, "on": plain}),
    st.fixed_dictionaries({"rating": st.one_of(st.integers(-1, 6), plain)}),
    st.fixed_dictionaries({"goal": st.booleans() | plain}),
    st.fixed_dictionaries({"goal": st.just(True), "topic": letters | plain}),
    st.fixed_dictionaries({"undoes": references}),
    st.fixed_dictionaries({"distrusts": references}),
    st.dictionaries(keys, odd, max_size=3),
)
an_event = st.builds(
    lambda at, paper, *some: said(at, **{"paper": paper, **some[0], **some[1]}),
    written_times,
    names,
    a_field,
    a_field,
)
stories = st.lists(an_event, max_size=6)
CONFLICTS = (".sync-conflict-20260101-000000-ABC", " (conflicted copy 2026-01-01)")
file_names = st.sampled_from(DEVICES[:2])
some_edit = st.sampled_from(["lose", "swap", "cut", "tear", "damage"])
changes = st.one_of(
    st.tuples(st.just("append"), file_names, stories),
    st.tuples(st.just("again"), file_names, st.sampled_from(CONFLICTS)),
    st.tuples(some_edit, file_names),
    st.tuples(some_edit, file_names),
)
GARBAGE = [b"", b"garbage" * 999, b"\0" * 9000, b"SQLite format 3\0", b"x"]
OTHERS = [
    "CREATE TABLE event (other INTEGER)",
    "CREATE TABLE file (other INTEGER)",
    "CREATE TABLE file (path TEXT, digest TEXT)",
    "CREATE VIEW file AS SELECT 'x' AS path, 'y' AS digest",
]
harms: st.SearchStrategy[str | float | bytes] = st.one_of(
    st.sampled_from(["keep", "keep", "delete", *OTHERS]),
    st.floats(0, 1),
    st.sampled_from(GARBAGE),
)


EVENT = b"\n[[event]]"
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "swap": lambda contents: contents.translate(bytes.maketrans(b"23", b"32")),
    "cut": lambda contents: b"".join(contents.rpartition(EVENT)[::2]) + b"\n",
    "tear": lambda contents: contents[:-5],
    "damage": lambda contents: contents + b"\n<<<<<<<\n",
}


class Desk:
    """A folder of journals, edited by hand within one tick of the clock, and its index."""

    def __init__(self, home: Path) -> None:
        self.cache = home / "cache"
        self.database = self.cache / "events.sqlite"
        self.journal = Journal(home / "progress", "desk")
        self.journal.folder.mkdir()

    def path(self, name: str) -> Path:
        """Where a journal stands."""
        return self.journal.folder / f"{name}.toml"

    def put(self, name: str, contents: bytes) -> None:
        """Make a journal have these bytes, at the same time as always."""
        self.path(name).write_bytes(contents)
        os.utime(self.path(name), (A_DAY, A_DAY))

    def write(self, name: str, *events: str) -> None:
        """Make a journal say this, no more and no less."""
        own = name.partition(".")[0].partition(" ")[0]
        self.put(name, (header(own) + "".join(events)).encode())

    def append(self, name: str, *events: str) -> None:
        """Add something to a journal."""
        self.put(name, self.path(name).read_bytes() + "".join(events).encode())

    def change(self, what: str, name: str, more: object = None) -> None:
        """Let something happen to a journal, if it is there."""
        if not self.path(name).exists():
            return
        contents = self.path(name).read_bytes()
        if isinstance(more, list):
            self.append(name, *more)
        elif what == "again":
            stop = contents.rfind(EVENT) + 1 or len(contents)
            self.put(f"{name}{more}", contents[:stop] + b"\n" + marked(3).encode())
        elif what == "lose":
            self.path(name).unlink()
        else:
            self.put(name, EDITS[what](contents))

    def harm(self, how: str | float | bytes) -> None:
        """Delete the index, cut it off, put bytes or other tables in its place."""
        if not self.database.exists() or how == "keep":
            return
        stored = self.database.read_bytes()
        self.database.unlink()
        if isinstance(how, float):
            self.database.write_bytes(stored[: int(how * len(stored))])
        elif isinstance(how, bytes):
            self.database.write_bytes(how)
        elif how != "delete":
            with closing(sqlite3.connect(self.database)) as connection:
                connection.execute(how)

    @property
    def index(self) -> EventIndex:
        """The index, brought up to date."""
        return EventIndex(self.cache, self.journal.files()[0])

    @property
    def fresh(self) -> EventIndex:
        """An index that never saw anything before, and is kept nowhere."""
        return EventIndex(Path(os.devnull) / "cache", self.journal.files()[0])

    @property
    def answer(self) -> Progress:
        """The state by way of the index."""
        return progress_in(self.index, LIBRARY)

    @property
    def truth(self) -> Progress:
        """The state that the journals describe, as far as they can be read."""
        found: list[Event] = []
        is_complete = True
        for file in self.journal.files()[0]:
            try:
                found += parse(file.contents, path=file.path).events
            except DataFileError:
                is_complete = False
        return replay(found, LIBRARY, is_complete=is_complete)


def answers(index: EventIndex) -> list[object]:
    """Whatever an index can be asked."""
    return [
        [(one.path, str(one.side_file), one.rest) for one in index.state.torn],
        list(map(str, index.state.damages)),
        index.all_said(),
        index.said(["test/lora", "test/low-rank"]),
        index.last_read(5),
        index.settings(),
        index.latest(),
        index.latest(NOON + timedelta(minutes=2)),
        sorted(index.commands_after(NOON)),
        [list(index.commands_of(device)) for device in DEVICES],
        [index.of_command((device, NOON)) for device in DEVICES],
        list(index.story()),
    ]


@contextmanager
def a_desk() -> Iterator[Desk]:
    """A folder of journals for one example."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as home:
        yield Desk(Path(home))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two devices with a few marks, known to the index."""
    found = Desk(tmp_path)
    found.write("desk", *(marked(n, f"test/{n % 7}") for n in range(40)), marked(41))
    found.write("laptop", marked(42, "test/mamba", "known"), marked(43, "else/gone"))
    assert found.answer == found.truth
    assert found.database.exists()
    return found


@settings(max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.tuples(stories, stories, stories),
    st.lists(st.tuples(changes, harms), min_size=2, max_size=5),
)
def test_the_index_says_what_the_journals_say(
    told: tuple[list[str], ...],
    happened: list[tuple[tuple[str, str, object], str | float | bytes]],
) -> None:
    """Whatever happened to either; and it says the same as one that is built anew."""
    with a_desk() as desk:
        for device, story in zip(DEVICES, told, strict=True):
            desk.write(device, *story)
        assert desk.answer == desk.truth
        for change, harm in happened:
            desk.change(*change)
            desk.harm(harm)

            assert desk.answer == desk.truth
            assert answers(desk.index) == answers(desk.fresh)


def test_edits_of_equal_size_within_one_tick_are_seen(desk: Desk) -> None:
    """There and back again; the file's time and size are always the same."""
    known = desk.path("laptop").read_bytes()
    read = known.replace(b'"known"', b'"read" ')
    other = known.replace(b'"test/mamba"', b'"test/lora" ')
    found = []

    for contents in (read, known, other, known):
        desk.put("laptop", contents)
        found.append(desk.answer == desk.truth)
        found.append(desk.path("laptop").stat().st_size == len(known))

    assert found == [True] * 8
    assert desk.answer.status("test/mamba") is Status.KNOWN


@pytest.mark.parametrize("known", [0, 1])
@pytest.mark.parametrize(
    "spelling", ["2026-03-01T12:05:00.000000Z", "2026-03-01T13:05+01:00"]
)
@pytest.mark.parametrize("word", ["undoes", "distrusts"])
def test_a_word_may_come_before_what_it_is_about(
    desk: Desk, word: str, spelling: str, known: int
) -> None:
    """As when one journal is brought over before the other."""
    desk.write("laptop", said(NOON, **{word: f"phone@{spelling}"}))
    desk.write("phone", *[marked(1)] * known)
    assert desk.answer == desk.truth

    desk.append("phone", marked(5, "test/mamba", "read"))

    assert desk.answer == desk.truth
    assert answers(desk.index) == answers(desk.fresh)


@pytest.mark.parametrize(
    "steps", [["tear"], ["damage"], ["lose"], ["tear", "lose"], ["damage", "lose"]]
)
@pytest.mark.parametrize("name", ["desk.sync-conflict", "laptop"])
def test_what_can_no_longer_be_read_counts_no_longer(
    desk: Desk, name: str, steps: list[str]
) -> None:
    """Neither marks, nor an undo that stood in another copy than what it undid."""
    undo = said(NOON + timedelta(hours=1), undoes="desk@2026-03-01T12:41:00Z")
    desk.write("desk.sync-conflict", marked(1), undo)
    assert desk.answer == desk.truth

    for step in steps:
        desk.change(step, name)

        assert desk.answer == desk.truth
        assert answers(desk.index) == answers(desk.fresh)


@pytest.mark.parametrize(
    ("end", "more"),
    [
        ("", 'status = "todo"\n'),
        ("", "rating = 5\n# why not\n"),
        ("# a comment", " that goes on "),
        ("# a comment that goes on", ""),
        ("[extra]\nnumber = 1\n", "[extra]\nnumber = 2\n"),
        ("", "\ufeff"),
        ("", "<<<<<<<\n"),
        ("", "[[other]]\nnumber = 1\n"),
        ("", "event = 5\n"),
        ("", "device = 'laptop'\n"),
    ],
)
def test_what_was_added_is_read_as_part_of_the_whole(
    desk: Desk, end: str, more: str
) -> None:
    """By hand, and then an event behind it, before the index sees either."""
    desk.write("laptop", marked(42, "test/mamba", "known"), end)
    assert desk.answer == desk.truth

    desk.append("laptop", more, marked(43)[1:])

    assert desk.answer == desk.truth
    assert answers(desk.index) == answers(desk.fresh)


@pytest.mark.parametrize(
    "fields",
    [
        {"<date>": "2026-01-01"},
        {"<date>": "soon"},
        {"odd": {"<datetime>": 5}},
        {"deep": [{"<time>": "12:00:00", "x": {"<date>": "x"}}]},
        {"": {}, "größe": "\0 \x1f \u2028 \U0001f600", "\0": math.inf},
        {"on": [date(2026, 1, 1), [time(12, 0)], {"größe": NOON}], "many": 2**70},
    ],
)
@pytest.mark.parametrize("more", [{}, {"paper": "test/mamba", "status": "read"}])
def test_odd_fields_come_back_as_they_were_said(
    desk: Desk, fields: dict[str, object], more: dict[str, object]
) -> None:
    """Also those that look like what the index itself writes."""
    desk.write("laptop", said(NOON, **more, **fields))

    (event,) = [one for one, _ in desk.index.story() if one.device == "laptop"]

    assert {"paper": event.paper, **event.fields} == {"paper": "", **more, **fields}
    assert desk.answer == desk.truth


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_the_first_and_the_last_time_are_no_crash(desk: Desk, at: str) -> None:
    """Such an event is told, or its journal is reported; the others are told anyway."""
    desk.write("laptop", said(at, paper="test/mamba", status="read"))

    assert desk.answer.status("test/lora") is Status.READ
