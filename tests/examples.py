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
from roadmap_cli.cli.main import app


def commands(
    command: Any = None, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that typer knows, with the words that call it; the program itself is first."""
    command = command or typer.main.get_command(app)
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*words, name))


def examples(command: Any) -> list[str]:
    """The calls that a command's help gives."""
    return re.findall(r"^Example: (.+)$", command.help or "", re.MULTILINE)


def run(call: str, roadmap: Callable[..., Result]) -> Result:
    """Run a line as a reader would; what needs a shell (pipes, files) is given to one."""
    words = shlex.split(call)
    if not {"|", "<", ">", "&&", ">>"} & set(words):
        return roadmap(*words[1:])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", call],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def write(files: Mapping[str, str]) -> None:
    """Put files with these contents where we are."""
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
