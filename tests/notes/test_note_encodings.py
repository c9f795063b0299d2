"""Notes in whatever encoding: a line is added in that of the file, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Clock, Result
from roadmap_cli.notes.encoding import decode

Run = Callable[..., Result]
HEAD = "---\nroadmap: genai/lora\n---\n\n"
MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}


def put(path: Path, contents: bytes) -> Path:
    """A file, and the folder that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents)
    return path


def shown(roadmap: Run) -> str:
    """The notes on LoRA that `show` tells."""
    return str(json.loads(roadmap("show", "lora", "--json").out)["papers"][0]["notes"])


@pytest.mark.parametrize("name", ["lora.md", "sub/x.md"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", MARKS)
def test_a_line_is_added_in_the_encoding_that_the_file_names(
    roadmap: Run, home: Path, encoding: str, end: str, name: str
) -> None:
    """By its byte order mark, and with the line ends that it has; `search` finds all of it."""
    text = (HEAD + "Crème xylophone.\n").replace("\n", end)
    path = put(home / "notes" / name, MARKS[encoding] + text.encode(encoding))
    done = [
        roadmap("note", "lora", "größer 大"),
        roadmap("mark-read", "lora", "--note", "zebrastripes 😀"),
    ]
    after = path.read_bytes()

    assert [(one.code, one.err.count("warning")) for one in done] == [(0, 0)] * 2
    assert after.removeprefix(MARKS[encoding]).decode(encoding) == (
        f"{text}- 2026-03-01: größer 大{end}- 2026-03-01: zebrastripes 😀{end}"
    )
    assert shown(roadmap).splitlines()[0] == "Crème xylophone."
    assert roadmap("search", "zebrastripes").rows[0][0] == "lora"


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("a\nb", "\n- 2026-03-01: x\n"),
        ("a\r\nb", "\r\n- 2026-03-01: x\r\n"),
        ("a\nb\r\n", "- 2026-03-01: x\r\n"),
        ("a\r\nb\n", "- 2026-03-01: x\n"),
        ("a\rb", "\r- 2026-03-01: x\r"),
        ("", "- 2026-03-01: x\n"),
        ("a", "\n- 2026-03-01: x\n"),
    ],
)
def test_a_line_ends_as_the_one_before_it(
    roadmap: Run, home: Path, text: str, added: str
) -> None:
    """And begins on a line of its own."""
    path = put(home / "notes" / "lora.md", text.encode())
    roadmap("note", "lora", "x")

    assert path.read_bytes() == (text + added).encode()


UNSURE = {
    "cp1252": (HEAD + "crème xylophone\n").encode("cp1252"),
    "latin-1": HEAD.encode() + "größer xylophone\r\n".encode("latin-1"),
    "mixed": MARKS["utf-8"] + HEAD.encode() + b"xylophone \xe9\n",
    "mixed UTF-16": MARKS["utf-16-le"]
    + f"{HEAD}xylophone\n".encode("utf-16-le")
    + b"\n",
    "Shift JIS": HEAD.encode() + "xylophone 大\n".encode("shift-jis"),
    "UTF-16 without its mark": f"{HEAD}xylophone\n".encode("utf-16-le"),
}


@pytest.mark.parametrize("contents", UNSURE.values(), ids=UNSURE)
def test_an_encoding_that_is_not_sure_is_refused(
    roadmap: Run, home: Path, contents: bytes
) -> None:
    """With the cure, and not a byte is written; what can be read is shown, with a warning."""
    path = put(home / "notes" / "lora.md", contents)
    done = roadmap("note", "lora", "naïve")
    marked = roadmap("mark-read", "lora", "--note", "naïve")
    looked = roadmap("show", "lora")
    problem = json.loads(roadmap("doctor", "--json").out)["findings"][0]["problem"]

    assert (done.code, done.err.startswith(f"error: {path}: ")) == (3, True)
    assert "hint: open it in your editor and save it as UTF-8" in done.err
    assert (marked.code, marked.err.startswith("error: marked, but the note")) == (6, True)  # fmt: skip
    assert "save it as UTF-8" in marked.err
    assert path.read_bytes() == contents
    assert (looked.code, f"warning: {path}: " in looked.err) == (0, True)
    assert str(path) in problem
    if contents != UNSURE["UTF-16 without its mark"]:  # no word of that can be read
        assert "xylophone" in shown(roadmap)
        assert roadmap("search", "xylophone").rows[0][0] == "lora"


def test_a_saved_file_takes_lines_again(roadmap: Run, home: Path) -> None:
    """The cure cures it."""
    path = put(home / "notes" / "lora.md", "crème\n".encode("latin-1"))
    assert roadmap("note", "lora", "more").code == 3
    path.write_text("crème\n", "utf-8")

    assert roadmap("note", "lora", "more").code == 0
    assert roadmap("doctor").code == 0


@given(
    st.text(),
    st.text().filter(lambda text: "\0" not in text),
    st.sampled_from([None, *MARKS]),
)
def test_what_is_added_reads_as_what_was_there_and_one_line(
    before: str, line: str, encoding: str | None
) -> None:
    """Whatever stands there, in every encoding that is sure."""
    line = " ".join(line.split())
    mark = MARKS[encoding] if encoding else b""
    contents = mark + before.encode(encoding or "utf-8")
    file = decode(contents)
    if file.problem:
        assert "\0" in before or not encoding
        return
    after = decode(contents + file.added(f"- {line}"))
    gap = "" if not file.text or file.text.endswith("\n") else "\n"

    assert (after.text, after.problem) == (f"{file.text}{gap}- {line}\n", "")


# The same words again


def lines(home: Path) -> list[str]:
    """The dated lines of the notes on LoRA."""
    text = (home / "notes" / "lora.md").read_text("utf-8")
    return [line for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("again", [["undo"], ["undo", "redo", "undo"], [], ["mark-unread lora"]])  # fmt: skip
def test_a_marks_note_stands_there_once(
    roadmap: Run, home: Path, clock: Clock, again: list[str]
) -> None:
    """However often the same is said, also on another day; `undo` says that it stays."""
    call = ("mark-read", "lora", "--note", "rotations (a.b)")
    roadmap(*call)
    told = [roadmap(*words.split()) for words in again]
    clock.pass_days(1)
    done = roadmap(*call)

    assert done.code == 0
    assert lines(home) == ["- 2026-03-01: rotations (a.b)"]
    if again and again[-1] == "undo":
        assert f"your notes on lora stay: {home / 'notes' / 'lora.md'}" in told[-1].err
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["lora"]


def test_other_words_and_a_note_by_itself_are_written_as_said(
    roadmap: Run, home: Path
) -> None:
    """Only the very same line of a mark is not repeated; `note` says what it is told."""
    for words in ("rotations", "rotation", "rotations.", "Rotations", "rotations"):
        roadmap("mark-read", "lora", "--note", words)
    for _ in range(2):
        roadmap("note", "lora", "rotations")

    assert [line[14:] for line in lines(home)] == [
        "rotations", "rotation", "rotations.", "Rotations", "rotations", "rotations",
    ]  # fmt: skip


def test_a_line_of_the_readers_own_is_no_line_of_a_mark(
    roadmap: Run, home: Path
) -> None:
    """Words that stand in the text, undated, were not said with a mark."""
    put(home / "notes" / "lora.md", b"rotations\n- rotations\n")
    roadmap("mark-read", "lora", "--note", "rotations")

    assert lines(home) == ["- rotations", "- 2026-03-01: rotations"]
