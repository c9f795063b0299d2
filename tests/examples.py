"""Calls as the documents and the helps write them: found, and run as they stand."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from conftest import Result
from roadmap_cli.cli.main import assembled


def commands(
    command: Any = None, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that typer knows, with the words that call it; the program itself is first."""
    command = command or typer.main.get_command(assembled())
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*words, name))


def examples(command: Any) -> list[str]:
    """The calls that a command's help gives."""
    return re.findall(r"^Example: (.+)$", command.help or "", re.MULTILINE)


def needs_a_shell(call: str) -> bool:
    """Whether a call is more than the program and its arguments."""
    words = shlex.split(call)
    return words[0] != "roadmap" or any(
        re.fullmatch(r"[0-9]?[<>|&]+", one) for one in words
    )


def run(call: str, roadmap: Callable[..., Result]) -> Result:
    """Run a line as a reader would; what needs a shell (pipes, files) is given to one."""
    if not needs_a_shell(call):
        return roadmap(*shlex.split(call)[1:])
    return typed([call], Path.cwd())[0]


def typed(lines: list[str], folder: Path) -> list[Result]:
    """What comes of lines that are typed one after the other into one shell, in a folder."""
    tell = "printf '\\0%s\\0' $?"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", "\n".join(["exec 2>&1", *(f"{one}\n{tell}" for one in lines)])],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    parts = done.stdout.split("\0")
    return [
        Result(int(code), out, "")
        for out, code in zip(parts[::2], parts[1::2], strict=False)
    ]


def write(files: Mapping[str, str], folder: Path) -> None:
    """Put files with these contents into a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
