"""The benchmark as one command: `python -m benchmarks --help` says what it can do."""

import argparse
import compileall
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import roadmap_cli
from benchmarks import chart, growth, homes, hubs, journal, report, screen
from benchmarks.calls import COMPLETION, PIPE, TERMINAL, Case, cases
from benchmarks.measure import Pair, measure

PLOT = Path("build") / "benchmark.svg"
_LARGE = 100_000


def main(arguments: Sequence[str]) -> int:
    """Measure, tell, draw; the exit status is 1 if `--check` is given and a bar is missed."""
    wanted = _wanted(arguments)
    _compile()
    if wanted.growth:
        with tempfile.TemporaryDirectory() as folder:
            grown = growth.measured(Path(folder), 1 if wanted.quick else 3, _tell)
        print(growth.table(grown))
        return 0
    if wanted.screen:
        papers = 1000 if wanted.quick else 20_000
        with tempfile.TemporaryDirectory() as folder:
            print(screen.table(Path(folder), papers, wanted.runs))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found, mark = _measured(wanted, Path(folder))
    print(report.about(found, wanted.runs), report.table(found), sep="\n\n", end="\n\n")
    print(report.notes(found))
    if not any(one.call.name == COMPLETION for one in found):
        print(f"`{COMPLETION}` was not measured.")
    if mark:
        print(
            f"A mark with {journal.LONG:,} events in the journal takes {mark.ratio:.2f} ×"
        )
        print(f"what it takes with {journal.SHORT} events.")
    wanted.plot.parent.mkdir(parents=True, exist_ok=True)
    wanted.plot.write_text(chart.svg(panels(found)), encoding="utf-8")
    print(f"\nPlot: {wanted.plot}")
    return exit_status(found, check=wanted.check)


def exit_status(found: Sequence[Case], *, check: bool) -> int:
    """0, but where bars are to be checked and one is missed."""
    return int(check and not all(one.is_met for one in found))


def panels(found: Sequence[Case]) -> list[chart.Panel]:
    """What to plot: the calls that have bars for every size."""
    made = []
    for title, bar in (("On a terminal", TERMINAL), ("In a pipe", PIPE)):
        lines: dict[str, list[tuple[int, float]]] = {}
        for one in found:
            if one.call.bar is bar and not one.home.has_hubs:
                points = lines.setdefault(one.call.name, [])
                points.append((one.home.size, one.pair.ratio))
        bars = {homes.SHIPPED: bar.small, f"{_LARGE:,}": bar.large}
        shown = {name: one for name, one in bars.items() if one is not None}
        made.append(chart.Panel(title, lines, shown))
    return made


def _wanted(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    add = parser.add_argument
    add("--runs", type=int, help="of each call; 15 if nothing is said")
    add("--sizes", type=_listed, help="shipped,10000,100000,hub-100000")
    add("--only", type=_listed, default=[], help="beginnings of names: next,search")
    add("--quick", action="store_true", help="few runs of small catalogues")
    add(
        "--growth", action="store_true", help="what twice as much costs, shape by shape"
    )
    add("--screen", action="store_true", help="how soon the full screen shows a text")
    add("--plot", type=Path, default=PLOT, metavar="FILE", help="where the plot goes")
    add("--check", action="store_true", help="exit with 1 if a bar is missed")
    wanted = parser.parse_args(arguments)
    wanted.runs = wanted.runs or (3 if wanted.quick else 15)
    few = [homes.SHIPPED, "1000", f"{hubs.PREFIX}1000"]
    many = [homes.SHIPPED, "10000", "100000", f"{hubs.PREFIX}100000"]
    wanted.sizes = wanted.sizes or (few if wanted.quick else many)
    return wanted


def _listed(text: str) -> list[str]:
    return text.split(",")


def _measured(
    wanted: argparse.Namespace, folder: Path
) -> tuple[list[Case], Pair | None]:
    found: list[Case] = []
    for size in wanted.sizes:
        _tell(f"making the reader of {size} papers")
        home = homes.make(size, folder / size)
        found += cases(home, wanted.only)
    is_wanted = not wanted.only or journal.NAME in wanted.only
    mark = journal.pair(folder / journal.NAME) if is_wanted else None
    pairs = [one.pair for one in found] + ([mark] if mark else [])
    measure(pairs, wanted.runs, _tell)
    return found, mark


def _compile() -> None:
    """Compile the program and the floor: the environment may forbid that it happens by itself."""
    for package in (Path(roadmap_cli.__file__).parent, Path(__file__).parent):
        compileall.compile_dir(package, quiet=2)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
