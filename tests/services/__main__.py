"""Play all services until Ctrl-C: `PYTHONPATH=tests python -m services [PORT]`."""

import sys
from contextlib import suppress

from services.plays import PLAYS
from services.server import Asked, PlayedServices

begun: list[float] = []


def tell(asked: Asked, status: int) -> None:
    """Print a request: seconds since the first one, what was asked, the status."""
    begun.append(asked.at)
    query = "&".join(f"{name}={value}" for name, value in asked.query.items())
    print(
        f"{asked.at - begun[0]:9.3f}  {status}  {asked.line}{'?' if query else ''}{query}",
        flush=True,
    )


with PlayedServices(
    PLAYS, int(sys.argv[1]) if len(sys.argv) > 1 else 0, tell
) as played:
    print(f"export ROADMAP_SERVICES={played.address}", flush=True)
    with suppress(KeyboardInterrupt):
        played.wait()
