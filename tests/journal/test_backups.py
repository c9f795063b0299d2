"""Copies of the progress: made, thinned, listed, put back."""

import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOON, give_up_root
from conftest import Clock, Result
from copies import JOURNAL, a_copy, listed
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.backups import Backups, kept

Run = Callable[..., Result]


def tree(home: Path) -> dict[str, bytes]:
    """The journals and notes, byte for byte."""
    found = [*home.glob("progress/*.toml"), *home.glob("notes/*.md")]
    return {str(one.relative_to(home)): one.read_bytes() for one in found}


# Making and restoring


def test_a_copy_holds_journals_and_notes_as_they_are(roadmap: Run, home: Path) -> None:
    """Byte for byte, of all devices, and nothing else."""
    roadmap("mark-read", "lora", "--note", "words")
    (home / "progress" / "phone.toml").write_bytes(b"\xff damaged, and copied as it is")
    done = roadmap("backup")
    name, _, path, *held = done.rows[0]

    assert (done.code, Path(path)) == (0, home / "backups" / f"{name}.zip")
    assert held == ["1", "0"]
    with zipfile.ZipFile(path) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == tree(home)


def test_copies_are_listed_the_newest_first(roadmap: Run, clock: Clock) -> None:
    """With how much is in each."""
    for key in ("lora", "mlp"):
        roadmap("mark-read", key)
        roadmap("backup")
        clock.pass_days(0.5)

    assert [(one["copy"], one["events"]) for one in listed(roadmap)] == [
        ("2026-03-02T000000.000000Z", 2), ("2026-03-01T120000.000000Z", 1)
    ]  # fmt: skip


def test_a_copy_says_what_made_it(roadmap: Run, clock: Clock) -> None:
    """By hand, before the first mark of a day, before a restore."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    roadmap("mark-read", "bert")
    clock.pass_days(2)
    roadmap("mark-read", "mlp")
    clock.pass_days(0.1)
    roadmap("restore", "--yes")

    assert [(row["made"][:10], row["why"]) for row in listed(roadmap)] == [
        ("2026-03-03", "restore"), ("2026-03-03", "daily"), ("2026-03-01", "backup"),
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_copies_are_listed_in_words_on_a_terminal(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """When in the reader's time, the whole name, why, what is in it, and how large it is."""
    roadmap("mark-read", "lora", "mlp")
    roadmap("note", "lora", "tiny")
    roadmap("backup")
    (copy,) = listed(roadmap)
    env = {"TZ": "Etc/GMT-3"}
    shown = " ".join(
        terminal("restore", "--list", columns=columns, env=env).out.split()
    )

    assert shown == (
        f"1 March 2026, 15:00 {copy['copy']} made by roadmap backup · "
        f"2 marks, 1 note · {copy['bytes']} bytes"
    )


def test_without_copies_there_is_nothing_to_restore(roadmap: Run) -> None:
    """The list is empty, which is no error; restoring is one."""
    listing, done = roadmap("restore", "--list"), roadmap("restore", "--yes")

    assert (listing.code, listing.out) == (0, "")
    assert (done.code, "no copy" in done.err) == (1, True)


def test_restoring_needs_a_yes(roadmap: Run, home: Path, clock: Clock) -> None:
    """Without a person to ask, nothing changes."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    clock.pass_days(0.1)
    roadmap("mark-read", "mlp")
    before = tree(home)

    assert roadmap("restore").code == 2
    assert (tree(home), len(listed(roadmap))) == (before, 1)


def test_what_a_restore_replaces_can_be_brought_back(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """The way there and back again gives the same bytes, and both states read well."""
    roadmap("mark-read", "lora", "--note", "one")
    old, (name, *_) = tree(home), roadmap("backup").rows[0]
    clock.pass_days(0.1)
    roadmap("mark-read", "mlp")
    roadmap("note", "lora", "two")
    new = tree(home)
    clock.pass_days(0.1)
    there = roadmap("restore", name, "--yes", "--notes")
    restored, status = tree(home), roadmap("list", "--status", "read").rows
    clock.pass_days(0.1)
    kept_as = Path(there.err.split()[-1])
    back = roadmap("restore", kept_as.stem, "--yes", "--notes")

    assert (there.code, back.code) == (0, 0)
    assert (restored, [row[0] for row in status]) == (old, ["lora"])
    assert tree(home) == new
    assert len(listed(roadmap)) == 3


def test_restoring_in_the_moment_of_the_copy_loses_nothing(
    roadmap: Run, home: Path
) -> None:
    """A clock that stands still gives two copies, not one over the other."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    old = tree(home)
    roadmap("mark-read", "mlp")
    roadmap("restore", "--yes")

    assert tree(home) == old
    assert sorted(one["events"] for one in listed(roadmap)) == [1, 2]


