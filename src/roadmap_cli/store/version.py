"""Which program this is: what another version derived is not ours."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

_PACKAGE = Path(__file__).parents[1]
_LONGEST = 200
"""Characters of a name: file systems take 255."""
_DIGEST = 16
"""Bytes of the digest that stands for many."""


@cache
def state() -> str:
    """What tells this version of the program from any other.

    The names, sizes and times of its files: reading them would take longer than what the
    store is for.
    """
    text = "\n".join(sorted(_files_below(str(_PACKAGE)))).encode()
    return f"{len(text):x}{crc32(text):08x}"


def _files_below(folder: str) -> Iterator[str]:
    """Every module in a folder of the package and below it, with its size and time."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
            elif entry.is_dir() and not entry.name.startswith("__"):
                yield from _files_below(entry.path)


def name_of(made_from: str) -> str:
    """What to call what this program makes of files with these digests, one behind the other."""
    files = "-".join(made_from.split())
    if len(files) > _LONGEST:
        from roadmap_cli.disk.digests import blake2b  # most readers have few files

        files = blake2b(files.encode(), digest_size=_DIGEST).hexdigest()
    return f"{files}-{state()}"


def number() -> int:
    """The state of the program as a number that a database can bear as its `user_version`."""
    return crc32(state().encode()) & 0x7FFFFFFF
