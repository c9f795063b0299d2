"""Whose notes a file is: by its front matter, wherever it stands and whatever its name."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Result
from spellings import SPELLINGS

Run = Callable[..., Result]
TEXT = "---\nroadmap: genai/lora\n---\n\nOnly xylophone.\n"


def put(path: Path, text: str | bytes = TEXT) -> Path:
    """A file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def shown(roadmap: Run, name: str = "lora") -> str:
    """The notes that `show` tells."""
    return str(json.loads(roadmap("show", name, "--json").out)["papers"][0]["notes"])


def found(roadmap: Run, word: str = "xylophone") -> list[list[str]]:
    """The papers that `search`, `list --where` and `next --where` find by a word of notes."""
    hits = [row[0] for row in roadmap("search", word).rows]
    listed = [row[0] for row in roadmap("list", "--where", f"note:{word}").rows]
    return [hits, listed]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_note_stays_the_papers_however_its_name_is_spelt(
    roadmap: Run, home: Path, spelling: str
) -> None:
    """What a linter or an editor makes of the front matter: no second note begins."""
    text = f"---\n{spelling}\n---\n\nOnly xylophone.\n"
    path = put(home / "notes" / "lora.md", text)
    done = roadmap("note", "lora", "more")

    assert (done.code, done.err, done.rows) == (0, "", [["lora", str(path)]])
    assert path.read_text("utf-8") == text + "- 2026-03-01: more\n"
    assert shown(roadmap) == "Only xylophone.\n- 2026-03-01: more"


@pytest.mark.parametrize(
    "place",
    [
        "Low-rank adapters.md",
        "mlp.md",
        "genai--mlp.md",
        "sub/lora.md",
        "a/b c/d/ünï.md",
        "sub/mlp.md",
    ],
)
def test_a_note_is_found_wherever_it_stands(
    roadmap: Run, home: Path, place: str
) -> None:
    """By `show`, `search`, `list --where` and `note`; nothing else is made of it."""
    path = put(home / "notes" / place)

    assert shown(roadmap) == "Only xylophone."
    assert found(roadmap) == [["lora"], ["lora"]]
    assert roadmap("note", "lora", "more").rows == [["lora", str(path)]]
    assert [one for one in (home / "notes").rglob("*.md") if one.is_file()] == [path]
    assert roadmap("doctor").code == 0


def test_a_note_in_a_sub_folder_is_in_copies_and_comes_back(
    roadmap: Run, home: Path
) -> None:
    """Byte for byte, in its place; what is hidden is no note."""
    path = put(home / "notes" / "a" / "b" / "x.md")
    hidden = put(home / "notes" / "a" / ".trash" / "x.md")
    assert roadmap("backup").code == 0
    shutil.rmtree(home / "notes")
    done = roadmap("restore", "--yes")

    assert (done.code, path.read_text(), hidden.exists()) == (0, TEXT, False)
    assert shown(roadmap) == "Only xylophone."


def test_a_note_is_found_after_it_was_moved_edited_and_removed(
    roadmap: Run, home: Path
) -> None:
    """Whatever was known of the files before: the files say what holds."""
    path = put(home / "notes" / "x.md")
    told = [shown(roadmap)]
    path = path.rename(put(home / "notes" / "sub" / "y.md", ""))
    told.append(shown(roadmap))
    path.write_text(TEXT.replace("lora", "rope"))
    told += [shown(roadmap), shown(roadmap, "rope")]
    path.unlink()
    told.append(shown(roadmap, "rope"))

    assert told == ["Only xylophone.", "Only xylophone.", "", "Only xylophone.", ""]


@pytest.mark.parametrize("folder", [".obsidian", ".trash", ".git", "sub/.hidden"])
def test_hidden_folders_hold_no_notes(roadmap: Run, home: Path, folder: str) -> None:
    """Editors keep settings, and what was thrown away, in such."""
    put(home / "notes" / folder / "x.md")
    put(home / "notes" / ".x.md")

    assert (shown(roadmap), roadmap("search", "xylophone").code) == ("", 1)


