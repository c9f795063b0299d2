"""The editor of the reader's choice, called as git calls it."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from roadmap_cli.errors import RefusedError
from roadmap_cli.program.keeping import WITHOUT_EDITOR

_USUAL = ("sensible-editor", "editor", "nano", "vi")
"""What is tried where the reader named no editor; on Windows there is always Notepad."""


def wanted(environment: Mapping[str, str], path: Path, *, can_ask: bool) -> str:
    """The command of the editor that is to open a file: `$VISUAL`, `$EDITOR`, or a usual one.

    Only a named one is taken where nobody sits at the terminal. Raises `RefusedError` if there
    is none.
    """
    for variable in ("VISUAL", "EDITOR"):
        if command := environment.get(variable, "").strip():
            return command
    is_capable = can_ask and environment.get("TERM") != "dumb"
    if is_capable and (usual := _usual(environment)):
        return usual
    raise RefusedError(
        "no editor is set",
        hint=f"set VISUAL or EDITOR, or edit {path}; or: {WITHOUT_EDITOR}",
    )


def _usual(environment: Mapping[str, str]) -> str:
    if os.name == "nt":
        return "notepad"
    folders = environment.get("PATH")
    found = (name for name in _USUAL if shutil.which(name, path=folders))
    return next(found, "")


def at_line(command: str, line: int) -> str:
    """The command with the argument that opens a file at a line, for editors that take `+N`."""
    name = Path(command.split(maxsplit=1)[0]).name if command.split() else ""
    if line <= 1 or name not in _TAKE_LINES:
        return command
    return f"{command} +{line}"


_TAKE_LINES = frozenset(
    [
        "vi",
        "vim",
        "nvim",
        "nano",
        "emacs",
        "emacsclient",
        "kak",
        "micro",
        "sensible-editor",
    ]
)


def edit(path: Path, command: str) -> None:
    """Let the reader edit a file, until the editor is closed.

    The command may hold arguments, quotation marks, `~` and variables: a shell reads it. Raises
    `RefusedError` if it cannot be started, or says that it failed.
    """
    try:
        done = subprocess.run(_words(command, path), check=False)  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _failed(
            command, f"cannot be started: {why[:1].lower()}{why[1:]}"
        ) from error
    if done.returncode == _NOT_FOUND:
        raise _failed(command, "cannot be started: there is no such command")
    if done.returncode:
        raise _failed(command, f"ended with status {done.returncode}")


_SHELLS_OWN = frozenset("|&;<>()$`\\\"' \t\n*?[#~=%")
_NOT_FOUND = 127
"""What a shell says of a command that it does not find."""


def _words(command: str, path: Path) -> list[str]:
    """The command as words; one that means more than itself to a shell is left to a shell."""
    if os.name == "nt":
        return [*shlex.split(command), str(path)]
    if not set(command) & _SHELLS_OWN:
        return [command, str(path)]
    return ["/bin/sh", "-c", f'{command} "$@"', command, str(path)]


def _failed(command: str, how: str) -> RefusedError:
    return RefusedError(
        f"`{command}` {how}",
        hint=f"set VISUAL or EDITOR to your editor; or: {WITHOUT_EDITOR}",
    )
