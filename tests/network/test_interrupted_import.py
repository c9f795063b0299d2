"""A list that is enriched, and killed on the way: nothing half written, nothing asked twice."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

from conftest import Result
from killing import killed_at_each_step
from processes import Start
from services.server import PlayedServices

Run = Callable[..., Result]
IDS = [f"2303.{number:05}" for number in range(1, 4)]
TITLES = {f"Lecture {number}: what is read" for number in range(1, 4)}


def test_a_kill_at_any_step_leaves_the_list_as_it_was_or_whole(
    roadmap: Run, services: PlayedServices, home: Path, start: Start, tmp_path: Path
) -> None:
    """Marks too; the next call ends complete, and asks for nothing that came."""
    file = tmp_path / "syllabus.txt"
    file.write_text("\n".join(IDS))
    catalogue = home / "catalogues" / "course.toml"
    call = ("import", str(file), "--as", "course", "--enrich", "--read", "--yes")
    for ended in killed_at_each_step(start, str(home), *call):
        assert ended.is_killed or ended.code == 0
        if catalogue.exists():
            assert titles_in(catalogue) == TITLES, ended.step

        done = roadmap(*call)

        assert done.code == 0, (ended.step, done.err)
        assert titles_in(catalogue) == TITLES
        found = json.loads(roadmap("list", "course", "--json").out)
        assert [paper["status"] for paper in found["papers"]] == ["read"] * 3
        assert len(services.log) <= 2, ended.step
        for name in ("catalogues", "progress", "cache"):
            clear(home / name)
        services.log.clear()
    assert ended.step > 20


def titles_in(catalogue: Path) -> set[str]:
    """The titles of the papers of a catalogue."""
    papers = tomllib.loads(catalogue.read_text())["paper"]
    return {paper["title"] for paper in papers.values()}


def clear(folder: Path) -> None:
    """Remove the files of a folder and of those in it."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
