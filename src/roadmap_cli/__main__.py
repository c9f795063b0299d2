"""Lets `python -m roadmap_cli` run the same program as `roadmap`."""

from roadmap_cli.cli import run

run()
