"""The helps of the commands, and the pages of `roadmap help`."""

import json
import os
import re
import shlex
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import NOON
from conftest import Clock, Result
from everything import FULL_SCREEN
from examples import commands, examples, run, write
from roadmap_cli.catalogues import document
from roadmap_cli.cli.asked import GROUPS
from roadmap_cli.cli.commands.helping import pages
from roadmap_cli.cli.framework.outcome import MEANING, ExitStatus
from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.journal.text import header, stanza
from roadmap_cli.manual import topics
from roadmap_cli.search import FIELDS

PAGES = pages()
COMMANDS = {" ".join(words): command for words, command in commands() if words}


@pytest.fixture
def lived_in(
    roadmap: Callable[..., Result],
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A home in which every example can do what it says."""
    clock.at = datetime.now(UTC)  # examples in a shell see the system's
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("BROWSER", "true")
    webbrowser.register("true", None, webbrowser.GenericBrowser("true"), preferred=True)
    (tmp_path / "library.bib").write_text("@misc{a, title={A}, year=2020}")
    (tmp_path / "syllabus.md").write_text("# S\n\n- [B](https://example.org/b)\n")
    link = "https://example.org/"
    for call in (
        ("add", "lora", "prefix-tuning", "--to", "reading/first"),
        ("add", f"{link}some", "--title", "Some paper"),
        ("add", f"{link}other", "--title", "Another one: a paper"),
        ("new", "thesis"),
        ("mark-reading", "attention"),
        ("goal", "set", "lora"),
        ("backup",),
        ("mark-read", "rnn"),
        ("mark-known", "cnn"),
        ("undo",),
        ("undo",),
    ):
        assert roadmap(*call).code == 0
    said = stanza(NOON, "genai/vit", {"status": "read"})
    exported = roadmap("export", "--progress").out
    write({"progress.toml": exported}, tmp_path)
    others = ("old-laptop", "phone", "desk")
    write({f"{one}.toml": header(one) + said for one in others}, tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_value_is_called_by_a_word_of_ours(
    roadmap: Callable[..., Result], name: str
) -> None:
    """Not by the type that the framework reads it with."""
    shown = roadmap(*name.split(), "--help").out

    assert re.findall(r"<(?:int|str|float|text)\b[^>]*>", shown, re.IGNORECASE) == []


def test_every_command_has_a_sentence_its_options_and_two_examples() -> None:
    """Groups and the commands within them too; an example fits on a line of 80 columns."""
    for name, command in COMMANDS.items():
        sentence, *_ = command.help.split("\n")
        calls = examples(command)

        assert re.fullmatch(r"[A-Z`].+\.", sentence), name
        assert all(one.help for one in command.params), name
        assert len(set(calls)) >= 2, name
        assert all(f"{call} ".startswith(f"roadmap {name} ") for call in calls), name
        assert max(map(len, calls)) <= 66, name


def test_no_command_of_the_list_is_cut_off(roadmap: Callable[..., Result]) -> None:
    """Each stands once, in a group, on one line of 80 columns, as a whole sentence."""
    listed = roadmap("--help").out.partition("\nRead:\n")[2].partition("\nOptions:")[0]
    said = re.findall(r"^  (\S+) +(\S.*\.)$", listed, re.MULTILINE)

    assert sorted(name for name, _ in said) == sorted(
        name for name in COMMANDS if " " not in name
    )
    assert re.findall(r"^(\w+):$", listed, re.MULTILINE) == [
        "Look",
        "Collect",
        "Keep",
        "More",
    ]
    assert "..." not in listed
    assert max(map(len, listed.splitlines())) < 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_every_command_stand_apart(
    name: str, roadmap: Callable[..., Result]
) -> None:
    """Below those that are the command's own; no heading stands over nothing."""
    shown = roadmap(*name.split(), "--help").out
    own, _, others = shown.partition("\nOptions of every command:\n")

    assert "  --plain " in others
    assert "--plain" not in own
    assert not own.endswith("Options:\n")


@pytest.mark.parametrize("call", [*COMMANDS, *(f"help {page}" for page in PAGES)])
def test_a_help_fits_a_narrow_terminal(
    call: str, terminal: Callable[..., Result]
) -> None:
    """No line of prose is longer than it; what is copied stays in one piece."""
    asked = call.split() if call.startswith("help ") else [*call.split(), "--help"]
    lines = terminal(*asked, columns=40).out.splitlines()
    long = [line for line in lines if len(line) > 40]

    assert all("://" in one or re.match(r"  \S", one) for one in long), long
    assert not [one for one in lines if one.startswith(" " * 24) and len(one) > 40]


@pytest.mark.usefixtures("lived_in", "services")
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in FULL_SCREEN])
def test_the_examples_of_a_help_do_what_they_say(
    name: str, roadmap: Callable[..., Result]
) -> None:
    """They are in the help as the reader sees it, can be copied, and succeed."""
    shown = roadmap(*name.split(), "--help").out
    for call in examples(COMMANDS[name]):
        assert f"\n  Example: {call}\n" in shown
        done = run(call, roadmap)

        assert (done.code, done.err if done.code else "") == (0, ""), call


def test_help_without_a_topic_lists_all_of_them(
    roadmap: Callable[..., Result],
) -> None:
    """With their titles, and with the way to the commands."""
    done = roadmap("help")

    assert done.code == 0
    assert re.findall(r"^    (\w+) +(.+)$", done.out, re.MULTILINE) == [
        (page.topic, page.title) for page in PAGES.values()
    ]
    assert "roadmap COMMAND --help" in done.out


