"""PDFs that `get` fetches over real sockets: resumed, checked, and whole or not there."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from builders import places_in
from conftest import Clock, Result
from killing import killed_at_each_step
from processes import Start
from roadmap_cli.busy import Tell
from roadmap_cli.disk import partial
from roadmap_cli.program import getting
from roadmap_cli.program.asking import Person
from roadmap_cli.program.getting import Getting
from roadmap_cli.program.roadmap import Roadmap
from services.pdfs import pdf_of, served
from services.server import Asked, PlayedServices, Reply

Run = Callable[..., Result]
ARXIV = "arxiv.org"
HOST = "pdfs.example.org"
LORA = pdf_of("2106.09685", 10_000)
CHECK = b"<html><head><title>Just a moment...</title></head><body>Checking your browser"


@pytest.fixture
def papers(home: Path) -> Path:
    """The folder of the PDFs."""
    return home / "papers"


@pytest.fixture(autouse=True)
def lora(services: PlayedServices) -> None:
    """Have arXiv send `LORA`, and know of ranges."""
    services.plays[ARXIV] = lambda asked: served(asked, LORA)


def cut_after(size: int, tag: str = '"1"') -> Callable[[Asked], Reply]:
    """A host whose connections end after so many bytes."""

    def play(asked: Asked) -> Reply:
        reply = served(asked, LORA, tag)
        reply.cut = size
        return reply

    return play


def names_in(folder: Path) -> list[str]:
    """What is in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def ranges(services: PlayedServices, host: str = ARXIV) -> list[str]:
    """The ranges that were asked for, one for each request; empty for a whole file."""
    return [asked.headers.get("range", "") for asked in services.asked(host)]


def write_list(home: Path, *papers: str) -> None:
    """A catalogue of the reader's own, `own`, with these papers in one topic."""
    keys = [text.partition("]")[0].partition(".")[2] for text in papers]
    text = (
        'format = "roadmap-catalogue"\nversion = 1\nid = "own"\ntitle = "Own"\n'
        '[[area]]\nid = "x"\ntitle = "X"\n[[area.topic]]\nid = "y"\ntitle = "Y"\n'
        f"papers = {json.dumps(keys)}\n{''.join(papers)}"
    )
    folder = home / "catalogues"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.toml").write_text(text)


def linked(key: str, url: str) -> str:
    """A paper with a link."""
    return f'[paper.{key}]\ntitle = "Title of {key}"\nurl = "{url}"\n'


