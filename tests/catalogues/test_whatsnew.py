"""What is new in the lists: told once, first what concerns the reader, and nowhere else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.cli.terminal import streams
from roadmap_cli.disk import places
from roadmap_cli.program.seen import Seen
from roadmap_cli.program.whatsnew import Whatsnew

Run = Callable[..., Result]
LINE = "Your lists have changed"


def a_list(**more: str) -> str:
    """A list with three papers in one topic and none in another; `more` says otherwise."""
    said = {
        "head": "",
        "first": '["x", "y", "z"]',
        "second": "[]",
        "x": paper_text("x"),
        "y": paper_text("y"),
        "z": paper_text("z"),
        "ask": "Why?",
        **more,
    }
    papers = "".join(
        said[key] for key in said if key not in ("head", "first", "second", "ask")
    )
    return f"""{HEAD.replace('"test"', '"course"')}{said["head"]}
[[area]]
id = "a"
title = "A"
[[area.topic]]
id = "t"
title = "First"
papers = {said["first"]}
question = [{{id = "q", ask = "{said["ask"]}"}}]
[[area.topic]]
id = "u"
title = "Second"
papers = {said["second"]}
{papers}"""


@pytest.fixture
def own(home: Path) -> Callable[..., None]:
    """Write a list of the reader's own; by hand, so that it may be anybody's."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)

    def write(**more: str) -> None:
        (folder / "course.toml").write_text(a_list(**more), "utf-8")

    write()
    return write


def rows(roadmap: Run, *call: str) -> list[dict[str, Any]]:
    """What `whatsnew` tells."""
    told: list[dict[str, Any]] = json.loads(roadmap("whatsnew", "--json", *call).out)[
        "news"
    ]
    return told


def kinds(roadmap: Run, *call: str) -> list[tuple[str, str]]:
    """The kind and name of each change, in the order in which they are told."""
    return [(row["kind"], row["key"]) for row in rows(roadmap, *call)]


MUCH = {
    "first": '["y", "w"]',
    "second": '["x"]',
    "z": "",
    "w": paper_text("w", 'requires = ["y"]'),
    "y": paper_text("y").replace("example.org/y", "example.org/why"),
    "ask": "Why not?",
}
"""Something of everything: x moved, y has another link, z is gone, w came."""


@pytest.mark.usefixtures("own")
def test_at_first_nothing_is_new(roadmap: Run) -> None:
    """It says what there will be to see."""
    first = roadmap("whatsnew")

    assert (first.code, first.out) == (0, "")
    assert first.err == "From now on, what changes in your lists is told here.\n"
    assert roadmap("whatsnew").err == "Nothing is new in your lists.\n"


def test_a_change_is_told_once(roadmap: Run, own: Callable[..., None]) -> None:
    """Of a list of one's own as of a shipped one; what concerns nobody comes by kind."""
    roadmap("whatsnew")
    own(**MUCH)

    assert kinds(roadmap) == [
        ("questions", "a/t"),
        ("link", "y"),
        ("came", "w"),
        ("moved", "x"),
        ("retired", "course/z"),
    ]
    assert rows(roadmap) == []
    assert len(rows(roadmap, "--again")) == 5


def test_what_concerns_the_reader_comes_first_and_says_what_follows(
    roadmap: Run, own: Callable[..., None]
) -> None:
    """What is being read and the goal, then what was read, then the rest."""
    roadmap("whatsnew")
    roadmap("mark-read", "z")
    roadmap("mark-reading", "y")
    roadmap("goal", "set", "x")
    own(
        **{**MUCH, "first": '["v", "y", "w"]', "v": paper_text("v")},
        x=paper_text("x", 'requires = ["w"]'),
    )

    told = [
        (row["kind"], row["key"], row["concerns"], row["consequence"])
        for row in rows(roadmap)
    ]

    assert told == [
        (
            "questions",
            "a/t",
            "reading",
            "you are reading papers of it: your progress stays",
        ),
        ("link", "y", "reading", "you are reading it: your progress stays"),
        ("came", "w", "goal", "it is on the way to your goal"),
        ("moved", "x", "goal", "it is on the way to your goal"),
        ("prerequisites", "x", "goal", "what it needs is on the way to your goal"),
        (
            "retired",
            "course/z",
            "read",
            "you have read it: your progress and notes are kept",
        ),
        ("came", "v", "", ""),
    ]