def test_links_lead_neither_out_of_the_folder_nor_in_circles(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """A folder is what stands in it, and a file that is linked to is one file."""
    path = put(home / "notes" / "sub" / "x.md")
    put(tmp_path / "elsewhere" / "y.md", TEXT.replace("lora", "rope"))
    (home / "notes" / "sub" / "round").symlink_to(home / "notes")
    (home / "notes" / "out").symlink_to(tmp_path / "elsewhere")
    (home / "notes" / "again.md").symlink_to(path)
    done = roadmap("show", "lora")

    assert (done.code, done.err, shown(roadmap)) == (0, "", "Only xylophone.")
    assert shown(roadmap, "rope") == ""


def test_an_alias_in_the_front_matter_is_the_paper(roadmap: Run, home: Path) -> None:
    """A key that the paper had before, in any case of letters, and a key without a catalogue."""
    put(home / "notes" / "x.md", "---\nroadmap: genai/LoRA\n---\nOne.")
    put(home / "notes" / "y.md", "---\nroadmap: rope\n---\nTwo.")

    assert [shown(roadmap), shown(roadmap, "rope")] == ["One.", "Two."]


# Two notes on one paper


@pytest.mark.parametrize(
    ("used", "other"),
    [
        ("lora.md", "a.md"),
        ("genai--lora.md", "lora.md"),
        ("z.md", "a/a.md"),
        ("a/a.md", "b/a.md"),
    ],
)
def test_of_two_notes_on_a_paper_one_is_used_and_both_are_named(
    roadmap: Run, home: Path, used: str, other: str
) -> None:
    """One of our names first, then what is further up, then by name; `doctor` says so too."""
    first = put(home / "notes" / used)
    second = put(home / "notes" / other, TEXT.replace("xylophone", "zebrastripes"))
    warned = [roadmap(*words.split()) for words in ("show lora", "search low-rank", "note lora more")]  # fmt: skip
    problems = json.loads(roadmap("doctor", "--json").out)["findings"]

    for done in warned:
        assert (done.code, str(first) in done.err, str(second) in done.err) == (0, True, True)  # fmt: skip
        assert done.err.count("warning: ") == 1
    assert (first.read_text().count("more"), second.read_text().count("more")) == (1, 0)
    assert shown(roadmap).splitlines()[0] == "Only xylophone."
    assert found(roadmap)[0] == ["lora"]
    assert [(str(second) in one["problem"], one["harmless"]) for one in problems] == [(True, False)]  # fmt: skip


def test_a_front_matter_goes_before_a_file_name(roadmap: Run, home: Path) -> None:
    """A file that only bears the paper's name may be about something else."""
    put(home / "notes" / "lora.md", "A radio standard.\n")
    path = put(home / "notes" / "sub" / "x.md")
    done = roadmap("note", "lora", "more")

    assert (done.rows, "lora.md" in done.err) == ([["lora", str(path)]], True)


def test_a_paper_whose_names_are_taken_is_refused(roadmap: Run, home: Path) -> None:
    """Nothing is added to another paper's notes."""
    for name in ("lora.md", "genai--lora.md"):
        put(home / "notes" / name, TEXT.replace("lora", "mlp"))
    done = roadmap("note", "lora", "more")

    assert (done.code, "notes on other papers" in done.err) == (3, True)
    assert "more" not in "".join(one.read_text() for one in home.glob("notes/*.md"))


# Front matter that cannot be read


@pytest.mark.parametrize(
    "head",
    [
        "title: LoRA: low-rank\nroadmap: genai/lora",
        "roadmap: genai/lora\nroadmap: genai/mlp",
        "roadmap: [genai/lora, genai/mlp]",
        "roadmap: https://arxiv.org/abs/2106.09685",
        "roadmap: 'genai/lora",
    ],
)
def test_an_unclear_head_under_the_papers_name_is_told(
    roadmap: Run, home: Path, head: str
) -> None:
    """`show` and `search` show it and warn; `note` refuses with the cure, and `doctor` tells."""
    text = f"---\n{head}\n---\n\nOnly xylophone.\n"
    path = put(home / "notes" / "lora.md", text)
    looks = [roadmap(*words.split()) for words in ("show lora", "search xylophone")]
    done = roadmap("note", "lora", "more")
    marked = roadmap("mark-read", "lora", "--note", "more")

    assert "Only xylophone." in shown(roadmap)
    assert [(one.code, f"warning: {path}: " in one.err) for one in looks] == [(0, True)] * 2  # fmt: skip
    assert (done.code, done.err.startswith(f"error: {path}: ")) == (3, True)
    assert "hint: mend that line; notes on this paper say `roadmap: genai/lora`" in done.err  # fmt: skip
    assert (marked.code, "hint: mend that line" in marked.err) == (6, True)
    assert (path.read_text(), len(list(home.glob("notes/**/*.md")))) == (text, 1)
    assert (roadmap("doctor").code, str(path) in roadmap("doctor").out) == (1, True)


def test_what_is_no_note_of_ours_is_let_be(roadmap: Run, home: Path) -> None:
    """Other files of a vault: templates, other projects' fields, notes without a head."""
    put(home / "notes" / "t" / "template.md", "---\ntitle: {{title}}: x\n---\n")
    put(home / "notes" / "t" / "plan.md", "---\nproject:\n  roadmap: lora\n---\n")
    put(home / "notes" / "t" / "lora.md", "Mine.\n")
    put(home / "notes" / "rulers.md", "---\nMine.\n---\n")
    done = roadmap("doctor")

    assert (done.code, shown(roadmap), roadmap("search", "low-rank").err) == (0, "", "")


def test_doctor_names_notes_on_a_paper_that_there_is_not(
    roadmap: Run, home: Path
) -> None:
    """A slip in the name would hide the note from everything else."""
    path = put(home / "notes" / "x.md", TEXT.replace("lora", "lroa"))
    done = roadmap("doctor")

    assert (done.code, str(path) in done.out, "genai/lroa" in done.out) == (0, True, True)  # fmt: skip


# A large vault


@pytest.fixture
def vault(home: Path) -> Path:
    """A vault of some hundred files, as old as files are that nobody is just writing to."""
    for number in range(300):
        head = f"---\ntags: [a]\ntitle: {number}\n---\n" if number % 2 else ""
        put(home / "notes" / f"f{number % 7}" / f"{number}.md", head + "Mine.\n")
    put(home / "notes" / "f1" / "x.md")
    return home / "notes"


READS = """
import os, sys, time
import roadmap_cli.disk.source
roadmap_cli.disk.source._YOUNG = 0
read = []
sys.addaudithook(lambda event, args: read.append(args[0]) if event == "open" else None)
from roadmap_cli.cli import main
code = main(sys.argv[1:])
print(sum(str(one).endswith(".md") for one in read), "yaml" in sys.modules, file=sys.stderr)
"""


def opened(*arguments: str) -> tuple[str, str, str]:
    """What a run prints; how many notes it opened; whether it loaded the parser of YAML."""
    done = subprocess.run(
        [sys.executable, "-c", READS, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    count, has_yaml = done.stderr.split()[-2:]
    return done.stdout, count, has_yaml


def test_a_vault_is_read_once(vault: Path) -> None:
    """Then only what changed, and the notes on the paper that is asked for."""
    first, second = (opened("show", "lora") for _ in range(2))
    none = opened("show", "rope")
    put(vault / "f2" / "new.md", TEXT.replace("lora", "rope"))
    after = opened("show", "rope")

    assert "xylophone" in second[0]
    assert [int(first[1]) > 300, *second[1:]] == [True, "1", "False"]
    assert none[1:] == ("0", "False")
    assert ("xylophone" in after[0], *after[1:]) == (True, "2", "False")


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE noted SET name = 'genai/rope'",
        "UPDATE noted SET name = '', problem = ''",
        "UPDATE noted SET problem = 'x'",
        "UPDATE noted SET path = path || 'x'",
        "UPDATE noted SET state = NULL",
        "DROP TABLE noted",
        "PRAGMA user_version = 1",
        "",
    ],
)
def test_a_damaged_index_changes_no_answer(vault: Path, home: Path, harm: str) -> None:
    """It is never trusted over the files."""
    before = opened("show", "lora")[0]
    database = home / "cache" / "notes.sqlite"
    if harm:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(harm)
    else:
        database.write_bytes(b"no database" * 999)

    assert opened("show", "lora")[0] == before
    assert opened("show", "rope")[0].count("xylophone") == 0
    assert vault.is_dir()


def test_a_change_that_leaves_size_and_time_is_seen(roadmap: Run, vault: Path) -> None:
    """The time of the last change of the file itself is one that programs cannot set."""
    path = vault / "f1" / "x.md"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    before = opened("show", "lora")[0]
    path.write_text(TEXT.replace("lora", "rope"))
    os.utime(path, ns=times)

    assert "xylophone" in before
    assert (shown(roadmap), shown(roadmap, "rope")) == ("", "Only xylophone.")
