"""Programs that run beside a test."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Start = Callable[..., "subprocess.Popen[str]"]
HOLDER = """
import sys
from pathlib import Path
from roadmap_cli.disk.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(lock: Path, start: Start) -> "subprocess.Popen[str]":
    """Start a program that holds the lock until its input ends."""
    running = start(HOLDER, str(lock))
    assert running.stdout is not None
    assert running.stdout.readline() == "held\n"
    return running
