"""The folders and files that one run of the program works with."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from roadmap_cli.disk import probe
from roadmap_cli.errors import DataFileError


class Shipped(NamedTuple):
    """A catalogue that comes with the program: what it is called, and its file."""

    id: str
    title: str
    file: str


SHIPPED = (
    Shipped("genai", "Generative AI Roadmap", "roadmap.toml"),
    Shipped("frontier", "Generative AI since 2024", "frontier.toml"),
)
"""The catalogues that come with the program, in reading order."""


class Places(NamedTuple):
    """Where the reader's files are.

    `catalogues` replaces the usual ones, and `chosen_papers` the usual folder, if it is given;
    `uses` are the ids of the only shipped catalogues that the environment lets count.
    """

    data: Path
    cache: Path
    state: Path
    device: str
    notes: Path
    catalogues: tuple[Path, ...] = ()
    chosen_papers: Path | None = None
    uses: tuple[str, ...] = ()

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
    def has_notes(self) -> bool:
        """Whether anything stands where notes are written; what it is shows when it is read."""
        try:
            self.notes.lstat()
        except FileNotFoundError:
            return False
        except OSError:  # who reads it says what is wrong
            return True
        return True

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
    def is_choice_open(self) -> bool:
        """Whether it is left to the reader's choice which shipped catalogues are used."""
        return not (self.catalogues or self.uses)

    def find_catalogues(
        self, chosen: Collection[str] = ()
    ) -> tuple[list[Path], tuple[DataFileError, ...]]:
        """The catalogue files in use, in reading order, and why others cannot be found.

        `chosen` are the ids of the shipped ones that the reader chose: none means all.
        """
        if self.catalogues:
            return list(self.catalogues), ()
        return default_paths(self.own_catalogues, self.uses or chosen)

    @property
    def catalogue_paths(self) -> list[Path]:
        """Every catalogue file that there is, used or not, in reading order."""
        if self.catalogues:
            return list(self.catalogues)
        return default_paths(self.own_catalogues)[0]

    def damages(self) -> list[DataFileError]:
        """What is wrong with the folders, each told once: no folder, or not to be reached."""
        found: dict[str, DataFileError] = {}
        for folder in self.folders:
            try:
                probe.check_folder(folder)
            except DataFileError as damage:
                found.setdefault(str(damage), damage)
        return list(found.values())


def shipped(catalogue: Shipped = SHIPPED[0]) -> Path:
    """The file of a catalogue that comes with the program: in the package, or the checkout."""
    package = Path(__file__).parents[1]
    packed = package / "data" / catalogue.file
    return packed if packed.exists() else package.parents[1] / "data" / catalogue.file


def in_use(chosen: Collection[str]) -> Sequence[Shipped]:
    """The shipped catalogues of these ids; all of them where this version has none of these."""
    return [catalogue for catalogue in SHIPPED if catalogue.id in chosen] or SHIPPED


def default_paths(
    folder: Path, chosen: Collection[str] = ()
) -> tuple[list[Path], tuple[DataFileError, ...]]:
    """The shipped catalogues, or the chosen ones, then all in the reader's own folder.

    With them comes why that folder cannot be looked into, if that is so.
    """
    used = list(map(shipped, in_use(chosen)))
    try:
        return [*used, *probe.files_in(folder, ".toml")], ()
    except DataFileError as damage:
        return used, (damage,)
