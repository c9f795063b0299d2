"""What is measured, and how much of the floor each may cost."""

import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import catalogues, homes
from benchmarks.homes import Home
from benchmarks.measure import Pair, Process

MEMORY = 80
"""Megabytes that a call may take at most."""
MEMORY_AFTER_A_CHANGE = 300
"""Megabytes that the first run after a change of the catalogue may take."""
SMALL = 1_000
"""Papers up to which a catalogue is as small as the shipped one."""
CHANGE = "after a change"
COMPLETION = "completion"
LIST = "list"
_COMPLETE = "_ROADMAP_COMPLETE"


@dataclass(frozen=True, slots=True)
class Bar:
    """The most that a call may cost with few papers, as are shipped, and with many."""

    small: float | None
    large: float | None
    memory: float | None = MEMORY

    def of(self, home: Home) -> float | None:
        """The bar for a reader."""
        return self.small if home.size <= SMALL else self.large


TERMINAL = Bar(1.25, 1.4)
PIPE = Bar(1.0, 1.15)
NONE = Bar(None, None, memory=None)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to measure: {these} are names in the reader's catalogue."""

    name: str
    words: str
    bar: Bar
    on_terminal: bool = False

    @property
    def where(self) -> str:
        """Where its output goes."""
        return "terminal" if self.on_terminal else "pipe"


_EVERYDAY = {
    "next": "next",
    LIST: "list {topic}",
    "search": "search {word}",
    "search (common)": "search {common} --count 10",
    "search (nearest)": "search {unsaid}",
    "mark-read": "mark-read {fresh}",
    "show": "show {key}",
}
_IN_JSON = ("next", "search")
CALLS = (
    *(
        Call(name, words, TERMINAL, on_terminal=True)
        for name, words in _EVERYDAY.items()
    ),
    *(Call(name, words, PIPE) for name, words in _EVERYDAY.items()),
    *(Call(f"{name} --json", f"{_EVERYDAY[name]} --json", PIPE) for name in _IN_JSON),
    Call("add (known)", "add {key}", Bar(1.25, 1.4), on_terminal=True),
    Call("--version", "--version", NONE, on_terminal=True),
    Call("--help", "--help", NONE, on_terminal=True),
    Call(COMPLETION, "show {prefix}", Bar(1.0, 1.0)),
    Call(CHANGE, "next", Bar(None, 2.0, memory=MEMORY_AFTER_A_CHANGE)),
)


@dataclass(slots=True)
class Case:
    """A call of one reader, measured."""

    call: Call
    home: Home
    pair: Pair

    @property
    def bar(self) -> float | None:
        """The most that it may cost."""
        return self.call.bar.of(self.home)

    @property
    def has_bar(self) -> bool:
        """Whether it may not cost whatever it likes."""
        return self.bar is not None or self.call.bar.memory is not None

    @property
    def is_met(self) -> bool:
        """Whether it costs no more than it may."""
        memory = self.call.bar.memory
        is_fast = self.bar is None or self.pair.ratio <= self.bar
        return is_fast and (memory is None or self.pair.peak <= memory)


def cases(home: Home, only: Collection[str]) -> Iterator[Case]:
    """The calls to measure for a reader; `only` those whose names begin so, if any are given."""
    wanted = [call for call in CALLS if not only or call.name.startswith(tuple(only))]
    for call in wanted:
        if home.has_hubs and call.name == LIST:
            continue  # thousands of rows, each of which costs
        if call.name == CHANGE:
            yield Case(call, home, _after_a_change(call, home.changing()))
        elif call.name != COMPLETION or completes(home):
            yield Case(call, home, Pair(_process(call, home), floor(home)))


def floor(home: Home) -> Process:
    """The bare program, on a terminal."""
    command = [sys.executable, "-c", "from floor import app; app()"]
    return Process(lambda _: command, home.environment, on_terminal=True)


def completes(home: Home) -> bool:
    """Whether the program, as it is installed, answers to TAB with names that begin so."""
    asking = {**home.environment, _COMPLETE: "bash"}
    try:
        lines = homes.ask(asking, "show", _begun(home)).splitlines()
    except subprocess.CalledProcessError:
        return False
    return bool(lines) and all(one.startswith(_begun(home)) for one in lines)


def _begun(home: Home) -> str:
    """What is typed of a key when TAB is pressed."""
    return home.key[:3]


def _process(call: Call, home: Home) -> Process:
    def words(number: int) -> Sequence[str]:
        # In a pipe and on a terminal, what is marked must be new: two halves, then.
        fresh = home.fresh[call.on_terminal :: 2]
        names = {
            "topic": home.topic,
            "word": home.word,
            "common": home.common,
            "unsaid": home.unsaid,
            "key": home.key,
            "prefix": _begun(home),
            "fresh": fresh[number % len(fresh)],
        }
        return [*homes.program(), *call.words.format(**names).split()]

    asked = {_COMPLETE: "bash"} if call.name == COMPLETION else {}
    return Process(words, {**home.environment, **asked}, call.on_terminal)


def _after_a_change(call: Call, home: Home) -> Pair:
    """The first run after a paper was added, against parsing the file and nothing else."""
    parse = "import sys, tomllib; tomllib.load(open(sys.argv[1], 'rb'))"
    command = [sys.executable, "-c", parse, str(home.catalogue)]

    def add(number: int) -> None:
        with home.catalogue.open("a", encoding="utf-8") as file:
            file.write(catalogues.added(number))

    base = Process(lambda _: command, home.environment)
    return Pair(_process(call, home), base, add)
