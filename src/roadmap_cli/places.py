"""The folders and files that one run of the program works with."""

from dataclasses import dataclass
from pathlib import Path

from roadmap_cli.catalogue import default_paths


@dataclass(frozen=True, slots=True)
class Places:
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
