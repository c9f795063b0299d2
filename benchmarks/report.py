"""Tells what was measured, as Markdown."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from statistics import median

from benchmarks.calls import CHANGE, MEMORY, MEMORY_AFTER_A_CHANGE, Case

_MET, _MISSED = "✓", "✗"


def about(cases: Sequence[Case], runs: int) -> str:
    """What was measured where, and what the floor took."""
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    python = f"Python {platform.python_version()}"
    frameworks = f"typer {version('typer')}, rich {version('rich')}"
    parts = [f"Medians of {runs} runs; load {load}; {python}, {frameworks}."]
    floors = [one.pair for one in cases if one.call.name != CHANGE]
    if floors:
        milliseconds = median(one.base_seconds for one in floors) * 1000
        peak = median(base.peak for one in floors for _, base in one.runs)
        parts.append(f"The floor takes {milliseconds:.0f} ms and {peak:.0f} MB.")
    return "\n".join(parts)


def table(cases: Iterable[Case]) -> str:
    """A line for each case: its ratios, and whether its bars are met."""
    lines = [
        "| papers | call | where | × floor | bar | ms | processor × | MB | met |",
        "|---|---|---|--:|--:|--:|--:|--:|:-:|",
        *map(_line, cases),
    ]
    return "\n".join(lines)


def notes(cases: Sequence[Case]) -> str:
    """What the table needs to be understood, and how many bars are missed."""
    barred = [one.is_met for one in cases if one.has_bar]
    missed = f"{barred.count(False)} of {len(barred)}"
    memory = f"{MEMORY} MB, {MEMORY_AFTER_A_CHANGE} MB {CHANGE}"
    lines = [f"Memory's bar is {memory}. Calls that miss a bar: {missed}."]
    if any(one.call.name == CHANGE for one in cases):
        lines.append(f"`{CHANGE}` is a multiple of what tomllib needs for the file.")
    return "\n".join(lines)


def _line(case: Case) -> str:
    pair, bar = case.pair, case.bar
    cells = (
        case.home.label,
        case.call.name,
        case.call.where,
        f"{pair.ratio:.2f}",
        f"{bar:.2f}" if bar is not None else "",
        f"{pair.seconds * 1000:.0f}",
        f"{pair.cpu_ratio:.2f}",
        f"{pair.peak:.0f}",
        (_MET if case.is_met else _MISSED) if case.has_bar else "",
    )
    return f"| {' | '.join(cells)} |"
