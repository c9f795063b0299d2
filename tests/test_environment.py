"""The usual folders are those of the system's rules, whoever works them out."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs
import pytest

from conftest import Result
from roadmap_cli.environment import find_places

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
def test_a_path_that_nobody_has_is_wrong_usage(
    process: Callable[..., Result], variable: str
) -> None:
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


def test_catalogues_in_the_home_folder_are_found() -> None:
    """Of several, each is expanded."""
    places = find_places(
        {"ROADMAP_CATALOGUE": os.pathsep.join(["~/x.toml", "y.toml"])}, []
    )

    assert places.catalogues == (Path("~/x.toml").expanduser(), Path("y.toml"))
