"""Questions through the command line: asked on a terminal, listed and answered without one."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pexpect
import pytest

from conftest import Clock, Result
from everything import ATTACK, CONTROL, EVIL, prepare
from roadmap_cli.cli import main
from roadmap_cli.cli.framework.outcome import ExitStatus
from roadmap_cli.journal.text import parse

PROGRAM = Path(sys.executable).with_name("roadmap")

Run = Callable[..., Result]
RANK = "genai/lora-parameter-count"


def questions(roadmap: Run, *words: str) -> list[dict[str, Any]]:
    """The rows that `review` lists."""
    found: list[dict[str, Any]] = json.loads(roadmap("review", *words, "--json").out)[
        "questions"
    ]
    return found


def test_nothing_is_asked_of_who_has_read_nothing(roadmap: Run) -> None:
    """And what can be done is said."""
    done = roadmap("review")

    assert (done.code, done.out) == (0, "")
    assert "roadmap review TOPIC" in done.err


def test_a_topic_that_is_done_has_its_questions_asked_three_new_ones_a_day(
    roadmap: Run, clock: Clock
) -> None:
    """What was answered comes again when it is due, before what is new."""
    assert roadmap("mark-read", "llm/efficient-finetuning", "--yes").code == 0
    first = questions(roadmap)
    assert len(first) == 3
    for row in first:
        assert roadmap("answer", row["question"], "knew").code == 0
    assert questions(roadmap) == []

    clock.pass_days(2)
    again = questions(roadmap)
    assert {row["question"] for row in first} <= {row["question"] for row in again}


def test_an_answer_says_when_its_question_comes_again(roadmap: Run) -> None:
    """By its full name, or by its own alone; what is no question is told."""
    done = roadmap("answer", "lora-parameter-count", "missed", "--json")
    (row,) = json.loads(done.out)["questions"]

    assert (row["question"], row["answers"], row["answer"]) == (RANK, 1, "missed")
    assert row["due"] > row["answered"][:10]
    missing = roadmap("answer", "lora-parameter-cout", "knew")
    assert (missing.code, "lora-parameter-count" in missing.err) == (1, True)
    assert roadmap("answer", RANK, "easy").code == 2


def test_undo_and_redo_know_answers(roadmap: Run) -> None:
    """By the same mechanism as marks, and history tells them in words."""
    roadmap("answer", RANK, "knew")
    assert f"knew: {RANK}" in roadmap("history").out
    undone = roadmap("undo")
    assert undone.err == f"took back: knew: {RANK}\n"
    assert questions(roadmap, "lora")[0]["answers"] == 0
    assert roadmap("redo").code == 0
    assert RANK not in {row["question"] for row in questions(roadmap, "lora")}


def test_what_is_set_aside_is_listed_and_taken_up_again(
    roadmap: Run, clock: Clock
) -> None:
    """It is not asked meanwhile, neither when it is due nor by name; `undo` takes it back."""
    roadmap("answer", RANK, "missed")
    clock.pass_days(9)
    assert [row["question"] for row in questions(roadmap, "--all")] == [RANK]
    assert roadmap("answer", RANK, "aside").code == 0

    assert questions(roadmap, "--all") == []
    assert RANK not in {row["question"] for row in questions(roadmap, "lora")}
    assert [row["question"] for row in questions(roadmap, "--aside")] == [RANK]
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert f"set aside {RANK}" in roadmap("history").out
    roadmap("undo")
    assert questions(roadmap, "--aside") == []
    roadmap("answer", RANK, "aside")
    roadmap("answer", RANK, "again")
    assert [row["question"] for row in questions(roadmap, "--all")] == [RANK]


def test_said_twice_is_written_once(roadmap: Run, home: Path) -> None:
    """A question that is set aside already is so."""
    roadmap("answer", RANK, "aside")
    (journal,) = (home / "progress").glob("*.toml")
    before = journal.read_bytes()
    roadmap("answer", RANK, "aside")

    assert journal.read_bytes() == before


def test_what_is_due_is_told_where_the_reader_looks(roadmap: Run, clock: Clock) -> None:
    """On the home screen and after what is next in one line; of its topic and in statistics."""
    roadmap("answer", RANK, "missed")
    assert json.loads(roadmap("next", "--json").out)["due"] == 0
    clock.pass_days(1)
    told = [
        json.loads(roadmap(*words, "--json").out) for words in (["next"], [], ["stats"])
    ]
    shown = json.loads(roadmap("show", "llm/efficient-finetuning", "--json").out)
    (first, second, *_) = shown["topics"][0]["questions"]

    assert (told[0]["due"], told[1]["due"]) == (1, 1)
    held = told[2]["questions"]
    assert (held["answered"], held["due"], held["held"], held["total"]) == (
        1,
        1,
        1,
        89,
    )
    assert (first["answers"], first["due"], second["due"]) == (1, "2026-03-02", None)


def test_the_line_about_what_is_due_is_one_line(
    terminal: Callable[..., Result], home: Path
) -> None:
    """On a terminal of any width; in statistics how much is held."""
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_text(ANSWERED)
    for columns in (40, 80):
        for words in (["next"], [], ["next", "--plain"]):
            lines = terminal(*words, columns=columns).out.splitlines()
            assert "1 question is due: roadmap review" in lines
    shown = terminal("show", "llm/efficient-finetuning").out

    assert "Memory 1 of 89 questions answered" in terminal("stats").out
    assert "    comes again on 2026-01-03" in shown
    assert "to be asked: roadmap review llm/efficient-finetuning" in shown


ANSWERED = f"""\
format = "roadmap-journal"
version = 1
device = "desk"

