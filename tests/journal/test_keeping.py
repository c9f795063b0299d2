"""Taking back and looking back: undo, redo, history, and papers that went their ways."""

import itertools
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import HEAD, NOON, paper_text
from conftest import Clock, Result
from roadmap_cli.curriculum.model import Status
from roadmap_cli.disk.places import Places
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.program.roadmap import Roadmap
from roadmap_cli.progress.marks import Marking

Run = Callable[..., Result]


def journal(home: Path, device: str = "desk") -> Path:
    """The journal of a device."""
    return home / "progress" / f"{device}.toml"


def said(home: Path, device: str, *words: tuple[int, str, dict[str, object]]) -> Path:
    """A journal of another device: (minutes after noon, paper, fields) of its events."""
    path = journal(home, device)
    path.parent.mkdir(parents=True, exist_ok=True)
    events = (
        stanza(NOON.replace(minute=minute), paper, fields)
        for minute, paper, fields in words
    )
    path.write_text(header(device) + "".join(events), encoding="utf-8")
    return path


def shown(roadmap: Run, name: str) -> dict[str, Any]:
    """All that `show` says about a paper."""
    (row,) = json.loads(roadmap("show", name, "--json").out)["papers"]
    return dict(row)


def told(roadmap: Run, *arguments: str) -> list[dict[str, Any]]:
    """The events that `history` tells."""
    return list(json.loads(roadmap("history", *arguments, "--json").out)["events"])


def catalogue(folder: Path, monkeypatch: pytest.MonkeyPatch, papers: str) -> None:
    """Make the catalogue `test` of these papers, all in one topic, the only one."""
    keys = [line[7:-1] for line in papers.splitlines() if line.startswith("[paper.")]
    topic = f'[[area]]\nid = "a"\ntitle = "A"\n[[area.topic]]\nid = "t"\ntitle = "T"\npapers = {keys}\n'
    file = folder / "c.toml"
    file.write_text(HEAD + topic + papers, encoding="utf-8")
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(file))


# Undo and redo


def test_undo_takes_back_one_command_and_all_of_it(roadmap: Run) -> None:
    """Three papers marked at once become again exactly what each of them was."""
    roadmap("mark-skipped", "lora", "--on", "2026-02-01", "--rating", "2")
    before = [shown(roadmap, key) for key in ("lora", "mlp", "vit")]
    roadmap("mark-read", "lora", "mlp", "vit", "--rating", "5")
    done = roadmap("undo")

    assert [row[:3] for row in done.rows] == [
        ["lora", "read", "skipped"], ["mlp", "read", "todo"], ["vit", "read", "todo"]
    ]  # fmt: skip
    assert [shown(roadmap, key) for key in ("lora", "mlp", "vit")] == before


def test_undo_goes_back_step_by_step_to_the_beginning(roadmap: Run) -> None:
    """Each further undo takes the command before; then there is nothing left to undo."""
    roadmap("mark-reading", "lora")
    roadmap("mark-read", "lora")

    assert roadmap("undo").rows[0][:3] == ["lora", "read", "reading"]
    assert roadmap("undo").rows[0][:3] == ["lora", "reading", "todo"]
    assert roadmap("undo").code == 1
    assert "nothing to undo" in roadmap("undo").err


def test_a_mark_closes_the_way_to_redo(roadmap: Run) -> None:
    """As in an editor: after something new, what was undone before is not given back."""
    roadmap("mark-read", "lora")
    roadmap("undo")
    roadmap("mark-read", "mlp")

    assert (roadmap("redo").code, shown(roadmap, "lora")["status"]) == (1, "todo")


def test_undo_and_redo_only_ever_add_to_the_journal(roadmap: Run, home: Path) -> None:
    """Nothing is erased: the old bytes stand where they stood."""
    roadmap("mark-read", "lora")
    grown = [journal(home).read_bytes()]
    for command in ("undo", "redo", "undo"):
        assert roadmap(command).code == 0
        grown.append(journal(home).read_bytes())

    assert [after.startswith(before) for before, after in itertools.pairwise(grown)] == [True] * 3  # fmt: skip


