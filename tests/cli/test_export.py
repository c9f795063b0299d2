"""`export` and `cite`, as they are typed."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from examples import write
from roadmap_cli.exchange.writing.formats import Written

OWN = r"""format = "roadmap-catalogue"
version = 1
id = "own"
title = "Own"

[[area]]
id = "things"
title = "Own | things"

[[area.topic]]
id = "odd"
title = "Odd [ones] & {braces}"
papers = ["formula", "nolink"]

[[area.topic.group]]
title = "Grouped"
papers = ["zh", "a"]

[[area.topic]]
id = "more"
title = "More"
papers = ["a", "b"]

[paper.formula]
title = "=1+1: a \"quoted\" {brace} \\LaTeX <!-- x --> GPT-4"
url = "https://example.org/f_(x)"
authors = ["{The X Team}", "Google, Inc.", "Ludwig van Beethoven"]
year = 2020
venue = "Journal of Odd Things, Part 2"
minutes = 30

[paper.nolink]
title = "No Link at All"
authors = ["Jane Doe"]
year = 1999
kind = "survey"

[paper.zh]
title = "论文标题"
authors = ["张伟"]
url = "https://example.org/zh"
level = "deep"
requires = ["nolink"]
helps = ["formula", "b"]

[paper.a]
title = "A"
url = "https://example.org/a"

[paper.b]
title = "B"
url = "https://example.org/b"
"""
Run = Callable[..., Result]
LOSSLESS = sorted({*Written} - {Written.RIS, Written.ANKI})


@pytest.fixture
def own(home: Path) -> Path:
    """A reader with a catalogue of their own."""
    (home / "catalogues").mkdir(parents=True)
    write({"own.toml": OWN}, home / "catalogues")
    return home


def keys(done: Result) -> list[str]:
    """The keys of what was exported as JSON, in its order."""
    assert done.code == 0, done.err
    return [paper["key"] for paper in json.loads(done.out)["papers"]]


@pytest.mark.parametrize("format_", LOSSLESS)
@pytest.mark.usefixtures("own")
def test_exported_imported_elsewhere_and_exported_again(
    format_: Written,
    roadmap: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another reader who takes the list in with its statuses exports the same bytes."""
    roadmap("mark-read", "own/zh", "--on", "2026-01-02", "--rating", "5")
    roadmap("mark-skipped", "own/nolink")
    roadmap("mark-known", "own/formula")
    roadmap("mark-reading", "own/a")
    there = tmp_path / "list"
    assert roadmap("export", "own", "--to", format_, "-o", str(there)).code == 0
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "other"))

    done = roadmap("import", str(there), "--as", "own", "--statuses", "--yes")

    assert done.code == 0, done.err
    again = roadmap("export", "own", "--to", format_)
    assert again.out.encode() == there.read_bytes()


@pytest.mark.parametrize("format_", LOSSLESS)
@pytest.mark.usefixtures("own")
def test_a_part_of_a_list_is_a_list(
    format_: Written,
    roadmap: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It requires nothing that is not in it, and is taken in elsewhere."""
    there = tmp_path / "list"
    roadmap("export", "own/zh", "own/b", "--to", format_, "-o", str(there))
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "other"))

    assert roadmap("import", str(there), "--as", "own", "--yes").code == 0
    again = roadmap("export", "own", "--to", format_)
    assert again.out.encode() == there.read_bytes()


@pytest.mark.usefixtures("own")
def test_a_list_that_was_cut_is_taken_in(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lines that are gone were to what is left is not said of it any more."""
    lines = roadmap("export", "own", "--to", "csv").out.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("nolink,", "b,"))]
    (tmp_path / "list").write_text("".join(kept))
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "other"))

    done = roadmap("import", str(tmp_path / "list"), "--as", "own", "--yes")

    assert (len(kept), done.code) == (len(lines) - 2, 0), done.err
    exported = roadmap("export", "own", "--to", "json")
    assert keys(exported) == ["formula", "zh", "a"]
    papers = {paper["key"]: paper for paper in json.loads(exported.out)["papers"]}
    assert papers["zh"]["requires"] == []
    assert papers["zh"]["helps"] == ["formula"]


@pytest.mark.usefixtures("own")
def test_a_table_of_before_there_was_what_would_help_is_ours(
    roadmap: Run, tmp_path: Path
) -> None:
    """It has no column for that, as one has none of which no paper says so."""
    header = roadmap("export", "own/a", "own/b", "--to", "csv").out
    assert "helps" not in header.splitlines()[0]
    (tmp_path / "list").write_text(header)

    done = roadmap("import", str(tmp_path / "list"), "--json", "--dry-run")

    assert [row["action"] for row in json.loads(done.out)["entries"]] == ["known"] * 2


@pytest.mark.usefixtures("own")
def test_names_of_all_sorts_each_work_once_in_order(roadmap: Run) -> None:
    """Papers, topics and catalogues, however they are mixed, in the curriculum's order."""
    whole = ["formula", "nolink", "zh", "a", "b"]
    assert keys(roadmap("export", "own", "--to", "json")) == whole
    mixed = ("own/b", "things/more", "own/formula")
    assert keys(roadmap("export", *mixed, "--to", "json")) == ["formula", "a", "b"]
    everything = keys(roadmap("export", "--to", "json"))
    assert everything[-5:] == whole
    assert everything[0] != "formula"


