"""A place that cannot be reached is damage: said at once, never waited for, never emptiness."""

import json
import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import HEAD, NOON, give_up_root, paper_text
from conftest import Clock, Result
from roadmap_cli.disk import durable, probe
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
FOLDERS = ("progress", "notes", "catalogues", "backups", "cache")
FILES = ("progress/desk.toml", "notes/lora.md", "catalogues/mine.toml")
STATES = ("nowhere", "circle", "pipe", "socket", "device", "other kind")
CASES = [(place, state) for place in (*FOLDERS, *FILES) for state in STATES]
LOOKING = (
    "list",
    "list llm",
    "next",
    "show lora",
    "stats",
    "search low-rank",
    "path lora",
)
MARKING = ("mark-read bert", "mark-unread lora", "goal set mamba", "undo")
CARRYING = ("backup", "restore --yes", "merge other.toml", "import other.toml")


@pytest.fixture(autouse=True)
def _never_for_ever() -> Iterator[None]:
    """What waits for the other end of a pipe is a bug of ours after a minute."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def full(
    home: Path,
    tmp_path: Path,
    roadmap: Run,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A home with something in every place, and beside it a drive that holds nothing."""
    (tmp_path / "drive").mkdir()
    (home / "catalogues").mkdir(parents=True)
    mine = (HEAD + paper_text("p")).replace('"test"', '"mine"')
    (home / "catalogues" / "mine.toml").write_text(mine)
    event = stanza(NOON, "genai/mlp", {"status": "read"})
    (tmp_path / "other.toml").write_text(header("phone") + event)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    roadmap("mark-read", "lora", "--note", "xylophone")
    clock.pass_days(2)  # a mark then makes a copy first
    assert roadmap("backup").code == 0
    clock.pass_days(2)
    return home


def spoil(path: Path, state: str, drive: Path) -> None:
    """Let something stand at a path that does not belong there."""
    is_folder = path.is_dir()
    path.rename(path.with_name(f".{path.name}.kept"))
    match state:
        case "nowhere":
            path.symlink_to(drive / "x")
        case "circle":
            path.symlink_to(path.name)
        case "pipe":
            os.mkfifo(path)
        case "socket":
            os.mknod(path, stat.S_IFSOCK | 0o666)
        case "device":
            path.symlink_to("/dev/zero")
        case _ if is_folder:
            path.write_text("no folder")
        case _:
            path.mkdir()


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}, {case[1]}")
def spoiled(
    request: pytest.FixtureRequest, full: Path, tmp_path: Path
) -> Iterator[tuple[str, Path]]:
    """Which place is spoiled, and its path; at the end it is as it was, and nothing was made."""
    place, state = request.param
    path, drive = full / place, tmp_path / "drive"
    spoil(path, state, drive)
    before = path.lstat()
    yield place.partition("/")[0], path

    assert list(drive.iterdir()) == []
    assert (path.lstat().st_mode, path.lstat().st_ino) == (before.st_mode, before.st_ino)  # fmt: skip
    assert path.is_dir() is stat.S_ISDIR(before.st_mode)
    assert not path.is_dir() or list(path.iterdir()) == []


UNHARMED = {
    "progress": (),
    "notes": MARKING,
    "catalogues": (*MARKING, "note lora more", "export --progress"),
    "backups": (*MARKING, "note lora more", "merge other.toml", "export --progress"),
    "cache": (*MARKING, "note lora more", *CARRYING, "export --progress"),
}
"""The commands that write and have no need of what is spoiled."""
REFUSED = {
    "progress": (*MARKING, *CARRYING, "export --progress", "history", "list --status read"),
    "notes": ("note lora", "note lora more", "mark-read lora bert --note x", "backup", "restore --yes"),
    "catalogues": (),
    "backups": ("backup", "restore --yes", "restore --list"),
    "cache": (),
}  # fmt: skip
"""The commands that cannot do without it."""
WARNED = {
    "progress": (*LOOKING, "note lora more"),
    "notes": ("show lora", "search low-rank", "list --where low-rank"),
    "catalogues": (*LOOKING, "mark-read bert", "note lora more"),
    "backups": ("mark-read bert",),
    "cache": (),
}
"""The commands that do without it and say so."""


def test_a_spoiled_place_is_named_and_nothing_is_written_to_it(
    roadmap: Run, spoiled: tuple[str, Path]
) -> None:
    """Looking goes on with a warning; what would write there, or rests on it, is refused."""
    place, path = spoiled
    for command in REFUSED[place]:
        done = roadmap(*command.split())

        assert (done.code, done.out) == (3, ""), command
        assert str(path) in done.err.splitlines()[0], command
        assert "\nhint: " in done.err, command
    for command in WARNED[place]:
        done = roadmap(*command.split())

        assert (done.code, str(path) in done.err) == (0, True), command
        assert done.err.startswith("warning: "), command
    for command in (*LOOKING, *UNHARMED[place]):
        assert roadmap(*command.split()).code == 0, command
    assert roadmap("where").code == 0


