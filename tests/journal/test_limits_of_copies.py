"""What is written into a copy can be read back, and what is read is bounded by what arrives."""

import json
import os
import signal
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import NOON
from conftest import Clock, Result
from copies import JOURNAL, a_copy, listed
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal import archive
from roadmap_cli.journal.backups import Backups
from roadmap_cli.journal.text import header, parse_tail, stanza

Run = Callable[..., Result]
NAME = "2026-02-01T000000.000000Z"
MIB = 1024 * 1024


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies that hold four files, and 3 MiB; notes of 1 MiB at most."""
    monkeypatch.setattr(archive, "MAX_FILES", 4)
    monkeypatch.setattr(archive, "MAX_BYTES", 3 * MIB)
    monkeypatch.setitem(archive.MAX_FILE_BYTES, "notes", MIB)


def notes(home: Path, **sizes: int) -> None:
    """Notes of so many bytes."""
    (home / "notes").mkdir(exist_ok=True)
    for name, size in sizes.items():
        (home / "notes" / f"{name}.md").write_bytes(os.urandom(size))


# What is written


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("sizes", "left", "why"),
    [
        ({"a": MIB + 1, "b": 9}, "a", "larger than 1 MiB"),
        ({"a": MIB, "b": MIB, "c": MIB}, "c", "a copy holds at most 3 MiB"),
        (dict.fromkeys("abcd", 1), "d", "a copy holds at most 4 files"),
    ],
)
def test_what_does_not_fit_is_named_and_the_copy_can_be_put_back(
    roadmap: Run, home: Path, sizes: dict[str, int], left: str, why: str
) -> None:
    """By hand and daily; the journals come first, whatever else there is."""
    roadmap("mark-read", "lora")
    notes(home, **sizes)
    marked, made = roadmap("mark-read", "mlp"), roadmap("backup", "--json")
    (copy,) = json.loads(made.out)["copies"]
    path = home / "notes" / f"{left}.md"
    (home / "progress" / "desk.toml").write_bytes(b"")
    restored = roadmap("restore", copy["copy"], "--yes")

    assert (marked.code, made.code, restored.code) == (0, 0, 0)
    assert (copy["events"], copy["notes"]) == (2, len(sizes) - 1)
    for said in (marked.err, made.err):
        assert f"warning: {path}: is not in the copy " in said
        assert f": {why}\nhint: keep a copy of it elsewhere\n" in said
    assert {row[0] for row in roadmap("list", "--status", "read").rows} == {"lora", "mlp"}  # fmt: skip


@pytest.mark.usefixtures("small")
def test_what_was_not_copied_is_not_replaced(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """Restoring keeps what it replaces, or does not replace it."""
    roadmap("mark-read", "lora", "--note", "short")
    roadmap("backup")
    notes(home, lora=2 * MIB)
    before = (home / "notes" / "lora.md").read_bytes()
    clock.pass_days(0.1)
    refused = roadmap("restore", "--yes", "--notes")
    stays = roadmap("restore", "--yes")

    assert (refused.code, stays.code) == (1, 0)
    assert "lora.md: would be replaced, and is too large to be kept; nothing was changed\nhint: move it away first" in refused.err  # fmt: skip
    assert (home / "notes" / "lora.md").read_bytes() == before


def test_a_name_that_no_copy_can_hold_is_told(roadmap: Run, home: Path) -> None:
    """It is not passed over in silence."""
    roadmap("mark-read", "lora", "--note", "words")
    (home / "notes" / "caf\udce9.md").write_text("words")
    done = roadmap("backup")

    assert done.code == 0
    assert "a copy cannot hold a file of that name" in done.err


@pytest.mark.usefixtures("small")
def test_of_many_files_that_do_not_fit_the_first_are_named(
    roadmap: Run, home: Path
) -> None:
    """And the others counted."""
    roadmap("mark-read", "lora")
    notes(home, **{f"n{number}": 1 for number in range(20)})
    done = roadmap("backup")

    assert done.err.count(": is not in the copy ") == 8
    assert "warning: 9 more files are not in the copy " in done.err


# What is read


def forged(home: Path, name: str = "notes/x.md", *, claimed: int, held: int) -> Path:
    """A copy of zeros that claims another size than it has."""
    path = a_copy(home, **{"progress/desk.toml": JOURNAL})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as writing:
        writing.writestr(name, b"\0" * held)
    contents = bytearray(path.read_bytes())
    entry = contents.rfind(b"PK\1\2")
    for place in (22, entry + 24):
        contents[place : place + 4] = claimed.to_bytes(4, "little")
    path.write_bytes(contents)
    return path


@pytest.mark.parametrize(
    ("name", "claimed", "is_whole"),
    [("notes/x.md", 10, False), ("progress/x.toml", 10, False), ("notes/x.md", 64 * MIB, True)],
)  # fmt: skip
def test_a_list_of_copies_holds_no_more_than_a_journal_in_memory(
    home: Path, name: str, claimed: int, *, is_whole: bool
) -> None:
    """Whatever a file claims, and whatever it holds."""
    forged(home, name, claimed=claimed, held=64 * MIB)
    tracemalloc.start()
    (copy,) = Backups(home).all()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8 * MIB
    assert (copy.notes is not None) == is_whole


def test_a_large_journal_is_counted_in_pieces(tmp_path: Path) -> None:
    """As if it were read at once: whole, cut off, damaged in the middle."""
    text = header("desk") + "".join(
        stanza(NOON, f"genai/p{number}", {"status": "read"}) for number in range(20_000)
    )
    middle = len(text) // 2
    counts = []
    for contents in (text, text[:-9], text[:middle] + "<<<<\n" + text[middle:]):
        a_copy(tmp_path, **{"progress/desk.toml": contents})
        counts.append(Backups(tmp_path).all()[0].events)

    assert counts == [20_000, 19_999, None]


def test_a_journal_of_many_empty_events_is_damaged_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One piece of it is looked at, though a small file holds a million of them."""
    seen: list[int] = []

    def counting(piece: bytes, *given: Any, **named: Any) -> object:
        seen.append(len(piece))
        return parse_tail(piece, *given, **named)

    monkeypatch.setattr("roadmap_cli.journal.backups.parse_tail", counting)
    a_copy(tmp_path, **{"progress/desk.toml": header("desk") + "\n[[event]]" * 700_000})

    assert Backups(tmp_path).all()[0].events is None
    assert len(seen) == 1
    assert seen[0] < MIB


