"""Catalogue files as people really have them: odd, damaged, hostile, and several at once."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import FULL_TEXT
from catalogue_texts import TEXT, complaint, read_bytes
from roadmap_cli.catalogues import reading
from roadmap_cli.catalogues.reading import Document, Shelf
from roadmap_cli.curriculum.model import Group, Link, Method, Question
from roadmap_cli.disk import places, source
from roadmap_cli.errors import DataFileError, TooNewError

BAD = "format = 'something else'\n"


def read(path: Path) -> Document:
    """Read a file with no index to help."""
    return reading.read(reading.source_at(path))


def load(*paths: Path) -> Shelf:
    """Load files with no index to help."""
    return reading.load(paths)


def a_file(folder: Path, name: str, *, id: str = "") -> Path:  # noqa: A002 - the field's name
    """Write a good catalogue file."""
    path = folder / f"{name}.toml"
    path.write_text(TEXT.replace('"mine"', f'"{id or name}"'), encoding="utf-8")
    return path


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    """What Windows Notepad writes is read like any other file."""
    plain = TEXT.encode()

    assert read_bytes(tmp_path, b"\xef\xbb\xbf" + plain) == read_bytes(tmp_path, plain)


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    """CRLF is read as LF, inside long texts too."""
    plain = TEXT.encode()

    assert read_bytes(tmp_path, plain.replace(b"\n", b"\r\n")) == read_bytes(
        tmp_path, plain
    )


def test_windows_line_ends_do_not_shift_the_line_of_a_problem(tmp_path: Path) -> None:
    """The line is counted as an editor counts it."""
    wrong = f"{TEXT}year = true\n".replace("\n", "\r\n").encode()

    assert "line 12: paper.lora.year" in complaint(tmp_path, wrong)


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    """Latin-1 and UTF-16 are named for what they are not."""
    said = complaint(tmp_path, TEXT.encode("latin-1", errors="replace"))

    assert said == f"{tmp_path / 'c.toml'}: line 7: not UTF-8"
    assert "not UTF-8" in complaint(tmp_path, TEXT.encode("utf-16"))


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("x = = 1", 12),
        ('id = "unclosed', 12),
        ("[paper.lora]", 12),
        ("a\0b = 1", 12),
        ("when = 2024-13-45", 12),
    ],
)
def test_broken_toml_is_refused_with_its_line(
    tmp_path: Path, broken: str, line: int
) -> None:
    """Syntax errors, tables given twice, NUL bytes, impossible dates."""
    said = complaint(tmp_path, f"{TEXT}{broken}\n".encode())

    assert said.startswith(f"{tmp_path / 'c.toml'}: not valid TOML: ")
    assert f"line {line}," in said


def test_a_lone_carriage_return_is_refused_with_its_line(tmp_path: Path) -> None:
    """Line ends of the old Macintosh are no TOML."""
    said = complaint(tmp_path, TEXT.replace("\n", "\r").encode())

    assert "not valid TOML" in said
    assert "line 1," in said


@pytest.mark.parametrize("opening", ["[", "{a="])
def test_endless_nesting_is_refused(tmp_path: Path, opening: str) -> None:
    """A hundred thousand brackets are a complaint, not a crash."""
    said = complaint(tmp_path, f"{TEXT}x = {opening * 100_000}".encode())

    assert said.endswith(": nested too deeply")


def test_a_dotted_key_of_great_depth_is_refused_at_once(tmp_path: Path) -> None:
    """A key of 15,000 parts, a few kilobytes, takes no second and does not crash."""
    start = process_time()
    said = complaint(tmp_path, f"{TEXT}kind{'.a' * 15_000} = 1\n".encode())

    assert str(tmp_path / "c.toml") in said
    assert process_time() - start < 1


@pytest.mark.parametrize("number", ["9" * 5_000, f"-{'9' * 5_000}", f"0x{'f' * 9_000}"])
def test_a_number_of_thousands_of_digits_is_refused(
    tmp_path: Path, number: str
) -> None:
    """Python will not convert such numbers: that is the file's fault, and said so."""
    said = complaint(tmp_path, f"{TEXT}year = {number}\n".encode())

    assert said.startswith(f"{tmp_path / 'c.toml'}: ")
    assert len(said) < 1_000


def test_an_empty_file_is_no_catalogue(tmp_path: Path) -> None:
    """Nothing is never taken for an empty catalogue."""
    assert complaint(tmp_path, b"").endswith(": this is no roadmap catalogue")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A FIFO that nobody writes to would block for ever if it were opened."""
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)

    with pytest.raises(DataFileError, match="not a regular file"):
        read(pipe)


@pytest.mark.parametrize("path", ["/dev/zero", "/tmp"])  # noqa: S108 - only looked at
def test_neither_a_device_nor_a_folder_is_read(path: str) -> None:
    """`/dev/zero` has no end."""
    with pytest.raises(DataFileError, match="not a regular file"):
        read(Path(path))


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    """A sparse file of just over 256 MiB is refused by its size alone."""
    path = tmp_path / "huge.toml"
    path.touch()
    os.truncate(path, source.MAX_BYTES + 1)

    with pytest.raises(
        DataFileError, match=r"too large for a catalogue \(over 256 MiB\)"
    ):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message has the path and the system's reason."""
    path = tmp_path / "gone.toml"
    with pytest.raises(DataFileError) as caught:
        read(path)

    assert str(caught.value) == f"{path}: cannot be read: No such file or directory"


