"""Questions as cards for Anki, and how Anki's own library takes them in."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Clock, Result
from everything import EVIL, quoted

Run = Callable[..., Result]
HEAD = "#separator:tab\n#html:false\n#notetype:Basic\n#guid column:1\n#deck column:4\n"
NOTE = "---\nroadmap: genai/lora\n---\nQ: What is\nthe rank? ^rank\nA: Small.\n\n```\ncode\n```\n"


@pytest.fixture
def note(home: Path) -> Path:
    """Notes on LoRA with a question."""
    path = home / "notes" / "lora.md"
    path.parent.mkdir(parents=True)
    path.write_text(NOTE)
    return path


def cards(done: Result) -> list[list[str]]:
    """The rows of a file for Anki."""
    assert done.code == 0, done.err
    assert done.out.startswith(HEAD)
    lines = [line for line in done.out.splitlines(keepends=True) if line[0] != "#"]
    return list(csv.reader(lines, delimiter="\t", strict=True))


def test_the_questions_of_all_or_of_what_is_named_are_written(roadmap: Run) -> None:
    """By topic, by paper, and by what a query finds; each once, in decks within each other."""
    everything = cards(roadmap("export", "--to", "anki"))
    topic = cards(roadmap("export", "llm/efficient-finetuning", "lora", "--to", "anki"))
    found = cards(roadmap("export", "--to", "anki", "--where", "title:lora"))

    assert len(everything) == len({row[0] for row in everything}) == 89
    assert {len(row) for row in everything} == {4}
    assert topic[0][0] == "genai/lora-parameter-count"
    assert {row[3] for row in topic} == {
        "Generative AI Roadmap::Large Language Models::Efficient Fine-tuning"
    }
    assert [row[0] for row in found] == [row[0] for row in topic]
    assert cards(roadmap("export", "--to", "anki", "--where", "year:1900")) == []


@pytest.mark.usefixtures("note")
def test_questions_of_notes_are_private(roadmap: Run) -> None:
    """They come with `--notes`; without it, that they are left out is said."""
    without = roadmap("export", "lora", "--to", "anki")
    with_them = cards(roadmap("export", "lora", "--to", "anki", "--notes"))

    assert "1 question of your notes is left out: --notes" in without.err
    assert "rank?" not in without.out
    assert with_them[0][:3] == [
        "genai/lora#rank", "What is\nthe rank?", "Small.\n\n```\ncode\n```",
    ]  # fmt: skip
    assert len(with_them) == len(cards(without)) + 1


def test_what_is_set_aside_is_left_out(roadmap: Run) -> None:
    """Until it is taken up again."""
    before = cards(roadmap("export", "lora", "--to", "anki"))
    roadmap("answer", before[0][0], "aside")
    assert cards(roadmap("export", "lora", "--to", "anki")) == before[1:]
    roadmap("answer", before[0][0], "again")

    assert cards(roadmap("export", "lora", "--to", "anki")) == before


def test_a_card_keeps_its_id_when_its_question_is_edited(
    roadmap: Run, note: Path, clock: Clock
) -> None:
    """By the name that it had first: then Anki changes the card that is there."""

    def names() -> set[str]:
        rows = cards(roadmap("export", "lora", "--to", "anki", "--notes"))
        return {row[0] for row in rows if "#" in row[0]}

    note.write_text(NOTE.replace(" ^rank", ""))
    first = names()
    for number, text in enumerate(("the small rank?", "a small rank?", "a rank? ^r")):
        (name,) = {row[0] for row in _asked(roadmap)}
        roadmap("answer", name, "knew")
        clock.pass_days(number + 1)
        note.write_text(NOTE.replace("the rank? ^rank", text))

        assert names() == first, text


def _asked(roadmap: Run) -> list[list[str]]:
    rows = roadmap("review", "lora", "--place", "--list").rows
    return [row for row in rows if "#" in row[0]]


def test_an_alias_keeps_the_id_of_a_card(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of them is what the question was called when it was exported first."""
    path = tmp_path / "own.toml"
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    path.write_text(catalogue("Why?", "So."))
    before = roadmap("export", "--to", "anki").out
    path.write_text(path.read_text().replace('id = "q"', 'id = "n"\naliases = ["q"]'))

    assert roadmap("export", "--to", "anki").out == before