def test_a_spoiled_place_is_found_by_the_doctor(
    roadmap: Run, spoiled: tuple[str, Path]
) -> None:
    """Once, with what it is and a cure that is about it."""
    done = roadmap("doctor", "--json")
    found = [
        one
        for one in json.loads(done.out)["findings"]
        if one["problem"].startswith(f"{spoiled[1]}: ")
    ]

    assert done.code == 1
    assert len(found) == 1
    assert any(word in found[0]["problem"] for word in ("is a link", "not a "))
    assert "remove" in found[0]["cure"]
    assert "writable" not in found[0]["cure"]


@pytest.mark.parametrize("place", ["progress", "progress/desk.toml"])
@pytest.mark.parametrize("state", STATES)
def test_progress_that_cannot_be_reached_is_never_nought(
    roadmap: Run, full: Path, tmp_path: Path, place: str, state: str
) -> None:
    """In no count, for no paper."""
    spoil(full / place, state, tmp_path / "drive")
    topics = json.loads(roadmap("list", "--json").out)["topics"]
    (paper,) = json.loads(roadmap("show", "lora", "--json").out)["papers"]

    assert {one["done"] for one in topics} == {None}
    assert paper["status"] is None


@pytest.mark.parametrize("place", ["progress/desk.toml", "catalogues", "cache"])
@pytest.mark.parametrize("state", ["nowhere", "pipe"])
def test_a_tab_is_silent_about_it(
    full: Path, process: Run, tmp_path: Path, place: str, state: str
) -> None:
    """And offers what it knows."""
    spoil(full / place, state, tmp_path / "drive")
    done = process("mark-read", "bert", env={"_ROADMAP_COMPLETE": "bash"})

    assert (done.code, done.out.splitlines()[0], done.err) == (0, "bert", "")


@pytest.mark.parametrize("state", ["nowhere", "circle", "other kind"])
def test_a_home_that_cannot_be_reached_is_named(
    roadmap: Run, full: Path, tmp_path: Path, state: str
) -> None:
    """The folder above all places: a link to a drive that is not there, for instance."""
    spoil(full, state, tmp_path / "drive")
    listed, marked, noted = (
        roadmap(*command.split())
        for command in ("list", "mark-read bert", "note bert x")
    )
    examined = roadmap("doctor", "--json")
    problems = [one["problem"] for one in json.loads(examined.out)["findings"]]

    assert (listed.code, marked.code, noted.code, examined.code) == (0, 3, 3, 1)
    assert listed.err.startswith(f"warning: {full}: ")
    assert marked.err.startswith(f"error: {full}: ")
    assert noted.err.splitlines()[0] in marked.err or str(full) in noted.err
    assert len([one for one in problems if one.startswith(f"{full}: ")]) == 1
    assert list((tmp_path / "drive").iterdir()) == []


@pytest.mark.parametrize("name", ["events.sqlite", "catalogues.sqlite"])
@pytest.mark.parametrize("state", STATES)
def test_a_file_of_the_cache_that_is_none_is_done_without(
    roadmap: Run, full: Path, tmp_path: Path, name: str, state: str
) -> None:
    """Nothing is made at the other end of a link, and nothing waits."""
    spoil(full / "cache" / name, state, tmp_path / "drive")

    for command in ("list", "mark-read bert", "next", "history"):
        assert roadmap(*command.split()).code == 0, command
    assert list((tmp_path / "drive").iterdir()) == []


@pytest.mark.parametrize("lock", ["progress/desk.lock", "notes/.roadmap.lock"])
@pytest.mark.parametrize("state", STATES)
def test_what_stands_in_the_place_of_a_lock_is_found_by_the_doctor(
    roadmap: Run, full: Path, tmp_path: Path, lock: str, state: str
) -> None:
    """Nothing is written, whatever it is, and it is as it was."""
    spoil(full / lock, state, tmp_path / "drive")
    command = "note lora more" if "notes" in lock else "mark-read bert"
    done = roadmap(*command.split())
    findings = json.loads(roadmap("doctor", "--json").out)["findings"]
    (found,) = [one for one in findings if not one["harmless"]]

    assert (done.code, str(full / lock) in done.err) == (6, True)
    assert "hint: remove it" in done.err
    assert found["problem"].startswith(f"{full / lock}: ")
    assert found["cure"] == "remove it"
    assert list((tmp_path / "drive").iterdir()) == []


