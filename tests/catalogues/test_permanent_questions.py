"""No question of the shipped catalogues that a reader may have answered goes away."""

from pathlib import Path

from roadmap_cli.catalogues import reading
from roadmap_cli.curriculum.questions import posed
from roadmap_cli.disk import places

KEPT = Path(__file__).parents[1] / "data" / "questions.txt"
"""The full names of all questions that were ever shipped: new ones are added, none goes."""


def names(*files: Path) -> set[str]:
    """The full names of the questions of catalogue files, former ones included."""
    library = reading.load(files).library
    return {name for asked in posed(library) for name in asked.names}


def test_every_question_that_was_shipped_is_there_or_has_left_an_alias() -> None:
    """And each that is shipped stands in the list, so that it will be missed."""
    kept = KEPT.read_text("utf-8").split()
    shipped = names(*sorted(places.shipped().parent.glob("*.toml")))

    assert sorted({*kept} - shipped) == [], "name each among the aliases of another"
    assert sorted(shipped - {*kept}) == [], f"add these to {KEPT.name}"
    assert kept == sorted(kept)


def test_a_question_that_went_away_or_was_renamed_would_be_missed(
    tmp_path: Path,
) -> None:
    """An alias is enough."""
    text = places.shipped().read_text("utf-8")
    line = 'id = "lora-parameter-count"\n'
    changed = tmp_path / "roadmap.toml"
    assert text.count(line) == 1
    changed.write_text(text.replace(line, 'id = "lora-count"\n'), "utf-8")
    missing = names(places.shipped()) - names(changed)
    aliased = 'id = "lora-count"\naliases = ["lora-parameter-count"]\n'
    changed.write_text(text.replace(line, aliased), "utf-8")

    assert missing == {"genai/lora-parameter-count"}
    assert names(places.shipped()) <= names(changed)
