"""The benchmark's parts do what they say; how fast anything is, no test asks."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks import catalogues, chart, growth, homes, report, screen
from benchmarks.__main__ import exit_status, main, panels
from benchmarks.calls import CALLS, CHANGE, Call, Case
from benchmarks.homes import Home
from benchmarks.measure import Pair, Process, Run, measure
from roadmap_cli.catalogues.reading import load
from roadmap_cli.disk.places import shipped
from roadmap_cli.journal.text import parse

SIZE = 780


def a_home(size: int = 100_000, **fields: Any) -> Home:
    """A reader of so many papers, of whom only the figures matter."""
    defaults: dict[str, Any] = {
        "label": f"{size:,}",
        "folder": Path(),
        "catalogue": Path("made.toml"),
        "fresh": ("one", "two"),
        **dict.fromkeys(("key", "topic", "word", "common"), "word"),
    }
    return Home(size=size, **{**defaults, **fields})


def a_case(
    call: Call, seconds: float, *, size: int = 100_000, peak: float = 30
) -> Case:
    """A call that took so long, against a floor of a second."""
    process = Process(lambda _: [sys.executable, "-c", ""], {})
    pair = Pair(process, process)
    pair.runs.append((Run(seconds, seconds, peak), Run(1, 1, 25)))
    return Case(call, a_home(size), pair)


def the_call(name: str, where: str) -> Call:
    """The call of that name."""
    return next(one for one in CALLS if (one.name, one.where) == (name, where))


def test_a_made_catalogue_is_valid_and_looks_like_one(tmp_path: Path) -> None:
    """The program's own check finds nothing; its parts are all in use."""
    path = tmp_path / "made.toml"
    catalogues.write_catalogue(path, SIZE)
    shelf = load([path])
    papers = shelf.library.papers

    assert shelf.damages == ()
    assert [*papers] == [f"bench/{catalogues.key(one, SIZE)}" for one in range(SIZE)]
    assert {"arxiv", "venue", "synonyms", "aliases", "requires", "doi", "note"} <= {
        name
        for one in papers.values()
        for name in dir(one)
        if not name.startswith("_") and getattr(one, name)
    }
    assert any(topic.requires for area in shelf.library.areas for topic in area.topics)