[[event]]
question = "{RANK}"
answer = "missed"
at = 2026-01-02T12:00:00Z
"""


def test_no_more_is_due_than_a_day_takes(roadmap: Run, clock: Clock) -> None:
    """What was answered today counts, on whichever device."""
    topics = ("llm/efficient-finetuning", "llm/agents", "llm/evaluation")
    names = [
        row["question"]
        for topic in topics
        for row in questions(roadmap, topic, "--place")
    ]
    assert len(names) > 6
    for name in names:
        roadmap("answer", name, "missed")
    clock.pass_days(3)
    assert json.loads(roadmap("--json").out)["due"] == 5
    for name in names[:4]:
        roadmap("answer", name, "knew")

    assert json.loads(roadmap("--json").out)["due"] == 1
    assert len(questions(roadmap)) == 1
    roadmap("answer", names[4], "knew")
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert "more questions can wait" in roadmap("review").err


@pytest.mark.parametrize(
    "zone",
    ["Pacific/Apia", "Asia/Kathmandu", "America/Havana", "Pacific/Kiritimati", "X+30"],
)
def test_what_is_due_turns_at_midnight_where_the_reader_is(
    zone: str, roadmap: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home says what `review` asks, at every hour, also where the clocks are put back."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    for start in (
        datetime(2026, 3, 7, 20, tzinfo=UTC),
        datetime(2026, 10, 31, 20, tzinfo=UTC),
    ):
        clock.at = start
        roadmap("answer", RANK, "missed")
        told = []
        for _ in range(11):
            due = json.loads(roadmap("--json").out)["due"]
            told.append((due, len(questions(roadmap, "--all"))))
            clock.pass_days(4 / 24)

        assert set(told) == {(0, 0), (1, 1)}
        assert sorted(told) == told


def test_what_cannot_be_known_is_not_claimed(roadmap: Run, home: Path) -> None:
    """Where a journal cannot be read it may say more; nothing is asked on a terminal then."""
    roadmap("answer", RANK, "missed")
    (home / "progress" / "phone.toml").write_bytes(b"\0" * 99)
    shown = json.loads(roadmap("show", "llm/agents", "--json").out)
    answers = {row["answers"] for row in shown["topics"][0]["questions"]}

    assert json.loads(roadmap("--json").out)["due"] is None
    assert json.loads(roadmap("next", "--json").out)["due"] is None
    assert json.loads(roadmap("stats", "--json").out)["questions"] is None
    assert answers == {None}
    assert roadmap("answer", RANK, "knew").code == 3
    assert "phone.toml" in roadmap("review").err


def test_questions_of_skipped_topics_do_not_come(roadmap: Run, clock: Clock) -> None:
    """Neither new ones nor those that were answered, unless they are named."""
    roadmap("answer", RANK, "missed")
    roadmap("mark-skipped", "llm/efficient-finetuning", "--yes")
    clock.pass_days(3)

    assert questions(roadmap, "--all") == []
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert RANK in {row["question"] for row in questions(roadmap, "lora")}


def test_a_topic_is_placed_by_all_of_its_questions(roadmap: Run) -> None:
    """Those that are not due, too; and only what is named."""
    roadmap("answer", RANK, "knew")
    assert RANK not in {row["question"] for row in questions(roadmap, "lora")}

    assert RANK in {row["question"] for row in questions(roadmap, "lora", "--place")}
    done = roadmap("review", "--place")
    assert (done.code, "roadmap review TOPIC --place" in done.err) == (2, True)


CATALOGUE = """\
format = "roadmap-catalogue"
version = 1
id = "{id}"
title = "A catalogue"
[[area]]
id = "a"
title = "An area"
[[area.topic]]
id = "t"
title = "A topic"
papers = ["p", "r"]
[[area.topic.question]]
id = "{question}"
ask = "Why?"
{more}
[paper.p]
title = "A paper"
[paper.r]
title = "Another"
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes a catalogue with one question, and uses it alone."""

    def write(question: str, more: str = "") -> None:
        path = tmp_path / "own.toml"
        path.write_text(CATALOGUE.format(id="own", question=question, more=more))
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))

    return write


def test_a_question_that_is_renamed_keeps_its_memory_by_its_alias(
    roadmap: Run, own: Callable[..., None], clock: Clock
) -> None:
    """It is due once, and its former name still answers."""
    own("old")
    roadmap("answer", "own/old", "missed")
    own("new", 'aliases = ["old"]')
    clock.pass_days(3)

    assert json.loads(roadmap("--json").out)["due"] == 1
    assert [row["answers"] for row in questions(roadmap)] == [1]
    (row,) = json.loads(roadmap("answer", "old", "knew", "--json").out)["questions"]
    assert (row["question"], row["answers"]) == ("own/new", 2)


def test_a_question_comes_with_the_papers_that_answer_it(
    roadmap: Run, own: Callable[..., None]
) -> None:
    """Before its topic is done; a skipped paper answers nothing."""
    own("q", 'papers = ["p"]')
    roadmap("mark-read", "r")
    assert questions(roadmap) == []
    roadmap("mark-skipped", "p")
    assert questions(roadmap) == []
    roadmap("mark-read", "p")

    assert [row["question"] for row in questions(roadmap)] == ["own/q"]
    assert questions(roadmap, "r") == []


def test_a_question_that_is_gone_is_not_due(
    roadmap: Run, own: Callable[..., None], clock: Clock
) -> None:
    """What was answered is kept for the day that it comes back."""
    own("old")
    roadmap("answer", "old", "missed")
    clock.pass_days(3)
    own("new")
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert questions(roadmap, "--all") == []
    own("old")

    assert json.loads(roadmap("--json").out)["due"] == 1


def test_a_name_of_two_catalogues_is_ambiguous(
    roadmap: Run,
    own: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The full names are offered, and nothing is written."""
    own("q")
    (tmp_path / "b.toml").write_text(CATALOGUE.format(id="b", question="q", more=""))
    monkeypatch.setenv("ROADMAP_CATALOGUE", f"{tmp_path}/own.toml:{tmp_path}/b.toml")
    done = roadmap("answer", "q", "knew")

    assert (done.code, done.out) == (1, "")
    assert "`own/q`, `b/q`" in done.err
    assert roadmap("answer", "b/q", "knew").code == 0


