"""Calls of the program that end like a kill, before each step that writes."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from processes import Start

_KILLED = """
import json, os, sys
from datetime import UTC, datetime
import httpx, pydantic  # once for all calls
from roadmap_cli.cli import main

call, folder = json.loads(sys.argv[1]), sys.argv[2]
WRITES = {"os.link", "os.remove", "os.rename", "os.mkdir", "os.truncate"}

def run(last):
    done = 0
    def hook(event, arguments):
        nonlocal done
        is_write = event in WRITES or (
            event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if is_write and folder in str(arguments):
            done += 1
            if done == last:
                os._exit(9)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.addaudithook(hook)
    os._exit(main(call, lambda: datetime.now(UTC), sleep=lambda _: None))

for line in sys.stdin:
    child = os.fork()
    if not child:
        run(int(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
_KILL = 9


class Ended(NamedTuple):
    """A call that ended before the step of that number, or went through: then `code` is its own."""

    step: int
    code: int

    @property
    def is_killed(self) -> bool:
        """Whether it was ended before it was through."""
        return self.code == _KILL


def killed_at_each_step(start: Start, folder: str, *call: str) -> Iterator[Ended]:
    """The call, ended before its first step that writes into `folder`, its second, and so on.

    The last one goes through. Whoever iterates looks at what is there, and mends it.
    """
    running = start(_KILLED, json.dumps(call), folder)
    assert running.stdin is not None
    assert running.stdout is not None
    step, code = 0, _KILL
    while code == _KILL:
        step += 1
        running.stdin.write(f"{step}\n")
        running.stdin.flush()
        code = int(running.stdout.readline())
        yield Ended(step, code)
