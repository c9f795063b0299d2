"""The index is only ever a faster way to what the files say; nothing about it can go wrong."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import FULL_TEXT, HEAD
from roadmap_cli.catalogues import reading
from roadmap_cli.catalogues.reading import Document
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError
from roadmap_cli.store.digests import DocumentIndex as Index

A_DAY = 1_700_000_000


class Kitchen:
    """Makes documents and counts how many it had to make."""

    def __init__(self) -> None:
        self.made = 0

    def make(self) -> Document:
        """A document that says which it is."""
        self.made += 1
        return {"made": self.made}


def of(contents: bytes) -> Source:
    """A file of these contents."""
    return Source("", what="catalogue", contents=contents)


def write(path: Path, text: str) -> None:
    """Write a file whose time never changes."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (A_DAY, A_DAY))


def answer(path: Path) -> Document:
    """What the file says, with no index at all."""
    return reading.read(reading.source_at(path))


def recalled(path: Path, index: Index) -> Document:
    """What the index says of the file."""
    source = reading.source_at(path)
    return index.recall(source, lambda: reading.read(source))


def filled(folder: Path) -> tuple[Index, Path]:
    """An index that knows one catalogue file."""
    file = folder / "c.toml"
    write(file, FULL_TEXT)
    index = Index(folder / "cache")
    recalled(file, index)
    assert index.path.exists()
    return index, file


def rows(index: Index) -> int:
    """How many documents the index keeps."""
    with closing(sqlite3.connect(index.path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM catalogue").fetchone()
    return int(count)


def test_what_was_checked_once_is_not_checked_again(tmp_path: Path) -> None:
    """The same contents, also from another run, are only looked up."""
    kitchen = Kitchen()

    assert Index(tmp_path).recall(of(b"a"), kitchen.make) == {"made": 1}
    assert Index(tmp_path).recall(of(b"a"), kitchen.make) == {"made": 1}
    assert kitchen.made == 1


def test_other_contents_are_made_anew(tmp_path: Path) -> None:
    """One byte makes the difference."""
    kitchen = Kitchen()
    index = Index(tmp_path)

    assert index.recall(of(b"a"), kitchen.make) == {"made": 1}
    assert index.recall(of(b"b"), kitchen.make) == {"made": 2}
    assert index.recall(of(b"a"), kitchen.make) == {"made": 1}


def test_what_is_kept_is_as_good_as_what_was_read(tmp_path: Path) -> None:
    """A whole document comes back equal, letters beyond ASCII included."""
    index, file = filled(tmp_path)

    write(file, FULL_TEXT.replace('title = "First"', 'title = "Größe – 李沐"'))

    assert recalled(file, index) == answer(file)
    assert recalled(file, index) == answer(file)
    assert recalled(file, index)["area"][0]["topic"][0]["title"] == ("Größe – 李沐")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=10))
def test_after_every_edit_the_answer_is_that_of_the_file(titles: list[str]) -> None:
    """Edits of equal size at the same time of the clock, there and back again."""
    with TemporaryDirectory() as place:
        file = Path(place) / "c.toml"
        found = []
        for title in titles:
            write(file, HEAD.replace('"Test"', f'"{title}"'))
            found.append(recalled(file, Index(Path(place)))["title"])

    assert found == titles


def test_a_file_that_became_bad_is_refused_though_it_was_known(tmp_path: Path) -> None:
    """And is read again once it is mended: a complaint is not kept."""
    index, file = filled(tmp_path)

    write(file, FULL_TEXT.replace("minutes = 5", "minutes = 0"))
    with pytest.raises(DataFileError, match="minutes must be at least 1"):
        recalled(file, index)
    write(file, FULL_TEXT.replace("minutes = 5", "minutes = 7"))

    assert recalled(file, index)["paper"]["vit"]["minutes"] == 7


def test_deleting_it_is_safe(tmp_path: Path) -> None:
    """It builds itself again."""
    index, file = filled(tmp_path)

    index.path.unlink()

    assert recalled(file, index) == answer(file)
    assert rows(index) == 1


@pytest.mark.parametrize("length", [0, 1, 16, 99, 100, 1000, 4096, 5000, 8192])
def test_a_truncated_index_is_no_error(tmp_path: Path, length: int) -> None:
    """At the first reading and at the one after, when it is whole again."""
    index, file = filled(tmp_path)

    os.truncate(index.path, length)

    assert recalled(file, index) == answer(file)
    assert recalled(file, index) == answer(file)
    assert rows(index) == 1


@pytest.mark.parametrize(
    "garbage", [b"garbage" * 1000, b"\0" * 9000, b"SQLite format 3\0"]
)
def test_garbage_in_its_place_is_no_error(tmp_path: Path, garbage: bytes) -> None:
    """It is thrown away, and the next readings build it anew."""
    index, file = filled(tmp_path)

    index.path.write_bytes(garbage)

    assert [recalled(file, index) for _ in range(3)] == [answer(file)] * 3
    assert rows(index) == 1


def test_a_letter_changed_within_the_index_is_noticed(tmp_path: Path) -> None:
    """A worn disk changes what is stored, never what is answered."""
    index, file = filled(tmp_path)
    stored = index.path.read_bytes()
    assert b"Sprachmodelle" in stored

    index.path.write_bytes(stored.replace(b"Sprachmodelle", b"Sprachmadelle"))

    assert recalled(file, index) == answer(file)


