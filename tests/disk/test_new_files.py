"""Files that get a free name: whoever chooses the same one at the same time replaces nothing."""

import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from builders import NOON
from conftest import Result
from roadmap_cli.disk import durable
from roadmap_cli.errors import CannotWriteError
from roadmap_cli.journal.text import header, parse, stanza

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[str]"]
DELAYED = """
import os, sys
from datetime import UTC, datetime
from roadmap_cli.cli import main
link = os.link
def wait_and_link(source, target, **more):
    print("about to name", target, flush=True)
    sys.stdin.readline()
    link(source, target, **more)
os.link = wait_and_link
noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
code = main(sys.argv[1:], lambda: noon)
print("code", code, flush=True)
"""
"""The program at noon; each file that gets a free name waits for a line of input first."""


def marked(*papers: str) -> str:
    """The marks of a phone."""
    at = NOON.replace(hour=1)
    return "".join(stanza(at, f"genai/{key}", {"status": "read"}) for key in papers)


def read(roadmap: Run) -> set[str]:
    """The keys of the papers that are read."""
    return {row[0] for row in roadmap("list", "--status", "read").rows}


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the delayed program on a device, and wait until it has chosen its first name."""
    with ExitStack() as stack:

        def run(device: str, *arguments: str) -> "subprocess.Popen[str]":
            running = subprocess.Popen(
                [sys.executable, "-c", DELAYED, *arguments],
                env={**os.environ, "ROADMAP_DEVICE": device},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(running)
            stack.callback(running.kill)
            assert running.stdout is not None
            assert running.stdout.readline().startswith("about to name ")
            return running

        yield run


def finish(running: "subprocess.Popen[str]") -> str:
    """Let a delayed program go on to its end; the last line of its output."""
    out, err = running.communicate("\n" * 9, timeout=60)
    assert "Traceback" not in err
    return out.splitlines()[-1]


@pytest.mark.parametrize("device", ["phone", "laptop"])
def test_two_devices_that_merge_at_once_keep_what_both_took_in(
    roadmap: Run, tmp_path: Path, start: Start, device: str
) -> None:
    """Both have chosen their names before either writes."""
    roadmap("mark-read", "bert")
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(header("phone") + marked("lora"))
    two.write_text(header("phone") + marked("lora", "mlp", "vit"))
    slow = start("desk", "merge", str(one))
    quick = start(device, "merge", str(two))

    assert [finish(quick), finish(slow)] == ["code 0", "code 0"]
    assert read(roadmap) == {"bert", "lora", "mlp", "vit"}


def test_two_devices_that_bring_back_a_journal_at_once_keep_both(
    roadmap: Run, home: Path, start: Start
) -> None:
    """The second finds the name taken: what it knows stands beside it."""
    phone = home / "progress" / "phone.toml"
    roadmap("mark-read", "bert")
    names = []
    for papers in (["lora"], ["vit"]):
        phone.write_text(header("phone") + marked(*papers))
        names.append(roadmap("backup").rows[0][0])
    phone.unlink()
    slow = start("desk", "restore", names[0], "--yes")
    quick = start("laptop", "restore", names[1], "--yes")

    assert [finish(quick), finish(slow)] == ["code 0", "code 0"]
    assert read(roadmap) == {"bert", "lora", "vit"}


def test_two_copies_of_one_moment_are_two_files(
    roadmap: Run, home: Path, start: Start
) -> None:
    """Also if the first is only named when the second has looked for a name."""
    roadmap("mark-read", "bert")
    slow = start("desk", "backup")
    roadmap("mark-read", "lora")
    quick = start("laptop", "backup")

    assert [finish(quick), finish(slow)] == ["code 0", "code 0"]
    held = []
    for path in sorted((home / "backups").iterdir()):
        with zipfile.ZipFile(path) as archive:
            contents = archive.read("progress/desk.toml")
        held.append(len(parse(contents, path="").events))
    assert held == [1, 2, 1]  # the first is the daily one


def test_a_note_that_another_begins_meanwhile_is_added_to(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor or a synchronizer made it between our looking and our writing."""
    path = home / "notes" / "lora.md"
    link = os.link

    def too_late(source: Path, target: Path) -> None:
        path.write_text("theirs\n")
        link(source, target)

    monkeypatch.setattr(os, "link", too_late)
    done = roadmap("note", "lora", "ours")

    assert done.code == 0
    assert path.read_text() == "theirs\n- 2026-03-01: ours\n"