def test_a_link_to_a_catalogue_is_followed(tmp_path: Path) -> None:
    """People keep their catalogues elsewhere and link them in."""
    link = tmp_path / "link.toml"
    link.symlink_to(a_file(tmp_path, "mine"))

    assert read(link)["id"] == "mine"


def test_one_bad_file_does_not_take_down_the_rest(tmp_path: Path) -> None:
    """The good ones load; the bad one is reported with its path."""
    bad = tmp_path / "bad.toml"
    bad.write_text(BAD, encoding="utf-8")

    shelf = load(a_file(tmp_path, "one"), bad, a_file(tmp_path, "two"))

    assert [one.id for one in shelf.library.catalogues] == ["one", "two"]
    assert [str(one) for one in shelf.damages] == [
        f"{bad}: this is no roadmap catalogue; all of it is left out"
    ]


def test_a_file_for_a_newer_program_does_not_either(tmp_path: Path) -> None:
    """It is no damage, and the way out is another one."""
    new = a_file(tmp_path, "new")
    new.write_text(new.read_text().replace("version = 1", "version = 2"))

    shelf = load(a_file(tmp_path, "one"), new)

    assert [one.id for one in shelf.library.catalogues] == ["one"]
    (damage,) = shelf.damages
    assert isinstance(damage, TooNewError)
    assert str(damage).endswith("we know 1); all of it is left out")
    assert "upgrade roadmap" in (damage.hint or "")


def test_where_no_file_is_good_the_first_damage_is_raised(tmp_path: Path) -> None:
    """An empty library would look like progress lost."""
    bad = tmp_path / "bad.toml"
    bad.write_text(BAD, encoding="utf-8")

    with pytest.raises(DataFileError, match=r"gone\.toml: cannot be read"):
        load(tmp_path / "gone.toml", bad)


def test_of_two_catalogues_with_one_id_the_first_stays(tmp_path: Path) -> None:
    """Progress kept under an id never moves to another file's papers."""
    second = a_file(tmp_path, "second", id="one")
    second.write_text(
        TEXT.replace("mine", "one").replace("LoRA", "Other"), encoding="utf-8"
    )

    shelf = load(a_file(tmp_path, "first", id="one"), second)
    assert shelf.library.papers["one/lora"].title == "LoRA – Größe"
    assert [str(one) for one in shelf.damages] == [
        f"{second}: another catalogue already has the id `one`; all of it is left out"
    ]
    assert "an `id` of its own" in str(shelf.damages[0].hint)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.booleans(), min_size=1, max_size=6).filter(any))
def test_every_good_file_loads_and_every_bad_one_is_reported(goods: list[bool]) -> None:
    """In the order given, whatever stands beside it."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        paths = [a_file(folder, f"c{number}") for number in range(len(goods))]
        for path, good in zip(paths, goods, strict=True):
            if not good:
                path.write_text(BAD, encoding="utf-8")

        shelf = load(*paths)

    assert [one.id for one in shelf.library.catalogues] == [
        f"c{number}" for number, good in enumerate(goods) if good
    ]
    assert [str(one).partition(":")[0] for one in shelf.damages] == [
        str(path) for path, good in zip(paths, goods, strict=True) if not good
    ]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_crash_the_reader(tail: bytes) -> None:
    """A file is read or complained about, whatever follows its good beginning."""
    with TemporaryDirectory() as place:
        path = Path(place) / "c.toml"
        path.write_bytes(TEXT.encode() + tail)
        try:
            found = read(path)["id"]
        except DataFileError as error:
            found = str(error).partition(":")[0]

    assert found in ("mine", str(path))


def test_the_readers_own_catalogues_come_after_the_shipped_ones(tmp_path: Path) -> None:
    """In the order of their names; other files in the folder are none of ours."""
    (tmp_path / "notes.txt").touch()
    second, first = a_file(tmp_path, "b"), a_file(tmp_path, "a")

    paths, damages = places.default_paths(tmp_path)

    shipped = [places.shipped(), places.shipped().with_name("frontier.toml")]
    assert (paths, damages) == ([*shipped, first, second], ())


def test_everything_a_file_says_arrives_in_the_model(tmp_path: Path) -> None:
    """Areas, topics, groups, methods, questions, links and figures, in their order."""
    path = tmp_path / "full.toml"
    path.write_text(FULL_TEXT, encoding="utf-8")

    (mine,) = load(path).library.catalogues

    vit = mine.papers["vit"]
    assert (vit.name, vit.kind, vit.level) == ("test/vit", "blog", "deep")
    assert (vit.authors, vit.minutes, vit.year) == (("Ada", "Bob"), 5, None)
    (area,) = mine.areas
    (topic,) = area.topics
    assert (area.aliases, topic.full_name) == (("Sprachmodelle",), "test/llm/first")
    assert area.figures == (Link("F", "https://f.org", "https://s.org"),)
    assert topic.groups == (
        Group(("lora",)),
        Group(("vit",), "G", "S", (Method("M", "how"),)),
    )
    assert topic.questions == (Question("q", "Why?", "So."),)
    assert topic.further == (Link("More", "https://more.org"),)
