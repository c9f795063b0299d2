"""What journals survive: damage, full and read-only disks, other versions, links, modes."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from builders import SETPRIV
from conftest import Clock, Result
from roadmap_cli.disk import durable
from roadmap_cli.journal.text import header, parse, stanza

Run = Callable[..., Result]
HEADER = header("desk").encode()
READING = [
    "list",
    "list llm",
    "next",
    "show lora",
    "search adaptation",
    "history",
    "where",
]
WRITING = ["mark-read gpt-3", "mark-unread lora", "undo", "redo"]
STRANGE = b"""
[[event]]
mood   =   "good"      # a later version says more
paper = 'genai/lora'
tags = [ "a", {b = 1979-05-27} ]
status = "pondering"
at = 2026-01-02T03:04:05Z
[[event]]
kind = "review"
grade = 0x1F
at = 2026-01-02T03:04:06+02:00
[[event]]
paper = "elsewhere/never-heard-of"
status = "read"
at = 2026-01-02T03:04:07.5Z
"""
MARKER = b"\n<<<<<<< HEAD"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "zeros": lambda _: b"\0" * 4096,
    "headerless": lambda contents: contents[contents.index(b"[[event]]") :],
    "half a header": lambda contents: contents[:40],
    "merge marker": lambda contents: contents.replace(b"\n[[", MARKER + b"\n[[", 2),
    "hole": lambda contents: contents[:80] + b"\0" * 30 + contents[110:],
    "another file": lambda _: b'[tool]\nname = "x"\n',
    "no UTF-8": lambda contents: contents.replace(b"lora", b"l\xffra"),
    "event is no list": lambda _: HEADER + b"event = 1\n",
}


@pytest.fixture
def journal(home: Path, clock: Clock) -> Path:
    """A journal of three commands, the second one of two events; `bert` is the last."""
    text = header("desk")
    for papers in (["lora"], ["flan", "mamba"], ["bert"]):
        for paper in papers:
            text += stanza(clock.at, f"genai/{paper}", {"status": "read"})
        clock.pass_days(0.001)
    path = home / "progress" / "desk.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def read(roadmap: Run) -> set[str]:
    """What counts as read."""
    return {row[0] for row in roadmap("list", "--status", "read").rows}


def everything(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder but locks and those of the cache."""
    files = (path for path in folder.rglob("*") if path.is_file())
    kept = (one for one in files if "cache" not in one.parts and one.suffix != ".lock")
    return {path: path.read_bytes() for path in kept}


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("damage", DAMAGE)
def test_nothing_is_written_to_a_damaged_journal(
    journal: Path, roadmap: Run, damage: str, command: str
) -> None:
    """Status 3 with path and way out; its bytes stay."""
    spoilt = DAMAGE[damage](journal.read_bytes())
    journal.write_bytes(spoilt)
    done = roadmap(*command.split())

    assert (done.code, done.out) == (3, "")
    assert str(journal) in done.err
    assert "hint: " in done.err
    before, found, _ = spoilt.partition(MARKER)
    assert not found or f"line {before.count(10) + 2}" in done.err
    assert journal.read_bytes() == spoilt


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_journal_is_not_no_progress(
    journal: Path, roadmap: Run, damage: str
) -> None:
    """`list` shows the catalogue, says on stderr what is wrong, and shows no 0 %."""
    journal.write_bytes(DAMAGE[damage](journal.read_bytes()))
    shown = roadmap("list")
    told = json.loads(roadmap("list", "--json").out)["topics"]

    assert shown.code == 0
    assert str(journal) in shown.err
    assert len(shown.rows) > 20
    assert {topic["done"] for topic in told} == {None}
    assert "%" not in roadmap("--plain", "list").out


