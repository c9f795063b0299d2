"""Papers in a language that is not the reader's come last in their topic, and say so."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    HEAD,
    TODAY,
    a_library,
    a_paper,
    a_topic,
    after,
    libraries,
    markings,
    paper_text,
)
from conftest import Result
from roadmap_cli.curriculum.library import Library
from roadmap_cli.language.locales import languages_of
from roadmap_cli.progress.events import Progress
from roadmap_cli.suggest import Wishes, suggestions

Run = Callable[..., Result]
GERMAN = """
[[area]]
id = "llm"
title = "LLM"
[[area.topic]]
id = "first"
title = "First"
papers = ["deutsch", "brasil", "plain"]
[[area.topic]]
id = "second"
title = "Second"
papers = ["later", "deutsch"]
"""
TEXT = (
    HEAD + GERMAN
    + paper_text("deutsch", 'language = "de"\nminutes = 30')
    + paper_text("brasil", 'language = "pt-BR"\nminutes = 30')
    + paper_text("plain", "minutes = 30") + paper_text("later", "minutes = 30")
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A catalogue with papers in German and Portuguese, used alone and without a locale."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    path = tmp_path / "c.toml"
    path.write_text(TEXT)
    return str(path)


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({}, {"en"}),
        ({"LANG": "C.UTF-8"}, {"en"}),
        ({"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}, {"en"}),
        ({"LANG": "zh_CN.UTF-8"}, {"en", "zh"}),
        ({"LANG": "zh_CN", "LC_MESSAGES": "de_DE@euro"}, {"en", "de"}),
        ({"LC_ALL": "", "LANG": "pt-BR"}, {"en", "pt"}),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "zh_TW:de"}, {"en", "zh", "de"}),
        ({"LANGUAGE": "zh"}, {"en", "zh"}),
        ({"LANG": "C", "LANGUAGE": "zh"}, {"en"}),
    ],
)
def test_the_environment_names_the_languages_as_for_gettext(
    environment: Mapping[str, str], languages: set[str]
) -> None:
    """The first variable that says something; English is always understood."""
    assert languages_of(environment) == languages


@pytest.mark.parametrize(
    ("variables", "order"),
    [
        ({}, "plain deutsch brasil later"),
        ({"LANG": "en_US.UTF-8"}, "plain deutsch brasil later"),
        ({"LANG": "de_AT.UTF-8"}, "deutsch plain brasil later"),
        ({"LANGUAGE": "pt:de"}, "deutsch brasil plain later"),
        ({"LC_ALL": "C", "LANG": "de_DE"}, "plain deutsch brasil later"),
    ],
)
def test_what_the_reader_does_not_read_comes_last_in_its_topic(
    roadmap: Run,
    file: str,
    monkeypatch: pytest.MonkeyPatch,
    variables: Mapping[str, str],
    order: str,
) -> None:
    """In what is suggested, on a way and in a plan."""
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    for call in ("next -n 9", "path test/", "plan --hours 9 --per day"):
        done = roadmap("--catalogue", file, *call.split(), "--json")
        found = json.loads(done.out)
        rows = found.get("suggestions") or found.get("papers") or found["steps"]
        assert [row["key"] for row in rows] == order.split(), call


def test_it_says_so(terminal: Run, roadmap: Run, file: str) -> None:
    """As a reason, and beside the title; `list` keeps its order."""
    shown = terminal("--catalogue", file, "next", "-n", "9").out
    listed = terminal("--catalogue", file, "list", "llm/first").out
    found = json.loads(roadmap("--catalogue", file, "next", "-n", "9", "--json").out)

    assert "T [de]\n" in shown
    assert listed.index("deutsch") < listed.index("brasil") < listed.index("plain")
    assert "T [pt-BR]" in listed
    assert {"term": "language", "text": "in de, so last in its topic"} in found[
        "suggestions"
    ][1]["reasons"]


def test_in_the_topic_that_the_reader_is_in_it_comes_last_too(
    roadmap: Run, file: str
) -> None:
    """Also where it stands first in the file, and has its home elsewhere."""
    roadmap("--catalogue", file, "mark-read", "later")
    roadmap("--catalogue", file, "mark-unread", "later")
    path = Path(file)
    path.write_text(
        TEXT.replace('["later", "deutsch"]', '["later", "deutsch", "last"]')
        + paper_text("last")
    )
    roadmap("--catalogue", file, "mark-read", "later")

    rows = roadmap("--catalogue", file, "next", "-n", "9").rows
    assert [row[0] for row in rows] == ["last", "deutsch", "plain", "brasil"]


def test_what_needs_it_does_not_wait_longer_for_its_language() -> None:
    """A paper that requires it still comes right behind it."""
    library = a_library(
        [a_paper("zh", language="zh"), a_paper("a", requires=("zh",)), a_paper("b")],
        [a_topic("m/t", ["zh", "a", "b"])],
    )

    found = suggestions(library, Progress(), TODAY)
    assert [suggestion.paper.key for suggestion in found] == ["zh", "a", "b"]


@given(libraries(), st.data())
def test_for_who_reads_all_languages_the_order_is_that_of_english(
    library: Library, data: st.DataObject
) -> None:
    """A language alone changes nothing."""
    marks = data.draw(markings(library))
    (catalogue,) = library.catalogues
    papers = {
        key: paper._replace(language="en") for key, paper in catalogue.papers.items()
    }
    english = Library((catalogue._replace(papers=papers),))
    everything = Wishes(languages=("zh",))

    found = suggestions(library, after(library, marks), TODAY, everything)
    truth = suggestions(english, after(english, marks), TODAY)
    assert [one.paper.key for one in found] == [one.paper.key for one in truth]
