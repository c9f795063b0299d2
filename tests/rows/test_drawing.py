"""What people see on a terminal, at several widths, in colour and without."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from roadmap_cli.render.parts import highlighted

Run = Callable[..., Result]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COLOURED = {"NO_COLOR": ""}


def test_next_on_a_terminal_fits_eighty_columns(terminal: Run) -> None:
    """Title, facts, link, note and reason, then the alternatives."""
    lines = terminal("next").out.splitlines()

    assert (
        lines[0] == "Next  Multilayer perceptrons for digit recognition with Core APIs"
    )
    assert lines[1] == "  mlp · tutorial · TensorFlow Guide · 45 min · intro"
    assert lines[2] == "  https://www.tensorflow.org/guide/core/mlp_core"
    assert "Or" in lines
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 200])
def test_keys_and_links_are_whole_at_every_width(terminal: Run, columns: int) -> None:
    """Whatever else has to be broken, what one copies is not."""
    listed = terminal("list", "llm/open-challenges", columns=columns).out
    shown = terminal("show", "hallucination-survey", columns=columns).out

    assert "hallucination-survey" in listed
    assert "explainability-survey" in listed
    assert "https://arxiv.org/abs/2401.01313" in shown


def test_on_a_narrow_terminal_a_paper_keeps_statuses_and_links(terminal: Run) -> None:
    """What it needs has a status each; a link that fits a line of its own gets one."""
    lines = terminal("show", "lora", columns=40).out.splitlines()
    needs = lines.index("Needs first")

    assert "https://arxiv.org/abs/2106.09685" in lines
    assert lines[needs + 1] == "  attention"
    assert lines[needs + 2].startswith("    · todo · ")


def test_a_narrow_terminal_gets_stacked_rows(terminal: Run) -> None:
    """Key, title and facts below each other."""
    lines = terminal("list", "agents", columns=40).out.splitlines()
    start = lines.index("generative-agents")

    assert lines[start + 1].startswith("  Generative Agents")
    assert lines[start + 3].startswith("  · todo · paper")
    assert max(map(len, lines)) <= 40


def test_every_row_says_its_status_in_words(roadmap: Run, terminal: Run) -> None:
    """Neither colour nor a mark alone carries it."""
    roadmap("mark-read", "model-soups")
    roadmap("mark-skipped", "mergekit")
    lines = terminal("list", "model-merging").out.splitlines()

    assert [line.split()[1] for line in lines if line[:1] in "✓–·"] == [
        "read",
        "todo",
        "skipped",
    ]


def test_colour_comes_on_a_terminal_and_only_there(process: Run, terminal: Run) -> None:
    """A pipe gets none."""
    assert ESCAPE.search(terminal("next", env=COLOURED).out)
    assert "\x1b" not in process("next", env=COLOURED).out


@pytest.mark.parametrize(
    "refusal",
    [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}, {"FORCE_COLOR": "0"}],
)
def test_colour_can_be_refused(terminal: Run, refusal: dict[str, str]) -> None:
    """Each of the usual ways works."""
    assert "\x1b" not in terminal("list", "agents", env={**COLOURED, **refusal}).out


@pytest.mark.parametrize("demand", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_colour_can_be_forced_into_a_pipe(process: Run, demand: str) -> None:
    """For `| less -R`: drawn as on a terminal."""
    out = process("list", "agents", env={**COLOURED, demand: "1"}).out

    assert ESCAPE.search(out)
    assert ESCAPE.sub("", out).startswith("LLM-powered Agents  llm/agents")


def test_without_unicode_the_marks_are_ascii(terminal: Run) -> None:
    """Old encodings get the same drawing with plainer characters."""
    done = terminal("list", "beyond", env={"PYTHONIOENCODING": "ascii"})

    assert done.code == 0
    assert done.out.isascii()
    assert ". todo" in done.out


@pytest.mark.parametrize("way", [("--plain",), ()])
def test_plain_uses_words_only(terminal: Run, way: tuple[str, ...]) -> None:
    """`--plain` and ACCESSIBLE=1: no bars, no marks, no colour."""
    env = COLOURED if way else {**COLOURED, "ACCESSIBLE": "1"}
    out = terminal(*way, "list", "agents", env=env).out

    assert not re.search(r"[\x1b─-◿✓▸]", out)
    assert "todo" in out


def test_hostile_text_reaches_no_terminal(terminal: Run, tmp_path: Path) -> None:
    """Escape sequences of a catalogue are shown, not obeyed; markup is literal."""
    evil = tmp_path / "evil.toml"
    evil.write_text(
        'format = "roadmap-catalogue"\nversion = 1\nid = "evil"\ntitle = "x"\n'
        '[[area]]\nid = "a"\ntitle = "A"\n[[area.topic]]\nid = "t"\ntitle = "[red]T[/red]"\n'
        'papers = ["p"]\n[paper.p]\nurl = "https://example.org/"\n'
        'title = "[/b] [TODO] :heart: \\u001b]52;c;QQ==\\u0007 \\u202e x \\u009b31m"\n'
        'note = "\\u001b[2J"\n'
    )
    named = ("--catalogue", str(evil))
    shown = [
        terminal(*named, *call).out
        for call in (["list", "t"], ["next"], ["show", "p"], [])
    ]

    assert all(
        "\x1b" not in out and "\x9b" not in out and "\u202e" not in out for out in shown
    )
    assert "[/b] [TODO] :heart: \ufffd]52;c;QQ==" in shown[2]
    assert shown[0].startswith("[red]T[/red]")


def test_an_unreadable_journal_is_never_shown_as_zero(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """The catalogue is listed; progress is unknown, not 0."""
    roadmap("mark-read", "mlp")
    (home / "progress" / "desk.toml").write_bytes(b"\0" * 100)
    out = terminal("list").out
    drawn = out.partition("hint: ")[2]  # the warning before it holds a path

    assert "warning: " in out
    assert not re.search(r"\b0/|\b0 of", drawn)
    assert "?/6" in out


def test_what_was_found_is_marked_and_nothing_beside_it() -> None:
    """Neither the blank behind a word nor what a hyphen joins to it."""
    text = highlighted("Low-Rank Adaptation", {"rank"})

    assert [text.plain[one.start : one.end] for one in text.spans] == ["Rank"]


def test_an_empty_list_has_its_header_in_a_pipe(roadmap: Run) -> None:
    """A script that reads columns by name finds them; without --header there is nothing."""
    empty = ("list", "llm", "--status", "skipped")

    assert roadmap(*empty, "--header").out.startswith("key\t")
    assert roadmap(*empty).out == ""
