"""The index of events is this program's own, and is written only when something changed."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import a_library, a_paper, progress_in
from roadmap_cli.curriculum.model import Status
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.store import database, version
from roadmap_cli.store.events import rows
from roadmap_cli.store.events.index import EventIndex

LIBRARY = a_library([a_paper("lora")])
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal in which lora is known, last written long ago."""
    made = Journal(tmp_path / "progress", "desk")
    made.folder.mkdir()
    told = stanza(AT, "test/lora", {"status": "known"})
    made.path.write_text(header("desk") + told, encoding="utf-8")
    return made


def status(journal: Journal, cache: Path) -> Status:
    """The status of lora by the index in this folder."""
    with closing(EventIndex(cache, journal.files()[0])) as index:
        return progress_in(index, LIBRARY).status("test/lora")


def test_what_another_version_derived_is_not_taken_for_ours(
    journal: Journal, tmp_path: Path
) -> None:
    """One that did not know a status wrote that the event says none."""
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(rows, "status_of", lambda _: None)
        earlier.setattr(version, "number", lambda: 7)
        assert status(journal, tmp_path) is Status.TODO

    assert status(journal, tmp_path) is Status.KNOWN


def test_an_index_that_is_up_to_date_is_only_read(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state of the files is noted once: nobody has to wait for one who only reads."""
    statements: list[str] = []
    connect = database.connect

    def traced(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(statements.append)
        return connection

    def noted() -> list[str]:
        statements.clear()
        files = journal.files()[0]
        for one in files:
            one.state = "as it was"
        EventIndex(tmp_path, files).close()
        return [one for one in statements if one.startswith("UPDATE")]

    status(journal, tmp_path)
    monkeypatch.setattr(database, "connect", traced)

    assert len(noted()) == 1
    assert noted() == []


@pytest.mark.parametrize(
    "harm", ["DELETE FROM event", "UPDATE event SET paper = 'test/other'"]
)
def test_an_index_of_sqlite_that_leads_elsewhere_is_seen(
    journal: Journal, tmp_path: Path, harm: str
) -> None:
    """It names a row that is not there, or one about another paper: no word is passed over."""
    assert status(journal, tmp_path) is Status.KNOWN
    with closing(sqlite3.connect(tmp_path / "events.sqlite")) as unseen:
        unseen.execute("PRAGMA writable_schema = ON")
        of_papers = "FROM sqlite_master WHERE name IN ('event_status', 'event_paper')"
        kept = unseen.execute(f"SELECT * {of_papers}").fetchall()
        unseen.execute(f"DELETE {of_papers}")
        unseen.commit()
    with closing(sqlite3.connect(tmp_path / "events.sqlite")) as unseen:
        unseen.execute(harm)
        unseen.execute("PRAGMA writable_schema = ON")
        unseen.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
        unseen.commit()

    assert status(journal, tmp_path) is Status.KNOWN