def test_undo_leaves_alone_what_other_devices_said(roadmap: Run, home: Path) -> None:
    """The last word came from the laptop; this device takes back its own."""
    roadmap("mark-read", "lora")
    said(home, "laptop", (30, "genai/mlp", {"status": "read"}))

    assert roadmap("undo").rows[0][:3] == ["lora", "read", "todo"]
    assert roadmap("undo").code == 1
    assert shown(roadmap, "mlp")["status"] == "read"


def test_what_another_device_said_since_survives_an_undo(
    roadmap: Run, home: Path
) -> None:
    """Taking back our older word does not take back their newer one."""
    roadmap("mark-read", "lora", "mlp")
    said(home, "laptop", (30, "genai/lora", {"status": "known"}))
    done = roadmap("undo", "--json")

    assert [row["key"] for row in json.loads(done.out)["changes"]] == ["mlp"]
    assert shown(roadmap, "lora")["status"] == "known"


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_is_taken_back_in_a_damaged_journal(
    roadmap: Run, home: Path, command: str
) -> None:
    """What the journal says is unknown, which is not the same as nothing."""
    roadmap("mark-read", "lora")
    roadmap("undo")
    roadmap("mark-read", "mlp")
    journal(home).write_bytes(journal(home).read_bytes() + b"\n<<<<<<< ours\n")
    damaged = journal(home).read_bytes()
    done = roadmap(command)

    assert (done.code, journal(home).read_bytes()) == (3, damaged)
    assert str(journal(home)) in done.err


KEYS = ("lora", "mlp", "vit")
SMALL = HEAD + "".join(map(paper_text, KEYS))
MOVES = st.one_of(
    st.sampled_from(["undo", "redo"]),
    st.tuples(st.sampled_from(KEYS), st.sampled_from(Status)),
)


@settings(max_examples=40)
@given(st.lists(MOVES, max_size=12))
def test_undo_and_redo_are_the_two_stacks_of_every_editor(
    moves: list[str | tuple[str, Status]],
) -> None:
    """Whatever is marked, undone and redone, the state is that of the two-stack model."""
    now: dict[str, Status] = dict.fromkeys(KEYS, Status.TODO)
    done: list[dict[str, Status]] = []
    undone: list[dict[str, Status]] = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "c.toml").write_text(SMALL)
        folders = (data, data / "cache", data / "state", "desk", data / "notes")
        places = Places(*folders, (data / "c.toml",))
        for move in moves:
            roadmap = Roadmap(places, Clock())
            if isinstance(move, tuple):
                key, status = move
                roadmap.record.write(
                    roadmap.record.prepare(
                        [roadmap.names.anything(key)], Marking(status)
                    )
                )
                if now[key] is not status:
                    done.append(now)
                    undone.clear()
                    now = {**now, key: status}
            elif move == "undo" and done:
                roadmap.record.undo()
                undone.append(now)
                now = done.pop()
            elif move == "redo" and undone:
                roadmap.record.redo()
                done.append(now)
                now = undone.pop()
        reader = Roadmap(places, Clock())

        assert {
            key: reader.standing(reader.names.paper(key)).status for key in KEYS
        } == now


# History


def test_history_tells_the_newest_first_and_what_was_taken_back(roadmap: Run) -> None:
    """Every command is there, the undone one and the undo included."""
    roadmap("mark-reading", "lora")
    roadmap("mark-read", "lora", "--rating", "4")
    roadmap("undo")
    title = "LoRA: Low-Rank Adaptation of Large Language Models"

    assert [row[1:] for row in roadmap("history").rows] == [
        ["desk", "", "took back: lora read, rating 4", "no", ""],
        ["desk", "lora", "read, rating 4", "yes", title],
        ["desk", "lora", "reading", "no", title],
    ]


