"""What a TAB offers: the program is asked as the shells' functions ask it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.cli.commands.helping import pages
from roadmap_cli.cli.main import assembled
from roadmap_cli.search import FIELDS

Run = Callable[..., Result]
Tab = Callable[..., list[str]]
pytestmark = pytest.mark.quick

ESCAPES = "\\u001b]0;OWNED\\u0007\\u009b31m\\u202e [/red]$(touch owned)`touch owned`"


@pytest.fixture
def tab(process: Run) -> Tab:
    """Press TAB after the last of these words: the words that are offered."""

    def press(*words: str, **more: str) -> list[str]:
        answer = process(*words, env={"_ROADMAP_COMPLETE": "bash", **more})

        assert (answer.code, answer.err) == (0, "")
        return answer.out.splitlines()

    return press


def titled(title: str) -> str:
    """A catalogue of one paper, `x`, with this title."""
    return HEAD + paper_text("x").replace('"T"', f'"{title}"')


def test_every_command_is_offered(tab: Tab) -> None:
    """All that `--help` lists, in its order."""
    command = typer.main.get_command(assembled())
    listed = command.list_commands(typer.Context(command))  # type: ignore[attr-defined]

    assert tab("") == listed
    assert tab("mark-rea") == ["mark-read", "mark-reading"]
    assert tab("frobnicate", "") == []


def test_after_schema_comes_what_has_one(tab: Tab) -> None:
    """Commands, those of a group after its name, and files."""
    assert tab("schema", "ca") == ["catalogue"]
    assert tab("schema", "e") == ["edit", "error"]
    assert tab("schema", "goal", "") == ["set", "show", "clear"]
    assert {"next", "goal", "journal"} < set(tab("schema", ""))


def test_questions_are_offered_and_what_may_be_said_of_them(tab: Tab) -> None:
    """By their own names, or in full once a catalogue is named; review takes what `show` does."""
    assert tab("answer", "lora-par") == ["lora-parameter-count"]
    assert tab("answer", "genai/lora-par") == ["genai/lora-parameter-count"]
    assert tab("answer", "lora-parameter-count", "") == [
        "missed", "hard", "knew", "aside", "again",
    ]  # fmt: skip
    assert tab("review", "llm/efficient-f") == ["llm/efficient-finetuning"]
    assert tab("review", "2106.09685") == tab("show", "2106.09685") == ["lora"]


def test_after_help_come_its_topics_and_the_commands(tab: Tab) -> None:
    """Nothing of the catalogue, which help knows nothing of; a group's commands after its name."""
    offered = tab("help", "")

    assert {*pages(), *tab("")} == {*offered}
    assert tab("help", "goal", "") == ["set", "show", "clear"]
    assert tab("help", "sea") == ["search"]
    assert tab("help", "exit", "") == []
    assert "--json" in tab("help", "goal", "--")


def test_options_are_offered_until_they_are_given(tab: Tab) -> None:
    """Those that may come again are offered again; after `--` there are none."""
    assert tab("--ca") == ["--catalogue"]
    assert "--topic" in tab("next", "--")
    rest = tab("where", "--json", "-n5", "--plain", "--")
    assert "--header" in rest
    assert "--help" in rest
    assert not {"--json", "--plain"} & {*rest}
    assert tab("where", "--color", "") == ["auto", "always", "never"]
    assert tab("list", "--status", "read", "--st") == ["--status"]
    assert tab("open", "--", "--p") == []


@pytest.mark.parametrize("typed", [("--status", ""), ("--status=",)])
def test_choices_are_offered(tab: Tab, typed: tuple[str, ...]) -> None:
    """As a word of their own, or behind the `=` of the word that is being typed."""
    begun = typed[0] if len(typed) == 1 else ""
    statuses = ["todo", "reading", "read", "skipped", "known", "unread", "done"]

    assert tab("list", *typed) == [begun + one for one in statuses]
    assert tab("completion", "") == ["bash", "zsh", "fish"]


def test_papers_and_topics_are_offered_where_they_are_meant(tab: Tab) -> None:
    """`open` takes papers, `list` topics, `show` and the marks both."""
    assert tab("open", "lora") == ["lora", "lora-learns-less"]
    assert tab("open", "llm/") == []
    assert tab("list", "lora") == []
    assert tab("list", "llm/ag") == tab("next", "--topic", "llm/ag") == ["llm/agents"]
    assert {"llm", "llm/agents", "attention"} <= set(tab("show", ""))
    assert {"llm", "llm/agents", "attention"} <= set(tab("mark-known", ""))
    assert tab("note", "lora", "lo") == []
    assert tab("goal", "") == ["set", "show", "clear"]
    for words in (("goal", "set"), ("path",), ("next", "--goal")):
        assert tab(*words, "llm/ag") == ["llm/agents"]
        assert tab(*words, "attent") == ["attention"]


