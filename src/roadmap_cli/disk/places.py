"""The folders and files that one run of the program works with."""

from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.errors import DataFileError


class Places(NamedTuple):
    """Where the reader's files are.

    `catalogues` replaces the usual ones, and `chosen_papers` the usual folder, if it is given.
    """

    data: Path
    cache: Path
    state: Path
    device: str
    notes: Path
    catalogues: tuple[Path, ...] = ()
    chosen_papers: Path | None = None

    @property
    def progress(self) -> Path:
        """The folder of the journals."""
        return self.data / "progress"

    @property
    def papers(self) -> Path:
        """The folder of the PDFs."""
        return self.chosen_papers or self.data / "papers"

    @property
    def own_catalogues(self) -> Path:
        """The folder of the reader's own catalogues."""
        return self.data / "catalogues"

    @property
    def own_notes(self) -> Path:
        """The folder of notes that copies hold, wherever notes are written now."""
        return self.data / "notes"

    @property
    def backups(self) -> Path:
        """The folder of the copies."""
        return self.data / "backups"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder in use."""
        own = (self.progress, self.own_catalogues, self.own_notes, self.backups)
        return (self.data, *own, self.notes, self.papers, self.cache, self.state)

    @property
    def catalogue_paths(self) -> list[Path]:
        """The catalogue files in use, in reading order."""
        return self.find_catalogues()[0]

    def find_catalogues(self) -> tuple[list[Path], tuple[DataFileError, ...]]:
        """The catalogue files in use, in reading order, and why others cannot be found."""
        if self.catalogues:
            return list(self.catalogues), ()
        return default_paths(self.own_catalogues)

    def damages(self) -> list[DataFileError]:
        """What is wrong with the folders, each told once: no folder, or not to be reached."""
        found: dict[str, DataFileError] = {}
        for folder in self.folders:
            try:
                probe.check_folder(folder)
            except DataFileError as damage:
                found.setdefault(str(damage), damage)
        return list(found.values())


def shipped() -> Path:
    """The catalogue that comes with the program: in the package, or in the checkout."""
    package = Path(__file__).parents[1]
    packed = package / "data" / "roadmap.toml"
    return packed if packed.exists() else package.parents[1] / "data" / "roadmap.toml"


def default_paths(folder: Path) -> tuple[list[Path], tuple[DataFileError, ...]]:
    """The shipped catalogue, then every one in the reader's own folder.

    With them comes why that folder cannot be looked into, if that is so.
    """
    try:
        return [shipped(), *probe.files_in(folder, ".toml")], ()
    except DataFileError as damage:
        return [shipped()], (damage,)
