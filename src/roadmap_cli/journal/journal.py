"""The folder of journals: its files as they are."""

from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError


class Torn(NamedTuple):
    """The end of a journal that was not written to its end, behind `length` good bytes."""

    path: str
    length: int
    rest: bytes

    @property
    def side_file(self) -> Path:
        """Where the next write sets it aside."""
        from roadmap_cli.disk.digests import blake2b  # hardly ever needed

        path = Path(self.path)
        digest = blake2b(self.rest, digest_size=4).hexdigest()
        return path.with_name(f"{path.stem}.torn-{digest}.txt")


def torn_end(path: str) -> str:
    """What is said of a journal whose end is not whole."""
    return f"{path}: the last event was not written to its end and does not count"


class Journal:
    """All journals of a data folder, one of which is this device's own."""

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self.path = folder / f"{device}.toml"
        self.lock_path = folder / f"{device}.lock"
        self.device = device

    @property
    def data(self) -> Path:
        """The data folder, which has the copies and all else."""
        return self.folder.parent

    def files(self) -> tuple[list[Source], list[DataFileError]]:
        """Every journal of the folder, and what cannot even be read."""
        found: list[Source] = []
        damages: list[DataFileError] = []
        try:
            paths = probe.files_in(self.folder, ".toml")
        except DataFileError as damage:
            return [], [damage]
        for path in paths:
            source = Source(str(path), what="journal")
            try:
                if not source.state:  # else it may be known already
                    _ = source.contents
                found.append(source)
            except DataFileError as damage:
                damages.append(damage)
        return found, damages
