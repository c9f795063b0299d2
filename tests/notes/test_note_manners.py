"""What `note` leaves and says: editors that fail or write nothing, terminals."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD, give_up_root, paper_text
from conftest import Result

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.mark.parametrize(
    ("editor", "what"),
    [
        ("/no/such/editor", "cannot be started"),
        ("false", "status 1"),
        ("vim '", "vim '"),
    ],
)
def test_an_editor_that_fails_is_named(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch, editor: str, what: str
) -> None:
    """Refused with the reason and the way out; no file without words is left."""
    monkeypatch.setenv("EDITOR", editor)
    done = roadmap("note", "lora")

    assert (done.code, what in done.err) == (1, True)
    assert "hint: set VISUAL or EDITOR" in done.err
    assert "Errno" not in done.err
    assert not list((home / "notes").glob("*.md"))


def test_an_editor_that_fails_takes_no_words_with_it(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what was made for it goes; what the reader wrote before stays."""
    roadmap("note", "lora", "words")
    monkeypatch.setenv("EDITOR", "false")
    roadmap("note", "lora")

    assert "words" in (home / "notes" / "lora.md").read_text("utf-8")


def test_a_heading_alone_is_no_note(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody opened the editor and closed it again."""
    monkeypatch.setenv("EDITOR", "true")
    done = roadmap("note", "lora")
    (shown,) = json.loads(roadmap("show", "lora", "--json").out)["papers"]

    assert (done.code, shown["notes"]) == (0, "")


def test_our_heading_is_no_word_of_the_reader(
    roadmap: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where it stands alone nor above notes; in a search as in `show`."""
    monkeypatch.setenv("EDITOR", "true")
    words = ("search", "note:need OR note:adaptation")
    before = roadmap(*words).out
    roadmap("note", "attention")
    roadmap("note", "lora", "try", "rank", "one")

    assert roadmap(*words).out == before
    roadmap("note", "rope", "#", "need", "it", "once", "more")
    assert roadmap(*words).out.count("\n") == before.count("\n") + 1


def test_a_person_is_told_that_a_line_was_added(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """A program gets the key and the path as ever."""
    path = str(home / "notes" / "lora.md")

    assert terminal("note", "lora", "words").out == f"added to {path}\n"
    assert roadmap("note", "lora", "more").rows == [["lora", path]]


def notes_on(roadmap: Run, name: str) -> str:
    """What `show` says that the reader wrote."""
    (row,) = json.loads(roadmap("show", name, "--json").out)["papers"]
    return str(row["notes"])


def test_notes_on_a_paper_of_two_catalogues_are_shown_together(
    roadmap: Run, home: Path
) -> None:
    """Under whichever name they were written, and `search` finds the words of all."""
    (home / "catalogues").mkdir(parents=True)
    own = paper_text("my-lora", 'arxiv = "2106.09685"')
    text = HEAD.replace('"test"', '"mine"') + own
    (home / "catalogues" / "mine.toml").write_text(text, encoding="utf-8")
    for name, word in (("my-lora", "zebrastripes"), ("genai/lora", "xylophone")):
        assert roadmap("note", name, word).code == 0

    assert notes_on(roadmap, "my-lora") == notes_on(roadmap, "lora")
    for word in ("zebrastripes", "xylophone"):
        assert word in notes_on(roadmap, "lora")
        assert [row[0] for row in roadmap("search", word).rows] == ["lora"]


def test_a_mark_holds_though_its_note_cannot_be_written(
    roadmap: Run, process: Run, home: Path
) -> None:
    """The same words again write the note alone, and a mark that fails leaves none (A4)."""
    call = ("mark-read", "lora", "mlp", "--note", "words")
    roadmap("note", "mlp", "before")
    (home / "notes" / "mlp.md").chmod(0o444)
    done = process(*call, preexec_fn=give_up_root)
    (home / "notes" / "mlp.md").chmod(0o644)
    roadmap("note", "mlp", "words")

    assert (done.code, done.out) == (6, "")
    assert done.err.startswith("error: marked, but the note on `mlp` could not be written: ")  # fmt: skip
    assert "nothing was changed" not in done.err
    assert done.err.endswith("hint: to write it: roadmap note mlp TEXT\n")
    assert len(roadmap("list", "--status", "read").rows) == 2
    for key in ("lora", "mlp"):
        assert (home / "notes" / f"{key}.md").read_text().count("words") == 1


def test_a_mark_that_fails_leaves_no_note(
    roadmap: Run, process: Run, home: Path
) -> None:
    """So that saying it again does not write the note twice."""
    roadmap("mark-read", "mlp")
    own = home / "progress" / "desk.toml"
    own.chmod(0o444)
    failed = process("mark-read", "lora", "--note", "words", preexec_fn=give_up_root)
    own.chmod(0o644)
    done = process("mark-read", "lora", "--note", "words")

    assert (failed.code, done.code) == (6, 0)
    assert (home / "notes" / "lora.md").read_text().count("words") == 1


def _editor_in(folder: Path, name: str) -> Path:
    """An editor that adds to a file its own name and what it was called with."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(
        '#!/bin/sh\nfor file; do :; done\necho "by ${0##*/} with $# $1" >> "$file"\n'
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    "command",
    ["~/bin/ed it.sh", "$HOME/bin/ed\\ it.sh --wait", "X=1 '$HOME/bin/x'"],
)
def test_the_command_of_an_editor_is_read_by_a_shell(
    roadmap: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """As git reads it: a home, variables, quotation marks and arguments mean what they mean."""
    monkeypatch.setenv("HOME", str(tmp_path))
    _editor_in(tmp_path / "bin", "ed it.sh")
    command = command.replace("~/bin/ed it.sh", "~/bin/ed\\ it.sh")
    command = command.replace("'$HOME/bin/x'", '"$HOME/bin/ed it.sh"')
    monkeypatch.setenv("EDITOR", command)
    done = roadmap("note", "lora")

    assert done.code == 0
    said = (home / "notes" / "lora.md").read_text("utf-8").splitlines()[-1]
    assert said.startswith(f"by ed it.sh with {2 if '--wait' in command else 1}")


def test_without_an_editor_named_a_person_gets_a_usual_one(
    terminal: Run, roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """Debian's choice first, then nano and vi; a script, and a dumb terminal, are refused."""
    for name in ("vi", "nano"):
        _editor_in(tmp_path / "bin", name)
    env = {"PATH": f"{tmp_path / 'bin'}"}
    before = terminal("note", "lora", env={**env, "TERM": "dumb"})
    done = terminal("note", "lora", env=env)

    assert (before.code, done.code) == (1, 0)
    assert "by nano with 1" in (home / "notes" / "lora.md").read_text("utf-8")
    assert "error: no editor is set" in roadmap("note", "lora").err