def test_bytes_that_are_no_text_within_the_index_are_no_error(tmp_path: Path) -> None:
    """Neither in its schema nor in a document."""
    index, file = filled(tmp_path)
    stored = index.path.read_bytes()

    for part in (b"catalogue", b"CREATE", b"Sprachmodelle"):
        assert part in stored
        index.path.write_bytes(stored.replace(part, b"\xe1" + part[1:], 1))

        assert recalled(file, index) == answer(file)


@settings(deadline=None, max_examples=150)
@given(
    where=st.floats(0, 1, exclude_max=True), damage=st.binary(min_size=1, max_size=40)
)
def test_no_damage_to_the_index_changes_an_answer(where: float, damage: bytes) -> None:
    """Any bytes anywhere: the answer is that of the file, now and the next time."""
    with TemporaryDirectory() as place:
        index, file = filled(Path(place))
        stored = bytearray(index.path.read_bytes())
        start = int(where * len(stored))
        stored[start : start + len(damage)] = damage
        index.path.write_bytes(stored)

        found = [recalled(file, index) for _ in range(2)]

        assert found == [answer(file)] * 2


@pytest.mark.parametrize(
    "other",
    [
        "CREATE TABLE catalogue (other INTEGER)",
        "CREATE TABLE catalogue (digest TEXT)",
        "CREATE TABLE catalogue (digest TEXT, document TEXT, extra TEXT)",
        "CREATE TABLE catalogue (digest TEXT, document TEXT NOT NULL CHECK (0))",
        "CREATE VIEW catalogue AS SELECT 'x' AS digest, '{}' AS document",
        "CREATE TABLE something (other INTEGER)",
    ],
)
def test_an_index_of_another_version_is_no_error(tmp_path: Path, other: str) -> None:
    """It gives way to ours."""
    index, file = filled(tmp_path)
    index.path.unlink()
    with closing(sqlite3.connect(index.path)) as connection:
        connection.execute(other)

    assert [recalled(file, index) for _ in range(3)] == [answer(file)] * 3
    assert rows(index) == 1


@pytest.mark.parametrize("value", ["NULL", "5", "1.5", "x'ff'", "'[]'", "'{'", "'{}'"])
def test_an_odd_row_under_our_digest_is_not_believed(
    tmp_path: Path, value: str
) -> None:
    """What is no document of ours is made again."""
    index, file = filled(tmp_path)
    with closing(sqlite3.connect(index.path)) as connection, connection:
        connection.execute(f"UPDATE catalogue SET document = {value}")  # noqa: S608 - from the list above

    assert recalled(file, index) == answer(file)


@pytest.mark.parametrize("below", ["", "sub", "sub/folder"])
def test_without_a_place_to_write_answers_are_only_slower(
    tmp_path: Path, below: str
) -> None:
    """A file stands where the cache folder should be."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    index, kitchen = Index(tmp_path / "taken" / below), Kitchen()

    assert index.recall(of(b"a"), kitchen.make) == {"made": 1}
    assert index.recall(of(b"a"), kitchen.make) == {"made": 2}
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_the_index_is_no_error(tmp_path: Path) -> None:
    """It can be neither opened nor deleted, as in a folder we may not write to."""
    index, kitchen = Index(tmp_path), Kitchen()
    index.path.mkdir()

    assert index.recall(of(b"a"), kitchen.make) == {"made": 1}
    assert index.path.is_dir()


def test_old_rows_give_way_to_new_ones(tmp_path: Path) -> None:
    """It does not grow for ever, and what was read last is there."""
    index, kitchen = Index(tmp_path), Kitchen()
    for number in range(100):
        index.recall(of(f"{number}".encode()), kitchen.make)

    assert rows(index) == 32
    assert index.recall(of(b"99"), kitchen.make) == {"made": 100}
    assert index.recall(of(b"68"), kitchen.make) == {"made": 69}
    assert index.recall(of(b"67"), kitchen.make) == {"made": 101}


def test_an_index_that_another_process_holds_is_left_alone(tmp_path: Path) -> None:
    """We answer without it; what the other one was writing is not lost."""
    index, kitchen = Index(tmp_path), Kitchen()
    index.recall(of(b"a"), kitchen.make)
    with closing(sqlite3.connect(index.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("INSERT INTO catalogue (digest, document) VALUES ('d', '{}')")

        assert index.recall(of(b"b"), kitchen.make) == {"made": 2}

        other.commit()
    assert rows(index) == 2


READER = """
import sys
from pathlib import Path
from roadmap_cli.store.digests import DocumentIndex as Index
from roadmap_cli.disk.source import Source
index = Index(Path(sys.argv[1]))
for number in range(60):
    said = {"title": f"number {number % 20}"}
    number = str(number % 20).encode()
    source = Source("", what="number", contents=number)
    found = index.recall(source, lambda: said)
    assert found == said, (found, said)
print("done")
"""


def test_processes_at_once_all_get_the_right_answers(tmp_path: Path) -> None:
    """Four of them read and write one index, and what they leave is whole."""
    command = [sys.executable, "-c", READER, str(tmp_path)]
    running = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [one.communicate(timeout=60) for one in running]

    assert said == [("done\n", "")] * 4
    assert [one.returncode for one in running] == [0] * 4
    kitchen = Kitchen()
    assert Index(tmp_path).recall(of(b"new"), kitchen.make) == {"made": 1}
    assert rows(Index(tmp_path)) >= 1
