"""Carrying progress elsewhere and back: export, import, merge."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOON
from conftest import Clock, Result
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.bundle import bundle, unbundle
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.progress.events import Event

Run = Callable[..., Result]
BUNDLE = 'format = "roadmap-progress"\nversion = 1\n'


def tree(home: Path) -> dict[str, bytes]:
    """The journals and whatever else lies beside them, but for the lock."""
    files = sorted((home / "progress").glob("*")) if home.exists() else []
    return {one.name: one.read_bytes() for one in files if one.suffix != ".lock"}


def statuses(roadmap: Run, *keys: str) -> list[str]:
    """Where the reader is with these papers."""
    shown = [json.loads(roadmap("show", key, "--json").out) for key in keys]
    return [str(one["papers"][0]["status"]) for one in shown]


def journal_text(device: str, *papers: str, status: str = "read") -> str:
    """A journal of one command that marks these papers."""
    events = (stanza(NOON, f"genai/{paper}", {"status": status}) for paper in papers)
    return header(device) + "".join(events)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Move to another, empty home, on another device."""

    def move() -> Path:
        monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "elsewhere"))
        monkeypatch.setenv("ROADMAP_DEVICE", "laptop")
        return tmp_path / "elsewhere"

    return move


# The round trip

DAYS = st.dates(date(1970, 1, 2), date(9000, 1, 1))
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1))  # noqa: DTZ001
ZONES = st.builds(timezone, st.sampled_from([timedelta(hours=2), -timedelta(hours=9, minutes=30)]))  # fmt: skip
SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | DAYS
    | st.builds(time, st.integers(0, 23), st.integers(0, 59))
    | TIMES
    | st.builds(lambda at, zone: at.replace(tzinfo=zone), TIMES, ZONES)
)
NAMES = st.text(min_size=1, max_size=6) | st.sampled_from(["a.b", 'q"', "ü", "", "-"])
VALUES = st.recursive(
    SCALARS,
    lambda own: st.lists(own, max_size=3) | st.dictionaries(NAMES, own, max_size=3),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["read", "todo", "to come"]),
        "rating": st.integers(0, 6),
        "on": DAYS,
        "goal": VALUES,
        "ключ": VALUES,
        "undoes": st.sampled_from(["desk@2026-03-01T12:00:00.000001Z", "nobody"]),
        "distrusts": st.sampled_from(["phone@2026-03-01T12:00:00.000002Z", "x@y"]),
    },
)
PAPERS = st.sampled_from(["genai/lora", "genai/mlp", "gone/ü", ""])
COMMANDS = st.dictionaries(
    st.tuples(st.sampled_from(["desk", "Desk!", "Bad/..\\Name", "ü@x"]), st.integers(0, 4)),
    st.lists(st.tuples(PAPERS, FIELDS), min_size=1, max_size=3),
    max_size=6,
)  # fmt: skip
Commands = dict[tuple[str, int], list[tuple[str, dict[str, Any]]]]


def a_ledger(folder: Path, device: str = "desk") -> Ledger:
    """The ledger of a device whose data are in this folder."""
    return Ledger(Journal(folder / "progress", device), folder / "cache", Clock())


def spoken(ledger: Ledger) -> list[tuple[object, bool]]:
    """Every event of a ledger, and whether it is undone."""
    return [(event.identity, is_undone) for event, is_undone in ledger.index.story()]


def write(folder: Path, commands: Commands) -> None:
    """Write commands into one journal for each device."""
    texts: dict[str, str] = {}
    for (device, tick), events in sorted(commands.items()):
        at = NOON + timedelta(microseconds=tick)
        text = "".join(stanza(at, paper, fields) for paper, fields in events)
        texts[device] = texts.get(device, header(device)) + text
    (folder / "progress").mkdir(parents=True)
    for number, text in enumerate(texts.values()):
        path = folder / "progress" / f"j{number}.toml"
        path.write_text(text, encoding="utf-8", newline="\n")


@settings(max_examples=40)
@given(COMMANDS)
def test_what_was_exported_and_imported_is_what_was_said(commands: Commands) -> None:
    """Of every device, of every kind, nested, undone or not: all, once, in the same order."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "old"), commands)
        old, new = (
            a_ledger(Path(folder, "old")),
            a_ledger(Path(folder, "new"), "laptop"),
        )
        text = old.export()
        taken = new.take_in([("export", text.encode())])[0].events

        assert taken == len(spoken(old)) == sum(map(len, commands.values()))
        assert spoken(new) == spoken(old)
        assert new.export() == text
        assert new.take_in([("export", text.encode())])[0].events == 0
        assert old.take_in([("export", text.encode())])[0].events == 0


@settings(max_examples=20)
@given(COMMANDS, st.data())
def test_in_whatever_order_and_however_often_it_comes_in(
    commands: Commands, data: st.DataObject
) -> None:
    """Pieces of an export, each taken in at least once, add up to the whole."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "old"), commands)
        old, new = (
            a_ledger(Path(folder, "old")),
            a_ledger(Path(folder, "new"), "laptop"),
        )
        pieces = [_events(old, device) for device in {one[0] for one in commands}]
        for piece in data.draw(st.permutations([*pieces, *pieces])):
            new.take_in([("piece", bundle(piece).encode())])

        assert spoken(new) == spoken(old)


