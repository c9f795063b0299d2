"""The usual folders are those of the system's rules, whoever works them out."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs
import pytest

from conftest import Result
from roadmap_cli.disk.environment import find_places

Run = Callable[..., Result]
VARIABLES = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere it is platformdirs itself"
)
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"HOME": "/somebody"},
        {"HOME": ""},
        dict.fromkeys(VARIABLES, "/else/where"),
        dict.fromkeys(VARIABLES, "relative/to/nothing"),
        dict.fromkeys(VARIABLES, ""),
        {"XDG_CACHE_HOME": "/fast disk/größe"},
    ],
    ids=str,
)
def test_the_folders_are_those_that_platformdirs_finds(
    monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str]
) -> None:
    """With any home, absolute paths, and what does not count as one (G15)."""
    for name in (*VARIABLES, "ROADMAP_HOME"):
        monkeypatch.delenv(name, raising=False)
    if "HOME" not in given:
        monkeypatch.delenv("HOME", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    places = find_places(os.environ, [])

    assert str(places.data) == platformdirs.user_data_dir("roadmap", appauthor=False)
    assert str(places.cache) == platformdirs.user_cache_dir("roadmap", appauthor=False)
    assert str(places.state) == platformdirs.user_state_dir("roadmap", appauthor=False)
    assert places.notes == places.data / "notes"


@pytest.mark.parametrize(
    "variable", ["ROADMAP_HOME", "ROADMAP_NOTES", "ROADMAP_CATALOGUE"]
)
def test_a_path_that_nobody_has_is_wrong_usage(process: Run, variable: str) -> None:
    """The variable is named, and the way out; no traceback."""
    said = process("next", env={variable: "~no-such-user-anywhere/x"})

    assert said.code == 2
    what = "file" if variable == "ROADMAP_CATALOGUE" else "folder"
    assert said.err.startswith(f"error: {variable} names no {what}: ~no-such-user")
    assert "hint: give it an absolute path" in said.err


def test_folders_that_are_named_are_absolute() -> None:
    """Whatever folder a command is called in, notes and progress are the same."""
    places = find_places({"ROADMAP_HOME": "here", "ROADMAP_NOTES": "~/notes"}, [])

    assert places.data == Path("here").absolute()
    assert places.notes == Path("~/notes").expanduser()


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("desk", "desk"),
        ("My Laptop_2", "my-laptop-2"),
        ("Ärzte", "arzte"),
        ("éé", "ee"),
        ("Straße", "strasse"),
        ("Büro 手机", "buro-5051"),
        ("Büro 电脑", "buro-b907"),
        ("my 📱", "my-6e56"),
        ("pc\udcff", "pc-793c"),
        ("x" * 45, "x" * 45),
        ("x" * 46, "x" * 40 + "-e02a"),
    ],
)
def test_a_device_writes_to_a_file_of_its_own_name(
    process: Run, home: Path, named: str, file: str
) -> None:
    """What every file system takes; a digest keeps apart what would be the same without."""
    done = process("mark-read", "lora", env={"ROADMAP_DEVICE": named})

    assert done.code == 0
    assert [one.stem for one in (home / "progress").glob("*.toml")] == [file]
    assert process("undo", env={"ROADMAP_DEVICE": file}).code == 0


@pytest.mark.parametrize("named", ["手机", "Лаптоп", "---", "📱"])
def test_a_device_whose_name_leaves_nothing_is_refused(
    process: Run, home: Path, named: str
) -> None:
    """It would be called by the host's name, and so would the next one."""
    done = process("mark-read", "lora", env={"ROADMAP_DEVICE": named})

    assert done.code == 2
    assert done.err == (
        f"error: ROADMAP_DEVICE has no letter from a to z and no digit: `{named}`\n"
        "hint: give this machine a name such as desk or phone-2\n"
    )
    assert [path.name for path in home.iterdir()] == ["cache"]


@pytest.mark.parametrize("named", ["", " "])
def test_a_device_without_a_name_is_called_by_its_host(
    process: Run, home: Path, named: str
) -> None:
    """With a number, since machines of many people are called the same."""
    process("mark-read", "lora", env={"ROADMAP_DEVICE": named})
    (journal,) = (home / "progress").glob("*.toml")

    assert re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{4}", journal.stem)


def test_catalogues_in_the_home_folder_are_found() -> None:
    """Of several, each is expanded."""
    places = find_places(
        {"ROADMAP_CATALOGUE": os.pathsep.join(["~/x.toml", "y.toml"])}, []
    )

    assert places.catalogues == (Path("~/x.toml").expanduser(), Path("y.toml"))