@pytest.fixture
def sitting(home: Path) -> Callable[..., "pexpect.spawn[str]"]:
    """The session of `review` on a terminal."""

    def begin(*words: str, columns: int = 80) -> "pexpect.spawn[str]":
        return pexpect.spawn(
            str(PROGRAM),
            ["review", *words],
            env={**os.environ, "ROADMAP_HOME": str(home), "COLUMNS": str(columns)},
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=30,
        )

    return begin


def shown(name: str) -> str:
    """What `show` tells of a paper as JSON, in a process of its own."""
    command = [str(PROGRAM), "show", name, "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_answer_is_on_disk_at_once(
    sitting: Callable[..., "pexpect.spawn[str]"], home: Path
) -> None:
    """A program that is killed right after it has lost nothing."""
    child = sitting("lora")
    child.expect(r"q=quit\]")
    child.sendline("")
    child.expect("almost right counts as missed")
    child.expect(r"q=quit\]")
    child.sendline("3")
    child.expect("comes again in 2 days")
    child.kill(signal.SIGKILL)
    (journal,) = (home / "progress").glob("*.toml")

    assert f'question = "{RANK}"\nanswer = "knew"\n' in journal.read_text()


def test_an_answer_is_taken_back_on_the_spot(
    sitting: Callable[..., "pexpect.spawn[str]"], home: Path
) -> None:
    """That answer and no other, also where something else was marked meanwhile."""
    child = sitting("lora")
    child.expect(r"q=quit\]")
    child.sendline("1")
    child.expect("comes again in 1 day")
    child.expect(r"u=undo, s=set aside, q=quit\]")
    marked = main(["mark-read", "bert"])
    child.sendline("u")
    child.expect(r"1/3 .*q=quit\]")
    child.sendline("knew")
    child.expect("comes again in 2 days")
    child.expect(r"q=quit\]")
    child.sendline("q")
    child.expect("1 question answered; 2 can wait")
    child.expect(pexpect.EOF)
    said = [
        (event.fields.get("answer"), event.paper, bool(event.undoes))
        for event in parse(
            (home / "progress" / "desk.toml").read_bytes(), path="desk"
        ).events
    ]

    assert marked == 0
    assert said == [
        ("missed", "", False),
        (None, "genai/bert", False),
        (None, "", True),
        ("knew", "", False),
    ]
    assert [row["status"] for row in json.loads(shown("bert"))["papers"]] == ["read"]


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("words", [[], ["--plain"]])
def test_a_sitting_fits_the_terminal_and_can_be_copied_from(
    sitting: Callable[..., "pexpect.spawn[str]"], columns: int, words: list[str]
) -> None:
    """No line is wider, no key is parted from its meaning, and no colour is sent."""
    child = sitting("lora", *words, columns=columns)
    sent = ""
    for typed in ("?", "", "s", "q"):
        child.expect(r"q=quit\]")
        sent += f"{child.before}{child.after}"
        child.sendline(typed)
    child.expect(pexpect.EOF)
    sent = re.sub(r"[^\n]*\r\x1b\[K", "", f"{sent}{child.before}")
    lines = sent.replace(" s\r", "\r").split("\r\n")
    copied = [line for line in lines if "roadmap answer" in line]

    assert [line for line in lines if len(line) > columns and line not in copied] == []
    assert copied == ["  roadmap answer genai/lora-parameter-count again"]
    assert "\x1b" not in sent
    for key in ("Enter=hint", "1=missed", "3=knew"):
        assert key in sent