def test_a_paper_of_another_key_keeps_its_progress(
    roadmap: Run, own: Callable[..., None]
) -> None:
    """And its news says under which."""
    roadmap("whatsnew")
    roadmap("mark-known", "x")
    renamed = paper_text("x").replace("[paper.x]", '[paper.x-2]\naliases = ["x"]')
    own(first='["x-2", "y", "z"]', x=renamed)

    (row,) = rows(roadmap)

    assert (row["kind"], row["key"], row["concerns"]) == ("renamed", "x-2", "known")
    assert row["consequence"] == "you know it: your progress stays, under x-2"
    assert roadmap("list", "--where", "status:known").rows[0][0] == "x-2"


def test_the_home_screen_says_so_until_it_was_read(
    roadmap: Run, terminal: Run, own: Callable[..., None]
) -> None:
    """In one line, on a terminal alone; no other command says anything."""
    assert LINE not in terminal().out
    own(**MUCH)

    assert (
        f"{LINE}: 1 new, 1 retired, 1 moved and more; roadmap whatsnew\n"
        in terminal().out
    )
    assert LINE in terminal("--plain").out
    for call in ((), ("--plain",), ("next",), ("list",), ("--json",)):
        piped = roadmap(*call)
        assert LINE not in piped.out + piped.err
    for shown in (terminal("next"), terminal("list"), terminal("--json")):
        assert LINE not in shown.out
    assert "Second" in terminal("whatsnew").out
    assert LINE not in terminal().out


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (120, f"{LINE}: 1 new, 1 retired, 1 moved and more; roadmap whatsnew"),
        (60, f"{LINE}: roadmap whatsnew"),
        (40, "News: roadmap whatsnew"),
    ],
)
def test_the_line_on_the_home_screen_is_one_however_narrow_it_is(
    columns: int, line: str, terminal: Run, own: Callable[..., None]
) -> None:
    """The command to type is always in it."""
    terminal()
    own(**MUCH)

    assert line in terminal(columns=columns).out.splitlines()


@pytest.mark.parametrize("change", ["note", "comment", "minutes"])
def test_what_nobody_relies_on_is_no_news(
    change: str, roadmap: Run, terminal: Run, own: Callable[..., None]
) -> None:
    """Neither announced nor told."""
    terminal()
    own(
        x=paper_text(
            "x", {"note": 'note = "N"', "comment": "# c"}.get(change, "minutes = 5")
        )
    )

    assert LINE not in terminal().out
    assert rows(roadmap) == []


def test_what_the_reader_edits_is_no_news(
    roadmap: Run, terminal: Run, own: Callable[..., None]
) -> None:
    """Also taken back; what somebody else writes afterwards is."""
    terminal()
    roadmap(
        "add",
        "https://example.org/new",
        "--title",
        "New",
        "--to",
        "course/a/t",
        "--offline",
    )
    assert LINE not in terminal().out
    roadmap("undo")
    assert LINE not in terminal().out
    own(**MUCH)
    assert LINE in terminal().out


def test_reading_it_on_one_device_is_enough(
    roadmap: Run,
    terminal: Run,
    own: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
) -> None:
    """An event of the journal tells the others, which then compare with what was read."""

    def on(device: str) -> None:
        monkeypatch.setenv("ROADMAP_DEVICE", device)
        states = home / "state"
        if states.exists():
            states.rename(home / f"state-of-{other[device]}")
        if (mine := home / f"state-of-{device}").exists():
            mine.rename(states)

    other = {"desk": "phone", "phone": "desk"}
    terminal()
    on("phone")
    terminal()
    own(**MUCH)
    assert LINE in terminal().out
    assert len(rows(roadmap)) == 5
    on("desk")
    assert LINE not in terminal().out
    assert rows(roadmap) == []
    own(**{**MUCH, "second": '["x", "v"]', "v": paper_text("v")})
    assert kinds(roadmap) == [("came", "v")]


