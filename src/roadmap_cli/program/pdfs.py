"""The reader's PDFs: which paper each file of their folder is."""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from roadmap_cli.curriculum.identity import arxiv_id
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.disk import probe

_SUFFIX = ".pdf"
_VERSIONS = ("", *(f"v{number}" for number in range(1, 10)))


class Pdfs:
    """The PDFs of one folder, each known by its name.

    `CATALOGUE--KEY.pdf` is always the paper's; `KEY.pdf` is where no other work of the loaded
    catalogues has that key. Keys that a paper had before count too, and its arXiv id with or
    without a version, as browsers save it: `2106.09685v2.pdf`.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self._library = library

    def path(self, paper: Paper) -> Path:
        """Where a PDF that is fetched is put."""
        return self.folder / f"{paper.catalogue}--{paper.key}{_SUFFIX}"

    def find(self, work: str) -> Path | None:
        """The PDF of a work, if there is one; needs no look through the folder."""
        folder = str(self.folder)
        for stem in dict.fromkeys(self._stems(work)):
            path = os.path.join(folder, stem + _SUFFIX)  # noqa: PTH118 - asked of many papers
            if os.path.isfile(path):  # noqa: PTH113 - as above; no where nobody may look
                return Path(path)
        return None

    @cached_property
    def works(self) -> frozenset[str]:
        """The works of which there is a PDF, by one look through the folder.

        Raises `DataFileError` if the folder cannot be read.
        """
        probe.check_folder(self.folder)
        stems = (path.stem for path in probe.files_in(self.folder, _SUFFIX))
        works = {work for stem in stems for work in self._works_called(stem)}
        return frozenset(filter(self.find, works))

    def _stems(self, work: str) -> Iterator[str]:
        """What a PDF of a work may be called, the surest first."""
        papers = self._library.entries[work]
        called = [
            (paper.catalogue, key.lower())
            for paper in papers
            for key in (paper.key, *paper.aliases)
            if _is_key(key.lower())
        ]
        yield from (f"{catalogue}--{key}" for catalogue, key in called)
        for _, key in called:
            if self._works_of_key(key) == {work}:
                yield key
        for paper in papers:
            number = arxiv_id(paper.arxiv or paper.url)
            if number and "/" not in number:
                yield from (number + version for version in _VERSIONS)

    def _works_called(self, stem: str) -> Iterator[str]:
        """The works that a file of this name may be."""
        parts = stem.split("--")
        for place in range(1, len(parts)):
            name = f"{'--'.join(parts[:place])}/{'--'.join(parts[place:])}"
            if work := self._library.answers_to(name):
                yield work
        yield from self._works_of_key(stem)
        if number := arxiv_id(stem):
            for paper in self._library.papers_identified(f"arxiv:{number}"):
                yield self._library.work[paper.name]

    def _works_of_key(self, key: str) -> set[str]:
        """The works that have a key, or had it, in any catalogue."""
        names = (f"{catalogue.id}/{key}" for catalogue in self._library.catalogues)
        return set(filter(None, map(self._library.answers_to, names)))


def _is_key(name: str) -> bool:
    """Whether a name is like a key, and so may have been one: `lora`, not `LoRA, the paper`."""
    return re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", name) is not None