def test_a_pdf_is_fetched_once(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """It stands under the names of catalogue and key; a second call asks nobody."""
    done = roadmap("get", "lora")
    assert (done.code, done.rows[0][:2]) == (0, ["fetched", "lora"])
    assert (papers / "genai--lora.pdf").read_bytes() == LORA
    assert names_in(papers) == ["genai--lora.pdf"]

    assert roadmap("get", "lora", "2106.09685").rows[0][0] == "there"
    assert [asked.line for asked in services.log] == ["arxiv.org/pdf/2106.09685"]


def test_what_is_there_is_shown_opened_and_found(roadmap: Run, papers: Path) -> None:
    """`open --pdf` leads to the file, `show` names it, `has:pdf` tells it from the others."""
    assert roadmap("open", "lora", "--pdf", "--print").out.startswith("https://arxiv")
    assert json.loads(roadmap("show", "lora", "--json").out)["papers"][0]["pdf"] == ""
    assert roadmap("list", "--where", "has:pdf").out == ""
    roadmap("get", "lora")

    file = papers / "genai--lora.pdf"
    assert roadmap("open", "lora", "--pdf", "--print").out == f"{file.as_uri()}\n"
    assert json.loads(roadmap("show", "lora", "--json").out)["papers"][0]["pdf"] == str(
        file
    )
    for call in (("list", "--where"), ("search",), ("next", "--where")):
        assert [row[0] for row in roadmap(*call, "has:pdf").rows] in (["lora"], [])
    assert [row[0] for row in roadmap("list", "--where", "has:pdf").rows] == ["lora"]
    assert [row[0] for row in roadmap("search", "has:pdf").rows] == ["lora"]
    without = roadmap("list", "llm/efficient-finetuning", "--where", "-has:pdf").rows
    assert "lora" not in [row[0] for row in without] != []
    assert roadmap("search", "has:code").code == 2


@pytest.mark.parametrize(
    "name", ["lora.pdf", "genai--lora.pdf", "2106.09685.pdf", "2106.09685v2.pdf"]
)
def test_files_that_the_reader_put_there_count(
    roadmap: Run, services: PlayedServices, papers: Path, name: str
) -> None:
    """By the key, by the full name, and as a browser saves what arXiv sends."""
    papers.mkdir(parents=True)
    (papers / name).write_bytes(b"%PDF-1.4 mine")

    assert roadmap("get", "lora").rows[0][:3] == ["there", "lora", str(papers / name)]
    assert [row[0] for row in roadmap("list", "--where", "has:pdf").rows] == ["lora"]
    assert roadmap("open", "lora", "--pdf", "--print").out.endswith(f"{name}\n")
    assert services.log == []
    assert (papers / name).read_bytes() == b"%PDF-1.4 mine"


def test_a_file_named_by_a_key_of_two_works_is_neither_of_them(
    roadmap: Run, home: Path, papers: Path
) -> None:
    """Only a name with the catalogue says which is meant."""
    write_list(home, linked("lora", "https://pdfs.example.org/radio.pdf"))
    papers.mkdir()
    (papers / "lora.pdf").write_bytes(b"%PDF-1.4 whose?")

    done = roadmap("get", "genai/lora", "own/lora")
    assert sorted(row[0] for row in done.rows) == ["fetched", "fetched"]
    assert names_in(papers) == ["genai--lora.pdf", "lora.pdf", "own--lora.pdf"]
    assert (papers / "own--lora.pdf").read_bytes() == pdf_of("/radio.pdf")


def test_the_folder_may_be_elsewhere(
    roadmap: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`ROADMAP_PAPERS` names it, `where` tells it, and no command writes over what is there."""
    monkeypatch.setenv("ROADMAP_PAPERS", str(tmp_path / "library"))
    assert roadmap("get", "lora").code == 0
    assert names_in(tmp_path / "library") == ["genai--lora.pdf"]
    assert not (home / "papers").exists()
    rows = {row[0]: row[1:] for row in roadmap("where").rows}
    assert rows["papers"] == [str(tmp_path / "library"), "yes"]

    file = tmp_path / "library" / "genai--lora.pdf"
    assert (
        roadmap("export", "lora", "--to", "csv", "-o", str(file), "--force").code == 1
    )
    assert file.read_bytes() == LORA


def test_a_connection_that_ends_early_is_gone_on_with(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """From its byte, at most three times; the next call goes on from there."""
    services.plays[ARXIV] = cut_after(3000)
    done = roadmap("get", "lora")
    assert done.code == 5
    assert "1 PDF was not fetched" in done.err
    assert names_in(papers) == ["genai--lora.pdf.part", "genai--lora.pdf.part.json"]
    assert ranges(services) == ["", "bytes=3000-", "bytes=6000-"]
    assert services.log[1].headers["if-range"] == '"1"'

    assert roadmap("get", "lora").code == 0
    assert (papers / "genai--lora.pdf").read_bytes() == LORA
    assert names_in(papers) == ["genai--lora.pdf"]
    assert ranges(services)[3:] == ["bytes=9000-"]


@pytest.mark.parametrize("change", ["another tag", "no ranges", "another range"])
def test_what_is_another_file_now_is_fetched_anew(
    roadmap: Run, services: PlayedServices, papers: Path, change: str
) -> None:
    """Nothing of both is ever joined."""
    services.plays[ARXIV] = cut_after(2000)
    roadmap("get", "lora")
    new = pdf_of("a newer version", 12_000)

    def play(asked: Asked) -> Reply:
        if change == "another tag":
            return served(asked, new, '"2"')
        if change == "another range" and "range" in asked.headers:
            where = {"Content-Range": f"bytes 5-{len(new) - 1}/{len(new)}"}
            return Reply(206, new[5:], "application/pdf", where)
        return Reply(200, new, "application/pdf")

    services.plays[ARXIV] = play
    assert roadmap("get", "lora").code == 0
    assert (papers / "genai--lora.pdf").read_bytes() == new
    assert names_in(papers) == ["genai--lora.pdf"]


def test_a_weak_tag_or_none_is_nothing_to_go_on_by(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """Then the file is asked for whole; the day of its last change is as good as a tag."""
    for headers, range_ in (
        ({"ETag": 'W/"1"'}, ""),
        ({}, ""),
        ({"Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT"}, "bytes=2000-"),
    ):
        services.log.clear()
        services.queue(ARXIV, *[Reply(200, LORA, "application/pdf", headers, cut=2000)])
        assert roadmap("get", "lora").code == 0
        assert ranges(services) == ["", range_]
        assert (papers / "genai--lora.pdf").read_bytes() == LORA
        (papers / "genai--lora.pdf").unlink()


def test_all_of_a_file_may_be_there_without_its_name(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """Where its size is known nobody is asked; where it is not, the host says that no more comes."""
    for length, asked in ((None, 1), (len(LORA), 0)):
        papers.mkdir(parents=True, exist_ok=True)
        about = {
            "url": "https://arxiv.org/pdf/2106.09685",
            "version": '"1"',
            "size": length,
        }
        (papers / "genai--lora.pdf.part").write_bytes(LORA)
        (papers / "genai--lora.pdf.part.json").write_text(json.dumps(about))
        services.log.clear()

        assert roadmap("get", "lora").code == 0
        assert len(services.log) == asked
        assert (papers / "genai--lora.pdf").read_bytes() == LORA
        assert names_in(papers) == ["genai--lora.pdf"]
        (papers / "genai--lora.pdf").unlink()


@pytest.mark.parametrize(
    "about", ["", "{", "[1]", '{"url": 5}', "[" * 100_000, '{"url":"https://x.org"}']
)
def test_what_nobody_knows_the_beginning_of_is_begun_anew(
    roadmap: Run, services: PlayedServices, papers: Path, about: str
) -> None:
    """A damaged note beside the bytes is no reason to trust them, nor to stop."""
    papers.mkdir(parents=True)
    (papers / "genai--lora.pdf.part").write_bytes(b"%PDF-1.4 something else")
    (papers / "genai--lora.pdf.part.json").write_text(about)

    assert roadmap("get", "lora").code == 0
    assert (papers / "genai--lora.pdf").read_bytes() == LORA
    assert ranges(services) == [""]


def test_chunks_without_a_length_are_taken(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """Their end has to come; a file without its own end does not count."""
    pieces = [LORA[at : at + 700] for at in range(0, len(LORA), 700)]
    services.queue(ARXIV, Reply(media_type="application/pdf", pieces=pieces))
    assert roadmap("get", "lora").code == 0
    assert (papers / "genai--lora.pdf").read_bytes() == LORA

    services.queue(ARXIV, Reply(media_type="application/pdf", pieces=pieces[:3]))
    done = roadmap("get", "1706.03762")
    assert (done.code, "without its end" in done.err) == (5, True)
    services.queue(
        ARXIV, *[Reply(media_type="application/pdf", pieces=pieces, cut=99)] * 3
    )
    assert roadmap("get", "1706.03762").code == 5
    assert "genai--attention.pdf" not in names_in(papers)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(200, b"<!DOCTYPE html><title>Welcome</title>" * 99), "a web page"),
        (Reply(200, b"<!DOCTYPE html><p>", "application/pdf"), "a web page"),
        (Reply(200, CHECK), "a check for robots"),
        (Reply(403, CHECK), "a check for robots"),
        (Reply(200, b"", "application/pdf"), "nothing instead of a PDF"),
        (Reply(200, b"{}", "application/json"), "something else (application/json)"),
        (Reply(404, b"<html>"), "has no such PDF: 404 Not Found"),
        (Reply(206, LORA, "application/pdf"), "does not go on"),
        (Reply(200, LORA, "application/pdf", length=10**12), "more than 200.0 MB"),
        (Reply(200, b" " * 1024 + LORA, "application/pdf"), "something else"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_pdf_is_named_and_never_saved(
    roadmap: Run, services: PlayedServices, papers: Path, reply: Reply, words: str
) -> None:
    """One line tells what came instead."""
    services.plays[ARXIV] = lambda _: reply
    done = roadmap("get", "lora")

    assert done.code == 5
    assert words in done.err
    assert done.rows[0][0] == "failed"
    assert names_in(papers) == []


def test_a_length_that_is_not_true_is_no_pdf(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """Too short: the rest is asked for until the host has said three times that it has no more."""
    services.plays[ARXIV] = lambda _: Reply(
        200, LORA, "application/pdf", length=len(LORA) + 1
    )
    assert roadmap("get", "lora").code == 5
    assert "genai--lora.pdf" not in names_in(papers)
    assert len(services.log) == 3


def test_a_busy_host_is_waited_for_as_long_as_it_asks(
    roadmap: Run, services: PlayedServices, clock: Clock, papers: Path
) -> None:
    """And the two PDFs of one host are three seconds apart, over one connection."""
    services.queue(ARXIV, Reply(429, headers={"Retry-After": "20"}))
    begun = clock()
    assert roadmap("get", "lora", "attention").code == 0
    assert 23 <= (clock() - begun).total_seconds() < 24
    assert len(names_in(papers)) == 2
    assert services.log[1].connection == services.log[2].connection


@pytest.mark.parametrize(
    "reply",
    [Reply(403), Reply(429, headers={"Retry-After": "3600"}), Reply(200, CHECK)],
)
def test_a_host_that_refuses_is_left_alone_and_others_are_asked(
    roadmap: Run, services: PlayedServices, home: Path, papers: Path, reply: Reply
) -> None:
    """Nothing is asked of it again in that run; what is elsewhere comes."""
    write_list(home, linked("other", "https://pdfs.example.org/other.pdf"))
    services.queue(ARXIV, reply)
    done = roadmap("get", "lora", "attention", "own/other", "--json")

    rows = {row["key"]: row for row in json.loads(done.out)["pdfs"]}
    assert done.code == 5
    assert {key: row["action"] for key, row in rows.items()} == {
        "attention": "failed", "lora": "left", "other": "fetched",
    }  # fmt: skip
    assert rows["lora"]["why"].startswith("not asked for: arxiv.org ")
    assert len(services.asked(ARXIV)) == 1
    assert "2 PDFs were not fetched, 1 PDF that came is kept" in done.err
    assert names_in(papers) == ["own--other.pdf"]


def test_one_that_fails_stops_no_other(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """What one host has not says nothing of the rest of it."""
    services.queue(ARXIV, Reply(404))
    done = roadmap("get", "lora", "attention")

    assert done.code == 5
    assert [row[0] for row in done.rows] == ["failed", "fetched"]
    assert names_in(papers) == ["genai--lora.pdf"]


def test_without_a_network_one_line_says_what_is_missing(
    roadmap: Run, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, and each host is tried once."""
    monkeypatch.setenv("ROADMAP_SERVICES", "http://127.0.0.1:9")
    done = roadmap("get", "lora", "attention")

    assert done.code == 5
    assert done.err == (
        "error: arxiv.org cannot be reached: Connection refused; 2 PDFs were not fetched\n"
        "hint: try again later: what came is not asked for again\n"
    )
    assert not papers.exists()


def test_where_a_pdf_is_follows_from_what_is_known(
    roadmap: Run, services: PlayedServices, home: Path
) -> None:
    """An arXiv id goes first, then a link to a PDF, then the page beside which it is."""
    pages = {
        "a": ("https://aclanthology.org/N19-1423/", "https://aclanthology.org/N19-1423.pdf"),
        "b": ("https://www.aclweb.org/anthology/N19-1424", "https://aclanthology.org/N19-1424.pdf"),
        "c": ("https://openreview.net/forum?id=aB-1_x", "https://openreview.net/pdf?id=aB-1_x"),
        "d": ("https://proceedings.mlr.press/v139/x21a.html", "https://proceedings.mlr.press/v139/x21a/x21a.pdf"),
        "e": ("https://example.org/a.PDF?x=1#page=2", "https://example.org/a.PDF?x=1#page=2"),
        "f": ("https://doi.org/10.48550/arXiv.2301.00001", "https://arxiv.org/pdf/2301.00001"),
        "g": ("https://arxiv.org/abs/hep-th/9901001v2", "https://arxiv.org/pdf/hep-th/9901001"),
        "h": ("https://example.org/page.html", ""),
        "i": ("https://example.org/?file=a.pdf", ""),
        "j": ("https://jmlr.org/papers/v21/20-074.html", "https://www.jmlr.org/papers/volume21/20-074/20-074.pdf"),
        "k": ("https://openaccess.thecvf.com/content/CVPR2021/html/A_B_CVPR_2021_paper.html",
              "https://openaccess.thecvf.com/content/CVPR2021/papers/A_B_CVPR_2021_paper.pdf"),
    }  # fmt: skip
    write_list(home, *(linked(key, url) for key, (url, _) in pages.items()))
    done = roadmap("get", "own", "--dry-run", "--json")

    found = {row["key"]: row["url"] for row in json.loads(done.out)["pdfs"]}
    assert found == {key: pdf for key, (_, pdf) in pages.items()}
    assert services.log == []


def test_a_record_that_was_kept_may_know_the_preprint(
    roadmap: Run, services: PlayedServices
) -> None:
    """Crossref names it; it is not asked for that."""
    roadmap("add", "10.5555/preprinted")
    services.log.clear()
    done = roadmap("get", "mine", "--dry-run")

    assert done.rows[0][3] == "https://arxiv.org/pdf/2110.00001"
    assert services.log == []


def test_papers_without_a_pdf_are_told_with_the_way_out(
    roadmap: Run, home: Path, papers: Path
) -> None:
    """Among others they are no failure; alone they are not found."""
    write_list(home, linked("page", "https://example.org/page"))
    done = roadmap("get", "own/page", "lora")
    assert (done.code, [row[0] for row in done.rows]) == (0, ["fetched", "unknown"])

    alone = roadmap("get", "own/page")
    assert alone.code == 1
    assert alone.err == (
        "error: no PDF of `page` is known\n"
        f"hint: put one there as {papers / 'own--page.pdf'}\n"
    )
    (papers / "own--page.pdf").write_bytes(b"%PDF-1.4")
    assert roadmap("get", "own/page").rows[0][0] == "there"


def test_many_are_asked_about_first(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """Beyond twenty, unless with `--yes`; what is there does not count."""
    done = roadmap("get", "genai")
    assert (done.code, services.log, papers.exists()) == (2, [], False)
    assert "PDFs has to be confirmed\nhint: pass --yes" in done.err
    assert roadmap("get", "--where", "topic:agents").code == 0


def test_much_is_asked_about_on_the_way(
    roadmap: Run,
    services: PlayedServices,
    papers: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came until then is kept, and the rest comes with `--yes`."""
    monkeypatch.setattr(getting, "MUCH", len(LORA))
    names = ("attention", "lora", "mamba")
    done = roadmap("get", *names)
    assert (done.code, len(services.log)) == (2, 2)
    assert "1 PDF left" in done.err
    assert "2 PDFs that came are kept" in done.err

    assert roadmap("get", *names, "--yes").code == 0
    assert (len(services.log), len(names_in(papers))) == (3, 3)


def test_a_full_disk_ends_it_before_anything_is_written(
    roadmap: Run,
    services: PlayedServices,
    papers: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is to come is compared with what is free; what came is kept."""
    roadmap("get", "attention")
    monkeypatch.setattr(partial, "SPARE", 10**18)
    done = roadmap("get", "lora", "mamba")

    assert (done.code, len(services.asked(ARXIV))) == (6, 2)
    assert "10 KB are to come" in done.err
    assert names_in(papers) == ["genai--attention.pdf"]


FULL = """
import os, sys
from resource import RLIMIT_FSIZE, setrlimit
from datetime import UTC, datetime
from roadmap_cli.cli import main
setrlimit(RLIMIT_FSIZE, (5000, 5000))
os._exit(main(["get", "lora"], lambda: datetime.now(UTC), sleep=lambda _: None))
"""
"""Can make no file larger than 5,000 bytes."""


def test_a_disk_that_fills_up_on_the_way_keeps_what_came(
    roadmap: Run, services: PlayedServices, papers: Path, start: Start
) -> None:
    """It is told, and the next call goes on behind it."""
    roadmap("get", "lora", "--dry-run")
    running = start(FULL)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, "no space left" in said) == (6, True)
    assert (papers / "genai--lora.pdf.part").stat().st_size == 5000

    assert roadmap("get", "lora").code == 0
    assert ranges(services) == ["", "bytes=5000-"]
    assert (papers / "genai--lora.pdf").read_bytes() == LORA


@pytest.mark.parametrize("call", ["get lora", "list --where has:pdf", "search has:pdf"])
@pytest.mark.usefixtures("cold")
def test_a_folder_that_cannot_be_reached_is_not_an_empty_one(
    roadmap: Run, services: PlayedServices, home: Path, papers: Path, call: str
) -> None:
    """A drive that is not there is damage; `doctor` finds it, and `show` does without."""
    home.mkdir()
    papers.symlink_to("/nowhere/papers")
    done = roadmap(*call.split())

    assert done.code == 3
    assert done.err.startswith(f"error: {papers}: is a link to /nowhere/papers")
    assert services.log == []
    assert roadmap("show", "lora").code == 0
    assert roadmap("open", "lora", "--pdf", "--print").out.startswith("https://arxiv")
    assert str(papers) in roadmap("doctor").out


def test_the_line_about_it_says_which_it_is_and_what_is_next(
    home: Path, clock: Clock
) -> None:
    """Also while the host is waited for; the part that has come is told."""
    shown: list[str] = []
    parts: list[float] = []

    @contextmanager
    def busy(work: str) -> Iterator[Tell]:
        shown.append(work)
        yield parts.append

    reader = Roadmap(places_in(home), clock, busy)
    fetching = Getting.of(reader, os.environ, clock.sleep, print)
    agreed = Person(lambda _: None, str, None)
    rows = fetching.get(["lora", "attention"], None, agreed).view.rows

    assert [row["action"] for row in rows] == ["fetched", "fetched"]
    about = [work for work in shown if work.startswith("fetching")]
    assert about == [
        "fetching attention (1 of 2, next lora)",
        "fetching lora: waiting 3 s before asking arxiv.org (2 of 2)",
        "fetching lora (2 of 2)",
    ]
    assert parts[-1] == 1.0
    reader.close()


def test_a_rehearsal_asks_nobody_and_writes_nothing(
    roadmap: Run, services: PlayedServices, papers: Path
) -> None:
    """It tells what would be fetched, and from where."""
    done = roadmap("get", "genai", "--dry-run")

    assert done.code == 0
    assert {row[0] for row in done.rows} == {"wanted", "unknown"}
    assert (services.log, papers.exists()) == ([], False)


@pytest.mark.parametrize(
    ("call", "code"), [("get", 2), ("get nosuch", 1), ("get lora --where zzz:1", 2)]
)
def test_a_wrong_call_asks_nobody(
    roadmap: Run, services: PlayedServices, call: str, code: int
) -> None:
    """What is wrong with it is said."""
    assert roadmap(*call.split()).code == code
    assert services.log == []


def test_two_programs_fetch_a_paper_once(
    services: PlayedServices, papers: Path
) -> None:
    """The second waits for the first, and finds what it wanted."""
    is_asked, may_go_on = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes]:
        yield LORA[:2000]
        is_asked.set()
        may_go_on.wait(60)
        yield LORA[2000:]

    services.queue(ARXIV, Reply(media_type="application/pdf", pieces=pieces()))
    call = [sys.executable, "-m", "roadmap_cli", "get", "lora"]
    running = [subprocess.Popen(call)]
    assert is_asked.wait(60)
    running.append(subprocess.Popen(call))
    wait_until(lambda: has_open(running[1].pid, "pdfs.lock"))
    may_go_on.set()

    assert [each.wait(60) for each in running] == [0, 0]
    assert len(services.log) == 1
    assert names_in(papers) == ["genai--lora.pdf"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_what_came_is_kept_when_the_program_is_ended(
    services: PlayedServices, papers: Path, process: Run, end: signal.Signals
) -> None:
    """At once, also in the midst of a PDF; the next call asks for what is missing and no more."""
    is_asked, may_end = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes]:
        yield LORA[:2000]
        yield LORA[2000:4000]
        is_asked.set()
        may_end.wait(60)

    services.queue(
        ARXIV,
        served(services_asked(), LORA),
        Reply(200, b"", "application/pdf", {"ETag": '"1"'}, pieces(), len(LORA)),
    )
    call = [sys.executable, "-m", "roadmap_cli", "get", "attention", "lora"]
    running = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    assert is_asked.wait(60)
    wait_for(papers / "genai--lora.pdf.part", 4000)
    running.send_signal(end)
    _, said = running.communicate(timeout=60)
    may_end.set()

    assert (papers / "genai--attention.pdf").read_bytes() == LORA
    assert "genai--lora.pdf" not in names_in(papers)
    if end is signal.SIGINT:
        assert running.returncode == 130
        assert "1 PDF that came is kept" in said
    assert process("get", "attention", "lora").code == 0
    assert ranges(services) == ["", "", "bytes=4000-"]
    assert (papers / "genai--lora.pdf").read_bytes() == LORA


def services_asked() -> Asked:
    """A request for a whole file."""
    return Asked(0.0, ARXIV, "/pdf/x", {}, {})


def wait_for(path: Path, size: int) -> None:
    """Wait until a file has so many bytes."""
    wait_until(lambda: path.exists() and path.stat().st_size >= size)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ready = threading.Event()
    while not is_so():
        ready.wait(0.01)


def has_open(process: int, name: str) -> bool:
    """Whether a process has a file of this name open."""
    links = Path(f"/proc/{process}/fd").iterdir()
    return any(os.path.realpath(link).endswith(name) for link in links)


@pytest.mark.parametrize("is_begun", [False, True], ids=["new", "begun"])
def test_a_kill_at_any_step_leaves_a_whole_pdf_or_none(
    roadmap: Run,
    services: PlayedServices,
    papers: Path,
    start: Start,
    is_begun: bool,
) -> None:
    """And the next call ends complete, with nothing beside it."""
    begin(roadmap, services, is_begun=is_begun)
    for ended in killed_at_each_step(start, "papers", "get", "lora"):
        assert ended.is_killed or ended.code == 0
        if (papers / "genai--lora.pdf").exists():
            assert (papers / "genai--lora.pdf").read_bytes() == LORA

        assert roadmap("get", "lora").code == 0
        assert (papers / "genai--lora.pdf").read_bytes() == LORA
        assert names_in(papers) == ["genai--lora.pdf"], ended.step
        (papers / "genai--lora.pdf").unlink()
        begin(roadmap, services, is_begun=is_begun)
    assert ended.step > 5


def begin(roadmap: Run, services: PlayedServices, *, is_begun: bool) -> None:
    """Have a PDF half there, or not at all."""
    if is_begun:
        services.plays[ARXIV] = cut_after(2000)
        assert roadmap("get", "lora").code == 5
    services.plays[ARXIV] = lambda asked: served(asked, LORA)


def test_a_syllabus_ends_complete_however_often_it_is_interrupted(
    roadmap: Run, services: PlayedServices, tmp_path: Path, papers: Path
) -> None:
    """A course of 25 ids has its 25 PDFs in the end, by one request each where none broke off."""
    file = tmp_path / "syllabus.txt"
    file.write_text("\n".join(f"2303.{number:05}" for number in range(1, 26)))
    take = ("import", str(file), "--as", "course", "--enrich", "--yes")
    assert roadmap(*take).code == 0
    for count in (5, 11, 20):
        answered = iter(range(count - len(names_in(papers))))

        def play(asked: Asked, answered: Iterator[int] = answered) -> Reply:
            if next(answered, None) is None:
                return Reply(503, headers={"Retry-After": "7200"})
            return served(asked, pdf_of(asked.path))

        services.plays[ARXIV] = play
        assert roadmap("get", "course", "--yes").code == 5
        assert len(names_in(papers)) == count
        (papers.parent / "cache" / "network" / "arxiv.org.next").unlink()
    services.plays[ARXIV] = lambda asked: served(asked, pdf_of(asked.path))

    assert roadmap("get", "course", "--yes").code == 0
    assert len(names_in(papers)) == 25
    asked = services.asked(ARXIV)
    assert len(asked) == 25 + 3
    assert all(after.at > before.at for before, after in pairwise(asked))
