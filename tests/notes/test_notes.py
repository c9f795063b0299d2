"""Notes: one Markdown file for each paper, a head of ours and the rest the reader's."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import HEAD, a_paper, give_up_root, paper_text
from conftest import Clock, Result
from roadmap_cli.errors import DataFileError
from roadmap_cli.program.notes import Notes

Run = Callable[..., Result]
LORA = """\
---
roadmap: genai/lora
title: "LoRA: Low-Rank Adaptation of Large Language Models"
url: "https://arxiv.org/abs/2106.09685"
---

# LoRA: Low-Rank Adaptation of Large Language Models

"""
BOTH = "- 2026-03-01: both at once\n- 2026-03-01: again"


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def notes_of(roadmap: Run, name: str) -> str:
    """The notes that `show` tells."""
    shown = json.loads(roadmap("show", name, "--json").out)
    return str(shown["papers"][0]["notes"])


def script(folder: Path, *lines: str) -> Path:
    """A shell script, ready to run."""
    path = folder / "my editor.sh"
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


# The file


def test_the_first_note_makes_a_file_with_a_head(roadmap: Run, home: Path) -> None:
    """Front matter between two lines of hyphens, the title, then the dated line."""
    done = roadmap("note", "LoRA", "the rank", "may be tiny")
    path = home / "notes" / "lora.md"

    assert (done.code, done.rows) == (0, [["lora", str(path)]])
    assert path.read_text("utf-8") == LORA + "- 2026-03-01: the rank may be tiny\n"


def test_a_note_is_one_line(roadmap: Run, home: Path) -> None:
    """However it came in: a line break in it makes no second line, and no head."""
    roadmap("note", "lora", "a\n---\nroadmap: genai/mlp\r\n# b")
    text = (home / "notes" / "lora.md").read_text("utf-8")

    assert text == LORA + "- 2026-03-01: a --- roadmap: genai/mlp # b\n"


def test_a_note_without_words_writes_nothing(roadmap: Run, home: Path) -> None:
    """An empty line says nothing, so none is added; who asks for just that is told."""
    roadmap("note", "lora", "words")
    before = (home / "notes" / "lora.md").read_bytes()
    done = [roadmap("note", "lora", words) for words in ("", "  ")]
    roadmap("mark-read", "lora", "--note", " ")

    assert [one.code for one in done] == [2, 2]
    assert (home / "notes" / "lora.md").read_bytes() == before


def test_a_title_cannot_break_the_head(
    roadmap: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes, line breaks and hyphens in a title stay in its one line."""
    file = tmp_path / "c.toml"
    evil = paper_text("x").replace('"T"', r'"a\"\n---\nroadmap: genai/lora\n: #"')
    file.write_text(HEAD + evil, encoding="utf-8")
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(file))
    roadmap("note", "x", "words")
    head = (home / "notes" / "x.md").read_text("utf-8").split("\n")[:5]

    assert head[1] == "roadmap: test/x"
    assert (head[0], head[4]) == ("---", "---")
    assert notes_of(roadmap, "x").endswith("- 2026-03-01: words")


@settings(max_examples=80)
@given(
    st.binary(max_size=200) | st.text(max_size=99).map(lambda text: text.encode()),
    st.text(max_size=40),
)
def test_what_the_reader_wrote_is_only_ever_added_to(before: bytes, line: str) -> None:
    """Whatever bytes stand in a file: they stay, and one dated line follows them, if any."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lora.md")
        path.write_bytes(before)
        try:
            Notes(Path(folder), Clock()).add(a_paper("lora"), f"said {line}")
        except DataFileError:
            assert path.read_bytes() == before
            return
        after = path.read_bytes()

    if before.startswith((b"\xff\xfe", b"\xfe\xff")):
        return  # as `test_note_encodings` proves
    added = after.removeprefix(before)
    assert after == before + added
    has_line = not before.removeprefix(b"\xef\xbb\xbf") or before.endswith(
        (b"\n", b"\r")
    )
    assert added.startswith(b"- 2026" if has_line else (b"\n", b"\r"))
    assert len(added.strip().splitlines()) == 1
    assert added.strip().startswith(b"- 2026-03-01: said")


@pytest.mark.parametrize(
    "text",
    [
        LORA.replace("\n", "\r\n") + "Mine.\r\n",
        "\ufeff" + LORA + "Mine.\n",
        LORA + "Mine.",
        LORA.replace("---\n", "---\ntags: [a]\n", 1) + "Mine.\n",
        LORA.replace("genai/lora", '"genai/lora"') + "Mine.\n",
    ],
    ids=["CRLF", "byte order mark", "no final newline", "more in the head", "quoted"],
)
def test_a_file_that_another_editor_saved(roadmap: Run, home: Path, text: str) -> None:
    """Shown without its head, found by search, added to on a line of its own."""
    path = home / "notes" / "lora.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
    roadmap("note", "lora", "xylophone")
    notes = notes_of(roadmap, "lora")

    assert path.read_bytes().startswith(text.encode())
    assert notes.splitlines()[-1] == "- 2026-03-01: xylophone"
    assert "Mine." in notes.splitlines()
    assert "---" not in notes
    assert roadmap("search", "xylophone").rows[0][0] == "lora"


def test_notes_whose_head_was_removed_are_found_too(roadmap: Run, home: Path) -> None:
    """What `show` shows as a paper's notes, `search` finds."""
    (home / "notes").mkdir(parents=True)
    (home / "notes" / "lora.md").write_text("Only xylophone.\n")

    assert notes_of(roadmap, "lora") == "Only xylophone."
    assert [row[0] for row in roadmap("search", "xylophone").rows] == ["lora"]


