"""What grows with the events of all devices costs no more for each further one."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.progress.events import Event, name_of
from roadmap_cli.progress.replay import in_order

Run = Callable[..., Result]
START = datetime(2026, 2, 1, tzinfo=UTC)


def write_journal(
    home: Path, fields: Iterable[dict[str, Any]], start: datetime = START
) -> Path:
    """The journal of the laptop, with an event each second."""
    path = home / "progress" / "laptop.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    events = (
        stanza(start + timedelta(seconds=number), "", one)
        for number, one in enumerate(fields)
    )
    path.write_text(header("laptop") + "".join(events))
    return path


def at(number: int) -> str:
    """The command of the event of this number."""
    return name_of(("laptop", START + timedelta(seconds=number)))


READ = {"paper": "genai/lora", "status": "read"}


def distrusting(home: Path, size: int) -> None:
    """Events each of which distrusts the next."""
    write_journal(home, ({"distrusts": at(n + 1)} for n in range(size)))


def undoing(home: Path, size: int) -> None:
    """A mark, and events each of which takes back the one before."""
    write_journal(home, [READ, *({"undoes": at(n)} for n in range(size))])


def to_come(home: Path, size: int) -> None:
    """Events of a device whose clock is ahead."""
    write_journal(home, [READ] * size, START + timedelta(days=300))


def undone_together(home: Path, size: int) -> None:
    """A command of many events, taken back as often."""
    path = write_journal(home, ({"undoes": at(-1)} for _ in range(size)))
    command = stanza(START - timedelta(seconds=1), "", READ) * size
    path.write_text(path.read_text() + command)


@pytest.mark.parametrize("journal", [distrusting, undoing, to_come, undone_together])
@pytest.mark.parametrize("call", ["next", "history", "undo", "mark-read bert"])
def test_each_further_event_costs_the_same(
    journal: Callable[[Path, int], None],
    call: str,
    roadmap: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the events say of each other, and whether they are read for the first time."""
    new, known = [], []
    for size in SIZES:
        place = tmp_path / str(size)
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        assert roadmap("mark-read", "rope").code == 0
        journal(place, size)
        new.append(calls_of(roadmap, *call.split()))
        known.append(calls_of(roadmap, *call.split()))

    assert growth(new) < LIMIT
    assert growth(known) < LIMIT


def test_events_to_come_cost_nothing_once_they_are_known(
    roadmap: Run, home: Path
) -> None:
    """The warning names the devices and the last event, and both are looked up."""
    measured = []
    for size in SIZES:
        to_come(home, size)
        roadmap("next")
        measured.append(calls_of(roadmap, "next"))

    assert measured[2] - measured[0] < SIZES[2] - SIZES[0]
    assert "events of laptop bear a time to come, up to 2026-11-28T00:02:39" in (
        roadmap("next").err
    )


def test_what_is_marked_already_as_moved_is_not_marked_again(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each event to come costs an undo far less than the mark that noticed it."""
    marks, undos = [], []
    for size in SIZES:
        place = tmp_path / str(size)
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        assert roadmap("mark-read", "rope").code == 0
        to_come(place, size)
        marks.append(calls_of(roadmap, "mark-read", "bert"))
        undos.append(calls_of(roadmap, "undo"))

    assert undos[2] - undos[0] < (marks[2] - marks[0]) / 2


def test_commands_move_before_who_noticed_in_a_line_and_in_branches() -> None:
    """Each right before the one that distrusts it, and behind those that it distrusts itself."""
    minutes = [START + timedelta(minutes=n) for n in range(10)]
    distrusted = {1: (5, 3), 3: (8,), 5: (4,), 8: (9,), 2: (), 4: (), 9: ()}
    events = [
        Event(minutes[number], "d", place, "", said)
        for number, some in distrusted.items()
        for place, said in enumerate(
            [{"distrusts": name_of(("d", minutes[one]))} for one in some] or [{}]
        )
    ]
    told = [minutes.index(one.at) for one in in_order(events)]

    assert list(dict.fromkeys(told)) == [9, 8, 3, 4, 5, 1, 2]


LONG = 256 * 1024


@pytest.mark.parametrize(
    "long",
    [
        "#" + "x" * LONG, "\n" * LONG, f'x = "{"y" * LONG}"', f"x = [{'1,' * LONG}]",
        f'x = """{"y" * 99 + chr(10)}"""' + "\nx = 1" * LONG, " " * LONG,
    ],
    ids=["comment", "blank-lines", "text", "list", "lines", "blanks"],
)  # fmt: skip
def test_an_event_longer_than_any_that_is_meant_is_refused_unread(
    long: str, roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is named, and nothing is written or lost."""
    assert roadmap("next").code == 0  # from here on the catalogue is known
    path = write_journal(home, [READ, READ])
    path.write_text(path.read_text().replace("status", f"{long}\nstatus", 1))
    kept = path.read_bytes()
    monkeypatch.setattr("roadmap_cli.disk.toml.parse", None)  # what would take long
    result = roadmap("mark-read", "bert")

    assert result.code == 3
    assert "from here on more than 256 KiB without a further event" in result.err
    assert path.read_bytes() == kept
    assert not path.with_name("desk.toml").exists()


def test_what_was_appended_is_refused_as_well(roadmap: Run, home: Path) -> None:
    """Where what stands before it is known already."""
    path = write_journal(home, [READ])
    assert roadmap("show", "lora", "--json").code == 0
    with path.open("a") as file:
        file.write(f"\n[[event]]\n#{'x' * LONG}\nat = 2026-03-01T00:00:00Z\n")

    assert "without a further event" in roadmap("next").err


def test_a_journal_may_be_far_longer_than_an_event(roadmap: Run, home: Path) -> None:
    """What counts is how far its events are apart."""
    path = write_journal(home, [{**READ, "x": "y" * 1000}] * 600)

    assert path.stat().st_size > 2 * LONG
    assert '"status": "read"' in roadmap("show", "lora", "--json").out