def _events(ledger: Ledger, device: str) -> list[Event]:
    found = (event for event, _ in ledger.index.story() if event.device == device)
    return sorted(found, key=lambda event: event.identity)


@pytest.mark.parametrize(
    "field",
    ['device = "another"', 'due = {"<date>" = "soon"}', 'due = {"<date>" = "2026-01-01"}'],
)  # fmt: skip
def test_fields_that_look_like_our_own_signs_survive(
    roadmap: Run, home: Path, elsewhere: Callable[[], Path], tmp_path: Path, field: str
) -> None:
    """Whatever a version to come writes into an event, it comes out again as it was."""
    text = journal_text("desk", "lora").replace("\nat =", f"\n{field}\nat =")
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_text(text, encoding="utf-8")
    there = tmp_path / "there.toml"
    exported = roadmap("export", "--progress", "-o", str(there))
    new = elsewhere()
    imported = roadmap("import", str(there))

    assert (exported.code, imported.code) == (0, 0)
    (written,) = tree(new).values()
    assert field.encode() in written


def test_a_whole_life_is_carried_to_another_machine(
    roadmap: Run,
    process: Run,
    home: Path,
    elsewhere: Callable[[], Path],
    tmp_path: Path,
) -> None:
    """Marks, undone ones and two devices, through stdout and stdin: state and history."""
    roadmap("mark-read", "lora", "mlp", "--rating", "4")
    roadmap("mark-known", "vit")
    roadmap("undo")
    (home / "progress" / "phone.toml").write_text(journal_text("phone", "gpt-3"))
    history, keys = roadmap("history").out, ("lora", "mlp", "vit", "gpt-3")
    (tmp_path / "life").write_text(process("export", "--progress").out)
    elsewhere()
    with (tmp_path / "life").open() as life:
        done = process("import", "-", stdin=life)

    assert (done.code, done.rows) == (0, [["-", "5"]])
    assert statuses(roadmap, *keys) == ["read", "read", "todo", "read"]
    assert roadmap("history").out == history
    assert roadmap("undo").code == 1


def test_nothing_is_lost_on_a_terminal_that_knows_ascii_alone(
    process: Run, home: Path, elsewhere: Callable[[], Path], tmp_path: Path
) -> None:
    """A file is UTF-8 whatever the terminal can show."""
    text = journal_text("desk", "lora").replace("\nat =", '\ngoal = "Übersicht"\nat =')
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_text(text, encoding="utf-8")
    done = process("export", "--progress", env={"PYTHONIOENCODING": "ascii"})
    (tmp_path / "e").write_text(done.out, encoding="utf-8")
    new = elsewhere()

    assert process("import", str(tmp_path / "e")).code == 0
    assert "Übersicht" in next(iter(tree(new).values())).decode()


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (
            ["export"],
            2,
            "error: no format to export in was named\nhint: roadmap export --to bibtex|",
        ),
        (["export", "--progress", "-o", "/no/such/x"], 6, "/no/such/x"),
        (["merge", "/no/such.toml"], 1, "/no/such.toml: there is no such file"),
        (["import", "/dev/null"], 3, "/dev/null: not a regular file"),
    ],
)
def test_what_cannot_be_done_says_why(
    roadmap: Run, arguments: list[str], code: int, why: str
) -> None:
    """A status of its own, and no traceback."""
    done = roadmap(*arguments)

    assert (done.code, why in done.err) == (code, True)


def test_a_closed_stdin_is_no_bug_of_ours(process: Run) -> None:
    """There is nothing to read: an error like any other."""
    closed = [sys.executable, "-m", "roadmap_cli", "import", "-"]
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *closed], capture_output=True, check=False
    )

    assert done.returncode == process("import", "-").code == 3


# Merging


def test_merging_twice_adds_nothing(roadmap: Run, home: Path, tmp_path: Path) -> None:
    """What is known is not taken in again, however its events stand, nor a file written."""
    old = tmp_path / "old-laptop.toml"
    later = stanza(NOON + timedelta(1), "genai/vit", {"status": "read"})
    behind = stanza(NOON, "genai/bert", {"status": "read"})
    old.write_text(journal_text("laptop", "lora", "mlp") + later + behind)
    first = roadmap("merge", str(old))
    before = tree(home)
    again = roadmap("merge", str(old), str(old))

    assert first.rows == [[str(old), "4"]]
    assert again.rows == [[str(old), "0"], [str(old), "0"]]
    assert tree(home) == before


