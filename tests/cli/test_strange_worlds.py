"""Impossible zones, screens and clocks, hostile numbers, and Ctrl-C at the wrong moment."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import everything
from conftest import Clock, Result
from roadmap_cli import __version__

Run = Callable[..., Result]

ZONES = ["UTC+25", "UTC-24", "Nowhere/City", ":", "A" * 10_000, "<A>99", "UTC+24:59:59"]
NUMBERS = ["9" * 5_000, "9" * 20, "-5", "1e9", "0", "٣٤", " 80 ", "x", "1"]
CLOCKS = [
    datetime.min.replace(tzinfo=UTC),
    datetime(1, 6, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(9000, 6, 1, tzinfo=UTC),
    datetime(9999, 12, 31, tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
]
ENDS = ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-14:00"]  # fmt: skip


@pytest.fixture
def sample(cold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that read a catalogue, beside a journal with the first and the last time."""
    home = cold
    home.mkdir()
    path = everything.prepare(tmp_path, everything.CLEAN, everything.PLAIN, home)
    events = "".join(
        f'\n[[event]]\npaper = "sample/p{n}"\nstatus = "read"\nat = {at}\n'
        for n, at in enumerate(ENDS)
    )
    head = 'format = "roadmap-journal"\nversion = 1\ndevice = "far"\n'
    (home / "progress" / "far.toml").write_text(head + events)
    monkeypatch.chdir(tmp_path)
    return ["--catalogue", str(path)]


CALLS = [
    *everything.calls(),
    ["plan", "--until", "9999-12-31"],
    ["plan", "--from", "9000-12-31", "--hours", "1"],
    ["plan", "--until", "tomorrow"],
    ["mark-read", "p5", "--on", "yesterday"],
    ["mark-read", "p5", "--on", "0001-01-01"],
    ["goal", "set", "p3"],
    ["stats", "--color", "always"],
    ["--color", "always", "--no-pager"],
]


@pytest.mark.parametrize("now", CLOCKS, ids=lambda now: f"{now.year}-{now.month}")
def test_no_clock_is_a_bug_of_ours(
    roadmap: Run, clock: Clock, sample: list[str], now: datetime
) -> None:
    """Every command works, or says what is wrong, on the first day and on the last."""
    clock.at = now
    endings = {" ".join(call): roadmap(*sample, *call).code for call in CALLS}

    assert [call for call, code in endings.items() if code > 6] == []


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone[:9])
def test_no_zone_is_a_bug_of_ours(
    roadmap: Run, sample: list[str], zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day or more from UTC, of no place, or no zone at all."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    endings = {" ".join(call): roadmap(*sample, *call).code for call in CALLS}
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    assert [call for call, code in endings.items() if code > 6] == []


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:9])
def test_no_size_of_a_screen_is_a_bug_of_ours(
    terminal: Run, roadmap: Run, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no screen has is not believed; messages are laid out too."""
    size = {"COLUMNS": number, "LINES": number}
    drawn = terminal("list", "llm", "--no-pager", env=size)
    failed = terminal("nosuch", env=size)
    for name in size:
        monkeypatch.setenv(name, number)
    in_colour = roadmap("stats", "--color", "always")
    helped = roadmap("--help")

    assert (drawn.code, failed.code, in_colour.code, helped.code) == (0, 2, 0, 0)


VALUES = [
    *NUMBERS, "", "1e300", "1e999", "nan", "-inf", "999999999h", "9999:59", "0001-01-01", "9999-12-31",
    "2026-02-30", "10000-01-01", "½", "0..0", "5..1", "9" * 5_000 + "..", "a" * 50_000, "\udcff", "-5h",
]  # fmt: skip


def options() -> list[tuple[str, str]]:
    """Every option that takes a value, with the command that has it."""
    return [
        (name, parameter.opts[0])
        for name in everything.commands()
        if name in everything.SAMPLES
        for parameter in everything.parameters(name)
        if parameter.opts[0].startswith("--") and not getattr(parameter, "is_flag", 0)
    ]


@pytest.mark.parametrize(("command", "option"), options())
def test_no_value_of_an_option_is_a_bug_of_ours(
    roadmap: Run, sample: list[str], command: str, option: str
) -> None:
    """Done, or refused; numbers, days and lengths of time beyond all bounds among them."""
    call = everything.SAMPLES[command]
    endings = {
        value: roadmap(*sample, *call, f"{option}={value}").code for value in VALUES
    }

    assert [value[:20] for value, code in endings.items() if code > 6] == []


@pytest.mark.parametrize(
    "field", ["year:", "minutes:", "rating:", "year>", "minutes<="]
)
def test_no_number_in_a_query_is_a_bug_of_ours(
    roadmap: Run, sample: list[str], field: str
) -> None:
    """Of a search, and of the filter of a list."""
    calls = [[*call, field + value] for value in VALUES for call in (["search"], ["list", "--where"])]  # fmt: skip

    assert [call for call in calls if roadmap(*sample, *call).code > 6] == []


def started(before: str, *arguments: str) -> Result:
    """A run of the program behind some lines of Python."""
    code = f"{before}\nfrom roadmap_cli.__main__ import run\nrun()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Result(done.returncode, done.stdout, done.stderr)


WHILE_IMPORTING = """
import signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            {deed}
sys.meta_path.insert(0, Interrupting())
"""
NOW = "signal.raise_signal(signal.SIGINT)"
IN_A_CALLBACK = (
    "type('Dying', (), {'__del__': lambda _: signal.raise_signal(signal.SIGINT)})()"
)
EARLY = ["roadmap_cli.completion", "roadmap_cli.cli", "typer", "roadmap_cli.cli.main"]
LATE = [
    "roadmap_cli.cli.commands.reading",
    "roadmap_cli.curriculum.library",
    "roadmap_cli.suggest",
]


@pytest.mark.parametrize("module", EARLY + LATE)
@pytest.mark.parametrize("deed", [NOW, IN_A_CALLBACK], ids=["now", "callback"])
def test_an_interrupt_while_it_starts_ends_quietly(module: str, deed: str) -> None:
    """Whatever is being imported; nor does Python swallow it in a callback and go on."""
    done = started(WHILE_IMPORTING.format(module=module, deed=deed), "next")

    assert (done.code, done.out) == (130, "")
    assert done.err == ("" if module in EARLY else done.err)
    assert done.err in ("", "interrupted\n")


def test_an_interrupt_after_everything_is_done_changes_nothing() -> None:
    """While the interpreter ends."""
    at_exit = f"import atexit, signal\natexit.register(lambda: {NOW})"
    done = started(at_exit, "next", "--json")

    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("}\n")


def test_the_end_of_a_run_waits_for_what_others_began() -> None:
    """A thread, a profiler, what is registered for the end, and what is not written out yet."""
    others = (
        "import atexit, threading\n"
        "print('begun')\n"
        "def late():\n"
        "    threading.main_thread().join()\n"
        "    print('late')\n"
        "atexit.register(print, 'registered')\n"
    )
    alone = started(others, "--version")
    beside = started(f"{others}threading.Thread(target=late).start()\n", "--version")

    assert alone.out.split() == ["begun", "roadmap", __version__, "registered"]
    assert {*beside.out.split()} == {*alone.out.split(), "late"}

    profiled = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "roadmap_cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert " function calls " in profiled.stdout


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    """A shell that starts it in the background wants that."""
    ignoring = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{WHILE_IMPORTING.format(module='typer', deed=NOW)}"
    done = started(ignoring, "next")

    assert (done.code, done.err) == (0, "")