def test_letter_case_does_not_matter(tab: Tab) -> None:
    """`LoRA` is how people write it."""
    assert tab("show", "LoRA") == ["lora", "lora-learns-less"]


def test_what_begins_no_name_becomes_the_one_it_means(tab: Tab) -> None:
    """A topic's own id, an arXiv id, a piece of a title; a full name stays one."""
    assert tab("list", "agents") == ["llm/agents"]
    assert tab("show", "2106.09685") == ["lora"]
    assert tab("open", "Learns Less") == ["lora-learns-less"]
    assert tab("open", "zzz") == []
    assert tab("open", "genai/att") == ["genai/attention"]


def test_a_mark_offers_first_what_it_is_for(tab: Tab, roadmap: Run) -> None:
    """What is being read, then what is left; what is settled only if it is asked for."""
    roadmap("mark-read", "attention")
    roadmap("mark-reading", "lora")
    offered = tab("mark-read", "")

    assert offered[:2] == ["lora", "mlp"]
    assert "attention" not in offered
    assert tab("mark-read", "atten") == ["attention"]
    assert tab("mark-reading", "")[0] == "mlp"
    assert [one for one in tab("mark-unread", "") if one in ("mlp", "lora")] == ["lora"]


def test_what_is_named_already_is_not_offered_again(tab: Tab) -> None:
    """`mark-read` takes many names."""
    assert tab("mark-read", "lora", "lora") == ["lora-learns-less"]


def test_a_search_is_offered_its_fields(tab: Tab) -> None:
    """And their values where there are few."""
    assert tab("search", "a") == ["area:", "author:"]
    assert tab("search", "x", "status:r") == ["status:reading", "status:read"]
    assert tab("search", "topic:llm/ag") == ["topic:llm/agents"]
    assert tab("search", "author:v") == []


def test_a_file_is_left_to_the_shell(process: Run) -> None:
    """An exit status says that one belongs here; nothing is printed."""
    for words in (["--catalogue", ""], ["merge", "a", "b"], ["export", "-o", "x"]):
        answer = process(*words, env={"_ROADMAP_COMPLETE": "bash"})

        assert (answer.code, answer.out, answer.err) == (100, "", "")


def test_the_catalogues_on_the_line_are_the_ones_asked(
    tab: Tab, tmp_path: Path
) -> None:
    """`--catalogue`; a retired paper is offered to nobody."""
    own = tmp_path / "my own.toml"
    own.write_text(titled("T") + paper_text("y", 'retired = "gone"'), "utf-8")

    assert tab("--catalogue", f'"{own}"', "show", "") == ["x"]
    assert tab(f"--catalogue={own}", "show", "") == ["x"]
    assert tab("show", "", ROADMAP_CATALOGUE=str(own)) == ["x"]


def test_catalogues_are_offered_where_there_are_several(
    tab: Tab, tmp_path: Path
) -> None:
    """A topic may be named there; one catalogue alone is all there is."""
    own = tmp_path / "own.toml"
    own.write_text(titled("T"), "utf-8")
    other = tmp_path / "other.toml"
    other.write_text(titled("T").replace('"test"', '"other"'), "utf-8")
    both = {"ROADMAP_CATALOGUE": f"{own}:{other}"}

    assert tab("list", "tes", **both) == ["test"]
    assert tab("next", "--topic", "oth", **both) == ["other"]
    assert tab("mark-known", "tes", **both) == ["test"]
    assert tab("list", "gena") == []


def test_a_key_that_two_catalogues_have_is_offered_in_full(
    tab: Tab, tmp_path: Path
) -> None:
    """So that what is offered is never ambiguous."""
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(titled("T"), "utf-8")
    other.write_text(
        titled("T").replace('"test"', '"other"').replace("org/x", "org/y"), "utf-8"
    )
    both = {"ROADMAP_CATALOGUE": f"{one}:{other}"}

    assert tab("open", "", **both) == ["test/x", "other/x"]


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "x"),
        ("zsh", r"x:� �31m� [/red]$(touch owned)`touch owned`: one"),
        ("fish", "x\t� �31m� [/red]$(touch owned)`touch owned`: one"),
    ],
)
def test_a_title_reaches_the_shell_without_anything_a_terminal_obeys(
    process: Run, tmp_path: Path, shell: str, line: str
) -> None:
    """Escape sequences become U+FFFD; what would be markup or code is just text."""
    evil = tmp_path / "evil.toml"
    title = ESCAPES.replace("]0;OWNED\\u0007", "\\n")
    evil.write_text(titled(f"{title}: one"), "utf-8")
    words = ("--catalogue", str(evil), "show", "")
    answer = process(*words, env={"_ROADMAP_COMPLETE": shell, "PYTHONUTF8": "1"})

    assert (answer.code, answer.out, answer.err) == (0, f"{line}\n", "")


