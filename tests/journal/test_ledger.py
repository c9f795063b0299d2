"""The ledger: one command gets in, all journals are told, a damaged index changes nothing."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from builders import NOON, a_library, a_paper, progress_in
from roadmap_cli.curriculum.model import Status
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, parse, stanza
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.progress.events import Command, Standing, name_of

LIBRARY = a_library([a_paper("lora"), a_paper("mamba"), a_paper("vit")])
LORA, MAMBA = "test/lora", "test/mamba"


@dataclass
class Desk:
    """A ledger with a clock that stands still until it is told to go on."""

    home: Path
    at: datetime = NOON
    tick: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.journal = Journal(self.home / "progress", "desk")
        self.database = self.home / "cache" / "events.sqlite"
        self.ledger = Ledger(self.journal, self.home / "cache", self.now)

    def now(self) -> datetime:
        """The time; looking at it may take a while."""
        self.at += self.tick
        return self.at

    def mark(self, paper: str = LORA, status: str = "read", **more: object) -> datetime:
        """Say something of a paper; tell the time that it bears."""
        at = self.ledger.say(lambda: [(paper, {"status": status, **more})])
        assert at is not None
        return at

    def other(self, name: str, *said: tuple[datetime, str, str], end: str = "") -> Path:
        """Put a journal of this file name into the folder, as another device wrote it."""
        path = self.journal.folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        events = (stanza(at, paper, {"status": one}) for at, paper, one in said)
        own = name.partition(".")[0].partition(" ")[0]
        path.write_text(header(own) + "".join(events) + end, encoding="utf-8")
        self.ledger.refresh()
        return path

    def of(self, paper: str = LORA) -> Standing:
        """The standing of a paper, by both ways."""
        standing = self.ledger.progress(LIBRARY).of(paper)
        assert self.ledger.progress_with(LIBRARY, [paper]).of(paper) == standing
        return standing

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """What the ledger warns of."""
        return [(str(one), one.hint or "") for one in self.ledger.warnings]

    def ask(self, question: Callable[[Ledger], object]) -> object:
        """What the ledger says when it looks at the files afresh."""
        self.ledger.refresh()
        return question(self.ledger)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger in which nothing is written yet."""
    return Desk(tmp_path)


def test_what_is_said_is_written_and_told_at_once(desk: Desk) -> None:
    """All changes of a command bear one time."""
    at = desk.ledger.say(lambda: [(LORA, {"status": "read"}), (MAMBA, {"rating": 4})])

    assert at == NOON
    assert desk.of() == Standing(Status.READ, date(2026, 3, 1))
    assert desk.of(MAMBA) == Standing(rating=4)
    events = desk.ledger.index.of_command(("desk", NOON))
    assert [(one.paper, one.position) for one in events] == [(LORA, 0), (MAMBA, 1)]


# Which time it bears


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(hours=1), timedelta(days=1)])
def test_a_mark_comes_right_after_what_was_seen(desk: Desk, ahead: timedelta) -> None:
    """Up to a day ahead of our clock, the clock of another device is believed."""
    desk.other("laptop", (NOON + ahead, LORA, "known"))

    at = desk.mark()

    assert at == NOON + ahead + timedelta(microseconds=1)
    assert desk.of().status is Status.READ
    assert desk.mark(status="todo") != at
    assert desk.of().status is Status.TODO


@pytest.mark.parametrize("year", [2027, 2099, 9999])
def test_a_mark_beats_one_of_a_time_to_come(desk: Desk, year: int) -> None:
    """Its time is ours; a word on the other one puts that right before it."""
    future: Command = ("laptop", datetime(year, 1, 1, tzinfo=UTC))
    desk.other("laptop", (future[1], LORA, "known"))
    assert desk.of().status is Status.KNOWN

    assert desk.mark() == NOON
    assert desk.of().status is Status.READ
    desk.mark(MAMBA)
    text = desk.journal.path.read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if line.startswith("distrusts")]
    assert words == [f'distrusts = "{name_of(future)}"']
    assert desk.warnings == []


def test_the_last_word_holds_while_the_clock_goes_on(desk: Desk) -> None:
    """Between two looks at the clock, a time may come to be believed."""
    desk.tick = timedelta(seconds=1)
    for seconds in range(8):
        at = NOON + timedelta(days=1, seconds=seconds)
        desk.at = NOON
        desk.other("laptop", (at, LORA, "known"))

        desk.mark(LORA, "read", turn=seconds)

        assert (seconds, desk.of().status) == (seconds, Status.READ)


def test_the_true_day_is_kept_when_the_time_had_to_be_moved_on(desk: Desk) -> None:
    """Just before midnight an event of tomorrow is seen; another day said stays that one."""
    desk.at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    desk.other("laptop", (desk.at + timedelta(hours=1), MAMBA, "read"))

    at = desk.mark()
    desk.mark("test/vit", on=date(2026, 2, 3))

    assert at.date() == date(2026, 3, 2)
    assert desk.of().since == date(2026, 3, 1)
    assert desk.of("test/vit").since == date(2026, 2, 3)