def test_a_newer_journal_is_refused_not_downgraded(journal: Path, roadmap: Run) -> None:
    """Also if its last event looks cut off; status 3, the bytes stay."""
    newer = journal.read_bytes().replace(b"version = 1", b"version = 999")
    for contents in (
        newer,
        newer[:-9],
        newer[:-20],
        newer.replace(b"\nat = ", b"\nwhen = "),
    ):
        journal.write_bytes(contents)
        done = roadmap("mark-read", "gpt-3")

        assert done.code == 3
        assert "written for a newer roadmap" in done.err
        assert journal.read_bytes() == contents
        assert "newer roadmap" in roadmap("list").err


def test_a_cut_anywhere_leaves_the_events_before_it(journal: Path) -> None:
    """Every length down to the header: an event is whole once its time is, with the Z."""
    contents = journal.read_bytes()
    events = parse(contents, path="").events
    for length in range(contents.index(b"\n[[event]]"), len(contents) + 1):
        parsed = parse(contents[:length], path="")

        assert parsed.events == events[: contents[:length].count(b"Z")]
        assert contents[:length] == contents[: parsed.length] + parsed.torn


def test_a_cut_end_is_set_aside_by_the_next_mark(journal: Path, roadmap: Run) -> None:
    """At many lengths of the last event: a warning names the side file, the rest counts."""
    contents = journal.read_bytes()
    begin = contents.rindex(b"\n[[event]]")
    for length in range(begin + 2, len(contents) - 1, 3):
        journal.write_bytes(contents[:length])
        shown = roadmap("list", "--status", "read")
        done = roadmap("mark-read", "gpt-3")
        (side,) = journal.parent.glob("desk.torn-*.txt")

        assert (shown.code, done.code) == (0, 0)
        assert side.name in shown.err
        assert "bert" not in {row[0] for row in shown.rows}
        assert side.read_bytes() == contents[begin:length]
        assert journal.read_bytes().startswith(contents[:begin] + b"\n[[event]]\n")
        assert len(parse(journal.read_bytes(), path="").events) == 4
        side.unlink()
    assert read(roadmap) >= {"lora", "gpt-3"}
    assert roadmap("list").err == ""


@pytest.mark.parametrize("cut", [0, 1, 2, 9, 30])
@pytest.mark.parametrize("count", [1, 512, 5000])
def test_zeros_at_the_end_cost_no_event_that_was_confirmed(
    journal: Path, roadmap: Run, cut: int, count: int
) -> None:
    """A power cut leaves zeros where an event was to be: only what was not whole is lost."""
    contents = journal.read_bytes()
    contents = contents[: len(contents) - cut]
    journal.write_bytes(contents)
    known = read(roadmap)
    journal.write_bytes(contents + b"\0" * count)

    assert ("bert" in known) == (cut < 2)
    assert read(roadmap) == known
    assert roadmap("mark-read", "gpt-3").code == 0
    assert read(roadmap) == known | {"gpt-3"}
    assert b"\0" not in journal.read_bytes()


def test_what_this_version_does_not_know_survives(journal: Path, roadmap: Run) -> None:
    """Unknown keys, kinds of events and papers: byte for byte, whatever is marked."""
    strange = journal.read_bytes() + STRANGE
    journal.write_bytes(strange)
    papers = [row[0] for row in roadmap("list", "llm/evaluation").rows][:5]
    for paper in papers:
        for command in ("mark-reading", "mark-read", "mark-unread"):
            assert roadmap(command, paper).code == 0
        assert roadmap("undo").code == 0
    commands = ("backup", "mark-read clip", "restore --yes")
    restored = [roadmap(*command.split()) for command in commands]

    assert [done.code for done in restored] == [0, 0, 0]
    assert journal.read_bytes().startswith(strange)
    assert set(papers) <= read(roadmap)
    assert roadmap("list").err == ""