@pytest.mark.parametrize("topic", PAGES)
def test_a_page_of_help_is_ascii_and_as_wide_as_a_terminal(
    topic: str, roadmap: Callable[..., Result], cold: Path
) -> None:
    """It is short, and prints without opening a file."""
    done = roadmap("help", topic)
    lines = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert max(map(len, lines)) <= topics.WIDTH
    assert len(lines) <= 42
    assert not os.path.lexists(cold)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_on_a_command_is_its_help(
    name: str, roadmap: Callable[..., Result]
) -> None:
    """Word for word, groups' commands too; only a topic of the same name goes before."""
    if name in PAGES:
        assert f"roadmap {name} --help" in roadmap("help", name).out
    else:
        assert (
            roadmap("help", *name.split()).out == roadmap(*name.split(), "--help").out
        )


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("serch", "search"),
        ("exits", "exit"),
        ("nxt", "next"),
        ("goal shw", "goal show"),
    ],
)
def test_a_misspelt_topic_or_command_gets_a_hint(
    asked: str, meant: str, roadmap: Callable[..., Result]
) -> None:
    """Status 1, nothing on standard output."""
    done = roadmap("help", *asked.split())

    assert (done.code, done.out) == (1, "")
    assert f"no help on `{asked}`" in done.err
    assert f"`{meant}`" in done.err.partition("hint: did you mean ")[2]


def test_help_on_nothing_like_it_leads_to_the_list(
    roadmap: Callable[..., Result],
) -> None:
    """Where nothing is near, the hint is the list of topics."""
    assert roadmap("help", "zzzzzz").err.endswith("hint: roadmap help\n")


def test_help_is_one_json_object_too(roadmap: Callable[..., Result]) -> None:
    """With the text that would be printed."""
    given = json.loads(roadmap("help", "exit", "--json").out)

    assert given["help"] == [
        {"topic": "exit", "title": "Exit statuses", "text": PAGES["exit"].text}
    ]
    assert json.loads(roadmap("help", "goal", "set", "--json").out)["help"][0]["text"]


def test_help_on_exit_has_every_status_with_its_meaning() -> None:
    """All that the program may end with, and nothing else."""
    rows = re.findall(r"^ +(\d+)  (.+)$", PAGES["exit"].text, re.MULTILINE)

    assert rows == [(str(int(one)), MEANING[one]) for one in ExitStatus]


def test_help_on_search_has_every_field_and_what_it_may_be() -> None:
    """The grammar's own lists."""
    text = PAGES["search"].text

    assert re.findall(r"^    (\w+):  ", text, re.MULTILINE) == list(FIELDS)
    for word in (*Kind, *Level, *Status):
        assert re.search(rf"\b{word}\b", text), word


def test_the_searches_of_the_help_find_something(
    roadmap: Callable[..., Result], home: Path
) -> None:
    """Each line of the table, and each example of a field, to a reader who rated a paper.

    And who has its PDF.
    """
    (home / "papers").mkdir(parents=True)
    (home / "papers" / "lora.pdf").write_bytes(b"%PDF-1.4")
    roadmap("mark-read", "lora", "--rating", "5")
    roadmap("tag", "lora", "+thesis", "+later")
    text = PAGES["search"].text
    queries = re.findall(r"^    (\S.*?)   +(?:each|these|this|an) ", text, re.MULTILINE)
    queries += re.findall(r'\w+:(?:"[^"]+"|[\w.]+)', text)
    found = {query: len(roadmap("search", query).rows) for query in queries}

    assert len(found) >= 12
    assert [query for query, count in found.items() if not count] == []


def test_the_names_of_the_help_all_mean_one_paper(
    roadmap: Callable[..., Result],
) -> None:
    """The table's examples can be shown."""
    names = re.findall(r"^    (\S.*?)   +", PAGES["names"].text, re.MULTILINE)
    done = {name: roadmap("show", *shlex.split(name)) for name in names}

    assert len(done) == 5
    assert {name: one.err for name, one in done.items() if one.code} == {}


@pytest.mark.parametrize(
    "page",
    [
        PAGES["catalogue"].text,
        (Path(__file__).parents[2] / "docs/reference/catalogue.md").read_text("utf-8"),
    ],
    ids=["help", "site"],
)
def test_the_pages_on_catalogues_name_every_field_of_the_format(page: str) -> None:
    """None is left out."""
    tables = (document.Document, document.Area, document.Topic, document.Paper)
    fields = {name for table in tables for name in table.model_fields}

    assert {*fields, *Kind, *Level} <= set(re.findall(r"\w+", page))


def test_the_catalogue_of_the_help_is_one(
    roadmap: Callable[..., Result], tmp_path: Path
) -> None:
    """The example can be copied into a file and used."""
    block = re.findall(r"^    (.*)$", PAGES["catalogue"].text, re.MULTILINE)
    lines = block[: next(n for n, one in enumerate(block) if one.startswith("file "))]
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(lines), "utf-8")

    assert roadmap("--catalogue", str(path), "next").rows[0][0] == "bahdanau"


@pytest.mark.parametrize("columns", [40, 80])
def test_the_bare_program_names_commands_in_the_groups_of_the_help(
    terminal: Callable[..., Result], columns: int
) -> None:
    """In the same order, and of each group those that help lists first."""
    shown = " ".join(terminal(columns=columns).out.split())
    (footer,) = re.findall(r"Read: .*$", shown)
    *groups, rest = footer.split("; ")
    named = {
        title: names for title, _, names in (one.partition(": ") for one in groups)
    }

    assert rest == "roadmap --help"
    assert list(named) == [title for title in GROUPS if title in named]
    for title, names in named.items():
        assert GROUPS[title].split()[: names.count(",") + 1] == names.split(", ")
    assert "search" in footer