@pytest.mark.parametrize("place", ["progress/desk.toml", "notes/lora.md", "cache"])
def test_what_may_not_be_read_is_found_by_the_doctor(
    full: Path, process: Run, place: str
) -> None:
    """With a cure that gives the reader the permission."""
    (full / place).chmod(0)
    done = process("doctor", "--json", preexec_fn=give_up_root)
    (full / place).chmod(0o755)
    findings = json.loads(done.out)["findings"]
    (found,) = [one for one in findings if not one["harmless"]]

    assert found["problem"] == f"{full / place}: cannot be read: Permission denied"
    assert found["cure"].endswith(f"chmod u+rwX {full / place}")


@pytest.mark.parametrize("place", [*FOLDERS, *FILES])
def test_a_link_that_leads_to_something_good_goes_on_working(
    roadmap: Run, full: Path, tmp_path: Path, place: str
) -> None:
    """It stays a link, and what it leads to is written."""
    path = full / place
    path.rename(tmp_path / "drive" / path.name)
    path.symlink_to(tmp_path / "drive" / path.name)
    commands = (*LOOKING, *MARKING, "note lora more", *CARRYING, "doctor")
    codes = {command: roadmap(*command.split()).code for command in commands}

    assert set(codes.values()) == {0}, codes
    assert path.is_symlink()


@pytest.mark.parametrize("link", [True, False])
def test_what_becomes_a_pipe_meanwhile_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, link: bool
) -> None:
    """Between the look at a path and its opening anything may be put there."""
    pipe, path = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(pipe)
    if link:
        path.symlink_to(pipe)
    else:
        pipe.rename(path)
    monkeypatch.setattr(probe, "is_file", lambda _: True)
    with pytest.raises(DataFileError, match="not a regular file but a named pipe"):
        probe.read(path, what="note")
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(DataFileError, match="not a regular file but a named pipe"):
        durable.append(path, b"words")
    os.close(reader)


@pytest.mark.parametrize("state", ["nowhere", "circle", "pipe", "device", "other kind"])
def test_a_copy_that_is_no_file_is_damaged(
    roadmap: Run, full: Path, tmp_path: Path, state: str
) -> None:
    """The list says so, it cannot be restored, and marking goes on."""
    for copy in (full / "backups").iterdir():
        spoil(copy, state, tmp_path / "drive")
    listed = roadmap("restore", "--list", "--json")
    name = json.loads(listed.out)["copies"][0]["copy"]
    restored = roadmap("restore", name, "--yes")

    assert {one["events"] for one in json.loads(listed.out)["copies"]} == {None}
    assert (restored.code, f"{name}.zip: " in restored.err) == (3, True)
    assert roadmap("mark-read", "bert").code == 0


@pytest.mark.parametrize("command", ["merge", "import"])
@pytest.mark.parametrize("state", ["nowhere", "circle", "pipe", "device", "other kind"])
def test_what_is_to_be_taken_in_may_be_no_file(
    roadmap: Run, full: Path, tmp_path: Path, command: str, state: str
) -> None:
    """Named, and nothing is taken in."""
    assert full.is_dir()
    path = tmp_path / "other.toml"
    spoil(path, state, tmp_path / "drive")
    done = roadmap(command, str(path))

    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"error: {path}: ")
    assert "\nhint: " in done.err


def test_the_doctor_says_how_a_journal_comes_back(
    roadmap: Run, full: Path, tmp_path: Path
) -> None:
    """To take away what stands in its place is not enough, and the cure works."""
    journal = full / "progress" / "desk.toml"
    spoil(journal, "nowhere", tmp_path / "drive")
    (found, *_) = json.loads(roadmap("doctor", "--json").out)["findings"]
    journal.unlink()
    done = roadmap("restore", "--yes")

    assert found["cure"].endswith("roadmap restore then brings it back from a copy")
    assert done.code == 0
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["lora"]


def test_a_report_of_a_bug_waits_for_no_pipe(
    roadmap: Run, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it written through a link that leads nowhere."""
    for state in ("pipe", "nowhere"):
        report = full / "state" / "crash-report.txt"
        report.parent.mkdir(exist_ok=True)
        report.unlink(missing_ok=True)
        report.touch()
        spoil(report, state, tmp_path / "drive")
        monkeypatch.setattr("roadmap_cli.program.roadmap.Roadmap.progress", None)
        done = roadmap("list")

        assert done.code == 70
        assert "--debug" in done.err
    assert list((tmp_path / "drive").iterdir()) == []
