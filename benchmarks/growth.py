"""What a call costs where something grows: each shape at a size and at twice that size.

Informational: a ratio of about 2 is what twice as much should cost, and below it counts the start.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks import homes
from benchmarks.measure import Process, Run, start
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.progress.events import name_of

NAME = "growth"
_START = datetime(2026, 1, 1, tzinfo=UTC)
_DEVICE = "laptop"


class Shape(NamedTuple):
    """Something that grows: `make` lays it down in a folder and gives what to call.

    A call that is `refused` ends with that exit status, and has the limit named.
    """

    name: str
    size: int
    make: Callable[["Folder", int], Sequence[str]]
    refused: int = 0


class Grown(NamedTuple):
    """A shape, and what its call took at its size and at twice that."""

    shape: Shape
    once: Run
    twice: Run

    @property
    def ratio(self) -> float:
        """How many times as much of the processor's time twice as much takes."""
        return self.twice.cpu / self.once.cpu


class Folder(NamedTuple):
    """Where a reader's files are laid down."""

    path: Path
    environment: dict[str, str]

    def catalogue(self, keys: Sequence[str], needs: dict[str, list[str]]) -> None:
        """A catalogue of one topic, of which the first paper is read."""
        topic = f'[[area.topic]]\nid = "t"\ntitle = "T"\npapers = {json.dumps(keys)}\n'
        text = f'[[area]]\nid = "a"\ntitle = "A"\n{topic}'
        self._catalogue(text, keys, needs)
        homes.ask(self.environment, "mark-read", keys[0])

    def topics(self, count: int) -> None:
        """A catalogue of so many topics, a hundred in each area."""
        lines = []
        for number in range(count):
            if number % 100 == 0:
                area = number // 100
                lines.append(f'[[area]]\nid = "a{area}"\ntitle = "Area {area}"\n')
            summary = "What this topic is about, in words. " * 20
            lines.append(
                f'[[area.topic]]\nid = "t{number}"\ntitle = "Topic {number}"\n'
                f'summary = "{summary}"\npapers = ["p{number}"]\n'
            )
        self._catalogue("".join(lines), [f"p{number}" for number in range(count)], {})

    def _catalogue(
        self, areas: str, keys: Sequence[str], needs: dict[str, list[str]]
    ) -> None:
        path = self.path / "catalogue.toml"
        head = (
            'format = "roadmap-catalogue"\nversion = 1\nid = "grown"\ntitle = "Grown"\n'
        )
        with path.open("w", encoding="utf-8") as file:
            file.write(head + areas)
            for key in keys:
                file.write(
                    f'[paper.{key}]\ntitle = "The paper {key}"\nurl = "https://example.org/{key}"\n'
                    f"requires = {json.dumps(needs.get(key, []))}\n"
                )
        self.environment["ROADMAP_CATALOGUE"] = str(path)

    def journal(self, texts: Iterator[str]) -> None:
        """A journal of another device."""
        path = homes.journal(self.environment).with_name(f"{_DEVICE}.toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.write(header(_DEVICE))
            file.writelines(texts)


def _row(*call: str) -> Callable[[Folder, int], Sequence[str]]:
    def make(folder: Folder, size: int) -> Sequence[str]:
        folder.catalogue([f"p{number}" for number in range(size)], {})
        return call

    return make


def _path(folder: Folder, size: int) -> Sequence[str]:
    keys = [f"p{number}" for number in range(size)]
    folder.catalogue(keys, {after: [before] for before, after in pairwise(keys)})
    return "path", keys[-1]


def _topic(folder: Folder, size: int) -> Sequence[str]:
    folder.topics(size)
    homes.ask(folder.environment, "list", "t3")
    return "list", "t3"


def _unclear(_: Folder, size: int) -> Sequence[str]:
    return "mark-read", *(f"nothing-like-{number}" for number in range(size))


def _joined(_: Folder, size: int) -> Sequence[str]:
    return "search", "-".join("a" * size)


def _quoted(_: Folder, size: int) -> Sequence[str]:
    return "search", f'"{" ".join("a" * size)}"'


def _events(
    said: Callable[[int], dict[str, object]], *call: str, ahead: int = 0
) -> Callable[[Folder, int], Sequence[str]]:
    def make(folder: Folder, size: int) -> Sequence[str]:
        times = (_time(number, ahead) for number in range(size))
        folder.journal(stanza(at, "", said(number)) for number, at in enumerate(times))
        return call

    return make


def _time(number: int, ahead: int = 0) -> datetime:
    return _START + timedelta(seconds=number, days=ahead)


def _distrusts(number: int) -> dict[str, object]:
    return {"distrusts": name_of((_DEVICE, _time(number + 1)))}


def _undoes(number: int) -> dict[str, object]:
    return {"undoes": name_of((_DEVICE, _time(number - 1)))} if number else _read(0)


def _read(_: int) -> dict[str, object]:
    return {"paper": "genai/lora", "status": "read"}


def _comment(folder: Folder, size: int) -> Sequence[str]:
    folder.journal(iter(["#" + "x" * size + "\n"]))
    return "mark-read", "lora"


SHAPES = (
    Shape("plan --all, after a mark: papers", 4_000, _row("plan", "--all", "--hours", "40")),
    Shape("next -n 2000, after a mark: papers", 2_000, _row("next", "-n", "2000")),
    Shape("path: papers in a chain", 15_000, _path),
    Shape("list TOPIC by its id: topics", 2_500, _topic),
    Shape("mark-read: names that are not clear", 1_500, _unclear, refused=1),
    Shape("search: words that hyphens join", 20_000, _joined, refused=2),
    Shape("search: words in quotes", 16_000, _quoted, refused=2),
    Shape("next: events each of which distrusts the next", 1_500, _events(_distrusts, "next")),
    Shape("history: undos of undos", 2_000, _events(_undoes, "history")),
    Shape("next: events to come", 10_000, _events(_read, "next", ahead=36_500)),
    Shape("mark-read: events to come", 5_000, _events(_read, "mark-read", "bert", ahead=36_500)),
    Shape("mark-read: bytes of a comment in a journal", 50_000_000, _comment, refused=3),
)  # fmt: skip


def measured(
    folder: Path,
    runs: int,
    tell: Callable[[str], None],
    shapes: Sequence[Shape] = SHAPES,
) -> list[Grown]:
    """Run each shape at its size and at twice that, each time in a folder of its own."""
    found = []
    for place, shape in enumerate(shapes):
        tell(f"{shape.name}, {shape.size:,}")
        once, twice = (
            min(
                (
                    _run(shape, size, folder / f"{place}-{size}-{n}")
                    for n in range(runs)
                ),
                key=lambda run: run.cpu,
            )
            for size in (shape.size, 2 * shape.size)
        )
        found.append(Grown(shape, once, twice))
    return found


def _run(shape: Shape, size: int, folder: Path) -> Run:
    folder.mkdir(parents=True)
    environment = homes.surroundings(folder)
    call = shape.make(Folder(folder, environment), size)
    process = Process(lambda _: [*homes.program(), *call], environment)
    return start(process, status=shape.refused)


def table(found: Sequence[Grown]) -> str:
    """The results as a Markdown table."""
    head = "| what grows | size | seconds | twice that | ratio | MB |"
    rows = [
        f"| {one.shape.name}{' (refused)' if one.shape.refused else ''} | {one.shape.size:,} "
        f"| {one.once.cpu:.2f} | {one.twice.cpu:.2f} | {one.ratio:.1f} | {one.twice.peak:.0f} |"
        for one in found
    ]
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|", *rows])
