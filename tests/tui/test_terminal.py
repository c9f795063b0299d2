"""The full screen on a real terminal: editors, signals, other programs, hostile lists."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from everything import catalogue
from screens import ROADMAP, Seen

pytestmark = pytest.mark.usefixtures("home")

EDITOR = """
import os, signal, sys
signal.signal(signal.SIGINT, lambda *_: None)
print("THE EDITOR IS OPEN", flush=True)
line = sys.stdin.readline().strip()
with open(sys.argv[1], "a") as note:
    note.write(line + "\\n")
sys.exit(int(os.environ.get("EDITOR_STATUS", "0")))
"""


def started(*arguments: str, size: tuple[int, int] = (80, 24), **env: str) -> Seen:
    """The full screen, once it can be used."""
    seen = Seen("tui", *arguments, size=size, env=env)
    return seen.wait_for("quit").settle()


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that appends the line that is typed."""
    script = tmp_path / "editor"
    script.write_text(f"#!{sys.executable}\n{EDITOR}")
    script.chmod(0o755)
    return str(script)


def test_quitting_leaves_the_terminal_as_it_was() -> None:
    """Its modes, and the screen that was there before."""
    with Seen("tui") as seen:
        before = seen.modes
        seen.wait_for("quit").press("q")
        assert seen.end() == 0
        assert seen.modes == before
        assert seen.raw.count(b"\x1b[?1049h") == seen.raw.count(b"\x1b[?1049l") == 1