def test_history_since_a_day(roadmap: Run, clock: Clock) -> None:
    """That day and what came after it, nothing from before."""
    for key in ("lora", "mlp", "vit"):
        roadmap("mark-read", key)
        clock.pass_days(1)

    assert [one["key"] for one in told(roadmap, "--since", "2026-03-02")] == ["vit", "mlp"]  # fmt: skip
    assert told(roadmap, "--since", "2026-03-04") == []
    assert roadmap("history", "--since", "soon").code == 2


def test_history_can_be_cut_to_the_newest(roadmap: Run) -> None:
    """`-n` as in `next`: of three marks the last two."""
    for key in ("lora", "bert", "rope"):
        roadmap("mark-read", key)
    whole, cut = roadmap("history").rows, roadmap("history", "-n", "2").rows

    assert len(whole) == 3
    assert cut == whole[:2]


def test_history_of_one_paper(roadmap: Run) -> None:
    """By any of its names; of an unknown one there is none."""
    roadmap("mark-read", "lora", "mlp")

    assert [one["key"] for one in told(roadmap, "2106.09685")] == ["lora"]
    assert roadmap("history", "no-such-paper").code == 1


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_marks_of_one_command_are_told_together_on_a_terminal(
    roadmap: Run, terminal: Run, columns: int
) -> None:
    """With how many there are, and names as far as they fit; programs get each."""
    roadmap("mark-read", "lora", "bert", "--rating", "4")
    roadmap("mark-known", "llm/agents", "llm/evaluation")
    roadmap("undo")
    roadmap("mark-reading", "mlp")
    shown = terminal("history", columns=columns).out
    flat = " ".join(shown.split())
    names = re.findall(
        r"\n +([a-z0-9-]+(?:, [a-z0-9-]+)*)(?: and (\d+) more)?\n", shown
    )
    counts = [len(listed.split(", ")) + int(more or 0) for listed, more in names]

    assert "24 papers known (undone)" in flat
    assert "2 papers read, rating 4" in flat
    assert "mlp reading Multilayer perceptrons" in flat
    assert "lora, bert" in shown
    assert 24 in counts
    assert max(map(len, shown.splitlines())) <= columns
    assert [len(told(roadmap)), len(roadmap("history").rows)] == [28, 28]


def test_a_command_counts_once_where_it_is_told_once(
    roadmap: Run, terminal: Run
) -> None:
    """`-n 1` on a terminal has all of it; a line of a pipe is one mark."""
    roadmap("mark-read", "lora", "bert", "mlp")
    roadmap("mark-known", "vit", "clip")

    assert "2 papers  known" in terminal("history", "-n", "1").out
    assert "3 papers  read" in terminal("history", "-n", "2").out
    assert "read" not in terminal("history", "-n", "1").out
    assert [row[2] for row in roadmap("history", "-n", "1").rows] == ["clip"]


