"""Own catalogues through the command line: made, filled, put in order, taken back."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import HEAD, paper_text
from conftest import Result

Run = Callable[..., Result]
POST = ("add", "https://example.org/post", "--title", "A post: on posts")


def mine(home: Path, name: str = "mine") -> dict[str, Any]:
    """What the file of a catalogue says."""
    return tomllib.loads((home / "catalogues" / f"{name}.toml").read_text())


def topics(document: dict[str, Any]) -> dict[str, list[str]]:
    """The papers of each topic."""
    return {
        f"{area['id']}/{topic['id']}": topic.get("papers", [])
        for area in document["area"]
        for topic in area["topic"]
    }


def test_what_is_added_is_a_paper_like_all_others(roadmap: Run, home: Path) -> None:
    """Listed, found, marked, suggested; the first one makes the catalogue."""
    done = roadmap(
        *POST, "--author", "Ada L", "--author", "Bob", "--year", "2020",
        "--minutes", "20", "--kind", "blog", "--level", "intro",
        "--requires", "lora", "--helps", "mamba", "--note", "Look at it.", "--venue", "A blog",
    )  # fmt: skip

    assert (done.code, done.rows[0][:3]) == (0, ["new", "a-post", "A post: on posts"])
    assert done.err.endswith("catalogues/mine.toml is new\n")
    assert mine(home)["paper"]["a-post"] == {
        "title": "A post: on posts",
        "kind": "blog",
        "authors": ["Ada L", "Bob"],
        "year": 2020,
        "venue": "A blog",
        "url": "https://example.org/post",
        "requires": ["genai/lora"],
        "helps": ["genai/mamba"],
        "minutes": 20,
        "level": "intro",
        "note": "Look at it.",
    }
    assert topics(mine(home)) == {"inbox/inbox": ["a-post"]}
    (paper,) = json.loads(roadmap("show", "a-post", "--json").out)["papers"]
    assert paper["topics"] == ["inbox/inbox"]
    assert roadmap("search", "posts").rows[0][0] == "a-post"
    assert roadmap("mark-read", "a-post").code == 0
    assert roadmap("list", "mine", "--status", "read").rows[0][0] == "a-post"


def test_a_topic_is_made_where_it_is_missing(roadmap: Run, home: Path) -> None:
    """In `mine`, or in the catalogue that is named; what is there is taken."""
    roadmap(*POST, "--to", "thesis/Related Work")
    roadmap("add", "https://e.org/2", "--title", "Two", "--to", "thesis/related-work")
    roadmap("add", "https://e.org/3", "--title", "Three", "--to", "course/week-1/intro")
    roadmap("add", "https://e.org/4", "--title", "Four", "--to", "related work")

    assert topics(mine(home)) == {"thesis/related-work": ["a-post", "two", "four"]}
    assert mine(home)["area"][0]["topic"][0]["title"] == "Related Work"
    assert topics(mine(home, "course")) == {"week-1/intro": ["three"]}


def test_the_shipped_list_is_never_written(roadmap: Run, home: Path) -> None:
    """Neither by a topic of it, nor by its id, nor by a paper of it."""
    for call in (
        (*POST, "--to", "llm/agents"),
        (*POST, "--to", "llm"),
        ("remove", "lora"),
        ("move", "lora", "--to", "thesis/x"),
        ("move", "lora", "--before", "prefix-tuning"),
        ("new", "genai"),
        ("edit", "lora"),
    ):
        done = roadmap(*call)
        assert (done.code, done.out) == (1, ""), call
    assert not (home / "catalogues").exists()
    assert roadmap(*POST, "--to", "lora").code == 1  # the name of a paper


@pytest.mark.usefixtures("services")
def test_a_number_alone_is_a_stub_only_if_that_is_wanted(
    roadmap: Run, home: Path
) -> None:
    """Nothing is made up: the title is the number, until somebody knows more.

    No service does.
    """
    refused = roadmap("add", "2401.99999")
    assert (refused.code, (home / "catalogues").exists()) == (1, False)
    assert "--offline" in refused.err

    assert roadmap("add", "arXiv:2401.99999v3", "--offline").code == 0
    assert roadmap(
        "add", "https://arxiv.org/pdf/2401.99999", "--offline"
    ).out.startswith("known")

    assert mine(home)["paper"] == {
        "arxiv-2401-99999": {"title": "arXiv:2401.99999", "arxiv": "2401.99999"}
    }


def test_a_record_is_added_from_standard_input(process: Run, home: Path) -> None:
    """BibTeX, RIS and CSL, several at once; what is asked of a person needs --yes."""
    bib = b"@article{smith, title={A {BERT} thing}, author={Smith, Jo}, year=2019}"
    ris = b"TY  - JOUR\nTI  - A second thing\nAU  - Doe, Jane\nPY  - 2018\nER  - \n"
    for contents in (bib, ris, b'[{"title": "Third", "id": "x"}]'):
        read, write = os.pipe()
        os.write(write, contents)
        os.close(write)
        assert process("add", "-", stdin=read).code == 0
        os.close(read)

    papers = mine(home)["paper"]
    assert [paper["title"] for paper in papers.values()] == [
        "A BERT thing",
        "A second thing",
        "Third",
    ]
    assert papers["smith-2019-bert"]["aliases"] == ["smith"]


def test_undo_takes_an_edit_back_and_redo_gives_it_again(
    roadmap: Run, home: Path
) -> None:
    """With the mark that came with it, to the byte; the first edit made the file."""
    path = home / "catalogues" / "mine.toml"
    roadmap(*POST)
    first = path.read_bytes()
    roadmap("add", "https://e.org/2", "--title", "Two", "--status", "read")
    second = path.read_bytes()

    undone = roadmap("undo")
    assert undone.err == "took back: added papers to mine\n"
    assert path.read_bytes() == first
    assert "two" not in roadmap("list", "mine").out
    assert roadmap("redo").code == 0
    assert path.read_bytes() == second
    assert roadmap("list", "mine", "--status", "read").rows[0][0] == "two"
    roadmap("undo")
    roadmap("undo")
    assert not path.exists()
    assert "added papers to mine" in roadmap("history").out


def test_what_was_changed_by_hand_since_is_not_taken_back(
    roadmap: Run, home: Path
) -> None:
    """It says where the former contents are, and changes nothing."""
    path = home / "catalogues" / "mine.toml"
    roadmap(*POST)
    before = path.read_bytes()
    roadmap("add", "https://e.org/2", "--title", "Two")
    by_hand = path.read_bytes() + b"# mine\n"
    path.write_bytes(by_hand)

    done = roadmap("undo")

    assert done.code == 1
    assert "it was changed since" in done.err
    (named,) = [word for word in done.err.split() if word.endswith(".toml;")]
    assert Path(named[:-1]).read_bytes() == before
    assert path.read_bytes() == by_hand


def test_what_has_progress_is_retired_and_the_rest_removed(
    roadmap: Run, home: Path
) -> None:
    """So is what another paper requires; to move it brings it back."""
    for number in "123":
        roadmap("add", f"https://e.org/{number}", "--title", f"Paper number {number}")
    one, two, three = mine(home)["paper"]
    roadmap("add", "https://e.org/4", "--title", "Four", "--requires", two)
    roadmap("mark-read", one)

    done = roadmap("remove", one, two, three)

    assert [row[0] for row in done.rows] == ["retired", "retired", "removed"]
    assert list(mine(home)["paper"]) == [one, two, "four"]
    assert topics(mine(home)) == {"inbox/inbox": ["four"]}
    assert roadmap("show", one).code == 0
    roadmap("move", one, "--before", "four")
    assert topics(mine(home)) == {"inbox/inbox": [one, "four"]}
    assert "retired" not in mine(home)["paper"][one]


def test_papers_are_put_in_order(roadmap: Run, home: Path) -> None:
    """Before and after one another, and into another topic, made if missing."""
    for number in "abc":
        roadmap("add", f"https://e.org/{number}", "--title", f"Paper {number}")
    a, b, c = mine(home)["paper"]

    roadmap("move", c, "--before", a)
    assert topics(mine(home)) == {"inbox/inbox": [c, a, b]}
    roadmap("move", c, "--after", a)
    assert topics(mine(home)) == {"inbox/inbox": [a, c, b]}
    assert roadmap("move", b, "--to", "thesis/two").rows[0][3] == "thesis/two"
    assert topics(mine(home)) == {"inbox/inbox": [a, c], "thesis/two": [b]}
    assert roadmap("move", b).code == 2


def test_a_rehearsal_writes_nothing(roadmap: Run, home: Path) -> None:
    """Neither a catalogue nor a journal."""
    roadmap(*POST)
    files = {path: path.read_bytes() for path in home.rglob("*.toml")}

    for call in (
        ("add", "https://e.org/2", "--title", "Two", "--status", "read"),
        ("remove", "a-post"),
        ("move", "a-post", "--to", "x/y"),
        ("new", "course"),
        ("undo",),
    ):
        assert roadmap(*call, "--dry-run").code == 0, call

    assert {path: path.read_bytes() for path in home.rglob("*.toml")} == files


FRONT_MATTER = """---
title: "Agents: a Seminar"
links:
  - "[A page](https://example.org/page)"
