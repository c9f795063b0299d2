"""No test reaches beyond this machine: a hook stops what would, before anything is sent.

Python imports a module of this name at its start where `PYTHONPATH` leads to it, so that the
hook is in every process that a test starts.
"""

import sys
from typing import Any

_LOCAL = ("127.", "::1", "localhost")
_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def stop(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise `RuntimeError` for a connection to another machine, and for asking for its address."""
    host = None
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event in _LOOK_UPS:
        host = arguments[0]
    if host is not None:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if not name.startswith(_LOCAL):
            raise RuntimeError(f"a test tried to reach {name}")


sys.addaudithook(stop)