@pytest.mark.parametrize("hides", ["nothing", "the number", "its size"])
def test_a_copy_of_too_many_files_is_refused_before_it_is_read(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch, hides: str
) -> None:
    """Whatever the directory claims: the library does not even begin to read it."""
    roadmap("mark-read", "lora")
    path = a_copy(home, **{f"notes/{number}.md": "" for number in range(20_001)})
    contents = bytearray(path.read_bytes())
    end = contents.rfind(b"PK\5\6")
    if hides == "the number":
        contents[end + 8 : end + 12] = b"\1\0\1\0"
    elif (
        hides == "its size"
    ):  # what follows tells the true one, as in files of gigabytes
        length, start = struct.unpack_from("<LL", contents, end + 12)
        large = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 20_001, 20_001, length, start)  # fmt: skip
        locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
        contents[end:end] = large + locator
        contents[-10:-6] = b"\1\0\0\0"
    path.write_bytes(contents)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile.ZipFile, "__init__", never)
    done = roadmap("restore", NAME, "--yes")

    assert done.code == 3
    assert "too many files for a copy (over 20,000)" in done.err
    assert not (home / "notes").exists()


def test_a_directory_that_is_too_long_is_refused(home: Path) -> None:
    """Of few files, too: each may bring a comment of 64 KiB."""
    path = a_copy(home)
    with zipfile.ZipFile(path, "w") as writing:
        for number in range(200):
            entry = zipfile.ZipInfo(f"notes/{number}.md")
            entry.comment = b"x" * 65_000
            writing.writestr(entry, "")

    with pytest.raises(DataFileError, match="too many files for a copy"):
        archive.read(path)


def test_files_that_overlap_are_refused(home: Path) -> None:
    """Many names for the same bytes make much of little."""
    path = a_copy(home, **{"notes/a.md": "x" * 99, "notes/b.md": "x" * 99})
    contents = bytearray(path.read_bytes())
    second = contents.rfind(b"PK\1\2")
    contents[second + 42 : second + 46] = (0).to_bytes(4, "little")
    path.write_bytes(contents)

    with pytest.raises(DataFileError, match="its files overlap"):
        archive.read(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(home: Path) -> None:
    """Nobody knows which of them was meant."""
    path = a_copy(home)
    with zipfile.ZipFile(path, "w") as writing:
        writing.writestr("notes/a.md", "one")
        writing.writestr("notes/a.md", "two")

    with pytest.raises(DataFileError, match=r"holds `notes/a\.md` twice"):
        archive.read(path)


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_in_pieces_is_refused(home: Path, how: int) -> None:
    """The library unpacks these kinds at once, however much comes of it."""
    path = a_copy(home)
    with zipfile.ZipFile(path, "w", how) as writing:
        writing.writestr("notes/a.md", b"\0" * MIB)

    with pytest.raises(DataFileError, match="packed in another way"):
        archive.read(path)


@pytest.mark.parametrize("flag", [0, 0x800])
def test_a_name_that_is_no_utf8_is_refused(home: Path, flag: int) -> None:
    """It is not guessed at, whether or not the file says that it is UTF-8."""
    path = a_copy(home, **{"notes/xx.md": "words"})
    contents = path.read_bytes().replace(b"notes/xx.md", b"notes/\xe9\xe9.md")
    entry = contents.rfind(b"PK\1\2")
    mark = flag.to_bytes(2, "little")
    path.write_bytes(contents[:6] + mark + contents[8 : entry + 8] + mark + contents[entry + 10 :])  # fmt: skip

    with pytest.raises(DataFileError):
        archive.read(path)


def test_a_pipe_in_place_of_a_copy_is_not_waited_for(
    process: Run, home: Path, roadmap: Run
) -> None:
    """Listing, restoring and marking go on."""
    roadmap("mark-read", "lora")
    (home / "backups").mkdir()
    os.mkfifo(home / "backups" / f"{NAME}.zip")
    done = [
        process(*call.split(), preexec_fn=lambda: signal.alarm(30))
        for call in ("restore --list", "restore 2026-02 --yes", "mark-read mlp")
    ]

    assert [one.code for one in done] == [0, 3, 0]
    assert "not a regular file" in done[1].err


def test_copies_of_earlier_versions_are_read(roadmap: Run, home: Path) -> None:
    """Packed at another level, or not at all, and without catalogues."""
    path = a_copy(home, **{"progress/desk.toml": JOURNAL, "notes/lora.md": "words\n"})
    done = roadmap("restore", "--yes")

    assert (done.code, path.exists()) == (0, True)
    assert listed(roadmap)[-1] == {
        "copy": NAME, "events": 1, "path": str(path), "notes": 1, "catalogues": 0,
        "made": "2026-02-01T00:00:00.000000Z", "why": "", "bytes": path.stat().st_size,
    }  # fmt: skip
    assert (home / "notes" / "lora.md").read_text() == "words\n"
