"""The folders and files that one run of the program works with."""

from pathlib import Path
from typing import NamedTuple

from roadmap_cli.catalogue import default_paths


class Places(NamedTuple):
    """Where the reader's files are. `catalogues` replaces the usual ones if it is given."""

    data: Path
    cache: Path
    state: Path
    device: str
    notes: Path
    catalogues: tuple[Path, ...] = ()

    @property
    def catalogue_paths(self) -> list[Path]:
        """The catalogue files in use, in reading order."""
        return list(self.catalogues) or default_paths(self.data / "catalogues")
