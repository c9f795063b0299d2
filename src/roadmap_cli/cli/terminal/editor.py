"""The editor of the reader's choice."""

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from roadmap_cli.errors import RefusedError
from roadmap_cli.program.keeping import WITHOUT_EDITOR


def wanted(environment: Mapping[str, str], path: Path) -> str:
    """The command of the editor (`$VISUAL`, else `$EDITOR`) that is to open a file.

    Raises `RefusedError` if none is set.
    """
    for variable in ("VISUAL", "EDITOR"):
        if command := environment.get(variable, "").strip():
            return command
    raise RefusedError(
        "no editor is set",
        hint=f"set VISUAL or EDITOR, or edit {path}; or: {WITHOUT_EDITOR}",
    )


def edit(path: Path, command: str) -> None:
    """Let the reader edit a file, until the editor is closed.

    Raises `RefusedError` if it cannot be started, or says that it failed.
    """
    try:
        done = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _failed(
            command, f"cannot be started: {why[:1].lower()}{why[1:]}"
        ) from error
    if done.returncode:
        raise _failed(command, f"ended with status {done.returncode}")


def _failed(command: str, how: str) -> RefusedError:
    return RefusedError(
        f"`{command}` {how}",
        hint=f"set VISUAL or EDITOR to your editor; or: {WITHOUT_EDITOR}",
    )