def test_merging_keeps_what_both_sides_said(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """Of this very device too: its journal of before joins the one of now, unchanged."""
    roadmap("mark-read", "lora")
    own = tree(home)["desk.toml"]
    old = tmp_path / "old.toml"
    old.write_text(journal_text("desk", "mlp").replace("2026-03", "2026-02"))
    done = roadmap("merge", str(old))

    assert done.code == 0
    assert statuses(roadmap, "lora", "mlp") == ["read", "read"]
    assert tree(home)["desk.toml"] == own


def test_one_damaged_file_among_several_changes_nothing(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """All of a command, or nothing of it."""
    (tmp_path / "good.toml").write_text(journal_text("laptop", "lora"))
    (tmp_path / "bad.toml").write_text("<<<<<<<\n")
    done = roadmap("merge", str(tmp_path / "good.toml"), str(tmp_path / "bad.toml"))

    assert (done.code, tree(home)) == (3, {})


EVENT = "\n[[event]]\n"
AT = "at = 2026-03-01T12:00:00Z\n"
DAMAGED = {
    "empty": b"",
    "zeros": b"\0" * 512,
    "words": b"dear diary\n",
    "other": b'format = "else"\nversion = 1\n',
    "newer": BUNDLE.replace("1", "999").encode(),
    "newer journal": journal_text("x", "lora").replace("1", "999", 1).encode(),
    "headless journal": b"[[event]]\n" + AT.encode(),
    "markers": (journal_text("x", "lora") + "<<<<<<< ours\n" + EVENT + AT).encode(),
    "event is no list": f"{BUNDLE}event = 1\n".encode(),
    "event is a list of numbers": f"{BUNDLE}event = [1]\n".encode(),
    "event is a table": f"{BUNDLE}[event]\n{AT}".encode(),
    "no device": f"{BUNDLE}{EVENT}{AT}".encode(),
    "no time": f'{BUNDLE}{EVENT}device = "x"\n'.encode(),
    "local time": f'{BUNDLE}{EVENT}device = "x"\n{AT.replace("Z", "")}'.encode(),
    "before all time": f'{BUNDLE}{EVENT}device = "x"\nat = 0001-01-01T00:00:00+05:00\n'.encode(),
    "latin-1": f'{BUNDLE}{EVENT}device = "ü"\n{AT}'.encode("latin-1"),
    "utf-16": f"{BUNDLE}{EVENT}{AT}".encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("contents", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("command", ["import", "merge"])
def test_a_damaged_file_is_refused_and_nothing_changes(
    roadmap: Run, home: Path, tmp_path: Path, command: str, contents: bytes
) -> None:
    """Status 3 and the file's name; the journals are as they were."""
    roadmap("mark-read", "lora")
    before = tree(home)
    (tmp_path / "file").write_bytes(contents)
    done = roadmap(command, str(tmp_path / "file"))

    assert (done.code, tree(home)) == (3, before)
    assert str(tmp_path / "file") in done.err


def test_an_export_cut_off_anywhere_is_refused_or_is_a_shorter_one() -> None:
    """No half of an event is ever taken for a whole one."""
    events = [
        Event(NOON, "desk", number, f"genai/p{number}", {"status": "read"})
        for number in range(3)
    ]
    whole = bundle(events).encode()
    for length in range(len(whole)):
        taken = _taken(whole[:length])

        assert list(taken) == events[: len(taken)]


def _taken(contents: bytes) -> Sequence[Event]:
    try:
        return unbundle(contents, path="cut").events
    except DataFileError:
        return []


@pytest.mark.parametrize("command", ["import", "merge"])
def test_nothing_is_taken_into_damaged_journals(
    roadmap: Run, home: Path, tmp_path: Path, command: str
) -> None:
    """What is known already cannot be told, so nothing is written."""
    roadmap("mark-read", "lora")
    (home / "progress" / "desk.toml").write_bytes(b"")
    (tmp_path / "file").write_text(journal_text("laptop", "mlp"))

    assert (roadmap(command, str(tmp_path / "file")).code, tree(home)) == (3, {"desk.toml": b""})  # fmt: skip


@pytest.mark.parametrize(
    "device",
    ["../../x", "/etc/x", "..\\..\\x", ".", "..", "", "x" * 5000, "a\0b", "ü", "\x1b[2J"],
    ids=repr,
)  # fmt: skip
def test_no_name_of_a_device_leads_out_of_the_folder(
    roadmap: Run, home: Path, tmp_path: Path, device: str
) -> None:
    """Whoever wrote the file, what comes in lies with the other journals."""
    roadmap("mark-known", "mlp")
    before = {*tmp_path.rglob("*")}
    (tmp_path / "file").write_text(bundle([Event(NOON, device, 0, "genai/lora", {"status": "read"})]))  # fmt: skip
    done = roadmap("import", str(tmp_path / "file"))
    made = {*tmp_path.rglob("*")} - before - {tmp_path / "file"}

    assert (done.code, statuses(roadmap, "lora")) == (0, ["read"])
    assert [one.parent for one in made] == [home / "progress"]
    assert roadmap("history", "--json").code == 0
