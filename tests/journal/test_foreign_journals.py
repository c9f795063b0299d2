"""Journals that are valid TOML and were not written by us: read, and added to or refused."""

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from builders import HEAD, paper_text
from conftest import Clock, Result
from roadmap_cli.cli import main
from roadmap_cli.journal.text import parse, stanza, takes_more_events

Run = Callable[..., Result]
HEADER = 'format = "roadmap-journal"\nversion = 1\ndevice = "desk"\n'
MLP = 'paper = "genai/mlp", status = "read", at = 2026-01-05T08:00:00Z'
EVENT = MLP.replace(", ", "\n") + "\n"
TRAP = 'x = """\n[[event]]\n"""\n'

HEADERS = st.sampled_from(
    [
        HEADER,
        "\ufeff" + HEADER,
        HEADER.replace("format", '"format"').replace('"desk"', "'''\ndesk'''"),
        "# [[event]]\n\n" + HEADER,
        HEADER + TRAP,
        HEADER + "x = [\n[1],\n]\ny.z = {a = 1}\n",
        HEADER + 'x = """y"\n\n[[event]]\n"""\n',
        'x = """y"\n\n[[event]]\n"""\n' + HEADER,
        HEADER + "x = '''\n[[ event ]]\n'''   # [[event]]\n",
    ]
)
TABLES = st.lists(
    st.sampled_from(
        [
            "[[event]]\n" + EVENT,
            "  [[ event ]]  # first\n" + EVENT,
            '[["event"]]\n' + EVENT,
            "[['event']]\n" + EVENT,
            '[["\\u0065vent"]]\n' + EVENT,
            "[[event]]\n" + EVENT + TRAP,
            "[[event]]\n" + EVENT + "[event.more]\nx = 1\n",
            "[[event]]\n" + EVENT + "[[event.more]]\nx = 1\n[event.more.most]\n",
            "[[event]]\n" + EVENT + "[event.more]\n" + TRAP,
        ]
    ),
    max_size=3,
).map("".join)
VALUES = st.sampled_from(
    [
        "event = []\n",
        f"event = [{{{MLP}}}]\n",
        f"'event' = [{{{MLP}}}, {{{MLP.replace('T08', 'T09')}}}] # [[event]]\n",
        f"event = [ # [[event]]\n  {{{MLP}}},\n]\n",
        "event = [\n]\n" + TRAP,
        '"\\u0065vent" = [ ]\n',
    ]
)
ENDS = st.sampled_from(
    [
        "",
        "\n\n",
        "# [[event]]",
        "[other]\nx = 1\n",
        "[[other]]\n[other.event]\n",
        "[other]\n[[other.event]]\n" + TRAP,
        "[other]\n" + TRAP + "y = 1",
    ]
)


@st.composite
def journals(draw: st.DrawFn) -> bytes:
    """Valid journals of any making."""
    events = draw(TABLES | VALUES)
    text = draw(HEADERS) + events + draw(ENDS)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    assume(is_toml(text))
    return text.encode()


def is_toml(text: str) -> bool:
    """Whether TOML's own parser takes a text."""
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return False
    return True


def events_of(contents: bytes) -> list[dict[str, Any]]:
    """The events of a file as TOML's own parser reads them."""
    return list(tomllib.loads(contents.decode("utf-8-sig")).get("event", []))


@settings(max_examples=400)
@given(journals())
def test_more_events_are_taken_exactly_where_toml_takes_them(contents: bytes) -> None:
    """The short way, which parses no more than a header, answers as the parser does."""
    added = "\n[[event]]\nat = 2026-01-06T08:00:00Z\n"

    assert takes_more_events(contents, len(contents)) == is_toml(
        contents.decode() + added
    )