@pytest.mark.usefixtures("cold")
def test_a_journal_that_is_a_link_stays_one(
    home: Path, roadmap: Run, tmp_path: Path
) -> None:
    """Its target is written, also by setting an end aside and by restoring; a folder alike."""
    target = tmp_path / "cloud" / "real.toml"
    target.parent.mkdir()
    target.write_bytes(HEADER + b'\n[[event]]\npaper = "genai/be')
    link = tmp_path / "linked" / "desk.toml"
    link.parent.mkdir()
    link.symlink_to(target)
    home.mkdir()
    (home / "progress").symlink_to(link.parent)

    commands = ("mark-read lora", "mark-read mamba", "backup", "restore --yes")
    assert {roadmap(*command.split()).code for command in commands} == {0}
    assert (home / "progress").is_symlink()
    assert link.is_symlink()
    assert len(parse(target.read_bytes(), path="").events) == 2
    assert read(roadmap) == {"lora", "mamba"}


def test_the_mode_of_a_journal_is_kept(journal: Path, roadmap: Run) -> None:
    """By an append, by setting an end aside, and by bringing a copy back."""
    roadmap("backup")
    journal.chmod(0o604)
    for end in (b"", b'\n[[event]]\npaper = "x'):
        with journal.open("ab") as file:
            file.write(end)
        assert roadmap("mark-read", "gpt-3", "clip").code == 0
        assert journal.stat().st_mode & 0o7777 == 0o604
        roadmap("undo")
    assert roadmap("restore", "--yes").code == 0
    assert journal.stat().st_mode & 0o7777 == 0o604


def test_a_relative_home_works_and_the_umask_holds(
    tmp_path: Path, process: Run
) -> None:
    """`ROADMAP_HOME=.` is where the reader stands; whoever wants privacy has said so."""
    env = {"ROADMAP_HOME": "."}
    done = process("mark-read", "lora", env=env, cwd=tmp_path, umask=0o027)
    files = (tmp_path / "progress").iterdir()
    modes = {path.name: path.stat().st_mode & 0o777 for path in files}

    assert (done.code, done.err) == (0, "")
    assert modes == {"desk.toml": 0o640, "desk.lock": 0o640}