def test_a_journal_that_another_begins_meanwhile_stays(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines of one name whose locks do not meet: the second mark is refused."""
    path = home / "progress" / "desk.toml"
    theirs = header("desk") + marked("vit")
    link = os.link

    def too_late(source: Path, target: Path) -> None:
        path.write_text(theirs)
        link(source, target)

    monkeypatch.setattr(os, "link", too_late)
    done = roadmap("mark-read", "lora")

    assert (done.code, path.read_text()) == (4, theirs)
    assert "another program has just made it; your progress is unchanged" in done.err
    assert roadmap("mark-read", "lora").code == 0
    assert read(roadmap) == {"lora", "vit"}


def test_an_end_that_is_set_aside_replaces_no_file(roadmap: Run, home: Path) -> None:
    """Not even one of the name that it would get; the same end is kept once."""
    path = home / "progress" / "desk.toml"
    torn = b'\n[[event]]\npaper = "genai/be'
    roadmap("mark-read", "lora")
    whole = path.read_bytes()
    for contents in (whole, whole, whole):
        path.write_bytes(contents + torn)
        assert roadmap("doctor", "--fix").code == 0
    (side,) = path.parent.glob("desk.torn-*.txt")
    side.write_text("my own words")
    path.write_bytes(whole + torn)
    assert roadmap("doctor", "--fix").code == 0
    others = set(path.parent.glob("desk.torn-*.txt")) - {side}

    assert side.read_text() == "my own words"
    assert [other.read_bytes() for other in others] == [torn]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP, errno.EACCES])
def test_where_there_are_no_hard_links_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """FAT and some network folders: what is there stays, and nothing of ours is left over."""

    def fail(_source: Path, _target: Path) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", fail)
    path = tmp_path / "x.toml"
    made = [durable.create_under(durable.numbered(path), text) for text in (b"1", b"2")]

    assert [file.name for file in made] == ["x.toml", "x.2.toml"]
    assert not durable.create(path, b"3")
    assert {file.name: file.read_bytes() for file in tmp_path.glob("*.*")} == {
        "x.toml": b"1",
        "x.2.toml": b"2",
    }


def test_a_link_that_leads_nowhere_is_a_name_that_is_taken(tmp_path: Path) -> None:
    """Nothing is made where it points to."""
    path = tmp_path / "x.toml"
    path.symlink_to(tmp_path / "elsewhere" / "x.toml")

    assert not durable.create(path, b"1")
    assert not (tmp_path / "elsewhere").exists()


def test_left_over_temporary_files_stop_no_mark(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In containers process numbers recur; and a name that is taken is not taken twice."""
    folder = home / "progress"
    folder.mkdir(parents=True)
    left = [folder / f".roadmap-{os.getpid()}-desk.toml.tmp"]
    numbers = iter([b"\0" * 8, b"\0" * 8])
    draw = os.urandom
    monkeypatch.setattr(os, "urandom", lambda size: next(numbers, None) or draw(size))
    left.append(folder / durable.temporary_name())
    for path in left:
        path.write_text("half")
    done = roadmap("mark-read", "lora")

    assert (done.code, read(roadmap)) == (0, {"lora"})
    assert [path.read_text() for path in left] == ["half", "half"]
    assert sorted(folder.glob(".roadmap-*")) == sorted(left)


def test_many_files_are_all_written_or_none(tmp_path: Path) -> None:
    """Those that are waited for together, too."""
    files = {tmp_path / f"{number}.md": b"old" for number in range(150)}
    durable.write_all(files)
    new = [durable.NewFile([path], b"new") for path in files]

    def lose() -> None:
        raise PermissionError

    with pytest.raises(CannotWriteError):
        durable.write_all(dict.fromkeys(files, b"newer"), guard=lose)
    assert durable.write_all({}, new) == [None] * 150
    assert {path.read_bytes() for path in tmp_path.glob("*.*")} == {b"old"}
