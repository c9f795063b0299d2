"""What a mark costs with 20,000 events in the journal, against one with 20."""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks import catalogues, homes
from benchmarks.measure import Pair, Process

NAME = "journal"
SHORT, LONG = 20, 20_000


def pair(folder: Path) -> Pair:
    """Marks of the same paper, read and unread in turn, in a long and in a short journal."""
    short, long = (_marking(folder / str(length), length) for length in (SHORT, LONG))
    return Pair(long, short)


def _marking(folder: Path, events: int) -> Process:
    folder.mkdir(parents=True)
    environment = homes.surroundings(folder)
    keys = [f"genai/{key}" for key in homes.shipped_keys()]
    names: Iterator[str] = islice(cycle(keys[:SHORT]), events)
    catalogues.write_events(homes.journal(environment), names)
    calls = (("mark-read", keys[0]), ("mark-unread", keys[0]))
    return Process(lambda number: [*homes.program(), *calls[number % 2]], environment)