def test_devices_are_told_only_where_there_are_several(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Of what is told; in a pipe each line has its device."""
    roadmap("mark-read", "lora")
    alone = terminal("history").out
    said(home, "laptop", (5, "genai/mlp", {"status": "read"}))

    assert "desk" not in alone
    assert [device in terminal("history").out for device in ("desk", "laptop")] == [True, True]  # fmt: skip
    assert "laptop" not in terminal("history", "mlp").out
    assert [row[1] for row in roadmap("history").rows] == ["laptop", "desk"]


def test_dated_lines_of_notes_are_told_by_their_day(
    roadmap: Run, terminal: Run, clock: Clock, home: Path
) -> None:
    """The newest first, before what was marked that day; what the reader typed has no day."""
    roadmap("note", "lora", "first", "thought")
    clock.pass_days(1)
    roadmap("mark-read", "lora", "--note", "the rank is tiny")
    roadmap("note", "lora", "and one more")
    clock.pass_days(1)
    roadmap("mark-read", "mlp")
    (note,) = (home / "notes").glob("*.md")
    note.write_text(
        f"{note.read_text()}- 2026-99-99: no day\n- a thought without one\n"
    )
    lines = [
        ("", "mlp", "read"), ("2026-03-02", "lora", "note: and one more"),
        ("2026-03-02", "lora", "note: the rank is tiny"), ("", "lora", "read"),
        ("2026-03-01", "lora", "note: first thought"),
    ]  # fmt: skip
    notes = json.loads(roadmap("history", "--json").out)["notes"]

    found = [("" if row[1] else row[0], *row[2:4]) for row in roadmap("history").rows]
    assert found == lines
    assert [(row["on"], row["text"]) for row in notes] == [
        (on, what.removeprefix("note: ")) for on, _, what in lines if on
    ]
    assert len(told(roadmap)) == 2
    assert "lora  note: the rank is tiny" in terminal("history").out
    assert roadmap("history", "mlp").rows[0][2:4] == ["mlp", "read"]
    assert [row[3] for row in roadmap("history", "lora", "--since", "2026-03-02").rows] == [
        "note: and one more", "note: the rank is tiny", "read",
    ]  # fmt: skip
    assert len(roadmap("history", "-n", "2").rows) == 2


def test_history_without_a_word_said(roadmap: Run) -> None:
    """No events are no error."""
    done = roadmap("history")

    roadmap("mark-read", "lora")
    one, later = (
        roadmap("history", "mamba"),
        roadmap("history", "--since", "2026-03-04"),
    )

    assert (done.code, done.out, done.err) == (0, "", "Nothing has been said yet.\n")
    assert one.err == "Nothing has been said about mamba yet.\n"
    assert later.err == "Nothing has been said since 2026-03-04.\n"


def test_history_tells_what_was_redone_and_what_is_too_much_to_tell(
    roadmap: Run,
) -> None:
    """To undo and to redo in words; of a whole topic the first few marks."""
    roadmap("goal", "set", "lora")
    for command in ("undo", "redo", "undo"):
        roadmap(command)
    goals = [one["what"] for one in told(roadmap)]
    roadmap("mark-read", "mlp", "cnn", "rnn", "vit", "lora")
    roadmap("undo")

    assert goals == [
        "took back: lora goal set",
        "redid: lora goal set",
        "took back: lora goal set",
        "goal set",
    ]
    assert told(roadmap)[0]["what"] == "took back: mlp read; cnn read; rnn read; 2 more"


def test_history_names_the_command_where_what_was_taken_back_is_unknown(
    roadmap: Run, home: Path
) -> None:
    """The journal that it stands in has not arrived yet."""
    undoes = "phone@2026-03-01T11:00:00.000000Z"
    said(home, "laptop", (5, "", {"undoes": undoes}))

    assert told(roadmap)[0]["what"] == "took back what phone said at 2026-03-01 11:00"


def test_the_word_that_lost_is_seen_in_history(roadmap: Run, home: Path) -> None:
    """Two devices on one field: the later wins everywhere, the earlier stays visible (C5)."""
    said(home, "phone", (5, "genai/lora", {"status": "reading"}))
    said(home, "laptop", (10, "genai/lora", {"status": "read"}))

    assert shown(roadmap, "lora")["status"] == "read"
    assert [(one["device"], one["what"]) for one in told(roadmap, "lora")] == [
        ("laptop", "read"), ("phone", "reading")
    ]  # fmt: skip


def test_marks_and_ratings_of_two_devices_are_both_kept(
    roadmap: Run, home: Path
) -> None:
    """Different fields of one paper never overwrite each other (C4)."""
    said(home, "phone", (5, "genai/lora", {"status": "read"}))
    said(home, "laptop", (6, "genai/lora", {"rating": 3}))

    assert (shown(roadmap, "lora")["status"], shown(roadmap, "lora")["rating"]) == ("read", 3)  # fmt: skip


def test_history_knows_papers_that_no_catalogue_knows(roadmap: Run, home: Path) -> None:
    """A catalogue that is gone takes no history with it."""
    said(home, "laptop", (5, "gone/paper", {"status": "read"}))

    assert [(one["key"], one["what"]) for one in told(roadmap)] == [("gone/paper", "read")]  # fmt: skip


def test_history_tells_words_that_this_version_does_not_know(
    roadmap: Run, home: Path
) -> None:
    """Events of a kind to come are told as they are, tables and all."""
    said(home, "laptop", (5, "", {"goal": "agents", "plan": {"weeks": [1, 2]}}))

    assert told(roadmap)[0]["what"] == "goal agents, plan {'weeks': [1, 2]}"


@pytest.mark.parametrize("name", ["device", "key", "what", "undone", "title"])
def test_a_field_cannot_pass_for_what_history_says_itself(
    roadmap: Run, home: Path, name: str
) -> None:
    """A field that is called like one of ours does not take its place."""
    said(home, "laptop", (5, "genai/lora", {"status": "read"}))
    (honest,) = told(roadmap)
    said(home, "laptop", (5, "genai/lora", {"status": "read", name: "forged"}))
    (row,) = told(roadmap)

    assert row["undone"] is False
    assert [row[one] for one in ("at", "device", "key", "title")] == [
        honest[one] for one in ("at", "device", "key", "title")
    ]


def test_no_field_of_an_event_reaches_the_terminal_raw(
    roadmap: Run, terminal: Run, home: Path
) -> None:
    """Control characters in a journal from elsewhere are shown as harmless marks."""
    said(home, "laptop", (5, "gone/\x1b]0;x\x07", {"goal": "\x1b[2J\x9b31m"}))

    assert "\x1b" not in roadmap("history").out
    assert "\x1b[2J" not in terminal("history").out
    assert "\x1b]0" not in terminal("history").out


# Papers that went their ways


def test_a_renamed_paper_keeps_its_progress(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old key is an alias now: status, history and undo go on under the new one."""
    catalogue(tmp_path, monkeypatch, paper_text("old"))
    roadmap("mark-read", "old", "--rating", "4")
    catalogue(tmp_path, monkeypatch, paper_text("new", 'aliases = ["old"]'))

    assert (shown(roadmap, "new")["status"], shown(roadmap, "new")["rating"]) == ("read", 4)  # fmt: skip
    assert [one["key"] for one in told(roadmap, "new")] == ["new"]
    assert roadmap("mark-read", "new").err == "new is already read\n"
    assert roadmap("undo").rows[0][:3] == ["new", "read", "todo"]


def test_a_renamed_paper_keeps_its_notes(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written under the old key is shown, and added to, under the new one."""
    catalogue(tmp_path, monkeypatch, paper_text("old"))
    roadmap("note", "old", "the rank may be tiny")
    catalogue(tmp_path, monkeypatch, paper_text("new", 'aliases = ["old"]'))
    roadmap("note", "new", "indeed")

    assert "the rank may be tiny" in shown(roadmap, "new")["notes"]
    assert "indeed" in shown(roadmap, "new")["notes"]


def test_a_retired_paper_leaves_the_count_and_stays_in_history(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not done any more, nor to do; that it was read is still told."""
    papers = paper_text("one") + paper_text("two")
    catalogue(tmp_path, monkeypatch, papers)
    roadmap("mark-read", "two")
    counted = roadmap("list").rows[-1][1:3]
    catalogue(tmp_path, monkeypatch, papers + 'retired = "superseded"\n')

    assert (counted, roadmap("list").rows[-1][1:3]) == (["1", "2"], ["0", "1"])
    assert [(one["key"], one["what"]) for one in told(roadmap)] == [("two", "read")]
    assert shown(roadmap, "two")["status"] == "read"


def test_a_paper_that_comes_back_has_its_progress_again(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gone from the catalogue for a while: unknown, kept, and there again (E13)."""
    both = paper_text("one") + paper_text("two")
    catalogue(tmp_path, monkeypatch, both)
    roadmap("mark-read", "two", "--on", "2026-02-02")
    catalogue(tmp_path, monkeypatch, paper_text("one"))
    gone = [one["key"] for one in told(roadmap)]
    catalogue(tmp_path, monkeypatch, both)

    assert gone == ["test/two"]
    assert (shown(roadmap, "two")["status"], shown(roadmap, "two")["since"]) == ("read", "2026-02-02")  # fmt: skip
