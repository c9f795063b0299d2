"""Ten thousand spoilt catalogues and journals: answered in words, soon, and left as they are."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

from builders import FULL_TEXT, progress_in
from conftest import Clock, Result
from everything import EVIL, catalogue, journal
from roadmap_cli.catalogues.reading import build, read, source_at
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.names import Named
from roadmap_cli.disk.places import shipped
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.progress.events import Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.draw import drawn
from roadmap_cli.render.text import as_json, lines
from roadmap_cli.rows.any_view import AnyView
from roadmap_cli.rows.papers import Rows
from roadmap_cli.rows.whole import whole
from roadmap_cli.store.events.index import EventIndex

Run = Callable[..., Result]
PATIENCE = 5
"""Seconds that no file may take."""
BITS = [
    b"", b"\0", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b"\x1b[2J", b'"', b"'",
    b'"""', b"'''", b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b".", b",", b"#", b"\\", b"\\u0000",
    b"\\ud800", b"\\U0010ffff", b"nan", b"-inf", b"true", b"9" * 400, b"0x" + b"f" * 3000, b"1e999",
    b"2026-01-01T00:00:00Z", b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59.999999-14:00",
    b"1979-05-27", b"07:32:00", b"2026-01-01T00:00:00", b"[[event]]", b"[paper.lora]", b"[[area]]",
    b'format = "roadmap-journal"', b"version = 2", b"version = 1", b'undoes = "desk@', b"status = ",
    b'distrusts = "laptop@2026-01-01T00:00:00.000000Z"', b"requires = ", b'"lora"', b"<<<<<<< HEAD",
    "é\u202e\u2028".encode(), b"a" * 5000, b"-1", b"0", b"[]", b"{}", b'""', b"read", b"papers = [",
]  # fmt: skip
"""What is put into files: what TOML means something by, what ours do, and what nobody does."""


def spoilt(good: bytes, chance: random.Random) -> bytes:
    """The contents after one to four accidents."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(start + int(chance.expovariate(0.1)), len(data))
        match chance.randrange(8):
            case 0:
                data[start:end] = b""
            case 1:
                data[start:start] = chance.choice(BITS)
            case 2:
                data[start:end] = chance.choice(BITS)
            case 3:
                data[start : start + 1] = bytes([chance.randrange(256)])
            case 4:
                data[start:start] = data[start:end] * chance.randint(1, 3)
            case 5:
                del data[start:]
            case 6:
                _swap_lines(data, chance)
            case _:
                _swap_values(data, chance)
    return bytes(data)


def _swap_lines(data: bytearray, chance: random.Random) -> None:
    rows = bytes(data).split(b"\n")
    a, b = (chance.randrange(len(rows)) for _ in "ab")
    rows[a], rows[b] = rows[b], rows[a]
    data[:] = b"\n".join(rows)


def _swap_values(data: bytearray, chance: random.Random) -> None:
    """Give one field the value of another: good TOML, and of the wrong sort."""
    values = list(re.finditer(rb"(?m)= *(.+)$", bytes(data)))
    if values:
        place, other = chance.choice(values), chance.choice([*values, *values])
        wrong = chance.choice([other[1], chance.choice(BITS)])
        data[place.start(1) : place.end(1)] = wrong


def every_drawing(library: Library, progress: Progress) -> Iterator[str]:
    """All that can be shown of a library."""
    rows = Rows(library, progress, {name: name for name in library.papers})
    named: list[Named] = [*library.papers.values(), *library.areas]
    for area in library.areas:
        named += area.topics
    views: list[AnyView] = [whole(rows, thing, hints=True) for thing in named]
    for view in (rows.all_topics(), *views):
        yield as_json(view.output)
        yield from lines(view, header=True)
        for width in (20, 80):
            yield drawn(view, Canvas(width=width, has_colour=True))


def goods(seed: int) -> list[bytes]:
    """Catalogues to spoil: small ones, mostly; now and then the one that is shipped."""
    small = [FULL_TEXT.encode(), catalogue(EVIL[:6], "some words").encode()]
    return [*small * 25, shipped().read_bytes()] if seed % 2 else small


@pytest.mark.parametrize("seed", range(10))
def test_a_spoilt_catalogue_is_read_or_complained_about(
    seed: int, tmp_path: Path
) -> None:
    """Five hundred for each seed: what is still good can be shown whole; no file is changed."""
    chance = random.Random(seed)  # noqa: S311 - to be the same every time
    path = tmp_path / "c.toml"
    fine = 0
    for number in range(500):
        contents = spoilt(chance.choice(goods(seed)), chance)
        path.write_bytes(contents)
        start = process_time()
        try:
            document = read(source_at(path))
        except DataFileError as problem:
            said = str(problem)
        else:
            said = str(path)
            fine += 1
            if len(contents) < 20_000:
                shown = every_drawing(Library((build(document),)), Progress())
                assert not any("\x1b[2J" in one or "\0" in one for one in shown)

        assert said.startswith(str(path))
        assert len(said) < 12_000
        assert process_time() - start < PATIENCE, (seed, number)
        assert path.read_bytes() == contents
    assert 10 < fine < 900


def written() -> list[bytes]:
    """Journals to spoil: of a reader with a history, and of another device with odd words."""
    return [Path("desk.toml").read_bytes(), journal("laptop", "odd words").encode()]


@pytest.fixture
def history(
    home: Path, roadmap: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A reader's journal of all sorts of commands; we are in its folder."""
    calls = ["mark-read lora --rating 4", "mark-reading bert mamba", "undo", "redo",
             "mark-known background/neural-networks", "mark-skipped mlp --on 2026-01-05",
             "mark-unread lora", "undo"]  # fmt: skip
    for call in calls:
        assert roadmap(*call.split()).code == 0
        clock.pass_days(0.3)
    monkeypatch.chdir(home / "progress")
    return home / "progress" / "desk.toml"


