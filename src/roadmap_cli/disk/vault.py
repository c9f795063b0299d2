"""The Markdown files of a folder and of all folders below it, as a vault of notes has them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

SUFFIX = ".md"
Place = tuple[str, ...]
"""The names that lead from the folder to a file, its own last."""


def markdown_files(
    folder: Path, unreadable: Callable[[OSError], None]
) -> Iterator[tuple[Place, os.DirEntry[str]]]:
    """Whatever bears the name of a Markdown file, also what turns out to be none; and its place.

    What is hidden does not count (`.obsidian`, `.trash`, `.git`), and links to folders are not
    followed: they lead out of the vault or in circles. Raises `OSError` if the folder cannot be
    read; what cannot be read below it is handed to `unreadable`.
    """
    places: list[Place] = [()]
    while places:
        place = places.pop()
        path = os.path.join(folder, *place)  # noqa: PTH118 - a vault may have 20,000 files
        try:
            entries = _visible(path)
        except OSError as error:
            if not place:
                raise
            unreadable(error)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                places.append((*place, entry.name))
            if entry.name.endswith(SUFFIX):
                yield (*place, entry.name), entry


def _visible(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".")]
