"""The schemas themselves: what there is, what it says, and that editors can use it."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from builders import FULL_TEXT, HEAD, paper_text
from conftest import Result
from schemas import WITH_JSON, complaints

Run = Callable[..., Result]
CHECKOUT = Path(__file__).parents[2]
PUBLISHED = CHECKOUT / "docs" / "schemas"


@pytest.mark.parametrize("name", [*WITH_JSON, "error", "catalogue", "journal"])
def test_a_schema_says_what_everything_means(
    schema: Callable[[str], Any], name: str
) -> None:
    """It is valid, has a name of its own, and every field of it is described."""
    found = schema(name)
    Draft202012Validator.check_schema(found)

    assert found["$id"].endswith(f":{name.replace(' ', '-')}")
    assert found["title"]
    assert found["description"]
    assert list(undescribed(found)) == []


def undescribed(part: Any, at: str = "") -> Iterator[str]:
    """The fields and definitions that say nothing of themselves."""
    if isinstance(part, list):
        for one in part:
            yield from undescribed(one, at)
    if not isinstance(part, dict):
        return
    for word, one in part.items():
        for name, field in one.items() if word in ("properties", "$defs") else ():
            if not field.get("description"):
                yield f"{at}.{name}"
        yield from undescribed(one, f"{at}.{word}")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nxt", "error: there is no schema of `nxt`\nhint: did you mean `next`?"),
        ("goal shwo", "did you mean `goal show`"),
        ("export", "error: there is no schema of `export`"),
        ("qqqq", "hint: roadmap schema lists what there is"),
    ],
)
def test_a_schema_that_is_not_there_gets_a_hint(
    roadmap: Run, asked: str, said: str
) -> None:
    """On stderr, with the status of what is not found."""
    done = roadmap("schema", *asked.split())

    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_a_command_of_two_words_is_named_as_it_is_typed(roadmap: Run) -> None:
    """Or joined, or with the program before it."""
    asked = (
        ["goal", "show"],
        ["goal show"],
        ["goal-show"],
        ["roadmap", "goal", "show"],
    )

    assert len({roadmap("schema", *one).out for one in asked}) == 1
    assert json.loads(roadmap("schema", "roadmap").out)["title"] == "roadmap --json"


def test_the_list_of_schemas_is_drawn_on_a_terminal(terminal: Run) -> None:
    """Each with what it describes."""
    shown = terminal("schema").out

    assert "goal clear\n" in shown
    assert "A catalogue file, its TOML as JSON." in shown


def test_commands_that_need_no_schema_load_none() -> None:
    """The types of rows are read when it is asked for."""
    calls = "main(['list', '--json']); main(['next', '--json']); main(['mark-read', 'lora'])"
    seen = f"from roadmap_cli.cli import main; {calls}; import sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", seen], check=True, capture_output=True, text=True
    )

    loaded = set(done.stderr.split())
    rows = "roadmap_cli.rows"

    assert {f"{rows}.{name}" for name in ("papers", "ahead", "changes")} <= loaded
    assert (
        not {f"{rows}.{name}" for name in ("types", "ahead_types", "schema")} & loaded
    )


def test_the_shipped_catalogues_are_what_their_schema_describes(
    schema: Callable[[str], Any],
) -> None:
    """So are the example of the documentation, and a file that says all that can be said.

    A day is a text to a schema, which knows what JSON can hold.
    """
    page = (CHECKOUT / "docs" / "reference" / "catalogue.md").read_text("utf-8")
    texts = [
        (CHECKOUT / "data" / "frontier.toml").read_text("utf-8"),
        (CHECKOUT / "data" / "roadmap.toml").read_text("utf-8"),
        *re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[:1],
        FULL_TEXT,
    ]
    promised = schema("catalogue")
    as_json = [
        json.loads(json.dumps(tomllib.loads(text), default=lambda day: day.isoformat()))
        for text in texts
    ]

    assert [complaints(promised, data) for data in as_json] == [[]] * 4


BROKEN_FIELDS = {
    "an unknown field of a paper": "yaer = 2020",
    "a year in words": "year = 'soon'",
    "a kind that is none": "kind = 'novel'",
    "minutes below one": "minutes = 0",
    "a number for an arXiv id": "arxiv = 2106.09685",
    "a list for a DOI": "doi = ['10.1000/x']",
    "a link to no web page": "code = 'ftp://x.org'",
    "a date for a text": "note = 2020-01-01",
    "a list for a text": "note = ['x']",
}
TOPIC = "[[area]]\nid = 'x'\ntitle = 'X'\n[[area.topic]]\nid = 'y'\n"
BROKEN = {
    "no header": "",
    "another format": HEAD.replace("catalogue", "journal"),
    "a newer version": HEAD.replace("= 1", "= 2"),
    "an unknown field": f"{HEAD}titel = 'x'",
    "a paper without a title": f"{HEAD}[paper.x]\nurl = 'https://x.org'",
    "a key that is none": HEAD + paper_text("Lora"),
    "an area without a title": f"{HEAD}[[area]]\nid = 'x'",
    "a topic without a title": HEAD + TOPIC,
    "a question without an id": f"{HEAD}{TOPIC}title = 'Y'\nquestion = [{{ask = 'Z'}}]",
    **{name: HEAD + paper_text("x", one) for name, one in BROKEN_FIELDS.items()},
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_catalogue_is_none_by_its_schema_either(
    roadmap: Run, schema: Callable[[str], Any], tmp_path: Path, text: str
) -> None:
    """What the program refuses of a single field, an editor sees too."""
    file = tmp_path / "broken.toml"
    file.write_text(text, "utf-8")

    assert roadmap("--catalogue", str(file), "list").code == 3
    assert complaints(schema("catalogue"), tomllib.loads(text)) != []


def test_the_published_schemas_are_those_that_the_program_prints(
    roadmap: Run,
) -> None:
    """`make schemas` writes them; whatever a program relies on changes in their sight."""
    names = [row[0] for row in roadmap("schema").rows]
    printed = {
        f"{name.replace(' ', '-')}.json": roadmap("schema", name).out for name in names
    }
    published = {one.name: one.read_text("utf-8") for one in PUBLISHED.iterdir()}

    assert {name for name in printed if printed[name] != published.get(name)} == set()
    assert set(published) == set(printed)


def test_the_page_on_json_leads_to_every_schema(roadmap: Run) -> None:
    """None is left out."""
    page = (CHECKOUT / "docs" / "reference" / "json.md").read_text("utf-8")
    named = set(re.findall(r"\(\.\./schemas/([a-z-]+)\.json\)", page))

    assert named == {row[0].replace(" ", "-") for row in roadmap("schema").rows}
