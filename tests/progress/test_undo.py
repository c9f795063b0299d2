"""What `undo` leaves alone says so, and how it is taken back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOON
from conftest import Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
KEYS = ("lora", "mlp", "cnn", "rnn", "vit", "mamba")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A journal of another device: six papers read."""
    events = (stanza(NOON, f"genai/{key}", {"status": "read"}) for key in KEYS)
    path = tmp_path / "phone.toml"
    path.write_text(header("phone") + "".join(events), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["merge", "import"])
def test_taking_in_says_what_changes_and_how_it_is_taken_back(
    roadmap: Run, elsewhere: Path, home: Path, command: str
) -> None:
    """The few first papers by name; without the file that it names all is as before."""
    roadmap("mark-read", "bert")
    before = roadmap("list", "llm").out
    done = roadmap(command, str(elsewhere))
    said, hint = done.err.splitlines()
    kept = home / "progress" / "phone.merged-desk.toml"

    assert said == (
        "6 new events came in: "
        "lora is read, mlp is read, cnn is read, rnn is read, vit is read and 1 more"
    )
    assert hint == f"hint: `undo` leaves that alone; to take it back, remove {kept}"
    kept.unlink()
    assert roadmap("list", "llm").out == before


def test_what_changes_is_told_in_the_order_of_the_events_that_came_in(
    roadmap: Run, home: Path, tmp_path: Path
) -> None:
    """Whatever was said of these papers before; an undo stands for what it takes back."""
    roadmap("mark-reading", "mlp", "lora", "bert")
    roadmap("mark-read", "vit", "rope")
    marked = (home / "progress" / "desk.toml").read_text().rpartition("at = ")[2]
    said = [
        ("genai/lora", {"status": "read"}),
        ("", {"undoes": f"desk@{marked.strip()}"}),
        ("genai/gone", {"status": "read"}),
        ("genai/bert", {"status": "skipped"}),
        ("genai/mlp", {"status": "read"}),
    ]
    at = NOON + timedelta(minutes=1)
    events = (stanza(at + timedelta(seconds=n), *one) for n, one in enumerate(said))
    path = tmp_path / "phone.toml"
    path.write_text(header("phone") + "".join(events), encoding="utf-8")

    rehearsed = roadmap("merge", str(path), "--dry-run").err.splitlines()[-1]
    told = roadmap("merge", str(path)).err.splitlines()[0]
    assert told.partition(": ")[2] == rehearsed.partition(": ")[2]
    assert told.partition(": ")[2] == (
        "lora is read, vit is todo, rope is todo, genai/gone is read, bert is skipped "
        "and 1 more"
    )


def test_a_rehearsal_says_what_would_come_in(
    roadmap: Run, elsewhere: Path, home: Path
) -> None:
    """The same in another mood; and there is nothing to take back."""
    roadmap("mark-read", *KEYS[1:])
    done = roadmap("merge", str(elsewhere), "--dry-run")

    assert done.rows == [[str(elsewhere), "6"]]
    assert done.err.splitlines()[1:] == ["6 new events would come in: lora is read"]
    assert [one.name for one in (home / "progress").glob("*.toml")] == ["desk.toml"]


def test_what_is_known_changes_nothing(roadmap: Run, elsewhere: Path) -> None:
    """The second time there is nothing to say, nor to take back."""
    roadmap("merge", str(elsewhere))

    assert roadmap("merge", str(elsewhere)).err == (
        "0 new events came in, no status changes\n"
    )


def test_an_undone_mark_leaves_its_note(roadmap: Run, home: Path) -> None:
    """It says so, and where."""
    roadmap("mark-read", "lora", "--note", "rotations")
    roadmap("mark-read", "mlp")
    without, with_note = roadmap("undo"), roadmap("undo")

    assert without.err == ""
    assert with_note.err == f"your notes on lora stay: {home / 'notes' / 'lora.md'}\n"
