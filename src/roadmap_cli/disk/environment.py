"""Where the reader's files are: the environment's answer, given once at the start.

`ROADMAP_HOME` puts everything under one folder; else platformdirs decides (XDG on Linux).
"""

import os
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from roadmap_cli.disk.places import SHIPPED, Places
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.language.spelling import unaccented

_APP = "roadmap"


def find_places(environment: Mapping[str, str], catalogues: Sequence[Path]) -> Places:
    """The folders in use, and the catalogues if the command line or environment names some.

    Raises `WrongUsageError` for a folder or file that cannot be one, a device without a name, and
    a shipped catalogue that there is not.
    """
    named = environment.get("ROADMAP_CATALOGUE", "").split(os.pathsep)
    chosen = tuple(catalogues) or tuple(
        _expanded(path, "ROADMAP_CATALOGUE", "file") for path in named if path
    )
    device = _device(environment)
    vault = _named_folder(environment, "ROADMAP_NOTES")
    if base := _named_folder(environment, "ROADMAP_HOME"):
        data, cache, state = base, base / "cache", base / "state"
    else:
        data, cache, state = _folders(environment)
    papers = _named_folder(environment, "ROADMAP_PAPERS")
    notes = vault or data / "notes"
    uses = _shipped(environment)
    return Places(data, cache, state, device, notes, chosen, papers, uses)


def _shipped(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the shipped catalogues that the environment wants; none where it does not say.

    Raises `WrongUsageError` for an id that none of them has.
    """
    wanted = tuple(environment.get("ROADMAP_USE", "").replace(",", " ").split())
    known = [catalogue.id for catalogue in SHIPPED]
    for name in wanted:
        if name not in known:
            raise WrongUsageError(
                f"ROADMAP_USE names no catalogue that comes with roadmap: {name}",
                hint=f"these come with it: {', '.join(known)}",
            )
    return wanted


def _named_folder(environment: Mapping[str, str], variable: str) -> Path | None:
    named = environment.get(variable)
    if not named:
        return None
    try:
        return _expanded(named, variable, "folder").absolute()
    except OSError as error:  # relative to a folder that is gone
        raise _no_path(named, variable, "folder", error) from error


def _expanded(named: str, variable: str, what: str) -> Path:
    try:
        return Path(named).expanduser()
    except RuntimeError as error:  # nobody's home
        raise _no_path(named, variable, what, error) from error


def _no_path(named: str, variable: str, what: str, error: Exception) -> WrongUsageError:
    return WrongUsageError(
        f"{variable} names no {what}: {named} ({error})",
        hint="give it an absolute path, or unset it",
    )


def _folders(environment: Mapping[str, str]) -> tuple[Path, Path, Path]:
    """The data, cache and state folders that the system has for us.

    On Linux by the rules of XDG (https://specifications.freedesktop.org/basedir-spec): what is
    no absolute path does not count. The library that knows all systems costs as much as a
    thirtieth of a run.
    """
    if sys.platform == "linux":
        home = _home(environment)
        named = (environment.get(variable, "") for variable, _ in _XDG)
        usual = (home / place for _, place in _XDG)
        data, cache, state = (
            (Path(own) if own.startswith("/") else other) / _APP
            for own, other in zip(named, usual, strict=True)
        )
        return data, cache, state
    import platformdirs

    return (
        Path(platformdirs.user_data_dir(_APP, appauthor=False)),
        Path(platformdirs.user_cache_dir(_APP, appauthor=False)),
        Path(platformdirs.user_state_dir(_APP, appauthor=False)),
    )


def _home(environment: Mapping[str, str]) -> Path:
    """The reader's home; of a process that has none, the one that its user has."""
    if named := environment.get("HOME"):
        return Path(named)
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path("/")


_XDG = (
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_STATE_HOME", ".local/state"),
)


def _device(environment: Mapping[str, str]) -> str:
    """A name for this machine that two machines are unlikely to share.

    Derived, not stored: a stored one would be copied along when folders are shared, and
    then two machines would write to one journal. Raises `WrongUsageError` for one that was
    given and has nothing that a file may be called by everywhere.
    """
    if named := environment.get("ROADMAP_DEVICE", "").strip():
        return _chosen(named)
    host = (
        os.uname().nodename
        if hasattr(os, "uname")
        else environment.get("COMPUTERNAME", "")
    )
    name = _slug(host.partition(".")[0])[:_ROOM] or "device"
    digest = _digest(f"{host}\n{_machine_id()}")
    return f"{name}-{digest}"


_ROOM = 40
"""Letters of a device's name before its digest."""
_MOST = _ROOM + len("-1f2e")


def _chosen(named: str) -> str:
    """The name that the reader gave, in letters that every file system takes.

    Where some were lost on the way, their digest keeps apart what was not the same.
    """
    latin = unaccented(named)
    slug = _slug(latin)
    if not slug:
        raise WrongUsageError(
            f"ROADMAP_DEVICE has no letter from a to z and no digit: `{named}`",
            hint="give this machine a name such as desk or phone-2",
        )
    if latin.isascii() and len(slug) <= _MOST:
        return slug
    digest = _digest(unicodedata.normalize("NFC", named.casefold()))
    return f"{slug[:_ROOM].strip('-')}-{digest}"


def _digest(text: str) -> str:
    from roadmap_cli.disk.digests import blake2b  # few names need one

    return blake2b(text.encode(errors="surrogateescape"), digest_size=2).hexdigest()


def _machine_id() -> str:
    try:
        return Path("/etc/machine-id").read_text("ascii", errors="replace")
    except OSError:
        return ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
