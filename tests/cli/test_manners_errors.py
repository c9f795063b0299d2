"""How failures are told: in one line and a hint; bugs too; odd names, homes and time zones."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import SETPRIV
from conftest import Result

Run = Callable[..., Result]
CRASH = """
import os, sys
from roadmap_cli.cli import main
from roadmap_cli.program.reading import Reading

def history(self, *_):
    hidden = os.environ["HIDDEN"]
    raise RuntimeError(len(hidden))

Reading.history = history
sys.exit(main(sys.argv[1:]))
"""


def crashing(*arguments: str) -> Result:
    """Run the program as a process in which a method has a bug, and a secret at hand."""
    done = subprocess.run(
        [sys.executable, "-c", CRASH, *arguments],
        env={**os.environ, "HIDDEN": "hunter2"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("debug", [[], ["--debug"]])
@pytest.mark.parametrize("before", [True, False])
def test_a_bug_tells_no_secret(home: Path, debug: list[str], before: bool) -> None:
    """Neither on the streams nor in the report are the values of variables (H2)."""
    done = crashing(*(debug if before else []), "history", *([] if before else debug))
    report = (home / "state" / "crash-report.txt").read_text("utf-8")

    assert done.code == 70
    assert ("Traceback" in done.err) == bool(debug)
    assert done.err.splitlines()[-2:] == [
        "error: a bug in roadmap: RuntimeError",
        f"hint: please report it with {home / 'state' / 'crash-report.txt'}",
    ]
    assert "RuntimeError: 7" in report
    assert "hunter2" not in done.out + done.err + report


@pytest.mark.usefixtures("cold")
def test_a_bug_is_json_too(home: Path) -> None:
    """For who asked for JSON; where no report can be left, that is no second bug."""
    home.mkdir()
    (home / "state").write_text("in the way")
    done = crashing("history", "--json")

    assert '"status": 70' in done.out
    assert done.err == (
        "error: a bug in roadmap: RuntimeError\nhint: run again with --debug to see where\n"
    )


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        ("lsit", "did you mean `list`?"),
        ("mark-raed lora", "did you mean `mark-read`"),
        ("list --stauts read", "did you mean --status?"),
        ("list --plian", "did you mean --plain"),
        ("--catalog x list", "did you mean --catalogue"),
        ("show attenton", "did you mean `attention`"),
        ("mark-read attenton", "did you mean `attention`"),
        ("list agnets", "did you mean `agents`"),
        ("next --topic agnets", "did you mean `agents`"),
        ("search titel:x", "did you mean `title`?"),
        ("lora", "did you mean `roadmap show lora`?"),
        ("llms", "did you mean `roadmap show llm`?"),
        ("goal cleer", "did you mean `clear`?"),
        ("xyzzy", "hint: roadmap --help"),
        ("list llm --order year", "hint: roadmap list --help"),
        ("next --topic lora", "`lora` is a paper: roadmap next --goal lora"),
        ("open llm", "hint: roadmap show llm"),
        ("note llm/agents x", "hint: roadmap show llm/agents"),
        ("list xyzzy", "`roadmap list` shows all topics"),
        ("restore --yes", "roadmap backup makes one"),
        ("restore --yes 2020", "roadmap backup makes one"),
        ("mark-read lora --on 1.2.2026", "write 2026-01-15, today or yesterday"),
        ("mark-read lora --on 2026-02-30", "write 2026-01-15"),
        ("history --since soon", "write 2026-01-15"),
        ("plan --until 2026", "write 2026-01-15"),
        ("plan --hours many", "write 4, 1h30 or 45m"),
        ("plan --hours 1000", "a week has 168 hours; for instance: --hours 4"),
        ("plan --until someday", "write 2026-01-15, today or tomorrow"),
        ("list --year x", "write 2021, 2021..2023, 2021.. or ..2023"),
        ("list --year 2023..2021", "write 2021..2023"),
        ("search year:2023..2021", "write 2021..2023"),
        ("search minutes:60..10", "write 10..60"),
        ("list --kind surveys", "did you mean `survey`?"),
        ("completion bahs", "did you mean `bash`"),
        ("--color alway list", "did you mean `always`?"),
        ("list --kind xyzzy", "roadmap list --help"),
    ],
)
def test_what_is_misspelt_gets_a_hint_and_nothing_is_guessed(
    roadmap: Run, home: Path, call: str, hint: str
) -> None:
    """Commands, options, papers, topics, fields; nothing is written (G21)."""
    done = roadmap(*call.split())
    first, second = done.err.splitlines()

    assert done.code in (1, 2)
    assert first.startswith("error: ")
    assert not first.endswith(".")
    assert second.startswith("hint: ")
    assert hint in second
    assert not (home / "progress").exists()


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_breaks_no_key_of_a_message(
    terminal: Run, process: Run, columns: int
) -> None:
    """What is too long goes on in a line that is set in; a pipe gets it as it is."""
    for call in (["show", "diff"], ["list", "--kind", "papers"]):
        shown = terminal(*call, "--quiet", columns=columns).out
        lines = shown.splitlines()

        assert max(map(len, lines)) <= columns
        assert {one[:2] for one in lines} == {"er", "hi", "  "}
        assert " ".join(shown.split()) == " ".join(process(*call).err.split())


def test_the_frameworks_complaints_quote_as_ours_do(roadmap: Run) -> None:
    """What was typed stands between backticks, whoever complains of it."""
    for call, said in (
        ("lsit", "no such command `lsit`"),
        ("list --kind x", "invalid value for `--kind`: `x` is not one of `paper`, "),
        ("next -n x", "invalid value for `--count` / `-n`: `x` is no whole number"),
    ):
        assert roadmap(*call.split()).err.startswith(f"error: {said}")


def test_a_number_beyond_all_measure_is_a_number(roadmap: Run) -> None:
    """`next -n` and `search --count` take whatever is a whole number."""
    vast = "9" * 30

    assert roadmap("next", "-n", vast).code == 0
    assert roadmap("search", "lora", "--count", vast).code == 0
    assert roadmap("mark-read", "lora", "--rating", vast).code == 2


@pytest.mark.parametrize(
    "call",
    [
        ["where"], ["list"], ["next"], ["mark-read", "lora", "--note", b"\xff\xfe"], ["history"],
        ["undo"], ["note", "bert", b"caf\xe9"], ["show", "bert"], ["backup"], ["doctor"],
        ["restore", "--yes"], ["export", "--progress"], ["search", b"\xff"],
        ["show", b"\xff"], [b"\xff"], ["merge", b"\xff.toml"], ["mark-read", b"\xff"],
        ["list", b"--\xff"], ["--catalogue", b"\xff", "list"], ["history", "--since", b"\xff"],
    ],
    ids=str,
)  # fmt: skip
def test_names_that_are_no_text_are_names(
    process: Run, tmp_path: Path, call: list[str | bytes]
) -> None:
    """In arguments and in ROADMAP_HOME; whatever comes of it is no bug (G12)."""
    home = os.fsdecode(os.fsencode(tmp_path) + b"/h\xff")
    marked = process("mark-read", "mlp", env={"ROADMAP_HOME": home})
    process("backup", env={"ROADMAP_HOME": home})
    done = process(*call, env={"ROADMAP_HOME": home})
    as_json = process(*call, "--json", env={"ROADMAP_HOME": home})

    assert marked.code == 0
    assert done.code in (0, 1, 2, 3)
    assert as_json.code in (0, 1, 2, 3)
    assert "Traceback" not in done.err
    assert done.err.isprintable() or "\n" in done.err
    assert os.path.isdir(os.path.join(home, "progress"))  # noqa: PTH112, PTH118 - a name that is no text


@pytest.mark.parametrize("value", ["", "rel", "./rel"])
def test_a_folder_that_is_not_absolute_counts_as_not_said(
    process: Run, tmp_path: Path, value: str
) -> None:
    """XDG says so; nothing is made where we happen to be (G15)."""
    here, user = tmp_path / "here", tmp_path / "user"
    here.mkdir()
    names = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    env = {**dict.fromkeys(names, value), "HOME": str(user), "ROADMAP_HOME": ""}
    done = process("mark-read", "lora", env=env, cwd=here)

    assert done.code == 0
    assert list(here.iterdir()) == []
    assert (user / ".local/share/roadmap/progress/desk.toml").exists()


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs to become nobody"
)
@pytest.mark.parametrize("home", [None, "/nonexistent"])
def test_without_a_home_the_list_is_still_there(home: str | None) -> None:
    """Looking works; marking says in one line why it cannot (G16)."""
    env = {**os.environ, "ROADMAP_HOME": "", **({"HOME": home} if home else {})}
    if home is None:
        del env["HOME"]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "roadmap_cli", *arguments]
        return subprocess.run(
            [*SETPRIV, *program],
            env=env,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    listed, marked = run("list"), run("mark-read", "lora")

    assert (listed.returncode, listed.stderr) == (0, "")
    assert marked.returncode == 6
    assert marked.stderr.startswith("error: ")
    assert marked.stderr.count("\n") == 1


ZONES = [
    "UTC",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/New_York",
    "Europe/Berlin",
    "Nowhere/At_All",
]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-29T01:30:00",
        "2026-10-25T00:30:00",
        "2026-03-08T07:30:00",
        "2026-06-01T18:20:00",
    ],
)
def test_a_moment_is_the_same_instant_in_every_time_zone(
    tmp_path: Path, moment: str
) -> None:
    """As the writer's clock shows it; around the days on which clocks are changed too (I1)."""
    code = (
        "import sys; from datetime import datetime, UTC; from roadmap_cli.cli import main\n"
        f"now = lambda: datetime.fromisoformat('{moment}').replace(tzinfo=UTC)\n"
        "sys.exit(main(['mark-read', 'lora', 'bert', '--rating', '4'], now))"
    )
    seen = {}
    for zone in ZONES:
        home = tmp_path / zone.replace("/", "-")
        env = {**os.environ, "TZ": zone, "ROADMAP_HOME": str(home)}
        subprocess.run(
            [sys.executable, "-c", code], env=env, check=True, capture_output=True
        )
        seen[zone] = (home / "progress" / "desk.toml").read_text("utf-8")
    at = datetime.fromisoformat(f"{moment}+00:00")
    times = {
        event["at"]
        for contents in seen.values()
        for event in tomllib.loads(contents)["event"]
    }

    assert times == {at}
    assert seen["UTC"].count(f"at = {moment}.000000+00:00\n") == 2
    nepal = f"{at.astimezone(ZoneInfo('Asia/Kathmandu')):%Y-%m-%dT%H:%M:%S}"
    assert seen["Asia/Kathmandu"].count(f"at = {nepal}.000000+05:45\n") == 2


def test_the_day_is_that_of_the_writers_clock(process: Run) -> None:
    """It stays where it is read: `since` on both sides of the date line (I1)."""
    days = set()
    process("mark-read", "lora", env={"TZ": "Pacific/Kiritimati"})
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        shown = process("show", "lora", env={"TZ": zone}).out
        days.add(
            next(line for line in shown.splitlines() if line.startswith("since\t"))
        )

    assert len(days) == 1
