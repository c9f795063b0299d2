"""What `--json` prints is what the published schemas say, no more and no less."""

import copy
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import FULL_TEXT
from conftest import Clock, Result
from roadmap_cli.cli.framework.outcome import ExitStatus
from schemas import WITH_JSON, complaints, keys, optional, strict

Run = Callable[..., Result]
CALLS = [
    ("roadmap", ""),
    ("help", "help"),
    ("help", "help exit"),
    ("list", "list"),
    ("list", "list llm"),
    ("list", "list llm --status skipped"),
    ("next", "next --why"),
    ("next", "next -n 9 --random --seed 7"),
    ("next", "next --within 1m"),
    ("next", "next --level deep --kind blog"),
    ("search", "search the"),
    ("search", "search xyzzy"),
    ("show", "show vit"),
    ("show", "show first --hints"),
    ("show", "show llm"),
    ("open", "open lora --pdf"),
    ("get", "get lora --dry-run"),
    ("history", "history"),
    ("history", "history vit"),
    ("path", "path vit"),
    ("path", "path vit --all"),
    ("goal", "goal"),
    ("goal show", "goal show"),
    ("plan", "plan --hours 1"),
    ("plan", "plan --hours 1 --until 2026-03-02 --all"),
    ("stats", "stats"),
    ("where", "where"),
    ("use", "use"),
    ("whatsnew", "whatsnew"),
    ("use", "use genai"),
    ("backup", "backup"),
    ("restore", "restore --list"),
    ("doctor", "doctor"),
    ("schema", "schema"),
    ("note", "note lora why"),
    ("mark-read", "mark-read lora --rating 3"),
    ("mark-read", "mark-read lora"),
    ("mark-reading", "mark-reading vit"),
    ("mark-known", "mark-known llm --yes"),
    ("mark-skipped", "mark-skipped lora"),
    ("mark-unread", "mark-unread lora"),
    ("undo", "undo"),
    ("redo", "redo"),
    ("goal set", "goal set vit"),
    ("goal set", "goal set first"),
    ("goal clear", "goal clear"),
    ("merge", "merge carried.toml"),
    ("import", "import carried.toml"),
    ("restore", "restore --yes"),
    ("new", "new course --title Course"),
    ("add", "add https://example.org/new --title New"),
    ("import", "import list.md --yes"),
    ("edit", "edit mine"),
    ("check-links", "check-links --where year:1900"),
    ("move", "move lora --to x/y"),
    ("remove", "remove lora"),
    ("tag", "tag lora +thesis"),
    ("tag", "tag"),
    ("review", "review"),
    ("review", "review llm --all"),
    ("answer", "answer q knew"),
    ("answer", "answer nothing knew"),
]
"""What is run on every state: the schema's name, and the call."""
LIVED = """\
mark-known lora --on 2026-01-02 --rating 5
note lora the\\nrank
mark-reading vit
undo
redo
goal set first
goal set vit
use genai
backup"""
TOLD = """\

[[event]]
paper = "gone/paper"
status = 5
rating = "high"
mood = nan
far = -inf
near = [1, {a = 2}]
at = 2026-02-01T00:00:00Z

[[event]]
distrusts = "phone@2099-01-01T00:00:00Z"
at = 2026-02-02T00:00:00Z
"""
"""What no version of ours writes, and what ours writes seldom."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalogue that says something of every sort, and a journal."""
    monkeypatch.chdir(tmp_path)
    catalogue = FULL_TEXT.replace(
        "minutes = 5", 'minutes = 5\nyear = 2020\nnote = "\\u0007 \\u202e"'
    )
    (tmp_path / "full.toml").write_text(catalogue, "utf-8")
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(tmp_path / "full.toml"))
    head = 'format = "roadmap-journal"\nversion = 1\ndevice = "phone"\n'
    event = (
        '\n[[event]]\npaper = "test/vit"\nstatus = "read"\nat = 2026-01-01T00:00:00Z\n'
    )
    (tmp_path / "carried.toml").write_text(head + event, "utf-8")
    (tmp_path / "list.md").write_text("# List\n\n- [A](https://example.org/a)\n")
    monkeypatch.setenv("EDITOR", "true")
    return tmp_path


def a_new_reader(_roadmap: Run, _home: Path, _clock: Clock) -> None:
    """Nothing was ever said."""


