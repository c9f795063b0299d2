"""What a mark costs with 20 and with 20,000 events in the journal, as whole processes.

Prints medians and their ratio, from runs that alternate, so that a busy machine slows both.
The journals are made by the program's own writer; one run first lets the index read them.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from roadmap_cli.catalogue import load, shipped
from roadmap_cli.journal import header, stanza

RUNS = 25
SIZES = (20, 20_000)
CALLS = (("mark-read", "lora"), ("mark-unread", "lora"))


def fill(home: Path, events: int) -> None:
    """Write a journal of so many events, all on the same few papers of the shipped catalogue."""
    papers = list(load([shipped()], lambda _, make: make()).library.papers)[: SIZES[0]]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    told = (
        stanza(
            start + timedelta(minutes=number),
            papers[number % len(papers)],
            {"status": ("read", "reading", "todo")[number % 3]},
        )
        for number in range(events)
    )
    (home / "progress").mkdir(parents=True)
    (home / "progress" / "desk.toml").write_text(
        header("desk") + "".join(told), "utf-8"
    )


def seconds(home: Path, *call: str) -> float:
    """The time that a call takes, from start to exit."""
    environment = {**os.environ, "ROADMAP_HOME": str(home), "ROADMAP_DEVICE": "desk"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    command = [sys.executable, "-m", "roadmap_cli", *call]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: Path(folder) / str(size) for size in SIZES}
        taken: dict[int, list[float]] = {size: [] for size in SIZES}
        for size, home in homes.items():
            fill(home, size)
            seconds(home, "next")
            seconds(home, *CALLS[1])
        for run in range(RUNS):
            for size, home in homes.items():
                taken[size].append(seconds(home, *CALLS[run % 2]))
    small, large = (median(taken[size]) for size in SIZES)
    print(f"a mark with {SIZES[0]:>6} events: {small * 1000:6.0f} ms")
    print(f"a mark with {SIZES[1]:>6} events: {large * 1000:6.0f} ms")
    print(f"ratio: {large / small:.2f}")


if __name__ == "__main__":
    main()
