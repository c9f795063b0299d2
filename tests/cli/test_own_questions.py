"""Questions that the reader wrote into notes: asked, edited, moved, and known on every device."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Clock, Result
from roadmap_cli.program.own_questions import paired

Run = Callable[..., Result]
HEAD = "---\nroadmap: genai/lora\n---\n"
RANK = "Q: What is the rank of the update? ^rank\nA: That of the product.\n"
SCALED = "Q: Why is alpha scaled by the rank?\nA: So that the rate may stay.\n"


@pytest.fixture
def note(home: Path) -> Path:
    """Notes on LoRA with two questions, one of which has an id."""
    path = home / "notes" / "lora.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEAD}{RANK}\n{SCALED}")
    return path


def rows(roadmap: Run, *words: str) -> list[dict[str, Any]]:
    """The questions of notes that `review` lists."""
    found = json.loads(roadmap("review", *words, "--json").out)["questions"]
    return [row for row in found if row["paper"]]


def name_of(roadmap: Run, words: str) -> str:
    """The full name of the question that has these words."""
    (name,) = [
        row["question"]
        for row in rows(roadmap, "lora", "--place")
        if words in row["ask"]
    ]
    return str(name)


def answers(roadmap: Run) -> list[int]:
    """How often each question of the notes was answered."""
    return [row["answers"] for row in rows(roadmap, "lora", "--place")]


@pytest.mark.usefixtures("note")
def test_questions_of_notes_are_asked_like_those_of_catalogues(
    roadmap: Run, clock: Clock
) -> None:
    """At once, without the paper being read; they come again by the same scheduler."""
    before = rows(roadmap)
    done = roadmap("answer", "lora#rank", "knew")
    clock.pass_days(2)

    assert [row["paper"] for row in before] == ["lora", "lora"]
    assert before[0]["title"].startswith("LoRA")
    assert done.rows[0][:3] == ["genai/lora#rank", "llm/efficient-finetuning", "2026-03-03"]  # fmt: skip
    assert "genai/lora#rank" in {row["question"] for row in rows(roadmap)}
    assert "1 question is due: roadmap review" not in roadmap("next").out
    assert json.loads(roadmap("next", "--json").out)["due"] == 1


def test_the_note_stays_untouched(roadmap: Run, note: Path) -> None:
    """Nothing is written into it, whatever is said of its questions."""
    before = note.read_bytes()
    roadmap("answer", "lora#rank", "missed")
    roadmap("answer", name_of(roadmap, "alpha"), "aside")
    roadmap("review")

    assert note.read_bytes() == before


def test_an_edited_question_keeps_its_memory(roadmap: Run, note: Path) -> None:
    """By an event with its next answer, which one `undo` takes back with it."""
    roadmap("answer", name_of(roadmap, "alpha"), "knew")
    note.write_text(note.read_text().replace("Why is alpha", "And why is alpha, then,"))
    new = name_of(roadmap, "alpha, then")

    assert answers(roadmap) == [0, 1]
    assert roadmap("answer", new, "hard").code == 0
    assert answers(roadmap) == [0, 2]
    assert f"to {new}" in roadmap("history").out
    roadmap("undo")
    assert answers(roadmap) == [0, 1]


def test_a_question_that_is_edited_back_is_the_one_that_it_was(
    roadmap: Run, note: Path
) -> None:
    """And counts as due once, not under both its names."""
    text = note.read_text()
    roadmap("answer", name_of(roadmap, "alpha"), "missed")
    note.write_text(text.replace("alpha", "the factor alpha"))
    roadmap("answer", name_of(roadmap, "alpha"), "missed")
    note.write_text(text)

    assert answers(roadmap) == [0, 2]
    roadmap("answer", name_of(roadmap, "alpha"), "missed")
    assert answers(roadmap) == [0, 3]


def test_a_question_that_is_due_counts_once_whatever_it_was_called(
    roadmap: Run, note: Path, clock: Clock
) -> None:
    """On the home screen, too, and back and forth."""
    text = note.read_text()
    for words in ("alpha", "the factor alpha", "alpha"):
        note.write_text(text.replace("alpha", words))
        roadmap("answer", name_of(roadmap, "alpha"), "missed")
        clock.pass_days(9)

        assert json.loads(roadmap("next", "--json").out)["due"] == 1, words


def test_a_question_gets_and_loses_an_id_and_keeps_its_memory(
    roadmap: Run, note: Path
) -> None:
    """Its words are the same."""
    roadmap("answer", name_of(roadmap, "alpha"), "knew")
    note.write_text(note.read_text().replace("by the rank?", "by the rank? ^alpha"))
    assert answers(roadmap) == [0, 1]

    roadmap("answer", "lora#alpha", "knew")
    assert answers(roadmap) == [0, 2]
    note.write_text(note.read_text().replace(" ^alpha", ""))
    assert answers(roadmap) == [0, 2]


def test_with_an_id_all_of_a_question_may_be_edited(roadmap: Run, note: Path) -> None:
    """Nothing but the id has to stay."""
    roadmap("answer", "lora#rank", "knew")
    note.write_text(f"{HEAD}Q: Something else ^rank\nA: entirely\n")

    assert answers(roadmap) == [1]


def test_it_is_not_guessed_which_of_two_questions_was_edited() -> None:
    """Only one that is the only one like it."""
    old = {"a": "Why is alpha scaled?", "b": "Why is alpha scaled so?"}

    assert paired({"a": old["a"]}, {"c": "Why is alpha scaled down?"}) == {"c": "a"}
    assert paired(old, {"c": "Why is alpha scaled down?"}) == {}
    assert paired({"a": old["a"]}, {"c": "Who was Ada Lovelace?"}) == {}
    assert paired({}, {"c": "x"}) == paired(old, {}) == {}


def test_what_is_gone_from_the_notes_is_neither_asked_nor_counted(
    roadmap: Run, note: Path, clock: Clock
) -> None:
    """The home screen knows as well as `review`."""
    roadmap("answer", "lora#rank", "missed")
    clock.pass_days(3)
    assert json.loads(roadmap("--json").out)["due"] == 1
    note.write_text(f"{HEAD}{SCALED}")

    assert json.loads(roadmap("--json").out)["due"] == 0
    note.unlink()
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert rows(roadmap) == []


def test_notes_that_cannot_be_read_stop_nothing(
    roadmap: Run, note: Path, clock: Clock
) -> None:
    """What is next is told all the same; and notes are found wherever they stand."""
    roadmap("answer", "lora#rank", "missed")
    clock.pass_days(3)
    moved = note.parent / "below" / "another.md"
    moved.parent.mkdir()
    note.rename(moved)
    assert json.loads(roadmap("next", "--json").out)["due"] == 1
    moved.unlink()
    moved.parent.rmdir()
    note.mkdir()
    assert json.loads(roadmap("next", "--json").out)["due"] == 0
    note.rmdir()
    note.parent.rmdir()
    note.parent.write_text("a file where a folder is wanted")

    assert json.loads(roadmap("next", "--json").out)["due"] == 0
    assert roadmap("review").code == 0


def test_questions_of_a_skipped_paper_do_not_come(
    roadmap: Run, note: Path, clock: Clock
) -> None:
    """Until it is taken back in, or named."""
    assert note.exists()
    roadmap("answer", "lora#rank", "missed")
    clock.pass_days(3)
    roadmap("mark-skipped", "lora")

    assert rows(roadmap) == []
    assert json.loads(roadmap("--json").out)["due"] == 0
    assert len(rows(roadmap, "lora")) == 2


def test_two_questions_of_one_id_are_told(roadmap: Run, note: Path) -> None:
    """The first is asked; the same one twice is one."""
    note.write_text(f"{HEAD}{RANK}{RANK}{SCALED}Q: Other ^rank\nA: x\n")
    done = roadmap("review")

    assert (
        done.err.count("two questions are called ^rank; only the first is asked") == 1
    )
    assert answers(roadmap) == [0, 0]


def test_a_question_is_added_by_note(roadmap: Run, note: Path) -> None:
    """With an id of its own words; line ends and what stands there stay."""
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n").rstrip())
    before = note.read_bytes()
    done = roadmap(
        "note", "lora", "--ask", "How large\nmay it be?", "--answer", "Tiny."
    )

    assert note.read_bytes() == before + (
        b"\r\n\r\nQ: How large may it be? ^how-large-may-it-be\r\nA: Tiny.\r\n"
    )
    assert "genai/lora#how-large-may-it-be" in done.err
    assert len(rows(roadmap, "lora")) == 3


@pytest.mark.parametrize(
    "words",
    [["--ask", "x"], ["--answer", "x"], ["--ask", " ", "--answer", "x"],
     ["more", "--ask", "x", "--answer", "y"]],
)  # fmt: skip
def test_half_a_question_is_not_added(
    roadmap: Run, note: Path, words: list[str]
) -> None:
    """The way out is said, and nothing is written."""
    before = note.read_bytes()
    done = roadmap("note", "lora", *words)

    assert done.code == 2
    assert "hint: roadmap note NAME --ask" in done.err
    assert note.read_bytes() == before


def test_questions_follow_their_paper_into_another_catalogue(
    roadmap: Run, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A work is one thing, whatever it is called first; so is a paper that was renamed."""
    roadmap("answer", "lora#rank", "knew")
    catalogue = tmp_path / "mine.toml"
    catalogue.write_text(
        'format = "roadmap-catalogue"\nversion = 1\nid = "mine"\ntitle = "Mine"\n'
        '[paper.low-rank]\ntitle = "LoRA"\narxiv = "2106.09685"\n'
    )
    shipped = Path(__file__).parents[2] / "data" / "roadmap.toml"
    monkeypatch.setenv("ROADMAP_CATALOGUE", f"{catalogue}:{shipped}")

    assert note.exists()
    assert [row["answers"] for row in rows(roadmap, "mine/low-rank", "--place")] == [
        1,
        0,
    ]
    assert roadmap("answer", "low-rank#rank", "knew").code == 0