def test_a_linked_file_stays_a_link(roadmap: Run, home: Path, tmp_path: Path) -> None:
    """Nothing is made through one that leads nowhere: its drive may not be mounted."""
    (home / "notes").mkdir(parents=True)
    for key, target in (("lora", tmp_path / "there.md"), ("mlp", tmp_path / "not.md")):
        (home / "notes" / f"{key}.md").symlink_to(target)
    (tmp_path / "there.md").write_text("Mine.\n")
    there, nowhere = (roadmap("note", key, "words") for key in ("lora", "mlp"))

    assert (there.code, nowhere.code) == (0, 3)
    assert f"{home / 'notes' / 'mlp.md'}: is a link to " in nowhere.err
    assert [one.is_symlink() for one in home.glob("notes/*.md")] == [True, True]
    assert (tmp_path / "there.md").read_text() == "Mine.\n- 2026-03-01: words\n"
    assert not (tmp_path / "not.md").exists()


# Where they are


def test_notes_may_live_in_a_vault(
    roadmap: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ROADMAP_NOTES names a folder of the reader's; nothing is written elsewhere."""
    monkeypatch.setenv("ROADMAP_NOTES", str(tmp_path / "vault" / "papers"))
    done = roadmap("note", "lora", "xylophone")

    assert done.rows == [["lora", str(tmp_path / "vault" / "papers" / "lora.md")]]
    assert not (home / "notes").exists()
    assert notes_of(roadmap, "lora").endswith("xylophone")
    assert [row[0] for row in roadmap("search", "xylophone").rows] == ["lora"]


def test_a_vault_in_the_home_folder(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tilde that no shell expanded means the home folder, as in ROADMAP_HOME."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ROADMAP_NOTES", "~/vault")
    monkeypatch.chdir(tmp_path)
    roadmap("note", "lora", "words")

    assert (tmp_path / "vault" / "lora.md").exists()


def two_catalogues(home: Path) -> None:
    """Beside the shipped catalogue one that has a `lora` too, another one."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)
    text = HEAD.replace('"test"', '"mine"') + paper_text("lora")
    (folder / "mine.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("first", ["genai/lora", "mine/lora"])
def test_two_papers_of_one_key_have_two_files(
    roadmap: Run, home: Path, first: str
) -> None:
    """Whichever was written on first: each keeps its own notes."""
    two_catalogues(home)
    (second,) = {"genai/lora", "mine/lora"} - {first}
    for name in (first, second, first):
        assert roadmap("note", name, f"of {name}").code == 0

    assert notes_of(roadmap, first).count(f"of {first}") == 2
    assert notes_of(roadmap, second).count(f"of {second}") == 1
    assert f"of {second}" not in notes_of(roadmap, first)
    assert len(list((home / "notes").glob("*.md"))) == 2


def test_removing_one_file_does_not_hide_the_other(roadmap: Run, home: Path) -> None:
    """The second paper's notes are found also when the key is free again."""
    two_catalogues(home)
    roadmap("note", "genai/lora", "first")
    roadmap("note", "mine/lora", "second")
    (home / "notes" / "lora.md").unlink()

    assert notes_of(roadmap, "mine/lora").endswith("second")


# With a mark, in show and search


def test_a_mark_may_bring_a_note(roadmap: Run) -> None:
    """Once, whatever it is called; also where the paper was marked so before."""
    roadmap("mark-read", "lora", "mlp", "2106.09685", "--note", "both at once")
    roadmap("mark-read", "lora", "--note", "again")

    assert notes_of(roadmap, "mlp").endswith("- 2026-03-01: both at once")
    assert notes_of(roadmap, "lora") == BOTH


def test_a_note_with_a_mark_bears_the_day_of_the_mark(roadmap: Run, home: Path) -> None:
    """That is the day on which it was thought."""
    roadmap("mark-read", "lora", "--on", "2026-01-15", "--note", "back then")
    roadmap("mark-read", "lora", "--on", "today", "--note", "now")

    assert (home / "notes" / "lora.md").read_text("utf-8") == (
        f"{LORA}- 2026-01-15: back then\n- 2026-03-01: now\n"
    )


def test_a_note_on_a_topic_is_not_lost_in_silence(roadmap: Run, home: Path) -> None:
    """Topics have no notes: whoever wants to write one is told."""
    done = roadmap("mark-read", "llm/model-merging", "--note", "words")

    assert done.code == 2 or "note" in done.err or list(home.glob("notes/*.md"))


@pytest.mark.parametrize("name", ["lora.md", ".roadmap.lock"])
def test_a_note_that_cannot_be_written_lies_about_nothing(
    roadmap: Run, home: Path, name: str
) -> None:
    """Either the mark is made and the message does not say otherwise, or it is not made."""
    (home / "notes").mkdir(parents=True)
    (home / "notes" / name).symlink_to(home)  # a folder, where a file is wanted
    done = roadmap("mark-read", "lora", "--note", "words")
    is_marked = (home / "progress" / "desk.toml").exists()

    assert (done.code in (3, 6), is_marked and "nothing was changed" in done.err) == (True, False)  # fmt: skip


def test_notes_are_shown_in_a_pipe_and_on_a_terminal(
    roadmap: Run, terminal: Run
) -> None:
    """With nothing in them that a terminal obeys, and nothing taken for markup."""
    roadmap("note", "lora", "[bold] tiny \x1b[2J rank")

    assert "tiny" in roadmap("show", "lora").out
    assert "[bold] tiny" in terminal("show", "lora", columns=100).out
    assert "\x1b[2J" not in terminal("show", "lora", columns=100).out


def test_search_finds_what_stands_in_notes_alone(roadmap: Run) -> None:
    """A word that stands in no catalogue leads to the paper whose notes have it."""
    before = roadmap("search", "xylophone").code
    roadmap("note", "lora", "like a Xylophone")

    assert before == 1
    assert [row[0] for row in roadmap("search", "xylophone").rows] == ["lora"]


# Editors


def test_an_editor_gets_the_file_with_its_head(
    roadmap: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """$VISUAL goes before $EDITOR; both may bring options and quoted blanks."""
    editor = script(tmp_path, 'echo "$1" > "$0.args"', 'echo "My words." >> "$2"')
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    monkeypatch.setenv("EDITOR", "false")
    done = roadmap("note", "lora")

    assert (done.code, done.rows) == (0, [["lora", str(home / "notes" / "lora.md")]])
    assert Path(f"{editor}.args").read_text() == "--wait\n"
    assert (home / "notes" / "lora.md").read_text("utf-8") == LORA + "My words.\n"
    assert notes_of(roadmap, "lora").endswith("My words.")


def test_nothing_is_locked_while_the_editor_runs(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process marks and writes notes, on the same paper too, meanwhile (B9)."""
    program = f'"{sys.executable}" -m roadmap_cli'
    editor = script(
        tmp_path,
        f'{program} mark-read lora --note "from outside" > /dev/null 2>&1; echo $? > "$0.codes"',
        f'{program} note lora "once more" > /dev/null 2>&1; echo $? >> "$0.codes"',
    )
    monkeypatch.setenv("EDITOR", f"'{editor}'")
    done = roadmap("note", "lora")

    assert done.code == 0
    assert Path(f"{editor}.codes").read_text() == "0\n0\n"
    assert "from outside" in notes_of(roadmap, "lora")
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["lora"]


@pytest.mark.parametrize("editor", ["", "  "])
def test_without_an_editor_the_ways_out_are_named(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    """Blank is none: the file to edit, and the command that needs no editor."""
    monkeypatch.setenv("EDITOR", editor)
    done = roadmap("note", "lora")

    assert (done.code, done.err.splitlines()[0]) == (1, "error: no editor is set")
    assert str(home / "notes" / "lora.md") in done.err


# What cannot be written or read


def test_a_folder_that_cannot_be_written(process: Run, home: Path) -> None:
    """Status 6, the path, and what was there is as it was (A6)."""
    (home / "notes").mkdir(parents=True)
    (home / "notes").chmod(0o555)
    done = process("note", "lora", "words", preexec_fn=give_up_root)

    assert (done.code, str(home / "notes") in done.err) == (6, True)
    assert list((home / "notes").iterdir()) == []


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_that_cannot_be_written(process: Run, home: Path, mode: int) -> None:
    """Read-only, or not even readable: an expected failure, and the rest goes on."""
    path = home / "notes" / "lora.md"
    assert process("note", "lora", "words").code == 0
    before = path.read_bytes()
    path.chmod(mode)
    done = process("note", "lora", "more", preexec_fn=give_up_root)
    other = process("search", "low-rank", preexec_fn=give_up_root)
    path.chmod(0o600)

    assert (done.code in (3, 6), str(path) in done.err) == (True, True)
    assert (other.code, path.read_bytes()) == (0, before)


def test_a_folder_in_the_place_of_a_file(roadmap: Run, home: Path) -> None:
    """Named and refused; looking at papers goes on."""
    (home / "notes" / "lora.md").mkdir(parents=True)
    done = roadmap("note", "lora", "words")

    assert (done.code in (3, 6), "lora.md" in done.err) == (True, True)
    assert roadmap("show", "lora").code == 0
    assert roadmap("search", "low-rank").code == 0


def test_notes_do_not_wait_for_the_journal(roadmap: Run, home: Path) -> None:
    """Damage there is no reason not to write something down."""
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_text("<<<<<<<\n")

    assert roadmap("note", "lora", "words").code == 0
    assert notes_of(roadmap, "lora").endswith("words")
