"""Whose a file is that may not be written: after a run with `sudo`, files are another's."""

import os
from pathlib import Path


def another_owner(path: Path) -> str:
    """The file and its owner, for a message; empty if it is ours or the owner is unknown.

    Of a file that is not there, its folder.
    """
    if not hasattr(os, "geteuid"):
        return ""
    path = path if os.path.lexists(path) else path.parent
    try:
        owner = path.lstat().st_uid
    except OSError:
        return ""
    return "" if owner == os.geteuid() else f"{path} belongs to {_user(owner)}"


def _user(number: int) -> str:
    """The name of a user, or the number of one who has none."""
    import pwd  # POSIX alone has it

    try:
        return f"the user `{pwd.getpwuid(number).pw_name}`"
    except KeyError:
        return f"user number {number}"