@pytest.mark.parametrize(
    ("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)]
)
def test_a_signal_ends_it_with_the_terminal_as_it_was(name: str, status: int) -> None:
    """And with the status that shells expect."""
    with Seen("tui") as seen:
        before = seen.modes
        seen.wait_for("quit").settle()
        seen.running.send_signal(getattr(signal, name))
        assert seen.end() == status
        assert seen.modes == before
        assert seen.raw.rstrip().endswith(b"\x1b[?1049l") or b"\x1b[?1049l" in seen.raw


def test_ctrl_c_ends_it_as_it_ends_programs() -> None:
    """With status 130, and no traceback."""
    with started() as seen:
        assert seen.press("\x03").end() == 130
        assert b"Traceback" not in seen.raw


def test_notes_are_written_in_the_editor_and_shown(editor: str, home: Path) -> None:
    """It has the terminal to itself; the page shows what was saved."""
    with started("mlp", EDITOR=editor) as seen:
        seen.press("e").wait_for("THE EDITOR IS OPEN")
        seen.press("what I think of it\n").wait_for(
            "your notes on mlp are as you saved them"
        )
        seen.press("l").wait_for("Your notes")
        seen.wait_for("what I think of it")
        assert "what I think" in (home / "notes" / "mlp.md").read_text()


def test_an_editor_that_fails_is_told_of(editor: str) -> None:
    """And the screen is there again."""
    with started("mlp", EDITOR=editor, EDITOR_STATUS="3") as seen:
        seen.press("e").wait_for("THE EDITOR IS OPEN").press("words\n")
        seen.wait_for(lambda frame: "ended with status 3" in " ".join(frame.split()))
        assert "quit" in seen.frame


def test_ctrl_c_in_the_editor_is_the_editors(editor: str) -> None:
    """The screen is there again when it is closed."""
    with started("mlp", EDITOR=editor) as seen:
        seen.press("e").wait_for("THE EDITOR IS OPEN").press("\x03").press("words\n")
        seen.wait_for("as you saved them").settle()
        seen.press("j").wait_for("2/6")


def test_a_window_that_is_resized_while_the_editor_runs_is_laid_out_anew(
    editor: str,
) -> None:
    """Once the editor is closed."""
    with started("mlp", EDITOR=editor) as seen:
        seen.press("e").wait_for("THE EDITOR IS OPEN")
        seen.resize(120, 30)
        seen.press("words\n").wait_for("as you saved them").wait_for(
            "Background Knowledge"
        )


def test_it_sleeps_and_comes_back() -> None:
    """Ctrl-Z gives the shell its terminal; `fg` draws everything again."""
    with Seen(program=["bash", "--norc", "-i"], env={"PS1": "shell> "}) as seen:
        seen.wait_for("shell>")
        seen.press(f"{' '.join(ROADMAP)} tui\n").wait_for("quit").settle()
        seen.press("l").wait_for("1/6").press("\x1a").wait_for("shell>")
        seen.press("echo in the shell\n").wait_for("in the shell")
        seen.press("fg\n").wait_for("quit").settle()
        seen.press("j").wait_for("2/6").press("q").wait_for("shell>")
        assert "Traceback" not in seen.frame


def test_a_terminal_of_another_size_has_another_layout() -> None:
    """One pane, two lists over a page, three columns; too small is said in words."""
    with started("mlp") as seen:
        assert "Background Knowledge" not in seen.frame
        seen.resize(120, 40)
        seen.wait_for("Background Knowledge").wait_for("Leads to")
        seen.resize(30, 8)
        seen.wait_for("40 columns and 12 lines")
        seen.resize(80, 24)
        seen.wait_for("1/6")


def marked(*arguments: str) -> None:
    """Mark something by another program."""
    environment = {**os.environ, "ROADMAP_DEVICE": "phone"}
    subprocess.run(
        [*ROADMAP, *arguments], env=environment, check=True, capture_output=True
    )


def test_what_others_mark_is_shown_while_cursor_and_order_stay(
    roadmap: Callable[..., Result],
) -> None:
    """And both marks are kept."""
    with started("rnn") as seen:
        seen.press("r").wait_for("rnn: read")
        marked("mark-read", "mlp", "cnn")
        seen.wait_for("changed elsewhere: 2 papers marked")
        rows = seen.frame.splitlines()
        assert [row.split()[-4:] and ("read" in row) for row in rows[1:4]] == [True] * 3
        assert rows[3].startswith(">")
    statuses = {row[0]: row[1] for row in roadmap("list", "neural-networks").rows}
    assert [statuses[key] for key in ("mlp", "cnn", "rnn")] == ["read"] * 3


def test_a_list_that_is_edited_meanwhile_is_read_anew() -> None:
    """A new paper of one's own is there at once."""
    with started() as seen:
        marked("add", "https://example.org/new", "--title", "Quite new", "--offline")
        seen.wait_for("changed elsewhere: your lists")
        seen.press("G", "l").wait_for("Quite new")


def test_a_damaged_journal_shows_what_is_unknown_and_takes_no_marks(home: Path) -> None:
    """As the commands do; the way out is named."""
    (home / "progress").mkdir()
    (home / "progress" / "desk.toml").write_text("what is this?\n")
    with started("mlp") as seen:
        assert "? unknown" in seen.frame
        assert "error:" in seen.frame
        assert "restore" in seen.frame
        seen.press("j").wait_for("2/6").press("r").wait_for("error:")
    assert (home / "progress" / "desk.toml").read_text() == "what is this?\n"


def test_a_lock_that_is_held_stops_a_mark_and_not_the_screen(
    lock: Path, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    """It says so within a second, and goes on."""
    from processes import hold

    with started("mlp") as seen:
        hold(lock, start)
        seen.press("r").wait_for("error:").press("j").wait_for("2/6")


HARM = (
    "\x1b]52;c;aGFybQ==\x07 \x1b[31m\x9b2J [/b][bold] \u202e [@click=app.quit]x[/] \x00"
)
SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*|[@-Z\\-_])|[\x80-\x9f](?<![\xc2-\xf4].)"
)


