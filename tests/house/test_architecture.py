"""The rules of the house that a machine can hold."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "roadmap_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"pydantic", "tomllib", "tomli", "httpx", "rich", "textual", "email", "asyncio"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_files_and_functions_stay_small(path: Path) -> None:
    """No file over 400 lines, no function over 40."""
    text = path.read_text("utf-8")
    long = [
        one.name
        for one in functions(ast.parse(text))
        if one.end_lineno and one.end_lineno - one.lineno + 1 > 40
    ]

    assert len(text.splitlines()) <= 400
    assert long == []


def test_lines_of_docstrings_are_no_longer_than_others() -> None:
    """At most 100 characters, which the formatter leaves to us."""
    long = []
    for path in MODULES:
        text = path.read_text("utf-8")
        rows = text.splitlines()
        spans = [
            range(one.lineno - 1, one.end_lineno or one.lineno)
            for one in ast.walk(ast.parse(text))
            if isinstance(one, ast.Expr)
            and isinstance(one.value, ast.Constant)
            and isinstance(one.value.value, str)
        ]
        long += [
            f"{path.relative_to(PACKAGE)}:{row + 1}"
            for span in spans
            for row in span
            if len(rows[row]) > 100
        ]

    assert long == []


def test_variables_are_called_after_what_they_hold() -> None:
    """`one` says nothing of a thing: a paper, a topic, an event, a word."""
    bound = {
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.arg) and node.arg == "one")
        or (isinstance(node, ast.Name) and node.id == "one" and is_bound(node))
    }

    assert bound == set()


def is_bound(name: ast.Name) -> bool:
    """Whether a name gets its value there."""
    return isinstance(name.ctx, ast.Store)


@pytest.mark.parametrize("word", ["%-", "os.pread"])
def test_days_are_formatted_and_files_read_as_windows_can(word: str) -> None:
    """No format leaves out a zero by `%-d`, and nothing reads at a place by `os.pread`."""
    assert [one.name for one in MODULES if word in one.read_text("utf-8")] == []


def test_a_command_is_a_signature_and_at_most_five_statements() -> None:
    """Decisions belong below the command line.

    What is done counts wherever it stands: what an `if` holds, but not the `if` itself. So no
    command is told to do nothing, or writes its `if` as an expression, for the sake of the count.
    """
    bodies = {}
    for path in (PACKAGE / "cli" / "commands").glob("*.py"):
        for function in functions(ast.parse(path.read_text("utf-8"))):
            if is_command(function):
                deeds = sum(map(is_deed, ast.walk(function)))
                docstring = ast.get_docstring(function) is not None
                bodies[f"{path.stem}.{function.name}"] = deeds - docstring

    assert len(bodies) >= 25
    assert {name: size for name, size in bodies.items() if size > 5} == {}


def is_command(function: ast.FunctionDef) -> bool:
    """Whether a function is decorated as one, or is handed to what decorates."""
    parameters = [parameter.arg for parameter in function.args.args]
    return parameters[:1] == ["session"] and bool(
        function.decorator_list or function.name == "mark"
    )


def is_deed(node: ast.AST) -> bool:
    """Whether it is a statement that holds no others."""
    return isinstance(node, ast.stmt) and not hasattr(node, "body")


def test_no_expression_stands_for_an_if() -> None:
    """A statement that chooses between two deeds says `if`."""
    for path in MODULES:
        choices = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Expr)
            and isinstance(node.value, ast.IfExp | ast.BoolOp | ast.ListComp)
        ]

        assert choices == [], path


def test_no_module_imports_the_frameworks_private_parts() -> None:
    """Typer contains click since 0.26; `import click` would be another one."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [one.name for one in node.names] if isinstance(node, ast.Import) else []
            )
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []

            assert not any(
                one.split(".")[0] == "click" or "._" in one for one in names
            ), path


@pytest.mark.parametrize(
    "arguments",
    [
        ["next"],
        ["list", "llm"],
        ["search", "lora"],
        ["show", "lora"],
        ["list", "--json"],
        ["add", "2106.09685"],
    ],
)
def test_a_light_command_loads_nothing_heavy(arguments: list[str]) -> None:
    """Once the index is built: no validation library, no parser, nothing to draw with."""
    call = f"from roadmap_cli.cli import main; main({arguments!r})"
    subprocess.run([sys.executable, "-c", call], check=True, capture_output=True)
    seen = f"import sys; {call}; print(*sys.modules, sep=chr(10), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", seen], check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stderr.split()}

    assert "roadmap_cli" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("arguments", [["search", "lora"], ["mark-read", "lora"]])
