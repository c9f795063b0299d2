"""What comes out: in colour or not, narrow, plain, in old encodings, to nobody at all."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Result
from everything import CLEAN, SAMPLES, calls, commands, parameters, prepare

Run = Callable[..., Result]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OFF: dict[str, str] = {"NO_COLOR": ""}
KEY, OTHER, AREA, TOPIC = (f"{one}-{'k' * 61}" for one in ("ka", "ot", "ar", "to"))
LINK = "https://example.org/" + "/".join(["a-rather-long-link"] * 8)


@pytest.fixture
def sample(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, roadmap: Run
) -> Path:
    """A reader's files, with something to undo, redo and restore; we are in their folder."""
    path = prepare(tmp_path, CLEAN, "plain words", home)
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    monkeypatch.chdir(tmp_path)
    for call in ("mark-reading p0", "backup", "mark-read p6", "undo"):
        assert roadmap(*call.split()).code == 0
    return path


@pytest.mark.parametrize(
    ("env", "wish", "seen"),
    [
        ({}, "", (False, True)),
        ({"NO_COLOR": "1"}, "", (False, False)),
        ({"NO_COLOR": ""}, "", (False, True)),
        ({"CLICOLOR": "0"}, "", (False, False)),
        ({"CLICOLOR": "1"}, "", (False, True)),
        ({"CLICOLOR_FORCE": "1"}, "", (True, True)),
        ({"CLICOLOR_FORCE": "0"}, "", (False, True)),
        ({"FORCE_COLOR": "1"}, "", (True, True)),
        ({"FORCE_COLOR": "0"}, "", (False, False)),
        ({"FORCE_COLOR": "false"}, "", (False, False)),
        ({"FORCE_COLOR": "", "CLICOLOR_FORCE": ""}, "", (False, True)),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "", (False, False)),
        ({"TERM": "dumb"}, "", (False, False)),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "", (True, True)),
        ({}, "auto", (False, True)),
        ({}, "always", (True, True)),
        ({}, "never", (False, False)),
        ({"NO_COLOR": "1", "CLICOLOR": "0", "TERM": "dumb"}, "always", (True, True)),
        ({"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, "never", (False, False)),
        ({"NO_COLOR": "1"}, "auto", (False, False)),
        ({"ACCESSIBLE": "1"}, "", (False, False)),
        ({"ACCESSIBLE": "0"}, "", (False, True)),
    ],
)
def test_colour_follows_the_option_then_the_environment_then_the_terminal(
    process: Run,
    terminal: Run,
    env: Mapping[str, str],
    wish: str,
    seen: tuple[bool, bool],
) -> None:
    """The matrix of G8: in a pipe, and on a terminal."""
    option = [f"--color={wish}"] if wish else []
    piped = process("next", *option, env={**OFF, **env})
    shown = terminal(*option, "next", env={**OFF, **env})

    assert (piped.code, shown.code) == (0, 0)
    assert tuple(bool(COLOUR.search(one.out)) for one in (piped, shown)) == seen


def test_a_colour_that_there_is_not_is_wrong_usage(roadmap: Run) -> None:
    """The three are named."""
    done = roadmap("list", "--color", "sometimes")

    assert done.code == 2
    assert "`auto`, `always`, `never`" in done.err


@pytest.mark.parametrize(
    "columns", ["0", "abc", "-5", "1", "10", "20", "40", "59", "99999"]
)
def test_every_width_is_a_width(terminal: Run, columns: str) -> None:
    """What is no number of columns counts as not said (G9)."""
    done = terminal("list", "agents", env={"COLUMNS": columns})

    assert done.code == 0
    assert "generative-agents" in done.out
    assert "Traceback" not in done.out


