"""What would also help with a paper: advice that is shown, and that no order follows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HEAD, TODAY, after, libraries, markings, paper_text
from catalogue_texts import complaint
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.suggest import Goal, Wishes, suggestions

Run = Callable[..., Result]

OWN = f"""{HEAD.replace('"test"', '"own"')}
[[area]]
id = "a"
title = "A"
[[area.topic]]
id = "t"
title = "T"
papers = ["aim", "need"]
[[area.topic]]
id = "u"
title = "U"
papers = ["first", "second"]
{paper_text("need")}{paper_text("first")}{paper_text("second")}
"""


def catalogue(helps: str) -> str:
    """The text of an own catalogue whose paper `aim` requires `need`, and what helps with it."""
    return OWN + paper_text("aim", f'requires = ["need"]\nhelps = {helps}')


@pytest.fixture
def write(home: Path) -> Callable[[str], None]:
    """Write that catalogue into the folder of own ones."""
    folder = home / "catalogues"
    folder.mkdir(parents=True)

    def write(helps: str) -> None:
        (folder / "own.toml").write_text(catalogue(helps))

    return write


def helped_by(roadmap: Run) -> list[tuple[str, str]]:
    """What `show` says would help with the paper, each with its status."""
    (row,) = json.loads(roadmap("show", "own/aim", "--json").out)["papers"]
    return [(brief["key"], brief["status"]) for brief in row["helped_by"]]


@pytest.mark.parametrize(
    ("helps", "shown"),
    [
        ('["second", "first"]', ["first", "second"]),
        ('["a/u"]', ["first", "second"]),
        ('["own/first"]', ["first"]),
        ('["genai/lora", "first"]', ["lora", "first"]),
        ('["a/t", "first"]', ["first"]),
        ('["nowhere/lora", "genai/no-such", "first"]', ["first"]),
    ],
    ids=["papers", "topic", "full name", "other catalogue", "needs too", "not there"],
)
def test_show_tells_what_would_also_help(
    roadmap: Run, write: Callable[[str], None], helps: str, shown: list[str]
) -> None:
    """Papers, those of topics and of other catalogues, each by its status, and no need again."""
    write(helps)
    assert helped_by(roadmap) == [(key, "todo") for key in shown]

    roadmap("mark-read", shown[0])

    assert helped_by(roadmap)[0] == (shown[0], "read")


def test_show_draws_what_would_also_help_below_what_is_needed(
    terminal: Run, write: Callable[[str], None]
) -> None:
    """Under a heading of its own."""
    write('["first"]')

    lines = [line.split() for line in terminal("show", "own/aim").out.splitlines()]

    at = lines.index(["Also", "helps"])
    assert lines[at + 1][-3:] == ["todo", "first", "T"]
    assert lines.index(["Needs", "first"]) < at


def test_a_name_of_a_catalogue_that_is_not_loaded_is_told_by_doctor(
    roadmap: Run, write: Callable[[str], None]
) -> None:
    """Harmless, and by the paper that has it."""
    write('["elsewhere/paper"]')
    found = json.loads(roadmap("doctor", "--json").out)["findings"]
    (said,) = [row for row in found if "elsewhere/paper" in row["problem"]]
    assert "(in own/aim)" in said["problem"]
    assert said["harmless"]


def test_a_way_has_what_would_help_only_if_asked_for(
    roadmap: Run, terminal: Run, write: Callable[[str], None]
) -> None:
    """The steps are the same; what is on the way itself is not told again."""
    write('["first", "second"]')
    plain = roadmap("path", "own/aim")
    wide = roadmap("path", "own/aim", "--wide", "--header")
    assert [row[0] for row in plain.rows] == ["need", "aim"]
    assert [row[0] for row in wide.rows] == ["key", "need", "aim"]
    assert [row[-1] for row in wide.rows] == ["helped_by", "", "first; second"]
    assert len(plain.rows[0]) == len(wide.rows[0]) - 1

    roadmap("mark-read", "first")

    drawn = terminal("path", "own/aim", "--wide").out
    assert "also helps: first (read), second" in drawn
    assert "also helps" not in terminal("path", "own/aim").out
    assert roadmap("path", "own/need", "--wide", "--header").rows[0][-1] != "helped_by"


@pytest.mark.parametrize(
    ("helps", "wrong"),
    [
        ('["frist"]', "names `frist`, which is not there; did you mean `first`?"),
        ('["a/v"]', "names `a/v`, which is not there; did you mean `a/"),
        ('["own/nothing"]', "names `own/nothing`, which is not there"),
        ('["aim"]', "names `aim`, which is the paper itself"),
        ('["own/aim"]', "names `own/aim`, which is the paper itself"),
        ('["need"]', "names `need`, which `requires` has too"),
        ('["own/need"]', "names `own/need`, which `requires` has too"),
        ('["first", "own/first"]', "names `own/first`, which it names already"),
        ('"first"', "must be a list in [brackets]"),
    ],
)
def test_what_cannot_help_is_refused(tmp_path: Path, helps: str, wrong: str) -> None:
    """By line and paper, in its own words."""
    said = complaint(tmp_path, catalogue(helps).encode())
    assert f": paper.aim.helps {wrong}" in said


@given(libraries(), st.data())
def test_no_order_follows_what_would_help(
    library: Library, data: st.DataObject
) -> None:
    """Suggestions and ways are those of the same catalogue without any advice."""
    (catalogue,) = library.catalogues
    papers = {key: paper._replace(helps=()) for key, paper in catalogue.papers.items()}
    without = Library((catalogue._replace(papers=papers),))
    marks = data.draw(markings(library))
    aim = data.draw(st.sampled_from([None, *library.papers]))
    wishes = Wishes(goal=Goal("aim", "Aim", (aim,)) if aim else None)

    def names(some: Library) -> list[str]:
        found = suggestions(some, after(some, marks), TODAY, wishes)
        return [suggestion.paper.name for suggestion in found]

    assert names(library) == names(without)
    assert library.needs == without.needs


def test_a_paper_that_would_help_is_retired_when_it_is_removed(
    roadmap: Run, home: Path, write: Callable[[str], None]
) -> None:
    """As one that is required: the file stays good."""
    write('["first"]')
    removed = roadmap("remove", "own/first")
    assert removed.code == 0
    assert "kept as retired" in removed.err
    assert "retired" in (home / "catalogues" / "own.toml").read_text()
    assert helped_by(roadmap) == []