def test_only_our_own_old_temporary_files_are_left_over(tmp_path: Path) -> None:
    """Those older than an hour; nobody else's, however old."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    ages = dict.fromkeys(["desk.toml", "a.toml.tmp", ".x.tmp", ".roadmap-n.txt"], 9999)
    ages |= {".roadmap-12-desk.toml.tmp": 61, ".roadmap-13-desk.toml.tmp": 59}
    for name, minutes in ages.items():
        (tmp_path / name).touch()
        when = (now - timedelta(minutes=minutes)).timestamp()
        os.utime(tmp_path / name, (when, when))

    assert durable.left_over(tmp_path, now) == [tmp_path / ".roadmap-12-desk.toml.tmp"]
    assert durable.left_over(tmp_path / "none", now) == []


def test_marking_what_is_so_already_writes_nothing(journal: Path, roadmap: Run) -> None:
    """And says so."""
    before = (journal.read_bytes(), journal.stat().st_mtime_ns)
    done = roadmap("mark-read", "lora")

    assert (done.code, done.out, done.err) == (0, "", "lora is already read\n")
    assert (journal.read_bytes(), journal.stat().st_mtime_ns) == before


def test_reading_commands_write_nothing_but_the_cache(
    home: Path, journal: Path, roadmap: Run
) -> None:
    """Not even where an end is cut off."""
    journal.write_bytes(journal.read_bytes()[:-5])
    before = everything(home)
    codes = [roadmap(*command.split()).code for command in READING]

    assert set(codes) == {0}
    assert everything(home) == before


def mounted(script: str, *arguments: Path) -> list[str]:
    """What a shell script prints that may mount: what it mounts goes when it ends."""
    command = ["unshare", "--mount", "sh", "-ec"]
    program = f'roadmap() {{ {sys.executable} -m roadmap_cli "$@" 2>&1 && echo =0 || echo "=$?"; }}\n'
    run = partial(subprocess.run, capture_output=True, text=True, check=False)
    if (
        shutil.which("unshare") is None
        or run([*command, "mount -t tmpfs t /mnt"]).returncode
    ):
        pytest.skip("needs unshare, and leave to mount")
    done = run([*command, program + script, "sh", *map(str, arguments)])
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.usefixtures("journal")
def test_a_read_only_disk_can_be_read(home: Path) -> None:
    """Even the first time, when there is no place to write an index."""
    before = everything(home)
    mount = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"\n'
    told = mounted(mount + "roadmap list --status read; roadmap mark-read gpt-3", home)
    shown = {line.split("\t")[0] for line in told[:-3]}

    assert shown == {"lora", "flan", "mamba", "bert"}
    assert (told[-3], told[-1]) == ("=0", "=6")
    assert "Read-only file system" in told[-2]
    assert everything(home) == before


FILL = """mount -t tmpfs -o size=64k tmpfs "$1"; mkdir "$1/progress"
test ! -f "$2" || cp "$2" "$1/progress/desk.toml"
cp /dev/zero "$1/filler" 2>/dev/null || true
roadmap mark-read lora; rm "$1/filler"
test ! -f "$2" || cmp "$2" "$1/progress/desk.toml"; ls "$1/progress"
roadmap mark-read lora
"""


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.usefixtures("cold")
def test_a_full_disk_is_said_and_changes_nothing(
    home: Path, tmp_path: Path, *, is_first: bool
) -> None:
    """64 KiB, all taken: status 6 in one line; with room again the mark works."""
    home.mkdir()
    old = tmp_path / "old.toml"
    if not is_first:
        old.write_bytes((HEADER + STRANGE).ljust(4095, b"#") + b"\n")  # one page
    said, code, *rest = mounted(FILL, home, old)

    assert said.startswith(f"error: {home / 'progress'}")
    assert "no space left" in said
    assert code == "=6"
    assert rest[:-2] == (["desk.lock"] if is_first else ["desk.lock", "desk.toml"])
    assert rest[-1] == "=0"


def test_a_limit_on_file_sizes_is_like_a_full_disk(
    journal: Path, roadmap: Run, process: Run
) -> None:
    """`ulimit -f`: the write stops in the middle of the event, which is cut off again."""
    padded = journal.read_bytes().ljust(8192 - 40, b"#") + b"\n"
    journal.write_bytes(padded)
    limits = (8192, resource.RLIM_INFINITY)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, limits)
    done = process("mark-read", "gpt-3", preexec_fn=limit)

    assert (done.code, done.out) == (6, "")
    assert "no space left" in done.err
    assert "your progress is unchanged" in done.err
    assert journal.read_bytes() == padded
    assert roadmap("mark-read", "gpt-3").code == 0
    assert "gpt-3" in read(roadmap)


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A home that others may read and not write, where everybody can get to."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "progress").mkdir()
        (Path(name) / "progress" / "desk.toml").write_bytes(HEADER + STRANGE)
        for path in [*Path(name).rglob("*"), Path(name)]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield Path(name)


def test_another_users_folder_can_be_read(foreign: Path) -> None:
    """No index to write is no error; marking is one, with status 6."""
    is_root = os.geteuid() == 0  # whom modes do not stop
    if is_root and shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv to be somebody else")
    python = [*(SETPRIV if is_root else ()), sys.executable, "-m", "roadmap_cli"]
    env = {**os.environ, "ROADMAP_HOME": str(foreign)}

    run = partial(subprocess.run, capture_output=True, text=True, env=env, check=False)
    if run([*python, "--version"]).returncode:
        pytest.skip("others cannot run this Python")
    before = everything(foreign)
    shown = run([*python, "list"])
    done = run([*python, "mark-read", "bert"])

    assert (shown.returncode, shown.stderr) == (0, "")
    assert (done.returncode, done.stdout) == (6, "")
    assert str(foreign) in done.stderr
    assert "Permission denied" in done.stderr
    assert everything(foreign) == before
