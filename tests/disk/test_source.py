"""A file is read again whenever it can have changed, and spared where it cannot have."""

import os
import time
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from roadmap_cli.curriculum.library import Library
from roadmap_cli.disk import source
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.journal.journal import Journal
from roadmap_cli.journal.pen import Pen
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.progress.events import Event
from roadmap_cli.store.events.index import EventIndex
from roadmap_cli.store.library.shelves import open_shelf

NEVER = "must not be read"
MINUTE = 60_000_000_000
AT = datetime(2026, 1, 1, tzinfo=UTC)


def refuse(*_: object, **__: object) -> bytes:
    """Reading is out of the question."""
    raise AssertionError(NEVER)


def later(patch: pytest.MonkeyPatch, minutes: int = 1) -> None:
    """Let time pass, for those who look at how old a file is."""
    now = time.time_ns() + minutes * MINUTE
    patch.setattr("roadmap_cli.disk.source.time.time_ns", lambda: now)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A catalogue file, just written."""
    path = tmp_path / "c.toml"
    path.write_text(HEAD)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The folder of a store that knows nothing yet."""
    return tmp_path / "cache"


def opened(file: Path, cache: Path) -> Library:
    """The library of a catalogue file, as every command opens it."""
    return open_shelf([file], cache).library


def named(file: Path, cache: Path) -> str:
    """The title that a catalogue has."""
    library = opened(file, cache)
    try:
        return library.catalogues[0].title
    finally:
        library.close()


def test_a_file_of_long_ago_is_not_even_read(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state says that it is as it was; its digest is known, too."""
    later(monkeypatch)
    before = named(file, cache)
    monkeypatch.setattr(source, "read", refuse)

    assert named(file, cache) == before
    assert len(opened(file, cache).made_from) == 32


def test_a_file_just_written_is_read_each_time(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be written once more within the same tick of the clock."""
    named(file, cache)
    monkeypatch.setattr(source, "read", refuse)

    with pytest.raises(AssertionError, match=NEVER):
        named(file, cache)


@pytest.mark.skipif(os.name != "posix", reason="there is no time of the last change")
def test_an_edit_of_equal_size_and_time_shows(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sets the time of an edit back cannot set back when he did so."""
    later(monkeypatch)
    answers = []
    for title in ("apple", "maple", "apple", "lemon"):
        text = HEAD.replace('"Test"', f'"{title}"')
        file.write_text(text)
        os.utime(file, (1_700_000_000, 1_700_000_000))
        while Source(str(file), what="").state in answers:  # within one tick of ctime
            os.utime(file, (1_700_000_000, 1_700_000_000))
        answers += [Source(str(file), what="").state, named(file, cache)]

    assert answers[1::2] == ["apple", "maple", "apple", "lemon"]


def test_another_file_in_its_place_shows(
    file: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As editors save: a new file is moved over the old one."""
    later(monkeypatch)
    named(file, cache)
    (tmp_path / "new").write_text(HEAD.replace('"Test"', '"Tost"'))
    (tmp_path / "new").replace(file)

    assert named(file, cache) == "Tost"


def test_a_file_that_became_unreadable_is_an_error(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it was known: what is gone is not answered from the index."""
    later(monkeypatch)
    named(file, cache)
    file.unlink()

    with pytest.raises(DataFileError):
        named(file, cache)


def test_papers_come_and_go_with_the_file(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if its time says that it is years old."""
    later(monkeypatch)
    found: list[str] = []
    for key in ("one", "two"):
        file.write_text(HEAD + paper_text(key))
        os.utime(file, (1_600_000_000, 1_600_000_000))
        found += opened(file, cache).papers

    assert found == ["test/one", "test/two"]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one event."""
    journal = Journal(tmp_path / "progress", "desk")
    say(journal, "test/a")
    return journal


def say(journal: Journal, paper: str) -> None:
    """Add an event."""
    pen = Pen(journal)
    with pen.writing() as lock:
        pen.append([Event(AT, "desk", 0, paper, {"status": "read"})], (), lock)


def said(paper: str) -> str:
    """An event as text."""
    return stanza(AT, paper, {"status": "read"})


def papers(cache: Path, journal: Journal) -> list[str]:
    """What the events of all journals are about."""
    index = EventIndex(cache, journal.files()[0])
    try:
        return [said.paper for said in index.all_said()]
    finally:
        index.close()


def test_a_known_journal_is_not_even_read(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that was written since is."""
    later(monkeypatch)
    papers(tmp_path / "cache", journal)
    with monkeypatch.context() as patch:
        patch.setattr(source, "read", refuse)
        assert papers(tmp_path / "cache", journal) == ["test/a"]
        journal.path.write_text(header("desk") + said("test/b"))
        with pytest.raises(AssertionError, match=NEVER):
            papers(tmp_path / "cache", journal)

    assert papers(tmp_path / "cache", journal) == ["test/b"]


def test_a_journal_that_grew_is_hashed_once(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there before is recognized on the way to its end."""
    papers(tmp_path / "cache", journal)
    say(journal, "test/b")
    hashed: list[int] = []

    class Counting:
        """The digest that is used, and how many bytes it is given."""

        def __init__(self, inner: object = None, *, digest_size: int = 64) -> None:
            self.inner = inner or blake2b(digest_size=digest_size)

        def update(self, data: memoryview) -> None:
            hashed.append(len(data))
            self.inner.update(data)  # type: ignore[attr-defined]

        def copy(self) -> "Counting":
            return Counting(self.inner.copy())  # type: ignore[attr-defined]

        def hexdigest(self) -> str:
            return str(self.inner.hexdigest())  # type: ignore[attr-defined]

    monkeypatch.setattr("roadmap_cli.disk.digests.blake2b", Counting)
    assert papers(tmp_path / "cache", journal) == ["test/a", "test/b"]
    assert sum(hashed) == journal.path.stat().st_size


def test_what_is_read_late_has_a_digest_of_its_own(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was known, and changed before its bytes were wanted after all."""
    later(monkeypatch)
    before = Source(str(file), what="catalogue")
    late = Source(str(file), what="catalogue")
    late.is_known_as(before.digest)
    file.write_text(HEAD.replace('"Test"', '"Tost"'))
    after = Source(str(file), what="catalogue").digest

    assert late.digest == before.digest
    assert late.contents == file.read_bytes()
    assert late.digest == after
