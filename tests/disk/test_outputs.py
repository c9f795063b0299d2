"""Files that the reader asks for: whole, or as they were before."""

import os
import resource
import select
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.disk.places import shipped

Run = Callable[..., Result]
LIMIT = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (50, 50))


@pytest.mark.parametrize(
    "call", [("export", "--progress", "-o"), ("plan", "--hours", "4", "--ics")]
)
def test_what_cannot_be_written_leaves_the_old_file(
    roadmap: Run, process: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    """A full disk does not take away the export of yesterday."""
    roadmap("mark-read", "lora", "mlp")
    output = tmp_path / "kept"
    output.write_text("of yesterday")
    done = process(*call, str(output), "--force", preexec_fn=LIMIT)

    assert done.code == 6
    assert "nothing was changed" in done.err
    assert output.read_text() == "of yesterday"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["kept"]


def test_a_link_stays_a_link_and_a_mode_is_kept(roadmap: Run, tmp_path: Path) -> None:
    """As if it had been written to."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("")
    real.chmod(0o600)
    link.symlink_to(real)

    assert roadmap("export", "--progress", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert "roadmap" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600


# What is the reader's own, and what the command did not write

EXPORT = ("export", "--progress", "-o")
CALLS = [EXPORT, ("plan", "--hours", "4", "--ics")]


@pytest.fixture
def kept(
    home: Path, tmp_path: Path, roadmap: Run, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home with something in every place, a vault for notes beside it, named catalogues."""
    monkeypatch.setenv("ROADMAP_NOTES", str(tmp_path / "vault"))
    (home / "catalogues").mkdir(parents=True)
    (home / "notes").mkdir()
    (home / "state").mkdir()
    (home / "state" / "crash-report.txt").write_text("a bug")
    (home / "notes" / "old.md").write_text("words")
    (home / "catalogues" / "mine.toml").write_text(HEAD + paper_text("p"))
    roadmap("mark-read", "lora", "--note", "words")
    copied = roadmap("backup").rows[0][2]
    Path(copied).rename(home / "backups" / "copy.zip")
    monkeypatch.chdir(tmp_path)
    return home


def all_files(folder: Path) -> dict[str, bytes]:
    """Every regular file below a folder but those of the cache, with its bytes."""
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "cache" not in path.parts
    }


OWN = {
    "home/progress/desk.toml": "one of your journals",
    "home/progress/desk.lock": "one of your journals",
    "home/notes/old.md": "one of your notes",
    "vault/lora.md": "one of your notes",
    "vault/.roadmap.lock": "one of your notes",
    "home/catalogues/mine.toml": "one of your catalogues",
    "home/backups/copy.zip": "one of your copies",
    "home/cache/events.sqlite": "one of the files of roadmap's cache",
    "home/state/crash-report.txt": "one of the files of roadmap's state",
}


@pytest.mark.parametrize("way", ["itself", "link", "hard link", "folder", "dots"])
@pytest.mark.parametrize("own", OWN)
def test_what_is_the_readers_own_is_never_written_over(
    roadmap: Run, kept: Path, tmp_path: Path, own: str, way: str
) -> None:
    """By whatever name, not with --force either: status 1, and it is said what it is."""
    path = tmp_path / own
    output = {
        "itself": path,
        "dots": path.parent / ".." / path.parent.name / path.name,
        "folder": tmp_path / "folder" / path.name,
    }.get(way, tmp_path / "other.ics")
    if way == "link":
        output.symlink_to(path)
    elif way == "hard link":
        output.hardlink_to(path)
    elif way == "folder":
        (tmp_path / "folder").symlink_to(path.parent)
    before = all_files(kept)
    done = roadmap(*EXPORT, str(output), "--force")

    assert (done.code, done.out, all_files(kept)) == (1, "", before)
    assert done.err == (
        f"error: {output}: is {OWN[own]}\nhint: name a file elsewhere; nothing was written\n"
    )


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("own", OWN)
def test_what_a_link_of_the_readers_own_leads_to_is_its_own_too(
    roadmap: Run, tmp_path: Path, own: str
) -> None:
    """A journal kept in a synchronized folder, a note in a vault."""
    path, real = tmp_path / own, tmp_path / "real"
    if path.suffix == ".lock":  # never a link
        return
    path.rename(real)
    path.symlink_to(real)
    before = real.read_bytes()
    done = roadmap(*EXPORT, str(real), "--force")

    assert (done.code, f": is {OWN[own]}\n" in done.err) == (1, True)
    assert real.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("home/progress/new.toml", 1),
        ("home/progress/new.ics", 1),
        ("home/catalogues/new.toml", 1),
        ("home/backups/new.zip", 1),
        ("home/notes/new.md", 1),
        ("vault/new.MD", 1),
        ("vault/deep/new.md", 1),
        ("vault/reading.ics", 0),
        ("home/new.ics", 0),
        ("new.md", 0),
        ("none/new.ics", 6),
    ],
)
@pytest.mark.usefixtures("kept")
def test_nothing_new_is_put_among_what_is_the_readers_own(
    roadmap: Run, tmp_path: Path, name: str, code: int
) -> None:
    """It would count as a journal, a note or a catalogue from then on."""
    (tmp_path / "vault" / "deep").mkdir()
    done = roadmap(*EXPORT, name)

    assert (done.code, (tmp_path / name).exists()) == (code, not code)
    assert code != 1 or f"{name}: would be one of your " in done.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("form", ["option", "variable", "shipped"])