def test_hostile_lists_leave_nothing_that_a_harmless_one_lacks(tmp_path: Path) -> None:
    """On every screen: no sequence that a terminal obeys comes from data."""

    def seen_of(words: str) -> set[bytes]:
        path = tmp_path / "list.toml"
        titles = [f"Paper {number} {words}" for number in range(4)]
        path.write_text(catalogue(titles, words), encoding="utf-8")
        with started(size=(120, 40), ROADMAP_CATALOGUE=str(path)) as seen:
            for keys in (
                "l",
                "l",
                "h",
                "r",
                "n",
                "?",
                "q",
                "R",
                "R",
                "\r",
                "q",
                "S",
                "q",
                "H",
                "q",
                "P",
                "/",
            ):
                seen.press(keys).settle()
            seen.press("Paper\r").settle().press(":").settle().press("Pap").settle()
            assert seen.running.poll() is None
            return {
                re.sub(rb"[0-9;]+", b"#", found) for found in SEQUENCE.findall(seen.raw)
            }

    harmless = seen_of("words")
    assert seen_of(json.dumps(HARM)[1:-1].replace("\\u0000", "")) <= harmless


@pytest.mark.parametrize(
    ("env", "arguments", "why"),
    [
        ({"TERM": "dumb"}, (), "TERM=dumb cannot draw"),
        ({"ACCESSIBLE": "1"}, (), "it cannot be read aloud"),
        ({}, ("--plain",), "it cannot be read aloud"),
    ],
)
def test_where_there_is_no_screen_the_way_round_is_named(
    env: dict[str, str], arguments: tuple[str, ...], why: str
) -> None:
    """With status 1, and before anything is drawn."""
    with Seen("tui", *arguments, env=env) as seen:
        assert seen.end() == 1
        assert why in seen.frame
        assert "roadmap next" in seen.frame
        assert b"\x1b[?1049h" not in seen.raw


def test_in_a_pipe_the_way_round_is_named(process: Callable[..., Result]) -> None:
    """No terminal is no screen."""
    done = process("tui")
    assert (done.code, done.out) == (1, "")
    assert "no terminal is there" in done.err


def test_a_small_terminal_is_refused_with_its_size() -> None:
    """Before anything is drawn."""
    with Seen("tui", size=(39, 12)) as seen:
        assert seen.end() == 1
        assert "this terminal has 39 and 12" in re.sub(r"\s+", " ", seen.frame)


def test_without_colour_nothing_is_coloured() -> None:
    """`NO_COLOR` is set in these tests; where it is not, there is colour."""
    colour = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-7]|9[0-7]|38;[0-9;]*)(?:;[0-9]+)*m")
    with started("mlp") as seen:
        seen.press("r").wait_for("read; u").settle()
        assert not colour.search(seen.raw)
    with started("mlp", NO_COLOR="") as seen:
        assert colour.search(seen.raw)


def test_without_unicode_all_is_ascii() -> None:
    """Bars, marks and what titles hold."""
    with started("mlp", size=(120, 40), PYTHONIOENCODING="ascii") as seen:
        seen.press("r").wait_for("read; u").settle()
        assert seen.frame.isascii(), seen.frame


def test_the_examples_of_the_help_do_what_they_say(
    roadmap: Callable[..., Result],
) -> None:
    """On a terminal: each shows the full screen."""
    calls = re.findall(r"Example: roadmap (.+)", roadmap("tui", "--help").out)
    assert calls
    for call in calls:
        with Seen(*call.split()) as seen:
            seen.wait_for("quit").press("q")
            assert seen.end() == 0


def test_an_unknown_name_is_told_as_by_every_command() -> None:
    """With status 1, and no screen."""
    with Seen("tui", "no-such-thing") as seen:
        assert seen.end() == 1
        assert "no-such-thing" in seen.frame
        assert b"\x1b[?1049h" not in seen.raw


BROKEN = """
import sys
from roadmap_cli.program.desk import Desk
Desk.sift = lambda desk: 1 // 0
from roadmap_cli.cli import run
sys.argv = ["roadmap", "tui"]
run()
"""


def test_a_bug_ends_as_every_bug_does(home: Path) -> None:
    """With the terminal as it was, status 70, one line, and a report."""
    with Seen(program=[sys.executable, "-c", BROKEN]) as seen:
        before = seen.modes
        seen.wait_for("quit").settle()
        assert seen.press("f").end() == 70
        assert seen.modes == before
        assert "a bug in roadmap: ZeroDivisionError" in seen.frame
        assert "Traceback" not in seen.frame
    assert "ZeroDivisionError" in (home / "state" / "crash-report.txt").read_text()
