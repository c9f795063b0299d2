"""The usual folders are those of the system's rules, whoever works them out."""

import os
import sys
from collections.abc import Mapping

import platformdirs
import pytest

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