def test_a_command_that_is_taken_back_counts_no_more(desk: Desk) -> None:
    """All its events together; then it is as it was before."""
    desk.mark(status="reading")
    desk.ledger.say(lambda: [(MAMBA, {"rating": 2}), (LORA, {"status": "read"})])

    desk.ledger.take_back(desk.ledger.last_command)

    assert (desk.of().status, desk.of(MAMBA)) == (Status.READING, Standing())


def test_a_torn_end_is_set_aside_where_the_warning_says(desk: Desk) -> None:
    """The events before it count, the warning ends with the next mark, no byte is lost."""
    desk.mark()
    desk.mark(MAMBA)
    whole = desk.journal.path.read_bytes()
    desk.journal.path.write_bytes(whole[:-9])
    desk.ledger.refresh()

    ((message, hint),) = desk.warnings
    assert message.startswith(f"{desk.journal.path}: the last event was not written")
    assert (desk.of().status, desk.of(MAMBA)) == (Status.READ, Standing())

    desk.mark("test/vit")

    side = desk.journal.folder / hint.rpartition(" ")[2]
    assert whole[:-9].endswith(side.read_bytes())
    assert side.read_bytes().startswith(b"\n[[event]]")
    assert desk.warnings == []
    assert desk.of("test/vit").status is Status.READ


def test_a_torn_end_of_another_device_is_left_to_it(desk: Desk) -> None:
    """It may only be on its way here; no side file is promised that will not be."""
    path = desk.other("laptop", (NOON, LORA, "read"), end='\n[[event]]\npaper = "x"\n')
    torn = path.read_bytes()
    ((message, hint),) = desk.warnings

    desk.mark(MAMBA)

    assert str(path) in message
    assert path.read_bytes() == torn
    assert list(desk.journal.folder.glob("*.torn-*")) == []
    assert "sets it aside" not in hint


@pytest.mark.parametrize(
    ("minutes", "count"), [(-5, 0), (5, 0), (6, 1), (24 * 60, 1), (10**7, 1)]
)
def test_a_clock_ahead_is_warned_of(desk: Desk, minutes: int, count: int) -> None:
    """By more than five minutes; the device and the time are named."""
    at = NOON + timedelta(minutes=minutes)
    desk.other("laptop", (at, LORA, "read"))

    found = [message for message, _ in desk.warnings]

    assert len(found) == count
    assert all("laptop" in one and f"{at:%Y-%m-%dT%H:%M}" in one for one in found)


@pytest.mark.parametrize(
    "name",
    ["desk.sync-conflict-20260101-000000-ABC", "desk (conflicted copy 2026-01-01)"],
)
def test_a_conflict_copy_counts_as_more_events(desk: Desk, name: str) -> None:
    """What both have counts once, what only one has counts too, and nothing is a device."""
    desk.mark()
    later = NOON + timedelta(hours=1)
    desk.other(name, (NOON, LORA, "read"), (later, MAMBA, "known"))

    assert (desk.of().status, desk.of(MAMBA).status) == (Status.READ, Status.KNOWN)
    story = [(one.device, one.paper) for one, _ in desk.ledger.index.story()]
    assert story == [("desk", MAMBA), ("desk", LORA)]

    desk.ledger.take_back(desk.ledger.last_command)

    assert (desk.of().status, desk.of(MAMBA)) == (Status.READ, Standing())


def fill(desk: Desk) -> None:
    """Marks of two devices, one of them undone; the index knows them."""
    desk.other("laptop", *((NOON, f"test/{n % 9}", "read") for n in range(30)))
    desk.mark()
    desk.mark(MAMBA, "known")
    desk.mark("test/vit")
    desk.ledger.take_back(desk.ledger.last_command)
    desk.other("phone", (NOON + timedelta(hours=1), MAMBA, "reading"))
    assert desk.ask(Ledger.last_command) == ("desk", NOON + timedelta(microseconds=2))


QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "progress": lambda ledger: progress_in(ledger.index, LIBRARY),
    "status": lambda ledger: ledger.progress(LIBRARY).status(MAMBA),
    "progress with": lambda ledger: ledger.progress_with(LIBRARY, [MAMBA]),
    "warnings": lambda ledger: list(map(str, ledger.warnings)),
    "last command": Ledger.last_command,
    "last undo": Ledger.last_undo,
    "history": lambda ledger: list(ledger.index.story()),
}
Harm = int | float | bytes | str
HARMS: list[Harm] = [
    *(number / 16 for number in range(16)),
    *(0, 1, 50, 100, 101, *range(4096, 45056, 4096)),
    *(b"", b"x", b"garbage" * 999, b"\0" * 9000, b"SQLite format 3\0"),
    "DROP TABLE event",
    "ALTER TABLE event RENAME COLUMN at TO moment",
    "UPDATE event SET fields = 'x'",
    "UPDATE event SET at = '2026-03-01T11:00:00.000000Z'",
    "UPDATE event SET undone = 1 - undone",
    "UPDATE file SET device = NULL, length = 'x'",
]


