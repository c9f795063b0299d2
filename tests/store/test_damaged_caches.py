"""What counts as damage of the cache: what SQLite and unpacking say of it, and no bug of ours."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from builders import NOON
from conftest import Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
BUGS = (TypeError, KeyError, AttributeError, IndexError, ValueError, sqlite3.ProgrammingError)  # fmt: skip


@pytest.fixture
def cache(roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a reader who has marked, taken back and noted something, and searched."""
    monkeypatch.setattr("roadmap_cli.disk.source._YOUNG", 0)
    roadmap("mark-read", "lora", "rope", "--rating", "4")
    roadmap("goal", "set", "mamba")
    roadmap("mark-read", "mlp")
    roadmap("undo")
    roadmap("note", "lora", "rotations")
    roadmap("show", "lora")
    return home / "cache"


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize(
    ("function", "call"),
    [
        ("events.rows.event_of", "history"),
        ("events.rows.checksum", "show lora"),
        ("events.index.checksum", "next"),
        ("library.stored.paper_of", "next"),
        ("library.packing._group", "show llm"),
        ("heads.checksum", "show lora"),
    ],
)
@pytest.mark.usefixtures("cache")
def test_a_bug_where_rows_are_unpacked_is_no_damage(
    function: str, call: str, bug: type[Exception], home: Path, roadmap: Run
) -> None:
    """It ends the run as a bug does: nothing is thrown away, and nothing made anew."""

    def contents() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in home.glob("cache/*.sqlite")}

    def broken(*_: object, **__: object) -> NoReturn:
        raise bug

    before = contents()
    with pytest.MonkeyPatch.context() as broke:
        broke.setattr(f"roadmap_cli.store.{function}", broken)
        assert roadmap(*call.split()).code == 70
    assert contents() == before


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE paper SET fields = substr(fields, 1, 40)",
        "UPDATE paper SET fields = '[]'",
        "UPDATE paper SET fields = NULL",
        "UPDATE paper SET fields = replace(fields, 'paper', 'papyr')",
        "UPDATE topic SET fields = '{}'",
        "UPDATE topic SET papers = '['",
        "UPDATE work SET topics = 'x'",
        "UPDATE works SET bits = x'00'",
        "UPDATE catalogue SET fields = '[1]'",
        "DROP TABLE work",
    ],
)
def test_a_damaged_library_gives_way(roadmap: Run, cache: Path, harm: str) -> None:
    """Its time does not betray it: a run may say so, and the next one builds it anew."""
    truth = roadmap("show", "llm").out, roadmap("next").out
    (path,) = cache.glob("library-*.sqlite")
    sealed = path.stat().st_mtime_ns
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(harm)
    os.utime(path, ns=(sealed, sealed))
    first = [roadmap("show", "llm"), roadmap("next")]

    assert {done.code for done in first} <= {0, 3}
    for done in first:
        assert done.out in truth or "it was removed; try again" in done.err
    assert (roadmap("show", "llm").out, roadmap("next").out) == truth


@pytest.mark.parametrize("part", [b"CREATE TABLE file", b"CREATE INDEX said_told"])
def test_a_schema_that_is_no_text_is_damage(
    roadmap: Run, cache: Path, part: bytes
) -> None:
    """SQLite quotes it in what it says, which then is no text either."""
    truth = roadmap("history").out
    path = cache / "events.sqlite"
    contents = path.read_bytes()
    assert part in contents
    path.write_bytes(contents.replace(part, part[:-2] + b"\xe1\xff"))

    assert roadmap("history").out == truth
    assert roadmap("history").out == truth


HARMS = {
    "an event": "UPDATE event SET fields = replace(fields, '\"read', '\"known')",
    "an undo": "UPDATE event SET fields = '{\"table\": {}}' WHERE undoes != ''",
    "what is undone": """UPDATE event SET fields = replace(fields, '"read', '"known')
                         WHERE undone = 1""",
    "last words": "UPDATE said SET rating = 5, day = '2026-01-01'",
    "works by status": "UPDATE marks SET sets = x'00000000' ",
    "a goal": "UPDATE event SET setting = NULL",
    "a file": "UPDATE file SET length = 'x', device = NULL",
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
@pytest.mark.parametrize("new", ["", "mark", "undo", "redo"])
def test_a_damaged_row_is_neither_believed_nor_sealed_anew(
    roadmap: Run, cache: Path, harm: str, new: str
) -> None:
    """At once, and where what comes next is worked out from it."""
    calls = ("show mlp", "show lora", "list mlp", "next", "goal show", "history")
    with closing(sqlite3.connect(cache / "events.sqlite")) as connection, connection:
        connection.execute(harm)
    progress = cache.parent / "progress"
    undo = (progress / "desk.toml").read_text().rpartition("at = ")[2].strip()
    said = {
        "undo": {"undoes": "nobody@2026-01-01T00:00:00Z"},
        "redo": {"undoes": f"desk@{undo}"},
    }
    if new == "mark":
        assert roadmap("mark-read", "vit").code == 0
    elif new:
        told = header("phone") + stanza(NOON, "", said[new])
        (progress / "phone.toml").write_text(told, encoding="utf-8")
    found = [roadmap(*call.split()) for call in calls]
    (cache / "events.sqlite").unlink(missing_ok=True)

    assert found == [roadmap(*call.split()) for call in calls]


@pytest.mark.parametrize(
    ("kind", "harm", "call"),
    [
        ("library", "UPDATE paper SET fields = replace(fields, 'Low', 'Lew')", "show lora"),
        ("words", "UPDATE find_fact SET year = 1900", "search year:1900"),
    ],
)  # fmt: skip
def test_what_was_changed_since_it_was_made_is_not_believed(
    roadmap: Run, cache: Path, kind: str, harm: str, call: str
) -> None:
    """Its time tells, though every value could have been written by us."""
    truth = roadmap(*call.split())
    (path,) = cache.glob(f"{kind}-*.sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(harm)

    assert roadmap(*call.split()) == truth


def test_one_note_that_no_text_can_tell_of_does_not_cost_the_others_their_rows(
    roadmap: Run, home: Path, cache: Path
) -> None:
    """It names half a character."""
    odd = home / "notes" / "odd.md"
    odd.write_text('---\npaper: "\\ud800"\n---\n', encoding="utf-8")
    roadmap("show", "lora")

    with closing(sqlite3.connect(cache / "notes.sqlite")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM noted").fetchone()
    assert count == len(list((home / "notes").glob("*.md"))) == 2