---

"""
SYLLABUS = """\
# Course

## Week 1

- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
- [x] [A post](https://example.org/a)

## Week 2

- [Another](https://example.org/b)
"""


def test_a_syllabus_is_a_course_that_keeps_its_order(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """Again it brings nothing; what the hand changed stays, what is gone is told and kept."""
    path = tmp_path / "syllabus.md"
    path.write_text(SYLLABUS)
    call = ("import", str(path), "--as", "cs886", "--statuses", "--yes")

    assert [row[0] for row in roadmap(*call).rows] == ["known", "new", "new"]
    assert topics(mine(home, "cs886")) == {
        "papers/week-1": ["genai/attention", "post"],
        "papers/week-2": ["another"],
    }
    assert roadmap("list", "cs886", "--status", "read").rows[0][0] == "post"
    file = home / "catalogues" / "cs886.toml"
    by_hand = file.read_bytes().replace(
        b'title = "Another"', b'title = "Other"  # mine'
    )
    file.write_bytes(by_hand)
    again = roadmap(*call)
    assert "nothing is new in that" in again.err
    assert file.read_bytes() == by_hand

    path.write_text(SYLLABUS.replace("- [Another](https://example.org/b)\n", ""))
    assert "not in this list, and kept in cs886: another\n" in roadmap(*call).err
    assert file.read_bytes() == by_hand


def test_a_note_of_obsidian_is_no_journal(roadmap: Run, tmp_path: Path) -> None:
    """A link to a note called `event` stands in double brackets, as events of a journal do."""
    path = tmp_path / "list.md"
    path.write_text("# Like [[event]]\n\n- [A post](https://example.org/a)\n")

    assert ["new", "post"] in [
        row[:2] for row in roadmap("import", str(path), "--yes").rows
    ]


def test_more_than_a_list_can_be_is_refused(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by `add -`: a list that was cut would lose entries without a word."""
    monkeypatch.setattr("roadmap_cli.program.importing.MAX_BYTES", 10)
    monkeypatch.setattr(
        "roadmap_cli.cli.terminal.streams.read_bytes", lambda most: b"x" * most
    )

    for call in (("add", "-"), ("import", "-")):
        done = roadmap(*call)
        assert (done.code, done.err) == (
            3,
            "error: standard input: too large for a list\n",
        )


ADDING = """
import sys
from roadmap_cli.cli import main
number = sys.argv[1]
for first in range(0, 50, 10):
    links = [f"https://example.org/{number}/{paper}" for paper in range(first, first + 10)]
    code = main(["--quiet", "add", "--offline", *links])
    assert code == 0, code
"""


def test_eight_programs_that_add_fifty_papers_each_give_four_hundred(
    process: Run, home: Path
) -> None:
    """Each edit is made of what is there under the lock; none is lost."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(number)], stdout=subprocess.DEVNULL
        )
        for number in range(8)
    ]

    assert [program.wait(timeout=300) for program in started] == [0] * 8

    papers = mine(home)["paper"]
    assert len(papers) == 400
    assert len({paper["url"] for paper in papers.values()}) == 400
    assert len(topics(mine(home))["inbox/inbox"]) == 400
    assert process("doctor").code == 0


ADDING_ONE = """
import sys
from roadmap_cli.cli.main import main
print("ready", flush=True)
sys.stdin.readline()
sys.exit(main(["add", "https://e.org/same", "--title", "The same", "--yes"]))
"""


def test_of_eight_programs_that_add_one_link_at_once_seven_are_told_it_is_there(
    process: Run, home: Path
) -> None:
    """What is there is looked up again under the lock."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING_ONE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for program in started:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in started:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    told = [program.communicate(timeout=300)[0].split("\t")[0] for program in started]

    assert [program.returncode for program in started] == [0] * 8
    assert sorted(told) == ["known"] * 7 + ["new"]
    assert list(mine(home)["paper"]) == ["same"]
    assert process("doctor").code == 0


CURATING = """
import sys
from roadmap_cli.cli import main
for call in sys.argv[1:]:
    codes = [main(call.split())]
    while codes[-1] == 1 and call.startswith("edit"):  # another one wrote meanwhile
        codes.append(main(call.split()))
    assert codes[-1] == 0, (call, codes)
"""
EDITOR = """#!/bin/sh
sed -i "0,/^title = .$SHARE/s//title = \\"done $SHARE/" "$1"
"""


def test_eight_programs_that_curate_at_once_lose_nothing(
    process: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two each make catalogues, move, remove and edit; an edit that came too late is made again."""
    deeds = ("new {}", "move {} --to part/moved", "remove {}", "edit {}")
    shares = [(deed, f"{deed.split()[0]}-{who}") for deed in deeds for who in "xy"]
    file, script = tmp_path / "list.md", tmp_path / "ed.sh"
    made = [f"{share}-{number}" for _, share in shares for number in range(4)]
    listed = [key for key in made if not key.startswith("new")]
    file.write_text("".join(f"- [{key}](https://e.org/{key})\n" for key in listed))
    assert process("import", str(file), "--yes").code == 0
    script.write_text(EDITOR)
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))

    started = [
        subprocess.Popen(
            [sys.executable, "-c", CURATING]
            + [deed.format(f"{share}-{number}") for number in range(4)],
            stdout=subprocess.DEVNULL,
            env=os.environ | {"SHARE": share},
        )
        for deed, share in shares
    ]
    assert [program.wait(timeout=300) for program in started] == [0] * 8

    found = topics(mine(home))
    titles = {key: paper["title"] for key, paper in mine(home)["paper"].items()}
    assert found["inbox/inbox"] == [key for key in listed if key.startswith("edit")]
    assert sorted(found["part/moved"]) == [k for k in listed if k.startswith("move")]
    assert {*titles} == {*found["inbox/inbox"], *found["part/moved"]}
    assert all(titles[key] == f"done {key}" for key in found["inbox/inbox"])
    assert len([*(home / "catalogues").glob("new-?-?.toml")]) == 8
    assert process("doctor").code == 0


@pytest.mark.parametrize("wish", ["fix", "give up"])
def test_a_broken_edit_never_replaces_a_good_file(
    roadmap: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    """Without a terminal it is refused, and what was written is kept and named."""
    roadmap(*POST)
    path = home / "catalogues" / "mine.toml"
    before = path.read_bytes()
    new = "title = 5" if wish == "give up" else 'title = "New"'
    script = tmp_path / "ed.sh"
    script.write_text(f'#!/bin/sh\nsed -i \'s/^title = "A post.*/{new}/\' "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))

    done = roadmap("edit", "a-post")

    if wish == "fix":
        assert done.code == 0, done.err
        assert mine(home)["paper"]["a-post"]["title"] == "New"
        roadmap("undo")
        assert path.read_bytes() == before
        return
    assert done.code == 1
    assert "paper.a-post.title must be a text" in done.err
    assert path.read_bytes() == before
    (kept,) = (home / "backups" / "edits").glob("mine.editing-*.toml")
    assert str(kept) in done.err
    assert b"title = 5" in kept.read_bytes()


def test_statuses_that_are_not_taken_are_told(
    roadmap: Run, terminal: Run, tmp_path: Path
) -> None:
    """With the option that takes them, before the question too; with it, nothing is left to tell."""
    path = tmp_path / "list.md"
    path.write_text("- [x] [A](https://e.org/a)\n- [x] [B](https://e.org/b)\n")
    told = "2 entries have statuses of their own: --statuses takes them"

    assert told in roadmap("import", str(path), "--dry-run").err
    assert told not in roadmap("import", str(path), "--statuses", "--dry-run").err
    asked = terminal("import", str(path), answer="n\n", columns=200)
    question = (
        "Take 2 new papers into mine, without 2 statuses (--statuses takes them)?"
    )
    assert question in asked.out


def test_what_is_refused_is_kept_and_taken_once_it_is_mended(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """It is told with file, line, key and reason."""
    path, kept = tmp_path / "list.bib", tmp_path / "rejected.bib"
    path.write_text(
        "@misc{good, title = {Good}, url = {https://e.org/g}}\n"
        "@misc{bad, title {Bad}, url = {https://e.org/b}}\n"
    )

    result = roadmap("import", str(path), "--yes", "--rejected", str(kept))

    reason = "it has a field without `=`, or without a comma before it"
    assert f"{path}:2: bad: {reason}" in result.err
    assert kept.read_text().startswith(f"% line 2: {reason}\n@misc{{bad,")

    kept.write_text(kept.read_text().replace("title {", "title = {"))
    assert roadmap("import", str(kept), "--yes").code == 0
    assert [paper["title"] for paper in mine(home)["paper"].values()] == ["Good", "Bad"]


@pytest.mark.parametrize(
    ("name", "title"), [("cs886", "CS886"), ("my-list", "My list")]
)
def test_a_title_is_made_of_the_id_of_a_catalogue(
    roadmap: Run, home: Path, name: str, title: str
) -> None:
    """The number of a course keeps its capitals."""
    assert roadmap("new", name).code == 0

    text = (home / "catalogues" / f"{name}.toml").read_text()
    assert f'title = "{title}"' in text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Adapters, *autumn* 2026\n\n## Week 1\n\n- {}\n", "Adapters, autumn 2026"),
        ("# Part one\n\n- {}\n\n# Part two\n\n- {}/b\n", "CS999"),
        ("Read these\n\n- {}\n", "CS999"),
        ("# Seminar\n\n## Week 1\n\n- https://arxiv.org/abs/1706.03762\n", "Seminar"),
        (
            f"{FRONT_MATTER}# Part one\n\n- {{}}\n\n# Part two\n\n- {{}}/b\n",
            "Agents: a Seminar",
        ),
        (f"{FRONT_MATTER}# Agents\n\n- {{}}\n", "Agents"),
    ],
    ids=["one title", "several", "none", "bare links", "front matter", "both"],
)
def test_a_course_is_called_as_its_syllabus_calls_itself(
    roadmap: Run, home: Path, tmp_path: Path, text: str, title: str
) -> None:
    """By its only heading of the first level, or else its front matter.

    Made anew, it keeps what it is called.
    """
    file = tmp_path / "syllabus.md"
    file.write_text(text.replace("{}", "[A post](https://example.org/a)"))
    take = ("import", str(file), "--as", "cs999", "--yes")
    assert roadmap(*take).code == 0
    path = home / "catalogues" / "cs999.toml"
    assert tomllib.loads(path.read_text())["title"] == title
    assert "example.org/page" not in path.read_text()

    path.write_text(path.read_text().replace(title, "Mine", 1))
    file.write_text(file.read_text() + "\n- [More](https://example.org/more)\n")
    assert roadmap(*take).code == 0
    assert tomllib.loads(path.read_text())["title"] == "Mine"


def test_a_link_without_https_is_no_missing_file_alone(roadmap: Run) -> None:
    """The hint is the call that reads it."""
    done = roadmap("import", "github.com/ada/list", "--yes")

    assert (done.code, "there is no such file" in done.err) == (1, True)
    assert "roadmap import https://github.com/ada/list" in done.err
    assert "hint" not in roadmap("import", "nowhere/list.bib", "--yes").err


def test_a_file_that_is_no_good_catalogue_is_told_before_it_is_added_to(
    roadmap: Run, home: Path
) -> None:
    """With what is wrong in it, and nothing is written; other lists are taken as ever."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)
    bad = HEAD.replace('"test"', '"bad"') + "[paper]\nx = 3\n"
    (folder / "bad.toml").write_text(bad)
    done = roadmap("add", "2401.00001", "--to", "bad/a/b", "--offline")

    assert (done.code, done.out) == (3, "")
    assert f"{folder / 'bad.toml'}: 1 problem" in done.err
    assert "paper.x must be a table" in done.err
    assert (folder / "bad.toml").read_text() == bad
    assert roadmap("add", "2401.00001", "--offline").code == 0


def test_what_is_added_to_a_list_that_is_not_loaded_is_said_to_be_hidden(
    roadmap: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--catalogue` shows other files than the own ones; a rehearsal of a new list does not."""
    told = "is not shown: --catalogue or ROADMAP_CATALOGUE names other files"
    assert told not in roadmap("add", "2401.00001", "--offline", "--dry-run").err
    (tmp_path / "other.toml").write_text(HEAD + paper_text("p"))
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(tmp_path / "other.toml"))
    done = roadmap("add", "2401.00001", "--offline")

    assert f"{home / 'catalogues' / 'mine.toml'} {told}" in done.err
    monkeypatch.delenv("ROADMAP_CATALOGUE")
    assert told not in roadmap("add", "2401.00002", "--offline").err