def a_reader_of_some_months(roadmap: Run, home: Path, clock: Clock) -> None:
    """Marks, a rating, a note, an undo, a goal, and what a stranger wrote."""
    for call in LIVED.split("\n"):
        clock.pass_days(1 / 24)
        assert roadmap(*call.replace("\\n", "\n").split(" ")).code == 0, call
    with (home / "progress" / "desk.toml").open("a") as journal:
        journal.write(TOLD)


def a_damaged_journal(roadmap: Run, home: Path, clock: Clock) -> None:
    """One of two cannot be read, so some of the progress is not known."""
    roadmap("mark-reading", "lora")
    (home / "progress" / "phone.toml").write_bytes(b"\0" * 99)
    clock.pass_days(1)


def a_reader_who_is_done(roadmap: Run, _home: Path, _clock: Clock) -> None:
    """Nothing is left."""
    roadmap("goal", "set", "llm")
    roadmap("mark-skipped", "llm", "--yes")


STATES = [
    a_new_reader,
    a_reader_of_some_months,
    a_damaged_journal,
    a_reader_who_is_done,
]


def test_every_command_that_prints_json_has_a_schema(roadmap: Run) -> None:
    """And there is none of what does not: the list is the command line's own."""
    listed = json.loads(roadmap("schema", "--json").out)["schemas"]
    names = [one["schema"] for one in listed if one["lists"]]

    assert sorted(names) == WITH_JSON
    assert {name for name, _ in CALLS} == set(WITH_JSON)


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
def test_what_is_printed_is_exactly_what_is_promised(
    roadmap: Run, schema: Callable[[str], Any], home: Path, clock: Clock, state: Any
) -> None:
    """Every command, reading before writing: no key less, none more, each of its type."""
    state(roadmap, home, clock)
    wrong: dict[str, object] = {}
    printed = 0
    for name, call in CALLS:
        clock.pass_days(1 / 24)
        done = roadmap(*call.split(), "--json")
        found = json.loads(done.out, parse_constant=pytest.fail)
        is_failure = "error" in found
        printed += not is_failure
        promised = strict(
            schema("error" if is_failure else name),
            strangers=state is a_reader_of_some_months,
        )
        problems = complaints(promised, found)
        ends = (
            found["error"]["status"] if is_failure else done.code * (name == "doctor")
        )
        if problems or done.code != ends or re.search(r"[^\n -~]", done.out):
            wrong[call] = problems or done

    assert wrong == {}
    assert printed >= (24 if state is a_damaged_journal else len(CALLS) - 8)


def test_what_may_be_missing_is_printed_at_times(
    roadmap: Run, schema: Callable[[str], Any], home: Path, clock: Clock
) -> None:
    """No key is promised that no command ever prints."""
    a_reader_of_some_months(roadmap, home, clock)
    roadmap("mark-unread", "lora")
    roadmap("add", "https://example.org/new", "--title", "New")
    roadmap("tag", "lora", "+thesis")
    roadmap("answer", "q", "knew")
    roadmap("answer", "q", "aside")
    roadmap("note", "lora", "--ask", "Why?", "--answer", "So.")
    roadmap("answer", "lora#why", "knew")
    roadmap("next", "--where", "-kind:survey", "--remember")
    calls = {
        "review": ["review --aside"],
        "next": ["next --why", "next --within 1m --kind dataset"],
        "show": ["show first --hints"],
        "history": ["history"],
    }
    seen = {
        name: {key for call in some for key in keys(roadmap(*call.split(), "--json"))}
        for name, some in calls.items()
    }

    assert {
        name: sorted(optional(schema(name)) - seen.get(name, set()))
        for name in WITH_JSON
        if optional(schema(name)) - seen.get(name, set())
    } == {}