@pytest.fixture(scope="module")
def library() -> Library:
    """The catalogue that is shipped."""
    return Library((build(read(source_at(shipped()))),))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.usefixtures("history")
def test_a_spoilt_journal_is_told_or_called_damaged(
    seed: int, library: Library, tmp_path: Path
) -> None:
    """Five hundred for each seed, each beside a good one, whose events count all the same."""
    chance = random.Random(seed)  # noqa: S311 - to be the same every time
    good = Source("good.toml", what="journal", contents=written()[1])
    for number in range(500):
        bad = Source(
            "bad.toml",
            what="journal",
            contents=spoilt(chance.choice(written()), chance),
        )
        start = process_time()
        index = EventIndex(tmp_path / "cache", [bad, good])
        story = index.story()
        told = progress_in(index, library)
        index.latest()
        index.commands_of("desk")
        assert told == replay(
            [event for event, _ in story], library, is_complete=told.is_complete
        )
        index.close()

        assert process_time() - start < PATIENCE, (seed, number)
        assert all("bad.toml" in str(one) for one in index.state.damages)
        assert {event.device for event, _ in story} >= {"laptop"}


READING = [
    "list",
    "list llm",
    "next",
    "show lora",
    "history",
    "search lora",
    "stats",
    "",
    "export --progress",
]
WRITING = ["mark-read bert", "mark-unread lora", "undo", "redo"]


def answered(roadmap: Run, clock: Clock, call: str, case: tuple[int, int]) -> int:
    """The status of a command that takes no longer than it may and is no bug of ours."""
    start = process_time()
    done = roadmap(*call.split())
    clock.pass_days(0.1)

    assert done.code in (0, 1, 2, 3), (case, call, done.err)
    assert "Traceback" not in done.err
    assert process_time() - start < PATIENCE, (case, call)
    return done.code


@pytest.mark.parametrize("seed", range(4))
def test_the_program_lives_with_a_spoilt_journal(
    seed: int, history: Path, clock: Clock, roadmap: Run
) -> None:
    """Reading changes nothing; writing refuses, or only adds after what is whole."""
    chance = random.Random(seed)  # noqa: S311 - to be the same every time
    good = written()
    for number in range(60):
        contents = spoilt(chance.choice(good), chance)
        history.write_bytes(contents)
        for call in (chance.choice(READING), chance.choice(WRITING)):
            code = answered(roadmap, clock, call, (seed, number))

            if call in READING or code == 3:
                assert history.read_bytes() == contents
        kept = history.read_bytes()
        torn = [one.read_bytes() for one in history.parent.glob("desk.torn-*.txt")]
        assert kept.startswith(contents) or any(
            contents.endswith(one) and kept.startswith(contents[: -len(one)])
            for one in torn
        ), (seed, number)


@pytest.mark.parametrize("seed", range(4))
def test_the_program_lives_with_a_spoilt_catalogue(
    seed: int,
    tmp_path: Path,
    clock: Clock,
    roadmap: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every sort of command, through the program's own entry: an answer or a complaint."""
    chance = random.Random(seed)  # noqa: S311 - to be the same every time
    path = tmp_path / "c.toml"
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    calls = [
        *READING[:-1],
        *WRITING,
        "mark-read llm/first --yes",
        "show first --hints",
        "doctor",
    ]
    for number in range(60):
        contents = spoilt(chance.choice(goods(0)), chance)
        path.write_bytes(contents)
        for call in chance.sample(calls, 3):
            answered(roadmap, clock, call, (seed, number))

            assert path.read_bytes() == contents
