"""The command line: the home of typer. A command is a signature, one call, one `show`."""

from roadmap_cli.cli.main import main, run

__all__ = ["main", "run"]