@pytest.mark.parametrize("name", WITH_JSON)
def test_one_list_bears_a_promised_name_and_version_1_stands_beside_it(
    roadmap: Run, schema: Callable[[str], Any], name: str
) -> None:
    """The envelope is that of the design, in every form that an output has."""
    listed = json.loads(roadmap("schema", "--json").out)["schemas"]
    lists = next(one["lists"] for one in listed if one["schema"] == name)
    found = schema(name)
    for form in found.get("anyOf", [found]):
        assert form["properties"]["version"]["const"] == 1
        assert {"version"} < set(form["required"])
        assert form["required"][-1] in lists
        assert form["properties"][form["required"][-1]]["type"] == "array"


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("show no-such-paper", ExitStatus.NOT_FOUND),
        ("show t", ExitStatus.NOT_FOUND),
        ("schema no-such-command", ExitStatus.NOT_FOUND),
        ("next --no-such-option", ExitStatus.USAGE),
        ("mark-known llm", ExitStatus.USAGE),
        ("plan --hours 1 --ics -", ExitStatus.USAGE),
        ("--catalogue broken.toml list", ExitStatus.DATA),
        ("note lora x", ExitStatus.DATA),
        ("plan --hours 1 --ics no/such/folder.ics", ExitStatus.CANNOT_WRITE),
    ],
)
@pytest.mark.usefixtures("cold")
def test_a_failure_is_the_error_object(  # noqa: PLR0913, PLR0917 - fixtures and cases
    roadmap: Run,
    schema: Callable[[str], Any],
    home: Path,
    here: Path,
    call: str,
    status: int,
) -> None:
    """Whatever failed; the status in it is that of the program."""
    (here / "broken.toml").write_text('format = "roadmap-catalogue"\nversion = 1\n')
    home.mkdir()
    (home / "notes").write_text("a file where a folder is wanted")
    done = roadmap(*call.split(), "--json")
    found = json.loads(done.out)

    assert complaints(strict(schema("error")), found) == []
    assert (done.code, found["error"]["status"]) == (status, status)


def test_a_bug_is_the_error_object_too(process: Run, schema: Any, here: Path) -> None:
    """Whoever reads the output need not read standard error."""
    (here / "tomli_w.py").write_text("raise KeyError('a secret')\n")
    call = ("mark-read", "lora", "--on", "2026-01-01", "--json")
    done = process(*call, env={"PYTHONPATH": os.fspath(here)})
    found = json.loads(done.out)

    assert complaints(strict(schema("error")), found) == []
    assert (done.code, found["error"]["status"]) == (70, 70)
    assert "secret" not in done.out


def test_a_plan_written_as_a_calendar_is_printed_as_json(
    roadmap: Run, schema: Callable[[str], Any], here: Path
) -> None:
    """One object, although the calendar goes to its file."""
    done = roadmap("plan", "--hours", "1", "--ics", "reading.ics", "--json")

    assert complaints(strict(schema("plan")), json.loads(done.out)) == []
    assert (here / "reading.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_number_without_end_in_a_journal_is_damage_and_no_bug(
    roadmap: Run, home: Path
) -> None:
    """Python reads thousands of digits to the base of 16, and then cannot write them."""
    roadmap("mark-read", "lora")
    with (home / "progress" / "desk.toml").open("a") as journal:
        journal.write(f"\n[[event]]\nx = 0x{'f' * 6000}\nat = 2026-03-02T00:00:00Z\n")

    assert roadmap("history", "--json").code == 3
    assert "a number of too many digits" in roadmap("doctor").out


def test_the_journal_that_is_written_is_the_one_that_is_described(
    roadmap: Run, schema: Callable[[str], Any], home: Path, clock: Clock
) -> None:
    """Only what a stranger added is not in it."""
    import tomllib

    a_reader_of_some_months(roadmap, home, clock)
    text = (home / "progress" / "desk.toml").read_text("utf-8").removesuffix(TOLD)
    told = json.loads(
        json.dumps(tomllib.loads(text), default=lambda at: at.isoformat())
    )

    assert complaints(strict(schema("journal")), told) == []
    assert complaints(schema("journal"), told | {"version": 2}) != []


def test_the_strict_reading_notices_a_key_that_is_gone_new_or_of_another_type(
    roadmap: Run, schema: Callable[[str], Any]
) -> None:
    """Else the other tests here would prove nothing."""
    found = json.loads(roadmap("next", "--json").out)
    promised = strict(schema("next"))
    spoils: list[Callable[[Any], object]] = [
        lambda row: row.pop("url"),
        lambda row: row.update(extra=1),
        lambda row: row.update(minutes="5"),
        lambda row: row["reasons"][0].update(extra=1),
        lambda row: row.update(status="finished"),
    ]
    for spoil in spoils:
        spoilt = copy.deepcopy(found)
        spoil(spoilt["suggestions"][0])

        assert complaints(promised, spoilt) != []
    assert complaints(promised, found) == []