@pytest.mark.parametrize("damage", [b"", b"\0" * 4096, b"<<<<<<<\n"])
def test_a_damaged_journal_is_restored_and_its_remains_are_kept(
    roadmap: Run, home: Path, clock: Clock, damage: bytes
) -> None:
    """The newest whole copy comes back; the damaged bytes are in a copy of their own."""
    roadmap("mark-read", "lora")
    good, (name, *_) = tree(home), roadmap("backup").rows[0]
    (home / "progress" / "desk.toml").write_bytes(damage)
    clock.pass_days(0.1)
    roadmap("backup")
    clock.pass_days(0.1)
    done = roadmap("restore", "--yes")

    assert (done.code, done.rows[0][0], tree(home)) == (0, name, good)
    with zipfile.ZipFile(Path(done.err.split()[-1])) as archive:
        assert archive.read("progress/desk.toml") == damage
    assert [one["events"] for one in listed(roadmap)] == [None, None, 1]


@pytest.mark.parametrize(
    ("name", "code"),
    [("2026-03-01T12", 0), ("2026-03", 1), ("2025", 1), ("../progress/desk", 1)],
)
def test_a_copy_is_named_by_its_beginning(
    roadmap: Run, clock: Clock, name: str, code: int
) -> None:
    """If that means one copy; several or none are an error."""
    roadmap("mark-read", "lora")
    for _ in range(2):
        roadmap("backup")
        clock.pass_days(1)

    assert roadmap("restore", name, "--yes").code == code


@pytest.mark.parametrize("odd", ["dangling link", "no UTF-8 in the name"])
def test_odd_neighbours_do_not_stop_a_copy(
    roadmap: Run, home: Path, clock: Clock, odd: str
) -> None:
    """Editors leave such things (`.#lora.md`): what can be copied is, and restored."""
    roadmap("mark-read", "lora", "--note", "words")
    if odd == "dangling link":
        (home / "notes" / ".#lora.md").symlink_to("me@desk.1234")
    else:
        (home / "notes" / "caf\udce9.md").write_text("words")
    made = roadmap("backup")
    clock.pass_days(0.1)
    done = roadmap("restore", "--yes")

    assert (made.code, done.code) == (0, 0)


def test_a_linked_journal_stays_a_link(
    roadmap: Run, home: Path, tmp_path: Path, clock: Clock
) -> None:
    """What it points to gets the old bytes (A13)."""
    roadmap("mark-read", "lora")
    path, target = home / "progress" / "desk.toml", tmp_path / "elsewhere.toml"
    path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes()
    roadmap("backup")
    clock.pass_days(0.1)
    roadmap("mark-read", "mlp")
    clock.pass_days(0.1)
    roadmap("restore", "--yes")

    assert (path.is_symlink(), target.read_bytes()) == (True, before)


# A copy a day, thinned