@pytest.mark.usefixtures("own")
def test_a_paper_stands_in_the_topic_that_was_named(roadmap: Run) -> None:
    """And in its home where it is named itself."""
    topic = roadmap("export", "things/more", "--to", "json")
    alone = roadmap("export", "own/a", "--to", "json")

    sections = [json.loads(done.out)["papers"][0]["section"] for done in (topic, alone)]
    assert sections == [
        ["Own | things", "More"],
        ["Own | things", "Odd [ones] & {braces}"],
    ]


@pytest.mark.usefixtures("own")
def test_only_what_a_query_and_a_status_let_through(roadmap: Run) -> None:
    """As `list` filters."""
    roadmap("mark-read", "own/zh", "own/nolink")

    read = roadmap("export", "own", "--to", "json", "--status", "read")
    surveys = roadmap("export", "own", "--to", "json", "--where", "kind:survey")

    assert keys(read) == ["nolink", "zh"]
    assert keys(surveys) == ["nolink"]
    assert keys(roadmap("export", "own", "--to", "json", "--status", "skipped")) == []


@pytest.mark.parametrize("format_", sorted({*Written} - {Written.ANKI}))
@pytest.mark.usefixtures("own")
def test_private_notes_only_when_asked_for(format_: Written, roadmap: Run) -> None:
    """Of no format a note is a part, but with --notes of each."""
    roadmap("note", "own/zh", "secret thought")

    plain = roadmap("export", "own", "--to", format_)
    with_notes = roadmap("export", "own", "--to", format_, "--notes")

    assert "secret" not in plain.out + roadmap("cite", "own/zh").out
    assert "secret thought" in with_notes.out


@pytest.mark.parametrize("format_", sorted(Written))
def test_its_own_file_is_written_again(
    format_: Written, roadmap: Run, tmp_path: Path
) -> None:
    """A file of another's only with --force, and exported progress never without."""
    there, other = tmp_path / "list", tmp_path / "other"
    call = ("export", "efficient-finetuning", "--to", format_, "-o")
    other.write_text("@book{mine, title = {Mine}}\n")
    progress = tmp_path / "progress"
    roadmap("mark-read", "lora")
    roadmap("export", "--progress", "-o", str(progress))

    codes = [roadmap(*call, str(path)).code for path in (there, there, other, progress)]

    assert codes == [0, 0, 1, 1]
    assert other.read_text().startswith("@book{mine")
    assert roadmap(*call, str(other), "--force").code == 0


def test_citing_gives_nothing_that_only_we_read(roadmap: Run) -> None:
    """A record to paste; by our key, or by author and year."""
    done = roadmap("cite", "lora")

    assert done.out == (
        "@inproceedings{lora,\n"
        "  title = {{LoRA}: {Low-Rank} Adaptation of Large Language Models},\n"
        "  author = {Edward J. Hu and Yelong Shen and Phillip Wallis and Zeyuan Allen-Zhu and "
        "Yuanzhi Li and Shean Wang and Lu Wang and Weizhu Chen},\n"
        "  booktitle = {ICLR 2022},\n"
        "  year = {2022},\n"
        "  eprint = {2106.09685},\n"
        "  archiveprefix = {arXiv}\n"
        "}\n"
    )
    assert roadmap("cite", "lora", "--keys", "author-year").out.startswith(
        "@inproceedings{hu2022,"
    )


@pytest.mark.usefixtures("own")
def test_columns_are_those_of_json(roadmap: Run) -> None:
    """A table has the fields of a record, each cell harmless in a spreadsheet."""
    (row, *_) = csv.DictReader(io.StringIO(roadmap("export", "own", "--to", "csv").out))
    (record, *_) = json.loads(roadmap("export", "own", "--to", "json").out)["papers"]

    assert [*row] == [*record]
    assert row["title"] == f"'{record['title']}"


@pytest.mark.parametrize(
    ("call", "error", "hint"),
    [
        ("export lora", "no format to export in was named", "--to bibtex"),
        ("export --to docx", "docx", "bibtex"),
        ("export --progress --to csv", "--progress is all that you have marked", "leave"),
        ("export --progress --notes", "--progress is all that you have marked", "leave"),
        ("export no-such-thing --to csv", "no-such-thing", ""),
        ("cite", "NAME", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(
    call: str, error: str, hint: str, roadmap: Run
) -> None:
    """What is wrong, and the way out; nothing is printed."""
    done = roadmap(*call.split())

    assert done.code in (1, 2)
    assert done.out == ""
    assert error in done.err
    assert hint in done.err


@pytest.mark.usefixtures("own")
def test_what_list_prints_as_json_is_read_as_well(
    roadmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Topics are called there by their names."""
    (tmp_path / "list").write_text(roadmap("list", "own", "--json").out)
    monkeypatch.setenv("ROADMAP_HOME", str(tmp_path / "other"))

    done = roadmap("import", str(tmp_path / "list"), "--as", "own", "--yes")

    assert done.code == 0, done.err
    papers = json.loads(roadmap("export", "own", "--to", "json").out)["papers"]
    assert [paper["key"] for paper in papers] == ["formula", "nolink", "zh", "a", "b"]
    assert papers[0]["section"] == ["things", "odd"]