def test_to_go_back_is_no_news_and_versions_do_not_fight(
    roadmap: Run, terminal: Run, own: Callable[..., None]
) -> None:
    """Ten times to and fro, after it was read once."""
    older, newer = (
        {"head": "released = 2026-01-01"},
        {**MUCH, "head": "released = 2026-02-01"},
    )
    own(**older)
    terminal()
    own(**newer)
    assert len(rows(roadmap)) == 5
    for state in [older, newer] * 10:
        own(**state)
        assert LINE not in terminal().out
    assert rows(roadmap) == []


def test_an_older_state_that_was_never_seen_is_no_news(
    roadmap: Run, terminal: Run, own: Callable[..., None]
) -> None:
    """The day of its release tells; what comes next is compared with the newest state seen."""
    own(**MUCH, head="released = 2026-02-01")
    terminal()
    own(head="released = 2026-01-01")
    assert LINE not in terminal().out
    assert rows(roadmap) == []
    own(
        **{**MUCH, "second": '["x", "v"]', "v": paper_text("v")},
        head="released = 2026-03-01",
    )
    assert kinds(roadmap) == [("came", "v")]


@pytest.mark.parametrize("how", ["lost", "damaged", "emptied", "no folder"])
def test_a_lost_state_is_quiet(
    how: str, roadmap: Run, terminal: Run, own: Callable[..., None], home: Path
) -> None:
    """From then on changes are told again."""
    terminal()
    folder = home / "state" / "catalogues"
    for path in list(folder.iterdir()):
        if how == "lost":
            path.unlink()
        else:
            path.write_text({"damaged": "{]\n", "emptied": ""}.get(how, ""), "utf-8")
    if how == "no folder":
        for path in list(folder.iterdir()):
            path.unlink()
        folder.rmdir()
        folder.write_text("in the way", "utf-8")
    own(**MUCH)

    assert LINE not in terminal().out
    assert rows(roadmap) == []
    if how != "no folder":
        own()
        own(first='["x"]')
        assert kinds(roadmap)


def test_what_cannot_be_noted_is_told_all_the_same(
    roadmap: Run, own: Callable[..., None], home: Path
) -> None:
    """A damaged journal keeps what was read from being noted; a warning says so."""
    roadmap("whatsnew")
    own(**MUCH)
    (home / "progress").mkdir(exist_ok=True)
    (home / "progress" / "desk.toml").write_text("no journal", "utf-8")

    told = roadmap("whatsnew")

    assert told.code == 0
    assert len(told.rows) == 5
    assert "that this was read cannot be noted, so it will be told again" in told.err


def test_that_it_was_read_is_nothing_to_undo_and_no_history(
    roadmap: Run, own: Callable[..., None]
) -> None:
    """`undo` takes back the mark before it, and `redo` gives it again."""
    roadmap("whatsnew")
    roadmap("mark-read", "x")
    own(**MUCH)
    rows(roadmap)

    assert [row[0] for row in roadmap("undo").rows] == ["x"]
    own()
    own(first='["x"]')
    rows(roadmap)
    assert [row[0] for row in roadmap("redo").rows] == ["x"]
    assert "seen" not in roadmap("history").out


def test_a_rehearsal_tells_and_notes_nothing(
    roadmap: Run, own: Callable[..., None]
) -> None:
    """It is told again."""
    roadmap("whatsnew")
    own(**MUCH)

    assert len(rows(roadmap, "--dry-run")) == len(rows(roadmap)) == 5


