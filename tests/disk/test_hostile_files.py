"""Files that would exhaust a careless program: refused in words, in time, in little memory."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.disk import source
from roadmap_cli.journal.text import header

Run = Callable[..., Result]
MEASURED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@dataclass(frozen=True)
class Measured:
    """How a run ended and what it cost."""

    code: int
    said: str
    seconds: float
    megabytes: float


def measured(*arguments: str) -> Measured:
    """Run the program as a process of its own; its output is only counted with its messages."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURED,
            sys.executable,
            "-m",
            "roadmap_cli",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, seconds, kilobytes = done.stdout.split()[-3:]
    return Measured(int(code), done.stderr, float(seconds), int(kilobytes) / 1024)


BOMBS: dict[str, Callable[[str], bytes]] = {
    "dotted key": lambda head: f"{head}a{'.a' * 40_000} = 1\n".encode(),
    "dotted table": lambda head: f"{head}[a{'.a' * 40_000}]\n".encode(),
    "dotted keys in quotes": lambda head: (
        head + '"a"' + '."a"' * 40_000 + " = 1\n"
    ).encode(),
    "inline dotted key": lambda head: f"{head}a = {{b{'.a' * 40_000} = 1}}\n".encode(),
    "spaced dotted key": lambda head: f"{head}a{' . a' * 40_000} = 1\n".encode(),
    "brackets": lambda head: f"{head}a = {'[' * 100_000}\n".encode(),
    "tables in tables": lambda head: f"{head}a = {'{a=' * 100_000}\n".encode(),
    "endless number": lambda head: f"{head}year = {'9' * 5_000}\n".encode(),
    "endless hexadecimal": lambda head: f"{head}year = 0x{'f' * 1_000_000}\n".encode(),
    "endless fraction": lambda head: f"{head}year = 0.{'1' * 1_000_000}.\n".encode(),
    "endless text": lambda head: (head + 'x = "' + "a" * 1_000_000).encode(),
    "endless line": lambda head: (head + "x" * 1_000_000).encode(),
    "brackets in a text": lambda head: (head + 'x = "' + "[" * 1_000_000).encode(),
    "nothing but NUL": lambda _: b"\0" * 1_000_000,
    "NUL within": lambda head: f"{head}x = 'a\0b'\n".encode(),
    "lone carriage returns": lambda head: head.replace("\n", "\r").encode(),
    "UTF-16": lambda head: head.encode("utf-16"),
    "UTF-32": lambda head: head.encode("utf-32"),
    "Latin-1": lambda head: f"{head}x = 'é'\n".encode("latin-1"),
    "UTF-7": lambda head: head.encode("utf-16-le").replace(b"\0", b"+"),
    "a program": lambda _: Path(sys.executable).read_bytes()[:1_000_000],
    "duplicate keys": lambda head: f"{head}x = 1\nx = 2\n".encode(),
    "duplicate tables": lambda head: f"{head}[x]\n[x]\n".encode(),
    "header twice": lambda head: f"{head}{head}".encode(),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_a_catalogue_is_refused(name: str, tmp_path: Path) -> None:
    """Status 3 and a short complaint that names the file, at once and in little memory (E2-E6)."""
    path = tmp_path / "bomb.toml"
    path.write_bytes(BOMBS[name](HEAD))
    done = measured("--catalogue", str(path), "list")

    assert done.code == 3
    assert done.said.startswith(f"error: {path}: ")
    assert len(done.said) < 1000
    assert done.seconds < 2
    assert done.megabytes < 150


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_a_journal_is_refused(name: str, home: Path) -> None:
    """Nothing is written to it; the list is still shown, without progress (A7, E2-E6)."""
    event = '\n[[event]]\npaper = "genai/bert"\nstatus = "read"\nat = 2026-01-01T00:00:00Z\n'
    contents = BOMBS[name](header("desk")) + event.encode() * 2
    path = home / "progress" / "desk.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(contents)
    marked, listed = measured("mark-read", "lora"), measured("list", "llm")

    assert path.read_bytes() == contents
    assert (marked.code, listed.code) == (3, 0)
    assert marked.said.startswith(f"error: {path}: ")
    assert listed.said.startswith(f"warning: {path}: ")
    assert max(len(marked.said), len(listed.said)) < 1000
    assert max(marked.seconds, listed.seconds) < 3
    assert max(marked.megabytes, listed.megabytes) < 150


@pytest.mark.parametrize(
    "number", ["9" * 3400, f"0x{'f' * 3400}", "1e-400", "nan", "-inf"]
)
def test_a_large_number_in_a_journal_does_no_harm(
    roadmap: Run, home: Path, number: str
) -> None:
    """A field of a version to come may be anything that TOML can say."""
    path = home / "progress" / "laptop.toml"
    path.parent.mkdir(parents=True)
    event = f'\n[[event]]\npaper = "genai/lora"\nstatus = "read"\ngoal = {number}\nrating = {number}\nat = 2026-01-01T00:00:00Z\n'
    path.write_text(header("laptop") + event)

    for call in ("list llm", "history", "mark-read bert", "export --progress", "undo"):
        assert roadmap(*call.split()).code == 0
    assert roadmap("list", "--status", "read").rows[0][0] == "lora"


def odd_file(kind: str, path: Path) -> Path:
    """Something at a path that is no file to read."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "huge":
        path.touch()
        os.truncate(path, source.MAX_BYTES + 1)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(kind)
    return path


@pytest.mark.parametrize(
    "kind", ["pipe", "huge", "folder", "/dev/zero", "/dev/urandom"]
)
def test_what_has_no_end_is_not_read(kind: str, tmp_path: Path, home: Path) -> None:
    """As a catalogue, a journal, something to merge or to import (E1)."""
    path = odd_file(kind, tmp_path / "odd.toml")
    calls = [
        ["--catalogue", str(path), "list"],
        ["merge", str(path)],
        ["import", str(path)],
    ]
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "laptop.toml").symlink_to(path)
    calls.append(["mark-read", "lora"])
    for call in calls:
        done = measured(*call)

        assert done.code == 3
        assert "not a regular file" in done.said or "too large for a" in done.said
        assert done.seconds < 1
        assert done.megabytes < 150


def test_an_endless_standard_input_is_not_taken_in(tmp_path: Path) -> None:
    """`import -` stops reading at the limit (E1)."""
    command = f"head -c 300M /dev/zero | {sys.executable} -m roadmap_cli import -"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 3
    assert done.stderr == "error: standard input: too large for a list\n"


def test_two_hundred_thousand_bad_rows_are_counted(tmp_path: Path) -> None:
    """The first twenty with their lines, then how many more (E8)."""
    path = tmp_path / "bad.toml"
    rows = (f"[paper.p{n}]\ntitle = 'T'\nyear = true\n" for n in range(200_000))
    path.write_text(HEAD + "".join(rows))
    done = measured("--catalogue", str(path), "list")

    assert done.code == 3
    assert "200000 problems" in done.said
    assert "… and 199980 more" in done.said
    assert len(done.said.encode()) < 10_000
    assert done.seconds < 20


def test_a_hundred_thousand_odd_events_are_read(home: Path) -> None:
    """Fields, papers and kinds of events that nobody knows do no harm in any number."""
    path = home / "progress" / "laptop.toml"
    path.parent.mkdir(parents=True)
    events = (
        f'\n[[event]]\npaper = "gone/p{n}"\nstatus = {n % 7}\nmood = "m"\nat = 2026-01-01T00:00:00.{n:06}Z\n'
        for n in range(100_000)
    )
    path.write_text(header("laptop") + "".join(events))
    done = measured("mark-read", "lora")

    assert (done.code, done.said) == (0, "")
    assert done.seconds < 60


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("year = 0xffffffffffffffffffffffff", "year must be at most 2999"),
        ("year = inf", "year must be a whole number"),
        ("year = nan", "year must be a whole number"),
        ("year = true", "year must be a whole number"),
        ('year = "soon"', "year must be a whole number"),
        ("year = 2017.0", "year must be a whole number"),
        ("minutes = 0", "minutes must be at least 1"),
        ("minutes = 99999999999999999999", "minutes must be at most 100000"),
        ('tilte = "x"', "has an unknown field `tilte`; did you mean `title`?"),
        ('url = "javascript:alert(1)"', "must be a link that begins with https://"),
    ],
)
def test_a_bad_value_is_refused_with_its_place(
    roadmap: Run, tmp_path: Path, field: str, said: str
) -> None:
    """Numbers, unknown fields, links that are none: the line and the field (E4, E7)."""
    path = tmp_path / "bad.toml"
    own = paper_text("p", "" if field.startswith("url") else field)
    link = 'url = "https://example.org/p"'
    path.write_text(
        HEAD + (own.replace(link, field) if field.startswith("url") else own)
    )
    done = roadmap("--catalogue", str(path), "list")

    assert done.code == 3
    assert "paper.p" in done.err
    assert "line " in done.err
    assert said in done.err
    assert "pydantic" not in done.err


@pytest.mark.parametrize(
    "key",
    [
        "../../x",
        "CON",
        "con",
        "a:b",
        "A",
        "é",
        "",
        "a b",
        "-a",
        "a" * 65,
        "a\\n",
        "nul",
    ],
)
def test_a_key_that_could_do_harm_is_refused(
    roadmap: Run, tmp_path: Path, key: str
) -> None:
    """Paths, devices of Windows, colons, capitals (E10)."""
    path = tmp_path / "bad.toml"
    path.write_text(HEAD + paper_text("p").replace("paper.p", f'paper."{key}"'))
    done = roadmap("--catalogue", str(path), "list")

    assert done.code == 3
    assert done.err.startswith(f"error: {path}: ")


def test_marks_and_line_ends_of_windows_change_nothing(
    roadmap: Run, tmp_path: Path, home: Path
) -> None:
    """A byte order mark and CRLF, in a catalogue and in a journal (E5, E6)."""
    roadmap("mark-read", "lora")
    path = home / "progress" / "desk.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    mine = tmp_path / "mine.toml"
    mine.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + paper_text("p")).replace("\n", "\r\n").encode()
    )

    assert (
        json.loads(roadmap("show", "lora", "--json").out)["papers"][0]["status"]
        == "read"
    )
    assert roadmap("mark-read", "bert").code == 0
    assert roadmap("--catalogue", str(mine), "show", "p").code == 0
    assert len(roadmap("list", "--status", "read").rows) == 2


def test_one_bad_catalogue_among_good_ones_is_only_a_warning(
    roadmap: Run, home: Path
) -> None:
    """Whatever is wrong with it; the doctor names it and has status 1 (E12)."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)
    good = (HEAD + paper_text("p")).replace('"test"', '"good"')
    (folder / "good.toml").write_text(good)
    before = roadmap("list").out
    for name, bomb in BOMBS.items():
        (folder / "bad.toml").write_bytes(bomb(HEAD))
        done = roadmap("list")

        assert (done.code, done.out) == (0, before), name
        assert done.err.startswith(f"warning: {folder / 'bad.toml'}: "), name
    assert roadmap("doctor").code == 1