def test_one_copy_a_day_is_made_before_marking(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """The first mark has nothing to copy; of many marks a day, one copies."""
    for mark in ("read", "unread") * 8:
        roadmap(f"mark-{mark}", "lora")
        clock.pass_days(0.25)

    assert [one["events"] for one in listed(roadmap)] == [13, 9, 5, 1]
    assert len(list((home / "backups").iterdir())) == 4


def test_thirty_days_leave_the_copies_that_are_worth_keeping(
    roadmap: Run, clock: Clock
) -> None:
    """Fourteen days and the weeks before them; each copy parses and holds its day's events."""
    for mark in ("read", "unread") * 15:
        assert roadmap(f"mark-{mark}", "lora").code == 0
        clock.pass_days(1)
    copies = listed(roadmap)
    days = [datetime.fromisoformat(one["copy"][:10]).date() for one in copies]

    assert days[:14] == [(NOON + timedelta(days=29 - n)).date() for n in range(14)]
    assert [day.isoformat() for day in days[14:]] == ["2026-03-15", "2026-03-08"]
    assert [one["events"] for one in copies] == [(day - NOON.date()).days for day in days]  # fmt: skip


def test_a_copy_from_a_clock_that_ran_ahead_does_not_stop_the_others(
    roadmap: Run, home: Path
) -> None:
    """A copy of the year 2099 is no reason to make none until then."""
    roadmap("mark-read", "lora")
    roadmap("backup")
    (made,) = (home / "backups").iterdir()
    made.rename(made.with_name("2099-01-01T000000.000000Z.zip"))
    roadmap("mark-read", "mlp")

    assert [one["copy"][:4] for one in listed(roadmap)] == ["2099", "2026"]


TIMES = st.sets(
    st.builds(
        lambda hours, ticks: NOON + timedelta(hours=hours, microseconds=ticks),
        st.integers(0, 24 * 500),
        st.integers(0, 3),
    ),
    max_size=80,
)


@settings(max_examples=150)
@given(TIMES)
def test_the_law_of_thinning(times: set[datetime]) -> None:
    """The last ten, the newest of each of 14 days and of 26 weeks, and no others."""
    newest = sorted(times, reverse=True)
    days = sorted({one.date() for one in times}, reverse=True)[:14]
    weeks = sorted({one.isocalendar()[:2] for one in times}, reverse=True)[:26]
    of_day = {max(one for one in times if one.date() == day) for day in days}
    of_week = {max(one for one in times if one.isocalendar()[:2] == week) for week in weeks}  # fmt: skip

    assert kept(times) == {*newest[:10], *of_day, *of_week}
    assert kept(kept(times)) == kept(times)


@settings(max_examples=60)
@given(TIMES)
def test_thinning_every_day_leaves_the_same_as_thinning_at_the_end(
    times: set[datetime],
) -> None:
    """Nothing that would have been worth keeping is dropped on the way."""
    left: set[datetime] = set()
    for one in sorted(times):
        left = kept({*left, one})

    assert left == kept(times)


def test_files_that_are_not_ours_are_never_thinned_out(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """Whatever else lies in the folder stays."""
    (home / "backups").mkdir(parents=True)
    (home / "backups" / "mine.zip").write_bytes(b"holiday pictures")
    for mark in ("read", "unread") * 14:
        roadmap(f"mark-{mark}", "lora")
        clock.pass_days(1)

    assert (home / "backups" / "mine.zip").read_bytes() == b"holiday pictures"
    assert "mine" not in roadmap("restore", "--list").out


def test_marking_goes_on_when_no_copy_can_be_made(
    roadmap: Run, process: Run, home: Path
) -> None:
    """A copy is a service, the mark is the point; asked for itself, it fails."""
    roadmap("mark-read", "lora")
    (home / "backups").mkdir()
    (home / "backups").chmod(0o555)
    marked = process("mark-read", "mlp", preexec_fn=give_up_root)
    asked = process("backup", preexec_fn=give_up_root)
    (home / "backups").rmdir()
    (home / "backups").write_text("no folder")

    assert (marked.code, asked.code) == (0, 6)
    assert (roadmap("mark-read", "vit").code, roadmap("backup").code) == (0, 3)
    assert len(roadmap("list", "--status", "read").rows) == 3


# Copies that must not be trusted


def one_copy(data: Path) -> tuple[Backups, Path]:
    """A folder of data with one copy."""
    (data / "progress").mkdir()
    (data / "progress" / "desk.toml").write_text(JOURNAL)
    backups = Backups(data)
    return backups, backups.make(NOON).path


def test_no_byte_of_a_copy_can_change_unseen(tmp_path: Path) -> None:
    """Whichever byte is damaged: the same files are read from it, or it is refused."""
    backups, path = one_copy(tmp_path)
    good = path.read_bytes()
    wrong = []
    for position in range(len(good)):
        path.write_bytes(good[:position] + bytes([good[position] ^ 0xFF]) + good[position + 1 :])  # fmt: skip
        wrong += [position] if _outcome(backups, tmp_path) not in ("same", "refused") else []  # fmt: skip

    assert wrong == []


def _outcome(backups: Backups, data: Path) -> str:
    """What comes of listing and reading the one copy there is."""
    before = tree(data)
    try:
        (copy,) = backups.all()
        held = backups.contents(copy)
    except DataFileError:
        return "refused"
    except Exception as bug:  # noqa: BLE001 - to be told which bytes do it
        return repr(bug)
    return "same" if held == before else "other"


def test_a_copy_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    """At every length."""
    backups, path = one_copy(tmp_path)
    good = path.read_bytes()
    outcomes = set()
    for length in range(len(good)):
        path.write_bytes(good[:length])
        outcomes.add(_outcome(backups, tmp_path))

    assert outcomes == {"refused"}


@pytest.mark.parametrize(
    "name",
    [
        "../../x.toml", "/x.toml", "progress/../../x.toml", "progress/a/b.toml", "notes/..",
        "progress/..\\..\\x.toml", "notes/", "other/x.toml", "x.toml", "progress/desk.lock",
        "notes/run.sh", "notes/.roadmap.lock", "cache/events.sqlite",
    ],
)  # fmt: skip
def test_names_that_are_none_of_ours_are_refused(
    roadmap: Run, home: Path, tmp_path: Path, name: str
) -> None:
    """A copy holds journals and notes; one that holds anything else is not put back at all."""
    roadmap("mark-known", "mlp")
    a_copy(home, **{"progress/desk.toml": JOURNAL, name: "forged"})
    before = tree(home)
    everything = {one for one in tmp_path.rglob("*") if "backups" not in one.parts}
    done = roadmap("restore", "2026-02-01", "--yes")

    assert (done.code, tree(home)) == (3, before)
    assert {one for one in tmp_path.rglob("*") if "backups" not in one.parts} == everything  # fmt: skip
    assert listed(roadmap)[-1]["events"] is None


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    """A small file that says it holds more than any copy could."""
    path = a_copy(tmp_path, **{"progress/desk.toml": JOURNAL})
    contents = bytearray(path.read_bytes())
    entry = contents.rfind(b"PK\1\2")
    contents[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")
    path.write_bytes(contents)

    (copy,) = Backups(tmp_path).all()

    with pytest.raises(DataFileError, match="too large"):
        Backups(tmp_path).contents(copy)
