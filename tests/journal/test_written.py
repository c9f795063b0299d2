"""What was just written to a journal is known without reading it: the same as a parser finds."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOON
from conftest import Clock
from roadmap_cli.disk import durable, toml
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.program.ledger import Ledger
from roadmap_cli.progress.events import Event

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.one_of(texts, st.booleans(), st.integers(-(10**9), 10**9), st.dates())
odd = st.one_of(
    st.floats(allow_nan=False),
    st.tuples(texts, texts),
    st.dictionaries(texts, texts, max_size=2),
    st.lists(st.lists(texts, max_size=2), max_size=2),
)
values = st.one_of(plain, st.lists(plain, max_size=3), odd)
fields = st.dictionaries(
    texts.filter(lambda name: name not in ("at", "paper")), values, max_size=3
)
commands = st.lists(st.lists(fields, min_size=1, max_size=3), min_size=2, max_size=4)


def ledger_in(folder: Path, cache: str, clock: Clock) -> Ledger:
    """A ledger of a device, with a cache of its own."""
    return Ledger(Journal(folder / "progress", "desk"), folder / cache, clock)


def story(ledger: Ledger) -> list[tuple[Event, str]]:
    """All events, and the types of their values: TOML has no tuples."""
    told = (event for event, _ in ledger.index.story())
    return [(event, repr(event.fields)) for event in told]


@settings(max_examples=60)
@given(said=commands)
def test_what_is_remembered_is_what_is_read(
    said: list[list[Mapping[str, object]]],
) -> None:
    """Whatever was said, one command after the other, and several events in one."""
    with TemporaryDirectory() as home:
        clock = Clock(NOON)
        writer = ledger_in(Path(home), "writer", clock)
        for changes in said:
            clock.at += timedelta(seconds=1)
            told = [(f"test/{n}", fields) for n, fields in enumerate(changes)]
            writer.say(lambda told=told: told)  # type: ignore[misc]
            reader = ledger_in(Path(home), "reader", clock)

            assert story(writer) == story(reader)


def test_what_a_mark_says_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what it writes nor the beginning of the journal; a number with a point is."""
    ledger = ledger_in(tmp_path, "cache", Clock(NOON))
    ledger.say(lambda: [("test/a", {"status": "read"})])
    parsed: list[bytes] = []
    parse = toml.parse

    def noted(contents: bytes, *, path: str, hint: str | None = None) -> object:
        parsed.append(contents)
        return parse(contents, path=path, hint=hint)

    monkeypatch.setattr(toml, "parse", noted)
    ledger.say(lambda: [("test/b", {"status": "read", "on": date(2026, 1, 1)})])
    ledger.say(lambda: [("test/b", {"tags": ["+a", "-b"], "rating": 4})])
    assert parsed == []

    ledger.say(lambda: [("test/b", {"rating": 4.5})])
    assert len(parsed) == 1
    assert b"4.5" in parsed[0]


@pytest.mark.parametrize("before", [True, False])
def test_what_another_wrote_meanwhile_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, before: bool
) -> None:
    """By a program that knows no locks, right before or behind our own words."""
    ledger = ledger_in(tmp_path, "cache", Clock(NOON))
    ledger.say(lambda: [("test/a", {"status": "read"})])
    append = durable.append
    other = stanza(NOON + timedelta(hours=1), "test/other", {"status": "read"}).encode()

    def beside(path: Path, data: bytes, **more: object) -> None:
        append(path, other + data if before else data + other, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(durable, "append", beside)
    ledger.say(lambda: [("test/b", {"status": "read"})])

    papers = {event.paper for event, _ in ledger.index.story()}
    assert papers == {"test/a", "test/b", "test/other"}


def test_a_journal_that_bears_the_name_of_another_device_keeps_that(
    tmp_path: Path,
) -> None:
    """Its header says who speaks, not its file name: so everybody reads it."""
    clock = Clock(NOON)
    ledger = ledger_in(tmp_path, "cache", clock)
    ledger.journal.folder.mkdir(parents=True)
    first = stanza(NOON - timedelta(days=1), "test/a", {"status": "read"})
    ledger.journal.path.write_text(header("laptop") + first, encoding="utf-8")
    ledger.say(lambda: [("test/b", {"status": "read"})])

    assert story(ledger) == story(ledger_in(tmp_path, "other", clock))
    assert {event.device for event, _ in ledger.index.story()} == {"laptop"}