def catalogue(ask: str, hint: str) -> str:
    """A catalogue with one question, which its titles say too."""
    return (
        'format = "roadmap-catalogue"\nversion = 1\nid = "own"\n'
        f'title = {quoted(ask)}\n[[area]]\nid = "a"\ntitle = {quoted(f"{ask}::{hint}")}\n'
        f'[[area.topic]]\nid = "t"\ntitle = {quoted(hint)}\npapers = ["p"]\n'
        f'[[area.topic.question]]\nid = "q"\nask = {quoted(ask)}\nhint = {quoted(hint)}\n'
        '[paper.p]\ntitle = "P"\n'
    )


HOSTILE = [
    *EVIL,
    '"', '""\t"', "#deck:x", "a\n#html:true\nb", "\t\t", "[sound:x.mp3] [LaTeX]\\x[/latex] [$]y[/$]",
    "[anki:tts lang=en_US]x[/anki:tts]", "<script>x</script>", "a::b:::c", "::", "{{c1::x}}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_further_card_deck_or_header(
    text: str, roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row of four fields, without control characters, and three decks."""
    path = tmp_path / "own.toml"
    path.write_text(catalogue(f"x {text}", text))
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    done = roadmap("export", "--to", "anki")
    if done.code:  # a catalogue may not say this
        return
    ((name, front, back, deck),) = cards(done)

    assert name == "own/q"
    assert deck.count("::") == 2
    assert not any(sign in done.out for sign in "\x1b\x9b\x00\x07\u202e\r")
    assert not any(begin in f"{front}{back}".lower() for begin in ("[sound:", "[latex]", "[$]", "[anki:"))  # fmt: skip


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """A new collection of Anki's own library."""
    anki = pytest.importorskip(
        "anki.collection",
        reason="Anki's library is not installed here; `make anki` tries it",
    )
    return anki.Collection(str(tmp_path / "collection.anki2"))


def take_in(collection: Any, path: Path) -> tuple[int, int, int]:
    """Import a file as Anki does without being told anything; new, updated and other notes."""
    from anki.collection import ImportCsvRequest  # type: ignore[import-not-found]

    metadata = collection.get_csv_metadata(str(path), None)
    log = collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    others = (log.conflicting, log.empty_first_field, log.missing_notetype)
    return len(log.new), len(log.updated), sum(map(len, others))


@pytest.mark.usefixtures("note")
def test_anki_takes_cards_in_and_again(
    collection: Any,
    roadmap: Run,
    note: Path,
    tmp_path: Path,
) -> None:
    """The second time it changes what was edited, and keeps dates, tags and decks."""
    path = tmp_path / "cards.txt"
    export = ("export", "lora", "--to", "anki", "--notes", "-o", str(path))
    roadmap(*export)
    assert take_in(collection, path) == (4, 0, 0)
    (found,) = collection.find_notes("rank?")
    card = collection.get_note(found).cards()[0]
    collection.sched.set_due_date([card.id], "5")
    noted = collection.get_note(found)
    noted.add_tag("marked")
    collection.update_note(noted)
    before = collection.get_card(card.id).due
    note.write_text(NOTE.replace("Small.", 'Very <b>small</b> & "tiny".'))
    roadmap(*export)

    assert take_in(collection, path) == (0, 1, 0)
    after = collection.get_note(found)
    assert after.fields[0] == "What is<br>the rank?"
    assert after.fields[1].startswith("Very &lt;b&gt;small&lt;/b&gt; &amp; ")
    assert (after.tags, collection.get_card(card.id).due) == (["marked"], before)
    assert collection.decks.name(card.did) == (
        "Generative AI Roadmap::Large Language Models::Efficient Fine-tuning"
    )


def test_anki_makes_one_harmless_note_of_hostile_text(
    collection: Any, roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is markup, a sound or a deck of its own."""
    path, made = tmp_path / "own.toml", tmp_path / "cards.txt"
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    for text in HOSTILE:
        path.write_text(catalogue(f"x {text}", text))
        if roadmap("export", "--to", "anki", "-o", str(made)).code:
            continue  # a catalogue may not say this

        assert take_in(collection, made) == (1, 0, 0), text
        (found,) = collection.find_notes("")
        fields = "".join(collection.get_note(found).fields)
        assert "<script" not in fields
        assert "[sound:" not in fields
        collection.remove_notes([found])