def harm(database: Path, how: Harm) -> None:
    """Cut a database off, write other bytes over it or into it, or change what it says."""
    if isinstance(how, int):
        os.truncate(database, how)
    elif isinstance(how, bytes):
        database.write_bytes(how)
    elif isinstance(how, float):
        stored = database.read_bytes()
        start = int(how * len(stored)) + 9
        other = bytes(byte ^ 0x81 for byte in stored[start : start + 40])
        database.write_bytes(stored[:start] + other + stored[start + 40 :])
    else:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(how)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("how", HARMS, ids=lambda how: repr(how)[:40])
def test_a_damaged_index_changes_no_answer(
    desk: Desk, question: Callable[[Ledger], object], how: Harm
) -> None:
    """It gives way to a new one, now or the next time."""
    fill(desk)
    right = desk.ask(question)

    harm(desk.database, how)

    assert [desk.ask(question), desk.ask(question)] == [right] * 2


HOLDER = """import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()"""


def test_an_index_that_another_process_holds_is_left_alone(desk: Desk) -> None:
    """Marks are made and told without it, and it is whole afterwards."""
    fill(desk)
    command = [sys.executable, "-c", HOLDER, str(desk.database)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        desk.mark(MAMBA, "skipped")

        assert desk.of(MAMBA).status is Status.SKIPPED
        holder.communicate("")
    desk.ledger.refresh()
    assert desk.of(MAMBA).status is Status.SKIPPED
    with closing(sqlite3.connect(desk.database)) as connection:
        count = connection.execute("SELECT count(*) FROM event").fetchone()
    assert count == (36,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
@pytest.mark.parametrize("is_known", [False, True])
def test_where_no_index_can_be_written_answers_are_only_slower(is_known: bool) -> None:
    """With an index of yesterday in that folder, or with none."""
    with TemporaryDirectory() as place:
        desk = Desk(Path(place))
        desk.home.chmod(0o755)
        desk.database.parent.mkdir()
        if is_known:
            fill(desk)
        desk.other("laptop", (NOON, LORA, "read"), (NOON, MAMBA, "read"))
        os.seteuid(65534)
        try:
            found = [desk.of().status, desk.of("test/vit").status]
        finally:
            os.seteuid(0)

        assert found == [Status.READ, Status.TODO]
        assert desk.database.exists() is is_known


COUNTING = """CREATE TABLE work (what TEXT);
CREATE TRIGGER one AFTER INSERT ON event BEGIN INSERT INTO work VALUES ('INSERT'); END;
CREATE TRIGGER two AFTER UPDATE ON event BEGIN INSERT INTO work VALUES ('UPDATE'); END;
CREATE TRIGGER six AFTER DELETE ON event BEGIN INSERT INTO work VALUES ('DELETE'); END;
"""


@pytest.fixture(scope="module")
def long_life(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A journal of 20,000 events that the index knows, and counts what it does from now on."""
    desk = Desk(tmp_path_factory.mktemp("life"))
    times = (NOON - timedelta(hours=number) for number in range(20_000, 0, -1))
    desk.other("desk", *((at, f"test/{at.day}", "read") for at in times))
    assert desk.of().status is Status.TODO
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.executescript(COUNTING)
        (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    assert count == 20_000
    return desk


def work(desk: Desk) -> list[str]:
    """What the index did to rows of events since the last time, to know all there is."""
    desk.ask(QUESTIONS["progress"])
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        done = connection.execute("SELECT what FROM work ORDER BY rowid").fetchall()
        connection.execute("DELETE FROM work")
    return [what for (what,) in done]


def test_a_mark_touches_only_its_own_rows(long_life: Desk) -> None:
    """Of 20,000: an insert for each event; what an undo takes back is marked as that."""
    long_life.ledger.say(lambda: [(LORA, {"status": "todo"}), (MAMBA, {"rating": 3})])
    assert work(long_life) == ["INSERT"] * 2

    long_life.ledger.take_back(long_life.ledger.last_command)

    assert work(long_life) == ["INSERT", "UPDATE", "UPDATE"]
    assert work(long_life) == []


def test_what_was_read_once_is_not_parsed_again(long_life: Desk) -> None:
    """What follows the first event is made unreadable, and the index told that it read that."""
    desk, path = long_life, long_life.journal.path
    assert work(desk) == []
    first, mark, rest = path.read_bytes().partition(b"[[event]]")
    spoilt = first + mark + rest.replace(b"[[event]]", b"[[event]>", 1)
    path.write_bytes(spoilt)
    with closing(sqlite3.connect(desk.database)) as connection, connection:
        digest = Source(str(path), what="journal", contents=spoilt).digest
        connection.execute("UPDATE file SET digest = ?", (digest,))

    desk.mark(MAMBA, "skipped")

    assert work(desk) == ["INSERT"]
    assert desk.of(MAMBA).status is Status.SKIPPED
    with pytest.raises(DataFileError, match="not valid TOML"):
        parse(path.read_bytes(), path="")