@pytest.fixture
def long(tmp_path: Path) -> str:
    """A catalogue whose names are as long as can be."""
    path = tmp_path / "long.toml"
    text = f"""format = "roadmap-catalogue"\nversion = 1\nid = "long"\ntitle = "Long"
[[area]]\nid = "{AREA}"\ntitle = "An area"
[[area.topic]]\nid = "{TOPIC}"\ntitle = "A topic"\nsummary = "Some words."
papers = ["{KEY}", "{OTHER}"]
[paper.{KEY}]\ntitle = "A title of several words"\nurl = "{LINK}"\nminutes = 30
[paper.{OTHER}]\ntitle = "Other {"x" * 200} title"\nurl = "{LINK}/2"\nrequires = ["{KEY}"]
"""
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("columns", [20, 59, 80])
def test_no_name_and_no_link_is_broken_or_cropped(
    terminal: Run, long: str, columns: int
) -> None:
    """On whatever page a key, a topic or a link stands, it can be copied in one piece (G9).

    A title in a column may be broken anywhere, but nothing of it is lost.
    """
    pages = [[], ["list"], ["list", TOPIC], ["next"], ["show", KEY], ["show", OTHER],
             ["show", TOPIC], ["show", AREA], ["search", "title"], ["mark-reading", KEY],
             ["history"], ["path", OTHER], ["goal", "set", OTHER], ["plan", "--hours", "2"],
             ["stats"], ["mark-read"], ["undo"]]  # fmt: skip
    for page in pages:
        out = terminal("--catalogue", long, *page, columns=columns).out

        assert "error:" not in out
        for name in (KEY, OTHER, AREA, TOPIC, LINK):
            assert out.count(name) == out.count(name[:6]), (page, name)
        assert "xx" not in out or "x" * 200 in "".join(out.split())


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("call", calls(), ids=lambda call: " ".join(call) or "bare")
@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "cp1252", "C"],
)
def test_an_old_encoding_crashes_nothing(
    process: Run, terminal: Run, call: list[str], env: dict[str, str]
) -> None:
    """Every command, in a pipe and drawn (G11)."""
    done = (terminal if "LC_ALL" in env else process)(*call, env=env)

    assert done.code == 0, done.err
    assert "Traceback" not in done.out + done.err


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("call", calls(), ids=lambda call: " ".join(call) or "bare")
def test_json_is_versioned_on_every_command(roadmap: Run, call: list[str]) -> None:
    """One ASCII object; only what is text by nature has none (G10)."""
    if call[:1] in (["export"], ["cite"], ["completion"]):
        return
    done = roadmap(*call, "--json")
    data = json.loads(done.out)

    assert done.code == 0
    assert data["version"] == 1
    assert done.out.isascii()


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("show no-such-thing", 1),
        ("mark-raed lora", 2),
        ("list --no-such-option", 2),
        ("--catalogue /no/such/file list", 3),
        ("merge /dev/zero", 3),
        ("mark-known llm", 2),
    ],
)
def test_errors_are_versioned_json_too(roadmap: Run, call: str, status: int) -> None:
    """With the message, the hint and the status (G10)."""
    done = roadmap(*call.split(), "--json")
    data = json.loads(done.out)

    assert data["version"] == 1
    assert (done.code, data["error"]["status"]) == (status, status)
    assert data["error"]["message"] in done.err


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("call", calls(), ids=lambda call: " ".join(call) or "bare")
def test_a_pipe_gets_whole_records(
    process: Run, terminal: Run, call: list[str]
) -> None:
    """Whatever COLUMNS says: no box, no colour, no mark; and drawn plainly no shapes (G7, G19)."""
    narrow = process(*call, env={**OFF, "COLUMNS": "10"})
    plain = terminal(*call, "--plain", env=OFF)

    assert not re.search("[\x1b─-◿✓▸]", narrow.out + plain.out)
    if call[:1] in (["list"], ["next"], ["search"], ["show"]):
        assert narrow.out == process(*call, env={**OFF, "COLUMNS": "200"}).out


def test_accessible_leaves_pipes_as_they_are(process: Run) -> None:
    """It is set once and for all, and must not change what scripts read."""
    assert process("list", env={"ACCESSIBLE": "1"}).out == process("list").out