def test_what_is_drawn_line_by_line_loads_no_tables(arguments: list[str]) -> None:
    """Marks and hits, on what is as good as a terminal."""
    call = f"from roadmap_cli.cli import main; main({arguments!r})"
    seen = f"import sys; {call}; print(*sys.modules, sep=chr(10), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", seen],
        env={**os.environ, "FORCE_COLOR": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = {*done.stderr.split()}

    assert "rich.console" in loaded
    assert "rich.table" not in loaded


SCREEN = """
import sys
from roadmap_cli.tui import app
app.FullScreen.run = lambda self: print(*sys.modules, sep=chr(10), file=sys.stderr)
from roadmap_cli.cli.terminal import streams
streams.lacks_screen = lambda *_, **__: ""
from roadmap_cli.cli import main
main(["tui", "--color", "always"])
"""
LATER = {
    *(HEAVY - {"rich", "textual", "asyncio"}),
    "roadmap_cli.suggest",
    "roadmap_cli.search",
    "roadmap_cli.render.draw",
    "roadmap_cli.program.reading",
    "roadmap_cli.program.reviewing",
    "fsrs",
}
"""What the full screen loads no sooner than a key asks for it."""


def test_the_full_screen_loads_nothing_before_it_is_needed() -> None:
    """Of our own, and of others: it is there as soon as any app of Textual's."""
    for _ in range(2):  # the first lays the lists down
        done = subprocess.run(
            [sys.executable, "-c", SCREEN], check=True, capture_output=True, text=True
        )
    loaded = {*done.stderr.split()}

    assert "roadmap_cli.tui.browsing" in loaded
    assert loaded & LATER == set()


def test_screens_are_thin() -> None:
    """What a screen knows is the program's: no file of the full screen is long."""
    long = {
        path.name: len(path.read_text().splitlines())
        for path in (PACKAGE / "tui").iterdir()
        if path.suffix == ".py" and len(path.read_text().splitlines()) > 250
    }
    assert long == {}


ALL_CALLS = """
import sys
from roadmap_cli.cli import main
{calls}
print(*sys.modules, sep=chr(10), file=sys.stderr)
"""


def test_no_other_command_loads_textual(tmp_path: Path) -> None:
    """Whatever it does."""
    (tmp_path / "list.bib").write_text("@article{x, title={T}, doi={10.5555/x}}")
    calls = "\n".join(f"main({call.split()!r})" for call in CALLS)
    done = subprocess.run(
        [sys.executable, "-c", ALL_CALLS.format(calls=calls)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert "roadmap_cli" in loaded
    assert "textual" not in loaded


OFFLINE = """
import sys
from roadmap_cli.cli import main
opened = []
names = ("socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
sys.addaudithook(lambda event, _: opened.append(event) if event in names else None)
{calls}
loaded = {{"httpx", "roadmap_cli.network", "urllib.request", "ssl"}} & sys.modules.keys()
print(*sorted(opened), *sorted(loaded), file=sys.stderr)
"""
CALLS = (
    "", "next", "list", "list llm", "show lora", "search lora", "open lora --print", "path lora", "plan",
    "stats", "goal set lora", "history", "where", "mark-read lora", "undo", "redo", "tag lora +x",
    "note lora text", "backup", "new thesis", "move x --to thesis/x", "export lora --to bibtex",
    "cite lora", "add lora --to thesis/x", "add 2106.09685 --to thesis/y", "remove lora",
    "add 2401.99999 --offline", "add https://e.org/x --title X", "doctor", "help exit", "schema next",
    "completion bash", "import list.bib --as course --yes", "merge elsewhere",
)  # fmt: skip
"""Commands that have nothing to ask of the network, of all groups."""


def test_no_other_command_opens_a_socket(tmp_path: Path) -> None:
    """Nor looks a host up, nor loads what could; of `add` only what is known to nobody does."""
    list_file = tmp_path / "list.bib"
    list_file.write_text("@article{x, title={Typed}, doi={10.5555/x}}")
    calls = "\n".join(f"main({call.split()!r})" for call in CALLS)
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE.format(calls=calls)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )

    assert done.stderr.splitlines()[-1] == ""


def test_what_is_asked_of_the_network_is_seen_by_that_test() -> None:
    """A paper that nobody knows opens a socket and loads httpx."""
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE.format(calls="main(['add', '2401.99999'])")],
        check=True,
        capture_output=True,
        text=True,
    )

    seen = done.stderr.splitlines()[-1].split()
    assert {"socket.__new__", "httpx", "roadmap_cli.network"} <= {*seen}


