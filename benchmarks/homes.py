"""Readers to measure with: a folder each, a catalogue of some size, a fifth of it read."""

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from benchmarks import catalogues, hubs
from roadmap_cli.disk.places import shipped

SHIPPED = "shipped"
DEVICE = "desk"
FRESH = 1_000
"""Papers not yet read that are named for marking, if there are so many."""


@dataclass(frozen=True, slots=True)
class Home:
    """A reader's folder, and names in the catalogue to call the program with."""

    label: str
    size: int
    folder: Path
    catalogue: Path
    key: str
    topic: str
    word: str
    common: str
    fresh: tuple[str, ...]
    unsaid: str = "unsupervised watermark chemistry qwzxk vbnjh"
    """Words that no paper says together; the search shows what comes nearest."""
    has_hubs: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """What the processes find around them: nothing of whoever measures."""
        return self.around(self.folder, self.catalogue)

    @staticmethod
    def around(folder: Path, catalogue: Path) -> dict[str, str]:
        """The environment of a reader in this folder who uses this catalogue."""
        chosen = {} if catalogue == shipped() else {"ROADMAP_CATALOGUE": str(catalogue)}
        return {**surroundings(folder), **chosen}

    def changing(self) -> "Home":
        """A copy with a catalogue and a cache of its own, for changes."""
        folder = self.folder / "changing"
        path = folder / "catalogue.toml"
        folder.mkdir()
        copyfile(self.catalogue, path)
        target = journal(surroundings(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(journal(surroundings(self.folder)), target)
        return replace(self, folder=folder, catalogue=path)


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a reader whose files are in this folder."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "ROADMAP_DEVICE": DEVICE,
        "PAGER": "",
    }


def program() -> list[str]:
    """The program as it is installed beside this Python; else as a module."""
    script = Path(sysconfig.get_path("scripts")) / "roadmap"
    return [str(script)] if script.exists() else [sys.executable, "-m", "roadmap_cli"]


def ask(environment: dict[str, str], *call: str) -> str:
    """What the program says to a call in a pipe; raises `CalledProcessError` if it fails."""
    command = [*program(), *call]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


def journal(environment: dict[str, str]) -> Path:
    """Where a reader's journal is."""
    files = json.loads(ask(environment, "where", "--json"))["files"]
    return Path(next(one["path"] for one in files if one["what"] == "journal"))


def make(label: str, folder: Path) -> Home:
    """A reader of the shipped catalogue, or of a made one of so many papers.

    A number means many small topics, `hub-` and a number few huge ones.
    """
    folder.mkdir(parents=True)
    if label == SHIPPED:
        return _of_shipped(folder)
    if label.startswith(hubs.PREFIX):
        return _of_hubs(int(label.removeprefix(hubs.PREFIX)), folder)
    size = int(label)
    path = folder / "catalogue.toml"
    catalogues.write_catalogue(path, size)
    catalogues.write_journal(journal(surroundings(folder)), size)
    unread = [one for one in range(min(size, 2 * FRESH)) if not catalogues.is_read(one)]
    middle = size // 2
    return Home(
        label=f"{size:,}",
        size=size,
        folder=folder,
        catalogue=path,
        key=catalogues.key(middle, size),
        topic=catalogues.topic(middle),
        word=catalogues.method(middle, size),
        common=catalogues.COMMON,
        fresh=tuple(catalogues.key(one, size) for one in unread[:FRESH]),
    )


def _of_shipped(folder: Path) -> Home:
    keys = shipped_keys()
    read, fresh = keys[: len(keys) // 5], keys[len(keys) // 5 :]
    names = (f"genai/{one}" for one in read)
    catalogues.write_events(journal(surroundings(folder)), names)
    return Home(
        label=SHIPPED,
        size=len(keys),
        folder=folder,
        catalogue=shipped(),
        key="lora",
        topic="efficient-finetuning",
        word="lora",
        common=catalogues.COMMON,
        fresh=tuple(fresh),
        unsaid="image language evaluation qwzxk",
    )


def _of_hubs(size: int, folder: Path) -> Home:
    path = folder / "catalogue.toml"
    hubs.write_catalogue(path, size)
    hubs.write_journal(journal(surroundings(folder)), size)
    some = range(min(size, 2 * FRESH))
    unread = [number for number in some if not hubs.is_read(number)]
    middle = size // 2
    return Home(
        label=f"{hubs.PREFIX}{size:,}",
        size=size,
        folder=folder,
        catalogue=path,
        key=catalogues.key(middle, size),
        topic=hubs.topic(middle, size),
        word=catalogues.method(middle, size),
        common=catalogues.COMMON,
        fresh=tuple(catalogues.key(number, size) for number in unread[:FRESH]),
        has_hubs=True,
    )


def shipped_keys() -> list[str]:
    """The keys of the shipped catalogue, without a parser: that would need much memory."""
    lines = shipped().read_text("utf-8").splitlines()
    headings = (one for one in lines if one.startswith("[paper."))
    return [one.removeprefix("[paper.").removesuffix("]") for one in headings]