@pytest.mark.parametrize(
    "call", [["--help"], ["list", "--help"], ["--version"], ["where"]]
)
@pytest.mark.usefixtures("both_lists")  # else `where` says what is left out
def test_nobody_reading_and_full_disks_are_met_everywhere(
    process: Run, call: list[str]
) -> None:
    """Help and version end as all other output does (G3, G4)."""
    reading, writing = os.pipe()
    os.close(reading)
    unread = process(*call, stdout=writing)
    os.close(writing)
    with Path("/dev/full").open("wb") as full:
        done = process(*call, stdout=full)

    assert (unread.code, unread.err) == (141, "")
    assert done.code == 6
    assert done.err == "error: cannot write the output: No space left on device\n"


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "call", ["list t", "mark-read p0", "show nothing", "--help", "export --progress"]
)
def test_whatever_stream_is_closed_nothing_breaks(call: str, closed: str) -> None:
    """One of the three, or all of them (G24)."""
    command = f"{sys.executable} -m roadmap_cli {call} {closed}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False
    )

    assert done.returncode == int("nothing" in call)
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize("name", commands())
@pytest.mark.parametrize("columns", ["20", "80"])
def test_help_is_plain_and_whole(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch, name: str, columns: str
) -> None:
    """Every command's own help, with what stands in brackets, at whatever width (H1)."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = roadmap(*name.split(), "--help")
    words = " ".join(done.out.split())

    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert words.startswith(f"Usage: roadmap {name} [OPTIONS]")
    assert f"Example: roadmap {name}" in words
    for parameter in parameters(name):
        choices = re.findall("[a-z]+", parameter.metavar or "")
        is_choice = (parameter.metavar or "").startswith("<")
        named = choices if is_choice else [parameter.metavar or ""]
        assert all(name in words for name in named)
        assert " ".join((parameter.help or "").split()) in words


@pytest.mark.parametrize("name", commands())
def test_every_command_takes_the_programs_own_options(roadmap: Run, name: str) -> None:
    """Before its name and after it (G14)."""
    shown = roadmap(*name.split(), "--help").out

    for option in (
        "--plain",
        "--color",
        "--no-pager",
        "--no-input",
        "--quiet",
        "--verbose",
        "--debug",
        "--catalogue",
    ):
        assert f"{option} " in shown
    assert " ".join(SAMPLES[name]).startswith(name)


@pytest.mark.usefixtures("both_lists")
def test_verbose_says_which_files_were_read(
    roadmap: Run, home: Path, long: str
) -> None:
    """The catalogues and journals, on standard error, and no other word (G14)."""
    named = ("--catalogue", long)
    roadmap(*named, "mark-read", KEY)
    said = roadmap(*named, "next", "-v")

    journal = home / "progress" / "desk.toml"
    assert said.out == roadmap(*named, "next").out
    assert said.err == f"read {long}\nread {journal}\n"
    assert roadmap("where", "-v").err == f"read {journal}\n"  # for the lists in use


def test_options_mean_the_same_before_and_after_the_name(
    roadmap: Run, long: str
) -> None:
    """The catalogue, the questions not to ask, the messages not to hear (G14)."""
    before, after = (
        roadmap(*one)
        for one in (
            ["--catalogue", long, "next"],
            ["next", "--catalogue", long],
        )
    )
    roadmap("mark-read", "lora")
    again = [
        roadmap(*one)
        for one in (["-q", "mark-read", "lora"], ["mark-read", "lora", "-q"])
    ]

    assert before.out == after.out != ""
    assert [(one.code, one.out, one.err) for one in again] == [(0, "", "")] * 2
    assert roadmap("mark-read", "lora").err == "lora is already read\n"
    assert roadmap("list", "--status", "skipped", "-q").err == ""
    assert roadmap("show", "nothing-at-all", "-q").err.startswith("error: ")


def test_a_word_not_to_find_is_no_option(roadmap: Run) -> None:
    """`search -quantization` leaves that out; only `--quiet` is quiet there."""
    every = roadmap("search", "model", "--count", "500").rows
    some = roadmap("search", "model", "-quantization", "--quiet", "--count", "500").rows

    assert 0 < len(some) < len(every)


def test_without_questions_a_terminal_is_like_a_pipe(terminal: Run, home: Path) -> None:
    """`--no-input` fails where it would ask, and says how to answer (G13, G14)."""
    done = terminal("mark-known", "llm", "--no-input")

    assert done.code == 2
    assert "pass --yes" in done.out
    assert not (home / "progress").exists()