def test_a_long_title_is_cut_short(process: Run, tmp_path: Path) -> None:
    """What is offered is never cut."""
    own = tmp_path / "own.toml"
    own.write_text(titled("word " * 60), "utf-8")
    env = {
        "_ROADMAP_COMPLETE": "fish",
        "ROADMAP_CATALOGUE": str(own),
        "PYTHONUTF8": "1",
    }
    name, _, about = process("show", "", env=env).out.rstrip().partition("\t")

    assert name == "x"
    assert about.endswith("word…")
    assert len(about) <= 70


@pytest.mark.parametrize("text", ["", "\0" * 300, "<<<<<<<", 'format = "other"'])
def test_a_damaged_journal_costs_no_answer_and_no_word(
    tab: Tab, home: Path, roadmap: Run, text: str
) -> None:
    """The papers are known all the same; the journal stays as it is."""
    roadmap("mark-read", "lora")
    (journal,) = (home / "progress").glob("*.toml")
    journal.write_text(text, "utf-8")

    assert tab("mark-read", "lora-") == ["lora-learns-less"]
    assert "attention" in tab("mark-read", "")
    assert journal.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["", "[[[", 'title = "\\u001b"', "\0\x1b]0;x\a"])
def test_a_damaged_catalogue_is_passed_over(
    tab: Tab, home: Path, tmp_path: Path, text: str
) -> None:
    """The others are offered; alone it offers nothing, and says nothing."""
    bad = tmp_path / "bad.toml"
    bad.write_text(text, "utf-8")
    (home / "catalogues").mkdir(parents=True)
    (home / "catalogues" / "bad.toml").write_text(text, "utf-8")

    assert tab("show", "attention") == ["attention"]
    assert tab("--catalogue", str(bad), "show", "") == []
    assert tab("--catalogue", "/nowhere.toml", "show", "") == []


@pytest.mark.parametrize("name", ["catalogues", "events"])
def test_a_damaged_index_is_made_anew(tab: Tab, home: Path, name: str) -> None:
    """It is never trusted over the files."""
    before = tab("mark-read", "")
    (home / "cache" / f"{name}.sqlite").write_bytes(b"no database" * 500)

    assert tab("mark-read", "") == before
    assert tab("mark-read", "") == before


@pytest.mark.usefixtures("cold")
def test_without_a_place_for_the_index_the_answer_is_the_same(
    tab: Tab, home: Path
) -> None:
    """A file stands where the folder should be."""
    home.mkdir()
    (home / "cache").write_text("", "utf-8")

    assert tab("show", "attention") == ["attention"]


@pytest.mark.parametrize("shell", ["", "tcsh", "complete_bash", "bash"])
def test_an_unknown_shell_gets_silence(process: Run, shell: str) -> None:
    """So does a known one that asks without a word."""
    words = () if shell == "bash" else ("show", "lo")
    answer = process(*words, env={"_ROADMAP_COMPLETE": shell})

    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_closed_output_is_no_reason_to_speak(process: Run) -> None:
    """The shell went away."""
    env = {"_ROADMAP_COMPLETE": "bash", "PYTHONUNBUFFERED": ""}
    with Path("/dev/full").open("wb") as full:
        answer = process("show", "", env=env, stdout=full)

    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize("words", [["li"], ["list", "--status", ""], ["show", "lo"]])
def test_a_tab_loads_neither_the_framework_nor_anything_heavy(words: list[str]) -> None:
    """Once the index is built: that is why it is there at once."""
    call = (
        "import atexit, os, sys; os.environ['_ROADMAP_COMPLETE'] = 'zsh'\n"
        "atexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n"
        f"sys.argv = ['roadmap', *{words!r}]\n"
        "from roadmap_cli.__main__ import run\n"
        "run()"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", call], check=True, capture_output=True, text=True
        )
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    heavy = {"typer", "pydantic", "tomllib", "tomli_w", "rich", "httpx", "asyncio"}

    assert done.stdout
    assert "roadmap_cli" in loaded
    assert loaded & heavy == set()


def test_a_tab_writes_only_the_index(tab: Tab, home: Path) -> None:
    """No journal, no report of a crash."""
    tab("mark-read", "")

    assert {path.name for path in home.iterdir()} == {"cache"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_and_nothing_is_edited(
    process: Run, tmp_path: Path, home: Path, shell: str
) -> None:
    """Not a file of the reader's is made or changed."""
    folder = tmp_path / "user"
    folder.mkdir()
    done = process("completion", shell, env={"HOME": str(folder)})

    assert done.code == 0
    assert f"TAB completion of `roadmap` for {shell}" in done.out
    assert "printf '%s\n" not in done.out  # no line is broken within quotes
    assert list(folder.iterdir()) == []
    assert [path.name for path in home.iterdir()] == ["cache"]


def test_a_search_is_offered_the_fields_that_there_are(tab: Tab) -> None:
    """All of the grammar's, and no other."""
    assert tab("search", "") == sorted(f"{one}:" for one in FIELDS)