def test_whoever_knows_most_of_a_topic_may_mark_it_as_known(
    sitting: Callable[..., "pexpect.spawn[str]"], roadmap: Run
) -> None:
    """After one question; who declines has marked nothing."""
    for typed, status in (("n", "todo"), ("y", "known")):
        child = sitting("llm/agents", "--place")
        for _ in range(3):
            child.expect(r"q=quit\]")
            child.sendline("3")
        child.expect(r"Mark LLM-powered Agents as known\? \[y/N\]")
        child.sendline(typed)
        child.expect(pexpect.EOF)
        papers = json.loads(roadmap("list", "llm/agents", "--json").out)["papers"]

        assert {paper["status"] for paper in papers} == {status}


def test_whoever_misses_some_is_not_asked_to_mark(
    sitting: Callable[..., "pexpect.spawn[str]"],
) -> None:
    """Two of three are not most."""
    child = sitting("llm/agents", "--place")
    for typed in ("3", "3", "2"):
        child.expect(r"q=quit\]")
        child.sendline(typed)
    child.expect("3 questions answered")
    child.expect(pexpect.EOF)

    assert "as known" not in (child.before or "")


def test_what_a_question_says_is_never_obeyed(
    terminal: Callable[..., Result], tmp_path: Path, home: Path
) -> None:
    """Neither the catalogue's nor what stands in a note reaches the terminal but as words."""
    path = prepare(tmp_path, EVIL, ATTACK, home)
    (home / "notes" / "p0.md").write_text(
        f"---\nroadmap: sample/p0\n---\nQ: {ATTACK.replace(chr(0), '')} ^a\nA: {EVIL[2]}\n"
    )
    shown = terminal("--catalogue", str(path), "review", "t", answer="\ns\n\n3\nq\n")
    named = terminal("--catalogue", str(path), "review", "p0", "--list")

    assert (shown.code, named.code) == (0, 0)
    assert CONTROL.findall((shown.out + named.out).replace("\n", "")) == []
    assert "roadmap answer sample/p0#a again" in shown.out


def test_a_terminal_that_goes_away_ends_a_sitting_as_q_does(home: Path) -> None:
    """What was answered is kept, and nothing is a bug."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [str(PROGRAM), "review", "lora"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "ROADMAP_HOME": str(home)},
    )
    os.close(theirs)
    os.write(ours, b"3\n")
    seen = b""
    while b"comes again in 2 days" not in seen:
        seen += os.read(ours, 65536)
    while b"u=undo" not in seen:
        seen += os.read(ours, 65536)
    os.close(ours)

    assert running.wait(timeout=60) != int(ExitStatus.BUG)
    (journal,) = (home / "progress").glob("*.toml")
    assert 'answer = "knew"' in journal.read_text()
    assert not (home / "state").exists() or not [*(home / "state").glob("*crash*")]
