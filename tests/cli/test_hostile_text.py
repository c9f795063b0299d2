"""Text that means harm: no terminal obeys it, no markup is made of it, nothing of it is lost."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Clock, Result
from everything import (
    ATTACK,
    CLEAN,
    CONTROL,
    EVIL,
    PLAIN,
    SAMPLES,
    calls,
    commands,
    prepare,
)
from roadmap_cli.cli import main
from roadmap_cli.render.text import safe_text

Run = Callable[..., Result]


@dataclass(frozen=True)
class World:
    """A reader's files, one of two that differ in nothing but what they say."""

    env: dict[str, str]
    folder: Path


def world(folder: Path, *, is_evil: bool) -> World:
    """Files that say harm, or harmless words in the same places."""
    words = ATTACK if is_evil else PLAIN
    home = folder / ("h\x1b[2J\x9b31m" if is_evil else "home")
    home.mkdir(parents=True)
    path = prepare(folder, EVIL if is_evil else CLEAN, words, home)
    return World({"ROADMAP_HOME": str(home), "ROADMAP_CATALOGUE": str(path)}, folder)


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world that means harm, and this process in it."""
    made = world(tmp_path / "evil", is_evil=True)
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def begun(place: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world after some commands, so that there is something to undo, redo and restore."""
    clock = Clock()
    with monkeypatch.context() as patch:
        patch.chdir(place.folder)
        for name, value in place.env.items():
            patch.setenv(name, value)
        for call in ("mark-reading p0", "backup", "mark-read p6", "undo"):
            assert main(call.split(), clock) == 0
            clock.pass_days(0.01)
    return place


def obeyed(shown: str) -> set[str]:
    """What a terminal does on being shown this, besides showing it."""
    return set(CONTROL.findall(shown))


def test_every_command_has_a_sample() -> None:
    """A new command comes with a call that tries it, or is not tested below."""
    assert [name for name in commands() if name not in SAMPLES] == []


@pytest.mark.parametrize("call", calls(), ids=lambda call: " ".join(call) or "bare")
def test_a_terminal_is_told_the_same_by_harm_and_by_plain_words(
    terminal: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: list[str]
) -> None:
    """Every command, in colour: the same control sequences, all of them colours (D1, D9)."""
    shown = {}
    for kind in ("clean", "evil"):
        place = begun(world(tmp_path / kind, is_evil=kind == "evil"), monkeypatch)
        monkeypatch.chdir(place.folder)
        env = {**place.env, "NO_COLOR": ""}
        shown[kind] = terminal(*call, env=env, columns=100)

    assert [one.code for one in shown.values()] == [shown["clean"].code] * 2
    assert shown["clean"].code == 0
    assert obeyed(shown["evil"].out) == obeyed(shown["clean"].out)
    assert all(one[-1] == "m" for one in obeyed(shown["clean"].out))


@pytest.mark.parametrize("name", commands())
def test_what_a_command_is_given_is_not_obeyed(
    terminal: Run, evil: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Names, files, options and values full of control sequences, and the errors about them."""
    monkeypatch.chdir(evil.folder)
    hostile = ATTACK.replace("\0", "")

    for given in (hostile, f"--{hostile}"):
        assert obeyed(terminal(*name.split(), given).out) == set()


def test_what_a_question_quotes_is_not_obeyed(terminal: Run, evil: World) -> None:
    """Before a whole area is marked its title is shown; the choice of a paper shows titles."""
    asked = terminal("mark-known", "a", answer="n\n", env=evil.env)
    for key in ("p0", "p1"):
        terminal("mark-reading", key, env=evil.env)
    chosen = terminal("mark-read", answer="2\n", env=evil.env)

    assert (asked.code, chosen.code) == (1, 0)
    assert "Mark 27 papers of" in asked.out
    assert "Which ones?" in chosen.out
    assert obeyed(asked.out) == obeyed(chosen.out) == set()


def test_an_error_and_the_traceback_of_a_bug_are_not_obeyed(evil: World) -> None:
    """With --debug too; and the report can be read on a terminal (D3)."""
    crash = (
        "import sys; from roadmap_cli.program.reading import Reading; from roadmap_cli.cli import main\n"
        f"def crash(*_): raise KeyError({ATTACK!r}) from OSError({EVIL[0]!r})\n"
        "Reading.history = crash; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", crash, "history", "--debug"],
        capture_output=True,
        check=False,
    )
    report = Path(evil.env["ROADMAP_HOME"]) / "state" / "crash-report.txt"

    assert done.returncode == 70
    assert "Traceback" in done.stderr.decode()
    assert obeyed(done.stderr.decode()) == set()
    assert obeyed(report.read_text("utf-8")) == set()


def test_markup_is_shown_as_it_is_written(terminal: Run, evil: World) -> None:
    """Neither rich's markup nor its emoji codes mean anything (D4)."""
    shown = terminal("list", "t", columns=120, env=evil.env).out

    for word in ("[/]", "[/b]", "[bold", "[TODO]", "[@click=app.quit]x[/]", ":heart:"):
        assert f"  {word}  " in shown
    assert "[link=file:///etc/passwd]x[/link]" in shown
    assert "  \\[b]  " in shown


@pytest.mark.usefixtures("evil")
def test_json_holds_data_exactly_and_is_harmless_raw(roadmap: Run) -> None:
    """Every title as the file has it, blanks made one; no byte below a space but line ends (D7)."""
    done = roadmap("list", "t", "--json")
    titles = [one["title"] for one in json.loads(done.out)["papers"]]

    assert titles == [" ".join(one.split()) for one in EVIL]
    assert done.out.isascii()
    assert [one for one in set(done.out) if one < " " and one != "\n"] == []


@pytest.mark.usefixtures("evil")
def test_one_row_stays_one_row(roadmap: Run) -> None:
    """Line ends, separators and tabs within a title break no record (D9)."""
    lines = roadmap("list", "t").out.split("\n")[:-1]

    assert len(lines) == len(EVIL)
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


def test_right_to_left_words_and_joined_emoji_stay_intact(
    terminal: Run, evil: World
) -> None:
    """Only what turns the words of others round becomes a visible mark (D8)."""
    shown = terminal("list", "t", columns=120, env=evil.env).out

    assert EVIL[-2] in shown
    assert EVIL[-1] in shown
    assert "\ufffdreversed" in shown
    assert "\ufffdisolated" in shown


@pytest.mark.parametrize("text", [*EVIL, ATTACK])
def test_safe_text_is_what_it_says(text: str) -> None:
    """Nothing to obey is left, and what is safe already is left alone."""
    safe = safe_text(text)

    assert obeyed(safe) == set()
    assert len(safe.splitlines()) == 1
    assert safe_text(safe) == safe


def test_a_word_of_100_kilobytes_is_refused_in_few_words(
    roadmap: Run, tmp_path: Path
) -> None:
    """A title is a line; the complaint does not repeat it."""
    path = tmp_path / "long.toml"
    text = 'format="roadmap-catalogue"\nversion=1\nid="x"\ntitle="{}"\n'
    path.write_text(text.format("w" * 100_000))
    done = roadmap("--catalogue", str(path), "list")

    assert done.code == 3
    assert "title is too long (at most 500)" in done.err
    assert len(done.err) < 1000