UNASKED = {
    "catalogues.check", "cli.commands.carrying", "cli.commands.keeping", "cli.commands.planning",
    "curriculum.answers", "curriculum.requirements", "disk.durable", "disk.lock", "disk.toml",
    "exchange.own.marks", "exchange.writing.formats", "journal.backups", "journal.bundle",
    "journal.pen", "journal.text", "program.doctor", "program.notes",
    "program.exporting", "program.record", "program.restoring", "progress.marks", "progress.pace",
    "progress.replay", "store.events.settling", "store.library.laying", "suggest.plan",
}  # fmt: skip
LOOKING = {"cli.commands.reading", "suggest.guide", "suggest.order"}


@pytest.mark.parametrize(
    ("call", "more"),
    [
        ("next", {"cli.commands.browsing", "program.searching"}),
        ("list llm", {*LOOKING, "program.searching"}),
        ("show lora", {*LOOKING, "program.searching"}),
        ("search lora", {*LOOKING, "search.called", "search.matching"}),
    ],
)
def test_a_command_loads_no_more_of_us_than_it_needs(call: str, more: set[str]) -> None:
    """With the shipped catalogue and a short journal, once the index is built."""
    run = f"import sys; from roadmap_cli.cli import main; main({call.split()!r})"
    tell = f"{run}; print(*sys.modules, sep=chr(10), file=sys.stderr)"
    for code in (run, tell):
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
    loaded = {one.removeprefix("roadmap_cli.") for one in done.stderr.split()}

    assert "program.roadmap" in loaded
    assert loaded & (UNASKED | more) == set()


@pytest.mark.parametrize(
    "unasked",
    [
        "search",
        "curriculum.several",
        "curriculum.pages",
        "cli.terminal.dialogue",
        "journal.backups",
        "program.notes",
        "tomli",
    ],
)
def test_a_mark_by_its_name_loads_no_more_of_us_than_it_needs(unasked: str) -> None:
    """Queries, names on standard input, links and questions are loaded where they are used.

    No parser is, for what it writes itself.
    """
    run = "import sys; from roadmap_cli.cli import main; main(['mark-read', '{}'])"
    tell = f"{run}; print(*sys.modules, sep=chr(10), file=sys.stderr)"
    # The first lays the catalogue down, and the second copies what there is.
    for name in ("lora", "bert", "clip"):
        done = subprocess.run(
            [sys.executable, "-c", tell.format(name)],
            check=True,
            capture_output=True,
            text=True,
        )
    loaded = done.stderr.split()

    assert "roadmap_cli.program.meant" in loaded
    assert not {unasked, f"roadmap_cli.{unasked}"} & {*loaded}


def test_digests_need_no_openssl() -> None:
    """It is a fortieth of a run: of a mark, and of the runs that first read what was marked."""
    run = "import sys; from roadmap_cli.cli import main; main({!r})"
    tell = f"{run}; print('_hashlib' in sys.modules, file=sys.stderr)"
    for call in ("mark-read bert", "mark-read lora", "next", "search lora"):
        done = subprocess.run(
            [sys.executable, "-c", tell.format(call.split())],
            check=True,
            capture_output=True,
            text=True,
        )

        assert done.stderr.splitlines()[-1] == "False"


def test_help_and_version_do_not_open_the_catalogue(cold: Path) -> None:
    """They answer without reading or writing a single file of the reader's."""
    for arguments in (["--help"], ["--version"], ["next", "--help"]):
        subprocess.run(
            [sys.executable, "-m", "roadmap_cli", *arguments],
            check=True,
            capture_output=True,
        )

    assert not os.path.lexists(cold)
