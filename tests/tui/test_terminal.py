"""The full screen on a real terminal: editors, signals, other programs, hostile lists."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import Result
from everything import ATTACK, CLEAN, EVIL, catalogue
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
        assert b"\x1b[?1049l" in seen.raw


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
        seen.wait_for("quit")


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
        assert all("✓ read" in row for row in rows[1:4])
        assert rows[3].startswith(">")
    statuses = {row[0]: row[1] for row in roadmap("list", "neural-networks").rows}
    assert [statuses[key] for key in ("mlp", "cnn", "rnn")] == ["read"] * 3


def test_a_list_that_is_edited_meanwhile_is_read_anew() -> None:
    """A new paper of one's own is there at once."""
    with started() as seen:
        marked("add", "https://example.org/new", "--title", "Quite new", "--offline")
        seen.wait_for("changed elsewhere: your lists")
        seen.press("G", "l").wait_for("Quite new")


def test_notes_that_are_written_elsewhere_are_shown(home: Path) -> None:
    """Also the first ones on a paper."""
    with started("mlp") as seen:
        seen.press("l").settle()
        (home / "notes").mkdir()
        (home / "notes" / "mlp.md").write_text("written in another window\n")
        seen.wait_for("changed elsewhere: your notes")
        seen.press("G").wait_for("another window")


def test_what_takes_long_draws_no_line_amid_the_screen() -> None:
    """A list that changes is laid down anew in silence."""
    with Seen(program=[sys.executable, "-c", IMPATIENT]) as seen:
        seen.wait_for("quit").settle()
        before = len(seen.raw)
        marked("add", "https://example.org/new", "--title", "Quite new", "--offline")
        seen.wait_for("changed elsewhere: your lists")
        assert b"BUSY" not in seen.raw[before:]


IMPATIENT = """
import sys
from contextlib import contextmanager
from roadmap_cli.cli.terminal import waiting

@contextmanager
def loud(what):
    print("BUSY", file=sys.__stderr__, flush=True)
    yield lambda *_: None

waiting.watched = lambda *_, **__: loud
from roadmap_cli.cli import run
sys.argv = ["roadmap", "tui"]
run()
"""


def test_a_list_that_is_broken_meanwhile_stays_as_it_was_read(tmp_path: Path) -> None:
    """What is wrong is told; once it is mended, it is read again."""
    path = tmp_path / "list.toml"
    good = catalogue(CLEAN, "plain words")
    path.write_text(good)
    with started("p0", ROADMAP_CATALOGUE=str(path)) as seen:
        path.write_text(f"{good}\nbroken = [")
        seen.wait_for("error:").press("j").wait_for("2/").press("l").settle()
        assert "plain words" in seen.frame
        path.write_text(good.replace("plain words", "other words"))
        seen.wait_for("other words")


def test_an_own_list_that_is_broken_meanwhile_stays_too(home: Path) -> None:
    """Its papers are not lost from the screen."""
    marked("add", "https://example.org/new", "--title", "Quite new", "--offline")
    with started("mine/inbox") as seen:
        seen.wait_for("Quite new")
        (home / "catalogues" / "mine.toml").write_text("broken = [")
        seen.wait_for("not valid TOML")
        assert "Quite new" in seen.frame


def test_a_journal_that_is_damaged_meanwhile_is_told_of(home: Path) -> None:
    """As at the start: nothing is said to have been marked."""
    with started("mlp") as seen:
        seen.press("r").wait_for("mlp: read")
        with (home / "progress" / "desk.toml").open("a") as journal:
            journal.write("garbage = [\n")
        seen.wait_for("? unknown").wait_for("error:")


def test_a_journal_that_vanishes_is_told_of(home: Path) -> None:
    """With the way to its copies."""
    with started("mlp") as seen:
        seen.press("r").wait_for("mlp: read")
        (home / "progress" / "desk.toml").unlink()
        seen.wait_for("is gone").wait_for("restore")


def test_keys_that_come_all_at_once_do_not_answer_twice() -> None:
    """As from a paste, or over a line that lags: a line is answered once."""
    with started("mlp") as seen:
        for keys in ("ax\r\r", "/l\r\r", "T+x\r\r", "*33", "*uu", ":next\r\r"):
            seen.press(keys).settle().press("\x1b").settle()
        seen.press("?").wait_for("one down").press("q").wait_for("quit")


def test_what_is_pasted_is_one_line_of_text(home: Path) -> None:
    """With all its words, and nothing that a terminal obeys."""
    with started("mlp") as seen:
        seen.press("a").wait_for("a line for your notes")
        seen.press("\x1b[200~one\ntwo \x07three\nfour\x1b[201~").wait_for("four")
        seen.press("\r").wait_for("noted on mlp")
    written = (home / "notes" / "mlp.md").read_text()
    assert "one two \N{REPLACEMENT CHARACTER}three four\n" in written


def test_the_size_is_that_of_the_terminal_whatever_the_environment_says() -> None:
    """`COLUMNS` and `LINES` are for what is printed."""
    with started("mlp", COLUMNS="200", LINES="10") as seen:
        assert max(map(len, seen.frame.splitlines())) <= 80
        assert len(seen.frame.splitlines()) == 24


def test_a_long_hint_can_be_read_to_its_end() -> None:
    """On a small screen, too."""
    with started("mlp", size=(40, 12)) as seen:
        seen.press("R").wait_for("no question").press("R").wait_for("question 1")
        seen.press("\r").settle()
        shown = seen.frame
        seen.press(*"jjjjjjjjjjjj").wait_for("almost right")
        assert "almost right" not in shown


def test_a_theme_changes_colours() -> None:
    """The terminal's own come first; another is worn at once."""
    with started("mlp", NO_COLOR="", COLORTERM="truecolor") as seen:
        assert b"38;2;" not in seen.raw
        seen.press(":").settle().press("theme dracula").settle().press("\r").settle()
        before = len(seen.raw)
        seen.press("j").settle()
        assert b"38;2;" in seen.raw[before:]


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
        seen.press("r").wait_for("error:", seconds=7)
        seen.press("j").wait_for("2/6")


SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*|[@-Z\\-_])")
HIDDEN = re.compile("[\x80-\x9f\u202a-\u202e\u2066-\u2069]")


def test_hostile_lists_leave_nothing_that_a_harmless_one_lacks(tmp_path: Path) -> None:
    """On every screen: no sequence that a terminal obeys comes from data."""

    def seen_of(titles: Sequence[str], words: str) -> set[bytes]:
        path = tmp_path / "list.toml"
        path.write_text(catalogue(titles, words), encoding="utf-8")
        with started(size=(120, 40), ROADMAP_CATALOGUE=str(path)) as seen:
            for keys in (*"llhrgGn?qR", *"R\rq", *"SqHqP", "/", "words\r", "h"):
                seen.press(keys).settle()
            for _ in titles:
                seen.press("l", "j").settle()
            seen.press(":").settle().press("p").settle()
            assert seen.running.poll() is None
            shown = seen.raw
        sequences = {re.sub(rb"[0-9;]+", b"#", one) for one in SEQUENCE.findall(shown)}
        hidden = HIDDEN.findall(shown.decode(errors="replace"))
        return sequences | {one.encode() for one in hidden}

    harmless = seen_of(CLEAN, "plain words")
    assert seen_of(EVIL, ATTACK) <= harmless


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


def test_it_is_no_data() -> None:
    """Who asks for JSON gets a way round."""
    with Seen(program=[*ROADMAP, "--json", "tui"]) as seen:
        assert seen.end() == 1
        assert "JSON is for programs" in seen.frame


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
