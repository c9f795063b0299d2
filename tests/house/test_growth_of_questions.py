"""What grows with questions and their answers costs no more for each further one."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Clock, Result
from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
START = datetime(2026, 1, 1, tzinfo=UTC)
CALLS = ["next", "", "review", "review --all", "review a/t1", "show a/t1", "stats", "answer q1 knew"]  # fmt: skip


def catalogue(size: int) -> str:
    """A catalogue of so many topics, each with a paper and a question."""
    topics = (
        f'[[area.topic]]\nid = "t{number}"\ntitle = "T{number}"\npapers = ["p{number}"]\n'
        f'[[area.topic.question]]\nid = "q{number}"\nask = "Why {number}?"\n'
        for number in range(size)
    )
    papers = (paper_text(f"p{number}") for number in range(size))
    return f'{HEAD}[[area]]\nid = "a"\ntitle = "A"\n{"".join(topics)}{"".join(papers)}'


def journal(size: int, rounds: int = 1) -> str:
    """All papers read, and all questions answered so many times."""
    said: list[tuple[str, dict[str, object]]] = [
        (f"test/p{number}", {"status": "read"}) for number in range(size)
    ]
    said += [
        ("", {"question": f"test/q{number}", "answer": "missed"})
        for _ in range(rounds)
        for number in range(size)
    ]
    events = (
        stanza(START + timedelta(seconds=second), paper, fields)
        for second, (paper, fields) in enumerate(said)
    )
    return header("desk") + "".join(events)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """A reader who has answered so many questions, whatever is known of it already."""

    def made(size: int) -> Path:
        place = tmp_path / str(size)
        (place / "progress").mkdir(parents=True)
        (place / "notes").mkdir()
        path = place / "made.toml"
        path.write_text(catalogue(size))
        (place / "progress" / "desk.toml").write_text(journal(size))
        monkeypatch.setenv("ROADMAP_HOME", str(place))
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
        return place

    return made


@pytest.mark.parametrize("call", CALLS)
def test_each_further_question_costs_the_same(
    call: str, reader: Callable[[int], Path], roadmap: Run
) -> None:
    """Whether the answers are read for the first time, or are known."""
    reader(2)
    roadmap(*call.split())  # what is loaded once is loaded
    new, known = [], []
    for size in SIZES:
        reader(size)
        new.append(calls_of(roadmap, *call.split()))
        known.append(calls_of(roadmap, *call.split()))

    assert growth(new) < LIMIT
    assert growth(known) < LIMIT


@pytest.mark.parametrize("call", ["review", "review --all", "review a", "stats"])
def test_each_further_note_with_a_question_costs_the_same(
    call: str, reader: Callable[[int], Path], roadmap: Run
) -> None:
    """However many papers have notes."""
    measured = []
    for size in (2, *SIZES):
        place = reader(size)
        for number in range(size):
            note = f"---\nroadmap: test/p{number}\n---\nQ: Why {number}? ^a\nA: So.\n"
            (place / "notes" / f"p{number}.md").write_text(note)
        roadmap(*call.split())
        measured.append(calls_of(roadmap, *call.split()))

    assert growth(measured[1:]) < LIMIT


@pytest.mark.parametrize("call", ["next", "list a/t1", "show p1", "search T1"])
def test_answers_cost_nothing_where_nothing_is_due(
    call: str, reader: Callable[[int], Path], roadmap: Run, clock: Clock
) -> None:
    """What is due is looked up, not gone through, and nothing is loaded for it."""
    clock.at = START + timedelta(hours=1)
    place = reader(SIZES[0])
    path = place / "progress" / "desk.toml"
    text = path.read_text()
    marks = text.partition("\n[[event]]\nquestion")[0]
    measured = []
    for told in (marks, text):
        path.write_text(told)
        roadmap(*call.split())
        measured.append(calls_of(roadmap, *call.split()))

    assert measured[1] - measured[0] < len(text) - len(marks) < 10_000
    assert abs(measured[1] - measured[0]) < SIZES[0]


@pytest.mark.parametrize("call", CALLS)
def test_no_question_makes_sqlite_go_through_all_events(
    call: str,
    reader: Callable[[int], Path],
    roadmap: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted calls would not show it: SQLite tells how it answers what it is asked."""
    connect, plans = sqlite3.connect, dict[str, list[str]]()

    def watched(*arguments: object, **named: object) -> sqlite3.Connection:
        connection = connect(*arguments, **named)  # type: ignore[call-overload]
        connection.set_trace_callback(lambda sql: statements.append((connection, sql)))
        return connection  # type: ignore[no-any-return]

    statements: list[tuple[sqlite3.Connection, str]] = []
    place = reader(3)
    monkeypatch.setattr(sqlite3, "connect", watched)
    roadmap(*call.split())
    asked = {sql for _, sql in statements if "question" in sql and "SELECT" in sql}
    with connect(place / "cache" / "events.sqlite") as events:
        for sql in asked:
            try:
                rows = events.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            except sqlite3.OperationalError:  # of another database
                continue
            plans[sql] = [row[3] for row in rows]
    through = {
        sql: steps
        for sql, steps in plans.items()
        if any(step in ("SCAN event", "SCAN memory") for step in steps)
    }

    assert len(plans) >= 2
    assert {sql for sql in through if "memory" not in sql} == set()