@pytest.mark.parametrize("number", [0, SIZE // 2, SIZE - 1])
def test_the_names_to_call_with_are_in_the_catalogue(
    number: int, tmp_path: Path
) -> None:
    """The topic holds the paper, the word is of its title."""
    path = tmp_path / "made.toml"
    catalogues.write_catalogue(path, SIZE)
    library = load([path]).library
    key = catalogues.key(number, SIZE)
    topics = {
        f"{area.id}/{topic.id}": [paper.key for paper in library.papers_of(topic)]
        for area in library.areas
        for topic in area.topics
    }

    assert key in topics[catalogues.topic(number)]
    title = library.papers[f"bench/{key}"].title
    assert catalogues.method(number, SIZE) in title.lower()


def test_the_same_size_gives_the_same_catalogue(tmp_path: Path) -> None:
    """Byte by byte, and another one for another size."""
    texts = []
    for name, size in (("a", SIZE), ("b", SIZE), ("c", SIZE + 1)):
        catalogues.write_catalogue(tmp_path / name, size)
        texts.append((tmp_path / name).read_bytes())

    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_a_fifth_of_the_papers_is_read(tmp_path: Path) -> None:
    """The journal is one that the program reads; 100,000 papers make 20,000 events."""
    path = tmp_path / "desk.toml"
    catalogues.write_journal(path, 1000)
    parsed = parse(path.read_bytes(), path=str(path))

    assert (parsed.device, len(parsed.events), parsed.torn) == ("desk", 200, b"")
    assert sum(map(catalogues.is_read, range(100_000))) == 20_000


def test_what_is_added_later_fits_the_catalogue(tmp_path: Path) -> None:
    """Appended, it is one more paper."""
    path = tmp_path / "made.toml"
    catalogues.write_catalogue(path, 60)
    with path.open("a") as file:
        file.write(catalogues.added(1) + catalogues.added(2))

    assert len(load([path]).library.papers) == 62


def test_both_of_a_pair_run_as_often_and_the_first_round_does_not_count() -> None:
    """On a terminal and in a pipe; each is told the number of its run."""
    seen: list[tuple[str, int]] = []

    def call(name: str, number: int) -> list[str]:
        seen.append((name, number))
        return [sys.executable, "-c", "import sys; print(sys.stdout.isatty())"]

    own = Process(lambda number: call("own", number), {}, on_terminal=True)
    base = Process(lambda number: call("base", number), {})
    pair = Pair(own, base)
    measure([pair], 2, lambda _: None)

    assert seen == [(name, number) for number in range(3) for name in ("base", "own")]
    assert len(pair.runs) == 2
    assert all(one.seconds > 0 and one.peak > 1 for run in pair.runs for one in run)


def test_a_call_that_fails_is_not_measured() -> None:
    """What it said is told."""
    process = Process(lambda _: [sys.executable, "-c", "exit('no')"], {})

    with pytest.raises(subprocess.CalledProcessError) as caught:
        Pair(process, process).go(0)
    assert b"no" in caught.value.output


@pytest.mark.parametrize(
    ("name", "where", "size", "seconds", "peak", "is_met"),
    [
        ("next", "terminal", 172, 1.24, 30, True),
        ("next", "terminal", 172, 1.3, 30, False),
        ("next", "terminal", 100_000, 1.3, 30, True),
        ("next", "terminal", 100_000, 1.3, 81, False),
        ("next --json", "pipe", 172, 1.01, 30, False),
        ("search", "pipe", 100_000, 1.1, 30, True),
        ("completion", "pipe", 100_000, 1.1, 30, False),
        (CHANGE, "pipe", 100_000, 1.9, 290, True),
        (CHANGE, "pipe", 100_000, 1.9, 310, False),
        (CHANGE, "pipe", 100_000, 2.1, 290, False),
        (CHANGE, "pipe", 172, 9, 40, True),
        ("--help", "terminal", 172, 9, 40, True),
    ],
)
def test_the_bars_are_those_of_the_issue(  # noqa: PLR0913 - a table
    name: str, where: str, size: int, seconds: float, peak: float, *, is_met: bool
) -> None:
    """On a terminal and in a pipe, with few papers and with many."""
    case = a_case(the_call(name, where), seconds, size=size, peak=peak)

    assert case.is_met is is_met
    assert report.table([case]).endswith(" |  |") is not case.has_bar


def test_the_plot_is_well_formed_and_names_its_lines_and_bars() -> None:
    """One panel for each of terminal and pipe; names that XML minds are escaped."""
    cases = [
        a_case(the_call(name, where), seconds, size=size)
        for name in ("next", "search")
        for where in ("terminal", "pipe")
        for size, seconds in ((172, 1.0), (10_000, 1.2), (100_000, 40))
    ]
    drawn = chart.svg([*panels(cases), chart.Panel("<&>", {"a<b": [(172, 2.0)]})])
    texts = [one.text or "" for one in ET.fromstring(drawn).iter() if one.text]  # noqa: S314 - our own

    assert {"On a terminal", "In a pipe", "<&>", "100,000"} <= {*texts}
    assert {"bar, shipped: 1.25", "bar, 100,000: 1.15"} <= {*texts}
    assert [one for one in texts if one.startswith("next")] == ["next  40.00"] * 2
    assert "a<b  2.00" in texts


def test_a_plot_of_nothing_is_a_plot() -> None:
    """Where `--only` leaves no line, the axes are left."""
    assert ET.fromstring(chart.svg(panels([]))).tag.endswith("svg")  # noqa: S314 - our own


def test_the_keys_of_the_shipped_catalogue_are_found_without_a_parser() -> None:
    """All of them, in the file's order."""
    library = load([shipped()]).library

    assert homes.shipped_keys() == [one.key for one in library.papers.values()]


def test_the_reader_of_the_shipped_catalogue_has_read_a_fifth(tmp_path: Path) -> None:
    """What is there to be marked is not among it; a change is made to a copy."""
    home = homes.make(homes.SHIPPED, tmp_path / "reader")
    copy = home.changing()
    path = homes.journal(home.environment)
    read = {one.paper for one in parse(path.read_bytes(), path=str(path)).events}

    assert len(read) == home.size // 5
    assert not read & {f"genai/{one}" for one in home.fresh}
    assert "ROADMAP_CATALOGUE" not in home.environment
    assert copy.environment["ROADMAP_CATALOGUE"].startswith(copy.environment["HOME"])
    assert homes.journal(copy.environment).read_bytes() == path.read_bytes()


def test_the_whole_command_runs_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row for each call, a plot; whether bars are met only `--check` minds."""
    plot = tmp_path / "plots" / "cost.svg"
    given = ["--quick", "--runs=1", "--sizes=60,hub-60", f"--plot={plot}"]
    status = main([*given, "--only=mark-read,after"])
    rows = [one for one in capsys.readouterr().out.splitlines() if "|" in one]

    assert status == 0
    assert len(rows) == 2 + 3 + 3
    assert ET.parse(plot).getroot().tag.endswith("svg")  # noqa: S314 - our own


def test_growth_is_measured_at_a_size_and_at_twice_that(tmp_path: Path) -> None:
    """What is refused with its limit has to be refused; a row for each shape."""
    wanted = {
        "path": 5,
        "list TOPIC": 5,
        "search: words that": 300,
        "mark-read: bytes": 300_000,
    }
    shapes = [
        shape._replace(size=size)
        for shape in growth.SHAPES
        for start, size in wanted.items()
        if shape.name.startswith(start)
    ]
    found = growth.measured(tmp_path, 1, lambda _: None, shapes)

    assert len(growth.table(found).splitlines()) == 2 + len(wanted)
    assert all(one.once.cpu > 0 and one.ratio > 0 for one in found)


def test_a_shape_that_is_not_refused_as_said_is_not_measured(tmp_path: Path) -> None:
    """A limit that is gone would else look like a fast call."""
    shape = next(one for one in growth.SHAPES if one.refused == 2)

    with pytest.raises(subprocess.CalledProcessError):
        growth.measured(tmp_path, 1, lambda _: None, [shape._replace(size=3)])


@pytest.mark.parametrize(
    ("seconds", "check", "status"), [(9, True, 1), (9, False, 0), (0.5, True, 0)]
)
def test_only_check_minds_a_missed_bar(
    seconds: float, status: int, *, check: bool
) -> None:
    """A benchmark is no gate unless it is asked to be one."""
    case = a_case(the_call("next", "terminal"), seconds)

    assert exit_status([case], check=check) == status


def test_the_full_screen_is_timed_beside_the_least_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every shape; each row tells how many times as long it takes."""
    monkeypatch.delenv("ROADMAP_USE")
    rows = screen.table(tmp_path, 100, 1).splitlines()
    ratios = [float(row.split("|")[3]) for row in rows[2:]]

    assert len(ratios) == 4
    assert all(0.1 < ratio < 100 for ratio in ratios)
