"""What the documents say comes true."""

import re
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Clock, Result
from examples import run, typed, write

CHECKOUT = Path(__file__).parents[2]
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
TRIED_ELSEWHERE = {
    "commands.md"  # the examples of the helps, which `test_help` runs
}
NOT_TRIED = "make "  # would run this test


@dataclass
class Step:
    """A line of an example, what is printed after it, and the status that it ends with."""

    line: str
    printed: list[str] = field(default_factory=list)
    status: int = 0


def steps(document: Path) -> Iterator[Step]:
    """The lines that a document's console examples have the reader type, in order.

    `$ echo $?` and the number after it say that a line is meant to fail.
    """
    text = document.read_text("utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        plain = re.sub(r"\n\$ echo \$\?\n(\d+)", r"\n\0\1", block)
        step = Step("")
        for line in plain.splitlines():
            if line.startswith("\0"):
                step.status = int(line[1:])
            elif line.startswith("$ "):
                step = Step(line.removeprefix("$ "))
                if not step.line.startswith(NOT_TRIED):
                    yield step
            else:
                step.printed.append(line)


def told(document: Path) -> list[Step]:
    """A document's steps, read to the end."""
    return list(steps(document))


def titled(document: Path) -> dict[str, str]:
    """The files that a document gives in full, by their names."""
    blocks = r'```\w+ title="([\w.]+)"\n(.*?)```'
    return dict(re.findall(blocks, document.read_text("utf-8"), re.DOTALL))


@pytest.fixture
def shell(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of a new reader, who is in it, and known to git."""
    user = tmp_path / "user"
    user.mkdir()
    identity = {
        f"GIT_{who}_{what}": "reader@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for name, value in {"HOME": str(user), **identity}.items():
        monkeypatch.setenv(name, value)
    for name in ("EDITOR", "BROWSER"):
        monkeypatch.setenv(name, "true")
    webbrowser.register("true", None, webbrowser.GenericBrowser("true"), preferred=True)
    monkeypatch.delenv("ROADMAP_USE")
    monkeypatch.chdir(user)
    clock.at = datetime.now(UTC)  # the system's, which a shell's commands see
    return user


@pytest.mark.parametrize(
    "document",
    [one for one in DOCUMENTS if one.name not in TRIED_ELSEWHERE and told(one)],
    ids=lambda path: path.stem,
)
def test_the_examples_of_a_document_do_what_it_says(
    document: Path, shell: Path, roadmap: Callable[..., Result]
) -> None:
    """Typed in their order by a new reader, each ends and prints as the page tells.

    `…` stands for whatever is not told; where no output is told, any will do.
    """
    wanted = told(document)
    write(titled(document), shell)
    lines = [step.line for step in wanted]
    only_calls = all(line.startswith("roadmap") for line in lines)
    done = [run(one, roadmap) for one in lines] if only_calls else typed(lines, shell)
    failed = {
        step.line: one.out + one.err
        for step, one in zip(wanted, done, strict=True)
        if one.code != step.status
    }

    assert failed == {}
    for step, one in zip(wanted, done, strict=True):
        pieces = map(re.escape, "\n".join(step.printed).split("…"))
        if step.printed:
            assert re.fullmatch(
                ".*".join(pieces), (one.out + one.err).rstrip(), re.DOTALL
            ), step


def test_the_readme_has_something_to_try() -> None:
    """A reader sees the program's use by typing, in fewer than 700 words."""
    assert len(told(DOCUMENTS[0])) >= 15
    assert len(DOCUMENTS[0].read_text("utf-8").split()) < 700


def test_the_reference_and_the_man_page_are_what_the_program_says(
    tmp_path: Path,
) -> None:
    """`make reference` would change nothing: no page lags behind."""
    script = CHECKOUT / "scripts" / "write_reference.py"
    folder = tmp_path / "made"
    folder.mkdir()
    subprocess.run([sys.executable, script, folder], check=True)
    made = [path for path in folder.rglob("*.*") if path.is_file()]
    written = {path.relative_to(folder): path.read_text("utf-8") for path in made}

    assert len(written) >= 8
    assert [
        str(path)
        for path, text in written.items()
        if (CHECKOUT / path).read_text("utf-8") != text
    ] == []


def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(
    tmp_path: Path,
) -> None:
    """Whoever reads it is seen by nobody but who serves it; links may lead anywhere."""
    pytest.importorskip("mkdocs")
    build = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(tmp_path),
    ]
    done = subprocess.run(
        build, cwd=CHECKOUT, check=False, capture_output=True, text=True
    )
    loads = r"<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=\"?(?:https?:)?//[^>]+>"
    pages = list(tmp_path.rglob("*.html"))

    assert done.returncode == 0, done.stderr
    assert len(pages) >= 20
    assert [re.findall(loads, page.read_text("utf-8")) for page in pages] == [[]] * len(
        pages
    )
    assert "@import" not in (tmp_path / "site.css").read_text("utf-8")


def test_the_man_page_is_without_a_mistake() -> None:
    """Where there is a checker for man pages, it finds nothing but that no date is told."""
    page = CHECKOUT / "data" / "roadmap.1"
    try:
        done = subprocess.run(
            ["mandoc", "-Tlint", page], check=False, capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("mandoc is not installed")
    found = [one for one in done.stdout.splitlines() if "missing date" not in one]

    assert found == []


def test_the_catalogue_pages_example_is_a_catalogue(
    roadmap: Callable[..., Result], tmp_path: Path
) -> None:
    """The smallest complete file of the documentation can be used as it stands."""
    page = (CHECKOUT / "docs" / "reference" / "catalogue.md").read_text("utf-8")
    example = tmp_path / "example.toml"
    example.write_text(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0], "utf-8")

    assert [row[0] for row in roadmap("--catalogue", str(example), "next").rows] == [
        "bahdanau"
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that is there."""
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8"))
    local = [one for one in links if "://" not in one]

    assert [one for one in local if not (document.parent / one).exists()] == []