@contextmanager
def a_home(contents: bytes, *, is_known: bool) -> Iterator[Path]:
    """A reader's folder with this journal, which the store may know already."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADMAP_HOME", folder)
        small = Path(folder, "small.toml")  # read in no time
        small.write_text(HEAD + paper_text("lora") + paper_text("rope"), "utf-8")
        patch.setenv("ROADMAP_CATALOGUE", str(small))
        journal = Path(folder, "progress", "desk.toml")
        journal.parent.mkdir()
        journal.write_bytes(contents)
        if is_known:
            assert main(["list"], Clock()) == 0
        yield journal


@settings(max_examples=60)
@given(journals(), st.booleans())
@example((HEADER + "event = []\n").encode(), True)
@example((HEADER + TRAP + f"event = [{{{MLP}}}]\n").encode(), True)
def test_a_mark_is_added_rightly_or_refused_before_anything_is_written(
    contents: bytes, is_known: bool
) -> None:
    """Old events and the new one are there for TOML's own parser, or the file is as it was."""
    before = events_of(contents)
    with a_home(contents, is_known=is_known) as journal:
        codes = [main(["mark-read", name], Clock()) for name in ("lora", "rope")]
        after = journal.read_bytes()
        copies = list(journal.parents[1].glob("backups/*"))

    if codes == [0, 0]:
        assert after.startswith(contents)
        assert [one.get("paper") for one in events_of(after)[len(before) :]] == [
            "test/lora",
            "test/rope",
        ]
        assert events_of(after)[: len(before)] == before
    else:
        assert (codes, after, copies) == ([3, 3], contents, [])
        assert not is_toml(contents.decode() + "\n[[event]]\n")


def test_what_is_read_behind_known_events_is_read_as_part_of_the_whole(
    roadmap: Run, home: Path, clock: Clock
) -> None:
    """Another program appends a table to a journal of one value: the store hides nothing."""
    journal = home / "progress" / "phone.toml"
    journal.parent.mkdir(parents=True)
    journal.write_text(HEADER.replace("desk", "phone") + f"event = [{{{MLP}}}]\n")
    assert "warning" not in roadmap("list").err
    with journal.open("a") as file:
        file.write(stanza(clock(), "genai/lora", {"status": "read"}))
    told = roadmap("list").err
    shutil.rmtree(home / "cache")

    assert f"{journal}: not valid TOML" in told
    assert roadmap("list").err == told


@pytest.mark.parametrize("value", ["[]", f"[{{{MLP}}}]"])
def test_the_cure_of_a_journal_of_one_value_cures_it(
    roadmap: Run, home: Path, tmp_path: Path, value: str
) -> None:
    """The error, `doctor` and a rehearsal tell it; afterwards all is there and marks go on."""
    journal = home / "progress" / "desk.toml"
    journal.parent.mkdir(parents=True)
    journal.write_text(f"{HEADER}event = {value}\n")
    done = roadmap("mark-read", "lora", "--note", "words")
    rehearsed = roadmap("mark-read", "lora", "--dry-run")
    told = roadmap("doctor", "--json")
    problems = json.loads(told.out)["findings"]
    moved = journal.rename(tmp_path / "desk.toml")

    assert (done.code, f"roadmap merge {moved.name}" in done.err) == (3, True)
    assert (rehearsed.code, list(home.glob("notes/*.md"))) == (3, [])
    assert (told.code, [one["problem"] in done.err for one in problems]) == (1, [True])
    assert roadmap("merge", str(moved)).code == 0
    assert roadmap("mark-read", "lora").code == 0
    read = {row[0] for row in roadmap("list", "--status", "read").rows}
    assert read == {"lora", *(["mlp"] if "mlp" in value else [])}


def test_a_journal_with_a_bracket_in_its_header_is_taken_in(
    roadmap: Run, tmp_path: Path
) -> None:
    """Whatever may stand before the first table."""
    file = tmp_path / "phone.toml"
    file.write_text(f"{HEADER}x = [\n[1]\n]\n[[event]]\n{EVENT}")

    assert roadmap("merge", str(file)).code == 0
    assert [row[0] for row in roadmap("list", "--status", "read").rows] == ["mlp"]


def test_a_long_journal_is_not_parsed_for_an_append() -> None:
    """Of ours only the header is; a thousand times the events cost no more."""
    long = (HEADER + f"\n[[event]]\n{EVENT}" * 5).encode()
    broken = long.replace(b"[[event]]\n", b"[[event]]\n}{", 5)

    assert len(parse(long, path="").events) == 5
    assert takes_more_events(broken, len(broken))