def test_a_catalogue_in_use_is_not_written_over(
    roadmap: Run,
    tmp_path: Path,
    call: tuple[str, ...],
    form: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither one that is named for this run nor the one that comes with the program."""
    path = tmp_path / "course.toml"
    path.write_text(HEAD + paper_text("p"))
    if form == "variable":
        monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))
    named = ["--catalogue", str(path)] if form == "option" else []
    output = shipped() if form == "shipped" else path
    before = output.read_bytes()
    done = roadmap(*named, *call, str(output), "--force")

    assert (done.code, output.read_bytes() == before) == (1, True)
    assert done.err.startswith(f"error: {output}: is a catalogue\n")


@pytest.mark.parametrize("call", CALLS)
def test_another_file_is_replaced_only_with_force(
    roadmap: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    """What the command wrote itself is renewed without; the other command's file is another's."""
    output = tmp_path / "out"
    output.write_text("my thesis")
    refused = roadmap(*call, str(output))
    unchanged = output.read_text()
    forced = roadmap(*call, str(output), "--force")
    first = output.read_bytes()
    again = roadmap(*call, str(output))
    (other,) = [one for one in CALLS if one != call]
    mixed = roadmap(*other, str(output))

    assert (refused.code, unchanged) == (1, "my thesis")
    assert refused.err.startswith(f"error: {output}: is there already, and ")
    assert "--force" in refused.err
    assert (forced.code, again.code, mixed.code) == (0, 0, 1)
    assert output.read_bytes() == first


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\r\nPRODID:-//another//EN\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nPRODID:-//roadmap//genai-roadmap//EN\r\n",
        "On BEGIN:VCALENDAR and\nPRODID:-//roadmap//genai-roadmap//EN\n",
    ],
)
def test_a_calendar_of_another_program_is_not_ours(
    roadmap: Run, tmp_path: Path, text: str
) -> None:
    """Whoever made it has written its head."""
    output = tmp_path / "all.ics"
    output.write_text(text, newline="")

    assert roadmap("plan", "--hours", "4", "--ics", str(output)).code == 1
    assert output.read_bytes() == text.encode()


@pytest.mark.parametrize("call", CALLS)
def test_a_full_disk_leaves_no_half_of_a_new_file(
    process: Run, tmp_path: Path, roadmap: Run, call: tuple[str, ...]
) -> None:
    """Nor of what was to become it."""
    roadmap("mark-read", "lora", "mlp")
    (tmp_path / "out").mkdir()
    done = process(*call, str(tmp_path / "out" / "new"), preexec_fn=LIMIT)

    assert (done.code, list((tmp_path / "out").iterdir())) == (6, [])


# What is no file


@pytest.mark.parametrize("call", CALLS)
def test_a_pipe_that_somebody_reads_gets_all_of_it(
    process: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    """And stays a pipe; where nobody reads, that is said instead of waited for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    unread = process(*call, str(pipe))
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # before anybody writes
    os.set_blocking(reader, True)
    with os.fdopen(reader, "rb") as file, ThreadPoolExecutor() as pool:
        done = pool.submit(process, *call, str(pipe))
        select.select([reader], [], [], 60)  # until somebody writes
        said = file.read()

    assert unread.code == 6
    assert unread.err == f"error: {pipe}: cannot be written: nobody reads it\n"
    assert (done.result().code, said[:6] in (b"BEGIN:", b"format")) == (0, True)
    assert said.endswith(b"\n")
    assert pipe.is_fifo()


@pytest.mark.parametrize("call", CALLS)
def test_standard_output_has_a_name_too(
    process: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    """In a pipe, and in a file that is written on behind what is there."""
    piped = process(*call, "/dev/stdout")
    with (tmp_path / "all").open("ab") as file:
        file.write(b"before\n")
        file.flush()
        process(*call, "/dev/stdout", stdout=file)

    assert piped.out[:6] in ("BEGIN:", "format")
    assert (tmp_path / "all").read_bytes()[:13] == f"before\n{piped.out[:6]}".encode()
    assert process(*call, "/dev/null").code == 0
    assert process(*call, "/dev/full").code == 6


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("state", ["nowhere", "circle", "folder"])
def test_what_no_file_can_be_made_of_is_named(
    roadmap: Run, tmp_path: Path, state: str, call: tuple[str, ...]
) -> None:
    """Status 6; nothing is made at the other end of a link."""
    output = tmp_path / "out"
    if state == "folder":
        output.mkdir()
    else:
        output.symlink_to(tmp_path / "not-there" if state == "nowhere" else output)
    done = roadmap(*call, str(output), "--force")

    assert (done.code, str(output) in done.err) == (6, True)
    assert "hint: " in done.err
    assert not (tmp_path / "not-there").exists()
