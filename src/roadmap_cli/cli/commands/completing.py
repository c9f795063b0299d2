"""The command that lets the shell complete what is typed after the program's name."""

from enum import StrEnum
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.values import choice_argument
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams

app = typer.Typer()


class Shell(StrEnum):
    """The shells that we know how to tell."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@command(app, "completion")
def completion(
    session: Session,
    shell: Annotated[
        Shell,
        choice_argument(
            Shell, "SHELL", about="The shell that you type in: bash, zsh or fish."
        ),
    ],
) -> None:
    """Print the script that makes TAB complete what you type. It edits nothing.

    Example: roadmap completion bash

    Example: roadmap completion fish
    """
    from roadmap_cli.completion.scripts import script

    streams.write(
        script(shell, session.context.find_root().info_name or "roadmap").rstrip()
    )