@pytest.mark.usefixtures("both_lists")
def test_a_shipped_list_that_is_new_is_told(
    roadmap: Run, terminal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To who saw another one before; its papers are not told one by one."""
    monkeypatch.setenv("ROADMAP_USE", "genai")
    terminal()
    monkeypatch.delenv("ROADMAP_USE")

    assert f"{LINE}: 1 message" in terminal().out
    (row,) = rows(roadmap)
    assert (row["key"], row["kind"]) == ("frontier", "news")
    assert row["what"] == "a new list of 78 papers"


def test_words_of_the_makers_are_told(roadmap: Run, own: Callable[..., None]) -> None:
    """Those that are new, with their day."""
    first, second = (
        f'[[news]]\non = 2026-0{month}-01\ntext = "{text}"\n'
        for month, text in ((1, "Begun."), (2, "Twice as long."))
    )
    own(head=first)
    roadmap("whatsnew")
    own(head=f"{second}{first}")

    (row,) = rows(roadmap)
    assert (row["kind"], row["key"], row["what"]) == (
        "news",
        "course",
        "2026-02-01: Twice as long.",
    )


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("released = 5", "released must be a day, such as 2026-01-31"),
        ('released = "soon"', "released must be a day, such as 2026-01-31"),
        ("released = 2026-01-01T10:00:00", "released must be a day"),
        ('[[news]]\ntext = "T"', "news.0 needs the field `on`"),
        (
            '[[news]]\non = 2026-01-01\ntext = "T"\ntxet = "T"',
            "news.0 has an unknown field `txet`; did you mean `text`?",
        ),
        ('[[news]]\non = 2026-01-01\ntext = " "', "news.0.text must not be empty"),
    ],
)
def test_a_day_or_a_message_that_is_none_is_said(
    said: str, problem: str, roadmap: Run, tmp_path: Path
) -> None:
    """With its line."""
    path = tmp_path / "course.toml"
    path.write_text(a_list(head=said), "utf-8")

    refused = roadmap("--catalogue", str(path), "list")

    assert refused.code == 3
    assert problem in refused.err


def test_a_day_in_quotes_is_understood(roadmap: Run, own: Callable[..., None]) -> None:
    """As numbers in quotes are."""
    own(head='released = "2026-02-01"')
    roadmap("whatsnew")
    own(**MUCH, head='released = "2026-01-01"')

    assert rows(roadmap) == []


def test_hostile_words_are_drawn_as_words(
    terminal: Run, own: Callable[..., None]
) -> None:
    """No title of a list that changed moves the cursor."""
    terminal()
    evil = paper_text("w").replace('"T"', '"\\u001b[2J[/b]evil"')
    own(**{**MUCH, "w": evil})

    drawn = terminal("whatsnew").out
    assert "[/b]evil" in drawn
    assert "\x1b[2J" not in drawn


@pytest.mark.usefixtures("own")
def test_the_home_screen_compares_names_alone(
    roadmap: Run, terminal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No state is read where all were seen: neither from a file nor from the index."""
    terminal()
    monkeypatch.setattr(streams, "has_screen", lambda: True)

    def forbidden(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Whatsnew, "__init__", forbidden)
    monkeypatch.setattr(Seen, "read", forbidden)

    assert roadmap().code == 0


def test_what_is_new_is_counted_once(
    roadmap: Run,
    terminal: Run,
    own: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The home screen compares two states the first time, whatever it says until they are read."""
    terminal()
    own(**MUCH)
    assert LINE in terminal().out
    monkeypatch.setattr(streams, "has_screen", lambda: True)

    def forbidden(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Seen, "read", forbidden)

    assert LINE in roadmap("--color", "never").out


def test_shipped_states_are_kept_under_the_day_of_their_release(
    terminal: Run, home: Path
) -> None:
    """So that an older program's list is known as older."""
    terminal()

    (name,) = (path.name for path in (home / "state" / "catalogues").iterdir())
    assert name.startswith(f"{places.SHIPPED[0].id}@2026-")
