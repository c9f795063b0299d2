"""Which program this is: what another version derived is not ours."""

import os
from functools import cache
from pathlib import Path
from zlib import crc32

_PACKAGE = Path(__file__).parents[1]
_SHORT = 32
"""Characters of a digest: 128 bits, that no two files have in common by chance."""
_LONGEST = 200
"""Characters of a name: file systems take 255."""


def state(*rooms: str) -> str:
    """What tells this version of some rooms of the package, or all, from any other.

    `.` is the room at its top.

    The names, sizes and times of their files: reading them would take longer than what the
    index is for.
    """
    files = [one for room in rooms or _all_rooms() for one in _files_of(room)]
    text = "\n".join(sorted(files)).encode()
    return f"{len(text):x}{crc32(text):08x}"


@cache
def _files_of(room: str) -> list[str]:
    with os.scandir(_PACKAGE / room) as entries:
        files = [(one.name, one.stat()) for one in entries if one.name.endswith(".py")]
    return [f"{room}/{name} {one.st_size} {one.st_mtime_ns}" for name, one in files]


def name_of(made_from: str, *rooms: str) -> str:
    """What to call what these rooms make of files with these digests, one behind the other."""
    short = "-".join(digest[:_SHORT] for digest in made_from.split())
    if len(short) > _LONGEST:
        from hashlib import sha256  # OpenSSL: with few files it is spared

        short = sha256(made_from.encode()).hexdigest()
    return f"{short}-{state(*rooms)}"


def number_of(*rooms: str) -> int:
    """The same as a number that a database can bear as its `user_version`."""
    return crc32(state(*rooms).encode()) & 0x7FFFFFFF


def _all_rooms() -> list[str]:
    with os.scandir(_PACKAGE) as entries:
        return [".", *(one.name for one in entries if one.is_dir())]
