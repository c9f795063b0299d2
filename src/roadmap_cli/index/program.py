"""Which program this is: what another version derived is not ours."""

import os
from functools import cache
from pathlib import Path
from zlib import crc32

_PACKAGE = Path(__file__).parents[1]
_LONGEST = 64
"""Characters of one digest."""


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
    if len(made_from) > _LONGEST:
        from hashlib import sha256  # OpenSSL: with one file it is spared

        made_from = sha256(made_from.encode()).hexdigest()
    return f"{made_from}-{state(*rooms)}"


def number_of(*rooms: str) -> int:
    """The same as a number that a database can bear as its `user_version`."""
    return crc32(state(*rooms).encode()) & 0x7FFFFFFF


def _all_rooms() -> list[str]:
    with os.scandir(_PACKAGE) as entries:
        return [".", *(one.name for one in entries if one.is_dir())]
